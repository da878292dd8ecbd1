//! When and of which kind the figures of a table are: what its columns, the cells in front of its rows and its titles say.

use std::collections::BTreeSet;

use super::{Page, Records};
use crate::finding::{Code, Draft};
use crate::locate::meaning::Role;
use crate::locate::{Column, Slot, Table};
use crate::model::fiscal::{Basis, FiscalYear, Span};
use crate::model::indicator::Kind;
use crate::model::place::CellRef;
use crate::normalise::header::HeaderReading;
use crate::normalise::text::key;
use crate::normalise::vocabulary::RelativeYear;
use crate::normalise::year::{YearReading, read_year};

/// What one row says of its figures.
#[derive(Debug, Clone, Default)]
pub struct RowWords {
    year: Option<(YearReading, CellRef)>,
    /// Years of some columns alone: 目標年度 beside 目標値.
    years_of: Vec<(Whose, YearReading, CellRef)>,
    kind: Option<Kind>,
    basis: Option<Basis>,
    /// 達成率: computed from other rows.
    pub computed: bool,
    /// A cell that should say something and is not understood.
    pub unread: Option<CellRef>,
    /// The columns of the cells that said something.
    said: Vec<u32>,
}

/// Whose year a cell tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// That of the columns of a kind: 目標年度.
    Kind(Kind),
    /// That of the value column that begins here: 把握年度 beside 直近値.
    Column(u32),
}

impl RowWords {
    /// Whether the row says anything by itself.
    pub fn any(&self) -> bool {
        !self.said.is_empty()
    }

    /// Takes in what a cell says; `false` where it says nothing of time or kind.
    pub fn take(&mut self, page: &Page, slot: &Slot, column: Option<&Column>, whose: Option<Whose>) -> bool {
        let (hint, vocabulary) = (Some(page.means.fiscal_year), page.means.vocabulary);
        let role = column.and_then(|column| column.meaning.role);
        let reading = page.means.lexicon.header(slot.text());
        let year = match role {
            Some(Role::FiscalYear) => (*page.means.lexicon.bare_year(slot.text())).clone(),
            Some(Role::Basis) => {
                read_year(slot.text(), hint, vocabulary).filter(|year| year.fiscal_year.is_some())
            }
            _ => None,
        };
        if let Some(year) = year {
            match whose {
                Some(whose) => self.years_of.push((whose, year, slot.anchor)),
                None => self.set_year(year, slot.anchor),
            }
            self.kind = reading.kind.or(self.kind);
        } else if reading.roles.iter().all(|role| matches!(role, Role::Value | Role::Rate))
            && reading.leftover.is_empty()
            && says(&reading)
        {
            self.kind = reading.kind.or(self.kind);
            self.basis = reading.basis.or(self.basis);
            self.computed |= reading.computed;
            if let Some(year) = reading.year.clone() {
                self.set_year(year, slot.anchor);
            }
        } else {
            if role.is_some_and(Role::is_axis)
                && super::heading::class_in_title(slot.text(), vocabulary).is_none()
            {
                self.unread.get_or_insert(slot.anchor);
            }
            return false;
        }
        self.said.push(slot.start);
        true
    }

    fn set_year(&mut self, year: YearReading, at: CellRef) {
        self.basis = year.basis.or(self.basis);
        let Some((own, _)) = &mut self.year else {
            self.year = Some((year, at));
            return;
        };
        match (own.fiscal_year, year.fiscal_year) {
            (Some(a), Some(b)) if a != b => {
                own.fiscal_year = None;
                own.assumed = Some(format!("異なる年度が並んでいます（{a}、{b}）。"));
            }
            (None, Some(_)) if own.assumed.is_none() => {
                own.fiscal_year = year.fiscal_year;
                own.assumed.clone_from(&year.assumed);
            }
            _ => {}
        }
        if own.month.is_none() && year.month.is_some() || own.span == Span::Year {
            (own.month, own.span) = (year.month, year.span);
        }
    }

    /// Takes over from the row above what this one leaves blank: a word that is written once for several rows. Words
    /// to the left of `name`, where the name is new, go on; those to its right do not.
    pub fn carry(&mut self, above: &Self, new_name: Option<u32>) {
        let limit = |col: u32| new_name.is_none_or(|name| col < name);
        let first_own = self.said.iter().min().copied();
        let mut carried = Vec::new();
        for col in above.said.iter().filter(|col| !self.said.contains(col) && limit(**col)) {
            if first_own.is_none_or(|own| *col < own) {
                carried.push(*col);
            }
        }
        if carried.is_empty() {
            return;
        }
        if self.year.is_none() {
            self.year.clone_from(&above.year);
        }
        self.kind = self.kind.or(above.kind);
        self.basis = self.basis.or(above.basis);
        self.said.extend(carried);
    }
}

