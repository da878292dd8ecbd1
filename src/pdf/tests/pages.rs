//! What stands where, read from the display list.

use std::collections::BTreeMap;

use super::{FONTS, sample, theme};
use crate::model::report::{Align, Block, Document, HeadCell, Panel, Para, Row, Table};
use crate::pdf::Anchors;
use crate::pdf::display::{Display, Item, NodeId, Role, Shape};
use crate::pdf::layout::lay_out;
use crate::pdf::shape::{Shaping, open};
use crate::pdf::shaped::Style;
use crate::pdf::text::drawn_width;

pub(super) fn laid_out(document: &Document) -> (Display, Vec<String>) {
    let theme = theme();
    let opened = open(&FONTS).expect("fonts");
    lay_out(document, &theme, &mut Shaping::new(&FONTS, &opened, &theme), &Anchors::new())
}

/// A run of text: left, upper, right and lower edge, and its words.
pub(super) fn run(item: &Item) -> Option<([f32; 4], String)> {
    let Shape::Text { x, y, shaped, first, end, spread } = &item.shape else { return None };
    let clusters = shaped.clusters.get(*first..*end)?;
    let size = shaped.style_of(clusters.first()?)?.size();
    let text = clusters.iter().map(|cluster| shaped.text_of(cluster)).collect();
    let right = x + drawn_width(shaped, *first..*end, *spread);
    Some(([*x, y - 0.88 * size, right, y + 0.12 * size], text))
}

pub(super) fn words(item: &Item) -> String {
    run(item).map(|(_, text)| text).unwrap_or_default()
}

/// The element of a text, a paragraph of a cell counting as its cell.
fn role(display: &Display, node: NodeId) -> Role {
    let node = &display.tree.nodes[node.0];
    let parent = &display.tree.nodes[node.parent.0];
    match (&node.role, &parent.role) {
        (Role::Paragraph, Role::Data { .. } | Role::RowHeader { .. }) => parent.role.clone(),
        (role, _) => role.clone(),
    }
}

pub(super) fn row_of(display: &Display, node: NodeId) -> Option<NodeId> {
    let mut at = node;
    while display.tree.nodes[at.0].role != Role::Row {
        if at == display.tree.nodes[at.0].parent {
            return None;
        }
        at = display.tree.nodes[at.0].parent;
    }
    Some(at)
}

fn filler(lines: usize) -> Block {
    Block::Paragraph(Para::plain(vec!["詰め物"; lines].join("\n")))
}

#[test]
fn no_text_overlaps_another_or_leaves_the_page() {
    for document in [sample::everything(), sample::hard()] {
        let (display, overflow) = laid_out(&document);
        assert_eq!(overflow, Vec::<String>::new());
        for (page, items) in display.pages.iter().map(|page| &page.items).enumerate() {
            let mut runs: Vec<_> = items.iter().filter_map(run).collect();
            runs.sort_by(|(a, _), (b, _)| a[1].total_cmp(&b[1]));
            for (at, (a, text)) in runs.iter().enumerate() {
                assert!(
                    a[0] >= 70.8 && a[2] <= 538.6 && a[1] >= 56.6 && a[3] <= 785.3,
                    "{page}: {text} {a:?}"
                );
                let below = runs.iter().skip(at + 1).take_while(|(b, _)| b[1] < a[3] - 0.5);
                for (b, other) in below {
                    assert!(b[0] > a[2] - 0.5 || b[2] < a[0] + 0.5, "{page}: {text} / {other}");
                }
            }
        }
    }
}

#[test]
fn every_character_of_the_document_is_on_the_pages_once() {
    for document in [sample::everything(), sample::hard()] {
        let (display, _) = laid_out(&document);
        let mut expected: BTreeMap<char, usize> = BTreeMap::new();
        let json = serde_json::to_value(&document).expect("json");
        count_texts(&json, &mut expected);
        let mut drawn: BTreeMap<char, usize> = BTreeMap::new();
        for item in display.pages.iter().flat_map(|page| &page.items).filter(|item| item.owner.is_some()) {
            count(&words(item), &mut drawn);
        }
        assert_eq!(drawn, expected);
    }
}

