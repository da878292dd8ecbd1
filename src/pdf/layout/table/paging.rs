//! Where a table breaks over pages.

use crate::pdf::display::{Frame, Item, Shape};

use super::super::Layout;
use super::super::flow::Slab;
use super::super::head::{Head, span};
use super::cell::{CellBox, RowBox, group_height};

/// A header taller than this part of a page is not repeated.
const REPEATED_PART: f32 = 0.34;

/// A row taller than a page starts on a page that has this part left.
const START_PART: f32 = 0.2;

/// Places rows and remembers the cells that go on below them.
pub(super) struct Paging<'t> {
    head: Head,
    edges: &'t [f32],
    open: Vec<Open>,
    /// Rows on this page so far.
    on_page: usize,
}

/// A cell that spans the row being placed and rows below.
struct Open {
    cell: CellBox,
    /// Rows still to come, this one included.
    left: usize,
    /// Its upper edge on this page.
    top: f32,
    /// Its lines from here on are still to be drawn on this page.
    next: usize,
    /// All of it stood on an earlier page.
    repeated: bool,
    /// The lower edge of what is drawn on this page.
    drawn: f32,
}

impl Open {
    fn new(cell: CellBox, top: f32) -> Self {
        Self { left: cell.rows, cell, top, next: 0, repeated: false, drawn: top }
    }

    /// Draws what fits above `bottom`.
    fn draw(&mut self, bottom: f32, cell_y: f32) -> impl Iterator<Item = Item> + use<> {
        let first = self.next;
        self.next = self.cell.fitting(first, bottom - self.top - 2.0 * cell_y);
        if first < self.next {
            self.drawn = self.top + self.cell.height(first..self.next) + 2.0 * cell_y;
        }
        let frame = self.cell.frame(self.top, bottom);
        bound(self.cell.draw(first..self.next, self.top, self.repeated), frame)
    }

    /// Where it ends when all that is still to be drawn is drawn.
    fn bottom(&self, cell_y: f32) -> f32 {
        if self.next == self.cell.count() {
            return self.drawn;
        }
        self.top + self.cell.height(self.next..self.cell.count()) + 2.0 * cell_y
    }

    /// Goes on at the top of another page: with the rest of its text, or with all of it again.
    fn go_on(&mut self, top: f32) {
        (self.top, self.drawn) = (top, top);
        if self.next == self.cell.count() {
            self.repeated = true;
            self.next = 0;
        }
    }
}

/// What is drawn of a cell, bound to its box; a drawing keeps its own.
fn bound(items: Vec<Item>, frame: Frame) -> impl Iterator<Item = Item> {
    items.into_iter().map(move |item| if item.frame.is_some() { item } else { item.within(frame) })
}

impl<'t> Paging<'t> {
    pub fn new(head: Head, edges: &'t [f32]) -> Self {
        Self { head, edges, open: Vec::new(), on_page: 0 }
    }

    /// Places rows that cells tie together, `tail` points of the row that follows on the same page.
    pub fn group(&mut self, layout: &mut Layout, rows: Vec<RowBox>, tail: f32) {
        let needed = group_height(&rows, layout.theme.space.cell_y);
        let page = layout.flow.area.height() - self.repeated_height(layout);
        if needed + tail > layout.flow.room() && needed + tail <= page && self.on_page > 0 {
            self.break_page(layout);
        }
        let whole = needed <= layout.flow.room();
        for row in rows {
            self.row(layout, row, whole, page);
        }
    }

    /// The table's lower edge.
    pub fn close(self, layout: &mut Layout) {
        let rule = layout.theme.rule.strong;
        let y = layout.flow.y();
        let (left, right) = span(self.edges, 0, self.edges.len() - 1);
        let color = layout.theme.color.accent;
        let shape = Shape::Line { from: (left, y), to: (right, y), width: rule, color };
        layout.flow.draw([Item::artifact(shape)]);
        let after = layout.theme.space.block;
        layout.flow.place(Slab { after, ..Slab::default() });
    }

    fn row(&mut self, layout: &mut Layout, row: RowBox, whole: bool, page: f32) {
        let mut height = self.needed(layout, &row);
        if height > layout.flow.room() && self.on_page > 0 {
            let starts_here = height > page && layout.flow.room() > page * START_PART;
            if !starts_here {
                self.break_page(layout);
                height = self.needed(layout, &row);
            }
        }
        if height > layout.flow.room() {
            return self.split(layout, row);
        }
        let cell_y = layout.theme.space.cell_y;
        let top = layout.flow.y();
        for cell in row.cells {
            if cell.rows == 1 {
                let frame = cell.frame(top, top + height);
                layout.flow.draw(bound(cell.draw(0..cell.count(), top, false), frame));
            } else {
                let mut open = Open::new(cell, top);
                if whole {
                    let bottom = open.bottom(cell_y);
                    layout.flow.draw(open.draw(bottom, cell_y));
                }
                self.open.push(open);
            }
        }
        self.finish(layout, height);
    }

    /// The height of a row with the cells that end in it.
    fn needed(&self, layout: &Layout, row: &RowBox) -> f32 {
        let (y, cell_y) = (layout.flow.y(), layout.theme.space.cell_y);
        let ends = self.open.iter().filter(|open| open.left == 1);
        ends.map(|open| open.bottom(cell_y) - y).fold(row.height, f32::max)
    }

