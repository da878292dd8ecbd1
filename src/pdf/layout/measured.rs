//! What tables ask for, measured once: for whether pages turn, for how columns are set, in each pass over a document.

use std::collections::BTreeMap;
use std::rc::Rc;

use crate::model::report::Table;

use super::columns::Widths;
use super::{Layout, wide};

/// The tables of a document that are measured so far, by their places among its blocks.
#[derive(Default)]
pub(super) struct Measured {
    tables: BTreeMap<usize, Rc<Widths>>,
    /// The parts in which a table stands that is too wide for a width.
    parts: BTreeMap<usize, (f32, Parts)>,
}

/// Tables that stand in place of one, each with what its columns ask for.
type Parts = Rc<Vec<(Table, Widths)>>;

impl Measured {
    /// Forgets all but the tables at some places.
    pub fn keep(&mut self, stays: impl Fn(usize) -> bool) {
        self.tables.retain(|at, _| stays(*at));
        self.parts.retain(|at, _| stays(*at));
    }
}

impl Layout<'_, '_, '_> {
    /// What the columns of the table at a place ask for.
    pub(super) fn measured(&mut self, at: usize, table: &Table) -> Rc<Widths> {
        if let Some(known) = self.measured.tables.get(&at) {
            return Rc::clone(known);
        }
        let widths = Rc::new(self.widths(table));
        self.measured.tables.insert(at, Rc::clone(&widths));
        widths
    }

    /// The parts in which the table at a place stands within `room`.
    pub(super) fn parts(&mut self, at: usize, table: &Table, widths: &Widths, room: f32) -> Parts {
        if let Some((width, known)) = self.measured.parts.get(&at)
            && width.total_cmp(&room).is_eq()
        {
            return Rc::clone(known);
        }
        let parts = wide::parts(table, &widths.parts, room).into_iter();
        let measured = parts.map(|part| {
            let widths = self.widths(&part);
            (part, widths)
        });
        let parts = Rc::new(measured.collect::<Vec<_>>());
        self.measured.parts.insert(at, (room, Rc::clone(&parts)));
        parts
    }
}
