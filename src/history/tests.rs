//! Changes as properties: of no change, of order, of direction.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::{Month, Past, Today, compare, still};
use crate::config::{Config, parse};
use crate::model::dataset::Dataset;
use crate::model::memory::{Memory, Trend};
use crate::model::organisation::Organisation;
use crate::normalise::Vocabulary;

const CITY: &str = r#"
[[department]]
name = "市民部"
divisions = [{ name = "市民課", to = "2021-04-30" }, "環境課", { name = "窓口課", from = "2021-05-01", successor_of = ["市民課"] }]
[[indicator]]
name = "指標0"
aliases = ["指標9"]
"#;

/// What a generated indicator is made of: name, division, a past figure, this year's figure.
type Line = (u8, usize, Option<i64>, Option<i64>);

fn figure(kind: &str, year: i32, value: Option<i64>, cell: &str) -> Value {
    json!({
        "fiscal_year": year, "month": null, "span": "year", "basis": null, "kind": kind,
        "state": if value.is_some() { "value" } else { "pending" },
        "quantity": value.map(|value| json!({"value": value.to_string(), "high": null, "bound": null})),
        "decimals": 0, "confidence": "read", "raw": "", "place": place(cell),
    })
}

fn place(cell: &str) -> Value {
    json!({"workbook": "a.xlsx", "sheet": "指標", "cell": cell})
}

fn indicator(name: &str, division: &str, figures: &Value) -> Value {
    json!({
        "id": format!("i-{name}-{division}"), "primary": 0, "conflict": false,
        "sources": [{
            "department": "市民部", "division": division, "name": name, "class": null, "unit": "件",
            "polarity": "increase", "note": "", "place": place("A1"), "figures": figures,
        }],
    })
}

fn dataset(period: &str, indicators: &[Value]) -> Dataset {
    let value = json!({
        "city": "", "publisher": "", "period": period, "as_of": "2021-06-10", "late": false, "departments": [],
        "indicators": indicators, "initiatives": [], "sections": [], "sources": [], "findings": [],
    });
    serde_json::from_value(value).expect("a dataset")
}

fn earlier(dataset: &Dataset) -> Month {
    let Dataset { period, indicators, initiatives, .. } = dataset.clone();
    Month { period, edition: 0, indicators, initiatives, judgements: Vec::new() }
}

/// One indicator a line; lines of one name and division are one.
fn lines(lines: &[Line], divisions: [&str; 2]) -> Vec<Value> {
    let mut seen = std::collections::BTreeSet::new();
    let mut all = Vec::new();
    for (name, division, past, now) in lines {
        let division = divisions[*division];
        if seen.insert((*name, division)) {
            let figures = json!([figure("actual", 2020, *past, "B2"), figure("actual", 2021, *now, "C2")]);
            all.push(indicator(&format!("指標{name}"), division, &figures));
        }
    }
    all
}

/// The memory of a month with earlier ones.
fn memory(mut dataset: Dataset, months: Vec<Month>) -> Memory {
    let config: Config = parse(CITY, "hoshin.toml").expect("valid");
    let organisation: Organisation = config.organisation(dataset.period);
    let vocabulary = Vocabulary::builtin().expect("valid");
    let today = Today::new(&config, &organisation, &vocabulary);
    let past = Past { months, drafts: Vec::new() };
    dataset.memory = still(&dataset, &past, &today);
    compare(&mut dataset, &past, &today);
    dataset.memory
}

fn some_lines() -> impl Strategy<Value = Vec<Line>> {
    let value = || proptest::option::of(-3i64..4);
    proptest::collection::vec((0u8..5, 0usize..2, value(), value()), 0..8)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever stood there, under the division's old name and an indicator's other one.
    #[test]
    fn a_month_without_changes_has_no_row(all in some_lines()) {
        let then = lines(&all, ["市民課", "環境課"]);
        let now = lines(&all, ["窓口課", "環境課"]);
        let renamed: Vec<Value> = now
            .iter()
            .map(|one| serde_json::from_str(&one.to_string().replace("\"指標0\"", "\"指標9\"")).expect("JSON"))
            .collect();
        let memory = memory(dataset("2021-05", &renamed), vec![earlier(&dataset("2021-04", &then))]);
        prop_assert_eq!(memory.changes, vec![]);
        prop_assert_eq!(memory.past_changes, vec![]);
        prop_assert_eq!(memory.unchanged.len(), now.len());
    }

    #[test]
    fn the_order_of_records_does_not_matter(a in some_lines(), b in some_lines()) {
        let divisions = ["窓口課", "環境課"];
        let (mut now, mut then) = (lines(&a, divisions), lines(&b, divisions));
        let first = memory(dataset("2021-06", &now), vec![earlier(&dataset("2021-05", &then))]);
        now.reverse();
        then.reverse();
        let second = memory(dataset("2021-06", &now), vec![earlier(&dataset("2021-05", &then))]);
        prop_assert_eq!(first.changes, second.changes);
        prop_assert_eq!(first.past_changes, second.past_changes);
    }

    /// What is better one way is worse the other; what is new one way is gone the other.
    #[test]
    fn changes_have_a_direction(a in some_lines(), b in some_lines()) {
        let divisions = ["窓口課", "環境課"];
        let (now, then) = (lines(&a, divisions), lines(&b, divisions));
        let there = memory(dataset("2021-06", &now), vec![earlier(&dataset("2021-05", &then))]);
        let back = memory(dataset("2021-06", &then), vec![earlier(&dataset("2021-05", &now))]);
        let count = |memory: &Memory, trend| memory.changes.iter().filter(|c| c.trend == trend).count();
        prop_assert_eq!(count(&there, Trend::New), count(&back, Trend::Gone));
        prop_assert_eq!(count(&there, Trend::Better), count(&back, Trend::Worse));
        // A past figure that was not known before has arrived; it was not corrected.
        prop_assert!(there.past_changes.iter().all(|change| change.from.quantity.is_some()));
    }
}

#[test]
fn months_unchanged_end_where_something_moved() {
    let month = |period: &str, value| {
        let figures = json!([figure("actual", 2021, Some(value), "C2")]);
        dataset(period, &[indicator("指標1", "環境課", &figures)])
    };
    let values = [("2021-05", 2), ("2021-06", 1), ("2021-08", 2), ("2021-09", 2)];
    let months = values.map(|(period, value)| earlier(&month(period, value))).to_vec();
    let memory = memory(month("2021-10", 2), months);
    assert_eq!(memory.months_unchanged("i-指標1-環境課"), 2, "since 2021-08");
    let known: Vec<String> = memory.series[0]
        .points
        .iter()
        .map(|point| format!("{} {}", point.period, point.quantity.value))
        .collect();
    assert_eq!(known, ["2021-05 2", "2021-06 1", "2021-08 2", "2021-09 2", "2021-10 2"]);
}

#[test]
fn what_could_be_either_of_two_is_neither_new_nor_gone() {
    let one =
        |division, value| indicator("件数", division, &json!([figure("actual", 2020, Some(value), "B2")]));
    // Both divisions kept such an indicator; the department's own one that stands there now may be either.
    let then = dataset("2021-05", &[one("窓口課", 10), one("環境課", 20)]);
    let elsewhere: Value =
        serde_json::from_str(&one("", 30).to_string().replace("a.xlsx", "b.xlsx")).expect("JSON");
    let memory = memory(dataset("2021-06", &[elsewhere]), vec![earlier(&then)]);
    assert_eq!((memory.changes, memory.past_changes), (vec![], vec![]));
}
