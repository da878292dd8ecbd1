//! Random tables: whatever stands in them, every text stays within its box.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::pages::{laid_out, words};
use super::{drawn, sample};
use crate::model::report::{Align, Block, Cell, Column, HeadCell, Para, Row, Table, Wide};
use crate::pdf::proof::prove;

fn text() -> impl Strategy<Value = String> {
    let word = select(vec![
        "相手方と協議中。",
        "「選択と集中」（スクラップ・アンド・ビルド）",
        "△12,345,678",
        "https://www.city.example.lg.jp/seisaku/kikaku/index.html",
        "12.5%",
        " ",
        "\n",
        "ｶﾞｷﾞ",
        "病院改革推進課",
    ]);
    vec(word, 0..12).prop_map(|words| words.concat())
}

fn cell() -> impl Strategy<Value = Cell> {
    let paras = vec((text(), any::<bool>(), any::<bool>()), 0..3);
    (paras, 1_u32..4, any::<bool>(), 0_u8..8).prop_map(|(paras, rows, header, chart)| {
        let para = |(text, strong, small): (String, bool, bool)| {
            let para = if strong { Para::strong(text) } else { Para::plain(text) };
            Para { small, ..para }
        };
        let chart = match chart {
            0 => Some(drawn::rate()),
            1 => Some(drawn::departments()),
            _ => None,
        };
        Cell {
            rows,
            header,
            chart: chart.map(Box::new),
            ..Cell::paras(paras.into_iter().map(para).collect())
        }
    })
}

/// A heading as long as a template might have it. One that is taller than its page is told, not cut.
fn heading() -> impl Strategy<Value = String> {
    text().prop_map(|text| text.chars().take(60).collect())
}

fn table() -> impl Strategy<Value = Table> {
    let align = select(vec![Align::Left, Align::Center, Align::Right, Align::Decimal]);
    let columns = vec((1_u32..20, align), 1..14);
    let rows = vec(vec(cell(), 14), 0..20);
    (columns, vec(heading(), 14), rows, 0_usize..3, any::<bool>()).prop_map(
        |(columns, words, rows, lead, turn)| {
            let columns: Vec<Column> =
                columns.into_iter().map(|(width, align)| Column { width, align }).collect();
            let head = vec![words.iter().take(columns.len()).map(|word| HeadCell::one(word, 1)).collect()];
            let mut covered = vec![0_u32; columns.len()];
            let rows = rows.into_iter().map(|cells| {
                let mut cells = cells.into_iter();
                let mut row = Vec::new();
                for covered in &mut covered {
                    if *covered == 0 {
                        row.extend(cells.next());
                        *covered = row.last().map_or(1, |cell: &Cell| cell.rows);
                    }
                    *covered -= 1;
                }
                Row { cells: row }
            });
            let rows = rows.collect();
            let wide = if turn { Wide::Turn } else { Wide::Split };
            Table { summary: "表".to_owned(), columns, head, rows, lead, wide }
        },
    )
}

#[test]
fn a_heading_taller_than_its_page_is_told() {
    let columns = vec![Column { width: 1, align: Align::Left }; 12];
    let head = vec![columns.iter().map(|_| HeadCell::one("課".repeat(400), 1)).collect()];
    let table = Table { summary: "表".to_owned(), columns, head, ..Table::default() };
    let (display, _) = laid_out(&sample::document(vec![Block::Table(table)]));
    assert!(!prove(&display).is_empty());
}

#[test]
fn the_last_row_of_a_table_never_stands_alone_on_a_page() {
    let rows = |count: usize| {
        let row = |at: usize| Row { cells: vec![Cell::text(format!("行{at}。"))] };
        (0..count).map(row).collect::<Vec<_>>()
    };
    let mut moved = 0;
    for count in 2..60 {
        let table = Table::list("表", [("見出し", 10, Align::Left)], rows(count));
        let filler = Block::Paragraph(Para::plain(vec!["詰め物"; 20].join("\n")));
        let (display, _) = laid_out(&sample::document(vec![filler, Block::Table(table)]));
        let of = |items: &[_]| items.iter().filter(|item| words(item).starts_with('行')).count();
        let counts: Vec<usize> =
            display.pages.iter().map(|page| of(&page.items)).filter(|rows| *rows > 0).collect();
        assert_eq!(counts.iter().sum::<usize>(), count);
        assert_ne!(counts.last(), Some(&1), "{count} rows: {counts:?}");
        moved += usize::from(counts.len() > 1 && counts.last() == Some(&2));
    }
    assert!(moved >= 2, "two rows go on together: {moved}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn every_text_of_a_table_stays_in_its_box(table in table(), before in 0_usize..40) {
        let filler = Block::Paragraph(Para::plain(vec!["詰め物"; before].join("\n")));
        let (display, overflow) = laid_out(&sample::document(vec![filler, Block::Table(table)]));
        prop_assert_eq!(overflow, Vec::<String>::new());
        prop_assert_eq!(prove(&display), Vec::<String>::new());
    }
}
