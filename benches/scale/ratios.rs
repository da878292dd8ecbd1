//! Each stage's time as a ratio to what its library alone takes for the same. Both are measured in turn in one process,
//! so that a loaded machine changes them alike; what counts is the median of the ratios.
//!
//! Stages that have no library of their own are held against that of the stage before: what it takes to understand a
//! workbook against opening it, what it takes to judge and compose a month against writing it.

use std::collections::BTreeSet;
use std::hint::black_box;

use hoshin::compose::Composer;
use hoshin::consolidate::{Rules, consolidate};
use hoshin::excel;
use hoshin::extract::{Means, Records, extract};
use hoshin::judge::{Law, judge};
use hoshin::model::book::Book;
use hoshin::model::dataset::Dataset;
use hoshin::model::organisation::Organisation;
use hoshin::model::report::Document;
use hoshin::pdf::{self, Anchors, Drawn, Fonts};
use hoshin::pipeline::Settings;
use hoshin::project::Project;

use crate::city::{Failure, TOWN, long_list};
use crate::measure::{median, say, timed};
use crate::stages::{documents, originals};
use crate::{floors, ground};

/// How often each side is measured.
const TIMES: usize = 5;
/// A ratio may be this much beyond what is usual: more than runs of one build differ, less than a fault that one notices.
const TOLERANCE: f64 = 1.25;
/// Rows of the long list.
const ROWS: usize = 8_000;

/// What one comparison must keep to.
struct Limit {
    stage: &'static str,
    /// What is promised of an optimised build.
    promised: Option<f64>,
    /// What was measured last, of an optimised build.
    usual: f64,
    /// The same where overflows are checked and libraries are optimised less, as CI builds it.
    checked: f64,
}

const READING: Limit =
    Limit { stage: "reading 60 workbooks", promised: Some(2.0), usual: 1.67, checked: 1.57 };
const LIST: Limit =
    Limit { stage: "reading a list of 8,000 rows", promised: Some(2.0), usual: 1.41, checked: 1.27 };
const UNDERSTANDING: Limit =
    Limit { stage: "understanding them", promised: None, usual: 4.35, checked: 4.46 };
const JUDGING: Limit = Limit { stage: "joining and judging", promised: None, usual: 0.82, checked: 0.75 };
const COMPOSING: Limit = Limit { stage: "composing all", promised: None, usual: 0.17, checked: 0.165 };
const XLSX: Limit = Limit { stage: "writing 統合.xlsx", promised: Some(1.3), usual: 0.72, checked: 0.73 };
const PDF: Limit = Limit { stage: "writing all PDFs", promised: Some(2.0), usual: 0.87, checked: 0.88 };

/// Prints the table; `false` where a ratio is beyond its limit.
pub fn hold() -> Result<bool, Failure> {
    say("stage                            hoshin ms  library ms  ratio  promised  usual");
    let folder = tempfile::tempdir()?;
    TOWN.write(folder.path())?;
    let settings = ground::settings(folder.path(), ground::project(TOWN.config())?)?;
    let mut holds = reading(&settings)?;
    let dataset = hoshin::pipeline::month(&settings)?.dataset;
    holds &= writing(&settings.project, &dataset)?;
    Ok(holds)
}

/// Stages 2 to 6, against calamine.
fn reading(settings: &Settings) -> Result<bool, Failure> {
    let project = &settings.project;
    let books = TOWN.workbooks()?;
    let list = [("一覧.xlsx".to_owned(), long_list(ROWS)?)];
    let read = |books: &[(String, Vec<u8>)]| -> Result<(), Failure> {
        for (path, bytes) in books {
            black_box(project.open(path, bytes).map_err(|error| error.to_string())?);
        }
        Ok(())
    };
    let floor = |books: &[(String, Vec<u8>)]| -> Result<(), Failure> {
        books.iter().try_for_each(|(_, bytes)| floors::reading::read(bytes).map(drop))
    };
    let mut holds = compare(&READING, || (), |()| read(&books), |()| floor(&books))?;
    holds &= compare(&LIST, || (), |()| read(&list), |()| floor(&list))?;

    let opened = books.iter().map(|(path, bytes)| project.open(path, bytes).map_err(|it| it.to_string()));
    let opened = opened.collect::<Result<Vec<_>, _>>()?;
    let organisation = project.config.organisation(settings.period);
    let understand = || -> Vec<Records> {
        let means = Means::new(&project.config, &project.vocabulary, &project.profiles, &organisation);
        opened.iter().map(|workbook| extract(workbook, &means)).collect()
    };
    let ours = |()| -> Result<(), Failure> {
        black_box(understand());
        Ok(())
    };
    holds &= compare(&UNDERSTANDING, || (), ours, |()| floor(&books))?;
    let dataset = hoshin::pipeline::month(settings)?.dataset;
    let ours = |records| -> Result<(), Failure> {
        month(settings, &organisation, records, &dataset);
        Ok(())
    };
    holds &= compare(&JUDGING, understand, ours, |_| floor(&books))?;
    Ok(holds)
}

