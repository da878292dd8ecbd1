//! Who is who over the months: keys of past and present records by today's rules.

use rust_decimal::Decimal;

use super::Today;
use crate::model::fiscal::Period;
use crate::model::indicator::Indicator;
use crate::model::initiative::Initiative;
use crate::model::organisation::Organisation;
use crate::model::place::Place;
use crate::model::quantity::Unit;
use crate::normalise::text::canonical_name;
use crate::normalise::unit::dimension;

/// What tells a record from the others of its month, by today's organisation and today's aliases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// Its id in its own month.
    pub id: String,
    /// Department as it is called today.
    pub department: String,
    /// Division as it is called today; empty matches any.
    pub division: String,
    /// Canonical name; programme and item of an initiative.
    pub name: String,
    /// What its unit measures; empty matches any.
    pub dimension: String,
    /// The sheets that it stands on.
    pub sheets: Vec<(String, String)>,
}

impl Key {
    /// Whether the two can mean the same record at all.
    pub fn fits(&self, other: &Self) -> bool {
        let alike = |a: &str, b: &str| a == b || a.is_empty() || b.is_empty();
        self.department == other.department
            && self.name == other.name
            && alike(&self.division, &other.division)
            && alike(&self.dimension, &other.dimension)
    }

    /// Whether nothing is left open.
    pub fn equals(&self, other: &Self) -> bool {
        self.fits(other) && self.division == other.division && self.dimension == other.dimension
    }

    /// Whether both stand on a sheet of the same name in a workbook of the same name.
    pub fn shares_sheet(&self, other: &Self) -> bool {
        self.sheets.iter().any(|sheet| other.sheets.contains(sheet))
    }
}

fn sheets<'p>(places: impl Iterator<Item = &'p Place>) -> Vec<(String, String)> {
    places.map(|place| (place.workbook.to_string(), place.sheet.to_string())).collect()
}

/// The first text that is not empty.
fn said<'t>(mut texts: impl Iterator<Item = &'t str>) -> &'t str {
    texts.find(|text| !text.is_empty()).unwrap_or_default()
}

impl Today<'_> {
    /// The key of an indicator of a month; `None` where the snapshot holds one without sources.
    pub fn indicator(&self, indicator: &Indicator, then: Period) -> Option<Key> {
        let main = indicator.sources.get(indicator.primary).or(indicator.sources.first())?;
        let division = said(indicator.sources.iter().map(|source| source.division.as_str()));
        let (department, division) = self.owner(&main.department, division, then);
        let rule = self.rules.of(&department, &main.name);
        let unit = indicator.sources.iter().find_map(|source| source.unit.clone());
        let unit = unit.or_else(|| rule.and_then(|rule| rule.unit.clone()).map(Unit));
        Some(Key {
            id: indicator.id.clone(),
            name: canonical_name(rule.map_or(&main.name, |rule| &rule.name)),
            dimension: unit.map_or_else(String::new, |unit| dimension(&unit, self.vocabulary).0),
            sheets: sheets(indicator.sources.iter().map(|source| &source.place)),
            department,
            division,
        })
    }

    /// The key of an item of a month; `None` where the snapshot holds one without sources.
    pub fn initiative(&self, initiative: &Initiative, then: Period) -> Option<Key> {
        let words = initiative.sources.get(initiative.wording).or(initiative.sources.first())?;
        let division = said(initiative.sources.iter().map(|source| source.division.as_str()));
        let (department, division) = self.owner(&words.department, division, then);
        Some(Key {
            id: initiative.id.clone(),
            name: format!("{}\n{}", canonical_name(&words.program), canonical_name(&words.item)),
            dimension: String::new(),
            sheets: sheets(initiative.sources.iter().map(|source| &source.place)),
            department,
            division,
        })
    }

    /// A value in the base unit of what its unit measures; as it is where that cannot be said exactly.
    pub fn scaled(&self, value: Decimal, unit: &str) -> Decimal {
        let size = dimension(&Unit(unit.to_owned()), self.vocabulary).1;
        value.checked_mul(size).unwrap_or(value).normalize()
    }

    /// Department and division of an earlier month as they are called today. Of what was divided within its department
    /// the division is left open; what nothing came of keeps its name.
    pub fn owner(&self, department: &str, division: &str, then: Period) -> (String, String) {
        let Organisation { lineage, period, .. } = self.organisation;
        let heirs = lineage.successors(department, division, then, *period);
        match heirs.split_first() {
            Some((heir, [])) => (heir.department.clone(), heir.division.clone()),
            Some((heir, rest)) if rest.iter().all(|other| other.department == heir.department) => {
                (heir.department.clone(), String::new())
            }
            _ => (department.to_owned(), division.to_owned()),
        }
    }
}
