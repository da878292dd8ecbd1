//! The sections of `templates/theme.toml`. The descriptions are what editors show beside each key.

use schemars::JsonSchema;
use serde::Deserialize;

use super::color::Color;
use crate::model::report::PaperName;

/// The page.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "用紙と余白（ミリメートル）")]
pub(in crate::pdf) struct Page {
    #[schemars(description = "用紙と向き。帳票ごとに report.toml の paper で変えられます")]
    pub paper: PaperName,
    #[serde(default)]
    #[schemars(description = "規格にない用紙の幅", range(min = 100.0, max = 1200.0))]
    pub width: Option<f32>,
    #[serde(default)]
    #[schemars(description = "規格にない用紙の高さ", range(min = 100.0, max = 1200.0))]
    pub height: Option<f32>,
    #[schemars(description = "左の余白（綴じ代）", range(min = 0.0, max = 200.0))]
    pub left: f32,
    #[schemars(description = "右の余白", range(min = 0.0, max = 200.0))]
    pub right: f32,
    #[schemars(description = "上の余白", range(min = 0.0, max = 200.0))]
    pub top: f32,
    #[schemars(description = "下の余白", range(min = 0.0, max = 200.0))]
    pub bottom: f32,
    #[schemars(description = "ページ上部の文字から本文まで", range(min = 0.0, max = 60.0))]
    pub header_gap: f32,
    #[schemars(description = "本文からページ下部の文字まで", range(min = 0.0, max = 60.0))]
    pub footer_gap: f32,
}

/// Type sizes in points, and line heights as multiples of them.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "文字の大きさ（ポイント）と行送り")]
pub(in crate::pdf) struct Sizes {
    #[schemars(description = "表題", range(min = 4.0, max = 72.0))]
    pub title: f32,
    #[schemars(description = "副題", range(min = 4.0, max = 72.0))]
    pub subtitle: f32,
    #[schemars(description = "見出し。章、節、項の順", inner(range(min = 0.0, max = 72.0)))]
    pub heading: [f32; 3],
    #[schemars(description = "見出しの後ろの注記", range(min = 4.0, max = 72.0))]
    pub note: f32,
    #[schemars(description = "本文", range(min = 4.0, max = 72.0))]
    pub body: f32,
    #[schemars(description = "本文の小さな文字", range(min = 4.0, max = 72.0))]
    pub body_small: f32,
    #[schemars(description = "表", range(min = 4.0, max = 72.0))]
    pub table: f32,
    #[schemars(description = "表の小さな文字", range(min = 4.0, max = 72.0))]
    pub table_small: f32,
    #[schemars(description = "枠の名前", range(min = 4.0, max = 72.0))]
    pub panel_label: f32,
    #[schemars(description = "枠の数字", range(min = 4.0, max = 72.0))]
    pub panel_figure: f32,
    #[schemars(description = "枠の説明", range(min = 4.0, max = 72.0))]
    pub panel_line: f32,
    #[schemars(description = "ページの上と下", range(min = 4.0, max = 72.0))]
    pub running: f32,
    #[schemars(description = "本文の行送り（文字の大きさの何倍か）", range(min = 1.0, max = 3.0))]
    pub leading: f32,
    #[schemars(description = "表・枠・注の行送り", range(min = 1.0, max = 3.0))]
    pub table_leading: f32,
}

