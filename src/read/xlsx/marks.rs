//! What calamine leaves out of a worksheet part: hidden rows and columns, runs that are struck out, and errors
//! that it does not know; and merged ranges, for which it would walk through the part once more.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::rich::RichBuilder;
use crate::model::limits::Limit;
use crate::model::place::CellRef;
use crate::model::sheet::Merge;
use crate::read::cell::Rich;
use crate::read::error::ReadError;
use crate::read::meter::Meter;
use crate::read::package::Package;
use crate::read::value::{MAX_COLS, MAX_ROWS, merge};
use crate::read::xml::{Tag, Visitor};

/// The errors that calamine knows; at others it stops.
const ERRORS: [&str; 7] = ["#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"];

/// Longer than any number or error's name, in bytes.
const LONGEST_VALUE: usize = 64;
/// `XFD1048576`.
const LONGEST_ADDRESS: usize = 10;
/// [`MAX_ROWS`] as a count.
const ROWS: usize = MAX_ROWS as usize;

/// A cell with an error that calamine does not know.
#[derive(Debug)]
pub struct OddError {
    /// Where it stands.
    pub at: CellRef,
    /// The error as it stands.
    pub text: String,
    /// It is a formula's result.
    pub formula: bool,
}

/// What calamine leaves out of a sheet. Cells are told by their place among all cells of the part, written out
/// or empty, as not all have an address.
#[derive(Debug, Default)]
pub struct Marks {
    /// Hidden rows in any order.
    pub hidden_rows: Vec<u32>,
    /// Hidden columns in any order.
    pub hidden_cols: Vec<u32>,
    /// The styles of the cells that are not written as empty, with their places, in order.
    pub styles: Vec<(u32, u32)>,
    /// Merged ranges.
    pub merges: Vec<Merge>,
    /// Texts with fonts of their own.
    pub rich: BTreeMap<usize, Arc<Rich>>,
    /// Errors that calamine does not know.
    pub errors: BTreeMap<usize, OddError>,
}

/// Why the value of a cell matters here.
#[derive(Default)]
enum Value {
    #[default]
    Nothing,
    /// The number of a shared string.
    Shared(String),
    Error(OddError),
}

struct MarksVisitor<'a> {
    meter: &'a Meter,
    /// Shared strings with fonts of their own.
    strings: &'a BTreeMap<usize, Arc<Rich>>,
    marks: Marks,
    next_row: u32,
    /// Cells so far, the current one included.
    cells: usize,
    in_data: bool,
    in_value: bool,
    in_inline: bool,
    value: Value,
    rich: RichBuilder,
    /// Characters of texts that stand in the cells themselves.
    inline: usize,
}

/// Walks through a worksheet part, which calamine is to read.
pub fn read(
    package: &mut Package,
    part: &str,
    strings: &BTreeMap<usize, Arc<Rich>>,
) -> Result<Marks, ReadError> {
    let mut visitor = MarksVisitor {
        meter: package.meter(),
        inline: 0,
        strings,
        marks: Marks::default(),
        next_row: 0,
        cells: 0,
        in_data: false,
        in_value: false,
        in_inline: false,
        value: Value::Nothing,
        rich: RichBuilder::default(),
    };
    if package.walk(part, &mut visitor)? {
        Ok(visitor.marks)
    } else {
        Err(ReadError::Broken(format!("no part {part}")))
    }
}

impl Visitor for MarksVisitor<'_> {
    fn open(&mut self, name: &str, tag: &Tag) -> Result<(), ReadError> {
        if self.in_inline {
            self.rich.open(name, tag);
            return self.meter.listed(Limit::Text, self.rich.size());
        }
        match name {
            "sheetData" => self.in_data = true,
            "c" if self.in_data => self.cell(tag)?,
            "v" if self.in_data => self.in_value = true,
            "f" if self.in_data => {
                if let Value::Error(error) = &mut self.value {
                    error.formula = true;
                }
            }
            "is" if self.in_data => self.in_inline = true,
            "row" if self.in_data => self.row(tag)?,
            "col" => self.column(tag),
            "mergeCell" => {
                self.meter.add(Limit::Merges, 1)?;
                self.marks.merges.extend(merged(tag)?);
            }
            _ => {}
        }
        Ok(())
    }

    fn wants_text(&self) -> bool {
        self.in_inline || self.in_value && !matches!(self.value, Value::Nothing)
    }

    fn text(&mut self, text: &str) -> Result<(), ReadError> {
        if self.in_inline {
            self.rich.text(text);
            return self.meter.listed(Limit::Text, self.rich.size());
        }
        if self.in_value {
            match &mut self.value {
                Value::Shared(number) => push(number, text),
                Value::Error(error) => push(&mut error.text, text),
                Value::Nothing => {}
            }
        }
        Ok(())
    }

    fn close(&mut self, name: &str) -> Result<(), ReadError> {
        match name {
            "is" => {
                self.in_inline = false;
                self.inline += self.rich.size();
                self.meter.listed(Limit::Texts, self.inline)?;
                let rich = self.rich.take();
                self.keep(Some(Arc::new(rich)));
            }
            _ if self.in_inline => self.rich.close(name),
            "v" => self.in_value = false,
            "c" => self.end_cell(),
            "sheetData" => self.in_data = false,
            _ => {}
        }
        Ok(())
    }
}

