//! A month that is whole but could not take its place, because a file of the old one was open.
//!
//! It waits beside as `.hoshin-ready-<edition>-<seal>` until the folder is next opened. The seal is the start of its
//! manifest's hash: by it a folder that holds the old month already (a run died right after the exchange) is told from
//! one that still holds the new one.

use std::path::{Path, PathBuf};

use super::files::{Staging, names, remove, sync_folder};
use super::swap::Swap;
use super::{Edition, MANIFEST, PublishError, TEMPORARY, frozen, month_name};
use crate::discover::sha256;

/// Starts the name of a month that waits.
pub(super) const READY: &str = ".hoshin-ready-";

/// How many characters of the manifest's hash the name holds.
const SEAL: usize = 16;

/// A month that waits.
pub(super) struct Waiting {
    pub edition: Edition,
    pub folder: PathBuf,
    seal: String,
}

/// What became of the months that waited.
#[derive(Debug, Default)]
pub(super) struct Settled {
    /// What people should know, in Japanese.
    pub notes: Vec<String>,
    /// The editions that wait on, and why.
    pub refused: Vec<(Edition, String)>,
}

/// Whether a name is that of a month that waits, and of which.
pub(super) fn parse(name: &str) -> Option<(Edition, &str)> {
    let (edition, seal) = name.strip_prefix(READY)?.rsplit_once('-')?;
    let (period, number) = month_name(edition)?;
    Some((Edition { period, number }, seal))
}

/// Whether a month waits in a reports folder to take its place.
pub fn waits(reports: &Path) -> bool {
    !waiting(reports).is_empty()
}

/// The months that wait, by their names.
pub(super) fn waiting(root: &Path) -> Vec<Waiting> {
    let one = |name: String| {
        let (edition, seal) = parse(&name)?;
        Some(Waiting { edition, folder: root.join(&name), seal: seal.to_owned() })
    };
    names(root).unwrap_or_default().into_iter().filter_map(one).collect()
}

/// Keeps a month that could not take its place: whole, under its name from one moment to the next.
pub(super) fn keep(root: &Path, new: &Staging, edition: Edition) -> Result<(), PublishError> {
    let fail = |error| PublishError::io("新しい報告書を取っておく", &new.0, &error);
    let Some(seal) = seal(&new.0) else {
        return Err(fail(std::io::ErrorKind::NotFound.into()));
    };
    std::fs::rename(&new.0, root.join(format!("{READY}{edition}-{seal}"))).map_err(fail)?;
    // It waits from here on, even if the disk should not know its name yet.
    _ = sync_folder(root);
    Ok(())
}

/// Puts each month that waits in its place, unless its edition was closed in the meantime. The caller holds the lock.
pub(super) fn settle(root: &Path) -> Result<Settled, PublishError> {
    let mut settled = Settled::default();
    for month in waiting(root) {
        let edition = month.edition;
        let standing = seal(&root.join(edition.to_string()));
        if standing.as_ref() == Some(&month.seal) {
            // The exchange was made before the run died: what waits here is the old month.
            discard(&month.folder)?;
        } else if seal(&month.folder).as_ref() != Some(&month.seal) {
            discard(&month.folder)?;
            settled.notes.push(format!(
                "{edition} の取っておいた新しい報告書は壊れていたので、使わずに片付けました。もう一度実行して作り直してください"
            ));
        } else if is_closed(root, edition)? {
            discard(&month.folder)?;
            settled.notes.push(format!(
                "{edition} は確定しているので、その前に作って取っておいた報告書は、使わずに片付けました"
            ));
        } else {
            match Swap::new(root, &month.folder, edition).go() {
                Ok(_) => settled.notes.push(format!(
                    "前の実行で入れ替えられなかった {edition} の新しい報告書を、いま入れ替えました"
                )),
                Err(refused) if refused.in_use => {
                    settled.refused.push((edition, refused.error.kept().to_string()));
                }
                Err(refused) => return Err(refused.error),
            }
        }
    }
    Ok(settled)
}

/// Whether an edition or a later one of its month is closed.
fn is_closed(root: &Path, edition: Edition) -> Result<bool, PublishError> {
    let mut closed = frozen(root)?.into_iter();
    Ok(closed.any(|closed| closed.period == edition.period && closed.edition >= edition.number))
}

/// The months that wait for one edition, out of the way of a newer one. They wait again unless they are dropped for good.
pub(super) struct Superseded(Vec<(PathBuf, PathBuf)>);

impl Superseded {
    pub fn of(root: &Path, edition: Edition) -> Result<Self, PublishError> {
        let mut superseded = Self(Vec::new());
        for month in waiting(root).into_iter().filter(|month| month.edition == edition) {
            let gone = set_aside(&month.folder)?;
            superseded.0.push((month.folder, gone));
        }
        Ok(superseded)
    }

    /// A newer one stands or waits: these are needed no more. What cannot be removed now is when the folder is next opened.
    pub fn forget(mut self) {
        for (_, gone) in self.0.drain(..) {
            _ = remove(&gone);
        }
    }
}

impl Drop for Superseded {
    fn drop(&mut self) {
        for (folder, gone) in &self.0 {
            _ = std::fs::rename(gone, folder);
        }
    }
}

/// Removes a month that waits. Half of it never stands under its name.
fn discard(folder: &Path) -> Result<(), PublishError> {
    remove(&set_aside(folder)?)
}

/// Takes a month that waits out of its name; returns where it is.
fn set_aside(folder: &Path) -> Result<PathBuf, PublishError> {
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    let gone = folder.with_file_name(format!("{TEMPORARY}gone-{}", name.trim_start_matches(READY)));
    std::fs::rename(folder, &gone)
        .map_err(|error| PublishError::io("取っておいた報告書を片付ける", folder, &error))?;
    Ok(gone)
}

/// The start of the hash of a month's manifest; `None` where it cannot be read.
fn seal(month: &Path) -> Option<String> {
    let mut seal = sha256(&std::fs::read(month.join(MANIFEST)).ok()?);
    seal.truncate(SEAL);
    Some(seal)
}
