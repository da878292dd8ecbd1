//! 先月からの変化, 過去の年度の値の訂正, 更新のない値.

use std::collections::BTreeMap;

use super::super::change_words::{self, against, amounts};
use super::super::desk::Desk;
use super::super::fields::{self, Field};
use super::super::plan::{BlockPlan, FieldName};
use crate::model::fiscal::Eras;
use crate::model::indicator::IndicatorSource;
use crate::model::judgement::Subject;
use crate::model::memory::{Change, PastChange, Trend, Unchanged};
use crate::model::place::Place;
use crate::model::quantity::State;
use crate::model::report::{Block, Cell, Para};

/// What a month without an earlier one says.
pub const NO_MONTH: &str = "比べる前月の報告がありません。";

/// What columns may show of a change.
pub fn fields<'a>() -> Vec<Field<&'a Change>> {
    vec![
        Field::new(FieldName::Change, "変化", 7, |change, _| {
            Some(Cell::paras(vec![Para::strong(change_words::trend(change.trend))]))
        }),
        Field::new(FieldName::Subject, "種類", 4, |change, _| {
            Some(Cell::text(change_words::subject(change.subject)))
        }),
        Field::new(FieldName::Name, "名称", 17, |change, desk| {
            let department = if desk.department.is_none() { change.department.as_str() } else { "" };
            let owner = [department, &change.division].into_iter().filter(|part| !part.is_empty());
            let owner = owner.collect::<Vec<_>>().join(" ");
            Some(named(&change.name, &[&change.program, &owner]))
        }),
        Field::new(FieldName::Steps, "前→今", 14, |change, desk| {
            Some(Cell::paras(steps(change, desk.eras)))
        }),
    ]
}

const USUAL: &[FieldName] = &[FieldName::Change, FieldName::Subject, FieldName::Name, FieldName::Steps];

/// What columns may show of a corrected figure of a past year.
pub fn past_fields<'a>() -> Vec<Field<&'a PastChange>> {
    vec![
        Field::new(FieldName::Name, "指標・課", 13, |change, _| {
            Some(named(&change.name, &[&change.department, &change.division]))
        }),
        Field::new(FieldName::Slot, "年度・種類", 7, |change, desk| {
            Some(Cell::text(change.slot.label(desk.eras)))
        }),
        Field::new(FieldName::Steps, "前→今", 9, |change, _| {
            let (from, to) = amounts(Some(&change.from), change.to.as_ref());
            Some(Cell::paras(vec![Para::strong(format!("{from}→{to}"))]))
        }),
        Field::internal(FieldName::Cells, "セル", 13, |change, _| Some(Cell::paras(cells(change)))),
    ]
}

const USUAL_PAST: &[FieldName] = &[FieldName::Name, FieldName::Slot, FieldName::Steps, FieldName::Cells];

/// Something that has stood still, in words.
pub struct Still<'a> {
    one: &'a Unchanged,
    name: &'a str,
    detail: [&'a str; 2],
    now: String,
}

/// What columns may show of it.
pub fn stale_fields<'a>() -> Vec<Field<Still<'a>>> {
    vec![
        Field::new(FieldName::Subject, "種類", 4, |still, _| {
            Some(Cell::text(change_words::subject(still.one.subject)))
        }),
        Field::new(FieldName::Name, "名称", 18, |still, _| Some(named(still.name, &still.detail))),
        Field::new(FieldName::State, "今の状態", 9, |still, _| Some(Cell::text(&still.now))),
        Field::new(FieldName::Since, "いつから", 11, |still, desk| {
            let since = change_words::month(still.one.since, desk.eras);
            Some(Cell::text(format!("{since}から {}か月", still.one.months)))
        }),
    ]
}

const USUAL_STALE: &[FieldName] = &[FieldName::Subject, FieldName::Name, FieldName::State, FieldName::Since];

/// 先月からの変化: for the city counts, then the worst; what is new is only counted there.
pub fn month(desk: &Desk<'_>, name: &str, plan: &BlockPlan) -> Vec<Block> {
    let memory = &desk.dataset.memory;
    if against(desk.dataset, desk.eras).is_none() {
        // Not 「変化はありません」: nobody knows.
        return vec![Block::Paragraph(Para::small(NO_MONTH))];
    }
    let city = desk.department.is_none();
    let wanted = |change: &&Change| desk.owns(&change.department) && !(city && change.trend == Trend::New);
    let changes: Vec<&Change> = memory.changes.iter().filter(wanted).collect();
    let mut blocks = Vec::new();
    if city {
        blocks.push(Block::Paragraph(Para::plain(counts(desk))));
    }
    let (shown, more) = desk.limited(&changes, plan.limit);
    if !shown.is_empty() {
        let summary = format!("{}の先月からの変化", desk.name());
        blocks.push(Block::Table(fields::table(shown, (&fields(), USUAL), plan, desk, summary)));
    }
    blocks.extend(more);
    desk.under(name, plan, blocks)
}

