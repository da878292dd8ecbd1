//! Stage 6b: the month held against the months before it.
//!
//! Each month's `data/snapshot.json` is the memory. [`load`] reads the earlier ones, and never fails: what cannot be used
//! is named. [`remember`] is pure: it says what changed, which figures of past years read otherwise now, and what has
//! stood still. Records of other months are matched by keys that are worked out anew by today's rules: aliases and the
//! organisation of hoshin.toml.

mod changes;
mod figures;
mod freshness;
mod identity;
mod indicators;
mod initiatives;
mod load;
mod pairing;
mod series;

#[cfg(test)]
mod tests;

use serde::Deserialize;

pub use identity::Key;
pub use load::load;
pub use pairing::{Pairs, pair};

use crate::config::Config;
use crate::finding::Draft;
use crate::model::dataset::Dataset;
use crate::model::fiscal::Period;
use crate::model::indicator::Indicator;
use crate::model::initiative::Initiative;
use crate::model::memory::Memory;
use crate::model::organisation::Organisation;
use crate::normalise::Vocabulary;

/// An earlier month: of its dataset only what later months need.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Month {
    /// The reporting month.
    pub period: Period,
    /// 0 for the first edition, 1 for 訂正1.
    #[serde(skip)]
    pub edition: u32,
    /// Its indicators, under that month's ids.
    pub indicators: Vec<Indicator>,
    /// Its items, under that month's ids.
    pub initiatives: Vec<Initiative>,
}

/// The earlier months.
#[derive(Debug, Clone, Default)]
pub struct Past {
    /// Oldest first, of each month its newest edition.
    pub months: Vec<Month>,
    /// Months that are missing between them or cannot be used.
    pub drafts: Vec<Draft>,
}

/// By what records of other months are recognised.
#[derive(Debug, Clone, Copy)]
pub struct Today<'a> {
    /// Aliases.
    pub config: &'a Config,
    /// The organisation of the month.
    pub organisation: &'a Organisation,
    /// Units.
    pub vocabulary: &'a Vocabulary,
}

/// What the earlier months say to a month.
pub fn remember(dataset: &Dataset, past: &Past, today: &Today) -> Memory {
    let mut memory = Memory { stale_months: today.config.stale_months, ..Memory::default() };
    let Some(last) = past.months.last() else { return memory };
    memory.against = Some(last.period);
    (memory.changes, memory.past_changes) = changes::changes(dataset, last, today);
    memory.unchanged = freshness::unchanged(dataset, &past.months, today);
    memory.series = series::series(dataset, &past.months, today);
    memory
}

/// The keys of a month's records, with their index; records without any source have none.
struct Keys {
    indicators: Vec<(usize, Key)>,
    initiatives: Vec<(usize, Key)>,
}

impl Keys {
    fn of(indicators: &[Indicator], initiatives: &[Initiative], period: Period, today: &Today) -> Self {
        let indicators = indicators.iter().enumerate();
        let initiatives = initiatives.iter().enumerate();
        Self {
            indicators: indicators.filter_map(|(at, i)| Some((at, today.indicator(i, period)?))).collect(),
            initiatives: initiatives.filter_map(|(at, i)| Some((at, today.initiative(i, period)?))).collect(),
        }
    }
}

/// The records of one kind in two months, tied.
struct Tied<'m, T> {
    /// Now and then.
    same: Vec<(&'m T, &'m T)>,
    /// Only now.
    new: Vec<&'m T>,
    /// Only then, with their key by today's rules.
    gone: Vec<(&'m T, Key)>,
}

/// Ties the records of two months.
fn tie<'m, T>(now: (&'m [T], &[(usize, Key)]), then: (&'m [T], &[(usize, Key)])) -> Tied<'m, T> {
    let keys = |keyed: &[(usize, Key)]| keyed.iter().map(|(_, key)| key.clone()).collect::<Vec<_>>();
    let pairs = pair(&keys(now.1), &keys(then.1));
    let record = |(all, keyed): (&'m [T], &[(usize, Key)]), at: usize| all.get(keyed.get(at)?.0);
    let gone = |at: usize| Some((record(then, at)?, then.1.get(at)?.1.clone()));
    Tied {
        same: pairs.same.iter().filter_map(|(a, b)| Some((record(now, *a)?, record(then, *b)?))).collect(),
        new: pairs.new.iter().filter_map(|at| record(now, *at)).collect(),
        gone: pairs.gone.iter().filter_map(|at| gone(*at)).collect(),
    }
}
