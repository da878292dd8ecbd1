//! A run's inputs on their way to `原本/`: each is on the disk as soon as it is read, so that none waits in memory for
//! the month to stand.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use super::files::{create_folder, remove, sync_folder, write};
use super::lock::Reports;
use super::{ARCHIVE, Original, PublishError, TEMPORARY, names};

/// The inputs of one run. Those that have not reached 原本/ when it is dropped are removed.
#[derive(Debug)]
pub struct Keeper {
    root: PathBuf,
    waiting: Mutex<BTreeSet<String>>,
}

impl Keeper {
    /// A keeper for a reports folder; nothing is written yet.
    pub fn new(reports: &Reports) -> Self {
        Self { root: reports.root.clone(), waiting: Mutex::default() }
    }

    /// Takes an input, from any thread. One that is kept already, whole, is left as it is.
    pub fn take(&self, original: &Original, bytes: &[u8]) -> Result<(), PublishError> {
        names::check([original.path().as_str()].into_iter())?;
        // A kept input that somebody has opened and saved is no longer what its name says.
        if std::fs::read(self.root.join(original.path())).is_ok_and(|kept| kept == bytes) {
            return Ok(());
        }
        let name = original.name();
        if !self.waiting.lock().unwrap_or_else(PoisonError::into_inner).insert(name.clone()) {
            return Ok(());
        }
        let folder = self.folder();
        create_folder(&folder)?;
        let path = folder.join(name);
        write(&path, bytes).map_err(|error| PublishError::io("原本を書き込む", &path, &error))
    }

    /// Puts what waits into 原本/.
    pub(super) fn store(&self) -> Result<Stored, PublishError> {
        let mut stored = Stored { added: Vec::new(), folder: None };
        let waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        if waiting.is_empty() {
            return Ok(stored);
        }
        let archive = self.root.join(ARCHIVE);
        if !archive.exists() {
            stored.folder = Some(archive.clone());
        }
        create_folder(&archive)?;
        for name in waiting.iter() {
            let (from, to) = (self.folder().join(name), archive.join(name));
            if !to.exists() {
                stored.added.push(to.clone());
            }
            std::fs::rename(&from, &to).map_err(|error| PublishError::io("原本を書き込む", &to, &error))?;
        }
        sync_folder(&archive)?;
        Ok(stored)
    }

    fn folder(&self) -> PathBuf {
        self.root.join(format!("{TEMPORARY}inputs"))
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        _ = remove(&self.folder());
    }
}

/// The originals that a run added; removed again unless they are kept.
pub(super) struct Stored {
    added: Vec<PathBuf>,
    folder: Option<PathBuf>,
}

impl Stored {
    pub fn keep(mut self) {
        self.added.clear();
        self.folder = None;
    }
}

impl Drop for Stored {
    fn drop(&mut self) {
        for path in &self.added {
            _ = std::fs::remove_file(path);
        }
        if let Some(folder) = &self.folder {
            _ = std::fs::remove_dir(folder);
        }
    }
}
