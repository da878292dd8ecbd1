//! What texts mean, read once: the cells of a city's sheets repeat the same words again and again.
//!
//! Nothing here changes what a text means; a lexicon may forget, or be shared by threads, and every reading stays the
//! same. It lives as long as the run or the worker that reads with it.

#![allow(clippy::disallowed_types, reason = "looked up, never walked through: the order reaches nothing")]

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::header::{HeaderReading, read_header};
use super::names::{Owner, Places, split_owner};
use super::vocabulary::Vocabulary;
use super::year::{YearReading, read_bare_year};
use crate::model::fiscal::FiscalYear;

/// How many texts of one kind are remembered; those beyond are read anew each time.
const MOST: usize = 20_000;

/// The longest text that is remembered, in bytes: prose seldom comes twice.
const LONGEST: usize = 120;

/// Readings of texts with one vocabulary, beside one fiscal year.
#[derive(Debug)]
pub struct Lexicon<'v> {
    vocabulary: &'v Vocabulary,
    hint: FiscalYear,
    places: Arc<Places>,
    headers: Memo<HeaderReading>,
    years: Memo<Option<YearReading>>,
    owners: Memo<Owner>,
}

impl<'v> Lexicon<'v> {
    /// An empty one. `hint` is the fiscal year that is reported on.
    pub fn new(vocabulary: &'v Vocabulary, hint: FiscalYear, places: Arc<Places>) -> Self {
        let (headers, years, owners) = (Memo::default(), Memo::default(), Memo::default());
        Self { vocabulary, hint, places, headers, years, owners }
    }

    /// One of another vocabulary.
    #[must_use]
    pub fn with<'w>(&self, vocabulary: &'w Vocabulary) -> Lexicon<'w> {
        Lexicon::new(vocabulary, self.hint, Arc::clone(&self.places))
    }

    /// The departments and divisions of hoshin.toml.
    pub fn places(&self) -> &Places {
        &self.places
    }

    /// [`read_header`].
    pub fn header(&self, text: &str) -> Arc<HeaderReading> {
        self.headers.of(text, |text| read_header(text, Some(self.hint), self.vocabulary))
    }

    /// [`read_bare_year`].
    pub fn bare_year(&self, text: &str) -> Arc<Option<YearReading>> {
        self.years.of(text, |text| read_bare_year(text, Some(self.hint), self.vocabulary))
    }

    /// [`split_owner`].
    pub fn owner(&self, text: &str) -> Owner {
        Owner::clone(&self.owners.of(text, |text| split_owner(text, &self.places, self.vocabulary)))
    }
}

/// Texts with what they were read as. It is asked for texts and never walked through: its order tells nothing.
#[derive(Debug)]
struct Memo<V>(Mutex<HashMap<Box<str>, Arc<V>>>);

impl<V> Default for Memo<V> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<V> Memo<V> {
    fn of(&self, text: &str, read: impl FnOnce(&str) -> V) -> Arc<V> {
        if text.len() > LONGEST {
            return Arc::new(read(text));
        }
        let known = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(reading) = known().get(text) {
            return Arc::clone(reading);
        }
        let reading = Arc::new(read(text));
        let mut known = known();
        if known.len() < MOST {
            known.insert(text.into(), Arc::clone(&reading));
        }
        reading
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_read_once_and_a_long_one_each_time() {
        let memo = Memo::default();
        let mut count = 0;
        let mut read = |text: &str| *memo.of(text, |_| count += 1);
        ["実績", "目標", "実績"].into_iter().for_each(&mut read);
        assert_eq!(count, 2);
        let prose = "課題を整理し、".repeat(10);
        let mut read = |text: &str| *memo.of(text, |_| count += 1);
        for text in [&prose, &prose] {
            read(text);
        }
        assert_eq!(count, 4);
    }

    #[test]
    fn what_is_remembered_is_what_is_read() {
        let vocabulary = super::super::builtin();
        let (hint, places) = (FiscalYear(2021), Places::default());
        let lexicon = Lexicon::new(&vocabulary, hint, Arc::new(places));
        for text in ["令和2年度実績", "29", "総務部総務課", "相談件数", ""].into_iter().cycle().take(10)
        {
            assert_eq!(*lexicon.header(text), read_header(text, Some(hint), &vocabulary), "{text}");
            assert_eq!(*lexicon.bare_year(text), read_bare_year(text, Some(hint), &vocabulary), "{text}");
            assert_eq!(lexicon.owner(text), split_owner(text, &Places::default(), &vocabulary), "{text}");
        }
    }
}