/// Distances in points.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "間隔（ポイント）")]
pub(in crate::pdf) struct Space {
    #[schemars(description = "表題の上", range(min = 0.0, max = 60.0))]
    pub title_before: f32,
    #[schemars(description = "表題の下", range(min = 0.0, max = 60.0))]
    pub title_after: f32,
    #[schemars(description = "副題の下", range(min = 0.0, max = 60.0))]
    pub subtitle_after: f32,
    #[schemars(description = "見出しの上。章、節、項の順", inner(range(min = 0.0, max = 72.0)))]
    pub heading_before: [f32; 3],
    #[schemars(description = "見出しの下。章、節、項の順", inner(range(min = 0.0, max = 72.0)))]
    pub heading_after: [f32; 3],
    #[schemars(description = "章の見出しから線まで", range(min = 0.0, max = 60.0))]
    pub heading_rule: f32,
    #[schemars(description = "段落の間", range(min = 0.0, max = 60.0))]
    pub paragraph: f32,
    #[schemars(description = "箇条書きの間", range(min = 0.0, max = 60.0))]
    pub list_item: f32,
    #[schemars(description = "箇条書きの印から文まで", range(min = 0.0, max = 60.0))]
    pub list_gap: f32,
    #[schemars(description = "表や枠の前後", range(min = 0.0, max = 60.0))]
    pub block: f32,
    #[schemars(description = "表の升目の左右", range(min = 0.0, max = 60.0))]
    pub cell_x: f32,
    #[schemars(description = "表の升目の上下", range(min = 0.0, max = 60.0))]
    pub cell_y: f32,
    #[schemars(description = "升目の中の段落の間", range(min = 0.0, max = 60.0))]
    pub cell_para: f32,
    #[schemars(description = "枠の内側", range(min = 0.0, max = 60.0))]
    pub panel: f32,
}

/// Line widths in points.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "線の太さ（ポイント）")]
pub(in crate::pdf) struct Rule {
    #[schemars(description = "章の見出しの下、表と枠の外", range(min = 0.0, max = 10.0))]
    pub strong: f32,
    #[schemars(description = "表の見出しの下", range(min = 0.0, max = 10.0))]
    pub medium: f32,
    #[schemars(description = "行の間", range(min = 0.0, max = 10.0))]
    pub thin: f32,
}

/// The colours.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "色。白黒で印刷しても読めるものにしてください")]
pub(in crate::pdf) struct Colors {
    #[schemars(description = "本文")]
    pub text: Color,
    #[schemars(description = "控えめな文字")]
    pub muted: Color,
    #[schemars(description = "見出しと主な線")]
    pub accent: Color,
    #[schemars(description = "細い線")]
    pub rule: Color,
    #[schemars(description = "表の見出しの背景")]
    pub fill: Color,
}

/// What is drawn in place of something else.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "代わりに印刷するもの")]
pub(in crate::pdf) struct Text {
    #[schemars(description = "書体にない文字の代わり")]
    pub missing: String,
}

/// Drawings, in points.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "図（ポイント）")]
pub(in crate::pdf) struct ChartLook {
    #[schemars(description = "表の中の折れ線の高さ", range(min = 8.0, max = 400.0))]
    pub cell_height: f32,
    #[schemars(description = "カードの折れ線の高さ", range(min = 8.0, max = 400.0))]
    pub card_height: f32,
    #[schemars(description = "本文の幅の折れ線の高さ", range(min = 8.0, max = 400.0))]
    pub figure_height: f32,
    #[schemars(description = "帯の高さ", range(min = 8.0, max = 400.0))]
    pub bar_height: f32,
    #[schemars(description = "表の中の図の文字", range(min = 4.0, max = 72.0))]
    pub cell_label: f32,
    #[schemars(description = "図の文字", range(min = 4.0, max = 72.0))]
    pub label: f32,
    #[schemars(description = "線の太さ", range(min = 0.0, max = 10.0))]
    pub line: f32,
    #[schemars(description = "点の半径", range(min = 0.0, max = 20.0))]
    pub mark: f32,
}

/// Cards, in points.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "カード（ポイント）")]
pub(in crate::pdf) struct CardLook {
    #[schemars(description = "名前の文字", range(min = 4.0, max = 72.0))]
    pub title: f32,
    #[schemars(description = "注記の文字", range(min = 4.0, max = 72.0))]
    pub note: f32,
    #[schemars(description = "説明の文字", range(min = 4.0, max = 72.0))]
    pub line: f32,
    #[schemars(description = "内側", range(min = 0.0, max = 60.0))]
    pub pad: f32,
    #[schemars(description = "カードの間", range(min = 0.0, max = 60.0))]
    pub gap: f32,
    #[schemars(description = "これより狭くなるときは1列に並べる", range(min = 100.0, max = 1000.0))]
    pub least_width: f32,
}

