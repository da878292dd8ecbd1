//! Writing beside, syncing, swapping.

use std::collections::BTreeSet;
use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::leftovers::OLD;
use super::lock::Reports;
use super::{ARCHIVE, Edition, Original, OutputFile, PublishError, TEMPORARY, months, names};
use crate::discover::shown;
use crate::io_reason::io_reason;

impl Reports {
    /// Places an edition of a month: its originals first, then its folder as a whole, `latest.txt` last.
    ///
    /// Returns the month's folder. After an error the reports folder is as it was.
    pub fn place(
        &self,
        edition: Edition,
        files: &[OutputFile],
        originals: &[Original],
    ) -> Result<PathBuf, PublishError> {
        names::check(files.iter().map(|file| file.path.as_str()))?;
        let kept: BTreeSet<String> = originals.iter().map(Original::path).collect();
        names::check(kept.iter().map(String::as_str))?;
        let staging = Staging(self.root.join(format!("{TEMPORARY}new-{edition}")));
        for file in files {
            staging.write(file)?;
        }
        sync_tree(&staging.0)?;
        let stored = Stored::store(&self.root, originals)?;
        let swap = Swap {
            root: &self.root,
            new: &staging.0,
            place: self.root.join(edition.to_string()),
            aside: self.root.join(format!("{OLD}{edition}")),
        };
        swap.go()?;
        stored.keep();
        Ok(swap.place)
    }

    /// Writes the log of this run: `logs/<start>.jsonl`.
    pub fn write_log(&self, start: &str, lines: &[u8]) -> Result<(), PublishError> {
        let folder = self.root.join("logs");
        create_folder(&folder)?;
        replace(&folder.join(format!("{start}.jsonl")), lines)
    }
}

/// Makes sure that a folder may be filled: it is absent or empty.
pub fn is_free(folder: &Path) -> Result<(), PublishError> {
    match std::fs::read_dir(folder) {
        Ok(mut entries) => match entries.next() {
            None => Ok(()),
            Some(_) => Err(PublishError::Occupied { folder: shown(folder) }),
        },
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(PublishError::io("報告書のフォルダーを使う", folder, &error)),
    }
}

/// Writes files into a folder that is absent or empty; it appears whole or not at all.
pub fn write_new(folder: &Path, files: &[OutputFile]) -> Result<(), PublishError> {
    names::check(files.iter().map(|file| file.path.as_str()))?;
    is_free(folder)?;
    let fail = |error: io::Error| PublishError::io("報告書のフォルダーを作る", folder, &error);
    let whole = std::path::absolute(folder).map_err(fail)?;
    let (Some(parent), Some(name)) = (whole.parent(), whole.file_name()) else {
        return Err(PublishError::Occupied { folder: shown(folder) });
    };
    create_folder(parent)?;
    let staging = Staging(parent.join(format!("{TEMPORARY}new-{}", name.to_string_lossy())));
    remove(&staging.0)?;
    for file in files {
        staging.write(file)?;
    }
    sync_tree(&staging.0)?;
    if whole.exists() {
        std::fs::remove_dir(&whole).map_err(fail)?;
    }
    std::fs::rename(&staging.0, &whole).map_err(fail)?;
    sync_folder(parent)
}

/// The exchange of a month's old folder for its new one.
struct Swap<'s> {
    root: &'s Path,
    new: &'s Path,
    place: PathBuf,
    aside: PathBuf,
}

impl Swap<'_> {
    /// Sets the old month aside, puts the new one in its place and removes the old one. After an error the old one
    /// stands again.
    fn go(&self) -> Result<(), PublishError> {
        let had_old = self.place.exists();
        if had_old {
            std::fs::rename(&self.place, &self.aside).map_err(|error| self.refused(&error))?;
        }
        let moved = std::fs::rename(self.new, &self.place).map_err(|error| self.refused(&error));
        if let Err(error) = moved.and_then(|()| sync_folder(self.root)).and_then(|()| latest(self.root)) {
            self.undo(had_old);
            return Err(error);
        }
        if had_old {
            // The new month stands: an old one that cannot be removed now is when the folder is next opened.
            _ = remove(&self.aside);
        }
        Ok(())
    }

    /// Puts the old month back; what cannot be undone now is when the folder is next opened.
    fn undo(&self, had_old: bool) {
        if !self.new.exists() {
            _ = std::fs::rename(&self.place, self.new);
        }
        if had_old {
            _ = std::fs::rename(&self.aside, &self.place);
        }
        _ = latest(self.root);
    }

    fn refused(&self, error: &io::Error) -> PublishError {
        PublishError::Swap { path: shown(&self.place), reason: io_reason(error) }
    }
}

