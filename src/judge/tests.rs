//! Rules by tables, promises by properties.

#![allow(clippy::expect_used, clippy::panic, reason = "a test stops at the first surprise")]

mod initiatives;
mod properties;
mod rules;

use std::sync::LazyLock;

use rust_decimal::Decimal;

use super::{Law, Rules, Text, judge};
use crate::config::Config;
use crate::model::dataset::Dataset;
use crate::model::fiscal::{FiscalYear, Period, Span};
use crate::model::indicator::{Figure, Indicator, IndicatorSource, Kind, Polarity};
use crate::model::judgement::Judgement;
use crate::model::memory::Memory;
use crate::model::place::{CellRef, Place};
use crate::model::quantity::{Bound, Confidence, Quantity, State, Unit};
use crate::normalise::Vocabulary;
use crate::templates::Templates;

/// Parsed once: properties judge thousands of times.
static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(|| Vocabulary::builtin().expect("valid"));

fn builtin() -> Rules {
    with("")
}

/// The built-in rules with a city's own over them.
fn with(own: &str) -> Rules {
    let templates = Templates::embedded();
    let built_in = Text { file: "templates/judgement.toml", text: templates.text("judgement.toml") };
    Rules::parse(&[built_in, Text { file: "判定.toml", text: own }])
        .unwrap_or_else(|problems| panic!("{problems:#?}"))
}

fn place(workbook: &str, row: u32) -> Place {
    Place { workbook: workbook.into(), sheet: "指標".into(), cell: CellRef::new(row, 0) }
}

/// A figure from a word: `12.5`, `>=75`, `<=30`, `~400`, `10..20`, `pending`, `missing`.
fn figure(kind: Kind, year: i32, word: &str, row: u32) -> Figure {
    let (bound, plain) = match word.get(..2) {
        Some(">=") => (Some(Bound::AtLeast), &word[2..]),
        Some("<=") => (Some(Bound::AtMost), &word[2..]),
        _ if word.starts_with('>') => (Some(Bound::Above), &word[1..]),
        _ if word.starts_with('~') => (Some(Bound::About), &word[1..]),
        _ => (None, word),
    };
    let (low, high) = plain.split_once("..").map_or((plain, None), |(low, high)| (low, Some(high)));
    let decimal = |text: &str| text.parse::<Decimal>().expect("a decimal");
    let state = match word {
        "pending" => State::Pending,
        "missing" => State::Missing,
        _ => State::Value,
    };
    let quantity =
        (state == State::Value).then(|| Quantity { value: decimal(low), high: high.map(decimal), bound });
    let decimals = quantity.as_ref().map_or(0, |quantity| quantity.value.scale());
    let raw = if state == State::Pending { "作業中".to_owned() } else { word.to_owned() };
    let (month, span, basis, confidence) = (None, Span::Year, None, Confidence::Read);
    let (fiscal_year, place) = (Some(FiscalYear(year)), place("a.xlsx", row));
    let carried_from = None;
    Figure {
        amendment: None,
        fiscal_year,
        month,
        span,
        basis,
        kind,
        state,
        quantity,
        decimals,
        confidence,
        raw,
        place,
        carried_from,
    }
}

/// An indicator in 人 with figures such as `(Kind::Actual, 2020, "376")`.
fn indicator(polarity: Option<Polarity>, figures: &[(Kind, i32, &str)]) -> Indicator {
    let figures = (0..).zip(figures).map(|(row, (kind, year, word))| figure(*kind, *year, word, row));
    let source = IndicatorSource {
        department: "企画部".to_owned(),
        division: "企画課".to_owned(),
        name: "指標".to_owned(),
        class: None,
        unit: Some(Unit("人".to_owned())),
        polarity,
        note: String::new(),
        place: place("a.xlsx", 0),
        carried_from: None,
        figures: figures.collect(),
    };
    Indicator { id: "i-1".to_owned(), primary: 0, conflict: false, sources: vec![source] }
}

fn dataset(indicators: Vec<Indicator>) -> Dataset {
    Dataset {
        city: String::new(),
        publisher: String::new(),
        period: Period { year: 2021, month: 5 },
        as_of: "2021-06-10".parse().expect("a day"),
        late: false,
        departments: Vec::new(),
        indicators,
        initiatives: Vec::new(),
        sections: Vec::new(),
        judgements: Vec::new(),
        sources: Vec::new(),
        submissions: Vec::new(),
        carried_sources: Vec::new(),
        findings: Vec::new(),
        memory: Memory::default(),
        edition: 0,
        frozen: false,
        errata: Vec::new(),
        remarks: Vec::new(),
        accepted: Vec::new(),
        correspondence: crate::model::correspondence::Correspondence::default(),
    }
}

/// Judges by one rule.
fn judged(indicator: Indicator, rule: &str, last_settled: bool, rules: &Rules) -> Judgement {
    let mut config = Config::default();
    config.judging.city.rule = Some((rule.to_owned(), 1));
    config.judging.city.use_last_settled = Some(last_settled);
    let organisation = &config.organisation(Period { year: 2021, month: 5 });
    let law = Law { rules, config: &config, organisation, vocabulary: &VOCABULARY };
    judge(&dataset(vec![indicator]), &law).judgements.pop().expect("one judgement")
}
