//! Stages 2 to 4 of each workbook, in processes of their own.
//!
//! A workbook may be made to exhaust memory, to overflow the stack or to keep a parser busy for ever; none of these can
//! be caught within a process. So the run hands each workbook's bytes to a worker, a process of the same program under
//! limits of memory and of CPU time, which answers with what it understood. A worker that dies costs its workbook
//! alone, and a new one takes its place.
//!
//! [`understand`] is what a worker does, and knows nothing of processes; [`Pool`] is the run's side, [`serve`] the
//! worker's.

mod caps;
mod child;
mod frame;
mod pool;
mod process;
#[cfg(all(test, unix))]
mod tests;
mod understand;

use std::collections::BTreeMap;
use std::ffi::OsString;

use serde::{Deserialize, Serialize};

pub use child::serve;
pub use pool::Pool;
pub use process::Death;
pub use understand::{Understood, understand, unopened};

use crate::model::fiscal::Period;
use crate::profile::FOLDER;
use crate::project::Project;

/// The one word that makes the program a worker. Nobody types it.
const WORD: &str = "__read-workbooks";

/// Whether a command line asks for a worker.
pub fn is_asked(words: &[OsString]) -> bool {
    words.get(1).is_some_and(|word| word == WORD)
}

/// What a worker is told once: all that readings rest on, as texts. It holds passwords, and is never printed.
#[derive(Clone, Serialize, Deserialize)]
pub struct Brief {
    /// hoshin.toml.
    pub config: String,
    /// The vocabulary and the profiles, by their names below `templates/`.
    pub templates: BTreeMap<String, String>,
    /// The reporting month.
    pub period: Period,
    /// What may open encrypted workbooks.
    pub passwords: Vec<String>,
    /// CPU seconds that one workbook may take.
    pub seconds: u64,
    /// Bytes that one workbook may take.
    pub memory: u64,
}

impl Brief {
    /// What the workers of a project are told.
    pub fn new(project: &Project, period: Period) -> Self {
        let templates = &project.templates;
        let names = templates.names(FOLDER).chain(["vocabulary.toml"]);
        Self {
            config: project.config_text.clone(),
            templates: names.map(|name| (name.to_owned(), templates.text(name).to_owned())).collect(),
            period,
            passwords: project.passwords.reveal().to_vec(),
            seconds: project.config.limits.seconds,
            memory: project.config.limits.memory,
        }
    }

    /// As workers get it. Equal briefs give equal bytes.
    pub fn to_json(&self) -> Vec<u8> {
        // Plain structs of texts and numbers always have a JSON form.
        serde_json::to_vec(self).unwrap_or_default()
    }
}
