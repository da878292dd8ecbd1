//! Stage 7: the normalised month → what is printed, once for both renderers.

mod book;
mod change_book;
mod change_words;
mod changes;
mod department;
mod figures;
pub mod form;
mod initiatives;
mod lists;
mod overview;
pub mod returns;
mod submissions;
pub mod words;

use crate::model::dataset::Dataset;
use crate::model::fiscal::Eras;
use crate::model::report::{Book, Document};

/// Everything that a month prints.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// 部局別/… and 全庁概要.pdf.
    pub documents: Vec<Document>,
    /// 統合.xlsx.
    pub book: Book,
    /// 差戻し/….
    pub returns: Vec<returns::Return>,
}

/// The reports of a month, departments in 建制順; those without any input have none.
pub fn compose(dataset: &Dataset, eras: &Eras) -> Report {
    let reporting = dataset.departments.iter().filter(|department| {
        let name = &department.name;
        dataset.indicators.iter().any(|i| i.main().department == *name)
            || dataset.initiatives.iter().any(|i| i.words().department == *name)
            || dataset.sections.iter().any(|line| line.department == *name)
    });
    let mut documents: Vec<Document> =
        reporting.map(|department| department::document(dataset, department, eras)).collect();
    documents.push(overview::document(dataset, eras));
    Report { documents, book: book::book(dataset, eras), returns: returns::returns(dataset, eras) }
}

/// `（令和3年5月末時点）`, or what a late run must say instead.
fn as_of(dataset: &Dataset, eras: &Eras) -> String {
    let month = dataset.period.last_day().map_or_else(String::new, |day| eras.month(dataset.period, day));
    if dataset.late {
        format!("{month}分・{}時点の台帳による", eras.day(dataset.as_of))
    } else {
        format!("{month}末時点")
    }
}
