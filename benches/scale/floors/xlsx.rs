//! `rust_xlsxwriter` alone: the cells of a book's sheets with their values, looks, links and notes, each look made once.

use std::collections::BTreeMap;
use std::rc::Rc;

use chrono::Datelike;
use hoshin::model::book::{Book, BookSheet, Term};
use hoshin::model::report::{Align, Cell, Value};
use rust_decimal::prelude::ToPrimitive;
use rust_xlsxwriter::{
    ExcelDateTime, Format, FormatAlign, FormatBorder, Formula, Note, Url, Workbook, Worksheet, XlsxError,
};

/// Of a cell: its alignment, its number format, bold, small, grey.
type Look = (u8, String, bool, bool, bool);

/// Writes the sheets of a book.
pub fn write(book: &Book, originals: &BTreeMap<String, String>) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let mut looks = BTreeMap::new();
    for sheet in &book.sheets {
        let worksheet = workbook.add_worksheet();
        worksheet.set_name(&sheet.name)?;
        Pen { originals, looks: &mut looks, to: worksheet }.sheet(sheet)?;
    }
    workbook.save_to_buffer()
}

struct Pen<'a> {
    originals: &'a BTreeMap<String, String>,
    looks: &'a mut BTreeMap<Look, Rc<Format>>,
    to: &'a mut Worksheet,
}

impl Pen<'_> {
    fn sheet(&mut self, sheet: &BookSheet) -> Result<(), XlsxError> {
        for (col, column) in (0..).zip(&sheet.table.columns) {
            self.to.set_column_width(col, column.width * 2)?;
        }
        let head = self.look(Align::Center, "", (true, false, false));
        for (row, cells) in (0..).zip(&sheet.table.head) {
            for (col, cell) in (0..).zip(cells) {
                self.to.write_string_with_format(row, col, &cell.text, &head)?;
            }
        }
        for (row, cells) in (1..).zip(&sheet.table.rows) {
            for ((col, cell), column) in (0..).zip(&cells.cells).zip(&sheet.table.columns) {
                self.cell((row, col), cell, column.align)?;
            }
            self.to.set_row_height(row, 18.75)?;
        }
        let (rows, columns) = (sheet.table.rows.len(), sheet.table.columns.len());
        let (rows, columns) = (u32::try_from(rows).unwrap_or(0), u16::try_from(columns).unwrap_or(1));
        self.to.autofilter(0, 0, rows, columns.saturating_sub(1))?;
        Ok(())
    }

    fn cell(&mut self, (row, col): (u32, u16), cell: &Cell, align: Align) -> Result<(), XlsxError> {
        let live = cell.live.as_deref();
        let original =
            cell.link.as_ref().and_then(|place| Some((self.originals.get(&*place.workbook)?, place)));
        let plain = self.look(Align::Left, "", (false, false, false));
        if let Some(jump) = live.and_then(|live| live.jump.as_ref()) {
            let to = format!("internal:'{}'!A{}", jump.sheet, jump.row.unwrap_or(0) + 1);
            self.to.write_url_with_format(row, col, Url::new(to), &plain)?;
        } else if let Some((archive, place)) = original {
            let url = Url::new(format!("file://../{archive}#'{}'!{}", place.sheet, place.cell));
            self.to.write_url_with_format(row, col, url.set_tip(format!("原本を開く: {place}")), &plain)?;
        }
        self.value((row, col), cell, align)?;
        if let Some(live) = live.filter(|live| !live.note.is_empty()) {
            self.to.insert_note(row, col, &Note::new(&live.note))?;
        }
        Ok(())
    }

    fn value(&mut self, (row, col): (u32, u16), cell: &Cell, align: Align) -> Result<(), XlsxError> {
        let code = match &cell.value {
            Some(Value::Number { decimals, percent, .. }) => {
                let places = ".".repeat((*decimals).min(1) as usize) + &"0".repeat(*decimals as usize);
                format!("#,##0{places}{}", if *percent { "%" } else { "" })
            }
            Some(Value::Date(_)) => "yyyy/m/d".to_owned(),
            Some(Value::Year(_)) => "0".to_owned(),
            None => String::new(),
        };
        let first = cell.paras.first().and_then(|para| Some((para, para.runs.first()?)));
        let type_of = first.map_or((false, false, false), |(para, run)| (run.strong, para.small, run.muted));
        let format = self.look(align, &code, type_of);
        if let Some(formula) = cell.live.as_ref().and_then(|live| live.formula.as_ref()) {
            let terms = formula.0.iter().map(|term| match term {
                Term::Text(text) => text.clone(),
                Term::Here(col) => format!("{}{}", name(*col), row + 1),
                Term::Above(col) => format!("{0}2:{0}{row}", name(*col)),
            });
            let formula = Formula::new(terms.collect::<String>()).set_result(cell.plain_text());
            self.to.write_formula_with_format(row, col, formula, &format)?;
            return Ok(());
        }
        match &cell.value {
            Some(Value::Number { value, .. }) => {
                self.to.write_number_with_format(row, col, value.to_f64().unwrap_or_default(), &format)?;
            }
            Some(Value::Date(day)) => {
                let (month, date) =
                    (u8::try_from(day.month()).unwrap_or(1), u8::try_from(day.day()).unwrap_or(1));
                let day = ExcelDateTime::from_ymd(u16::try_from(day.year()).unwrap_or(1900), month, date)?;
                self.to.write_datetime_with_format(row, col, &day, &format)?;
            }
            Some(Value::Year(year)) => {
                self.to.write_number_with_format(row, col, *year, &format)?;
            }
            None => {
                self.to.write_string_with_format(row, col, cell.plain_text(), &format)?;
            }
        }
        Ok(())
    }

    fn look(&mut self, align: Align, code: &str, (strong, small, muted): (bool, bool, bool)) -> Rc<Format> {
        let key = (align as u8, code.to_owned(), strong, small, muted);
        let made = self.looks.entry(key).or_insert_with(|| {
            let size = if small { 9.0 } else { 10.0 };
            let format = Format::new()
                .set_font_name("BIZ UDゴシック")
                .set_font_size(size)
                .set_border(FormatBorder::Thin);
            let format = if strong { format.set_bold() } else { format };
            let format = if muted { format.set_font_color(0x0076_7676) } else { format };
            let format = if code.is_empty() { format.set_text_wrap() } else { format.set_num_format(code) };
            Rc::new(format.set_align(match align {
                Align::Left => FormatAlign::Left,
                Align::Center => FormatAlign::Center,
                Align::Right | Align::Decimal => FormatAlign::Right,
            }))
        });
        Rc::clone(made)
    }
}

/// A column's letters, of the first 26.
fn name(col: usize) -> char {
    u8::try_from(col % 26).map_or('A', |col| char::from(b'A' + col))
}
