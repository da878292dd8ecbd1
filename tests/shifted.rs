//! Nothing is read by a fixed address, name or year: the sample's first department gives the same facts after three rows
//! and a column were inserted, sheets and files renamed and every year moved on by three.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use hoshin::model::limits::Limits;
use hoshin::model::passwords::Passwords;
use hoshin::model::place::CellRef;
use hoshin::model::sheet::{Value, Workbook as Read};
use rust_xlsxwriter::{ExcelDateTime, Format, Note, Workbook};

use crate::facts::{Row, compare, facts_of};
use crate::support::{Project, checkout};

/// The years that stand in the two workbooks, three years later.
const YEARS: [(&str, &str); 15] = [
    ("平成29年度", "令和2年度"),
    ("平成30年度", "令和3年度"),
    ("令和元年度", "令和4年度"),
    ("令和2年度", "令和5年度"),
    ("令和3年度", "令和6年度"),
    ("令和３年度", "令和６年度"),
    ("令和4年度", "令和7年度"),
    ("令和3年12月末", "令和6年12月末"),
    ("R3.6.30", "R6.6.30"),
    ("H29", "R2"),
    ("H30", "R3"),
    ("R1", "R4"),
    ("R2", "R5"),
    ("R3", "R6"),
    ("R4", "R7"),
];

/// Where three rows and a column are inserted, zero-based: at the top and in the middle.
#[derive(Clone, Copy)]
struct Shift {
    row: u32,
    col: u32,
}

impl Shift {
    fn cell(self, at: CellRef) -> CellRef {
        let later = |value: u32, from: u32, by: u32| if value >= from { value + by } else { value };
        CellRef::new(later(at.row, self.row, 3), later(at.col, self.col, 1))
    }
}

/// Each year once, at its first place, longest spelling first.
fn later(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while !rest.is_empty() {
        if let Some((from, to)) = YEARS.iter().find(|(from, _)| rest.starts_with(from)) {
            out.push_str(to);
            rest = &rest[from.len()..];
        } else {
            let next = rest.chars().next().expect("not empty");
            out.push(next);
            rest = &rest[next.len_utf8()..];
        }
    }
    out
}

fn three_years_on(day: NaiveDate) -> NaiveDate {
    NaiveDate::from_ymd_opt(day.year() + 3, day.month(), day.day()).expect("no leap day in the samples")
}

fn excel_day(day: NaiveDate) -> ExcelDateTime {
    let year = u16::try_from(day.year()).expect("a year");
    let [month, day] = [day.month(), day.day()].map(|number| u8::try_from(number).expect("small"));
    ExcelDateTime::from_ymd(year, month, day).expect("a day")
}

fn open(path: &str) -> Read {
    let eras = hoshin::normalise::Vocabulary::builtin().expect("valid").eras;
    let bytes = std::fs::read(checkout(path)).expect("the sample is there");
    hoshin::read::open(path.into(), &bytes, &eras, &Limits::default(), &Passwords::default())
        .expect("readable")
}

/// The workbook written anew, shifted, its sheets renamed.
fn rewrite(read: &Read, shift: Shift) -> Vec<u8> {
    let mut book = Workbook::new();
    for (index, sheet) in read.sheets.iter().enumerate() {
        let out = book.add_worksheet();
        out.set_name(format!("Sheet{}", index + 1)).expect("a name");
        out.set_hidden(sheet.hidden);
        for (at, cell) in sheet.grid.cells() {
            let to = shift.cell(at);
            let (row, col) = (to.row, u16::try_from(to.col).expect("narrow"));
            let format =
                Format::new().set_num_format(if cell.format.is_empty() { "General" } else { &cell.format });
            let end = sheet.grid.merge_at(at).map_or(at, |merge| merge.end);
            let end = shift.cell(end);
            if end != to {
                out.merge_range(row, col, end.row, u16::try_from(end.col).expect("narrow"), "", &format)
                    .expect("merged");
            }
            match &cell.value {
                Value::Number(number) => {
                    let number: f64 = number.to_string().parse().expect("a number");
                    out.write_number_with_format(row, col, number, &format).expect("written");
                }
                Value::Date(_, moment) => {
                    let day = three_years_on(moment.date());
                    out.write_datetime_with_format(row, col, excel_day(day), &format).expect("written");
                }
                Value::Text(text) => {
                    _ = out.write_string_with_format(row, col, later(text), &format).expect("written");
                }
                other => panic!("the samples hold no {other:?}"),
            }
            if let Some(comment) = &cell.comment {
                out.insert_note(row, col, &Note::new(&**comment)).expect("noted");
            }
        }
    }
    book.save_to_buffer().expect("a workbook")
}

/// The facts as they must be after the shift.
fn shifted_facts(
    facts: Vec<(&'static str, Vec<Row>)>,
    shift: Shift,
    sheets: &BTreeMap<String, String>,
) -> Vec<(&'static str, Vec<Row>)> {
    let move_on = |mut row: Row| {
        let cell: CellRef = row["cell"].parse().expect("a cell");
        row.insert("cell".to_owned(), shift.cell(cell).to_string());
        row.insert("sheet".to_owned(), sheets[&row["sheet"]].clone());
        if let Some(year) = row.get("fiscal_year").and_then(|year| year.parse::<i32>().ok()) {
            row.insert("fiscal_year".to_owned(), (year + 3).to_string());
        }
        if let Some(day) = row.get("due").and_then(|due| due.parse().ok()) {
            row.insert("due".to_owned(), three_years_on(day).to_string());
        }
        if let Some(raw) = row.get("due_raw").cloned() {
            let era = raw.strip_prefix("R4.").map(|rest| format!("R7.{rest}"));
            let era = era.or_else(|| raw.strip_prefix("R3.").map(|rest| format!("R6.{rest}")));
            row.insert("due_raw".to_owned(), era.unwrap_or_else(|| later(&raw)));
        }
        row
    };
    facts.into_iter().map(|(kind, rows)| (kind, rows.into_iter().map(move_on).collect())).collect()
}

#[test]
fn rows_columns_names_and_years_may_move() {
    let books = ["総合政策部_部の運営方針", "企画財政課_指標・進捗"];
    for shift in [Shift { row: 0, col: 0 }, Shift { row: 4, col: 2 }, Shift { row: 3, col: 1 }] {
        let mut project =
            Project::new().file("hoshin.toml", std::fs::read(checkout("hoshin.toml")).expect("read"));
        let mut sheets = BTreeMap::new();
        for (index, name) in books.iter().enumerate() {
            let read = open(&format!("input/2021-05/総合政策部/{name}.xlsx"));
            sheets.extend(
                (1..).zip(&read.sheets).map(|(n, sheet)| (sheet.name.to_string(), format!("Sheet{n}"))),
            );
            project = project.file(&format!("台帳/book{index}.xlsx"), rewrite(&read, shift));
        }
        project.run("run --input 台帳 --period 2024-05 --as-of 2024-06-07").exits(0);
        let data = project.path("reports/2024-05/data");
        for (index, (name, count)) in books.iter().zip([85, 35]).enumerate() {
            let facts = facts_of(&checkout("tests/cases/sample/facts"), name);
            let facts = shifted_facts(facts, shift, &sheets);
            compare(&format!("book{index}"), &facts, &data).all_right(count, 10);
        }
    }
}
