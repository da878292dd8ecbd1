//! What header and label cells mean, read once for each text of a sheet.

#![allow(clippy::disallowed_types, reason = "looked up, never walked through: the order reaches nothing")]

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use super::Clues;
use super::says::Says;
use super::view::View;
use crate::model::fiscal::{Basis, FiscalYear, Period, Span};
use crate::model::indicator::{Class, Kind};
use crate::model::place::CellRef;
use crate::model::quantity::Unit;
use crate::model::sheet::Value;
use crate::normalise::header::{HeaderReading, read_header, read_section};
use crate::normalise::lexicon::Lexicon;
use crate::normalise::polarity::read_polarity;
use crate::normalise::text::{canonical_name, key, split_brackets};
use crate::normalise::unit::split_name;
pub use crate::normalise::vocabulary::Role;
use crate::normalise::vocabulary::{RelativeYear, TableWord};
use crate::normalise::year::YearReading;
use crate::normalise::{Vocabulary, items};

/// Texts longer than this are prose, never headers.
const LONGEST: usize = 60;

/// A word for indicators that no list holds is no longer than this.
const LONGEST_NAME: usize = 12;

/// What a header cell, or the tiers over a column together, mean.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Meaning {
    /// What the column or label is about; `None` for a value column and for words that say nothing.
    pub role: Option<Role>,
    /// The year, month or quarter.
    pub year: Option<YearReading>,
    /// 実績, 目標 …
    pub kind: Option<Kind>,
    /// 成果, KGI …
    pub class: Option<Class>,
    /// The unit in the header.
    pub unit: Option<Unit>,
    /// 単月, 累計, 時点.
    pub basis: Option<Basis>,
    /// Computed from other columns (達成率): no figures.
    pub computed: bool,
    /// What the tiers above a bare time are about: 進捗状況 over 4月.
    pub group: Option<Role>,
    /// No word says what the column is about; its place and its cells do.
    pub by_place: bool,
}

impl Meaning {
    fn of(reading: &HeaderReading) -> Option<Self> {
        let unit_alone = reading.unit.is_some() && reading.leftover.is_empty();
        if !reading.is_known() && !unit_alone {
            return None;
        }
        // 年度＼指標名 heads the names below it, 指標名＼年度 too.
        let corner = reading.has(Role::Indicator) && reading.role().is_some_and(Role::is_axis);
        let role = if corner { Some(Role::Indicator) } else { reading.role() };
        let role = role.filter(|role| !matches!(role, Role::Value));
        let HeaderReading { year, kind, class, unit, basis, computed, .. } = reading.clone();
        Some(Self { role, year, kind, class, unit, basis, computed, ..Self::default() }.settled())
    }

    /// 中間値（H29） is a value of H29, not a column of values whose rows say when.
    fn settled(mut self) -> Self {
        let told = self.kind.is_some() || self.year.is_some();
        self.role = self.role.filter(|role| *role != Role::ValueColumn || !told);
        self
    }

    /// Whether a column of this meaning holds figures.
    pub fn is_value(&self) -> bool {
        !self.computed && self.role.is_none() && (self.kind.is_some() || self.year.is_some())
    }

    /// The months of the fiscal year, counted from April, that its time covers, behind the year where it says one.
    pub fn stretch(&self) -> Option<(Option<FiscalYear>, std::ops::Range<u32>)> {
        let year = self.year.as_ref()?;
        let from = match (year.month, year.span) {
            (Some(month), _) => return Some((year.fiscal_year, one_month(u32::from(month)))),
            (None, Span::H1) => 0..6,
            (None, Span::H2) => 6..12,
            (None, Span::Q1) => 0..3,
            (None, Span::Q2) => 3..6,
            (None, Span::Q3) => 6..9,
            (None, Span::Q4) => 9..12,
            (None, Span::Year | Span::Month) => 0..12,
        };
        Some((year.fiscal_year, from))
    }

    /// Whether its time begins after a month; a time without a year is one of the month's fiscal year.
    pub fn is_ahead(&self, period: Period) -> bool {
        self.stretch().is_some_and(|(year, months)| {
            let own = period.fiscal_year();
            (year.unwrap_or(own), months.start) > (own, one_month(period.month).start)
        })
    }

    /// Whether it is a unit and nothing else: （単位：千円）.
    pub fn is_unit(&self) -> bool {
        self.unit.is_some() && self.role.is_none() && !self.is_value()
    }

    /// The tiers over a column, the top one first: the lower decides, the upper fills in.
    pub fn stacked(tiers: &[&Self]) -> Self {
        let mut whole = Self::default();
        for tier in tiers.iter().rev() {
            let value = whole.is_value() || whole.computed;
            whole.inherit(tier);
            if whole.role.is_none() && !value {
                whole.role = tier.role;
            } else if whole.role.is_none() {
                whole.group = whole.group.or(tier.role);
            }
        }
        whole.settled()
    }

