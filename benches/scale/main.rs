//! How hoshin scales, over a synthetic city. `cargo bench --bench scale` prints each stage's time as a ratio to what its
//! library alone takes for the same, and fails where one is beyond its limit. Other words behind `--`:
//!
//! - `stages [WORKBOOKS|rows ROWS]…`: the time and the memory of each stage, by default for 1, 10, 100 and 1,000
//!   workbooks and for one workbook of 100,000 rows;
//! - `runs [CITIES]…`: whole runs of the program, one city after the other;
//! - `write FOLDER [WORKBOOKS]`: the city as a project folder.

mod city;
mod floors;
mod ground;
mod measure;
mod ratios;
mod runs;
mod stages;

use std::path::Path;
use std::process::ExitCode;

use city::{City, Failure, TOWN};

fn main() -> ExitCode {
    // cargo adds a word of its own.
    let words: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match run(&words) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(failure) => {
            measure::say(&format!("failed: {failure}"));
            ExitCode::from(2)
        }
    }
}

/// Whether all is within its limits.
fn run(words: &[&str]) -> Result<bool, Failure> {
    match words {
        [] | ["ratios"] => return ratios::hold(),
        ["stage", size @ ..] => stages::one(size)?,
        ["stages", sizes @ ..] => stages::all(sizes)?,
        ["runs", cities @ ..] => runs::all(&numbers(cities)?)?,
        ["write", folder] => TOWN.write(Path::new(folder))?,
        ["write", folder, workbooks] => City::of(workbooks.parse()?).write(Path::new(folder))?,
        other => return Err(format!("unknown words: {}", other.join(" ")).into()),
    }
    Ok(true)
}

fn numbers(words: &[&str]) -> Result<Vec<usize>, Failure> {
    Ok(words.iter().map(|word| word.parse()).collect::<Result<_, _>>()?)
}
