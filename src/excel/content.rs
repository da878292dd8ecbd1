//! One body cell: a number, a day or text, with its link.

use std::borrow::Cow;

use rust_xlsxwriter::{Color, Format, Sparkline, Url, Worksheet, XlsxError};

use super::dress::{Dress, Wardrobe};
use super::figure::{self, Figure};
use super::link::{Links, MAX_LINKS};
use super::look::{self, Tone, Type};
use super::note;
use super::number::{self, Code};
use super::place::Places;
use super::spot::Spot;
use super::text::{self, clean, looks_like_formula};
use crate::model::book::Stretch;
use crate::model::report::{Align, Cell, Para, Run, Value};

/// What writing cells needs and changes.
pub(super) struct Pen<'a, 'b> {
    /// Where the originals are.
    pub(super) links: &'a mut Links<'b>,
    /// Where the book's sheets are.
    pub(super) places: &'a Places,
    /// Formats in use.
    pub(super) wardrobe: &'a mut Wardrobe,
    /// Links that the sheet has so far.
    pub(super) used: usize,
}

impl Pen<'_, '_> {
    /// The cell's link, as long as the sheet may have one more.
    fn link(&mut self, cell: &Cell) -> Option<Url> {
        let jump = cell.live.as_ref().and_then(|live| live.jump.as_ref());
        let within =
            jump.and_then(|jump| self.places.jump(jump)).map(|to| Url::new(format!("internal:{to}")));
        let url = match within {
            Some(url) => url,
            None => self.links.to(cell.link.as_ref()?)?,
        };
        if self.used >= MAX_LINKS {
            return None;
        }
        self.used += 1;
        Some(url)
    }
}

