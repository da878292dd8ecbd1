//! One indicator in two workbooks is one indicator with two sources and one primary.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::identity::{IndicatorRules, by_division, id};
use super::order::Order;
use super::{Rules, units};
use crate::finding::{Code, Draft};
use crate::model::indicator::{Figure, Indicator, IndicatorSource, Slot};
use crate::model::quantity::{State, Unit};
use crate::normalise::names::Likeness;
use crate::normalise::text;
use crate::normalise::unit::dimension;

/// Joins sources to indicators, in 建制順; says where sources differ, look alike or lack a polarity.
pub fn join(
    sources: Vec<IndicatorSource>,
    rules: &Rules,
    order: &Order,
    drafts: &mut Vec<Draft>,
) -> Vec<Indicator> {
    let said = IndicatorRules::new(rules.config, rules.organisation);
    let mut groups: BTreeMap<(String, String), Vec<IndicatorSource>> = BTreeMap::new();
    for mut source in sources {
        let rule = said.of(&source.department, &source.name);
        if let Some(rule) = rule {
            source.polarity = source.polarity.or(rule.polarity);
            source.unit = source.unit.or_else(|| rule.unit.clone().map(Unit));
        }
        let name = text::canonical_name(rule.map_or(&source.name, |rule| &rule.name));
        groups.entry((source.department.clone(), name)).or_default().push(source);
    }
    let mut indicators = Vec::new();
    for ((department, name), sources) in groups {
        for (dimension, sources) in by_dimension(sources, rules) {
            for sources in by_division(sources, |source| &source.division) {
                let division =
                    sources.iter().map(|s| s.division.as_str()).find(|d| !d.is_empty()).unwrap_or("");
                let id = id('i', &[&department, division, &name, &dimension]);
                indicators.push(indicator(id, sources));
            }
        }
    }
    indicators.sort_by_cached_key(|indicator| {
        // The department's own document comes first, and its order holds.
        let by_rank = |source: &IndicatorSource| {
            (order.rank(&source.department, &source.division), source.place.clone())
        };
        indicator.sources.iter().map(by_rank).min()
    });
    for indicator in &mut indicators {
        indicator.conflict = conflicts(indicator, rules, drafts);
        missing_polarity(indicator, drafts);
    }
    proposals(&indicators, rules, drafts);
    units::changes(&indicators, rules, drafts);
    indicators
}

/// Splits sources by their unit's dimension; a source without unit joins the only dimension there is.
fn by_dimension(sources: Vec<IndicatorSource>, rules: &Rules) -> Vec<(String, Vec<IndicatorSource>)> {
    let mut groups: BTreeMap<String, Vec<IndicatorSource>> = BTreeMap::new();
    for source in sources {
        let dimension =
            source.unit.as_ref().map_or(String::new(), |unit| dimension(unit, rules.vocabulary).0);
        groups.entry(dimension).or_default().push(source);
    }
    if groups.len() == 2
        && let Some(unknown) = groups.remove("")
        && let Some(known) = groups.values_mut().next()
    {
        known.extend(unknown);
        known.sort_by(|a, b| a.place.cmp(&b.place));
    }
    groups.into_iter().collect()
}

/// The primary is the owning division's source, else the department's; what stands in from an earlier month (前回値)
/// only where nothing of this month does.
fn indicator(id: String, sources: Vec<IndicatorSource>) -> Indicator {
    let own = |source: &IndicatorSource| !source.division.is_empty();
    let fresh = |source: &IndicatorSource| source.carried_from.is_none();
    let primary = sources.iter().position(|source| own(source) && fresh(source));
    let primary = primary.or_else(|| sources.iter().position(fresh));
    let primary = primary.or_else(|| sources.iter().position(own)).unwrap_or(0);
    Indicator { id, primary, conflict: false, sources }
}