/// Stages 5 and 6.
fn month(settings: &Settings, organisation: &Organisation, records: Vec<Records>, dataset: &Dataset) {
    let Project { config, vocabulary, rules, .. } = &settings.project;
    let fiscal_year = settings.period.fiscal_year();
    black_box(consolidate(records, Vec::new(), &Rules { config, organisation, vocabulary, fiscal_year }));
    black_box(judge(dataset, &Law { rules, config, organisation, vocabulary }));
}

/// Stages 7 and 8, against `rust_xlsxwriter` and printpdf.
fn writing(project: &Project, dataset: &Dataset) -> Result<bool, Failure> {
    let composer = || Composer::new(dataset, &project.vocabulary.eras, &project.plan);
    let (book, documents) = (composer().book(), documents(&composer()));
    let originals = originals(dataset);
    // Each side gives up a book of its own.
    let floor = |book: Book| -> Result<(), Failure> {
        black_box(floors::xlsx::write(&book, &originals)?);
        Ok(())
    };
    let ours = |_| -> Result<(), Failure> {
        let composer = composer();
        black_box((composer.book(), composer.returns()));
        for department in composer.departments() {
            black_box(composer.of_department(department));
        }
        black_box(composer.of_city(&BTreeSet::new()));
        Ok(())
    };
    let mut holds = compare(&COMPOSING, || book.clone(), ours, floor)?;
    let ours = |book: Book| -> Result<(), Failure> {
        black_box(excel::write(book, &originals)?);
        Ok(())
    };
    holds &= compare(&XLSX, || book.clone(), ours, floor)?;

    let fonts = ground::fonts(&project.templates)?;
    let drawn = drawn(&documents, project, &fonts)?;
    let ours = |()| -> Result<(), Failure> {
        for document in &documents {
            black_box(pdf::render(document, &project.theme, &fonts, &Anchors::new())?);
        }
        Ok(())
    };
    let floor = |()| -> Result<(), Failure> {
        for one in &drawn {
            black_box(one.save());
        }
        Ok(())
    };
    holds &= compare(&PDF, || (), ours, floor)?;
    Ok(holds)
}

fn drawn(documents: &[Document], project: &Project, fonts: &Fonts) -> Result<Vec<Drawn>, Failure> {
    let draw = |document| Ok(pdf::drawn(document, &project.theme, fonts, &Anchors::new())?);
    documents.iter().map(draw).collect()
}

/// Prints one line; whether its ratio is within its limits. What both sides are given is made before the time counts.
fn compare<T>(
    limit: &Limit,
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
    let checked = cfg!(debug_assertions);
    let promised = limit.promised.filter(|_| !checked);
    let usual = if checked { limit.checked } else { limit.usual };
    let verdict = if promised.is_some_and(|promised| ratio > promised) {
        "  beyond what is promised"
    } else if ratio > usual * TOLERANCE {
        "  slower than usual"
    } else {
        ""
    };
    let told = promised.map_or_else(|| "–".to_owned(), |promised| format!("{promised:.1}"));
    // Full-width characters take two columns.
    let width = 30_usize.saturating_sub(limit.stage.chars().filter(|c| !c.is_ascii()).count());
    let stage = limit.stage;
    say(&format!("{stage:<width$} {own:>11.1} {alone:>11.1} {ratio:>6.2} {told:>9} {usual:>6.2}{verdict}"));
    Ok(verdict.is_empty())
}
