//! Workbooks put together by hand, byte by byte where no program would write them.

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A package of parts, packed.
pub fn package(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).expect("a part");
        zip.write_all(content).expect("written");
    }
    zip.finish().expect("a package").into_inner()
}

/// An xlsx with one sheet; `more` are parts beside it, which [`LINKS`] leads to.
pub fn xlsx(sheet: &str, more: &[(&str, &str)]) -> Vec<u8> {
    let book = r#"<workbook><sheets><sheet name="表" r:id="a"/></sheets></workbook>"#;
    let mut parts = vec![("xl/workbook.xml", book), ("xl/s.xml", sheet)];
    parts.extend_from_slice(more);
    if !more.iter().any(|(name, _)| name.ends_with("workbook.xml.rels")) {
        parts.push(("xl/_rels/workbook.xml.rels", LINKS));
    }
    let parts: Vec<(&str, &[u8])> = parts.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
    package(&parts)
}

/// From the workbook part to the parts that [`xlsx`] knows.
pub const LINKS: &str = r#"<Relationships><Relationship Id="a" Type="x/worksheet" Target="s.xml"/>
    <Relationship Id="b" Type="x/sharedStrings" Target="strings.xml"/>
    <Relationship Id="c" Type="x/styles" Target="styles.xml"/>
    <Relationship Id="d" Type="x/theme" Target="theme.xml"/></Relationships>"#;

/// From the sheet to its comments.
pub const SHEET_LINKS: (&str, &str) = (
    "xl/_rels/s.xml.rels",
    r#"<Relationships><Relationship Id="a" Type="x/comments" Target="comments.xml"/></Relationships>"#,
);

/// A worksheet with these rows.
pub fn worksheet(rows: &str) -> String {
    format!("<worksheet><sheetData>{rows}</sheetData></worksheet>")
}

/// An xlsx with this many sheets, each of one cell.
pub fn xlsx_of_sheets(count: u64) -> Vec<u8> {
    let (mut book, mut links, mut parts) = (String::new(), String::new(), Vec::new());
    for index in 0..count {
        book += &format!(r#"<sheet name="表{index}" r:id="r{index}"/>"#);
        links += &format!(r#"<Relationship Id="r{index}" Type="x/worksheet" Target="s{index}.xml"/>"#);
        parts.push((format!("xl/s{index}.xml"), worksheet("<row><c><v>1</v></c></row>")));
    }
    parts.push(("xl/workbook.xml".to_owned(), format!("<workbook><sheets>{book}</sheets></workbook>")));
    parts.push(("xl/_rels/workbook.xml.rels".to_owned(), format!("<Relationships>{links}</Relationships>")));
    let parts: Vec<(&str, &[u8])> =
        parts.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
    package(&parts)
}

/// An ods whose spreadsheet holds these tables; `styles` stand in front of them.
pub fn ods(styles: &str, tables: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content><office:automatic-styles>{styles}</office:automatic-styles><office:body>\
         <office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    );
    package(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", content.as_bytes()),
    ])
}

