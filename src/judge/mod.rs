//! Stage 6: the dataset → judgements (判定), each with its working; what somebody must act upon becomes a finding.
//!
//! An indicator is judged by the rule that hoshin.toml chooses for it ([`Rules::of`]). The rule says which target is held
//! against which actual ([`figures`]), what is measured ([`measure`]) and which word belongs to which measure
//! ([`rules::Band`]). Everything is exact: words are chosen by cross multiplication, never by a rounded quotient, and the
//! working ([`working`]) prints as many digits as it takes not to contradict them. The stated rules:
//!
//! - **Direction** ([`goal`]) comes from the sheet or hoshin.toml. A bound says its own (75以上: at least 75), a range too
//!   (within it); a polarity that contradicts the bound, or none at all, is 判定不能. `maintain` wants the target itself.
//! - **達成** is only ever given where the target is met, whatever a rule's limits say.
//! - **A target of 0 or less** has no rate: the rule's `otherwise` judges (by difference), or it is 判定不能. A negative
//!   actual against a positive target is in the rate's lowest band, and the working prints the difference instead.
//! - **A target below the baseline under `increase`** is a floor: there is no way to go, `otherwise` judges.
//! - **A pending newest actual** is 判定不能（作業中） unless `use_last_settled`; then the working says whose year is open.
//! - **A year that is not over** has an actual only where its cell holds a value for the whole year; the working says so.
//! - Sources that differ (不一致), units that do not convert, unread figures and bounds in place of an actual are 判定不能.
//!
//! Initiatives are judged by [`initiative`]; [`rollup`] counts, [`whatif`] compares two sets of rules.

pub mod exact;
pub mod figures;
pub mod goal;
mod indicator;
pub mod initiative;
pub mod measure;
mod parse;
mod reason;
pub mod rollup;
pub mod rules;
pub(crate) mod schema;
pub mod whatif;
pub mod working;

#[cfg(test)]
mod tests;

pub use parse::Text;
pub use rules::Rules;

use crate::config::Config;
use crate::consolidate::IndicatorRules;
use crate::finding::Draft;
use crate::model::dataset::Dataset;
use crate::model::judgement::Judgement;
use crate::model::organisation::Organisation;
use crate::normalise::Vocabulary;

/// What is judged by.
#[derive(Debug, Clone, Copy)]
pub struct Law<'a> {
    /// `judgement.toml`.
    pub rules: &'a Rules,
    /// hoshin.toml: which rule judges what.
    pub config: &'a Config,
    /// hoshin.toml's departments and divisions in this month.
    pub organisation: &'a Organisation,
    /// Units and eras.
    pub vocabulary: &'a Vocabulary,
}

/// A month's judgements.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Judged {
    /// Of all indicators, then of all initiatives of the month's fiscal year, in the dataset's order.
    pub judgements: Vec<Judgement>,
    /// Initiatives that are overdue or contradict themselves.
    pub drafts: Vec<Draft>,
}

/// Judges a month.
pub fn judge(dataset: &Dataset, law: &Law<'_>) -> Judged {
    let mut judged = Judged::default();
    let said = IndicatorRules::new(law.config, law.organisation);
    let indicators = dataset.indicators.iter();
    judged.judgements.extend(indicators.map(|one| indicator::judge(one, dataset, law, &said)));
    for one in &dataset.initiatives {
        let unchanged = dataset.memory.against.map(|_| dataset.memory.months_unchanged(&one.id));
        let Some(job) = initiative::Job::new(one, dataset, unchanged) else { continue };
        let (judgement, draft) = job.judge(&law.rules.initiative, &law.vocabulary.eras);
        judged.judgements.push(judgement);
        judged.drafts.extend(draft);
    }
    judged
}
