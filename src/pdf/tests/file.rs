//! The finished file, read with lopdf and the tools that readers use.

use std::path::Path;
use std::process::Command;

use lopdf::{Document as Pdf, Object};

use super::{rendered, sample};
use crate::model::report::{Block, Para};
use crate::pdf::Rendered;

/// Characters that fonts and readers get wrong.
const RARE: &str = "ｶﾞｷﾞﾊﾟ①㎡㌶△53～７％か\u{309a}葛\u{e0100}城辻\u{e0101}髙﨑𠮷野家\u{e000}「」（）『』、。";

/// Runs a program on a file; `None`, said aloud, where it is not installed.
pub(super) fn tool(program: &str, before: &[&str], bytes: &[u8], after: &[&str]) -> Option<(bool, String)> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("document.pdf");
    std::fs::write(&path, bytes).expect("a file");
    let Ok(output) = Command::new(program).args(before).arg(&path).args(after).output() else {
        eprintln!("skipped: {program} is missing");
        return None;
    };
    let text = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    Some((output.status.success(), text.into_owned()))
}

fn shared(path: &str) -> Option<String> {
    let path = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared")).join(path);
    if path.exists() {
        return path.to_str().map(str::to_owned);
    }
    eprintln!("skipped: ../shared is missing");
    None
}

fn of_text(text: &str) -> Rendered {
    rendered(&sample::document(vec![Block::Paragraph(Para::plain(text))]))
}

/// What pdftotext reads; `None`, said aloud, where it is missing.
pub(super) fn text(bytes: &[u8]) -> Option<String> {
    tool("pdftotext", &[], bytes, &["-"]).map(|(_, text)| text)
}

/// What pdffonts lists; `None`, said aloud, where it is missing.
pub(super) fn fonts(bytes: &[u8]) -> Option<String> {
    tool("pdffonts", &[], bytes, &[]).map(|(_, list)| list)
}

/// A line as pdftotext sees it.
pub(super) struct Seen {
    pub text: String,
    /// Its right edge in points.
    pub right: f32,
}

/// The lines of a file; `None`, said aloud, where poppler-utils are missing.
pub(super) fn boxes(bytes: &[u8]) -> Option<Vec<Seen>> {
    let (_, xml) = tool("pdftotext", &["-bbox-layout"], bytes, &["-"])?;
    let right = |line: &str| line.split("xMax=\"").nth(1)?.split('"').next()?.parse().ok();
    let word = |word: &str| word.split('>').nth(1).and_then(|rest| rest.split('<').next()).map(str::to_owned);
    let line = |line: &str| {
        let text = line.split("<word ").skip(1).filter_map(word).collect();
        Some(Seen { text, right: right(line)? })
    };
    Some(xml.split("<line ").skip(1).filter_map(line).collect())
}

#[test]
fn equal_documents_give_equal_bytes_beside_others() {
    let sample = sample::everything();
    let first = rendered(&sample);
    rendered(&sample::hard());
    let beside: Vec<Rendered> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..4)
            .map(|at| {
                let sample = &sample;
                scope.spawn(move || {
                    if at % 2 == 0 {
                        rendered(&sample::hard());
                    }
                    rendered(sample)
                })
            })
            .collect();
        threads.into_iter().map(|thread| thread.join().expect("a PDF")).collect()
    });
    assert!(beside.iter().all(|other| *other == first));
}

#[test]
fn the_catalog_says_what_readers_need() {
    let pdf = Pdf::load_mem(&rendered(&sample::everything()).bytes).expect("a PDF");
    let catalog = pdf.catalog().expect("catalog");
    for key in
        ["StructTreeRoot", "MarkInfo", "Lang", "ViewerPreferences", "Metadata", "OutputIntents", "Outlines"]
    {
        assert!(catalog.has(key.as_bytes()), "{key}");
    }
    assert_eq!(pdf.version, "1.7");
    let title = |id: lopdf::ObjectId| {
        let text = pdf.get_dictionary(id).and_then(|item| item.get(b"Title")).and_then(Object::as_str);
        let units: Vec<u16> = text
            .expect("title")
            .chunks(2)
            .skip(1)
            .map(|pair| u16::from_be_bytes([pair[0], pair[1]]))
            .collect();
        String::from_utf16_lossy(&units)
    };
    let reference = |id: lopdf::ObjectId, key: &str| {
        pdf.get_dictionary(id).and_then(|item| item.get(key.as_bytes())).and_then(Object::as_reference).ok()
    };
    let outlines = catalog.get(b"Outlines").and_then(Object::as_reference).expect("outline");
    let mut next = reference(outlines, "First");
    let mut titles = Vec::new();
    while let Some(id) = next {
        titles.push(title(id));
        if titles.len() == 2 {
            let part = reference(id, "First").expect("a part below the chapter");
            assert_eq!(title(part), "〈まちづくり、市民サービスに関すること〉");
        }
        next = reference(id, "Next");
    }
    let expected = [
        "先月からの変化",
        "1　めざす姿",
        "3　現状と課題",
        "4　めざす姿に向けた指標",
        "5　取組項目の状況",
        "6　めずらしい文字",
    ];
    assert_eq!(titles, expected);
}

#[test]
fn text_comes_back_as_it_was() {
    let rendered = of_text(RARE);
    let missing: Vec<&str> = rendered.missing.iter().map(|missing| missing.text.as_str()).collect();
    assert_eq!(missing, ["𠮷", "\u{e000}"]);
    assert!(rendered.missing[0].context.starts_with("ｶﾞｷﾞ"));
    let Some(found) = text(&rendered.bytes) else { return };
    assert!(found.contains(RARE), "{found}");
}

