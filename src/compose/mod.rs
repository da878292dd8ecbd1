//! Stage 7: the normalised month → what is printed, once for both renderers.

mod book;
mod change_book;
mod change_words;
mod changes;
mod department;
mod errata;
mod figures;
pub mod form;
mod initiatives;
mod judgement_book;
mod judgements;
mod lists;
mod overview;
pub mod returns;
mod submissions;
pub mod words;

pub(crate) use figures::text as figure_text;

use crate::model::book::Book;
use crate::model::dataset::Dataset;
use crate::model::fiscal::Eras;
use crate::model::organisation::Department;
use crate::model::report::{Block, Document, Para};

/// Everything that a month prints.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// 部局別/… and 全庁概要.pdf.
    pub documents: Vec<Document>,
    /// 統合.xlsx.
    pub book: Book,
    /// 差戻し/….
    pub returns: Vec<returns::Return>,
    /// 正誤表.xlsx, of a corrected edition.
    pub errata: Option<Book>,
}

/// The reports of a month, departments in 建制順; those without any input have none.
pub fn compose(dataset: &Dataset, eras: &Eras) -> Report {
    let mut documents: Vec<Document> =
        reporting(dataset).map(|department| department::document(dataset, department, eras)).collect();
    documents.push(overview::document(dataset, eras));
    let corrected = dataset.edition > 0;
    documents.extend(corrected.then(|| errata::document(dataset, eras)));
    let errata = corrected.then(|| errata::book(dataset, eras));
    let returns = returns::returns(dataset, eras);
    Report { documents, book: book::book(dataset, eras), returns, errata }
}

/// The departments that have something to report.
fn reporting(dataset: &Dataset) -> impl Iterator<Item = &Department> {
    dataset.departments.iter().filter(|department| {
        let name = &department.name;
        dataset.indicators.iter().any(|i| i.main().department == *name)
            || dataset.initiatives.iter().any(|i| i.words().department == *name)
            || dataset.sections.iter().any(|line| line.department == *name)
    })
}

/// The planning section's comment (総括) on a department, or on the city where `department` is empty.
fn remarks(dataset: &Dataset, department: &str) -> Vec<Block> {
    let own = dataset.remarks.iter().filter(|remark| remark.department == department);
    let lines = own.flat_map(|remark| remark.text.lines()).map(str::trim).filter(|line| !line.is_empty());
    let mut blocks: Vec<Block> = lines.map(|line| Block::Paragraph(Para::plain(line))).collect();
    if !blocks.is_empty() {
        blocks.insert(
            0,
            Block::Heading {
                level: 1, text: "総括".to_owned(), note: String::new(), anchor: String::new()
            },
        );
    }
    blocks
}

/// What every page says at its top right: for whom it is, which edition, and 暫定 until the month is frozen.
fn markings(dataset: &Dataset) -> Vec<String> {
    let mut markings = vec!["内部資料".to_owned()];
    markings.extend((dataset.edition > 0).then(|| format!("訂正{}", dataset.edition)));
    markings.push(if dataset.frozen { "確定" } else { "暫定" }.to_owned());
    markings
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
