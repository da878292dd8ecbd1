//! The legends of a sheet (凡例): in one cell, in cells beside or below one another, or in a column of a table.

use std::collections::BTreeMap;

use super::Located;
use crate::locate::Slot;
use crate::locate::meaning::Role;
use crate::model::place::CellRef;
use crate::normalise::Vocabulary;
use crate::normalise::status::{Legend, read_legend};
use crate::normalise::text::key;

/// The legends of a sheet with the rows in which they begin.
#[derive(Debug, Default)]
pub struct Legends(Vec<(u32, Legend)>);

impl Legends {
    /// All legends outside of headers.
    pub fn of(sheet: &Located, vocabulary: &Vocabulary) -> Self {
        let text = |at: &CellRef| sheet.sheet.grid.get(*at).map_or("", |cell| cell.text.trim());
        let mut found = Vec::new();
        let mut rows: BTreeMap<u32, Vec<&str>> = BTreeMap::new();
        let labelled = sheet.layout.pairs.iter().filter(|pair| pair.meaning.role == Some(Role::Legend));
        for pair in labelled {
            for at in &pair.values {
                rows.entry(at.row).or_default().push(text(at));
            }
        }
        for at in &sheet.layout.lines {
            match read_legend(text(at), vocabulary) {
                Some(legend) => found.push((at.row, legend)),
                None => rows.entry(at.row).or_default().push(text(at)),
            }
        }
        found.extend(in_rows(&rows, vocabulary));
        for table in &sheet.layout.tables {
            let left_out = table.left_out.iter().map(|(row, _)| *row);
            for row in table.rows.iter().copied().chain(left_out) {
                let own = sheet
                    .view
                    .row(row)
                    .iter()
                    .filter(|slot| slot.starts_in(row) && slot.overlaps(table.start, table.end));
                let texts: Vec<&str> = own.map(Slot::text).collect();
                found.extend(of_row(&texts, vocabulary).map(|legend| (row, legend)));
            }
            for column in table.columns.iter().filter(|column| column.meaning.role == Some(Role::Legend)) {
                let slots = (table.header_end + 1..=table.bottom)
                    .filter_map(|row| sheet.view.slot(row, column.start, column.end));
                let lines: Vec<&str> = slots.map(Slot::text).collect();
                found.extend(read_legend(&lines.join("\n"), vocabulary).map(|legend| (table.top, legend)));
            }
        }
        found.sort_by_key(|(row, _)| *row);
        Self(found)
    }

    /// The legend for a column or label with these words in this row: the one whose heading names it, else the nearest
    /// one above, else the first below.
    pub fn for_words(&self, words: &str, row: u32) -> Option<Legend> {
        let words = key(words);
        let heads = |legend: &Legend| {
            let heading = key(&legend.heading);
            !heading.is_empty() && (words.contains(&heading) || heading.contains(&words))
        };
        let named = self.0.iter().filter(|(_, legend)| heads(legend)).min_by_key(|(at, _)| at.abs_diff(row));
        let above = || self.0.iter().rev().find(|(at, _)| *at <= row);
        named.or_else(above).or(self.0.first()).map(|(_, legend)| legend.clone())
    }
}

/// The legend in a row of a table: in one cell, or in several of which the first is a mark or says so; a status such as
/// `A:順調` beside others explains nothing.
pub fn of_row(texts: &[&str], vocabulary: &Vocabulary) -> Option<Legend> {
    let alone = texts.iter().find_map(|text| read_legend(text, vocabulary));
    let first = texts.first().map_or("", |text| text.trim());
    let begins =
        begins_with_mark(first) || first.starts_with(['※', '＊', '*']) || key(first).contains("凡例");
    alone.or_else(|| begins.then(|| read_legend(&texts.join("　"), vocabulary))?)
}

/// The legends of a sheet and those of the workbook's other sheets.
#[derive(Debug)]
pub struct Explained<'a> {
    /// Of all sheets.
    pub all: &'a [Legends],
    /// Which of them is the sheet's own.
    pub own: usize,
}

impl Explained<'_> {
    /// The legend for a column or label: the sheet's own, else the one on which all other sheets that have one for such
    /// a column agree.
    pub fn for_words(&self, role: Role, words: &str, row: u32) -> Option<Legend> {
        if let Some(legend) = self.all.get(self.own).and_then(|own| own.for_words(words, row)) {
            return Some(legend);
        }
        let fits = |legend: &Legend| match role {
            Role::Direction => legend.entries.iter().any(|entry| entry.direction.is_some()),
            _ => legend.entries.iter().any(|entry| entry.status.is_some()),
        };
        let others = self.all.iter().enumerate().filter(|(index, _)| *index != self.own);
        let mut found = others.filter_map(|(_, legends)| legends.for_words(words, row)).filter(fits);
        let first = found.next()?;
        found.all(|other| other.entries == first.entries).then_some(first)
    }
}

/// Legends whose marks and words stand in cells of their own: along one row, or down several.
fn in_rows(rows: &BTreeMap<u32, Vec<&str>>, vocabulary: &Vocabulary) -> Vec<(u32, Legend)> {
    let mut found = Vec::new();
    let mut run: Vec<(u32, String)> = Vec::new();
    let close = |run: &mut Vec<(u32, String)>, found: &mut Vec<(u32, Legend)>| {
        let text = run.iter().map(|(_, line)| line.as_str()).collect::<Vec<_>>().join("\n");
        let first = run.first().map_or(0, |(row, _)| *row);
        found.extend(read_legend(&text, vocabulary).map(|legend| (first, legend)));
        run.clear();
    };
    for (row, cells) in rows {
        let line = cells.join("　");
        if let Some(legend) = read_legend(&line, vocabulary) {
            close(&mut run, &mut found);
            found.push((*row, legend));
            continue;
        }
        if run.last().is_some_and(|(last, _)| last + 1 != *row) || !begins_with_mark(&line) {
            close(&mut run, &mut found);
        }
        if begins_with_mark(&line) || key(&line).starts_with("凡例") {
            run.push((*row, line));
        }
    }
    close(&mut run, &mut found);
    found
}

/// Whether a line may explain one mark.
fn begins_with_mark(line: &str) -> bool {
    use crate::normalise::status::{is_mark, mark_key};
    line.trim_start().chars().next().is_some_and(|first| is_mark(&mark_key(&first.to_string())))
}
