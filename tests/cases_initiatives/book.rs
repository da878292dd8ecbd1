//! Workbooks from a few readable lines: `= PATH` begins a workbook, `- NAME` a sheet, every other line is a row of cells
//! with ` | ` between them. `<` is merged with the cell on its left, `^` with the one above, `\n` is a line break. A
//! number is a number, `0.6 @0%` a number and `2022-03-31 @ge.m.d` a day under that format, `'60` a text. `# ` comments.

use std::path::Path;

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet};

type Rows<'a> = Vec<Vec<&'a str>>;

/// A workbook's path below the input folder, and its bytes.
pub fn books(text: &str) -> Vec<(String, Vec<u8>)> {
    let mut books: Vec<(String, Vec<(&str, Rows)>)> = Vec::new();
    for line in text.lines().filter(|line| !line.starts_with("# ")) {
        if let Some(path) = line.strip_prefix("= ") {
            books.push((path.to_owned(), Vec::new()));
        } else if let Some(name) = line.strip_prefix("- ") {
            books.last_mut().expect("a workbook first").1.push((name, Vec::new()));
        } else if let Some((_, rows)) = books.last_mut().and_then(|(_, sheets)| sheets.last_mut()) {
            rows.push(line.split('|').map(str::trim).collect());
        }
    }
    books.into_iter().map(|(path, sheets)| (path, book(&sheets))).collect()
}

/// Writes the workbooks into a folder.
pub fn write(text: &str, folder: &Path) {
    for (path, bytes) in books(text) {
        let path = folder.join(path);
        std::fs::create_dir_all(path.parent().expect("below the input")).expect("folders");
        std::fs::write(path, bytes).expect("written");
    }
}

fn book(sheets: &[(&str, Rows)]) -> Vec<u8> {
    let mut book = Workbook::new();
    for (name, rows) in sheets {
        let sheet = book.add_worksheet();
        sheet.set_name(*name).expect("a sheet's name");
        for (row, cells) in rows.iter().enumerate() {
            for (col, cell) in cells.iter().enumerate().filter(|(_, cell)| !matches!(**cell, "" | "<" | "^"))
            {
                let right = cells.iter().skip(col + 1).take_while(|cell| **cell == "<").count();
                let below =
                    rows.iter().skip(row + 1).take_while(|cells| cells.get(col) == Some(&"^")).count();
                put(sheet, (row, col), (row + below, col + right), cell);
            }
        }
    }
    book.save_to_buffer().expect("a workbook")
}

fn put(sheet: &mut Worksheet, from: (usize, usize), to: (usize, usize), cell: &str) {
    let row = |row: usize| u32::try_from(row).expect("a row");
    let col = |col: usize| u16::try_from(col).expect("a column");
    let at = (row(from.0), col(from.1));
    if from != to {
        sheet.merge_range(at.0, at.1, row(to.0), col(to.1), "", &Format::new()).expect("no overlap");
    }
    let (value, code) = cell.split_once(" @").unwrap_or((cell, "General"));
    let format = Format::new().set_num_format(code);
    let written = if let Some(text) = cell.strip_prefix('\'') {
        sheet.write_string(at.0, at.1, text)
    } else if let Ok(number) = value.parse::<f64>() {
        sheet.write_number_with_format(at.0, at.1, number, &format)
    } else if let Some(day) = day(value).filter(|_| cell.contains(" @")) {
        sheet.write_datetime_with_format(at.0, at.1, &day, &format)
    } else {
        sheet.write_string(at.0, at.1, cell.replace("\\n", "\n"))
    };
    written.expect("a cell");
}

fn day(text: &str) -> Option<ExcelDateTime> {
    let mut parts = text.split('-');
    let (year, month, day) =
        (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    ExcelDateTime::from_ymd(year, month, day).ok()
}
