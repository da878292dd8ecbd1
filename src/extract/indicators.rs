//! Indicator tables → indicators with their figures.

use std::collections::{BTreeMap, BTreeSet};

use super::axes::{Axes, RowWords, When};
use super::names::{Name, Qualifiers};
use super::sections::Titles;
use super::{Page, Records, heading, sums, units};
use crate::finding::{Code, Draft};
use crate::locate::meaning::Role;
use crate::locate::{Column, Slot, Table, View};
use crate::model::fiscal::Span;
use crate::model::indicator::{Class, IndicatorSource, Kind};
use crate::model::place::CellRef;
use crate::model::quantity::Unit;
use crate::model::sheet::Value;
use crate::normalise::polarity::read_polarity;
use crate::normalise::quantity::read_cell;
use crate::normalise::text::canonical_name;
use crate::normalise::unit;

/// Reads all indicator tables of a sheet.
pub fn read(page: &Page, titles: &Titles, records: &mut Records) {
    for table in page.located.layout.tables.iter().filter(|table| table.purpose.indicators) {
        let class = titles.class_above(table.range().0.row).or(header_class(table));
        let mut reader = TableReader {
            page,
            table,
            view: page.view(table),
            axes: Axes::of(page, table),
            unit: units::of_table(page, table),
            class,
            drafts: Vec::new(),
            known: BTreeMap::new(),
            as_text: Vec::new(),
            unread: Vec::new(),
            grouped: false,
            lines: Vec::new(),
            qualifiers: None,
            kinds_among_names: false,
        };
        reader.kinds_among_names = reader.has_kinds_among_names();
        reader.grouped = reader.is_grouped();
        reader.qualifiers = reader.find_qualifiers();
        reader.rows();
        reader.figures(records);
        reader.unheaded();
        reader.finish(records);
    }
}

/// An indicator while its rows are read.
pub(super) struct Gathered {
    pub(super) source: IndicatorSource,
    pub(super) units: Vec<(Option<Unit>, CellRef)>,
    pub(super) blanks: Vec<(When, CellRef)>,
}

/// A row whose indicator is known.
pub(super) struct Line {
    pub(super) row: u32,
    /// Index of the indicator's draft.
    pub(super) index: usize,
    /// What the cells in front of the figures say.
    pub(super) words: RowWords,
}

/// What tells indicators of one table apart: owner, class, unit and canonical name.
type Known = (String, String, Option<Class>, Option<Unit>, String);

fn known(source: &IndicatorSource) -> Known {
    let (department, division) = (source.department.clone(), source.division.clone());
    (department, division, source.class, source.unit.clone(), canonical_name(&source.name))
}

/// A table while it is read.
pub(super) struct TableReader<'a> {
    pub(super) page: &'a Page<'a>,
    pub(super) table: &'a Table,
    pub(super) view: &'a View<'a>,
    pub(super) axes: Axes<'a>,
    pub(super) unit: Option<Unit>,
    class: Option<Class>,
    pub(super) drafts: Vec<Gathered>,
    /// The first draft of each name.
    known: BTreeMap<Known, usize>,
    pub(super) as_text: Vec<CellRef>,
    pub(super) unread: Vec<CellRef>,
    pub(super) lines: Vec<Line>,
    pub(super) qualifiers: Option<Qualifiers>,
    /// 目標 and 実績 stand where names do, below or beside them.
    pub(super) kinds_among_names: bool,
    /// Under the word for the indicator, groups stand in front of the names.
    pub(super) grouped: bool,
}

impl<'a> TableReader<'a> {
    fn rows(&mut self) {
        let table = self.table;
        let mut above = RowWords::default();
        let mut current: Option<usize> = (!table.card.is_empty()).then(|| self.card()).flatten();
        let card = current.is_some();
        let mut all: Vec<(u32, bool)> = table.rows.iter().map(|row| (*row, true)).collect();
        all.extend(table.left_out.iter().map(|(row, _)| (*row, false)));
        all.sort_unstable();
        // A name on a line of its own, above rows that are named 目標 and 実績.
        let mut group: Option<&Slot> = None;
        let mut total = false;
        for (row, holds_record) in all {
            if !holds_record {
                group = self.names_in(row).first().copied();
                continue;
            }
            let mut words = RowWords::default();
            let name = if card {
                self.axis_cells(row, None, &mut words);
                Name::Same
            } else {
                self.name(row, &mut group, &mut words)
            };
            match name {
                Name::New(slot) => {
                    words.carry(&above, Some(slot.start));
                    current = self.indicator(slot, row, current);
                }
                Name::Same => words.carry(&above, None),
                Name::Blank | Name::Total => current = None,
            }
            total = matches!(name, Name::Total) || total && matches!(name, Name::Same);
            match (current, words.unread) {
                _ if words.computed => {}
                (Some(_), Some(at)) => self.unread.push(at),
                (Some(index), None) => self.lines.push(Line { row, index, words: words.clone() }),
                (None, _) if !total => self.unnamed(row),
                (None, _) => {}
            }
            above = words;
        }
    }

