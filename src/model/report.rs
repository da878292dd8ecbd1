//! What is printed, before any renderer: documents of blocks for the PDFs; [`book`](super::book) has the workbooks.
//! Both are built from the same [`Table`].

use chrono::NaiveDate;
use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::book::Live;
use super::chart::Chart;
use super::place::Place;

/// A PDF document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// File path below the month's folder, with `/`: `部局別/総合政策部.pdf`.
    pub path: String,
    /// The department that it is about; empty for the whole city.
    pub department: String,
    /// The document's title (metadata and large on page 1).
    pub title: String,
    /// Below the title on page 1.
    pub subtitle: String,
    /// Who publishes it (metadata author).
    pub author: String,
    /// Page header, left: what this is and as of when.
    pub running_title: String,
    /// Page header, right: 内部資料, 暫定.
    pub markings: Vec<String>,
    /// Page footer, left: city and department.
    pub footer: String,
    /// The day that dates in the metadata carry.
    pub as_of: NaiveDate,
    /// The paper of its pages, until a [`Block::Page`] turns to another; `None` leaves it to the theme.
    pub paper: Option<Paper>,
    /// Which look of the theme it is set in; empty for the theme as it is.
    pub look: String,
    /// The content, top to bottom.
    pub blocks: Vec<Block>,
}

/// A sheet of paper and which way it lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub struct Paper {
    /// Its size.
    pub size: PaperSize,
    /// 横: the long side below.
    pub landscape: bool,
}

/// A size of paper that offices print on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum PaperSize {
    /// 210 × 297 mm.
    A4,
    /// 297 × 420 mm.
    A3,
    /// 257 × 364 mm (JIS).
    B4,
    /// 182 × 257 mm (JIS).
    B5,
}

impl Paper {
    /// Width and height in millimetres.
    pub fn millimetres(self) -> (u16, u16) {
        let (short, long) = match self.size {
            PaperSize::A4 => (210, 297),
            PaperSize::A3 => (297, 420),
            PaperSize::B4 => (257, 364),
            PaperSize::B5 => (182, 257),
        };
        if self.landscape { (long, short) } else { (short, long) }
    }
}

/// A paper and its direction in one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
pub enum PaperName {
    /// A4, upright.
    #[serde(rename = "A4縦")]
    A4Upright,
    /// A4, lying.
    #[serde(rename = "A4横")]
    A4Lying,
    /// A3, upright.
    #[serde(rename = "A3縦")]
    A3Upright,
    /// A3, lying.
    #[serde(rename = "A3横")]
    A3Lying,
    /// B4, upright.
    #[serde(rename = "B4縦")]
    B4Upright,
    /// B4, lying.
    #[serde(rename = "B4横")]
    B4Lying,
    /// B5, upright.
    #[serde(rename = "B5縦")]
    B5Upright,
    /// B5, lying.
    #[serde(rename = "B5横")]
    B5Lying,
}

impl From<PaperName> for Paper {
    fn from(name: PaperName) -> Self {
        use PaperName::{A3Lying, A3Upright, A4Lying, A4Upright, B4Lying, B4Upright, B5Lying, B5Upright};
        let (size, landscape) = match name {
            A4Upright => (PaperSize::A4, false),
            A4Lying => (PaperSize::A4, true),
            A3Upright => (PaperSize::A3, false),
            A3Lying => (PaperSize::A3, true),
            B4Upright => (PaperSize::B4, false),
            B4Lying => (PaperSize::B4, true),
            B5Upright => (PaperSize::B5, false),
            B5Lying => (PaperSize::B5, true),
        };
        Self { size, landscape }
    }
}

/// A part of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Block {
    /// A chapter (level 1) or a part of one (2, 3); goes into the outline.
    Heading {
        /// 1 to 3.
        level: u8,
        /// The heading's own words, with its number where it has one.
        text: String,
        /// A bracketed note, set smaller behind it.
        note: String,
        /// The name by which links of this and other documents find it; empty where none leads here.
        anchor: String,
    },
    /// A paragraph.
    Paragraph(Para),
    /// A list whose lines hang behind their labels (①, ・).
    List(Vec<ListItem>),
    /// Framed panels side by side, each with a label, a large figure and lines below.
    Panels(Vec<Panel>),
    /// A table.
    Table(Table),
    /// A drawing as wide as the text.
    Figure(Chart),
    /// Framed cards, two side by side where the page has room.
    Cards(Vec<Card>),
    /// What follows starts on a new page, of another paper where one is named.
    Page(Option<Paper>),
    /// The document's title alone on its first page, with these lines below it; what follows starts on the next.
    Cover(Vec<Para>),
}

/// One indicator at a glance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    /// What it is about.
    pub title: String,
    /// Below the title, smaller: the division, the unit.
    pub note: String,
    /// Lines, the verdict first.
    pub lines: Vec<Para>,
    /// Its line over the years.
    pub chart: Option<Chart>,
}

/// A line of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListItem {
    /// ①, ・, 1.
    pub label: String,
    /// The text behind it.
    pub text: Para,
}

/// One panel of a summary box.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Panel {
    /// What is counted: 指標.
    pub label: String,
    /// The figure: 6.
    pub figure: String,
    /// Lines below it.
    pub lines: Vec<Para>,
}

/// A paragraph of runs.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Para {
    /// Set one behind the other.
    pub runs: Vec<Run>,
    /// Smaller than the text around it (notes, working).
    pub small: bool,
}

impl Para {
    /// A paragraph of plain text.
    pub fn plain(text: impl Into<String>) -> Self {
        Self { runs: vec![Run::plain(text)], small: false }
    }

