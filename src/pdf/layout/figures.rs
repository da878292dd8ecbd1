//! Figures of a column, one below the other at their decimal points, each with its unit beside it.

use crate::model::report::{Align, Cell, Para, Table};
use crate::pdf::shaped::Shaped;

use super::Layout;

/// What the figures of a column need, in points.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Figures {
    /// The widest integer part, signs included.
    whole: f32,
    /// The widest fraction with its unit, from the point on.
    behind: f32,
}

impl Figures {
    /// The width of a figure that has the most of everything.
    pub fn width(self) -> f32 {
        self.whole + self.behind
    }

    /// From the column's right edge back to the decimal points.
    pub fn point(self) -> f32 {
        self.behind
    }

    fn hold(&mut self, shaped: &Shaped, point: usize) {
        let whole = shaped.width(0, point);
        self.whole = self.whole.max(whole);
        self.behind = self.behind.max(shaped.width(0, shaped.clusters.len()) - whole);
    }
}

impl Layout<'_, '_, '_> {
    /// For each column what its figures need; nothing for those that are not aligned at the point.
    pub(super) fn figures(&mut self, table: &Table) -> Vec<Option<Figures>> {
        let of = |align: Align| (align == Align::Decimal).then(Figures::default);
        let mut figures: Vec<Option<Figures>> = table.columns.iter().map(|column| of(column.align)).collect();
        if figures.iter().all(Option::is_none) {
            return figures;
        }
        each_cell(table, |column, cell| {
            let Some(held) = figures.get_mut(column).and_then(Option::as_mut) else { return };
            for para in &cell.paras {
                let shaped = self.shape_cell(para);
                if let Some(point) = point(para, &shaped) {
                    held.hold(&shaped, point);
                }
            }
        });
        figures
    }
}

/// Calls `see` for each cell of a table's body with its column.
pub(super) fn each_cell<'t>(table: &'t Table, mut see: impl FnMut(usize, &'t Cell)) {
    let mut covered = vec![0_u32; table.columns.len()];
    for row in &table.rows {
        let mut cells = row.cells.iter();
        for (column, covered) in covered.iter_mut().enumerate() {
            if *covered == 0
                && let Some(cell) = cells.next()
            {
                see(column, cell);
                *covered = cell.rows.max(1);
            }
            *covered = covered.saturating_sub(1);
        }
    }
}

/// The cluster of a figure's decimal point, or where one would stand: the runs before the first unit are the number, be it
/// exact, rounded or a range, whose upper end then counts. `None` for other texts.
pub(super) fn point(para: &Para, shaped: &Shaped) -> Option<usize> {
    let mut runs = para.runs.iter().filter(|run| !run.text.is_empty());
    let clusters = &shaped.clusters;
    let unit = match runs.position(|run| run.unit) {
        Some(run) => clusters.iter().position(|cluster| cluster.style >= run).unwrap_or(clusters.len()),
        None => clusters.len(),
    };
    let end = clusters.get(unit).map_or(shaped.text.len(), |cluster| cluster.text.start);
    let number = shaped.text.get(..end)?;
    if !is_number(number, unit < clusters.len()) {
        return None;
    }
    let digits = number.bytes().rev().take_while(u8::is_ascii_digit).count();
    let point = end.checked_sub(digits + 1).filter(|at| number.as_bytes().get(*at) == Some(&b'.'));
    let found = point.and_then(|at| clusters.iter().take(unit).position(|cluster| cluster.text.start == at));
    Some(found.unwrap_or(unit))
}

/// Whether a text is a figure: a sign where it has one, then digits with their marks. Before a unit all that ends with a digit is one.
fn is_number(text: &str, before_unit: bool) -> bool {
    if before_unit {
        return text.ends_with(|c: char| c.is_ascii_digit());
    }
    let digits = text.trim_start_matches(['△', '▲', '-', '−', '－', '+', '＋', '±', '約']);
    digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_told_from_texts() {
        for text in ["0", "12.7", "△1,376", "−3", "約300", "100"] {
            assert!(is_number(text, false) && is_number(text, true), "{text}");
        }
        for text in ["10～20", "おおむね3.5"] {
            assert!(!is_number(text, false) && is_number(text, true), "{text}");
        }
        for text in ["", "△", "作業中", "－", "12.7%", "."] {
            assert!(!is_number(text, false) && !is_number(text, true), "{text}");
        }
    }
}
