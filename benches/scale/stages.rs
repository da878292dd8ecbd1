//! The time of each stage on one core, and the most memory that a process held by its end.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use hoshin::compose::Composer;
use hoshin::consolidate::{Rules, consolidate};
use hoshin::excel;
use hoshin::export::{self, SCHEMA, Snapshot};
use hoshin::extract::{Means, extract};
use hoshin::judge::{Law, judge};
use hoshin::model::dataset::Dataset;
use hoshin::model::report::Document;
use hoshin::pdf::{self, Anchors};
use hoshin::pipeline::{Settings, month};
use hoshin::publish::{Edition, OutputFile, Reports};

use crate::city::{City, Failure, PERIOD, TOWN, long_list, put};
use crate::ground;
use crate::measure::{peak, real, say, timed};

/// Measured where nothing else is asked for.
const SIZES: [&[&str]; 5] = [&["1"], &["10"], &["100"], &["1000"], &["rows", "100000"]];

/// Limits for a workbook far beyond a city's ledgers.
const LARGE: &str = "[limits]\ncells = 10000000\nunpacked_mb = 2000\ntotal_chars = 100000000\n";

/// Prints a table for each size, each from a process of its own.
pub fn all(sizes: &[&str]) -> Result<(), Failure> {
    let rows = sizes.first() == Some(&"rows");
    let asked: Vec<&[&str]> = if rows { vec![sizes] } else { sizes.chunks(1).collect() };
    for size in if sizes.is_empty() { SIZES.to_vec() } else { asked } {
        Command::new(std::env::current_exe()?).arg("stage").args(size).status()?;
    }
    Ok(())
}

/// Prints the table of one size.
pub fn one(size: &[&str]) -> Result<(), Failure> {
    let folder = tempfile::tempdir()?;
    let (city, list) = match size {
        ["rows", rows] => (City { departments: 1, divisions: 1, ..TOWN }, Some(long_list(rows.parse()?)?)),
        [workbooks] => (City::of(workbooks.parse()?), None),
        _ => return Err("a number of workbooks, or rows and their number".into()),
    };
    city.write(folder.path())?;
    let mut config = city.config();
    let mut books = city.workbooks()?;
    if let Some(bytes) = list {
        // The one ledger, in place of all others.
        books = vec![("一覧.xlsx".to_owned(), bytes)];
        config.truncate(config.find("[[indicator]]").unwrap_or(config.len()));
        config.push_str(LARGE);
        std::fs::remove_dir_all(folder.path().join("input"))?;
        for (path, bytes) in &books {
            put(&folder.path().join("input").join(PERIOD).join(path), bytes)?;
        }
    }
    let settings = ground::settings(folder.path(), ground::project(config)?)?;
    say(&format!("\n{} workbooks ({} MB held before the first)", books.len(), peak("self")));
    let mut sheet = Sheet::default();
    let dataset = read(&settings, &books, &mut sheet)?;
    drop(books);
    write(&settings, &dataset, &mut sheet)?;
    sheet.print();
    Ok(())
}

/// Seconds of each stage, and what it went through.
#[derive(Default)]
struct Sheet {
    stages: Vec<(&'static str, f64, usize)>,
    workbooks: usize,
    cells: usize,
    pages: usize,
}

impl Sheet {
    fn time<T>(&mut self, stage: &'static str, work: impl FnOnce() -> T) -> T {
        let (done, seconds) = timed(work);
        match self.stages.iter_mut().find(|(name, ..)| *name == stage) {
            Some((_, sum, most)) => (*sum, *most) = (*sum + seconds, peak("self")),
            None => self.stages.push((stage, seconds, peak("self"))),
        }
        done
    }

