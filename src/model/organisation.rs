//! Departments (部) and divisions (課) in 建制順, and how long each exists.

use std::collections::BTreeSet;
use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::fiscal::Period;
use super::lineage::{Lineage, Standing};

/// From when to when a department or division exists; both days belong to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Term {
    /// Its first day; `None` where it has always been there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<NaiveDate>,
    /// Its last day; `None` where no end is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<NaiveDate>,
}

impl Term {
    /// Neither a first nor a last day.
    pub fn is_open(&self) -> bool {
        self.from.is_none() && self.to.is_none()
    }

    /// Whether it exists on a day.
    pub fn holds(&self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }

    /// Whether there is a day that belongs to both.
    pub fn overlaps(&self, other: &Self) -> bool {
        let starts_in_time = |a: &Self, b: &Self| a.from.is_none_or(|from| b.to.is_none_or(|to| from <= to));
        starts_in_time(self, other) && starts_in_time(other, self)
    }

    /// The days that belong to both: a division exists no longer than its department.
    #[must_use]
    pub fn within(&self, outer: &Self) -> Self {
        let to = match (self.to, outer.to) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        Self { from: self.from.max(outer.from), to }
    }

    /// Whether it ends before another begins.
    pub fn ends_before(&self, other: &Self) -> bool {
        self.to.zip(other.from).is_some_and(|(to, from)| to < from)
    }
}

/// A department, or a division with its department.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub struct UnitName {
    /// The department.
    pub department: String,
    /// The division; empty for the department itself.
    pub division: String,
}

impl UnitName {
    /// A department or, where the second text is not empty, a division.
    pub fn new(department: impl Into<String>, division: impl Into<String>) -> Self {
        Self { department: department.into(), division: division.into() }
    }
}

impl fmt::Display for UnitName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let space = if self.department.is_empty() || self.division.is_empty() { "" } else { " " };
        write!(f, "{}{space}{}", self.department, self.division)
    }
}

/// A department: 部, 局, 室, 消防本部, 委員会事務局.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Department {
    /// Its name as documents print it.
    pub name: String,
    /// Other spellings on sheets.
    pub aliases: Vec<String>,
    /// Its divisions in 建制順.
    pub divisions: Vec<Division>,
    /// How long it exists.
    #[serde(default, skip_serializing_if = "Term::is_open")]
    pub term: Term,
    /// What it was made from, in the spelling of hoshin.toml.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub successor_of: Vec<UnitName>,
}

/// A division: 課, 室, 署.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Division {
    /// Its name as documents print it.
    pub name: String,
    /// Other spellings on sheets.
    pub aliases: Vec<String>,
    /// How long it exists; never longer than its department.
    #[serde(default, skip_serializing_if = "Term::is_open")]
    pub term: Term,
    /// What it was made from, in the spelling of hoshin.toml.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub successor_of: Vec<UnitName>,
}

/// The day that decides what exists in a month: its last.
pub fn deciding_day(period: Period) -> NaiveDate {
    period.last_day().unwrap_or(NaiveDate::MAX)
}

/// The organisation as it stands in one month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organisation {
    /// The month.
    pub period: Period,
    /// What exists on the month's last day, in 建制順.
    pub departments: Vec<Department>,
    /// The same, and behind it the names of other times that nothing in this month bears: sheets may still carry them.
    pub readable: Vec<Department>,
    /// What became of what.
    pub lineage: Lineage,
}

impl Organisation {
    /// A month's organisation out of the departments of all times.
    pub fn of(all: &[Department], period: Period) -> Self {
        let departments = standing(all, deciding_day(period));
        let readable = readable(all, &departments, deciding_day(period));
        Self { period, departments, readable, lineage: Lineage::new(all) }
    }

    /// What a name on a sheet is called in this month: its successor's name where there is just one, else itself.
    pub fn current(&self, department: &str, division: &str) -> UnitName {
        match self.lineage.standing(department, division, self.period) {
            Standing::Became(heir) => heir,
            _ => UnitName::new(department, division),
        }
    }
}

fn standing(all: &[Department], day: NaiveDate) -> Vec<Department> {
    let there = all.iter().filter(|department| department.term.holds(day)).cloned();
    there
        .map(|mut department| {
            department.divisions.retain(|division| division.term.holds(day));
            department
        })
        .collect()
}

fn readable(all: &[Department], now: &[Department], day: NaiveDate) -> Vec<Department> {
    let own =
        |name: &String, aliases: &[String]| std::iter::once(name).chain(aliases).cloned().collect::<Vec<_>>();
    let mut departments: BTreeSet<String> = now.iter().flat_map(|d| own(&d.name, &d.aliases)).collect();
    let divisions = now.iter().flat_map(|d| &d.divisions);
    let mut divisions: BTreeSet<String> = divisions.flat_map(|d| own(&d.name, &d.aliases)).collect();
    let mut readable = now.to_vec();
    for department in all {
        let gone: Vec<&Division> = department
            .divisions
            .iter()
            .filter(|division| !division.term.within(&department.term).holds(day))
            .filter(|division| divisions.insert(division.name.clone()))
            .collect();
        let gone: Vec<Division> = gone
            .into_iter()
            .map(|division| {
                let aliases = division.aliases.iter().filter(|alias| divisions.insert((*alias).clone()));
                Division { aliases: aliases.cloned().collect(), ..division.clone() }
            })
            .collect();
        match readable.iter_mut().find(|known| known.name == department.name) {
            Some(known) => known.divisions.extend(gone),
            None if departments.insert(department.name.clone()) => {
                let aliases = department.aliases.iter().filter(|alias| departments.insert((*alias).clone()));
                let aliases = aliases.cloned().collect();
                readable.push(Department { aliases, divisions: gone, ..department.clone() });
            }
            None => {}
        }
    }
    readable
}
