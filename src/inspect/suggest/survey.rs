//! What can be seen of a sheet: its header row, what its columns seem to be, and which of them repeat.

use std::collections::{BTreeMap, BTreeSet};

use crate::extract::{Located, heading};
use crate::locate::{Slot, View};
use crate::model::sheet::Value;
use crate::normalise::Vocabulary;
use crate::normalise::header::read_header;
use crate::normalise::status::{Column as StateColumn, read_status};
use crate::normalise::text::{key, split_brackets};
use crate::normalise::vocabulary::Role;

/// The header is looked for in so many rows from the top.
const HEAD_ROWS: u32 = 20;
/// So many rows of data tell what a column holds.
const SAMPLE: usize = 60;
/// Wider sheets are searched for repetitions only so far.
const WIDEST: usize = 1024;
/// The roles that a profile's columns can have.
const ROLES: [Role; 11] = [
    Role::Number,
    Role::Program,
    Role::Owner,
    Role::Department,
    Role::Division,
    Role::Item,
    Role::Status,
    Role::Direction,
    Role::Progress,
    Role::Due,
    Role::Comment,
];

/// An indicator's columns.
#[derive(Debug)]
pub struct Pair {
    /// Its name's column.
    pub name: u32,
    /// Its unit's column.
    pub unit: Option<u32>,
    /// Its value's column in the first block.
    pub value: Option<u32>,
    /// The class that its header names, as a profile writes it.
    pub class: Option<String>,
}

/// Equal columns side by side.
#[derive(Debug, Clone, Copy)]
pub struct Blocks {
    /// First column.
    pub first: u32,
    /// Columns of one block.
    pub width: u32,
    /// How many blocks.
    pub count: u32,
}

/// What can be seen of a sheet.
#[derive(Debug)]
pub struct Survey<'a> {
    /// Its name.
    pub sheet: &'a str,
    /// The header row.
    pub header: u32,
    /// The first row of data.
    pub first: u32,
    /// Header words by column, spaces and line breaks as one space.
    pub words: BTreeMap<u32, String>,
    /// The columns whose role the header or the cells tell.
    pub roles: Vec<(Role, u32)>,
    /// The repetition that covers most columns.
    pub blocks: Option<Blocks>,
    /// The indicators.
    pub pairs: Vec<Pair>,
    /// The pairs were made by their order alone.
    pub by_order: bool,
    /// Columns of numbers, outside of blocks.
    pub numbers: Vec<u32>,
    /// Status and direction texts that no vocabulary explains.
    pub unknown: BTreeSet<String>,
}

impl<'a> Survey<'a> {
    /// Looks at a sheet; `None` where it has no header row with data below it.
    pub fn of(located: &'a Located, vocabulary: &Vocabulary) -> Option<Self> {
        let view = &located.view;
        let header = header_row(view)?;
        let data: Vec<u32> =
            view.rows().map(|(row, _)| row).filter(|row| *row > header).take(SAMPLE).collect();
        let first = *data.first()?;
        let words: BTreeMap<u32, String> = (view.row(header).iter())
            .map(|slot| (slot.start, slot.text().split_whitespace().collect::<Vec<_>>().join(" ")))
            .collect();
        let blocks = blocks(&words);
        let mut survey = Survey {
            sheet: &located.sheet.name,
            header,
            first,
            roles: Vec::new(),
            pairs: Vec::new(),
            by_order: false,
            numbers: Vec::new(),
            unknown: BTreeSet::new(),
            words,
            blocks,
        };
        survey.roles(view, &data, vocabulary);
        survey.pairs(vocabulary);
        survey.numbers =
            survey.outside().filter(|col| survey.is_free(*col) && is_numeric(view, &data, *col)).collect();
        survey.values(view, &data);
        Some(survey)
    }

    /// The header of a column; empty where it has none.
    pub fn word(&self, col: u32) -> &str {
        self.words.get(&col).map_or("", String::as_str)
    }

    /// The columns with a header outside of all blocks.
    fn outside(&self) -> impl Iterator<Item = u32> {
        let inside =
            |col: &u32| self.blocks.is_some_and(|b| (b.first..b.first + b.width * b.count).contains(col));
        self.words.keys().copied().filter(move |col| !inside(col))
    }

    fn is_free(&self, col: u32) -> bool {
        self.roles.iter().all(|(_, known)| *known != col)
            && self.pairs.iter().all(|pair| pair.name != col && pair.unit != Some(col))
    }

    fn roles(&mut self, view: &View, data: &[u32], vocabulary: &Vocabulary) {
        for col in self.outside().collect::<Vec<_>>() {
            let role = read_header(self.word(col), None, vocabulary).role();
            let known = |role: &Role| self.roles.iter().any(|(other, _)| other == role);
            if let Some(role) = role.filter(|role| ROLES.contains(role) && !known(role)) {
                self.roles.push((role, col));
                if matches!(role, Role::Status | Role::Direction) {
                    self.unknown.extend(unexplained(view, data, col, role, vocabulary));
                }
            }
        }
        // Cells that hold lists say more than a header's word.
        let lists = |col: &u32| {
            let texts = data.iter().filter_map(|row| view.at(*row, *col));
            let several = texts.clone().filter(|slot| heading::bullets(slot.text()).len() > 1).count();
            several * 2 > texts.count()
        };
        let headed = self.roles.iter().position(|(role, _)| *role == Role::Item);
        let told = headed.and_then(|at| self.roles.get(at)).is_some_and(|(_, col)| lists(col));
        let listed = self.outside().filter(|col| self.is_free(*col)).find(lists).filter(|_| !told);
        if let Some(col) = listed {
            self.roles.retain(|(role, _)| *role != Role::Item);
            self.roles.push((Role::Item, col));
            self.roles.sort_by_key(|(_, col)| *col);
        }
    }

