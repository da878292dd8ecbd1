//! Corrections → the sources that they are about, before sources are joined: so a conflict that a correction settles
//! is none.

use std::collections::BTreeSet;

use super::figures::Correction;
use crate::extract::Records;
use crate::finding::{Code, Draft};
use crate::model::amendment::Amendment;
use crate::model::indicator::{Figure, IndicatorSource};
use crate::model::place::Place;
use crate::model::quantity::{Confidence, State};
use crate::model::sheet::Cell;
use crate::normalise::Vocabulary;
use crate::normalise::quantity::{CellReading, read_cell};
use crate::normalise::text::{canonical_name, key};

/// Replaces the figures that corrections name; tells each that was replaced, and each that could not be and why.
pub fn apply(records: &mut [Records], corrections: &[Correction], vocabulary: &Vocabulary) -> Vec<Draft> {
    corrections.iter().map(|correction| one(records, correction, vocabulary)).collect()
}

fn one(records: &mut [Records], correction: &Correction, vocabulary: &Vocabulary) -> Draft {
    let draft = |code| {
        let draft = Draft::new(code).at(&correction.place).raw(correction.new.text.trim());
        draft.with("name", &correction.indicator).with("label", &correction.label)
    };
    match replace(records, correction, vocabulary) {
        Ok((place, old)) => {
            let draft = draft(Code::Amended)
                .of(&correction.department, &correction.division)
                .related(&place)
                .reading(correction.new.text.trim());
            let old = if old.is_empty() { "（なし）" } else { &old };
            draft.with("old", old).with("reason", &correction.reason).with("by", &correction.by)
        }
        // The planning section must look at it, not the division.
        Err(refusal) => {
            let draft = draft(Code::AmendmentRefused).with("reason", refusal.reason);
            refusal.other.iter().fold(draft, Draft::related)
        }
    }
}

/// Why nothing was replaced.
struct Refusal {
    /// In Japanese.
    reason: String,
    /// The correction that stands in the way.
    other: Option<Place>,
}

impl From<String> for Refusal {
    fn from(reason: String) -> Self {
        Self { reason, other: None }
    }
}

impl Refusal {
    /// Another row has already replaced the figure: two words for one figure are none of ours to choose from.
    fn taken(correction: &Correction, earlier: &Amendment) -> Self {
        let row = |place: &Place| format!("{}の{}行目", place.sheet, place.cell.row + 1);
        let (first, here) = (row(&earlier.place), row(&correction.place));
        let reason = format!(
            "同じ値の補正が2つあります（{first}と{here}）。{first}を使いました。正しいほうだけを残してください。"
        );
        Self { reason, other: Some(earlier.place.clone()) }
    }
}

/// Where the figure stands and what stood there, or why nothing was replaced.
fn replace(
    records: &mut [Records],
    correction: &Correction,
    vocabulary: &Vocabulary,
) -> Result<(Place, String), Refusal> {
    let mut sources: Vec<&mut IndicatorSource> = records
        .iter_mut()
        .flat_map(|record| &mut record.indicators)
        .filter(|source| is_meant(source, correction))
        .collect();
    let Some(first) = sources.first() else {
        return Err("この名前の指標が、この部局の台帳に見つかりません。".to_owned().into());
    };
    one_division(&sources)?;
    let reading = read_cell(&correction.new, first.unit.as_ref(), vocabulary);
    if reading.state == State::Unread || reading.confidence != Confidence::Read {
        return Err(format!("新しい値「{}」を数値として読めません。", correction.new.text.trim()).into());
    }
    let figures = || sources.iter().flat_map(|source| &source.figures).filter(|f| correction.wanted.fits(f));
    let earlier = figures().find_map(|figure| figure.amendment.clone());
    let taken = || earlier.as_ref().map(|earlier| Refusal::taken(correction, earlier));
    let Some(old) = &correction.old else {
        if let Some(refusal) = taken() {
            return Err(refusal);
        }
        if figures().next().is_some() {
            return Err("台帳にはすでに値があります。「旧」に今の値を書いてください。".to_owned().into());
        }
        return Ok(add(&mut sources, correction, &reading));
    };
    let stands: Vec<String> = figures().map(|figure| figure.raw.trim().to_owned()).collect();
    let refusal = taken();
    if stands.is_empty() {
        return Err("台帳にこの年度と種類の値がありません。".to_owned().into());
    }
    let mut done = None;
    for source in sources {
        let unit = source.unit.clone();
        let expected = read_cell(old, unit.as_ref(), vocabulary);
        let fitting = source.figures.iter_mut();
        let fitting = fitting.filter(|f| f.amendment.is_none() && correction.wanted.fits(f));
        for figure in fitting.filter(|figure| holds(figure, old, &expected)) {
            let was = figure.raw.trim().to_owned();
            set(figure, correction, &read_cell(&correction.new, unit.as_ref(), vocabulary), was.clone());
            done.get_or_insert((figure.place.clone(), was));
        }
    }
    done.ok_or_else(|| {
        let (stands, old) = (stands.join("」「"), old.text.trim());
        let gone =
            || format!("台帳の値は「{stands}」で、「旧」に書かれた「{old}」ではなくなっています。").into();
        refusal.unwrap_or_else(gone)
    })
}

