//! A folder of files appears whole or not at all.

use std::io;
use std::path::{Path, PathBuf};

use super::files::{self, Staging, create_folder, remove, replace, sync_folder};
use super::keeper::{Keeper, Stored};
use super::lock::Reports;
use super::ready::{self, Superseded};
use super::swap::Swap;
use super::{Edition, OutputFile, PublishError, TEMPORARY, month_name, names};
use crate::discover::shown;

impl Reports {
    /// Places an edition of a month: its originals first, then its folder as a whole, `latest.txt` last.
    ///
    /// Returns the month's folder. After an error the reports folder is as it was; where the old month cannot be moved
    /// because it is in use, the new one is kept beside and takes its place when the folder is next opened.
    pub fn place(
        &self,
        edition: Edition,
        files: &[OutputFile],
        inputs: Option<&Keeper>,
    ) -> Result<PathBuf, PublishError> {
        self.put(edition, files, inputs, true)
    }

    /// The same for the pages of an edition that is being closed: where the old ones are in use, nothing is kept, since
    /// pages that say 確定 must not come to stand later than the closing.
    pub fn place_closed(&self, edition: Edition, files: &[OutputFile]) -> Result<PathBuf, PublishError> {
        self.put(edition, files, None, false)
    }

    fn put(
        &self,
        edition: Edition,
        files: &[OutputFile],
        inputs: Option<&Keeper>,
        keep: bool,
    ) -> Result<PathBuf, PublishError> {
        names::check(files.iter().map(|file| file.path.as_str()))?;
        let new = Staging::filled(self.root.join(format!("{TEMPORARY}new-{edition}")), files)?;
        let stored = inputs.map(Keeper::store).transpose()?;
        let superseded = Superseded::of(&self.root, edition)?;
        match Swap::new(&self.root, &new.0, edition).go() {
            Ok(place) => {
                stored.into_iter().for_each(Stored::keep);
                superseded.forget();
                Ok(place)
            }
            Err(refused) if refused.in_use && keep => {
                ready::keep(&self.root, &new, edition)?;
                stored.into_iter().for_each(Stored::keep);
                superseded.forget();
                Err(refused.error.kept())
            }
            Err(refused) => {
                if refused.stands {
                    stored.into_iter().for_each(Stored::keep);
                    superseded.forget();
                }
                Err(refused.error)
            }
        }
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
    let staging = Staging::filled(parent.join(format!("{TEMPORARY}new-{}", name.to_string_lossy())), files)?;
    if whole.exists() {
        std::fs::remove_dir(&whole).map_err(fail)?;
    }
    std::fs::rename(&staging.0, &whole).map_err(fail)?;
    sync_folder(parent)
}

/// Sees to it that `latest.txt` names the newest month that stands, with its edition. Where none stands it goes.
pub(super) fn latest(root: &Path) -> Result<(), PublishError> {
    let path = root.join("latest.txt");
    let names = files::names(root)?.into_iter();
    let months = names.filter_map(|name| Some((month_name(&name)?, name)));
    let newest = months.filter(|(_, name)| !root.join(name).is_file()).max();
    let newest = newest.map(|(_, name)| format!("{name}\n"));
    match newest {
        Some(line) if std::fs::read(&path).is_ok_and(|now| now == line.as_bytes()) => Ok(()),
        Some(line) => replace(&path, line.as_bytes()),
        None => remove(&path),
    }
}
