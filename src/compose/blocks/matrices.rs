//! Counts: divisions or departments × verdicts, departments × statuses.

use super::super::desk::Desk;
use super::super::judgements::LEGEND;
use crate::finding::Severity;
use crate::judge::rollup::{Tally, rollup, score};
use crate::model::initiative::Status;
use crate::model::judgement::{Subject, Verdict};
use crate::model::quantity::Confidence;
use crate::model::report::{Align, Block, Cell, Column, HeadCell, Para, Row, Table};

/// How many of each verdict there are: a department's divisions, with the score of rules with points; the city's
/// departments, in 建制順.
pub fn verdicts(desk: &Desk<'_>) -> Vec<Block> {
    let tallies = rollup(&desk.dataset.departments, desk.judgements.iter().copied());
    let rows = match desk.department {
        Some(department) => divisions(&tallies, &department.name),
        None => departments(desk, &tallies),
    };
    if rows.is_empty() {
        return Vec::new();
    }
    let (first, summary) = match desk.department {
        Some(department) => ("課", format!("{}の課ごとの判定の件数", department.name)),
        None => ("部局", "部局ごとの判定の件数".to_owned()),
    };
    let mut blocks = vec![Block::Table(verdict_table(first, summary, rows))];
    if desk.department.is_some()
        && let Some(score) = score(desk.judgements.iter().copied())
    {
        blocks.push(Block::Paragraph(Para::plain(format!("点数　{}", score.working))));
    }
    blocks.push(Block::Paragraph(Para::small(LEGEND)));
    blocks
}

fn divisions(tallies: &[Tally], department: &str) -> Vec<Row> {
    let own: Vec<&Tally> = tallies.iter().filter(|tally| tally.department == department).collect();
    let mut names: Vec<Option<&str>> = Vec::new();
    for tally in own.iter().filter(|tally| tally.division.is_some()).chain(&own) {
        if !names.contains(&tally.division.as_deref()) {
            names.push(tally.division.as_deref());
        }
    }
    // The department's own row only where it says more than its one division's.
    if names.len() == 2 {
        names.retain(Option::is_none);
    }
    let rows = names.into_iter().map(|name| {
        let label = match name {
            None => "部全体",
            Some("") => "部共通",
            Some(name) => name,
        };
        row(label, own.iter().copied().filter(|tally| tally.division.as_deref() == name))
    });
    rows.collect()
}

fn departments(desk: &Desk<'_>, tallies: &[Tally]) -> Vec<Row> {
    let whole: Vec<&Tally> = tallies.iter().filter(|tally| tally.division.is_none()).collect();
    if whole.is_empty() {
        return Vec::new();
    }
    let mut names: Vec<&str> = desk.dataset.departments.iter().map(|known| known.name.as_str()).collect();
    // What names no department is counted too: the rows add up to judgements.csv.
    names.extend(whole.iter().map(|tally| tally.department.as_str()).filter(|name| name.is_empty()).take(1));
    let mut rows: Vec<Row> = names
        .iter()
        .map(|name| {
            let label = if name.is_empty() { "所属不明" } else { name };
            row(label, whole.iter().copied().filter(|tally| tally.department == *name))
        })
        .collect();
    rows.push(row("全庁", whole.iter().copied()));
    rows
}

/// Names × verdicts, indicators beside initiatives.
fn verdict_table(first: &str, summary: String, rows: Vec<Row>) -> Table {
    let width = |verdict: Verdict| if verdict.label().chars().count() > 2 { 5 } else { 3 };
    let counted = || Verdict::ALL.map(|one| Column { width: width(one), align: Align::Right });
    let mut columns = vec![Column { width: 9, align: Align::Left }];
    columns.extend(counted().into_iter().chain(counted()));
    let group = |text: &str| HeadCell { text: text.to_owned(), cols: 5, rows: 1 };
    let verdicts =
        || Verdict::ALL.iter().map(|one| HeadCell::one(format!("{}\n{}", one.mark(), one.label()), 1));
    Table {
        summary,
        columns,
        head: vec![
            vec![HeadCell::one(first, 2), group("指標の判定"), group("取組項目の判定")],
            verdicts().chain(verdicts()).collect(),
        ],
        rows,
        lead: 1,
        ..Table::default()
    }
}

