//! What body cells wear: a format for each look, made once for a workbook and put on a stretch of a column at a time. The
//! writer looks a format up by all that it says, which costs more than writing the cell.

use std::collections::BTreeMap;

use rust_xlsxwriter::{Format, Worksheet, XlsxError};

use super::look::{self, Edges, Part, Type};
use super::number::{Code, Formats};
use crate::model::report::Align;

/// How many cells are dressed at a time: few enough that the first was written only a moment ago.
const MOST: u32 = 32;

/// What tells the formats of body cells apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Dress {
    /// The text's own look; of several the first.
    pub(super) look: Type,
    /// Where the text stands.
    pub(super) align: Align,
    /// Rules around the cell.
    pub(super) edges: Edges,
    /// Whether people type into it.
    pub(super) part: Part,
    /// It wraps: texts do, numbers and days do not.
    pub(super) wrapped: bool,
    /// How a number is shown.
    pub(super) code: Code,
    /// The text looks like a formula and is none.
    pub(super) quoted: bool,
}

impl Dress {
    fn format(self, codes: &Formats) -> Format {
        let format = look::figure(self.look, self.align, self.edges);
        let format = if self.wrapped { format.set_text_wrap() } else { format };
        let format = look::part(format, self.part);
        let format = match codes.text(self.code) {
            Some(code) => format.set_num_format(code),
            None => format,
        };
        if self.quoted { format.set_quote_prefix() } else { format }
    }
}

/// The formats of a workbook's body cells.
#[derive(Debug)]
pub(super) struct Wardrobe {
    /// Number formats in use.
    pub(super) codes: Formats,
    base: Format,
    made: BTreeMap<Dress, Format>,
}

impl Default for Wardrobe {
    fn default() -> Self {
        Self { codes: Formats::default(), base: look::base(), made: BTreeMap::new() }
    }
}

impl Wardrobe {
    /// The workbook's default.
    pub(super) fn base(&self) -> &Format {
        &self.base
    }

    /// The format of a dress.
    pub(super) fn format(&mut self, dress: Dress) -> &Format {
        let Self { codes, made, .. } = self;
        made.entry(dress).or_insert_with(|| dress.format(codes))
    }
}

/// Cells below one another that wear the same.
#[derive(Debug, Clone, Copy)]
struct Stretch {
    first: u32,
    last: u32,
    dress: Dress,
}

/// The stretches of a table's columns that may still go on.
#[derive(Debug)]
pub(super) struct Stretches(Vec<Option<Stretch>>);

impl Stretches {
    /// Those of a table with so many columns, from the sheet's first.
    pub(super) fn new(columns: usize) -> Self {
        Self(vec![None; columns])
    }

    /// The dress of the next cell in a column; cells that it does not go on with are dressed.
    pub(super) fn put(
        &mut self,
        (row, col): (u32, u16),
        dress: Dress,
        wardrobe: &mut Wardrobe,
        to: &mut Worksheet,
    ) -> Result<(), XlsxError> {
        let Some(open) = self.0.get_mut(usize::from(col)) else { return Ok(()) };
        if let Some(stretch) = open
            && stretch.dress == dress
            && stretch.last + 1 == row
            && row - stretch.first < MOST
        {
            stretch.last = row;
            return Ok(());
        }
        let ended = open.replace(Stretch { first: row, last: row, dress });
        ended.map_or(Ok(()), |stretch| stretch.end(col, wardrobe, to))
    }

    /// Dresses what is left.
    pub(super) fn end(self, wardrobe: &mut Wardrobe, to: &mut Worksheet) -> Result<(), XlsxError> {
        let mut open = (0..).zip(self.0).filter_map(|(col, stretch)| Some((col, stretch?)));
        open.try_for_each(|(col, stretch)| stretch.end(col, wardrobe, to))
    }
}

impl Stretch {
    fn end(self, col: u16, wardrobe: &mut Wardrobe, to: &mut Worksheet) -> Result<(), XlsxError> {
        to.set_range_format(self.first, col, self.last, col, wardrobe.format(self.dress)).map(drop)
    }
}