/// `↓ 悪化 2　－ なくなった 1　…　過去の年度の値の訂正 1　更新のない値 3`.
pub fn counts(desk: &Desk<'_>) -> String {
    let memory = &desk.dataset.memory;
    let own = || memory.changes.iter().filter(|change| desk.owns(&change.department));
    let of = |trend: Trend| own().filter(|change| change.trend == trend).count();
    let mut parts: Vec<String> =
        Trend::ALL.iter().map(|trend| format!("{} {}", change_words::trend(*trend), of(*trend))).collect();
    if desk.department.is_none() {
        parts.push(format!("過去の年度の値の訂正 {}", memory.past_changes.len()));
        parts.push(format!("更新のない値 {}", memory.stale().count()));
    }
    parts.join("　")
}

/// Mark-free words of what changed.
fn steps(change: &Change, eras: &Eras) -> Vec<Para> {
    let steps = change.steps.iter().map(|step| Para::plain(change_words::step(step, eras).line()));
    let mut what: Vec<Para> = steps.collect();
    if what.is_empty() {
        what.push(Para::plain(change_words::whole(change)));
    }
    what
}

/// A name with smaller words below it.
fn named(name: &str, below: &[&str]) -> Cell {
    let mut cell = Cell::text(name);
    cell.header = true;
    cell.paras.extend(below.iter().filter(|text| !text.is_empty()).map(|text| Para::small(*text)));
    cell
}

/// The corrections of past years.
pub fn past(desk: &Desk<'_>, plan: &BlockPlan) -> Vec<Block> {
    let own = desk.dataset.memory.past_changes.iter().filter(|change| desk.owns(&change.department));
    let past: Vec<&PastChange> = own.collect();
    let (shown, more) = desk.limited(&past, plan.limit);
    if shown.is_empty() {
        return Vec::new();
    }
    let summary = format!("{}の過去の年度の値の訂正", desk.name());
    let table = fields::table(shown, (&past_fields(), USUAL_PAST), plan, desk, summary);
    std::iter::once(Block::Table(table)).chain(more).collect()
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

/// 更新のない値.
pub fn stale(desk: &Desk<'_>, plan: &BlockPlan) -> Vec<Block> {
    let indicators: BTreeMap<&str, _> = desk.indicators.iter().map(|i| (i.id.as_str(), *i)).collect();
    let own = desk.dataset.initiatives.iter().filter(|i| desk.owns(&i.words().department));
    let items: BTreeMap<&str, _> = own.map(|i| (i.id.as_str(), i)).collect();
    let still = |one: &'_ Unchanged| -> Option<(&str, [&str; 2], String)> {
        match one.subject {
            Subject::Indicator => {
                let main = indicators.get(one.id.as_str())?.main();
                Some((&main.name, [&main.division, ""], pending(main, desk.eras)))
            }
            Subject::Initiative => {
                let initiative = items.get(one.id.as_str())?;
                let (words, main) = (initiative.words(), initiative.main());
                let status = main.status.map_or("", |status| status.label()).to_owned();
                Some((&words.item, [&words.program, &main.division], status))
            }
        }
    };
    let rows: Vec<Still<'_>> = desk
        .dataset
        .memory
        .stale()
        .filter_map(|one| still(one).map(|(name, detail, now)| Still { one, name, detail, now }))
        .collect();
    let (shown, more) = desk.limited(&rows, plan.limit);
    if shown.is_empty() {
        return Vec::new();
    }
    let summary = format!("{}の更新のない値", desk.name());
    let table = fields::table(shown, (&stale_fields(), USUAL_STALE), plan, desk, summary);
    std::iter::once(Block::Table(table)).chain(more).collect()
}

/// The figures of an indicator that are still pending; where there are none, how it stands is said by the figures.
fn pending(source: &IndicatorSource, eras: &Eras) -> String {
    let figures = source.figures.iter().filter(|figure| figure.state == State::Pending);
    let said: Vec<String> =
        figures.map(|figure| format!("{} {}", figure.slot().label(eras), figure.raw.trim())).collect();
    if said.is_empty() { "値が同じまま".to_owned() } else { said.join("、") }
}
