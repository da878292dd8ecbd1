//! 達成率 and its like: no figures, but a check on those that stand beside them or above.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::{Page, Records};
use crate::doubt::{Part, Parts, Stated, agrees};
use crate::finding::{Code, Draft};
use crate::locate::meaning::Role;
use crate::locate::{Column, Slot, Table};
use crate::model::fiscal::{FiscalYear, Span};
use crate::model::indicator::{Figure, IndicatorSource, Kind};
use crate::model::place::Place;
use crate::model::quantity::State;
use crate::normalise::quantity::read_cell;
use crate::normalise::text::{key, plain, split_brackets};
use crate::normalise::unit::dimension;
use crate::normalise::vocabulary::Rate;

/// Holds the rates of a sheet's indicator tables against their figures.
pub fn check(page: &Page, records: &mut Records) {
    let mut drafts = Vec::new();
    for table in page.located.layout.tables.iter().filter(|table| table.purpose.indicators) {
        let (mut by_row, mut by_source) =
            (BTreeMap::<_, Vec<Stood>>::new(), BTreeMap::<_, Vec<Stood>>::new());
        for stood in figures(page, table, records) {
            by_row.entry(stood.row).or_default().push(stood);
            by_source.entry(&stood.source.place).or_default().push(stood);
        }
        let checker = Checker { page, table, by_row, by_source };
        checker.columns(&mut drafts);
        checker.rows(&mut drafts);
    }
    records.drafts.append(&mut drafts);
}

/// A year's figure with a value, by the row and column of its table.
#[derive(Debug, Clone, Copy)]
struct Stood<'a> {
    source: &'a IndicatorSource,
    figure: &'a Figure,
    value: Decimal,
    row: u32,
    col: u32,
}

fn figures<'a>(page: &Page, table: &Table, records: &'a Records) -> Vec<Stood<'a>> {
    let here = |source: &&IndicatorSource| *source.place.sheet == *page.located.sheet.name;
    let of = |source: &'a IndicatorSource| {
        source.figures.iter().filter(|figure| figure.span == Span::Year).filter_map(move |figure| {
            let quantity = figure.quantity.as_ref().filter(|quantity| quantity.high.is_none())?;
            let cell = figure.place.cell;
            let (row, col) = if table.turned { (cell.col, cell.row) } else { (cell.row, cell.col) };
            let value = quantity.value;
            table.contains(cell).then_some(Stood { source, figure, value, row, col })
        })
    };
    records.indicators.iter().filter(here).flat_map(of).collect()
}

struct Checker<'a> {
    page: &'a Page<'a>,
    table: &'a Table,
    by_row: BTreeMap<u32, Vec<Stood<'a>>>,
    by_source: BTreeMap<&'a Place, Vec<Stood<'a>>>,
}

/// The figures that a rate may divide.
struct Pair<'a> {
    actual: Stood<'a>,
    others: Vec<Stood<'a>>,
    baseline: Option<Stood<'a>>,
}

impl<'a> Checker<'a> {
    /// Rates in columns of their own.
    fn columns(&self, drafts: &mut Vec<Draft>) {
        let is_rate = |column: &&Column| {
            column.meaning.computed || matches!(column.meaning.role, Some(Role::Rate | Role::Progress))
        };
        let mut from = self.table.start;
        for column in self.table.columns.iter().filter(is_rate) {
            let begin = std::mem::replace(&mut from, column.end + 1);
            let measured =
                column.meaning.unit.as_ref().is_none_or(|unit| unit.is_percent() || unit.0 == "倍");
            let word = column.words.iter().rev().find_map(|word| Some((self.rate(word)?, word)));
            let Some((rate, word)) = word.filter(|_| measured) else { continue };
            let year = column.meaning.year.as_ref();
            if year.is_some_and(|year| year.span != Span::Year) {
                continue;
            }
            let year = year.and_then(|year| year.fiscal_year);
            for row in &self.table.rows {
                let slot = self.page.view(self.table).slot(*row, column.start, column.end);
                let Some(slot) = slot.filter(|slot| slot.starts_in(*row)) else { continue };
                let Some(in_row) = self.by_row.get(row) else { continue };
                let near: Vec<Stood> =
                    in_row.iter().filter(|f| (begin..column.start).contains(&f.col)).copied().collect();
                let pair = match letters(word) {
                    Some(letters) => self.lettered(letters, column, in_row),
                    None => pair(rate, year, in_row).or_else(|| pair(rate, year, &near)),
                };
                self.compare(rate, word, slot, pair, drafts);
            }
        }
    }

