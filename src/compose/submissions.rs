//! 提出状況: which workbooks are missing, late or unchanged, and where an earlier month's values stand in.

use super::shades::submission_shades;
use super::words;
use crate::model::book::BookSheet;
use crate::model::dataset::Dataset;
use crate::model::fiscal::Eras;
use crate::model::report::{Align, Cell, Row, Table, Value};
use crate::model::submission::{Submission, SubmissionStatus};

/// The table's name in formulas.
pub const TABLE: &str = "提出状況表";
/// Where the sheet's column of statuses is.
const STATUS: usize = 2;

/// The sheet of the consolidated workbook.
pub fn sheet(dataset: &Dataset, eras: &Eras) -> Option<BookSheet> {
    let fixed = [
        ("部局", 7, Align::Left),
        ("課", 8, Align::Left),
        ("状況", 9, Align::Left),
        ("期限", 7, Align::Left),
        ("最終更新", 7, Align::Left),
        ("届いたブック", 26, Align::Left),
        ("hoshin.toml の指定", 18, Align::Left),
        ("前回値の月", 7, Align::Left),
        ("前回値：指標の値", 6, Align::Right),
        ("前回値：取組項目", 6, Align::Right),
    ];
    let rows = || dataset.submissions.iter().map(|submission| sheet_row(submission, eras)).collect();
    (!dataset.submissions.is_empty()).then(|| BookSheet {
        lines: vec![
            counts(dataset.submissions.iter()),
            "最終更新はブック自身が記録している日です。".to_owned(),
        ],
        frozen_cols: 2,
        known_as: TABLE.to_owned(),
        counted: Some(STATUS),
        shades: submission_shades(STATUS),
        ..BookSheet::list("提出状況", Table::list("求めたブックの提出状況", fixed, rows()))
    })
}

fn sheet_row(submission: &Submission, eras: &Eras) -> Row {
    let date = |day: Option<chrono::NaiveDate>| {
        let mut cell = Cell::text(day.map_or_else(String::new, |day| eras.short_day(day)));
        cell.value = day.map(Value::Date);
        cell
    };
    let count = |count: Option<usize>| {
        let mut cell = Cell::text(count.map_or_else(String::new, |count| count.to_string()));
        cell.value = count.map(|count| Value::Number { value: count.into(), decimals: 0, percent: false });
        cell
    };
    let carried = submission.carried.as_ref();
    let month = carried.map_or_else(String::new, |c| format!("{}年{}月", c.from.year, c.from.month));
    Row {
        cells: vec![
            Cell::text(&submission.department),
            Cell::text(&submission.division),
            Cell::text(words::submission(submission.status)),
            date(submission.deadline),
            date(submission.modified.map(|moment| moment.date())),
            Cell::text(submission.workbooks.join("\n")),
            Cell::text(&submission.pattern),
            Cell::text(month),
            count(carried.map(|carried| carried.figures)),
            count(carried.map(|carried| carried.initiatives)),
        ],
    }
}

/// `求めたブック 8　未提出 1　提出済 7`, the most pressing first.
pub fn counts<'s>(submissions: impl Iterator<Item = &'s Submission>) -> String {
    let statuses: Vec<SubmissionStatus> = submissions.map(|submission| submission.status).collect();
    let each = SubmissionStatus::ALL.iter().filter_map(|status| {
        let count = statuses.iter().filter(|other| *other == status).count();
        (count > 0).then(|| format!("　{} {count}", words::submission(*status)))
    });
    format!("求めたブック {}{}", statuses.len(), each.collect::<String>())
}
