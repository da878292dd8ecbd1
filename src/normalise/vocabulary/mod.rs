//! The words of city halls: data of `templates/vocabulary.toml`, which a city extends without recompiling.

mod parse;
mod roles;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

pub use parse::VocabularyError;
pub use roles::{
    DueWord, HeaderPart, InkWord, NumberPart, OwnerPart, PolarityPart, Rate, RelativeYear, Role, Slip,
    StatePart, StatusPart, TableWord, Threshold,
};
pub use words::Words;

use super::text::{key, split_brackets, unwrap};
use crate::model::fiscal::{Basis, Era, Eras, Span};
use crate::model::indicator::{Class, Kind, Polarity};
use crate::model::initiative::{Direction, Status};
use crate::model::quantity::{Bound, State};
use crate::model::section::SectionKind;

/// How large a unit is beside the base unit of what it measures: 千円 is 1000 円.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Measure {
    /// The unit in canonical spelling.
    pub unit: String,
    /// The base unit.
    pub base: String,
    /// How many base units it is.
    pub size: Decimal,
}

/// The words of city halls by what they stand for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Vocabulary {
    /// Eras of the Japanese calendar, oldest first.
    pub eras: Eras,
    /// Header and label words.
    pub header: Words<Role>,
    /// Header words that say what kind of figure a column holds.
    pub kind: Words<Kind>,
    /// Header words without a role.
    pub header_part: Words<HeaderPart>,
    /// Words that decide what a table or one of its rows is.
    pub table: Words<TableWord>,
    /// Indicator classes.
    pub class: Words<Class>,
    /// Chapters of the policy document.
    pub section: Words<SectionKind>,
    /// Words in place of a figure.
    pub state: Words<State>,
    /// Parts of such words.
    pub state_part: Words<StatePart>,
    /// Words around a figure that bound it.
    pub bound: Words<Bound>,
    /// Other words around a figure.
    pub number_part: Words<NumberPart>,
    /// Unit spellings → canonical spelling.
    pub unit: Words<String>,
    /// Sizes of units that their name does not tell.
    pub measures: Vec<Measure>,
    /// Polarity words.
    pub polarity: Words<Polarity>,
    /// Words around them.
    pub polarity_part: Words<PolarityPart>,
    /// Quarters and halves.
    pub span: Words<Span>,
    /// 単月, 累計, 時点.
    pub basis: Words<Basis>,
    /// 前年度, 今年度, 最終目標.
    pub relative_year: Words<RelativeYear>,
    /// Status words.
    pub status: Words<Status>,
    /// Words around them.
    pub status_part: Words<StatusPart>,
    /// Status marks, where no legend explains them.
    pub mark: Words<Status>,
    /// Direction words.
    pub direction: Words<Direction>,
    /// Due words that are no day.
    pub due: Words<DueWord>,
    /// Endings of departments' and divisions' names.
    pub owner: Words<OwnerPart>,
    /// Marks in front of an indicator's name that are layout.
    pub layout_marks: BTreeSet<char>,
    /// Words for computed columns whose two figures are clear.
    pub rate: Words<Rate>,
    /// Words of sentences that explain a colour.
    pub ink: Words<InkWord>,
    /// When a figure is doubtful.
    pub doubt: BTreeMap<Threshold, Decimal>,
    /// By how many times figures are off where a scale or a unit was mistaken.
    pub slips: Vec<Slip>,
}

/// What stands under `[layout]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Layout {
    Mark,
}

impl Vocabulary {
    /// The text of the built-in vocabulary.
    pub const BUILTIN: &'static str = include_str!("../../../templates/vocabulary.toml");

    /// The built-in vocabulary.
    pub fn builtin() -> Result<Self, Vec<VocabularyError>> {
        Self::parse(Self::BUILTIN)
    }

    /// The built-in vocabulary under the one of a city's `vocabulary.toml`.
    pub fn in_force(text: &str) -> Result<Self, Vec<VocabularyError>> {
        let builtin = Self::builtin()?;
        // Most cities have none of their own.
        if text == Self::BUILTIN {
            return Ok(builtin);
        }
        Ok(Self::merged(&builtin, &Self::parse(text)?))
    }

    /// Reads the text of a `vocabulary.toml`; a city's own may hold only what differs.
    pub fn parse(text: &str) -> Result<Self, Vec<VocabularyError>> {
        let mut reader = parse::Reader::new(text)?;
        let mut eras: Vec<Era> = reader.records("era");
        eras.sort_by_key(|era| era.first_day);
        let layout: Words<Layout> = reader.words("layout");
        let vocabulary = Self {
            eras: Eras(eras),
            header: reader.words("header"),
            kind: reader.words("kind"),
            header_part: reader.words("header_part"),
            table: reader.words("table"),
            class: reader.words("class"),
            section: reader.words("section"),
            state: reader.words("state"),
            state_part: reader.words("state_part"),
            bound: reader.words("bound"),
            number_part: reader.words("number_part"),
            unit: reader.words("unit"),
            measures: reader.records("measure"),
            polarity: reader.words("polarity"),
            polarity_part: reader.words("polarity_part"),
            span: reader.words("span"),
            basis: reader.words("basis"),
            relative_year: reader.words("relative_year"),
            status: reader.words("status"),
            status_part: reader.words("status_part"),
            mark: reader.words("mark"),
            direction: reader.words("direction"),
            due: reader.words("due"),
            owner: reader.words("owner"),
            layout_marks: layout.iter().filter_map(|(word, _)| word.chars().next()).collect(),
            rate: reader.words("rate"),
            ink: reader.words("ink"),
            doubt: reader.numbers("doubt"),
            slips: reader.records("slip"),
        };
        reader.finish()?;
        Ok(vocabulary)
    }

