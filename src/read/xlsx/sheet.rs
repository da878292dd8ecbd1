//! A worksheet part → a grid.

use std::collections::BTreeMap;

use super::rich::{RichBuilder, unescape};
use crate::model::place::CellRef;
use crate::model::sheet::{Grid, Merge};
use crate::read::cell::{Gathered, Maker, Rich, Stored};
use crate::read::error::ReadError;
use crate::read::look::Look;
use crate::read::package::Package;
use crate::read::properties::parse_moment;
use crate::read::xml::{Tag, Visitor};

/// Rows and columns that Excel has.
const MAX_ROWS: u32 = 1 << 20;
/// See [`MAX_ROWS`].
const MAX_COLS: u32 = 1 << 14;

/// What all sheets of a workbook share.
pub struct Context<'a> {
    /// Shared strings.
    pub strings: &'a [Rich],
    /// Looks by style.
    pub looks: &'a [Look],
    /// Makes cells.
    pub maker: Maker<'a>,
    /// Cached results mean nothing: the file is to be calculated when it is opened.
    pub stale: bool,
}

/// Where text belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Inside {
    #[default]
    Nothing,
    Value,
    Formula,
    Inline,
}

/// The cell being read.
#[derive(Debug, Default)]
struct Pending {
    row: u32,
    col: u32,
    style: usize,
    kind: String,
    value: Option<String>,
    formula: Option<String>,
    shared: Option<u32>,
    inline: Option<Rich>,
}

struct SheetVisitor<'a, 'b> {
    context: &'a mut Context<'b>,
    default_look: Look,
    next_row: u32,
    row: u32,
    next_col: u32,
    /// Attributes of the last empty cell with an address since the last full one, and the empty ones since then.
    skipped_address: String,
    skipped: u32,
    inside: Inside,
    in_cell: bool,
    in_data: bool,
    pending: Pending,
    rich: RichBuilder,
    /// Shared formulas by their number: where they are written out, and how.
    shared: BTreeMap<u32, (CellRef, String)>,
    gathered: Gathered,
}

/// Reads a worksheet part.
pub fn read(package: &mut Package, part: &str, context: &mut Context) -> Result<Grid, ReadError> {
    let mut visitor = SheetVisitor {
        context,
        default_look: Look::default(),
        next_row: 0,
        row: 0,
        next_col: 0,
        skipped_address: String::new(),
        skipped: 0,
        inside: Inside::Nothing,
        in_cell: false,
        in_data: false,
        pending: Pending::default(),
        rich: RichBuilder::default(),
        shared: BTreeMap::new(),
        gathered: Gathered::default(),
    };
    if !package.walk(part, &mut visitor)? {
        return Err(ReadError::Broken(format!("no part {part}")));
    }
    Ok(visitor.gathered.into_grid())
}

impl Visitor for SheetVisitor<'_, '_> {
    fn open(&mut self, name: &str, tag: &Tag) -> Result<(), ReadError> {
        if self.inside == Inside::Inline {
            self.rich.open(name, tag);
            return Ok(());
        }
        match name {
            "sheetData" => self.in_data = true,
            "row" if self.in_data => self.start_row(tag)?,
            "c" if self.in_data && tag.is_empty() => self.skip_cell(tag),
            "c" if self.in_data => self.start_cell(tag)?,
            "v" if self.in_cell => {
                self.inside = Inside::Value;
                self.pending.value = Some(String::new());
            }
            "f" if self.in_cell => {
                self.inside = Inside::Formula;
                self.pending.formula = Some(String::new());
                self.pending.shared = tag.number("si");
            }
            "is" if self.in_cell => self.inside = Inside::Inline,
            "col" => self.column(tag),
            "mergeCell" => self.merge(tag)?,
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, text: &str) {
        let target = match self.inside {
            Inside::Value => self.pending.value.as_mut(),
            Inside::Formula => self.pending.formula.as_mut(),
            Inside::Inline => return self.rich.text(text),
            Inside::Nothing => None,
        };
        if let Some(target) = target {
            target.push_str(text);
        }
    }

    fn close(&mut self, name: &str) -> Result<(), ReadError> {
        match (name, self.inside) {
            ("is", Inside::Inline) => {
                self.pending.inline = Some(self.rich.take());
                self.inside = Inside::Nothing;
            }
            (_, Inside::Inline) => self.rich.close(name),
            ("v", Inside::Value) | ("f", Inside::Formula) => self.inside = Inside::Nothing,
            ("c", _) if self.in_cell => self.end_cell()?,
            ("sheetData", _) => self.in_data = false,
            _ => {}
        }
        Ok(())
    }
}

impl SheetVisitor<'_, '_> {
    fn start_row(&mut self, tag: &Tag) -> Result<(), ReadError> {
        self.row = match tag.number::<u32>("r") {
            Some(number) => number.checked_sub(1).ok_or_else(|| ReadError::broken("row 0"))?,
            None => self.next_row,
        };
        check(CellRef::new(self.row, 0))?;
        (self.next_row, self.next_col) = (self.row + 1, 0);
        self.skipped_address.clear();
        self.skipped = 0;
        let flat = tag.number::<f64>("ht").is_some_and(|height| height <= 0.0);
        if tag.is_true("hidden") || flat {
            self.gathered.hidden_rows.push(self.row);
        }
        Ok(())
    }

    /// An empty cell: formatted ones come by the million, and only its address may matter, to a cell behind it
    /// that has none of its own.
    fn skip_cell(&mut self, tag: &Tag) {
        if tag.raw().contains(" r=") {
            self.skipped_address.clear();
            self.skipped_address.push_str(tag.raw());
            self.skipped = 0;
        } else {
            self.skipped += 1;
        }
    }

