//! What a city has accepted: a finding that stays quiet as long as its cell stays as it was.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::place::CellRef;
use crate::finding::Code;

/// One `[[accepted]]` of hoshin.toml.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Acceptance {
    /// Which kind of finding.
    pub code: Code,
    /// The workbook, as findings name it.
    pub workbook: String,
    /// The sheet; empty for what concerns the whole workbook.
    pub sheet: String,
    /// The cell; `None` for what concerns the whole sheet or workbook.
    pub cell: Option<CellRef>,
    /// The text that stood there, as [`squeezed`] gives it.
    pub raw: String,
    /// Why it is right as it is.
    pub reason: String,
    /// Who said so.
    pub by: String,
    /// The last day on which it holds.
    pub until: NaiveDate,
}

/// A text on one line: each stretch of spaces, tabs and line breaks becomes one space. What only differs in these is
/// taken for the same text, as hoshin.toml keeps texts on one line.
pub fn squeezed(text: &str) -> String {
    let words = text.split(|c: char| c.is_whitespace() || c.is_control());
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::squeezed;

    #[test]
    fn a_squeezed_text_stands_on_one_line() {
        for (text, line) in [("", ""), (" △　53\n人\t", "△ 53 人"), ("a\u{0}b", "a b"), ("１２", "１２")]
        {
            assert_eq!(squeezed(text), line, "{text:?}");
            assert_eq!(squeezed(&squeezed(text)), line);
        }
    }
}
