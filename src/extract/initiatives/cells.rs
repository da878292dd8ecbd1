//! The cells that say something of one item, and what its marks mean.

use super::super::Page;
use super::super::legend::Legends;
use crate::locate::meaning::Role;
use crate::locate::{Block, Column, Table};
use crate::model::fiscal::FiscalYear;
use crate::model::place::CellRef;
use crate::model::quantity::Unit;
use crate::model::sheet::Cell;
use crate::normalise::Vocabulary;
use crate::normalise::status::{Legend, read_legend};

/// A cell and where it stands.
pub type Found<'a> = (CellRef, &'a Cell);

/// The cells that say something of one item, by what their header or label means.
#[derive(Default, Clone)]
pub struct Cells<'a> {
    pub number: Option<Found<'a>>,
    pub item_number: Option<Found<'a>>,
    pub program: Option<Found<'a>>,
    pub item: Option<Found<'a>>,
    pub department: Option<Found<'a>>,
    pub division: Option<Found<'a>>,
    pub owner: Option<Found<'a>>,
    pub status: Option<Found<'a>>,
    pub direction: Option<Found<'a>>,
    pub progress: Option<Found<'a>>,
    pub due: Option<Found<'a>>,
    /// All columns of remarks; where one is headed コメント, that one alone.
    pub comments: Vec<Found<'a>>,
    /// 進捗率（％）: the unit in the header or label.
    pub progress_unit: Option<&'a Unit>,
    /// There is a status column or label.
    pub has_status: bool,
    /// There is one for the status or the direction.
    pub has_state: bool,
    commented: bool,
}

impl<'a> Cells<'a> {
    /// Takes in a cell under a header or beside a label.
    pub fn put(&mut self, role: Role, found: Found<'a>, unit: Option<&'a Unit>, words: &str) {
        if role == Role::Comment {
            let plain = words.contains("コメント");
            if plain && !self.commented {
                self.comments.clear();
            }
            if plain || !self.commented {
                self.comments.push(found);
            }
            self.commented |= plain;
            return;
        }
        if role == Role::Progress {
            self.progress_unit = self.progress_unit.or(unit);
        }
        let place = match role {
            Role::Number => &mut self.number,
            Role::Program => &mut self.program,
            Role::Item => &mut self.item,
            Role::Department => &mut self.department,
            Role::Division => &mut self.division,
            Role::Owner => &mut self.owner,
            Role::Status => &mut self.status,
            Role::Direction => &mut self.direction,
            Role::Progress => &mut self.progress,
            Role::Due => &mut self.due,
            _ => return,
        };
        place.get_or_insert(found);
    }

    /// Whether something that starts in this row says more than a name.
    pub fn says_something(&self, row: u32) -> bool {
        let found = [self.status, self.direction, self.progress, self.due];
        found.iter().flatten().chain(&self.comments).any(|(at, _)| at.row == row)
    }

    /// Which state columns or labels there are, filled or not.
    pub fn expect(&mut self, status: bool, direction: bool) {
        self.has_status = status;
        self.has_state = status || direction;
    }
}

/// A number between programme and item counts the programme's items.
pub fn numbers_items(table: &Table, column: &Column) -> bool {
    let start = |role| {
        table.columns.iter().find(|column| column.meaning.role == Some(role)).map(|column| column.start)
    };
    let between = |(program, item)| program < column.start && column.start < item;
    column.meaning.role == Some(Role::Number)
        && start(Role::Program).zip(start(Role::Item)).is_some_and(between)
}

/// Whether another column of the same role speaks of this year's state and this one of another year's.
pub fn is_outdated(table: &Table, column: &Column, fiscal_year: FiscalYear) -> bool {
    let year = |column: &Column| column.meaning.year.as_ref().and_then(|year| year.fiscal_year);
    let current =
        |other: &Column| other.meaning.role == column.meaning.role && year(other) == Some(fiscal_year);
    year(column).is_some_and(|own| own != fiscal_year) && table.columns.iter().any(current)
}

/// What the marks of a table or block mean where its sheet says so.
#[derive(Debug, Default)]
pub struct Marks {
    /// Those of the status.
    pub status: Option<Legend>,
    /// Those of the direction.
    pub direction: Option<Legend>,
}

impl Marks {
    /// Those of a table: explained in its own header, else elsewhere on the sheet.
    pub fn of_table(table: &Table, legends: &Legends, vocabulary: &Vocabulary) -> Self {
        let of = |role| {
            let column = table.columns.iter().find(|column| column.meaning.role == Some(role))?;
            let words = column.words.join("　");
            let own = column.words.iter().find_map(|words| read_legend(words, vocabulary));
            own.or_else(|| legends.for_words(&words, table.top))
        };
        Self { status: of(Role::Status), direction: of(Role::Direction) }
    }

    /// Those of a block: explained in its label, else elsewhere on the sheet.
    pub fn of_block(page: &Page, block: &Block, legends: &Legends) -> Self {
        let of = |role| {
            let label = block.pairs.iter().find(|pair| pair.meaning.role == Some(role))?.label;
            let words = page.text(label);
            read_legend(words, page.means.vocabulary).or_else(|| legends.for_words(words, label.row))
        };
        Self { status: of(Role::Status), direction: of(Role::Direction) }
    }
}
