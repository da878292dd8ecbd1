//! `vocabulary.toml` → word lists: all problems at once, each with its line.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::de::value::StrDeserializer;
use serde::de::{DeserializeOwned, IntoDeserializer};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::super::text::key;
use super::words::Words;

/// The word that takes words out of a section of the defaults.
const IGNORE: &str = "ignore";

/// A problem of `vocabulary.toml`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("vocabulary.toml の{line}行目: {message}")]
pub struct VocabularyError {
    /// From 1.
    pub line: usize,
    /// What is wrong and what to do, in Japanese.
    pub message: String,
}

/// Reads sections one by one and gathers what is wrong.
pub(super) struct Reader<'t> {
    source: &'t str,
    root: DeTable<'t>,
    problems: Vec<VocabularyError>,
}

impl<'t> Reader<'t> {
    /// Reads the TOML itself; all its errors where it is none.
    pub(super) fn new(source: &'t str) -> Result<Self, Vec<VocabularyError>> {
        let (root, errors) = DeTable::parse_recoverable(source);
        let reader = Self { source, root: root.into_inner(), problems: Vec::new() };
        if errors.is_empty() {
            return Ok(reader);
        }
        let told = errors.iter().map(|error| VocabularyError {
            line: reader.line(error.span().map_or(0, |span| span.start)),
            message: format!("TOML の書き方が正しくありません（{}）", error.message()),
        });
        Err(told.collect())
    }

    fn line(&self, at: usize) -> usize {
        self.source.bytes().take(at).filter(|b| *b == b'\n').count() + 1
    }

    fn problem(&mut self, at: usize, message: String) {
        let line = self.line(at);
        self.problems.push(VocabularyError { line, message });
    }

    fn take(&mut self, section: &str) -> Option<Spanned<DeValue<'t>>> {
        self.root.remove(section)
    }

    /// A section of word lists: `[section]` with lines `meaning = ["word", …]`.
    pub(super) fn words<T>(&mut self, section: &str) -> Words<T>
    where
        T: DeserializeOwned + Clone + PartialEq,
    {
        let mut words = Words::default();
        let Some(value) = self.take(section) else { return words };
        let at = value.span().start;
        let DeValue::Table(table) = value.into_inner() else {
            self.problem(at, format!("「{section}」は [{section}] の形の見出しで書いてください"));
            return words;
        };
        let mut lists: Vec<_> = table.into_iter().collect();
        lists.sort_by_key(|(name, _)| name.span().start);
        for (name, list) in lists {
            self.list(&mut words, section, &name, list);
        }
        words
    }

    fn list<T>(
        &mut self,
        words: &mut Words<T>,
        section: &str,
        name: &Spanned<impl AsRef<str>>,
        list: Spanned<DeValue<'t>>,
    ) where
        T: DeserializeOwned + Clone + PartialEq,
    {
        let title = name.get_ref().as_ref();
        let meaning = meaning::<T>(title);
        if meaning.is_none() && title != IGNORE {
            self.problem(name.span().start, format!("[{section}] に「{title}」という項目はありません"));
        }
        let at = list.span().start;
        let DeValue::Array(array) = list.into_inner() else {
            self.problem(at, format!("[{section}] の「{title}」は [\"語\", \"語\"] の形で書いてください"));
            return;
        };
        for word in array {
            let at = word.span().start;
            let text = word.get_ref().as_str().filter(|text| !key(text).is_empty());
            let Some(text) = text else {
                self.problem(at, format!("[{section}] の「{title}」に、語ではないものがあります"));
                continue;
            };
            match &meaning {
                Some(meaning) if !words.add(text, meaning.clone()) => {
                    self.problem(
                        at,
                        format!("[{section}] の「{text}」が二つの項目にあります。どちらか一つにしてください"),
                    );
                }
                None if title == IGNORE => words.ignore(text),
                _ => {}
            }
        }
    }

    /// A section of numbers: `[section]` with lines `meaning = 1.25`.
    pub(super) fn numbers<K: DeserializeOwned + Ord>(&mut self, section: &str) -> BTreeMap<K, Decimal> {
        let mut numbers = BTreeMap::new();
        let Some(value) = self.take(section) else { return numbers };
        let at = value.span().start;
        let DeValue::Table(table) = value.into_inner() else {
            self.problem(at, format!("「{section}」は [{section}] の形の見出しで書いてください"));
            return numbers;
        };
        for (name, value) in table {
            let (at, title) = (name.span().start, name.get_ref().as_ref());
            let number = match value.get_ref() {
                DeValue::Integer(number) => number.as_str().parse().ok(),
                DeValue::Float(number) => number.as_str().parse().ok(),
                _ => None,
            };
            match (meaning::<K>(title), number) {
                (Some(key), Some(number)) => _ = numbers.insert(key, number),
                (None, _) => self.problem(at, format!("[{section}] に「{title}」という項目はありません")),
                (_, None) => self.problem(at, format!("[{section}] の「{title}」は数値で書いてください")),
            }
        }
        numbers
    }

    /// A section of records: `[[section]]` with named fields, by the line of each.
    pub(super) fn records<T: DeserializeOwned>(&mut self, section: &str) -> Vec<T> {
        let Some(value) = self.take(section) else { return Vec::new() };
        let at = value.span().start;
        let DeValue::Array(array) = value.into_inner() else {
            self.problem(at, format!("「{section}」は [[{section}]] の形の見出しで書いてください"));
            return Vec::new();
        };
        let mut records = Vec::new();
        for element in array {
            let at = element.span().start;
            match T::deserialize(element.into_deserializer()) {
                Ok(record) => records.push(record),
                Err(error) => {
                    let at = error.span().map_or(at, |span| span.start);
                    self.problem(
                        at,
                        format!("[[{section}]] の項目が正しくありません（{}）", error.message()),
                    );
                }
            }
        }
        records
    }

    /// Ends reading: sections that nobody asked for are problems too.
    pub(super) fn finish(mut self) -> Result<(), Vec<VocabularyError>> {
        let left: Vec<(usize, String)> =
            self.root.iter().map(|(name, _)| (name.span().start, name.get_ref().to_string())).collect();
        for (at, name) in left {
            self.problem(at, format!("「{name}」という見出しはありません"));
        }
        self.problems.sort_by_key(|problem| problem.line);
        if self.problems.is_empty() { Ok(()) } else { Err(self.problems) }
    }
}

fn meaning<T: DeserializeOwned>(title: &str) -> Option<T> {
    let deserializer: StrDeserializer<'_, serde::de::value::Error> = title.into_deserializer();
    T::deserialize(deserializer).ok()
}
