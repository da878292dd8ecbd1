//! 前回値: what an earlier month said, in place of what is missing.

use std::collections::BTreeSet;

use super::content::Content;
use super::survey::Answer;
use crate::extract::Records;
use crate::model::dataset::{Dataset, Source};
use crate::model::fiscal::Period;
use crate::model::organisation::{Organisation, UnitName};
use crate::model::place::Place;
use crate::model::quantity::Confidence;
use crate::model::submission::Carried;

/// The records of an earlier month that stand in for missing ones.
#[derive(Debug, Default)]
pub struct Stand {
    /// One for each workbook of that month, by path.
    pub records: Vec<Records>,
    /// Those workbooks.
    pub sources: Vec<Source>,
}

/// Which records of an earlier month stand in for an answer that is not there.
struct Wanted<'a> {
    /// Workbooks that are gone altogether: all they said.
    whole: BTreeSet<&'a str>,
    /// Workbooks that are still there but no longer speak for the unit: what they said of it.
    part: BTreeSet<&'a str>,
    /// Who the unit was then.
    elders: &'a [UnitName],
}

impl Wanted<'_> {
    fn has(&self, place: &Place, department: &str, division: &str) -> bool {
        let own = || self.elders.contains(&UnitName::new(department, division));
        self.whole.contains(&*place.workbook) || (self.part.contains(&*place.workbook) && own())
    }
}

/// Takes what stands in for an answer out of the earlier month into `stand`; what other answers took before is theirs.
pub fn carry(
    answer: &Answer<'_>,
    now: &Content<'_>,
    before: &Dataset,
    organisation: &Organisation,
    stand: &mut Stand,
) -> Option<Carried> {
    // What that month itself took over is told by its own list.
    let older = before.submissions.iter().filter(|old| answer.elders.contains(&old.unit()));
    let older = older.filter_map(|old| old.carried.as_ref()).flat_map(|carried| &carried.workbooks);
    let paths = answer.earlier.iter().map(|source| source.workbook.as_str()).chain(older.map(String::as_str));
    let (part, whole) = paths.partition(|path| now.has_read(path));
    let wanted = Wanted { whole, part, elders: &answer.elders };
    let taken: BTreeSet<&str> = stand.records.iter().map(|records| records.workbook.as_str()).collect();
    let wanted =
        Wanted { whole: wanted.whole.into_iter().filter(|path| !taken.contains(path)).collect(), ..wanted };
    let mut found = Found { before: before.period, organisation, carried: None, records: Vec::new() };
    found.indicators(before, &wanted);
    found.initiatives(before, &wanted);
    found.sections(before, &wanted);
    let paths: BTreeSet<&str> = found.records.iter().map(|records| records.workbook.as_str()).collect();
    let sources = before.sources.iter().chain(&before.carried_sources);
    for source in sources.filter(|source| paths.contains(source.workbook.as_str())) {
        if !stand.sources.iter().any(|known| known.workbook == source.workbook) {
            stand.sources.push(source.clone());
        }
    }
    stand.records.extend(found.records);
    found.carried
}

/// What is taken over for one answer.
struct Found<'a> {
    before: Period,
    organisation: &'a Organisation,
    carried: Option<Carried>,
    records: Vec<Records>,
}

impl Found<'_> {
    /// The month in which it was really reported.
    fn month(&mut self, place: &Place, carried_from: Option<Period>) -> (Period, &mut Carried) {
        let month = carried_from.unwrap_or(self.before);
        let carried = self.carried.get_or_insert_with(|| Carried {
            from: month,
            workbooks: Vec::new(),
            figures: 0,
            initiatives: 0,
        });
        carried.from = carried.from.max(month);
        if !carried.workbooks.iter().any(|known| **known == *place.workbook) {
            carried.workbooks.push(place.workbook.to_string());
        }
        (month, carried)
    }

    /// Puts what the unit was called then under what it is called now, where that is one name.
    fn rename(&self, department: &mut String, division: &mut String) {
        let lineage = &self.organisation.lineage;
        let mut heirs = lineage.successors(department, division, self.before, self.organisation.period);
        if let (1, Some(heir)) = (heirs.len(), heirs.pop()) {
            (*department, *division) = (heir.department, heir.division);
        }
    }

    fn records(&mut self, place: &Place) -> Option<&mut Records> {
        let known = self.records.iter().position(|records| records.workbook == *place.workbook);
        let index = known.unwrap_or_else(|| {
            self.records.push(Records { workbook: place.workbook.to_string(), ..Records::default() });
            self.records.len() - 1
        });
        self.records.get_mut(index)
    }

    fn indicators(&mut self, before: &Dataset, wanted: &Wanted) {
        for source in before.indicators.iter().flat_map(|indicator| &indicator.sources) {
            if !wanted.has(&source.place, &source.department, &source.division) {
                continue;
            }
            let mut source = source.clone();
            let (month, carried) = self.month(&source.place, source.carried_from);
            carried.figures += source.figures.len();
            source.carried_from = Some(month);
            for figure in &mut source.figures {
                figure.carried_from = Some(month);
                figure.confidence = no_longer_sure(figure.confidence);
            }
            self.rename(&mut source.department, &mut source.division);
            if let Some(records) = self.records(&source.place.clone()) {
                records.indicators.push(source);
            }
        }
    }

    fn initiatives(&mut self, before: &Dataset, wanted: &Wanted) {
        for source in before.initiatives.iter().flat_map(|initiative| &initiative.sources) {
            if !wanted.has(&source.place, &source.department, &source.division) {
                continue;
            }
            let mut source = source.clone();
            let (month, carried) = self.month(&source.place, source.carried_from);
            carried.initiatives += 1;
            source.carried_from = Some(month);
            source.confidence = no_longer_sure(source.confidence);
            self.rename(&mut source.department, &mut source.division);
            if let Some(records) = self.records(&source.place.clone()) {
                records.initiatives.push(source);
            }
        }
    }

    fn sections(&mut self, before: &Dataset, wanted: &Wanted) {
        for line in before.sections.iter().filter(|line| wanted.has(&line.place, &line.department, "")) {
            let mut line = line.clone();
            line.carried_from = Some(self.month(&line.place, line.carried_from).0);
            self.rename(&mut line.department, &mut String::new());
            if let Some(records) = self.records(&line.place.clone()) {
                records.sections.push(line);
            }
        }
    }
}

/// A value of an earlier month is at best an assumption for this one.
fn no_longer_sure(confidence: Confidence) -> Confidence {
    if confidence == Confidence::Read { Confidence::Assumed } else { confidence }
}
