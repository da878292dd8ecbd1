//! Figures: the text of a cell → an exact quantity, a state, or unread with the reason.

mod body;
mod cell;
mod number;
mod prepare;
mod reason;
mod state;
#[cfg(test)]
mod tests;

pub use cell::read_cell;

use super::text::{is_blank, key};
use super::unit::known_unit;
use super::vocabulary::{NumberPart, Vocabulary};
use crate::model::quantity::{Confidence, Quantity, State, Unit};

/// Why a cell gives no figure, for the kind of its finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// `#REF!` and the like.
    CellError,
    /// A formula without a cached value.
    NotCalculated,
    /// A date stands where a number should.
    Date,
    /// A text that says nothing known, or more than one thing.
    Unclear,
}

/// A figure's cell as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellReading {
    /// What stands there.
    pub state: State,
    /// The value, exactly where `state` is [`State::Value`].
    pub quantity: Option<Quantity>,
    /// The unit that `quantity` is in, where the cell or its column says one.
    pub unit: Option<Unit>,
    /// Decimals that the sheet shows.
    pub decimals: u32,
    /// How sure the reading is.
    pub confidence: Confidence,
    /// In Japanese: what was assumed, or why it is unread.
    pub assumption: Option<String>,
    /// A note beside the figure: `※1`, `†`, `速報値`.
    pub annotation: Option<String>,
    /// The value is a percentage, kept in percent.
    pub percent: bool,
    /// The number is stored as text.
    pub number_in_text: bool,
    /// The sheet shows fewer digits than the value has.
    pub hides_digits: bool,
    /// Why it is unread.
    pub cause: Option<Cause>,
}

impl CellReading {
    fn empty(state: State, confidence: Confidence) -> Self {
        Self {
            state,
            quantity: None,
            unit: None,
            decimals: 0,
            confidence,
            assumption: None,
            annotation: None,
            percent: false,
            number_in_text: false,
            hides_digits: false,
            cause: None,
        }
    }

    fn unread(cause: Cause, why: impl Into<String>) -> Self {
        let assumption = Some(why.into());
        Self { assumption, cause: Some(cause), ..Self::empty(State::Unread, Confidence::Unread) }
    }

    /// States an assumption; the first one that was made is told.
    fn assume(&mut self, what: impl Into<String>) {
        self.confidence = Confidence::Assumed;
        self.assumption.get_or_insert(what.into());
    }
}

/// Reads a figure's text. A blank text is the caller's business; here it is unread.
pub fn read_quantity(text: &str, vocabulary: &Vocabulary) -> CellReading {
    if key(text).is_empty() {
        return CellReading::unread(Cause::Unclear, "何も書かれていません");
    }
    if let Some(found) = state::read_state(text, vocabulary) {
        return of_state(text, found);
    }
    let prepared = prepare::prepare(text);
    if prepared.body.is_empty() {
        let why = "括弧の数値は、内数・再掲・マイナスのどれか判断できません";
        return CellReading::unread(Cause::Unclear, why);
    }
    match body::parse(&prepared.body, vocabulary) {
        Ok(parsed) => with_notes(parsed, &prepared, vocabulary),
        Err(why) => CellReading::unread(Cause::Unclear, why),
    }
}

/// Whether a text stands in place of a figure (`-`, 集計中, 対象外).
pub fn is_placeholder(text: &str, vocabulary: &Vocabulary) -> bool {
    state::read_state(text, vocabulary).is_some_and(|found| found.state != State::Unread)
}

fn of_state(text: &str, found: state::StateReading) -> CellReading {
    if found.state == State::Unread {
        let text = text.trim_matches(is_blank);
        let cause = if text.starts_with('#') { Cause::CellError } else { Cause::Unclear };
        return CellReading::unread(cause, format!("「{text}」からは数値が分かりません"));
    }
    let annotation = found.annotation;
    CellReading {
        assumption: found.assumption,
        annotation,
        ..CellReading::empty(found.state, found.confidence)
    }
}

fn with_notes(parsed: body::Parsed, prepared: &prepare::Prepared, vocabulary: &Vocabulary) -> CellReading {
    let mut reading = CellReading::empty(State::Value, Confidence::Read);
    reading.number_in_text = true;
    reading.decimals = parsed.decimals;
    reading.quantity = Some(parsed.quantity);
    reading.unit = parsed.unit;
    if let Some(what) = parsed.assumption {
        reading.assume(what);
    }
    let mut notes = Vec::new();
    for bracket in &prepared.brackets {
        let inner = bracket.inner.trim_matches(is_blank);
        let unit = known_unit(inner, vocabulary);
        if reading.unit.is_none() && unit.is_some() {
            reading.unit = unit;
        } else if !inner.is_empty() && (unit.is_none() || unit != reading.unit) {
            remark(inner, &mut reading, vocabulary);
            notes.push(inner.to_owned());
        }
    }
    for footnote in &prepared.footnotes {
        if footnote.chars().filter(|c| *c != '注').any(char::is_alphabetic) {
            remark(footnote, &mut reading, vocabulary);
        }
        notes.push(footnote.clone());
    }
    reading.annotation = (!notes.is_empty()).then(|| notes.join(" "));
    reading.percent = reading.unit.as_ref().is_some_and(Unit::is_percent);
    reading
}

/// What a note beside a figure does to how sure it is.
fn remark(note: &str, reading: &mut CellReading, vocabulary: &Vocabulary) {
    let word = key(note.trim_start_matches(['※', '注']));
    match vocabulary.number_part.get(&word) {
        Some(NumberPart::Remark) => {}
        Some(NumberPart::Estimate) => {
            reading.assume(format!("「{note}」と書かれた数値を、そのまま読みました"));
        }
        _ => reading.assume(format!("横に書かれた「{note}」は読まずに、数値だけを読みました")),
    }
}
