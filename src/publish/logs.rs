//! `logs/<start>.jsonl`: what each run did. The newest runs' logs are kept.

use std::path::Path;

use super::PublishError;
use super::files::{create_folder, names, replace};
use super::lock::Reports;

/// The folder below the reports folder.
pub(super) const LOGS: &str = "logs";

/// How many runs' logs are kept: eight years of monthly runs, or three months of daily ones.
pub const KEPT_LOGS: usize = 100;

/// A log's name without its extension: the start of its run, and its number among those that had to go by that start.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Name {
    start: String,
    number: u32,
}

impl Name {
    fn parse(file: &str) -> Option<Self> {
        let stem = file.strip_suffix(".jsonl")?;
        let (start, number) = match stem.split_once('_') {
            Some((start, number)) => (start, number.parse().ok().filter(|number| *number > 1)?),
            None => (stem, 1),
        };
        let is_start = start.starts_with(|c: char| c.is_ascii_digit()) && start.contains('T');
        let name = Self { start: start.to_owned(), number };
        (is_start && name.file() == file).then_some(name)
    }

    fn file(&self) -> String {
        match self.number {
            1 => format!("{}.jsonl", self.start),
            number => format!("{}_{number:03}.jsonl", self.start),
        }
    }
}

impl Reports {
    /// Writes the log of this run: `logs/<start>.jsonl`.
    ///
    /// Where the clock has not moved on since the newest log, or has jumped back, the newest log's start is used again with
    /// a number: no log is overwritten, and the order of names stays that of the runs.
    pub fn write_log(&self, start: &str, lines: &[u8]) -> Result<(), PublishError> {
        let folder = self.root.join(LOGS);
        create_folder(&folder)?;
        let own = Name { start: start.to_owned(), number: 1 };
        let name = match logs(&folder)?.pop() {
            Some(newest) if newest >= own => Name { number: newest.number.saturating_add(1), ..newest },
            _ => own,
        };
        replace(&folder.join(name.file()), lines)
    }

    /// Removes what the rules keep no longer: the oldest logs, so that with this run's own [`KEPT_LOGS`] stand, and the
    /// originals that no edition needs. Returns what could not be removed: the month stands all the same.
    pub fn retire(&self) -> Vec<PublishError> {
        let mut failed = self.retire_logs().unwrap_or_else(|error| vec![error]);
        failed.extend(self.retire_originals());
        failed
    }

    fn retire_logs(&self) -> Result<Vec<PublishError>, PublishError> {
        let folder = self.root.join(LOGS);
        if !folder.exists() {
            return Ok(Vec::new());
        }
        let mut old = logs(&folder)?;
        old.truncate(old.len().saturating_sub(KEPT_LOGS - 1));
        let removed = old.iter().map(|name| {
            let path = folder.join(name.file());
            std::fs::remove_file(&path)
                .map_err(|error| PublishError::io("古い実行の記録を消す", &path, &error))
        });
        Ok(removed.filter_map(Result::err).collect())
    }
}

/// The logs that stand, oldest first. Whatever else lies there is none of ours.
fn logs(folder: &Path) -> Result<Vec<Name>, PublishError> {
    let mut logs: Vec<Name> = names(folder)?.iter().filter_map(|file| Name::parse(file)).collect();
    logs.sort();
    Ok(logs)
}
