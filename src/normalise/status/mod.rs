//! Statuses (進捗状況), directions (今後の方向性) and progress (進捗率).

mod legend;
mod progress;
#[cfg(test)]
mod tests;
mod words;

pub use legend::{Legend, LegendEntry, is_mark, mark_key, read_legend};
pub use progress::{ProgressReading, read_progress};

use words::{in_words, with_bracket};

use super::segment::segment;
use super::text::{is_blank, key, plain, split_brackets, unwrap};
use super::vocabulary::{StatusPart, Vocabulary};
use crate::model::initiative::{Direction, Status};
use crate::model::quantity::Confidence;

/// What the column is about: 廃止 is a status in one and a direction in the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// 進捗状況, 評価.
    Status,
    /// 今後の方向性.
    Direction,
}

/// A status cell as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusReading {
    /// The status; [`Status::Unknown`] for a word or mark that nothing explains, `None` where the text speaks of a
    /// direction only.
    pub status: Option<Status>,
    /// The direction, where the text says one.
    pub direction: Option<Direction>,
    /// How sure the reading is.
    pub confidence: Confidence,
    /// In Japanese: what was assumed, or why it is unread.
    pub assumption: Option<String>,
}

impl StatusReading {
    fn read(status: Option<Status>, direction: Option<Direction>) -> Self {
        Self { status, direction, confidence: Confidence::Read, assumption: None }
    }

    fn assumed(mut self, what: impl Into<String>) -> Self {
        self.confidence = Confidence::Assumed;
        self.assumption = Some(what.into());
        self
    }

    fn unknown(column: Column, why: impl Into<String>) -> Self {
        let status = (column == Column::Status).then_some(Status::Unknown);
        Self { status, direction: None, confidence: Confidence::Unread, assumption: Some(why.into()) }
    }
}

/// Reads a cell of a status or direction column; the caller has taken care of blanks.
pub fn read_status(
    text: &str,
    column: Column,
    legend: Option<&Legend>,
    vocabulary: &Vocabulary,
) -> StatusReading {
    let plain = plain(text);
    let trimmed = plain.trim_matches(is_blank);
    let mark = mark_key(unwrap(trimmed));
    if is_mark(&mark) {
        return of_mark(&mark, column, legend, vocabulary);
    }
    let graded = ["評価", "判定", "ランク"].iter().find_map(|word| mark.strip_suffix(word));
    if let Some(graded) = graded.filter(|mark| is_mark(mark)) {
        return of_mark(graded, column, legend, vocabulary);
    }
    let (label, words) = without_label(trimmed);
    if label.as_ref().is_some_and(|label| is_mark(label)) && is_mark(&mark_key(words)) {
        return StatusReading::unknown(column, format!("「{trimmed}」には記号が２つあります"));
    }
    let reading = match column {
        Column::Status => of_words(words, vocabulary),
        Column::Direction => of_direction(words, vocabulary),
    };
    let meant = label.filter(|label| is_mark(label)).and_then(|label| legend?.get(&label));
    match (meant, column) {
        (Some(entry), Column::Status) if reading.confidence == Confidence::Unread => {
            StatusReading::read(entry.status, None)
                .assumed(format!("記号の凡例「{}」で判断しました", entry.words))
        }
        (Some(entry), Column::Status) if entry.status.is_some() && entry.status != reading.status => {
            reading.assumed(format!("凡例「{}」と言葉が食い違うため、言葉のほうを読みました", entry.words))
        }
        _ => reading,
    }
}

fn of_mark(mark: &str, column: Column, legend: Option<&Legend>, vocabulary: &Vocabulary) -> StatusReading {
    if let Some(entry) = legend.and_then(|legend| legend.get(mark)) {
        let (status, direction) = (entry.status, entry.direction);
        return match column {
            Column::Status if status.is_some() => StatusReading::read(status, None),
            Column::Direction | Column::Status if direction.is_some() => StatusReading::read(None, direction),
            _ => StatusReading::unknown(column, format!("凡例の「{}」の意味が分かりません", entry.words)),
        };
    }
    if legend.is_some_and(|legend| legend.entries.iter().all(|entry| entry.status.is_some()))
        && column == Column::Status
    {
        return StatusReading::unknown(column, format!("「{mark}」は凡例にありません"));
    }
    let known = match column {
        Column::Status => {
            vocabulary.mark.get(&key(mark)).map(|status| StatusReading::read(Some(*status), None))
        }
        Column::Direction => {
            vocabulary.direction.get(&key(mark)).map(|way| StatusReading::read(None, Some(*way)))
        }
    };
    match known {
        Some(reading) => reading.assumed(format!("凡例がないため、「{mark}」を一般的な意味で読みました")),
        None => StatusReading::unknown(column, format!("「{mark}」の凡例がありません")),
    }
}

