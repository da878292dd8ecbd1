//! Writes cells as a clerk does: by address, with a border around everything.

use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Formula, Note, Workbook, Worksheet,
};

/// What a clerk types into a cell.
#[derive(Debug, Clone, Copy)]
pub enum Entry {
    /// A text, or nothing.
    Text(&'static str),
    /// A number under a number format.
    Number(f64, &'static str),
    /// A day (year, month, day) under a date format.
    Day(u16, u8, u8, &'static str),
    /// A formula with the result that Excel last stored, under a number format.
    Formula(&'static str, &'static str, &'static str),
    /// A text that was struck out.
    Struck(&'static str),
}

pub use Entry::{Day, Formula as Calc, Number as Num, Struck, Text};

/// An empty cell of a table.
pub const BLANK: Entry = Text("");
/// R3.4.1
pub const ERA: &str = "[$-411]ge.m.d";
/// 令和3年4月1日
pub const ERA_LONG: &str = "[$-411]ggge\"年\"m\"月\"d\"日\"";

/// What a clerk types over the workbook of the month before.
#[derive(Debug, Clone, Default)]
pub struct Edits {
    /// The day of the last saving (year, month, day); the first month's own where it is absent.
    pub saved: Option<(u16, u8, u8)>,
    /// Sheet, cell (the first of a merged range) and what it holds now; the last word counts.
    pub cells: Vec<(&'static str, &'static str, Entry)>,
    /// Sheets that got another name.
    pub sheets: Vec<(&'static str, &'static str)>,
}

/// A workbook in one font.
pub struct Book {
    workbook: Workbook,
    font: Format,
    fill: u32,
    edits: Edits,
}

impl Book {
    /// An empty workbook; `fill` colours its header cells.
    pub fn new(font: &str, size: f64, fill: u32, author: &str, saved: (u16, u8, u8), edits: &Edits) -> Self {
        let mut workbook = Workbook::new();
        let saved = edits.saved.unwrap_or(saved);
        let saved = ExcelDateTime::from_ymd(saved.0, saved.1, saved.2).expect("a day");
        workbook.set_properties(&DocProperties::new().set_author(author).set_creation_datetime(&saved));
        let font = Format::new().set_font_name(font).set_font_size(size).set_font_charset(128);
        Self { workbook, font: font.set_align(FormatAlign::VerticalCenter), fill, edits: edits.clone() }
    }

    /// A sheet with columns of these widths (in half-width characters), A4, `landscape` or upright.
    pub fn sheet(&mut self, name: &str, widths: &[f64], landscape: bool) -> Pen<'_> {
        let sheet = self.workbook.add_worksheet();
        let renamed = self.edits.sheets.iter().find(|(old, _)| *old == name).map_or(name, |(_, new)| new);
        sheet.set_name(renamed).expect("a name").set_paper_size(9).set_print_fit_to_pages(1, 0);
        if landscape {
            sheet.set_landscape();
        }
        for (col, width) in (0..).zip(widths) {
            sheet.set_column_width(col, *width).expect("a width");
        }
        let own = self.edits.cells.iter().filter(|(sheet, ..)| *sheet == name);
        let edits = own.map(|(_, cell, entry)| (*cell, *entry)).collect();
        Pen { sheet, font: &self.font, fill: self.fill, edits }
    }

    /// The file.
    pub fn bytes(mut self) -> Vec<u8> {
        self.workbook.save_to_buffer().expect("a workbook")
    }
}

/// Writes into one sheet.
pub struct Pen<'a> {
    sheet: &'a mut Worksheet,
    font: &'a Format,
    fill: u32,
    edits: Vec<(&'static str, Entry)>,
}

impl Pen<'_> {
    /// What is typed over a cell.
    fn edit(&self, row: u32, col: u16) -> Option<Entry> {
        let at = |cell: &str| (corners(cell).0, corners(cell).1) == (row, col);
        self.edits.iter().rev().find(|(cell, _)| at(cell)).map(|(_, entry)| *entry)
    }

    /// A large centred title over a range.
    pub fn title(&mut self, range: &str, text: &str) {
        let format = self.font.clone().set_font_size(16).set_bold().set_align(FormatAlign::Center);
        self.merge(range, text, &format);
        self.height(range, 30.0);
    }

    /// A bold heading over a range or in a cell.
    pub fn heading(&mut self, range: &str, text: &str) {
        let format = self.font.clone().set_font_size(12).set_bold();
        self.merge(range, text, &format);
        self.height(range, 21.0);
    }

    /// Text without a border, wrapped, over a range or in a cell.
    pub fn line(&mut self, range: &str, text: &str) {
        let format = self.font.clone().set_text_wrap();
        self.merge(range, text, &format);
    }

    /// Header cells, each a range or a cell with its text.
    pub fn head(&mut self, cells: &[(&str, &str)]) {
        let format = self.font.clone().set_bold().set_text_wrap().set_align(FormatAlign::Center);
        let format = format.set_background_color(self.fill).set_border(FormatBorder::Thin);
        for (range, text) in cells {
            self.merge(range, text, &format);
        }
    }

    /// A framed text over a range.
    pub fn cell(&mut self, range: &str, text: &str) {
        self.merge(range, text, &self.framed());
    }

    /// A framed number over a range, as for `No.`.
    pub fn count(&mut self, range: &str, number: f64) {
        let format = self.framed().set_align(FormatAlign::Center);
        self.merge(range, "", &format);
        let (row, col, ..) = corners(range);
        self.sheet.write_number_with_format(row, col, number, &format).expect("written");
    }

    /// Framed cells from an address to the right; short words behind the first cell stand in the middle of theirs.
    pub fn row(&mut self, start: &str, entries: &[Entry]) {
        let (row, first, ..) = corners(start);
        for (col, entry) in (first..).zip(entries) {
            let short = matches!(entry, Text(text) | Struck(text) if text.chars().count() <= 8);
            let format = self.framed();
            let format = if short && col > first { format.set_align(FormatAlign::Center) } else { format };
            self.entry(row, col, entry, format);
        }
    }

    fn entry(&mut self, row: u32, col: u16, entry: &Entry, format: Format) {
        let edit = self.edit(row, col);
        let entry = edit.as_ref().unwrap_or(entry);
        let sheet = &mut *self.sheet;
        match *entry {
            Text(text) => sheet.write_string_with_format(row, col, text, &format),
            Struck(text) => sheet.write_string_with_format(row, col, text, &format.set_font_strikethrough()),
            Num(number, code) => {
                sheet.write_number_with_format(row, col, number, &format.set_num_format(code))
            }
            Day(year, month, day, code) => {
                let day = ExcelDateTime::from_ymd(year, month, day).expect("a day");
                sheet.write_datetime_with_format(row, col, &day, &format.set_num_format(code))
            }
            Calc(formula, result, code) => {
                let formula = Formula::new(formula).set_result(result);
                sheet.write_formula_with_format(row, col, formula, &format.set_num_format(code))
            }
        }
        .expect("written");
    }

    /// A day without a border.
    pub fn day(&mut self, cell: &str, year: u16, month: u8, day: u8) {
        let (row, col, ..) = corners(cell);
        let day = ExcelDateTime::from_ymd(year, month, day).expect("a day");
        self.sheet
            .write_datetime_with_format(row, col, &day, &self.font.clone().set_num_format(ERA))
            .expect("written");
    }

    /// A comment pinned to a cell.
    pub fn note(&mut self, cell: &str, text: &str) {
        let (row, col, ..) = corners(cell);
        self.sheet.insert_note(row, col, &Note::new(text).set_author("担当")).expect("pinned");
    }

    /// Heights in points of the rows of a range.
    pub fn height(&mut self, range: &str, points: f64) {
        let (top, _, bottom, _) = corners(range);
        for row in top..=bottom {
            self.sheet.set_row_height(row, points).expect("a height");
        }
    }

    /// Hides a row (counted from 1, as Excel shows it).
    pub fn hide_row(&mut self, row: u32) {
        self.sheet.set_row_hidden(row - 1).expect("hidden");
    }

    /// Hides the sheet.
    pub fn hide(&mut self) {
        self.sheet.set_hidden(true);
    }

    fn framed(&self) -> Format {
        self.font.clone().set_text_wrap().set_border(FormatBorder::Thin)
    }

    fn merge(&mut self, range: &str, text: &str, format: &Format) {
        let (top, left, bottom, right) = corners(range);
        let text = match self.edit(top, left) {
            Some(Text(edited)) => edited,
            _ => text,
        };
        if (top, left) == (bottom, right) {
            self.sheet.write_string_with_format(top, left, text, format).expect("written");
        } else {
            self.sheet.merge_range(top, left, bottom, right, text, format).expect("merged");
        }
    }
}

/// `B3:D4` or `B3` as zero-based first row, first column, last row, last column.
fn corners(range: &str) -> (u32, u16, u32, u16) {
    let corner = |text: &str| {
        let cell: hoshin::model::place::CellRef = text.parse().expect("an address");
        (cell.row, u16::try_from(cell.col).expect("a column"))
    };
    let (first, last) = range.split_once(':').unwrap_or((range, range));
    let ((top, left), (bottom, right)) = (corner(first), corner(last));
    (top, left, bottom, right)
}
