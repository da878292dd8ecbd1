//! Indicator tables: one row an indicator, one column a year and kind.

use std::collections::BTreeSet;

use super::words;
use crate::model::amendment::Amendment;
use crate::model::fiscal::{Eras, Span};
use crate::model::indicator::{Figure, Indicator, IndicatorSource, Slot};
use crate::model::quantity::{Bound, Confidence, Quantity, Unit};
use crate::model::report::{Align, Cell, Column, HeadCell, Para, Row, Run, Table, Value};

/// Full-width characters that stand beside one another in a table on an A4 page, padding included.
const PAGE_WIDTH: u32 = 54;

/// The least width of the column of names; it takes what the figures leave.
const NAME_WIDTH: u32 = 8;

/// The tables of a list of indicators: yearly figures, then those of months and quarters; each as several tables with
/// the names repeated where its columns are too many for a page.
pub fn tables(indicators: &[&Indicator], summary: &str, eras: &Eras) -> Vec<Table> {
    let mut tables = Vec::new();
    for yearly in [true, false] {
        let told = |figure: &Figure| (figure.span == Span::Year) == yearly;
        let figures = |i: &Indicator| i.sources.iter().any(|source| source.figures.iter().any(told));
        let group: Vec<&Indicator> =
            indicators.iter().copied().filter(|indicator| figures(indicator)).collect();
        let all =
            group.iter().flat_map(|i| &i.sources).flat_map(|s| &s.figures).filter(|figure| told(figure));
        let slots: BTreeSet<Slot> = all.map(Figure::slot).collect();
        let slots: Vec<(Slot, u32)> =
            slots.into_iter().map(|slot| (slot, width(&group, slot, eras))).collect();
        tables.extend(parts(&slots).into_iter().map(|part| table(&group, part, summary, eras)));
    }
    tables
}

/// Columns in as few parts as fit the page, evenly filled.
fn parts(slots: &[(Slot, u32)]) -> Vec<&[(Slot, u32)]> {
    let room = PAGE_WIDTH - NAME_WIDTH;
    let total: u32 = slots.iter().map(|(_, width)| width).sum();
    let goal = total.div_ceil(total.div_ceil(room).max(1));
    let mut parts = Vec::new();
    let mut start = 0;
    let mut filled = 0;
    for (index, (_, width)) in slots.iter().enumerate() {
        if index > start && (filled >= goal || filled + width > room) {
            parts.push(&slots[start..index]);
            (start, filled) = (index, 0);
        }
        filled += width;
    }
    if start < slots.len() {
        parts.push(&slots[start..]);
    }
    parts
}

/// Full-width characters that a column needs, with its padding.
fn width(indicators: &[&Indicator], slot: Slot, eras: &Eras) -> u32 {
    let texts = indicators.iter().flat_map(|indicator| cell(indicator, slot).paras).map(|para| para.text());
    let halves = texts.chain([slot.time(eras)]).map(|text| text.chars().map(halves).sum::<u32>()).max();
    (halves.unwrap_or(0).div_ceil(2) + 1).clamp(4, 12)
}

/// A character's width in half-width characters.
fn halves(c: char) -> u32 {
    if c.is_ascii() || ('\u{ff61}'..='\u{ff9f}').contains(&c) { 1 } else { 2 }
}

fn table(indicators: &[&Indicator], slots: &[(Slot, u32)], summary: &str, eras: &Eras) -> Table {
    let mut columns = vec![Column { width: NAME_WIDTH + 6, align: Align::Left }];
    columns.extend(slots.iter().map(|(_, width)| Column { width: *width, align: Align::Right }));
    let slots: Vec<Slot> = slots.iter().map(|(slot, _)| *slot).collect();
    let rows = indicators.iter().map(|indicator| {
        let mut name = Cell::text(&indicator.main().name);
        name.header = true;
        if indicator.conflict {
            name.paras.push(Para::small("不一致：出典によって値が違う"));
        }
        let cells = slots.iter().map(|wanted| cell(indicator, *wanted));
        Row { cells: std::iter::once(name).chain(cells).collect() }
    });
    Table {
        summary: summary.to_owned(),
        columns,
        head: head(&slots, eras),
        rows: rows.collect(),
        ..Table::default()
    }
}

/// Two tiers: kinds over times.
fn head(slots: &[Slot], eras: &Eras) -> Vec<Vec<HeadCell>> {
    let mut kinds: Vec<HeadCell> = vec![HeadCell::one("指標", 2)];
    for (index, slot) in slots.iter().enumerate() {
        match kinds.last_mut().filter(|_| index > 0 && slots[index - 1].kind == slot.kind) {
            Some(last) => last.cols += 1,
            None => kinds.push(HeadCell::one(slot.kind.label(), 1)),
        }
    }
    vec![kinds, slots.iter().map(|slot| HeadCell::one(slot.time(eras), 1)).collect()]
}

