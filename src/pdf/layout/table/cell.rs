//! Cells and rows, set in lines.

use std::ops::Range;

use crate::model::report::{Align, Cell, Para};
use crate::pdf::display::{Frame, Item, NodeId, Role};
use crate::pdf::text::{Line, Measure};
use crate::pdf::theme::Theme;

use super::super::Layout;
use super::super::chart::{Drawing, Form};
use super::super::columns::padding;
use super::super::figures::{Figures, point};

/// A line of a cell, or its drawing.
enum Piece {
    Line(Line),
    Drawing(Drawing),
}

impl Piece {
    fn height(&self) -> f32 {
        match self {
            Self::Line(line) => line.height,
            Self::Drawing(drawing) => drawing.height,
        }
    }
}

/// A piece of a cell and where it stands.
struct Set {
    piece: Piece,
    /// White above it: it starts a further paragraph.
    gap: f32,
    owner: NodeId,
    /// From the cell's right edge back to its left end, where its place is the decimal point's.
    back: Option<f32>,
}

/// A cell set in lines.
pub(super) struct CellBox {
    pub column: usize,
    /// How many rows it spans.
    pub rows: usize,
    /// It names its row.
    pub names: bool,
    edges: (f32, f32),
    align: Align,
    owner: NodeId,
    pad: (f32, f32),
    lines: Vec<Set>,
}

/// A row of cells.
pub(super) struct RowBox {
    pub cells: Vec<CellBox>,
    /// The height that its own cells need, those of several rows aside.
    pub height: f32,
}

impl CellBox {
    pub fn empty(column: usize, rows: usize, edges: (f32, f32), align: Align, owner: NodeId) -> Self {
        Self { column, rows, names: false, edges, align, owner, pad: (0.0, 0.0), lines: Vec::new() }
    }

    /// Its box between two heights.
    pub fn frame(&self, top: f32, bottom: f32) -> Frame {
        Frame { left: self.edges.0, top, right: self.edges.1, bottom }
    }

    pub fn count(&self) -> usize {
        self.lines.len()
    }

    /// The height of some of its lines, without the white around them.
    pub fn height(&self, lines: Range<usize>) -> f32 {
        let lines = self.lines.get(lines).unwrap_or_default();
        let gaps: f32 = lines.iter().skip(1).map(|set| set.gap).sum();
        lines.iter().map(|set| set.piece.height()).sum::<f32>() + gaps
    }

    /// The end of the lines from `first` that fit a height.
    pub fn fitting(&self, first: usize, height: f32) -> usize {
        let mut used = 0.0;
        for (at, set) in self.lines.iter().enumerate().skip(first) {
            used += set.piece.height() + if at > first { set.gap } else { 0.0 };
            if used > height + 0.01 {
                return at;
            }
        }
        self.lines.len()
    }

    /// Draws some of its lines below `top`, the cell's upper edge; as decoration where the text stood before.
    pub fn draw(&self, lines: Range<usize>, top: f32, repeated: bool) -> Vec<Item> {
        let mut y = top + self.pad.1;
        let mut items = Vec::new();
        for (at, set) in self.lines.get(lines).unwrap_or_default().iter().enumerate() {
            y += if at > 0 { set.gap } else { 0.0 };
            let (left, right) = (self.edges.0 + self.pad.0, self.edges.1 - self.pad.0);
            let owner = (!repeated).then_some(set.owner);
            match &set.piece {
                Piece::Line(line) => {
                    let x = match (self.align, set.back) {
                        (_, Some(back)) => right - back,
                        (Align::Left, None) => left,
                        (Align::Center, None) => left + (right - left - line.width) / 2.0,
                        (Align::Right | Align::Decimal, None) => right - line.width,
                    };
                    items.push(line.at(x, y, owner));
                }
                Piece::Drawing(drawing) => items.extend(drawing.at(left, y, owner)),
            }
            y += set.piece.height();
        }
        items
    }
}

impl RowBox {
    pub fn new(cells: Vec<CellBox>, theme: &Theme) -> Self {
        let line = theme.sizes.table * theme.sizes.table_leading;
        let own = cells.iter().filter(|cell| cell.rows == 1).map(|cell| cell.height(0..cell.count()));
        let height = own.fold(line, f32::max) + 2.0 * theme.space.cell_y;
        Self { cells, height }
    }
}

/// The height of rows with the cells that span them.
pub(super) fn group_height(rows: &[RowBox], cell_y: f32) -> f32 {
    let mut open: Vec<(usize, f32)> = Vec::new();
    let mut y = 0.0;
    for row in rows {
        let spanning = row.cells.iter().filter(|cell| cell.rows > 1);
        open.extend(spanning.map(|cell| (cell.rows, y + cell.height(0..cell.count()) + 2.0 * cell_y)));
        let ends = open.iter().filter(|(rows, _)| *rows == 1).map(|(_, bottom)| *bottom);
        y = ends.fold(y + row.height, f32::max);
        open.retain(|(rows, _)| *rows > 1);
        for (rows, _) in &mut open {
            *rows -= 1;
        }
    }
    y
}

impl Layout<'_, '_, '_> {
    /// Fills a cell's box with its paragraphs; `figures` is what its column needs where figures align at their points.
    pub(super) fn cell(&mut self, cell: &Cell, mut place: CellBox, figures: Option<Figures>) -> CellBox {
        let theme = self.theme;
        let (leading, space) = (theme.sizes.table_leading, &theme.space);
        let full = place.edges.1 - place.edges.0;
        place.names = cell.header;
        place.pad = (padding(space.cell_x, full), space.cell_y);
        let width = full - 2.0 * place.pad.0;
        let labels = (place.align == Align::Left).then_some(theme.setting.labels.as_str());
        let measure = Measure { labels, ..Measure::plain(width, leading) };
        let several =
            cell.paras.iter().filter(|para| para.runs.iter().any(|run| !run.text.is_empty())).count() > 1;
        for para in &cell.paras {
            let lines = self.set(&self.cell_spans(para), &measure);
            if lines.is_empty() {
                continue;
            }
            let tree = &mut self.flow.display.tree;
            let owner = if several { tree.add(place.owner, Role::Paragraph) } else { place.owner };
            let aligned = figures.filter(|_| lines.len() == 1);
            let sets = lines.into_iter().enumerate().map(|(at, line)| {
                let gap = if at == 0 { space.cell_para } else { 0.0 };
                let set = Set { piece: Piece::Line(line), gap, owner, back: None };
                match aligned {
                    Some(figures) => set.at_point(para, figures, width),
                    None => set,
                }
            });
            place.lines.extend(sets);
        }
        if let Some(chart) = &cell.chart {
            let drawing = self.drawing(chart, width, Form::Cell);
            let owner = self.flow.display.tree.add(place.owner, Role::Figure { alt: chart.alt.clone() });
            place.lines.push(Set {
                piece: Piece::Drawing(drawing),
                gap: 2.0 * space.cell_para,
                owner,
                back: None,
            });
        }
        place
    }
}

impl Set {
    /// Puts a figure's point below those of the other rows. Other texts end where integers end, as 作業中 and － do in statistics;
    /// where there is too little room for that, at the right edge.
    fn at_point(mut self, para: &Para, figures: Figures, width: f32) -> Self {
        let Piece::Line(line) = &self.piece else { return self };
        let from_point = point(para, &line.shaped).map(|point| line.shaped.width(0, point));
        let back = figures.point() + from_point.unwrap_or(line.width);
        self.back = Some(back).filter(|back| from_point.is_some() || *back <= width);
        self
    }
}
