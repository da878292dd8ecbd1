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
mod shades;
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
use returns::Return;

/// A month on its way to paper. Each piece is composed when it is asked for, so that no more than what is being rendered
/// lies in memory.
pub struct Composer<'a> {
    dataset: &'a Dataset,
    eras: &'a Eras,
    plan: &'a Plan,
    /// What the council may know; only where it gets a document.
    outside: Option<Dataset>,
}

impl<'a> Composer<'a> {
    /// The reports of a month as its template plans them.
    pub fn new(dataset: &'a Dataset, eras: &'a Eras, plan: &'a Plan) -> Self {
        let council = plan.documents.iter().any(|one| one.write && one.edition == Edition::Council);
        Self { dataset, eras, plan, outside: council.then(|| outside::outside(dataset)) }
    }

    /// The departments that have something to report, in 建制順; the others have no documents.
    pub fn departments(&self) -> Vec<&'a Department> {
        reporting(self.dataset).collect()
    }

    /// The documents of a department, in the template's order: for each department as many.
    pub fn of_department(&self, department: &Department) -> Vec<Document> {
        let mut documents: Vec<_> =
            self.planned(Scope::Department).map(|one| self.document(one, Some(department))).collect();
        links::settle(&mut documents, &BTreeSet::new());
        documents
    }

    /// The documents of the city, and 正誤表.pdf of a corrected edition. `elsewhere` has the headings of the departments'
    /// documents, to which they lead: a document's path and the heading's anchor.
    pub fn of_city(&self, elsewhere: &BTreeSet<(String, String)>) -> Vec<Document> {
        let mut documents: Vec<_> = self.planned(Scope::City).map(|one| self.document(one, None)).collect();
        links::settle(&mut documents, elsewhere);
        documents.extend(self.is_corrected().then(|| errata::document(self.dataset, self.eras)));
        documents
    }

    /// How many documents there are.
    pub fn count(&self) -> usize {
        let own = self.planned(Scope::Department).count() * self.departments().len();
        own + self.planned(Scope::City).count() + usize::from(self.is_corrected())
    }

    /// 統合.xlsx.
    pub fn book(&self) -> Book {
        book::book(self.dataset, self.eras)
    }

    /// 正誤表.xlsx, of a corrected edition.
    pub fn errata(&self) -> Option<Book> {
        self.is_corrected().then(|| errata::book(self.dataset, self.eras))
    }

    /// 差戻し/….
    pub fn returns(&self) -> Vec<Return> {
        returns::returns(self.dataset, self.eras)
    }

    fn is_corrected(&self) -> bool {
        self.dataset.edition > 0
    }

    fn planned(&self, scope: Scope) -> impl Iterator<Item = &'a DocumentPlan> {
        self.plan.documents.iter().filter(move |document| document.write && document.scope == scope)
    }

    fn document(&self, plan: &DocumentPlan, department: Option<&Department>) -> Document {
        let outside = self.outside.as_ref().filter(|_| plan.edition == Edition::Council);
        document(outside.unwrap_or(self.dataset), self.eras, self.plan, plan, department)
    }
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
