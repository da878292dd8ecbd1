//! The lines of a sheet as a reader takes them, and which of them are the headings of a policy document.

use std::collections::BTreeSet;

use super::{Located, heading};
use crate::locate::meaning::Role;
use crate::model::place::CellRef;
use crate::model::section::SectionKind;
use crate::normalise::header::read_section;
use crate::normalise::text::{is_blank, key, plain, split_brackets};
use crate::normalise::{Vocabulary, items};

/// A heading without its bracketed note is no longer than this.
const LONGEST_HEADING: usize = 40;

/// A loose text; a mark in a cell of its own (① | 広報…) stands in front of the text that it marks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The text's cell.
    pub at: CellRef,
    /// With its mark.
    pub text: String,
}

/// How a line is set off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Style {
    /// 第１章
    Chapter,
    /// Ⅰ
    Roman,
    /// 1. or 1)
    Dotted,
    /// 【めざす姿】
    Wrapped,
    /// ■めざす姿
    Symbol(char),
    /// (1)
    Bracketed,
    /// ①
    Circled,
    /// Not at all.
    Plain,
}

impl Style {
    /// The style of a line.
    pub fn of(text: &str) -> Self {
        let text = text.trim_matches(is_blank);
        let plain = plain(text);
        let Some(first) = text.chars().next() else { return Self::Plain };
        let after = |front: &str| plain.strip_prefix(front).and_then(|rest| rest.chars().next());
        let digits: String = plain.chars().take_while(char::is_ascii_digit).collect();
        let latin: String = plain.chars().take_while(|c| matches!(c, 'I' | 'V' | 'X')).collect();
        let ends = |c: Option<char>| c.is_some_and(|c| c == ' ' || matches!(c, '.' | ')' | '、' | ':' | ','));
        if heading::category(text).is_some() {
            Self::Wrapped
        } else if heading::is_symbol(first) {
            Self::Symbol(first)
        } else if heading::is_bullet(text) {
            if matches!(first, '(' | '（') { Self::Bracketed } else { Self::Circled }
        } else if first == '第' && key(text).chars().take(5).any(|c| matches!(c, '章' | '節' | '編')) {
            Self::Chapter
        } else if ('Ⅰ'..='Ⅻ').contains(&first) || (!latin.is_empty() && ends(after(&latin))) {
            Self::Roman
        } else if (1..=2).contains(&digits.len()) && ends(after(&digits)) {
            Self::Dotted
        } else {
            Self::Plain
        }
    }

    /// Whether it marks a bullet.
    pub fn is_mark(self) -> bool {
        !matches!(self, Self::Plain | Self::Wrapped | Self::Chapter | Self::Roman)
    }
}

/// The lines of a sheet, row by row.
pub fn lines(sheet: &Located, vocabulary: &Vocabulary) -> Vec<Line> {
    let text = |at: &CellRef| sheet.sheet.grid.get(*at).map_or("", |cell| cell.text.trim_matches(is_blank));
    let mut cells: Vec<CellRef> = sheet.layout.lines.clone();
    // 現状と課題 with its bullets on the right is a chapter as well as a label.
    for pair in &sheet.layout.pairs {
        let chapter =
            matches!(pair.meaning.role, Some(Role::Comment | Role::Indicator | Role::Program | Role::Note));
        let bulleted =
            pair.values.first().is_some_and(|at| is_mark_alone(text(at)) || heading::is_bullet(text(at)));
        let numbered = pair.values.len() > 1 && bulleted;
        if numbered || (chapter && read_section(text(&pair.label), vocabulary).is_some()) {
            cells.push(pair.label);
            cells.extend(&pair.values);
        }
    }
    cells.sort_unstable();
    let mut lines = Vec::new();
    let mut mark: Option<CellRef> = None;
    for at in cells.into_iter().filter(|at| !text(at).is_empty()) {
        let front = mark.take().filter(|mark| mark.row == at.row);
        if front.is_none() && is_mark_alone(text(&at)) {
            mark = Some(at);
            continue;
        }
        let text = match front.as_ref().map(text) {
            // A number that is typed as one (1) marks like 1.
            Some(mark) if mark.chars().all(|c| c.is_numeric() && c.is_ascii()) => {
                format!("{mark}. {}", text(&at))
            }
            Some(mark) => format!("{mark} {}", text(&at)),
            None => text(&at).to_owned(),
        };
        lines.push(Line { at, text });
    }
    lines
}

