//! Judgements (判定): how an indicator or an initiative stands, why, and by which sums.

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::fiscal::FiscalYear;
use super::place::Place;

/// What is judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Subject {
    /// 指標.
    Indicator,
    /// 取組項目.
    Initiative,
}

/// The five words, from the best; [`Verdict::Undecided`] is no degree of anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
pub enum Verdict {
    /// 達成.
    #[serde(rename = "達成")]
    Achieved,
    /// 順調.
    #[serde(rename = "順調")]
    OnTrack,
    /// やや遅れ.
    #[serde(rename = "やや遅れ")]
    SlightlyBehind,
    /// 遅れ.
    #[serde(rename = "遅れ")]
    Behind,
    /// 判定不能.
    #[serde(rename = "判定不能")]
    Undecided,
}

impl Verdict {
    /// All of them, from the best.
    pub const ALL: [Self; 5] =
        [Self::Achieved, Self::OnTrack, Self::SlightlyBehind, Self::Behind, Self::Undecided];

    /// The Japanese word that documents print.
    pub fn label(self) -> &'static str {
        match self {
            Self::Achieved => "達成",
            Self::OnTrack => "順調",
            Self::SlightlyBehind => "やや遅れ",
            Self::Behind => "遅れ",
            Self::Undecided => "判定不能",
        }
    }

    /// The mark beside the word. It tells the verdicts apart in black and white. None is △ or ▲, which mean minus in
    /// the very tables in which verdicts stand, and none a plain dash, which stands for a figure that is not there.
    pub fn mark(self) -> &'static str {
        match self {
            Self::Achieved => "◎",
            Self::OnTrack => "○",
            Self::SlightlyBehind => "▼",
            Self::Behind => "×",
            Self::Undecided => "□",
        }
    }
}

/// A judgement with its working.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Judgement {
    /// Department (部).
    pub department: String,
    /// Division (課); empty where unknown.
    pub division: String,
    /// What is judged.
    pub subject: Subject,
    /// The indicator's or the initiative's id.
    pub id: String,
    /// Its name as reports print it.
    pub name: String,
    /// How it stands.
    pub result: Verdict,
    /// The city's own grade (`S`, `A` …); empty where the rule has none.
    pub grade: String,
    /// The rule's points for a group's score; `None` where the rule gives none or nothing could be judged.
    pub points: Option<u32>,
    /// Points of the rule's best band, where it gives points at all.
    pub most_points: Option<u32>,
    /// A few words: which band, or why nothing could be judged.
    pub reason: String,
    /// The rule that was applied, as `judgement.toml` names it.
    pub rule: String,
    /// The sentence that is printed: both figures with their years, the sums and the rule.
    pub working: String,
    /// The target's fiscal year.
    pub target_year: Option<FiscalYear>,
    /// The actual's fiscal year.
    pub actual_year: Option<FiscalYear>,
    /// The actual, in `unit`; an initiative's progress in percent.
    pub value: Option<Decimal>,
    /// The target in `unit`; of a range the end that counts.
    pub target: Option<Decimal>,
    /// The baseline in `unit`, where the rule looks at it.
    pub baseline: Option<Decimal>,
    /// The rate in percent, unrounded; `None` where the rule computes none.
    pub rate: Option<Decimal>,
    /// The unit of `value`, `target` and `baseline`; empty where unknown.
    pub unit: String,
    /// The cells that it rests on: target, actual, baseline; of an initiative its status.
    pub places: Vec<Place>,
}
