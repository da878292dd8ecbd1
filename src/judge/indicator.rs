//! One indicator → its judgement.

use rust_decimal::Decimal;

use super::figures::{Figures, Pair, Told};
use super::goal::Goal;
use super::measure::{self, NoReading, Reading, Sample};
use super::rules::{Band, Measure, Rule, Rules};
use super::working::{self, Names};
use super::{Law, exact, reason};
use crate::consolidate::IndicatorRules;
use crate::model::dataset::Dataset;
use crate::model::indicator::{Indicator, Polarity};
use crate::model::judgement::{Judgement, Subject, Verdict};
use crate::model::quantity::Quantity;

/// Judges an indicator; `said` is what hoshin.toml says of indicators.
pub fn judge(indicator: &Indicator, dataset: &Dataset, law: &Law<'_>, said: &IndicatorRules) -> Judgement {
    let figures = Figures::of(indicator, dataset.period.fiscal_year(), law.vocabulary);
    let names = Names { eras: &law.vocabulary.eras, figures: &figures };
    let mut judgement = blank(indicator, &names);
    let Some((rule, last_settled)) = law.rules.of(indicator, law.config, said) else {
        return undecided(judgement, "規則がない");
    };
    judgement.rule.clone_from(&rule.name);
    judgement.most_points = rule.bands.first().and_then(|band| band.points);
    let pair = figures.pair(rule.pair, last_settled);
    note_pair(&mut judgement, &pair);
    judgement.working = finish(&known(&pair, &names), &pair, &names, rule);
    if indicator.conflict {
        return undecided(judgement, "不一致（出典によって値が違う）");
    }
    if let Some(reason) = reason::of_pair(&pair, &names, dataset) {
        return undecided(judgement, &reason);
    }
    let polarity = polarity(indicator);
    let goal = match target(&pair).map(|(_, quantity)| Goal::new(quantity, polarity)) {
        Some(Ok(goal)) => goal,
        Some(Err(none)) => return undecided(judgement, reason::of_goal(none)),
        None => return undecided(judgement, "比べる目標がない"),
    };
    if let Some(reason) = reason::of_actual(&pair, &names, dataset) {
        return undecided(judgement, &reason);
    }
    let case = Case { pair: &pair, goal, polarity, names: &names, figures: &figures, rules: law.rules };
    case.decide(judgement, rule)
}

/// Everything but the result.
fn blank(indicator: &Indicator, names: &Names<'_>) -> Judgement {
    let main = indicator.main();
    Judgement {
        department: main.department.clone(),
        division: main.division.clone(),
        subject: Subject::Indicator,
        id: indicator.id.clone(),
        name: main.name.clone(),
        result: Verdict::Undecided,
        grade: String::new(),
        points: None,
        most_points: None,
        reason: String::new(),
        rule: String::new(),
        working: String::new(),
        target_year: None,
        actual_year: None,
        value: None,
        target: None,
        baseline: None,
        rate: None,
        unit: names.unit(),
        places: Vec::new(),
    }
}

fn undecided(mut judgement: Judgement, reason: &str) -> Judgement {
    reason.clone_into(&mut judgement.reason);
    judgement
}

fn note_pair(judgement: &mut Judgement, pair: &Pair) {
    let both = [&pair.target, &pair.actual];
    judgement.places = both.into_iter().flatten().map(|told| told.figure.place.clone()).collect();
    judgement.target_year = pair.target.as_ref().and_then(|told| told.year);
    judgement.actual_year = pair.actual.as_ref().and_then(|told| told.year);
    judgement.target = pair.target.as_ref().and_then(|told| told.quantity.as_ref()).map(|q| q.value);
    judgement.value = pair.actual.as_ref().and_then(Told::single);
}

/// The polarity of the owning division's source, else of any other; sources are asked in an order of their own.
fn polarity(indicator: &Indicator) -> Option<Polarity> {
    let mut sources: Vec<_> = indicator.sources.iter().collect();
    sources.sort_by_key(|source| (source.division.is_empty(), &source.place));
    sources.iter().find_map(|source| source.polarity)
}

fn target(pair: &Pair) -> Option<(&Told, &Quantity)> {
    let told = pair.target.as_ref()?;
    Some((told, told.quantity.as_ref()?))
}

/// The figures that are there.
fn known(pair: &Pair, names: &Names<'_>) -> Vec<String> {
    match (&pair.target, &pair.actual) {
        (Some(target), Some(actual)) => names.both(target, actual).to_vec(),
        (one, other) => [one, other].into_iter().flatten().map(|told| names.figure(told, 0)).collect(),
    }
}

/// The sentence: its parts, the years that are open, the rule.
fn finish(parts: &[String], pair: &Pair, names: &Names<'_>, rule: &Rule) -> String {
    let open = pair.unsettled.iter().filter_map(|told| told.year);
    let open = open.map(|year| format!("{}未確定", names.eras.short(year)));
    let rule = std::iter::once(format!("規則 {}", rule.name));
    parts.iter().cloned().chain(open).chain(rule).collect::<Vec<_>>().join("、")
}

/// Figures that can be compared.
struct Case<'a> {
    pair: &'a Pair,
    goal: Goal,
    polarity: Option<Polarity>,
    names: &'a Names<'a>,
    figures: &'a Figures,
    rules: &'a Rules,
}

