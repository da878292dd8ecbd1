//! Names like a word that no name holds.

use std::collections::BTreeSet;

use crate::normalise::text::key;

/// How many names are proposed.
const MOST: usize = 5;

/// The names that share at least half of the word's neighbouring characters, those that share most first.
pub fn near<'n>(word: &str, names: &'n BTreeSet<String>) -> Vec<&'n str> {
    let wanted = pairs(word);
    let shared = |name: &str| {
        let there = pairs(name);
        wanted.iter().filter(|pair| there.contains(*pair)).count()
    };
    let mut scored: Vec<(usize, &str)> = names.iter().map(|name| (shared(name), name.as_str())).collect();
    scored.retain(|(score, _)| *score > 0 && score * 2 >= wanted.len());
    scored.sort_by_key(|(score, name)| (std::cmp::Reverse(*score), name.chars().count()));
    scored.into_iter().take(MOST).map(|(_, name)| name).collect()
}

/// A text's pairs of neighbouring characters; of a short one its characters.
fn pairs(text: &str) -> BTreeSet<(char, Option<char>)> {
    let chars: Vec<char> = key(text).chars().collect();
    if chars.len() <= 2 {
        return chars.into_iter().map(|c| (c, None)).collect();
    }
    chars.windows(2).filter_map(|pair| Some((*pair.first()?, pair.get(1).copied()))).collect()
}