    /// A row with figures and without a name.
    fn unnamed(&mut self, row: u32) {
        let table = self.table;
        let slots = table.value_columns().filter_map(|column| self.view.slot(row, column.start, column.end));
        let number =
            slots.into_iter().find(|slot| slot.starts_in(row) && matches!(slot.cell.value, Value::Number(_)));
        self.unread.extend(number.map(|slot| slot.anchor));
    }

    /// The slot of a row under a role's column.
    fn under(&self, row: u32, role: Role) -> Option<&'a Slot<'a>> {
        let column = self.table.columns.iter().find(|column| column.meaning.role == Some(role))?;
        // A name that is merged over the column beside it says nothing of that one.
        self.view.slot(row, column.start, column.end).filter(|slot| slot.start >= column.start)
    }

    pub(super) fn text(&self, row: u32, role: Role) -> &'a str {
        self.under(row, role).map_or("", |slot| slot.text().trim())
    }

    /// The indicator whose name stands in `slot`: the current one where the cell is the same.
    fn indicator(&mut self, slot: &Slot, row: u32, current: Option<usize>) -> Option<usize> {
        let qualifier = self.qualifier(slot, row);
        let place = self.page.place(qualifier.map_or(slot.anchor, |qualifier| qualifier.anchor));
        if let Some(index) = current.filter(|index| self.drafts[*index].source.place == place) {
            return Some(index);
        }
        let vocabulary = self.page.means.vocabulary;
        let parts = unit::split_name(slot.text(), vocabulary);
        if parts.name.is_empty() {
            return None;
        }
        let name = qualifier
            .map_or(parts.name.clone(), |qualifier| format!("{}（{}）", parts.name, qualifier.text().trim()));
        let note = self.text(row, Role::Note);
        let own = unit::read_unit(self.text(row, Role::Unit), vocabulary).or(parts.unit);
        let own = own.or_else(|| self.unit_beside(row));
        let classes = [Role::Class, Role::KindColumn]
            .map(|role| heading::class_in_title(self.text(row, role), vocabulary));
        let mut source = IndicatorSource {
            department: self.page.context.department.clone(),
            division: self.page.context.division.clone(),
            name,
            class: classes.into_iter().flatten().next().or(parts.class).or(self.class),
            unit: own.or_else(|| unit::read_unit_note(note, vocabulary)).or_else(|| self.unit.clone()),
            polarity: read_polarity(self.text(row, Role::Polarity), vocabulary).or(parts.polarity),
            note: note.to_owned(),
            place,
            carried_from: None,
            figures: Vec::new(),
        };
        for role in [Role::Owner, Role::Department, Role::Division] {
            if let Some(slot) = self.under(row, role) {
                owner(self.page, role, slot.text(), &mut source);
            }
        }
        Some(self.gather(source))
    }

    /// A draft for a source: that of the same name in this table, where there is one.
    fn gather(&mut self, source: IndicatorSource) -> usize {
        let first = *self.known.entry(known(&source)).or_insert(self.drafts.len());
        if first < self.drafts.len() && self.is_axed() {
            return first;
        }
        self.drafts.push(Gathered { source, units: Vec::new(), blanks: Vec::new() });
        self.drafts.len() - 1
    }

    /// The indicator that the labels above the table speak of.
    fn card(&mut self) -> Option<usize> {
        let vocabulary = self.page.means.vocabulary;
        let value = |role: Role| {
            let pair = self.table.card.iter().find(|pair| pair.meaning.role == Some(role))?;
            pair.values.first().copied()
        };
        let text = |role: Role| value(role).map_or("", |at| self.page.text(at).trim());
        let at = value(Role::Indicator)?;
        let parts = unit::split_name(self.page.text(at), vocabulary);
        let mut source = IndicatorSource {
            department: self.page.context.department.clone(),
            division: self.page.context.division.clone(),
            name: parts.name,
            class: heading::class_in_title(text(Role::Class), vocabulary).or(parts.class).or(self.class),
            unit: unit::read_unit(text(Role::Unit), vocabulary).or(parts.unit).or_else(|| self.unit.clone()),
            polarity: read_polarity(text(Role::Polarity), vocabulary).or(parts.polarity),
            note: text(Role::Note).to_owned(),
            place: self.page.place(at),
            carried_from: None,
            figures: Vec::new(),
        };
        for role in [Role::Owner, Role::Department, Role::Division] {
            if let Some(at) = value(role) {
                owner(self.page, role, self.page.text(at), &mut source);
            }
        }
        (!source.name.is_empty()).then(|| self.gather(source))
    }

    /// Columns with figures under a header that nobody understands, or under none; and values in front of the names.
    fn unheaded(&mut self) {
        let table = self.table;
        let first = table.value_columns().map(|column| column.start).min().unwrap_or(table.end);
        let values = table.value_columns().any(|column| column.meaning.is_value());
        let understood = |column: &Column| {
            let meaning = &column.meaning;
            let role = meaning.role.is_some_and(|role| role != Role::ValueColumn || !values);
            role || meaning.is_value() || meaning.computed || meaning.unit.is_some()
        };
        let mut seen = BTreeSet::new();
        for row in &table.rows {
            for slot in self.view.row(*row).iter().filter(|slot| slot.starts_in(*row)) {
                let column = table.column_over(slot.start, slot.end);
                let within = (table.start..=table.end).contains(&slot.start);
                let free = slot.start < first && column.is_none_or(|column| column.words.is_empty());
                let names = table.names.is_some_and(|(start, end)| slot.overlaps(start, end));
                if !within || free || names || column.is_some_and(understood) || seen.contains(&slot.start) {
                    continue;
                }
                if self.is_figure(slot) {
                    seen.insert(slot.start);
                    self.unread.push(column.map_or(slot.anchor, |column| column.cell));
                }
            }
        }
    }

    /// A number, or a text such as 28.5％ that holds one with its unit.
    fn is_figure(&self, slot: &Slot) -> bool {
        let reading = || read_cell(slot.cell, None, self.page.means.vocabulary);
        let text = || {
            let reading = reading();
            reading.quantity.is_some() && (reading.unit.is_some() || reading.number_in_text)
        };
        matches!(slot.cell.value, Value::Number(_)) || text()
    }

    /// Hands over what was gathered.
    fn finish(mut self, records: &mut Records) {
        self.unread.dedup();
        for at in std::mem::take(&mut self.unread) {
            let draft =
                Draft::new(Code::ColumnUnread).at(&self.page.place(at)).raw(self.page.text(at).trim());
            records.drafts.push(draft.of(&self.page.context.department, &self.page.context.division));
        }
        for Gathered { mut source, units, mut blanks } in self.drafts {
            // What was struck out is told as such.
            blanks.retain(|(_, at)| self.page.located.view.struck.binary_search(at).is_err());
            if source.figures.is_empty() {
                continue;
            }
            units::settle(self.page, &mut source, &units, records);
            blank_values(self.page, &source, &blanks, records);
            if source.figures.iter().any(|figure| figure.span != Span::Year && figure.basis.is_none()) {
                let draft = Draft::new(Code::BasisMissing).at(&source.place).with("name", &source.name);
                records.drafts.push(draft.of(&source.department, &source.division));
            }
            records.indicators.push(source);
        }
        self.axes.finish(records);
        sums::remember(self.page, &self.as_text, records);
    }
}

