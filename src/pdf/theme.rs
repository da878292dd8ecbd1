//! How the pages look: `templates/theme.toml`.

use serde::Deserialize;

use crate::model::report::Paper;
use crate::templates::stands_at;

/// Points in a millimetre.
const MM: f32 = 72.0 / 25.4;

/// Page, type sizes, distances, lines, colours and line-break characters.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Theme {
    pub(super) page: Page,
    #[serde(rename = "type")]
    pub(super) sizes: Sizes,
    pub(super) space: Space,
    pub(super) rule: Rule,
    pub(super) color: Colors,
    pub(super) text: Text,
    #[serde(default)]
    pub(super) chart: ChartLook,
    #[serde(default)]
    pub(super) card: CardLook,
    pub(super) breaking: Breaking,
    #[serde(default)]
    pub(super) setting: Setting,
}

/// The page in millimetres.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Page {
    width: f32,
    height: f32,
    left: f32,
    right: f32,
    top: f32,
    bottom: f32,
    header_gap: f32,
    footer_gap: f32,
}

/// Type sizes in points, and line heights as multiples of them.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Sizes {
    pub title: f32,
    pub subtitle: f32,
    pub heading: [f32; 3],
    pub note: f32,
    pub body: f32,
    pub body_small: f32,
    pub table: f32,
    pub table_small: f32,
    pub panel_label: f32,
    pub panel_figure: f32,
    pub panel_line: f32,
    pub running: f32,
    pub leading: f32,
    pub table_leading: f32,
}

/// Distances in points.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Space {
    pub title_before: f32,
    pub title_after: f32,
    pub subtitle_after: f32,
    pub heading_before: [f32; 3],
    pub heading_after: [f32; 3],
    pub heading_rule: f32,
    pub paragraph: f32,
    pub list_item: f32,
    pub list_gap: f32,
    pub block: f32,
    pub cell_x: f32,
    pub cell_y: f32,
    pub cell_para: f32,
    pub panel: f32,
}

/// Line widths in points.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Rule {
    pub strong: f32,
    pub medium: f32,
    pub thin: f32,
}

/// The colours.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Colors {
    pub text: Color,
    pub muted: Color,
    pub accent: Color,
    pub rule: Color,
    pub fill: Color,
}

/// What is drawn in place of something else.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Text {
    pub missing: String,
}

/// Drawings, in points.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ChartLook {
    pub cell_height: f32,
    pub card_height: f32,
    pub figure_height: f32,
    pub bar_height: f32,
    pub cell_label: f32,
    pub label: f32,
    pub line: f32,
    pub mark: f32,
}

/// For themes, and months closed, from before there were drawings.
impl Default for ChartLook {
    fn default() -> Self {
        Self {
            cell_height: 20.0,
            card_height: 62.0,
            figure_height: 120.0,
            bar_height: 15.0,
            cell_label: 6.5,
            label: 7.5,
            line: 1.1,
            mark: 2.0,
        }
    }
}

/// Cards, in points.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CardLook {
    pub title: f32,
    pub note: f32,
    pub line: f32,
    pub pad: f32,
    pub gap: f32,
    pub least_width: f32,
}

/// For themes, and months closed, from before there were cards.
impl Default for CardLook {
    fn default() -> Self {
        Self { title: 10.5, note: 8.0, line: 9.0, pad: 9.0, gap: 10.0, least_width: 190.0 }
    }
}

/// Characters at which no line may break.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Breaking {
    pub not_first: String,
    pub not_last: String,
}

/// How text is set. Themes from before this section are set by its defaults.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Setting {
    /// White between Japanese and Latin in text, in ems.
    pub latin_gap: f32,
    /// The same in tables.
    pub table_latin_gap: f32,
    /// How much the white of a justified line may grow at each place, in ems.
    pub stretch_white: f32,
    /// The same between Japanese characters.
    pub stretch: f32,
    /// The size of a unit behind its figure, as a part of the figure's.
    pub unit: f32,
    /// Signs behind which the lines of a text hang.
    pub labels: String,
}

impl Default for Setting {
    fn default() -> Self {
        Self {
            latin_gap: 0.25,
            table_latin_gap: 0.125,
            stretch_white: 0.125,
            stretch: 0.125,
            unit: 0.9,
            labels: "・○●◎◇◆□■※".to_owned(),
        }
    }
}

