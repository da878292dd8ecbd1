//! Texts of runs, as shared strings, inline strings and comments have them.

use crate::read::cell::{Rich, Run};
use crate::read::xml::{Tag, is_true};

/// Gathers one text from the elements inside `si`, `is` or `text`.
#[derive(Debug, Default)]
pub struct RichBuilder {
    runs: Vec<Run>,
    struck: Option<bool>,
    in_text: bool,
    chars: usize,
    /// Inside furigana (`rPh`), which is not part of the text.
    phonetic: bool,
}

impl RichBuilder {
    /// An element starts.
    pub fn open(&mut self, name: &str, tag: &Tag) {
        match name {
            "rPh" => self.phonetic = true,
            "r" => self.struck = None,
            "rPr" => self.struck = Some(false),
            "strike" => self.struck = Some(tag.get("val").is_none_or(|value| is_true(&value))),
            "t" if !self.phonetic => {
                self.in_text = true;
                self.runs.push(Run { text: String::new(), struck: self.struck });
            }
            _ => {}
        }
    }

    /// Text inside the innermost element.
    pub fn text(&mut self, text: &str) {
        if let (true, Some(run)) = (self.in_text, self.runs.last_mut()) {
            run.text.push_str(text);
            self.chars += text.chars().count();
        }
    }

    /// An element ends.
    pub fn close(&mut self, name: &str) {
        match name {
            "rPh" => self.phonetic = false,
            "t" => {
                self.in_text = false;
                if let Some(run) = self.runs.last_mut() {
                    run.text = unescape(&run.text);
                }
            }
            _ => {}
        }
    }

    /// How much it holds: its characters or its runs, which take room though they be empty, whichever are more.
    pub fn size(&self) -> usize {
        self.chars.max(self.runs.len())
    }

    /// The text; the builder is empty afterwards.
    pub fn take(&mut self) -> Rich {
        let runs = std::mem::take(&mut self.runs);
        *self = Self::default();
        Rich(runs)
    }
}

/// Resolves `_x000D_`, which stands for characters that XML cannot hold. Carriage returns before line feeds go.
pub fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find("_x") {
        let (before, after) = rest.split_at(start);
        out.push_str(before);
        let code = after.get(2..6).filter(|_| after.as_bytes().get(6) == Some(&b'_'));
        let code = code.filter(|code| code.bytes().all(|b| b.is_ascii_hexdigit()));
        if let Some(c) = code.and_then(|code| u32::from_str_radix(code, 16).ok()).and_then(char::from_u32) {
            out.push(c);
            rest = after.get(7..).unwrap_or_default();
        } else {
            out.push_str("_x");
            rest = after.get(2..).unwrap_or_default();
        }
    }
    out.push_str(rest);
    out.replace("\r\n", "\n")
}
