//! Text as a cell can hold it, and how much room it takes.

use std::borrow::Cow;

use crate::model::report::{Cell, Para, Run};

/// What a cell holds at most, in UTF-16 units.
const MAX_UNITS: usize = 32_767;
/// What a cell holds at most.
const MAX_LINE_BREAKS: usize = 253;
/// Stands at the end of a text that had to be cut.
const CUT: &str = "…（以下省略）";
/// Closing marks that never start a line: the character before them is carried over too.
const NOT_AT_START: &str =
    "、。，．・：；！？）」』】〕］｝〉》ー々ゝゞぁぃぅぇぉっゃゅょァィゥェォッャュョ)]}:;,.!?";

/// All that a cell says, as [`clean`] leaves it.
pub(super) fn words(cell: &Cell) -> Cow<'_, str> {
    match only_run(cell) {
        Some((_, run)) => clean(&run.text),
        None => Cow::Owned(clean(&cell.plain_text()).into_owned()),
    }
}

/// The one stretch of text that a cell has, with its paragraph; `None` where there are several or none.
pub(super) fn only_run(cell: &Cell) -> Option<(&Para, &Run)> {
    let [para] = cell.paras.as_slice() else { return None };
    let [run] = para.runs.as_slice() else { return None };
    Some((para, run))
}

/// The text without control characters and non-characters, with plain line breaks, cut to what a cell holds.
pub(super) fn clean(text: &str) -> Cow<'_, str> {
    if is_clean(text) { Cow::Borrowed(text) } else { Cow::Owned(cleaned(text)) }
}

/// Whether a cell takes the text as it is. UTF-16 has no more units than UTF-8 has bytes.
fn is_clean(text: &str) -> bool {
    let mut breaks = 0;
    let stays = |c: char| match c {
        '\n' => {
            breaks += 1;
            breaks <= MAX_LINE_BREAKS
        }
        '\u{2028}' | '\u{2029}' | '\u{FFFE}' | '\u{FFFF}' => false,
        c => !c.is_control(),
    };
    text.len() <= MAX_UNITS && text.chars().all(stays)
}

fn cleaned(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut breaks = 0;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' if chars.peek() == Some(&'\n') => {}
            '\r' | '\n' | '\u{2028}' | '\u{2029}' => {
                breaks += 1;
                out.push(if breaks > MAX_LINE_BREAKS { ' ' } else { '\n' });
            }
            '\t' => out.push(' '),
            '\u{FFFE}' | '\u{FFFF}' => {}
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    cut(out, MAX_UNITS, CUT)
}

/// The text, or its start with `end` behind it where it is longer than `max` UTF-16 units.
pub(super) fn cut(text: String, max: usize, end: &str) -> String {
    if text.encode_utf16().count() <= max {
        return text;
    }
    let room = max.saturating_sub(end.encode_utf16().count());
    let mut used = 0;
    let kept = text.chars().take_while(|c| {
        used += c.len_utf16();
        used <= room
    });
    let mut short: String = kept.collect();
    short.push_str(end);
    short
}

/// Whether a program could take the text for a formula when somebody edits the cell.
pub(super) fn looks_like_formula(text: &str) -> bool {
    text.trim_start().starts_with(['=', '+', '-', '@'])
}

/// How wide a character is in half-width characters; what Japanese fonts draw wide (①, △, α) counts as wide.
fn width(c: char) -> usize {
    match c {
        '\u{20}'..='\u{7E}' | '\u{A0}'..='\u{A6}' | '\u{FF61}'..='\u{FFDC}' => 1,
        _ => 2,
    }
}

/// How wide a text is on one line, in half-width characters.
pub(super) fn width_of(text: &str) -> usize {
    text.chars().map(width).sum()
}

/// How many lines a text takes in `capacity` half-width characters, by the rules by which Excel and `LibreOffice` wrap:
/// words of half-width characters stay whole where they fit, closing marks do not start a line.
pub(super) fn lines(text: &str, capacity: usize) -> usize {
    text.split('\n').map(|line| lines_of_one(line, capacity.max(2))).sum()
}

fn lines_of_one(line: &str, capacity: usize) -> usize {
    // No character is wider than the bytes it takes.
    if line.len() <= capacity || width_of(line) <= capacity {
        return 1;
    }
    let (mut count, mut used, mut last) = (1, 0, 0);
    for piece in pieces(line) {
        let size = width_of(piece);
        if used + size <= capacity {
            used += size;
        } else if size > capacity {
            count += (used + size).div_ceil(capacity) - 1;
            used = (used + size) % capacity;
        } else {
            count += 1;
            let closing = piece.starts_with(|c| NOT_AT_START.contains(c));
            used = if closing { size + last } else { size };
        }
        last = size;
    }
    count
}

/// Pieces between which a line may break: single wide characters, and runs of narrow ones.
fn pieces(line: &str) -> impl Iterator<Item = &str> {
    let mut rest = line;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let end = if width(first) == 1 {
            let word = rest.find(|c| width(c) == 2).unwrap_or(rest.len());
            rest.find(' ').map_or(word, |space| word.min(space + 1))
        } else {
            first.len_utf8()
        };
        let (piece, tail) = rest.split_at_checked(end)?;
        rest = tail;
        Some(piece)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_counted_as_a_cell_wraps() {
        assert_eq!(lines("", 10), 1);
        assert_eq!(lines("あいうえお", 10), 1);
        assert_eq!(lines("あいうえおか", 10), 2);
        assert_eq!(lines("あいうえお。", 10), 2);
        assert_eq!(lines("一\n二\n三", 10), 3);
        assert_eq!(lines("ab cdefghij", 10), 2, "a word goes to the next line whole");
        assert_eq!(lines("abcdefghijklmnopqrstu", 10), 3, "a word longer than a line is broken");
        assert_eq!(lines("ｱｲｳｴｵｶｷｸｹｺ", 10), 1, "half-width kana are narrow");
    }

    #[test]
    fn control_characters_do_not_reach_a_cell() {
        assert_eq!(clean("あ\r\nい\rう\u{0}\u{1b}え\u{FFFE}\tお"), "あ\nい\nうえ お");
        assert_eq!(clean("\u{1}\u{2}"), "");
        assert_eq!(clean("あ\u{2028}い\u{85}\u{FFFF}"), "あ\nい");
        assert_eq!(clean("一\n二 three"), "一\n二 three");
        assert_eq!(clean(&"一\n".repeat(300)).matches('\n').count(), 253);
    }

    #[test]
    fn a_text_too_long_says_that_it_was_cut() {
        let text = "𠮟".repeat(20_000);
        let long = clean(&text);
        assert!(long.encode_utf16().count() <= 32_767);
        assert!(long.ends_with("𠮟…（以下省略）"));
    }
}
