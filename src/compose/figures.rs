//! How figures are printed: the number with its unit, the words that stand there, and what must be said of them.

use super::words;
use crate::model::amendment::Amendment;
use crate::model::fiscal::Eras;
use crate::model::indicator::{Figure, Indicator, IndicatorSource};
use crate::model::quantity::{Bound, Confidence, Quantity, Unit};
use crate::model::report::{Cell, Para, Run, Value};

/// A figure as it is printed, as plain text: `△53人`, `75.0%以上`, `作業中`.
pub fn text(figure: &Figure, source: &IndicatorSource) -> String {
    para(figure, source).text()
}

/// The mark below a figure of an earlier month.
pub fn carried(figure: &Figure) -> Option<Para> {
    figure.carried_from.map(|from| Para::small(words::carried(from)))
}

/// A figure as it is printed: the number with its unit set back, or the words that stand there.
pub fn para(figure: &Figure, source: &IndicatorSource) -> Para {
    para_in(figure, source.unit.as_ref().map_or("", |unit| unit.0.as_str()))
}

/// The same without the mark of how it was read.
pub fn bare(figure: &Figure, source: &IndicatorSource) -> Para {
    bare_in(figure, source.unit.as_ref().map_or("", |unit| unit.0.as_str()))
}

fn bare_in(figure: &Figure, unit: &str) -> Para {
    let runs = match &figure.quantity {
        Some(quantity) => quantity_runs(quantity, figure.decimals, unit),
        None => vec![Run::plain(figure.said())],
    };
    Para { runs, small: false }
}

fn para_in(figure: &Figure, unit: &str) -> Para {
    let mut para = bare_in(figure, unit);
    let mark = match figure.confidence {
        _ if figure.amendment.is_some() => "（補正）",
        Confidence::Read => "",
        Confidence::Assumed if figure.carried_from.is_some() => "",
        Confidence::Assumed => "（仮定）",
        Confidence::Unread => "（未読）",
    };
    if !mark.is_empty() {
        para.runs.push(Run { text: mark.to_owned(), muted: true, ..Run::default() });
    }
    para
}

/// A quantity with its unit in one text.
pub fn quantity(quantity: &Quantity, decimals: u32, unit: &str) -> String {
    quantity_runs(quantity, decimals, unit).iter().map(|run| run.text.as_str()).collect()
}

/// `75.0%以上`, `10～20人`, `約300件`.
fn quantity_runs(quantity: &Quantity, decimals: u32, unit: &str) -> Vec<Run> {
    let mut text = words::number(quantity.value, decimals);
    if let Some(high) = quantity.high {
        text = format!("{text}～{}", words::number(high, decimals));
    }
    let (front, behind) = quantity.bound.map(Bound::words).unwrap_or_default();
    text.insert_str(0, front);
    vec![Run::plain(text), Run { text: format!("{unit}{behind}"), muted: true, unit: true, ..Run::default() }]
}

/// What was put in place of the workbooks' own figures (補正), a line each; empty where there is none.
pub fn amendments(indicators: &[&Indicator], eras: &Eras) -> Vec<Para> {
    let sources = indicators.iter().flat_map(|indicator| &indicator.sources);
    let amended = sources.flat_map(|source| source.figures.iter().map(move |figure| (source, figure)));
    let lines = amended.filter_map(|(source, figure)| {
        let Amendment { old, new, reason, by, on, .. } = figure.amendment.as_ref()?;
        let new = quantity_text(figure, source).unwrap_or_else(|| new.clone());
        let old = if old.is_empty() { "（なし）" } else { old };
        let label = figure.slot().label(eras);
        Some(Para::small(format!("補正：{} {label} {old}→{new}　{reason}（{by}　{on}）", source.name)))
    });
    lines.collect()
}

/// The value with its unit alone; `None` where there is none.
fn quantity_text(figure: &Figure, source: &IndicatorSource) -> Option<String> {
    let unit = source.unit.as_ref().map_or("", |unit| unit.0.as_str());
    figure.quantity.as_ref().map(|it| quantity(it, figure.decimals, unit))
}

/// A figure as a typed cell of the workbook, with a link to its source cell; its unit stands in a column of its own.
pub fn book_cell(figure: &Figure, source: &IndicatorSource) -> Cell {
    let percent = source.unit.as_ref().is_some_and(Unit::is_percent);
    let mut cell = Cell::paras(vec![para_in(figure, if percent { "%" } else { "" })]);
    let single = figure.quantity.as_ref().filter(|quantity| quantity.high.is_none());
    cell.value = single.map(|q| Value::Number { value: q.value, decimals: figure.decimals, percent });
    cell.link = Some(Box::new(figure.place.clone()));
    cell
}
