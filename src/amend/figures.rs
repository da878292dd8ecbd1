//! 補正.xlsx: which figure is replaced by what, why and by whom.

use serde::{Deserialize, Serialize};

use super::Amendments;
use super::rows::{Head, Row, rows};
use crate::extract::Means;
use crate::finding::{Code, Draft};
use crate::model::fiscal::{Basis, FiscalYear, Span};
use crate::model::indicator::{Figure, Kind};
use crate::model::place::Place;
use crate::model::sheet::{Cell, Workbook};
use crate::normalise::header::read_header;

/// The header of the list that `form` adds: what the workbooks say today.
pub const TODAY: &str = "今の値";

pub(super) const HEADS: [Head; 9] = [
    Head { name: "部局", others: &["部", "部局名", "部名"], needed: true },
    Head { name: "課", others: &["課名", "担当課", "所管課"], needed: false },
    Head { name: "指標", others: &["指標名", "指標名称"], needed: true },
    Head {
        name: "年度と種類",
        others: &["年度・種類", "年度・種別", "年度と種別", "対象の値", "項目"],
        needed: true,
    },
    Head { name: "旧", others: &["誤", "補正前", "補正前の値", "旧の値", TODAY], needed: true },
    Head { name: "新", others: &["正", "補正後", "補正後の値", "新の値"], needed: true },
    Head { name: "理由", others: &["補正の理由", "補正理由"], needed: true },
    Head {
        name: "補正した人", others: &["補正者", "記入者", "氏名", "担当者"], needed: true
    },
    Head {
        name: "補正した日", others: &["補正日", "記入日", "日付", "年月日"], needed: true
    },
];
/// Where each stands among the heads.
const DEPARTMENT: usize = 0;
const DIVISION: usize = 1;
const INDICATOR: usize = 2;
const SLOT: usize = 3;
const OLD: usize = 4;
const NEW: usize = 5;
const REASON: usize = 6;
const BY: usize = 7;
const ON: usize = 8;

/// What tells the figure among those of its indicator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wanted {
    /// 実績, 目標 …
    pub kind: Kind,
    /// The fiscal year.
    pub fiscal_year: FiscalYear,
    /// The stretch of the year.
    pub span: Span,
    /// 1 to 12 for a month's figure.
    pub month: Option<u8>,
    /// 単月, 累計; `None` fits any.
    pub basis: Option<Basis>,
}

impl Wanted {
    /// Whether a figure is meant.
    pub fn fits(&self, figure: &Figure) -> bool {
        figure.kind == self.kind
            && figure.fiscal_year == Some(self.fiscal_year)
            && (figure.span, figure.month) == (self.span, self.month)
            && self.basis.is_none_or(|basis| figure.basis == Some(basis))
    }
}

/// One row of 補正.xlsx.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Correction {
    /// Department, in the spelling of hoshin.toml where it is listed.
    pub department: String,
    /// Division; empty where the row names none.
    pub division: String,
    /// The indicator's name.
    pub indicator: String,
    /// Which of its figures.
    pub wanted: Wanted,
    /// As the row calls it: `R2実績`.
    pub label: String,
    /// What the workbook must still say; `None` where it has no such figure.
    pub old: Option<Cell>,
    /// What is put in its place.
    pub new: Cell,
    /// Why.
    pub reason: String,
    /// Who.
    pub by: String,
    /// When, as it stands.
    pub on: String,
    /// The cell of the new figure.
    pub place: Place,
}

pub(super) fn read(workbook: &Workbook, means: &Means) -> Amendments {
    let mut found = Amendments::default();
    for row in rows(workbook, &HEADS, &mut found.drafts) {
        match correction(&row, means) {
            Ok(correction) => found.corrections.push(correction),
            Err(reason) => {
                let draft = Draft::new(Code::AmendmentRefused).at(&row.place(NEW)).raw(row.text(NEW));
                let draft = draft.with("name", row.text(INDICATOR));
                found.drafts.push(draft.with("label", row.text(SLOT)).with("reason", reason));
            }
        }
    }
    found
}

/// A whole row, or in Japanese why it is none.
fn correction(row: &Row, means: &Means) -> Result<Correction, String> {
    let needed = [DEPARTMENT, INDICATOR, SLOT, NEW, REASON, BY, ON];
    let missing: Vec<&str> = needed
        .into_iter()
        .filter(|column| row.text(*column).is_empty())
        .filter_map(|column| HEADS.get(column).map(|head| head.name))
        .collect();
    let new = match row.cell(NEW) {
        Some(cell) if missing.is_empty() => cell.clone(),
        _ => return Err(format!("「{}」の欄が空いています。", missing.join("」「"))),
    };
    let wanted = wanted(row.text(SLOT), means)?;
    let owner = means.lexicon.owner(&format!("{} {}", row.text(DEPARTMENT), row.text(DIVISION)));
    let or_said = |read: String, said: &str| if read.is_empty() { said.to_owned() } else { read };
    Ok(Correction {
        department: or_said(owner.department, row.text(DEPARTMENT)),
        division: or_said(owner.division, row.text(DIVISION)),
        indicator: row.text(INDICATOR).to_owned(),
        wanted,
        label: row.text(SLOT).to_owned(),
        old: row.cell(OLD).cloned(),
        new,
        reason: row.text(REASON).to_owned(),
        by: row.text(BY).to_owned(),
        on: row.text(ON).to_owned(),
        place: row.place(NEW),
    })
}

/// `R2実績`, `令和3年度 目標`, `R3 第1四半期 実績（累計）`.
fn wanted(text: &str, means: &Means) -> Result<Wanted, String> {
    let unclear =
        || format!("「{text}」がどの年度のどの種類の値か分かりません。「R2実績」のように書いてください。");
    let header = read_header(text, Some(means.fiscal_year), means.vocabulary);
    let year = header.year.ok_or_else(unclear)?;
    match (header.kind, year.fiscal_year, year.assumed) {
        (Some(kind), Some(fiscal_year), None) => Ok(Wanted {
            kind,
            fiscal_year,
            span: year.span,
            month: year.month,
            basis: header.basis.or(year.basis),
        }),
        _ => Err(unclear()),
    }
}
