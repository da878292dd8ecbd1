#![allow(clippy::expect_used, clippy::panic, clippy::print_stderr, reason = "tests may panic and print")]

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use super::format::tests::eras;
use super::{ReadError, open};
use crate::model::place::CellRef;
use crate::model::sheet::{Cell, Format, Sheet, Value, Workbook};

fn shared(part: &str) -> Option<PathBuf> {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared")).join(part);
    if folder.exists() {
        return Some(folder);
    }
    eprintln!("skipped: ../shared is missing");
    None
}

fn read(path: &Path) -> Result<Workbook, ReadError> {
    let bytes = std::fs::read(path).expect("a file");
    open(Arc::from("x"), &bytes, &eras())
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    files.sort();
    files
}

#[test]
fn corpus() {
    let Some(corpus) = shared("corpus") else { return };
    for folder in ["hostile", "real"] {
        for path in files(&corpus.join(folder)) {
            let start = Instant::now();
            let result = read(&path);
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            let took = start.elapsed();
            match result {
                Ok(book) => {
                    let cells: usize = book.sheets.iter().map(|sheet| sheet.grid.cells().count()).sum();
                    eprintln!("{name}: {:?} {} sheets {cells} cells {took:?} {:?} {:?}", book.format, book.sheets.len(), book.modified, book.limits);
                }
                Err(error) => eprintln!("{name}: {error:?} {took:?}"),
            }
        }
    }
}
