//! 判定 in words: the verdict, its working and why, beside what is judged.

use std::collections::BTreeMap;

use super::{figures, words};
use crate::model::dataset::Dataset;
use crate::model::fiscal::Eras;
use crate::model::initiative::Initiative;
use crate::model::judgement::{Judgement, Subject, Verdict};
use crate::model::memory::{Point, Series};
use crate::model::report::{Para, Run};

/// What is said of the verdicts wherever they are counted.
pub const LEGEND: &str = "判定は規則による計算です（課の書いた「状況」とは別のもの）。「□ 判定不能」は良し悪しではなく、いまの台帳からは言えないものです。";

/// Judgements and lines over the months by the id of what they are about.
pub struct Judged<'a> {
    judgements: BTreeMap<&'a str, &'a Judgement>,
    series: BTreeMap<&'a str, &'a Series>,
}

impl<'a> Judged<'a> {
    /// Those of a month.
    pub fn of(dataset: &'a Dataset) -> Self {
        Self {
            judgements: dataset.judgements.iter().map(|one| (one.id.as_str(), one)).collect(),
            series: dataset.memory.series.iter().map(|one| (one.id.as_str(), one)).collect(),
        }
    }

    /// The judgement of an indicator or an initiative.
    pub fn get(&self, id: &str) -> Option<&'a Judgement> {
        self.judgements.get(id).copied()
    }

    /// How an indicator went over the months: `4月 512 → 5月 521人`; `None` where it did not.
    pub fn line(&self, id: &str, eras: &Eras) -> Option<String> {
        line(&self.series.get(id)?.points, eras)
    }
}

fn line(points: &[Point], eras: &Eras) -> Option<String> {
    let first = points.first()?;
    let one_unit = points.iter().all(|point| point.unit == first.unit);
    let one_slot = points.iter().all(|point| point.slot == first.slot);
    // As many decimals as the most exact month shows: 512.0 → 512.4, never 512 → 512.
    let scale = |point: &Point| point.decimals.max(point.quantity.value.normalize().scale());
    let decimals = points.iter().map(scale).max().unwrap_or_default();
    // A month that knew what the month before knew says nothing.
    let same = |a: &Point, b: &Point| a.quantity == b.quantity && a.slot == b.slot && a.unit == b.unit;
    let steps: Vec<&Point> = points.chunk_by(same).filter_map(<[Point]>::first).collect();
    if steps.len() < 2 {
        return None;
    }
    let told = steps.iter().enumerate().map(|(index, point)| {
        let unit = if one_unit && index + 1 < steps.len() { "" } else { &point.unit };
        let slot = if one_slot { String::new() } else { format!("{} ", point.slot.label(eras)) };
        let value = figures::quantity(&point.quantity, decimals, unit);
        format!("{}月 {slot}{value}", point.period.month)
    });
    let told = told.collect::<Vec<_>>().join(" → ");
    let slot = if one_slot { format!("{}　", first.slot.label(eras)) } else { String::new() };
    Some(format!("{slot}{told}"))
}

/// `◎達成 3　×遅れ 1`; none of what there is none of, empty where nothing is judged.
pub fn counts<'a>(judgements: impl Iterator<Item = &'a Judgement>, subject: Subject) -> String {
    let results: Vec<Verdict> = judgements.filter(|j| j.subject == subject).map(|j| j.result).collect();
    let count = |verdict: Verdict| results.iter().filter(|result| **result == verdict).count();
    let counted = Verdict::ALL.into_iter().map(|verdict| (verdict, count(verdict)));
    let told = counted.filter(|(_, count)| *count > 0);
    told.map(|(verdict, count)| format!("{}{} {count}", verdict.mark(), verdict.label()))
        .collect::<Vec<_>>()
        .join("　")
}

/// How bad a verdict is: 0 for the worst; what cannot be judged stands behind what is late, before what is well.
pub fn severity(verdict: Option<Verdict>) -> u8 {
    match verdict {
        Some(Verdict::Behind) => 0,
        Some(Verdict::SlightlyBehind) => 1,
        Some(Verdict::Undecided) => 2,
        Some(Verdict::OnTrack) => 3,
        Some(Verdict::Achieved) => 4,
        None => 5,
    }
}