    fn print(&self) {
        let Self { stages, workbooks, cells, pages } = self;
        say(&format!("{workbooks} workbooks, {cells} cells, {pages} pages"));
        say("stage              CPU ms   books/s    cells/s  pages/s  peak MB");
        for (stage, seconds, most) in stages {
            let rate = |count: usize| if *seconds > 0.0 { real(count) / seconds } else { 0.0 };
            say(&format!(
                "{stage:<16} {:>8.1} {:>9.1} {:>10.0} {:>8.1} {most:>8}",
                seconds * 1000.0,
                rate(*workbooks),
                rate(*cells),
                rate(*pages),
            ));
        }
    }
}

/// Stages 2 to 6.
fn read(settings: &Settings, books: &[(String, Vec<u8>)], sheet: &mut Sheet) -> Result<Dataset, Failure> {
    let project = &settings.project;
    let organisation = project.config.organisation(settings.period);
    let means = Means::new(&project.config, &project.vocabulary, &project.profiles, &organisation);
    let mut records = Vec::new();
    for (path, bytes) in books {
        let workbook = sheet.time("read", || project.open(path, bytes)).map_err(|error| error.to_string())?;
        sheet.workbooks += 1;
        sheet.cells += workbook.sheets.iter().map(|sheet| sheet.grid.cells().count()).sum::<usize>();
        records.push(sheet.time("locate, extract", || extract(&workbook, &means)));
    }
    let (config, vocabulary) = (&project.config, &project.vocabulary);
    let rules =
        Rules { config, organisation: &organisation, vocabulary, fiscal_year: settings.period.fiscal_year() };
    drop(sheet.time("consolidate", || consolidate(records, Vec::new(), &rules)));
    let dataset = month(settings)?.dataset;
    let law = Law { rules: &project.rules, config, organisation: &organisation, vocabulary };
    drop(sheet.time("judge", || judge(&dataset, &law)));
    Ok(dataset)
}

/// Stages 7 to 9.
fn write(settings: &Settings, dataset: &Dataset, sheet: &mut Sheet) -> Result<(), Failure> {
    let project = &settings.project;
    let fonts = sheet.time("fonts", || ground::fonts(&project.templates))?;
    let composer = sheet.time("compose", || Composer::new(dataset, &project.vocabulary.eras, &project.plan));
    let mut files = Vec::new();
    let originals = originals(dataset);
    let book = sheet.time("compose 統合", || composer.book());
    let path = book.path.clone();
    let bytes = sheet.time("xlsx", || excel::write(book, &originals))?;
    files.push(OutputFile::new(path, bytes));
    for one in sheet.time("compose", || composer.returns()) {
        let path = one.book.path.clone();
        let bytes = sheet.time("xlsx (差戻し)", || excel::write(one.book, &originals))?;
        files.push(OutputFile::new(path, bytes));
    }
    let mut print = |documents: Vec<Document>, sheet: &mut Sheet| -> Result<(), Failure> {
        for document in documents {
            let rendered =
                sheet.time("pdf", || pdf::render(&document, &project.theme, &fonts, &Anchors::new()))?;
            sheet.pages += rendered.pages;
            files.push(OutputFile::new(document.path, rendered.bytes));
        }
        Ok(())
    };
    for department in composer.departments() {
        let own = sheet.time("compose", || composer.of_department(department));
        print(own, sheet)?;
    }
    let own = sheet.time("compose", || composer.of_city(&BTreeSet::new()));
    print(own, sheet)?;
    for (path, bytes) in sheet.time("export: csv", || export::tables(dataset))? {
        files.push(OutputFile::new(path, bytes));
    }
    let snapshot = Snapshot {
        schema: SCHEMA,
        version: String::new(),
        dataset,
        templates: project.templates.printing(),
        fonts: BTreeMap::new(),
    };
    let bytes = sheet.time("export: snapshot", || snapshot.to_json())?;
    files.push(OutputFile::new("data/snapshot.json", bytes));
    let edition = Edition { period: settings.period, number: 0 };
    sheet.time("publish", || Reports::open(&settings.input.reports)?.place(edition, &files, None))?;
    Ok(())
}

/// All documents of a month.
pub fn documents(composer: &Composer<'_>) -> Vec<Document> {
    let departments = composer.departments().into_iter();
    let documents = departments.flat_map(|department| composer.of_department(department));
    documents.chain(composer.of_city(&BTreeSet::new())).collect()
}

/// Where each workbook is kept, as links lead to it.
pub fn originals(dataset: &Dataset) -> BTreeMap<String, String> {
    dataset.sources.iter().map(|source| (source.workbook.clone(), source.archive.clone())).collect()
}
