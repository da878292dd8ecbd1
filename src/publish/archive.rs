//! `原本/`: the inputs of every edition, each stored once, as long as an edition needs it.

use std::collections::BTreeSet;
use std::path::Path;

use super::files::names;
use super::lock::Reports;
use super::{ARCHIVE, Edition, MANIFEST, Manifest, PublishError, frozen, month_name, ready};

impl Reports {
    /// Removes the originals that no edition needs; returns what could not be removed.
    ///
    /// An original is needed as long as the manifest of an edition that stands, or that waits to take its place, names
    /// it. Nothing is removed where that cannot be told for certain: where a manifest cannot be read or is of a version
    /// that did not list its originals, where the closed months are unknown, or where the folder of one is not here.
    pub(super) fn retire_originals(&self) -> Vec<PublishError> {
        let archive = self.root.join(ARCHIVE);
        let (Some(needed), Ok(kept)) = (needed(&self.root), names(&archive)) else { return Vec::new() };
        let free = kept.into_iter().filter(|name| is_original(name));
        let free = free.filter(|name| !needed.contains(&format!("{ARCHIVE}/{name}")));
        let removed = free.map(|name| {
            let path = archive.join(name);
            std::fs::remove_file(&path)
                .map_err(|error| PublishError::io("要らなくなった原本を消す", &path, &error))
        });
        removed.filter_map(Result::err).collect()
    }
}

/// What the manifests of all editions name; `None` where that cannot be told for certain.
fn needed(root: &Path) -> Option<BTreeSet<String>> {
    let names = names(root).ok()?;
    let standing: BTreeSet<&str> =
        names.iter().map(String::as_str).filter(|name| month_name(name).is_some()).collect();
    let closed = frozen(root).ok()?;
    let is_here = |closed: &super::Frozen| {
        let edition = Edition { period: closed.period, number: closed.edition };
        standing.contains(edition.to_string().as_str())
    };
    if !closed.iter().all(is_here) {
        return None;
    }
    let waiting = names.iter().map(String::as_str).filter(|name| ready::parse(name).is_some());
    let mut needed = BTreeSet::new();
    for name in standing.iter().copied().chain(waiting) {
        let manifest = std::fs::read(root.join(name).join(MANIFEST)).ok()?;
        let manifest: Manifest = serde_json::from_slice(&manifest).ok()?;
        needed.extend(manifest.originals?);
    }
    Some(needed)
}

/// Whether a name in 原本/ is one that hoshin gave: `<sha256>.xlsx`. Whatever else lies there stays.
fn is_original(name: &str) -> bool {
    let hash = name.split_once('.').map_or("", |(hash, _)| hash);
    hash.len() == 64 && hash.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}
