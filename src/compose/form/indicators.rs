//! 指標 of a form: one row for each indicator, one column for each kind and year. Indicators with different columns stand
//! on different sheets, so that no cell is blank that nobody could fill.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::{Desk, Field, choice, sheet, text};
use crate::compose::words;
use crate::model::book::BookSheet;
use crate::model::entry::{EntryCell, Input, Rule};
use crate::model::fiscal::{FiscalYear, Span};
use crate::model::indicator::{Figure, IndicatorSource, Kind, Polarity, Slot};
use crate::model::quantity::{Bound, Confidence, Quantity, State, Unit};
use crate::model::report::{Align, Cell, Row, Value};

/// Columns before the figures: name, unit, polarity.
const BEFORE: usize = 3;

/// The sheets, in the order of their first indicators.
pub(super) fn sheets(sources: &[&IndicatorSource], desk: &Desk<'_>) -> Vec<BookSheet> {
    let mut groups: Vec<(BTreeSet<Slot>, Vec<&IndicatorSource>)> = Vec::new();
    for source in sources {
        let slots = slots(source, desk);
        match groups.iter_mut().find(|(other, _)| *other == slots) {
            Some((_, group)) => group.push(source),
            None if slots.is_empty() => {}
            None => groups.push((slots, vec![source])),
        }
    }
    let several = groups.len() > 1;
    let name =
        |index: usize| if several { format!("指標（{}）", index + 1) } else { "指標".to_owned() };
    let groups = groups.iter().enumerate();
    groups.map(|(index, (slots, group))| one(name(index), slots, group, desk)).collect()
}

/// The kinds and years of an indicator, with last year's actual where there are actuals by the year.
fn slots(source: &IndicatorSource, desk: &Desk<'_>) -> BTreeSet<Slot> {
    let dated = source.figures.iter().filter(|figure| figure.fiscal_year.is_some());
    let mut slots: BTreeSet<Slot> = dated.map(Figure::slot).collect();
    let newest =
        slots.iter().filter(|slot| slot.kind == Kind::Actual && slot.span == Span::Year).max().copied();
    let last = Some(last_year(desk));
    if let Some(newest) = newest.filter(|newest| newest.fiscal_year < last) {
        slots.insert(Slot { fiscal_year: last, ..newest });
    }
    slots
}

fn last_year(desk: &Desk<'_>) -> FiscalYear {
    FiscalYear(desk.year.0 - 1)
}

/// Whether a column is still to be filled: actuals and forecasts from last year on, targets and plans from this year on.
fn is_open(slot: Slot, desk: &Desk<'_>) -> bool {
    match slot.kind {
        Kind::Actual | Kind::Forecast => slot.fiscal_year >= Some(last_year(desk)),
        Kind::Target | Kind::Plan => slot.fiscal_year >= Some(desk.year),
        Kind::Baseline => false,
    }
}

fn number() -> Input {
    Input {
        rule: Rule::Number { least: None, most: None },
        strict: false,
        prompt: "数だけを書いてください（単位は左の欄のとおり。12.7% は 12.7、マイナスは -53）。まだのときは「作業中」、ないときは「－」。".to_owned(),
        error: "数ではありません。「作業中」「－」「75以上」「10～20」などの言葉ならこのまま入れられます。入れますか。".to_owned(),
    }
}

