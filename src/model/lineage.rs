//! What became of departments and divisions: renamed, merged, split, moved.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::fiscal::Period;
use super::organisation::{Department, Term, UnitName, deciding_day};

/// A department or division of one time.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Unit {
    name: UnitName,
    /// Other spellings of the department's name.
    department_aliases: Vec<String>,
    /// Other spellings of the division's name.
    aliases: Vec<String>,
    /// The unit of its department; its own index for a department.
    department: usize,
    term: Term,
    /// What came of it at once.
    successors: Vec<usize>,
    /// What it came of at once.
    origins: Vec<usize>,
}

impl Unit {
    /// The names under which its department is known.
    fn departments(&self) -> impl Iterator<Item = &str> {
        let aliases = self.department_aliases.iter().filter(|alias| !alias.is_empty());
        std::iter::once(&self.name.department).chain(aliases).map(String::as_str)
    }

    /// Whether its division is called so; a department itself is called by no name of a division.
    fn is_division(&self, name: &str) -> bool {
        self.name.division == name || (!name.is_empty() && self.aliases.iter().any(|alias| alias == name))
    }
}

/// Where a name stands in a month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// hoshin.toml does not list it.
    Unlisted,
    /// It exists.
    Current,
    /// It went over into this one.
    Became(UnitName),
    /// It was divided among these.
    Split(Vec<UnitName>),
    /// It does not exist, and nothing is known to have come of it.
    Gone,
}

/// The departments and divisions of all times with what came of each.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Lineage {
    units: Vec<Unit>,
    /// The units in departments of a name or alias, in their order.
    by_department: BTreeMap<String, Vec<usize>>,
}

impl Lineage {
    /// From hoshin.toml's departments.
    ///
    /// Besides what `successor_of` says, a unit is followed by a later one of its own name in the same department, and
    /// a division of a department that ended by the division of its name in what came of that department.
    pub fn new(departments: &[Department]) -> Self {
        let mut lineage = Self { units: units(departments), by_department: BTreeMap::new() };
        for (index, ancestors) in ancestors(departments).into_iter().enumerate() {
            for ancestor in ancestors {
                lineage.succeed(&ancestor, index);
            }
        }
        lineage.same_names(|unit| unit.name.division.is_empty());
        lineage.same_names(|unit| !unit.name.division.is_empty());
        lineage.index();
        lineage
    }

    /// Notes what each unit came of and who bears which name, for those who ask.
    fn index(&mut self) {
        let mut origins: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (index, unit) in self.units.iter().enumerate() {
            for successor in &unit.successors {
                origins.entry(*successor).or_default().push(index);
            }
            for name in unit.departments() {
                let known = self.by_department.entry(name.to_owned()).or_default();
                if known.last() != Some(&index) {
                    known.push(index);
                }
            }
        }
        for (index, unit) in self.units.iter_mut().enumerate() {
            unit.origins = origins.remove(&index).unwrap_or_default();
        }
    }

    /// Notes that a unit came of the newest one of a name that ended before it.
    fn succeed(&mut self, ancestor: &UnitName, successor: usize) {
        let Some(term) = self.units.get(successor).map(|unit| unit.term) else { return };
        let named = self.units.iter().enumerate().filter(|(_, unit)| unit.name == *ancestor);
        let before = named.filter(|(_, unit)| unit.term.ends_before(&term));
        let newest = before.max_by_key(|(_, unit)| unit.term.to).map(|(index, _)| index);
        if let Some(unit) = newest.and_then(|index| self.units.get_mut(index)) {
            unit.successors.push(successor);
        }
    }

