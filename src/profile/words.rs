//! A profile's own words: sections of `vocabulary.toml` under `[words]`, for this layout alone.

use std::collections::BTreeSet;
use std::fmt::Write;

use crate::config::{Section, Walk};
use crate::normalise::Vocabulary;
use crate::normalise::text::key;

/// The sections of `vocabulary.toml` that a profile may hold, and what their words can mean; any unit is one.
const SECTIONS: [(&str, &[&str]); 5] = [
    ("status", STATUSES),
    ("direction", &["expand", "continue", "reduce", "merge", "abolish"]),
    ("mark", STATUSES),
    ("state", &["pending", "missing", "not_applicable", "secret"]),
    ("unit", &[]),
];
const STATUSES: &[&str] = &[
    "not_started",
    "preparing",
    "in_progress",
    "on_track",
    "ahead",
    "slightly_delayed",
    "delayed",
    "stalled",
    "suspended",
    "under_review",
    "completed",
    "not_achieved",
    "cancelled",
];
/// The list of texts that are neither status nor direction.
const NONE: &str = "none";

/// What a profile's words come to.
#[derive(Default)]
pub(super) struct Own {
    /// The city's words with the profile's over them; `None` where it has none.
    pub vocabulary: Option<Vocabulary>,
    /// Status marks that it explains, in key form.
    pub marks: BTreeSet<String>,
    /// Texts that are neither status nor direction, in key form.
    pub silent: BTreeSet<String>,
}

/// Reads `[words]`.
pub(super) fn read(walk: &mut Walk<'_>, root: &Section<'_>, city: &Vocabulary) -> Own {
    let Some(section) = root.table.get("words").and_then(|value| walk.section("[words]", value)) else {
        return Own::default();
    };
    let keys: Vec<&str> = SECTIONS.iter().map(|(name, _)| *name).chain([NONE]).collect();
    walk.known(&section, &keys);
    let silent = walk.strings(&section, NONE).iter().map(|said| key(&said.text)).collect();
    let mut own = Own { silent, ..Own::default() };
    // Its own reader checks these words as it does the city's: they are handed to it as it knows them, one list a
    // line, and its complaints are put back to where the list stands.
    let mut text = String::new();
    let mut offsets = Vec::new();
    for (name, meanings) in SECTIONS {
        let Some(value) = section.table.get(name) else { continue };
        let Some(list) = walk.section(&format!("[words.{name}]"), value) else { continue };
        if !meanings.is_empty() {
            walk.known(&list, meanings);
        }
        _ = writeln!(text, "[{name}]");
        offsets.push(list.offset);
        for (meaning, words) in list.table {
            if !meanings.is_empty() && !meanings.contains(&meaning.get_ref().as_ref()) {
                continue;
            }
            let words = words_of(walk, &list, meaning.get_ref(), words.get_ref().as_array().is_some());
            let meaning = toml::Value::String(meaning.get_ref().to_string());
            _ = writeln!(text, "{meaning} = {}", toml::Value::Array(words));
            offsets.push(value_offset(&list, meaning.as_str().unwrap_or_default()));
        }
    }
    if text.is_empty() {
        return own;
    }
    match Vocabulary::parse(&text) {
        Ok(words) => {
            own.marks = words.mark.iter().map(|(mark, _)| mark.to_owned()).collect();
            own.vocabulary = Some(Vocabulary::merged(city, &words));
        }
        Err(problems) => {
            for problem in problems {
                let offset = offsets.get(problem.line.saturating_sub(1)).copied().unwrap_or(section.offset);
                walk.problem(offset, problem.message);
            }
        }
    }
    own
}

/// The words of one list as single-line values; what is no list is a problem.
fn words_of(walk: &mut Walk<'_>, list: &Section<'_>, meaning: &str, is_array: bool) -> Vec<toml::Value> {
    let said = walk.strings(list, meaning);
    if !is_array {
        return Vec::new();
    }
    said.into_iter().map(|said| toml::Value::String(said.text)).collect()
}

fn value_offset(list: &Section<'_>, meaning: &str) -> usize {
    list.table.get(meaning).map_or(list.offset, |value| value.span().start)
}
