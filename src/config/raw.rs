//! The parsed document with its positions: small readers that note every problem and go on.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::problem::{Problem, nearest};
use super::syntax;

/// A text of the document and where it stands (a byte offset).
#[derive(Debug, Clone)]
pub(crate) struct Said {
    /// The text without spaces around it.
    pub text: String,
    /// Its byte offset.
    pub offset: usize,
}

/// A table and how messages name it.
#[derive(Clone)]
pub(crate) struct Section<'d> {
    /// `[city]`, `[[department]]「総務部」`.
    pub name: String,
    /// Its byte offset.
    pub offset: usize,
    /// Its entries.
    pub table: &'d DeTable<'d>,
}

/// Walks a document and gathers what is wrong with it.
pub(crate) struct Walk<'t> {
    text: &'t str,
    problems: Vec<Problem>,
    broken: Vec<usize>,
}

impl<'t> Walk<'t> {
    /// Parses a text; what TOML does not allow is noted, the rest is recovered.
    pub fn new(text: &'t str) -> (Self, Spanned<DeTable<'t>>) {
        let (document, errors) = DeTable::parse_recoverable(text);
        let mut walk = Self { text, problems: Vec::new(), broken: Vec::new() };
        for error in errors {
            let line = walk.line(error.span().map_or(0, |span| span.start));
            // One slip often makes the parser stumble several times on its line: the first says it.
            if !walk.broken.contains(&line) {
                let words = syntax::explain(error.message(), text.lines().nth(line - 1).unwrap_or_default());
                walk.problems.push(Problem { line, message: words });
                walk.broken.push(line);
            }
        }
        (walk, document)
    }

    /// All problems by line.
    pub fn finish(mut self) -> Vec<Problem> {
        self.problems.sort();
        self.problems.dedup();
        self.problems
    }

    /// The line of a byte offset, counted from 1.
    pub fn line(&self, offset: usize) -> usize {
        self.text.bytes().take(offset).filter(|byte| *byte == b'\n').count() + 1
    }

    /// Notes a problem, unless its line could not even be parsed.
    pub fn problem(&mut self, offset: usize, message: impl Into<String>) {
        let line = self.line(offset);
        if !self.broken.contains(&line) {
            self.problems.push(Problem { line, message: message.into() });
        }
    }

    /// Notes that something is missing, unless a syntax error may have swallowed it.
    pub fn missing(&mut self, section: &Section<'_>, key: &str) {
        if self.broken.is_empty() {
            self.problem(
                section.offset,
                format!("{} に {key} がありません。{key} = \"…\" を書いてください", section.name),
            );
        }
    }

    /// Notes keys that do not exist.
    pub fn known(&mut self, section: &Section<'_>, keys: &[&str]) {
        for key in section.table.keys() {
            let word = key.get_ref();
            if keys.contains(&word.as_ref()) {
                continue;
            }
            let cure = match nearest(word, keys.iter().copied()) {
                Some(near) => format!("「{near}」の書き誤りではありませんか"),
                None => format!("書けるのは {} です", keys.join("、")),
            };
            let message = format!("{} に「{word}」という項目はありません。{cure}", section.name);
            self.problem(key.span().start, message);
        }
    }

    /// A value as a table.
    pub fn section<'d>(&mut self, name: &str, value: &'d Spanned<DeValue<'d>>) -> Option<Section<'d>> {
        let offset = value.span().start;
        if let Some(table) = value.get_ref().as_table() {
            return Some(Section { name: name.to_owned(), offset, table });
        }
        self.problem(offset, format!("{name} は見出しの行に {name} と書き、その下に項目を並べてください"));
        None
    }

