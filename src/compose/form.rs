//! Forms (様式): for each division its indicators and initiatives with what is known, in words that hoshin itself reads
//! back without loss.

mod indicators;
mod initiatives;
mod planning;

pub use planning::planning;

use std::collections::BTreeSet;

use super::free_name;
use crate::model::book::{Book, BookSheet};
use crate::model::dataset::Dataset;
use crate::model::entry::{Entry, EntryColumn, Input, Rule};
use crate::model::fiscal::FiscalYear;
use crate::model::indicator::IndicatorSource;
use crate::model::initiative::Initiative;
use crate::model::report::{Align, Row, Table};
use crate::normalise::Vocabulary;

/// Whose form it is, and of which year.
struct Desk<'a> {
    department: &'a str,
    division: &'a str,
    year: FiscalYear,
    vocabulary: &'a Vocabulary,
}

impl Desk<'_> {
    fn title(&self, what: &str) -> String {
        let year = self.vocabulary.eras.long(self.year);
        format!("{year}　{what}の様式　{}　{}", self.department, self.division).trim_end().to_owned()
    }
}

/// The forms of a month, in 建制順. A division without indicators and initiatives gets none.
pub fn forms(dataset: &Dataset, vocabulary: &Vocabulary) -> Vec<Book> {
    let year = dataset.period.fiscal_year();
    let desks = dataset.departments.iter().flat_map(|department| {
        let own = department.divisions.iter().map(|division| division.name.as_str()).chain([""]);
        own.map(|division| Desk { department: &department.name, division, year, vocabulary })
    });
    let mut taken = BTreeSet::new();
    desks.filter_map(|desk| form(dataset, &desk, &mut taken)).collect()
}

fn form(dataset: &Dataset, desk: &Desk<'_>, taken: &mut BTreeSet<String>) -> Option<Book> {
    let sources: Vec<&IndicatorSource> =
        dataset.indicators.iter().filter_map(|it| indicator(it, desk)).collect();
    let initiatives: Vec<&Initiative> = dataset.initiatives.iter().filter(|it| concerns(it, desk)).collect();
    let mut sheets = indicators::sheets(&sources, desk);
    if !initiatives.is_empty() {
        sheets.push(initiatives::sheet(&initiatives, desk));
    }
    if sheets.is_empty() {
        return None;
    }
    let division = if desk.division.is_empty() { "部共通" } else { desk.division };
    Some(Book {
        path: format!("{}.xlsx", free_name(&format!("{}_{division}", desk.department), taken)),
        title: desk.title("指標・取組み"),
        author: dataset.publisher.clone(),
        as_of: dataset.as_of,
        sheets,
        ..Book::default()
    })
}

/// What the division itself says of an indicator.
fn indicator<'a>(
    indicator: &'a crate::model::indicator::Indicator,
    desk: &Desk<'_>,
) -> Option<&'a IndicatorSource> {
    let theirs = |source: &&IndicatorSource| {
        (source.department.as_str(), source.division.as_str()) == (desk.department, desk.division)
    };
    Some(indicator.main()).filter(theirs).or_else(|| indicator.sources.iter().find(theirs))
}

fn concerns(initiative: &Initiative, desk: &Desk<'_>) -> bool {
    let main = initiative.main();
    (main.department.as_str(), main.division.as_str()) == (desk.department, desk.division)
        && main.fiscal_year.is_none_or(|year| year == desk.year)
}

/// One column of a form: heading, width, alignment, note, and what its cells take.
struct Field {
    heading: String,
    width: u32,
    align: Align,
    note: &'static str,
    input: Option<Input>,
}

impl Field {
    /// A column where nothing changes.
    fn fixed(heading: impl Into<String>, width: u32, note: &'static str) -> Self {
        Self { heading: heading.into(), width, align: Align::Left, note, input: None }
    }

    /// A column that people fill in.
    fn open(heading: impl Into<String>, width: u32, note: &'static str, input: Input) -> Self {
        Self { input: Some(input), ..Self::fixed(heading, width, note) }
    }
}

/// A sheet of fields and rows.
fn sheet(name: String, title: String, fields: Vec<Field>, rows: Vec<Row>) -> BookSheet {
    let lines = vec![
        "白い欄に書いてください。灰色の欄は変わりません。見出しに印があれば、書き方の説明があります。"
            .to_owned(),
    ];
    let columns = fields.iter().map(|field| (field.heading.as_str(), field.width, field.align));
    let table = Table::list(&title, columns, rows);
    let entry = fields.into_iter().map(|field| EntryColumn {
        input: field.input,
        note: field.note.to_owned(),
        hidden: false,
    });
    BookSheet {
        name,
        title,
        lines,
        landscape: true,
        frozen_cols: 2,
        entry: Some(Entry { columns: entry.collect(), cells: Vec::new(), room: 0 }),
        table,
        ..BookSheet::default()
    }
}

/// Free text.
fn text(prompt: &str) -> Input {
    Input { rule: Rule::Text, strict: false, prompt: prompt.to_owned(), error: String::new() }
}

/// A drop-down list that also lets other words pass.
fn choice(words: &[&str], prompt: &str) -> Input {
    Input {
        rule: Rule::OneOf(words.iter().map(|word| (*word).to_owned()).collect()),
        strict: false,
        prompt: prompt.to_owned(),
        error: format!("一覧にある言葉（{}）から選んでください。このまま入れますか。", words.join("、")),
    }
}
