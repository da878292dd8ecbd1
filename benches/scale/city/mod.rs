//! A synthetic city of any size: departments with a policy document each and divisions with a ledger each, in the
//! layouts of the golden cases. Equal sizes give equal bytes.

mod facts;
mod layouts;
mod pen;
mod policy;
mod words;

use std::error::Error;
use std::fmt::Write;
use std::path::Path;

use facts::{Facts, department, division};

/// What may go wrong while a city is made.
pub type Failure = Box<dyn Error>;

/// The month that the city reports on.
pub const PERIOD: &str = "2021-05";
/// The day that is printed.
pub const AS_OF: &str = "2021-06-10";

/// How large a city is.
#[derive(Debug, Clone, Copy)]
pub struct City {
    /// Departments, each with a policy document.
    pub departments: usize,
    /// Divisions of each department, each with a ledger.
    pub divisions: usize,
    /// Indicators of each workbook.
    pub indicators: usize,
    /// Fiscal years of each indicator: five of eight lie behind.
    pub years: usize,
    /// Initiatives of each workbook.
    pub initiatives: usize,
    /// Another seed gives other figures.
    pub seed: u64,
}

/// The city of 12 departments and 60 workbooks, 20 indicators of 8 years and 30 initiatives in each.
pub const TOWN: City =
    City { departments: 12, divisions: 4, indicators: 20, years: 8, initiatives: 30, seed: 1 };

impl City {
    /// A city of so many workbooks, each as large as the town's.
    pub fn of(workbooks: usize) -> Self {
        let departments =
            (1..=workbooks.min(50)).rev().find(|n| workbooks.is_multiple_of(*n) && workbooks / n >= 5);
        let departments = departments.unwrap_or(1);
        Self { departments, divisions: workbooks / departments - 1, ..TOWN }
    }

    /// All workbooks: each path below the input folder, and its bytes.
    pub fn workbooks(&self) -> Result<Vec<(String, Vec<u8>)>, Failure> {
        let mut all = Vec::new();
        for one in 0..self.departments {
            let name = department(one);
            all.push((format!("{name}/{name}_部の運営方針.xlsx"), policy::workbook(self, one)?));
            for other in 0..self.divisions {
                let facts = Facts::new(self, one, other + 1);
                let (title, bytes) = layouts::workbook(&facts, one + other)?;
                all.push((format!("{name}/{}_{title}.xlsx", division(one, other)), bytes));
            }
        }
        Ok(all)
    }

    /// The city's hoshin.toml. Which way is better stands here for the layouts that do not say so.
    pub fn config(&self) -> String {
        let mut text = format!("[city]\nname = \"試験市{}\"\npublisher = \"総合政策部 企画課\"\n", self.seed);
        text.push_str("[judgement]\nrule = \"rate-2\"\nuse_last_settled = true\n");
        for one in 0..self.departments {
            let divisions: Vec<String> =
                (0..self.divisions).map(|n| format!("\"{}\"", division(one, n))).collect();
            // Writing to a string does not fail.
            _ = write!(text, "[[department]]\nname = \"{}\"\n", department(one));
            _ = writeln!(text, "divisions = [{}]", divisions.join(", "));
        }
        for one in 0..self.departments {
            for book in (0..=self.divisions).filter(|n| *n == 0 || !layouts::says_polarity(one + n - 1)) {
                for fact in Facts::new(self, one, book).indicators() {
                    let polarity = if fact.decreases { "decrease" } else { "increase" };
                    _ = write!(text, "[[indicator]]\nname = \"{}\"\n", fact.name);
                    _ = write!(text, "department = \"{}\"\npolarity = \"{polarity}\"\n", department(one));
                }
            }
        }
        text
    }

    /// Writes the city as a project folder: hoshin.toml and input/.
    pub fn write(&self, folder: &Path) -> Result<(), Failure> {
        for (path, bytes) in self.workbooks()? {
            put(&folder.join("input").join(PERIOD).join(path), &bytes)?;
        }
        put(&folder.join("hoshin.toml"), self.config().as_bytes())
    }
}

/// A workbook of one figure a row, with so many rows.
pub fn long_list(rows: usize) -> Result<Vec<u8>, Failure> {
    let city = City { departments: 1, divisions: 1, indicators: rows / TOWN.years, ..TOWN };
    Ok(layouts::long_list(&Facts::new(&city, 0, 1))?)
}

/// Writes a file, its folder with it.
#[allow(clippy::disallowed_methods, reason = "the program under measurement reads what stands here")]
pub fn put(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    Ok(std::fs::write(path, bytes)?)
}
