//! `data/judgements.csv`: one row for each indicator and each initiative of the month's fiscal year.

use rust_decimal::Decimal;

use super::{File, number, word};
use crate::model::dataset::Dataset;

pub const FILE: File<14> = File {
    path: "data/judgements.csv",
    columns: [
        "department",
        "division",
        "subject",
        "id",
        "name",
        "result",
        "reason",
        "rule",
        "working",
        "target_year",
        "actual_year",
        "value",
        "target",
        "rate",
    ],
};

/// The rows, in the dataset's order.
pub fn rows(dataset: &Dataset) -> impl Iterator<Item = [String; 14]> {
    let plain = |value: Option<Decimal>| number(value.map(|value| value.normalize()));
    dataset.judgements.iter().map(move |judgement| {
        [
            judgement.department.clone(),
            judgement.division.clone(),
            word(Some(judgement.subject)),
            judgement.id.clone(),
            judgement.name.clone(),
            judgement.result.label().to_owned(),
            judgement.reason.clone(),
            judgement.rule.clone(),
            judgement.working.clone(),
            number(judgement.target_year),
            number(judgement.actual_year),
            plain(judgement.value),
            plain(judgement.target),
            plain(judgement.rate),
        ]
    })
}
