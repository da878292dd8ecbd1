//! Stage 8c: the normalised month for programs: `data/*.csv` and `data/snapshot.json`, as the contract lays down.

mod findings;
mod indicators;
mod initiatives;
mod migrate;
mod sections;
mod snapshot;

use serde::Serialize;

pub use snapshot::{SCHEMA, Snapshot, SnapshotError};

use crate::model::dataset::Dataset;

/// The data could not be put into text.
#[derive(Debug, thiserror::Error)]
#[error("データファイル {file} を作れませんでした")]
pub struct ExportError {
    /// The file's path below the month's folder.
    pub file: &'static str,
    /// For the log.
    #[source]
    pub source: Box<dyn std::error::Error + Send + Sync>,
}

/// The CSV files of a month: path below the month's folder, bytes.
pub fn tables(dataset: &Dataset) -> Result<Vec<(&'static str, Vec<u8>)>, ExportError> {
    Ok(vec![
        indicators::FILE.write(indicators::rows(dataset))?,
        initiatives::FILE.write(initiatives::rows(dataset))?,
        sections::FILE.write(sections::rows(dataset))?,
        findings::FILE.write(findings::rows(dataset))?,
    ])
}

/// A CSV file: its path and its columns.
struct File<const N: usize> {
    path: &'static str,
    columns: [&'static str; N],
}

impl<const N: usize> File<N> {
    /// UTF-8 with BOM, LF, texts verbatim.
    fn write(&self, rows: impl Iterator<Item = [String; N]>) -> Result<(&'static str, Vec<u8>), ExportError> {
        let fail = |source: csv::Error| ExportError { file: self.path, source: source.into() };
        let mut writer = csv::WriterBuilder::new().from_writer("\u{feff}".as_bytes().to_vec());
        writer.write_record(self.columns).map_err(fail)?;
        for row in rows {
            writer.write_record(row).map_err(fail)?;
        }
        let bytes = writer
            .into_inner()
            .map_err(|error| ExportError { file: self.path, source: error.to_string().into() })?;
        Ok((self.path, bytes))
    }
}

/// The word that stands for a value in the data (`in_progress`, `>=`); empty for none.
fn word<T: Serialize>(value: Option<T>) -> String {
    match value.map(serde_json::to_value) {
        Some(Ok(serde_json::Value::String(text))) => text,
        _ => String::new(),
    }
}

/// A number or nothing.
fn number<T: ToString>(value: Option<T>) -> String {
    value.map_or_else(String::new, |value| value.to_string())
}

/// `1` for the source that reports use.
fn primary(is: bool) -> String {
    if is { "1".to_owned() } else { "0".to_owned() }
}
