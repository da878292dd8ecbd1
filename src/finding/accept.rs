//! Findings that divisions have answered for: quiet while their cells stay as they were.

use std::fmt::Write;

use chrono::NaiveDate;

use super::Finding;
use crate::model::acceptance::{Acceptance, squeezed};
use crate::model::fiscal::Eras;

/// Divides findings into those that stand and those that are accepted, each in their order. A finding whose acceptance
/// no longer holds (another text in the cell, its day has passed) stands, and says so.
pub fn accept(
    findings: Vec<Finding>,
    acceptances: &[Acceptance],
    as_of: NaiveDate,
    eras: &Eras,
) -> (Vec<Finding>, Vec<Finding>) {
    let (mut open, mut accepted) = (Vec::new(), Vec::new());
    for mut finding in findings {
        let meant: Vec<&Acceptance> = acceptances.iter().filter(|it| concerns(it, &finding)).collect();
        let raw = squeezed(&finding.raw);
        if meant.iter().any(|it| it.raw == raw && it.until >= as_of) {
            accepted.push(finding);
            continue;
        }
        // The newest word counts where several were given on one cell.
        let same = meant.iter().filter(|it| it.raw == raw).max_by_key(|it| it.until);
        if let Some(lapsed) = same {
            let day = eras.day(lapsed.until);
            _ = write!(finding.message, "（以前の了承は{day}までで、期限が過ぎました）");
        } else if let Some(stale) = meant.iter().max_by_key(|it| it.until) {
            let raw = if stale.raw.is_empty() { "空欄".to_owned() } else { format!("「{}」", stale.raw) };
            _ = write!(
                finding.message,
                "（以前の了承は{raw}に対するものです。セルの文字が変わったので、効力がなくなりました）"
            );
        }
        open.push(finding);
    }
    (open, accepted)
}

fn concerns(acceptance: &Acceptance, finding: &Finding) -> bool {
    acceptance.code == finding.code
        && finding.code.is_acceptable()
        && acceptance.workbook == finding.workbook.trim()
        && acceptance.sheet == finding.sheet.trim()
        && acceptance.cell == finding.cell
}