fn row<'t>(label: &str, tallies: impl Iterator<Item = &'t Tally>) -> Row {
    let tallies: Vec<&Tally> = tallies.collect();
    let count = |subject: Subject, verdict: Verdict| -> usize {
        tallies.iter().filter(|tally| tally.subject == subject).map(|tally| tally.count(verdict)).sum()
    };
    let subjects = [Subject::Indicator, Subject::Initiative].into_iter();
    counted(label, subjects.flat_map(|subject| Verdict::ALL.map(|verdict| count(subject, verdict))))
}

/// A row's name and its counts; nothing is told as －.
fn counted(label: &str, counts: impl Iterator<Item = usize>) -> Row {
    let mut head = Cell::text(label);
    head.header = true;
    let shown = |count: usize| if count == 0 { "－".to_owned() } else { count.to_string() };
    Row { cells: std::iter::once(head).chain(counts.map(|count| Cell::text(shown(count)))).collect() }
}

/// A column of statuses that are counted together.
type Group = (&'static str, fn(Option<Status>) -> bool);

/// Every status stands in exactly one column.
const GROUPS: [Group; 6] = [
    ("◎\n完了", |s| s == Some(Status::Completed)),
    ("○\n順調", |s| matches!(s, Some(Status::OnTrack | Status::Ahead | Status::InProgress))),
    ("▼\nやや遅れ", |s| s == Some(Status::SlightlyDelayed)),
    ("×\n遅れ", |s| matches!(s, Some(Status::Delayed | Status::Stalled | Status::NotAchieved))),
    ("－\n未着手", |s| {
        use Status::{Cancelled, NotStarted, Preparing, Suspended, UnderReview};
        matches!(s, Some(NotStarted | Preparing | Suspended | UnderReview | Cancelled))
    }),
    ("記載\nなし", |s| matches!(s, None | Some(Status::NotReported | Status::Unknown))),
];

const GROUPED: &str = "「順調」には実施中と前倒し、「遅れ」には停滞と未達成、「未着手」には準備中・休止・見直し・中止、「記載なし」には意味の分からないものを含みます。";

/// Departments × statuses, in 建制順; inside the house also what was assumed, unread or is to be checked.
pub fn statuses(desk: &Desk<'_>) -> Vec<Block> {
    let public = desk.is_public();
    let figures: &[&str] = if public { &["件数"] } else { &["件数", "仮定", "未読"] };
    let count = figures.len() + GROUPS.len() + usize::from(!public);
    let mut columns = vec![Column { width: 9, align: Align::Left }];
    columns.extend(std::iter::repeat_n(Column { width: 5, align: Align::Right }, count));
    let span = |text: &str, cols: usize| HeadCell {
        text: text.to_owned(),
        cols: u32::try_from(cols).unwrap_or(1),
        rows: 1,
    };
    let mut first =
        vec![HeadCell::one("部局", 2), span("指標", figures.len()), span("取組項目", GROUPS.len())];
    first.extend((!public).then(|| HeadCell::one("要確認", 2)));
    let second = figures.iter().copied().chain(GROUPS.iter().map(|(text, _)| *text));
    let departments = desk.dataset.departments.iter().filter(|department| desk.owns(&department.name));
    let table = Table {
        summary: "部局ごとの指標と取組項目の件数".to_owned(),
        columns,
        head: vec![first, second.map(|text| HeadCell::one(text, 1)).collect()],
        rows: departments.map(|department| status_row(desk, &department.name)).collect(),
        lead: 1,
        ..Table::default()
    };
    vec![Block::Table(table), Block::Paragraph(Para::small(GROUPED))]
}

fn status_row(desk: &Desk<'_>, name: &str) -> Row {
    let indicators: Vec<_> = desk.indicators.iter().filter(|i| i.main().department == name).collect();
    let figures = |wanted| {
        let current = indicators.iter().flat_map(|i| &i.main().figures).filter(|f| f.carried_from.is_none());
        current.filter(|figure| figure.confidence == wanted).count()
    };
    let own = desk.initiatives.iter().filter(|initiative| initiative.words().department == name);
    let statuses: Vec<Option<Status>> = own.map(|initiative| initiative.main().status).collect();
    let mut counts = vec![indicators.len()];
    if !desk.is_public() {
        counts.extend([figures(Confidence::Assumed), figures(Confidence::Unread)]);
    }
    counts.extend(GROUPS.iter().map(|(_, test)| statuses.iter().filter(|status| test(**status)).count()));
    if !desk.is_public() {
        let doubtful = desk.findings.iter().filter(|f| f.department == name && f.severity < Severity::Note);
        counts.push(doubtful.count());
    }
    counted(name, counts.into_iter())
}
