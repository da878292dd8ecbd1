//! Stage 6b: the month held against the months before it.
//!
//! Each month's `data/snapshot.json` is the memory. [`load`] reads the earlier ones, and never fails: what cannot be used
//! is named. [`still`] and [`compare`] are pure: they say what has stood still, what changed, and which figures of past
//! years read otherwise now. Records of other months are matched by keys that are worked out anew by today's rules: aliases and the
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
use crate::consolidate::IndicatorRules;
use crate::finding::Draft;
use crate::model::dataset::Dataset;
use crate::model::fiscal::Period;
use crate::model::indicator::Indicator;
use crate::model::initiative::Initiative;
use crate::model::judgement::Verdict;
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
    /// How they stood, under those ids.
    #[serde(default)]
    pub judgements: Vec<Judged>,
}

/// Of a judgement only the word.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Judged {
    /// The id of what was judged.
    pub id: String,
    /// How it stood.
    pub result: Verdict,
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
#[derive(Debug, Clone)]
pub struct Today<'a> {
    /// Aliases.
    rules: IndicatorRules<'a>,
    /// From how many months on what stands as it stood is old.
    stale_months: u32,
    /// The organisation of the month.
    organisation: &'a Organisation,
    /// Units.
    vocabulary: &'a Vocabulary,
}

impl<'a> Today<'a> {
    /// By what a city recognises records in a month.
    pub fn new(config: &'a Config, organisation: &'a Organisation, vocabulary: &'a Vocabulary) -> Self {
        let (rules, stale_months) = (IndicatorRules::new(config, organisation), config.stale_months);
        Self { rules, stale_months, organisation, vocabulary }
    }
}

/// For how long a month's records have stood as they stand, and their lines over the months. The rest of the memory is
/// for [`compare`], which needs judgements.
pub fn still(dataset: &Dataset, past: &Past, today: &Today) -> Memory {
    let mut memory = Memory { stale_months: today.stale_months, ..Memory::default() };
    if let Some(last) = past.months.last() {
        memory.against = Some(last.period);
        memory.unchanged = freshness::unchanged(dataset, &past.months, today);
        memory.series = series::series(dataset, &past.months, today);
    }
    memory
}

/// What changed since the newest earlier month.
pub fn compare(dataset: &mut Dataset, past: &Past, today: &Today) {
    if let Some(last) = past.months.last() {
        (dataset.memory.changes, dataset.memory.past_changes) = changes::changes(dataset, last, today);
    }
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