    /// A small paragraph of plain text.
    pub fn small(text: impl Into<String>) -> Self {
        Self { runs: vec![Run::plain(text)], small: true }
    }

    /// A bold paragraph.
    pub fn strong(text: impl Into<String>) -> Self {
        Self { runs: vec![Run { text: text.into(), strong: true, ..Run::default() }], small: false }
    }

    /// All its text.
    pub fn text(&self) -> String {
        self.runs.iter().map(|run| run.text.as_str()).collect()
    }
}

/// A stretch of text in one style.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Run {
    /// The text.
    pub text: String,
    /// Bold.
    pub strong: bool,
    /// Set back (secondary words); must stay readable in black and white.
    pub muted: bool,
    /// Smaller than its paragraph: the unit behind a figure.
    pub unit: bool,
    /// Where it leads.
    pub link: Option<Box<Link>>,
}

/// A place that a run leads to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Link {
    /// The document's path below the month's folder; empty for the same document.
    pub path: String,
    /// The heading's anchor.
    pub anchor: String,
    /// [`PAGE_NUMBER`] in the run's text stands for the number of the page that it leads to.
    pub numbered: bool,
}

/// What stands for a page's number in the text of a run with a numbered link.
pub const PAGE_NUMBER: &str = "{頁}";

impl Run {
    /// Text in the plain style.
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }
}

/// A table, for both renderers.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Table {
    /// What it shows; alternative text and caption for screen readers.
    pub summary: String,
    /// One for each column.
    pub columns: Vec<Column>,
    /// Header rows; a cell that spans rows or columns stands once, at its top left.
    pub head: Vec<Vec<HeadCell>>,
    /// Body rows.
    pub rows: Vec<Row>,
    /// How many columns at the left stand again beside each part of a table that is too wide for its page.
    pub lead: usize,
    /// What happens to a table that is too wide for its page.
    pub wide: Wide,
}

impl Table {
    /// A table with one header row: a heading, a width and an alignment for each column.
    pub fn list<H: Into<String>>(
        summary: &str,
        columns: impl IntoIterator<Item = (H, u32, Align)>,
        rows: Vec<Row>,
    ) -> Self {
        let (columns, head) = columns
            .into_iter()
            .map(|(heading, width, align)| (Column { width, align }, HeadCell::one(heading, 1)))
            .unzip();
        Self { summary: summary.to_owned(), columns, head: vec![head], rows, ..Self::default() }
    }
}

/// What happens to a table that is too wide for its page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Wide {
    /// Its columns go on in further parts below.
    #[default]
    Split,
    /// It stands on pages that lie (横) where it fits those, else in parts on them.
    Turn,
}

/// How a column is set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// Width in full-width characters of the table's type size; what is left over is shared out in proportion.
    pub width: u32,
    /// Alignment of its body cells.
    pub align: Align,
}

/// Alignment within a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Align {
    /// Left, the default for text.
    #[default]
    Left,
    /// Centred.
    Center,
    /// Right, for figures.
    Right,
    /// Figures one below the other at their decimal points, the unit behind; texts at the right.
    Decimal,
}

/// A header cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeadCell {
    /// Its words.
    pub text: String,
    /// How many columns it spans, at least 1.
    pub cols: u32,
    /// How many header rows it spans, at least 1.
    pub rows: u32,
}

impl HeadCell {
    /// A header cell over one column, `rows` rows high.
    pub fn one(text: impl Into<String>, rows: u32) -> Self {
        Self { text: text.into(), cols: 1, rows }
    }
}

/// A body row: exactly one cell for each column that no cell above spans.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Row {
    /// Its cells, left to right.
    pub cells: Vec<Cell>,
}

/// A body cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    /// What is printed, one paragraph below the other.
    pub paras: Vec<Para>,
    /// How many rows it spans, at least 1. In the PDF such a group stays together where it fits a page.
    pub rows: u32,
    /// It names its row (a row header for screen readers).
    pub header: bool,
    /// The typed value behind the text, for the workbook.
    pub value: Option<Value>,
    /// The source cell to link to, for the workbook.
    pub link: Option<Box<Place>>,
    /// A small drawing below the text, for the pages.
    pub chart: Option<Box<Chart>>,
    /// What else the workbook has there.
    pub live: Option<Box<Live>>,
}

impl Cell {
    /// A cell of one plain paragraph.
    pub fn text(text: impl Into<String>) -> Self {
        Self::paras(vec![Para::plain(text)])
    }

    /// A cell of paragraphs.
    pub fn paras(paras: Vec<Para>) -> Self {
        Self { paras, rows: 1, header: false, value: None, link: None, chart: None, live: None }
    }

    /// A whole number as a typed value.
    pub fn count(count: usize) -> Self {
        let value = Value::Number { value: count.into(), decimals: 0, percent: false };
        Self { value: Some(value), ..Self::text(count.to_string()) }
    }

    /// What else the workbook has there, to be added to.
    pub fn live(&mut self) -> &mut Live {
        self.live.get_or_insert_default()
    }

    /// All its text, paragraphs divided by line breaks.
    pub fn plain_text(&self) -> String {
        self.paras.iter().map(Para::text).collect::<Vec<_>>().join("\n")
    }
}

/// A typed value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Value {
    /// A number; with `percent` it is in percent (12.7) and the workbook stores 0.127 shown as `12.7%`.
    Number {
        /// The exact value.
        value: Decimal,
        /// Decimals to show.
        decimals: u32,
        /// It is a percentage.
        percent: bool,
    },
    /// A day.
    Date(NaiveDate),
    /// A Western year: no thousands are set apart in it.
    Year(i32),
}