/// Characters at which no line may break.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "禁則")]
pub(in crate::pdf) struct Breaking {
    #[schemars(description = "行の初めに来ない文字")]
    pub not_first: String,
    #[schemars(description = "行の終わりに来ない文字")]
    pub not_last: String,
}

/// How text is set.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "組み方。1 は全角1文字分")]
pub(in crate::pdf) struct Setting {
    #[schemars(description = "本文の和文と英数字の間（四分アキ）", range(min = 0.0, max = 1.0))]
    pub latin_gap: f32,
    #[schemars(description = "表の和文と英数字の間", range(min = 0.0, max = 1.0))]
    pub table_latin_gap: f32,
    #[schemars(
        description = "両端をそろえるとき、英単語の間や句読点の後ろを広げる限度",
        range(min = 0.0, max = 1.0)
    )]
    pub stretch_white: f32,
    #[schemars(description = "両端をそろえるとき、和文の文字の間を広げる限度", range(min = 0.0, max = 1.0))]
    pub stretch: f32,
    #[schemars(description = "数字の後ろの単位の大きさ", range(min = 0.5, max = 1.0))]
    pub unit: f32,
    #[schemars(description = "続く行をぶら下げる印")]
    pub labels: String,
}

/// What a look changes of the theme.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "帳票ごとの見た目。report.toml の look に名前を書きます")]
pub(in crate::pdf) struct Look {
    #[serde(default = "one")]
    #[schemars(description = "文字の大きさと間隔を何倍にするか", range(min = 0.7, max = 1.6))]
    pub scale: f32,
    #[serde(default)]
    #[schemars(description = "色を使わず、黒と灰色だけにするか")]
    pub monochrome: bool,
}

fn one() -> f32 {
    1.0
}

impl Sizes {
    /// All of it so many times as large.
    pub fn scale(&mut self, by: f32) {
        let mut all = vec![
            &mut self.title,
            &mut self.subtitle,
            &mut self.note,
            &mut self.body,
            &mut self.body_small,
            &mut self.table,
            &mut self.table_small,
            &mut self.panel_label,
            &mut self.panel_figure,
            &mut self.panel_line,
            &mut self.running,
        ];
        all.extend(&mut self.heading);
        for length in all {
            *length *= by;
        }
    }
}

impl Space {
    /// All of it so many times as large.
    pub fn scale(&mut self, by: f32) {
        let mut all = vec![
            &mut self.title_before,
            &mut self.title_after,
            &mut self.subtitle_after,
            &mut self.heading_rule,
            &mut self.paragraph,
            &mut self.list_item,
            &mut self.list_gap,
            &mut self.block,
            &mut self.cell_x,
            &mut self.cell_y,
            &mut self.cell_para,
            &mut self.panel,
        ];
        all.extend(&mut self.heading_before);
        all.extend(&mut self.heading_after);
        for length in all {
            *length *= by;
        }
    }
}

impl ChartLook {
    /// All of it so many times as large.
    pub fn scale(&mut self, by: f32) {
        let all = [
            &mut self.cell_height,
            &mut self.card_height,
            &mut self.figure_height,
            &mut self.bar_height,
            &mut self.cell_label,
            &mut self.label,
            &mut self.mark,
        ];
        for length in all {
            *length *= by;
        }
    }
}

impl CardLook {
    /// All of it so many times as large.
    pub fn scale(&mut self, by: f32) {
        let all = [&mut self.title, &mut self.note, &mut self.line, &mut self.pad, &mut self.gap];
        for length in all {
            *length *= by;
        }
    }
}

impl Colors {
    /// Every colour as the grey of its brightness.
    pub fn in_grey(&mut self) {
        for color in [&mut self.text, &mut self.muted, &mut self.accent, &mut self.rule, &mut self.fill] {
            *color = color.grey();
        }
    }
}