    /// Adds those who go on under the same name: the next one, unless something else came of the unit before that.
    fn same_names(&mut self, of: fn(&Unit) -> bool) {
        for index in 0..self.units.len() {
            let Some(unit) = self.units.get(index).filter(|unit| of(unit)) else { continue };
            let homes = self.homes(unit);
            let mut next: Vec<usize> = Vec::new();
            for home in homes {
                let namesakes = self.units.iter().enumerate().filter(|(other, candidate)| {
                    let same_home = match home {
                        Some(home) => candidate.department == home && *other != home,
                        None => of(candidate) && candidate.name.department == unit.name.department,
                    };
                    same_home && candidate.name.division == unit.name.division
                });
                let later = namesakes.filter(|(_, candidate)| unit.term.ends_before(&candidate.term));
                let later = later.filter(|(_, candidate)| {
                    let at_once = unit.term.to.and_then(|to| to.succ_opt()) == candidate.term.from;
                    unit.successors.is_empty() || at_once
                });
                next.extend(later.min_by_key(|(_, candidate)| candidate.term.from).map(|(other, _)| other));
            }
            if let Some(unit) = self.units.get_mut(index) {
                next.retain(|other| !unit.successors.contains(other));
                unit.successors.extend(next);
            }
        }
    }

    /// The departments in which a division's namesake may follow it: its own, and those that came of it. `None` stands
    /// for a department among departments.
    fn homes(&self, unit: &Unit) -> Vec<Option<usize>> {
        if unit.name.division.is_empty() {
            return vec![None];
        }
        let after = self.units.get(unit.department).map_or(&[][..], |department| &department.successors);
        std::iter::once(unit.department).chain(after.iter().copied()).map(Some).collect()
    }

    /// The unit that a name means on a day: one that exists then, else the last one before, else the next one.
    fn find(&self, department: &str, division: &str, day: NaiveDate) -> Option<usize> {
        let home = self.by_department.get(department).map_or(&[][..], Vec::as_slice);
        let units = || home.iter().filter_map(|index| Some((*index, self.units.get(*index)?)));
        let named = || units().filter(|(_, unit)| unit.is_division(division));
        let there = named().find(|(_, unit)| unit.term.holds(day));
        let over = |unit: &Unit| unit.term.to.is_some_and(|to| to < day);
        let past = || named().filter(|(_, unit)| over(unit)).max_by_key(|(_, unit)| unit.term.to);
        let next = || named().min_by_key(|(_, unit)| unit.term.from);
        there.or_else(past).or_else(next).map(|(index, _)| index)
    }

    /// Everything that came of a unit, itself included, in 建制順.
    fn reached(&self, unit: usize) -> Vec<usize> {
        self.followed(unit, |unit| &unit.successors)
    }

    /// Everything that is reached from a unit step by step, itself included, in 建制順.
    fn followed(&self, unit: usize, step: fn(&Unit) -> &[usize]) -> Vec<usize> {
        let mut reached = vec![unit];
        let mut next = 0;
        while let Some(index) = reached.get(next).copied() {
            next += 1;
            for other in self.units.get(index).map_or(&[][..], step) {
                if !reached.contains(other) {
                    reached.push(*other);
                }
            }
        }
        reached.sort_unstable();
        reached
    }

    /// What exists on a day of everything that came of a unit, itself included, in 建制順.
    fn heirs(&self, unit: usize, day: NaiveDate) -> Vec<UnitName> {
        let units = self.reached(unit).into_iter().filter_map(|index| self.units.get(index));
        units.filter(|unit| unit.term.holds(day)).map(|unit| unit.name.clone()).collect()
    }

    /// Where a department or division, named in the month `named`, stands in the month `at`: itself, what it was
    /// renamed to or merged into, several where it was split; none where it ended without a successor. A name that
    /// hoshin.toml does not list stands as it is, in its department's successor where the department is listed.
    pub fn successors(&self, department: &str, division: &str, named: Period, at: Period) -> Vec<UnitName> {
        let (from, to) = (deciding_day(named), deciding_day(at));
        if let Some(unit) = self.find(department, division, from) {
            return self.heirs(unit, to);
        }
        let home = self.find(department, "", from).filter(|_| !division.is_empty());
        let departments =
            home.map_or_else(|| vec![UnitName::new(department, "")], |department| self.heirs(department, to));
        departments.into_iter().map(|home| UnitName::new(home.department, division)).collect()
    }

