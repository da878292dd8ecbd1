//! The picture of a sheet: one character a cell, neighbours of the same kind together where there is no room.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::hash::{DefaultHasher, Hash, Hasher};

use super::marks::{BLANK, HIDDEN, LEGEND, Marks, STRUCK};
use super::{MapReport, MapRow, Mark};
use crate::extract::{Located, Records};
use crate::model::place::{CellRef, column_letters};

/// Lines of a picture, and columns of the terminal that it takes.
const LINES: usize = 40;
/// Columns of the terminal that a picture takes.
pub const WIDTH: usize = 100;

/// Of a picture that is too tall, so many lines of its foot are kept.
const FOOT: usize = 12;

/// A merged title that is wider than this does not make the sheet wider.
const WIDE: u32 = 60;

/// More than this comes only from a sheet made to exhaust patience: its columns are not compared.
const MOST_COMPARED: usize = 20_000_000;

/// A filled stretch of a row.
type Stretch = (u32, u32, char);

/// The picture of a sheet; `None` where nothing stands on it.
pub fn map(located: &Located, records: &Records) -> Option<MapReport> {
    let rows = stretches(located, &Marks::of(located, records));
    let (top, bottom) = (*rows.keys().next()?, *rows.keys().next_back()?);
    let all = || rows.values().flatten();
    let left = all().map(|(start, ..)| *start).min()?;
    let right = all().map(|(start, end, _)| if end - start < WIDE { *end } else { *start }).max()?;
    let label = label_width(top, bottom);
    let room = WIDTH.saturating_sub(label + 4) / 2;
    let starts = columns(&rows, left, right, room);
    let shown = starts.get(..room.min(starts.len())).unwrap_or_default();
    let left_out = starts.get(room).map_or(0, |first| right + 1 - first);
    let end = starts.get(room).map_or(right, |next| next - 1);
    let lines = lines(&rows, shown, (top, bottom), end);
    let used: BTreeSet<char> = lines.iter().flat_map(|row| row.cells.chars()).collect();
    let legend = LEGEND.iter().filter(|(mark, _)| used.contains(mark));
    let tall = lines.iter().any(|row| row.first != row.last);
    Some(MapReport {
        range: format!("{}:{}", CellRef::new(top, left), CellRef::new(bottom, right)),
        columns: shown.iter().map(|col| column_letters(*col)).collect(),
        condensed: tall || starts.len() <= (right - left) as usize,
        columns_left_out: left_out,
        rows: lines,
        legend: legend.map(|(mark, meaning)| Mark { mark: *mark, meaning: (*meaning).to_owned() }).collect(),
    })
}

/// Columns of the terminal that the numbers of rows take.
fn label_width(top: u32, bottom: u32) -> usize {
    let digits = (bottom + 1).to_string().len();
    if ((bottom - top) as usize) < LINES { digits } else { digits * 2 + 2 }
}

/// Every row with its marks.
fn stretches(located: &Located, marks: &Marks) -> BTreeMap<u32, Vec<Stretch>> {
    let mut rows: BTreeMap<u32, Vec<Stretch>> = BTreeMap::new();
    for (row, slots) in located.view.rows() {
        let stretch = slots.iter().map(|slot| (slot.start, slot.end, marks.at(slot.anchor)));
        rows.entry(row).or_default().extend(stretch);
    }
    for at in &located.view.struck {
        rows.entry(at.row).or_default().push((at.col, at.col, STRUCK));
    }
    for row in &located.view.hidden_rows {
        let cells = located.sheet.grid.row(*row).map(|(at, _)| (at.col, at.col, HIDDEN));
        rows.entry(*row).or_default().extend(cells);
    }
    rows
}

