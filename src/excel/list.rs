//! Tables in Excel's own sense: filter, a name for formulas, and a named range for each column.

use std::collections::BTreeSet;

use rust_xlsxwriter::{Table, TableColumn, TableStyle, Worksheet, XlsxError};

use super::heading::{column, short};
use super::look;
use super::place::quoted;
use super::text::{clean, cut};
use crate::model::book::BookSheet;
use crate::model::place::column_letters;
use crate::model::report::HeadCell;

/// Excel's limit for the words of a table's header cell, in UTF-16 units.
const MAX_HEADING: usize = 255;

/// Whether a sheet's table is one in Excel's own sense.
pub(super) fn is_list(sheet: &BookSheet) -> bool {
    !sheet.known_as.is_empty() && matches!(sheet.table.head.as_slice(), [head] if !head.is_empty())
}

/// The headings of a table as Excel wants them: on one line, none empty, no two alike in any case of letters.
pub(super) fn headings(head: &[HeadCell]) -> Vec<String> {
    let mut taken = BTreeSet::new();
    let heading = |cell: &HeadCell| {
        let words = clean(&cell.text).replace('\n', " ");
        let words = if words.trim().is_empty() { "列".to_owned() } else { words };
        let mut heading = cut(words.clone(), MAX_HEADING, "…");
        let mut number = 1;
        while !taken.insert(heading.to_lowercase()) {
            number += 1;
            let suffix = format!("({number})");
            heading = cut(words.clone(), MAX_HEADING - suffix.len(), "…") + &suffix;
        }
        heading
    };
    head.iter().map(heading).collect()
}

/// Adds the table. One without rows gets an empty one, as Excel itself gives it; returns the body's last row.
pub(super) fn write(
    sheet: &BookSheet,
    head_row: u32,
    rows: usize,
    to: &mut Worksheet,
) -> Result<u32, XlsxError> {
    let headings = headings(sheet.table.head.first().map_or(&[], Vec::as_slice));
    let columns: Vec<TableColumn> = headings
        .iter()
        .map(|words| TableColumn::new().set_header(words.as_str()).set_header_format(look::head()))
        .collect();
    let table = Table::new()
        .set_name(sheet.known_as.as_str())
        .set_style(TableStyle::None)
        .set_banded_rows(false)
        .set_alt_text(clean(&sheet.table.summary))
        .set_columns(&columns);
    let last_row = head_row + short(rows.max(1));
    to.add_table(head_row, 0, last_row, column(columns.len().saturating_sub(1))?, &table)?;
    Ok(last_row)
}

/// The names of the columns and the ranges that they stand for: `指標明細_値` is `='指標明細'!$K$6:$K$300`.
pub(super) fn names(sheet: &BookSheet, name: &str, head_row: u32) -> Vec<(String, String)> {
    if !is_list(sheet) {
        return Vec::new();
    }
    let headings = headings(sheet.table.head.first().map_or(&[], Vec::as_slice));
    let last = head_row + short(sheet.table.rows.len().max(1)) + 1;
    let mut taken = BTreeSet::new();
    let ranges = headings.iter().zip(0..).filter_map(|(heading, col)| {
        let word = format!("{}_{}", word(&sheet.name), word(heading));
        // A name begins with a letter or this.
        let word = if word.starts_with(char::is_alphabetic) { word } else { format!("_{word}") };
        let letters = column_letters(col);
        let range = format!("={}!${letters}${}:${letters}${last}", quoted(name), head_row + 2);
        // Two headings that only differ in marks would have one name: the first keeps it.
        taken.insert(word.to_lowercase()).then_some((word, range))
    });
    ranges.collect()
}

/// The text as part of a name: letters and digits stay, what stands between them becomes `_`.
fn word(text: &str) -> String {
    let stays = |c: char| c.is_alphabetic() || c.is_ascii_digit();
    let parts = text.split(|c| !stays(c)).filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join("_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_stand_on_one_line_and_differ() {
        let head = ["値", "値", "判定\nと計算", "", "ID", "id", " "].map(|text| HeadCell::one(text, 1));
        assert_eq!(headings(&head), ["値", "値(2)", "判定 と計算", "列", "ID", "id(2)", "列(2)"]);
        let long = headings(&[HeadCell::one("長".repeat(300), 1), HeadCell::one("長".repeat(300), 1)]);
        assert!(long.iter().all(|words| words.encode_utf16().count() <= 255), "{long:?}");
        assert_ne!(long[0], long[1]);
    }

    #[test]
    fn names_are_letters_digits_and_underscores() {
        for (text, wanted) in [
            ("期限（原文）", "期限_原文"),
            ("評語・点", "評語_点"),
            ("SHA-256", "SHA_256"),
            ("R3 実績", "R3_実績"),
            ("前回値：指標の値", "前回値_指標の値"),
            ("データー", "データー"),
        ] {
            assert_eq!(word(text), wanted);
        }
    }
}
