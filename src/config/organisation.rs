//! `[[department]]`: departments and divisions of all times, how long each exists and what it was made from.

use std::collections::BTreeMap;

use toml::Spanned;
use toml::de::DeValue;

use super::days;
use super::names::{Claims, required_name, same};
use super::problem::nearest;
use super::raw::{Said, Section, Walk};
use crate::model::organisation::{Department, Division, Term, UnitName};

const DEPARTMENT: &[&str] =
    &["name", "aliases", "divisions", "from", "to", "successor_of", "judgement", "use_last_settled", "mail"];
const DIVISION: &[&str] = &["name", "aliases", "from", "to", "successor_of", "mail"];

/// A department or division as it was said, for what can only be checked when all are known.
struct Unit {
    name: UnitName,
    /// How messages call it: `[[department]]「総務部」`.
    section: String,
    offset: usize,
    /// As long as its department exists too.
    term: Term,
    /// The unit of its department.
    home: usize,
    /// What it was made from: the words and, where they name one, its unit.
    ancestors: Vec<(Said, Option<usize>)>,
}

/// All departments in 建制順, of all times.
pub(super) fn departments(walk: &mut Walk<'_>, root: &Section<'_>) -> Vec<Department> {
    let mut claims = Claims::default();
    let mut found = Vec::new();
    let mut units = Vec::new();
    for (index, mut section) in walk.sections(root, "department").into_iter().enumerate() {
        walk.known(&section, DEPARTMENT);
        let name = required_name(walk, &section);
        if let Some(name) = &name {
            section.name = format!("{}「{}」", section.name, name.text);
        }
        let term = days::term(walk, &section);
        if let Some(name) = &name {
            claims.claim_for(walk, "部局", index, name, term);
        }
        let aliases = claims.aliases(walk, &section, "部局", index, term);
        let home = units.len();
        let ancestors = said_ancestors(walk, &section);
        let unit = |name: &str| UnitName::new(name, "");
        let name = name.map(|name| name.text);
        units.push(Unit {
            name: unit(name.as_deref().unwrap_or_default()),
            section: section.name.clone(),
            offset: section.offset,
            term,
            home,
            ancestors,
        });
        let divisions = divisions(walk, &section, &mut units);
        found.extend(
            name.map(|name| (home, Department { name, aliases, divisions, term, successor_of: Vec::new() })),
        );
    }
    resolve(walk, &mut units);
    check(walk, &units);
    for (home, department) in &mut found {
        inherit(department, *home, &units);
    }
    found.into_iter().map(|(_, department)| department).collect()
}

fn divisions(walk: &mut Walk<'_>, department: &Section<'_>, units: &mut Vec<Unit>) -> Vec<Division> {
    let mut claims = Claims::default();
    let mut found = Vec::new();
    let home = units.len() - 1;
    for (index, item) in walk.items(department, "divisions").into_iter().enumerate() {
        let Some((division, unit)) = division(walk, department, index, item, &mut claims) else { continue };
        let outer = units.get(home).map(|unit| (unit.name.department.clone(), unit.term));
        let (name, outer) = outer.unwrap_or_default();
        let beyond = division.term.from.is_some_and(|from| outer.from.is_some_and(|start| from < start))
            || division.term.to.is_some_and(|to| outer.to.is_some_and(|end| to > end));
        if beyond {
            let message = format!("{} の from・to が、部局の期間からはみ出しています", unit.section);
            walk.problem(unit.offset, message);
        }
        let term = division.term.within(&outer);
        units.push(Unit { name: UnitName::new(name, &*division.name), term, home, ..unit });
        found.push(division);
    }
    found
}

