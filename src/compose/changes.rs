//! 先月からの変化, 過去の年度の値の訂正, 更新のない値.

use std::collections::BTreeMap;

use super::change_words::{self, against, amounts};
use super::overview::rest;
use crate::model::dataset::Dataset;
use crate::model::fiscal::Eras;
use crate::model::indicator::IndicatorSource;
use crate::model::judgement::Subject;
use crate::model::memory::{Change, PastChange, Trend, Unchanged};
use crate::model::place::Place;
use crate::model::quantity::State;
use crate::model::report::{Align, Block, Cell, Column, HeadCell, Para, Row, Table};

/// How many changes the city's summary shows; the rest is counted.
const MOST_CHANGES: usize = 8;
const MOST_PAST: usize = 5;

/// What a month without an earlier one says.
const NO_MONTH: &str = "比べる前月の報告がありません。";

/// The part of a department's report.
pub fn department(dataset: &Dataset, name: &str, eras: &Eras) -> Vec<Block> {
    let memory = &dataset.memory;
    let Some(note) = against(dataset, eras) else { return vec![nothing_before()] };
    let changes: Vec<&Change> = memory.changes.iter().filter(|c| c.department == name).collect();
    let mut blocks = vec![heading("先月からの変化", &note)];
    if changes.is_empty() {
        blocks.push(Block::Paragraph(Para::plain("先月からの変化はありません。")));
    } else {
        blocks.push(Block::Table(table(&changes, false, &format!("{name}の先月からの変化"), eras)));
    }
    let past: Vec<&PastChange> = memory.past_changes.iter().filter(|c| c.department == name).collect();
    blocks.extend(past_blocks(&past, past.len(), &note, &format!("{name}の過去の年度の値の訂正"), eras));
    blocks.extend(stale(dataset, name, eras));
    blocks
}

/// The part of the city's summary: counts, then the worst.
pub fn overview(dataset: &Dataset, eras: &Eras) -> Vec<Block> {
    let memory = &dataset.memory;
    let Some(note) = against(dataset, eras) else { return vec![nothing_before()] };
    let mut blocks = vec![heading("先月からの変化", &note), Block::Paragraph(Para::plain(counts(dataset)))];
    let changes: Vec<&Change> = memory.changes.iter().filter(|c| c.trend != Trend::New).collect();
    if !changes.is_empty() {
        let shown = changes.get(..MOST_CHANGES).unwrap_or(&changes);
        blocks.push(Block::Table(table(shown, true, "全庁の先月からの主な変化", eras)));
        blocks.extend(rest(changes.len(), MOST_CHANGES));
    }
    let past: Vec<&PastChange> = memory.past_changes.iter().collect();
    blocks.extend(past_blocks(&past, MOST_PAST, &note, "全庁の過去の年度の値の訂正", eras));
    blocks
}

fn nothing_before() -> Block {
    Block::Paragraph(Para::small(NO_MONTH))
}

fn heading(text: &str, note: &str) -> Block {
    Block::Heading { level: 1, text: text.to_owned(), note: note.to_owned(), anchor: String::new() }
}

/// `↓ 悪化 2　－ なくなった 1　…　過去の年度の値の訂正 1　更新のない値 3`.
fn counts(dataset: &Dataset) -> String {
    let memory = &dataset.memory;
    let of = |trend: Trend| memory.changes.iter().filter(|change| change.trend == trend).count();
    let mut parts: Vec<String> =
        Trend::ALL.iter().map(|trend| format!("{} {}", change_words::trend(*trend), of(*trend))).collect();
    parts.push(format!("過去の年度の値の訂正 {}", memory.past_changes.len()));
    parts.push(format!("更新のない値 {}", memory.stale().count()));
    parts.join("　")
}

fn column(width: u32) -> Column {
    Column { width, align: Align::Left }
}

fn head(words: &[&str]) -> Vec<Vec<HeadCell>> {
    vec![words.iter().map(|text| HeadCell::one(*text, 1)).collect()]
}

/// One row a change: which way, what, from what to what.
fn table(changes: &[&Change], with_department: bool, summary: &str, eras: &Eras) -> Table {
    let rows = changes.iter().map(|change| {
        let owner = [if with_department { change.department.as_str() } else { "" }, &change.division];
        let owner = owner.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
        let mut name = Cell::paras(vec![Para::plain(&change.name)]);
        name.header = true;
        name.paras.extend(small(&[&change.program, &owner]));
        let steps = change.steps.iter().map(|step| Para::plain(change_words::step(step, eras).line()));
        let mut what: Vec<Para> = steps.collect();
        if what.is_empty() {
            what.push(Para::plain(whole(change)));
        }
        let trend = Cell::paras(vec![Para::strong(change_words::trend(change.trend))]);
        Row { cells: vec![trend, Cell::text(change_words::subject(change.subject)), name, Cell::paras(what)] }
    });
    Table {
        summary: summary.to_owned(),
        columns: vec![column(7), column(4), column(17), column(14)],
        head: head(&["変化", "種類", "名称", "前→今"]),
        rows: rows.collect(),
        ..Table::default()
    }
}

