//! Word lists by what the words stand for.

use std::collections::{BTreeMap, BTreeSet};

use super::super::text::key;

/// Words by what they stand for, in the order in which the list gives them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words<T> {
    entries: Vec<(String, T)>,
    index: BTreeMap<String, usize>,
    firsts: Letters,
    lasts: Letters,
    ignored: BTreeSet<String>,
}

/// Words by one of their letters, by their place in the list: most texts hold none of them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Letters {
    /// A bit for each letter, which several may share.
    bits: [u64; 4],
    words: BTreeMap<char, Vec<usize>>,
}

impl Letters {
    fn bit(c: char) -> (usize, u64) {
        let low = u32::from(c) % 256;
        ((low / 64) as usize, 1 << (low % 64))
    }

    fn add(&mut self, letter: Option<char>, place: usize) {
        if let Some(letter) = letter {
            let (part, bit) = Self::bit(letter);
            self.bits[part] |= bit;
            self.words.entry(letter).or_default().push(place);
        }
    }

    /// Whether some word may have this letter.
    fn may_have(&self, letter: char) -> bool {
        let (part, bit) = Self::bit(letter);
        self.bits[part] & bit != 0
    }

    /// The words with this letter, in the order of the list.
    fn with(&self, letter: char) -> &[usize] {
        if !self.may_have(letter) {
            return &[];
        }
        self.words.get(&letter).map_or(&[], Vec::as_slice)
    }
}

impl<T> Default for Words<T> {
    fn default() -> Self {
        Self {
            entries: Vec::new(),
            index: BTreeMap::new(),
            firsts: Letters::default(),
            lasts: Letters::default(),
            ignored: BTreeSet::new(),
        }
    }
}

impl<T: Clone + PartialEq> Words<T> {
    /// Adds a word; `false` where it stands for something else already.
    pub(super) fn add(&mut self, word: &str, meaning: T) -> bool {
        let word = key(word);
        if let Some(known) = self.get(&word) {
            return *known == meaning;
        }
        let place = self.entries.len();
        self.firsts.add(word.chars().next(), place);
        self.lasts.add(word.chars().next_back(), place);
        self.index.insert(word.clone(), place);
        self.entries.push((word, meaning));
        true
    }

    /// Makes a word of the defaults mean nothing.
    pub(super) fn ignore(&mut self, word: &str) {
        self.ignored.insert(key(word));
    }

    /// What a word in key form stands for.
    pub fn get(&self, key: &str) -> Option<&T> {
        let may = |letters: &Letters, letter: Option<char>| letter.is_some_and(|c| letters.may_have(c));
        if !may(&self.lasts, key.chars().next_back()) || !may(&self.firsts, key.chars().next()) {
            return None;
        }
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
        let words = self.firsts.with(key.chars().next()?);
        self.longest(
            words.iter().copied().filter(|place| self.word(*place).is_some_and(|w| key.starts_with(w))),
        )
    }

    /// The longest word that a text in key form ends with.
    pub fn suffix(&self, key: &str) -> Option<(&str, &T)> {
        let words = self.lasts.with(key.chars().next_back()?);
        self.longest(
            words.iter().copied().filter(|place| self.word(*place).is_some_and(|w| key.ends_with(w))),
        )
    }

    /// The longest word that stands anywhere in a text in key form.
    pub fn within(&self, key: &str) -> Option<(&str, &T)> {
        let begun =
            key.char_indices().flat_map(|(at, c)| self.firsts.with(c).iter().map(move |place| (at, *place)));
        let stands =
            |(at, place): (usize, usize)| key.get(at..)?.starts_with(self.word(place)?).then_some(place);
        self.longest(begun.filter_map(stands))
    }

    fn word(&self, place: usize) -> Option<&str> {
        self.entries.get(place).map(|(word, _)| word.as_str())
    }

    /// The longest of some words, of equally long ones the last of the list.
    fn longest(&self, places: impl Iterator<Item = usize>) -> Option<(&str, &T)> {
        let entries = places.filter_map(|place| Some((place, self.entries.get(place)?)));
        let longest = entries.max_by_key(|(place, (word, _))| (word.len(), *place));
        longest.map(|(_, (word, meaning))| (word.as_str(), meaning))
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

#[cfg(test)]
mod tests {
    use super::*;

    fn words(list: &[&str]) -> Words<usize> {
        let mut words = Words::default();
        for (place, word) in list.iter().enumerate() {
            assert!(words.add(word, place), "{word}");
        }
        words
    }

    #[test]
    fn the_longest_word_is_found_wherever_it_stands() {
        let words = words(&["実績", "値", "実績値", "目標"]);
        assert_eq!(words.within("前年度実績値の推移"), Some(("実績値", &2)));
        assert_eq!(words.prefix("実績値の推移"), Some(("実績値", &2)));
        assert_eq!(words.suffix("前年度実績値"), Some(("実績値", &2)));
        assert_eq!(words.suffix("前年度の値"), Some(("値", &1)));
        assert_eq!(words.prefix("前年度実績"), None);
        assert_eq!(words.within("計画"), None);
        assert_eq!(
            (words.within(""), words.prefix(""), words.suffix(""), words.get("")),
            (None, None, None, None)
        );
        assert_eq!((words.get("実績"), words.get("実績値の"), words.get("績")), (Some(&0), None, None));
    }

    #[test]
    fn of_equally_long_words_the_last_of_the_list_counts() {
        let words = words(&["bc", "ab", "cd"]);
        for text in ["abcd", "cdab", "ab bc cd"] {
            assert_eq!(words.within(text), Some(("cd", &2)), "{text}");
        }
    }
}