/// Takes a number or mark off the front: `１　現状維持`, `2:やや遅れ`, `○順調`, `B　やや遅れ`.
fn without_label(text: &str) -> (Option<String>, &str) {
    let after_digits = text.trim_start_matches(|c: char| c.is_ascii_digit());
    if after_digits.len() < text.len() && !after_digits.starts_with(['%', '月', '年', '割', '/']) {
        let rest = after_digits.trim_start_matches(is_label_end);
        return if rest.is_empty() { (None, text) } else { (None, rest) };
    }
    let (outside, _) = split_brackets(text);
    let outer = mark_key(&outside);
    if is_mark(&outer) && text.starts_with(outside.trim()) {
        // A（順調）
        return (Some(outer), unwrap(text.get(outside.trim().len()..).unwrap_or_default()));
    }
    let (first, rest) = text.split_at(text.chars().next().map_or(0, char::len_utf8));
    let label = mark_key(first);
    let ended = rest.starts_with(is_label_end) || label.chars().all(legend::is_symbol);
    let rest = rest.trim_start_matches(is_label_end);
    if is_mark(&label) && ended && !rest.is_empty() { (Some(label), rest) } else { (None, text) }
}

fn is_label_end(c: char) -> bool {
    is_blank(c) || matches!(c, '.' | ':' | ')' | '、' | ',' | '-' | '=' | '・')
}

/// Words of a status column.
fn of_words(text: &str, vocabulary: &Vocabulary) -> StatusReading {
    let (outside, brackets) = split_brackets(text);
    let bare = key(&outside);
    let core = if bare.is_empty() { unwrap(text) } else { outside.trim() };
    let joined = brackets
        .iter()
        .filter(|_| !bare.is_empty())
        .find_map(|b| with_bracket(&bare, &key(&b.inner), vocabulary));
    let Some((status, assumption)) = joined.clone().or_else(|| in_words(core, vocabulary)) else {
        if let Some(direction) = direction_in_words(core, vocabulary) {
            let what = "進捗ではなく方向性を表す言葉なので、方向性として読みました";
            return StatusReading::read(None, Some(direction)).assumed(what);
        }
        let why = format!("「{}」は登録されていない進捗の言葉です", text.trim());
        return StatusReading::unknown(Column::Status, why);
    };
    let reading = StatusReading::read(Some(status), None);
    let differs = brackets
        .iter()
        .filter(|_| !bare.is_empty() && joined.is_none())
        .find(|bracket| in_words(&bracket.inner, vocabulary).is_some_and(|(inner, _)| inner != status));
    match (assumption, differs) {
        (Some(what), _) => reading.assumed(what),
        (None, Some(bracket)) => {
            reading.assumed(format!("括弧の中の「{}」は、進捗として読みませんでした", bracket.inner))
        }
        (None, None) => reading,
    }
}

fn of_direction(text: &str, vocabulary: &Vocabulary) -> StatusReading {
    match direction_in_words(text, vocabulary) {
        Some(direction) => StatusReading::read(None, Some(direction)),
        None => StatusReading::unknown(
            Column::Direction,
            format!("「{}」は登録されていない方向性の言葉です", text.trim()),
        ),
    }
}

/// The direction that words say; of several joined by ・ the one that all known ones agree on.
pub(super) fn direction_in_words(text: &str, vocabulary: &Vocabulary) -> Option<Direction> {
    let (outside, _) = split_brackets(text);
    let core = key(if key(&outside).is_empty() { unwrap(text) } else { &outside });
    let single = |word: &str| {
        let bare = word.trim_matches(|c| matches!(c, '。' | '「' | '」'));
        if let Some(way) = vocabulary.direction.get(bare) {
            return Some(*way);
        }
        let ways = segment(bare, |word| {
            let way = vocabulary.direction.get(word).copied().map(Some);
            way.or_else(|| (vocabulary.status_part.get(word) == Some(&StatusPart::Filler)).then_some(None))
        })?;
        let mut ways = ways.into_iter().flatten();
        let first = ways.next()?;
        ways.all(|way| way == first).then_some(first)
    };
    if let Some(way) = single(&core) {
        return Some(way);
    }
    let mut ways = core.split(['・', '/', '、', ',']).map(single);
    let first = ways.next()??;
    ways.all(|way| way == Some(first)).then_some(first)
}
