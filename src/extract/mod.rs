//! Between stages 3 and 4: what `locate` found, read by `normalise`, becomes records that carry their cells.
//!
//! `normalise` knows no positions and `locate` no values; here each reading gets the cell it came from.

mod axes;
mod cells;
mod context;
mod document;
mod excerpts;
mod figures;
pub mod heading;
mod indicators;
mod initiatives;
mod legend;
mod looks;
mod names;
mod profiled;
mod rates;
mod sections;
mod sums;
mod units;

use std::collections::BTreeSet;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use self::legend::{Explained, Legends};
use crate::config::Config;
use crate::doubt::{self, Grounds};
use crate::finding::{Code, Draft, Excerpts};
use crate::locate::{Clues, Layout, Table, View, locate};
use crate::model::fiscal::{FiscalYear, Period};
use crate::model::indicator::IndicatorSource;
use crate::model::initiative::InitiativeSource;
use crate::model::organisation::{Department, Organisation};
use crate::model::place::{CellRef, Place};
use crate::model::section::SectionLine;
use crate::model::sheet::{Sheet, Workbook};
use crate::normalise::Vocabulary;
use crate::normalise::lexicon::Lexicon;
use crate::normalise::names::Places;
use crate::normalise::text::canonical_name;
use crate::profile::{self, Profile};

pub use context::{SheetContext, owner_of_path};
pub use profiled::Profiled;

/// What one workbook says.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Records {
    /// Path relative to the input folder.
    pub workbook: String,
    /// The department that it speaks for, where one was found.
    pub department: String,
    /// The division that it speaks for, where one was found.
    pub division: String,
    /// Indicators in reading order.
    pub indicators: Vec<IndicatorSource>,
    /// Initiatives in reading order.
    pub initiatives: Vec<InitiativeSource>,
    /// Lines of policy documents in reading order.
    pub sections: Vec<SectionLine>,
    /// What must be looked at.
    pub drafts: Vec<Draft>,
    /// The rows that hold records or findings, as a person sees them.
    pub excerpts: Excerpts,
    /// Numbers typed as text, until [`sums`] has told them.
    pub(crate) as_text: Vec<Place>,
}

impl Records {
    /// All departments and divisions that it names, its own first.
    pub fn owners(&self) -> impl Iterator<Item = (&str, &str)> {
        let own = std::iter::once((self.department.as_str(), self.division.as_str()));
        let indicators = self.indicators.iter().map(|i| (i.department.as_str(), i.division.as_str()));
        let initiatives = self.initiatives.iter().map(|i| (i.department.as_str(), i.division.as_str()));
        own.chain(indicators).chain(initiatives)
    }

    /// Whether anything was recognised in it.
    pub fn is_empty(&self) -> bool {
        self.indicators.is_empty() && self.initiatives.is_empty() && self.sections.is_empty()
    }
}

/// What readings are made with.
#[derive(Debug, Clone)]
pub struct Means<'a> {
    /// Words.
    pub vocabulary: &'a Vocabulary,
    /// How stubborn layouts are read.
    pub profiles: &'a [Profile],
    /// hoshin.toml's departments and divisions, with names of other times that sheets may still carry.
    pub departments: &'a [Department],
    /// What became of them.
    pub organisation: &'a Organisation,
    /// The canonical names of hoshin.toml's indicators: a table with one of them needs no word such as 実績 to be one
    /// of indicators.
    pub listed: Arc<BTreeSet<String>>,
    /// What texts mean in these words.
    pub lexicon: Arc<Lexicon<'a>>,
    /// The month that is reported on.
    pub period: Period,
    /// Its fiscal year.
    pub fiscal_year: FiscalYear,
}