    /// Takes over from a tier above what this one does not say.
    pub fn inherit(&mut self, above: &Self) {
        if above.role == Some(Role::Account) {
            self.role = above.role;
        }
        if let Some(upper) = &above.year {
            self.year = Some(match self.year.take() {
                None => upper.clone(),
                Some(own) => below(upper, own),
            });
        }
        self.kind = self.kind.or(above.kind);
        self.class = self.class.or(above.class);
        self.unit = self.unit.take().or_else(|| above.unit.clone());
        self.basis = self.basis.or(above.basis);
        self.computed |= above.computed;
    }
}

/// What a header says of time below what the tier above it says.
fn below(upper: &YearReading, mut own: YearReading) -> YearReading {
    if own.fiscal_year.is_none() && own.month.is_none() && own.span == Span::Year {
        // 単月 below 4月 says nothing of when: the month is that above.
        (own.month, own.span) = (upper.month, upper.span);
    }
    if own.fiscal_year.is_none() {
        if own.relative.is_some() {
            let offset = own.relative.and_then(RelativeYear::offset);
            own.fiscal_year = upper.fiscal_year.zip(offset).map(|(year, offset)| FiscalYear(year.0 + offset));
        } else if upper.relative.is_some() {
            own.relative = upper.relative;
        } else if own.assumed.is_none() {
            own.fiscal_year = upper.fiscal_year;
            own.assumed.clone_from(&upper.assumed);
        }
    } else if own.month.is_none() && upper.fiscal_year.is_none() && upper.span != Span::Year {
        (own.month, own.span) = (upper.month, upper.span);
    } else if own.fiscal_year != upper.fiscal_year && upper.fiscal_year.is_some() && own.assumed.is_none() {
        let years = [upper.fiscal_year, own.fiscal_year].into_iter().flatten().map(|year| year.to_string());
        own.assumed =
            Some(format!("異なる年度が重なっています（{}）。", years.collect::<Vec<_>>().join("、")));
        own.fiscal_year = None;
    }
    own
}

/// What roles do in a layout.
impl Role {
    /// What a column of this role holds, for people.
    pub fn label(self) -> &'static str {
        match self {
            Self::Indicator => "指標名",
            Self::Unit => "単位",
            Self::Definition => "定義・算出方法",
            Self::Note => "備考",
            Self::Class => "指標の種類",
            Self::Polarity => "よい方向",
            Self::Value | Self::ValueColumn => "値",
            Self::Rate => "達成率など（読まずに計算し直す）",
            Self::Program => "事業名",
            Self::Item => "取組項目",
            Self::Department => "部",
            Self::Division => "課",
            Self::Owner => "部・課",
            Self::Status => "進捗状況",
            Self::Direction => "今後の方向性",
            Self::Progress => "進捗率",
            Self::Due => "期限",
            Self::Comment => "コメント",
            Self::Number => "番号",
            Self::FiscalYear => "年度",
            Self::Month => "月",
            Self::KindColumn => "実績・目標の区分",
            Self::Basis => "単月・累計の区分",
            Self::Legend => "凡例",
            Self::Group => "指標のまとまり（基本目標・分野など）",
            Self::Account => "事業費など（指標の値ではない）",
        }
    }

    /// Its column names the rows of a table.
    pub fn names_rows(self) -> bool {
        matches!(self, Self::Indicator | Self::Program | Self::Item | Self::Number)
    }

    /// Its cells say when or of which kind the figures of their row are.
    pub fn is_axis(self) -> bool {
        matches!(self, Self::FiscalYear | Self::KindColumn | Self::Month | Self::Basis)
    }

    /// Its word heads a column that tells rows apart.
    pub fn heads_rows(self) -> bool {
        let place =
            matches!(self, Self::Unit | Self::Class | Self::Department | Self::Division | Self::Owner);
        self.names_rows() || self.is_axis() || place
    }

    /// Its word labels a value beside it.
    pub fn is_label(self) -> bool {
        !matches!(
            self,
            Self::Value
                | Self::Rate
                | Self::ValueColumn
                | Self::KindColumn
                | Self::Basis
                | Self::Month
                | Self::Group
                | Self::Account
        )
    }

    /// Its label in front of a value begins a form below a table.
    pub fn ends_tables(self) -> bool {
        matches!(
            self,
            Self::Program | Self::Item | Self::Department | Self::Division | Self::Owner | Self::FiscalYear
        )
    }

    /// A label of this role within a programme's block belongs to the block.
    pub fn in_block(self) -> bool {
        matches!(
            self,
            Self::Item
                | Self::Department
                | Self::Division
                | Self::Owner
                | Self::Status
                | Self::Direction
                | Self::Progress
                | Self::Due
                | Self::Comment
                | Self::Note
        )
    }
}

/// A month counted from April.
fn one_month(month: u32) -> std::ops::Range<u32> {
    let at = (month + 8) % 12;
    at..at + 1
}

/// The meanings of a sheet's cells.
#[derive(Debug)]
pub struct Meanings<'a> {
    vocabulary: &'a Vocabulary,
    lexicon: &'a Lexicon<'a>,
    listed: &'a BTreeSet<String>,
    by_cell: BTreeMap<CellRef, Arc<Meaning>>,
}

