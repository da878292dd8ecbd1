//! Judgements counted by department and division, and the score of rules that give points.

use rust_decimal::Decimal;

use super::measure::Reading;
use super::working::percentage;
use crate::model::judgement::{Judgement, Subject, Verdict};
use crate::model::organisation::{Department, rank};

/// How many of each verdict a department or one of its divisions has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally {
    /// Department (部).
    pub department: String,
    /// Division; `None` for the whole department, empty for what names no division.
    pub division: Option<String>,
    /// Indicators or initiatives.
    pub subject: Subject,
    /// In the order of [`Verdict::ALL`].
    pub counts: [usize; 5],
}

impl Tally {
    /// How many there are of a verdict.
    pub fn count(&self, verdict: Verdict) -> usize {
        Verdict::ALL
            .iter()
            .zip(self.counts)
            .find(|(known, _)| **known == verdict)
            .map_or(0, |(_, count)| count)
    }

    /// How many there are in all.
    pub fn total(&self) -> usize {
        self.counts.iter().sum()
    }
}

/// The score of a group: points ÷ (items × the most points) × 100. What cannot be judged is no item of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Score {
    /// The points that were given.
    pub points: u32,
    /// What all items together could have.
    pub most: u32,
    /// How many items were judged by a rule with points.
    pub items: usize,
    /// In percent, unrounded.
    pub percent: Decimal,
    /// `（3点＋1点）÷6点×100＝66.7%` in words that are printed.
    pub working: String,
}

/// The tallies of judgements, in the order of a city's departments (建制順): for each subject and department the department
/// itself, then its divisions.
pub fn rollup<'a>(
    departments: &[Department],
    judgements: impl IntoIterator<Item = &'a Judgement>,
) -> Vec<Tally> {
    let mut groups: Vec<(&Judgement, Option<&str>)> = Vec::new();
    for judgement in judgements {
        groups.extend([(judgement, None), (judgement, Some(judgement.division.as_str()))]);
    }
    // Stable: divisions that hoshin.toml does not list follow in the order in which they are met.
    groups.sort_by_key(|(judgement, division)| {
        let rank = rank(departments, &judgement.department, division.unwrap_or_default());
        (judgement.subject, rank.0, &judgement.department, division.is_some(), rank.1, *division)
    });
    let mut tallies: Vec<Tally> = Vec::new();
    for (judgement, division) in groups {
        let same = |tally: &Tally| {
            tally.department == judgement.department
                && tally.division.as_deref() == division
                && tally.subject == judgement.subject
        };
        if !tallies.last().is_some_and(same) {
            tallies.push(Tally {
                department: judgement.department.clone(),
                division: division.map(str::to_owned),
                subject: judgement.subject,
                counts: [0; 5],
            });
        }
        let place = Verdict::ALL.iter().position(|verdict| *verdict == judgement.result);
        let count = tallies.last_mut().zip(place).and_then(|(tally, place)| tally.counts.get_mut(place));
        if let Some(count) = count {
            *count += 1;
        }
    }
    tallies
}

/// The score of some judgements; `None` where no rule with points judged any of them.
pub fn score<'a>(judgements: impl IntoIterator<Item = &'a Judgement>) -> Option<Score> {
    let given = |judgement: &Judgement| Some((judgement.points?, judgement.most_points?));
    let all: Vec<(u32, u32)> = judgements.into_iter().filter_map(given).collect();
    let points = all.iter().try_fold(0u32, |sum, (points, _)| sum.checked_add(*points))?;
    let most = all.iter().try_fold(0u32, |sum, (_, most)| sum.checked_add(*most))?;
    let num = Decimal::from(points).checked_mul(Decimal::ONE_HUNDRED)?;
    let reading = Reading::Percent { num, den: Decimal::from(most), shown: true };
    let percent = reading.rate()?;
    let working = format!("{points}点÷{most}点（{}件）×100＝{}", all.len(), percentage(reading, &[])?);
    Some(Score { points, most, items: all.len(), percent, working })
}