/// Whether a reading tells a time, a kind or a basis.
fn says(reading: &HeaderReading) -> bool {
    reading.kind.is_some() || reading.year.is_some() || reading.basis.is_some() || reading.computed
}

/// 目標年度 and 基準年度 head the years of one kind, 把握年度 behind a value those of that column; 年度 in front those of all.
pub fn whose_years(page: &Page, table: &Table, column: &Column) -> Option<Whose> {
    let word = key(column.words.last()?);
    let bare = ["年度", "年次", "時点", "年"].iter().find_map(|tail| word.strip_suffix(tail));
    let kind = bare.and_then(|bare| page.means.vocabulary.kind.get(bare).copied()).or(column.meaning.kind);
    let is_time = |other: &&Column| matches!(other.meaning.role, Some(Role::FiscalYear | Role::Basis));
    // The only column of years is that of the whole row, wherever it stands.
    let alone = bare == Some("") && table.columns.iter().filter(is_time).count() == 1;
    let undated =
        |column: &&Column| column.meaning.year.as_ref().is_none_or(|year| year.fiscal_year.is_none());
    let before = table.value_columns().filter(|other| other.end < column.start);
    let behind = before.last().map(|value| (value.start, undated(&value)));
    match (kind, behind) {
        (Some(kind), _) => Some(Whose::Kind(kind)),
        (None, Some((start, true))) if !alone => Some(Whose::Column(start)),
        _ => None,
    }
}

/// When and of which kind one figure is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct When {
    /// The year that headers, cells in front or titles tell.
    pub fiscal_year: Option<FiscalYear>,
    /// The stretch of the year.
    pub span: Span,
    /// A month's number.
    pub month: Option<u8>,
    /// 単月, 累計, 時点.
    pub basis: Option<Basis>,
    /// 実績, 目標 …
    pub kind: Kind,
    /// Understood only with an assumption, which a finding on the header states.
    pub assumed: bool,
}

/// What the titles of a table say, and what was already told of its headers.
pub struct Axes<'a> {
    page: &'a Page<'a>,
    year: Option<FiscalYear>,
    kind: Option<Kind>,
    basis: Option<Basis>,
    /// Some columns are months or quarters: 単月 and 累計 of a row speak of these alone.
    parts: bool,
    told: BTreeSet<(Code, CellRef)>,
    without_kind: Vec<(CellRef, String)>,
    /// Their cells again, to find them.
    kindless: BTreeSet<CellRef>,
}

impl<'a> Axes<'a> {
    /// The axes of a table.
    pub fn of(page: &'a Page<'a>, table: &Table) -> Self {
        let vocabulary = page.means.vocabulary;
        let titles: Vec<&str> = titles(page, table).collect();
        let read = |text: &&str| page.means.lexicon.header(text);
        let year = titles.iter().find_map(|text| {
            let year = read_year(text, Some(page.means.fiscal_year), vocabulary)?;
            year.fiscal_year
                .filter(|_| year.basis.is_none() && year.month.is_none() && year.assumed.is_none())
        });
        let kind = titles
            .iter()
            .filter(|text| !key(text).contains(['・', '/', '、', 'と', '及']))
            .find_map(|text| read(text).kind);
        let basis = titles.iter().find_map(|text| {
            let (_, basis) = vocabulary.basis.within(&key(text))?;
            Some(*basis).filter(|basis| *basis != Basis::AsOf)
        });
        Self {
            page,
            year: year.or(page.context.fiscal_year),
            kind,
            basis,
            parts: table
                .value_columns()
                .any(|column| column.meaning.year.as_ref().is_some_and(|year| year.span != Span::Year)),
            told: BTreeSet::new(),
            without_kind: Vec::new(),
            kindless: BTreeSet::new(),
        }
    }

