//! 差戻し/…: what a division must look at, as a sheet with room for its answers and a letter that carries it.
//!
//! Only errors and warnings that a division can cure in its own workbook are sent back. Notes are left out: nothing is
//! lost where they stay, and a list of trifles hides what matters; they are counted.

mod letter;
mod sheet;

use std::collections::{BTreeMap, BTreeSet};

use super::free_name;
use crate::finding::{Finding, Severity};
use crate::model::book::Book;
use crate::model::dataset::Dataset;
use crate::model::fiscal::Eras;
use crate::model::letter::Letter;
use crate::model::place::CellRef;
use crate::model::quantity::State;

pub use sheet::{ANSWERS, Answer, HEADINGS, KEYS};

/// A return sheet with the letter that carries it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Return {
    /// The sheet: `差戻し/総合政策部_政策創造課.xlsx`.
    pub book: Book,
    /// The letter: the same name, `.eml`.
    pub letter: Letter,
}

/// What concerns one division.
struct Desk<'a> {
    department: &'a str,
    division: &'a str,
    findings: Vec<&'a Finding>,
    /// Left out because nothing is lost where they stay.
    notes: usize,
    /// Quiet because the division has answered for them.
    accepted: usize,
}

impl Desk<'_> {
    /// `総合政策部　政策創造課`, `総合政策部　部共通`, `所属不明`.
    fn name(&self, between: &str) -> String {
        match (self.department, self.division) {
            ("", "") => "所属不明".to_owned(),
            ("", division) => format!("所属不明{between}{division}"),
            (department, "") => format!("{department}{between}部共通"),
            (department, division) => format!("{department}{between}{division}"),
        }
    }
}

/// The return sheets of a month, divisions in the order of their findings (建制順). Who has nothing to look at gets none.
pub fn returns(dataset: &Dataset, eras: &Eras) -> Vec<Return> {
    let mut taken = BTreeSet::new();
    let desks = desks(dataset);
    let states = states(dataset, &desks);
    let make = |desk: &Desk<'_>| {
        let name = free_name(&desk.name("_"), &mut taken);
        let book = sheet::book(dataset, desk, &states, (&format!("差戻し/{name}.xlsx"), eras));
        Return { letter: letter::letter(dataset, desk, &name, eras), book }
    };
    desks.iter().map(make).collect()
}

/// How the figures were read in whose cells findings stand, by workbook, sheet and cell; the first of each cell.
type States<'a> = BTreeMap<(&'a str, &'a str, CellRef), State>;

fn states<'a>(dataset: &'a Dataset, desks: &[Desk<'a>]) -> States<'a> {
    let findings = desks.iter().flat_map(|desk| &desk.findings);
    let asked: BTreeSet<_> = findings.filter_map(|finding| finding_place(finding)).collect();
    let mut states = States::new();
    for figure in dataset.indicators.iter().flat_map(|it| &it.sources).flat_map(|it| &it.figures) {
        let place = (&*figure.place.workbook, &*figure.place.sheet, figure.place.cell);
        if asked.contains(&place) {
            states.entry(place).or_insert(figure.state);
        }
    }
    states
}

/// The cell that a finding is about.
fn finding_place(finding: &Finding) -> Option<(&str, &str, CellRef)> {
    Some((&finding.workbook, &finding.sheet, finding.cell?))
}

fn desks(dataset: &Dataset) -> Vec<Desk<'_>> {
    let mut desks: Vec<Desk<'_>> = Vec::new();
    let theirs = |finding: &&Finding| finding.code.is_for_division();
    let urgent = dataset.findings.iter().filter(theirs).filter(|finding| finding.severity < Severity::Note);
    for finding in urgent {
        let (department, division) = (finding.department.as_str(), finding.division.as_str());
        if let Some(desk) =
            desks.iter_mut().find(|desk| (desk.department, desk.division) == (department, division))
        {
            desk.findings.push(finding);
            continue;
        }
        let here = |f: &&Finding| (f.department.as_str(), f.division.as_str()) == (department, division);
        let note = |f: &&Finding| f.severity == Severity::Note && f.code.is_for_division();
        let notes = dataset.findings.iter().filter(here).filter(note).count();
        let accepted = dataset.accepted.iter().filter(here).count();
        desks.push(Desk { department, division, findings: vec![finding], notes, accepted });
    }
    for desk in &mut desks {
        desk.findings.sort_by_key(|finding| finding.severity);
    }
    desks
}
