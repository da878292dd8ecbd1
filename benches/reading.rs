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
    let city = City::new();
    let book = shape.workbook(size);
    let cells = book.sheets.iter().map(|sheet| sheet.grid.cells().count()).sum::<usize>();
    bencher.counter(ItemsCount::new(cells)).bench(|| extract(&book, &city.means()));
}

/// What `hoshin inspect` does with one.
#[divan::bench(args = cases().collect::<Vec<_>>(), sample_count = 3, sample_size = 1)]
fn inspecting(bencher: Bencher, (shape, size): (Shape, u32)) {
    let city = City::new();
    let book = shape.workbook(size);
    let cells = book.sheets.iter().map(|sheet| sheet.grid.cells().count()).sum::<usize>();
    bencher.counter(ItemsCount::new(cells)).bench(|| inspect::describe(&book, &city.means()));
}

/// A city that lists no departments.
struct City {
    config: Config,
    vocabulary: Vocabulary,
    organisation: Organisation,
}

impl City {
    fn new() -> Self {
        let config = Config::default();
        let organisation = config.organisation(Period { year: 2021, month: 5 });
        Self { config, vocabulary: Vocabulary::builtin().unwrap_or_default(), organisation }
    }

    fn means(&self) -> Means<'_> {
        Means::new(&self.config, &self.vocabulary, &[], &self.organisation)
    }
}
