//! 先月からの変化: what differs from the newest earlier month.

use super::{Keys, Month, Tied, Today, indicators, initiatives, tie};
use crate::model::dataset::Dataset;
use crate::model::memory::{Change, PastChange, Trend};

/// What changed since a month, the worst first, and the figures of past years that did. A month that says the same
/// gives nothing.
pub fn changes(dataset: &Dataset, last: &Month, today: &Today) -> (Vec<Change>, Vec<PastChange>) {
    let now = Keys::of(&dataset.indicators, &dataset.initiatives, dataset.period, today);
    let then = Keys::of(&last.indicators, &last.initiatives, last.period, today);
    let tied = tie((&dataset.indicators, &now.indicators), (&last.indicators, &then.indicators));
    let compared = indicators::Compared::new(dataset, today);
    let (mut changes, mut past) = (Vec::new(), Vec::new());
    let Tied { same, new, gone } = tied;
    for (now, then) in same {
        let (steps, corrected) = compared.steps(now, then);
        past.extend(corrected);
        changes.extend(compared.change(now, steps));
    }
    changes.extend(new.into_iter().filter_map(|one| indicators::whole(one, None, Trend::New)));
    changes.extend(gone.iter().filter_map(|(one, key)| indicators::whole(one, Some(key), Trend::Gone)));

    let Tied { same, new, gone } =
        tie((&dataset.initiatives, &now.initiatives), (&last.initiatives, &then.initiatives));
    let year = dataset.period.fiscal_year();
    let current = same.into_iter().filter(|(now, _)| initiatives::is_of(now, year));
    changes.extend(current.filter_map(|(now, then)| initiatives::change(now, then)));
    let new = new.into_iter().filter(|one| initiatives::is_of(one, year));
    changes.extend(new.filter_map(|one| initiatives::whole(one, None, Trend::New)));
    let year = last.period.fiscal_year();
    let gone = gone.iter().filter(|(one, _)| initiatives::is_of(one, year));
    changes.extend(gone.filter_map(|(one, key)| initiatives::whole(one, Some(key), Trend::Gone)));
    sort(dataset, &mut changes, &mut past);
    (changes, past)
}

/// The order does not depend on the order of the records.
fn sort(dataset: &Dataset, changes: &mut [Change], past: &mut [PastChange]) {
    let rank = |department: &str, division: &str| {
        let index = dataset.departments.iter().position(|known| known.name == department);
        let below = index.and_then(|index| dataset.departments.get(index)).and_then(|department| {
            department.divisions.iter().position(|known| known.name == division).map(|place| place + 1)
        });
        let place = if division.is_empty() { 0 } else { below.unwrap_or(usize::MAX) };
        (index.unwrap_or(usize::MAX), place)
    };
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
