//! How cells look: one Japanese font, thin rules, grey that survives a black and white printer.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, FormatUnderline};

use crate::model::report::Align;

/// The font that the public sector prints with; Windows has it, and others replace it by their own Gothic.
pub(super) const FONT: &str = "BIZ UDゴシック";
/// Japanese, so that a replacement font is a Japanese one.
const CHARSET: u8 = 128;
/// Type sizes in points.
const SIZE: f64 = 10.0;
const SMALL: f64 = 9.0;
const HEADING: f64 = 11.0;
const TITLE: f64 = 16.0;
/// Grey of 4.5:1 against white: set back, but readable on paper.
const MUTED: Color = Color::RGB(0x0076_7676);
/// Dark enough to read as text, blue enough to be found as a link.
const LINK: Color = Color::RGB(0x001F_3864);
const HEAD_FILL: Color = Color::RGB(0x00E7_E6E6);
/// What nobody changes on a sheet that people type into; open cells stay white, also on a black and white printer.
const FIXED_FILL: Color = Color::RGB(0x00F2_F2F2);
pub(super) const RULE: Color = Color::RGB(0x0080_8080);

/// Height of a row without wrapped text, and width of a column nobody set, at 96 dpi.
pub(super) const DEFAULT_ROW_PIXELS: u32 = 18;
pub(super) const DEFAULT_COLUMN_PIXELS: u32 = 64;
/// Points that one line of body text takes, as Excel and `LibreOffice` set this font.
const LINE_POINTS: f64 = 12.75;
/// Points of a row that no line takes.
const ROW_PADDING: f64 = 6.0;
/// The tallest row that Excel allows.
const MOST_POINTS: f64 = 409.0;
/// The empty row between lines and table.
pub(super) const GAP_POINTS: f64 = 6.0;
/// How much wider a character of the title is than one of the body.
pub(super) const TITLE_SCALE: f64 = TITLE / SIZE;
/// The same of a heading within a sheet.
pub(super) const HEADING_SCALE: f64 = HEADING / SIZE;

/// Points of a row of so many lines of body text.
pub(super) fn height(lines: usize) -> f64 {
    scaled_height(lines, 1.0)
}

/// Points of a row of so many lines of a larger type.
#[allow(clippy::cast_precision_loss, reason = "a cell has at most 32,767 characters")]
pub(super) fn scaled_height(lines: usize, scale: f64) -> f64 {
    (lines as f64 * LINE_POINTS * scale + ROW_PADDING).min(MOST_POINTS)
}

/// What distinguishes a stretch of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) struct Type {
    /// Bold.
    pub(super) strong: bool,
    /// Smaller.
    pub(super) small: bool,
    /// Its colour.
    pub(super) tone: Tone,
}

/// The colour of a text; it never carries a meaning of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) enum Tone {
    /// Black.
    #[default]
    Plain,
    /// Grey.
    Muted,
    /// Leads to the original.
    Link,
}

/// Where a body cell stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) struct Edges {
    /// A rule above it: not where it repeats the cell above.
    pub(super) above: bool,
    /// A rule below it: not where the cell below repeats it.
    pub(super) below: bool,
}

/// The workbook's default.
pub(super) fn base() -> Format {
    Format::new()
        .set_font_name(FONT)
        .set_font_size(SIZE)
        .set_font_charset(CHARSET)
        .set_font_family(3)
        .set_align(FormatAlign::VerticalCenter)
}

/// A stretch of text.
pub(super) fn typed(look: Type) -> Format {
    let mut format = base().set_font_size(if look.small { SMALL } else { SIZE });
    if look.strong {
        format = format.set_bold();
    }
    match look.tone {
        Tone::Plain => format,
        Tone::Muted => format.set_font_color(MUTED),
        Tone::Link => format.set_font_color(LINK),
    }
}

/// The sheet's title.
pub(super) fn title() -> Format {
    base().set_font_size(TITLE).set_bold().set_text_wrap()
}

/// A heading within a sheet.
pub(super) fn heading() -> Format {
    base().set_font_size(HEADING).set_bold().set_text_wrap()
}

/// The words above a key figure.
pub(super) fn tile_label() -> Format {
    head().set_font_size(SMALL).set_bold()
}

/// A key figure.
fn tile(format: Format) -> Format {
    format.set_font_size(TITLE).set_bold().set_align(FormatAlign::Center).set_indent(0)
}

/// A line between title and table.
pub(super) fn line() -> Format {
    base().set_text_wrap().set_align(FormatAlign::Top)
}

/// The way back to the board.
pub(super) fn way() -> Format {
    base().set_font_color(LINK).set_underline(FormatUnderline::Single)
}

/// A header cell.
pub(super) fn head() -> Format {
    base()
        .set_bold()
        .set_align(FormatAlign::Center)
        .set_text_wrap()
        .set_background_color(HEAD_FILL)
        .set_border(FormatBorder::Thin)
        .set_border_color(RULE)
}

/// A body cell of text.
pub(super) fn body(look: Type, align: Align, edges: Edges) -> Format {
    figure(look, align, edges).set_text_wrap()
}

/// A body cell of a number or a day: never wrapped, as `LibreOffice` drops the indent of a number that may wrap.
pub(super) fn figure(look: Type, align: Align, edges: Edges) -> Format {
    let rule = |wanted: bool| if wanted { FormatBorder::Thin } else { FormatBorder::None };
    let horizontal = match align {
        Align::Left => FormatAlign::Left,
        Align::Center => FormatAlign::Center,
        Align::Right | Align::Decimal => FormatAlign::Right,
    };
    let format = typed(look).set_align(horizontal).set_align(FormatAlign::VerticalCenter);
    // A little air between rule and text; what is centred has it already.
    let format = if align == Align::Center { format } else { format.set_indent(1) };
    format
        .set_border_left(FormatBorder::Thin)
        .set_border_right(FormatBorder::Thin)
        .set_border_top(rule(edges.above))
        .set_border_bottom(rule(edges.below))
        .set_border_left_color(RULE)
        .set_border_right_color(RULE)
        .set_border_top_color(RULE)
        .set_border_bottom_color(RULE)
}

/// How a cell takes part in filling in its sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) enum Part {
    /// Its sheet is only read.
    #[default]
    Read,
    /// It stays as it is.
    Fixed,
    /// People type into it.
    Open,
    /// A key figure on a board.
    Tile,
}

/// A body cell's format with the sign of its part.
pub(super) fn part(format: Format, part: Part) -> Format {
    match part {
        Part::Read => format,
        Part::Fixed => format.set_background_color(FIXED_FILL),
        Part::Open => format.set_unlocked(),
        Part::Tile => tile(format),
    }
}
