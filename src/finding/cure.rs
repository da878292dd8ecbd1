//! Who can cure a finding, and which findings a division may answer with 「このままで正しい」.

use super::Code;

/// What only the planning section or the IT section can cure: hoshin.toml, templates, fonts, the input folder.
const PLANNING: &[Code] = &[
    Code::WorkbookDuplicate,
    Code::ProfileConflict,
    Code::DepartmentUnlisted,
    Code::DivisionUnlisted,
    Code::PolarityMissing,
    Code::SimilarIndicator,
    Code::SimilarDepartment,
    Code::SimilarDivision,
    Code::CarriedOver,
    Code::HistoryUnreadable,
    Code::HistoryGap,
    Code::AmendmentRefused,
    Code::AmendmentForm,
    Code::RemarkUnplaced,
    Code::GlyphMissing,
    Code::GlyphVariant,
    Code::LayoutOverflow,
    Code::WorkbookOverLimit,
    Code::FileUnreachable,
    Code::FileSameName,
];

/// What may stay as it is where somebody says why: oddities of one cell or sheet. Not what contradicts itself, has no
/// workbook that can be read, or has to be settled in hoshin.toml.
const ACCEPTABLE: &[Code] = &[
    Code::NothingRecognised,
    Code::SheetHidden,
    Code::RowHidden,
    Code::ColumnHidden,
    Code::StruckOut,
    Code::CellError,
    Code::FormulaNotCalculated,
    Code::NumberAsText,
    Code::DisplayHidesDigits,
    Code::ValueUnread,
    Code::ValueAssumed,
    Code::ValuePending,
    Code::ValueBlank,
    Code::DateAsNumber,
    Code::UnitMissing,
    Code::UnitDiffers,
    Code::YearAssumed,
    Code::KindAssumed,
    Code::BasisMissing,
    Code::ColumnUnread,
    Code::StateWithoutItem,
    Code::StatusUnknown,
    Code::StatusAssumed,
    Code::ProgressUnread,
    Code::ProgressAssumed,
    Code::DueUnread,
    Code::DueAssumed,
    Code::OwnerDiffers,
    Code::ScaleMixed,
    Code::FigureJumps,
    Code::ZeroDoubtful,
    Code::RateDiffers,
    Code::UnitsChange,
    Code::CellComment,
    Code::ColouredText,
    Code::InvisibleText,
    Code::ExternalLink,
    Code::SimilarInitiative,
    Code::InitiativeAdded,
];

impl Code {
    /// Whether a division can cure it in its own workbook; the rest is for the planning section.
    pub fn is_for_division(self) -> bool {
        !PLANNING.contains(&self)
    }

    /// Whether `[[accepted]]` of hoshin.toml may silence it. Silence changes no figure: what is unread stays unread.
    pub fn is_acceptable(self) -> bool {
        ACCEPTABLE.contains(&self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_for_the_planning_section_is_no_divisions_to_accept() {
        for code in PLANNING {
            assert!(!code.is_for_division() && !code.is_acceptable(), "{code}");
        }
        assert!(!Code::SourcesDiffer.is_acceptable() && Code::SourcesDiffer.is_for_division());
        assert!(Code::ValueUnread.is_acceptable() && Code::ValueUnread.is_for_division());
    }
}