/// An sRGB colour, written `#RRGGBB`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(try_from = "String")]
pub(super) struct Color(pub [u8; 3]);

impl TryFrom<String> for Color {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let bad = || format!("「{text}」は色ではありません。#1F3A5F のように書いてください");
        let digits = text.strip_prefix('#').ok_or_else(bad)?;
        if digits.len() != 6 || !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Err(bad());
        }
        let value = u32::from_str_radix(digits, 16).map_err(|_| bad())?;
        let [_, red, green, blue] = value.to_be_bytes();
        Ok(Self([red, green, blue]))
    }
}

/// A theme that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ThemeError {
    /// It is no TOML of the expected form; the text says where.
    #[error("theme.toml の{line}行目「{text}」を読めません。項目の名前と、値の書き方を確かめてください")]
    Form {
        /// From 1.
        line: usize,
        /// What stands there.
        text: String,
    },
    /// Lengths contradict each other.
    #[error("theme.toml の寸法が正しくありません。{}", .0.join("。"))]
    Measure(Vec<String>),
}

impl Theme {
    /// Reads `templates/theme.toml` from its text; all problems of its lengths at once.
    pub fn parse(text: &str) -> Result<Self, ThemeError> {
        let theme: Self = toml::from_str(text).map_err(|error: toml::de::Error| {
            let (line, text) = stands_at(text, &error);
            ThemeError::Form { line, text }
        })?;
        let problems = theme.problems();
        if problems.is_empty() { Ok(theme) } else { Err(ThemeError::Measure(problems)) }
    }

    fn problems(&self) -> Vec<String> {
        let page = &self.page;
        let margins = [page.left, page.right, page.top, page.bottom, page.header_gap, page.footer_gap];
        let sizes = &self.sizes;
        let [one, two, three] = sizes.heading;
        let small = [sizes.note, sizes.body_small, sizes.table_small, sizes.running, sizes.panel_line];
        let others = [sizes.title, sizes.subtitle, one, two, three, sizes.body, sizes.table];
        let good = |value: &f32| value.is_finite() && *value >= 0.0;
        let mut problems = Vec::new();
        if !margins.iter().all(good) || self.area().width < 100.0 || self.area().height() < 200.0 {
            problems.push("[page] 余白が用紙に対して大きすぎるか、負の値です".to_owned());
        }
        if !small.iter().chain(&others).all(|size| (4.0..=72.0).contains(size)) {
            problems.push("[type] 文字の大きさは 4 から 72 ポイントで書いてください".to_owned());
        }
        if ![sizes.panel_label, sizes.panel_figure].iter().all(|size| (4.0..=72.0).contains(size)) {
            problems
                .push("[type] panel_label と panel_figure は 4 から 72 ポイントで書いてください".to_owned());
        }
        if ![sizes.leading, sizes.table_leading].iter().all(|lead| (1.0..=3.0).contains(lead)) {
            problems.push("[type] leading と table_leading は 1 から 3 で書いてください".to_owned());
        }
        if !self.distances().iter().all(|value| good(value) && *value <= 60.0) {
            problems.push("[space] [rule] 間隔と線の太さは 0 から 60 ポイントで書いてください".to_owned());
        }
        let setting = &self.setting;
        let ems = [setting.latin_gap, setting.table_latin_gap, setting.stretch_white, setting.stretch];
        if !ems.iter().all(|em| (0.0..=1.0).contains(em)) || !(0.5..=1.0).contains(&setting.unit) {
            problems.push("[setting] アキは 0 から 1、unit は 0.5 から 1 で書いてください".to_owned());
        }
        let (chart, card) = (&self.chart, &self.card);
        let words = [chart.cell_label, chart.label, card.title, card.note, card.line];
        if !words.iter().all(|size| (4.0..=72.0).contains(size)) {
            problems.push("[chart] [card] 文字の大きさは 4 から 72 ポイントで書いてください".to_owned());
        }
        let heights = [chart.cell_height, chart.card_height, chart.figure_height, chart.bar_height];
        if !heights.iter().all(|height| (8.0..=400.0).contains(height)) {
            problems.push("[chart] 図の高さは 8 から 400 ポイントで書いてください".to_owned());
        }
        let distances = [chart.line, chart.mark, card.pad, card.gap];
        let wide = (100.0..=1000.0).contains(&card.least_width);
        if !distances.iter().all(|value| good(value) && *value <= 60.0) || !wide {
            problems.push("[chart] [card] 線の太さ・間隔・幅が大きすぎるか、小さすぎます".to_owned());
        }
        problems
    }

