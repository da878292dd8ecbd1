//! Which rule of `judgement.toml` judges what: for the city, a department, an indicator.

use std::collections::BTreeMap;

use super::names::named;
use super::problem::Problem;
use super::raw::{Section, Walk};
use crate::model::organisation::Department;

/// What hoshin.toml says of judging at one of its places.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Choice {
    /// A rule's name and the line where it stands.
    pub rule: Option<(String, usize)>,
    /// Whether a pending newest actual gives way to the last settled one; `None` leaves it to the rule.
    pub use_last_settled: Option<bool>,
}

impl Choice {
    /// This choice, and what it leaves open from another.
    #[must_use]
    pub fn or(self, other: &Self) -> Self {
        Self {
            rule: self.rule.or_else(|| other.rule.clone()),
            use_last_settled: self.use_last_settled.or(other.use_last_settled),
        }
    }
}

/// The choices for the city and its departments; an indicator's stands in its own rule.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Judging {
    /// Where nothing else is said.
    pub city: Choice,
    /// By the department's name.
    pub departments: BTreeMap<String, Choice>,
}

/// Reads `[judgement]` and the keys `judgement` and `use_last_settled` of the departments.
pub(super) fn judging(walk: &mut Walk<'_>, root: &Section<'_>, known: &[Department]) -> Judging {
    let mut judging = Judging::default();
    if let Some(section) = root.table.get("judgement").and_then(|value| walk.section("[judgement]", value)) {
        walk.known(&section, &["rule", "use_last_settled"]);
        judging.city = choice(walk, &section, "rule");
    }
    let tables = root.table.get("department").and_then(|value| value.get_ref().as_array());
    for value in tables.into_iter().flatten() {
        let Some(table) = value.get_ref().as_table() else { continue };
        let name = table.get("name").and_then(|name| name.get_ref().as_str()).map_or("", str::trim);
        let Some(department) = known.iter().find(|department| department.name == name) else { continue };
        let name = named("department", name);
        let section = Section { name, offset: value.span().start, table };
        let chosen = choice(walk, &section, "judgement");
        judging.departments.insert(department.name.clone(), chosen);
    }
    judging
}

/// Reads a rule's name under a key, and `use_last_settled` beside it.
pub(super) fn choice(walk: &mut Walk<'_>, section: &Section<'_>, key: &str) -> Choice {
    let rule = walk.string(section, key).map(|said| (said.text, walk.line(said.offset)));
    Choice { rule, use_last_settled: walk.boolean(section, "use_last_settled") }
}

impl super::Config {
    /// A problem for each rule that is chosen and does not exist; `names` are those that do.
    pub fn unknown_rules(&self, names: &[&str]) -> Vec<Problem> {
        let indicators = self.indicators.iter().map(|rule| (named("indicator", &rule.name), &rule.judgement));
        let departments = self.judging.departments.iter();
        let departments = departments.map(|(name, choice)| (named("department", name), choice));
        let city = std::iter::once(("[judgement]".to_owned(), &self.judging.city));
        let all = city.chain(departments).chain(indicators);
        let mut problems: Vec<Problem> = all
            .filter_map(|(place, choice)| {
                let (rule, line) =
                    choice.rule.as_ref().filter(|(rule, _)| !names.contains(&rule.as_str()))?;
                let message = format!(
                    "{place} の判定の規則「{rule}」は judgement.toml にありません。使えるのは {} です",
                    names.join("、")
                );
                Some(Problem { line: *line, message })
            })
            .collect();
        problems.sort();
        problems
    }
}
