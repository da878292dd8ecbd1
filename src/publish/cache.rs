//! `.cache/`: what the last run worked out, for the next one.
//!
//! It may be deleted at any moment and is never needed. An entry is named by the hash of all that it follows from: this
//! build of the program, the rules, the bytes that were read. It carries the hash of its own content, and one that was
//! changed or cut is as good as none. Once in each run the oldest reading is not taken but made again; where it turns
//! out otherwise, none of the entries is taken.

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

use sha2::{Digest, Sha256};

use super::files::create;
use super::lock::Reports;
use crate::discover::hex;

/// Below the reports folder.
const FOLDER: &str = ".cache";

/// What an entry is about; its name starts with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// What a workbook says.
    Reading,
    /// A document's pages.
    Pages,
}

impl About {
    fn word(self) -> &'static str {
        match self {
            Self::Reading => "reading",
            Self::Pages => "pages",
        }
    }
}

/// Names an entry by what it follows from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key(String);

impl Key {
    /// The same for equal parts in the same build, and for no others.
    pub fn new(about: About, parts: &[&[u8]]) -> Self {
        let mut hasher = Sha256::new();
        for part in [env!("HOSHIN_BUILD").as_bytes()].iter().chain(parts) {
            hasher.update((part.len() as u64).to_le_bytes());
            hasher.update(part);
        }
        Self(format!("{}-{}", about.word(), hex(&hasher.finalize())))
    }
}

/// The entries of one reports folder, in the hands of one run. Whatever cannot be read or written is as if it were not
/// there.
#[derive(Debug)]
pub struct Cache {
    folder: PathBuf,
    /// The folder was not there, and no month has been placed yet.
    is_new: AtomicBool,
    /// Made again in this run.
    proved: Option<String>,
    wrong: AtomicBool,
    used: Mutex<BTreeSet<String>>,
}

impl Cache {
    /// The entries below a reports folder that this run holds. A folder that is new goes with the run unless they are
    /// [kept](Self::keep).
    pub fn open(reports: &Reports) -> Self {
        let folder = reports.root.join(FOLDER);
        let is_new = AtomicBool::new(std::fs::create_dir(&folder).is_ok());
        let proved = oldest(&folder);
        Self { folder, is_new, proved, wrong: AtomicBool::new(false), used: Mutex::default() }
    }

    /// What an entry holds; `None` where it has to be worked out.
    pub fn get(&self, key: &Key) -> Option<Vec<u8>> {
        self.used.lock().unwrap_or_else(PoisonError::into_inner).insert(key.0.clone());
        if self.is_wrong() || self.proved.as_ref() == Some(&key.0) { None } else { self.held(key) }
    }

    /// Keeps what was worked out.
    pub fn put(&self, key: &Key, content: &[u8]) {
        if self.proved.as_ref() == Some(&key.0) && self.held(key).is_some_and(|held| held != content) {
            self.wrong.store(true, Ordering::Relaxed);
        }
        if free(&self.folder) < ROOM + content.len() as u64 {
            return;
        }
        let path = self.folder.join(&key.0);
        let beside = self.folder.join(format!("new-{}", key.0));
        if write(&beside, &key.0, content).and_then(|()| std::fs::rename(&beside, &path)).is_err() {
            _ = std::fs::remove_file(&beside);
        }
    }

    /// Whether an entry said otherwise than the program does: what was taken from others must be worked out again.
    pub fn is_wrong(&self) -> bool {
        self.wrong.load(Ordering::Relaxed)
    }

    /// Keeps the entries for the next run but those that this one had no use for.
    pub fn keep(&self) {
        self.is_new.store(false, Ordering::Relaxed);
        let used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        for (_, name) in entries(&self.folder).into_iter().filter(|(_, name)| !used.contains(name)) {
            _ = std::fs::remove_file(self.folder.join(name));
        }
    }

    fn held(&self, key: &Key) -> Option<Vec<u8>> {
        let mut entry = std::fs::read(self.folder.join(&key.0)).ok()?;
        let seal = entry.split_off(entry.len().checked_sub(SEAL)?);
        (seal == self::seal(&key.0, &entry)).then_some(entry)
    }
}

impl Drop for Cache {
    /// A run that failed must not have changed the reports folder.
    fn drop(&mut self) {
        if self.is_new.load(Ordering::Relaxed) {
            _ = std::fs::remove_dir_all(&self.folder);
        }
    }
}

/// Nothing is kept where less would be free, in bytes: the months need the room.
const ROOM: u64 = 256 << 20;

/// How many bytes may still be written below a folder.
#[cfg(unix)]
fn free(folder: &Path) -> u64 {
    rustix::fs::statvfs(folder).map_or(0, |disk| disk.f_bavail.saturating_mul(disk.f_frsize))
}

/// How many bytes may still be written: nobody tells.
#[cfg(not(unix))]
fn free(_folder: &Path) -> u64 {
    u64::MAX
}

/// How many bytes stand behind an entry's content.
const SEAL: usize = 32;

/// What tells that an entry is whole, and stands under its own name.
fn seal(name: &str, content: &[u8]) -> Vec<u8> {
    let mut hasher = Sha256::new();
    hasher.update(name);
    hasher.update(content);
    hasher.finalize().to_vec()
}

/// Not synced: what a power cut tears has no right seal.
fn write(path: &Path, name: &str, content: &[u8]) -> io::Result<()> {
    let mut file = create(path)?;
    file.write_all(content)?;
    file.write_all(&seal(name, content))
}

/// When each entry was written, and its name.
fn entries(folder: &Path) -> Vec<(SystemTime, String)> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let named = entries.filter_map(|entry| {
        let modified = entry.metadata().and_then(|data| data.modified()).ok()?;
        Some((modified, entry.file_name().into_string().ok()?))
    });
    named.collect()
}

/// The reading that was made longest ago.
fn oldest(folder: &Path) -> Option<String> {
    let reading = format!("{}-", About::Reading.word());
    entries(folder).into_iter().filter(|(_, name)| name.starts_with(&reading)).min().map(|(_, name)| name)
}
