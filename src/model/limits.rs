//! How large one workbook may be, and how much time and memory reading it may take.
//!
//! The defaults lie far beyond the ledgers of a city hall, and below what would harm the machine that reads them.
//! `[limits]` of hoshin.toml may change each.

use std::fmt;
use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

/// Bytes of a megabyte, as file managers count it.
pub const MEGABYTE: u64 = 1 << 20;

/// The limits of one workbook.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// The file as it lies on the disk, in bytes.
    pub file: u64,
    /// All parts of its package that are read, unpacked, in bytes.
    pub unpacked: u64,
    /// How many times larger than the file those parts may be, once they are larger than [`Limits::RATIO_FLOOR`].
    pub ratio: u64,
    /// Sheets, of whatever kind.
    pub sheets: u64,
    /// Cells and comments that hold something, on all sheets.
    pub cells: u64,
    /// Cells of the rectangles around them, empty ones too, on all sheets of an xls or ods.
    pub area: u64,
    /// Merged ranges on all sheets.
    pub merges: u64,
    /// Fonts, fills, number formats and cell styles, each.
    pub styles: u64,
    /// Characters of one text: a cell, a comment.
    pub text: u64,
    /// Characters of all texts.
    pub texts: u64,
    /// How deep XML elements may lie inside each other.
    pub depth: u64,
    /// Seconds of computing.
    pub seconds: u64,
    /// Memory of the process that reads it, in bytes.
    pub memory: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file: 50 * MEGABYTE,
            unpacked: 256 * MEGABYTE,
            ratio: 200,
            sheets: 1_000,
            cells: 500_000,
            area: 4_000_000,
            merges: 200_000,
            styles: 100_000,
            text: 32_767,
            texts: 16_000_000,
            depth: 256,
            seconds: 8,
            memory: 384 * MEGABYTE,
        }
    }
}

impl Limits {
    /// Below so many unpacked bytes a package's ratio does not matter: it does no harm, and a small sheet of equal
    /// rows may well be packed so tightly.
    pub const RATIO_FLOOR: u64 = 32 * MEGABYTE;

    /// The limit of a kind, in the unit of its field.
    pub fn of(mut self, limit: Limit) -> u64 {
        *self.field(limit)
    }

    /// Changes the limit of a kind, in the unit of its field.
    pub fn set(&mut self, limit: Limit, value: u64) {
        *self.field(limit) = value;
    }

    /// Fails where so much was found.
    pub fn check(&self, limit: Limit, found: u64) -> Result<(), Exceeded> {
        let allowed = self.of(limit);
        if found <= allowed { Ok(()) } else { Err(Exceeded { limit, allowed, found: Some(found) }) }
    }

    fn field(&mut self, limit: Limit) -> &mut u64 {
        match limit {
            Limit::File => &mut self.file,
            Limit::Unpacked => &mut self.unpacked,
            Limit::Ratio => &mut self.ratio,
            Limit::Sheets => &mut self.sheets,
            Limit::Cells => &mut self.cells,
            Limit::Area => &mut self.area,
            Limit::Merges => &mut self.merges,
            Limit::Styles => &mut self.styles,
            Limit::Text => &mut self.text,
            Limit::Texts => &mut self.texts,
            Limit::Depth => &mut self.depth,
            Limit::Seconds => &mut self.seconds,
            Limit::Memory => &mut self.memory,
        }
    }
}

/// Which limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs, reason = "each is the field of `Limits` of that name")]
pub enum Limit {
    File,
    Unpacked,
    Ratio,
    Sheets,
    Cells,
    Area,
    Merges,
    Styles,
    Text,
    Texts,
    Depth,
    Seconds,
    Memory,
}

impl Limit {
    /// All of them, in the order of `[limits]`.
    pub const ALL: [Self; 13] = [
        Self::File,
        Self::Unpacked,
        Self::Ratio,
        Self::Sheets,
        Self::Cells,
        Self::Area,
        Self::Merges,
        Self::Styles,
        Self::Text,
        Self::Texts,
        Self::Depth,
        Self::Seconds,
        Self::Memory,
    ];

