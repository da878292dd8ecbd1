//! The words of findings, read from `templates/findings.toml`.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{Code, Draft, Finding, Severity};
use crate::templates::stands_at;

/// The words of one kind of finding.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Word {
    /// How bad it is, unless hoshin.toml says otherwise.
    pub severity: Severity,
    /// A few words: what kind this is.
    pub title: String,
    /// One sentence with `{placeholders}`: what happened.
    pub message: String,
    /// One sentence with `{placeholders}`: what to do.
    pub cure: String,
    /// A paragraph for `explain`: why hoshin says this, with an example.
    pub explain: String,
}

/// The words of all kinds.
#[derive(Debug, Clone)]
pub struct Words(BTreeMap<Code, Word>);

/// `findings.toml` cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WordsError {
    /// It is not TOML, or a field is missing, unknown or of the wrong kind.
    #[error(
        "findings.toml の{line}行目「{text}」を読めません。各コードには severity・title・message・cure・explain を文字で書いてください"
    )]
    Form {
        /// From 1.
        line: usize,
        /// What stands there.
        text: String,
    },
    /// A code has no words.
    #[error("findings.toml に「{0}」の項目がありません")]
    Missing(Code),
    /// A section names a code that does not exist.
    #[error("findings.toml の「{0}」というコードはありません")]
    Unknown(String),
}

impl Words {
    /// Reads the built-in `findings.toml` and a city's own over it, which may hold only what differs.
    pub fn parse(builtin: &str, city: &str) -> Result<Self, Vec<WordsError>> {
        let mut words = BTreeMap::new();
        let mut errors = Vec::new();
        for text in [builtin, city] {
            let table: BTreeMap<String, Word> = toml::from_str(text).map_err(|error| {
                let (line, text) = stands_at(text, &error);
                vec![WordsError::Form { line, text }]
            })?;
            for (name, word) in table {
                match name.parse() {
                    Ok(code) => _ = words.insert(code, word),
                    Err(_) => errors.push(WordsError::Unknown(name)),
                }
            }
        }
        let missing = Code::ALL.iter().filter(|code| !words.contains_key(*code));
        errors.extend(missing.copied().map(WordsError::Missing));
        if errors.is_empty() { Ok(Self(words)) } else { Err(errors) }
    }

    /// The words of a kind.
    pub fn get(&self, code: Code) -> Option<&Word> {
        self.0.get(&code)
    }

    /// Replaces severities by those of hoshin.toml.
    pub fn set_severities(&mut self, severities: &BTreeMap<Code, Severity>) {
        for (code, severity) in severities {
            if let Some(word) = self.0.get_mut(code) {
                word.severity = *severity;
            }
        }
    }

    /// A finding with its words filled in.
    pub fn finish(&self, draft: Draft) -> Finding {
        let (severity, message, cure) = match self.0.get(&draft.code) {
            Some(word) => (word.severity, fill(&word.message, &draft), fill(&word.cure, &draft)),
            None => (Severity::Warning, draft.code.to_string(), String::new()),
        };
        Finding {
            severity,
            code: draft.code,
            department: draft.department,
            division: draft.division,
            workbook: draft.workbook,
            sheet: draft.sheet,
            cell: draft.cell,
            related: draft.related,
            raw: draft.raw,
            reading: draft.reading,
            message,
            cure,
        }
    }
}

/// Fills `{raw}`, `{reading}` and the draft's own placeholders.
fn fill(template: &str, draft: &Draft) -> String {
    let mut out = String::with_capacity(template.len());
    let mut rest = template;
    while let Some(open) = rest.find('{') {
        let Some(close) = rest[open..].find('}') else { break };
        out.push_str(&rest[..open]);
        match &rest[open + 1..open + close] {
            "raw" => out.push_str(&draft.raw),
            "reading" => out.push_str(&draft.reading),
            key => out.push_str(draft.values.get(key).map_or("", String::as_str)),
        }
        rest = &rest[open + close + 1..];
    }
    out.push_str(rest);
    out
}
