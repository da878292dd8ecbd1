//! A letter that is ready to be sent with a file.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// An unsent message with one workbook attached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    /// File path below the month's folder: `差戻し/総合政策部_政策創造課.eml`.
    pub path: String,
    /// Who sends it, and gets the answers; empty where unknown.
    pub from: String,
    /// Who shall act; empty where unknown.
    pub to: String,
    /// Who shall know; empty for nobody.
    pub cc: String,
    /// The subject line.
    pub subject: String,
    /// The text, with line breaks.
    pub body: String,
    /// The attachment's file name.
    pub attachment: String,
    /// The day that the message carries.
    pub as_of: NaiveDate,
}
