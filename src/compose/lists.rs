//! Words that the lists of documents and of the workbook share.

use crate::finding::Finding;
use crate::model::dataset::Outcome;

/// How an outcome is put into words.
pub fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Read => "読んだ",
        Outcome::Empty => "対象の表なし",
        Outcome::Failed => "開けない",
    }
}

/// Where a finding stands: `シート › C14`.
pub fn place(finding: &Finding) -> String {
    let cell = finding.cell.map_or_else(String::new, |cell| cell.to_string());
    match (finding.sheet.is_empty(), cell.is_empty()) {
        (true, _) => String::new(),
        (false, true) => finding.sheet.clone(),
        (false, false) => format!("{} › {cell}", finding.sheet),
    }
}
