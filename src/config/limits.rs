//! `[limits]`: how large one workbook may be, and how much time and memory reading it may take.

use super::raw::{Section, Walk};
use crate::model::limits::{Limit, Limits};

/// The limits in force: the defaults, and what the section says otherwise.
pub(super) fn read(walk: &mut Walk<'_>, root: &Section<'_>) -> Limits {
    let mut limits = Limits::default();
    let Some(section) = root.table.get("limits").and_then(|value| walk.section("[limits]", value)) else {
        return limits;
    };
    walk.known(&section, &Limit::ALL.map(Limit::key));
    for limit in Limit::ALL {
        if let Some(value) = walk.whole(&section, limit.key(), limit.bounds()) {
            limits.set(limit, u64::from(value) * limit.scale());
        }
    }
    limits
}