    /// The defaults with a city's own words: a word that the city lists stands for what the city says and for
    /// nothing else in its section; one that it lists under `ignore` stands for nothing.
    #[must_use]
    pub fn merged(defaults: &Self, city: &Self) -> Self {
        Self {
            eras: merged_eras(&defaults.eras, &city.eras),
            header: defaults.header.with(&city.header),
            kind: defaults.kind.with(&city.kind),
            header_part: defaults.header_part.with(&city.header_part),
            table: defaults.table.with(&city.table),
            class: defaults.class.with(&city.class),
            section: defaults.section.with(&city.section),
            state: defaults.state.with(&city.state),
            state_part: defaults.state_part.with(&city.state_part),
            bound: defaults.bound.with(&city.bound),
            number_part: defaults.number_part.with(&city.number_part),
            unit: defaults.unit.with(&city.unit),
            measures: merged_measures(&defaults.measures, &city.measures),
            polarity: defaults.polarity.with(&city.polarity),
            polarity_part: defaults.polarity_part.with(&city.polarity_part),
            span: defaults.span.with(&city.span),
            basis: defaults.basis.with(&city.basis),
            relative_year: defaults.relative_year.with(&city.relative_year),
            status: defaults.status.with(&city.status),
            status_part: defaults.status_part.with(&city.status_part),
            mark: defaults.mark.with(&city.mark),
            direction: defaults.direction.with(&city.direction),
            due: defaults.due.with(&city.due),
            owner: defaults.owner.with(&city.owner),
            layout_marks: defaults.layout_marks.union(&city.layout_marks).copied().collect(),
            rate: defaults.rate.with(&city.rate),
            ink: defaults.ink.with(&city.ink),
            doubt: defaults.doubt.iter().chain(&city.doubt).map(|(key, value)| (*key, *value)).collect(),
            slips: merged_slips(&defaults.slips, &city.slips),
        }
    }

    /// A number that decides when a figure is doubtful; 0 where the vocabulary has none.
    pub fn threshold(&self, threshold: Threshold) -> Decimal {
        self.doubt.get(&threshold).copied().unwrap_or_default()
    }
}

impl Vocabulary {
    /// Whether a text is a word for a row that adds others up (合計, 【小計】, 計（件）), and no indicator's name.
    pub fn is_total(&self, text: &str) -> bool {
        let total = |text: &str| self.table.get(&key(text)) == Some(&TableWord::Total);
        total(text) || total(unwrap(text)) || total(&split_brackets(text).0)
    }
}

fn merged_eras(defaults: &Eras, city: &Eras) -> Eras {
    let known = |era: &&Era| city.0.iter().all(|own| own.name != era.name);
    let mut eras: Vec<Era> = defaults.0.iter().filter(known).chain(&city.0).cloned().collect();
    eras.sort_by_key(|era| era.first_day);
    Eras(eras)
}

fn merged_measures(defaults: &[Measure], city: &[Measure]) -> Vec<Measure> {
    let known = |measure: &&Measure| city.iter().all(|own| own.unit != measure.unit);
    defaults.iter().filter(known).chain(city).cloned().collect()
}

fn merged_slips(defaults: &[Slip], city: &[Slip]) -> Vec<Slip> {
    let known = |slip: &&Slip| city.iter().all(|own| (own.times, &own.base) != (slip.times, &slip.base));
    defaults.iter().filter(known).chain(city).cloned().collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::expect_used, reason = "tests")]
    use super::*;

    #[test]
    fn the_builtin_vocabulary_is_valid() {
        let vocabulary = super::super::builtin();
        let names: Vec<&str> = vocabulary.eras.0.iter().map(|era| era.name.as_str()).collect();
        assert_eq!(names, ["明治", "大正", "昭和", "平成", "令和"]);
    }

    #[test]
    fn all_problems_are_told_with_their_line() {
        let text =
            "[status]\non_trakc = [\"順調\"]\non_track = \"順調\"\ncompleted = [\"完了\", 3]\n[statsu]\n";
        let problems = Vocabulary::parse(text).expect_err("problems");
        let lines: Vec<usize> = problems.iter().map(|problem| problem.line).collect();
        assert_eq!(lines, [2, 3, 4, 5]);
        assert!(problems.iter().all(|p| p.message.contains("ありま") || p.message.contains("ください")));
        let twice = Vocabulary::parse("[state]\npending = [\"x\"]\nsecret = [\"Ｘ\"]\n").expect_err("twice");
        assert_eq!(twice.first().map(|p| p.line), Some(3));
        assert!(Vocabulary::parse("[[era]]\nname = \"新\"\n").is_err());
        assert!(Vocabulary::parse("[state\n").is_err());
    }

    #[test]
    fn a_citys_words_come_first() {
        let city = "[status]\nstalled = [\"やや遅れ\"]\nahead=[\"爆速\"]\nignore = [\"着手\"]\n[[era]]\nname=\"新元\"\nletter=\"N\"\nshort=\"新\"\nfirst_day=\"2040-01-01\"\n";
        let city = Vocabulary::parse(city).expect("valid");
        let merged = Vocabulary::merged(&super::super::builtin(), &city);
        assert_eq!(merged.status.get("やや遅れ"), Some(&Status::Stalled));
        assert_eq!(merged.status.get("爆速"), Some(&Status::Ahead));
        assert_eq!(merged.status.get("着手"), None);
        assert_eq!(merged.status.get("順調"), Some(&Status::OnTrack));
        assert_eq!(merged.eras.0.last().map(|era| era.letter.as_str()), Some("N"));
    }
}
