//! Each limit, by a file that is just within and by one just beyond.

use super::make::*;
use super::{ReadError, with};
use crate::model::limits::{Exceeded, Limit, Limits};

/// Asserts that a workbook of size 12 is read under a limit of 12, and one of size 13 is refused for that.
fn just(what: &str, limit: Limit, make: impl Fn(u64) -> Vec<u8>) {
    let mut limits = Limits::default();
    limits.set(limit, 12);
    let within = with(&make(12), &limits);
    assert!(within.is_ok(), "{what}, within: {:?}", within.err());
    let beyond = Exceeded { limit, allowed: 12, found: Some(13) };
    assert_eq!(with(&make(13), &limits).err(), Some(ReadError::OverLimit(beyond)), "{what}, beyond");
}

/// What `one` makes of each number from 0.
fn times<T: FromIterator<u8>>(count: u64, one: impl Fn(u16) -> Vec<u8>) -> T {
    (0..count).flat_map(|index| one(u16::try_from(index).expect("small"))).collect()
}

fn lines(count: u64, one: impl Fn(u64) -> String) -> String {
    (0..count).map(one).collect()
}

#[test]
fn sheets() {
    just("xlsx", Limit::Sheets, xlsx_of_sheets);
    just("ods", Limit::Sheets, |n| ods("", &lines(n, |index| table(&format!("S{index}"), &ods_row(1, 1)))));
    just("xls", Limit::Sheets, |n| xls(&[], &vec![biff_number(0, 0); usize::try_from(n).expect("small")]));
}

#[test]
fn cells() {
    let one = "<c><v>1</v></c>";
    just("xlsx", Limit::Cells, |n| {
        xlsx(&worksheet(&format!("<row>{}</row>", lines(n, |_| one.to_owned()))), &[])
    });
    just("xlsx, empty ones between", Limit::Cells, |n| {
        xlsx(&worksheet(&format!("<row>{}</row>", lines(n, |_| format!("<c s=\"0\"/>{one}")))), &[])
    });
    just("ods", Limit::Cells, |n| ods("", &table("S", &ods_row(1, n))));
    just("ods, rows", Limit::Cells, |n| ods("", &table("S", &ods_row(n, 1))));
    just("xls", Limit::Cells, |n| xls(&[], &[times(n, |row| biff_number(row, 0))]));
    just("xlsb", Limit::Cells, |n| {
        let cells: Vec<u8> = times(n, |col| xlsb_number(u32::from(col)));
        xlsb(&[xlsb_row(0), cells].concat(), &[], None)
    });
    just("comments", Limit::Cells, |n| {
        let list = lines(n, |row| format!("<comment ref=\"A{}\"><text><t>注</t></text></comment>", row + 1));
        let comments = format!("<comments><commentList>{list}</commentList></comments>");
        xlsx(&worksheet(""), &[SHEET_LINKS, ("xl/comments.xml", &comments)])
    });
}

#[test]
fn area() {
    just("ods", Limit::Area, |n| {
        let empty = format!(
            r#"<table:table-row table:number-rows-repeated="{}"><table:table-cell/></table:table-row>"#,
            n - 2
        );
        ods("", &table("S", &format!("{}{empty}{}", ods_row(1, 1), ods_row(1, 1))))
    });
    just("xls", Limit::Area, |n| {
        let last = u16::try_from(n - 1).expect("small");
        xls(&[], &[[biff_number(0, 0), biff_number(0, last)].concat()])
    });
}

#[test]
fn merges() {
    just("xlsx", Limit::Merges, |n| {
        let list = lines(n, |row| format!("<mergeCell ref=\"A{0}:B{0}\"/>", row + 1));
        let sheet = format!("<worksheet><sheetData/><mergeCells>{list}</mergeCells></worksheet>");
        xlsx(&sheet, &[])
    });
    just("ods", Limit::Merges, |n| {
        let row =
            r#"<table:table-row><table:table-cell table:number-columns-spanned="2"/></table:table-row>"#;
        ods("", &table("S", &lines(n, |_| row.to_owned())))
    });
    just("xls", Limit::Merges, |n| {
        let areas: Vec<u8> = times(n, |row| [row, row, 0, 1].map(u16::to_le_bytes).concat());
        let count = u16::try_from(n).expect("small").to_le_bytes();
        xls(&[], &[biff(0x00E5, &[&count[..], &areas].concat())])
    });
    just("xlsb", Limit::Merges, |n| {
        let one =
            |row: u16| record(176, &[u32::from(row), u32::from(row), 0, 1].map(u32::to_le_bytes).concat());
        xlsb(&[], &times::<Vec<u8>>(n, one), None)
    });
}

