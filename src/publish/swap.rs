//! The exchange of a month's old folder for its new one.

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::files::{remove, sync_folder};
use super::leftovers::OLD;
use super::place::latest;
use super::{Edition, PublishError, volume};
use crate::discover::shown;
use crate::io_reason::io_reason;

/// A new folder on its way to the place of an edition, both below the reports folder.
pub(super) struct Swap<'s> {
    root: &'s Path,
    edition: Edition,
    new: &'s Path,
    place: PathBuf,
    aside: PathBuf,
}

/// How the new folder came to its place.
#[derive(Clone, Copy)]
enum Way {
    /// No old one stood there.
    First,
    /// In one step: the old one is where the new one was.
    Exchanged,
    /// In two steps: the old one is set aside.
    Aside,
}

/// Why the new month did not come to stand.
pub(super) struct Refused {
    /// In people's words.
    pub error: PublishError,
    /// The old month stands and cannot be moved, most often because one of its files is open.
    pub in_use: bool,
    /// The step back failed too: the new month stands after all.
    pub stands: bool,
}

impl<'s> Swap<'s> {
    pub fn new(root: &'s Path, new: &'s Path, edition: Edition) -> Self {
        let place = root.join(edition.to_string());
        Self { root, edition, new, place, aside: root.join(format!("{OLD}{edition}")) }
    }

    /// Puts the new month in its place, writes `latest.txt` and removes the old one. After an error the old one stands
    /// again, as far as the disk lets it.
    pub fn go(&self) -> Result<PathBuf, Refused> {
        let way = self.put().map_err(|error| self.refused(&error))?;
        if let Err(error) = sync_folder(self.root).and_then(|()| latest(self.root)) {
            let stands = !self.undo(way);
            return Err(Refused { error, in_use: false, stands });
        }
        // The new month stands: an old one that cannot be removed now is when the folder is next opened.
        _ = match way {
            Way::First => Ok(()),
            Way::Exchanged => remove(self.new),
            Way::Aside => remove(&self.aside),
        };
        Ok(self.place.clone())
    }

    fn put(&self) -> io::Result<Way> {
        if !self.place.exists() {
            std::fs::rename(self.new, &self.place)?;
            return Ok(Way::First);
        }
        if volume::exchange(self.new, &self.place)? {
            return Ok(Way::Exchanged);
        }
        std::fs::rename(&self.place, &self.aside)?;
        // What cannot be put back now is when the folder is next opened.
        std::fs::rename(self.new, &self.place)
            .inspect_err(|_| _ = std::fs::rename(&self.aside, &self.place))?;
        Ok(Way::Aside)
    }

    /// Puts the old month back; `false` where the new one keeps standing.
    fn undo(&self, way: Way) -> bool {
        let undone = match way {
            Way::First => std::fs::rename(&self.place, self.new).is_ok(),
            Way::Exchanged => volume::exchange(self.new, &self.place).unwrap_or(false),
            Way::Aside => {
                let freed = std::fs::rename(&self.place, self.new).is_ok();
                if freed {
                    _ = std::fs::rename(&self.aside, &self.place);
                }
                freed
            }
        };
        _ = latest(self.root);
        undone
    }

    fn refused(&self, error: &io::Error) -> Refused {
        if self.place.exists() && is_in_use(error) {
            let error = if let Some(file) = opened(&self.place) {
                PublishError::in_use(self.edition, &file, "ほかのプログラムで開かれている")
            } else {
                let state = format!("動かせない（{}）", io_reason(error));
                PublishError::in_use(self.edition, &self.place, &state)
            };
            return Refused { error, in_use: true, stands: false };
        }
        let error = PublishError::Io {
            doing: "報告書を新しいものと入れ替える",
            path: shown(&self.place),
            reason: io_reason(error),
        };
        Refused { error, in_use: false, stands: false }
    }
}

/// Windows: the file is open in another program, or a part of it is locked.
const SHARING_VIOLATIONS: [i32; 2] = [32, 33];

/// Whether a folder could not be moved because somebody uses it; trying again later may help.
fn is_in_use(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::PermissionDenied | ErrorKind::ResourceBusy) || is_shared(error)
}

fn is_shared(error: &io::Error) -> bool {
    cfg!(windows) && error.raw_os_error().is_some_and(|code| SHARING_VIOLATIONS.contains(&code))
}

/// The first file of a month that another program has open, as far as the system tells: Windows alone does.
fn opened(month: &Path) -> Option<PathBuf> {
    if !cfg!(windows) {
        return None;
    }
    let files = walkdir::WalkDir::new(month).sort_by_file_name().into_iter().filter_map(Result::ok);
    let mut files = files.filter(|entry| entry.file_type().is_file());
    files
        .find(|entry| {
            let opened = std::fs::OpenOptions::new().write(true).open(entry.path());
            opened.is_err_and(|error| is_shared(&error))
        })
        .map(walkdir::DirEntry::into_path)
}