/// `"政策創造課"` or `{ name = "政策創造課", aliases = ["企画課"], from = "2021-08-01" }`.
fn division(
    walk: &mut Walk<'_>,
    department: &Section<'_>,
    index: usize,
    item: &Spanned<DeValue<'_>>,
    claims: &mut Claims,
) -> Option<(Division, Unit)> {
    let place = format!("{} の divisions", department.name);
    let unit = |section: &str, offset, ancestors| Unit {
        name: UnitName::default(),
        section: section.to_owned(),
        offset,
        term: Term::default(),
        home: 0,
        ancestors,
    };
    if item.get_ref().as_table().is_none() {
        let name = walk.text(&place, item)?;
        claims.claim(walk, "課", index, &name);
        let unit = unit(&format!("{place}「{}」", name.text), name.offset, Vec::new());
        return Some((Division { name: name.text, ..Division::default() }, unit));
    }
    let mut section = walk.section(&place, item)?;
    walk.known(&section, DIVISION);
    let name = required_name(walk, &section);
    if let Some(name) = &name {
        section.name = format!("{place}「{}」", name.text);
    }
    let term = days::term(walk, &section);
    if let Some(name) = &name {
        claims.claim_for(walk, "課", index, name, term);
    }
    let aliases = claims.aliases(walk, &section, "課", index, term);
    let ancestors = said_ancestors(walk, &section);
    let division = Division { name: name?.text, aliases, term, successor_of: Vec::new() };
    Some((division, unit(&section.name, section.offset, ancestors)))
}

/// `successor_of = "旧課"` or `["旧部 旧課", …]`.
fn said_ancestors(walk: &mut Walk<'_>, section: &Section<'_>) -> Vec<(Said, Option<usize>)> {
    let said = match section.table.get("successor_of") {
        Some(value) if value.get_ref().as_str().is_some() => {
            walk.string(section, "successor_of").into_iter().collect()
        }
        _ => walk.strings(section, "successor_of"),
    };
    said.into_iter().map(|said| (said, None)).collect()
}

/// Finds the units that the words of `successor_of` mean.
fn resolve(walk: &mut Walk<'_>, units: &mut [Unit]) {
    // Departments first: their divisions are looked for in what they were made from.
    for wanted in [true, false] {
        for index in 0..units.len() {
            let Some(unit) = units.get(index).filter(|unit| unit.name.division.is_empty() == wanted) else {
                continue;
            };
            let said: Vec<Said> = unit.ancestors.iter().map(|(said, _)| said.clone()).collect();
            let found: Vec<_> = said.into_iter().map(|said| ancestor(walk, units, index, said)).collect();
            if let Some(unit) = units.get_mut(index) {
                unit.ancestors = found;
            }
        }
    }
}

/// The unit that words name, near to far: in the department itself, in those that it was made from, anywhere. Of
/// several of one name, the newest that ended before.
fn ancestor(walk: &mut Walk<'_>, units: &[Unit], index: usize, said: Said) -> (Said, Option<usize>) {
    let Some(unit) = units.get(index) else { return (said, None) };
    let key = same(&said.text);
    let full = |unit: &Unit| same(&unit.name.to_string()) == key;
    let short = |unit: &Unit| !unit.name.division.is_empty() && same(&unit.name.division) == key;
    let before = units.get(unit.home).map_or(&[][..], |home| &home.ancestors);
    let own = |other: &Unit| other.home == unit.home || other.name.department == unit.name.department;
    let elder = |other: &Unit| before.iter().any(|(_, ancestor)| *ancestor == Some(other.home));
    let all = || units.iter().enumerate().filter(|(other, _)| *other != index);
    let tiers: [Vec<usize>; 4] = [
        all().filter(|(_, other)| short(other) && own(other)).map(|(other, _)| other).collect(),
        all().filter(|(_, other)| short(other) && elder(other)).map(|(other, _)| other).collect(),
        all().filter(|(_, other)| full(other)).map(|(other, _)| other).collect(),
        all().filter(|(_, other)| short(other)).map(|(other, _)| other).collect(),
    ];
    let Some(found) = tiers.into_iter().find(|tier| !tier.is_empty()) else {
        unknown(walk, units, index, &said);
        return (said, None);
    };
    let name = |index: &usize| units.get(*index).map(|unit| &unit.name);
    if found.iter().any(|other| name(other) != found.first().and_then(name)) {
        let message = format!(
            "{} の successor_of「{}」は複数の部局にあります。「部 課」の形で書いてください",
            unit.section, said.text
        );
        walk.problem(said.offset, message);
        return (said, None);
    }
    let term = |index: &&usize| units.get(**index).map(|unit| unit.term).unwrap_or_default();
    let over = found.iter().filter(|other| term(other).ends_before(&unit.term));
    let newest = over.max_by_key(|other| term(other).to).or(found.first()).copied();
    (said, newest)
}