    /// Names with the units behind them.
    fn pairs(&mut self, vocabulary: &Vocabulary) {
        let mut pairs: Vec<Pair> = Vec::new();
        for col in self.outside() {
            let words = self.word(col);
            let last = words.rsplit(['：', ':', ' ']).next().unwrap_or(words);
            let role = |text: &str| read_header(text, None, vocabulary).role();
            if role(last) == Some(Role::Unit) {
                if let Some(pair) = pairs.last_mut().filter(|pair| pair.unit.is_none()) {
                    pair.unit = Some(col);
                }
                continue;
            }
            let class = vocabulary.class.within(&key(&split_brackets(words).0)).map(|(_, class)| *class);
            let taken = self.roles.iter().any(|(_, known)| *known == col);
            if !taken && (role(words) == Some(Role::Indicator) || class.is_some()) {
                let class = class.and_then(|class| serde_json::to_value(class).ok());
                let class = class.and_then(|class| class.as_str().map(str::to_owned));
                pairs.push(Pair { name: col, unit: None, value: None, class });
            }
        }
        self.pairs = pairs;
    }

    /// Each indicator's value column: its header starts the name's (⑤活動指標 ア under ⑤活動指標 ア：名称), else by
    /// order where there are as many.
    fn values(&mut self, view: &View, data: &[u32]) {
        let Some(blocks) = self.blocks else { return };
        let first: Vec<u32> = (blocks.first..blocks.first + blocks.width).collect();
        let mut taken = BTreeSet::new();
        let words = &self.words;
        for pair in &mut self.pairs {
            let name = key(&split_brackets(words.get(&pair.name).map_or("", String::as_str)).0);
            let starts = |col: &&u32| {
                let word = words.get(col).map_or_else(String::new, |words| key(words));
                !word.is_empty() && name.starts_with(&word) && !taken.contains(*col)
            };
            pair.value = first.iter().find(starts).copied();
            taken.extend(pair.value);
        }
        let numeric: Vec<u32> = first.into_iter().filter(|col| is_numeric(view, data, *col)).collect();
        if taken.is_empty() && numeric.len() == self.pairs.len() {
            self.by_order = true;
            for (pair, col) in self.pairs.iter_mut().zip(numeric) {
                pair.value = Some(col);
            }
        }
    }
}

/// The row near the top with the most different words.
fn header_row(view: &View) -> Option<u32> {
    let mut best: Option<(u32, usize)> = None;
    for (row, slots) in view.rows().take_while(|(row, _)| *row < HEAD_ROWS) {
        let word = |text: &str| text.chars().any(char::is_alphabetic);
        let words: BTreeSet<&str> = (slots.iter())
            .filter(|slot| {
                matches!(slot.cell.value, Value::Text(_)) && slot.starts_in(row) && word(slot.text())
            })
            .map(Slot::text)
            .collect();
        if words.len() > best.map_or(1, |(_, most)| most) {
            best = Some((row, words.len()));
        }
    }
    best.map(|(row, _)| row)
}

/// The repetition of header words that covers most columns, with the narrowest block.
fn blocks(words: &BTreeMap<u32, String>) -> Option<Blocks> {
    let (first, last) = (*words.keys().next()?, *words.keys().next_back()?);
    let keys: Vec<String> = (first..=last)
        .take(WIDEST)
        .map(|col| words.get(&col).map_or_else(String::new, |words| key(words)))
        .collect();
    let mut best: Option<(usize, usize, usize)> = None;
    for width in 1..=keys.len() / 2 {
        let mut from = 0;
        for at in 0..=keys.len() - width {
            let goes_on = keys.get(at + width).is_some_and(|other| *other == keys[at] && !other.is_empty());
            if goes_on {
                continue;
            }
            // The run from `from` repeats as far as here.
            let count = (at - from) / width + 1;
            let covers = |(_, width, count): (usize, usize, usize)| width * count;
            if count > 1 && best.is_none_or(|known| covers(known) < width * count) {
                best = Some((from, width, count));
            }
            from = at + 1;
        }
    }
    best.and_then(|(from, width, count)| {
        let first = first + u32::try_from(from).ok()?;
        Some(Blocks { first, width: u32::try_from(width).ok()?, count: u32::try_from(count).ok()? })
    })
}

/// Most of its cells are numbers, as such or as text.
fn is_numeric(view: &View, data: &[u32], col: u32) -> bool {
    let cells: Vec<_> = data.iter().filter_map(|row| view.at(*row, col)).collect();
    let number = |text: &str| {
        let key = key(text);
        key.contains(|c: char| c.is_ascii_digit()) && !key.contains(char::is_alphabetic)
    };
    let numbers = cells.iter().filter(|slot| number(slot.text())).count();
    numbers > 0 && numbers * 2 > cells.len()
}

/// Texts of a status or direction column that no vocabulary explains.
fn unexplained(view: &View, data: &[u32], col: u32, role: Role, vocabulary: &Vocabulary) -> BTreeSet<String> {
    let column = if role == Role::Status { StateColumn::Status } else { StateColumn::Direction };
    let texts = data.iter().filter_map(|row| view.at(*row, col)).map(|slot| slot.text().trim());
    let unknown = |text: &&str| {
        read_status(text, column, None, vocabulary).confidence == crate::model::quantity::Confidence::Unread
    };
    texts.filter(|text| text.chars().count() <= 40).filter(unknown).map(str::to_owned).collect()
}
