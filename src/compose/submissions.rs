//! 提出状況: which workbooks are missing, late or unchanged, and where an earlier month's values stand in.

use super::book::submission_shades;
use super::words;
use crate::model::book::BookSheet;
use crate::model::dataset::Dataset;
use crate::model::fiscal::Eras;
use crate::model::organisation::UnitName;
use crate::model::report::{Align, Block, Cell, Column, HeadCell, Para, Row, Table, Value};
use crate::model::submission::{Submission, SubmissionStatus};

/// The table's name in formulas.
pub const TABLE: &str = "提出状況表";
/// Where the sheet's column of statuses is.
const STATUS: usize = 2;

/// The city's summary shows so many; of more it shows the most pressing, and counts the rest.
const MOST: usize = 8;

/// The block of the city's summary; none where hoshin.toml expects no workbooks.
pub fn overview(dataset: &Dataset, eras: &Eras) -> Vec<Block> {
    if dataset.submissions.is_empty() {
        return Vec::new();
    }
    let heading =
        Block::Heading {
            level: 1, text: "提出状況".to_owned(), note: String::new(), anchor: String::new()
        };
    let mut blocks = vec![heading, Block::Paragraph(Para::plain(counts(dataset.submissions.iter())))];
    let all = || dataset.submissions.iter();
    let told = [SubmissionStatus::In, SubmissionStatus::Undated, SubmissionStatus::Unchanged];
    let mut open: Vec<&Submission> = all().filter(|submission| !told.contains(&submission.status)).collect();
    open.sort_by_key(|submission| SubmissionStatus::ALL.iter().position(|s| *s == submission.status));
    if !open.is_empty() {
        blocks.push(Block::Table(table(open.get(..MOST).unwrap_or(&open), eras)));
    }
    if let Some(more) = open.len().checked_sub(MOST).filter(|more| *more > 0) {
        let text = format!("ほかに {more} 件あります。統合.xlsx の「提出状況」をご覧ください。");
        blocks.push(Block::Paragraph(Para::small(text)));
    }
    let same = all().filter(|submission| submission.status == SubmissionStatus::Unchanged);
    let same: Vec<String> = same.take(MOST).map(|submission| submission.unit().to_string()).collect();
    if !same.is_empty() {
        let mark = words::submission(SubmissionStatus::Unchanged);
        blocks.push(Block::Paragraph(Para::small(format!("{mark}：{}", same.join("、")))));
    }
    if all().any(|submission| submission.carried.is_some()) {
        let text =
            "届いていない課の値は、前の月のもの（前回値）です。「部局別の状況」の件数にも含まれています。";
        blocks.push(Block::Paragraph(Para::small(text)));
    }
    blocks
}

/// The line of a department's report.
pub fn line(dataset: &Dataset, department: &str) -> Vec<Block> {
    let own = || dataset.submissions.iter().filter(|submission| submission.department == department);
    if own().next().is_none() {
        return Vec::new();
    }
    let mut paras = vec![Para::plain(format!("提出状況　{}", counts(own())))];
    let told = own().filter(|s| !matches!(s.status, SubmissionStatus::In | SubmissionStatus::Undated));
    paras.extend(told.map(|submission| {
        let stand = stand(submission);
        let stand = if stand.is_empty() { stand } else { format!("　{stand}") };
        Para::small(format!("{}　{}{stand}", who(submission), words::submission(submission.status)))
    }));
    paras.into_iter().map(Block::Paragraph).collect()
}

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

fn table(submissions: &[&Submission], eras: &Eras) -> Table {
    let widths = [14, 9, 6, 6, 16];
    let head = ["部・課", "状況", "期限", "最終更新", "扱い"].map(|text| HeadCell::one(text, 1));
    let short = |day: Option<chrono::NaiveDate>| day.map_or_else(String::new, |day| eras.short_day(day));
    let rows = submissions.iter().map(|submission| {
        let mut who = Cell::text(submission.unit().to_string());
        who.header = true;
        Row {
            cells: vec![
                who,
                Cell::paras(vec![Para::strong(words::submission(submission.status))]),
                Cell::text(short(submission.deadline)),
                Cell::text(short(submission.modified.map(|moment| moment.date()))),
                Cell::text(stand(submission)),
            ],
        }
    });
    Table {
        summary: "届いていないブック、遅れたブック、更新のないブックの一覧".to_owned(),
        columns: widths.into_iter().map(|width| Column { width, align: Align::Left }).collect(),
        head: vec![head.to_vec()],
        rows: rows.collect(),
        ..Table::default()
    }
}

/// What stands in for a workbook that is not there.
fn stand(submission: &Submission) -> String {
    match &submission.carried {
        Some(carried) => format!(
            "{}：指標の値 {}、取組項目 {}",
            words::carried(carried.from),
            carried.figures,
            carried.initiatives
        ),
        None if submission.status.is_absent() => "前回値もありません".to_owned(),
        None => String::new(),
    }
}

/// The division, or how a department's own workbook is called.
fn who(submission: &Submission) -> String {
    let UnitName { department, division } = submission.unit();
    if division.is_empty() { format!("{department}（部のブック）") } else { division }
}
