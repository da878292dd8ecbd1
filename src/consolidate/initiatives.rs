//! The division's status joins the department's initiatives; what only the division has stays its own (課の追加項目).

use std::collections::{BTreeMap, BTreeSet};

use super::Rules;
use super::identity::{by_division, id};
use super::order::Order;
use crate::config::InitiativeRule;
use crate::finding::{Code, Draft};
use crate::model::initiative::{Initiative, InitiativeSource, Status};
use crate::model::place::Place;
use crate::model::section::SectionLine;
use crate::normalise::names::Likeness;
use crate::normalise::text;

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
    let names = Aliases::new(rules);
    let mut groups: BTreeMap<(String, String, String), Vec<InitiativeSource>> = BTreeMap::new();
    for source in sources {
        let key = (source.department.clone(), text::canonical_name(&source.program), names.item(&source));
        groups.entry(key).or_default().push(source);
    }
    let mut initiatives = Vec::new();
    for ((department, program, item), sources) in groups {
        for sources in by_division(sources, |source| &source.division) {
            let division = sources.iter().map(|s| s.division.as_str()).find(|d| !d.is_empty()).unwrap_or("");
            let id = id('t', &[&department, division, &program, &item]);
            let (primary, wording) = chosen(&sources, is_policy, rules);
            disagreements(&sources, primary, rules, drafts);
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

/// Which texts hoshin.toml says to mean the same item.
struct Aliases<'c> {
    /// By canonical alias: the rules with it, in their order.
    by_alias: BTreeMap<String, Vec<&'c InitiativeRule>>,
}

impl<'c> Aliases<'c> {
    fn new(rules: &Rules<'c>) -> Self {
        let mut by_alias: BTreeMap<String, Vec<&InitiativeRule>> = BTreeMap::new();
        for rule in &rules.config.initiatives {
            for alias in &rule.aliases {
                by_alias.entry(text::canonical_name(alias)).or_default().push(rule);
            }
        }
        Self { by_alias }
    }

    /// The canonical text of an item, under the name that hoshin.toml gives it.
    fn item(&self, source: &InitiativeSource) -> String {
        let own = text::canonical_name(&source.item);
        let here =
            |rule: &&&InitiativeRule| rule.department.is_empty() || rule.department == source.department;
        let rule = self.by_alias.get(&own).and_then(|rules| rules.iter().find(here));
        rule.map_or(own, |rule| text::canonical_name(&rule.name))
    }
}

/// The sources of status and of wording: this year's before another's; for the status one that reports a status, the
/// division's before the department's document; for the wording that document.
fn chosen(
    sources: &[InitiativeSource],
    is_policy: impl Fn(&InitiativeSource) -> bool,
    rules: &Rules,
) -> (usize, usize) {
    let current = sources.iter().any(|source| is_current(source, rules));
    let fits = |source: &InitiativeSource| !current || is_current(source, rules);
    let worth = |source: &InitiativeSource| match source.status {
        None => 2,
        Some(Status::NotReported) => 1,
        Some(_) => 0,
    };
    // What stands in from an earlier month (前回値) only speaks where nothing of this month does.
    let stale = |source: &InitiativeSource| source.carried_from.is_some();
    let all = sources.iter().enumerate().filter(|(_, source)| fits(source));
    let primary = all.min_by_key(|(index, source)| {
        (worth(source) == 2, stale(source), worth(source), is_policy(source), *index)
    });
    let primary = primary.map_or(0, |(index, _)| index);
    let wording = sources.iter().position(|source| fits(source) && is_policy(source)).unwrap_or(primary);
    (primary, wording)
}

/// Says where this year's sources give different states, shares or dues for one item.
fn disagreements(sources: &[InitiativeSource], primary: usize, rules: &Rules, drafts: &mut Vec<Draft>) {
    let Some(main) = sources.get(primary).filter(|main| is_current(main, rules)) else { return };
    let others = sources.iter().enumerate().filter(|(index, _)| *index != primary).map(|(_, other)| other);
    for other in others.filter(|other| is_current(other, rules)) {
        let state = |source: &InitiativeSource| {
            source.status.filter(|status| !matches!(status, Status::NotReported | Status::Unknown))
        };
        let (mine, theirs) = (state(main), state(other));
        if mine.is_some() && theirs.is_some() && mine != theirs {
            drafts.push(differs("進捗状況", (main, &main.status_raw), (other, &other.status_raw)));
        }
        if let (Some(mine), Some(theirs)) = (main.progress, other.progress)
            && mine != theirs
        {
            drafts.push(differs("進捗率", (main, &format!("{mine}%")), (other, &format!("{theirs}%"))));
        }
        let (mine, theirs) = (main.due.as_str(), other.due.as_str());
        // 12月 and 12月末 are one due.
        if !mine.is_empty() && !theirs.is_empty() && !mine.starts_with(theirs) && !theirs.starts_with(mine) {
            drafts.push(differs("期限", (main, &main.due_raw), (other, &other.due_raw)));
        }
    }
}

/// Two sources that say different things of one item.
fn differs(label: &str, main: (&InitiativeSource, &str), other: (&InitiativeSource, &str)) -> Draft {
    let place = |source: &InitiativeSource| {
        let cell = source.status_cell.filter(|_| label == "進捗状況").unwrap_or(source.place.cell);
        Place { cell, ..source.place.clone() }
    };
    let ((main, mine), (other, theirs)) = (main, other);
    let values = format!("{}「{mine}」、{}「{theirs}」", place(main), place(other));
    let draft = Draft::new(Code::InitiativeDiffers).at(&place(main)).related(&place(other)).raw(mine);
    let draft = draft.of(&main.department, &main.division).reading(theirs);
    draft.with("name", &main.item).with("label", label).with("values", values)
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
    let mut known: BTreeMap<&str, Vec<(Likeness, &InitiativeSource)>> = BTreeMap::new();
    for words in initiatives.iter().filter(|other| !other.added_by_division).map(Initiative::words) {
        known.entry(&words.department).or_default().push((Likeness::of(&words.item), words));
    }
    for addition in initiatives.iter().filter(|initiative| initiative.added_by_division).filter(fresh) {
        let words = addition.words();
        let item = Likeness::of(&words.item);
        let candidates = known.get(&*words.department).into_iter().flatten().filter(|(name, theirs)| {
            (theirs.division.is_empty() || words.division.is_empty() || theirs.division == words.division)
                && name.is_similar(&item)
        });
        let best = candidates.max_by(|(a, one), (b, other)| {
            a.to(&item).total_cmp(&b.to(&item)).then_with(|| other.place.cmp(&one.place))
        });
        let code = if best.is_some() { Code::SimilarInitiative } else { Code::InitiativeAdded };
        let draft = Draft::new(code).at(&words.place).raw(&words.item).with("name", &words.item);
        let draft = draft.of(&words.department, &words.division);
        drafts.push(match best {
            Some((_, known)) => {
                let line = format!(
                    "\n[[initiative]]\nname = \"{}\"\ndepartment = \"{}\"\naliases = [\"{}\"]",
                    known.item, known.department, words.item
                );
                draft.related(&known.place).with("other", &known.item).with("line", line)
            }
            None => draft,
        });
    }
}
