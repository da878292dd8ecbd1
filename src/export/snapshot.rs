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

impl Snapshot {
    /// The file's bytes.
    pub fn to_json(&self) -> Result<Vec<u8>, ExportError> {
        let fail =
            |source: serde_json::Error| ExportError { file: "data/snapshot.json", source: source.into() };
        let mut bytes = serde_json::to_vec_pretty(self).map_err(fail)?;
        bytes.push(b'\n');
        Ok(bytes)
    }
}
