//! One body cell: a number, a day or text, with its link.

use rust_xlsxwriter::{Color, Format, Sparkline, Url, Worksheet, XlsxError};

use super::figure::{self, Figure};
use super::link::{Links, MAX_LINKS};
use super::look::{self, Edges, Part, Tone, Type};
use super::note;
use super::number::{self, Formats};
use super::place::Places;
use super::text::{clean, looks_like_formula};
use crate::model::book::Stretch;
use crate::model::entry::{Input, Rule};
use crate::model::report::{Align, Cell, Value};

/// Where and how a cell stands.
pub(super) struct Spot<'a> {
    /// Zero-based row of the sheet.
    pub(super) row: u32,
    /// Zero-based column of the sheet.
    pub(super) col: u16,
    /// The column's alignment.
    pub(super) align: Align,
    /// Rules around it.
    pub(super) edges: Edges,
    /// It repeats the cell above, which spans several rows.
    pub(super) repeated: bool,
    /// Whether people type into it.
    pub(super) part: Part,
    /// What they may type.
    pub(super) input: Option<&'a Input>,
    /// The first row of the table's body.
    pub(super) top: u32,
    /// The sheet's column of each of the table's.
    pub(super) columns: &'a [u16],
}

impl Spot<'_> {
    /// A format as this cell wears it.
    pub(super) fn dress(&self, format: Format) -> Format {
        look::part(format, self.part)
    }

    /// The number format that makes a cell keep what is typed into it as the rule means it.
    fn typed(&self, format: Format) -> Format {
        match self.input.map(|input| &input.rule) {
            Some(Rule::Text) => format.set_num_format("@"),
            Some(Rule::Date) => format.set_num_format(number::DATE),
            Some(Rule::OneOf(_) | Rule::Number { .. }) | None => format,
        }
    }
}

/// What writing cells needs and changes.
pub(super) struct Pen<'a> {
    /// Where the originals are.
    pub(super) links: &'a Links<'a>,
    /// Where the book's sheets are.
    pub(super) places: &'a Places,
    /// Formats in use.
    pub(super) formats: &'a mut Formats,
    /// Links that the sheet has so far.
    pub(super) used: usize,
}

impl Pen<'_> {
    /// The cell's link, as long as the sheet may have one more.
    fn link(&mut self, cell: &Cell) -> Option<Url> {
        let jump = cell.live.as_ref().and_then(|live| live.jump.as_ref());
        let within =
            jump.and_then(|jump| self.places.jump(jump)).map(|to| Url::new(format!("internal:{to}")));
        let original = || self.links.to(cell.link.as_ref()?);
        let url = within.or_else(original).filter(|_| self.used < MAX_LINKS)?;
        self.used += 1;
        Some(url)
    }
}

/// Writes a cell. A number or a day is stored as such even where the printed text says more; what a number format
/// cannot carry of that text goes into a note.
pub(super) fn write(
    cell: &Cell,
    spot: &Spot<'_>,
    pen: &mut Pen<'_>,
    to: &mut Worksheet,
) -> Result<(), XlsxError> {
    let link = pen.link(cell);
    if let Some(url) = &link {
        // Leaves a text behind that the cell's own content replaces; the link stays.
        to.write_url_with_format(spot.row, spot.col, url, &look::base())?;
    }
    let tone = match link {
        _ if spot.repeated => Tone::Muted,
        Some(_) => Tone::Link,
        None => Tone::Plain,
    };
    let base = Type { tone, ..Type::default() };
    write_value(cell, spot, base, pen.formats, to)?;
    let Some(live) = &cell.live else { return Ok(()) };
    if let Some(stretch) = &live.course {
        draw(stretch, spot, pen.places, to)?;
    }
    if spot.repeated { Ok(()) } else { note::pin(spot.row, spot.col, &live.note, to) }
}

fn write_value(
    cell: &Cell,
    spot: &Spot<'_>,
    base: Type,
    formats: &mut Formats,
    to: &mut Worksheet,
) -> Result<(), XlsxError> {
    match &cell.value {
        Some(Value::Number { value, decimals, percent }) => match number::stored(*value, *percent) {
            Some(stored) => {
                let figure = Figure { value: *value, decimals: *decimals, percent: *percent, stored };
                figure::write(cell, &figure, spot, base, formats, to)
            }
            None => write_text(cell, spot, base, Align::Right, to),
        },
        Some(Value::Date(day)) => match super::date(*day) {
            Ok(date) => {
                let format =
                    spot.dress(look::figure(base, spot.align, spot.edges)).set_num_format(number::DATE);
                to.write_datetime_with_format(spot.row, spot.col, &date, &format).map(drop)
            }
            Err(_) => write_text(cell, spot, base, spot.align, to),
        },
        Some(Value::Year(year)) => {
            let format = spot.dress(look::figure(base, spot.align, spot.edges)).set_num_format("0");
            to.write_number_with_format(spot.row, spot.col, *year, &format).map(drop)
        }
        None => write_text(cell, spot, base, spot.align, to),
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
    cell: &Cell,
    spot: &Spot<'_>,
    base: Type,
    align: Align,
    to: &mut Worksheet,
) -> Result<(), XlsxError> {
    let whole = clean(&cell.plain_text());
    let parts = parts(cell, base);
    let first = parts.first().map_or(base, |(look, _)| *look);
    let uniform = parts.len() < 2 || parts.iter().map(|(_, text)| text.as_str()).collect::<String>() != whole;
    let format = look::body(if uniform && parts.len() > 1 { base } else { first }, align, spot.edges);
    let mut format = spot.typed(spot.dress(format));
    if looks_like_formula(&whole) {
        format = format.set_quote_prefix();
    }
    if uniform {
        return to.write_string_with_format(spot.row, spot.col, whole, &format).map(drop);
    }
    let typed: Vec<(Format, &str)> =
        parts.iter().map(|(look, text)| (look::typed(*look), text.as_str())).collect();
    let runs: Vec<(&Format, &str)> = typed.iter().map(|(format, text)| (format, *text)).collect();
    to.write_rich_string_with_format(spot.row, spot.col, &runs, &format).map(drop)
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
            let tone = if run.muted { Tone::Muted } else { base.tone };
            let look = Type { strong: run.strong, small: para.small, tone };
            add(look, &clean(&run.text));
        }
    }
    parts
}
