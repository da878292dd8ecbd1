//! What differs in an item (取組項目).

use super::identity::Key;
use crate::model::fiscal::FiscalYear;
use crate::model::initiative::{Initiative, InitiativeSource, Status};
use crate::model::memory::{Change, Due, Step, Subject, Trend};
use crate::normalise::text::key;

/// The source of status, progress and due.
fn main(initiative: &Initiative) -> Option<&InitiativeSource> {
    initiative.sources.get(initiative.primary).or(initiative.sources.first())
}

/// Whether an item belongs to a fiscal year, or to none.
pub fn is_of(initiative: &Initiative, year: FiscalYear) -> bool {
    initiative.sources.iter().any(|source| source.fiscal_year.is_none_or(|own| own == year))
}

/// Nothing said is nothing said, with a column for it or without.
fn said(status: Option<Status>) -> Option<Status> {
    status.filter(|status| *status != Status::NotReported)
}

/// What differs between now and then; `None` where nothing does.
pub fn change(now: &Initiative, then: &Initiative) -> Option<Change> {
    let steps = steps(main(now)?, main(then)?);
    if steps.is_empty() {
        return None;
    }
    let mut change = whole(now, None, Trend::Changed)?;
    change.trend = trend(&steps);
    change.steps = steps;
    Some(change)
}

fn steps(now: &InitiativeSource, then: &InitiativeSource) -> Vec<Step> {
    let mut steps = Vec::new();
    let (from, to) = (said(then.status), said(now.status));
    if from != to {
        steps.push(Step::Status { from, to });
    }
    if then.progress != now.progress {
        steps.push(Step::Progress { from: then.progress, to: now.progress });
    }
    if !same_due(now, then) {
        let due = |source: &InitiativeSource| Due {
            iso: source.due.clone(),
            raw: source.due_raw.trim().to_owned(),
        };
        steps.push(Step::Due { from: due(then), to: due(now) });
    }
    if then.direction != now.direction {
        steps.push(Step::Direction { from: then.direction, to: now.direction });
    }
    steps
}

fn same_due(a: &InitiativeSource, b: &InitiativeSource) -> bool {
    if a.due.is_empty() && b.due.is_empty() { key(&a.due_raw) == key(&b.due_raw) } else { a.due == b.due }
}

/// By the order of statuses, where both have a place in it.
fn trend(steps: &[Step]) -> Trend {
    let ranks = steps.iter().find_map(|step| match step {
        Step::Status { from: Some(from), to: Some(to) } => Some((from.rank()?, to.rank()?)),
        _ => None,
    });
    match ranks {
        Some((from, to)) if to > from => Trend::Better,
        Some((from, to)) if to < from => Trend::Worse,
        _ => Trend::Changed,
    }
}

/// Whether two months' items say the same of status, progress, due, direction and in their comments.
pub fn same(now: &Initiative, then: &Initiative) -> bool {
    let (Some(now), Some(then)) = (main(now), main(then)) else { return false };
    steps(now, then).is_empty() && key(&now.comment) == key(&then.comment)
}

/// Whether the item is under way: its sheet has a status, and not one that ends it.
pub fn is_open(initiative: &Initiative) -> bool {
    use Status::{Cancelled, Completed, NotAchieved};
    let status = main(initiative).and_then(|source| source.status);
    status.is_some_and(|status| !matches!(status, Cancelled | Completed | NotAchieved))
}

/// An item as a whole, without steps; `key` says whose it is today where it is gone.
pub fn whole(initiative: &Initiative, key: Option<&Key>, trend: Trend) -> Option<Change> {
    let words = initiative.sources.get(initiative.wording).or(initiative.sources.first())?;
    let owner = main(initiative)?;
    let division = if words.division.is_empty() { &owner.division } else { &words.division };
    let (department, division) =
        key.map_or((&words.department, division), |key| (&key.department, &key.division));
    Some(Change {
        subject: Subject::Initiative,
        id: initiative.id.clone(),
        department: department.clone(),
        division: division.clone(),
        name: words.item.clone(),
        program: words.program.clone(),
        trend,
        steps: Vec::new(),
        place: owner.place.clone(),
    })
}
