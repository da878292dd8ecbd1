//! Number formats: △ for minus, thousands, decimals, and the words around a printed figure.

use std::collections::BTreeMap;

use rust_decimal::{Decimal, RoundingStrategy};
use unicode_normalization::UnicodeNormalization;

use super::text::width_of;

/// A day in the short form of Japanese sheets: R3.12.28.
const DATE: &str = "[$-411]ge.m.d";
/// Excel shows at most 30 decimals and keeps 15 digits.
const MAX_DECIMALS: u32 = 15;
/// Significant digits that a number cell keeps.
const KEPT_DIGITS: usize = 15;
/// A workbook holds some 200 number formats of its own; beyond this many the words around a figure go into a note.
const MAX_FORMATS: usize = 120;
/// Longest word before or behind a figure that a format carries.
const MAX_AFFIX: usize = 24;

/// A number format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Code {
    /// As the program likes.
    General,
    /// What is typed stays text.
    Text,
    /// A day.
    Date,
    /// A year: no thousands are set apart in it.
    Year,
    /// One of the workbook's own, by its place in [`Formats`].
    Own(usize),
}

/// How a number cell is set.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Shown {
    /// The number format.
    pub(super) code: Code,
    /// The code shows all that the printed text says.
    pub(super) complete: bool,
}

/// The number formats that the workbook uses so far.
#[derive(Debug, Default)]
pub(super) struct Formats {
    codes: Vec<String>,
    /// By decimals, percent and whether minus has no sign.
    plain: BTreeMap<(u32, bool, bool), Code>,
    /// Those with words of their own.
    worded: BTreeMap<String, Code>,
}

impl Formats {
    /// A format as Excel writes it; `None` where cells need not say any.
    pub(super) fn text(&self, code: Code) -> Option<&str> {
        match code {
            Code::General => None,
            Code::Text => Some("@"),
            Code::Date => Some(DATE),
            Code::Year => Some("0"),
            Code::Own(index) => self.codes.get(index).map(String::as_str),
        }
    }

    /// The format that shows a number as `printed` writes it: `約300人` is 300 under `"約"#,##0"人"`.
    pub(super) fn show(&mut self, value: Decimal, decimals: u32, percent: bool, printed: &str) -> Shown {
        let decimals = decimals.min(MAX_DECIMALS);
        let figure = figure(value, decimals, percent);
        // What rounds to zero is printed without a minus sign, also where the cell keeps the digits.
        let bare = value.is_sign_negative() && !figure.starts_with('△');
        let same =
            printed.is_empty() || printed == figure || alike(printed, percent) == alike(&figure, percent);
        if !same && let Some((before, behind)) = around(printed, &figure) {
            let worded = code(decimals, percent, bare, before, behind);
            let room = self.worded.len() < MAX_FORMATS;
            if let Some(code) = self.worded.get(&worded).copied().or_else(|| room.then(|| self.add(&worded)))
            {
                self.worded.insert(worded, code);
                return Shown { code, complete: true };
            }
        }
        let code = match self.plain.get(&(decimals, percent, bare)) {
            Some(code) => *code,
            None => self.add(&code(decimals, percent, bare, "", "")),
        };
        self.plain.insert((decimals, percent, bare), code);
        Shown { code, complete: same }
    }

    fn add(&mut self, code: &str) -> Code {
        self.codes.push(code.to_owned());
        Code::Own(self.codes.len() - 1)
    }
}

/// How wide the number is when it is shown as [`Formats::show`] decides, in half-width characters.
pub(super) fn width(value: Decimal, decimals: u32, percent: bool, printed: &str) -> usize {
    let figure = figure(value, decimals.min(MAX_DECIMALS), percent);
    let (before, behind) = around(printed, &figure).unwrap_or_default();
    width_of(before) + width_of(&figure) + width_of(behind)
}

/// The number as a cell keeps it (a percentage as a fraction), or `None` where it has more digits than a cell keeps.
pub(super) fn stored(value: Decimal, percent: bool) -> Option<f64> {
    let value = value.normalize();
    if value.mantissa().unsigned_abs().to_string().len() > KEPT_DIGITS {
        return None;
    }
    let value = if percent { value.checked_div(Decimal::ONE_HUNDRED)? } else { value };
    value.to_string().parse().ok()
}

/// `#,##0.0;"△"#,##0.0`, with words before and behind; `bare` for no sign before what is less than zero.
fn code(decimals: u32, percent: bool, bare: bool, before: &str, behind: &str) -> String {
    let minus = if bare { "" } else { "△" };
    let quoted = |word: &str| if word.is_empty() { String::new() } else { format!("\"{word}\"") };
    let places = if decimals == 0 { String::new() } else { format!(".{}", "0".repeat(decimals as usize)) };
    let digits = if percent { format!("0{places}%") } else { format!("#,##0{places}") };
    let (minus, before, behind) = (quoted(&format!("{before}{minus}")), quoted(before), quoted(behind));
    format!("{before}{digits}{behind};{minus}{digits}{behind}")
}

