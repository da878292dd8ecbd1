//! Binary formats made to break a reader: records, chains of sectors and lengths that lie.

use super::ReadError;
use super::hostile::{beyond, broken, quick, value};
use super::make::*;
use crate::finding::Code;
use crate::model::limits::Limit;

#[test]
fn biff_garbage() {
    let good = biff_number(0, 0);
    let stream = |bytes: &[u8]| compound(bytes);
    broken("no records", stream(&[0; 4096]));
    broken("an endless record", stream(&[0x09, 0x08, 0xFF, 0xFF, 0, 6]));
    // The list of strings says there are four billion.
    let lie = biff(0x00FC, &[0xFF; 8]);
    assert_eq!(
        value(
            &quick("strings that are not there", xls(&lie, std::slice::from_ref(&good))).expect("read"),
            "A1"
        ),
        "1"
    );
    // All sheets are one: a thousand times its cells.
    let cells: Vec<u8> = (0..20_000).flat_map(|row| biff_number(row, 0)).collect();
    let end = biff(0x000A, &[]);
    let entry = |index: u32, at: u32| {
        let name = format!("S{index:03}");
        biff(0x0085, &[&at.to_le_bytes()[..], &[0, 0, 4, 0], name.as_bytes()].concat())
    };
    let start = u32::try_from(bof(5).len() + 900 * entry(0, 0).len() + end.len()).expect("small");
    let list: Vec<u8> = (0..900).flat_map(|index| entry(index, start)).collect();
    let same = [bof(5), list, end.clone(), bof(16), cells, end.clone()].concat();
    beyond("one sheet as nine hundred", Limit::Cells, stream(&same));
    for (what, at) in [
        ("a sheet beyond the end", 0xFFFF_FFF0_u32),
        ("a sheet that is the workbook", 0),
        ("a sheet in the middle of a record", 3),
    ] {
        let bytes = stream(&[bof(5), entry(0, at), end.clone()].concat());
        let error = quick(what, bytes).err();
        assert!(error.as_ref().is_none_or(|error| error.code() == Code::WorkbookBroken), "{what}: {error:?}");
    }
    let upside_down = biff(0x0200, &[9, 0, 0, 0, 1, 0, 0, 0, 0, 0, 5, 0, 0, 0]);
    broken("dimensions upside down", xls(&[], &[[upside_down, good].concat()]));
}

#[test]
fn compound_files_that_lead_in_circles() {
    let good = xls(&[], &[(0..2_000).flat_map(|row| biff_number(row, 0)).collect()]);
    assert_eq!(value(&quick("as it was", good.clone()).expect("read"), "A2000"), "1");
    let sector = |number: u32| 512 * (usize::try_from(number).expect("small") + 1);
    let word = |bytes: &[u8], at: usize| u32::from_le_bytes(bytes[at..at + 4].try_into().expect("four"));
    let put = |at: usize, value: u32| {
        let mut bytes = good.clone();
        bytes[at..at + 4].copy_from_slice(&value.to_le_bytes());
        bytes
    };
    let (fat, dir) = (sector(word(&good, 76)), word(&good, 48));
    let entry =
        (0..8).map(|index| sector(dir) + 128 * index).find(|at| good[*at..].starts_with(b"W\0o\0r\0k\0"));
    let entry = entry.expect("the stream's entry");
    let first = word(&good, entry + 116);
    let at_of = |number: u32| fat + 4 * usize::try_from(number).expect("small");
    let size = u32::try_from(good.len()).expect("small");
    for (what, bytes) in [
        ("the directory follows itself", put(at_of(dir), dir)),
        ("the stream follows itself", put(at_of(first), first)),
        ("the stream leads to the directory", put(at_of(first), dir)),
        ("the stream leads beyond the end", put(at_of(first), size)),
        ("the stream starts beyond the end", put(entry + 116, size)),
        ("the stream is longer than the file", put(entry + 120, 0x7FFF_FFFF)),
        ("the stream says it is endless", put(entry + 120, 0xFFFF_FFFF)),
        ("the list of lists starts at the directory", put(68, dir)),
        ("the list of lists is long", put(72, 0xFFFF_FFFF)),
        ("the table of sectors is the directory", put(76, dir)),
        ("the table of sectors lies beyond the end", put(76, size)),
        ("more tables than sectors", put(44, 0xFFFF_FFFF)),
        ("small sectors without end", put(64, 0xFFFF_FFFF)),
        ("the directory's tree leads to itself", put(entry + 68, 1)),
        ("its child is itself", put(sector(dir) + 76, 0)),
        ("sectors of four gigabytes", put(30, 0x0006_0020)),
    ] {
        let error = quick(what, bytes).err();
        let fine = error
            .as_ref()
            .is_none_or(|error| matches!(error, ReadError::Broken(_) | ReadError::NotAWorkbook(_)));
        assert!(fine && !format!("{error:?}").contains("panicked"), "{what}: {error:?}");
    }
}

#[test]
fn xlsb_garbage() {
    let cells = [xlsb_row(0), xlsb_number(0)].concat();
    assert_eq!(value(&quick("as it should be", xlsb(&cells, &[], None)).expect("read"), "A1"), "1");
    let endless = [0x05, 0xFF, 0xFF, 0xFF, 0x7F];
    let lie = [record(7, &[&[0; 8][..], &[0xFF; 4]].concat())].concat();
    for (what, cells) in [
        ("a record without end", [cells.clone(), endless.to_vec()].concat()),
        ("a string that is not there", [xlsb_row(0), lie].concat()),
        ("a row beyond the sheet", [xlsb_row(0xFFFF_FFFF), xlsb_number(0)].concat()),
        ("a column beyond the sheet", [xlsb_row(0), xlsb_number(0xFFFF_FFFF)].concat()),
        ("a short cell", [xlsb_row(0), record(5, &[0; 3])].concat()),
        (
            "a text longer than its record",
            [xlsb_row(0), record(6, &[&[0; 8][..], &[0xFF; 4]].concat())].concat(),
        ),
    ] {
        let error = quick(what, xlsb(&cells, &[], None)).err();
        assert!(error.as_ref().is_none_or(|error| error.code() == Code::WorkbookBroken), "{what}: {error:?}");
    }
    let strings = record(19, &[&[0][..], &0xFFFF_FFFE_u32.to_le_bytes()].concat());
    beyond("a string of four billion", Limit::Texts, xlsb(&cells, &[], Some(&strings)));
}
