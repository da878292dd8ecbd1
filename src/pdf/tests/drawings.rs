//! Drawings, cards, links, papers and wide tables, on the pages and in the file.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document as Pdf, Object};

use super::pages::{laid_out, row_of, run, words};
use super::{FONTS, drawn, sample, theme};
use crate::model::report::{Block, Card, Document, Paper, PaperSize, Para, Run, Wide};
use crate::pdf::display::{Item, Role, Shape};
use crate::pdf::{Anchors, Rendered, render};

/// Where other documents' anchors stand.
fn anchors() -> Anchors {
    BTreeMap::from([(("部局別/福祉部.pdf".to_owned(), "top".to_owned()), 12)])
}

fn with_anchors(document: &Document) -> Rendered {
    super::kept(render(document, &theme(), &FONTS, &anchors()).expect("a PDF"))
}

fn para(runs: Vec<Run>) -> Block {
    Block::Paragraph(Para { runs, small: false })
}

fn page_break() -> Block {
    Block::Page(None)
}

#[test]
fn everything_drawn_is_sound_and_checkers_are_content() {
    let rendered = with_anchors(&drawn::everything());
    assert_eq!(rendered.overflow, Vec::<String>::new());
    let anchors: Vec<(&str, usize)> =
        rendered.anchors.iter().map(|(name, page)| (name.as_str(), *page)).collect();
    assert_eq!(anchors, [("cards", 2), ("wide", 5)]);
    super::file::check(&rendered.bytes);
}

/// The link annotations of all pages.
fn annotations(pdf: &Pdf) -> Vec<Dictionary> {
    let pages = pdf.get_pages().into_values();
    let lists = pages.filter_map(|id| pdf.get_dictionary(id).ok()?.get(b"Annots").ok()?.as_array().ok());
    let all = lists.flatten().filter_map(|item| pdf.get_dictionary(item.as_reference().ok()?).ok().cloned());
    all.collect()
}

fn utf16(object: &Object) -> String {
    let bytes = object.as_str().expect("a string");
    let units: Vec<u16> =
        bytes.chunks(2).skip(1).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
    String::from_utf16_lossy(&units)
}

#[test]
fn links_print_the_page_they_lead_to_and_can_be_followed() {
    let blocks = vec![
        para(vec![
            drawn::link("二章（{頁}ページ）", "", "two"),
            drawn::link("福祉部（{頁}ページ）", "部局別/福祉部.pdf", "top"),
        ]),
        page_break(),
        page_break(),
        sample::heading(1, "一", ""),
        page_break(),
        drawn::anchored("二", "two"),
    ];
    let rendered = with_anchors(&sample::document(blocks));
    assert_eq!(rendered.overflow, Vec::<String>::new());
    let pdf = Pdf::load_mem(&rendered.bytes).expect("a PDF");
    let links = annotations(&pdf);
    let contents: Vec<String> =
        links.iter().map(|link| utf16(link.get(b"Contents").expect("words"))).collect();
    assert_eq!(contents, ["二章（3ページ）", "福祉部（12ページ）（部局別/福祉部.pdf）"]);
    let action = |link: &Dictionary| link.get(b"A").and_then(Object::as_dict).cloned().expect("an action");
    let (own, other) = (action(&links[0]), action(&links[1]));
    assert_eq!(own.get(b"S").and_then(Object::as_name).ok(), Some(&b"GoTo"[..]));
    assert_eq!(own.get(b"D").and_then(Object::as_str).ok(), Some(&b"two"[..]));
    assert_eq!(other.get(b"S").and_then(Object::as_name).ok(), Some(&b"GoToR"[..]));
    let file = other.get(b"F").and_then(Object::as_dict).expect("a file");
    assert_eq!(utf16(file.get(b"UF").expect("a path")), "福祉部.pdf");
}

#[test]
fn a_link_is_an_element_with_its_annotation() {
    let blocks = vec![
        para(vec![Run::plain("前"), drawn::link("ここ", "", "two"), Run::plain("後")]),
        drawn::anchored("二", "two"),
    ];
    let pdf = Pdf::load_mem(&with_anchors(&sample::document(blocks)).bytes).expect("a PDF");
    let is = |dict: &Dictionary, kind: &[u8]| dict.get(b"S").and_then(Object::as_name).ok() == Some(kind);
    let dicts = || pdf.objects.values().filter_map(|object| object.as_dict().ok());
    let link = dicts().find(|dict| is(dict, b"Link") && dict.has(b"P")).expect("an element");
    let kids = link.get(b"K").and_then(Object::as_array).expect("parts");
    assert_eq!(kids.len(), 2, "its text and its annotation");
    let annotated = kids[1].as_dict().and_then(|kid| kid.get(b"Obj")).and_then(Object::as_reference);
    let annotation = pdf.get_dictionary(annotated.expect("an annotation")).expect("a dictionary");
    assert_eq!(utf16(annotation.get(b"Contents").expect("words")), "ここ");
    let parent = pdf.get_dictionary(link.get(b"P").and_then(Object::as_reference).expect("a parent"));
    // Text, link, text: in the order in which they are read.
    let order = parent.and_then(|parent| parent.get(b"K")).and_then(Object::as_array).expect("parts");
    assert!(matches!(order.as_slice(), [Object::Integer(_), Object::Reference(_), Object::Integer(_)]));
}