/// A table of an ods with these rows.
pub fn table(name: &str, rows: &str) -> String {
    format!(r#"<table:table table:name="{name}">{rows}</table:table>"#)
}

/// A row of an ods, `times` times, of a number `cells` times.
pub fn ods_row(times: u64, cells: u64) -> String {
    format!(
        r#"<table:table-row table:number-rows-repeated="{times}"><table:table-cell office:value-type="float"
        office:value="1" table:number-columns-repeated="{cells}"><text:p>1</text:p></table:table-cell></table:table-row>"#
    )
}

/// A record of an xls.
pub fn biff(kind: u16, data: &[u8]) -> Vec<u8> {
    let length = u16::try_from(data.len()).expect("short");
    [&kind.to_le_bytes(), &length.to_le_bytes(), data].concat()
}

/// The start of a stream or sheet of an xls: 5 for the globals, 16 for a sheet.
pub fn bof(kind: u8) -> Vec<u8> {
    biff(0x0809, &[0, 6, kind, 0, 0, 0, 0, 0, 0, 0, 0, 0, 6, 0, 0, 0])
}

/// A number in a cell of an xls.
pub fn biff_number(row: u16, col: u16) -> Vec<u8> {
    let mut data = [row.to_le_bytes(), col.to_le_bytes(), [0, 0]].concat();
    data.extend_from_slice(&1_f64.to_le_bytes());
    biff(0x0203, &data)
}

/// An xls of these records in the globals, and these in each sheet.
pub fn xls(globals: &[u8], sheets: &[Vec<u8>]) -> Vec<u8> {
    let entry = |index: usize, at: u32| {
        let name = format!("S{index}");
        let mut data = at.to_le_bytes().to_vec();
        data.extend_from_slice(&[0, 0, u8::try_from(name.len()).expect("short"), 0]);
        data.extend_from_slice(name.as_bytes());
        biff(0x0085, &data)
    };
    let end = biff(0x000A, &[]);
    let entries: usize = (0..sheets.len()).map(|index| entry(index, 0).len()).sum();
    let mut at = bof(5).len() + globals.len() + entries + end.len();
    let mut stream = [bof(5), globals.to_vec()].concat();
    let mut bodies = Vec::new();
    for (index, sheet) in sheets.iter().enumerate() {
        stream.extend(entry(index, u32::try_from(at).expect("small")));
        let body = [bof(16), sheet.clone(), end.clone()].concat();
        at += body.len();
        bodies.extend(body);
    }
    stream.extend(end);
    stream.extend(bodies);
    compound(&stream)
}

/// A compound file with a workbook's stream.
pub fn compound(stream: &[u8]) -> Vec<u8> {
    let mut file =
        cfb::CompoundFile::create_with_version(cfb::Version::V3, Cursor::new(Vec::new())).expect("a file");
    file.create_stream("/Workbook").expect("a stream").write_all(stream).expect("written");
    file.flush().expect("written");
    file.into_inner().into_inner()
}

/// A record of an xlsb.
pub fn record(kind: u16, data: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for mut number in [usize::from(kind), data.len()] {
        while number > 0x7F {
            bytes.push(u8::try_from(number & 0x7F).expect("small") | 0x80);
            number >>= 7;
        }
        bytes.push(u8::try_from(number).expect("small"));
    }
    bytes.extend_from_slice(data);
    bytes
}

/// A text in an xlsb.
pub fn wide(text: &str) -> Vec<u8> {
    let units: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let count = u32::try_from(units.len() / 2).expect("short");
    [count.to_le_bytes().to_vec(), units].concat()
}

/// An xlsb whose one sheet holds these records; the cells' ones stand between `cells`.
pub fn xlsb(cells: &[u8], behind: &[u8], strings: Option<&[u8]>) -> Vec<u8> {
    let sheet = [vec![0; 8], wide("a"), wide("S")].concat();
    let book = [record(153, &[0; 12]), record(143, &[]), record(156, &sheet), record(144, &[])].concat();
    let area = [0_u32, 100, 0, 100].map(u32::to_le_bytes).concat();
    let start = [record(129, &[]), record(148, &area), record(145, &[])].concat();
    let part = [start, cells.to_vec(), record(146, &[]), behind.to_vec(), record(130, &[])].concat();
    let links = LINKS.replace("s.xml", "s.bin").replace("strings.xml", "strings.bin");
    let mut parts = vec![
        ("xl/workbook.bin", book.as_slice()),
        ("xl/_rels/workbook.bin.rels", links.as_bytes()),
        ("xl/s.bin", part.as_slice()),
    ];
    parts.extend(strings.map(|strings| ("xl/strings.bin", strings)));
    package(&parts)
}

/// A row of an xlsb, and a number in one of its cells.
pub fn xlsb_row(row: u32) -> Vec<u8> {
    record(0, &[&row.to_le_bytes()[..], &[0; 13]].concat())
}

/// See [`xlsb_row`].
pub fn xlsb_number(col: u32) -> Vec<u8> {
    record(5, &[&col.to_le_bytes()[..], &[0; 4], &1_f64.to_le_bytes()].concat())
}