impl<'a> Means<'a> {
    /// What a city reads a month with.
    pub fn new(
        config: &'a Config,
        vocabulary: &'a Vocabulary,
        profiles: &'a [Profile],
        organisation: &'a Organisation,
    ) -> Self {
        let (departments, period) = (&organisation.readable, organisation.period);
        let fiscal_year = period.fiscal_year();
        let names =
            config.indicators.iter().flat_map(|rule| std::iter::once(&rule.name).chain(&rule.aliases));
        let listed = Arc::new(names.map(|name| canonical_name(name)).collect());
        let places = Arc::new(Places::of(departments));
        let lexicon = Arc::new(Lexicon::new(vocabulary, fiscal_year, places));
        Self { vocabulary, profiles, departments, organisation, listed, lexicon, period, fiscal_year }
    }

    /// The same with other words.
    #[must_use]
    pub fn with<'b>(&self, vocabulary: &'b Vocabulary) -> Means<'b>
    where
        'a: 'b,
    {
        let Self { profiles, departments, organisation, period, fiscal_year, .. } = *self;
        let (listed, lexicon) = (Arc::clone(&self.listed), Arc::new(self.lexicon.with(vocabulary)));
        Means { vocabulary, profiles, departments, organisation, listed, lexicon, period, fiscal_year }
    }
}

/// A visible sheet with what was found on it.
#[derive(Debug)]
pub struct Located<'a> {
    /// The sheet.
    pub sheet: &'a Sheet,
    /// What a person sees of it.
    pub view: View<'a>,
    /// The same with rows and columns exchanged, where a table needs it.
    pub turned: Option<View<'a>>,
    /// What it consists of.
    pub layout: Layout,
    /// What a profile says of it; `None` where none is for it.
    pub profiled: Option<Profiled<'a>>,
}

impl<'a> Located<'a> {
    /// The view whose rows and columns a table counts in.
    pub fn view_of(&self, table: &Table) -> &View<'a> {
        self.turned.as_ref().filter(|_| table.turned).unwrap_or(&self.view)
    }
}

/// A workbook's visible sheets, located.
pub fn locate_all<'a>(workbook: &'a Workbook, means: &Means<'a>) -> Vec<Located<'a>> {
    let visible = workbook.sheets.iter().filter(|sheet| !sheet.hidden);
    visible
        .map(|sheet| {
            let view = View::new(&sheet.grid);
            let choice = profile::choose(means.profiles, &workbook.path, sheet, &view, means.vocabulary);
            let profiled = profiled::profiled(choice, workbook, sheet);
            let Means { period, vocabulary, listed, lexicon, .. } = means;
            let clues = Clues { sheet: &sheet.name, period: *period, vocabulary, listed, lexicon };
            let layout = match &profiled {
                None => locate(&view, &clues),
                Some(Profiled::Read(plan)) => profiled::layout(plan, &view, means.vocabulary),
                Some(Profiled::Refused(_)) => Layout::default(),
            };
            let turned = layout.tables.iter().any(|table| table.turned);
            let turned = turned.then(|| view.turned(0..=view.last_row().unwrap_or(0), |_| false));
            Located { sheet, view, turned, layout, profiled }
        })
        .collect()
}

/// Reads a workbook's records.
pub fn extract(workbook: &Workbook, means: &Means) -> Records {
    extract_located(workbook, &locate_all(workbook, means), means)
}