/// The cell of one slot: the primary's figure, and below it what another source says instead.
fn cell(indicator: &Indicator, wanted: Slot) -> Cell {
    let main = indicator.main();
    let mut paras = Vec::new();
    let first = main.figures.iter().find(|figure| figure.slot() == wanted);
    if let Some(figure) = first {
        paras.push(para(figure, main));
        paras.extend(carried(figure));
    }
    for (index, source) in
        indicator.sources.iter().enumerate().filter(|(index, _)| *index != indicator.primary)
    {
        let other = source.figures.iter().find(|figure| figure.slot() == wanted);
        let Some(other) = other else { continue };
        let differs =
            first.is_none_or(|first| first.state != other.state || first.quantity != other.quantity);
        if differs && (indicator.conflict || first.is_none()) {
            let stand = carried(other);
            let mut other = para(other, &indicator.sources[index]);
            if first.is_some() {
                let who = if source.division.is_empty() { &source.department } else { &source.division };
                other.runs.insert(0, Run { text: format!("{who}："), muted: true, ..Run::default() });
                other.small = true;
            }
            paras.push(other);
            paras.extend(stand);
        }
    }
    Cell::paras(if paras.is_empty() { vec![Para::plain("")] } else { paras })
}

/// A figure as it is printed, as plain text: `△53人`, `75.0%以上`, `作業中`.
pub fn text(figure: &Figure, source: &IndicatorSource) -> String {
    para(figure, source).text()
}

/// The mark below a figure of an earlier month.
fn carried(figure: &Figure) -> Option<Para> {
    figure.carried_from.map(|from| Para::small(words::carried(from)))
}

/// A figure as it is printed: the number with its unit set back, or the words that stand there.
fn para(figure: &Figure, source: &IndicatorSource) -> Para {
    para_in(figure, source.unit.as_ref().map_or("", |unit| unit.0.as_str()))
}

fn para_in(figure: &Figure, unit: &str) -> Para {
    let mut runs = match &figure.quantity {
        Some(quantity) => quantity_runs(quantity, figure.decimals, unit),
        None => vec![Run::plain(figure.said())],
    };
    let mark = match figure.confidence {
        _ if figure.amendment.is_some() => "（補正）",
        Confidence::Read => "",
        Confidence::Assumed if figure.carried_from.is_some() => "",
        Confidence::Assumed => "（仮定）",
        Confidence::Unread => "（未読）",
    };
    if !mark.is_empty() {
        runs.push(Run { text: mark.to_owned(), muted: true, ..Run::default() });
    }
    Para { runs, small: false }
}

/// A quantity with its unit in one text.
pub fn quantity(quantity: &Quantity, decimals: u32, unit: &str) -> String {
    quantity_runs(quantity, decimals, unit).iter().map(|run| run.text.as_str()).collect()
}

/// `75.0%以上`, `10～20人`, `約300件`.
fn quantity_runs(quantity: &Quantity, decimals: u32, unit: &str) -> Vec<Run> {
    let mut text = words::number(quantity.value, decimals);
    if let Some(high) = quantity.high {
        text = format!("{text}～{}", words::number(high, decimals));
    }
    let (front, behind) = quantity.bound.map(Bound::words).unwrap_or_default();
    text.insert_str(0, front);
    vec![Run::plain(text), Run { text: format!("{unit}{behind}"), muted: true, ..Run::default() }]
}

/// What was put in place of the workbooks' own figures (補正), a line each; empty where there is none.
pub fn amendments(indicators: &[&Indicator], eras: &Eras) -> Vec<Para> {
    let sources = indicators.iter().flat_map(|indicator| &indicator.sources);
    let amended = sources.flat_map(|source| source.figures.iter().map(move |figure| (source, figure)));
    let lines = amended.filter_map(|(source, figure)| {
        let Amendment { old, new, reason, by, on, .. } = figure.amendment.as_ref()?;
        let new = quantity_text(figure, source).unwrap_or_else(|| new.clone());
        let old = if old.is_empty() { "（なし）" } else { old };
        let label = figure.slot().label(eras);
        Some(Para::small(format!("補正：{} {label} {old}→{new}　{reason}（{by}　{on}）", source.name)))
    });
    lines.collect()
}

/// The value with its unit alone; `None` where there is none.
fn quantity_text(figure: &Figure, source: &IndicatorSource) -> Option<String> {
    let unit = source.unit.as_ref().map_or("", |unit| unit.0.as_str());
    figure.quantity.as_ref().map(|it| quantity(it, figure.decimals, unit))
}

/// A figure as a typed cell of the workbook, with a link to its source cell; its unit stands in a column of its own.
pub fn book_cell(figure: &Figure, source: &IndicatorSource) -> Cell {
    let percent = source.unit.as_ref().is_some_and(Unit::is_percent);
    let mut cell = Cell::paras(vec![para_in(figure, if percent { "%" } else { "" })]);
    let single = figure.quantity.as_ref().filter(|quantity| quantity.high.is_none());
    cell.value = single.map(|q| Value::Number { value: q.value, decimals: figure.decimals, percent });
    cell.link = Some(figure.place.clone());
    cell
}
