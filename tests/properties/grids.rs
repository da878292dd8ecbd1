//! Random sheets of vocabulary words, numbers and merged ranges: nothing panics, and what is read is traced to the cell
//! that shows it.

use std::collections::BTreeMap;

use hoshin::extract::{Means, extract};
use hoshin::inspect;
use hoshin::model::place::CellRef;
use hoshin::model::sheet::{Cell, Format, Grid, Merge, Sheet, Value, Workbook};
use proptest::prelude::*;
use proptest::sample::select;
use rust_decimal::Decimal;

use super::{vocabulary, words};

fn cell(value: Value, text: String, struck: bool) -> Cell {
    Cell {
        value,
        text: text.into(),
        format: "".into(),
        struck,
        formula: false,
        comment: None,
        ink: hoshin::model::sheet::Ink::default(),
        external: false,
    }
}

fn number() -> impl Strategy<Value = Cell> {
    (-9_999_i64..999_999, 0_u32..3).prop_map(|(units, scale)| {
        let value = Decimal::new(units, scale);
        cell(Value::Number(value), value.to_string(), false)
    })
}

fn header() -> impl Strategy<Value = String> {
    let years = (1_i32..6, select(vec!["", "年度", "実績", "目標", "(目標)", "年度実績"]));
    prop_oneof![
        3 => select(vec!["指標名", "単位", "実績", "目標", "年度", "区分", "取組項目", "事業名", "進捗状況", "所属", "数値", "KPI名", "合計", "※注"]).prop_map(str::to_owned),
        3 => years.prop_map(|(year, kind)| format!("令和{year}{}{kind}", if kind.starts_with('年') { "" } else { "年度" })),
        2 => select(words()),
    ]
}

fn any_cell() -> impl Strategy<Value = Cell> {
    let text = |text: String, struck: bool| cell(Value::Text(text.as_str().into()), text, struck);
    prop_oneof![
        4 => header().prop_map(move |word| text(word, false)),
        5 => number(),
        2 => (select(words()), 0_u32..99).prop_map(move |(word, n)| text(format!("{n}{word}"), false)),
        1 => "[△▲]?[0-9,.]{1,6}[人件％%]?".prop_map(move |raw| text(raw, false)),
        1 => header().prop_map(move |word| text(word, true)),
        1 => Just(cell(Value::Error("#REF!".into()), "#REF!".to_owned(), false)),
    ]
}

/// A sheet: loose cells, or a header row over names and numbers, which is read as a table more often.
fn grid() -> impl Strategy<Value = Grid> {
    let at = (0_u32..14, 0_u32..10).prop_map(|(row, col)| CellRef::new(row, col));
    let loose = prop::collection::btree_map(at, any_cell(), 0..70);
    let heads = prop::collection::vec(header(), 2..8);
    let table = (0_u32..3, heads, 0_u32..8, prop::collection::vec(any_cell(), 64), any::<bool>());
    let merges = prop::collection::vec((0_u32..14, 0_u32..10, 0_u32..3, 0_u32..3), 0..6);
    (loose, table, merges).prop_map(|(mut cells, (top, heads, rows, body, names), merges)| {
        if rows > 0 {
            let (width, mut body) = (u32::try_from(heads.len()).unwrap_or(0), body.into_iter());
            let first = if names { "指標名".to_owned() } else { heads[0].clone() };
            for (col, word) in (0..width).zip(std::iter::once(first).chain(heads.into_iter().skip(1))) {
                cells.insert(CellRef::new(top, col), cell(Value::Text(word.as_str().into()), word, false));
            }
            for row in top + 1..=top + rows {
                let name = format!("指標{row}の件数");
                cells.insert(CellRef::new(row, 0), cell(Value::Text(name.as_str().into()), name, false));
                for col in 1..width {
                    body.next().map(|cell| cells.insert(CellRef::new(row, col), cell));
                }
            }
        }
        sheet_of(cells, merges)
    })
}

/// Ranges that overlap none before them; only their first cells hold anything.
fn sheet_of(mut cells: BTreeMap<CellRef, Cell>, merges: Vec<(u32, u32, u32, u32)>) -> Grid {
    let mut kept: Vec<Merge> = Vec::new();
    for (row, col, down, right) in merges.into_iter().filter(|(.., down, right)| down + right > 0) {
        let merge = Merge { start: CellRef::new(row, col), end: CellRef::new(row + down, col + right) };
        let apart = |other: &Merge| {
            other.end.row < row
                || other.start.row > merge.end.row
                || other.end.col < col
                || other.start.col > merge.end.col
        };
        if kept.iter().all(apart) {
            cells.retain(|at, _| *at == merge.start || !merge.contains(*at));
            kept.push(merge);
        }
    }
    Grid::new(cells.into_iter().collect(), kept)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn what_is_read_is_what_stands_there(grid in grid(), hidden in 0_u32..10) {
        let mut grid = grid;
        if hidden < 3 {
            grid.hidden_rows = vec![hidden];
            grid.hidden_cols = vec![hidden];
        }
        let sheet = Sheet { name: "進捗".into(), hidden: false, grid };
        let book = Workbook { path: "企画課/指標.xlsx".into(), format: Format::Xlsx, sheets: vec![sheet], modified: None, limits: Vec::new() };
        let period = hoshin::model::fiscal::Period { year: 2021, month: 5 };
        let config = hoshin::config::Config::default();
        let organisation = config.organisation(period);
        let means = Means::new(&config, vocabulary(), &[], &organisation);
        let records = extract(&book, &means);
        let grid = &book.sheets[0].grid;
        for source in &records.indicators {
            let name = grid.get(source.place.cell).map(|cell| !cell.text.trim().is_empty());
            prop_assert_eq!(name, Some(true), "{}", source.name);
            for figure in &source.figures {
                let cell = grid.get(figure.place.cell).map(|cell| (&*cell.text, cell.struck));
                prop_assert_eq!(cell, Some((figure.raw.as_str(), false)), "{}", figure.place.cell);
                // A cell that is merged over several rows is seen as long as one of them is.
                let (first, at) = (figure.place.cell.row, grid.merge_at(figure.place.cell));
                let last = at.map_or(first, |merge| merge.end.row);
                prop_assert!((first..=last).any(|row| !grid.row_hidden(row)), "{}", figure.place.cell);
            }
        }
        for item in &records.initiatives {
            let shown = item.status_cell.and_then(|at| grid.get(at)).map(|cell| &*cell.text);
            prop_assert!(item.status_raw.is_empty() || shown.is_some_and(|text| text.contains(item.status_raw.trim())), "{}", item.item);
            prop_assert!(grid.get(item.place.cell).is_some());
        }
        let _ = inspect::describe(&book, &means);
        let _ = inspect::suggest(&book, &means);
    }
}
