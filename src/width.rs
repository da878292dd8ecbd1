//! How many columns of a terminal a text takes: full-width characters take two.

use unicode_width::UnicodeWidthChar;

/// What stands for the part of a text that is left out; ASCII, so that its own width is certain.
const CUT: &str = "..";

/// The columns that a text takes. Characters of uncertain width (△, ○) count as full-width, as in Japanese fonts.
pub fn width(text: &str) -> usize {
    text.chars().map(of).sum()
}

fn of(c: char) -> usize {
    c.width_cjk().unwrap_or(0)
}

/// The text in one line: white space and control characters, which would break a line or command the terminal, each
/// run as one space.
pub fn flat(text: &str) -> String {
    let words = text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

/// The text in at most so many columns; what does not fit gives way to `..`.
pub fn cut(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let mut room = columns.saturating_sub(CUT.len());
    let fits = |c: &char| {
        let fits = of(*c) <= room;
        room = room.saturating_sub(of(*c));
        fits
    };
    let mut out: String = text.chars().take_while(fits).collect();
    out.push_str(CUT.get(..columns.min(CUT.len())).unwrap_or_default());
    out
}

/// The text with spaces behind it up to so many columns.
pub fn pad(text: &str, columns: usize) -> String {
    format!("{text}{}", " ".repeat(columns.saturating_sub(width(text))))
}

/// How many lines of so many columns a text takes on a terminal.
pub fn height(text: &str, columns: usize) -> usize {
    text.lines().map(|line| width(line).div_ceil(columns.max(1)).max(1)).sum()
}

/// Rows of texts as lines of aligned columns, two spaces apart; no line ends in spaces.
pub fn table(rows: &[Vec<String>]) -> Vec<String> {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let widest = |column: usize| {
        rows.iter().filter_map(|row| row.get(column)).map(|text| width(text)).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns).map(widest).collect();
    let line = |row: &Vec<String>| {
        let cells: Vec<String> = row.iter().zip(&widths).map(|(text, columns)| pad(text, *columns)).collect();
        cells.join("  ").trim_end().to_owned()
    };
    rows.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_width_characters_take_two_columns() {
        assert_eq!(width("R3目標"), 6);
        assert_eq!(width("ｶﾅ△"), 4);
        assert_eq!(width("か\u{3099}"), 2);
        assert_eq!(cut("時間外勤務", 10), "時間外勤務");
        assert_eq!(cut("時間外勤務", 9), "時間外..");
        assert_eq!(cut("時間外勤務", 7), "時間..");
        assert_eq!(cut("時間", 1), ".");
        assert_eq!(pad("時間", 6), "時間  ");
        assert_eq!(height("時間外\n\n時間外勤務", 8), 4);
        assert_eq!(flat(" 時間\n\u{1b}[31m外　勤務 "), "時間 [31m外 勤務");
        let rows = [["セル", "a"], ["C9", "時間"]].map(|row| row.map(str::to_owned).to_vec());
        assert_eq!(table(&rows), ["セル  a", "C9    時間"]);
    }
}
