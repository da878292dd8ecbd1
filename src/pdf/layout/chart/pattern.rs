//! A pattern for each verdict: it is told from the others in black and white.

use crate::model::judgement::Verdict;
use crate::pdf::display::Frame;
use crate::pdf::theme::Color;

use super::sketch::{Sketch, WHITE, solid};

/// Distance of hatch lines.
const HATCH: f32 = 3.4;

/// Distance of dots, and their radius.
const DOTS: f32 = 3.6;
const DOT: f32 = 0.75;

const THIN: f32 = 0.5;

/// Fills a box with a verdict's pattern and draws its outline.
pub(super) fn fill(sketch: &mut Sketch, verdict: Verdict, frame: Frame, ink: Color) {
    let Frame { left, top, right, bottom } = frame;
    let corners = vec![(left, top), (right, top), (right, bottom), (left, bottom)];
    let ground = if verdict == Verdict::Achieved { ink } else { WHITE };
    sketch.polygon(corners.clone(), Some(ground), None);
    match verdict {
        Verdict::Achieved | Verdict::Undecided => {}
        Verdict::OnTrack => rising(sketch, frame, ink),
        Verdict::SlightlyBehind => dots(sketch, frame, ink),
        Verdict::Behind => {
            rising(sketch, frame, ink);
            falling(sketch, frame, ink);
        }
    }
    sketch.polygon(corners, None, Some(solid(THIN, ink)));
}

/// The multiples of a distance between two values.
#[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "a few hundred points")]
fn steps(from: f32, to: f32, distance: f32) -> impl Iterator<Item = f32> {
    let (first, last) = ((from / distance).ceil() as i32, (to / distance).floor() as i32);
    (first..=last).map(move |at| at as f32 * distance)
}

/// Lines like ／: the sum of their coordinates stays the same.
fn rising(sketch: &mut Sketch, frame: Frame, ink: Color) {
    for sum in steps(frame.left + frame.top, frame.right + frame.bottom, HATCH) {
        let from = frame.left.max(sum - frame.bottom);
        let to = frame.right.min(sum - frame.top);
        sketch.line((from, sum - from), (to, sum - to), solid(THIN, ink));
    }
}

/// Lines like ＼.
fn falling(sketch: &mut Sketch, frame: Frame, ink: Color) {
    for difference in steps(frame.left - frame.bottom, frame.right - frame.top, HATCH) {
        let from = frame.left.max(difference + frame.top);
        let to = frame.right.min(difference + frame.bottom);
        sketch.line((from, from - difference), (to, to - difference), solid(THIN, ink));
    }
}

/// Dots in rows, every other row between those above.
fn dots(sketch: &mut Sketch, frame: Frame, ink: Color) {
    let inset = DOT + THIN;
    let rows = steps(frame.top + inset, frame.bottom - inset, DOTS / 2.0);
    for (row, y) in rows.enumerate() {
        let shift = if row % 2 == 0 { 0.0 } else { DOTS / 2.0 };
        for x in steps(frame.left + inset - shift, frame.right - inset - shift, DOTS) {
            sketch.disc((x + shift, y), DOT, Some(ink), None);
        }
    }
}