impl Marks {
    /// The style of a cell by its place; places are asked for in order.
    pub fn style(&self, place: usize, from: &mut usize) -> usize {
        let is_before = |(other, _): &(u32, u32)| (*other as usize) < place;
        while self.styles.get(*from).is_some_and(is_before) {
            *from += 1;
        }
        let own = self.styles.get(*from).filter(|(other, _)| *other as usize == place);
        own.map_or(0, |(_, style)| *style as usize)
    }
}

impl MarksVisitor<'_> {
    fn row(&mut self, tag: &Tag) -> Result<(), ReadError> {
        let row = match tag.number::<u32>("r") {
            Some(number) => number.checked_sub(1).ok_or_else(|| ReadError::broken("row 0"))?,
            None => self.next_row,
        };
        self.next_row = row.saturating_add(1);
        let flat = tag.number::<f64>("ht").is_some_and(|height| height <= 0.0);
        let room = self.marks.hidden_rows.len() < ROWS;
        if (tag.is_true("hidden") || flat) && row < MAX_ROWS && room {
            self.marks.hidden_rows.push(row);
        }
        Ok(())
    }

    /// Cells come by the million: their attributes are only taken apart where they matter.
    fn cell(&mut self, tag: &Tag) -> Result<(), ReadError> {
        self.cells += 1;
        self.value = Value::Nothing;
        let (mut address, mut style, mut kind) = ("", 0, "");
        for (name, value) in tag.plain() {
            match name {
                "r" => address = value,
                "s" => style = whole(value),
                "t" => kind = value,
                _ => {}
            }
        }
        if is_far(address) {
            return Err(ReadError::broken("cell outside the sheet"));
        }
        if tag.is_empty() {
            return Ok(());
        }
        self.meter.add(Limit::Cells, 1)?;
        self.marks.styles.push((u32::try_from(self.cells).map_err(ReadError::broken)?, style));
        if kind == "s" && !self.strings.is_empty() {
            self.value = Value::Shared(String::new());
        } else if kind == "e" {
            let at = address.parse().map_err(ReadError::broken)?;
            self.value = Value::Error(OddError { at, text: String::new(), formula: false });
        }
        Ok(())
    }

    fn end_cell(&mut self) {
        match std::mem::take(&mut self.value) {
            Value::Shared(number) => {
                let number = number.trim().parse::<usize>().ok();
                self.keep(number.and_then(|number| self.strings.get(&number)).cloned());
            }
            Value::Error(error) if !error.text.is_empty() && !ERRORS.contains(&error.text.as_str()) => {
                self.marks.errors.insert(self.cells, error);
            }
            Value::Error(_) | Value::Nothing => {}
        }
    }

    fn keep(&mut self, rich: Option<Arc<Rich>>) {
        if let Some(rich) = rich.filter(|rich| rich.has_fonts()) {
            self.marks.rich.insert(self.cells, rich);
        }
    }

    fn column(&mut self, tag: &Tag) {
        let flat = tag.number::<f64>("width").is_some_and(|width| width <= 0.0);
        let (Some(min), Some(max)) = (tag.number::<u32>("min"), tag.number::<u32>("max")) else { return };
        let room = usize::try_from(MAX_COLS).unwrap_or(0).saturating_sub(self.marks.hidden_cols.len());
        if (tag.is_true("hidden") || flat) && min >= 1 {
            self.marks.hidden_cols.extend((min - 1..max.min(MAX_COLS)).take(room));
        }
    }
}

/// The range that a tag merges.
fn merged(tag: &Tag) -> Result<Option<Merge>, ReadError> {
    let range = tag.get("ref").unwrap_or_default();
    let (start, end) = range.split_once(':').unwrap_or((&range, &range));
    let corner = |address: &str| address.parse().map_err(ReadError::broken);
    Ok(merge(corner(start)?, corner(end)?))
}

/// What is no number and no error's name is cut.
fn push(value: &mut String, text: &str) {
    if value.len() + text.len() <= LONGEST_VALUE {
        value.push_str(text);
    }
}

/// Whether a cell's address has more letters or digits than any: calamine counts past what a number holds.
fn is_far(address: &str) -> bool {
    let letters = address.bytes().take_while(u8::is_ascii_alphabetic).count();
    letters > 3 || address.len() > LONGEST_ADDRESS
}

/// A style's number; the first where it is none.
fn whole(value: &str) -> u32 {
    value.parse().ok().filter(|_| !value.starts_with('+')).unwrap_or(0)
}