/// What is said of a record that is new or gone.
pub fn whole(change: &Change) -> &'static str {
    match change.trend {
        Trend::New => "今月から載っています",
        Trend::Gone => "先月までの台帳にはありました",
        Trend::Worse | Trend::Better | Trend::Changed => "",
    }
}

fn small<'t>(texts: &[&'t str]) -> impl Iterator<Item = Para> + use<'t> {
    texts
        .iter()
        .filter(|text| !text.is_empty())
        .map(|text| Para::small(*text))
        .collect::<Vec<_>>()
        .into_iter()
}

/// The corrections of past years, none where there are none.
fn past_blocks(past: &[&PastChange], most: usize, note: &str, summary: &str, eras: &Eras) -> Vec<Block> {
    if past.is_empty() {
        return Vec::new();
    }
    let shown = past.get(..most).unwrap_or(past);
    let mut blocks = vec![heading("過去の年度の値の訂正", note)];
    blocks.push(Block::Table(past_table(shown, summary, eras)));
    blocks.extend(rest(past.len(), most));
    blocks
}

fn past_table(past: &[&PastChange], summary: &str, eras: &Eras) -> Table {
    let rows = past.iter().map(|change| {
        let (from, to) = amounts(Some(&change.from), change.to.as_ref());
        let mut name = Cell::paras(vec![Para::plain(&change.name)]);
        name.header = true;
        name.paras.extend(small(&[&change.department, &change.division]));
        Row {
            cells: vec![
                name,
                Cell::text(change.slot.label(eras)),
                Cell::paras(vec![Para::strong(format!("{from}→{to}"))]),
                Cell::paras(cells(change)),
            ],
        }
    });
    Table {
        summary: summary.to_owned(),
        columns: vec![column(13), column(7), column(9), column(13)],
        head: head(&["指標・課", "年度・種類", "前→今", "セル"]),
        rows: rows.collect(),
        ..Table::default()
    }
}

/// The cells of a correction: now, then where it was another, and others that changed alike.
fn cells(change: &PastChange) -> Vec<Para> {
    let said = |label: &str, place: &Place| Para::small(format!("{label}{place}"));
    let mut paras = Vec::new();
    if let Some(to) = &change.to {
        paras.push(said("今：", &to.place));
    }
    if change.to.as_ref().is_none_or(|to| to.place != change.from.place) {
        paras.push(said("前：", &change.from.place));
    }
    paras.extend(change.also.iter().map(|place| said("同じく：", place)));
    paras
}

/// 更新のない値 of a department.
fn stale(dataset: &Dataset, name: &str, eras: &Eras) -> Vec<Block> {
    let indicators: BTreeMap<&str, _> = dataset.indicators.iter().map(|i| (i.id.as_str(), i)).collect();
    let items: BTreeMap<&str, _> = dataset.initiatives.iter().map(|i| (i.id.as_str(), i)).collect();
    let row = |one: &Unchanged| {
        let (what, detail, now) = match one.subject {
            Subject::Indicator => {
                let main = indicators.get(one.id.as_str()).map(|i| i.main())?;
                (main.department == name).then(|| (&main.name, [&main.division, ""], pending(main, eras)))?
            }
            Subject::Initiative => {
                let initiative = items.get(one.id.as_str())?;
                let (words, main) = (initiative.words(), initiative.main());
                let status = main.status.map_or("", |status| status.label()).to_owned();
                (words.department == name)
                    .then(|| (&words.item, [&words.program, &*main.division], status))?
            }
        };
        let mut name = Cell::paras(vec![Para::plain(what)]);
        name.header = true;
        name.paras.extend(small(&detail));
        let since = format!("{}から {}か月", change_words::month(one.since, eras), one.months);
        let texts = [change_words::subject(one.subject).to_owned(), now, since].map(Cell::text);
        let [subject, now, since] = texts;
        Some(Row { cells: vec![subject, name, now, since] })
    };
    let rows: Vec<Row> = dataset.memory.stale().filter_map(row).collect();
    if rows.is_empty() {
        return Vec::new();
    }
    let note = format!("（{}か月以上変わっていないもの）", dataset.memory.stale_months);
    let table = Table {
        summary: format!("{name}の更新のない値"),
        columns: vec![column(4), column(18), column(9), column(11)],
        head: head(&["種類", "名称", "今の状態", "いつから"]),
        rows,
        ..Table::default()
    };
    vec![heading("更新のない値", &note), Block::Table(table)]
}

/// The figures of an indicator that are still pending; where there are none, how it stands is said by the figures.
fn pending(source: &IndicatorSource, eras: &Eras) -> String {
    let figures = source.figures.iter().filter(|figure| figure.state == State::Pending);
    let said: Vec<String> =
        figures.map(|figure| format!("{} {}", figure.slot().label(eras), figure.raw.trim())).collect();
    if said.is_empty() { "値が同じまま".to_owned() } else { said.join("、") }
}
