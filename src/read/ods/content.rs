//! The content of an ods → sheets.

use std::collections::BTreeMap;

use super::paragraph::Paragraphs;
use super::styles::Styles;
use crate::model::place::CellRef;
use crate::model::sheet::{Cell, Merge, Sheet};
use crate::read::cell::{Gathered, Maker, Rich, Stored};
use crate::read::error::ReadError;
use crate::read::look::Look;
use crate::read::package::Package;
use crate::read::properties::{duration, parse_moment};
use crate::read::xml::{Tag, Visitor};

/// Rows and columns that a sheet can have.
const MAX_ROWS: u32 = 1 << 20;
/// See [`MAX_ROWS`].
const MAX_COLS: u32 = 1 << 14;
/// Drawings and recorded changes, which hold paragraphs and cells that are not the sheet's.
const SKIPPED: [&str; 7] = ["shapes", "frame", "custom-shape", "g", "control", "object", "tracked-changes"];

#[derive(Default)]
struct Pending {
    style: Option<String>,
    kind: String,
    value: Option<String>,
    formula: Option<String>,
    error: bool,
    covered: bool,
    repeat: u32,
    spans: (u32, u32),
}

/// A table being read.
#[derive(Default)]
struct Table {
    name: String,
    hidden: bool,
    row: u32,
    col: u32,
    row_repeat: u32,
    row_style: Option<String>,
    /// First column, one past the last, and the style of their cells.
    col_styles: Vec<(u32, u32, String)>,
    next_col_style: u32,
    row_cells: Vec<(u32, u32, Cell)>,
    gathered: Gathered,
}

struct Content<'a, 'b> {
    styles: &'a Styles,
    looks: BTreeMap<String, Look>,
    maker: &'a mut Maker<'b>,
    sheets: Vec<Sheet>,
    table: Option<Table>,
    cell: Option<Pending>,
    text: Paragraphs,
    note: Paragraphs,
    in_note: bool,
    /// Depth inside something skipped.
    skipped: usize,
}

/// Reads the content part.
pub fn read(
    package: &mut Package,
    part: &str,
    styles: &Styles,
    maker: &mut Maker,
) -> Result<Vec<Sheet>, ReadError> {
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
    };
    package.walk(part, &mut content)?;
    Ok(content.sheets)
}

impl Visitor for Content<'_, '_> {
    fn open(&mut self, name: &str, tag: &Tag) -> Result<(), ReadError> {
        let nested = name == "table" && self.table.is_some();
        if self.skipped > 0 || nested || SKIPPED.contains(&name) {
            self.skipped += 1;
            return Ok(());
        }
        let paragraphs = if self.in_note { &mut self.note } else { &mut self.text };
        if paragraphs.is_inside() {
            paragraphs.open(name, tag, self.styles);
            return Ok(());
        }
        match name {
            "table" => self.start_table(tag),
            "table-column" => self.column(tag),
            "table-row" => self.start_row(tag),
            "table-cell" | "covered-table-cell" => self.cell = Some(pending(name, tag)),
            "annotation" if self.cell.is_some() => self.in_note = true,
            "p" if self.cell.is_some() => paragraphs.start(),
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, text: &str) {
        let paragraphs = if self.in_note { &mut self.note } else { &mut self.text };
        if self.skipped == 0 && paragraphs.is_inside() {
            paragraphs.text(text);
        }
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
            "table-cell" | "covered-table-cell" => self.end_cell()?,
            "table-row" => self.end_row()?,
            "table" => self.end_table(),
            _ => {}
        }
        Ok(())
    }
}

fn pending(name: &str, tag: &Tag) -> Pending {
    let values = ["value", "date-value", "time-value", "boolean-value", "string-value"];
    let error = tag.any("value-type", "error");
    let kind = tag.get("value-type").unwrap_or_default();
    Pending {
        style: tag.get("style-name"),
        error,
        kind,
        value: values.iter().find_map(|value| tag.get(value)),
        formula: tag.get("formula"),
        covered: name == "covered-table-cell",
        repeat: repeat(tag, "number-columns-repeated"),
        spans: (repeat(tag, "number-rows-spanned"), repeat(tag, "number-columns-spanned")),
    }
}

fn repeat(tag: &Tag, name: &str) -> u32 {
    tag.number::<u32>(name).unwrap_or(1).max(1)
}

fn is_hidden(tag: &Tag) -> bool {
    tag.get("visibility").is_some_and(|visibility| visibility != "visible")
}

impl Content<'_, '_> {
    fn start_table(&mut self, tag: &Tag) {
        let hidden = tag.get("style-name").is_some_and(|style| self.styles.is_hidden(&style));
        self.table = Some(Table { name: tag.get("name").unwrap_or_default(), hidden, ..Table::default() });
    }