/// ①, (1), 1., ・ and nothing else.
fn is_mark_alone(text: &str) -> bool {
    let mut chars = text.chars();
    let symbol = chars.next().is_some_and(heading::is_symbol) && chars.next().is_none();
    symbol || (text.chars().count() <= 4 && items::read_number(text).is_some())
}

/// Headings by the index of their line.
pub fn headings(lines: &[Line], told: bool, vocabulary: &Vocabulary) -> Vec<(usize, SectionKind)> {
    let read: Vec<(usize, Style, SectionKind)> = lines
        .iter()
        .enumerate()
        .filter_map(|(index, line)| Some((index, Style::of(&line.text), section(&line.text, vocabulary)?)))
        .collect();
    let Some(style) = style(lines, &read, told) else { return Vec::new() };
    let kinds: BTreeSet<SectionKind> =
        read.iter().filter(|(_, s, _)| *s == style).map(|(.., kind)| *kind).collect();
    // One heading that lost its number is still one where it is nothing but a chapter's name.
    let bare = |index: usize, kind: &SectionKind| {
        !kinds.contains(kind) && vocabulary.section.get(&key(&split_brackets(&lines[index].text).0)).is_some()
    };
    let mut found: Vec<(usize, SectionKind)> = Vec::new();
    let mut last: Option<u32> = None;
    for (index, own, kind) in &read {
        if *own != style && !(*own == Style::Plain && bare(*index, kind)) {
            continue;
        }
        let number = number(&lines[*index].text);
        let anew = number == Some(1) && found.first().is_some_and(|(_, first)| first == kind);
        if let (Some(number), Some(last)) = (number, last)
            && number <= last
            && !anew
        {
            continue;
        }
        last = number.or(last);
        found.push((*index, *kind));
    }
    found
}

/// The style of a document's headings: the one in which most chapters are named.
fn style(lines: &[Line], read: &[(usize, Style, SectionKind)], told: bool) -> Option<Style> {
    let styles: BTreeSet<Style> = read.iter().map(|(_, style, _)| *style).collect();
    let count = |style: Style| {
        let own = read.iter().filter(|(_, other, _)| *other == style);
        let named = own.clone().count();
        let all = lines.iter().filter(|line| Style::of(&line.text) == style).count();
        let bullets = matches!(style, Style::Symbol(_) | Style::Bracketed | Style::Circled);
        let kinds = own.map(|(.., kind)| *kind).collect::<BTreeSet<_>>().len();
        if bullets && named * 2 <= all { 0 } else { kinds }
    };
    let least = if told { 1 } else { 2 };
    let marked = styles.iter().copied().filter(|style| *style != Style::Plain);
    // Of two styles that name as many chapters, the weightier one (listed first) heads.
    let best = marked.map(|style| (count(style), style)).filter(|(kinds, _)| *kinds >= least);
    let best = best
        .fold(None, |best: Option<(usize, Style)>, own| best.filter(|best| best.0 >= own.0).or(Some(own)));
    let bare = count(Style::Plain);
    match best {
        Some((kinds, style)) if kinds + 1 >= bare => Some(style),
        _ if bare >= least => Some(Style::Plain),
        best => best.map(|(_, style)| style),
    }
}

/// The chapter that a line names, whatever marks it.
fn section(text: &str, vocabulary: &Vocabulary) -> Option<SectionKind> {
    let inner = heading::category(text);
    let bare = inner.as_deref().unwrap_or(text).trim_start_matches(|c| heading::is_symbol(c) || is_blank(c));
    let outside = split_brackets(bare).0;
    if outside.chars().count() > LONGEST_HEADING || bare.contains('。') {
        return None;
    }
    read_section(bare, vocabulary)
}

/// The number in front of a heading.
fn number(text: &str) -> Option<u32> {
    let key = key(text);
    let digits: String = key
        .trim_start_matches(['第', '(', '【', '<', '['])
        .chars()
        .take_while(char::is_ascii_digit)
        .collect();
    let first = text.trim_start().chars().next()?;
    let roman = ('Ⅰ'..='Ⅻ').contains(&first).then(|| u32::from(first) - u32::from('Ⅰ') + 1);
    roman.or_else(|| digits.parse().ok().filter(|_| digits.len() <= 2 && Style::of(text) != Style::Plain))
}