/// Mark and word, and below them the city's own grade and points.
pub fn verdict(judgement: &Judgement) -> Vec<Para> {
    let mut paras = vec![Para::strong(words::verdict(judgement.result))];
    paras.extend(own_words(judgement).map(Para::small));
    paras
}

/// `評語B　2点`.
pub fn own_words(judgement: &Judgement) -> Option<String> {
    let grade = (!judgement.grade.is_empty()).then(|| format!("評語{}", judgement.grade));
    let points = judgement.points.map(|points| format!("{points}点"));
    let told: Vec<String> = grade.into_iter().chain(points).collect();
    (!told.is_empty()).then(|| told.join("　"))
}

/// The working, and why: first what keeps it from being judged, where anything does.
pub fn grounds(judgement: &Judgement) -> Vec<Para> {
    let working = &judgement.working;
    let reason = &judgement.reason;
    if judgement.result == Verdict::Undecided {
        said(vec![Para::plain(reason), Para::small(working)])
    } else {
        said(vec![Para::plain(working), Para::small(reason)])
    }
}

/// Paragraphs that say something.
fn said(mut paras: Vec<Para>) -> Vec<Para> {
    paras.retain(|para| !para.text().is_empty());
    paras
}

/// The working, and why where the figures or the status do not say so themselves.
pub fn brief(judgement: &Judgement) -> Vec<Para> {
    let plain = judgement.rate.is_some() || judgement.reason.starts_with("状況が「");
    let told = judgement.result != Verdict::Undecided && plain && !judgement.reason.contains('（');
    if told { vec![Para::small(&judgement.working)] } else { grounds(judgement) }
}

/// The small line below an item: the verdict and why, where the status does not say as much; always the working.
pub fn beneath(initiative: &Initiative, judgement: &Judgement) -> Para {
    let run = |text: String, strong| Run { text, strong, ..Run::default() };
    let status = initiative.main().status;
    let same = status.is_some_and(|status| judgement.reason == format!("状況が「{}」", status.label()));
    let mut runs = vec![run("判定：".to_owned(), false), run(words::verdict(judgement.result), true)];
    let reason = if same { String::new() } else { format!("（{}）", judgement.reason) };
    let working =
        if judgement.working.is_empty() { String::new() } else { format!("　{}", judgement.working) };
    runs.push(run(format!("{reason}{working}"), false));
    Para { runs, small: true }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::expect_used, reason = "a test stops at the first surprise")]

    use super::*;
    use crate::model::fiscal::{FiscalYear, Span};
    use crate::model::indicator::{Kind, Slot};
    use crate::model::quantity::Quantity;
    use crate::normalise::Vocabulary;

    #[test]
    fn a_line_tells_the_months_in_which_something_moved() {
        let eras = Vocabulary::builtin().expect("valid").eras;
        let told = |months: &[(&str, i32, &str)]| {
            let points: Vec<Point> = months
                .iter()
                .map(|(period, year, value)| Point {
                    period: period.parse().expect("a month"),
                    slot: Slot {
                        kind: Kind::Actual,
                        fiscal_year: Some(FiscalYear(*year)),
                        span: Span::Year,
                        month: None,
                        basis: None,
                    },
                    quantity: Quantity { value: value.parse().expect("decimal"), high: None, bound: None },
                    unit: "人".to_owned(),
                    decimals: 0,
                })
                .collect();
            line(&points, &eras)
        };
        let told = |months: &[_]| told(months).unwrap_or_default();
        assert_eq!(told(&[("2021-04", 2020, "512"), ("2021-05", 2020, "512")]), "");
        assert_eq!(
            told(&[("2021-04", 2020, "512"), ("2021-05", 2020, "512"), ("2021-06", 2020, "-521.5")]),
            "R2実績　4月 512.0 → 6月 △521.5人"
        );
        assert_eq!(
            told(&[("2021-04", 2019, "17"), ("2021-06", 2020, "17")]),
            "4月 R1実績 17 → 6月 R2実績 17人"
        );
    }
}