/// Writes a cell that stands among others of its look, and returns what it is to wear. A number or a day is stored as such
/// even where the printed text says more; what a number format cannot carry of that text goes into a note.
pub(super) fn write(
    (cell, words): (&Cell, Cow<'_, str>),
    spot: &Spot<'_>,
    pen: &mut Pen<'_, '_>,
    to: &mut Worksheet,
) -> Result<Dress, XlsxError> {
    let link = pen.link(cell);
    if let Some(url) = &link {
        // Leaves a text behind that the cell's own content replaces; the link stays.
        to.write_url_with_format(spot.row, spot.col, url, pen.wardrobe.base())?;
        if words.is_empty() {
            to.write_blank(spot.row, spot.col, pen.wardrobe.base())?;
        }
    }
    let tone = match link {
        _ if spot.repeated => Tone::Muted,
        Some(_) => Tone::Link,
        None => Tone::Plain,
    };
    let base = Type { tone, ..Type::default() };
    let dress = write_value((cell, words), spot, base, pen.wardrobe, to)?;
    let Some(live) = &cell.live else { return Ok(dress) };
    if let Some(stretch) = &live.course {
        draw(stretch, spot, pen.places, to)?;
    }
    if !spot.repeated {
        note::pin(spot.row, spot.col, &live.note, to)?;
    }
    Ok(dress)
}

/// Writes a cell that stands alone, and dresses it.
pub(super) fn write_alone(
    cell: &Cell,
    spot: &Spot<'_>,
    pen: &mut Pen<'_, '_>,
    to: &mut Worksheet,
) -> Result<(), XlsxError> {
    let dress = write((cell, text::words(cell)), spot, pen, to)?;
    to.set_cell_format(spot.row, spot.col, pen.wardrobe.format(dress)).map(drop)
}

fn write_value(
    (cell, words): (&Cell, Cow<'_, str>),
    spot: &Spot<'_>,
    base: Type,
    wardrobe: &mut Wardrobe,
    to: &mut Worksheet,
) -> Result<Dress, XlsxError> {
    let text = (cell, words);
    match &cell.value {
        Some(Value::Number { value, decimals, percent }) => match number::stored(*value, *percent) {
            Some(stored) => {
                let figure = Figure { value: *value, decimals: *decimals, percent: *percent, stored };
                figure::write((cell, &text.1), &figure, spot, base, wardrobe, to)
            }
            None => write_text(text, spot, base, Align::Right, to),
        },
        Some(Value::Date(day)) => match super::date(*day) {
            Ok(date) => {
                to.write_datetime(spot.row, spot.col, &date)?;
                Ok(Dress { code: Code::Date, ..spot.dress(base) })
            }
            Err(_) => write_text(text, spot, base, spot.align, to),
        },
        Some(Value::Year(year)) => {
            to.write_number(spot.row, spot.col, *year)?;
            Ok(Dress { code: Code::Year, ..spot.dress(base) })
        }
        None => write_text(text, spot, base, spot.align, to),
    }
}

/// A small line over the figures of a row, its last point marked.
fn draw(stretch: &Stretch, spot: &Spot<'_>, places: &Places, to: &mut Worksheet) -> Result<(), XlsxError> {
    let Some((sheet, row, first, last)) = places.stretch(stretch)? else { return Ok(()) };
    let line = Sparkline::new()
        .set_range((sheet, row, first, row, last))
        .set_sparkline_color(Color::Black)
        .set_markers_color(Color::Black)
        .set_last_point_color(Color::Black)
        .set_line_weight(1.25)
        .show_markers(true)
        .show_last_point(true);
    to.add_sparkline(spot.row, spot.col, &line).map(drop)
}

fn write_text(
    (cell, words): (&Cell, Cow<'_, str>),
    spot: &Spot<'_>,
    base: Type,
    align: Align,
    to: &mut Worksheet,
) -> Result<Dress, XlsxError> {
    let (look, parts) = looks(cell, &words, base);
    let quoted = looks_like_formula(&words);
    let dress = Dress { align, wrapped: true, code: spot.typed(), quoted, ..spot.dress(look) };
    if parts.is_empty() {
        to.write_string(spot.row, spot.col, words)?;
        return Ok(dress);
    }
    let typed: Vec<(Format, &str)> =
        parts.iter().map(|(look, text)| (look::typed(*look), text.as_str())).collect();
    let runs: Vec<(&Format, &str)> = typed.iter().map(|(format, text)| (format, *text)).collect();
    to.write_rich_string(spot.row, spot.col, &runs)?;
    Ok(dress)
}

/// The look of a cell's text, and its stretches where it has several.
fn looks(cell: &Cell, words: &str, base: Type) -> (Type, Vec<(Type, String)>) {
    if let Some((para, run)) = text::only_run(cell) {
        return (if words.is_empty() { base } else { look(para, run, base) }, Vec::new());
    }
    let parts = parts(cell, base);
    let first = parts.first().map_or(base, |(look, _)| *look);
    if parts.len() < 2 {
        (first, Vec::new())
    } else if parts.iter().map(|(_, text)| text.as_str()).collect::<String>() == words {
        (first, parts)
    } else {
        (base, Vec::new())
    }
}

fn look(para: &Para, run: &Run, base: Type) -> Type {
    let tone = if run.muted { Tone::Muted } else { base.tone };
    Type { strong: run.strong, small: para.small, tone }
}

/// The text in stretches of one look each, line breaks included; nothing empty.
fn parts(cell: &Cell, base: Type) -> Vec<(Type, String)> {
    let mut parts: Vec<(Type, String)> = Vec::new();
    let mut add = |look: Type, text: &str| match parts.last_mut() {
        Some((last, so_far)) if *last == look || text.trim().is_empty() => so_far.push_str(text),
        _ if text.is_empty() => {}
        _ => parts.push((look, text.to_owned())),
    };
    for (index, para) in cell.paras.iter().enumerate() {
        if index > 0 {
            add(base, "\n");
        }
        for run in &para.runs {
            add(look(para, run, base), &clean(&run.text));
        }
    }
    parts
}