#[test]
fn a_link_that_leads_nowhere_is_told() {
    let blocks = vec![para(vec![
        drawn::link("三章（{頁}ページ）", "", "three"),
        drawn::link("消防本部（{頁}）", "部局別/消防本部.pdf", "top"),
    ])];
    let document = sample::document(blocks);
    let rendered = with_anchors(&document);
    assert_eq!(
        rendered.overflow,
        [
            "「三章（{頁}ページ）」のリンク先（three）がありません",
            "「消防本部（{頁}）」のリンク先（部局別/消防本部.pdfのtop）がありません"
        ]
    );
    assert!(annotations(&Pdf::load_mem(&rendered.bytes).expect("a PDF")).is_empty());
    let (display, _) = laid_out(&document);
    let texts: String = display.pages[0].items.iter().map(words).collect();
    assert!(texts.contains("三章（－ページ）消防本部（－）"), "{texts}");
}

#[test]
fn papers_change_where_the_document_says() {
    let paper = |size, landscape| Some(Paper { size, landscape });
    let line = |text: &str| Block::Paragraph(Para::plain(text));
    let mut document = sample::document(vec![
        line("一"),
        Block::Page(paper(PaperSize::A3, true)),
        line("二"),
        Block::Page(None),
        line("三"),
        Block::Page(paper(PaperSize::A4, false)),
        line("四"),
    ]);
    document.paper = paper(PaperSize::B5, false);
    let pdf = Pdf::load_mem(&with_anchors(&document).bytes).expect("a PDF");
    let size = |id| {
        let page = pdf.get_dictionary(id).expect("a page");
        let corners = page.get(b"MediaBox").and_then(Object::as_array).expect("a box");
        let length = |at: usize| (corners[at].as_float().expect("a length") * 25.4 / 72.0).round();
        (length(2), length(3))
    };
    let sizes: Vec<_> = pdf.get_pages().into_values().map(size).collect();
    assert_eq!(sizes, [(182.0, 257.0), (420.0, 297.0), (420.0, 297.0), (210.0, 297.0)]);
    let (display, _) = laid_out(&document);
    for page in &display.pages {
        let markings = page.items.iter().filter_map(run).find(|(_, text)| text.contains("内部資料"));
        let right = markings.expect("a header").0[2];
        assert!((right - (page.area.left + page.area.width)).abs() < 0.1);
    }
}

/// The pages on which a text stands.
fn pages_of(document: &Document, text: &str) -> Vec<usize> {
    let (display, _) = laid_out(document);
    let pages = display.pages.iter().enumerate();
    pages.filter(|(_, page)| page.items.iter().any(|item| words(item) == text)).map(|(at, _)| at).collect()
}

#[test]
fn a_wide_table_goes_on_below_with_its_first_column() {
    let document = sample::document(vec![Block::Table(drawn::years(16, Wide::Split))]);
    let (display, overflow) = laid_out(&document);
    assert_eq!(overflow, Vec::<String>::new());
    let tables = display.tree.nodes.iter().filter_map(|node| match &node.role {
        Role::Table { summary } => Some(summary.as_str()),
        _ => None,
    });
    let tables: Vec<&str> = tables.collect();
    let count = tables.len();
    assert!(count >= 2);
    assert_eq!(tables[1], format!("年度ごとの実績（2/{count}）"));
    let shown = |text: &str| display.pages[0].items.iter().filter(|item| words(item) == text).count();
    assert_eq!(shown("社会移動数"), count, "each part names its rows");
    assert_eq!(shown(&format!("（続き　2／{count}）")), 1);
    assert_eq!((shown("R0"), shown("R15")), (1, 1));
    // No figure is cut from its unit.
    assert!((1..16).all(|at| shown(&format!("△{},{at:03}人", at + 1)) == 1));
}

#[test]
fn a_wide_table_turns_its_page_and_the_next_turns_back() {
    let blocks = vec![
        Block::Paragraph(Para::plain("前")),
        sample::heading(1, "見出し", ""),
        Block::Table(drawn::years(12, Wide::Turn)),
        Block::Paragraph(Para::plain("後")),
        Block::Table(drawn::years(2, Wide::Turn)),
    ];
    let document = sample::document(blocks);
    let (display, _) = laid_out(&document);
    let lies: Vec<bool> = display.pages.iter().map(|page| page.sheet.0 > page.sheet.1).collect();
    assert_eq!(lies, [false, true, false]);
    for (text, page) in [("前", 0), ("見出し", 1), ("R11", 1), ("後", 2)] {
        assert_eq!(pages_of(&document, text), [page], "{text}");
    }
}

