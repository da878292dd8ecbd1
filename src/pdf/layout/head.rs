//! A table's header rows.

use crate::model::report::{Align, HeadCell, Table};
use crate::pdf::display::{Frame, Item, NodeId, Role, Shape};
use crate::pdf::shaped::Style;
use crate::pdf::text::Line;

use super::columns::padding;
use super::{Layout, height};

/// A header cell on the grid of its table.
pub(super) struct Placed<'t> {
    pub text: &'t str,
    pub column: usize,
    pub row: usize,
    pub cols: usize,
    pub rows: usize,
}

/// Header rows, ready to be drawn.
pub(super) struct Head {
    /// From the head's upper edge.
    pub items: Vec<Item>,
    pub height: f32,
}

impl Head {
    /// The same as decoration, for the pages that follow.
    pub fn repeated(&self) -> Vec<Item> {
        self.items.iter().map(|item| Item { owner: None, ..item.clone() }).collect()
    }
}

/// The header cells that stand over one column alone, with that column.
pub(super) fn single_columns(head: &[Vec<HeadCell>], columns: usize) -> Vec<(usize, &str)> {
    let single = grid(head, columns).into_iter().filter(|cell| cell.cols == 1);
    single.map(|cell| (cell.column, cell.text)).collect()
}

/// Where each header cell stands; places that no cell covers get an empty one, so that every row is complete.
pub(super) fn grid(head: &[Vec<HeadCell>], columns: usize) -> Vec<Placed<'_>> {
    let mut taken = vec![vec![false; columns]; head.len()];
    let mut placed = Vec::new();
    for (row, cells) in head.iter().enumerate() {
        let mut cells = cells.iter();
        for column in 0..columns {
            if taken.get(row).and_then(|row| row.get(column)).copied().unwrap_or(true) {
                continue;
            }
            let cell = cells.next();
            let free = taken.get(row).map_or(1, |row| row.iter().skip(column).take_while(|t| !**t).count());
            let cols = cell.map_or(1, |cell| cell.cols as usize).clamp(1, free.max(1));
            let rows = cell.map_or(1, |cell| cell.rows as usize).clamp(1, head.len() - row);
            for line in taken.iter_mut().skip(row).take(rows) {
                line.iter_mut().skip(column).take(cols).for_each(|place| *place = true);
            }
            placed.push(Placed { text: cell.map_or("", |cell| &cell.text), column, row, cols, rows });
        }
    }
    placed
}

impl Layout<'_, '_, '_> {
    /// Sets the header rows below the structure node of their table.
    pub(super) fn head(&mut self, table: &Table, edges: &[f32], node: NodeId) -> Head {
        let placed = grid(&table.head, table.columns.len());
        let texts: Vec<Vec<Line>> = placed.iter().map(|cell| self.head_lines(cell, edges)).collect();
        let tops = self.tops(&placed, &texts, table.head.len());
        let total = tops.last().copied().unwrap_or_default();
        let mut items = self.ground(edges, total);
        if placed.is_empty() {
            return Head { items, height: total };
        }
        let tree = &mut self.flow.display.tree;
        // A head without a body is none: readers refuse it.
        let section = if table.rows.is_empty() { node } else { tree.add(node, Role::TableHead) };
        let rows: Vec<NodeId> = table.head.iter().map(|_| tree.add(section, Role::Row)).collect();
        let mut lines_below = Vec::new();
        for (cell, lines) in placed.iter().zip(&texts) {
            let Some(row) = rows.get(cell.row) else { continue };
            let role = Role::ColumnHeader { cols: cell.cols, rows: cell.rows };
            let owner = self.flow.display.tree.add(*row, role);
            let (left, right) = span(edges, cell.column, cell.cols);
            let (top, bottom) = span(&tops, cell.row, cell.rows);
            let mut y = top + (bottom - top - height(lines)) / 2.0;
            // Over figures a word stands at the right as they do; all else is centred.
            let over_figures = cell.cols == 1
                && table
                    .columns
                    .get(cell.column)
                    .is_some_and(|column| matches!(column.align, Align::Right | Align::Decimal));
            let pad = padding(self.theme.space.cell_x, right - left);
            for line in lines {
                let free = right - left - line.width;
                let x = left + if over_figures { free - pad } else { free / 2.0 };
                items.push(line.at(x, y, Some(owner)).within(Frame { left, top, right, bottom }));
                y += line.height;
            }
            if cell.row + cell.rows < table.head.len() {
                lines_below.push((left, right, bottom));
            }
        }
        items.extend(lines_below.into_iter().map(|line| self.tier_rule(line)));
        Head { items, height: total }
    }

    fn head_lines(&mut self, cell: &Placed, edges: &[f32]) -> Vec<Line> {
        let (left, right) = span(edges, cell.column, cell.cols);
        let width = right - left - 2.0 * padding(self.theme.space.cell_x, right - left);
        let style = Style::new(true, self.theme.sizes.table, self.theme.color.text).dense();
        self.lines(&[(style, cell.text.into())], width, self.theme.sizes.table_leading)
    }

    /// The upper edges of the header rows, and the lower edge of the last.
    fn tops(&self, placed: &[Placed], texts: &[Vec<Line>], rows: usize) -> Vec<f32> {
        let line = self.theme.sizes.table * self.theme.sizes.table_leading;
        let mut heights = vec![line + 2.0 * self.theme.space.cell_y; rows];
        let mut order: Vec<_> = placed.iter().zip(texts).collect();
        order.sort_by_key(|(cell, _)| cell.rows);
        for (cell, lines) in order {
            let needed = height(lines) + 2.0 * self.theme.space.cell_y;
            let covered: f32 = heights.iter().skip(cell.row).take(cell.rows).sum();
            if let Some(last) = heights.get_mut(cell.row + cell.rows - 1) {
                *last += (needed - covered).max(0.0);
            }
        }
        let mut y = 0.0;
        let mut tops = vec![y];
        for height in heights {
            y += height;
            tops.push(y);
        }
        tops
    }

    /// Ground, upper rule and lower rule of the whole head.
    fn ground(&self, edges: &[f32], total: f32) -> Vec<Item> {
        let (colors, rule) = (&self.theme.color, &self.theme.rule);
        let (left, right) = span(edges, 0, edges.len() - 1);
        let fill = Shape::Fill { x: left, y: 0.0, width: right - left, height: total, color: colors.fill };
        let line = |y, width| Shape::Line { from: (left, y), to: (right, y), width, color: colors.accent };
        let shapes = [fill, line(0.0, rule.strong), line(total, rule.medium)];
        shapes.into_iter().map(Item::artifact).collect()
    }

    /// The rule below a header cell that has cells below it, a little shorter than the cell.
    fn tier_rule(&self, (left, right, y): (f32, f32, f32)) -> Item {
        let inset = self.theme.space.cell_x / 2.0;
        Item::artifact(Shape::Line {
            from: (left + inset, y),
            to: (right - inset, y),
            width: self.theme.rule.thin,
            color: self.theme.color.rule,
        })
    }
}

/// The edges around `count` columns or rows from the one at `first`.
pub(super) fn span(edges: &[f32], first: usize, count: usize) -> (f32, f32) {
    let edge = |at: usize| edges.get(at).or(edges.last()).copied().unwrap_or_default();
    (edge(first), edge(first + count))
}
