#![allow(clippy::expect_used, reason = "tests")]

use proptest::prelude::*;
use rust_decimal::Decimal;

use super::*;
use crate::model::indicator::{Kind, Polarity};
use crate::model::place::{CellRef, Place};
use crate::model::quantity::Quantity;
use crate::normalise::builtin;
use crate::normalise::vocabulary::Rate;

fn decimal(text: &str) -> Decimal {
    text.parse().expect("a number")
}

/// An indicator whose actual figures of one year after the other, up to R2, are these.
fn source(unit: &str, values: &[Decimal]) -> IndicatorSource {
    let place = |col: usize| Place {
        workbook: "台帳.xlsx".into(),
        sheet: "表".into(),
        cell: CellRef::new(1, u32::try_from(col).expect("small")),
    };
    let first = 2021 - i32::try_from(values.len()).expect("small");
    let figure = |(index, value): (usize, &Decimal)| Figure {
        fiscal_year: Some(FiscalYear(first + i32::try_from(index).expect("small"))),
        month: None,
        span: Span::Year,
        basis: None,
        kind: Kind::Actual,
        state: State::Value,
        quantity: Some(Quantity::exact(*value)),
        decimals: value.scale(),
        confidence: Confidence::Read,
        raw: value.to_string(),
        place: place(index + 2),
        amendment: None,
        carried_from: None,
    };
    IndicatorSource {
        department: "部".to_owned(),
        division: "課".to_owned(),
        name: "指標".to_owned(),
        class: None,
        unit: Some(Unit(unit.to_owned())),
        polarity: None,
        note: String::new(),
        place: place(0),
        carried_from: None,
        figures: values.iter().enumerate().map(figure).collect(),
    }
}

fn told(source: IndicatorSource) -> Vec<(Code, String)> {
    let vocabulary = builtin();
    let grounds = Grounds { vocabulary: &vocabulary, fiscal_year: FiscalYear(2021) };
    let drafts = doubts(&[source], &grounds).into_iter();
    drafts.map(|draft| (draft.code, draft.cell.expect("a cell").to_string())).collect()
}

#[test]
fn figures_are_doubted_beside_their_neighbours() {
    for (unit, values, expected) in [
        ("%", "9.2 0.092 9.3", vec![(Code::ScaleMixed, "D2")]),
        ("%", "98 100 1", vec![(Code::ScaleMixed, "E2")]),
        ("%", "0.12 0.13 0.125 12.9", vec![(Code::ScaleMixed, "F2")]),
        ("%", "0.2 0.4 0.3", vec![]),
        ("千円", "1200 1300 1250000", vec![(Code::FigureJumps, "E2")]),
        ("千円", "1200 1250000", vec![]),
        ("円", "31 300000 310000", vec![(Code::FigureJumps, "C2")]),
        ("人", "31 300000 310000", vec![]),
        ("円", "30 310 31", vec![]),
        ("件", "1 1 100", vec![]),
        ("件", "12 13 1300", vec![(Code::FigureJumps, "E2")]),
        ("ha", "5123 72 51 49.9", vec![]),
        ("%", "20 35 0.4", vec![(Code::ScaleMixed, "E2")]),
        ("箇所", "6824 45.6 0 1623 47", vec![]),
        ("件", "12 13 14 0", vec![(Code::ZeroDoubtful, "F2")]),
        ("件", "14 13 12 0", vec![(Code::ZeroDoubtful, "F2")]),
        ("件", "40 32 29 0", vec![]),
        ("件", "0 12 13 14", vec![]),
        ("件", "5 6 7 0", vec![]),
        ("件", "12 13 0", vec![]),
        ("件", "12 0 13 0 0 14", vec![]),
    ] {
        let values: Vec<Decimal> = values.split(' ').map(decimal).collect();
        let found = told(source(unit, &values));
        let found: Vec<(Code, &str)> = found.iter().map(|(code, cell)| (*code, cell.as_str())).collect();
        assert_eq!(found, expected, "{unit} {values:?}");
    }
}

#[test]
fn rates_follow_from_their_figures_in_any_known_way() {
    for (rate, polarity, stated, percent, actual, other, right) in [
        (Rate::Achievement, None, "96", true, "120", "125", true),
        (Rate::Achievement, None, "96.3", true, "120", "125", false),
        (Rate::Achievement, None, "66.6", true, "2", "3", true),
        (Rate::Achievement, None, "66.7", true, "2", "3", true),
        (Rate::Achievement, None, "0.67", false, "2", "3", true),
        (Rate::Achievement, None, "0.67", true, "2", "3", false),
        (Rate::Achievement, None, "100", true, "150", "100", true),
        (Rate::Achievement, None, "100", true, "50", "100", false),
        (Rate::Achievement, Some(Polarity::Decrease), "83.3", true, "12", "10", true),
        (Rate::Achievement, Some(Polarity::Decrease), "80", true, "12", "10", true),
        (Rate::Achievement, Some(Polarity::Increase), "83.3", true, "12", "10", false),
        (Rate::Previous, None, "5", true, "105", "100", true),
        (Rate::Achievement, None, "5", true, "105", "100", false),
        (Rate::Comparison, None, "-5.0", true, "95", "100", true),
        (Rate::Achievement, None, "5", true, "105", "0", true),
    ] {
        let part = |text: &str| Part { value: decimal(text), slack: Decimal::ZERO };
        let parts = Parts { actual: part(actual), other: part(other), baseline: None, polarity };
        let value = decimal(stated);
        let stated = Stated { value, decimals: value.scale(), percent };
        assert_eq!(agrees(rate, stated, &parts).is_ok(), right, "{stated:?} {parts:?}");
    }
}

proptest! {
    #[test]
    fn no_figures_panic(values in prop::collection::vec((any::<i64>(), 0_u32..20), 0..9)) {
        let values: Vec<Decimal> = values.iter().map(|(digits, scale)| Decimal::new(*digits, *scale)).collect();
        told(source("%", &values));
    }

    #[test]
    fn figures_within_a_factor_of_two_are_never_doubted(values in prop::collection::vec(1000_i64..2000, 0..9)) {
        let values: Vec<Decimal> = values.into_iter().map(Decimal::from).collect();
        prop_assert_eq!(told(source("件", &values)), vec![]);
    }

    #[test]
    fn a_slip_of_a_thousand_is_told_wherever_it_stands(
        mut values in prop::collection::vec(1000_i64..1100, 3..9),
        at in any::<prop::sample::Index>(),
    ) {
        let at = at.index(values.len());
        values[at] *= 1000;
        let values: Vec<Decimal> = values.into_iter().map(Decimal::from).collect();
        let cell = CellRef::new(1, u32::try_from(at + 2).expect("small")).to_string();
        prop_assert_eq!(told(source("千円", &values)), vec![(Code::FigureJumps, cell)]);
    }

    #[test]
    fn a_rate_that_is_computed_agrees(actual in 0_i64..1_000_000, other in 1_i64..1_000_000, decimals in 0_u32..6) {
        let part = |value: i64| Part { value: Decimal::from(value), slack: Decimal::ZERO };
        let parts = Parts { actual: part(actual), other: part(other), baseline: None, polarity: Some(Polarity::Increase) };
        let exact = Decimal::from(actual * 100) / Decimal::from(other);
        for value in [exact.round_dp(decimals), exact.trunc_with_scale(decimals)] {
            let stated = Stated { value, decimals, percent: true };
            prop_assert!(agrees(Rate::Achievement, stated, &parts).is_ok());
        }
    }
}
