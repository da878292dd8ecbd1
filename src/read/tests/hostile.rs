//! Workbooks made to break a reader: each is refused with a reason or read right, soon, on a small stack.

use std::sync::mpsc;
use std::time::Duration;

use super::make::*;
use super::{ReadError, at, shared, with};
use crate::finding::Code;
use crate::model::limits::{Limit, Limits};
use crate::model::sheet::Workbook;

/// Far less than a thread has; recursion over a hostile file would not fit.
const STACK: usize = 256 << 10;
/// Much longer than any of these takes, on a busy machine and without optimisation.
const PATIENCE: Duration = Duration::from_mins(1);

/// Reads on a small stack.
pub fn quick(what: &str, bytes: Vec<u8>) -> Result<Workbook, ReadError> {
    let (sender, receiver) = mpsc::channel();
    let run = move || sender.send(with(&bytes, &Limits::default()));
    std::thread::Builder::new().stack_size(STACK).spawn(run).expect("a thread");
    receiver.recv_timeout(PATIENCE).unwrap_or_else(|error| panic!("{what}: {error}"))
}

/// Asserts that a file is beyond a limit.
pub fn beyond(what: &str, limit: Limit, bytes: Vec<u8>) {
    let error = quick(what, bytes).err();
    let found = if let Some(ReadError::OverLimit(exceeded)) = &error { Some(exceeded.limit) } else { None };
    assert_eq!(found, Some(limit), "{what}: {error:?}");
}

/// Asserts that a file is refused as damaged, without a panic in any parser.
pub fn broken(what: &str, bytes: Vec<u8>) {
    let error = quick(what, bytes).expect_err(what);
    assert_eq!(error.code(), Code::WorkbookBroken, "{what}: {error:?}");
    assert!(!error.detail().contains("panicked"), "{what}: {error:?}");
}

pub fn value(book: &Workbook, address: &str) -> String {
    book.sheets
        .first()
        .and_then(|sheet| sheet.grid.get(at(address)))
        .map_or(String::new(), |cell| cell.text.to_string())
}

const ONE: &str = "<row><c r=\"A1\"><v>1</v></c></row>";