/// Reads the records of a workbook whose visible sheets are located: those that [`locate_all`] gives for it.
pub fn extract_located(workbook: &Workbook, located: &[Located], means: &Means) -> Records {
    let mut records = Records { workbook: workbook.path.to_string(), ..Records::default() };
    for limit in &workbook.limits {
        records.drafts.push(Draft::new(Code::FormatLimits).in_workbook(&workbook.path).with("detail", limit));
    }
    for sheet in workbook.sheets.iter().filter(|sheet| sheet.hidden && !sheet.grid.is_empty()) {
        let draft = Draft::new(Code::SheetHidden).in_sheet(&workbook.path, &sheet.name);
        records.drafts.push(draft.with("name", &*sheet.name));
    }
    let contexts = context::contexts(workbook, located, means, &mut records);
    let legends: Vec<Legends> = located.iter().map(|sheet| Legends::of(sheet, means.vocabulary)).collect();
    for (index, (located, context)) in located.iter().zip(&contexts).enumerate() {
        let explained = Explained { all: &legends, own: index };
        let page = Page { workbook, located, context, means };
        match &located.profiled {
            None => {
                let titles = sections::read(&page, &mut records);
                indicators::read(&page, &titles, &mut records);
                rates::check(&page, &mut records);
                units::zeros(&page, &mut records);
                initiatives::read(&page, &explained, &mut records);
            }
            Some(Profiled::Read(plan)) => profiled::read(&page, plan, &mut records),
            Some(Profiled::Refused(draft)) => records.drafts.push((**draft).clone()),
        }
        unseen(&page, &mut records);
    }
    let grounds = Grounds { vocabulary: means.vocabulary, fiscal_year: means.fiscal_year };
    records.drafts.extend(doubt::doubts(&records.indicators, &grounds));
    for (located, context) in located.iter().zip(&contexts) {
        let page = Page { workbook, located, context, means };
        looks::notes(&page, &mut records);
        excerpts::keep(&page, &mut records);
    }
    sums::finding(&mut records, &means.vocabulary.eras);
    if profiled::owned(located, &records) {
        records.drafts.retain(|draft| draft.code != Code::DepartmentUnknown);
    }
    for draft in &mut records.drafts {
        if draft.department.is_empty() {
            draft.department.clone_from(&records.department);
            draft.division.clone_from(&records.division);
        }
    }
    records
}

/// A sheet while its records are read.
#[derive(Debug, Clone, Copy)]
struct Page<'a> {
    workbook: &'a Workbook,
    located: &'a Located<'a>,
    context: &'a SheetContext,
    means: &'a Means<'a>,
}

impl Page<'_> {
    /// A cell's place.
    fn place(&self, cell: CellRef) -> Place {
        let (workbook, sheet) = (self.workbook.path.clone(), self.located.sheet.name.clone());
        Place { workbook, sheet, cell }
    }

    /// The view whose rows and columns a table counts in.
    fn view(&self, table: &Table) -> &View<'_> {
        self.located.view_of(table)
    }

    /// The text that a person sees in a cell.
    fn text(&self, at: CellRef) -> &str {
        self.located.sheet.grid.get(at).map_or("", |cell| &*cell.text)
    }
}

/// What a person cannot see is not read, and said so once a sheet.
fn unseen(page: &Page, records: &mut Records) {
    let layout = &page.located.layout;
    let ranges: Vec<_> = layout.tables.iter().map(crate::locate::Table::range).collect();
    let in_table = |row: u32| ranges.iter().any(|(from, to)| (from.row..=to.row).contains(&row));
    let rows: Vec<String> = page
        .located
        .view
        .hidden_rows
        .iter()
        .filter(|row| in_table(**row))
        .map(|row| format!("{}行", row + 1))
        .collect();
    let sheet = (&*page.workbook.path, &*page.located.sheet.name);
    if !rows.is_empty() {
        let draft = Draft::new(Code::RowHidden).in_sheet(sheet.0, sheet.1);
        records.drafts.push(draft.with("detail", rows.join("、")));
    }
    let columns: Vec<String> = (page.located.sheet.grid.hidden_cols.iter())
        .filter(|col| ranges.iter().any(|(from, to)| (from.col..=to.col).contains(col)))
        .map(|col| format!("{}列", crate::model::place::column_letters(*col)))
        .collect();
    if !columns.is_empty() {
        let draft = Draft::new(Code::ColumnHidden).in_sheet(sheet.0, sheet.1);
        records.drafts.push(draft.with("detail", columns.join("、")));
    }
    for row in page.located.view.struck.chunk_by(|a, b| a.row == b.row) {
        let Some((first, rest)) = row.split_first() else { continue };
        let raw = row.iter().map(|at| page.text(*at).trim()).collect::<Vec<_>>().join("　");
        let draft = Draft::new(Code::StruckOut).at(&page.place(*first)).raw(&raw);
        records.drafts.push(rest.iter().fold(draft, |draft, at| draft.related(&page.place(*at))));
    }
}
