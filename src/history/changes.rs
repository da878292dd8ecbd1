//! 先月からの変化: what differs from the newest earlier month.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::{Keys, Month, Tied, Today, indicators, initiatives, tie};
use crate::model::dataset::Dataset;
use crate::model::judgement::Verdict;
use crate::model::memory::{Change, PastChange, Step, Trend};
use crate::model::organisation::rank;

/// What changed since a month, the worst first, and the figures of past years that did. A month that says the same
/// gives nothing.
pub fn changes(dataset: &Dataset, last: &Month, today: &Today) -> (Vec<Change>, Vec<PastChange>) {
    let now = Keys::of(&dataset.indicators, &dataset.initiatives, dataset.period, today);
    let then = Keys::of(&last.indicators, &last.initiatives, last.period, today);
    let tied = tie((&dataset.indicators, &now.indicators), (&last.indicators, &then.indicators));
    let compared = indicators::Compared::new(dataset, today);
    let verdicts = Verdicts::new(dataset, last);
    let (mut changes, mut past) = (Vec::new(), Vec::new());
    let Tied { same, new, gone } = tied;
    for (now, then) in same {
        let (steps, corrected) = compared.steps(now, then);
        past.extend(corrected);
        let whole = indicators::whole(now, None, Trend::Changed);
        let trend = compared.trend(now, &steps);
        changes.extend(whole.and_then(|whole| verdicts.change(whole, &then.id, steps, trend)));
    }
    changes.extend(new.into_iter().filter_map(|one| indicators::whole(one, None, Trend::New)));
    changes.extend(gone.iter().filter_map(|(one, key)| indicators::whole(one, Some(key), Trend::Gone)));

    let Tied { same, new, gone } =
        tie((&dataset.initiatives, &now.initiatives), (&last.initiatives, &then.initiatives));
    let year = dataset.period.fiscal_year();
    let current = same.into_iter().filter(|(now, _)| initiatives::is_of(now, year));
    for (now, then) in current {
        let steps = initiatives::steps(now, then);
        let (whole, trend) = (initiatives::whole(now, None, Trend::Changed), initiatives::trend(&steps));
        changes.extend(whole.and_then(|whole| verdicts.change(whole, &then.id, steps, trend)));
    }
    let new = new.into_iter().filter(|one| initiatives::is_of(one, year));
    changes.extend(new.filter_map(|one| initiatives::whole(one, None, Trend::New)));
    let year = last.period.fiscal_year();
    let gone = gone.iter().filter(|(one, _)| initiatives::is_of(one, year));
    changes.extend(gone.filter_map(|(one, key)| initiatives::whole(one, Some(key), Trend::Gone)));
    sort(dataset, &mut changes, &mut past);
    (changes, past)
}

/// How records of two months were judged, by their ids in their own month.
struct Verdicts<'m> {
    now: BTreeMap<&'m str, Verdict>,
    then: BTreeMap<&'m str, Verdict>,
}

impl<'m> Verdicts<'m> {
    fn new(dataset: &'m Dataset, last: &'m Month) -> Self {
        Self {
            now: dataset.judgements.iter().map(|one| (one.id.as_str(), one.result)).collect(),
            then: last.judgements.iter().map(|one| (one.id.as_str(), one.result)).collect(),
        }
    }

    /// A record's change; `None` where neither what it says nor its judgement differs. Where both months could judge
    /// it, the judgements alone say whether it is better or worse.
    fn change(&self, whole: Change, then: &str, mut steps: Vec<Step>, trend: Trend) -> Option<Change> {
        let both = self.now.get(whole.id.as_str()).zip(self.then.get(then)).map(|(to, from)| (*from, *to));
        let differ = both.filter(|(from, to)| from != to);
        if let Some((from, to)) = differ {
            steps.insert(0, Step::Judgement { from, to });
        }
        let decided = both.filter(|(from, to)| *from != Verdict::Undecided && *to != Verdict::Undecided);
        // Verdicts are ordered from the best.
        let trend = decided.map_or(trend, |(from, to)| match to.cmp(&from) {
            Ordering::Less => Trend::Better,
            Ordering::Equal => Trend::Changed,
            Ordering::Greater => Trend::Worse,
        });
        (!steps.is_empty()).then_some(Change { trend, steps, ..whole })
    }
}

/// The order does not depend on the order of the records.
fn sort(dataset: &Dataset, changes: &mut [Change], past: &mut [PastChange]) {
    let rank = |department: &str, division: &str| rank(&dataset.departments, department, division);
    changes.sort_by_cached_key(|change| {
        let Change { subject, department, division, program, name, id, .. } = change;
        let owner = rank(department, division);
        (change.trend, owner, *subject, program.clone(), name.clone(), id.clone())
    });
    past.sort_by_cached_key(|change| {
        let PastChange { department, division, name, id, slot, from, .. } = change;
        (rank(department, division), name.clone(), id.clone(), *slot, from.place.clone())
    });
}