impl<'a> Meanings<'a> {
    /// Reads every short text of a view.
    pub fn of(view: &View, clues: &Clues<'a>) -> Self {
        let Clues { vocabulary, lexicon, listed, .. } = *clues;
        let hint = Some(clues.period.fiscal_year());
        // Asked for texts and never walked through.
        let mut known: HashMap<&str, Option<Arc<Meaning>>> = HashMap::new();
        let mut by_cell = Vec::new();
        for (row, slots) in view.rows() {
            for slot in slots.iter().filter(|slot| slot.starts_in(row)) {
                let text = slot.text();
                if matches!(slot.cell.value, Value::Error(_) | Value::Bool(_) | Value::Uncalculated(_)) {
                    continue;
                }
                // Numbers seldom come in a second workbook.
                let number = matches!(slot.cell.value, Value::Number(_));
                let header = || {
                    if number { Arc::new(read_header(text, hint, vocabulary)) } else { lexicon.header(text) }
                };
                let meaning =
                    known.entry(text).or_insert_with(|| read(text, header, vocabulary).map(Arc::new));
                by_cell.extend(meaning.as_ref().map(|meaning| (slot.anchor, Arc::clone(meaning))));
            }
        }
        Self { vocabulary, lexicon, listed, by_cell: by_cell.into_iter().collect() }
    }

    /// The meaning of a cell as a header or label; `None` where it is neither.
    pub fn at(&self, at: CellRef) -> Option<&Meaning> {
        self.by_cell.get(&at).map(|meaning| &**meaning)
    }

    /// What a title says.
    pub fn title(&self, text: &str) -> Arc<HeaderReading> {
        self.lexicon.header(text)
    }

    /// Whether a text is a chapter's heading.
    pub fn is_heading(&self, text: &str) -> bool {
        read_section(text, self.vocabulary).is_some()
    }

    /// Whether a cell of a 年度 column says a year: a bare number is one there.
    pub fn is_year(&self, text: &str) -> bool {
        self.lexicon.bare_year(text).is_some()
    }

    /// Whether a header's word is one of a kind that decides what a table is.
    pub fn is_table_word(&self, text: &str, word: TableWord) -> bool {
        self.vocabulary.table.get(&key(&split_brackets(text).0)) == Some(&word)
    }

    /// The words of one kind that decides what a table is.
    pub fn table_words(&self, word: TableWord) -> impl Iterator<Item = &str> {
        self.vocabulary.table.iter().filter(move |(_, own)| **own == word).map(|(text, _)| text)
    }

    /// Whether a text holds 指標, KPI, 成果指標 …: the words for indicators that no other word contains by chance.
    pub fn has_class(&self, text: &str) -> bool {
        let text = key(text);
        let classes = self.vocabulary.class.iter().map(|(word, _)| word);
        let heads =
            self.vocabulary.header.iter().filter(|(_, role)| **role == Role::Indicator).map(|(word, _)| word);
        let general = |word: &&str| self.vocabulary.table.get(word).is_none();
        let long = |word: &&str| word.contains("指標") || word.is_ascii();
        classes.chain(heads).filter(general).filter(long).any(|word| text.contains(word))
    }

    /// Whether hoshin.toml lists an indicator of this name.
    pub fn is_listed(&self, name: &str) -> bool {
        self.listed.contains(&canonical_name(&split_name(name, self.vocabulary).name))
    }

    /// Whether a text says which way is better.
    pub fn is_polarity(&self, text: &str) -> bool {
        read_polarity(text, self.vocabulary).is_some()
    }

    /// Whether a text says how an initiative stands.
    pub fn says(&self, text: &str) -> Says {
        Says::of(text, self.vocabulary)
    }

    /// Whether a text is a number in front of a name (①, №1).
    pub fn is_number(&self, text: &str) -> bool {
        items::read_number(text).is_some()
    }
}

fn read(text: &str, header: impl FnOnce() -> Arc<HeaderReading>, vocabulary: &Vocabulary) -> Option<Meaning> {
    if text.chars().count() > LONGEST {
        return None;
    }
    Meaning::of(&header()).or_else(|| some_indicator(text, vocabulary))
}

/// 業務指標, 公営企業の経営指標: whatever stands in front, a short text that ends so heads names of indicators.
fn some_indicator(text: &str, vocabulary: &Vocabulary) -> Option<Meaning> {
    let word = key(&split_brackets(text).0);
    let plain = word.chars().count() <= LONGEST_NAME
        && !word.contains(|c: char| c.is_ascii_digit() || "のをにはが、。".contains(c));
    let tail = ["指標", "指標名", "指標名称"].iter().any(|tail| word.ends_with(tail));
    let class = || vocabulary.class.within(&word).map(|(_, class)| *class);
    (plain && tail).then(|| Meaning { role: Some(Role::Indicator), class: class(), ..Meaning::default() })
}
