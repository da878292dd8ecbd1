//! `data/initiatives.csv`: one row for each 取組項目 on a sheet.

use super::{File, number, primary, word};
use crate::model::dataset::Dataset;
use crate::model::initiative::InitiativeSource;

pub const FILE: File<21> = File {
    path: "data/initiatives.csv",
    columns: [
        "department",
        "division",
        "initiative_id",
        "number",
        "program",
        "item_no",
        "item",
        "fiscal_year",
        "status",
        "direction",
        "status_raw",
        "progress",
        "due",
        "due_raw",
        "comment",
        "confidence",
        "primary",
        "workbook",
        "sheet",
        "cell",
        "status_cell",
    ],
};

/// The rows, in the dataset's order.
pub fn rows(dataset: &Dataset) -> impl Iterator<Item = [String; 21]> {
    dataset.initiatives.iter().flat_map(|initiative| {
        let sources = initiative.sources.iter().enumerate();
        sources.map(move |(index, source)| row(&initiative.id, source, index == initiative.primary))
    })
}

fn row(id: &str, source: &InitiativeSource, is_primary: bool) -> [String; 21] {
    [
        source.department.clone(),
        source.division.clone(),
        id.to_owned(),
        source.number.clone(),
        source.program.clone(),
        source.item_no.to_string(),
        source.item.clone(),
        number(source.fiscal_year),
        word(source.status),
        word(source.direction),
        source.status_raw.clone(),
        number(source.progress.map(|progress| progress.normalize())),
        source.due.clone(),
        source.due_raw.clone(),
        source.comment.clone(),
        word(Some(source.confidence)),
        primary(is_primary),
        source.place.workbook.to_string(),
        source.place.sheet.to_string(),
        source.place.cell.to_string(),
        number(source.status_cell),
    ]
}
