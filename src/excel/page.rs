//! How a sheet prints: A4, as large as fits and never too small to read, with titles and page numbers on every page.

use rust_xlsxwriter::Worksheet;

use super::text::{clean, cut};

/// A4 in Excel's list of papers.
const A4: u8 = 9;
/// Margins in inches: left, right, top, bottom, header, footer.
const MARGINS: [f64; 6] = [0.5, 0.5, 0.7, 0.7, 0.3, 0.35];
/// Pixels at 96 dpi that lie between the margins of A4, upright and lying.
const ROOM: [f64; 2] = [697.0, 1026.0];
/// Type of 10 points printed smaller than this share of it cannot be read.
const LEAST_SCALE: f64 = 0.6;
/// Pages beside one another are filled only so far, as no column is cut: 1 / this.
const SLACK: f64 = 1.05;
/// Excel's limit for a header or footer, with room for the page numbers.
const MAX_WORDS: usize = 100;

/// What decides how a sheet prints.
pub(super) struct Page<'a> {
    /// Printed above every page, at the right: the book's title.
    pub(super) book: &'a str,
    /// Printed below every page, at the left.
    pub(super) sheet: &'a str,
    /// 横.
    pub(super) landscape: bool,
    /// Pixels of the sheet's columns.
    pub(super) width: u32,
    /// Pixels of those that stand on every page where there are several beside one another.
    pub(super) repeated: u32,
    /// All on one page.
    pub(super) single: bool,
}

/// Sets the page; returns whether the sheet is wider than one.
pub(super) fn set(page: &Page<'_>, to: &mut Worksheet) -> bool {
    let across = if page.single { 1 } else { across(page) };
    to.set_paper_size(A4).set_print_fit_to_pages(across, u16::from(page.single));
    to.set_print_center_horizontally(across == 1);
    if page.landscape {
        to.set_landscape();
    }
    let [left, right, top, bottom, header, footer] = MARGINS;
    to.set_margins(left, right, top, bottom, header, footer);
    to.set_header(format!("&R&9{}", words(page.book)));
    to.set_footer(format!("&L&9{}&R&9 &P / &N", words(page.sheet)));
    across > 1
}

/// How many pages stand beside one another.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at most 16,384 columns")]
fn across(page: &Page<'_>) -> u16 {
    let room = ROOM[usize::from(page.landscape)] / LEAST_SCALE;
    let width = f64::from(page.width);
    if width <= room {
        return 1;
    }
    // Each further page has the repeated columns again; a column is never cut, which takes a little room.
    let repeated = f64::from(page.repeated).min(room / 2.0);
    ((width - repeated) * SLACK / (room - repeated)).ceil() as u16
}

/// Words in which `&` starts no code, and no digit is taken for a type size.
fn words(text: &str) -> String {
    let words = cut(clean(text).replace('\n', " ").replace('&', "&&"), MAX_WORDS, "…");
    if words.starts_with(|c: char| c.is_ascii_digit()) { format!(" {words}") } else { words }
}
