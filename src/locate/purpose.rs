//! What a table is taken for: an indicator table has a word for the indicator, a year and a kind of value; an initiative
//! table has a programme or an item and something said of it. Anything else gives no figure.

use std::sync::Arc;

use super::layout::{Column, Purpose, Table};
use super::meaning::{Meanings, Role};
use super::view::View;
use crate::normalise::header::HeaderReading;
use crate::normalise::text::key;
use crate::normalise::vocabulary::TableWord;

/// Rows above a table in which its title may stand.
const TITLE_ROWS: u32 = 4;

/// More texts than this in a row are no title.
const TITLE_CELLS: usize = 3;

/// The short loose texts of a sheet.
#[derive(Debug)]
pub struct Titles {
    lines: Vec<Line>,
    sheet: Arc<HeaderReading>,
    /// The first row with a year in it.
    dated: Option<u32>,
    /// The sheet's name or a title at its top speaks of indicators.
    indicators: bool,
}

#[derive(Debug)]
struct Line {
    row: u32,
    reading: Arc<HeaderReading>,
    /// It speaks of indicators: 成果指標の推移, KPI一覧.
    indicators: bool,
    /// It speaks of budgets or accounts.
    accounts: bool,
}

impl Line {
    fn of(row: u32, text: &str, meanings: &Meanings) -> Self {
        let reading = meanings.title(text);
        let indicators = reading.has(Role::Indicator) || reading.class.is_some() || meanings.has_class(text);
        Self { row, reading, indicators, accounts: meanings.is_account(text) }
    }
}

impl Titles {
    /// The rows of few and short texts.
    pub fn of(view: &View, meanings: &Meanings, sheet: &str) -> Self {
        let mut lines = Vec::new();
        for (row, slots) in view.rows() {
            let own: Vec<_> = slots.iter().filter(|slot| slot.starts_in(row)).collect();
            if own.len() <= TITLE_CELLS {
                let short = own.iter().filter(|slot| slot.text().chars().count() <= 40);
                lines.extend(short.map(|slot| Line::of(row, slot.text(), meanings)));
            }
        }
        let top = lines.first().is_some_and(|line| line.indicators);
        let dated = lines.iter().find(|line| line.reading.has_year()).map(|line| line.row);
        let sheet = Line::of(0, sheet, meanings);
        Self { lines, sheet: sheet.reading, dated, indicators: top || sheet.indicators }
    }

    fn near(&self, top: u32) -> impl Iterator<Item = &Line> {
        let from = self.lines.partition_point(|line| line.row < top.saturating_sub(TITLE_ROWS));
        self.lines.iter().skip(from).take_while(move |line| line.row < top)
    }

    /// A year in a title above a row, or in the sheet's name.
    fn year(&self, top: u32) -> bool {
        self.sheet.has_year() || self.dated.is_some_and(|row| row < top)
    }

    /// A kind of value in a title close above a row.
    fn kind(&self, top: u32) -> bool {
        self.near(top).any(|line| line.reading.kind.is_some())
    }

    /// A title close above a row that speaks of indicators.
    pub fn indicators(&self, top: u32) -> bool {
        self.near(top).any(|line| line.indicators)
    }

    /// A title close above a row that speaks of accounts.
    fn accounts(&self, top: u32) -> bool {
        self.near(top).any(|line| line.accounts)
    }
}

/// Whether the columns are those of initiatives.
pub fn initiatives(columns: &[Column]) -> bool {
    let has =
        |roles: &[Role]| columns.iter().any(|c| c.meaning.role.is_some_and(|role| roles.contains(&role)));
    let told = has(&[Role::Status, Role::Direction, Role::Progress, Role::Due]);
    (has(&[Role::Item]) && (told || has(&[Role::Program, Role::Division, Role::Comment])))
        || (has(&[Role::Program]) && told)
}