impl Case<'_> {
    /// Judges by a rule, or by the one that it names for where it cannot measure.
    fn decide(&self, mut judgement: Judgement, chosen: &Rule) -> Judgement {
        let (Some(actual), Some(value)) = (&self.pair.actual, judgement.value) else { return judgement };
        let (Some(year), Some(target_year)) = (judgement.actual_year, judgement.target_year) else {
            return judgement;
        };
        let baseline = self.figures.baseline(actual);
        let told = baseline.and_then(|told| told.single().map(|value| (value, told.year)));
        let sample = Sample { goal: self.goal, actual: (value, year), target_year, baseline: told };
        judgement.target = Some(self.goal.aim(value));
        let (rule, reading, instead) = match self.measured(chosen, &sample) {
            Ok(measured) => measured,
            Err(none) => return undecided(judgement, reason::of_reading(none)),
        };
        judgement.most_points = rule.bands.first().and_then(|band| band.points);
        judgement.rule.clone_from(&rule.name);
        judgement.rate = reading.rate();
        let baseline = baseline.filter(|_| uses_baseline(rule.measure));
        judgement.baseline = baseline.and_then(Told::single);
        judgement.places.extend(baseline.map(|told| told.figure.place.clone()));
        judgement.working =
            finish(&self.parts(rule, reading, &sample, baseline), self.pair, self.names, rule);
        let Some((index, band)) = band(rule, reading, self.goal.is_met(value)) else {
            return undecided(judgement, reason::of_reading(NoReading::TooLarge));
        };
        judgement.result = band.result;
        judgement.grade.clone_from(&band.grade);
        judgement.points = band.points;
        judgement.reason = working::band(rule.measure, &rule.bands, index);
        if let Some(why) = instead {
            let why = reason::of_reading(why);
            judgement.reason =
                format!("{}（{why}ため、規則 {} に代えて判定）", judgement.reason, chosen.name);
        }
        judgement
    }

    /// The rule that can measure, its measure, and why it is not the chosen one.
    fn measured<'r>(
        &'r self,
        chosen: &'r Rule,
        sample: &Sample,
    ) -> Result<(&'r Rule, Reading, Option<NoReading>), NoReading> {
        let (mut rule, mut instead) = (chosen, None);
        // `otherwise` leads to no circle: judgement.toml is checked for it.
        loop {
            let none = match measure::take(rule, sample) {
                Ok(reading) => return Ok((rule, reading, instead)),
                Err(none) => none,
            };
            let next = rule.otherwise.as_ref().filter(|_| none.has_otherwise());
            rule = next.and_then(|name| self.rules.rules.get(name)).ok_or(instead.unwrap_or(none))?;
            instead = instead.or(Some(none));
        }
    }

    /// Both figures, the baseline, the measure; where no percentage is worth printing, the difference.
    fn parts(&self, rule: &Rule, reading: Reading, sample: &Sample, baseline: Option<&Told>) -> Vec<String> {
        let mut parts = known(self.pair, self.names);
        parts.extend(baseline.map(|told| self.names.figure(told, 0)));
        if rule.measure == Measure::Pace {
            let way = Rule { measure: Measure::Progress, ..rule.clone() };
            let way = measure::take(&way, sample).ok().and_then(|way| working::percentage(way, &[]));
            parts.extend(way.map(|way| format!("進捗率{way}")));
            let planned = measure::planned(&rule.steps, sample).ok();
            let planned = planned.map(|(num, den)| Reading::Percent {
                num: exact::mul(num, Decimal::ONE_HUNDRED).unwrap_or(num),
                den,
                shown: true,
            });
            parts.extend(
                planned.and_then(|p| working::percentage(p, &[])).map(|planned| format!("予定{planned}")),
            );
        }
        let percentage = working::percentage(reading, &rule.bands);
        parts.extend(match percentage {
            Some(percentage) => Some(format!("{}{percentage}", working::label(rule.measure))),
            None if matches!(self.goal, Goal::Within { .. }) && self.goal.is_met(sample.actual.0) => {
                Some("目標の範囲内".to_owned())
            }
            None => exact::sub(sample.actual.0, self.goal.aim(sample.actual.0)).map(|difference| {
                let decimals = |told: &Option<Told>| told.as_ref().map_or(0, |told| told.figure.decimals);
                let decimals = decimals(&self.pair.target).max(decimals(&self.pair.actual));
                self.names.difference(difference, decimals)
            }),
        });
        parts.extend(self.direction());
        parts
    }

    /// Where nobody but the target itself says which way is better.
    fn direction(&self) -> Option<String> {
        let word = match (self.goal, self.polarity) {
            (_, Some(_)) => return None,
            (Goal::Up { strict: false, .. }, None) => "以上",
            (Goal::Up { strict: true, .. }, None) => "超",
            (Goal::Down { strict: false, .. }, None) => "以下",
            (Goal::Down { strict: true, .. }, None) => "未満",
            (Goal::Within { .. }, None) => "範囲",
        };
        Some(format!("望ましい方向は目標の「{word}」による"))
    }
}

fn uses_baseline(measure: Measure) -> bool {
    matches!(measure, Measure::Progress | Measure::Pace | Measure::Baseline)
}

/// The first band that fits. 達成 needs a target that is met; so does a limit that only rounding would reach. `None` where
/// the numbers are too large to tell.
fn band(rule: &Rule, reading: Reading, met: bool) -> Option<(usize, &Band)> {
    for (index, band) in rule.bands.iter().enumerate() {
        let reached = band.at_least.map_or(Some(true), |limit| reading.reaches(limit))?;
        if reached && (met || band.result != Verdict::Achieved) {
            return Some((index, band));
        }
    }
    None
}