    /// The tables under `[[key]]`.
    pub fn sections<'d>(&mut self, root: &Section<'d>, key: &str) -> Vec<Section<'d>> {
        let Some(value) = root.table.get(key) else { return Vec::new() };
        let name = format!("[[{key}]]");
        if let Some(items) = value.get_ref().as_array() {
            return items.iter().filter_map(|item| self.section(&name, item)).collect();
        }
        let message = format!("[{key}] ではなく {name} と、括弧を二重にして書いてください");
        self.problem(value.span().start, message);
        Vec::new()
    }

    /// A text; `None` where it is absent, of another kind or empty.
    pub fn string(&mut self, section: &Section<'_>, key: &str) -> Option<Said> {
        let value = section.table.get(key)?;
        self.text(&format!("{} の {key}", section.name), value)
    }

    /// A list of texts; what is none is noted and left out.
    pub fn strings(&mut self, section: &Section<'_>, key: &str) -> Vec<Said> {
        let name = format!("{} の {key}", section.name);
        self.items(section, key).into_iter().filter_map(|item| self.text(&name, item)).collect()
    }

    /// The items of a list.
    pub fn items<'d>(&mut self, section: &Section<'d>, key: &str) -> Vec<&'d Spanned<DeValue<'d>>> {
        let Some(value) = section.table.get(key) else { return Vec::new() };
        if let Some(items) = value.get_ref().as_array() {
            return items.iter().collect();
        }
        let kind = kind(value.get_ref());
        let message =
            format!("{} の {key} は [\"…\", \"…\"] の形で書いてください。いまは{kind}です", section.name);
        self.problem(value.span().start, message);
        Vec::new()
    }

    /// One value as a text; `name` is how messages call it.
    pub fn text(&mut self, name: &str, value: &Spanned<DeValue<'_>>) -> Option<Said> {
        let offset = value.span().start;
        let Some(text) = value.get_ref().as_str() else {
            let kind = kind(value.get_ref());
            self.problem(offset, format!("{name} は \"…\" で囲んだ文字で書いてください。いまは{kind}です"));
            return None;
        };
        let text = text.trim();
        if text.is_empty() {
            self.problem(offset, format!("{name} が空です。中身を書くか、項目ごと消してください"));
            return None;
        }
        if text.chars().any(char::is_control) {
            self.problem(offset, format!("{name} に改行やタブがあります。1行で書いてください"));
            return None;
        }
        Some(Said { text: text.to_owned(), offset })
    }

    /// true or false.
    pub fn boolean(&mut self, section: &Section<'_>, key: &str) -> Option<bool> {
        let value = section.table.get(key)?;
        let answer = value.get_ref().as_bool();
        if answer.is_none() {
            let message =
                format!("{} の {key} は true（はい）か false（いいえ）で書いてください", section.name);
            self.problem(value.span().start, message);
        }
        answer
    }

    /// A whole number within bounds.
    pub fn whole(
        &mut self,
        section: &Section<'_>,
        key: &str,
        bounds: std::ops::RangeInclusive<u32>,
    ) -> Option<u32> {
        let value = section.table.get(key)?;
        let number = value.get_ref().as_integer().and_then(|number| number.as_str().parse::<u32>().ok());
        let number = number.filter(|number| bounds.contains(number));
        if number.is_none() {
            let (low, high) = (bounds.start(), bounds.end());
            let message =
                format!("{} の {key} は {low} から {high} までの整数で書いてください", section.name);
            self.problem(value.span().start, message);
        }
        number
    }

    /// One of a few words.
    pub fn choice<T: Copy>(&mut self, section: &Section<'_>, key: &str, words: &[(&str, T)]) -> Option<T> {
        let said = self.string(section, key)?;
        let found = words.iter().find(|(word, _)| *word == said.text).map(|(_, value)| *value);
        if found.is_none() {
            let all: Vec<_> = words.iter().map(|(word, _)| format!("\"{word}\"")).collect();
            let message = format!(
                "{} の {key} に「{}」は使えません。{} のどれかを書いてください",
                section.name,
                said.text,
                all.join("、")
            );
            self.problem(said.offset, message);
        }
        found
    }
}

/// What a value is, for a person.
fn kind(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "文字",
        DeValue::Integer(_) | DeValue::Float(_) => "数",
        DeValue::Boolean(_) => " true か false ",
        DeValue::Datetime(_) => "日付",
        DeValue::Array(_) => "一覧",
        DeValue::Table(_) => "表",
    }
}
