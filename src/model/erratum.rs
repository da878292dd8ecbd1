//! What a corrected edition changes against the one that was handed out (正誤表).

use serde::{Deserialize, Serialize};

use super::place::Place;

/// What kind of record a correction concerns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ErratumSubject {
    /// A figure of an indicator, its unit or its name.
    Indicator,
    /// An initiative's status, progress, due day or wording.
    Initiative,
    /// A line of a policy document.
    Section,
    /// The result of a judgement.
    Judgement,
}

impl ErratumSubject {
    /// The Japanese word that 正誤表 prints.
    pub fn label(self) -> &'static str {
        match self {
            Self::Indicator => "指標",
            Self::Initiative => "取組み",
            Self::Section => "本文",
            Self::Judgement => "判定",
        }
    }
}

/// One correction: what was printed, and what is printed now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Erratum {
    /// Department (部).
    pub department: String,
    /// Division (課); empty where none is named.
    pub division: String,
    /// What kind of record it is.
    pub subject: ErratumSubject,
    /// The indicator's name, the initiative's programme and item, or the chapter.
    pub name: String,
    /// What of it: `R2実績`, `進捗状況`, `期限`.
    pub label: String,
    /// As the earlier edition printed it (誤); empty for what was not there.
    pub old: String,
    /// As this edition prints it (正); empty for what is gone.
    pub new: String,
    /// The cell that it stands in now, else the one in which it stood.
    pub place: Place,
}
