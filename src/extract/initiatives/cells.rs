//! The cells that say something of one item, and what its marks mean.

use super::super::Page;
use super::super::legend::Explained;
use super::choice::{Candidate, Choice, choose};
use crate::locate::meaning::Role;
use crate::locate::{Block, Column, Table};
use crate::model::fiscal::FiscalYear;
use crate::model::initiative::Status;
use crate::model::place::CellRef;
use crate::model::quantity::Unit;
use crate::model::sheet::Cell;
use crate::normalise::Vocabulary;
use crate::normalise::status::{Column as Asked, Legend, read_legend, read_status};
use crate::normalise::text::key;
use crate::normalise::vocabulary::DueWord;

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
    pub direction: Option<Found<'a>>,
    /// All that may tell the status, in their order.
    pub statuses: Vec<Candidate<'a>>,
    /// All that may tell the progress.
    pub rates: Vec<Candidate<'a>>,
    /// What counts of the former.
    pub status: Choice<'a>,
    /// What counts of the latter.
    pub progress: Choice<'a>,
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
    /// Takes in a column or label that may tell the status or the progress, filled or not.
    pub fn offer(&mut self, role: Role, candidate: Candidate<'a>) {
        match role {
            Role::Status => self.statuses.push(candidate),
            Role::Progress => {
                self.progress_unit = self.progress_unit.or(candidate.meaning.unit.as_ref());
                self.rates.push(candidate);
            }
            _ => {}
        }
    }

    /// Chooses among them.
    pub fn settle(&mut self, page: &Page, year: FiscalYear, marks: &Marks) {
        let vocabulary = page.means.vocabulary;
        let read = |text: &str| {
            let reading = read_status(text, Asked::Status, marks.status.as_ref(), vocabulary);
            (reading.status, reading.direction)
        };
        let period = page.means.period;
        self.status = choose(&self.statuses, period, year, |a, b| read(a) == read(b));
        let understood = |(_, cell): Found| {
            let (status, direction) = read(&cell.text);
            status.is_some_and(|status| status != Status::Unknown) || direction.is_some()
        };
        // 「3回実施」 says nothing of the state where ○ stands under 評価.
        if let Some(unclear) = self.status.found.filter(|found| !understood(*found)) {
            let timeless = |own: &&Candidate| own.meaning.year.is_none() && own.found.is_some_and(understood);
            let clear: Vec<Candidate> = self.statuses.iter().filter(timeless).cloned().collect();
            if let Some(last) = clear.last() {
                let (text, words) = (unclear.1.text.trim(), last.words);
                let why = format!("「{text}」は状況の言葉として読めないため、「{words}」の欄を使いました");
                self.status = choose(&clear, period, year, |a, b| read(a) == read(b));
                self.status.why = Some(why);
                self.status.related.push(unclear.0);
            }
        }
        self.progress = choose(&self.rates, period, year, |a, b| key(a) == key(b));
    }

    /// Takes in a cell under a header or beside a label.
    pub fn put(&mut self, role: Role, found: Found<'a>, words: &str) {
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
        let place = match role {
            Role::Number => &mut self.number,
            Role::Program => &mut self.program,
            Role::Item => &mut self.item,
            Role::Department => &mut self.department,
            Role::Division => &mut self.division,
            Role::Owner => &mut self.owner,
            Role::Direction => &mut self.direction,
            Role::Due => &mut self.due,
            _ => return,
        };
        place.get_or_insert(found);
    }

    /// A status or rate that starts in this row.
    pub fn state_in(&self, row: u32) -> Option<Found<'a>> {
        let told = self.statuses.iter().chain(&self.rates).filter_map(|candidate| candidate.found);
        told.rev().find(|(at, _)| at.row == row)
    }

    /// Whether something that starts in this row says more than a name.
    pub fn says_something(&self, row: u32) -> bool {
        let told = self.statuses.iter().chain(&self.rates).filter_map(|candidate| candidate.found);
        let found = [self.direction, self.due].into_iter().flatten().chain(told);
        found.chain(self.comments.iter().copied()).any(|(at, _)| at.row == row)
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
pub fn is_outdated(table: &Table, column: &Column, fiscal_year: FiscalYear, vocabulary: &Vocabulary) -> bool {
    let year = |column: &Column| {
        let told = column.meaning.year.as_ref().and_then(|year| year.fiscal_year);
        told.or_else(|| spoken_year(column, fiscal_year, vocabulary))
    };
    // What is not dated speaks of now; a due or a remark of another year may stand beside it.
    let undated = matches!(column.meaning.role, Some(Role::Status | Role::Progress | Role::Item));
    let current = |other: &Column| {
        other.meaning.role == column.meaning.role
            && (year(other) == Some(fiscal_year) || (undated && year(other).is_none()))
    };
    year(column).is_some_and(|own| own != fiscal_year) && table.columns.iter().any(current)
}

/// 前年度評価, 来年度の取組内容: a year that is counted from the sheet's.
fn spoken_year(column: &Column, fiscal_year: FiscalYear, vocabulary: &Vocabulary) -> Option<FiscalYear> {
    let words = key(column.words.last()?);
    match vocabulary.due.prefix(&words)?.1 {
        DueWord::PreviousYear => Some(FiscalYear(fiscal_year.0 - 1)),
        DueWord::NextYear => Some(FiscalYear(fiscal_year.0 + 1)),
        DueWord::YearWithin | DueWord::YearEnd if column.meaning.role != Some(Role::Item) => {
            Some(fiscal_year)
        }
        _ => None,
    }
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
    /// Those of a table: explained in its own header, else elsewhere on the sheet or in the workbook.
    pub fn of_table(table: &Table, legends: &Explained, vocabulary: &Vocabulary) -> Self {
        let of = |role| {
            let column = table.columns.iter().find(|column| column.meaning.role == Some(role))?;
            let words = column.words.join("　");
            let own = column.words.iter().find_map(|words| read_legend(words, vocabulary));
            own.or_else(|| legends.for_words(role, &words, table.top))
        };
        Self { status: of(Role::Status), direction: of(Role::Direction) }
    }

    /// Those of a block: explained in its label, else elsewhere on the sheet.
    pub fn of_block(page: &Page, block: &Block, legends: &Explained) -> Self {
        let of = |role| {
            let label = block.pairs.iter().find(|pair| pair.meaning.role == Some(role))?.label;
            let words = page.text(label);
            read_legend(words, page.means.vocabulary).or_else(|| legends.for_words(role, words, label.row))
        };
        Self { status: of(Role::Status), direction: of(Role::Direction) }
    }
}
