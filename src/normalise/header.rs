//! What a header cell means.
//!
//! A header is read only where every part of it is known: words of the vocabulary, a year, a unit, a formula.
//! Prose that merely contains such a word is none. Japanese puts the head last: 目標達成率 is a 率, 評価指標 is
//! an 指標.

mod words;

use words::{is_formula, is_operator, words};

use super::polarity::read_polarity;
use super::text::{is_blank, key, plain, split_brackets};
use super::unit::{known_unit, read_unit_note};
use super::vocabulary::{RelativeYear, Role, Vocabulary};
use super::year::{YearReading, read_year};
use crate::model::fiscal::{Basis, FiscalYear};
use crate::model::indicator::{Class, Kind, Polarity};
use crate::model::quantity::Unit;
use crate::model::section::SectionKind;

/// Headers longer than this are prose.
const LONGEST: usize = 60;

/// A header as it was read; all empty where it is none.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct HeaderReading {
    /// What it is about; several for `課題・今後の方向性`.
    pub roles: Vec<Role>,
    /// 実績, 目標 …
    pub kind: Option<Kind>,
    /// 成果, 活動 …
    pub class: Option<Class>,
    /// The year, month or quarter that it names.
    pub year: Option<YearReading>,
    /// The unit that it names (`事業費（千円）`).
    pub unit: Option<Unit>,
    /// 累計, 単月, 時点.
    pub basis: Option<Basis>,
    /// Which way is better, where it says.
    pub polarity: Option<Polarity>,
    /// A formula, or a rate: its figures are computed from others.
    pub computed: bool,
    /// Among the words of its role, how general its word is: 0 for the most specific.
    pub rank: usize,
    /// What was not understood, in key form; a header with roles may have a bracketed note left over.
    pub leftover: String,
}

impl HeaderReading {
    /// Whether it means something.
    pub fn is_known(&self) -> bool {
        !self.roles.is_empty() || (self.year.is_some() && self.leftover.is_empty())
    }

    /// Whether it tells a fiscal year.
    pub fn has_year(&self) -> bool {
        self.year.as_ref().is_some_and(|year| year.fiscal_year.is_some())
    }

    /// Whether it is about `role`.
    pub fn has(&self, role: Role) -> bool {
        self.roles.contains(&role)
    }

    /// The role that comes first in its words.
    pub fn role(&self) -> Option<Role> {
        self.roles.first().copied()
    }

    /// Whether it names a time and nothing else.
    pub fn is_year_only(&self) -> bool {
        self.year.is_some() && self.roles.is_empty() && self.leftover.is_empty()
    }
}

/// Reads a header cell, or the tiers of a stacked header joined by spaces or line breaks, the upper one first.
/// `hint` is a fiscal year nearby.
pub fn read_header(text: &str, hint: Option<FiscalYear>, vocabulary: &Vocabulary) -> HeaderReading {
    let plain = plain(text);
    let trimmed = plain.trim_matches(is_blank);
    if trimmed.is_empty() || trimmed.chars().count() > LONGEST || trimmed.contains('。') {
        return HeaderReading { leftover: key(trimmed), ..HeaderReading::default() };
    }
    let whole = one(trimmed, hint, vocabulary);
    let parts: Vec<&str> = trimmed.split_whitespace().collect();
    if whole.is_known() || parts.len() < 2 {
        return whole;
    }
    let stacked = parts
        .into_iter()
        .map(|part| one(part, hint, vocabulary))
        .fold(None, |above, tier| Some(below(above, tier)));
    stacked.filter(|stacked: &HeaderReading| stacked.leftover.is_empty()).unwrap_or(whole)
}

/// Reads a chapter's title (`5. 重要目標の達成に向けた具体的な取組み`): its last word decides.
pub fn read_section(title: &str, vocabulary: &Vocabulary) -> Option<SectionKind> {
    let outside = key(&split_brackets(&plain(title)).0);
    if outside.chars().count() > LONGEST || outside.contains('。') {
        return None;
    }
    vocabulary.section.suffix(outside.trim_end_matches([':', '-', '~', '」'])).map(|(_, section)| *section)
}

/// The reading of an upper tier with that of the one below, which decides what the column is.
fn below(above: Option<HeaderReading>, mut tier: HeaderReading) -> HeaderReading {
    let Some(above) = above else { return tier };
    if tier.roles.is_empty() {
        (tier.roles, tier.rank) = (above.roles, above.rank);
    }
    tier.kind = tier.kind.or(above.kind);
    tier.class = tier.class.or(above.class);
    tier.unit = tier.unit.or(above.unit);
    tier.basis = tier.basis.or(above.basis);
    tier.polarity = tier.polarity.or(above.polarity);
    tier.computed |= above.computed;
    tier.year = match (above.year, tier.year) {
        (Some(year), Some(month)) if month.fiscal_year.is_none() => {
            Some(YearReading { fiscal_year: year.fiscal_year, assumed: year.assumed, ..month })
        }
        (Some(month), Some(year)) if month.fiscal_year.is_none() => {
            Some(YearReading { fiscal_year: year.fiscal_year, assumed: year.assumed, ..month })
        }
        (above, own) => own.or(above),
    };
    tier.leftover = format!("{}{}", above.leftover, tier.leftover);
    tier
}