#[test]
fn text_is_stated_where_a_glyph_does_not_tell_it() {
    let pdf = Pdf::load_mem(&of_text(RARE).bytes).expect("a PDF");
    let page = pdf.get_pages().into_values().next().expect("a page");
    let content = pdf.get_page_content(page);
    let stated = String::from_utf8_lossy(&content).matches("/ActualText").count();
    // か゚, the two characters with variation selectors, the two that the fonts lack, and of the marks at the end those that
    // close up: 」（, ）『 and 』、。.
    assert_eq!(stated, 8);
}

#[test]
fn marks_that_close_up_stay_in_their_line() {
    let said = "達成（あ）、期限「い」（う）。『え』：「お（か）」です。";
    let Some((_, found)) = tool("pdftotext", &["-raw"], &of_text(said).bytes, &["-"]) else { return };
    assert!(found.contains(said), "{found}");
}

#[test]
fn control_characters_and_odd_spaces_are_harmless() {
    let rendered = of_text("一\t二\u{0}三\u{7}\r\n四\u{a0}五\u{2003}六\u{200b}七\u{feff}八\u{ad}九");
    assert_eq!((rendered.missing, rendered.overflow), (Vec::new(), Vec::new()));
}

#[test]
fn fonts_are_embedded_subsets() {
    let rendered = rendered(&sample::everything());
    let Some(list) = fonts(&rendered.bytes) else { return };
    let fonts: Vec<&str> = list.lines().skip(2).collect();
    assert_eq!(fonts.len(), 2, "{list}");
    for font in fonts {
        let fields: Vec<&str> = font.split_whitespace().collect();
        assert!(fields[0].get(6..).is_some_and(|name| name.starts_with("+BIZUDGothic-")), "{list}");
        assert_eq!(fields[3..7], ["Identity-H", "yes", "yes", "yes"], "{list}");
    }
}

#[test]
fn checkers_are_content() {
    let documents = [sample::everything(), sample::hard(), sample::document(Vec::new())];
    let files = documents.iter().map(rendered).chain([of_text(RARE)]);
    files.for_each(|rendered| check(&rendered.bytes));
}

/// Asks every checker that is installed.
pub(super) fn check(bytes: &[u8]) {
    if let Some((good, text)) = tool("qpdf", &["--check"], bytes, &[]) {
        assert!(good && !text.contains("WARNING"), "{text}");
    }
    if let Some(script) = shared("tools/kinsoku.py")
        && let Some((good, text)) = tool("python3", &[&script], bytes, &[])
    {
        assert!(good, "{text}");
    }
    // veraPDF installs itself; only where that has been done may a test call it.
    let installed = std::env::var_os("VERAPDF_HOME").is_some();
    if !installed {
        eprintln!("skipped: VERAPDF_HOME is not set");
    } else if let Some(verapdf) = shared("tools/verapdf/verapdf")
        && let Some((good, text)) = tool(&verapdf, &["2a,ua1"], bytes, &[])
    {
        assert!(good, "{text}");
    }
}

#[test]
fn a_row_with_too_many_cells_loses_none() {
    let mut table = sample::initiatives(3);
    table.rows[1].cells.push(crate::model::report::Cell::text("余りのセル"));
    let rendered = rendered(&sample::document(vec![Block::Table(table)]));
    assert_eq!(rendered.overflow, ["表「取組項目の状況」の2行目: 列は5、セルは6です"]);
    let Some(found) = text(&rendered.bytes) else { return };
    assert!(found.contains("余りのセル"));
}

#[test]
fn a_further_font_changes_nothing_where_it_is_not_needed() {
    let document = sample::everything();
    let fonts = super::fonts().with_fallback(super::font("BIZUDGothic-Regular.ttf")).expect("fonts");
    let with =
        crate::pdf::render(&document, &super::theme(), &fonts, &crate::pdf::Anchors::new()).expect("a PDF");
    assert_eq!(with, rendered(&document));
}

#[test]
fn a_page_header_that_covers_the_text_is_reported() {
    let mut document = sample::everything();
    document.running_title = document.running_title.repeat(8);
    assert_eq!(
        rendered(&document).overflow,
        ["ページ上部の見出し文字が長すぎて、入りきらない行を省きました"]
    );
}

#[test]
fn a_page_of_a_table_is_small() {
    let size = |rows| {
        let rendered = rendered(&sample::document(vec![Block::Table(sample::initiatives(rows))]));
        (rendered.bytes.len(), rendered.pages)
    };
    // What differs between 300 rows and 600 is pages alone: the fonts are the same.
    let ((small, few), (large, many)) = (size(300), size(600));
    let each = (large - small) / (many - few);
    assert!(each < 4_000, "{each} bytes a page");
}

#[test]
fn marked_contents_and_text_objects_are_nested() {
    for document in [sample::everything(), super::drawn::everything()] {
        let pdf = Pdf::load_mem(&rendered(&document).bytes).expect("a PDF");
        for page in pdf.get_pages().into_values() {
            let content = lopdf::content::Content::decode(&pdf.get_page_content(page)).expect("content");
            let mut open = Vec::new();
            for operation in &content.operations {
                let opened = match operation.operator.as_str() {
                    "BT" => Some("ET"),
                    "BDC" | "BMC" => Some("EMC"),
                    _ => None,
                };
                open.extend(opened);
                if ["ET", "EMC"].contains(&operation.operator.as_str()) {
                    assert_eq!(open.pop(), Some(operation.operator.as_str()));
                }
                let drawn = ["re", "m", "l", "f", "S", "B"].contains(&operation.operator.as_str());
                assert!(!drawn || !open.contains(&"ET"), "a line within text");
            }
            assert!(open.is_empty());
        }
    }
}
