//! The words of one header: roles, kinds and fillers that cover all of it, with formulas set apart.

use super::super::segment::segment;
use super::super::vocabulary::{HeaderPart, Role, Vocabulary};
use super::HeaderReading;
use crate::model::fiscal::Basis;
use crate::model::indicator::{Class, Kind};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Word {
    Role(Role, usize),
    Kind(Kind),
    Class(Class),
    Basis(Basis),
    Part(HeaderPart),
}

/// Takes in the words of a header; `false` where some part of it is unknown.
pub(super) fn words(text: &str, reading: &mut HeaderReading, vocabulary: &Vocabulary) -> bool {
    let lookup = |word: &str| lookup(word, vocabulary);
    let bare = text.trim_end_matches(|c: char| c.is_ascii_digit());
    let numbered = (bare.len() < text.len()).then_some(bare);
    let words = segment(text, lookup).or_else(|| segment(numbered?, lookup)).or_else(|| {
        let (bare, computed) = without_formula(text)?;
        let words = segment(bare, lookup)?;
        reading.computed |= computed;
        Some(words)
    });
    let Some(words) = words else { return false };
    if words.iter().all(|word| matches!(word, Word::Part(_))) {
        return false;
    }
    let bracket_kind = reading.kind.take();
    for clause in words.split(|word| *word == Word::Part(HeaderPart::Joiner)) {
        clause_words(clause, reading);
    }
    reading.kind = bracket_kind.or(reading.kind);
    true
}

/// The words between two joiners: the last one with a role is the head.
fn clause_words(clause: &[Word], reading: &mut HeaderReading) {
    let mut head = None;
    for word in clause {
        match word {
            Word::Role(role, rank) => head = Some((*role, *rank)),
            Word::Kind(kind) => {
                reading.kind = Some(*kind);
                head = Some((Role::Value, 0));
            }
            Word::Class(class) => {
                reading.class.get_or_insert(*class);
                head = head.or(Some((Role::Indicator, 0)));
            }
            Word::Basis(basis) => reading.basis = Some(*basis),
            Word::Part(_) => {}
        }
    }
    if let Some((role, rank)) = head
        && !reading.roles.contains(&role)
    {
        if reading.roles.is_empty() {
            reading.rank = rank;
        }
        reading.roles.push(role);
    }
}

fn lookup(word: &str, vocabulary: &Vocabulary) -> Option<Word> {
    if let Some(role) = vocabulary.header.get(word) {
        return Some(Word::Role(*role, vocabulary.header.rank(word).unwrap_or(0)));
    }
    let kind = vocabulary.kind.get(word).copied().map(Word::Kind);
    let class = || vocabulary.class.get(word).copied().map(Word::Class);
    let basis = || vocabulary.basis.get(word).copied().map(Word::Basis);
    let part = || vocabulary.header_part.get(word).copied().map(Word::Part);
    let relative = || vocabulary.relative_year.get(word).map(|_| Word::Part(HeaderPart::Filler));
    kind.or_else(class).or_else(basis).or_else(part).or_else(relative)
}

/// `計画比率a/b` → `計画比率`, computed; `実績c` → `実績`; `5活動指標` → `活動指標`.
fn without_formula(text: &str) -> Option<(&str, bool)> {
    let front =
        text.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start_matches(['.', ')', ':', '-']);
    let bare = front.trim_end_matches(is_formula_char).trim_end_matches([':', '=']);
    let formula = front.get(bare.len()..)?;
    if bare.is_empty() || bare.len() == text.len() {
        return None;
    }
    Some((bare, formula.chars().any(is_operator)))
}

pub(super) fn is_operator(c: char) -> bool {
    matches!(c, '+' | '-' | '/' | '÷' | '×' | '*' | '%' | '=')
}

fn is_formula_char(c: char) -> bool {
    c.is_ascii_lowercase() || c.is_ascii_digit() || is_operator(c) || matches!(c, '(' | ')' | '.')
}

/// Letters that name columns, with operators: `A`, `B/A×100`. A unit such as `m` or `ha` is none.
pub(super) fn is_formula(key: &str) -> bool {
    let named = key.chars().all(is_formula_char) && key.chars().any(|c| matches!(c, 'a'..='f' | 'x'..='z'));
    let letters_apart = || key.split(|c: char| !c.is_ascii_lowercase()).all(|run| run.len() <= 1);
    named && letters_apart() && (key.len() == 1 || key.chars().any(is_operator))
}