/// The figure as the plain format shows it: `△1,204.5`.
fn figure(value: Decimal, decimals: u32, percent: bool) -> String {
    let rounded = value.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero);
    let digits = format!("{:.*}", decimals as usize, rounded.abs());
    let (whole, rest) = digits.split_at(digits.find('.').unwrap_or(digits.len()));
    let mut out = String::from(if rounded.is_sign_negative() && !rounded.is_zero() { "△" } else { "" });
    for (index, digit) in whole.chars().enumerate() {
        if !percent && index > 0 && (whole.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out + rest + if percent { "%" } else { "" }
}

/// A printed figure without what only differs typographically: width, separators, spaces, the minus sign, and the
/// sign of a percentage, which its format writes.
fn alike(text: &str, percent: bool) -> String {
    let plain = text.nfkc().filter(|c| !c.is_whitespace() && *c != ',' && !(percent && *c == '%'));
    plain.map(|c| if matches!(c, '-' | '−' | '‐' | '▲') { '△' } else { c }).collect()
}

/// What stands before and behind the figure in a printed text, where a number format can carry it.
fn around<'a>(printed: &'a str, figure: &str) -> Option<(&'a str, &'a str)> {
    let (before, behind) = printed.split_once(figure)?;
    let part_of_number = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '△' | '▲' | '-');
    let carried = |word: &str| word.chars().count() <= MAX_AFFIX && !word.contains(['"', '\n', '\\']);
    let apart = !before.ends_with(part_of_number) && !behind.starts_with(part_of_number);
    (apart && carried(before) && carried(behind)).then_some((before, behind))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::expect_used, reason = "literals")]

    use super::*;

    fn show(value: &str, decimals: u32, percent: bool, printed: &str) -> (String, bool) {
        let mut formats = Formats::default();
        let shown = formats.show(value.parse().expect(value), decimals, percent, printed);
        (formats.text(shown.code).expect("a format").to_owned(), shown.complete)
    }

    #[test]
    fn words_around_a_figure_go_into_its_format() {
        let plain = (r##"#,##0.0;"△"#,##0.0"##.to_owned(), true);
        assert_eq!(show("16.25", 1, false, "16.3"), plain);
        assert_eq!(show("-1204.5", 1, false, "△1,204.5"), plain);
        assert_eq!(show("-1204.5", 1, false, "-1204.5"), plain);
        assert_eq!(show("12.7", 1, true, "12.7%"), (r#"0.0%;"△"0.0%"#.to_owned(), true));
        assert_eq!(show("12.7", 1, true, "１２．７"), (r#"0.0%;"△"0.0%"#.to_owned(), true));
        assert_eq!(show("-0.04", 1, false, "0.0"), ("#,##0.0;#,##0.0".to_owned(), true));
        assert_eq!(show("5", 0, false, "5%"), (r##"#,##0"%";"△"#,##0"%""##.to_owned(), true));
        assert_eq!(show("300", 0, false, "約300人"), (r##""約"#,##0"人";"約△"#,##0"人""##.to_owned(), true));
        assert_eq!(show("10", 0, false, "10～20"), (r##"#,##0"～20";"△"#,##0"～20""##.to_owned(), true));
        assert!(!show("10", 0, false, "100人").1, "10 is no part of 100");
        assert!(!show("10", 0, false, "「\"10\"」").1, "a quotation mark cannot stand in a format");
    }

    #[test]
    fn a_cell_keeps_fifteen_digits() {
        let of = |text: &str, percent| stored(text.parse().expect(text), percent);
        assert_eq!(of("-53", false), Some(-53.0));
        assert_eq!(of("12.7", true), Some(0.127));
        assert_eq!(of("123456789012345", false), Some(123_456_789_012_345.0));
        assert_eq!(of("1234567890123456", false), None);
    }

    #[test]
    fn a_workbook_has_room_for_so_many_formats() {
        let mut formats = Formats::default();
        let shown: Vec<bool> =
            (0..200).map(|n| formats.show(Decimal::ONE, 0, false, &format!("1件（{n}）")).complete).collect();
        assert_eq!(shown.iter().filter(|complete| **complete).count(), MAX_FORMATS);
        let again = |formats: &mut Formats| formats.show(Decimal::ONE, 0, false, "1件（7）");
        assert!(again(&mut formats).complete, "a format in use costs nothing");
        assert_eq!(again(&mut formats), again(&mut formats));
    }
}
