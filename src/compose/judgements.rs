//! 判定: verdicts with their working beside what is judged, and how many of each there are.

use std::collections::BTreeMap;

use super::{figures, words};
use crate::judge::rollup::{Tally, rollup, score};
use crate::model::dataset::Dataset;
use crate::model::fiscal::Eras;
use crate::model::indicator::Indicator;
use crate::model::initiative::Initiative;
use crate::model::judgement::{Judgement, Subject, Verdict};
use crate::model::memory::{Point, Series};
use crate::model::report::{Align, Block, Cell, Column, HeadCell, Para, Row, Run, Table};

/// What is said of the verdicts wherever they are counted.
const LEGEND: &str = "判定は規則による計算です（課の書いた「状況」とは別のもの）。「？ 判定不能」は良し悪しではなく、いまの台帳からは言えないものです。";

/// Judgements and lines over the months by the id of what they are about.
pub struct Judged<'a> {
    judgements: BTreeMap<&'a str, &'a Judgement>,
    series: BTreeMap<&'a str, &'a Series>,
}

impl<'a> Judged<'a> {
    /// Those of a month.
    pub fn of(dataset: &'a Dataset) -> Self {
        Self {
            judgements: dataset.judgements.iter().map(|one| (one.id.as_str(), one)).collect(),
            series: dataset.memory.series.iter().map(|one| (one.id.as_str(), one)).collect(),
        }
    }

    /// The judgement of an indicator or an initiative.
    pub fn get(&self, id: &str) -> Option<&'a Judgement> {
        self.judgements.get(id).copied()
    }

    /// How an indicator went over the months: `4月 512 → 5月 521人`; `None` where it did not.
    pub fn line(&self, id: &str, eras: &Eras) -> Option<String> {
        line(&self.series.get(id)?.points, eras)
    }
}

fn line(points: &[Point], eras: &Eras) -> Option<String> {
    let first = points.first()?;
    let one_unit = points.iter().all(|point| point.unit == first.unit);
    let one_slot = points.iter().all(|point| point.slot == first.slot);
    // As many decimals as the most exact month shows: 512.0 → 512.4, never 512 → 512.
    let scale = |point: &Point| point.decimals.max(point.quantity.value.normalize().scale());
    let decimals = points.iter().map(scale).max().unwrap_or_default();
    // A month that knew what the month before knew says nothing.
    let same = |a: &Point, b: &Point| a.quantity == b.quantity && a.slot == b.slot && a.unit == b.unit;
    let steps: Vec<&Point> = points.chunk_by(same).filter_map(<[Point]>::first).collect();
    if steps.len() < 2 {
        return None;
    }
    let told = steps.iter().enumerate().map(|(index, point)| {
        let unit = if one_unit && index + 1 < steps.len() { "" } else { &point.unit };
        let slot = if one_slot { String::new() } else { format!("{} ", point.slot.label(eras)) };
        let value = figures::quantity(&point.quantity, decimals, unit);
        format!("{}月 {slot}{value}", point.period.month)
    });
    let told = told.collect::<Vec<_>>().join(" → ");
    let slot = if one_slot { format!("{}　", first.slot.label(eras)) } else { String::new() };
    Some(format!("{slot}{told}"))
}

/// `◎達成 3　×遅れ 1`; none of what there is none of, empty where nothing is judged.
pub fn counts<'a>(judgements: impl Iterator<Item = &'a Judgement>, subject: Subject) -> String {
    let results: Vec<Verdict> = judgements.filter(|j| j.subject == subject).map(|j| j.result).collect();
    let count = |verdict: Verdict| results.iter().filter(|result| **result == verdict).count();
    let counted = Verdict::ALL.into_iter().map(|verdict| (verdict, count(verdict)));
    let told = counted.filter(|(_, count)| *count > 0);
    told.map(|(verdict, count)| format!("{}{} {count}", verdict.mark(), verdict.label()))
        .collect::<Vec<_>>()
        .join("　")
}

