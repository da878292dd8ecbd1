//! Table rows over pages: header rows repeat, rows stay whole, rows that a cell spans stay together where they fit a page.

mod cell;
mod paging;

use std::borrow::Cow;

use crate::model::report::{Cell, Para, Row, Table};
use crate::pdf::display::{NodeId, Role, Tree};
use crate::pdf::shaped::Style;

use super::Layout;
use super::columns::Widths;
use super::figures::Figures;
use super::flow::Slab;
use super::head::span;
use cell::{CellBox, RowBox};
use paging::Paging;

/// The first two rows and the last two stay together where they take at most this part of a page.
const PAIR_PART: f32 = 0.3;

impl Layout<'_, '_, '_> {
    /// The table at a place among the blocks; one that is too wide for the page stands there in parts.
    pub(super) fn table(&mut self, at: usize, table: &Table) {
        if table.columns.is_empty() {
            return;
        }
        let widths = self.measured(at, table);
        let room = self.flow.area.width;
        if widths.fit(room) {
            return self.whole(table, &widths, self.theme.space.block);
        }
        let parts = self.parts(at, table, &widths, room);
        let count = parts.len();
        for (at, (part, widths)) in parts.iter().enumerate() {
            let before = if at == 0 { self.theme.space.block } else { self.goes_on(at + 1, count) };
            self.whole(part, widths, before);
        }
    }

    /// The label above a further part of a table, kept with it; the white below it comes back.
    fn goes_on(&mut self, number: usize, count: usize) -> f32 {
        let style = Style::new(false, self.theme.sizes.table_small, self.theme.color.muted);
        let text = format!("（続き　{number}／{count}）");
        let lines = self.lines(&[(style, text.into())], self.flow.area.width, self.theme.sizes.table_leading);
        let mut y = 0.0;
        let mut items = Vec::new();
        for line in &lines {
            items.push(line.at(self.flow.area.left, y, None));
            y += line.height;
        }
        let (before, after) = (self.theme.space.block, self.theme.space.cell_para);
        self.flow.push(Slab { before, height: y, after, items, keep: true, ..Slab::default() });
        after
    }

    /// A table whose columns fit the page.
    fn whole(&mut self, table: &Table, widths: &Widths, before: f32) {
        let room = self.flow.area.width;
        let (edges, figures) = (widths.edges(self.flow.area.left, room), widths.figures(room));
        let node = self.flow.display.tree.add(Tree::ROOT, Role::Table { summary: table.summary.clone() });
        let head = self.head(table, &edges, node);
        let covered = vec![0; table.columns.len()];
        let mut rows = Rows { table, edges: &edges, figures: &figures, covered, next: 0, body: None, node };
        let first = rows.group(self);
        let mut next = rows.group(self);
        let lead = head.height + self.lead(&first, head.height) + self.company(&first, &next);
        self.flow.settle(before, lead);
        let top = Slab { before, height: head.height, items: head.items.clone(), ..Slab::default() };
        self.flow.place(top);
        let mut paging = Paging::new(head, &edges);
        let mut group = first;
        while !group.is_empty() {
            let last = rows.next == table.rows.len() && next.len() == 1;
            let tail = if last { self.company(&group, &next) } else { 0.0 };
            paging.group(self, group, tail);
            group = std::mem::replace(&mut next, rows.group(self));
        }
        paging.close(self);
    }

    /// The height of the rows behind others where both stay together, so that neither a first row stands alone above the
    /// end of a page nor a last one below a repeated header; nothing where they are tall: much of a page would stay white.
    fn company(&self, rows: &[RowBox], next: &[RowBox]) -> f32 {
        let cell_y = self.theme.space.cell_y;
        let height = cell::group_height(next, cell_y);
        let both = cell::group_height(rows, cell_y) + height;
        if both <= self.flow.area.height() * PAIR_PART { height } else { 0.0 }
    }

    /// How much of the first rows must stand below the header on its page.
    fn lead(&self, rows: &[RowBox], head: f32) -> f32 {
        let whole = cell::group_height(rows, self.theme.space.cell_y);
        if head + whole <= self.flow.area.height() {
            return whole;
        }
        let line = self.theme.sizes.table * self.theme.sizes.table_leading;
        let some = 3.0 * line + 2.0 * self.theme.space.cell_y;
        rows.first().map_or(0.0, |row| row.height.min(some))
    }
}

/// Sets the table's rows, one group after the other.
struct Rows<'t> {
    table: &'t Table,
    edges: &'t [f32],
    figures: &'t [Option<Figures>],
    /// For each column, how many of the rows that follow a cell above covers.
    covered: Vec<usize>,
    next: usize,
    /// The structure node of the body, once there is a row.
    body: Option<NodeId>,
    node: NodeId,
}

impl Rows<'_> {
    /// The next rows that cells tie together; none at the end.
    fn group(&mut self, layout: &mut Layout) -> Vec<RowBox> {
        let mut group = Vec::new();
        while let Some(row) = self.table.rows.get(self.next) {
            group.push(self.row(layout, row));
            if self.covered.iter().all(|rows| *rows == 0) {
                break;
            }
        }
        group
    }

    fn row(&mut self, layout: &mut Layout, row: &Row) -> RowBox {
        let tree = &mut layout.flow.display.tree;
        let body = *self.body.get_or_insert_with(|| tree.add(self.node, Role::TableBody));
        let row_node = tree.add(body, Role::Row);
        let left = self.table.rows.len() - self.next;
        let places: Vec<usize> =
            (0..self.covered.len()).filter(|c| self.covered.get(*c) == Some(&0)).collect();
        let cells = self.fitted(layout, row, places.len());
        let mut boxes = Vec::new();
        for (column, cell) in places.into_iter().zip(cells.iter()) {
            let rows = (cell.rows as usize).clamp(1, left);
            if let Some(covered) = self.covered.get_mut(column) {
                *covered = rows;
            }
            let role = if cell.header { Role::RowHeader { rows } } else { Role::Data { rows } };
            let owner = layout.flow.display.tree.add(row_node, role);
            let edges = span(self.edges, column, 1);
            let align = self.table.columns.get(column).map(|column| column.align).unwrap_or_default();
            let place = CellBox::empty(column, rows, edges, align, owner);
            let figures = self.figures.get(column).copied().flatten();
            boxes.push(layout.cell(cell, place, figures));
        }
        self.covered.iter_mut().for_each(|rows| *rows = rows.saturating_sub(1));
        self.next += 1;
        RowBox::new(boxes, layout.theme)
    }

    /// A row's cells, as many as the columns have places: what is too much goes to the last cell, and is reported.
    fn fitted<'r>(&self, layout: &mut Layout, row: &'r Row, places: usize) -> Cow<'r, [Cell]> {
        let count = row.cells.len();
        if count == places {
            return Cow::Borrowed(&row.cells);
        }
        let (name, at) = (&self.table.summary, self.next + 1);
        layout.overflow.push(format!("表「{name}」の{at}行目: 列は{places}、セルは{count}です"));
        let mut cells = row.cells.clone();
        let surplus: Vec<Para> = cells.drain(places.min(count)..).flat_map(|cell| cell.paras).collect();
        if let Some(last) = cells.last_mut() {
            last.paras.extend(surplus);
        }
        cells.resize_with(places, || Cell::text(""));
        Cow::Owned(cells)
    }
}
