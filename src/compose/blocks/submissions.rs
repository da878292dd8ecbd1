//! 提出状況: which workbooks are missing, late or unchanged, and where an earlier month's values stand in.

use super::super::desk::Desk;
use super::super::fields::{self, Field};
use super::super::plan::{BlockPlan, FieldName};
use super::super::submissions::counts;
use super::super::words;
use crate::model::organisation::UnitName;
use crate::model::report::{Block, Cell, Para};
use crate::model::submission::{Submission, SubmissionStatus};

/// What columns may show of a workbook that is expected.
pub fn fields<'a>() -> Vec<Field<&'a Submission>> {
    vec![
        Field::internal(FieldName::Name, "部・課", 14, |submission, _| {
            let mut who = Cell::text(submission.unit().to_string());
            who.header = true;
            Some(who)
        }),
        Field::internal(FieldName::Status, "状況", 9, |submission, _| {
            Some(Cell::paras(vec![Para::strong(words::submission(submission.status))]))
        }),
        Field::internal(FieldName::Deadline, "期限", 6, |submission, desk| {
            Some(day(submission.deadline, desk))
        }),
        Field::internal(FieldName::Modified, "最終更新", 6, |submission, desk| {
            Some(day(submission.modified.map(|moment| moment.date()), desk))
        }),
        Field::internal(FieldName::Treatment, "扱い", 16, |submission, _| {
            Some(Cell::text(stand(submission)))
        }),
    ]
}

const USUAL: &[FieldName] =
    &[FieldName::Name, FieldName::Status, FieldName::Deadline, FieldName::Modified, FieldName::Treatment];

fn day(day: Option<chrono::NaiveDate>, desk: &Desk<'_>) -> Cell {
    Cell::text(day.map_or_else(String::new, |day| desk.eras.short_day(day)))
}

fn own<'a>(desk: &Desk<'a>) -> Vec<&'a Submission> {
    desk.dataset.submissions.iter().filter(|submission| desk.owns(&submission.department)).collect()
}

/// Counts, what is open as a table with the most pressing first, and what nobody changed.
pub fn list(desk: &Desk<'_>, plan: &BlockPlan) -> Vec<Block> {
    let own = own(desk);
    if own.is_empty() {
        return Vec::new();
    }
    let mut blocks = vec![Block::Paragraph(Para::plain(counts(own.iter().copied())))];
    let told = [SubmissionStatus::In, SubmissionStatus::Undated, SubmissionStatus::Unchanged];
    let mut open: Vec<&Submission> =
        own.iter().filter(|submission| !told.contains(&submission.status)).copied().collect();
    open.sort_by_key(|submission| SubmissionStatus::ALL.iter().position(|s| *s == submission.status));
    let (shown, more) = desk.limited(&open, plan.limit);
    if !shown.is_empty() {
        let summary = "届いていないブック、遅れたブック、更新のないブックの一覧".to_owned();
        blocks.push(Block::Table(fields::table(shown, (&fields(), USUAL), plan, desk, summary)));
    }
    blocks.extend(more);
    let same = own.iter().filter(|submission| submission.status == SubmissionStatus::Unchanged);
    let same = same.take(plan.limit.unwrap_or(usize::MAX)).map(|submission| submission.unit().to_string());
    let same: Vec<String> = same.collect();
    if !same.is_empty() {
        let mark = words::submission(SubmissionStatus::Unchanged);
        blocks.push(Block::Paragraph(Para::small(format!("{mark}：{}", same.join("、")))));
    }
    if own.iter().any(|submission| submission.carried.is_some()) {
        let text =
            "届いていない課の値は、前の月のもの（前回値）です。「部局別の状況」の件数にも含まれています。";
        blocks.push(Block::Paragraph(Para::small(text)));
    }
    blocks
}

/// Counts in a line, and a line for each workbook of which there is something to say.
pub fn line(desk: &Desk<'_>) -> Vec<Block> {
    let own = own(desk);
    if own.is_empty() {
        return Vec::new();
    }
    let mut paras = vec![Para::plain(format!("提出状況　{}", counts(own.iter().copied())))];
    let told = own.iter().filter(|s| !matches!(s.status, SubmissionStatus::In | SubmissionStatus::Undated));
    paras.extend(told.map(|submission| {
        let stand = stand(submission);
        let stand = if stand.is_empty() { stand } else { format!("　{stand}") };
        Para::small(format!("{}　{}{stand}", who(submission), words::submission(submission.status)))
    }));
    paras.into_iter().map(Block::Paragraph).collect()
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
