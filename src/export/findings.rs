//! `data/findings.csv`: one row for each thing that must be looked at.

use super::{File, number, word};
use crate::model::dataset::Dataset;

pub const FILE: File<12> = File {
    path: "data/findings.csv",
    columns: [
        "severity",
        "code",
        "department",
        "division",
        "workbook",
        "sheet",
        "cell",
        "related",
        "raw",
        "reading",
        "message",
        "cure",
    ],
};

/// The rows, in the dataset's order.
pub fn rows(dataset: &Dataset) -> impl Iterator<Item = [String; 12]> {
    dataset.findings.iter().map(|finding| {
        let related =
            finding.related.iter().map(|place| format!("{}#{}!{}", place.workbook, place.sheet, place.cell));
        [
            word(Some(finding.severity)),
            finding.code.to_string(),
            finding.department.clone(),
            finding.division.clone(),
            finding.workbook.clone(),
            finding.sheet.clone(),
            number(finding.cell),
            related.collect::<Vec<_>>().join(";"),
            finding.raw.clone(),
            finding.reading.clone(),
            finding.message.clone(),
            finding.cure.clone(),
        ]
    })
}
