//! Word lists by what the words stand for.

use std::collections::{BTreeMap, BTreeSet};

use super::super::text::key;

/// Words by what they stand for, in the order in which the list gives them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words<T> {
    entries: Vec<(String, T)>,
    index: BTreeMap<String, usize>,
    ignored: BTreeSet<String>,
}

impl<T> Default for Words<T> {
    fn default() -> Self {
        Self { entries: Vec::new(), index: BTreeMap::new(), ignored: BTreeSet::new() }
    }
}

impl<T: Clone + PartialEq> Words<T> {
    /// Adds a word; `false` where it stands for something else already.
    pub(super) fn add(&mut self, word: &str, meaning: T) -> bool {
        let word = key(word);
        if let Some(known) = self.get(&word) {
            return *known == meaning;
        }
        self.index.insert(word.clone(), self.entries.len());
        self.entries.push((word, meaning));
        true
    }

    /// Makes a word of the defaults mean nothing.
    pub(super) fn ignore(&mut self, word: &str) {
        self.ignored.insert(key(word));
    }

    /// What a word in key form stands for.
    pub fn get(&self, key: &str) -> Option<&T> {
        Some(&self.entries.get(*self.index.get(key)?)?.1)
    }

    /// The place of a word among all of its meaning, from 0: lists give the most specific word first.
    pub fn rank(&self, key: &str) -> Option<usize> {
        let at = *self.index.get(key)?;
        let meaning = &self.entries.get(at)?.1;
        Some(self.entries.iter().take(at).filter(|(_, m)| m == meaning).count())
    }

    /// All words in key form with their meaning, in the order of the lists.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &T)> {
        self.entries.iter().map(|(word, meaning)| (word.as_str(), meaning))
    }

    /// The longest word that a text in key form starts with.
    pub fn prefix(&self, key: &str) -> Option<(&str, &T)> {
        self.iter().filter(|(word, _)| key.starts_with(word)).max_by_key(|(word, _)| word.len())
    }

    /// The longest word that a text in key form ends with.
    pub fn suffix(&self, key: &str) -> Option<(&str, &T)> {
        self.iter().filter(|(word, _)| key.ends_with(word)).max_by_key(|(word, _)| word.len())
    }

    /// The longest word that stands anywhere in a text in key form.
    pub fn within(&self, key: &str) -> Option<(&str, &T)> {
        self.iter().filter(|(word, _)| key.contains(word)).max_by_key(|(word, _)| word.len())
    }

    /// These words with a city's own: a word of the city's stands for what the city says.
    #[must_use]
    pub(super) fn with(&self, city: &Self) -> Self {
        let mut merged = Self::default();
        for (word, meaning) in
            city.iter().chain(self.iter().filter(|(word, _)| !city.ignored.contains(*word)))
        {
            merged.add(word, meaning.clone());
        }
        merged.ignored.clone_from(&city.ignored);
        merged
    }
}
