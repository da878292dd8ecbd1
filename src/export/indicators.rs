//! `data/indicators.csv`: one row for each figure on a sheet.

use super::{File, number, primary, word};
use crate::model::dataset::Dataset;
use crate::model::indicator::{Figure, IndicatorSource};

pub const FILE: File<22> = File {
    path: "data/indicators.csv",
    columns: [
        "department",
        "division",
        "indicator_id",
        "indicator",
        "class",
        "unit",
        "polarity",
        "fiscal_year",
        "month",
        "span",
        "basis",
        "kind",
        "value",
        "value_high",
        "bound",
        "state",
        "confidence",
        "primary",
        "raw",
        "workbook",
        "sheet",
        "cell",
    ],
};

/// The rows, in the dataset's order.
pub fn rows(dataset: &Dataset) -> impl Iterator<Item = [String; 22]> {
    dataset.indicators.iter().flat_map(|indicator| {
        indicator.sources.iter().enumerate().flat_map(move |(index, source)| {
            source
                .figures
                .iter()
                .map(move |figure| row(&indicator.id, source, figure, index == indicator.primary))
        })
    })
}

fn row(id: &str, source: &IndicatorSource, figure: &Figure, is_primary: bool) -> [String; 22] {
    let quantity = figure.quantity.as_ref();
    [
        source.department.clone(),
        source.division.clone(),
        id.to_owned(),
        source.name.clone(),
        word(source.class),
        source.unit.as_ref().map_or_else(String::new, |unit| unit.0.clone()),
        word(source.polarity),
        number(figure.fiscal_year),
        number(figure.month),
        word(Some(figure.span)),
        word(figure.basis),
        word(Some(figure.kind)),
        number(quantity.map(|quantity| quantity.value.normalize())),
        number(quantity.and_then(|quantity| quantity.high).map(|high| high.normalize())),
        word(quantity.and_then(|quantity| quantity.bound)),
        word(Some(figure.state)),
        word(Some(figure.confidence)),
        primary(is_primary),
        figure.raw.clone(),
        figure.place.workbook.to_string(),
        figure.place.sheet.to_string(),
        figure.place.cell.to_string(),
    ]
}