    /// What holds for the figure of a row in a column; findings say what was assumed.
    pub fn when(&mut self, column: &Column, row: &RowWords, records: &mut Records) -> When {
        let meaning = &column.meaning;
        let mut assumed = false;
        let kind = meaning.kind.or(row.kind).or(self.kind).unwrap_or_else(|| {
            assumed = true;
            if self.kindless.insert(column.cell) {
                self.without_kind.push((column.cell, column.words.join(" ")));
            }
            Kind::Actual
        });
        let own = meaning.year.as_ref().map(|year| (year, column.cell));
        let here = |whose: Whose| whose == Whose::Kind(kind) || whose == Whose::Column(column.start);
        let of_kind = row.years_of.iter().find(|(whose, ..)| here(*whose)).map(|(_, year, at)| (year, *at));
        let before = of_kind.or(row.year.as_ref().map(|(year, at)| (year, *at)));
        let told = |(year, _): &(&YearReading, CellRef)| year.fiscal_year.is_some() || year.assumed.is_some();
        let by = own.filter(told).or(before.filter(told));
        let relative = own.or(before).and_then(|(year, _)| year.relative);
        // A year that contradicts itself is not replaced by the title's.
        let fiscal_year = match (by, relative) {
            (Some((year, _)), _) => year.fiscal_year,
            (None, Some(relative)) => {
                self.year.zip(relative.offset()).map(|(year, offset)| FiscalYear(year.0 + offset))
            }
            (None, None) => self.year.filter(|_| kind != Kind::Baseline),
        };
        if let Some((year, at)) = by
            && let Some(reason) = &year.assumed
        {
            let reading =
                year.fiscal_year.map_or_else(String::new, |year| self.page.means.vocabulary.eras.long(year));
            assumed = true;
            let code = if year.fiscal_year.is_some() { Code::YearAssumed } else { Code::YearMissing };
            self.tell(code, at, &reading, reason, records);
        } else if fiscal_year.is_none() {
            let reason = match relative {
                Some(RelativeYear::Open) => "この言葉だけでは、いつの値か決まりません。",
                Some(_) => "表題などに、もとになる年度がありません。",
                None => "",
            };
            self.tell(Code::YearMissing, column.cell, "", reason, records);
        }
        let part = |year: Option<(&YearReading, CellRef)>| {
            year.map(|(y, _)| (y.span, y.month)).filter(|(span, _)| *span != Span::Year)
        };
        let (span, month) = part(own).or(part(before)).unwrap_or((Span::Year, None));
        let of_row = row.basis.filter(|_| span != Span::Year || !self.parts);
        let basis = meaning.basis.or(of_row).or(self.basis.filter(|_| span != Span::Year));
        When { fiscal_year, span, month, basis, kind, assumed }
    }

    fn tell(&mut self, code: Code, at: CellRef, reading: &str, reason: &str, records: &mut Records) {
        if !self.told.insert((code, at)) {
            return;
        }
        let page = self.page;
        let draft = Draft::new(code)
            .at(&page.place(at))
            .raw(page.text(at).trim())
            .reading(reading)
            .with("reason", reason);
        records.drafts.push(draft.of(&page.context.department, &page.context.division));
    }

    /// One finding for all columns of the table without a kind.
    pub fn finish(self, records: &mut Records) {
        let Some((first, words)) = self.without_kind.first() else { return };
        let draft = Draft::new(Code::KindAssumed)
            .at(&self.page.place(*first))
            .raw(words)
            .reading(Kind::Actual.label());
        let others = self.without_kind.iter().skip(1);
        let draft = others.fold(draft, |draft, (at, _)| draft.related(&self.page.place(*at)));
        records.drafts.push(draft.of(&self.page.context.department, &self.page.context.division));
    }
}

/// The loose texts above a table that no other table stands between, the nearest first.
pub fn titles<'p>(page: &'p Page, table: &Table) -> impl Iterator<Item = &'p str> {
    let (from, to) = table.range();
    let layout = &page.located.layout;
    let over = |first: CellRef, last: CellRef| first.col <= to.col && last.col >= from.col;
    let mut bottom: Option<u32> = None;
    for (reach, (first, last)) in layout.upwards(from.row) {
        if bottom.is_some_and(|bottom| bottom >= reach) {
            break;
        }
        if last.row < from.row && over(first, last) {
            bottom = bottom.max(Some(last.row));
        }
    }
    let mut around = layout.upwards(to.row).take_while(|(reach, _)| *reach >= from.row);
    let beside = around.any(|(_, (first, last))| last.row >= from.row && !over(first, last));
    let near =
        move |at: &&CellRef| !beside || at.col <= to.col && (at.col >= from.col || at.row + 2 < from.row);
    let lines = &layout.lines;
    let first = bottom.map_or(0, |bottom| lines.partition_point(|at| at.row <= bottom));
    let above = lines.get(first..lines.partition_point(|at| at.row < from.row)).unwrap_or_default();
    above.iter().rev().filter(near).map(|at| page.text(*at))
}
