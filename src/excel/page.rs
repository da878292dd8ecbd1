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
const LEAST_SCALE: f64 = 0.58;
/// Columns that stand on every page take at most this share of it.
const MOST_REPEATED: f64 = 0.5;
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

impl Page<'_> {
    /// Sets the page.
    pub(super) fn set(&self, to: &mut Worksheet) {
        let across = self.across();
        to.set_paper_size(A4).set_print_fit_to_pages(across, u16::from(self.single));
        to.set_print_center_horizontally(across == 1);
        if self.landscape {
            to.set_landscape();
        }
        let [left, right, top, bottom, header, footer] = MARGINS;
        to.set_margins(left, right, top, bottom, header, footer);
        to.set_header(format!("&R&9{}", words(self.book)));
        to.set_footer(format!("&L&9{}&R&9 &P / &N", words(self.sheet)));
    }

    /// Whether the sheet is wider than a page, and its first columns stand on every page.
    pub(super) fn repeats(&self) -> bool {
        self.across() > 1 && self.lead() > 0.0
    }

    /// Pixels that a page holds at the least scale.
    fn room(&self) -> f64 {
        ROOM[usize::from(self.landscape)] / LEAST_SCALE
    }

    /// Pixels of the columns that are repeated.
    fn lead(&self) -> f64 {
        Some(f64::from(self.repeated)).filter(|lead| *lead <= self.room() * MOST_REPEATED).unwrap_or(0.0)
    }

    /// How many pages stand beside one another.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at most 16,384 columns")]
    fn across(&self) -> u16 {
        let (room, lead, width) = (self.room(), self.lead(), f64::from(self.width));
        if self.single || width <= room {
            return 1;
        }
        // Each further page has the repeated columns again.
        ((width - lead) * SLACK / (room - lead)).ceil() as u16
    }
}

/// Words in which `&` starts no code, and no digit is taken for a type size.
fn words(text: &str) -> String {
    let words = cut(clean(text).replace('\n', " ").replace('&', "&&"), MAX_WORDS, "…");
    if words.starts_with(|c: char| c.is_ascii_digit()) { format!(" {words}") } else { words }
}
