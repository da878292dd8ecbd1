//! Promises that hold for any figures.

use proptest::prelude::*;
use rust_decimal::Decimal;

use super::{VOCABULARY, builtin, dataset, figure, indicator, judged, place};
use crate::config::Config;
use crate::judge::{Law, judge};
use crate::model::indicator::{Indicator, Kind, Polarity};
use crate::model::judgement::Verdict;
use crate::model::quantity::{Quantity, Unit};

fn decimals() -> impl Strategy<Value = Decimal> {
    prop_oneof![
        (-2_000i64..2_000, 0u32..3).prop_map(|(number, scale)| Decimal::new(number, scale)),
        (any::<i64>(), 0u32..28).prop_map(|(number, scale)| Decimal::new(number, scale)),
        Just(Decimal::MAX),
        Just(Decimal::MIN),
        Just(Decimal::ZERO),
    ]
}

fn polarities() -> impl Strategy<Value = Polarity> {
    prop_oneof![Just(Polarity::Increase), Just(Polarity::Decrease), Just(Polarity::Maintain)]
}

/// Baseline 2018, the actual of 2020, targets of 2020 and 2022.
fn made(polarity: Option<Polarity>, baseline: Decimal, actual: Decimal, target: &Quantity) -> Indicator {
    let mut made = indicator(polarity, &[]);
    let quantities = [
        (Kind::Baseline, 2018, Quantity::exact(baseline)),
        (Kind::Actual, 2020, Quantity::exact(actual)),
        (Kind::Target, 2020, target.clone()),
        (Kind::Target, 2022, target.clone()),
    ];
    made.sources[0].figures = (0..)
        .zip(quantities)
        .map(|(row, (kind, year, quantity))| {
            let mut made = figure(kind, year, "0", row);
            made.quantity = Some(quantity);
            made
        })
        .collect();
    made
}

/// Whether one figure is at least as good as another.
fn better(polarity: Polarity, target: Decimal, one: Decimal, other: Decimal) -> bool {
    match polarity {
        Polarity::Increase => one >= other,
        Polarity::Decrease => one <= other,
        Polarity::Maintain => {
            let off = |value: Decimal| value.checked_sub(target).map(|off| off.abs());
            matches!((off(one), off(other)), (Some(a), Some(b)) if a <= b)
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn a_better_figure_is_never_judged_worse(
        polarity in polarities(),
        numbers in [decimals(), decimals(), decimals(), decimals()],
    ) {
        let [baseline, target, one, other] = numbers;
        let rules = builtin();
        for name in rules.names() {
            let judge = |actual| {
                let target = Quantity::exact(target);
                judged(made(Some(polarity), baseline, actual, &target), name, false, &rules)
            };
            let (a, b) = (judge(one), judge(other));
            let decided = a.result != Verdict::Undecided && b.result != Verdict::Undecided;
            if decided && better(polarity, target, one, other) {
                prop_assert!(a.result <= b.result, "{name}: {a:#?}\n{b:#?}");
                prop_assert!(a.points >= b.points, "{name}: {a:#?}\n{b:#?}");
            }
            for judgement in [&a, &b] {
                prop_assert!(!judgement.working.is_empty() && !judgement.reason.is_empty());
                let met = better(polarity, target, judgement.value.unwrap_or_default(), target);
                prop_assert!(judgement.result != Verdict::Achieved || met, "{judgement:#?}");
            }
        }
    }

    #[test]
    fn the_order_of_sources_does_not_matter(
        actuals in prop::collection::vec(decimals(), 1..5),
        order in Just((0..5usize).collect::<Vec<_>>()).prop_shuffle(),
    ) {
        let mut one = made(Some(Polarity::Increase), Decimal::ONE, Decimal::ONE, &Quantity::exact(Decimal::TEN));
        let template = one.sources[0].clone();
        one.sources = actuals.iter().enumerate().map(|(index, actual)| {
            let mut source = template.clone();
            source.place = place(&format!("{index}.xlsx"), 0);
            if index % 2 == 0 { source.division.clear(); }
            if index % 3 == 1 { source.unit = Some(Unit("千人".to_owned())); }
            for figure in &mut source.figures { figure.place = place(&format!("{index}.xlsx"), 1); }
            source.figures[1].quantity = Some(Quantity::exact(*actual));
            source
        }).collect();
        let mut other = one.clone();
        let order: Vec<usize> = order.into_iter().filter(|index| *index < actuals.len()).collect();
        other.sources = order.iter().map(|index| one.sources[*index].clone()).collect();
        other.primary = order.iter().position(|index| *index == one.primary).unwrap_or(0);
        let (config, rules) = (Config::default(), builtin());
        let organisation = &config.organisation(dataset(Vec::new()).period);
        let law = Law { rules: &rules, config: &config, organisation, vocabulary: &VOCABULARY };
        prop_assert_eq!(judge(&dataset(vec![one]), &law), judge(&dataset(vec![other]), &law));
    }
}
