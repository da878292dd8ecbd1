//! Stage 5: the records of all workbooks → one dataset: identity, order, conflicts, proposals.

mod identity;
mod indicators;
mod initiatives;
mod order;
mod owners;
mod units;

pub use identity::IndicatorRules;

use crate::config::Config;
use crate::extract::Records;
use crate::finding::{Code, Draft};
use crate::model::fiscal::{Eras, FiscalYear};
use crate::model::indicator::Indicator;
use crate::model::initiative::Initiative;
use crate::model::organisation::{Department, Organisation};
use crate::model::section::SectionLine;
use crate::normalise::Vocabulary;

pub use owners::follow;

/// The consolidated records of a month.
#[derive(Debug)]
pub struct Consolidated {
    /// All departments in 建制順.
    pub departments: Vec<Department>,
    /// All indicators.
    pub indicators: Vec<Indicator>,
    /// All initiatives.
    pub initiatives: Vec<Initiative>,
    /// All lines of all policy documents.
    pub sections: Vec<SectionLine>,
    /// All findings, in 建制順, then by place.
    pub drafts: Vec<Draft>,
}

/// What identity and order are decided by.
#[derive(Debug, Clone, Copy)]
pub struct Rules<'a> {
    /// hoshin.toml.
    pub config: &'a Config,
    /// hoshin.toml's departments and divisions in this month.
    pub organisation: &'a Organisation,
    /// Units and spellings.
    pub vocabulary: &'a Vocabulary,
    /// The fiscal year that the month reports on.
    pub fiscal_year: FiscalYear,
}

/// Joins the records of all workbooks, which come in the order of their paths; `drafts` is what is known besides.
pub fn consolidate(records: Vec<Records>, mut drafts: Vec<Draft>, rules: &Rules) -> Consolidated {
    let order = order::Order::new(rules.organisation, &records, &mut drafts);
    let (mut indicators, mut initiatives, mut sections) = (Vec::new(), Vec::new(), Vec::new());
    for record in records {
        indicators.extend(record.indicators);
        initiatives.extend(record.initiatives);
        sections.extend(record.sections);
        drafts.extend(record.drafts);
    }
    sections.sort_by_cached_key(|line| order.rank(&line.department, ""));
    other_years(&sections, rules, &mut drafts);
    let indicators = indicators::join(indicators, rules, &order, &mut drafts);
    let initiatives = initiatives::join(initiatives, &sections, &order, rules, &mut drafts);
    drafts.sort_by_cached_key(|draft| {
        let rank = order.rank(&draft.department, &draft.division);
        (rank, draft.workbook.clone(), draft.sheet.clone(), draft.cell, draft.code)
    });
    Consolidated { departments: order.departments, indicators, initiatives, sections, drafts }
}

/// Policy documents of another fiscal year than the month's: kept in the data, left out of the reports, and said so.
fn other_years(sections: &[SectionLine], rules: &Rules, drafts: &mut Vec<Draft>) {
    let eras: &Eras = &rules.vocabulary.eras;
    let mut said: Vec<(&str, &str)> = Vec::new();
    for line in sections {
        let Some(year) = line.fiscal_year.filter(|year| *year != rules.fiscal_year) else { continue };
        let sheet = (&*line.place.workbook, &*line.place.sheet);
        if said.contains(&sheet) {
            continue;
        }
        said.push(sheet);
        let draft = Draft::new(Code::OtherFiscalYear).in_sheet(sheet.0, sheet.1).of(&line.department, "");
        drafts.push(draft.reading(eras.long(year)).with("year", eras.long(rules.fiscal_year)));
    }
}
