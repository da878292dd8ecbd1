//! What the marks of a sheet mean, where the sheet says so.

use super::super::text::{is_blank, key, plain};
use super::super::vocabulary::Vocabulary;
use crate::model::initiative::{Direction, Status};

/// The longest explanation of one mark.
const LONGEST: usize = 40;

/// A mark and its explanation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LegendEntry {
    /// The mark in the form of [`mark_key`].
    pub mark: String,
    /// The words that explain it.
    pub words: String,
    /// What they mean as a status.
    pub status: Option<Status>,
    /// What they mean as a direction.
    pub direction: Option<Direction>,
}

/// The marks that a sheet explains (凡例).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Legend {
    /// What stands before the first mark: `進捗状況`; may be empty.
    pub heading: String,
    /// The marks in order.
    pub entries: Vec<LegendEntry>,
}

impl Legend {
    /// What a mark means here.
    pub fn get(&self, mark: &str) -> Option<&LegendEntry> {
        let mark = mark_key(mark);
        self.entries.iter().find(|entry| entry.mark == mark)
    }
}

/// A mark in comparable form: circles of any make are one, crosses are one, letters in capitals.
pub fn mark_key(text: &str) -> String {
    key(text).chars().map(unified).collect()
}

fn unified(c: char) -> char {
    match c {
        '◯' | '〇' | '⭕' | '⚪' => '○',
        '☓' | '✕' | '✖' | '❌' | '╳' | '✗' => '×',
        '▵' => '△',
        '⦿' | '⊚' => '◎',
        '★' => '☆',
        'a'..='z' => c.to_ascii_uppercase(),
        other => other,
    }
}

/// Whether a text in the form of [`mark_key`] is one mark: a symbol or a grade letter.
pub fn is_mark(mark: &str) -> bool {
    let mut chars = mark.chars();
    let (first, second) = (chars.next(), chars.next());
    let symbol = |c: char| is_symbol(c) || matches!(c, '-' | '→' | '↑' | '↓' | '↗' | '↘' | '⇒');
    match (first, second) {
        (Some(c), None) => symbol(c) || is_grade(c),
        // ○○ or ◎◎ as a grade, A+ and A-.
        (Some(c), Some(d)) if chars.next().is_none() => {
            (is_grade(c) && matches!(d, '+' | '-')) || (is_symbol(c) && c == d)
        }
        _ => false,
    }
}

pub(super) fn is_symbol(c: char) -> bool {
    matches!(c, '◎' | '○' | '△' | '▲' | '×' | '●' | '☆' | '□' | '■' | '◇' | '◆' | '▽' | '▼')
}

fn is_grade(c: char) -> bool {
    matches!(c, 'A'..='F' | 'S')
}

/// Reads a legend (`※進捗状況：◎完了　○順調　△やや遅れ　×停滞`, `A＝計画どおり、B＝…`); `None` where the text
/// explains fewer than two marks, or none in words that the vocabulary knows.
pub fn read_legend(text: &str, vocabulary: &Vocabulary) -> Option<Legend> {
    let chars: Vec<char> = plain(text).chars().collect();
    let marks = marks(&chars);
    if marks.len() < 2 {
        return None;
    }
    let heading: String = chars.iter().take(marks.first()?.0).collect();
    let ends = marks.iter().skip(1).map(|(at, _)| *at).chain([chars.len()]);
    let mut entries: Vec<LegendEntry> = Vec::new();
    for ((at, end), next) in marks.iter().zip(ends) {
        let mark = mark_key(&chars.iter().take(*end).skip(*at).collect::<String>());
        let words: String = chars.iter().take(next).skip(*end).collect();
        let words = words.trim_matches(is_edge).to_owned();
        let repeated = entries.iter().any(|entry| entry.mark == mark);
        if words.is_empty() || words.chars().count() > LONGEST || repeated {
            return None;
        }
        let status = super::words::in_words(&words, vocabulary).map(|(status, _)| status);
        let direction = super::direction_in_words(&words, vocabulary);
        entries.push(LegendEntry { mark, words, status, direction });
    }
    let known = entries.iter().any(|entry| entry.status.is_some() || entry.direction.is_some());
    let heading = heading.trim_matches(|c| is_edge(c) || matches!(c, '※' | '*')).to_owned();
    (entries.len() >= 2 && known).then_some(Legend { heading, entries })
}

/// What stands around a mark's explanation.
fn is_edge(c: char) -> bool {
    is_blank(c)
        || matches!(
            c,
            ':' | '='
                | '.'
                | '…'
                | '-'
                | '―'
                | '—'
                | '–'
                | '、'
                | ','
                | ';'
                | '/'
                | '|'
                | '('
                | ')'
                | '（'
                | '）'
                | '「'
                | '」'
                | '['
                | ']'
                | '【'
                | '】'
                | '<'
                | '>'
                | '・'
                | '→'
                | '。'
                | '‥'
        )
}

/// The marks of a legend: their index and the index behind them.
fn marks(chars: &[char]) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    for (at, c) in chars.iter().enumerate() {
        let c = unified(c.to_ascii_lowercase());
        let before = at.checked_sub(1).and_then(|before| chars.get(before)).copied();
        let after = chars.get(at + 1).copied();
        let apart = before.is_none_or(is_edge) && after.is_some_and(|c| is_edge(c) || !c.is_alphanumeric());
        // Ａ 順調, A順調: a letter that nothing joins to a word on its left, and no Latin letter on its right.
        let led = before.is_none_or(is_edge) && after.is_some_and(|c| !c.is_ascii_alphanumeric());
        let dash = super::super::text::is_dash(c)
            && before.is_none_or(is_blank)
            && after.is_some_and(|c| matches!(c, ':' | '=' | '…'));
        if is_symbol(c) || (is_grade(c) && (apart || led)) || dash {
            found.push((at, at + 1));
        }
    }
    found
}
