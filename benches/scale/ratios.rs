//! Each stage's time as a ratio to what its library alone takes for the same. Both are measured in turn in one process,
//! so that a loaded machine changes them alike; what counts is the median of the ratios.

use hoshin::compose::Report;
use hoshin::pdf::{self, Anchors, Drawn};
use hoshin::{compose, excel};

use crate::city::{Failure, TOWN, long_list};
use crate::measure::{median, say, timed};
use crate::stages::originals;
use crate::{floors, ground};

/// How often each side is measured.
const TIMES: usize = 5;
/// A ratio may be this much beyond its limit: as much as two runs over equal bytes differ.
const TOLERANCE: f64 = 1.1;
/// The contract: reading, writing xlsx, pages.
const READING: f64 = 2.0;
const XLSX: f64 = 1.3;
const PDF: f64 = 2.0;
/// Rows of the long list.
const ROWS: usize = 8_000;

/// Prints the table; `false` where a ratio is beyond its limit.
pub fn hold() -> Result<bool, Failure> {
    let books = TOWN.workbooks()?;
    let list = [("一覧.xlsx".to_owned(), long_list(ROWS)?)];
    let folder = tempfile::tempdir()?;
    TOWN.write(folder.path())?;
    let settings = ground::settings(folder.path(), ground::project(TOWN.config())?)?;
    let project = &settings.project;
    let dataset = hoshin::pipeline::month(&settings)?.dataset;
    let report = compose::compose(&dataset, &project.vocabulary.eras, &project.plan);
    let originals = originals(&dataset);
    let fonts = ground::fonts(&project.templates)?;
    let drawn = drawn(&report, project, &fonts)?;
    say("stage                            hoshin ms  library ms  ratio  limit");
    let read = |books: &[(String, Vec<u8>)]| -> Result<(), Failure> {
        for (path, bytes) in books {
            std::hint::black_box(project.open(path, bytes).map_err(|error| error.to_string())?);
        }
        Ok(())
    };
    let floor = |books: &[(String, Vec<u8>)]| -> Result<(), Failure> {
        books.iter().try_for_each(|(_, bytes)| floors::reading::read(bytes).map(drop))
    };
    let mut holds = compare("reading 60 workbooks", READING, || &books, |it| read(it), |it| floor(it))?;
    holds &= compare("reading a list of 8,000 rows", READING, || &list, |it| read(it), |it| floor(it))?;
    // Each gives up a book of its own.
    let ours = |book| -> Result<(), Failure> { Ok(drop(excel::write(book, &originals)?)) };
    let floor = |book| -> Result<(), Failure> { Ok(drop(floors::xlsx::write(&book, &originals)?)) };
    holds &= compare("writing 統合.xlsx", XLSX, || report.book.clone(), ours, floor)?;
    let ours = |()| -> Result<(), Failure> {
        for document in &report.documents {
            std::hint::black_box(pdf::render(document, &project.theme, &fonts, &Anchors::new())?);
        }
        Ok(())
    };
    let floor = |()| -> Result<(), Failure> {
        drawn.iter().for_each(|one| drop(std::hint::black_box(one.save())));
        Ok(())
    };
    holds &= compare("writing all PDFs", PDF, || (), ours, floor)?;
    Ok(holds)
}

fn drawn(
    report: &Report,
    project: &hoshin::pipeline::Project,
    fonts: &pdf::Fonts,
) -> Result<Vec<Drawn>, Failure> {
    let draw = |document| Ok(pdf::drawn(document, &project.theme, fonts, &Anchors::new())?);
    report.documents.iter().map(draw).collect()
}

/// Prints one line; whether its ratio is within the limit. What both sides are given is made before the time counts.
fn compare<T>(
    stage: &str,
    limit: f64,
    given: impl Fn() -> T,
    ours: impl Fn(T) -> Result<(), Failure>,
    floor: impl Fn(T) -> Result<(), Failure>,
) -> Result<bool, Failure> {
    let (mut own, mut alone, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..TIMES {
        let (one, other) = (given(), given());
        let (done, seconds) = timed(|| ours(one));
        let (also, least) = timed(|| floor(other));
        done.and(also)?;
        own.push(seconds);
        alone.push(least);
        ratios.push(seconds / least);
    }
    let ratio = median(ratios);
    let (own, alone) = (median(own) * 1000.0, median(alone) * 1000.0);
    let within = ratio <= limit * TOLERANCE;
    let verdict = if within { "" } else { "  beyond" };
    // Full-width characters take two columns.
    let width = 30_usize.saturating_sub(stage.chars().filter(|c| !c.is_ascii()).count());
    say(&format!("{stage:<width$} {own:>11.1} {alone:>11.1} {ratio:>6.2} {limit:>6.1}{verdict}"));
    Ok(within)
}