/// Whether the sources are of one division, as far as they name any.
fn one_division(sources: &[&mut IndicatorSource]) -> Result<(), Refusal> {
    let divisions: BTreeSet<&str> = sources
        .iter()
        .map(|source| source.division.as_str())
        .filter(|division| !division.is_empty())
        .collect();
    if divisions.len() < 2 {
        return Ok(());
    }
    let named = divisions.into_iter().collect::<Vec<_>>().join("、");
    Err(format!("同じ名前の指標が複数の課（{named}）にあります。課を書いてください。").into())
}

fn is_meant(source: &IndicatorSource, correction: &Correction) -> bool {
    let same = |a: &str, b: &str| canonical_name(a) == canonical_name(b);
    same(&source.name, &correction.indicator)
        && same(&source.department, &correction.department)
        && (correction.division.is_empty()
            || source.division.is_empty()
            || same(&source.division, &correction.division))
}

/// Whether the workbook still says what stood there when the correction was written.
fn holds(figure: &Figure, old: &Cell, expected: &CellReading) -> bool {
    let same_text = key(&figure.raw) == key(&old.text);
    let same_value = figure.state == State::Value
        && expected.state == State::Value
        && figure.quantity.is_some()
        && figure.quantity == expected.quantity;
    same_text || same_value
}

fn set(figure: &mut Figure, correction: &Correction, reading: &CellReading, old: String) {
    figure.state = reading.state;
    figure.quantity.clone_from(&reading.quantity);
    figure.decimals = figure.decimals.max(reading.decimals);
    figure.confidence = Confidence::Assumed;
    figure.amendment = Some(amendment(correction, old));
}

fn amendment(correction: &Correction, old: String) -> Amendment {
    Amendment {
        old,
        new: correction.new.text.trim().to_owned(),
        reason: correction.reason.clone(),
        by: correction.by.clone(),
        on: correction.on.clone(),
        place: correction.place.clone(),
    }
}

/// A figure that no workbook has: its cell is the correction's own.
fn add(
    sources: &mut [&mut IndicatorSource],
    correction: &Correction,
    reading: &CellReading,
) -> (Place, String) {
    let wanted = correction.wanted;
    let figure = Figure {
        fiscal_year: Some(wanted.fiscal_year),
        month: wanted.month,
        span: wanted.span,
        basis: wanted.basis,
        kind: wanted.kind,
        state: reading.state,
        quantity: reading.quantity.clone(),
        decimals: reading.decimals,
        confidence: Confidence::Assumed,
        raw: correction.new.text.to_string(),
        place: correction.place.clone(),
        carried_from: None,
        amendment: Some(amendment(correction, String::new())),
    };
    // The owning division's source is the one that reports use.
    let index = sources.iter().position(|source| !source.division.is_empty()).unwrap_or(0);
    if let Some(source) = sources.get_mut(index) {
        source.figures.push(figure);
    }
    (correction.place.clone(), String::new())
}
