//! The stable codes of findings.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

macro_rules! codes {
    ($($variant:ident = $text:literal),+ $(,)?) => {
        /// The stable kebab-case code of a kind of finding; its words stand in `templates/findings.toml`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        #[allow(missing_docs, reason = "each is described in templates/findings.toml, where `explain` reads it")]
        pub enum Code { $(#[serde(rename = $text)] $variant),+ }

        impl Code {
            /// All codes, in the order in which `explain` lists them.
            pub const ALL: &'static [Code] = &[$(Code::$variant),+];

            /// The code as it is written: `workbook-encrypted`.
            pub const fn as_str(self) -> &'static str {
                match self { $(Code::$variant => $text),+ }
            }
        }
    };
}

codes! {
    WorkbookEncrypted = "workbook-encrypted",
    WorkbookBroken = "workbook-broken",
    NotAWorkbook = "not-a-workbook",
    WorkbookEmpty = "workbook-empty",
    WorkbookUnreadable = "workbook-unreadable",
    WorkbookDuplicate = "workbook-duplicate",
    FileUnreachable = "file-unreachable",
    FileChanging = "file-changing",
    FileSameName = "file-same-name",
    FileInUse = "file-in-use",
    NothingRecognised = "nothing-recognised",
    ProfileMoved = "profile-moved",
    ProfileConflict = "profile-conflict",
    FormatLimits = "format-limits",
    SheetHidden = "sheet-hidden",
    RowHidden = "row-hidden",
    ColumnHidden = "column-hidden",
    StruckOut = "struck-out",
    CellError = "cell-error",
    FormulaNotCalculated = "formula-not-calculated",
    NumberAsText = "number-as-text",
    DisplayHidesDigits = "display-hides-digits",
    ValueUnread = "value-unread",
    ValueAssumed = "value-assumed",
    ValuePending = "value-pending",
    ValueBlank = "value-blank",
    DateAsNumber = "date-as-number",
    UnitMissing = "unit-missing",
    UnitDiffers = "unit-differs",
    YearAssumed = "year-assumed",
    YearMissing = "year-missing",
    KindAssumed = "kind-assumed",
    BasisMissing = "basis-missing",
    ScaleMixed = "scale-mixed",
    FigureJumps = "figure-jumps",
    ZeroDoubtful = "zero-doubtful",
    RateDiffers = "rate-differs",
    UnitsChange = "units-change",
    CellComment = "cell-comment",
    ColouredText = "coloured-text",
    InvisibleText = "invisible-text",
    ExternalLink = "external-link",
    ColumnUnread = "column-unread",
    StatusUnknown = "status-unknown",
    StatusAssumed = "status-assumed",
    StatusColumns = "status-columns",
    ItemColumnAssumed = "item-column-assumed",
    StateWithoutItem = "state-without-item",
    ProgressUnread = "progress-unread",
    ProgressAssumed = "progress-assumed",
    DueUnread = "due-unread",
    DueAssumed = "due-assumed",
    DepartmentUnknown = "department-unknown",
    DepartmentUnlisted = "department-unlisted",
    DivisionUnlisted = "division-unlisted",
    SimilarDepartment = "similar-department",
    SimilarDivision = "similar-division",
    OwnerDiffers = "owner-differs",
    OwnerRenamed = "owner-renamed",
    OwnerSplit = "owner-split",
    OwnerGone = "owner-gone",
    WorkbookMissing = "workbook-missing",
    WorkbookLate = "workbook-late",
    WorkbookUnchanged = "workbook-unchanged",
    CarriedOver = "carried-over",
    OtherFiscalYear = "other-fiscal-year",
    PolarityMissing = "polarity-missing",
    SourcesDiffer = "sources-differ",
    InitiativeDiffers = "initiative-differs",
    SimilarIndicator = "similar-indicator",
    SimilarInitiative = "similar-initiative",
    InitiativeAdded = "initiative-added",
    InitiativeOverdue = "initiative-overdue",
    InitiativeContradictory = "initiative-contradictory",
    Amended = "amended",
    AmendmentRefused = "amendment-refused",
    AmendmentForm = "amendment-form",
    RemarkUnplaced = "remark-unplaced",
    HistoryUnreadable = "history-unreadable",
    HistoryGap = "history-gap",
    GlyphMissing = "glyph-missing",
    GlyphVariant = "glyph-variant",
    LayoutOverflow = "layout-overflow",
    WorkbookOverLimit = "workbook-over-limit",
}

/// The text is no code that hoshin knows.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("「{0}」というコードはありません")]
pub struct CodeError(pub String);

impl FromStr for Code {
    type Err = CodeError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.iter().copied().find(|code| code.as_str() == text).ok_or_else(|| CodeError(text.to_owned()))
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