/// The part of a department's report: how many of each verdict its divisions have, and the score of rules with points.
pub fn summary(dataset: &Dataset, department: &str) -> Vec<Block> {
    let tallies = rollup(dataset);
    let own: Vec<&Tally> = tallies.iter().filter(|tally| tally.department == department).collect();
    if own.is_empty() {
        return Vec::new();
    }
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
    let table = table("課", &format!("{department}の課ごとの判定の件数"), rows.collect());
    let mut blocks = vec![heading(1, "判定", ""), Block::Table(table)];
    let judged = dataset.judgements.iter().filter(|one| one.department == department);
    if let Some(score) = score(judged) {
        blocks.push(Block::Paragraph(Para::plain(format!("点数　{}", score.working))));
    }
    blocks.push(Block::Paragraph(Para::small(LEGEND)));
    blocks
}

/// The part of the city's summary: departments × verdicts.
pub fn matrix(dataset: &Dataset) -> Vec<Block> {
    let tallies = rollup(dataset);
    let whole: Vec<&Tally> = tallies.iter().filter(|tally| tally.division.is_none()).collect();
    if whole.is_empty() {
        return Vec::new();
    }
    let mut names: Vec<&str> = dataset.departments.iter().map(|known| known.name.as_str()).collect();
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
    let table = table("部局", "部局ごとの判定の件数", rows);
    vec![heading(1, "部局別の判定", ""), Block::Table(table), Block::Paragraph(Para::small(LEGEND))]
}

fn heading(level: u8, text: &str, note: &str) -> Block {
    Block::Heading { level, text: text.to_owned(), note: note.to_owned(), anchor: String::new() }
}

/// Names × verdicts, indicators beside initiatives.
fn table(first: &str, summary: &str, rows: Vec<Row>) -> Table {
    let width = |verdict: Verdict| if verdict.label().chars().count() > 2 { 5 } else { 3 };
    let counted = || Verdict::ALL.map(|one| Column { width: width(one), align: Align::Right });
    let mut columns = vec![Column { width: 9, align: Align::Left }];
    columns.extend(counted().into_iter().chain(counted()));
    let group = |text: &str| HeadCell { text: text.to_owned(), cols: 5, rows: 1 };
    let verdicts =
        || Verdict::ALL.iter().map(|one| HeadCell::one(format!("{}\n{}", one.mark(), one.label()), 1));
    Table {
        summary: summary.to_owned(),
        columns,
        head: vec![
            vec![HeadCell::one(first, 2), group("指標の判定"), group("取組項目の判定")],
            verdicts().chain(verdicts()).collect(),
        ],
        rows,
        ..Table::default()
    }
}

fn row<'t>(label: &str, tallies: impl Iterator<Item = &'t Tally>) -> Row {
    let tallies: Vec<&Tally> = tallies.collect();
    let count = |subject: Subject, verdict: Verdict| -> usize {
        tallies.iter().filter(|tally| tally.subject == subject).map(|tally| tally.count(verdict)).sum()
    };
    let subjects = [Subject::Indicator, Subject::Initiative].into_iter();
    let counts = subjects.flat_map(|subject| Verdict::ALL.map(|verdict| count(subject, verdict)));
    let shown = |count: usize| if count == 0 { "－".to_owned() } else { count.to_string() };
    let mut head = Cell::text(label);
    head.header = true;
    Row { cells: std::iter::once(head).chain(counts.map(|count| Cell::text(shown(count)))).collect() }
}

/// Mark and word, and below them the city's own grade and points.
pub fn verdict(judgement: &Judgement) -> Vec<Para> {
    let mut paras = vec![Para::strong(words::verdict(judgement.result))];
    paras.extend(own_words(judgement).map(Para::small));
    paras
}

/// `評語B　2点`.
pub fn own_words(judgement: &Judgement) -> Option<String> {
    let grade = (!judgement.grade.is_empty()).then(|| format!("評語{}", judgement.grade));
    let points = judgement.points.map(|points| format!("{points}点"));
    let told: Vec<String> = grade.into_iter().chain(points).collect();
    (!told.is_empty()).then(|| told.join("　"))
}

/// The working, and why: first what keeps it from being judged, where anything does.
pub fn grounds(judgement: &Judgement) -> Vec<Para> {
    let working = &judgement.working;
    let reason = &judgement.reason;
    if judgement.result == Verdict::Undecided {
        vec![Para::plain(reason), Para::small(working)]
    } else {
        vec![Para::plain(working), Para::small(reason)]
    }
}