/// The first columns of what each character stands for: every column where there is room, else neighbours that look
/// alike in all rows together.
fn columns(rows: &BTreeMap<u32, Vec<Stretch>>, left: u32, right: u32, room: usize) -> Vec<u32> {
    if ((right - left) as usize) < room {
        return (left..=right).collect();
    }
    let all = || rows.values().flatten();
    let edges = all().flat_map(|(start, end, _)| [*start, end.saturating_add(1)]).filter(|col| *col <= right);
    let starts: Vec<u32> = edges.collect::<BTreeSet<u32>>().into_iter().collect();
    let over = |start: &u32, end: &u32| {
        (starts.partition_point(|col| col < start), starts.partition_point(|col| col <= end))
    };
    let compared = all().map(|(start, end, _)| over(start, end)).map(|(from, to)| to.saturating_sub(from));
    if compared.sum::<usize>() > MOST_COMPARED {
        return starts;
    }
    let mut looks: Vec<DefaultHasher> = vec![DefaultHasher::new(); starts.len()];
    for (row, (start, end, mark)) in rows.iter().flat_map(|(row, all)| all.iter().map(move |s| (row, s))) {
        let (from, to) = over(start, end);
        looks.iter_mut().take(to).skip(from).for_each(|look| (row, mark).hash(look));
    }
    let looks: Vec<u64> = looks.iter().map(Hasher::finish).collect();
    let first = |index: usize| index == 0 || looks.get(index) != looks.get(index - 1);
    starts.iter().enumerate().filter(|(index, _)| first(*index)).map(|(_, col)| *col).collect()
}

/// The lines of the picture, top to bottom.
fn lines(
    rows: &BTreeMap<u32, Vec<Stretch>>,
    columns: &[u32],
    (top, bottom): (u32, u32),
    right: u32,
) -> Vec<MapRow> {
    let joined = (bottom - top) as usize >= LINES;
    let blank: String = columns.iter().map(|_| BLANK).collect();
    let mut lines = Lines::default();
    let mut next = top;
    for (row, stretches) in rows {
        while next < *row {
            let last = if joined { *row - 1 } else { next };
            lines.push(MapRow { first: next, last, cells: blank.clone() }, joined);
            next = last + 1;
        }
        lines.push(MapRow { first: *row, last: *row, cells: picture(stretches, columns, right) }, joined);
        next = *row + 1;
    }
    let mut lines = lines.finish();
    for line in &mut lines {
        (line.first, line.last) = (line.first + 1, line.last + 1);
    }
    lines
}

/// One row: the first thing that stands in each group of columns.
fn picture(stretches: &[Stretch], columns: &[u32], right: u32) -> String {
    let mut marks = vec![BLANK; columns.len()];
    for (start, end, mark) in stretches.iter().rev().filter(|(start, ..)| *start <= right) {
        let from = columns.partition_point(|col| col <= start).saturating_sub(1);
        let to = columns.partition_point(|col| col <= end);
        marks.iter_mut().take(to).skip(from).for_each(|place| *place = *mark);
    }
    marks.into_iter().collect()
}

/// Lines so far: the top of the picture, its foot, and how many fell out between.
#[derive(Debug, Default)]
struct Lines {
    top: Vec<MapRow>,
    foot: VecDeque<MapRow>,
    dropped: Option<(u32, u32)>,
}

impl Lines {
    fn push(&mut self, row: MapRow, join: bool) {
        let last = if self.foot.is_empty() { self.top.last_mut() } else { self.foot.back_mut() };
        if let Some(last) = last.filter(|last| join && last.cells == row.cells) {
            last.last = row.last;
            return;
        }
        if self.top.len() < LINES - FOOT - 1 {
            self.top.push(row);
            return;
        }
        self.foot.push_back(row);
        if self.foot.len() > FOOT
            && let Some(out) = self.foot.pop_front()
        {
            let first = self.dropped.map_or(out.first, |(first, _)| first);
            self.dropped = Some((first, out.last));
        }
    }

    fn finish(self) -> Vec<MapRow> {
        let gap = self.dropped.map(|(first, last)| MapRow { first, last, cells: String::new() });
        self.top.into_iter().chain(gap).chain(self.foot).collect()
    }
}
