//! The reports folder in the hands of one run.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};

use super::files::write;
use super::ready::Settled;
use super::{Edition, PublishError, leftovers, volume};
use crate::clock;
use crate::discover::shown;

/// The file whose lock is the folder's. The kernel drops the lock of a process that dies: what stands without a lock is
/// nobody's.
const FILE: &str = ".lock";

/// Says who holds the folder; a file of its own, since Windows does not let others read a locked one.
pub(super) const HOLDER: &str = ".hoshin-holder";

/// How often the lock is tried while others come and go; each try fails only where another run has just ended.
const TRIES: usize = 100;

/// A reports folder that this run alone writes to, until it is dropped.
#[derive(Debug)]
pub struct Reports {
    pub(super) root: PathBuf,
    lock: File,
    created: bool,
    settled: Settled,
}

impl Reports {
    /// Takes a reports folder, which is created where it is absent, tidies up what dead runs left in it, and puts each
    /// month that waits in its place.
    pub fn open(root: &Path) -> Result<Self, PublishError> {
        let created = !root.exists();
        std::fs::create_dir_all(root)
            .map_err(|error| PublishError::io("報告書のフォルダーを作る", root, &error))?;
        let lock = acquire(root).inspect_err(|_| {
            if created {
                _ = std::fs::remove_dir(root);
            }
        })?;
        let mut reports = Self { root: root.to_owned(), lock, created, settled: Settled::default() };
        reports.sign();
        reports.settled = leftovers::tidy(root)?;
        Ok(reports)
    }

    /// The folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// What people should know of months that had waited for their place, in Japanese.
    pub fn notes(&self) -> &[String] {
        &self.settled.notes
    }

    /// The editions that wait on for their place, and why, in Japanese.
    pub fn refused(&self) -> &[(Edition, String)] {
        &self.settled.refused
    }

    /// Writes down who holds the folder. Only a courtesy to whoever waits: failure changes nothing.
    fn sign(&self) {
        let since = clock::now().format("%Y年%-m月%-d日 %-H時%M分");
        let text = format!("{} 番号 {}、{since}から", host(), std::process::id());
        _ = write(&self.root.join(HOLDER), text.as_bytes());
    }
}

impl Drop for Reports {
    /// Leaves nothing behind: a run that failed must not have changed the folder.
    fn drop(&mut self) {
        _ = std::fs::remove_file(self.root.join(HOLDER));
        // Elsewhere the name cannot be told from that of a later run's file, so the empty file stays.
        if cfg!(unix) {
            _ = std::fs::remove_file(self.root.join(FILE));
        }
        // Unlocked by name: what has the same file open, a child of this process say, must not hold the folder.
        _ = self.lock.unlock();
        if self.created {
            _ = std::fs::remove_dir(&self.root);
        }
    }
}

fn acquire(root: &Path) -> Result<File, PublishError> {
    let path = root.join(FILE);
    for _ in 0..TRIES {
        let stood = path.exists();
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
            Err(TryLockError::WouldBlock) => return Err(busy(root)),
            Err(TryLockError::Error(error)) => {
                if !stood {
                    _ = std::fs::remove_file(&path);
                }
                return Err(if volume::knows_no_locks(&error) {
                    PublishError::NoLocks { folder: shown(root) }
                } else {
                    PublishError::io("報告書のフォルダーを確保する", &path, &error)
                });
            }
        }
    }
    Err(busy(root))
}

fn busy(root: &Path) -> PublishError {
    PublishError::Busy { folder: shown(root), holder: holder(root) }
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

/// Who holds the folder.
fn holder(root: &Path) -> String {
    match std::fs::read_to_string(root.join(HOLDER)) {
        Ok(text) if !text.is_empty() => text,
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
