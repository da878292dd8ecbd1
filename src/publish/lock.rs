//! The reports folder in the hands of one run.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use super::PublishError;
use super::leftovers;
use crate::discover::shown;

/// A reports folder that this run alone writes to, until it is dropped.
#[derive(Debug)]
pub struct Reports {
    pub(super) root: PathBuf,
    lock: File,
    created: bool,
}

impl Reports {
    /// Takes a reports folder, which is created where it is absent, and tidies up what dead runs left in it.
    pub fn open(root: &Path) -> Result<Self, PublishError> {
        let created = !root.exists();
        std::fs::create_dir_all(root)
            .map_err(|error| PublishError::io("報告書のフォルダーを作る", root, &error))?;
        let mut reports = Self { root: root.to_owned(), lock: acquire(root)?, created };
        reports.sign();
        leftovers::tidy(root)?;
        Ok(reports)
    }

    /// The folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Writes down who holds the folder. Only a courtesy to whoever waits: failure changes nothing.
    fn sign(&mut self) {
        let text = format!("{} 番号 {}", host(), std::process::id());
        _ = self.lock.set_len(0).and_then(|()| self.lock.write_all(text.as_bytes()));
    }
}

impl Drop for Reports {
    /// Leaves nothing behind: a run that failed must not have changed the folder.
    fn drop(&mut self) {
        // Elsewhere the name cannot be told from that of a later run's file, so the empty file stays.
        if cfg!(unix) {
            _ = std::fs::remove_file(self.root.join(FILE));
        } else {
            _ = self.lock.set_len(0);
        }
        if self.created {
            _ = std::fs::remove_dir(&self.root);
        }
    }
}

const FILE: &str = ".lock";

fn acquire(root: &Path) -> Result<File, PublishError> {
    let path = root.join(FILE);
    loop {
        let file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)
            .map_err(|error| PublishError::io("報告書のフォルダーに書き込む", &path, &error))?;
        match file.try_lock() {
            // The holder may have removed the file between our opening and our locking it.
            Ok(()) if is_at(&file, &path) => return Ok(file),
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(PublishError::Busy { folder: shown(root), holder: holder(file) });
            }
            Err(TryLockError::Error(error)) => {
                return Err(PublishError::io("報告書のフォルダーを確保する", &path, &error));
            }
        }
    }
}

/// Whether a path still leads to an open file.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (file.metadata(), std::fs::metadata(path)) {
        (Ok(ours), Ok(theirs)) => (ours.dev(), ours.ino()) == (theirs.dev(), theirs.ino()),
        _ => false,
    }
}

/// Whether a path still leads to an open file: here it is never removed.
#[cfg(not(unix))]
fn is_at(_file: &File, _path: &Path) -> bool {
    true
}

/// Who holds a lock. Windows does not let others read a locked file.
fn holder(mut file: File) -> String {
    let mut text = String::new();
    match file.read_to_string(&mut text) {
        Ok(_) if !text.is_empty() => text,
        _ => "相手は分かりません".to_owned(),
    }
}

/// This machine's name.
fn host() -> String {
    let kernel = std::fs::read_to_string("/proc/sys/kernel/hostname").ok();
    let name =
        kernel.or_else(|| std::env::var("COMPUTERNAME").ok()).or_else(|| std::env::var("HOSTNAME").ok());
    name.map_or_else(|| "このパソコン".to_owned(), |name| name.trim().to_owned())
}
