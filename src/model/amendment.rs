//! The planning section's own word: corrected figures (補正) and comments for the documents (総括).

use serde::{Deserialize, Serialize};

use super::place::Place;

/// Why a figure is not what its workbook says (補正).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Amendment {
    /// The text that the workbook shows; empty where it has no such figure.
    pub old: String,
    /// What the planning section wrote instead.
    #[serde(default)]
    pub new: String,
    /// Why it was put in its place.
    pub reason: String,
    /// Who did.
    pub by: String,
    /// When, as it stands in 補正.xlsx.
    pub on: String,
    /// The cell of 補正.xlsx that holds the new figure.
    pub place: Place,
}

/// A comment of the planning section (総括), printed in the documents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remark {
    /// The department that it is about; empty for the whole city.
    pub department: String,
    /// The text, its lines divided by line breaks.
    pub text: String,
    /// Its cell.
    pub place: Place,
}