/// Says where two cells give different figures for the same slot; true where two values differ. A figure of an earlier
/// month contradicts nobody.
fn conflicts(indicator: &Indicator, rules: &Rules, drafts: &mut Vec<Draft>) -> bool {
    let mut slots: BTreeMap<Slot, Vec<(usize, &Figure)>> = BTreeMap::new();
    let order = std::iter::once(indicator.primary)
        .chain((0..indicator.sources.len()).filter(|i| *i != indicator.primary));
    for index in order {
        for figure in indicator.sources[index].figures.iter().filter(|f| f.carried_from.is_none()) {
            slots.entry(figure.slot()).or_default().push((index, figure));
        }
    }
    let mut conflict = false;
    for figures in slots.values() {
        let Some(((first_source, first), rest)) = figures.split_first() else { continue };
        for (source, other) in rest {
            if same(indicator, rules, (*first_source, first), (*source, other)) {
                continue;
            }
            conflict |= first.state == State::Value && other.state == State::Value;
            let main = &indicator.sources[*first_source];
            let values = format!("{}「{}」、{}「{}」", first.place, first.raw, other.place, other.raw);
            let draft =
                Draft::new(Code::SourcesDiffer).at(&first.place).related(&other.place).raw(&first.raw);
            let label = first.slot().label(&rules.vocabulary.eras);
            let draft = draft.with("name", &main.name).with("label", label).with("values", values);
            drafts.push(draft.of(&main.department, &main.division).reading(other.raw.clone()));
        }
    }
    conflict
}

/// Whether two figures say the same, 1,500千円 being 1.5百万円.
fn same(indicator: &Indicator, rules: &Rules, a: (usize, &Figure), b: (usize, &Figure)) -> bool {
    let scaled = |(source, figure): (usize, &Figure)| {
        let unit = indicator.sources[source].unit.as_ref();
        let scale = unit.map_or(Decimal::ONE, |unit| dimension(unit, rules.vocabulary).1);
        let quantity = figure.quantity.as_ref()?;
        let times = |value: Decimal| value.checked_mul(scale).unwrap_or(value).normalize();
        Some((times(quantity.value), quantity.high.map(times), quantity.bound))
    };
    a.1.state == b.1.state && scaled(a) == scaled(b)
}

fn missing_polarity(indicator: &Indicator, drafts: &mut Vec<Draft>) {
    let main = indicator.main();
    if main.carried_from.is_none() && indicator.sources.iter().all(|source| source.polarity.is_none()) {
        let draft = Draft::new(Code::PolarityMissing).at(&main.place).raw(&main.name);
        drafts.push(draft.of(&main.department, &main.division).with("name", &main.name));
    }
}

/// Names of one department that look alike but are not the same: proposed, never merged.
fn proposals(indicators: &[Indicator], rules: &Rules, drafts: &mut Vec<Draft>) {
    for (a, b) in alike(indicators) {
        let measured = |s: &IndicatorSource| s.unit.as_ref().map(|unit| dimension(unit, rules.vocabulary).0);
        if let (Some(x), Some(y)) = (measured(a), measured(b))
            && x != y
        {
            continue;
        }
        let (doubtful, known) = if b.division.is_empty() { (a, b) } else { (b, a) };
        let line = format!(
            "\n[[indicator]]\nname = \"{}\"\ndepartment = \"{}\"\naliases = [\"{}\"]",
            known.name, known.department, doubtful.name
        );
        let draft = Draft::new(Code::SimilarIndicator).at(&doubtful.place).related(&known.place);
        let draft = draft.raw(&doubtful.name).with("name", &doubtful.name).with("other", &known.name);
        drafts.push(draft.of(&doubtful.department, &doubtful.division).with("line", line));
    }
}

/// Pairs of one department's indicators with names that look alike, from different sheets and both of this month.
fn alike(indicators: &[Indicator]) -> Vec<(&IndicatorSource, &IndicatorSource)> {
    let mut sheets: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    let mut neighbours: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut all = Vec::new();
    let fresh = indicators.iter().map(Indicator::main).filter(|main| main.carried_from.is_none());
    for (index, main) in fresh.enumerate() {
        let count = sheets.len();
        let sheet = *sheets.entry((&main.place.workbook, &main.place.sheet)).or_insert(count);
        neighbours.entry(&main.department).or_default().push(index);
        all.push((main, sheet, Likeness::of(&main.name)));
    }
    let mut pairs = Vec::new();
    for (index, (one, sheet, name)) in all.iter().enumerate() {
        let near = neighbours.get(&*one.department).map_or(&[][..], Vec::as_slice);
        let later = near.get(near.partition_point(|other| *other <= index)..).unwrap_or_default();
        for (other, elsewhere, like) in later.iter().filter_map(|other| all.get(*other)) {
            if sheet != elsewhere && name.is_similar(like) {
                pairs.push((*one, *other));
            }
        }
    }
    pairs
}
