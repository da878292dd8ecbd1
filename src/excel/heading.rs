//! Header rows: cells that span rows or columns become merged ranges.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::look;
use super::text::{clean, lines};
use crate::model::report::HeadCell;

/// A header cell with the place that its spans give it, counted from the table's corner.
#[derive(Debug, PartialEq, Eq)]
struct Placed<'a> {
    text: &'a str,
    row: usize,
    col: usize,
    rows: usize,
    cols: usize,
}

/// How many columns the header rows are wide.
pub(super) fn width(head: &[Vec<HeadCell>]) -> usize {
    placed(head).iter().map(|cell| cell.col + cell.cols).max().unwrap_or(0)
}

/// Row and column, from the table's corner, of the lowest header cell over a column.
pub(super) fn anchor(head: &[Vec<HeadCell>], col: usize) -> Option<(usize, usize)> {
    lowest(head, col).map(|cell| (cell.row, cell.col))
}

/// The words of the lowest header cell over a column.
pub(super) fn words(head: &[Vec<HeadCell>], col: usize) -> &str {
    lowest(head, col).map_or("", |cell| cell.text)
}

fn lowest(head: &[Vec<HeadCell>], col: usize) -> Option<Placed<'_>> {
    let over = |cell: &Placed<'_>| (cell.col..cell.col + cell.cols).contains(&col);
    placed(head).into_iter().filter(over).max_by_key(|cell| cell.row)
}

/// The header rows where each column takes up so many of the sheet's.
pub(super) fn spread(head: &[Vec<HeadCell>], spans: &[usize]) -> Vec<Vec<HeadCell>> {
    let mut rows: Vec<Vec<HeadCell>> = vec![Vec::new(); head.len()];
    for cell in placed(head) {
        let cols: usize = spans.iter().skip(cell.col).take(cell.cols).sum();
        if let Some(row) = rows.get_mut(cell.row) {
            row.push(HeadCell {
                text: cell.text.to_owned(),
                cols: short(cols.max(1)),
                rows: short(cell.rows),
            });
        }
    }
    rows
}

/// Writes the header rows from `top` on. `capacities` is how many half-width characters each column holds; `filtered`
/// leaves room for the filter's buttons.
pub(super) fn write(
    head: &[Vec<HeadCell>],
    top: u32,
    capacities: &[usize],
    filtered: bool,
    to: &mut Worksheet,
) -> Result<(), XlsxError> {
    let format = look::head();
    let mut heights = vec![1; head.len()];
    for cell in placed(head) {
        let text = clean(cell.text);
        let room = capacities.iter().skip(cell.col).take(cell.cols).sum();
        let needed = lines(&text, room).div_ceil(cell.rows);
        for height in heights.iter_mut().skip(cell.row).take(cell.rows) {
            *height = needed.max(*height);
        }
        let (first_row, first_col) = (top + short(cell.row), column(cell.col)?);
        let (last_row, last_col) = (first_row + short(cell.rows) - 1, column(cell.col + cell.cols - 1)?);
        if cell.rows * cell.cols == 1 {
            to.write_string_with_format(first_row, first_col, text, &format)?;
        } else {
            to.merge_range(first_row, first_col, last_row, last_col, &text, &format)?;
        }
    }
    let lowest = heights.len().saturating_sub(1);
    for (index, height) in heights.into_iter().enumerate() {
        // The filter's buttons cover the lower right corner of the lowest row: a line of their own keeps words free.
        let height = if filtered && index == lowest { height + 1 } else { height };
        to.set_row_height(top + short(index), look::height(height))?;
    }
    Ok(())
}

/// Gives each header cell the first column that no cell above or before it takes, and no more room than there is.
fn placed(head: &[Vec<HeadCell>]) -> Vec<Placed<'_>> {
    let mut taken: Vec<Vec<bool>> = vec![Vec::new(); head.len()];
    let mut out = Vec::new();
    for (row, cells) in head.iter().enumerate() {
        let mut col = 0;
        for cell in cells {
            let is_taken = |taken: &[Vec<bool>], row: usize, col: usize| {
                taken.get(row).and_then(|line| line.get(col)).copied().unwrap_or(false)
            };
            while is_taken(&taken, row, col) {
                col += 1;
            }
            let wanted = usize::try_from(cell.cols.max(1)).unwrap_or(1);
            let cols = (1..wanted).take_while(|offset| !is_taken(&taken, row, col + offset)).count() + 1;
            let rows = usize::try_from(cell.rows.max(1)).unwrap_or(1).min(head.len() - row);
            for line in taken.iter_mut().skip(row).take(rows) {
                line.resize(line.len().max(col + cols), false);
                line.iter_mut().skip(col).take(cols).for_each(|cell| *cell = true);
            }
            out.push(Placed { text: &cell.text, row, col, rows, cols });
            col += cols;
        }
    }
    out
}

/// A row number; what is beyond Excel's rows is refused where it is written.
pub(super) fn short(row: usize) -> u32 {
    u32::try_from(row).unwrap_or(u32::MAX)
}

/// A column number.
pub(super) fn column(col: usize) -> Result<u16, XlsxError> {
    u16::try_from(col).map_err(|_| XlsxError::RowColumnLimitError)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_push_later_cells_aside() {
        let span = |text: &str, cols, rows| HeadCell { text: text.to_owned(), cols, rows };
        let head = [
            vec![span("指標", 1, 2), span("実績", 2, 1), span("判定", 1, 9)],
            vec![span("R1", 1, 1), span("R2", 1, 1)],
        ];
        let places: Vec<_> = placed(&head)
            .iter()
            .map(|cell| (cell.text.to_owned(), cell.row, cell.col, cell.rows, cell.cols))
            .collect();
        let expected = [
            ("指標", 0, 0, 2, 1),
            ("実績", 0, 1, 1, 2),
            ("判定", 0, 3, 2, 1),
            ("R1", 1, 1, 1, 1),
            ("R2", 1, 2, 1, 1),
        ];
        assert_eq!(
            places,
            expected.map(|(text, row, col, rows, cols)| (text.to_owned(), row, col, rows, cols))
        );
        assert_eq!(width(&head), 4);
    }
}
