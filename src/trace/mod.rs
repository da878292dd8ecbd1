//! Where figures and statuses come from: their cells, how they were read, and what they were in earlier months.

mod history;
mod near;
mod text;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use crate::config::Config;
use crate::history::{Key, Today, pair};
use crate::model::dataset::Dataset;
use crate::model::fiscal::Eras;
use crate::model::indicator::Indicator;
use crate::model::initiative::Initiative;
use crate::model::organisation::Organisation;
use crate::normalise::Vocabulary;
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
    /// What is followed, by today's rules: an indicator that hoshin.toml knows under two names is one, and a division
    /// that went over into another goes on in it.
    keys: Keys,
    /// The organisation of the newest edition.
    organisation: Option<Organisation>,
    notes: Vec<String>,
}

/// Indicators and initiatives that are followed.
#[derive(Debug, Clone, Default)]
struct Keys {
    indicators: Vec<Key>,
    initiatives: Vec<Key>,
}

impl Trace {
    /// Follows a word; typographic differences do not count. `None` where it holds nothing to look for.
    pub fn new(word: &str) -> Option<Self> {
        let word = plain(word).trim().to_owned();
        let (editions, notes) = (Vec::new(), Vec::new());
        let found = !key(&word).is_empty();
        let (ids, names) = (BTreeSet::new(), BTreeSet::new());
        let keys = Keys::default();
        found.then_some(Self { word, editions, ids, names, keys, organisation: None, notes })
    }

    /// Adds a month or edition; the newest comes first, and its organisation is today's.
    pub fn add(&mut self, name: &str, mut dataset: Dataset, config: &Config, vocabulary: &Vocabulary) {
        let organisation = self.organisation.take().unwrap_or_else(|| config.organisation(dataset.period));
        let today = Today::new(config, &organisation, vocabulary);
        self.recognise(&mut dataset, &today);
        let period = dataset.period;
        // What hoshin.toml knows under the word as well, though this month's workbook says another name.
        let word = key(&self.word);
        let known = dataset.indicators.iter().filter_map(|i| today.indicator(i, period));
        self.ids.extend(known.filter(|one| key(&one.name).contains(&word)).map(|one| one.id));
        self.admit(name, dataset);
        if let Some(edition) = self.editions.last() {
            let new = |known: &[Key], id: &str| known.iter().all(|key| key.id != id);
            let indicators = edition.indicators.iter().filter(|i| new(&self.keys.indicators, &i.id));
            let indicators: Vec<Key> = indicators.filter_map(|i| today.indicator(i, period)).collect();
            let initiatives = edition.initiatives.iter().filter(|i| new(&self.keys.initiatives, &i.id));
            let initiatives: Vec<Key> = initiatives.filter_map(|i| today.initiative(i, period)).collect();
            self.keys.indicators.extend(indicators);
            self.keys.initiatives.extend(initiatives);
        }
        self.organisation = Some(organisation);
    }

    /// Gives what is followed the id and the owner that it has in newer editions.
    fn recognise(&self, dataset: &mut Dataset, today: &Today) {
        let period = dataset.period;
        let renew = |department: &mut String, division: &mut String| {
            (*department, *division) = today.owner(department, division, period);
        };
        for (at, id) in followed(&self.keys.indicators, &dataset.indicators, |i| today.indicator(i, period)) {
            let Some(indicator) = dataset.indicators.get_mut(at) else { continue };
            indicator.id = id;
            indicator.sources.iter_mut().for_each(|s| renew(&mut s.department, &mut s.division));
        }
        for (at, id) in
            followed(&self.keys.initiatives, &dataset.initiatives, |i| today.initiative(i, period))
        {
            let Some(initiative) = dataset.initiatives.get_mut(at) else { continue };
            initiative.id = id;
            initiative.sources.iter_mut().for_each(|s| renew(&mut s.department, &mut s.division));
        }
    }

    fn admit(&mut self, name: &str, dataset: Dataset) {
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

/// The index of each record that is followed, with the id that it is followed under.
fn followed<T>(known: &[Key], all: &[T], of: impl Fn(&T) -> Option<Key>) -> Vec<(usize, String)> {
    let (indexes, keys): (Vec<usize>, Vec<Key>) =
        all.iter().enumerate().filter_map(|(at, one)| Some((at, of(one)?))).unzip();
    let pairs = pair(known, &keys).same.into_iter();
    pairs.filter_map(|(now, then)| Some((*indexes.get(then)?, known.get(now)?.id.clone()))).collect()
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
