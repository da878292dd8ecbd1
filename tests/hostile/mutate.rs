//! Workbooks made worse, the same way each time: the number of a mutation decides all.

use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// Numbers that look like chance (`SplitMix64`).
pub struct Dice(u64);

impl Dice {
    /// From a seed.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below another.
    pub fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % (end.max(1) as u64)).expect("small")
    }
}

/// What takes the place of a number or a name within a part.
const NONSENSE: &[&str] = &[
    "99999999999999999999",
    "-1",
    "4294967296",
    "1e308",
    "NaN",
    "",
    "XFD1048576",
    "A0",
    "A1:XFD1048576",
    "&bomb;",
    "\u{0}",
    "\u{202e}",
    "../../../../etc/passwd",
    "=cmd|'/C calc'!A0",
    "]]>",
    "<!DOCTYPE x [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>",
];

/// A workbook with its mutation of this number.
pub fn mutated(workbook: &[u8], number: usize) -> Vec<u8> {
    let mut dice = Dice::new(number as u64);
    let mut bytes = workbook.to_vec();
    match number % 6 {
        0 => bytes.truncate(dice.below(workbook.len())),
        1 => {
            for _ in 0..=dice.below(8) {
                let at = dice.below(bytes.len());
                bytes[at] ^= 1 << dice.below(8);
            }
        }
        2 => {
            let (at, length) = (dice.below(bytes.len()), dice.below(200));
            let filler = [0x00, 0xff][dice.below(2)];
            bytes.iter_mut().skip(at).take(length).for_each(|byte| *byte = filler);
        }
        3 => {
            let (from, to) = (dice.below(bytes.len()), dice.below(bytes.len()));
            let piece: Vec<u8> = bytes.iter().skip(from).take(dice.below(2000)).copied().collect();
            bytes.splice(to..to, piece);
        }
        4 => bytes = in_parts(workbook, |parts| spoil_text(parts, &mut dice)),
        _ => bytes = in_parts(workbook, |parts| shuffle(parts, &mut dice)),
    }
    bytes
}

type Parts = Vec<(String, Vec<u8>)>;

/// Takes a package apart and puts it together again.
fn in_parts(workbook: &[u8], change: impl FnOnce(&mut Parts)) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(workbook)).expect("a package");
    let mut parts = Parts::new();
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).expect("a part");
        let mut content = Vec::new();
        file.read_to_end(&mut content).expect("unpacked");
        parts.push((file.name().expect("text").into_owned(), content));
    }
    change(&mut parts);
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, content) in parts {
        // Two parts of one name are refused by this writer; other mutations have them.
        if writer.start_file(name, options).is_ok() {
            writer.write_all(&content).expect("packed");
        }
    }
    writer.finish().expect("a package").into_inner()
}

/// Changes the text of one part.
fn spoil_text(parts: &mut Parts, dice: &mut Dice) {
    let part = dice.below(parts.len());
    let text = String::from_utf8_lossy(&parts[part].1).into_owned();
    let marks: Vec<usize> = text.match_indices(['<', '"', '>']).map(|(at, _)| at).collect();
    let mark = |dice: &mut Dice| marks.get(dice.below(marks.len())).copied().unwrap_or(0);
    let (one, other) = (mark(dice), mark(dice));
    let (from, to) = (one.min(other), one.max(other));
    let near = marks.iter().copied().find(|at| *at > from).unwrap_or(text.len());
    let spoiled = match dice.below(4) {
        0 => [&text[..from], &text[to..]].concat(),
        1 => [&text[..=from], NONSENSE[dice.below(NONSENSE.len())], &text[near..]].concat(),
        2 => [&text[..from], &text[from..near].repeat(5000), &text[near..]].concat(),
        _ => [&text[..from], &text[to..], &text[from..to]].concat(),
    };
    parts[part].1 = spoiled.into_bytes();
}

/// Removes, exchanges or renames parts.
fn shuffle(parts: &mut Parts, dice: &mut Dice) {
    let (one, other) = (dice.below(parts.len()), dice.below(parts.len()));
    match dice.below(4) {
        0 => {
            parts.remove(one);
        }
        1 => {
            let content = parts[one].1.clone();
            parts[one].1 = std::mem::replace(&mut parts[other].1, content);
        }
        2 => parts[one].0 = format!("../../{}", parts[one].0),
        _ => parts[one].1.clear(),
    }
}