fn one(text: &str, hint: Option<FiscalYear>, vocabulary: &Vocabulary) -> HeaderReading {
    let mut reading = HeaderReading::default();
    let (outside, brackets) = split_brackets(text);
    let mut notes = Vec::new();
    for bracket in &brackets {
        if !bracketed(&bracket.inner, &mut reading, hint, vocabulary) {
            notes.push(key(&bracket.inner));
        }
    }
    let mut main = key(&outside);
    let mut has_unit_note = false;
    if main.is_empty() && brackets.len() == 1 {
        // 【実績】 alone: the bracket is the header.
        let inner = brackets.first().map(|bracket| bracket.inner.clone()).unwrap_or_default();
        return if is_formula(&key(&inner)) || reading.unit.is_some() {
            reading
        } else {
            one(&inner, hint, vocabulary)
        };
    }
    if reading.unit.is_none()
        && main.contains("単位")
        && let Some(unit) = read_unit_note(&main, vocabulary)
    {
        reading.unit = Some(unit);
        has_unit_note = true;
        main.truncate(main.find("単位").unwrap_or(main.len()));
    }
    if is_change(&main, hint, vocabulary) {
        return HeaderReading { roles: vec![Role::Rate], computed: true, ..HeaderReading::default() };
    }
    let dated = if has_unit_note { main.as_str() } else { outside.as_str() };
    // 時点 heads a column of times, and is none itself.
    let says = |year: &YearReading| year.tells_time() || vocabulary.header.get(&main).is_none();
    if let Some(year) = read_year(dated, hint, vocabulary).filter(says) {
        main.clone_from(&year.rest);
        reading.basis = reading.basis.or(year.basis);
        reading.year = Some(merged_year(reading.year.take(), year));
    }
    let relative = relative_year(&mut main, &reading, vocabulary);
    if is_formula(&main) && main.chars().any(is_operator) {
        reading.roles.push(Role::Rate);
        main.clear();
    }
    if !main.is_empty() && !words(&main, &mut reading, vocabulary) {
        reading.leftover = main;
    }
    if reading.leftover.is_empty() && reading.roles.is_empty() && reading.kind.is_some() {
        reading.roles.push(Role::Value);
    }
    settle(&mut reading, relative);
    reading.leftover.push_str(&notes.concat());
    reading
}

/// What the words of a header mean beside one another.
fn settle(reading: &mut HeaderReading, relative: Option<RelativeYear>) {
    reading.computed |= reading.has(Role::Rate);
    let of_figures = reading.roles.iter().all(|role| matches!(role, Role::Value | Role::ValueColumn));
    if relative.is_some() && of_figures && !reading.computed && reading.leftover.is_empty() {
        reading.year.get_or_insert_default().relative = relative;
    }
    let figures = [Role::Value, Role::FiscalYear, Role::Indicator].iter().any(|role| reading.has(*role));
    if !reading.roles.is_empty() && !figures {
        // 完了（予定）日 is no plan figure; KPIの推移（実績） speaks of figures.
        reading.kind = None;
    }
}

/// 前年度, 最終目標: the word stays among the others unless it is all there is.
fn relative_year(
    main: &mut String,
    reading: &HeaderReading,
    vocabulary: &Vocabulary,
) -> Option<RelativeYear> {
    if reading.year.as_ref().is_some_and(|year| year.fiscal_year.is_some() || year.assumed.is_some()) {
        return None;
    }
    let (word, relative) = vocabulary.relative_year.within(main)?;
    let stands = vocabulary.kind.get(word).is_some() || vocabulary.header.get(word).is_some();
    if *main == word && !stands {
        main.clear();
    }
    Some(*relative)
}

/// `H30→R1`: what changed from one year to another.
fn is_change(key: &str, hint: Option<FiscalYear>, vocabulary: &Vocabulary) -> bool {
    let Some((from, to)) = key.split_once(['→', '⇒', '➡']) else { return false };
    let dated = |text: &str| read_year(text, hint, vocabulary).is_some_and(|year| year.fiscal_year.is_some());
    dated(from) && dated(to)
}

fn merged_year(first: Option<YearReading>, second: YearReading) -> YearReading {
    let Some(first) = first else { return second };
    let (Some(a), Some(b)) = (first.fiscal_year, second.fiscal_year) else {
        let fiscal_year = second.fiscal_year.or(first.fiscal_year);
        return if second.month.is_some() {
            YearReading { fiscal_year, ..second }
        } else {
            YearReading { fiscal_year, ..first }
        };
    };
    if a == b {
        return second;
    }
    let assumed = Some(format!("異なる年度が並んでいます（{b}、{a}）"));
    YearReading { fiscal_year: None, assumed, ..second }
}

/// Takes in the inside of a bracket; `false` where it is a note.
fn bracketed(
    inner: &str,
    reading: &mut HeaderReading,
    hint: Option<FiscalYear>,
    vocabulary: &Vocabulary,
) -> bool {
    let key = key(inner);
    if key.is_empty() {
        return true;
    }
    if is_formula(&key) {
        reading.computed |= key.chars().any(is_operator);
        return true;
    }
    let unit = known_unit(inner, vocabulary).or_else(|| read_unit_note(inner, vocabulary));
    if let Some(unit) = unit {
        reading.unit.get_or_insert(unit);
        return true;
    }
    if let Some(class) = vocabulary.class.get(&key) {
        reading.class.get_or_insert(*class);
        return true;
    }
    if let Some(basis) = vocabulary.basis.get(&key) {
        reading.basis = Some(*basis);
        return true;
    }
    if let Some(kind) = vocabulary.kind.get(&key) {
        // 実績（見込） is a 見込.
        reading.kind = Some(*kind);
        return true;
    }
    if let Some(polarity) = read_polarity(inner, vocabulary) {
        reading.polarity = Some(polarity);
        return true;
    }
    let Some(year) = read_year(inner, hint, vocabulary) else { return false };
    let rest = year.rest.clone();
    let known = rest.is_empty() || words(&rest, reading, vocabulary);
    reading.year = Some(year);
    known
}

#[cfg(test)]
mod tests;