fn count(text: &str, counts: &mut BTreeMap<char, usize>) {
    for c in text.chars().filter(|c| !c.is_whitespace()) {
        *counts.entry(c).or_default() += 1;
    }
}

/// Counts the characters of all texts of a document that stand on its pages as content.
fn count_texts(value: &serde_json::Value, counts: &mut BTreeMap<char, usize>) {
    const CONTENT: [&str; 7] = ["title", "subtitle", "text", "note", "label", "figure", "runs"];
    match value {
        serde_json::Value::Object(map) => {
            for (key, value) in map {
                match value {
                    serde_json::Value::String(text) if CONTENT.contains(&key.as_str()) => count(text, counts),
                    serde_json::Value::String(_) => {}
                    value => count_texts(value, counts),
                }
            }
        }
        serde_json::Value::Array(values) => values.iter().for_each(|value| count_texts(value, counts)),
        _ => {}
    }
}

#[test]
fn headings_and_lines_are_never_alone_at_a_page_edge() {
    let five = "一行目の文章がここに入ります。".repeat(10);
    for lines in 25..45 {
        let blocks = vec![
            filler(lines),
            sample::heading(1, "見出し", ""),
            sample::heading(2, "小見出し", "（注）"),
            Block::Paragraph(Para::plain(&five)),
        ];
        let (display, _) = laid_out(&sample::document(blocks));
        let last = display.tree.nodes.len() - 1;
        let mut counts = Vec::new();
        for items in display.pages.iter().map(|page| &page.items) {
            let owned: Vec<NodeId> = items.iter().filter_map(|item| item.owner).collect();
            let bottom = role(&display, *owned.last().expect("text on the page"));
            assert!(!matches!(bottom, Role::Heading(_)), "{lines} lines before");
            counts.push(owned.iter().filter(|owner| owner.0 == last).count());
        }
        assert!(!counts.contains(&1), "{lines} lines before: {counts:?}");
        assert_eq!(counts.iter().sum::<usize>(), 4);
    }
}

#[test]
fn table_headers_stay_with_rows_and_repeat_as_decoration() {
    for lines in 25..42 {
        let blocks =
            vec![filler(lines), sample::heading(1, "表の見出し", ""), Block::Table(sample::initiatives(30))];
        let (display, _) = laid_out(&sample::document(blocks));
        let is_cell = |item: &&Item| {
            let role = item.owner.map(|owner| role(&display, owner));
            matches!(role, Some(Role::Data { .. } | Role::RowHeader { .. }))
        };
        let mut heads = 0;
        for items in display.pages.iter().map(|page| &page.items) {
            let head: Vec<&Item> = items.iter().filter(|item| words(item) == "取組項目").collect();
            let has_cells = items.iter().any(|item| is_cell(&item));
            assert_eq!(head.len(), usize::from(has_cells), "{lines} lines before");
            heads += head.iter().filter(|item| item.owner.is_some()).count();
            let heading = items.iter().any(|item| words(item) == "表の見出し");
            assert!(!heading || has_cells, "{lines} lines before");
        }
        assert_eq!(heads, 1, "one header is content, the others are decoration");
    }
}

#[test]
fn rows_and_their_groups_stay_on_one_page() {
    let (display, _) = laid_out(&sample::document(vec![Block::Table(sample::initiatives(60))]));
    let mut pages_of: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (page, items) in display.pages.iter().map(|page| &page.items).enumerate() {
        for owner in items.iter().filter_map(|item| item.owner) {
            if let Some(row) = row_of(&display, owner) {
                pages_of.entry(row.0).or_default().push(page);
            }
        }
    }
    let rows: Vec<usize> = pages_of
        .into_values()
        .map(|mut pages| {
            pages.dedup();
            assert_eq!(pages.len(), 1);
            pages[0]
        })
        .collect();
    assert_eq!(rows.len(), 62);
    assert!(rows[2..].chunks(3).all(|group| group.iter().all(|page| *page == group[0])));
}

