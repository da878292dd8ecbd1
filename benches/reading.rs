//! How long sheets of many shapes take to be located, read and inspected. The time per cell must stay the same from
//! 10,000 cells to 160,000: `cargo bench --bench reading` prints cells per second for each.

mod shapes;

use divan::Bencher;
use divan::counter::ItemsCount;
use hoshin::config::Config;
use hoshin::extract::{Means, extract};
use hoshin::inspect;
use hoshin::model::fiscal::Period;
use hoshin::model::organisation::Organisation;
use hoshin::normalise::Vocabulary;
use shapes::{SHAPES, Shape};

/// Cells of a sheet.
const SIZES: [u32; 3] = [10_000, 40_000, 160_000];

fn main() {
    divan::main();
}

fn cases() -> impl Iterator<Item = (Shape, u32)> {
    SHAPES.into_iter().flat_map(|shape| SIZES.map(|size| (shape, size)))
}

/// What a month does with a workbook.
#[divan::bench(args = cases().collect::<Vec<_>>(), sample_count = 3, sample_size = 1)]
fn reading(bencher: Bencher, (shape, size): (Shape, u32)) {
    let vocabulary = Vocabulary::builtin().unwrap_or_default();
    let book = shape.workbook(size);
    let cells = book.sheets.iter().map(|sheet| sheet.grid.cells().count()).sum::<usize>();
    let organisation = organisation();
    let means = means(&vocabulary, &organisation);
    bencher.counter(ItemsCount::new(cells)).bench(|| extract(&book, &means));
}

/// What `hoshin inspect` does with one.
#[divan::bench(args = cases().collect::<Vec<_>>(), sample_count = 3, sample_size = 1)]
fn inspecting(bencher: Bencher, (shape, size): (Shape, u32)) {
    let vocabulary = Vocabulary::builtin().unwrap_or_default();
    let book = shape.workbook(size);
    let cells = book.sheets.iter().map(|sheet| sheet.grid.cells().count()).sum::<usize>();
    let organisation = organisation();
    let means = means(&vocabulary, &organisation);
    bencher.counter(ItemsCount::new(cells)).bench(|| inspect::describe(&book, &means));
}

/// Of a city that lists no departments.
fn organisation() -> Organisation {
    Config::default().organisation(Period { year: 2021, month: 5 })
}

fn means<'a>(vocabulary: &'a Vocabulary, organisation: &'a Organisation) -> Means<'a> {
    let period = organisation.period;
    Means {
        vocabulary,
        organisation,
        profiles: &[],
        departments: &[],
        indicators: &[],
        period,
        fiscal_year: period.fiscal_year(),
    }
}
