//! Words across the width of a sheet, wrapped.

use rust_xlsxwriter::{Format, Worksheet, XlsxError};

use super::grid::scaled;
use super::look;
use super::text::{clean, lines};

/// The columns that words go across.
pub(super) struct Strip {
    /// Half-width characters that they hold.
    pub(super) room: usize,
    /// The last of them; the first is the sheet's first.
    pub(super) last_col: u16,
}

impl Strip {
    /// A sheet's title; returns the row's height in points.
    pub(super) fn title(&self, row: u32, text: &str, to: &mut Worksheet) -> Result<f64, XlsxError> {
        self.write(row, text, &look::title(), look::TITLE_SCALE, to)
    }

    /// A line of body text; returns the row's height in points.
    pub(super) fn line(&self, row: u32, text: &str, to: &mut Worksheet) -> Result<f64, XlsxError> {
        self.write(row, text, &look::line(), 1.0, to)
    }

    /// A heading over a part of the sheet; returns the row's height in points.
    pub(super) fn heading(&self, row: u32, text: &str, to: &mut Worksheet) -> Result<f64, XlsxError> {
        self.write(row, text, &look::heading(), look::HEADING_SCALE, to)
    }

    fn write(
        &self,
        row: u32,
        text: &str,
        format: &Format,
        scale: f64,
        to: &mut Worksheet,
    ) -> Result<f64, XlsxError> {
        let text = clean(text);
        let height = look::scaled_height(lines(&text, scaled(self.room, scale)), scale);
        if self.last_col > 0 {
            to.merge_range(row, 0, row, self.last_col, &text, format)?;
        } else {
            to.write_string_with_format(row, 0, text, format)?;
        }
        to.set_row_height(row, height)?;
        Ok(height)
    }
}