#[test]
fn styles() {
    for (list, entry) in [("fonts", "<font/>"), ("fills", "<fill/>"), ("cellXfs", "<xf/>")] {
        just(list, Limit::Styles, |n| {
            let styles =
                format!("<styleSheet><{list}>{}</{list}></styleSheet>", lines(n, |_| entry.to_owned()));
            xlsx(&worksheet(""), &[("xl/styles.xml", &styles)])
        });
    }
    just("number formats", Limit::Styles, |n| {
        let list = lines(n, |id| format!("<numFmt numFmtId=\"{}\" formatCode=\"0\"/>", 200 + id));
        xlsx(
            &worksheet(""),
            &[("xl/styles.xml", &format!("<styleSheet><numFmts>{list}</numFmts></styleSheet>"))],
        )
    });
    just("xls", Limit::Styles, |n| {
        xls(&times::<Vec<u8>>(n, |_| biff(0x00E0, &[0; 20])), &[biff_number(0, 0)])
    });
    just("ods", Limit::Styles, |n| {
        let styles =
            lines(n, |index| format!(r#"<style:style style:name="ce{index}" style:family="table-cell"/>"#));
        ods(&styles, &table("S", &ods_row(1, 1)))
    });
}

/// Makes a workbook around a text.
type Around = Box<dyn Fn(&str) -> Vec<u8>>;

/// Each place where a text may stand, with a text in it.
#[allow(clippy::too_many_lines, reason = "a table of workbooks")]
fn texts() -> Vec<(&'static str, Around)> {
    let cell = |content: &str| worksheet(&format!("<row><c t=\"inlineStr\">{content}</c></row>"));
    let shared = worksheet("<row><c t=\"s\"><v>0</v></c></row>");
    vec![
        ("inline", Box::new(move |text| xlsx(&cell(&format!("<is><t>{text}</t></is>")), &[]))),
        (
            "shared",
            Box::new(move |text| {
                xlsx(&shared, &[("xl/strings.xml", &format!("<sst><si><t>{text}</t></si></sst>"))])
            }),
        ),
        (
            "result",
            Box::new(|text| {
                xlsx(&worksheet(&format!("<row><c t=\"str\"><f>A9</f><v>{text}</v></c></row>")), &[])
            }),
        ),
        (
            "comment",
            Box::new(|text| {
                let list = format!("<comment ref=\"A1\"><text><t>{text}</t></text></comment>");
                let comments = format!("<comments><commentList>{list}</commentList></comments>");
                xlsx(&worksheet(""), &[SHEET_LINKS, ("xl/comments.xml", &comments)])
            }),
        ),
        (
            "ods",
            Box::new(|text| {
                let cell = format!(
                    r#"<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>"#
                );
                ods("", &table("S", &format!("<table:table-row>{cell}</table:table-row>")))
            }),
        ),
        (
            "xls",
            Box::new(|text| {
                let units: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
                let count = u16::try_from(units.len() / 2).expect("short").to_le_bytes();
                let mut strings = [1_u32.to_le_bytes(), 1_u32.to_le_bytes()].concat();
                strings.extend([&count[..], &[1], &units].concat());
                xls(&biff(0x00FC, &strings), &[biff(0x00FD, &[0; 10])])
            }),
        ),
        (
            "xlsb",
            Box::new(|text| {
                let one = record(19, &[vec![0], wide(text)].concat());
                let strings = [record(159, &[1, 0, 0, 0, 1, 0, 0, 0]), one].concat();
                let cell = record(7, &[0; 12]);
                xlsb(&[xlsb_row(0), cell].concat(), &[], Some(&strings))
            }),
        ),
    ]
}

#[test]
fn a_text() {
    for (what, make) in texts() {
        let mut limits = Limits { text: 20, ..Limits::default() };
        let twenty = "二".repeat(20);
        let read = with(&make(&twenty), &limits);
        assert!(read.is_ok(), "{what}: {:?}", read.err());
        limits.text = 18;
        let error = with(&make(&twenty), &limits).err();
        let beyond = Exceeded { limit: Limit::Text, allowed: 18, found: Some(20) };
        assert_eq!(error, Some(beyond.into()), "{what}");
    }
}

#[test]
fn all_texts() {
    for (what, make) in texts() {
        let mut limits = Limits { texts: 24, ..Limits::default() };
        let read = with(&make(&"二".repeat(20)), &limits);
        assert!(read.is_ok(), "{what}: {:?}", read.err());
        limits.texts = 19;
        let error = with(&make(&"二".repeat(20)), &limits).err();
        assert!(
            matches!(error, Some(ReadError::OverLimit(Exceeded { limit: Limit::Texts, allowed: 19, .. }))),
            "{what}: {error:?}"
        );
    }
    // One string that many cells show is a text for each.
    let sheet = worksheet(&format!("<row>{}</row>", "<c t=\"s\"><v>0</v></c>".repeat(10)));
    let strings = format!("<sst><si><t>{}</t></si></sst>", "字".repeat(100));
    let bytes = xlsx(&sheet, &[("xl/strings.xml", &strings)]);
    assert!(with(&bytes, &Limits { texts: 1_000, ..Limits::default() }).is_ok());
    let beyond = Exceeded { limit: Limit::Texts, allowed: 999, found: Some(1_000) };
    assert_eq!(with(&bytes, &Limits { texts: 999, ..Limits::default() }).err(), Some(beyond.into()));
}

#[test]
fn depth() {
    just("xlsx", Limit::Depth, |n| {
        let count = usize::try_from(n - 1).expect("small");
        xlsx(
            &format!("<worksheet><sheetData/>{}{}</worksheet>", "<x>".repeat(count), "</x>".repeat(count)),
            &[],
        )
    });
}

#[test]
fn the_file_and_what_it_unpacks_to() {
    let sheet = worksheet(&"<row><c><v>1</v></c></row>".repeat(1_000));
    let bytes = xlsx(&sheet, &[]);
    let size = bytes.len() as u64;
    assert!(with(&bytes, &Limits { file: size, ..Limits::default() }).is_ok());
    let beyond = Exceeded { limit: Limit::File, allowed: size - 1, found: Some(size) };
    assert_eq!(with(&bytes, &Limits { file: size - 1, ..Limits::default() }).err(), Some(beyond.into()));

    let book = r#"<workbook><sheets><sheet name="表" r:id="a"/></sheets></workbook>"#;
    let unpacked = (sheet.len() + LINKS.len() + book.len()) as u64;
    assert!(unpacked > 5 * size, "it is well packed");
    assert!(with(&bytes, &Limits { unpacked, ..Limits::default() }).is_ok());
    let beyond = Exceeded { limit: Limit::Unpacked, allowed: unpacked - 1, found: Some(unpacked) };
    assert_eq!(
        with(&bytes, &Limits { unpacked: unpacked - 1, ..Limits::default() }).err(),
        Some(beyond.into())
    );
}

#[test]
fn the_ratio_counts_beyond_a_floor() {
    let blank = format!("<!--{}-->", " ".repeat(1 << 20));
    let of = |megabytes: usize| {
        xlsx(&format!("<worksheet><sheetData/>{}</worksheet>", blank.repeat(megabytes)), &[])
    };
    let strict = Limits { ratio: 20, ..Limits::default() };
    let small = with(&of(31), &strict);
    assert!(small.is_ok(), "below the floor anything is well: {:?}", small.err());
    let error = with(&of(33), &strict).err();
    assert!(
        matches!(
            error,
            Some(ReadError::OverLimit(Exceeded { limit: Limit::Ratio, allowed: 20, found: Some(21..) }))
        ),
        "{error:?}"
    );
    assert!(with(&of(33), &Limits { ratio: 2_000, ..Limits::default() }).is_ok());
}
