//! What makes two sources one indicator or one initiative: department, canonical name, dimension; never likeness.

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

/// What hoshin.toml says of an indicator of a department, under its name or an alias.
pub fn rule_for<'c>(
    config: &'c Config,
    organisation: &Organisation,
    department: &str,
    name: &str,
) -> Option<&'c IndicatorRule> {
    let name = text::canonical_name(name);
    config.indicators.iter().find(|rule| {
        (rule.department.is_empty() || is_in(&rule.department, department, organisation))
            && std::iter::once(&rule.name)
                .chain(&rule.aliases)
                .any(|known| text::canonical_name(known) == name)
    })
}

/// Whether what hoshin.toml says of a department holds for this one: itself, what came of it, what it was made from.
fn is_in(ruled: &str, department: &str, organisation: &Organisation) -> bool {
    ruled == department || organisation.lineage.is_kin(ruled, department, organisation.period)
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
}
