#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    clippy::print_stderr,
    clippy::format_collect,
    clippy::format_push_string,
    reason = "tests may panic, say what they skip and write files of their own"
)]

mod corpus;
mod encrypted;
mod garbage;
mod hostile;
mod limits;
mod make;
mod written;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::format::tests::eras;
use super::{ReadError, open};
use crate::model::limits::Limits;
use crate::model::passwords::Passwords;
use crate::model::place::CellRef;
use crate::model::sheet::{Cell, Sheet, Workbook};

/// A folder of ../shared; says so where it is missing.
fn shared(part: &str) -> Option<PathBuf> {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared")).join(part);
    if !folder.exists() {
        eprintln!("skipped: ../shared is missing");
        return None;
    }
    Some(folder)
}

fn read(path: &Path) -> Result<Workbook, ReadError> {
    let bytes = std::fs::read(path).expect("a file");
    with(&bytes, &Limits::default())
}

/// Reads under limits, without passwords.
fn with(bytes: &[u8], limits: &Limits) -> Result<Workbook, ReadError> {
    open(Arc::from("a workbook"), bytes, &eras(), limits, &Passwords::default())
}

fn read_bytes(bytes: &[u8]) -> Workbook {
    with(bytes, &Limits::default()).expect("a workbook")
}

fn sheet<'a>(book: &'a Workbook, name: &str) -> &'a Sheet {
    book.sheets.iter().find(|sheet| &*sheet.name == name).expect("the sheet")
}

fn at(address: &str) -> CellRef {
    address.parse().expect("an address")
}

fn cell<'a>(book: &'a Workbook, name: &str, address: &str) -> &'a Cell {
    let found = sheet(book, name).grid.get(at(address));
    found.unwrap_or_else(|| panic!("nothing at {name} {address}"))
}

fn text<'a>(book: &'a Workbook, name: &str, address: &str) -> &'a str {
    &cell(book, name, address).text
}
