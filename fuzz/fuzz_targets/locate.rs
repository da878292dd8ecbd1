//! The locator and what follows it: any sheet of texts, with merged ranges, is read without a panic, and each figure's
//! cell is on the sheet. A line is a row, a tab ends a cell; `>` and `v` at a cell's end merge it to the right or down.
#![no_main]

use std::collections::BTreeMap;
use std::sync::LazyLock;

use hoshin::config::Config;
use hoshin::extract::{Means, extract};
use hoshin::model::fiscal::Period;
use hoshin::model::organisation::Organisation;
use hoshin::model::place::CellRef;
use hoshin::model::sheet::{Cell, Format, Grid, Ink, Merge, Sheet, Value, Workbook};
use hoshin::normalise::Vocabulary;
use libfuzzer_sys::fuzz_target;

struct Ground {
    config: Config,
    vocabulary: Vocabulary,
    organisation: Organisation,
}

static GROUND: LazyLock<Ground> = LazyLock::new(|| {
    let config = Config::default();
    let organisation = config.organisation(Period { year: 2021, month: 5 });
    Ground { config, vocabulary: Vocabulary::builtin().expect("built in"), organisation }
});

fn cell(text: &str) -> Cell {
    let value = text.parse().map_or_else(|_| Value::Text(text.into()), Value::Number);
    Cell {
        value,
        text: text.into(),
        format: "".into(),
        struck: false,
        ink: Ink::default(),
        formula: false,
        external: false,
        comment: None,
    }
}

fuzz_target!(|text: &str| {
    let (mut cells, mut merges) = (BTreeMap::new(), Vec::new());
    for (row, line) in (0_u32..64).zip(text.lines()) {
        for (col, text) in (0_u32..32).zip(line.split('\t')) {
            let at = CellRef::new(row, col);
            let end = match text.chars().last() {
                Some('>') => CellRef::new(row, col + 1),
                Some('v') => CellRef::new(row + 1, col),
                _ => at,
            };
            let apart = merges.iter().all(|merge: &Merge| !merge.contains(at) && !merge.contains(end));
            if end != at && apart {
                merges.push(Merge { start: at, end });
            }
            let text = text.trim_end_matches(['>', 'v']);
            if !text.is_empty() && merges.iter().all(|merge| merge.start == at || !merge.contains(at)) {
                cells.insert(at, cell(text));
            }
        }
    }
    let known = cells.clone();
    let sheet =
        Sheet { name: "表".into(), hidden: false, grid: Grid::new(cells.into_iter().collect(), merges) };
    let workbook = Workbook {
        path: "総合政策部/a.xlsx".into(),
        format: Format::Xlsx,
        modified: None,
        limits: Vec::new(),
        sheets: vec![sheet],
    };
    let Ground { config, vocabulary, organisation } = &*GROUND;
    let records = extract(&workbook, &Means::new(config, vocabulary, &[], organisation));
    for figure in records.indicators.iter().flat_map(|indicator| &indicator.figures) {
        assert!(known.contains_key(&figure.place.cell), "{:?}", figure.place);
    }
});
