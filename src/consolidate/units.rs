//! One indicator whose unit is not the same in all workbooks.

use std::collections::BTreeMap;

use super::Rules;
use crate::finding::{Code, Draft};
use crate::model::indicator::{Indicator, IndicatorSource};
use crate::normalise::text::canonical_name;
use crate::normalise::unit::dimension;

/// Says where sources of one indicator, or indicators of one name and owner in different workbooks, differ in unit.
pub fn changes(indicators: &[Indicator], rules: &Rules, drafts: &mut Vec<Draft>) {
    for indicator in indicators {
        let main = indicator.main();
        let other = indicator.sources.iter().find(|source| scale(source, rules) != scale(main, rules));
        drafts.extend(other.and_then(|other| change(main, other, "換算して比べました。")));
    }
    let mut named: BTreeMap<(&str, String), Vec<&IndicatorSource>> = BTreeMap::new();
    for main in indicators.iter().map(Indicator::main) {
        let name = canonical_name(&main.name);
        named.entry((&main.department, name)).or_default().push(main);
    }
    for sources in named.values() {
        let Some((first, rest)) = sources.split_first() else { continue };
        // A workbook that lists the name twice measures two things.
        let mut books: Vec<&str> = sources.iter().map(|source| &*source.place.workbook).collect();
        books.sort_unstable();
        books.dedup();
        if books.len() < sources.len() {
            continue;
        }
        let owner = |other: &&&IndicatorSource| {
            [&first.division, &other.division].iter().any(|division| division.is_empty())
                || first.division == other.division
        };
        let differs = |other: &&&IndicatorSource| measured(first, rules) != measured(other, rules);
        let other = rest.iter().find(|other| owner(other) && differs(other));
        drafts.extend(
            other.and_then(|other| change(first, other, "換算できないため、別の指標として扱いました。")),
        );
    }
}

/// How large the unit is; a source without unit takes over that of the others.
fn scale(source: &IndicatorSource, rules: &Rules) -> Option<rust_decimal::Decimal> {
    source.unit.as_ref().map(|unit| dimension(unit, rules.vocabulary).1)
}

fn measured(source: &IndicatorSource, rules: &Rules) -> Option<String> {
    source.unit.as_ref().map(|unit| dimension(unit, rules.vocabulary).0)
}

fn change(main: &IndicatorSource, other: &IndicatorSource, reason: &str) -> Option<Draft> {
    let (unit, other_unit) = (main.unit.as_ref()?, other.unit.as_ref()?);
    let values = format!("{}「{}」、{}「{}」", main.place, unit.0, other.place, other_unit.0);
    let draft = Draft::new(Code::UnitsChange).at(&other.place).related(&main.place);
    let draft = draft.raw(&other_unit.0).reading(&unit.0).with("name", &main.name).with("values", values);
    Some(draft.of(&other.department, &other.division).with("reason", reason))
}
