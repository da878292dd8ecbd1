//! Sheets that people type into: protection, drop-down lists, input rules and the notes on header cells.

use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, DataValidationRule, ProtectionOptions, Worksheet, XlsxError,
};

use super::heading::{self, column, short};
use super::note;
use super::text::{clean, cut};
use crate::model::book::BookSheet;
use crate::model::entry::{Entry, Input, Rule};

/// Excel's limits for the words of an input rule, in UTF-16 units.
const MAX_TITLE: usize = 32;
const MAX_MESSAGE: usize = 255;
/// Excel's limit for the words of a drop-down list with the commas between them.
const MAX_LIST: usize = 255;
/// The last day that a date rule takes: 31 December 2199.
const LAST_DAY: (u16, u8, u8) = (2199, 12, 31);

/// Protects a sheet and sets the rules of its open cells; `rows` is how many body rows there are.
pub(super) fn write(
    sheet: &BookSheet,
    entry: &Entry,
    head_row: u32,
    rows: usize,
    to: &mut Worksheet,
) -> Result<(), XlsxError> {
    let body_row = head_row + short(sheet.table.head.len());
    let columns = sheet.table.columns.len().max(entry.columns.len());
    for col in 0..columns {
        write_note(sheet, entry, col, head_row, to)?;
        let title = heading::words(&sheet.table.head, col);
        let mut first = 0;
        while first < rows {
            let input = entry.input(first, col);
            let run = (first..rows).take_while(|row| entry.input(*row, col) == input).count();
            if let Some(validation) = input.map(|input| validation(title, input)).transpose()?.flatten() {
                let last = body_row + short(first + run - 1);
                let at = column(col)?;
                to.add_data_validation(body_row + short(first), at, last, at, &validation)?;
            }
            first += run;
        }
        if entry.hides(col) {
            to.set_column_hidden(column(col)?)?;
        }
    }
    // Widths and filters change nothing that is read back.
    let allowed = ProtectionOptions {
        format_columns: true,
        format_rows: true,
        use_autofilter: true,
        ..ProtectionOptions::new()
    };
    to.protect_with_options(&allowed);
    Ok(())
}

fn write_note(
    sheet: &BookSheet,
    entry: &Entry,
    col: usize,
    head_row: u32,
    to: &mut Worksheet,
) -> Result<(), XlsxError> {
    let words = entry.columns.get(col).map_or("", |column| column.note.as_str());
    let Some((row, first_col)) = heading::anchor(&sheet.table.head, col) else { return Ok(()) };
    note::pin(head_row + short(row), column(first_col)?, words, to)
}

/// The rule of an open cell; `None` where there is nothing to say.
fn validation(title: &str, input: &Input) -> Result<Option<DataValidation>, XlsxError> {
    let any = || DataValidation::new().allow_any_value();
    let rule = match &input.rule {
        Rule::OneOf(words) if fits(words) => DataValidation::new().allow_list_strings(words)?,
        Rule::Text | Rule::OneOf(_) => any(),
        Rule::Number { least, most } => {
            let bound = |bound: Option<i64>, otherwise: i64| whole(bound.unwrap_or(otherwise));
            let most_exact = 999_999_999_999_999;
            let range = DataValidationRule::Between(bound(*least, -most_exact), bound(*most, most_exact));
            DataValidation::new().allow_decimal_number(range)
        }
        Rule::Date => {
            let (year, month, day) = LAST_DAY;
            let first = rust_xlsxwriter::ExcelDateTime::from_ymd(1926, 12, 25)?;
            let last = rust_xlsxwriter::ExcelDateTime::from_ymd(year, month, day)?;
            DataValidation::new().allow_date(DataValidationRule::Between(first, last))
        }
    };
    let fit = |text: &str, max| cut(clean(text).into_owned(), max, "…");
    let style = if input.strict { DataValidationErrorStyle::Stop } else { DataValidationErrorStyle::Warning };
    let mut rule = rule.set_error_style(style);
    if !input.prompt.is_empty() {
        let title = fit(&title.replace('\n', " "), MAX_TITLE);
        rule = rule.set_input_title(title)?.set_input_message(fit(&input.prompt, MAX_MESSAGE))?;
    }
    if !input.error.is_empty() {
        rule = rule
            .set_error_title(fit("入力を確かめてください", MAX_TITLE))?
            .set_error_message(fit(&input.error, MAX_MESSAGE))?;
    }
    let silent = matches!(input.rule, Rule::Text) && input.prompt.is_empty();
    Ok((!silent).then_some(rule))
}

/// A bound of some fifteen digits, which a number cell holds exactly.
#[allow(clippy::cast_precision_loss, reason = "at most fifteen digits")]
fn whole(bound: i64) -> f64 {
    bound as f64
}

/// Whether Excel takes the words as a list within the rule itself.
fn fits(words: &[String]) -> bool {
    let length: usize = words.iter().map(|word| word.encode_utf16().count() + 1).sum();
    !words.is_empty() && length <= MAX_LIST + 1 && !words.iter().any(|word| word.contains([',', '"', '\n']))
}
