//! What calamine leaves out of the content of an ods: looks, texts as they are shown, merged ranges, comments, and
//! hidden rows and columns.

use std::collections::BTreeMap;
use std::ops::Range;

use super::paragraph::Paragraphs;
use super::styles::Styles;
use crate::model::limits::Limit;
use crate::model::place::CellRef;
use crate::model::sheet::Merge;
use crate::read::cell::{Gathered, Maker, Rich};
use crate::read::error::ReadError;
use crate::read::look::Look;
use crate::read::package::Package;
use crate::read::value::{MAX_COLS, MAX_ROWS};
use crate::read::xml::{Tag, Visitor};

/// Drawings and recorded changes, which hold paragraphs and cells that are not the sheet's.
const SKIPPED: [&str; 7] = ["shapes", "frame", "custom-shape", "g", "control", "object", "tracked-changes"];

/// Attributes that hold a value.
const VALUES: [&str; 5] = ["value", "date-value", "time-value", "boolean-value", "string-value"];

/// A cell that holds something, or a block of such cells that are all the same.
pub struct Shown {
    /// Its rows.
    pub rows: Range<u32>,
    /// Its columns.
    pub cols: Range<u32>,
    /// How it looks.
    pub look: Look,
    /// The text in it, where there is one.
    pub text: Option<Rich>,
    /// It shows an error.
    pub error: bool,
    /// The file has a value beside the text.
    pub valued: bool,
    note: Option<Rich>,
}

impl Shown {
    /// Its comment.
    pub fn comment(&self) -> Option<String> {
        self.note.as_ref().map(Rich::whole)
    }
}

/// What calamine leaves out of a sheet.
#[derive(Default)]
pub struct Marks {
    /// Merged ranges, hidden rows and hidden columns; no cells.
    pub gathered: Gathered,
    /// The cells that hold something.
    pub shown: Vec<Shown>,
    /// One past the last column that holds something, covered by a merged range or not.
    cols: u32,
    /// The first row that does, and one past the last.
    rows: Option<Range<u32>>,
}

impl Marks {
    /// The cells of the rectangle that calamine holds.
    pub fn area(&self) -> u64 {
        self.rows.as_ref().map_or(0, |rows| u64::from(rows.end - rows.start) * u64::from(self.cols))
    }
}

#[derive(Default)]
struct Pending {
    style: Option<String>,
    valued: bool,
    /// The file tells a kind of value or a formula.
    told: bool,
    /// Characters of the value or of the formula, whichever has more.
    chars: usize,
    error: bool,
    repeat: u32,
    spans: (u32, u32),
}

/// A table being read.
#[derive(Default)]
struct Table {
    row: u32,
    col: u32,
    row_repeat: u32,
    row_style: Option<String>,
    /// First column, one past the last, and the style of their cells.
    col_styles: Vec<(u32, u32, String)>,
    next_col_style: u32,
    /// One past the last column of the row that holds something.
    row_end: u32,
    /// Characters in the row, those of repeated cells as often as they are.
    row_chars: u64,
    row_cells: Vec<Shown>,
    marks: Marks,
}

struct Content<'a, 'b> {
    styles: &'a Styles<'b>,
    looks: BTreeMap<String, Look>,
    maker: &'a Maker<'b>,
    sheets: Vec<Marks>,
    table: Option<Table>,
    cell: Option<Pending>,
    text: Paragraphs,
    note: Paragraphs,
    in_note: bool,
    /// Depth inside something skipped.
    skipped: usize,
    /// Characters of all cells so far.
    chars: u64,
}

/// Walks through the content part, which calamine is to read: the sheets in order.
pub fn read(
    package: &mut Package,
    part: &str,
    styles: &Styles<'_>,
    maker: &Maker,
) -> Result<Vec<Marks>, ReadError> {
    let mut content = Content {
        styles,
        looks: BTreeMap::new(),
        maker,
        sheets: Vec::new(),
        table: None,
        cell: None,
        text: Paragraphs::default(),
        note: Paragraphs::default(),
        in_note: false,
        skipped: 0,
        chars: 0,
    };
    package.walk(part, &mut content)?;
    Ok(content.sheets)
}

