//! What a month's workbooks say, as far as it tells whose they are and whether anything has changed.

use std::collections::{BTreeMap, BTreeSet};

use super::due::Due;
use super::pattern;
use crate::extract::Records;
use crate::model::dataset::{Dataset, Outcome, Source};
use crate::model::indicator::IndicatorSource;
use crate::model::initiative::InitiativeSource;
use crate::model::organisation::UnitName;
use crate::model::place::Place;
use crate::model::section::SectionLine;
use crate::normalise::text::canonical_name;

/// The workbooks of a month.
#[derive(Debug, Default)]
pub struct Content<'a> {
    pub sources: Vec<&'a Source>,
    /// For whom each workbook speaks.
    speakers: BTreeMap<&'a str, BTreeSet<UnitName>>,
    /// Workbooks that are not one division's: their rows may speak for several.
    shared: BTreeSet<&'a str>,
    /// Policy documents name the divisions in charge, and speak for none of them.
    policies: BTreeSet<(&'a str, &'a str)>,
    /// Each workbook's figures, statuses and texts, sorted; without cells, so that a row put in between is no change.
    said: BTreeMap<&'a str, Vec<String>>,
}

impl<'a> Content<'a> {
    /// This month's, before it is consolidated.
    pub fn of_records(sources: Vec<&'a Source>, records: impl Iterator<Item = &'a Records>) -> Self {
        let mut content = Self::new(sources);
        for record in records {
            content.sections(record.sections.iter());
            content.indicators(record.indicators.iter());
            content.initiatives(record.initiatives.iter());
        }
        content.sorted()
    }

    /// An earlier month's, without what stood in for missing workbooks then.
    pub fn of_dataset(dataset: &'a Dataset) -> Self {
        let mut content = Self::new(dataset.sources.iter().collect());
        content.sections(dataset.sections.iter().filter(|line| line.carried_from.is_none()));
        let indicators = dataset.indicators.iter().flat_map(|indicator| &indicator.sources);
        content.indicators(indicators.filter(|source| source.carried_from.is_none()));
        let initiatives = dataset.initiatives.iter().flat_map(|initiative| &initiative.sources);
        content.initiatives(initiatives.filter(|source| source.carried_from.is_none()));
        content.sorted()
    }

    fn new(sources: Vec<&'a Source>) -> Self {
        let mut content = Self { sources, ..Self::default() };
        for source in content.sources.clone() {
            let own = UnitName::new(&*source.department, &*source.division);
            content.speakers.entry(&source.workbook).or_default().insert(own);
            if source.division.is_empty() {
                content.shared.insert(&source.workbook);
            }
        }
        content
    }

    /// A row of a workbook names a division.
    fn speaks(&mut self, place: &'a Place, department: &str, division: &str) {
        let policy = self.policies.contains(&(&*place.workbook, &*place.sheet));
        if self.shared.contains(&*place.workbook) && !policy && !division.is_empty() {
            let unit = UnitName::new(department, division);
            self.speakers.entry(&place.workbook).or_default().insert(unit);
        }
    }

    fn indicators(&mut self, sources: impl Iterator<Item = &'a IndicatorSource>) {
        for source in sources {
            self.speaks(&source.place, &source.department, &source.division);
            let name = canonical_name(&source.name);
            let said = self.said.entry(&source.place.workbook).or_default();
            said.push(format!("{name}\t{:?}\t{}", source.unit, source.note.trim()));
            said.extend(source.figures.iter().map(|figure| {
                let number = figure.quantity.as_ref().map(|q| (q.value.normalize(), q.high, q.bound));
                // Where there is no number, the words that stand there are what the figure says.
                let words = if number.is_some() { "" } else { figure.raw.trim() };
                format!("{name}\t{:?}\t{:?}\t{number:?}\t{words}", figure.slot(), figure.state)
            }));
        }
    }

    fn initiatives(&mut self, sources: impl Iterator<Item = &'a InitiativeSource>) {
        for source in sources {
            self.speaks(&source.place, &source.department, &source.division);
            let (program, item) = (canonical_name(&source.program), canonical_name(&source.item));
            let state = (source.status, source.direction, source.progress.map(|p| p.normalize()));
            let words = [&source.status_raw, &source.due_raw, &source.comment].map(|text| text.trim());
            let said = self.said.entry(&source.place.workbook).or_default();
            said.push(format!("{program}\t{item}\t{state:?}\t{words:?}"));
        }
    }

    fn sections(&mut self, lines: impl Iterator<Item = &'a SectionLine>) {
        for line in lines {
            self.policies.insert((&*line.place.workbook, &*line.place.sheet));
            let said = self.said.entry(&line.place.workbook).or_default();
            said.push(format!("{:?}\t{}\t{}\t{}", line.section, line.title, line.category, line.text));
        }
    }

    fn sorted(mut self) -> Self {
        self.said.values_mut().for_each(|said| said.sort());
        self
    }

    /// The workbooks that answer an expectation from one of these units.
    pub fn answering(&self, due: &Due, units: &[UnitName]) -> Vec<&'a Source> {
        let speaks = |source: &Source| {
            let speakers = self.speakers.get(source.workbook.as_str());
            speakers.is_some_and(|speakers| units.iter().any(|unit| speakers.contains(unit)))
        };
        let fits = |source: &Source| !due.pattern.is_empty() && pattern::fits(&due.pattern, &source.workbook);
        let wanted =
            |source: &&&Source| fits(source) || ((due.pattern.is_empty() || due.moved) && speaks(source));
        self.sources.iter().filter(wanted).copied().collect()
    }

    /// Whether a workbook of this path was read.
    pub fn has_read(&self, workbook: &str) -> bool {
        self.sources.iter().any(|source| source.workbook == workbook && source.outcome == Outcome::Read)
    }

    /// All that some workbooks say, sorted.
    pub fn said(&self, workbooks: &[&Source]) -> Vec<&str> {
        let said = workbooks.iter().filter_map(|source| self.said.get(source.workbook.as_str()));
        let mut said: Vec<&str> = said.flatten().map(String::as_str).collect();
        said.sort_unstable();
        said
    }
}
