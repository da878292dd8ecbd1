//! What one workbook has used of its limits.

use std::cell::Cell;

use super::error::ReadError;
use crate::model::limits::{Limit, Limits};

/// Counts what is found in one workbook, in all its parts.
pub struct Meter {
    limits: Limits,
    used: [Cell<u64>; Limit::ALL.len()],
}

impl Meter {
    /// Nothing used yet.
    pub fn new(limits: &Limits) -> Self {
        Self { limits: *limits, used: Default::default() }
    }

    /// More of what is counted over the whole workbook; an error where that is too much.
    pub fn add(&self, limit: Limit, more: u64) -> Result<(), ReadError> {
        let Some(used) = self.used.get(limit as usize) else { return Ok(()) };
        let sum = used.get().saturating_add(more);
        used.set(sum);
        self.check(limit, sum)
    }

    /// How much of what is counted over the whole workbook there was so far.
    pub fn used(&self, limit: Limit) -> u64 {
        self.used.get(limit as usize).map_or(0, Cell::get)
    }

    /// So much of one thing; an error where that is too much.
    pub fn check(&self, limit: Limit, found: u64) -> Result<(), ReadError> {
        Ok(self.limits.check(limit, found)?)
    }

    /// A text so many characters long, `times` times.
    pub fn text(&self, chars: usize, times: u64) -> Result<(), ReadError> {
        let chars = chars as u64;
        self.check(Limit::Text, chars)?;
        self.add(Limit::Texts, chars.saturating_mul(times))
    }

    /// So many of a list's entries.
    pub fn listed(&self, limit: Limit, count: usize) -> Result<(), ReadError> {
        self.check(limit, count as u64)
    }
}