    fn distances(&self) -> Vec<f32> {
        let (space, rule) = (&self.space, &self.rule);
        let mut all = vec![
            space.title_before,
            space.title_after,
            space.subtitle_after,
            space.heading_rule,
            space.paragraph,
        ];
        all.extend([
            space.list_item,
            space.list_gap,
            space.block,
            space.cell_x,
            space.cell_y,
            space.cell_para,
        ]);
        all.extend([space.panel, rule.strong, rule.medium, rule.thin]);
        all.extend(space.heading_before.iter().chain(&space.heading_after));
        all
    }

    /// The page's width and height in points.
    pub(super) fn paper(&self) -> (f32, f32) {
        (self.page.width * MM, self.page.height * MM)
    }

    /// The width and height of a sheet in points; the theme's own page where none is named.
    pub(super) fn sheet(&self, paper: Option<Paper>) -> (f32, f32) {
        let Some(paper) = paper else { return self.paper() };
        let (width, height) = paper.millimetres();
        (f32::from(width) * MM, f32::from(height) * MM)
    }

    /// Where text may stand on the theme's own page.
    fn area(&self) -> Area {
        self.area_of(self.paper())
    }

    /// Where text may stand on a sheet of a width and height in points.
    pub(super) fn area_of(&self, (width, height): (f32, f32)) -> Area {
        let page = &self.page;
        let line = self.sizes.running * self.sizes.table_leading;
        Area {
            left: page.left * MM,
            width: width - (page.left + page.right) * MM,
            header: page.top * MM,
            top: (page.top + page.header_gap) * MM + line,
            bottom: height - (page.bottom + page.footer_gap) * MM - line,
            footer: height - page.bottom * MM - line,
        }
    }
}

/// Where text may stand, in points from the page's upper left corner.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Area {
    /// Left edge.
    pub left: f32,
    /// Width of the text.
    pub width: f32,
    /// Upper edge of the page header's line.
    pub header: f32,
    /// Upper edge of the text.
    pub top: f32,
    /// Lower edge of the text.
    pub bottom: f32,
    /// Upper edge of the page footer's line.
    pub footer: f32,
}

impl Area {
    /// The text's height.
    pub fn height(&self) -> f32 {
        self.bottom - self.top
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::expect_used, reason = "a test that cannot start must stop")]
    use super::*;

    const DEFAULT: &str = include_str!("../../templates/theme.toml");

    #[test]
    fn the_default_keeps_the_promised_margins_and_sizes() {
        let theme = Theme::parse(DEFAULT).expect("default theme");
        let area = theme.area();
        assert!(area.left >= 25.0 * MM && (theme.paper().0 - area.left - area.width) >= 20.0 * MM - 0.01);
        assert!(area.header >= 20.0 * MM && area.bottom < area.footer);
        assert!(theme.sizes.body >= 10.5 && theme.sizes.table >= 9.0 && theme.sizes.table_small >= 8.0);
    }

    #[test]
    fn a_theme_from_before_the_section_is_set_by_the_defaults() {
        let old = DEFAULT.split("# How text is set.").next().expect("the sections before");
        assert_eq!(Theme::parse(old), Theme::parse(DEFAULT));
    }

    #[test]
    fn mistakes_are_named() {
        let unknown = DEFAULT.replace("[rule]", "[rule]\nthick = 2.0");
        assert!(
            matches!(Theme::parse(&unknown), Err(ThemeError::Form { text, .. }) if text.contains("thick"))
        );
        let color = DEFAULT.replace("#1F3A5F", "navy");
        assert!(matches!(Theme::parse(&color), Err(ThemeError::Form { text, .. }) if text.contains("navy")));
        let both = DEFAULT.replace("left = 25.0", "left = 190.0").replace("body = 10.5", "body = 1.0");
        assert!(matches!(Theme::parse(&both), Err(ThemeError::Measure(all)) if all.len() == 2));
    }
}
