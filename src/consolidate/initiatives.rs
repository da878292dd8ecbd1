//! The division's status joins the department's initiatives; what only the division has stays its own (課の追加項目).

use std::collections::{BTreeMap, BTreeSet};

use super::Rules;
use super::identity::{by_division, id};
use super::order::Order;
use crate::finding::{Code, Draft};
use crate::model::initiative::{Initiative, InitiativeSource};
use crate::model::section::SectionLine;
use crate::normalise::{names, text};

/// Joins sources to initiatives, in 建制順 and reading order; proposes matches for what only a division has.
pub fn join(
    sources: Vec<InitiativeSource>,
    sections: &[SectionLine],
    order: &Order,
    rules: &Rules,
    drafts: &mut Vec<Draft>,
) -> Vec<Initiative> {
    let policies: BTreeSet<(&str, &str)> =
        sections.iter().map(|line| (&*line.place.workbook, &*line.place.sheet)).collect();
    let is_policy =
        |source: &InitiativeSource| policies.contains(&(&*source.place.workbook, &*source.place.sheet));
    let mut groups: BTreeMap<(String, String, String), Vec<InitiativeSource>> = BTreeMap::new();
    for source in sources {
        let key = (
            source.department.clone(),
            text::canonical_name(&source.program),
            text::canonical_name(&source.item),
        );
        groups.entry(key).or_default().push(source);
    }
    let mut initiatives = Vec::new();
    for ((department, program, item), sources) in groups {
        for sources in by_division(sources, |source| &source.division) {
            let division = sources.iter().map(|s| s.division.as_str()).find(|d| !d.is_empty()).unwrap_or("");
            let id = id('t', &[&department, division, &program, &item]);
            let (primary, wording) = chosen(&sources, is_policy, rules);
            initiatives.push(Initiative { id, primary, wording, added_by_division: false, sources });
        }
    }
    mark_additions(&mut initiatives, is_policy, rules);
    initiatives.sort_by_cached_key(|initiative| {
        let words = initiative.words();
        // A policy document keeps its own order; what stands elsewhere follows the divisions'.
        let division = if is_policy(words) { "" } else { words.division.as_str() };
        let (department, rank) = order.rank(&words.department, division);
        (department, initiative.added_by_division, rank, words.place.clone(), words.item_no)
    });
    proposals(&initiatives, drafts);
    initiatives
}

/// Whether a source speaks of the month's fiscal year, or of none.
fn is_current(source: &InitiativeSource, rules: &Rules) -> bool {
    source.fiscal_year.is_none_or(|year| year == rules.fiscal_year)
}

/// The sources of status and of wording: this year's before another's; for the status one that has a status, for the
/// wording the department's document.
fn chosen(
    sources: &[InitiativeSource],
    is_policy: impl Fn(&InitiativeSource) -> bool,
    rules: &Rules,
) -> (usize, usize) {
    let current = sources.iter().any(|source| is_current(source, rules));
    let fits = |source: &InitiativeSource| !current || is_current(source, rules);
    let told = |source: &InitiativeSource| fits(source) && source.status.is_some();
    // What stands in from an earlier month (前回値) only speaks where nothing of this month does.
    let fresh = |source: &InitiativeSource| source.carried_from.is_none();
    let primary = sources.iter().position(|source| told(source) && fresh(source));
    let primary = primary
        .or_else(|| sources.iter().position(told))
        .or_else(|| sources.iter().position(fits))
        .unwrap_or(0);
    let wording = sources.iter().position(|source| fits(source) && is_policy(source)).unwrap_or(primary);
    (primary, wording)
}

/// An item is an addition where its department has a policy document of the month's year and that one lacks it.
fn mark_additions(
    initiatives: &mut [Initiative],
    is_policy: impl Fn(&InitiativeSource) -> bool,
    rules: &Rules,
) {
    let current = |source: &InitiativeSource| is_current(source, rules);
    let documented: BTreeSet<String> = initiatives
        .iter()
        .flat_map(|initiative| &initiative.sources)
        .filter(|source| is_policy(source) && current(source))
        .map(|source| source.department.clone())
        .collect();
    for initiative in initiatives {
        let known = initiative.sources.iter().any(|source| current(source) && is_policy(source));
        let told = initiative.sources.iter().any(current);
        initiative.added_by_division = told && !known && documented.contains(&initiative.words().department);
    }
}

/// For each addition: the department's item that looks most alike, or a note that there is none.
fn proposals(initiatives: &[Initiative], drafts: &mut Vec<Draft>) {
    let fresh = |initiative: &&Initiative| initiative.words().carried_from.is_none();
    for addition in initiatives.iter().filter(|initiative| initiative.added_by_division).filter(fresh) {
        let words = addition.words();
        let candidates = initiatives.iter().filter(|other| {
            let theirs = other.words();
            !other.added_by_division
                && theirs.department == words.department
                && (theirs.division.is_empty()
                    || words.division.is_empty()
                    || theirs.division == words.division)
                && names::is_similar(&theirs.item, &words.item)
        });
        let best = candidates.max_by(|a, b| {
            let score = |i: &Initiative| names::similarity(&i.words().item, &words.item);
            score(a).total_cmp(&score(b)).then_with(|| b.words().place.cmp(&a.words().place))
        });
        let code = if best.is_some() { Code::SimilarInitiative } else { Code::InitiativeAdded };
        let draft = Draft::new(code).at(&words.place).raw(&words.item).with("name", &words.item);
        let draft = draft.of(&words.department, &words.division);
        drafts.push(match best {
            Some(other) => draft.related(&other.words().place).with("other", &other.words().item),
            None => draft,
        });
    }
}