fn unknown(walk: &mut Walk<'_>, units: &[Unit], index: usize, said: &Said) {
    let Some(unit) = units.get(index) else { return };
    if same(&said.text) == same(&unit.name.to_string()) || same(&said.text) == same(&unit.name.division) {
        let message =
            format!("{} の successor_of が自分自身です。前の組織の名前を書いてください", unit.section);
        return walk.problem(said.offset, message);
    }
    let names: Vec<String> = units.iter().map(|unit| unit.name.to_string()).collect();
    let divisions = units.iter().map(|unit| unit.name.division.as_str()).filter(|name| !name.is_empty());
    let cure = match nearest(&said.text, names.iter().map(String::as_str).chain(divisions)) {
        Some(near) => format!("「{near}」の書き誤りではありませんか"),
        None => "なくなった部や課も、to を付けて [[department]] に残してください".to_owned(),
    };
    let message =
        format!("{} の successor_of「{}」は [[department]] にありません。{cure}", unit.section, said.text);
    walk.problem(said.offset, message);
}

/// Whoever follows must start after the other has ended, and nobody follows himself.
fn check(walk: &mut Walk<'_>, units: &[Unit]) {
    for (index, unit) in units.iter().enumerate() {
        for (said, ancestor) in &unit.ancestors {
            let Some((at, old)) = ancestor.and_then(|at| Some((at, units.get(at)?))) else { continue };
            if leads_back(units, at, index) {
                let message = format!(
                    "{} の successor_of「{}」は堂々巡りです。「{}」もこの組織から生まれたことになっています",
                    unit.section, said.text, old.name
                );
                walk.problem(said.offset, message);
                continue;
            }
            let lacking = match (old.term.to, unit.term.from) {
                (None, _) => format!("「{}」の to（最後の日）を書いてください", old.name),
                (_, None) => "この組織の from（最初の日）を書いてください".to_owned(),
                (Some(to), Some(from)) if from <= to => {
                    format!("「{}」が終わる日（{to}）より後の日を from に書いてください", old.name)
                }
                _ => continue,
            };
            walk.problem(
                said.offset,
                format!(
                    "{} は「{}」の後の組織ですが、期間がつながりません。{lacking}",
                    unit.section, old.name
                ),
            );
        }
    }
}

/// Whether a unit was made, at whatever remove, from `goal`.
fn leads_back(units: &[Unit], start: usize, goal: usize) -> bool {
    let mut seen = vec![start];
    let mut next = 0;
    while let Some(index) = seen.get(next).copied() {
        next += 1;
        let elders = units.get(index).map_or(&[][..], |unit| &unit.ancestors);
        for elder in elders.iter().filter_map(|(_, elder)| *elder) {
            if elder == goal {
                return true;
            }
            if !seen.contains(&elder) {
                seen.push(elder);
            }
        }
    }
    false
}

/// Writes what was resolved into a department and its divisions.
fn inherit(department: &mut Department, home: usize, units: &[Unit]) {
    let elders = |unit: &Unit| -> Vec<UnitName> {
        let elders = unit.ancestors.iter().filter_map(|(_, elder)| units.get((*elder)?));
        elders.map(|elder| elder.name.clone()).collect()
    };
    let own: BTreeMap<usize, &Unit> =
        units.iter().enumerate().filter(|(_, unit)| unit.home == home).collect();
    let mut own = own.into_values();
    if let Some(unit) = own.next() {
        department.successor_of = elders(unit);
    }
    for (division, unit) in department.divisions.iter_mut().zip(own) {
        division.successor_of = elders(unit);
    }
}
