//! What a city has set: its configuration, with its templates as the stages take them.

use crate::compose::Plan;
use crate::config::Config;
use crate::finding::Words;
use crate::judge;
use crate::model::passwords::Passwords;
use crate::model::sheet::Workbook;
use crate::normalise::Vocabulary;
use crate::pdf::Theme;
use crate::profile::Profile;
use crate::read::{self, ReadError};
use crate::templates::Templates;

/// What a city has set, valid in itself.
#[derive(Debug, Clone)]
pub struct Project {
    /// hoshin.toml.
    pub config: Config,
    /// Its text, for the workers that read workbooks.
    pub config_text: String,
    /// What may be changed without recompiling.
    pub templates: Templates,
    /// The words of findings, with the city's severities.
    pub words: Words,
    /// The words that city halls write.
    pub vocabulary: Vocabulary,
    /// How stubborn layouts are read.
    pub profiles: Vec<Profile>,
    /// How indicators and initiatives are judged.
    pub rules: judge::Rules,
    /// What each document holds.
    pub plan: Plan,
    /// Page, type sizes, colours.
    pub theme: Theme,
    /// What may open encrypted workbooks; never part of what is written.
    pub passwords: Passwords,
}

impl Project {
    /// Stage 2 for one workbook, within the city's limits; `path` is only taken over into it.
    pub fn open(&self, path: &str, bytes: &[u8]) -> Result<Workbook, ReadError> {
        read::open(path.into(), bytes, &self.vocabulary.eras, &self.config.limits, &self.passwords)
    }
}
