//! Why nothing can be judged, in a few words.

use super::figures::{Pair, Told};
use super::goal::NoGoal;
use super::measure::NoReading;
use super::working::Names;
use crate::finding::Code;
use crate::model::dataset::Dataset;
use crate::model::quantity::State;

/// What is wrong with the pair of figures, where anything is.
pub fn of_pair(pair: &Pair, names: &Names<'_>, dataset: &Dataset) -> Option<String> {
    let Some(target) = &pair.target else { return Some("比べる目標がない".to_owned()) };
    of_figure(target, names, dataset)
}

/// What is wrong with the actual, where anything is.
pub fn of_actual(pair: &Pair, names: &Names<'_>, dataset: &Dataset) -> Option<String> {
    let Some(actual) = &pair.actual else { return Some("確定した実績がない".to_owned()) };
    if pair.apart {
        return Some("同じ年度の目標と実績がそろっていない".to_owned());
    }
    if let Some(reason) = of_figure(actual, names, dataset) {
        return Some(reason);
    }
    let label = names.label(actual);
    actual.single().is_none().then(|| format!("{label}が1つの数ではない（以上・以下・範囲）"))
}

fn of_figure(told: &Told, names: &Names<'_>, dataset: &Dataset) -> Option<String> {
    let (label, raw) = (names.label(told), told.figure.said());
    let differs = || {
        dataset.findings.iter().any(|finding| {
            finding.code == Code::UnitDiffers
                && finding.cell == Some(told.figure.place.cell)
                && finding.sheet == *told.figure.place.sheet
                && finding.workbook == *told.figure.place.workbook
        })
    };
    match told.figure.state {
        State::Value if told.other_unit => Some(format!("単位が違う（{label}の単位をそろえられない）")),
        State::Value if told.quantity.is_some() => None,
        State::Pending => Some(format!("作業中（{label}が「{raw}」）")),
        State::Missing => Some(format!("値がない（{label}が「{raw}」）")),
        State::NotApplicable => Some(format!("対象外（{label}が「{raw}」）")),
        State::Secret => Some(format!("秘匿（{label}が「{raw}」）")),
        State::Unread if differs() => Some(format!("単位が違う（{label}が「{raw}」）")),
        State::Unread | State::Value => Some(format!("読めない値（{label}が「{raw}」）")),
    }
}

/// Why a target gives no direction.
pub fn of_goal(none: NoGoal) -> &'static str {
    match none {
        NoGoal::NoPolarity => "望ましい方向（増・減・維持）がどこにも書かれていない",
        NoGoal::Contradiction => "目標の「以上・以下」と望ましい方向が食い違っている",
    }
}

/// Why there is no measure.
pub fn of_reading(none: NoReading) -> &'static str {
    match none {
        NoReading::TargetNotPositive => "目標が0以下で割合にできない",
        NoReading::NoBaseline => "実績より前の基準値がない",
        NoReading::NoWay => "目標が基準値より良い値ではない",
        NoReading::BaselineZero => "基準値が0で割合にできない",
        NoReading::OutsidePlan => "実績の年度が計画の期間にない",
        NoReading::TooLarge => "数が大きすぎて正確に計算できない",
    }
}
