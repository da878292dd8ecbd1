//! Notes pinned to cells, as large as their words need.

use rust_xlsxwriter::{Note, Worksheet, XlsxError};

use super::heading::short;
use super::text::{clean, lines};

/// Width of a note in pixels, the half-width characters that a line of it holds, and the height of a line.
const WIDTH: u32 = 270;
const CHARACTERS: usize = 38;
const LINE: u32 = 18;
/// Taller notes would reach beyond a small screen; what is below their edge can be scrolled to.
const MOST_LINES: usize = 24;

/// Pins words to a cell; nothing where there are none.
pub(super) fn pin(row: u32, col: u16, words: &str, to: &mut Worksheet) -> Result<(), XlsxError> {
    let words = clean(words);
    if words.is_empty() {
        return Ok(());
    }
    let height = LINE * (short(lines(&words, CHARACTERS).min(MOST_LINES)) + 1);
    let note = Note::new(words).add_author_prefix(false).set_author("hoshin");
    to.insert_note(row, col, &note.set_width(WIDTH).set_height(height))?;
    Ok(())
}