/// The frames of the cards, one for each title.
fn frames(document: &Document, titles: &[&str]) -> Vec<crate::pdf::display::Frame> {
    let (display, _) = laid_out(document);
    let frame = |title: &&str| {
        let mut items = display.pages.iter().flat_map(|page| &page.items);
        items.find(|item| words(item) == **title).and_then(|item| item.frame).expect("a card")
    };
    titles.iter().map(frame).collect()
}

#[test]
fn cards_stand_side_by_side_as_high_as_each_other() {
    let card = |title: &str, lines: usize| Card {
        title: title.to_owned(),
        note: "課".to_owned(),
        lines: vec![Para::plain("行"); lines],
        chart: Some(drawn::close()),
    };
    let cards = Block::Cards(vec![card("甲", 1), card("乙", 4), card("丙", 2)]);
    let mut document = sample::document(vec![cards]);
    let found = frames(&document, &["甲", "乙", "丙"]);
    let (a, b, c) = (found[0], found[1], found[2]);
    assert!((a.top - b.top).abs() < 0.01 && (a.bottom - b.bottom).abs() < 0.01);
    assert!(b.left > a.right && c.top > a.bottom && (c.left - a.left).abs() < 0.01);
    document.paper = Some(Paper { size: PaperSize::B5, landscape: false });
    let narrow = frames(&document, &["甲", "乙"]);
    assert!(narrow[1].top > narrow[0].bottom, "one below the other on narrow paper");
}

#[test]
fn figures_say_what_they_show_and_where_they_stand() {
    let chart = drawn::departments();
    let alt = chart.alt.clone();
    let pdf = Pdf::load_mem(&with_anchors(&sample::document(vec![Block::Figure(chart)])).bytes);
    let pdf = pdf.expect("a PDF");
    let figures = pdf.objects.values().filter_map(|object| object.as_dict().ok());
    let figure = figures
        .filter(|dict| dict.get(b"S").and_then(Object::as_name).ok() == Some(b"Figure"))
        .collect::<Vec<_>>();
    assert_eq!(figure.len(), 1);
    assert_eq!(utf16(figure[0].get(b"Alt").expect("words")), alt);
    let attributes = figure[0].get(b"A").and_then(Object::as_reference).expect("attributes");
    let corners = pdf.get_dictionary(attributes).and_then(|dict| dict.get(b"BBox"));
    let corners: Vec<f32> = corners
        .and_then(Object::as_array)
        .expect("a box")
        .iter()
        .map(|corner| corner.as_float().expect("a length"))
        .collect();
    let theme = theme();
    let area = theme.area_of(theme.sheet(None));
    assert!((corners[0] - area.left).abs() < 0.1 && (corners[2] - area.left - area.width).abs() < 0.1);
    assert!(corners[3] > corners[1]);
}

#[test]
fn a_line_chart_says_its_ends_and_its_last_value() {
    let (display, _) = laid_out(&sample::document(vec![Block::Figure(drawn::moves())]));
    let texts: Vec<String> = display.pages[0].items.iter().map(words).collect();
    for text in ["H29", "R3", "R2 △1,376人", "△1,376", "193", "0", "見込", "目標"] {
        assert!(texts.iter().any(|found| found == text), "{text}: {texts:?}");
    }
    // The axis of close figures does not start at zero, and says so by its ends and its sign.
    let (display, _) = laid_out(&sample::document(vec![Block::Figure(drawn::close())]));
    let texts: Vec<String> = display.pages[0].items.iter().map(words).collect();
    assert!(texts.contains(&"56.9".to_owned()) && texts.contains(&"65.0".to_owned()));
    assert!(!texts.contains(&"0".to_owned()));
    let zigzag =
        |item: &&Item| matches!(&item.shape, Shape::Path { points, closed: false, .. } if points.len() == 6);
    assert_eq!(display.pages[0].items.iter().filter(zigzag).count(), 1);
}

#[test]
fn rows_of_a_long_table_stay_whole_on_turned_pages() {
    let mut table = drawn::years(12, Wide::Turn);
    table.rows = table.rows.iter().cycle().take(60).cloned().collect();
    let (display, overflow) = laid_out(&sample::document(vec![Block::Table(table)]));
    assert_eq!(overflow, Vec::<String>::new());
    let mut page_of: BTreeMap<usize, usize> = BTreeMap::new();
    for (at, page) in display.pages.iter().enumerate() {
        for owner in page.items.iter().filter_map(|item| item.owner) {
            if let Some(row) = row_of(&display, owner) {
                assert_eq!(*page_of.entry(row.0).or_insert(at), at);
            }
        }
    }
    assert!(display.pages.len() > 2 && page_of.len() == 62);
}
