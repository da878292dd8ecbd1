//! Where a line may break.

use icu_segmenter::options::{LineBreakOptions, LineBreakStrictness};
use icu_segmenter::{LineSegmenter, LineSegmenterBorrowed};

use super::theme::Breaking;

/// Finds break opportunities: Unicode's, less those that Japanese typesetting forbids.
pub(super) struct Breaker {
    segmenter: LineSegmenterBorrowed<'static>,
    not_first: Vec<char>,
    not_last: Vec<char>,
}

impl Breaker {
    pub fn new(rules: &Breaking) -> Self {
        let mut options = LineBreakOptions::default();
        options.strictness = Some(LineBreakStrictness::Strict);
        let sorted = |text: &str| {
            let mut all: Vec<char> = text.chars().collect();
            all.sort_unstable();
            all
        };
        Self {
            segmenter: LineSegmenter::new_for_non_complex_scripts(options),
            not_first: sorted(&rules.not_first),
            not_last: sorted(&rules.not_last),
        }
    }

    /// The byte positions within `text` at which a line may end, in order.
    pub fn opportunities(&self, text: &str) -> Vec<usize> {
        let inside = |at: &usize| *at > 0 && *at < text.len();
        self.segmenter.segment_str(text).filter(inside).filter(|&at| self.may_break(text, at)).collect()
    }

    /// Whether no rule of typesetting forbids a break at a byte position, words aside.
    pub fn may_break(&self, text: &str, at: usize) -> bool {
        let (Some(before), Some(after)) = (text.get(..at), text.get(at..)) else { return false };
        let visible = |c: &char| !c.is_whitespace();
        let last = before.chars().next_back();
        let last_visible = before.chars().rev().find(visible);
        let Some(first) = after.chars().next() else { return false };
        !self.is_not_first(first)
            && last_visible.is_none_or(|c| self.not_last.binary_search(&c).is_err())
            && !last.is_some_and(|c| is_wide_figure(c) && is_wide_figure(first))
    }

    /// Whether a line must not start with a character.
    pub fn is_not_first(&self, c: char) -> bool {
        self.not_first.binary_search(&c).is_ok()
    }
}

/// Full-width figures and their separators stay together as half-width ones do.
fn is_wide_figure(c: char) -> bool {
    matches!(c, '０'..='９' | '，' | '．')
}

/// Latin words of at least this many characters break at the places that addresses and paths offer, as other text does at its own.
const LONG: usize = 20;

/// The stretch of Latin text around a place, found once for all places within.
#[derive(Default)]
pub(super) struct Word {
    start: usize,
    end: usize,
}

impl Word {
    /// Whether an address or path may break at a byte position: behind `/ . - _ ? & = ,`, but not within a number.
    pub fn prefers(&mut self, text: &str, at: usize) -> bool {
        let bytes = text.as_bytes();
        if at >= self.end {
            let length = bytes.iter().skip(at).take_while(|byte| byte.is_ascii_graphic()).count();
            (self.start, self.end) = (at, at + length);
        }
        if at < self.start + 2 || at >= self.end {
            return false;
        }
        let (Some(&[before, sign]), Some(after)) = (bytes.get(at - 2..at), bytes.get(at)) else {
            return false;
        };
        let number = before.is_ascii_digit() && after.is_ascii_digit();
        b"/.-_?&=,".contains(&sign) && !number
    }

    /// Whether the word is long.
    pub fn is_long(&self) -> bool {
        self.end - self.start >= LONG
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pdf::tests::theme;

    fn pieces(text: &str) -> Vec<&str> {
        let mut at = 0;
        let mut all = Vec::new();
        for end in Breaker::new(&theme().breaking).opportunities(text).into_iter().chain([text.len()]) {
            all.push(&text[at..end]);
            at = end;
        }
        all
    }

    #[test]
    fn lines_keep_what_belongs_together() {
        assert_eq!(pieces("市（仮）は、"), ["市", "（仮）", "は、"]);
        assert_eq!(pieces("１２．７％増"), ["１２．７％", "増"]);
        assert_eq!(pieces("えっ！％"), ["えっ！％"]);
        assert_eq!(pieces("データ…。次"), ["デー", "タ…。", "次"]);
        assert_eq!(pieces("△1,204円"), ["△1,204", "円"]);
        assert_eq!(pieces("時々「 仮」"), ["時々", "「 仮」"]);
        assert_eq!(pieces("go on to"), ["go ", "on ", "to"]);
    }
}