    fn column(&mut self, tag: &Tag) {
        let Some(table) = &mut self.table else { return };
        let from = table.next_col_style;
        let to = from.saturating_add(repeat(tag, "number-columns-repeated")).min(MAX_COLS);
        table.next_col_style = to;
        if is_hidden(tag) {
            table.gathered.hidden_cols.extend(from..to);
        }
        if let Some(style) = tag.get("default-cell-style-name") {
            table.col_styles.push((from, to, style));
        }
    }

    fn start_row(&mut self, tag: &Tag) {
        let Some(table) = &mut self.table else { return };
        table.col = 0;
        table.row_repeat = repeat(tag, "number-rows-repeated");
        table.row_style = tag.get("default-cell-style-name");
        if is_hidden(tag) {
            let end = table.row.saturating_add(table.row_repeat).min(MAX_ROWS);
            table.gathered.hidden_rows.extend(table.row..end);
        }
    }

    fn end_cell(&mut self) -> Result<(), ReadError> {
        let Some(pending) = self.cell.take() else { return Ok(()) };
        let (text, note) = (self.text.take(), self.note.take());
        let Some(table) = &mut self.table else { return Ok(()) };
        let (row, col) = (table.row, table.col);
        table.col = col.saturating_add(pending.repeat);
        if pending.covered {
            return Ok(());
        }
        let (rows, cols) = pending.spans;
        if rows > 1 || cols > 1 {
            let end = CellRef::new(row.saturating_add(rows - 1), col.saturating_add(cols - 1));
            if end.row < MAX_ROWS && end.col < MAX_COLS {
                self.maker.count(1)?;
                table.gathered.merges.push(Merge { start: CellRef::new(row, col), end });
            }
        }
        let style = pending.style.clone().or_else(|| table.row_style.clone()).unwrap_or_else(|| {
            let before = table.col_styles.partition_point(|(from, _, _)| *from <= col);
            let own = before.checked_sub(1).and_then(|last| table.col_styles.get(last));
            let own = own.filter(|(_, to, _)| col < *to);
            own.map_or_else(|| "Default".to_owned(), |(_, _, style)| style.clone())
        });
        let look = self.looks.entry(style).or_insert_with_key(|style| self.styles.look(style));
        let formula = pending.formula.is_some();
        let shown = text.as_ref().map(Rich::whole);
        let stored = stored(&pending, text);
        let is_text = matches!(stored, Stored::Text(_) | Stored::Error(_) | Stored::Uncalculated(_));
        if let Some(mut cell) = self.maker.cell(stored, look, formula) {
            if let Some(shown) = shown.filter(|_| !is_text) {
                cell.text = shown;
            }
            cell.comment = note.map(|note| note.whole());
            table.row_cells.push((col, pending.repeat, cell));
        }
        Ok(())
    }

    fn end_row(&mut self) -> Result<(), ReadError> {
        let Some(table) = &mut self.table else { return Ok(()) };
        let rows = table.row..table.row.saturating_add(table.row_repeat);
        for (col, repeat, cell) in std::mem::take(&mut table.row_cells) {
            let cols = col..col.saturating_add(repeat);
            let count = u64::from(repeat) * u64::from(table.row_repeat);
            self.maker.count(usize::try_from(count).unwrap_or(usize::MAX))?;
            if rows.end > MAX_ROWS || cols.end > MAX_COLS {
                return Err(ReadError::broken("cell outside the sheet"));
            }
            for row in rows.clone() {
                table.gathered.cells.extend(cols.clone().map(|col| (CellRef::new(row, col), cell.clone())));
            }
        }
        table.row = rows.end;
        Ok(())
    }

    fn end_table(&mut self) {
        let Some(table) = self.table.take() else { return };
        let grid = table.gathered.into_grid();
        self.sheets.push(Sheet { name: table.name.into(), hidden: table.hidden, grid });
    }
}

/// What a cell stores; an empty one an empty text.
fn stored(pending: &Pending, text: Option<Rich>) -> Stored {
    let value = pending.value.as_deref().unwrap_or_default();
    let plain = || Stored::Text(Rich::plain(value));
    if pending.error {
        return Stored::Error(text.unwrap_or_default().whole());
    }
    match pending.kind.as_str() {
        "float" | "percentage" | "currency" => {
            let shown = text.as_ref().map(Rich::whole).unwrap_or_default();
            // Older writers store 0 beside the error that is shown.
            if pending.formula.is_some() && (shown.starts_with('#') || shown.starts_with("Err:")) {
                return Stored::Error(shown);
            }
            value.parse().map_or_else(|_| plain(), Stored::Number)
        }
        "date" => parse_moment(value).map_or_else(plain, Stored::Moment),
        "time" => duration(value).map_or_else(plain, Stored::Number),
        "boolean" => Stored::Bool(value == "true"),
        "" if pending.formula.is_some() && text.is_none() => {
            let formula = pending.formula.as_deref().unwrap_or_default();
            let formula = formula.split_once(":=").map_or(formula, |(_, formula)| formula);
            Stored::Uncalculated(formula.trim_start_matches('=').to_owned())
        }
        _ => text.map_or_else(plain, Stored::Text),
    }
}