fn one(name: String, slots: &BTreeSet<Slot>, sources: &[&IndicatorSource], desk: &Desk<'_>) -> BookSheet {
    let eras = &desk.vocabulary.eras;
    let polarity = choice(&["増加", "減少", "維持"], "どちらへ動くのがよいかを選んでください。");
    let mut fields = vec![
        Field::fixed("指標名", 18, "名前を変えるときは、取りまとめの部署へ知らせてください。"),
        Field::fixed("単位", 5, "この単位で書いてください。"),
        Field::open("望ましい方向", 6, "増加・減少・維持のどれがよいか。", polarity),
    ];
    fields.extend(slots.iter().map(|slot| Field {
        align: Align::Right,
        input: is_open(*slot, desk).then(number),
        ..Field::fixed(
            slot.label(eras),
            7,
            "数だけを、左の単位で書きます。まだのときは「作業中」と書いてください。",
        )
    }));
    fields.push(Field::open("備考", 14, "算出方法の変更など、知らせたいこと。", text("")));
    fields.push(Field::fixed("部局名", 6, ""));
    fields.push(Field::fixed("課名", 6, ""));
    let rows = sources.iter().map(|source| row(source, slots, desk)).collect();
    let mut sheet = sheet(name, desk.title("指標"), fields, rows);
    if let Some(entry) = &mut sheet.entry {
        entry.cells = pending(slots, sources, desk);
    }
    sheet
}

/// What is not settled stays open, however old its year is.
fn pending(slots: &BTreeSet<Slot>, sources: &[&IndicatorSource], desk: &Desk<'_>) -> Vec<EntryCell> {
    let mut cells = Vec::new();
    for (source, row) in sources.iter().zip(0..) {
        for (slot, col) in slots.iter().zip(u32::try_from(BEFORE).unwrap_or_default()..) {
            let settled = figure(source, *slot).is_some_and(|figure| figure.state == State::Value);
            if !settled && !is_open(*slot, desk) {
                cells.push(EntryCell { row, col, input: Some(number()) });
            }
        }
    }
    cells
}

fn figure(source: &IndicatorSource, slot: Slot) -> Option<&Figure> {
    source.figures.iter().find(|figure| figure.slot() == slot)
}

fn row(source: &IndicatorSource, slots: &BTreeSet<Slot>, desk: &Desk<'_>) -> Row {
    let unit = source.unit.as_ref().map_or("", |unit| unit.0.as_str());
    let polarity = match source.polarity {
        Some(Polarity::Increase) => "増加",
        Some(Polarity::Decrease) => "減少",
        Some(Polarity::Maintain) => "維持",
        None => "",
    };
    // The layout mark tells a name that consists of header words alone (施策評価指標達成率) from a header.
    let name = format!("○{}", source.name);
    let mut cells: Vec<Cell> = [name.as_str(), unit, polarity].map(Cell::text).to_vec();
    let percent = source.unit.as_ref().is_some_and(Unit::is_percent);
    cells.extend(slots.iter().map(|slot| match figure(source, *slot) {
        Some(figure) => value(figure, percent && !is_open(*slot, desk)),
        None => Cell::text(""),
    }));
    cells.extend([source.note.as_str(), desk.department, desk.division].map(Cell::text));
    Row { cells }
}

/// A figure so that it is read back as it was: a plain value as a number, everything else in its words.
fn value(figure: &Figure, percent: bool) -> Cell {
    let raw = figure.raw.trim();
    let Some(quantity) = &figure.quantity else { return Cell::text(raw) };
    // An assumption stays one until somebody types over it.
    if figure.confidence == Confidence::Assumed && raw.parse::<Decimal>().is_err() {
        return Cell::text(raw);
    }
    if quantity.high.is_some() || quantity.bound.is_some() {
        return Cell::text(phrase(quantity));
    }
    let value = quantity.value.normalize();
    let decimals = figure.decimals.max(value.scale());
    let sign = if percent { "%" } else { "" };
    let mut cell = Cell::text(format!("{}{sign}", words::number(value, decimals)));
    cell.value = Some(Value::Number { value, decimals, percent });
    cell
}

/// `75以上`, `10～20`, `約300`: all digits, the unit stands in its column.
fn phrase(quantity: &Quantity) -> String {
    let plain = |value: Decimal| {
        let value = value.normalize();
        if value.is_sign_negative() { format!("△{}", value.abs()) } else { value.to_string() }
    };
    let mut text = plain(quantity.value);
    if let Some(high) = quantity.high {
        text = format!("{text}～{}", plain(high));
    }
    let (front, behind) = quantity.bound.map(Bound::words).unwrap_or_default();
    format!("{front}{text}{behind}")
}