    /// Its key in `[limits]`.
    pub const fn key(self) -> &'static str {
        match self {
            Self::File => "file_mb",
            Self::Unpacked => "unpacked_mb",
            Self::Ratio => "ratio",
            Self::Sheets => "sheets",
            Self::Cells => "cells",
            Self::Area => "area",
            Self::Merges => "merges",
            Self::Styles => "styles",
            Self::Text => "text_chars",
            Self::Texts => "total_chars",
            Self::Depth => "depth",
            Self::Seconds => "seconds",
            Self::Memory => "memory_mb",
        }
    }

    /// How many of its field's units the key's unit is.
    pub const fn scale(self) -> u64 {
        match self {
            Self::File | Self::Unpacked | Self::Memory => MEGABYTE,
            _ => 1,
        }
    }

    /// What may stand under the key, in the key's unit. The lower ends still read an ordinary ledger; the upper ends
    /// are what the program can hold at all.
    pub const fn bounds(self) -> RangeInclusive<u32> {
        match self {
            Self::File => 1..=2_000,
            Self::Unpacked => 8..=4_000,
            Self::Ratio => 20..=2_000,
            Self::Sheets => 1..=100_000,
            Self::Cells | Self::Area => 1_000..=100_000_000,
            Self::Merges | Self::Styles => 1_000..=10_000_000,
            Self::Text => 1_000..=1_000_000,
            Self::Texts => 10_000..=1_000_000_000,
            Self::Depth => 32..=1_000,
            Self::Seconds => 1..=3_600,
            Self::Memory => 128..=16_384,
        }
    }

    /// What it limits, in Japanese.
    const fn words(self) -> &'static str {
        match self {
            Self::File => "ファイルの大きさ",
            Self::Unpacked => "圧縮を解いた大きさ",
            Self::Ratio => "圧縮の倍率",
            Self::Sheets => "シートの数",
            Self::Cells => "文字や数値の入ったセルとコメントの数",
            Self::Area => "使われている範囲のセルの数",
            Self::Merges => "結合セルの数",
            Self::Styles => "書式の数",
            Self::Text => "一つのセルやコメントの文字数",
            Self::Texts => "文字数の合計",
            Self::Depth => "XML の入れ子の深さ",
            Self::Seconds => "読み取りにかかる時間",
            Self::Memory => "読み取りに使うメモリー",
        }
    }

    /// An amount in words: `52.4 MB`, `1,000,001`, `10 秒`.
    fn amount(self, amount: u64) -> String {
        match self {
            Self::File | Self::Unpacked | Self::Memory => megabytes(amount),
            Self::Ratio => format!("{} 倍", grouped(amount)),
            Self::Seconds => format!("{} 秒", grouped(amount)),
            Self::Text | Self::Texts => format!("{} 字", grouped(amount)),
            _ => grouped(amount),
        }
    }
}

/// A workbook that is beyond a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exceeded {
    /// Which limit.
    pub limit: Limit,
    /// How much is allowed, in the unit of the limit's field.
    pub allowed: u64,
    /// How much was found, in the same unit: at least so much, as reading ends where the limit is passed. `None` where
    /// that is not known.
    pub found: Option<u64>,
}

impl std::error::Error for Exceeded {}

/// What is too much of what: a clause that a sentence takes in.
impl fmt::Display for Exceeded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { limit, allowed, found } = *self;
        write!(f, "{}が上限の {} を超えています", limit.words(), limit.amount(allowed))?;
        match found {
            Some(found) if limit == Limit::File => write!(f, "（{}）", limit.amount(found)),
            Some(found) => write!(f, "（少なくとも {}）", limit.amount(found)),
            None => Ok(()),
        }
    }
}

/// Tenths of a megabyte, rounded up: what is beyond a limit never looks like it.
fn megabytes(bytes: u64) -> String {
    let tenths = (u128::from(bytes) * 10).div_ceil(u128::from(MEGABYTE));
    let whole = grouped(u64::try_from(tenths / 10).unwrap_or(u64::MAX));
    if tenths % 10 == 0 { format!("{whole} MB") } else { format!("{whole}.{} MB", tenths % 10) }
}

/// With a comma at each thousand.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_defaults_lie_within_what_may_be_set() {
        for limit in Limit::ALL {
            let value = Limits::default().of(limit);
            let (low, high) = limit.bounds().into_inner();
            let bounds = u64::from(low) * limit.scale()..=u64::from(high) * limit.scale();
            assert!(bounds.contains(&value) && value % limit.scale() == 0, "{limit:?}");
        }
    }

    #[test]
    fn what_is_too_much_is_said_in_plain_words() {
        let limits = Limits { file: 50 * MEGABYTE, cells: 1_000_000, seconds: 10, ..Limits::default() };
        let said = |limit, found| limits.check(limit, found).map_err(|exceeded| exceeded.to_string());
        assert_eq!(said(Limit::File, 50 * MEGABYTE), Ok(()));
        let file = "ファイルの大きさが上限の 50 MB を超えています（50.1 MB）";
        assert_eq!(said(Limit::File, 50 * MEGABYTE + 1), Err(file.to_owned()));
        let cells =
            "文字や数値の入ったセルとコメントの数が上限の 1,000,000 を超えています（少なくとも 1,000,001）";
        assert_eq!(said(Limit::Cells, 1_000_001), Err(cells.to_owned()));
        let unknown = Exceeded { limit: Limit::Seconds, allowed: 10, found: None };
        assert_eq!(unknown.to_string(), "読み取りにかかる時間が上限の 10 秒 を超えています");
    }

    #[test]
    fn each_limit_has_its_own_key_and_field() {
        let mut limits = Limits::default();
        for (value, limit) in (7_777..).zip(Limit::ALL) {
            limits.set(limit, value);
        }
        let values: Vec<u64> = Limit::ALL.iter().map(|limit| limits.of(*limit)).collect();
        assert_eq!(values, (7_777..7_790).collect::<Vec<u64>>());
        let keys: std::collections::BTreeSet<_> = Limit::ALL.iter().map(|limit| limit.key()).collect();
        assert_eq!(keys.len(), Limit::ALL.len());
    }
}
