//! Numbers typed as text: what Excel's SUM would lose.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rust_decimal::Decimal;

use super::{Page, Records};
use crate::finding::{Code, Draft};
use crate::model::fiscal::Eras;
use crate::model::indicator::{Figure, Slot};
use crate::model::place::{CellRef, Place};
use crate::model::quantity::Unit;

/// How many stretches of cells, and how many sums, a sentence names.
const NAMED: usize = 4;

/// Remembers a table's numbers in text for [`finding`].
pub fn remember(page: &Page, cells: &[CellRef], records: &mut Records) {
    records.as_text.extend(cells.iter().map(|at| page.place(*at)));
}

/// One finding a workbook: how many there are, where, and what SUM makes of their columns.
pub fn finding(records: &mut Records, eras: &Eras) {
    let cells: BTreeSet<Place> = std::mem::take(&mut records.as_text).into_iter().collect();
    let Some(first) = cells.first() else { return };
    let one_sheet = cells.iter().all(|place| place.sheet == first.sheet);
    let draft = if one_sheet {
        Draft::new(Code::NumberAsText).in_sheet(&first.workbook, &first.sheet)
    } else {
        Draft::new(Code::NumberAsText).in_workbook(&first.workbook)
    };
    let (count, lost) = (cells.len().to_string(), lost(&sums(records, &cells), eras));
    let draft = draft.with("count", count).with("cells", stretches(&cells, one_sheet)).with("lost", lost);
    records.drafts.push(draft.of(&records.department, &records.division));
}

/// What a column sums to without and with its texts.
#[derive(Debug, Default)]
struct Sum {
    texts: usize,
    numbers: Decimal,
    all: Decimal,
    /// Whose values have different units, are shares, or are no plain values: their sum says nothing.
    senseless: bool,
    unit: Option<Unit>,
    figures: usize,
}

/// The columns that hold such texts, by sheet and column.
fn sums(records: &Records, texts: &BTreeSet<Place>) -> BTreeMap<(Arc<str>, u32, Slot), Sum> {
    let mut sums: BTreeMap<_, Sum> = BTreeMap::new();
    for source in &records.indicators {
        for figure in source.figures.iter().filter(|figure| figure.quantity.is_some()) {
            let key = (figure.place.sheet.clone(), figure.place.cell.col, figure.slot());
            add(sums.entry(key).or_default(), figure, source.unit.as_ref(), texts.contains(&figure.place));
        }
    }
    sums.retain(|_, sum| sum.texts > 0);
    sums
}

fn add(sum: &mut Sum, figure: &Figure, unit: Option<&Unit>, text: bool) {
    let Some(quantity) = &figure.quantity else { return };
    let plain = quantity.high.is_none() && quantity.bound.is_none();
    let known = unit.filter(|unit| !unit.is_percent());
    let other = sum.figures > 0 && sum.unit.as_ref() != unit;
    sum.unit = unit.cloned();
    sum.figures += 1;
    sum.texts += usize::from(text);
    let all = sum.all.checked_add(quantity.value);
    let numbers = if text { Some(sum.numbers) } else { sum.numbers.checked_add(quantity.value) };
    sum.senseless |= known.is_none() || other || !plain || all.is_none() || numbers.is_none();
    (sum.all, sum.numbers) = (all.unwrap_or_default(), numbers.unwrap_or_default());
}

/// The sums that go wrong, the largest loss first.
fn lost(sums: &BTreeMap<(Arc<str>, u32, Slot), Sum>, eras: &Eras) -> String {
    let mut wrong: Vec<_> =
        sums.iter().filter(|(_, sum)| !sum.senseless && sum.figures > 1 && sum.all != sum.numbers).collect();
    wrong.sort_by_key(|(_, sum)| std::cmp::Reverse((sum.all - sum.numbers).abs()));
    let words = wrong.iter().take(NAMED).map(|((sheet, _, slot), sum)| {
        let unit = sum.unit.as_ref().map_or("", |unit| unit.0.as_str());
        let [whole, short] = [sum.all, sum.numbers].map(grouped);
        let (label, texts) = (slot.label(eras), sum.texts);
        format!("「{sheet}」の{label}は {whole}{unit}のところが {short}{unit}（{texts}個分が漏れる）")
    });
    let words: Vec<String> = words.collect();
    if words.is_empty() {
        return String::new();
    }
    let more = wrong.len().saturating_sub(NAMED);
    let more = if more == 0 { String::new() } else { format!("、ほかに {more}列") };
    format!("縦に合計すると、{}{more}になります。", words.join("、"))
}

/// A number as people write it: `-1,204.5`.
fn grouped(value: Decimal) -> String {
    let plain = value.normalize().abs().to_string();
    let (whole, fraction) =
        plain.split_once('.').map_or((&*plain, None), |(whole, rest)| (whole, Some(rest)));
    let mut out = if value.is_sign_negative() && !value.is_zero() { "-".to_owned() } else { String::new() };
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    fraction.map_or(out.clone(), |fraction| format!("{out}.{fraction}"))
}

/// `C6、E7～E9`; with the sheet's name where there are several.
fn stretches(cells: &BTreeSet<Place>, one_sheet: bool) -> String {
    let mut by_column: Vec<&Place> = cells.iter().collect();
    by_column.sort_by_key(|place| (place.sheet.clone(), place.cell.col, place.cell.row));
    let next = |a: &&Place, b: &&Place| {
        a.sheet == b.sheet && a.cell.col == b.cell.col && a.cell.row + 1 == b.cell.row
    };
    let runs: Vec<&[&Place]> = by_column.chunk_by(next).collect();
    let words = runs.iter().take(NAMED).filter_map(|run| {
        let (first, last) = (run.first()?, run.last()?);
        let sheet = if one_sheet { String::new() } else { format!("{}!", first.sheet) };
        let end = if first == last { String::new() } else { format!("～{}", last.cell) };
        Some(format!("{sheet}{}{end}", first.cell))
    });
    let more = if runs.len() > NAMED { " ほか" } else { "" };
    format!("{}{more}", words.collect::<Vec<_>>().join("、"))
}