    /// The figures under the headers that carry a formula's letters (実績B, 目標A), the nearest in front of the rate.
    fn lettered(&self, letters: [char; 2], rate: &Column, figures: &[Stood<'a>]) -> Option<Pair<'a>> {
        let named = |letter: char| {
            let carries = |column: &&Column| {
                column.end < rate.start && column.words.last().is_some_and(|word| ends_with(word, letter))
            };
            let column = self.table.columns.iter().rev().find(carries)?;
            figures.iter().find(|figure| (column.start..=column.end).contains(&figure.col)).copied()
        };
        Some(Pair { actual: named(letters[0])?, others: vec![named(letters[1])?], baseline: None })
    }

    /// Rates in rows of their own, below the figures of their indicator.
    fn rows(&self, drafts: &mut Vec<Draft>) {
        let view = self.page.view(self.table);
        let values: Vec<&Column> = self.table.value_columns().collect();
        let Some(first) = values.iter().map(|column| column.start).min() else { return };
        for row in self.table.rows.iter().filter(|row| !self.by_row.contains_key(*row)) {
            let front = view.row(*row).iter().filter(|slot| slot.starts_in(*row) && slot.end < first);
            let word = front.rev().find_map(|slot| Some((self.rate(slot.text())?, slot.text())));
            let Some((rate, word)) = word else { continue };
            let above = self.by_row.range(..*row).next_back().and_then(|(_, figures)| figures.first());
            let Some(own) = above.and_then(|figure| self.by_source.get(&figure.source.place)) else {
                continue;
            };
            for column in &values {
                let slot = view.slot(*row, column.start, column.end).filter(|slot| slot.starts_in(*row));
                let here = |f: &&Stood| (column.start..=column.end).contains(&f.col);
                let year = own.iter().find(here).and_then(|f| f.figure.fiscal_year);
                let (Some(slot), Some(year)) = (slot, year) else { continue };
                self.compare(rate, word, slot, pair(rate, Some(year), own), drafts);
            }
        }
    }

    /// What a header word divides; `None` where it is not wholly clear.
    fn rate(&self, word: &str) -> Option<Rate> {
        let (hint, vocabulary) = (Some(self.page.means.fiscal_year), self.page.means.vocabulary);
        let reading = self.page.means.lexicon.header(word);
        if !reading.leftover.is_empty() {
            return None;
        }
        let outside = split_brackets(&plain(word)).0;
        let known = vocabulary.rate.suffix(key(&outside).trim_end_matches(is_formula))?;
        let before = key(&outside);
        let before = before.trim_end_matches(is_formula).strip_suffix(known.0)?.to_owned();
        let rest = match crate::normalise::year::read_year(&outside, hint, vocabulary) {
            Some(year) => year.rest.trim_end_matches(is_formula).strip_suffix(known.0)?.to_owned(),
            None => before,
        };
        rest.is_empty().then_some(*known.1)
    }

    fn compare(&self, rate: Rate, word: &str, slot: &Slot, pair: Option<Pair>, drafts: &mut Vec<Draft>) {
        let vocabulary = self.page.means.vocabulary;
        let reading = read_cell(slot.cell, None, vocabulary);
        let value = reading.quantity.filter(|q| reading.state == State::Value && q.high.is_none());
        let (Some(value), Some(pair)) = (value, pair) else { return };
        let stated = Stated { value: value.value, decimals: reading.decimals, percent: reading.percent };
        let mut differs = None;
        for other in &pair.others {
            let parts = Parts {
                actual: self.part(&pair.actual),
                other: self.part(other),
                baseline: pair.baseline.as_ref().map(|baseline| self.part(baseline)),
                polarity: pair.actual.source.polarity,
            };
            match agrees(rate, stated, &parts) {
                Ok(()) => return,
                Err(plain) => _ = differs.get_or_insert((other, plain)),
            }
        }
        let Some((other, plain)) = differs else { return };
        let label = |stood: &Stood| {
            format!("{}「{}」", stood.figure.slot().label(&vocabulary.eras), stood.figure.raw.trim())
        };
        let source = pair.actual.source;
        let draft = Draft::new(Code::RateDiffers)
            .at(&self.page.place(slot.anchor))
            .related(&pair.actual.figure.place)
            .related(&other.figure.place)
            .raw(slot.text().trim())
            .reading(format!("{}%", plain.normalize()))
            .with("name", &source.name)
            .with("label", crate::width::flat(word))
            .with("actual", label(&pair.actual))
            .with("other", label(other));
        drafts.push(draft.of(&source.department, &source.division));
    }

    /// A figure with what its rounding may hide: counts are exact, decimals and thousands are not.
    fn part(&self, stood: &Stood) -> Part {
        let Stood { source, figure, value, .. } = stood;
        let scaled = source
            .unit
            .as_ref()
            .is_some_and(|unit| dimension(unit, self.page.means.vocabulary).1 > Decimal::ONE);
        let slack = if figure.decimals > 0 || scaled {
            Decimal::try_new(5, figure.decimals.min(20) + 1).unwrap_or_default()
        } else {
            Decimal::ZERO
        };
        Part { value: *value, slack }
    }
}

/// Letters and signs of a formula behind a word: 計画比率a/b.
fn is_formula(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '/' | '÷' | '×' | '*' | '=' | '%' | '(' | ')' | ':' | '.')
}

/// The two letters of a formula: 計画比率A/B.
fn letters(word: &str) -> Option<[char; 2]> {
    let key = key(word);
    let alone = |c: Option<char>| c.filter(char::is_ascii_lowercase);
    key.match_indices(['/', '÷']).find_map(|(at, sign)| {
        let (mut before, mut after) = (key.get(..at)?.chars().rev(), key.get(at + sign.len()..)?.chars());
        let letters = [alone(before.next())?, alone(after.next())?];
        (alone(before.next()).is_none() && alone(after.next()).is_none()).then_some(letters)
    })
}

/// Whether a header carries a letter behind its words: 実績B, R3実績（B）.
fn ends_with(word: &str, letter: char) -> bool {
    let key = key(word);
    let bare = key.trim_end_matches([')', '】', ']', '」']);
    bare.strip_suffix(letter)
        .is_some_and(|rest| !rest.ends_with(|c: char| c.is_ascii_alphanumeric() || c == '/'))
}

/// The one figure of a kind and year.
fn only<'a>(figures: &[Stood<'a>], kind: Kind, year: Option<FiscalYear>) -> Option<Stood<'a>> {
    let mut found = figures.iter().filter(|f| f.figure.kind == kind && f.figure.fiscal_year == year);
    let first = found.next()?;
    found.next().is_none().then_some(*first)
}