    /// What of the month `before` a department or division of the month `at` came of, itself included where it existed
    /// then, in 建制順. A name that hoshin.toml does not list stands as it is.
    pub fn predecessors(
        &self,
        department: &str,
        division: &str,
        at: Period,
        before: Period,
    ) -> Vec<UnitName> {
        let Some(unit) = self.find(department, division, deciding_day(at)) else {
            let listed = !division.is_empty() && self.find(department, "", deciding_day(at)).is_some();
            let homes = if listed {
                self.predecessors(department, "", at, before)
            } else {
                vec![UnitName::new(department, "")]
            };
            return homes.into_iter().map(|home| UnitName::new(home.department, division)).collect();
        };
        let Some(name) = self.units.get(unit).map(|unit| unit.name.clone()) else { return Vec::new() };
        let then = self.units.iter().enumerate().filter(|(_, unit)| unit.term.holds(deciding_day(before)));
        let led = then.filter(|(index, _)| self.heirs(*index, deciding_day(at)).contains(&name));
        led.map(|(_, unit)| unit.name.clone()).collect()
    }

    /// What a name of hoshin.toml, of whatever time, is in a month: itself, what came of it, or, before its time, what it
    /// was made from.
    pub fn in_month(&self, department: &str, division: &str, at: Period) -> Vec<UnitName> {
        let day = deciding_day(at);
        let Some(unit) = self.find(department, division, day) else { return Vec::new() };
        let heirs = self.heirs(unit, day);
        let early = self.units.get(unit).is_some_and(|unit| unit.term.from.is_some_and(|from| day < from));
        if !early {
            return heirs;
        }
        let then = self.units.iter().enumerate().filter(|(_, unit)| unit.term.holds(day));
        then.filter(|(index, _)| self.reached(*index).contains(&unit))
            .map(|(_, unit)| unit.name.clone())
            .collect()
    }

    /// All names of a department of a month and of the departments that came of it or that it came of, at whatever
    /// remove; none where hoshin.toml does not list it.
    pub fn kin(&self, department: &str, at: Period) -> Vec<&str> {
        let Some(there) = self.find(department, "", deciding_day(at)) else { return Vec::new() };
        let both = [self.reached(there), self.followed(there, |unit| &unit.origins)].concat();
        let units = both.into_iter().filter_map(|index| self.units.get(index));
        units.filter(|unit| unit.name.division.is_empty()).flat_map(Unit::departments).collect()
    }

    /// Where a name on a sheet stands in a month.
    pub fn standing(&self, department: &str, division: &str, at: Period) -> Standing {
        let day = deciding_day(at);
        let Some(unit) = self.find(department, division, day) else {
            if division.is_empty() {
                return Standing::Unlisted;
            }
            return match self.standing(department, "", at) {
                Standing::Became(home) => Standing::Became(UnitName::new(home.department, division)),
                Standing::Current => Standing::Unlisted,
                other => other,
            };
        };
        if self.units.get(unit).is_some_and(|unit| unit.term.holds(day)) {
            return Standing::Current;
        }
        let mut heirs = self.heirs(unit, day);
        match (heirs.len(), heirs.pop()) {
            (_, None) => Standing::Gone,
            (1, Some(heir)) => Standing::Became(heir),
            (_, Some(last)) => Standing::Split(heirs.into_iter().chain([last]).collect()),
        }
    }
}

fn units(departments: &[Department]) -> Vec<Unit> {
    let mut units = Vec::new();
    for department in departments {
        let home = units.len();
        let unit = |division: &str, aliases: &[String], term: Term| Unit {
            name: UnitName::new(&*department.name, division),
            department_aliases: department.aliases.clone(),
            aliases: aliases.to_vec(),
            department: home,
            term: term.within(&department.term),
            successors: Vec::new(),
            origins: Vec::new(),
        };
        units.push(unit("", &[], department.term));
        let divisions = department.divisions.iter();
        units.extend(divisions.map(|division| unit(&division.name, &division.aliases, division.term)));
    }
    units
}

/// What each unit was made from, in the order of [`units`].
fn ancestors(departments: &[Department]) -> Vec<Vec<UnitName>> {
    let each = |department: &Department| {
        let divisions = department.divisions.iter().map(|division| division.successor_of.clone());
        std::iter::once(department.successor_of.clone()).chain(divisions).collect::<Vec<_>>()
    };
    departments.iter().flat_map(each).collect()
}
