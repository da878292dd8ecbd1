//! Conditional formats: cells with certain words stand out, in grey as well as in colour.

use rust_xlsxwriter::{
    Color, ConditionalFormatCell, ConditionalFormatCellRule, Format, Worksheet, XlsxError,
};

use super::text::clean;
use crate::model::book::{Shade, Tone};

const GOOD: Color = Color::RGB(0x00DD_EBF7);
const POOR: Color = Color::RGB(0x00FF_E699);
const BAD: Color = Color::RGB(0x00F4_B183);
const OPEN: Color = Color::RGB(0x00ED_EDED);

/// Sets the rule of a shade for the rows of a column, both ends included.
pub(super) fn write(
    shade: &Shade,
    (first, last): (u32, u32),
    col: u16,
    to: &mut Worksheet,
) -> Result<(), XlsxError> {
    let rule = ConditionalFormatCell::new()
        .set_rule(ConditionalFormatCellRule::EqualTo(clean(&shade.words).into_owned()))
        .set_format(look(shade.tone));
    to.add_conditional_format(first, col, last, col, &rule).map(drop)
}

fn look(tone: Tone) -> Format {
    let format = Format::new();
    match tone {
        Tone::Good => format.set_background_color(GOOD),
        Tone::Poor => format.set_background_color(POOR).set_bold(),
        Tone::Bad => format.set_background_color(BAD).set_bold(),
        Tone::Open => format.set_background_color(OPEN).set_italic(),
    }
}