/// The one figure of a kind, whatever its year.
fn single<'a>(figures: &[Stood<'a>], kind: Kind) -> Option<Stood<'a>> {
    let mut found = figures.iter().filter(|f| f.figure.kind == kind);
    let first = found.next()?;
    found.next().is_none().then_some(*first)
}

/// The figures that a rate of a year, or of a row without one, divides; `None` where that is not clear.
fn pair<'a>(rate: Rate, year: Option<FiscalYear>, figures: &[Stood<'a>]) -> Option<Pair<'a>> {
    let baseline = single(figures, Kind::Baseline);
    match rate {
        Rate::Progress => {
            let (actual, target) = (single(figures, Kind::Actual)?, single(figures, Kind::Target)?);
            Some(Pair { actual, others: vec![target], baseline })
        }
        Rate::Previous => {
            let actual = if year.is_some() {
                only(figures, Kind::Actual, year)?
            } else {
                let actuals = || figures.iter().filter(|f| f.figure.kind == Kind::Actual);
                let last = actuals().max_by_key(|f| f.figure.fiscal_year)?;
                // A forecast of this year may be what is held against the last one.
                let foreseen = figures.iter().any(|f| f.figure.kind == Kind::Forecast);
                *Some(last).filter(|_| actuals().count() == 2 && !foreseen)?
            };
            let before = actual.figure.fiscal_year.map(|year| FiscalYear(year.0 - 1));
            Some(Pair { actual, others: vec![only(figures, Kind::Actual, before)?], baseline: None })
        }
        Rate::Achievement | Rate::Comparison => {
            let year = year.or_else(|| shared_year(figures))?;
            let actual = only(figures, Kind::Actual, Some(year));
            let actual = actual.or_else(|| only(figures, Kind::Forecast, Some(year)))?;
            let kinds = match rate {
                Rate::Comparison => [Kind::Plan, Kind::Target],
                _ => [Kind::Target, Kind::Plan],
            };
            let others: Vec<Stood> =
                kinds.into_iter().filter_map(|kind| only(figures, kind, Some(year))).collect();
            Some(Pair { actual, others, baseline })
        }
    }
}

/// The one year that has both an actual figure and something to hold it against.
fn shared_year(figures: &[Stood]) -> Option<FiscalYear> {
    let wished = |year| {
        figures
            .iter()
            .any(|f| matches!(f.figure.kind, Kind::Target | Kind::Plan) && f.figure.fiscal_year == Some(year))
    };
    let actual = figures.iter().filter(|f| matches!(f.figure.kind, Kind::Actual | Kind::Forecast));
    let mut years: Vec<FiscalYear> =
        actual.filter_map(|f| f.figure.fiscal_year).filter(|year| wished(*year)).collect();
    years.sort_unstable();
    years.dedup();
    match years.as_slice() {
        [year] => Some(*year),
        _ => None,
    }
}
