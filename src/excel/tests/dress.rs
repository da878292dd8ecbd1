//! Each body cell wears its own look, whatever its neighbours wear.

use super::fixture::{number, originals, place, table};
use super::*;
use crate::model::book::{Book, BookSheet};
use crate::model::report::{Cell, HeadCell};

/// A sheet's cells by their addresses, each with the number of its style.
fn styles(sheet: &str) -> BTreeMap<String, usize> {
    let cells = sheet.split("<c r=\"").skip(1).filter_map(|cell| {
        let (at, rest) = cell.split_once('"')?;
        let (style, _) = rest.strip_prefix(" s=\"")?.split_once('"')?;
        Some((at.to_owned(), style.parse().ok()?))
    });
    cells.collect()
}

/// The `cellXfs` of a workbook.
fn looks(bytes: &[u8]) -> Vec<String> {
    let styles = part(bytes, "xl/styles.xml");
    let (_, looks) = styles.split_once("<cellXfs").expect("looks");
    let (looks, _) = looks.split_once("</cellXfs>").expect("their end");
    looks.split("<xf ").skip(1).map(str::to_owned).collect()
}

#[test]
fn cells_that_look_alike_share_a_style_and_others_do_not() {
    let place = || Some(Box::new(place("総合政策部/企画財政課.xlsx", "指標", "C7")));
    let linked = |text| Cell { link: place(), ..Cell::text(text) };
    let column = [
        Cell::text("一"),
        Cell::text("二"),
        number("1.5", "1.5", 1, false),
        number("2.5", "2.5", 1, false),
        Cell::text("=1+1"),
        Cell::text(""),
        linked("原本"),
        Cell { rows: 2, ..Cell::text("二行") },
    ];
    let mut rows: Vec<Vec<Cell>> = column.into_iter().map(|cell| vec![Cell::text("行"), cell]).collect();
    rows.extend([
        vec![Cell::text("行")],
        vec![Cell::text("短い行")],
        vec![Cell::text("行"), Cell::text("三")],
        vec![Cell::text("行"), linked("")],
    ]);
    let head = vec![["左", "右"].map(|text| HeadCell::one(text, 1)).to_vec()];
    let sheet = BookSheet::list("表", table(&[4, 6], head, rows));
    let book = Book { sheets: vec![sheet], ..super::book() };
    let bytes = write(book, &originals()).expect("written");

    // Title, gap and header stand above: the body begins in row 4.
    let styles = styles(&part(&bytes, "xl/worksheets/sheet1.xml"));
    let at = |row: u32| styles.get(&format!("B{}", row + 4)).copied();
    let plain = at(0).expect("a style");
    assert_eq!([at(1), at(5), at(10)], [Some(plain); 3], "{styles:?}");
    assert_eq!(at(2), at(3));
    assert_eq!(at(9), None, "a row without the cell has none");
    let different: std::collections::BTreeSet<_> = [0, 2, 4, 6, 7, 8].map(at).into();
    assert_eq!(different.len(), 6, "{styles:?}");
    let said = cell(&mut open(&bytes), "表", 14, 1);
    assert_eq!(said, Data::Empty, "no address stands in a cell that says nothing");
    assert!((0..12).all(|row| styles[&format!("A{}", row + 4)] == plain), "{styles:?}");

    let looks = looks(&bytes);
    let look = |row: u32| &looks[at(row).expect("a style")];
    assert!(look(4).contains("quotePrefix=\"1\""), "{}", look(4));
    assert!(look(0).contains("wrapText=\"1\"") && !look(2).contains("wrapText"), "{looks:?}");
    assert!(
        look(2).contains("applyNumberFormat=\"1\"") && look(2).contains("horizontal=\"right\""),
        "{looks:?}"
    );
}
