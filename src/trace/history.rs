//! What a figure or a status was in earlier months and editions.

use super::Edition;
use crate::model::indicator::{Figure, Indicator, IndicatorSource};
use crate::model::initiative::{Initiative, InitiativeSource};
use crate::model::place::Place;
use crate::model::quantity::{Bound, State};

/// Says it in one line, oldest first, equal neighbours together: `2021-03～2021-04 17.9、2021-04_訂正1 18.4`;
/// empty without earlier months. `now` is what it is, `earlier` what it was, newest first, `None` where it was not.
pub fn line(now: &str, earlier: &[(&str, Option<String>)]) -> String {
    let mut oldest_first: Vec<(&str, &str)> =
        earlier.iter().map(|(name, value)| (*name, value.as_deref().unwrap_or("記載なし"))).collect();
    oldest_first.reverse();
    let runs = oldest_first.chunk_by(|a, b| a.1 == b.1);
    let words = runs.filter_map(|run| {
        let ((first, value), (last, _)) = (run.first()?, run.last()?);
        let value = if *value == now { "同じ" } else { value };
        let time = if first == last { (*first).to_owned() } else { format!("{first}～{last}") };
        Some(format!("{time} {value}"))
    });
    words.collect::<Vec<_>>().join("、")
}

/// A figure's value in words: `18.4`, `75以上`, 未確定.
pub fn value(figure: &Figure) -> String {
    let Some(quantity) = figure.quantity.as_ref().filter(|_| figure.state == State::Value) else {
        return figure.state.label().to_owned();
    };
    let bound = match quantity.bound {
        Some(Bound::About) => "程度",
        Some(bound) => bound.words().1,
        None => "",
    };
    let high = quantity.high.map_or_else(String::new, |high| format!("～{}", high.normalize()));
    format!("{}{high}{bound}", quantity.value.normalize())
}

/// A figure in earlier editions: the one of the same indicator, time and kind, from the same source where it is there.
pub fn figure<'e>(
    editions: &'e [Edition],
    id: &str,
    source: &IndicatorSource,
    figure: &Figure,
) -> Vec<(&'e str, Option<String>)> {
    let was = |edition: &'e Edition| {
        let sources = &edition.indicator(id)?.sources;
        let before = same(sources, source, |s| (&s.place, &s.department, &s.division))?;
        // Twice the same time and kind in one source: told apart by the cell.
        let mut slots = before.figures.iter().filter(|other| other.slot() == figure.slot());
        let there = slots.clone().find(|other| other.place.cell == figure.place.cell);
        let found = there.or_else(|| slots.next())?;
        Some(value(found))
    };
    editions.iter().map(|edition| (edition.name.as_str(), was(edition))).collect()
}

/// A status in earlier editions, in words.
pub fn status<'e>(
    editions: &'e [Edition],
    id: &str,
    source: &InitiativeSource,
    words: impl Fn(&InitiativeSource) -> String,
) -> Vec<(&'e str, Option<String>)> {
    let was = |edition: &'e Edition| {
        let sources = &edition.initiative(id)?.sources;
        same(sources, source, |s| (&s.place, &s.department, &s.division)).map(&words)
    };
    editions.iter().map(|edition| (edition.name.as_str(), was(edition))).collect()
}

/// The same source in another month: of the same workbook and sheet, else of the same division.
fn same<'s, T>(sources: &'s [T], now: &T, of: impl Fn(&T) -> (&Place, &String, &String)) -> Option<&'s T> {
    let (place, department, division) = of(now);
    let by_place = sources.iter().find(|source| {
        let (other, ..) = of(source);
        other.workbook == place.workbook && other.sheet == place.sheet
    });
    by_place.or_else(|| sources.iter().find(|source| (of(source).1, of(source).2) == (department, division)))
}

/// The newest edition that holds an indicator, for each, in the order of the editions.
pub fn indicators(editions: &[Edition]) -> Vec<(usize, &Indicator)> {
    newest(editions, |edition| &edition.indicators, |indicator| &indicator.id)
}

/// The same for initiatives.
pub fn initiatives(editions: &[Edition]) -> Vec<(usize, &Initiative)> {
    newest(editions, |edition| &edition.initiatives, |initiative| &initiative.id)
}

fn newest<'e, T>(
    editions: &'e [Edition],
    of: impl Fn(&'e Edition) -> &'e Vec<T>,
    id: impl Fn(&T) -> &String,
) -> Vec<(usize, &'e T)> {
    let mut found: Vec<(usize, &T)> = Vec::new();
    for (index, edition) in editions.iter().enumerate() {
        for one in of(edition) {
            if !found.iter().any(|(_, known)| id(known) == id(one)) {
                found.push((index, one));
            }
        }
    }
    found
}
