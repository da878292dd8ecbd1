//! Paragraphs of a cell or a comment.

use super::styles::Styles;
use crate::read::cell::{Rich, Run};
use crate::read::xml::Tag;

/// More spaces than anybody writes in a row.
const MAX_SPACES: usize = 1000;

/// Gathers the paragraphs of one cell.
#[derive(Debug, Default)]
pub struct Paragraphs {
    runs: Vec<Run>,
    count: usize,
    inside: bool,
    /// Styles of the spans that are open.
    spans: Vec<Option<bool>>,
    /// Inside furigana.
    ruby: bool,
    size: usize,
}

impl Paragraphs {
    /// A paragraph starts.
    pub fn start(&mut self) {
        self.inside = true;
        if self.count > 0 {
            self.push("\n");
        }
        self.count += 1;
    }

    /// The paragraph ends.
    pub fn end(&mut self) {
        self.inside = false;
        self.spans.clear();
    }

    /// Whether a paragraph is open.
    pub fn is_inside(&self) -> bool {
        self.inside
    }

    /// An element inside the paragraph starts.
    pub fn open(&mut self, name: &str, tag: &Tag, styles: &Styles) {
        match name {
            "span" => self.spans.push(tag.get("style-name").and_then(|style| styles.is_struck(&style))),
            "s" => self.push(&" ".repeat(tag.number("c").unwrap_or(1).min(MAX_SPACES))),
            "tab" => self.push("\t"),
            "line-break" => self.push("\n"),
            "ruby-text" => self.ruby = true,
            _ => {}
        }
    }

    /// An element inside the paragraph ends.
    pub fn close(&mut self, name: &str) {
        match name {
            "span" => _ = self.spans.pop(),
            "ruby-text" => self.ruby = false,
            _ => {}
        }
    }

    /// Characters inside the paragraph; white space counts once, as in XML it means nothing.
    pub fn text(&mut self, text: &str) {
        if self.ruby {
            return;
        }
        let mut flat = String::with_capacity(text.len());
        for c in text.chars() {
            let c = if matches!(c, '\n' | '\t' | '\r') { ' ' } else { c };
            if c != ' ' || !flat.ends_with(' ') {
                flat.push(c);
            }
        }
        self.push(&flat);
    }

    fn push(&mut self, text: &str) {
        self.size += text.chars().count();
        let struck = self.spans.iter().rev().find_map(|struck| *struck);
        match self.runs.last_mut() {
            Some(run) if run.struck == struck => run.text.push_str(text),
            _ => self.runs.push(Run { text: text.to_owned(), struck }),
        }
    }

    /// How many characters it holds.
    pub fn size(&self) -> usize {
        self.size
    }

    /// The text, `None` where there was no paragraph; empty afterwards.
    pub fn take(&mut self) -> Option<Rich> {
        let paragraphs = std::mem::take(self);
        (paragraphs.count > 0).then_some(Rich(paragraphs.runs))
    }
}
