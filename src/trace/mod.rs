//! Where figures and statuses come from: their cells, how they were read, and what they were in earlier months.

mod history;
mod near;
mod text;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use crate::model::dataset::Dataset;
use crate::model::fiscal::Eras;
use crate::model::indicator::Indicator;
use crate::model::initiative::Initiative;
use crate::normalise::text::{key, plain};

/// What of a month or edition has to do with the word.
#[derive(Debug, Clone)]
struct Edition {
    /// `2021-05`, `2021-05_訂正1`, 今の台帳.
    name: String,
    indicators: Vec<Indicator>,
    initiatives: Vec<Initiative>,
}

/// The indicators and initiatives whose name holds a word, through the months.
#[derive(Debug, Clone)]
pub struct Trace {
    word: String,
    /// The newest first.
    editions: Vec<Edition>,
    /// Ids that are followed into older months, under whatever name they stand there.
    ids: BTreeSet<String>,
    /// Names of the newest edition, for proposals.
    names: BTreeSet<String>,
    notes: Vec<String>,
}

impl Trace {
    /// Follows a word; typographic differences do not count. `None` where it holds nothing to look for.
    pub fn new(word: &str) -> Option<Self> {
        let word = plain(word).trim().to_owned();
        let (editions, notes) = (Vec::new(), Vec::new());
        let found = !key(&word).is_empty();
        found.then(|| Self { word, editions, ids: BTreeSet::new(), names: BTreeSet::new(), notes })
    }

    /// Adds a month or edition; the newest comes first.
    pub fn add(&mut self, name: &str, dataset: Dataset) {
        let word = key(&self.word);
        let holds = |name: &str| key(name).contains(&word);
        if self.editions.is_empty() {
            self.names.extend(dataset.indicators.iter().flat_map(|i| &i.sources).map(|s| s.name.clone()));
            let sources = dataset.initiatives.iter().flat_map(|i| &i.sources);
            self.names.extend(sources.flat_map(|s| [s.program.clone(), s.item.clone()]));
        }
        let named = |i: &Indicator| i.sources.iter().any(|source| holds(&source.name));
        let told = |i: &Initiative| i.sources.iter().any(|s| holds(&s.program) || holds(&s.item));
        let (mut indicators, mut initiatives) = (dataset.indicators, dataset.initiatives);
        indicators.retain(|indicator| self.ids.contains(&indicator.id) || named(indicator));
        initiatives.retain(|initiative| self.ids.contains(&initiative.id) || told(initiative));
        self.ids.extend(indicators.iter().map(|indicator| indicator.id.clone()));
        self.ids.extend(initiatives.iter().map(|initiative| initiative.id.clone()));
        self.editions.push(Edition { name: name.to_owned(), indicators, initiatives });
    }

    /// Adds a sentence for people: a month that could not be looked at, and why.
    pub fn note(&mut self, sentence: String) {
        self.notes.push(sentence);
    }

    /// Whether no month was added.
    pub fn is_empty(&self) -> bool {
        self.editions.is_empty()
    }

    /// Everything found, for people.
    pub fn text(&self, eras: &Eras) -> String {
        text::text(self, eras)
    }
}

impl Edition {
    /// The indicator of an id.
    fn indicator(&self, id: &str) -> Option<&Indicator> {
        self.indicators.iter().find(|indicator| indicator.id == id)
    }

    /// The initiative of an id.
    fn initiative(&self, id: &str) -> Option<&Initiative> {
        self.initiatives.iter().find(|initiative| initiative.id == id)
    }
}
