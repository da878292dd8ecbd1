//! Stage 6b of a corrected edition: what it prints otherwise than the edition that was handed out (正誤表).
//!
//! Both months are taken apart into printed facts, each under a key that the same fact has in either; what differs is a
//! correction. So nothing that is compared can be forgotten on one side only.

use std::collections::BTreeMap;

use crate::compose::{figure_text, words};
use crate::model::dataset::Dataset;
use crate::model::erratum::{Erratum, ErratumSubject};
use crate::model::fiscal::Eras;
use crate::model::indicator::IndicatorSource;
use crate::model::initiative::Initiative;
use crate::model::place::Place;

/// What tells one printed fact of a month from another; the number tells equal ones apart.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    subject: ErratumSubject,
    owner: String,
    label: String,
    nth: usize,
}

/// A printed fact.
#[derive(Debug, Clone)]
struct Fact {
    department: String,
    division: String,
    name: String,
    text: String,
    place: Place,
}

/// The corrections of a month against an earlier edition of it, in 建制順.
pub fn errata(old: &Dataset, new: &Dataset, eras: &Eras) -> Vec<Erratum> {
    let (before, mut now) = (Facts::of(old, eras), Facts::of(new, eras));
    if old.judgements.is_empty() {
        // An edition of a version that did not judge has nothing there to be corrected.
        now.facts.retain(|(key, _)| key.subject != ErratumSubject::Judgement);
    }
    let correction = |key: &Key, fact: &Fact, old: &str, new: &str| Erratum {
        department: fact.department.clone(),
        division: fact.division.clone(),
        subject: key.subject,
        name: fact.name.clone(),
        label: key.label.clone(),
        old: old.to_owned(),
        new: new.to_owned(),
        place: fact.place.clone(),
    };
    let mut errata = Vec::new();
    for (key, fact) in &now.facts {
        let was = before.text(key);
        if was != fact.text {
            errata.push(correction(key, fact, was, &fact.text));
        }
    }
    for (key, fact) in &before.facts {
        if !fact.text.is_empty() && now.get(key).is_none() {
            errata.push(correction(key, fact, &fact.text, ""));
        }
    }
    let departments: Vec<&str> =
        new.departments.iter().chain(&old.departments).map(|department| department.name.as_str()).collect();
    let rank = |name: &str| departments.iter().position(|known| *known == name).unwrap_or(usize::MAX);
    errata.sort_by_key(|erratum| (rank(&erratum.department), erratum.subject));
    errata
}

/// The printed facts of a month, in the order of its records.
struct Facts {
    facts: Vec<(Key, Fact)>,
    index: BTreeMap<Key, usize>,
}

impl Facts {
    fn of(dataset: &Dataset, eras: &Eras) -> Self {
        let mut facts = Gathering::default();
        for indicator in &dataset.indicators {
            for source in &indicator.sources {
                facts.indicator(&indicator.id, source, eras);
            }
        }
        dataset.initiatives.iter().for_each(|initiative| facts.initiative(initiative));
        facts.judgements(dataset);
        for line in &dataset.sections {
            let owner =
                format!("{}\n{:?}\n{}\n{}", line.department, line.section, line.category, line.number);
            let fact = Fact {
                department: line.department.clone(),
                division: String::new(),
                name: line.title.clone(),
                text: line.text.clone(),
                place: line.place.clone(),
            };
            facts.add(ErratumSubject::Section, &owner, &line.category, fact);
        }
        let index = facts.facts.iter().enumerate().map(|(at, (key, _))| (key.clone(), at)).collect();
        Self { facts: facts.facts, index }
    }

    fn get(&self, key: &Key) -> Option<&Fact> {
        self.facts.get(*self.index.get(key)?).map(|(_, fact)| fact)
    }

    fn text(&self, key: &Key) -> &str {
        self.get(key).map_or("", |fact| fact.text.as_str())
    }
}

#[derive(Default)]
struct Gathering {
    facts: Vec<(Key, Fact)>,
    seen: BTreeMap<(ErratumSubject, String, String), usize>,
}

impl Gathering {
    fn add(&mut self, subject: ErratumSubject, owner: &str, label: &str, fact: Fact) {
        let nth = self.seen.entry((subject, owner.to_owned(), label.to_owned())).or_default();
        let key = Key { subject, owner: owner.to_owned(), label: label.to_owned(), nth: *nth };
        *nth += 1;
        self.facts.push((key, fact));
    }

    fn indicator(&mut self, id: &str, source: &IndicatorSource, eras: &Eras) {
        let owner = format!("{id}\n{}", source.division);
        let fact = |text: String, place: &Place| Fact {
            department: source.department.clone(),
            division: source.division.clone(),
            name: source.name.clone(),
            text,
            place: place.clone(),
        };
        let unit = source.unit.as_ref().map_or_else(String::new, |unit| unit.0.clone());
        let subject = ErratumSubject::Indicator;
        self.add(subject, &owner, "指標名", fact(source.name.clone(), &source.place));
        self.add(subject, &owner, "単位", fact(unit, &source.place));
        for figure in &source.figures {
            let text = figure_text(figure, source);
            self.add(subject, &owner, &figure.slot().label(eras), fact(text, &figure.place));
        }
    }

    /// Verdicts, each at the cell of its target, actual or status, or where its indicator stands.
    fn judgements(&mut self, dataset: &Dataset) {
        let named: BTreeMap<&str, &Place> = dataset
            .indicators
            .iter()
            .map(|indicator| (indicator.id.as_str(), &indicator.main().place))
            .collect();
        for judgement in &dataset.judgements {
            let places = judgement.places.first();
            let Some(place) = places.or_else(|| named.get(judgement.id.as_str()).copied()) else { continue };
            let fact = Fact {
                department: judgement.department.clone(),
                division: judgement.division.clone(),
                name: judgement.name.clone(),
                text: words::verdict(judgement.result),
                place: place.clone(),
            };
            self.add(ErratumSubject::Judgement, &judgement.id, "判定", fact);
        }
    }

    fn initiative(&mut self, initiative: &Initiative) {
        let (words, main) = (initiative.words(), initiative.main());
        let percent = main.progress.map_or_else(String::new, |value| format!("{}%", value.normalize()));
        let status = main.status.map_or("", |status| status.label());
        let direction = main.direction.map_or("", words::direction);
        let parts = [
            ("取組項目", words.item.as_str(), None),
            ("進捗状況", status, main.status_cell),
            ("進捗率", percent.as_str(), None),
            ("今後の方向性", direction, None),
            ("期限", main.due_raw.as_str(), None),
        ];
        for (label, text, cell) in parts {
            let place = if label == "取組項目" { &words.place } else { &main.place };
            let fact = Fact {
                department: words.department.clone(),
                division: main.division.clone(),
                name: format!("{}　{}", words.program, words.item).trim().to_owned(),
                text: text.to_owned(),
                place: Place { cell: cell.unwrap_or(place.cell), ..place.clone() },
            };
            self.add(ErratumSubject::Initiative, &initiative.id, label, fact);
        }
    }
}
