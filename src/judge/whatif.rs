//! What a changed `judgement.toml` would change.

use super::{Law, judge};
use crate::model::dataset::Dataset;
use crate::model::judgement::Judgement;

/// A judgement that would be another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// As it is.
    pub before: Judgement,
    /// As it would be.
    pub after: Judgement,
}

/// The judgements of a month whose result, grade or points other rules would change, in the month's order.
pub fn changes(dataset: &Dataset, law: &Law<'_>) -> Vec<Change> {
    let after = judge(dataset, law).judgements;
    let differs = |(before, after): &(&Judgement, Judgement)| {
        (before.result, &before.grade, before.points) != (after.result, &after.grade, after.points)
    };
    let pairs = after.into_iter().filter_map(|after| Some((dataset.judgement_of(&after.id)?, after)));
    pairs.filter(differs).map(|(before, after)| Change { before: before.clone(), after }).collect()
}
