//! Where and how a body cell stands.

use super::dress::Dress;
use super::look::{Edges, Part, Type};
use super::number::Code;
use crate::model::entry::{Input, Rule};
use crate::model::report::Align;

/// Where and how a cell stands.
pub(super) struct Spot<'a> {
    /// Zero-based row of the sheet.
    pub(super) row: u32,
    /// Zero-based column of the sheet.
    pub(super) col: u16,
    /// The column's alignment.
    pub(super) align: Align,
    /// Rules around it.
    pub(super) edges: Edges,
    /// It repeats the cell above, which spans several rows.
    pub(super) repeated: bool,
    /// Whether people type into it.
    pub(super) part: Part,
    /// What they may type.
    pub(super) input: Option<&'a Input>,
    /// The first row of the table's body.
    pub(super) top: u32,
    /// The sheet's column of each of the table's.
    pub(super) columns: &'a [u16],
}

impl Spot<'_> {
    /// What a number or a day wears here.
    pub(super) fn dress(&self, look: Type) -> Dress {
        let Self { align, edges, part, .. } = *self;
        Dress { look, align, edges, part, wrapped: false, code: Code::General, quoted: false }
    }

    /// The number format that makes a cell keep what is typed into it as the rule means it.
    pub(super) fn typed(&self) -> Code {
        match self.input.map(|input| &input.rule) {
            Some(Rule::Text) => Code::Text,
            Some(Rule::Date) => Code::Date,
            Some(Rule::OneOf(_) | Rule::Number { .. }) | None => Code::General,
        }
    }
}