/// A folder being written; removed unless it was renamed into place.
struct Staging(PathBuf);

impl Staging {
    fn write(&self, file: &OutputFile) -> Result<(), PublishError> {
        let path = file.path.split('/').fold(self.0.clone(), |path, part| path.join(part));
        if let Some(parent) = path.parent() {
            create_folder(parent)?;
        }
        write(&path, &file.bytes).map_err(|error| PublishError::io("報告書を書き込む", &path, &error))
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        _ = remove(&self.0);
    }
}

/// The originals that this run added; removed again unless they are kept.
struct Stored {
    added: Vec<PathBuf>,
    folder: Option<PathBuf>,
}

impl Stored {
    fn store(root: &Path, originals: &[Original]) -> Result<Self, PublishError> {
        let mut stored = Self { added: Vec::new(), folder: None };
        if originals.is_empty() {
            return Ok(stored);
        }
        let archive = root.join(ARCHIVE);
        if !archive.exists() {
            stored.folder = Some(archive.clone());
        }
        create_folder(&archive)?;
        for original in originals {
            let path = root.join(original.path());
            let stands = path.exists();
            // A kept input that somebody has opened and saved is no longer what its name says.
            if !stands || !std::fs::read(&path).is_ok_and(|now| now == original.bytes) {
                replace(&path, &original.bytes)?;
            }
            if !stands {
                stored.added.push(path);
            }
        }
        sync_folder(&archive)?;
        Ok(stored)
    }

    fn keep(mut self) {
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

/// Sees to it that `latest.txt` names the newest month that stands, with its edition. Where none stands it goes.
pub(super) fn latest(root: &Path) -> Result<(), PublishError> {
    let path = root.join("latest.txt");
    let newest =
        months(root).pop().and_then(|(_, _, folder)| Some(format!("{}\n", folder.file_name()?.to_str()?)));
    match newest {
        Some(line) if std::fs::read(&path).is_ok_and(|now| now == line.as_bytes()) => Ok(()),
        Some(line) => replace(&path, line.as_bytes()),
        None => remove(&path),
    }
}

/// Replaces a file's content whole or not at all.
pub(super) fn replace(path: &Path, bytes: &[u8]) -> Result<(), PublishError> {
    let fail = |error: io::Error| PublishError::io("ファイルを書き込む", path, &error);
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let beside = Staging(path.with_file_name(format!("{TEMPORARY}{name}")));
    write(&beside.0, bytes).map_err(fail)?;
    std::fs::rename(&beside.0, path).map_err(fail)?;
    path.parent().map_or(Ok(()), sync_folder)
}

/// Writes a file anew and waits until it is on the disk.
fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create(true).truncate(true).open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

fn create_folder(path: &Path) -> Result<(), PublishError> {
    std::fs::create_dir_all(path).map_err(|error| PublishError::io("フォルダーを作る", path, &error))
}

/// Removes a file or a folder with all it holds; what is not there is fine.
pub(super) fn remove(path: &Path) -> Result<(), PublishError> {
    let done = match std::fs::symlink_metadata(path) {
        Ok(data) if data.is_dir() => std::fs::remove_dir_all(path),
        Ok(_) => std::fs::remove_file(path),
        Err(_) => Ok(()),
    };
    done.map_err(|error| PublishError::io("書きかけのものを片付ける", path, &error))
}

fn sync_tree(folder: &Path) -> Result<(), PublishError> {
    for entry in walkdir::WalkDir::new(folder).contents_first(true).into_iter().filter_map(Result::ok) {
        if entry.file_type().is_dir() {
            sync_folder(entry.path())?;
        }
    }
    Ok(())
}

/// Waits until the names in a folder are on the disk.
pub(super) fn sync_folder(folder: &Path) -> Result<(), PublishError> {
    sync(folder).map_err(|error| PublishError::io("フォルダーを書き込む", folder, &error))
}

/// Windows has no such call and needs none.
fn sync(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}