impl Visitor for Content<'_, '_> {
    fn open(&mut self, name: &str, tag: &Tag) -> Result<(), ReadError> {
        let nested = name == "table" && self.table.is_some();
        if self.table.is_some() && self.skipped > 0 && matches!(name, "table-row" | "table-cell") {
            // Calamine would take them for the sheet's own, however many.
            return Err(ReadError::broken("cells inside a drawing"));
        }
        if self.skipped > 0 || nested || SKIPPED.contains(&name) {
            self.skipped += 1;
            return Ok(());
        }
        let paragraphs = if self.in_note { &mut self.note } else { &mut self.text };
        if paragraphs.is_inside() {
            paragraphs.open(name, tag, self.styles);
            return self.maker.meter.listed(Limit::Text, paragraphs.size());
        }
        match name {
            "table" => {
                self.maker.meter.add(Limit::Sheets, 1)?;
                self.table = Some(Table::default());
            }
            "table-column" => self.column(tag),
            "table-row" => self.start_row(tag),
            "table-cell" | "covered-table-cell" => self.cell = Some(pending(tag)),
            "annotation" if self.cell.is_some() => self.in_note = true,
            "p" if self.cell.is_some() => paragraphs.start(),
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, text: &str) -> Result<(), ReadError> {
        let paragraphs = if self.in_note { &mut self.note } else { &mut self.text };
        if self.skipped == 0 && paragraphs.is_inside() {
            paragraphs.text(text);
        }
        self.maker.meter.listed(Limit::Text, paragraphs.size())
    }

    fn close(&mut self, name: &str) -> Result<(), ReadError> {
        if self.skipped > 0 {
            self.skipped -= 1;
            return Ok(());
        }
        let paragraphs = if self.in_note { &mut self.note } else { &mut self.text };
        match name {
            "p" => paragraphs.end(),
            _ if paragraphs.is_inside() => paragraphs.close(name),
            "annotation" => self.in_note = false,
            "table-cell" | "covered-table-cell" => self.end_cell(name != "table-cell")?,
            "table-row" => self.end_row()?,
            "table" => self.end_table(),
            _ => {}
        }
        Ok(())
    }
}

fn pending(tag: &Tag) -> Pending {
    let values = VALUES.iter().filter_map(|name| tag.get(name));
    let chars = values.chain(tag.get("formula")).map(|value| value.chars().count()).max();
    let holds = VALUES.iter().any(|name| tag.get(name).is_some());
    Pending {
        style: tag.get("style-name"),
        valued: holds,
        chars: chars.unwrap_or(0),
        told: holds || tag.get("value-type").is_some() || tag.get("formula").is_some(),
        error: tag.any("value-type", "error"),
        repeat: repeat(tag, "number-columns-repeated"),
        spans: (repeat(tag, "number-rows-spanned"), repeat(tag, "number-columns-spanned")),
    }
}

fn repeat(tag: &Tag, name: &str) -> u32 {
    // Of attributes that only a prefix tells apart calamine may take another one than we: the largest counts.
    tag.numbers::<u32>(name).max().unwrap_or(1).max(1)
}

fn is_hidden(tag: &Tag) -> bool {
    tag.get("visibility").is_some_and(|visibility| visibility != "visible")
}

impl Content<'_, '_> {
    fn column(&mut self, tag: &Tag) {
        let Some(table) = &mut self.table else { return };
        let from = table.next_col_style;
        let to = from.saturating_add(repeat(tag, "number-columns-repeated")).min(MAX_COLS);
        table.next_col_style = to;
        if is_hidden(tag) {
            table.marks.gathered.hidden_cols.extend(from..to);
        }
        if let Some(style) = tag.get("default-cell-style-name") {
            table.col_styles.push((from, to, style));
        }
    }

