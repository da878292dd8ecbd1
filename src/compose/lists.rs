//! Words that the lists of documents and of the workbook share.

use crate::finding::Finding;
use crate::model::dataset::Outcome;
use crate::model::place::{CellRef, Place};

/// How an outcome is put into words.
pub fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Read => "読んだ",
        Outcome::Empty => "対象の表なし",
        Outcome::Failed => "開けない",
    }
}

/// The cell that a finding is about, of a sheet as a whole its first; `None` where it is about no sheet.
pub fn link(finding: &Finding) -> Option<Box<Place>> {
    (!finding.workbook.is_empty() && !finding.sheet.is_empty()).then(|| {
        let (workbook, sheet) = (finding.workbook.as_str().into(), finding.sheet.as_str().into());
        Box::new(Place { workbook, sheet, cell: finding.cell.unwrap_or(CellRef::new(0, 0)) })
    })
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
