//! `data/snapshot.json`: the seam between data and rendering, and the memory of the months to come.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::{ExportError, migrate};
use crate::model::dataset::Dataset;

/// The format's number; it changes when an older hoshin could misread a newer file. Older ones are migrated.
pub const SCHEMA: u32 = 2;

/// The whole normalised month with the texts it was rendered with; `&Dataset` in place of the month where it is only to be
/// written.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Snapshot<D = Dataset> {
    /// [`SCHEMA`] of the hoshin that wrote it.
    pub schema: u32,
    /// The version of the hoshin that wrote it.
    pub version: String,
    /// The month.
    pub dataset: D,
    /// The templates in force, by file name.
    pub templates: BTreeMap<String, String>,
    /// The fonts in force that are not hoshin's own, by file name, in Base64.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub fonts: BTreeMap<String, String>,
}

/// A snapshot that this hoshin cannot use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SnapshotError {
    /// Its [`SCHEMA`] is one that this hoshin does not know.
    #[error("別の版の hoshin が書いた形式（{0}）なので読めません")]
    Schema(u32),
    /// It is no snapshot, or damaged.
    #[error("内容が壊れているため読めません")]
    Broken,
}

#[derive(Deserialize)]
struct Head {
    schema: u32,
}

/// A snapshot of which only the dataset is wanted, in the shape of `T`.
#[derive(Deserialize)]
struct Lean<T> {
    dataset: T,
}

impl Snapshot {
    /// A snapshot from its file's bytes, older formats migrated.
    pub fn read(bytes: &[u8]) -> Result<Self, SnapshotError> {
        let snapshot: Self = read(bytes)?;
        if snapshot.dataset.is_sound() { Ok(snapshot) } else { Err(SnapshotError::Broken) }
    }

    /// The month alone, in a shape that holds only what its reader needs.
    pub fn month<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, SnapshotError> {
        Ok(read::<Lean<T>>(bytes)?.dataset)
    }
}

impl<D: Serialize> Snapshot<D> {
    /// The file's bytes.
    pub fn to_json(&self) -> Result<Vec<u8>, ExportError> {
        let fail =
            |source: serde_json::Error| ExportError { file: "data/snapshot.json", source: source.into() };
        let mut bytes = serde_json::to_vec_pretty(self).map_err(fail)?;
        bytes.push(b'\n');
        Ok(bytes)
    }
}

fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, SnapshotError> {
    let head: Head = serde_json::from_slice(bytes).map_err(|_| SnapshotError::Broken)?;
    match head.schema {
        SCHEMA => serde_json::from_slice(bytes).map_err(|_| SnapshotError::Broken),
        unknown if unknown == 0 || unknown > SCHEMA => Err(SnapshotError::Schema(unknown)),
        older => {
            let value = serde_json::from_slice(bytes).map_err(|_| SnapshotError::Broken)?;
            let value = migrate::migrate(value, older).ok_or(SnapshotError::Broken)?;
            serde_json::from_value(value).map_err(|_| SnapshotError::Broken)
        }
    }
}