#[test]
fn zip_bombs() {
    let blank = format!("<!--{}-->", " ".repeat(4 << 20));
    let bomb = format!("<worksheet><sheetData/>{}</worksheet>", blank.repeat(12));
    beyond("one part", Limit::Ratio, xlsx(&bomb, &[]));

    let (mut book, mut links, mut parts) = (String::new(), String::new(), Vec::new());
    let sheet = format!("<worksheet><sheetData/>{blank}</worksheet>");
    for index in 0..20 {
        book += &format!(r#"<sheet name="表{index}" r:id="r{index}"/>"#);
        links += &format!(r#"<Relationship Id="r{index}" Type="x/worksheet" Target="s{index}.xml"/>"#);
        parts.push(format!("xl/s{index}.xml"));
    }
    let book = format!("<workbook><sheets>{book}</sheets></workbook>");
    let links = format!("<Relationships>{links}</Relationships>");
    let mut all: Vec<(&str, &[u8])> =
        vec![("xl/workbook.xml", book.as_bytes()), ("xl/_rels/workbook.xml.rels", links.as_bytes())];
    all.extend(parts.iter().map(|part| (part.as_str(), sheet.as_bytes())));
    let many = package(&all);
    beyond("many parts", Limit::Ratio, many.clone());
    beyond("parts that lie on each other", Limit::Ratio, overlapping(many));

    let inner = package(&[("a.bin", &vec![0; 1 << 20])]);
    broken("a zip in a sheet's place", package(&[("xl/workbook.xml", &inner)]));
    let error = quick("a zip in a zip", package(&[("inner.zip", &inner)])).expect_err("no workbook");
    assert_eq!(error.code(), Code::NotAWorkbook);
}

/// Lets all sheets behind the first share the first one's bytes.
fn overlapping(mut zip: Vec<u8>) -> Vec<u8> {
    let entries: Vec<usize> =
        zip.windows(4).enumerate().filter(|(_, four)| four == b"PK\x01\x02").map(|(at, _)| at).collect();
    let first = zip[entries[2] + 16..entries[2] + 46].to_vec();
    for entry in &entries[3..] {
        // Check sum, sizes, and where the part starts.
        zip[entry + 16..entry + 28].copy_from_slice(&first[..12]);
        zip[entry + 42..entry + 46].copy_from_slice(&first[26..]);
    }
    zip
}

/// Every XML part that is read, with this text in its place.
fn in_each_part(text: &str) -> Vec<(&'static str, Vec<u8>)> {
    let sheet = worksheet(ONE);
    let part = |name| xlsx(&sheet, &[SHEET_LINKS, (name, text)]);
    vec![
        ("the workbook part", package(&[("xl/workbook.xml", text.as_bytes())])),
        (
            "links",
            package(&[("xl/workbook.xml", b"<workbook/>"), ("xl/_rels/workbook.xml.rels", text.as_bytes())]),
        ),
        ("a sheet", xlsx(text, &[])),
        ("strings", part("xl/strings.xml")),
        ("styles", part("xl/styles.xml")),
        ("theme", part("xl/theme.xml")),
        ("comments", part("xl/comments.xml")),
        ("a sheet's links", xlsx(&sheet, &[("xl/_rels/s.xml.rels", text)])),
        ("content of an ods", package(&[("content.xml", text.as_bytes())])),
        ("styles of an ods", package(&[("content.xml", b"<x/>"), ("styles.xml", text.as_bytes())])),
    ]
}

#[test]
fn entities_are_never_resolved_and_nothing_is_fetched() {
    let secret = tempfile::NamedTempFile::new().expect("a file");
    std::fs::write(secret.path(), "秘密").expect("written");
    let laughs: String = (1..10)
        .map(|level| format!("<!ENTITY l{level} \"{}\">", format!("&l{};", level - 1).repeat(10)))
        .collect();
    let quadratic =
        format!("<!DOCTYPE x [<!ENTITY a \"{}\">]><x>{}</x>", "あ".repeat(50_000), "&a;".repeat(50_000));
    let path = secret.path().display();
    for (kind, text) in [
        ("exponential", format!("<!DOCTYPE x [<!ENTITY l0 \"l\">{laughs}]><x>&l9;</x>")),
        ("quadratic", quadratic),
        ("external", format!("<!DOCTYPE x [<!ENTITY e SYSTEM \"file://{path}\">]><x>&e;</x>")),
        ("a DTD elsewhere", "<!DOCTYPE x SYSTEM \"http://127.0.0.1:9/x.dtd\"><x/>".to_owned()),
        ("parameters", format!("<!DOCTYPE x [<!ENTITY % p SYSTEM \"file://{path}\"> %p;]><x/>")),
        ("undeclared", "<x>&e;</x>".to_owned()),
    ] {
        for (part, bytes) in in_each_part(&text) {
            broken(&format!("{kind} in {part}"), bytes);
        }
        // Properties that cannot be read are no reason to refuse a workbook.
        let book = quick(kind, xlsx(&worksheet(ONE), &[("docProps/core.xml", &text)])).expect(kind);
        assert_eq!((value(&book, "A1").as_str(), book.modified), ("1", None));
    }
}

#[test]
fn a_hundred_thousand_levels() {
    let deep = format!("{}{}", "<x>".repeat(100_000), "</x>".repeat(100_000));
    let open = "<x>".repeat(100_000);
    for text in [&deep, &open] {
        for (part, bytes) in in_each_part(text) {
            beyond(part, Limit::Depth, bytes);
        }
    }
    // Nested where a reader would follow: runs, spans, tables, groups.
    for (start, end) in [("<is><r>", "</r></is>"), ("<c><is>", "</is></c>"), ("<row>", "</row>")] {
        let nested = format!("{}{}", start.repeat(50_000), end.repeat(50_000));
        beyond(start, Limit::Depth, xlsx(&worksheet(&nested), &[]));
    }
    for (start, end) in [
        ("<table:table>", "</table:table>"),
        ("<text:span>", "</text:span>"),
        ("<table:table-row>", "</table:table-row>"),
        ("<draw:g>", "</draw:g>"),
    ] {
        let nested = format!("{}{}", start.repeat(50_000), end.repeat(50_000));
        beyond(start, Limit::Depth, ods("", &table("S", &nested)));
    }
}

#[test]
fn seventeen_billion_cells() {
    let lie =
        format!("<worksheet><dimension ref=\"A1:XFD1048576\"/><sheetData>{ONE}</sheetData></worksheet>");
    assert_eq!(value(&quick("a dimension that lies", xlsx(&lie, &[])).expect("read"), "A1"), "1");
    let corners = "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"1048576\"><c r=\"XFD1048576\"><v>2</v></c></row>";
    let book = quick("both corners", xlsx(&worksheet(corners), &[])).expect("read");
    assert_eq!((value(&book, "A1").as_str(), value(&book, "XFD1048576").as_str()), ("1", "2"));
    for outside in ["XFE1", "A1048577", "ZZZZZZZ1", "A99999999999", "A0", "1A", "A-1"] {
        let sheet = worksheet(&format!("<row><c r=\"{outside}\"><v>1</v></c></row>"));
        broken(outside, xlsx(&sheet, &[]));
    }
    beyond(
        "an xls from corner to corner",
        Limit::Area,
        xls(&[], &[[biff_number(0, 0), biff_number(65_535, 255)].concat()]),
    );

    beyond("all cells of an ods", Limit::Cells, ods("", &table("S", &ods_row(1_048_576, 16_384))));
    beyond("more than all", Limit::Cells, ods("", &table("S", &ods_row(4_294_967_295, 4_294_967_295))));
    let empty =
        r#"<table:table-row table:number-rows-repeated="1048574"><table:table-cell/></table:table-row>"#;
    let right = r#"<table:table-cell table:number-columns-repeated="16383"/>"#;
    let corner = format!(
        "{right}<table:table-cell office:value-type=\"float\" office:value=\"1\"><text:p>1</text:p></table:table-cell>"
    );
    let far = format!("{}{empty}<table:table-row>{corner}</table:table-row>", ods_row(1, 1));
    beyond("both corners of an ods", Limit::Area, ods("", &table("S", &far)));
    // The same attribute twice, told apart by a prefix that means nothing: calamine takes the large one.
    let twice = ods_row(1_000_000, 10_000)
        .replace("table:number-rows", "x:number-rows-repeated=\"1\" table:number-rows")
        .replace("table:number-columns", "x:number-columns-repeated=\"1\" table:number-columns");
    beyond("two prefixes", Limit::Cells, ods("", &table("S", &twice)));
    broken(
        "cells inside a drawing",
        ods("", &table("S", &format!("<table:shapes>{}</table:shapes>", ods_row(1_000_000, 10_000)))),
    );
}

#[test]
fn merges_by_the_million_and_over_each_other() {
    let list: String = (1..=400_000).map(|row| format!("<mergeCell ref=\"A{row}:B{row}\"/>")).collect();
    let sheet = |list: &str| {
        format!("<worksheet><sheetData>{ONE}</sheetData><mergeCells>{list}</mergeCells></worksheet>")
    };
    beyond("too many", Limit::Merges, xlsx(&sheet(&list), &[]));
    let nested: String = (1..=20_000_u32).map(|n| format!("<mergeCell ref=\"A1:XFD{}\"/>", 1 + n)).collect();
    let book = quick("over each other", xlsx(&sheet(&nested), &[])).expect("read");
    assert_eq!(value(&book, "A1"), "1");
    for odd in ["B2:A1", "A1", "A1:A1", "A1:ZZZ9999999", ":", ""] {
        let read = quick(odd, xlsx(&sheet(&format!("<mergeCell ref=\"{odd}\"/>")), &[]));
        assert!(
            read.as_ref().map_or_else(|e| e.code() == Code::WorkbookBroken, |b| value(b, "A1") == "1"),
            "{odd}: {read:?}"
        );
    }
}

#[test]
fn huge_texts() {
    let long = "長".repeat(2_000_000);
    let cut = long
        .chars()
        .collect::<Vec<_>>()
        .chunks(10_000)
        .map(|part| part.iter().collect::<String>())
        .collect::<Vec<_>>();
    let pieces = cut.join("<![CDATA[]]>");
    for text in [&long, &pieces] {
        let strings = format!("<sst><si><t>{text}</t></si></sst>");
        beyond(
            "shared",
            Limit::Text,
            xlsx(&worksheet("<row><c t=\"s\"><v>0</v></c></row>"), &[("xl/strings.xml", &strings)]),
        );
        let inline = format!("<row><c t=\"inlineStr\"><is><t>{text}</t></is></c></row>");
        beyond("inline", Limit::Text, xlsx(&worksheet(&inline), &[]));
        let cell = format!(
            r#"<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>"#
        );
        beyond(
            "ods",
            Limit::Text,
            ods("", &table("S", &format!("<table:table-row>{cell}</table:table-row>"))),
        );
    }
    let strings = format!("<sst><si><t>{}</t></si></sst>", "字".repeat(30_000));
    let many = worksheet(&format!("<row>{}</row>", "<c t=\"s\"><v>0</v></c>".repeat(10_000)));
    beyond("one string in many cells", Limit::Texts, xlsx(&many, &[("xl/strings.xml", &strings)]));
    let repeated = format!(
        r#"<table:table-row table:number-rows-repeated="100000"><table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell></table:table-row>"#,
        "字".repeat(30_000)
    );
    beyond("one text in many rows", Limit::Texts, ods("", &table("S", &repeated)));
    let runs = format!("<sst><si>{}</si></sst>", "<r><rPr><strike/></rPr><t/></r>".repeat(100_000));
    beyond(
        "runs without characters",
        Limit::Text,
        xlsx(&worksheet("<row><c t=\"s\"><v>0</v></c></row>"), &[("xl/strings.xml", &runs)]),
    );
    let shared = xls_of_one_string(&"字".repeat(30_000), 3_000);
    beyond("one string in many cells of an xls", Limit::Texts, shared);
}

/// An xls whose cells all show one string.
fn xls_of_one_string(text: &str, cells: u16) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let mut strings = [1_u32.to_le_bytes(), 1_u32.to_le_bytes()].concat();
    strings.extend(u16::try_from(units.len()).expect("short").to_le_bytes());
    strings.push(1);
    let (first, rest) = units.split_at(4_000);
    strings.extend(first.iter().flat_map(|unit| unit.to_le_bytes()));
    let mut globals = biff(0x00FC, &strings);
    for part in rest.chunks(4_000) {
        let data: Vec<u8> =
            std::iter::once(1).chain(part.iter().flat_map(|unit| unit.to_le_bytes())).collect();
        globals.extend(biff(0x003C, &data));
    }
    let labels =
        (0..cells).flat_map(|row| biff(0x00FD, &[&row.to_le_bytes()[..], &[0; 8]].concat())).collect();
    xls(&globals, &[labels])
}

#[test]
fn styles_and_names_without_end() {
    let part = |text: String| xlsx(&worksheet(ONE), &[("xl/styles.xml", &text)]);
    beyond(
        "styles",
        Limit::Styles,
        part(format!("<styleSheet><cellXfs>{}</cellXfs></styleSheet>", "<xf/>".repeat(1_000_000))),
    );
    let formats: String =
        (0..300_000).map(|id| format!("<numFmt numFmtId=\"{id}\" formatCode=\"0\"/>")).collect();
    beyond(
        "number formats",
        Limit::Styles,
        part(format!("<styleSheet><numFmts>{formats}</numFmts></styleSheet>")),
    );
    beyond("sheets", Limit::Sheets, xlsx_of_sheets(1_001));
    let names: String =
        (0..200_000).map(|n| format!("<definedName name=\"n{n}\">S!$A$1</definedName>")).collect();
    let book = format!(
        r#"<workbook><sheets><sheet name="表" r:id="a"/></sheets><definedNames>{names}</definedNames></workbook>"#
    );
    let many_names = package(&[
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", LINKS.as_bytes()),
        ("xl/s.xml", worksheet(ONE).as_bytes()),
    ]);
    assert_eq!(value(&quick("names", many_names).expect("read"), "A1"), "1");
}

#[test]
fn number_formats_made_to_blow_up() {
    let codes = [
        "[".repeat(1_000),
        ";".repeat(1_000),
        "0".repeat(1_000),
        "#,".repeat(500),
        "?/".repeat(500),
        "%".repeat(1_000),
        "E+".repeat(500),
        "\"".repeat(999),
        "_".repeat(1_000),
        "*".repeat(1_000),
        "\\".repeat(999),
        "0.".repeat(500),
        format!("0.{}", "0".repeat(900)),
        format!("{}0", "[>=99999999999999999999999999999999999999]".repeat(20)),
        "[DBNum1][DBNum3]ggge年".repeat(30),
        "[h]:[m]:[s].000000000000000000000".to_owned(),
        "# ?????????????????????/?????????????????????".to_owned(),
        "0/99999999999999999999".to_owned(),
        "0/0".to_owned(),
        "General".repeat(100),
        "yyyymmddhhmmss".repeat(60),
        "あ".repeat(300),
        "0".repeat(100_000),
    ];
    let values = [
        "1",
        "-1.5",
        "0",
        "1e28",
        "-79228162514264337593543950335",
        "1e-28",
        "2958465.999",
        "1e300",
        "4.9e-324",
    ];
    for code in &codes {
        let styles = format!(
            "<styleSheet><numFmts><numFmt numFmtId=\"200\" formatCode=\"{}\"/></numFmts><cellXfs><xf numFmtId=\"200\"/></cellXfs></styleSheet>",
            quick_xml::escape::escape(code.as_str())
        );
        let row: String = values.iter().map(|value| format!("<c s=\"0\"><v>{value}</v></c>")).collect();
        let what: String = code.chars().take(30).collect();
        let book =
            quick(&what, xlsx(&worksheet(&format!("<row>{row}</row>")), &[("xl/styles.xml", &styles)]));
        let book = book.unwrap_or_else(|error| panic!("{what}: {error:?}"));
        for (_, cell) in book.sheets.iter().flat_map(|sheet| sheet.grid.cells()) {
            assert!(cell.text.len() < 20_000, "{what}: {} bytes", cell.text.len());
        }
    }
}

#[test]
fn formulas_of_any_kind() {
    let deep = format!("{}1{}", "(".repeat(20_000), ")".repeat(20_000));
    for formula in [
        deep.as_str(),
        "cmd|' /C calc'!A0",
        "HYPERLINK(\"http://127.0.0.1/\")",
        "[1]他課!A1",
        "'\\\\127.0.0.1\\share\\[x.xls]S'!A1",
        "WEBSERVICE(\"http://127.0.0.1/\")",
        "EXEC(\"calc\")",
        "((((",
        "",
        "=",
        "\"",
        "A1:",
        "[[[[",
        "あ\u{202E}い",
    ] {
        let escaped = quick_xml::escape::escape(formula);
        let row =
            format!("<row r=\"1\"><c r=\"A1\"><f>{escaped}</f><v>7</v></c><c r=\"B1\"><v>8</v></c></row>");
        let book = quick(formula, xlsx(&worksheet(&row), &[])).expect(formula);
        assert_eq!(
            (value(&book, "A1").as_str(), value(&book, "B1").as_str()),
            ("7", "8"),
            "{formula}: as stored"
        );
    }
    // A shared formula that is written out for each of its cells.
    let first = format!(
        "<c r=\"A1\"><f t=\"shared\" ref=\"A1:A9999\" si=\"0\">{}</f></c>",
        "B1+".repeat(2_000) + "B1"
    );
    let rest: String = (2..9_999)
        .map(|row| format!("<row r=\"{row}\"><c r=\"A{row}\"><f t=\"shared\" si=\"0\"/></c></row>"))
        .collect();
    beyond("written out", Limit::Texts, xlsx(&worksheet(&format!("<row r=\"1\">{first}</row>{rest}")), &[]));
}

/// Small workbooks of every format.
fn samples() -> Vec<(&'static str, Vec<u8>)> {
    let mut all = vec![
        ("written.xlsx", super::written::marked()),
        ("by hand.ods", ods("", &table("S", &ods_row(3, 3)))),
        ("by hand.xls", xls(&[], &[(0..40).flat_map(|row| biff_number(row, 1)).collect()])),
        ("by hand.xlsb", xlsb(&[xlsb_row(0), xlsb_number(0)].concat(), &[], None)),
    ];
    let folder = shared("corpus/hostile");
    for file in [
        "calamine_any_sheets.xls",
        "calamine_any_sheets.xlsb",
        "calamine_any_sheets.ods",
        "sheetjs_merge_cells.xls",
    ] {
        all.extend(folder.as_ref().map(|folder| (file, std::fs::read(folder.join(file)).expect("a file"))));
    }
    all
}

/// Any reason will do; which panics of parsers the guard caught is said.
fn survives(what: &str, bytes: Vec<u8>) {
    if let Err(ReadError::Broken(detail)) = quick(what, bytes)
        && detail.contains("panicked")
    {
        eprintln!("{what}: {detail}");
    }
}

#[test]
fn files_cut_at_every_fiftieth() {
    for (name, bytes) in samples() {
        for part in 0..50 {
            let cut = bytes[..bytes.len() * part / 50].to_vec();
            let result = quick(name, cut.clone());
            // What is cut in the middle of a package has lost its directory.
            assert!(result.is_err() || !cut.starts_with(b"PK"), "{name} {part}/50");
        }
    }
}

#[test]
fn files_with_bytes_flipped() {
    let mut seed = 0x2021_0531_u64;
    let mut random = |below: usize| {
        // Knuth's linear congruential generator.
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(seed >> 33).expect("31 bits") % below
    };
    for (name, bytes) in samples() {
        for round in 0..100 {
            let mut bytes = bytes.clone();
            for _ in 0..=round % 3 {
                let at = random(bytes.len());
                bytes[at] ^= u8::try_from(1 + random(255)).expect("a byte");
            }
            survives(&format!("{name}, round {round}"), bytes);
        }
    }
}
