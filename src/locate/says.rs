//! What a cell's text says of an initiative's state, by itself.

use crate::model::initiative::Status;
use crate::normalise::Vocabulary;
use crate::normalise::status::{Column as Asked, is_mark, mark_key, read_status};
use crate::normalise::text::key;

/// What stretches of a schedule are drawn with, besides lines and blocks.
const BARS: &str = "→⇒➡←⇨↔⇔●■★☆◆▲▼―-=><▶►~…・";

/// From this length on a text that is no status is prose.
const PROSE: usize = 12;

/// What a text says of an initiative's state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Says {
    /// A status or a direction in words.
    Words,
    /// ◎, △, B.
    Mark,
    /// →, ━, ●: a stretch of a schedule.
    Bar,
    /// 60%.
    Share,
    /// A sentence.
    Prose,
    /// Anything else.
    Other,
}

impl Says {
    /// Reads a cell's text.
    pub fn of(text: &str, vocabulary: &Vocabulary) -> Self {
        let core = key(text);
        let mark = mark_key(text);
        let bar = |c: char| BARS.contains(c) || ('\u{2500}'..='\u{259f}').contains(&c);
        if !core.is_empty() && core.chars().all(bar) {
            return Self::Bar;
        }
        if is_mark(&mark) {
            return Self::Mark;
        }
        if core.strip_suffix('%').is_some_and(|number| number.parse::<f64>().is_ok()) {
            return Self::Share;
        }
        let reading = read_status(text, Asked::Status, None, vocabulary);
        let known = reading.status.is_some_and(|status| status != Status::Unknown);
        if known || reading.direction.is_some() {
            Self::Words
        } else if core.chars().count() >= PROSE || core.contains(['。', '、']) {
            Self::Prose
        } else {
            Self::Other
        }
    }
}
