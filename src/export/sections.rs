//! `data/sections.csv`: one row for each bullet of a policy document.

use super::{File, number, word};
use crate::model::dataset::Dataset;

pub const FILE: File<10> = File {
    path: "data/sections.csv",
    columns: [
        "department",
        "fiscal_year",
        "section",
        "title",
        "category",
        "number",
        "text",
        "workbook",
        "sheet",
        "cell",
    ],
};

/// The rows, in the dataset's order.
pub fn rows(dataset: &Dataset) -> impl Iterator<Item = [String; 10]> {
    dataset.sections.iter().map(|line| {
        [
            line.department.clone(),
            number(line.fiscal_year),
            word(Some(line.section)),
            line.title.clone(),
            line.category.clone(),
            line.number.clone(),
            line.text.clone(),
            line.place.workbook.to_string(),
            line.place.sheet.to_string(),
            line.place.cell.to_string(),
        ]
    })
}
