//! Writes cells as a clerk does: framed, in one font.

use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

/// What a clerk types into a cell.
pub enum Ink {
    /// A text; nothing where it is empty.
    Text(String),
    /// A number under a number format.
    Number(f64, &'static str),
}

impl From<&str> for Ink {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Ink {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<usize> for Ink {
    fn from(count: usize) -> Self {
        Self::Number(f64::from(u32::try_from(count).unwrap_or(u32::MAX)), "0")
    }
}

/// A workbook in one font.
pub struct Book {
    workbook: Workbook,
    looks: Looks,
}

struct Looks {
    plain: Format,
    title: Format,
    heading: Format,
    head: Format,
    framed: Format,
}

impl Book {
    /// An empty workbook; its day of creation is always the same.
    pub fn new(font: &str, fill: u32) -> Result<Self, XlsxError> {
        let mut workbook = Workbook::new();
        let saved = ExcelDateTime::from_ymd(2021, 5, 31)?;
        workbook.set_properties(&DocProperties::new().set_creation_datetime(&saved));
        let plain =
            Format::new().set_font_name(font).set_font_size(11.0).set_align(FormatAlign::VerticalCenter);
        let framed = plain.clone().set_text_wrap().set_border(FormatBorder::Thin);
        let looks = Looks {
            title: plain.clone().set_font_size(16.0).set_bold(),
            heading: plain.clone().set_font_size(12.0).set_bold(),
            head: framed.clone().set_bold().set_align(FormatAlign::Center).set_background_color(fill),
            plain,
            framed,
        };
        Ok(Self { workbook, looks })
    }

    /// A sheet with columns of these widths, in half-width characters.
    pub fn sheet(&mut self, name: &str, widths: &[f64]) -> Result<Pen<'_>, XlsxError> {
        let sheet = self.workbook.add_worksheet();
        sheet.set_name(name)?.set_paper_size(9).set_landscape();
        for (col, width) in (0..).zip(widths) {
            sheet.set_column_width(col, *width)?;
        }
        Ok(Pen { sheet, looks: &self.looks, row: 0 })
    }

    /// The file.
    pub fn bytes(mut self) -> Result<Vec<u8>, XlsxError> {
        self.workbook.save_to_buffer()
    }
}

/// Writes one sheet, row by row.
pub struct Pen<'a> {
    sheet: &'a mut Worksheet,
    looks: &'a Looks,
    /// The next row.
    pub row: u32,
}

impl Pen<'_> {
    /// A large title and an empty row.
    pub fn title(&mut self, text: &str) -> Result<(), XlsxError> {
        self.sheet.write_string_with_format(self.row, 0, text, &self.looks.title)?;
        self.row += 2;
        Ok(())
    }

    /// A bold line.
    pub fn heading(&mut self, text: &str) -> Result<(), XlsxError> {
        self.sheet.write_string_with_format(self.row, 0, text, &self.looks.heading)?;
        self.row += 1;
        Ok(())
    }

    /// A plain line.
    pub fn line(&mut self, text: &str) -> Result<(), XlsxError> {
        self.sheet.write_string_with_format(self.row, 0, text, &self.looks.plain)?;
        self.row += 1;
        Ok(())
    }

    /// A header row.
    pub fn head<T: AsRef<str>>(&mut self, words: &[T]) -> Result<(), XlsxError> {
        for (col, word) in (0..).zip(words) {
            self.sheet.write_string_with_format(self.row, col, word.as_ref(), &self.looks.head)?;
        }
        self.row += 1;
        Ok(())
    }

    /// A header cell over a range of columns in rows further down from the next one.
    pub fn over(&mut self, rows: (u32, u32), cols: (u16, u16), word: &str) -> Result<(), XlsxError> {
        let (top, bottom) = (self.row + rows.0, self.row + rows.1);
        merge(self.sheet, (top, bottom), cols, word, &self.looks.head)
    }

    /// Framed cells from the first column to the right.
    pub fn inks(&mut self, inks: Vec<Ink>) -> Result<(), XlsxError> {
        for (col, ink) in (0..).zip(inks) {
            match ink {
                Ink::Text(text) => {
                    self.sheet.write_string_with_format(self.row, col, text, &self.looks.framed)?;
                }
                Ink::Number(number, code) => {
                    let format = self.looks.framed.clone().set_num_format(code);
                    self.sheet.write_number_with_format(self.row, col, number, &format)?;
                }
            }
        }
        self.row += 1;
        Ok(())
    }

    /// A framed text over the last `rows` rows of a column.
    pub fn beside(&mut self, rows: usize, col: u16, text: &str) -> Result<(), XlsxError> {
        let last = self.row.saturating_sub(1);
        let first = self.row.saturating_sub(u32::try_from(rows).unwrap_or(self.row));
        merge(self.sheet, (first, last), (col, col), text, &self.looks.framed)
    }
}

/// A text over a range, which may be one cell.
fn merge(
    sheet: &mut Worksheet,
    (top, bottom): (u32, u32),
    (left, right): (u16, u16),
    text: &str,
    format: &Format,
) -> Result<(), XlsxError> {
    if (top, left) == (bottom, right) {
        sheet.write_string_with_format(top, left, text, format)?;
    } else {
        sheet.merge_range(top, left, bottom, right, text, format)?;
    }
    Ok(())
}
