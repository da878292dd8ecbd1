//! Stage 4b: the planning section's own word. `補正.xlsx` and `総括.xlsx` at the top of the input folder are forms of
//! hoshin's own (see `form`), so their headers are fixed; everything else about them is read like any workbook.
//!
//! A figure is only replaced while the workbook still says what stood there when the correction was written: where it
//! does not, the correction is refused with a finding and the workbook's own figure stays.

mod figures;
mod remarks;
mod replace;
mod rows;

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

pub use figures::{Correction, TODAY};
pub use remarks::WHOLE_CITY;
pub use replace::apply;

use crate::extract::Means;
use crate::finding::Draft;
use crate::model::amendment::Remark;
use crate::model::sheet::Workbook;

/// What a workbook of the planning section is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// 補正: figures that replace those of the divisions.
    Figures,
    /// 総括: comments for the documents.
    Remarks,
}

impl Purpose {
    /// The name without its extension that makes a workbook one of these.
    pub const fn stem(self) -> &'static str {
        match self {
            Self::Figures => "補正",
            Self::Remarks => "総括",
        }
    }

    /// The header words of its form, in their order.
    pub fn heads(self) -> Vec<&'static str> {
        let heads: &[rows::Head] = match self {
            Self::Figures => &figures::HEADS,
            Self::Remarks => &remarks::HEADS,
        };
        heads.iter().map(|head| head.name).collect()
    }

    /// What a workbook at this path (relative to the input folder) is for; `None` for a division's.
    pub fn of(path: &str) -> Option<Self> {
        let (stem, _) = path.rsplit_once('.')?;
        let stem: String = stem.nfkc().collect();
        [Self::Figures, Self::Remarks].into_iter().find(|purpose| purpose.stem() == stem.trim())
    }
}

/// What one of these workbooks says.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Amendments {
    /// Figures to be replaced.
    pub corrections: Vec<Correction>,
    /// Comments to be printed.
    pub remarks: Vec<Remark>,
    /// What is wrong with its rows.
    pub drafts: Vec<Draft>,
}

/// Reads a workbook of the planning section.
pub fn read(workbook: &Workbook, purpose: Purpose, means: &Means) -> Amendments {
    match purpose {
        Purpose::Figures => figures::read(workbook, means),
        Purpose::Remarks => remarks::read(workbook, means),
    }
}
