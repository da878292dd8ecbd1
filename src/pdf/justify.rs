//! Justified lines: the white that is left over goes into a line's gaps, in the order of JIS X 4051.

use std::ops::Range;

use super::class::Give;
use super::shaped::{Shaped, Spread};

/// Rounding errors must not leave a line ragged.
const SLACK: f32 = 0.01;

/// How much a gap may grow, in ems.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Limits {
    /// Word spaces, quarter spaces, the white of brackets and stops.
    pub white: f32,
    /// Between Japanese characters.
    pub body: f32,
}

/// What the gaps of a line must gain so that it becomes `more` points wider: first where white is already, then between Japanese
/// characters, evenly in each case and never within words and numbers. `None` where that is more than the limits allow.
pub(super) fn spread(shaped: &Shaped, line: Range<usize>, more: f32, limits: Limits) -> Option<Spread> {
    let (mut white, mut body) = (0.0_f32, 0.0_f32);
    for at in line.start..line.end.saturating_sub(1) {
        match shaped.give(at) {
            (Give::White, size) => white += size,
            (Give::Body, size) => body += size,
            (Give::Nothing, _) => {}
        }
    }
    let first = more.max(0.0).min(white * limits.white);
    let rest = (more - first).max(0.0);
    let part = |points: f32, ems: f32| if ems > 0.0 { points / ems } else { 0.0 };
    // What rounding leaves over is no reason to stay ragged.
    let fits = rest <= body * limits.body + SLACK;
    fits.then(|| Spread { white: part(first, white), body: part(rest, body) })
}