/// The working, and why where the figures or the status do not say so themselves.
pub fn brief(judgement: &Judgement) -> Vec<Para> {
    let plain = judgement.rate.is_some() || judgement.reason.starts_with("状況が「");
    let told = judgement.result != Verdict::Undecided && plain && !judgement.reason.contains('（');
    if told { vec![Para::small(&judgement.working)] } else { grounds(judgement) }
}

/// The table of indicators with their verdicts, in the order in which they are given; none where none is judged.
pub fn indicators(indicators: &[&Indicator], judged: &Judged<'_>, summary: &str, eras: &Eras) -> Vec<Block> {
    let row = |indicator: &&Indicator| {
        let judgement = judged.get(&indicator.id)?;
        let mut name = Cell::text(&indicator.main().name);
        name.header = true;
        if !judgement.division.is_empty() {
            name.paras.push(Para::small(&judgement.division));
        }
        let mut grounds = grounds(judgement);
        grounds.extend(judged.line(&indicator.id, eras).map(|line| Para::small(format!("推移：{line}"))));
        Some(Row { cells: vec![name, Cell::paras(verdict(judgement)), Cell::paras(grounds)] })
    };
    let rows: Vec<Row> = indicators.iter().filter_map(row).collect();
    if rows.is_empty() {
        return Vec::new();
    }
    let column = |width| Column { width, align: Align::Left };
    let head = vec![["指標", "判定", "根拠"].map(|text| HeadCell::one(text, 1)).to_vec()];
    let table = Table {
        summary: summary.to_owned(),
        columns: vec![column(14), column(6), column(26)],
        head,
        rows,
        ..Table::default()
    };
    vec![heading(2, "指標の判定", ""), Block::Table(table)]
}

/// The small line below an item: the verdict and why, where the status does not say as much; always the working.
pub fn beneath(initiative: &Initiative, judgement: &Judgement) -> Para {
    let run = |text: String, strong| Run { text, strong, ..Run::default() };
    let status = initiative.main().status;
    let same = status.is_some_and(|status| judgement.reason == format!("状況が「{}」", status.label()));
    let mut runs = vec![run("判定：".to_owned(), false), run(words::verdict(judgement.result), true)];
    let reason = if same { String::new() } else { format!("（{}）", judgement.reason) };
    runs.push(run(format!("{reason}　{}", judgement.working), false));
    Para { runs, small: true }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::expect_used, reason = "a test stops at the first surprise")]

    use super::*;
    use crate::model::fiscal::{FiscalYear, Span};
    use crate::model::indicator::{Kind, Slot};
    use crate::model::quantity::Quantity;
    use crate::normalise::Vocabulary;

    #[test]
    fn a_line_tells_the_months_in_which_something_moved() {
        let eras = Vocabulary::builtin().expect("valid").eras;
        let told = |months: &[(&str, i32, &str)]| {
            let points: Vec<Point> = months
                .iter()
                .map(|(period, year, value)| Point {
                    period: period.parse().expect("a month"),
                    slot: Slot {
                        kind: Kind::Actual,
                        fiscal_year: Some(FiscalYear(*year)),
                        span: Span::Year,
                        month: None,
                        basis: None,
                    },
                    quantity: Quantity { value: value.parse().expect("decimal"), high: None, bound: None },
                    unit: "人".to_owned(),
                    decimals: 0,
                })
                .collect();
            line(&points, &eras)
        };
        let told = |months: &[_]| told(months).unwrap_or_default();
        assert_eq!(told(&[("2021-04", 2020, "512"), ("2021-05", 2020, "512")]), "");
        assert_eq!(
            told(&[("2021-04", 2020, "512"), ("2021-05", 2020, "512"), ("2021-06", 2020, "-521.5")]),
            "R2実績　4月 512.0 → 6月 △521.5人"
        );
        assert_eq!(
            told(&[("2021-04", 2019, "17"), ("2021-06", 2020, "17")]),
            "4月 R1実績 17 → 6月 R2実績 17人"
        );
    }
}
