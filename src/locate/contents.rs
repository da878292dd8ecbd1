//! What the cells of a column say where its header word leaves it open: months under 進捗状況 or under nothing, a 進捗状況
//! that holds percentages or prose, a list whose first column has a name of its own.

use std::collections::BTreeMap;

use super::layout::{Column, Table};
use super::meaning::{Meanings, Role};
use super::purpose;
use super::says::Says;
use super::view::{Slot, View};
use crate::model::fiscal::{Period, Span};
use crate::normalise::items::split_items;
use crate::normalise::status::mark_key;
use crate::normalise::vocabulary::TableWord;

/// How many cells of a column say what; nothing of a column that is about something else for certain.
#[derive(Debug, Default, Clone, Copy)]
struct Count {
    filled: usize,
    words: usize,
    marks: usize,
    bars: usize,
    shares: usize,
    prose: usize,
}

impl Count {
    fn of(view: &View, meanings: &Meanings, table: &Table, column: &Column) -> Self {
        let mut count = Self::default();
        if !is_open(meanings, column) {
            return count;
        }
        let mut known: BTreeMap<&str, Says> = BTreeMap::new();
        for slot in cells(view, table, column) {
            count.filled += 1;
            match known.entry(slot.text()).or_insert_with(|| meanings.says(slot.text())) {
                Says::Words => count.words += 1,
                Says::Mark => count.marks += 1,
                Says::Bar => count.bars += 1,
                Says::Share => count.shares += 1,
                Says::Prose => count.prose += 1,
                Says::Other => {}
            }
        }
        count
    }

    fn states(self) -> usize {
        self.words + self.marks
    }

    fn plus(self, other: Self) -> Self {
        Self {
            filled: self.filled + other.filled,
            words: self.words + other.words,
            marks: self.marks + other.marks,
            bars: self.bars + other.bars,
            shares: self.shares + other.shares,
            prose: self.prose + other.prose,
        }
    }
}

/// Whether the cells of a column may decide what it is about.
fn is_open(meanings: &Meanings, column: &Column) -> bool {
    match column.meaning.role {
        Some(Role::Status | Role::Rate) => true,
        Some(Role::Comment) => says_open(meanings, column),
        Some(_) => false,
        None => column.meaning.group.is_some() || column.meaning.year.is_some(),
    }
}

/// Whether its word may head statuses as well as remarks: 取組状況.
fn says_open(meanings: &Meanings, column: &Column) -> bool {
    column.words.last().is_some_and(|word| meanings.is_table_word(word, TableWord::Open))
}

/// The cells of a column that start in a record's row and stand in this column alone.
fn cells<'v, 'a>(
    view: &'v View<'a>,
    table: &'v Table,
    column: &'v Column,
) -> impl Iterator<Item = &'v Slot<'a>> {
    table.rows.iter().filter_map(|row| own(view, column, *row))
}

/// The cell of a column that starts in a row and stands in this column alone.
fn own<'v, 'a>(view: &'v View<'a>, column: &Column, row: u32) -> Option<&'v Slot<'a>> {
    let slot = view.slot(row, column.start, column.end)?;
    (slot.starts_in(row) && slot.start >= column.start && slot.end <= column.end).then_some(slot)
}

/// Decides what columns are by their cells, and whether that makes the table one of initiatives.
pub fn decide(view: &View, meanings: &Meanings, table: &mut Table, period: Period) {
    let has = |table: &Table, role: Role| table.columns.iter().any(|c| c.meaning.role == Some(role));
    let named = [Role::Item, Role::Program, Role::Status].into_iter().any(|role| has(table, role));
    if has(table, Role::Indicator) || !named {
        return;
    }
    let counts: Vec<Count> =
        table.columns.iter().map(|column| Count::of(view, meanings, table, column)).collect();
    open_words(meanings, table, &counts);
    grouped_times(table, &counts);
    if has(table, Role::Item) && !has(table, Role::Program) {
        nested_items(view, meanings, table);
    }
    if has(table, Role::Item) || has(table, Role::Program) {
        months(view, table, &counts, period);
    } else {
        unknown_names(view, meanings, table, &counts);
    }
    table.purpose.initiatives = purpose::initiatives(&table.columns);
}