    /// The column behind the last cell.
    fn column_behind(&self) -> u32 {
        let address = self.skipped_address.split(" r=").nth(1).and_then(|text| text.get(1..));
        let address = address.and_then(|text| text.split(['"', '\'']).next());
        let col =
            address.and_then(|text| text.parse::<CellRef>().ok()).map_or(self.next_col, |at| at.col + 1);
        col.saturating_add(self.skipped)
    }

    fn start_cell(&mut self, tag: &Tag) -> Result<(), ReadError> {
        let at = match tag.get("r") {
            Some(text) => text.parse().map_err(ReadError::broken)?,
            None => CellRef::new(self.row, self.column_behind()),
        };
        self.skipped_address.clear();
        self.skipped = 0;
        check(at)?;
        self.next_col = at.col + 1;
        self.pending = Pending {
            row: at.row,
            col: at.col,
            style: tag.number("s").unwrap_or(0),
            kind: tag.get("t").unwrap_or_default(),
            ..Pending::default()
        };
        self.in_cell = true;
        Ok(())
    }

    fn end_cell(&mut self) -> Result<(), ReadError> {
        self.in_cell = false;
        let pending = std::mem::take(&mut self.pending);
        let at = CellRef::new(pending.row, pending.col);
        let (style, formula) = (pending.style, pending.formula.is_some());
        if let (Some(id), Some(text)) = (pending.shared, pending.formula.as_ref().filter(|f| !f.is_empty())) {
            self.shared.insert(id, (at, text.clone()));
        }
        let Some(stored) = self.stored(pending)? else { return Ok(()) };
        let look = self.context.looks.get(style).unwrap_or(&self.default_look);
        if let Some(cell) = self.context.maker.cell(stored, look, formula) {
            self.context.maker.count(1)?;
            self.gathered.cells.push((at, cell));
        }
        Ok(())
    }

    fn stored(&self, pending: Pending) -> Result<Option<Stored>, ReadError> {
        if let Some(rich) = pending.inline {
            return Ok(Some(Stored::Text(rich)));
        }
        let value = pending.value.as_deref().unwrap_or_default();
        if pending.formula.is_some() {
            // A string result may well be empty; any other result that is missing was never calculated. A zero
            // in a file that says its results are stale is what program libraries write in their place.
            let missing = value.is_empty() && (pending.kind != "str" || pending.value.is_none());
            let is_number = matches!(pending.kind.as_str(), "" | "n");
            let placeholder = self.context.stale && is_number && value.parse() == Ok(0.0_f64);
            if missing || placeholder {
                return Ok(Some(Stored::Uncalculated(self.formula(&pending))));
            }
        }
        if value.is_empty() {
            return Ok(None);
        }
        Ok(Some(match pending.kind.as_str() {
            "s" => {
                let rich =
                    value.trim().parse::<usize>().ok().and_then(|index| self.context.strings.get(index));
                Stored::Text(rich.ok_or_else(|| ReadError::broken("no such shared string"))?.clone())
            }
            "b" => Stored::Bool(matches!(value.trim(), "1" | "true")),
            "e" => Stored::Error(value.to_owned()),
            "str" | "inlineStr" => Stored::Text(Rich::plain(unescape(value))),
            "d" => parse_moment(value).map_or_else(|| Stored::Text(Rich::plain(value)), Stored::Moment),
            _ => match value.trim().parse::<f64>() {
                Ok(number) => Stored::Number(number),
                Err(_) => Stored::Text(Rich::plain(value)),
            },
        }))
    }

    /// The formula's text; one that is shared is written out at its first cell only.
    fn formula(&self, pending: &Pending) -> String {
        let own = pending.formula.clone().unwrap_or_default();
        let shared = pending.shared.and_then(|id| self.shared.get(&id)).filter(|_| own.is_empty());
        shared.map_or(own, |(from, text)| {
            let (start, end) = ((from.row, from.col), (pending.row, pending.col));
            calamine::expand_shared_formula(text, start, end).unwrap_or_else(|_| text.clone())
        })
    }

    fn column(&mut self, tag: &Tag) {
        let flat = tag.number::<f64>("width").is_some_and(|width| width <= 0.0);
        let (Some(min), Some(max)) = (tag.number::<u32>("min"), tag.number::<u32>("max")) else { return };
        let room = usize::try_from(MAX_COLS).unwrap_or(0).saturating_sub(self.gathered.hidden_cols.len());
        if (tag.is_true("hidden") || flat) && min >= 1 {
            self.gathered.hidden_cols.extend((min - 1..max.min(MAX_COLS)).take(room));
        }
    }

    fn merge(&mut self, tag: &Tag) -> Result<(), ReadError> {
        let range = tag.get("ref").unwrap_or_default();
        let (start, end) = range.split_once(':').unwrap_or((&range, &range));
        let (Ok(start), Ok(end)) = (start.parse::<CellRef>(), end.parse::<CellRef>()) else { return Ok(()) };
        check(end)?;
        if start != end && start.row <= end.row && start.col <= end.col {
            self.context.maker.count(1)?;
            self.gathered.merges.push(Merge { start, end });
        }
        Ok(())
    }
}

fn check(at: CellRef) -> Result<(), ReadError> {
    if at.row < MAX_ROWS && at.col < MAX_COLS {
        Ok(())
    } else {
        Err(ReadError::broken("cell outside the sheet"))
    }
}
