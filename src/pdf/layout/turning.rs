//! Which way pages lie.

use crate::model::report::{Block, Paper, Wide};

use super::Layout;

impl Layout<'_, '_, '_> {
    /// What follows starts on a new page, of another paper where one is named.
    pub(super) fn page(&mut self, paper: Option<Paper>) {
        self.flow.settle(0.0, 0.0);
        self.flow.new_page();
        if paper.is_some() {
            self.flow.turn_to(self.theme.sheet(paper), self.theme);
        }
    }

    /// Turns the page for a wide table and the headings above it, and back for all else; `at` is the next block's place.
    pub(super) fn turn(&mut self, at: usize) {
        let upright = self.upright.unwrap_or(self.flow.sheet);
        let wanted = upright.0 < upright.1 && self.needs_turning(at, upright);
        match (wanted, self.upright) {
            (true, None) => {
                self.flow.turn_to((upright.1, upright.0), self.theme);
                self.upright = Some(upright);
            }
            (false, Some(upright)) => {
                self.flow.turn_to(upright, self.theme);
                self.upright = None;
            }
            _ => {}
        }
    }

    /// Whether the blocks from a place on start with a table, or headings and a table, that wants to be turned.
    fn needs_turning(&mut self, at: usize, upright: (f32, f32)) -> bool {
        let mut blocks = self.document.blocks.iter().enumerate().skip(at);
        let first = blocks.find(|(_, block)| !matches!(block, Block::Heading { .. }));
        let Some((at, Block::Table(table))) = first else { return false };
        table.wide == Wide::Turn
            && !table.columns.is_empty()
            && !self.measured(at, table).fit(self.theme.area_of(upright).width)
    }
}
