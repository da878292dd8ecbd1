//! The rules of `templates/judgement.toml`: presets and the city's own, and which of them judges an indicator.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::config::{Choice, Config};
use crate::consolidate::IndicatorRules;
use crate::model::indicator::Indicator;
use crate::model::judgement::Verdict;

/// What a rule measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// 達成率: the actual as a share of the target, in percent.
    Rate,
    /// 進捗率: how much of the way from the baseline to the target, in percent.
    Progress,
    /// ペース: 進捗率 as a share of the year's planned one, in percent.
    Pace,
    /// 基準比: how much better than the baseline, in percent of it.
    Baseline,
    /// 差: actual − target, in the indicator's unit.
    Difference,
}

/// Which actual is held against which target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pairing {
    /// Both of the newest year that has them.
    SameYear,
    /// The newest settled actual and the next target.
    Next,
    /// The newest settled actual and the last target.
    Final,
}

/// A step of a rule: the first that fits, from the best, decides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Band {
    /// The least measure; `None` for no limit.
    pub at_least: Option<Decimal>,
    /// The word. [`Verdict::Achieved`] is only given where the target is met, whatever the measure.
    pub result: Verdict,
    /// The city's own grade; empty for none.
    pub grade: String,
    /// Points for the score of a department or division.
    pub points: Option<u32>,
}

/// One rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// Its name: `rate-2`.
    pub name: String,
    /// What it is, for people.
    pub title: String,
    /// What it measures.
    pub measure: Measure,
    /// What it compares.
    pub pair: Pairing,
    /// A pending newest actual gives way to the last settled one.
    pub use_last_settled: bool,
    /// The rule for where the measure cannot be taken (a target of 0).
    pub otherwise: Option<String>,
    /// The planned way in percent for each year up to the last target's; empty for equal shares.
    pub steps: Vec<Decimal>,
    /// From the best; the last has no limit.
    pub bands: Vec<Band>,
}

/// When initiatives are late.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InitiativeRule {
    /// Percentage points behind the months gone by, from which an initiative is やや遅れ.
    pub slightly_behind: Decimal,
    /// The same for 遅れ.
    pub behind: Decimal,
    /// Months without a change, from which it is silent.
    pub silent_months: u32,
}

/// A valid `judgement.toml`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rules {
    /// The rule where hoshin.toml chooses none.
    pub default: String,
    /// All rules by name.
    pub rules: BTreeMap<String, Rule>,
    /// When initiatives are late.
    pub initiative: InitiativeRule,
}

impl Rules {
    /// The names of all rules, sorted.
    pub fn names(&self) -> Vec<&str> {
        self.rules.keys().map(String::as_str).collect()
    }

    /// The rule for an indicator and whether it falls back to the last settled actual: as the indicator's own entry in
    /// hoshin.toml says, else its department's, else the city's, else the default. `None` where the chosen rule does not
    /// exist, which [`Config::unknown_rules`] reports beforehand. `said` is what `config` says of indicators.
    pub fn of(&self, indicator: &Indicator, config: &Config, said: &IndicatorRules) -> Option<(&Rule, bool)> {
        let mut sources: Vec<_> = indicator.sources.iter().collect();
        sources.sort_by_key(|source| (source.division.is_empty(), &source.place));
        let own = sources.iter().filter_map(|source| said.of(&source.department, &source.name));
        let own = own.fold(Choice::default(), |choice, rule| choice.or(&rule.judgement));
        let department = config.judging.departments.get(&indicator.main().department);
        let choice = department.map_or(own.clone(), |department| own.or(department)).or(&config.judging.city);
        let rule = self.rules.get(choice.rule.as_ref().map_or(&self.default, |(name, _)| name))?;
        Some((rule, choice.use_last_settled.unwrap_or(rule.use_last_settled)))
    }
}
