//! What a run read, held against the facts that were written by hand from the workbooks.
//!
//! A fact is right when every column that it states agrees (NFKC, white space aside); flagged when not, but a finding
//! names its cell; else wrong or missing. A row that no fact names is invented. Findings on cells that were read right
//! are remarks.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use rust_decimal::Decimal;
use unicode_normalization::UnicodeNormalization;

/// Columns that say nothing where the facts leave them empty.
const WHEN_STATED: [&str; 6] = ["raw", "class", "basis", "status_raw", "due_raw", "comment"];

/// A row by column name.
pub type Row = BTreeMap<String, String>;

/// The rows of a CSV file; none where it does not exist.
pub fn rows(path: &Path) -> Vec<Row> {
    let Ok(text) = std::fs::read_to_string(path) else { return Vec::new() };
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    reader.deserialize().map(|row| row.expect("a row")).collect()
}

/// How many facts fared how, with a line for each that is not right.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub facts: usize,
    pub right: usize,
    pub flagged: usize,
    pub wrong: usize,
    pub missing: usize,
    pub invented: usize,
    pub remarks: usize,
    pub lines: Vec<String>,
}

impl Tally {
    /// Asserts that all facts are right, none is invented, and at most so many cells bear a remark.
    #[track_caller]
    pub fn all_right(&self, facts: usize, most_remarks: usize) {
        assert!(self.lines.is_empty(), "{}", self.lines.join("\n"));
        assert_eq!((self.facts, self.right), (facts, facts));
        assert!(self.remarks <= most_remarks, "{} remarks", self.remarks);
    }
}

fn plain(text: &str) -> String {
    let text: String = text.nfkc().filter(|c| !c.is_whitespace()).collect();
    text.parse::<Decimal>().map_or(text, |number| number.normalize().to_string())
}

fn agree(fact: &Row, row: &Row) -> bool {
    let empty = String::new();
    fact.iter().all(|(column, stated)| {
        matches!(column.as_str(), "sheet" | "cell")
            || (WHEN_STATED.contains(&column.as_str()) && stated.is_empty())
            || plain(row.get(column).unwrap_or(&empty)) == plain(stated)
    })
}

/// Its workbook's name; empty for what is said of no workbook, as that one is missing.
fn stem(row: &Row) -> String {
    Path::new(&row["workbook"])
        .file_stem()
        .map_or_else(String::new, |stem| stem.to_string_lossy().into_owned())
}

fn place(row: &Row) -> (String, String) {
    (row["sheet"].clone(), row["cell"].clone())
}

/// Holds the facts of one workbook, by kind, against a run's `data/`.
pub fn compare(book: &str, facts: &[(&str, Vec<Row>)], data: &Path) -> Tally {
    let findings = rows(&data.join("findings.csv"));
    let flagged: BTreeSet<_> = findings.iter().filter(|row| stem(row) == book).map(place).collect();
    let mut tally = Tally::default();
    for (kind, facts) in facts.iter().filter(|(_, facts)| !facts.is_empty()) {
        let mut got: BTreeMap<(String, String), Vec<Row>> = BTreeMap::new();
        for row in rows(&data.join(format!("{kind}.csv"))).into_iter().filter(|row| stem(row) == book) {
            got.entry(place(&row)).or_default().push(row);
        }
        for fact in facts {
            let at = place(fact);
            let here = got.entry(at.clone()).or_default();
            tally.facts += 1;
            if let Some(index) = here.iter().position(|row| agree(fact, row)) {
                here.remove(index);
                tally.right += 1;
                tally.remarks += usize::from(flagged.contains(&at));
                continue;
            }
            let (count, word) = match (flagged.contains(&at), here.is_empty()) {
                (true, _) => (&mut tally.flagged, "flagged"),
                (false, false) => (&mut tally.wrong, "wrong"),
                (false, true) => (&mut tally.missing, "missing"),
            };
            *count += 1;
            tally.lines.push(format!("{word}: {book} {kind} {at:?}\n  stated {fact:?}\n  read {here:?}"));
        }
        let stated: BTreeSet<_> = facts.iter().map(place).collect();
        for (at, extra) in got.iter().filter(|(at, _)| !stated.contains(at)) {
            tally.invented += extra.len();
            tally.lines.extend(extra.iter().map(|row| format!("invented: {book} {kind} {at:?} {row:?}")));
        }
    }
    tally
}

/// The facts of a workbook in a folder: `NAME.indicators.csv` and its like.
pub fn facts_of(folder: &Path, book: &str) -> Vec<(&'static str, Vec<Row>)> {
    ["indicators", "initiatives", "sections"]
        .map(|kind| (kind, rows(&folder.join(format!("{book}.{kind}.csv")))))
        .to_vec()
}
