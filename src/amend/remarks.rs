//! 総括.xlsx: a comment for each department and for the city.

use super::Amendments;
use super::rows::{Head, rows};
use crate::extract::Means;
use crate::finding::{Code, Draft};
use crate::model::amendment::Remark;
use crate::model::sheet::Workbook;
use crate::normalise::text::key;

pub(super) const HEADS: [Head; 2] = [
    Head { name: "部局", others: &["部", "部局名", "部名", "対象"], needed: true },
    Head {
        name: "総括", others: &["コメント", "総括コメント", "内容", "所見"], needed: true
    },
];

/// What stands for the city as a whole.
pub const WHOLE_CITY: &str = "全庁";

/// What people write for it.
const CITY: [&str; 5] = ["", WHOLE_CITY, "市全体", "市", "全体"];

pub(super) fn read(workbook: &Workbook, means: &Means) -> Amendments {
    let mut found = Amendments::default();
    for row in rows(workbook, &HEADS, &mut found.drafts) {
        let (whom, text) = (row.text(0), row.text(1));
        if text.is_empty() {
            continue;
        }
        let city = CITY.iter().any(|word| key(word) == key(whom));
        let department = if city { String::new() } else { means.lexicon.owner(whom).department };
        let listed = means.departments.iter().any(|known| known.name == department);
        if !city && !listed {
            let draft = Draft::new(Code::RemarkUnplaced).at(&row.place(0)).raw(whom);
            found.drafts.push(draft.with("name", whom));
            continue;
        }
        found.remarks.push(Remark { department, text: text.to_owned(), place: row.place(1) });
    }
    found
}
