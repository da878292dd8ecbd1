//! Figures that are 100, 1,000 … times those of the other years.

use rust_decimal::Decimal;

use super::{Grounds, Valued, comparable, draft, is_percent, shows_percent};
use crate::finding::{Code, Draft};
use crate::model::indicator::{IndicatorSource, Kind};
use crate::normalise::unit::dimension;
use crate::normalise::vocabulary::{Slip, Threshold};

/// What a share of 1 or less may be beside whole percentages: 0.092 beside 9.2.
const WHOLE: Decimal = Decimal::ONE;

/// At most one doubt for each stretch of time: of all its figures, else of those of one kind.
pub fn doubts(source: &IndicatorSource, grounds: &Grounds) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for figures in comparable(source) {
        if let Some(draft) = doubt(source, &figures, grounds) {
            drafts.push(draft);
            continue;
        }
        let kinds = [Kind::Baseline, Kind::Actual, Kind::Forecast, Kind::Plan, Kind::Target];
        drafts.extend(kinds.into_iter().filter_map(|kind| {
            let same: Vec<Valued> = figures.iter().filter(|v| v.figure.kind == kind).copied().collect();
            doubt(source, &same, grounds)
        }));
    }
    drafts
}

/// The figures fall into two groups, each of which agrees with itself, a slip apart.
fn doubt(source: &IndicatorSource, figures: &[Valued], grounds: &Grounds) -> Option<Draft> {
    let (low, high) = two_groups(source, figures, grounds)?;
    let slip = slip(source, &low, &high, grounds)?;
    let (few, many) = fewer(figures, low, high, grounds)?;
    let (doubtful, more) = few.split_first()?;
    let beside = nearest(doubtful, &many)?;
    let share = is_percent(source)
        && slip.times == Decimal::ONE_HUNDRED
        && [&few, &many].into_iter().any(|group| group.iter().all(is_bare_share));
    if !share && !is_near(doubtful.value.checked_div(beside.value)?, slip, grounds) {
        return None;
    }
    let code = if share { Code::ScaleMixed } else { Code::FigureJumps };
    let larger = doubtful.value.abs() > beside.value.abs();
    let times = slip.times.normalize();
    let relation = if larger { format!("の約{times}倍") } else { format!("の約{times}分の1") };
    let draft = draft(code, source, doubtful.figure, beside.figure, grounds);
    let draft = draft.with("relation", relation).with("cause", &slip.cause);
    Some(more.iter().fold(draft, |draft, other| draft.related(&other.figure.place)))
}

/// 1 or less, and no % is shown: such a figure may be meant as a share of 1.
fn is_bare_share(valued: &Valued) -> bool {
    valued.value.abs() <= WHOLE && !shows_percent(valued.figure)
}

type Groups<'a> = (Vec<Valued<'a>>, Vec<Valued<'a>>);

/// The figures apart at their widest gap; `None` where signs differ or a group does not agree with itself.
fn two_groups<'a>(source: &IndicatorSource, figures: &[Valued<'a>], grounds: &Grounds) -> Option<Groups<'a>> {
    let mut sorted: Vec<Valued> = figures.iter().filter(|v| !v.value.is_zero()).copied().collect();
    let negative = sorted.iter().filter(|valued| valued.value.is_sign_negative()).count();
    if negative != 0 && negative != sorted.len() {
        return None;
    }
    sorted.sort_by_key(|valued| valued.value.abs());
    let gap = |pair: &[Valued]| match pair {
        [a, b] => b.value.abs().checked_div(a.value.abs()),
        _ => None,
    };
    let (at, _) = sorted.windows(2).map(gap).enumerate().max_by_key(|(_, gap)| *gap)?;
    let high = sorted.split_off(at + 1);
    let shares = is_percent(source) && sorted.iter().all(is_bare_share);
    let spread = if shares { Threshold::ShareSpread } else { Threshold::Spread };
    let spread = grounds.vocabulary.threshold(spread);
    let agrees = |group: &[Valued]| {
        let (first, last) = (group.first()?.value.abs(), group.last()?.value.abs());
        (last <= first.checked_mul(spread)?).then_some(())
    };
    agrees(&sorted)?;
    agrees(&high)?;
    Some((sorted, high))
}

/// The slip by which two groups are apart, where the lower figures have digits enough to tell.
fn slip<'g>(
    source: &IndicatorSource,
    low: &[Valued],
    high: &[Valued],
    grounds: &Grounds<'g>,
) -> Option<&'g Slip> {
    let vocabulary = grounds.vocabulary;
    let ratio = middle(high)?.checked_div(middle(low)?)?;
    let base = source.unit.as_ref().map(|unit| dimension(unit, vocabulary).0).unwrap_or_default();
    let shares = is_percent(source) && low.iter().all(is_bare_share);
    let digits = low.iter().map(|valued| digits(valued.value)).min().unwrap_or(0);
    let fits = |slip: &&Slip| {
        let told = digits >= slip.digits || shares && slip.times == Decimal::ONE_HUNDRED;
        is_near(ratio, slip, grounds) && (slip.base.is_empty() || slip.base == base) && told
    };
    vocabulary.slips.iter().find(fits)
}

/// Whether a ratio, or its inverse, is about that of a slip.
fn is_near(ratio: Decimal, slip: &Slip, grounds: &Grounds) -> bool {
    let near = grounds.vocabulary.threshold(Threshold::Near);
    let ratio = if ratio < Decimal::ONE { Decimal::ONE.checked_div(ratio) } else { Some(ratio) };
    let ends = slip.times.checked_div(near).zip(slip.times.checked_mul(near));
    ratio.zip(ends).is_some_and(|(ratio, (least, most))| (least..=most).contains(&ratio))
}

/// The doubtful group and that against it: the smaller one is doubtful, of two equal ones the later.
fn fewer<'a>(
    figures: &[Valued],
    low: Vec<Valued<'a>>,
    high: Vec<Valued<'a>>,
    grounds: &Grounds,
) -> Option<Groups<'a>> {
    let first = figures.iter().find(|valued| !valued.value.is_zero())?;
    let low_first = low.iter().any(|valued| valued.figure.place == first.figure.place);
    let low_is_few = low.len() < high.len() || low.len() == high.len() && !low_first;
    let (mut few, many) = if low_is_few { (low, high) } else { (high, low) };
    let others = grounds.vocabulary.threshold(Threshold::Others);
    few.sort_by_key(|valued| (valued.figure.fiscal_year, valued.figure.month, valued.figure.kind));
    (Decimal::from(many.len()) >= others).then_some((few, many))
}

/// The figure nearest in time, those of the same kind first.
fn nearest<'v, 'a>(doubtful: &Valued, many: &'v [Valued<'a>]) -> Option<&'v Valued<'a>> {
    let time = |valued: &Valued| {
        let year = valued.figure.fiscal_year.map_or(0, |year| i64::from(year.0));
        year * 12 + valued.figure.month.map_or(0, |month| (i64::from(month) + 8) % 12)
    };
    let distance = |other: &&Valued| {
        let other_kind = other.figure.kind != doubtful.figure.kind;
        (other_kind, (time(other) - time(doubtful)).abs(), other.figure.place.cell)
    };
    many.iter().min_by_key(distance)
}

fn middle(sorted: &[Valued]) -> Option<Decimal> {
    sorted.get(sorted.len() / 2).map(|valued| valued.value.abs())
}

/// Significant digits as the value is written: 9.20 has 2, 0.092 has 2, 100 has 3.
fn digits(value: Decimal) -> usize {
    value.normalize().mantissa().unsigned_abs().to_string().len()
}