/// Statuses that are percentages or prose, and remarks that are statuses.
fn open_words(meanings: &Meanings, table: &mut Table, counts: &[Count]) {
    let is = |column: &Column, role| column.meaning.role == Some(role);
    let of = |role| table.columns.iter().zip(counts).filter(move |(column, _)| is(column, role));
    let told = of(Role::Status).any(|(_, count)| count.states() > 0);
    let rated = of(Role::Progress).next().is_some();
    let status = of(Role::Status).next().is_some();
    for (column, count) in table.columns.iter_mut().zip(counts) {
        let open = says_open(meanings, column);
        let prose = count.states() == 0 && count.prose * 2 > count.filled;
        match column.meaning.role {
            Some(Role::Status) if !rated && count.filled > 0 && count.shares == count.filled => {
                column.meaning.role = Some(Role::Progress);
            }
            // 達成度 60% of an initiative is how far it is, not a sum over other columns.
            Some(Role::Rate) if !rated && count.filled > 0 && count.shares == count.filled => {
                column.meaning.role = Some(Role::Progress);
                column.meaning.computed = false;
            }
            Some(Role::Status) if prose && (told || open) => column.meaning.role = Some(Role::Comment),
            Some(Role::Comment) if open && !status && count.filled > 0 && count.words == count.filled => {
                column.meaning.role = Some(Role::Status);
            }
            _ => {}
        }
    }
}

/// 4月, 5月 … under 進捗状況 or 進捗率 are that of each month; arrows and bars are a schedule.
fn grouped_times(table: &mut Table, counts: &[Count]) {
    for role in [Role::Status, Role::Progress, Role::Direction, Role::Comment] {
        let grouped = |column: &Column| {
            column.meaning.role.is_none()
                && column.meaning.group == Some(role)
                && column.meaning.kind.is_none()
                && !column.meaning.computed
        };
        let all = table.columns.iter().zip(counts).filter(|(column, _)| grouped(column));
        let count = all.fold(Count::default(), |all, (_, count)| all.plus(*count));
        if count.bars * 2 > count.filled {
            continue;
        }
        for column in table.columns.iter_mut().filter(|column| grouped(column)) {
            column.meaning.role = Some(role);
        }
    }
}

/// Months, quarters or halves under no word at all: statuses where every cell up to the month is one and none is filled
/// ahead, as a schedule would be; ○ alone may mark when something takes place.
fn months(view: &View, table: &mut Table, counts: &[Count], period: Period) {
    let stands = |role: Option<Role>| matches!(role, Some(Role::Status | Role::Progress));
    if table.columns.iter().any(|column| stands(column.meaning.role)) {
        return;
    }
    let bare = |column: &Column| {
        let meaning = &column.meaning;
        let timed = meaning.year.as_ref().is_some_and(|year| year.month.is_some() || year.span != Span::Year);
        let plain = meaning.role.is_none() && meaning.group.is_none() && meaning.kind.is_none();
        timed && plain && meaning.unit.is_none() && !meaning.computed
    };
    let all: Vec<(&Column, &Count)> =
        table.columns.iter().zip(counts).filter(|(column, _)| bare(column)).collect();
    let count = all.iter().fold(Count::default(), |all, (_, count)| all.plus(**count));
    let ahead = all.iter().any(|(column, count)| count.filled > 0 && column.meaning.is_ahead(period));
    let mut marks: Vec<String> = all
        .iter()
        .flat_map(|(column, _)| cells(view, table, column))
        .map(|slot| mark_key(slot.text()))
        .collect();
    marks.sort_unstable();
    marks.dedup();
    let told = count.words > 0 || marks.len() > 1;
    let role = match count {
        _ if all.len() < 2 || count.filled == 0 || ahead => return,
        count if count.shares == count.filled => Role::Progress,
        count if count.states() == count.filled && told => Role::Status,
        _ => return,
    };
    for column in table.columns.iter_mut().filter(|column| bare(column)) {
        column.meaning.role = Some(role);
    }
}