    fn start_row(&mut self, tag: &Tag) {
        let Some(table) = &mut self.table else { return };
        (table.col, table.row_end, table.row_chars) = (0, 0, 0);
        table.row_repeat = repeat(tag, "number-rows-repeated");
        table.row_style = tag.get("default-cell-style-name");
        if is_hidden(tag) {
            let end = table.row.saturating_add(table.row_repeat).min(MAX_ROWS);
            table.marks.gathered.hidden_rows.extend(table.row.min(end)..end);
        }
    }

    fn end_cell(&mut self, covered: bool) -> Result<(), ReadError> {
        let Some(pending) = self.cell.take() else { return Ok(()) };
        let (text, note) = (self.text.take(), self.note.take());
        let Some(table) = &mut self.table else { return Ok(()) };
        let (row, col) = (table.row, table.col);
        table.col = col.saturating_add(pending.repeat);
        let holds = pending.told || text.is_some();
        if holds {
            table.row_end = table.col;
            let size = text.as_ref().map_or(0, |text| text.whole().chars().count()).max(pending.chars);
            self.maker.meter.listed(Limit::Text, size)?;
            table.row_chars += size as u64 * u64::from(pending.repeat);
        }
        if covered {
            return Ok(());
        }
        let (rows, cols) = pending.spans;
        if rows > 1 || cols > 1 {
            let end = CellRef::new(row.saturating_add(rows - 1), col.saturating_add(cols - 1));
            if end.row < MAX_ROWS && end.col < MAX_COLS {
                self.maker.meter.add(Limit::Merges, 1)?;
                table.marks.gathered.merges.push(Merge { start: CellRef::new(row, col), end });
            }
        }
        if !holds {
            return Ok(());
        }
        let style = pending.style.or_else(|| table.row_style.clone()).unwrap_or_else(|| {
            let before = table.col_styles.partition_point(|(from, _, _)| *from <= col);
            let own = before.checked_sub(1).and_then(|last| table.col_styles.get(last));
            let own = own.filter(|(_, to, _)| col < *to);
            own.map_or_else(|| "Default".to_owned(), |(_, _, style)| style.clone())
        });
        let look = self.looks.entry(style).or_insert_with_key(|style| self.styles.look(style)).clone();
        let (error, valued) = (pending.error, pending.valued);
        let (rows, cols) = (row..row, col..table.col);
        table.row_cells.push(Shown { rows, cols, look, text, error, valued, note });
        Ok(())
    }

    fn end_row(&mut self) -> Result<(), ReadError> {
        let Some(table) = &mut self.table else { return Ok(()) };
        let rows = table.row..table.row.saturating_add(table.row_repeat);
        for mut shown in table.row_cells.drain(..) {
            let cols = u64::from(shown.cols.end - shown.cols.start);
            let count = cols * u64::from(table.row_repeat);
            let notes = u64::from(shown.note.is_some());
            self.maker.meter.add(Limit::Cells, count.saturating_mul(1 + notes))?;
            shown.rows = rows.clone();
            table.marks.shown.push(shown);
        }
        // Calamine holds them all, those under merged ranges too; cells count what they show once more.
        self.chars = self.chars.saturating_add(table.row_chars.saturating_mul(u64::from(table.row_repeat)));
        self.maker.meter.check(Limit::Texts, self.chars)?;
        if table.row_end > 0 {
            if rows.end > MAX_ROWS || table.row_end > MAX_COLS {
                return Err(ReadError::broken("cell outside the sheet"));
            }
            let start = table.marks.rows.as_ref().map_or(rows.start, |rows| rows.start);
            table.marks.rows = Some(start..rows.end);
            table.marks.cols = table.marks.cols.max(table.row_end);
        }
        table.row = rows.end;
        Ok(())
    }

    fn end_table(&mut self) {
        self.sheets.extend(self.table.take().map(|table| table.marks));
    }
}