    /// Ends a row: its lower rule, and the cells that end with it.
    fn finish(&mut self, layout: &mut Layout, height: f32) {
        let bottom = layout.flow.y() + height;
        let cell_y = layout.theme.space.cell_y;
        for open in &mut self.open {
            open.left -= 1;
            if open.left == 0 {
                layout.flow.draw(open.draw(bottom, cell_y));
            }
        }
        self.open.retain(|open| open.left > 0);
        layout.flow.place(Slab { height, ..Slab::default() });
        self.on_page += 1;
        let covered: Vec<usize> = self.open.iter().map(|open| open.cell.column).collect();
        self.rule(layout, &covered);
    }

    /// A thin rule below what stands so far, but for the columns named.
    fn rule(&self, layout: &mut Layout, but: &[usize]) {
        let y = layout.flow.y();
        let (width, color) = (layout.theme.rule.thin, layout.theme.color.rule);
        let mut parts: Vec<(f32, f32)> = Vec::new();
        for column in (0..self.edges.len() - 1).filter(|column| !but.contains(column)) {
            let (left, right) = span(self.edges, column, 1);
            match parts.last_mut() {
                Some(part) if (part.1 - left).abs() < 0.01 => part.1 = right,
                _ => parts.push((left, right)),
            }
        }
        let line = |(left, right)| Shape::Line { from: (left, y), to: (right, y), width, color };
        layout.flow.draw(parts.into_iter().map(|part| Item::artifact(line(part))));
    }

    /// Goes on at the top of a new page, with the header and the cells that span the break.
    fn break_page(&mut self, layout: &mut Layout) {
        let bottom = layout.flow.y();
        let cell_y = layout.theme.space.cell_y;
        for open in &mut self.open {
            layout.flow.draw(open.draw(bottom, cell_y));
        }
        self.rule(layout, &[]);
        layout.flow.new_page();
        let height = self.repeated_height(layout);
        let items = if height < self.head.height { Vec::new() } else { self.head.repeated() };
        layout.flow.place(Slab { height, items, ..Slab::default() });
        let top = layout.flow.y();
        self.open.iter_mut().for_each(|open| open.go_on(top));
        self.on_page = 0;
    }

    fn repeated_height(&self, layout: &Layout) -> f32 {
        let fits = self.head.height <= layout.flow.area.height() * REPEATED_PART;
        if fits { self.head.height } else { 0.0 }
    }

    /// A row taller than its page: its cells go on, line by line, on the pages that follow.
    fn split(&mut self, layout: &mut Layout, row: RowBox) {
        let cell_y = layout.theme.space.cell_y;
        let top = layout.flow.y();
        let mut cells: Vec<(CellBox, usize)> = Vec::new();
        for cell in row.cells {
            if cell.rows == 1 {
                cells.push((cell, 0));
            } else {
                self.open.push(Open::new(cell, top));
            }
        }
        // What is left of the cells that end here is cut like the row's own.
        let open = std::mem::take(&mut self.open);
        for mut open in open {
            if open.left == 1 {
                layout.flow.draw(open.draw(top, cell_y));
                if !open.repeated {
                    cells.push((open.cell, open.next));
                }
            } else {
                self.open.push(open);
            }
        }
        let page = layout.flow.area.height() - self.repeated_height(layout);
        let mut height = Self::part(layout, &mut cells, layout.flow.room() >= page);
        while cells.iter().any(|(cell, next)| *next < cell.count()) {
            layout.flow.place(Slab { height, ..Slab::default() });
            self.break_page(layout);
            let names: Vec<usize> = (0..cells.len())
                .filter(|at| cells.get(*at).is_some_and(|(cell, next)| cell.names && *next == cell.count()))
                .collect();
            let top = layout.flow.y();
            height = Self::part(layout, &mut cells, true);
            // The name stands again, as far as what is left of its row is high.
            for (cell, _) in names.into_iter().filter_map(|at| cells.get(at)) {
                let end = cell.fitting(0, height - 2.0 * cell_y);
                let frame = cell.frame(top, top + height);
                layout.flow.draw(bound(cell.draw(0..end, top, true), frame));
            }
        }
        self.finish(layout, height);
    }

    /// Draws the lines that fit the rest of the page; their height. Where none fits, one of each cell is forced upon a
    /// page that no other has more room than.
    fn part(layout: &mut Layout, cells: &mut [(CellBox, usize)], force: bool) -> f32 {
        let cell_y = layout.theme.space.cell_y;
        let (top, room) = (layout.flow.y(), layout.flow.room() - 2.0 * cell_y);
        let ends: Vec<usize> = cells.iter().map(|(cell, next)| cell.fitting(*next, room)).collect();
        let stuck = cells.iter().zip(&ends).all(|((_, next), end)| next == end);
        let mut tallest = 0.0_f32;
        for ((cell, next), end) in cells.iter_mut().zip(ends) {
            let forced = stuck && force && *next < cell.count();
            let end = if forced { *next + 1 } else { end };
            let frame = cell.frame(top, layout.flow.area.bottom);
            layout.flow.draw(bound(cell.draw(*next..end, top, false), frame));
            tallest = tallest.max(cell.height(*next..end));
            *next = end;
        }
        if tallest > 0.0 { tallest + 2.0 * cell_y } else { 0.0 }
    }
}