/// 重点取組 beside 具体的内容: where one of the first column goes with several of a later one, each with a state of its
/// own, the first names the programme and the later one its items.
fn nested_items(view: &View, meanings: &Meanings, table: &mut Table) {
    let Some(outer) = table.columns.iter().position(|column| column.meaning.role == Some(Role::Item)) else {
        return;
    };
    let inner = (outer + 1..table.columns.len()).find(|index| {
        let column = &table.columns[*index];
        let person = column.words.iter().any(|word| meanings.is_table_word(word, TableWord::Person));
        let free = column.meaning == super::Meaning::default() && !column.words.is_empty() && !person;
        (free || column.meaning.role == Some(Role::Item))
            && (holds_several(view, table, outer, *index) || lists_several(view, table, outer, *index))
    });
    if let Some(inner) = inner {
        table.columns[outer].meaning.role = Some(Role::Program);
        let column = &mut table.columns[inner];
        column.meaning.by_place = column.meaning.role.is_none();
        column.meaning.role = Some(Role::Item);
    }
}

/// The columns that say how something stands.
fn states(table: &Table) -> impl Iterator<Item = &Column> {
    let state = |role| matches!(role, Role::Status | Role::Progress | Role::Due);
    table.columns.iter().filter(move |column| column.meaning.role.is_some_and(state))
}

/// Below a cell of the outer column stand further ones of the inner column, each with a state in its own row.
fn holds_several(view: &View, table: &Table, outer: usize, inner: usize) -> bool {
    let (Some(outer), Some(inner)) = (table.columns.get(outer), table.columns.get(inner)) else {
        return false;
    };
    let text = |row: u32| {
        own(view, inner, row)
            .is_some_and(|slot| matches!(slot.cell.value, crate::model::sheet::Value::Text(_)))
    };
    let filled = table.rows.iter().filter(|row| text(**row)).count();
    let nested = table.rows.iter().any(|row| {
        own(view, outer, *row).is_none()
            && text(*row)
            && states(table).any(|state| own(view, state, *row).is_some())
    });
    nested && filled * 2 > table.rows.len()
}

/// A cell of the inner column lists ①…②… as often as that of a state beside it; that of the outer column does not.
fn lists_several(view: &View, table: &Table, outer: usize, inner: usize) -> bool {
    let count = |column: &Column, row: u32| {
        let slot = view.slot(row, column.start, column.end).filter(|slot| slot.starts_in(row));
        slot.map_or(0, |slot| split_items(slot.text()).iter().filter(|item| item.number.is_some()).count())
    };
    let (Some(outer), Some(inner)) = (table.columns.get(outer), table.columns.get(inner)) else {
        return false;
    };
    table.rows.iter().any(|row| {
        let listed = count(inner, *row);
        listed > 1 && count(outer, *row) == 0 && states(table).any(|state| count(state, *row) == listed)
    })
}

/// A list of things under a word of its own (避難所名) with a status for each and one more thing that is said of
/// initiatives: the first column of texts names the items.
fn unknown_names(view: &View, meanings: &Meanings, table: &mut Table, counts: &[Count]) {
    let told = table.columns.iter().zip(counts).any(|(column, count)| {
        // 評価 beside names may grade people.
        let goes = column.words.last().is_some_and(|word| word.contains(['進', '状']));
        column.meaning.role == Some(Role::Status) && goes && count.states() * 2 > count.filled
    });
    let also = [Role::Division, Role::Owner, Role::Due, Role::Progress, Role::Direction];
    let beside = table.columns.iter().any(|c| c.meaning.role.is_some_and(|role| also.contains(&role)));
    let figures = table.value_columns().next().is_some();
    if !told || !beside || figures {
        return;
    }
    let text = |slot: &Slot| matches!(slot.cell.value, crate::model::sheet::Value::Text(_));
    let names = table.columns.iter().position(|column| {
        let person = column.words.iter().any(|word| meanings.is_table_word(word, TableWord::Person));
        let free = column.meaning == super::Meaning::default() && !person;
        let filled = cells(view, table, column).count();
        free && filled * 2 > table.rows.len() && cells(view, table, column).all(text)
    });
    if let Some(column) = names.and_then(|index| table.columns.get_mut(index)) {
        column.meaning.role = Some(Role::Item);
        column.meaning.by_place = true;
    }
}
