//! Stage 8a: a [`Book`] → xlsx bytes. The only user of `rust_xlsxwriter`; writes no file and reads no clock.
//!
//! A sheet is a title, some lines and one table that a clerk can filter, sort and print: figures are numbers,
//! days are days, everything else is text that no spreadsheet program takes for a formula. A board before them tells
//! what matters on one page; its figures are computed from the tables.

mod board;
mod chart;
mod content;
mod dress;
mod entry;
mod figure;
mod grid;
mod heading;
mod link;
mod list;
mod look;
mod name;
mod note;
mod number;
mod page;
mod panel;
mod place;
mod shade;
mod sheet;
mod spot;
mod strip;
mod text;

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use content::Pen;
use dress::Wardrobe;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use crate::model::book::Book;

/// Of zlib's nine levels the one that takes a third of the time of the usual one, 6, and leaves an eighth more.
const COMPRESSION: u8 = 3;

/// The workbook could not be made.
#[derive(Debug, thiserror::Error)]
pub enum ExcelError {
    /// A table has more rows or columns than a sheet.
    #[error(
        "「{path}」を作れませんでした。シート「{sheet}」の表がExcelの上限（1,048,576行、16,384列）を超えています。入力フォルダーのワークブックを減らすか、期間を分けて実行してください"
    )]
    TooLarge {
        /// The book's path below the month's folder.
        path: String,
        /// The sheet that was being written.
        sheet: String,
    },
    /// The writer refused something that this module should not have asked for.
    #[error(
        "「{path}」を作れませんでした（シート「{sheet}」）。hoshinの不具合です。次の内容を情報システム担当から開発元へ知らせてください: {reason}"
    )]
    Refused {
        /// The book's path below the month's folder.
        path: String,
        /// The sheet that was being written; empty for the book as a whole.
        sheet: String,
        /// What the writer said.
        reason: XlsxError,
    },
}

impl ExcelError {
    fn new(path: &str, sheet: &str, reason: XlsxError) -> Self {
        let (path, sheet) = (path.to_owned(), sheet.to_owned());
        match reason {
            XlsxError::RowColumnLimitError => Self::TooLarge { path, sheet },
            reason => Self::Refused { path, sheet, reason },
        }
    }
}

/// Writes a book. `originals` maps a workbook's path (as in [`Place`](crate::model::place::Place)) to its archive path
/// relative to the reports folder (`原本/<sha256>.xlsx`); cells whose workbook it does not name get no link.
///
/// Equal books give equal bytes. A sheet of the book is given up once it is written, so that not all are held twice.
pub fn write(book: Book, originals: &BTreeMap<String, String>) -> Result<Vec<u8>, ExcelError> {
    let path = book.path.clone();
    let fail = |sheet| {
        let path = &path;
        move |reason| ExcelError::new(path, sheet, reason)
    };
    let mut workbook = Workbook::new();
    workbook
        .set_default_format(&look::base(), look::DEFAULT_ROW_PIXELS, look::DEFAULT_COLUMN_PIXELS)
        .map_err(fail(""))?;
    workbook.set_properties(&properties(&book).map_err(fail(""))?);
    let mut links = link::Links::new(&book, originals);
    let board = book.board.iter().map(|board| board.name.as_str());
    let names = name::unique(board.chain(book.sheets.iter().map(|sheet| sheet.name.as_str())));
    let places = place::Places::of(&book, &names);
    let mut wardrobe = Wardrobe::default();
    let mut names = names.iter();
    for (board, name) in book.board.iter().zip(&mut names) {
        let mut pen = Pen { links: &mut links, places: &places, wardrobe: &mut wardrobe, used: 0 };
        let worksheet = workbook.add_worksheet();
        worksheet.set_name(name).map_err(fail(name))?;
        board::write(board, name, &book.title, &mut pen, worksheet).map_err(fail(name))?;
    }
    for (sheet, name) in book.sheets.into_iter().zip(names) {
        let mut pen = Pen { links: &mut links, places: &places, wardrobe: &mut wardrobe, used: 0 };
        for (word, range) in list::names(&sheet, name, place::head_row(&sheet, places.board().is_some())) {
            workbook.define_name(word, &range).map_err(fail(name))?;
        }
        let worksheet = workbook.add_worksheet();
        worksheet.set_name(name).map_err(fail(name))?;
        sheet::write(&sheet, &book.title, &mut pen, worksheet).map_err(fail(name))?;
    }
    workbook.set_zip_compression_level(COMPRESSION);
    workbook.save_to_buffer().map_err(fail(""))
}

/// Title, author and a creation day that is the book's, not the clock's.
fn properties(book: &Book) -> Result<DocProperties, XlsxError> {
    let properties =
        DocProperties::new().set_title(text::clean(&book.title)).set_author(text::clean(&book.author));
    let properties =
        properties.set_subject(text::clean(&book.subject)).set_keywords(text::clean(&book.keywords));
    Ok(properties.set_creation_datetime(&date(book.as_of)?))
}

/// A day as Excel keeps it; an error outside 1900 to 9999.
fn date(day: NaiveDate) -> Result<ExcelDateTime, XlsxError> {
    let out_of_range = || XlsxError::DateTimeRangeError(day.to_string());
    let year = u16::try_from(day.year()).map_err(|_| out_of_range())?;
    let month = u8::try_from(day.month()).map_err(|_| out_of_range())?;
    let day_of_month = u8::try_from(day.day()).map_err(|_| out_of_range())?;
    ExcelDateTime::from_ymd(year, month, day_of_month)
}

#[cfg(test)]
mod tests;
