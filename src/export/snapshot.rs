//! `data/snapshot.json`: the seam between data and rendering.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::ExportError;
use crate::model::dataset::Dataset;

/// The format's number; it changes when an older hoshin could misread a newer file.
pub const SCHEMA: u32 = 1;

/// The whole normalised month with the texts it was rendered with.
#[derive(Debug, Serialize, Deserialize)]
pub struct Snapshot {
    /// [`SCHEMA`] of the hoshin that wrote it.
    pub schema: u32,
    /// The version of the hoshin that wrote it.
    pub version: String,
    /// The month.
    pub dataset: Dataset,
    /// The templates in force, by file name.
    pub templates: BTreeMap<String, String>,
}

/// A snapshot that this hoshin cannot use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SnapshotError {
    /// Its [`SCHEMA`] is another.
    #[error("別の版の hoshin が書いた形式（{0}）なので読めません")]
    Schema(u32),
    /// It is no snapshot, or damaged.
    #[error("内容が壊れているため読めません")]
    Broken,
}

impl Snapshot {
    /// A snapshot from its file's bytes.
    pub fn read(bytes: &[u8]) -> Result<Self, SnapshotError> {
        #[derive(Deserialize)]
        struct Head {
            schema: u32,
        }
        let head: Head = serde_json::from_slice(bytes).map_err(|_| SnapshotError::Broken)?;
        if head.schema != SCHEMA {
            return Err(SnapshotError::Schema(head.schema));
        }
        serde_json::from_slice(bytes).map_err(|_| SnapshotError::Broken)
    }

    /// The file's bytes.
    pub fn to_json(&self) -> Result<Vec<u8>, ExportError> {
        let fail =
            |source: serde_json::Error| ExportError { file: "data/snapshot.json", source: source.into() };
        let mut bytes = serde_json::to_vec_pretty(self).map_err(fail)?;
        bytes.push(b'\n');
        Ok(bytes)
    }
}
