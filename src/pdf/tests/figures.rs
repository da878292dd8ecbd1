//! Columns whose figures align at their decimal points, and cells whose lines hang.

use super::{FONTS, sample, theme};
use crate::model::report::{Align, Block, Cell, Column, HeadCell, Para, Row, Run, Table};
use crate::pdf::Anchors;
use crate::pdf::display::Shape;
use crate::pdf::layout::lay_out;
use crate::pdf::shape::{Shaping, open};
use crate::pdf::text::drawn_width;

fn figure(number: &str, unit: &str) -> Cell {
    let runs = vec![Run::plain(number), Run { text: unit.to_owned(), unit: true, ..Run::default() }];
    Cell::paras(vec![Para { runs, small: false }])
}

fn table(columns: Vec<Column>, rows: Vec<Vec<Cell>>) -> Table {
    let head = vec![columns.iter().map(|_| HeadCell::one("列", 1)).collect()];
    let rows = rows.into_iter().map(|cells| Row { cells }).collect();
    Table { summary: "表".to_owned(), columns, head, rows, ..Table::default() }
}

/// Left and right edge of each text, with its words.
fn drawn(table: Table) -> Vec<(f32, f32, String)> {
    let theme = theme();
    let opened = open(&FONTS).expect("fonts");
    let document = sample::document(vec![Block::Table(table)]);
    let (display, overflow) =
        lay_out(&document, &theme, &mut Shaping::new(&FONTS, &opened, &theme), &Anchors::new());
    assert_eq!(overflow, Vec::<String>::new());
    let text = |shape: &Shape| {
        let Shape::Text { x, shaped, first, end, spread, .. } = shape else { return None };
        let words = shaped.clusters[*first..*end].iter().map(|cluster| shaped.text_of(cluster)).collect();
        Some((*x, x + drawn_width(shaped, *first..*end, *spread), words))
    };
    display.pages.iter().flat_map(|page| &page.items).filter_map(|item| text(&item.shape)).collect()
}

fn place(all: &[(f32, f32, String)], words: &str) -> (f32, f32) {
    let found = all.iter().find(|(.., text)| text == words);
    found.map_or_else(|| panic!("{words} in {all:?}"), |(left, right, _)| (*left, *right))
}

fn decimal(width: u32) -> Column {
    sample::column(width, Align::Decimal)
}

#[test]
fn points_and_integers_stand_below_each_other_with_their_units_beside_them() {
    let cells = [("12.7", "%"), ("100", "点"), ("0.05", "ポイント"), ("10000", "件以上")];
    let mut rows: Vec<Vec<Cell>> =
        cells.iter().map(|(number, unit)| vec![Cell::text("名"), figure(number, unit)]).collect();
    let bold =
        Para { runs: vec![Run { text: "3.5".to_owned(), strong: true, ..Run::default() }], small: true };
    rows.push(vec![Cell::text("名"), Cell::paras(vec![bold])]);
    rows.extend(["作業中", "－"].map(|text| vec![Cell::text("名"), Cell::text(text)]));
    let all = drawn(table(vec![sample::column(20, Align::Left), decimal(10)], rows));
    let near = |a: f32, b: f32| (a - b).abs() < 0.05;
    // The point is where texts end. Figures of nine points are half an em wide each.
    let point = place(&all, "作業中").1;
    assert!(near(place(&all, "－").1, point));
    for (words, integers) in
        [("12.7%", 9.0), ("100点", 13.5), ("0.05ポイント", 4.5), ("10000件以上", 22.5), ("3.5", 4.0)]
    {
        assert!(near(place(&all, words).0 + integers, point), "{words}: {:?}, {point}", place(&all, words));
    }
}

#[test]
fn a_column_holds_its_widest_figure_and_its_longest_unit() {
    let rows = vec![
        vec![Cell::text("名"), figure("12345678", "円"), figure("0.123", "キログラム"), Cell::text("文")],
        vec![Cell::text("名"), figure("1.25", "ポイント"), figure("9999999", "人"), Cell::text("文")],
    ];
    let columns =
        vec![sample::column(30, Align::Left), decimal(2), decimal(2), sample::column(30, Align::Left)];
    let all = drawn(table(columns, rows));
    assert!((place(&all, "12345678円").0 + 36.0 - (place(&all, "1.25ポイント").0 + 4.5)).abs() < 0.05);
    assert!(place(&all, "9999999人").0 - place(&all, "1.25ポイント").1 > 8.0, "{all:?}");
}

#[test]
fn where_aligning_takes_too_much_room_figures_stand_at_the_right() {
    let figures = |at: usize| {
        let (number, unit) = if at == 0 { ("2,134,567", "千円") } else { ("18.4", "時間") };
        (0..6).map(move |_| figure(number, unit))
    };
    let name = |at: usize| Cell::text(["財政調整基金残高", "時間外勤務時間の平均"][at]);
    let rows = (0..2).map(|at| std::iter::once(name(at)).chain(figures(at)).collect()).collect();
    let columns =
        std::iter::once(sample::column(24, Align::Left)).chain((0..6).map(|_| decimal(7))).collect();
    let all = drawn(table(columns, rows));
    let rights =
        |words: &str| all.iter().filter(|(.., text)| text == words).map(|(_, right, _)| *right).collect();
    let (one, two): (Vec<f32>, Vec<f32>) = (rights("2,134,567千円"), rights("18.4時間"));
    assert_eq!((one.len(), two.len()), (6, 6), "{all:?}");
    assert!(one.iter().zip(&two).all(|(a, b)| (a - b).abs() < 0.05));
}

#[test]
fn the_lines_of_a_cell_hang_behind_its_label() {
    let text = "①次期総合計画策定の着手、審議会・市民会議の実施\n②総合戦略の進捗管理と公表を四半期ごとに行う";
    let columns = vec![sample::column(10, Align::Left), sample::column(30, Align::Left)];
    let all = drawn(table(columns, vec![vec![Cell::text(text), Cell::text("文".repeat(60))]]));
    let mine: Vec<&(f32, f32, String)> =
        all.iter().filter(|(.., words)| text.contains(words.trim()) && words.chars().count() > 2).collect();
    let first = mine.iter().find(|(.., words)| words.starts_with('①')).map(|(x, ..)| *x).expect("the label");
    assert!(mine.len() >= 4);
    for (x, _, words) in mine {
        let hang = if words.starts_with(['①', '②']) { 0.0 } else { 9.0 };
        assert!((x - first - hang).abs() < 0.05, "{words}: {x}");
    }
}
