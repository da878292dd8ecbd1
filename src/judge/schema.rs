//! The shape of judgement.toml for editors.

#![expect(dead_code, reason = "only the shape is used, by the schema")]

use std::collections::BTreeMap;

use schemars::JsonSchema;

/// judgement.toml.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, title = "hoshin の判定の規則（judgement.toml）")]
pub(crate) struct Judgement {
    #[schemars(description = "指定がないときの規則の名前")]
    default: Option<String>,
    #[schemars(description = "指標の規則")]
    rule: Option<BTreeMap<String, Rule>>,
    #[schemars(description = "取組みの規則")]
    initiative: Option<Initiative>,
}

/// `[rule.名前]`.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Rule {
    #[schemars(description = "規則の説明")]
    title: Option<String>,
    #[schemars(description = "何を測るか")]
    measure: Measure,
    #[schemars(description = "どの目標と比べるか")]
    pair: Pair,
    #[schemars(description = "最新の実績が作業中のとき、その前の実績で判定するか")]
    use_last_settled: Option<bool>,
    #[schemars(description = "この測り方ができないときの規則")]
    otherwise: Option<String>,
    #[schemars(description = "各年度の予定（％）。pace だけ")]
    steps: Option<Vec<f64>>,
    #[schemars(description = "上から順に見て、最初に当てはまったもの")]
    bands: Vec<Band>,
}

/// `measure`.
#[derive(JsonSchema)]
#[schemars(rename_all = "snake_case")]
enum Measure {
    Rate,
    Progress,
    Pace,
    Baseline,
    Difference,
}

/// `pair`.
#[derive(JsonSchema)]
#[schemars(rename_all = "snake_case")]
enum Pair {
    SameYear,
    Next,
    Final,
}

/// `result`.
#[derive(JsonSchema)]
enum Result {
    達成,
    順調,
    やや遅れ,
    遅れ,
}

/// A step of `bands`.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Band {
    #[schemars(description = "これ以上のとき")]
    at_least: Option<f64>,
    #[schemars(description = "判定")]
    result: Result,
    #[schemars(description = "市の評語")]
    grade: Option<String>,
    #[schemars(description = "点数")]
    points: Option<u32>,
}

/// `[initiative]`.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Initiative {
    #[schemars(description = "経過月数よりこのポイント以上遅れたら「やや遅れ」")]
    slightly_behind: Option<f64>,
    #[schemars(description = "経過月数よりこのポイント以上遅れたら「遅れ」")]
    behind: Option<f64>,
    #[schemars(description = "何か月報告がなければ判定不能とするか")]
    silent_months: Option<u32>,
}