/// A row's own department and division.
fn owner(page: &Page, role: Role, text: &str, source: &mut IndicatorSource) {
    let owner = page.means.lexicon.owner(text);
    if !owner.department.is_empty() {
        source.department = owner.department;
    }
    if !owner.division.is_empty() {
        source.division = owner.division;
    } else if role == Role::Division {
        text.trim().clone_into(&mut source.division);
    }
}

/// 成果指標 or KGI as the word over the names.
fn header_class(table: &Table) -> Option<Class> {
    table.columns.iter().find(|column| column.meaning.role == Some(Role::Indicator))?.meaning.class
}

/// A blank between figures, for a year that has begun, is asked for.
fn blank_values(page: &Page, source: &IndicatorSource, blanks: &[(When, CellRef)], records: &mut Records) {
    for (when, at) in blanks {
        let begun = match when.kind {
            Kind::Actual => when.fiscal_year.is_some_and(|year| year < page.means.fiscal_year),
            Kind::Target | Kind::Plan => when.fiscal_year.is_some_and(|year| year <= page.means.fiscal_year),
            Kind::Baseline | Kind::Forecast => false,
        };
        if when.span != Span::Year || !begun {
            continue;
        }
        let year = when.fiscal_year.map_or_else(String::new, |year| page.means.vocabulary.eras.short(year));
        let draft = Draft::new(Code::ValueBlank).at(&page.place(*at)).with("name", &source.name);
        let draft = draft.with("label", format!("{year}{}", when.kind.label()));
        records.drafts.push(draft.of(&source.department, &source.division));
    }
}
