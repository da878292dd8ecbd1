//! What makes two sources one indicator or one initiative: department, canonical name, dimension; never likeness.

use std::collections::BTreeMap;
use std::fmt::Write;

use sha2::{Digest, Sha256};

use crate::config::{Config, IndicatorRule};
use crate::model::organisation::Organisation;
use crate::normalise::text;

/// A short stable id: `kind` and the first 12 hex digits of the SHA-256 of the parts.
pub fn id(kind: char, parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    let digest = hash.finalize();
    digest.iter().take(6).fold(format!("{kind}-"), |mut id, byte| {
        _ = write!(id, "{byte:02x}");
        id
    })
}

/// What hoshin.toml says of indicators, by their names.
#[derive(Debug, Clone)]
pub struct IndicatorRules<'c> {
    rules: &'c [IndicatorRule],
    organisation: &'c Organisation,
    /// By canonical name or alias, then by the department that the rule names: the place of the first such rule.
    by_name: BTreeMap<String, BTreeMap<&'c str, usize>>,
}

impl<'c> IndicatorRules<'c> {
    /// The rules of hoshin.toml in a month's organisation.
    pub fn new(config: &'c Config, organisation: &'c Organisation) -> Self {
        let mut by_name: BTreeMap<String, BTreeMap<&'c str, usize>> = BTreeMap::new();
        for (place, rule) in config.indicators.iter().enumerate() {
            for name in std::iter::once(&rule.name).chain(&rule.aliases) {
                let departments = by_name.entry(text::canonical_name(name)).or_default();
                departments.entry(&rule.department).or_insert(place);
            }
        }
        Self { rules: &config.indicators, organisation, by_name }
    }

    /// What it says of an indicator of a department, under its name or an alias: the first rule for all departments,
    /// for this one, for one that came of it or for one that it was made from.
    pub fn of(&self, department: &str, name: &str) -> Option<&'c IndicatorRule> {
        let known = self.by_name.get(&text::canonical_name(name))?;
        let kin = self.organisation.lineage.kin(department, self.organisation.period);
        let departments = ["", department].into_iter().chain(kin);
        self.rules.get(*departments.filter_map(|department| known.get(department)).min()?)
    }
}

/// Splits sources of one name by division: a source without division matches any, so it joins the only one there is;
/// where several divisions keep an indicator of the same name, it stands by itself.
pub fn by_division<T>(sources: Vec<T>, division: impl Fn(&T) -> &str) -> Vec<Vec<T>> {
    let mut divisions: Vec<String> = Vec::new();
    for source in &sources {
        let name = division(source);
        if !name.is_empty() && !divisions.iter().any(|known| known == name) {
            divisions.push(name.to_owned());
        }
    }
    if divisions.len() <= 1 {
        return vec![sources];
    }
    let mut groups: Vec<Vec<T>> = Vec::new();
    groups.resize_with(divisions.len() + 1, Vec::new);
    for source in sources {
        let index = divisions.iter().position(|name| name == division(&source)).map_or(0, |index| index + 1);
        groups[index].push(source);
    }
    groups.retain(|group| !group.is_empty());
    groups
}

#[cfg(test)]
mod tests {
    #![allow(clippy::expect_used, reason = "tests")]
    use super::*;

    #[test]
    fn a_source_without_division_joins_the_only_division() {
        let groups = by_division(vec!["", "企画財政課"], |s| s);
        assert_eq!(groups, [vec!["", "企画財政課"]]);
        let groups = by_division(vec!["市民課", "", "環境課", "市民課"], |s| s);
        assert_eq!(groups, [vec![""], vec!["市民課", "市民課"], vec!["環境課"]]);
    }

    #[test]
    fn ids_depend_on_where_the_parts_end() {
        assert_ne!(id('i', &["ab", "c"]), id('i', &["a", "bc"]));
        assert_eq!(id('i', &["ab", "c"]).len(), 14);
    }

    #[test]
    fn the_first_rule_for_a_department_its_kin_or_all_counts() {
        let text = r#"
[[department]]
name = "市民部"
to = "2021-03-31"
[[department]]
name = "市民生活部"
aliases = ["生活部"]
from = "2021-04-01"
successor_of = ["市民部"]
[[department]]
name = "総務部"
[[indicator]]
name = "相談件数"
department = "総務部"
unit = "件"
[[indicator]]
name = "相談件数"
department = "市民部"
unit = "人"
[[indicator]]
name = "相談の件数"
aliases = ["相談 件数", "来客数"]
unit = "回"
"#;
        let config = crate::config::parse(text, "hoshin.toml").expect("valid");
        let organisation = config.organisation(crate::model::fiscal::Period { year: 2021, month: 5 });
        let rules = IndicatorRules::new(&config, &organisation);
        let unit =
            |department: &str, name: &str| rules.of(department, name).and_then(|rule| rule.unit.clone());
        for (department, name, expected) in [
            ("総務部", "相談件数", Some("件")),
            ("市民生活部", "相談　件数", Some("人")),
            ("生活部", "相談件数", Some("人")),
            ("消防本部", "相談件数", Some("回")),
            ("総務部", "来客数", Some("回")),
            ("総務部", "利用者数", None),
        ] {
            assert_eq!(unit(department, name).as_deref(), expected, "{department} {name}");
        }
    }
}