/// Decides what a table with its rows is; `top` is its first row on the sheet.
pub fn decide(view: &View, meanings: &Meanings, titles: &Titles, top: u32, table: &mut Table) {
    let named = names(meanings, titles, top, table) || table.names.is_some() || !table.card.is_empty();
    let rows = RowWords::of(view, meanings, table);
    let values: Vec<&Column> = table.value_columns().collect();
    let year = rows.year || titles.year(top) || values.iter().any(|c| c.meaning.year.is_some());
    let kind =
        rows.kind || rows.listed || titles.kind(top) || values.iter().any(|c| c.meaning.kind.is_some());
    let indicators = named && !values.is_empty() && year && kind;
    let initiatives = table.purpose.initiatives;
    let reason = match (indicators, initiatives) {
        (true, true) => "指標の表と取組みの表（指標名・年度・値の種類と、取組み・状況の見出しがある）",
        (true, false) if table.turned => "指標の表（見出しが左の列にあり、指標が横に並ぶ）",
        (true, false) if !table.card.is_empty() => "指標の表（上の欄に指標名がある）",
        (true, false) => "指標の表（指標名・年度・値の種類の見出しがある）",
        (false, true) => "取組みの表（事業名か取組項目と、状況・期限などの見出しがある）",
        (false, false) if !named => "表（指標ではない）：指標名の見出しがない",
        (false, false) if !kind => "表（指標ではない）：実績・目標などの言葉がない",
        (false, false) => "表（指標ではない）：年度の見出しがない",
    };
    table.purpose = Purpose { indicators, initiatives };
    reason.clone_into(&mut table.reason);
}

/// A header word for the indicator. 項目 alone is one only where not all values are accounts, or a title speaks of
/// indicators.
fn names(meanings: &Meanings, titles: &Titles, top: u32, table: &Table) -> bool {
    let general =
        |column: &Column| column.words.iter().all(|word| meanings.is_table_word(word, TableWord::General));
    let is_account = |column: &Column| column.words.iter().any(|word| meanings.is_account(word));
    let accounts = || {
        let mut kinds = table.value_columns().filter(|column| column.meaning.kind.is_some()).peekable();
        if kinds.peek().is_some() { kinds.all(is_account) } else { titles.accounts(top) }
    };
    let mut named = table.columns.iter().filter(|column| column.meaning.role == Some(Role::Indicator));
    let told = titles.indicators || titles.indicators(top);
    named.any(|column| !general(column) || told || !accounts())
}

/// What the cells in front of the figures say.
struct RowWords {
    year: bool,
    kind: bool,
    listed: bool,
}

impl RowWords {
    fn of(view: &View, meanings: &Meanings, table: &Table) -> Self {
        let mut words = Self { year: false, kind: false, listed: false };
        let first = table.value_columns().map(|column| column.start).min().unwrap_or(table.start);
        let under = |told: fn(Role) -> bool| -> Vec<(u32, u32)> {
            let columns = table.columns.iter().filter(|c| c.meaning.role.is_some_and(told));
            columns.map(|c| (c.start, c.end)).collect()
        };
        let (in_front, years) = (under(Role::is_axis), under(|role| role == Role::FiscalYear));
        for row in &table.rows {
            for slot in view.within(*row, table.start, table.end) {
                let axis =
                    slot.start < first || in_front.iter().any(|(start, end)| slot.overlaps(*start, *end));
                if !axis {
                    continue;
                }
                let meaning = meanings.at(slot.anchor).filter(|meaning| meaning.role.is_none());
                words.kind |= meaning.is_some_and(|meaning| meaning.kind.is_some());
                words.year |= meaning.is_some_and(|meaning| {
                    meaning.year.is_some() && matches!(slot.cell.value, crate::model::sheet::Value::Text(_))
                });
                words.year |= years.iter().any(|(start, end)| slot.overlaps(*start, *end))
                    && meanings.is_year(slot.text());
                words.listed |= meanings.is_listed(slot.text());
            }
        }
        words
    }
}

impl Meanings<'_> {
    /// Whether a header speaks of accounts: 当初予算額, 決算.
    fn is_account(&self, word: &str) -> bool {
        let word = key(word);
        self.table_words(TableWord::Account).any(|account| word.contains(account))
    }
}
