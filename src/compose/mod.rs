//! Stage 7: the normalised month → what is printed, once for both renderers.

mod blocks;
mod book;
mod change_book;
mod change_words;
mod desk;
mod errata;
mod fields;
mod figures;
pub mod form;
mod judgement_book;
mod judgements;
mod links;
mod lists;
mod notes;
mod outside;
pub(crate) mod plan;
pub mod returns;
mod submissions;
pub mod words;

pub(crate) use figures::text as figure_text;
pub use plan::Plan;

use std::collections::BTreeSet;

use crate::discover::sha256;
use crate::model::book::Book;
use crate::model::dataset::Dataset;
use crate::model::fiscal::Eras;
use crate::model::organisation::Department;
use crate::model::report::Document;
use crate::publish::safe_name;
use desk::Desk;
use plan::{DocumentPlan, Edition, Scope};

/// Everything that a month prints.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// The documents of report.toml, departments' before the city's, and 正誤表.pdf of a corrected edition.
    pub documents: Vec<Document>,
    /// 統合.xlsx.
    pub book: Book,
    /// 差戻し/….
    pub returns: Vec<returns::Return>,
    /// 正誤表.xlsx, of a corrected edition.
    pub errata: Option<Book>,
}

/// The reports of a month, departments in 建制順; those without any input have none.
pub fn compose(dataset: &Dataset, eras: &Eras, plan: &Plan) -> Report {
    let written = |scope: Scope| {
        plan.documents.iter().filter(move |document| document.write && document.scope == scope)
    };
    let council = |document: &DocumentPlan| document.edition == Edition::Council;
    let outside =
        plan.documents.iter().any(|one| one.write && council(one)).then(|| outside::outside(dataset));
    let readable = |document| outside.as_ref().filter(|_| council(document)).unwrap_or(dataset);
    let mut documents = Vec::new();
    for document in written(Scope::Department) {
        let month = readable(document);
        let own = reporting(month).map(Some);
        documents.extend(own.map(|department| self::document(month, eras, plan, document, department)));
    }
    documents.extend(written(Scope::City).map(|city| document(readable(city), eras, plan, city, None)));
    links::settle(&mut documents);
    let corrected = dataset.edition > 0;
    documents.extend(corrected.then(|| errata::document(dataset, eras)));
    let errata = corrected.then(|| errata::book(dataset, eras));
    let returns = returns::returns(dataset, eras);
    Report { documents, book: book::book(dataset, eras), returns, errata }
}

/// One copy of a document of the template.
fn document(
    dataset: &Dataset,
    eras: &Eras,
    plan: &Plan,
    document: &DocumentPlan,
    department: Option<&Department>,
) -> Document {
    let desk = Desk::new((dataset, eras, plan), document, department);
    let name = department.map_or("", |department| &department.name);
    Document {
        path: path(document, dataset, name),
        department: name.to_owned(),
        title: desk.filled(&document.title),
        subtitle: desk.filled(&document.subtitle),
        author: dataset.publisher.clone(),
        running_title: desk.filled(&document.running),
        markings: markings(dataset, &desk.filled(&document.marking)),
        footer: desk.filled(&document.footer),
        as_of: dataset.as_of,
        paper: document.paper.map(Into::into),
        look: document.look.clone(),
        blocks: blocks::named(&desk, &document.content),
    }
}

/// Where a department's copy of a document stands below the month's folder.
fn path(document: &DocumentPlan, dataset: &Dataset, department: &str) -> String {
    document.path.replace("{部}", &file_name(dataset, department))
}

/// The name of a department's files: its own, which no department before it has, also where case does not count.
fn file_name(dataset: &Dataset, department: &str) -> String {
    let mut taken = BTreeSet::new();
    let mut names = dataset.departments.iter().map(|one| (&one.name, free_name(&one.name, &mut taken)));
    names.find(|(name, _)| *name == department).map_or_else(|| safe_name(department), |(_, name)| name)
}

/// A file name that is not taken, also where case does not count.
fn free_name(wanted: &str, taken: &mut BTreeSet<String>) -> String {
    let name = safe_name(wanted);
    let own = if taken.contains(&name.to_lowercase()) {
        format!("{name}～{}", &sha256(wanted.as_bytes())[..6])
    } else {
        name
    };
    taken.insert(own.to_lowercase());
    own
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

/// What every page says at its top right: for whom it is, which edition, and 暫定 until the month is frozen.
fn markings(dataset: &Dataset, reader: &str) -> Vec<String> {
    let mut markings: Vec<String> = (!reader.is_empty()).then(|| reader.to_owned()).into_iter().collect();
    markings.extend((dataset.edition > 0).then(|| format!("訂正{}", dataset.edition)));
    markings.push(if dataset.frozen { "確定" } else { "暫定" }.to_owned());
    markings
}

/// `令和3年5月`.
fn month(dataset: &Dataset, eras: &Eras) -> String {
    let day = dataset.period.last_day();
    day.map_or_else(|| dataset.period.to_string(), |day| eras.month(dataset.period, day))
}

/// `令和3年5月末時点`, or what a late run must say instead.
fn as_of(dataset: &Dataset, eras: &Eras) -> String {
    let month = month(dataset, eras);
    if dataset.late {
        format!("{month}分・{}時点の台帳による", eras.day(dataset.as_of))
    } else {
        format!("{month}末時点")
    }
}
