//! Drawings from the data: an indicator's line over the years, bars of verdicts.

use std::collections::BTreeMap;

use super::super::desk::Desk;
use super::super::{figures, words};
use crate::model::chart::{Bar, BarPart, Chart, ChartKind, LineChart, LinePoint};
use crate::model::fiscal::{FiscalYear, Span};
use crate::model::indicator::{Indicator, Kind};
use crate::model::judgement::{Judgement, Subject, Verdict};
use crate::model::quantity::{Quantity, State};
use crate::model::report::Block;

/// A line shows so many years at most: the latest.
const MOST_YEARS: i32 = 12;

/// The line of an indicator's yearly figures; `None` where there are too few to show how it goes.
pub fn line(indicator: &Indicator, desk: &Desk<'_>) -> Option<Chart> {
    let main = indicator.main();
    let mut years: BTreeMap<FiscalYear, LinePoint> = BTreeMap::new();
    let mut decimals = 0;
    let unit = main.unit.as_ref().map_or("", |unit| unit.0.as_str());
    let yearly = main.figures.iter().filter(|figure| figure.span == Span::Year);
    for (year, figure) in yearly.filter_map(|figure| Some((figure.fiscal_year?, figure))) {
        let time = desk.eras.short(year);
        let point = years.entry(year).or_insert_with(|| LinePoint { time, ..LinePoint::default() });
        let value = figure.quantity.as_ref().filter(|quantity| quantity.high.is_none()).map(|q| q.value);
        decimals = decimals.max(if value.is_some() { figure.decimals } else { 0 });
        match figure.kind {
            Kind::Actual => {
                point.actual = value.or(point.actual);
                point.pending = figure.state == State::Pending;
            }
            Kind::Baseline => point.actual = point.actual.or(value),
            Kind::Forecast => point.forecast = value,
            Kind::Target => point.target = value,
            Kind::Plan => point.target = point.target.or(value),
        }
    }
    let (first, last) = (years.keys().next()?.0, years.keys().next_back()?.0);
    let first = first.max(last - MOST_YEARS + 1);
    let points: Vec<LinePoint> = (first..=last)
        .map(|year| {
            let empty = || LinePoint { time: desk.eras.short(FiscalYear(year)), ..LinePoint::default() };
            years.remove(&FiscalYear(year)).unwrap_or_else(empty)
        })
        .collect();
    let actuals = points.iter().filter(|point| point.actual.is_some()).count();
    let others = points.iter().filter(|point| point.target.is_some() || point.forecast.is_some()).count();
    if actuals == 0 || actuals + others < 2 || points.len() < 2 {
        return None;
    }
    let chart = LineChart { points, unit: unit.to_owned(), decimals };
    Some(Chart { alt: told(&main.name, &chart), kind: ChartKind::Line(chart) })
}

/// `「転入者数」の推移。実績：H29 512人、H30 498人。目標：R3 530人。R2は作業中。`
fn told(name: &str, chart: &LineChart) -> String {
    let list = |label: &str, value: fn(&LinePoint) -> Option<rust_decimal::Decimal>| {
        let said: Vec<String> = chart
            .points
            .iter()
            .filter_map(|point| {
                let value = Quantity::exact(value(point)?);
                Some(format!("{} {}", point.time, figures::quantity(&value, chart.decimals, &chart.unit)))
            })
            .collect();
        if said.is_empty() { String::new() } else { format!("{label}：{}。", said.join("、")) }
    };
    let waiting: Vec<&str> =
        chart.points.iter().filter(|point| point.pending).map(|point| point.time.as_str()).collect();
    let waiting =
        if waiting.is_empty() { String::new() } else { format!("{}は作業中。", waiting.join("、")) };
    let parts = [
        list("実績", |point| point.actual),
        list("見込", |point| point.forecast),
        list("目標", |point| point.target),
        waiting,
    ];
    format!("「{name}」の推移。{}", parts.concat())
}

/// A department's verdicts on indicators and on items; for the city a bar for each department.
pub fn bars(desk: &Desk<'_>) -> Vec<Block> {
    let bars: Vec<Bar> = if desk.department.is_some() {
        [("指標", Subject::Indicator), ("取組項目", Subject::Initiative)]
            .into_iter()
            .map(|(label, subject)| bar(label, desk.judgements.iter().filter(|one| one.subject == subject)))
            .collect()
    } else {
        let departments = desk.dataset.departments.iter();
        departments
            .map(|own| bar(&own.name, desk.judgements.iter().filter(|one| one.department == own.name)))
            .collect()
    };
    let bars: Vec<Bar> = bars.into_iter().filter(|bar| bar.parts.iter().any(|part| part.count > 0)).collect();
    if bars.is_empty() {
        return Vec::new();
    }
    let counted = |bar: &Bar| {
        let parts = bar.parts.iter().filter(|part| part.count > 0);
        let parts: Vec<String> = parts.map(|part| format!("{} {}", part.label, part.count)).collect();
        format!("{}　{}", bar.label, parts.join("、"))
    };
    let lines: Vec<String> = bars.iter().map(counted).collect();
    let alt = format!("{}の判定の件数。{}。", desk.name(), lines.join("。"));
    vec![Block::Figure(Chart { alt, kind: ChartKind::Bars(bars) })]
}

fn bar<'j>(label: &str, judgements: impl Iterator<Item = &'j &'j Judgement>) -> Bar {
    let results: Vec<Verdict> = judgements.map(|one| one.result).collect();
    let part = |verdict: Verdict| {
        let count = results.iter().filter(|result| **result == verdict).count();
        BarPart { label: words::verdict(verdict), count: u32::try_from(count).unwrap_or(u32::MAX), verdict }
    };
    Bar { label: label.to_owned(), parts: Verdict::ALL.map(part).to_vec() }
}