#[test]
fn a_spanning_cell_is_repeated_where_its_rows_go_on() {
    let (display, _) = laid_out(&sample::hard());
    let found = |name: &str| {
        let all = display.pages.iter().flat_map(|page| &page.items).filter(|item| words(item) == name);
        let (content, repeated): (Vec<&Item>, Vec<&Item>) = all.partition(|item| item.owner.is_some());
        (content.len(), repeated.len())
    };
    let (content, repeated) = found("まとまり0の名前です");
    assert_eq!(content, 1);
    assert!(repeated >= 1);
    assert!(found("背の高い行").1 >= 1, "a cut row keeps its name");
}

#[test]
fn figures_stand_at_the_right_and_are_not_cut() {
    let columns = vec![
        sample::column(30, Align::Left),
        sample::column(3, Align::Right),
        sample::column(30, Align::Left),
    ];
    let head = vec![["事業", "額", "説明"].iter().map(|word| HeadCell::one(*word, 1)).collect()];
    let cells = ["事業名", "△1,204,500", "説明がとても長い場合でも数字は切れません。"]
        .map(crate::model::report::Cell::text);
    let rows = vec![Row { cells: cells.to_vec() }];
    let table = Table { summary: "額".to_owned(), columns, head, rows, ..Table::default() };
    let (display, _) = laid_out(&sample::document(vec![Block::Table(table)]));
    let place = |text: &str| {
        let found = display
            .pages
            .iter()
            .flat_map(|page| &page.items)
            .filter_map(run)
            .find(|(_, words)| words == text);
        found.map(|(place, _)| place).expect("it is drawn whole")
    };
    let (figure, header) = (place("△1,204,500"), place("額"));
    assert!((figure[2] - header[2]).abs() < 0.1);
    assert!(place("説明がとても長い場合でも数字は切れません。")[0] - figure[2] > 8.0);
}

#[test]
fn a_character_that_no_font_has_is_drawn_as_geta() {
    let theme = theme();
    let opened = open(&FONTS).expect("fonts");
    let mut shaping = Shaping::new(&FONTS, &opened, &theme);
    let style = Style::new(false, 10.0, theme.color.text);
    let shaped = shaping.shape(&[(style, "𠮷〓か\u{3099}か\u{309a}辻\u{e0101}ｶﾞ".into())]);
    let glyphs = |at: usize| shaped.glyphs[shaped.clusters[at].glyphs.clone()].to_vec();
    assert_eq!(glyphs(0), glyphs(1));
    let lost: Vec<bool> = shaped.clusters.iter().map(|cluster| cluster.lost).collect();
    assert_eq!(lost, [true, false, false, false, false, false, false]);
    assert!(shaped.glyphs.len() == 7 && shaped.glyphs.iter().all(|glyph| glyph.id != 0));
}

#[test]
fn counts_of_a_panel_break_between_marks_and_their_words() {
    let line = "判定：○順調 12　▼やや遅れ 3　×遅れ 4　？判定不能 7　◎達成 1　・準備中 2";
    let panel = |label: &str| Panel {
        label: label.to_owned(),
        figure: "27".to_owned(),
        lines: vec![Para::plain(line)],
    };
    let (display, overflow) =
        laid_out(&sample::document(vec![Block::Panels(["一", "二", "三"].map(panel).to_vec())]));
    assert_eq!(overflow, Vec::<String>::new());
    let items = display.pages.iter().flat_map(|page| &page.items);
    let mut lines: Vec<String> = Vec::new();
    let mut height = f32::MIN;
    for (place, text) in items.filter_map(run).filter(|(place, _)| place[0] < 200.0) {
        if (place[1] - height).abs() > 1.0 {
            lines.push(String::new());
        }
        height = place[1];
        lines.last_mut().expect("a line").push_str(&text);
    }
    let counts: Vec<&str> = lines
        .iter()
        .map(|line| line.trim())
        .skip_while(|line| !line.starts_with("判定"))
        .take_while(|line| !line.starts_with("見本市"))
        .collect();
    assert_eq!(counts, ["判定：○順調 12　▼やや遅れ 3", "×遅れ 4　？判定不能 7", "◎達成 1　・準備中 2"]);
}
