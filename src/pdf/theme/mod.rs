//! How the pages look: `templates/theme.toml`.

mod color;
mod sections;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

pub(super) use color::Color;
pub(super) use sections::{Breaking, CardLook, ChartLook, Colors, Page, Rule, Setting, Sizes, Space, Text};

use crate::config::{Problem, shape};
use crate::model::report::Paper;
use crate::templates::Templates;
use sections::Look;

/// Points in a millimetre.
const MM: f32 = 72.0 / 25.4;

/// The least room for text on a page, in points: narrower columns and shorter pages cannot be set.
const LEAST_ROOM: (f32, f32) = (100.0, 200.0);

/// Page, type sizes, distances, lines, colours and line-break characters.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "hoshin の帳票の見た目（theme.toml）")]
pub struct Theme {
    pub(super) page: Page,
    #[serde(rename = "type")]
    pub(super) sizes: Sizes,
    pub(super) space: Space,
    pub(super) rule: Rule,
    pub(super) color: Colors,
    pub(super) text: Text,
    pub(super) chart: ChartLook,
    pub(super) card: CardLook,
    pub(super) breaking: Breaking,
    pub(super) setting: Setting,
    #[serde(default, rename = "look")]
    looks: BTreeMap<String, Look>,
}

impl Theme {
    /// Reads a city's `templates/theme.toml`; what it does not say is as built in. The problems are sentences in
    /// Japanese with file and line.
    pub fn parse(own: &str) -> Result<Self, Vec<String>> {
        let told =
            |Problem { line, message }: Problem| format!("templates/theme.toml の{line}行目: {message}");
        let theme: Self = shape::read_over(Templates::embedded().text("theme.toml"), own)
            .map_err(|problems| problems.into_iter().map(told).collect::<Vec<_>>())?;
        let area = theme.area_of(theme.sheet(None));
        if area.width < LEAST_ROOM.0 || area.height() < LEAST_ROOM.1 {
            let message = "templates/theme.toml の [page] の余白が用紙に対して大きすぎます。余白を減らすか、用紙を大きくしてください";
            return Err(vec![message.to_owned()]);
        }
        Ok(theme)
    }

    /// The names of its looks.
    pub fn looks(&self) -> impl Iterator<Item = &str> {
        self.looks.keys().map(String::as_str)
    }

    /// The theme as a look changes it; an unknown or empty name changes nothing.
    pub(super) fn in_look(&self, name: &str) -> Self {
        let mut theme = self.clone();
        let Some(look) = self.looks.get(name) else { return theme };
        theme.sizes.scale(look.scale);
        theme.space.scale(look.scale);
        theme.chart.scale(look.scale);
        theme.card.scale(look.scale);
        if look.monochrome {
            theme.color.in_grey();
        }
        theme
    }

    /// The width and height of a sheet in points; the theme's own page where none is named.
    pub(super) fn sheet(&self, paper: Option<Paper>) -> (f32, f32) {
        let own = Paper::from(self.page.paper);
        let (width, height) = paper.unwrap_or(own).millimetres();
        let other =
            |length: Option<f32>, usual: u16| length.filter(|_| paper.is_none()).unwrap_or(f32::from(usual));
        (other(self.page.width, width) * MM, other(self.page.height, height) * MM)
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

    const DEFAULT: &str = include_str!("../../../templates/theme.toml");

    #[test]
    fn the_default_keeps_the_promised_margins_and_sizes() {
        let theme = Theme::parse(DEFAULT).expect("default theme");
        let sheet = theme.sheet(None);
        let area = theme.area_of(sheet);
        assert!(area.left >= 25.0 * MM && (sheet.0 - area.left - area.width) >= 20.0 * MM - 0.01);
        assert!(area.header >= 20.0 * MM && area.bottom < area.footer);
        assert!(theme.sizes.body >= 10.5 && theme.sizes.table >= 9.0 && theme.sizes.table_small >= 8.0);
    }

    #[test]
    fn a_city_writes_only_what_differs_and_old_themes_keep_working() {
        let default = Theme::parse(DEFAULT).expect("default theme");
        assert_eq!(Theme::parse("").as_ref(), Ok(&default));
        let mut red = default.clone();
        red.color.accent = Color([0xC0, 0, 0]);
        assert_eq!(Theme::parse("[color]\naccent = \"#C00000\""), Ok(red));
        // Themes of closed months say the page in millimetres.
        let old = Theme::parse("[page]\nwidth = 210.0\nheight = 297.0").expect("valid");
        assert_eq!(old.sheet(None), default.sheet(None));
    }

    #[test]
    fn a_look_is_larger_and_without_colour() {
        let theme = Theme::parse(DEFAULT).expect("default theme");
        let council = theme.in_look("議会");
        assert!(council.sizes.body > theme.sizes.body && council.sizes.table > theme.sizes.table);
        let Color([red, green, blue]) = council.color.accent;
        assert!(red == green && green == blue, "grey");
        assert_eq!(theme.in_look("").sizes, theme.sizes);
    }

    #[test]
    fn mistakes_are_named_with_their_lines_all_at_once() {
        let own = "[rule]\nthick = 2.0\n[color]\naccent = \"navy\"\n[type]\nbody = 1.0\nheading = [1, 2]\n";
        assert_eq!(
            Theme::parse(own),
            Err(vec![
                "templates/theme.toml の2行目: [rule] に「thick」という項目はありません。「thin」の書き誤りではありませんか".to_owned(),
                "templates/theme.toml の4行目: [color] の accent の「navy」は色ではありません。#1F3A5F のように書いてください".to_owned(),
                "templates/theme.toml の6行目: [type] の body は 4 から 72 までの数で書いてください".to_owned(),
                "templates/theme.toml の7行目: [type] の heading には 3 個を並べてください".to_owned(),
            ])
        );
        let wide = Theme::parse("[page]\nleft = 190.0").expect_err("no room");
        assert!(wide[0].contains("[page] の余白"), "{wide:?}");
    }
}
