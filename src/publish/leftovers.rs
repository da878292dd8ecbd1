//! What a run that died left behind.

use std::path::Path;

use super::files::{names, remove};
use super::lock::HOLDER;
use super::logs::LOGS;
use super::place::latest;
use super::ready::{self, Settled};
use super::{ARCHIVE, PublishError, TEMPORARY, month_name};

/// The old month, while the new one takes its place: `.hoshin-old-2021-05`.
pub(super) const OLD: &str = ".hoshin-old-";

/// Undoes an interrupted swap where the new month is not in place yet, finishes it where it is, removes what was only
/// half written, and puts each month that waits in its place. The caller holds the lock.
pub(super) fn tidy(root: &Path) -> Result<Settled, PublishError> {
    for name in temporary(root)? {
        let path = root.join(&name);
        let month = name.strip_prefix(OLD).filter(|month| month_name(month).is_some());
        match month.map(|month| root.join(month)) {
            Some(place) if !place.exists() => std::fs::rename(&path, &place)
                .map_err(|error| PublishError::io("中断した入れ替えを元に戻す", &place, &error))?,
            _ if name == HOLDER || ready::parse(&name).is_some() => {}
            _ => remove(&path)?,
        }
    }
    for folder in [ARCHIVE, LOGS].map(|folder| root.join(folder)) {
        if folder.is_dir() {
            for name in temporary(&folder)? {
                remove(&folder.join(name))?;
            }
        }
    }
    let settled = ready::settle(root)?;
    latest(root)?;
    Ok(settled)
}

/// The names of what runs were still writing, sorted.
fn temporary(folder: &Path) -> Result<Vec<String>, PublishError> {
    let mut names = names(folder)?;
    names.retain(|name| name.starts_with(TEMPORARY));
    Ok(names)
}
