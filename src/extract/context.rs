//! Whose sheet it is and of which year: first found wins, in the order of the contract (a cell or title of the sheet,
//! another sheet of the workbook, the sheet's name, the file's name, the folder); disagreement is a finding.

use super::document::{self, Style};
use super::{Located, Means, Records, heading};
use crate::finding::{Code, Draft};
use crate::locate::meaning::Role;
use crate::model::fiscal::FiscalYear;
use crate::model::place::{CellRef, Place};
use crate::model::sheet::Workbook;
use crate::normalise::names::Owner;
use crate::normalise::text::{is_blank, is_close, is_open, key};
use crate::normalise::year;

/// Words of titles longer than this name no place.
const LONGEST_NAME: usize = 16;

/// A word in front of a colon that labels a place is no longer than this.
const LONGEST_LABEL: usize = 8;

/// Shorter words are no name that nobody lists.
const SHORTEST_NAME: usize = 3;

/// What holds for a whole sheet.
#[derive(Debug, Clone, Default)]
pub struct SheetContext {
    /// Department.
    pub department: String,
    /// Division.
    pub division: String,
    /// The fiscal year in its titles.
    pub fiscal_year: Option<FiscalYear>,
    /// The first columns and fiscal years of documents that stand beside one another.
    pub beside: Vec<(u32, FiscalYear)>,
}

impl SheetContext {
    /// The fiscal year of what stands in a column.
    pub fn year_at(&self, col: u32) -> Option<FiscalYear> {
        let own = self.beside.iter().rev().find(|(start, _)| *start <= col).or(self.beside.first());
        own.map(|(_, year)| *year).or(self.fiscal_year)
    }
}

/// One place that may name an owner.
struct Claim {
    owner: Owner,
    text: String,
    place: Option<Place>,
    whence: &'static str,
}

/// The contexts of a workbook's located sheets, and the workbook's own owner into `records`.
pub fn contexts(
    workbook: &Workbook,
    located: &[Located],
    means: &Means,
    records: &mut Records,
) -> Vec<SheetContext> {
    let titled: Vec<Titled> = located.iter().map(|sheet| Titled::of(sheet, means)).collect();
    let own: Vec<Vec<Claim>> = titled.iter().map(|titled| sheet_claims(workbook, titled, means)).collect();
    let outer = outer_claims(&workbook.path, means);
    let mut contexts = Vec::new();
    for (index, titled) in titled.iter().enumerate() {
        let name = &titled.sheet.sheet.name;
        let named = owner_in(name, means).map(|owner| Claim {
            owner,
            text: name.to_string(),
            place: None,
            whence: "シート名",
        });
        let others =
            own.iter().enumerate().filter(|(other, _)| *other != index).flat_map(|(_, claims)| claims);
        let mut owner = Owner::default();
        for claim in own[index].iter().chain(named.iter()) {
            settle(&mut owner, claim, means);
        }
        for claim in others.chain(outer.iter()) {
            fill(&mut owner, claim, means);
        }
        contradictions(&owner, own[index].first(), &outer, means, records);
        contexts.push(SheetContext {
            department: owner.department,
            division: owner.division,
            fiscal_year: fiscal_year(workbook, titled, means),
            beside: beside(titled, means),
        });
    }
    whole(&contexts, &outer, means, records);
    contexts
}

/// The workbook's owner: what its sheets agree on, else file and folder.
fn whole(contexts: &[SheetContext], outer: &[Claim], means: &Means, records: &mut Records) {
    let agreed = |of: fn(&SheetContext) -> &String| {
        let mut names = contexts.iter().map(of).filter(|name| !name.is_empty());
        let first = names.next().cloned().unwrap_or_default();
        if names.all(|name| *name == first) { first } else { String::new() }
    };
    let mut owner =
        Owner { department: agreed(|c| &c.department), division: agreed(|c| &c.division), listed: false };
    let divided = contexts.iter().any(|context| !context.division.is_empty()) && owner.division.is_empty();
    for claim in outer.iter().filter(|_| !divided) {
        fill(&mut owner, claim, means);
    }
    (records.department, records.division) = (owner.department, owner.division);
    if records.department.is_empty() && !contexts.is_empty() {
        records.drafts.push(Draft::new(Code::DepartmentUnknown).in_workbook(&records.workbook));
    }
}

/// Takes what is not yet known from a claim of the sheet itself.
fn settle(owner: &mut Owner, claim: &Claim, means: &Means) {
    if owner.department.is_empty() {
        owner.department.clone_from(&claim.owner.department);
    }
    if owner.division.is_empty() {
        owner.division.clone_from(&claim.owner.division);
    }
    complete(owner, means);
}

/// Takes what is not yet known from elsewhere: nothing over a sheet that names its department, and a department only
/// where the division does not speak against it.
fn fill(owner: &mut Owner, claim: &Claim, means: &Means) {
    let clash = !owner.division.is_empty()
        && !claim.owner.division.is_empty()
        && owner.division != claim.owner.division;
    if !owner.department.is_empty() || clash {
        return;
    }
    settle(owner, claim, means);
}

/// A listed division tells its department.
fn complete(owner: &mut Owner, means: &Means) {
    if owner.department.is_empty() && !owner.division.is_empty() {
        let mut homes =
            means.departments.iter().filter(|d| d.divisions.iter().any(|v| v.name == owner.division));
        if let (Some(home), None) = (homes.next(), homes.next()) {
            owner.department.clone_from(&home.name);
        }
    }
}

/// A cell that says one department and a file or folder that says another. An old name and the new one of the same
/// place do not contradict each other.
fn contradictions(
    owner: &Owner,
    claim: Option<&Claim>,
    outer: &[Claim],
    means: &Means,
    records: &mut Records,
) {
    let Some((claim, place)) = claim.and_then(|claim| Some((claim, claim.place.as_ref()?))) else { return };
    // 避難所 in a file's name ends like the name of a place; against one that is listed it does not count.
    let other = |other: &&Claim| other.owner.listed || !claim.owner.listed;
    let differs = |a: &str, b: &str| !a.is_empty() && !b.is_empty() && a != b;
    let now = |owner: &Owner| means.organisation.current(&owner.department, &owner.division);
    let today = now(owner);
    let other = outer.iter().filter(other).find(|other| {
        let other = now(&other.owner);
        differs(&other.department, &today.department) || differs(&other.division, &today.division)
    });
    if let Some(other) = other {
        let draft = Draft::new(Code::OwnerDiffers)
            .at(place)
            .raw(&claim.text)
            .reading(format!("{}{}", owner.department, owner.division));
        records.drafts.push(draft.with("where", other.whence).with("other", &other.text));
    }
}

/// Labelled cells first, then titles.
fn sheet_claims(workbook: &Workbook, titled: &Titled, means: &Means) -> Vec<Claim> {
    let sheet = titled.sheet;
    let grid = &sheet.sheet.grid;
    let place = |cell| Place { workbook: workbook.path.clone(), sheet: sheet.sheet.name.clone(), cell };
    let mut claims = Vec::new();
    for pair in &sheet.layout.pairs {
        let role = pair.meaning.role;
        let Some(cell) = pair.values.first().and_then(|at| grid.get(*at)) else { continue };
        let text = cell.text.trim();
        let Some(owner) = labelled(role, text, means) else { continue };
        claims.push(Claim {
            owner,
            text: text.to_owned(),
            place: pair.values.first().map(|at| place(*at)),
            whence: "セル",
        });
    }
    for (at, text) in &titled.titles {
        if let Some(owner) = owner_in(text, means) {
            claims.push(Claim { owner, text: (*text).to_owned(), place: Some(place(*at)), whence: "表題" });
        }
    }
    if claims.is_empty() {
        claims.extend(footers(sheet, means).map(|(at, text, owner)| Claim {
            owner,
            text: text.to_owned(),
            place: Some(place(at)),
            whence: "欄外",
        }));
    }
    claims
}

/// `作成：総務部総務課` somewhere on the sheet: a short word, a colon and a place that hoshin.toml lists.
fn footers<'a>(
    sheet: &'a Located,
    means: &'a Means,
) -> impl Iterator<Item = (CellRef, &'a str, Owner)> + use<'a> {
    sheet.layout.lines.iter().filter_map(|at| {
        let text = sheet.sheet.grid.get(*at)?.text.trim();
        let (word, name) = text.split_once([':', '：'])?;
        let owner = means.lexicon.owner(name);
        (owner.listed && word.chars().count() <= LONGEST_LABEL).then_some((*at, text, owner))
    })
}

/// Headings that name a division (【企画財政課】, ■政策創造課) on a sheet that has such headings for several divisions.
pub(super) struct DivisionHeadings(Vec<(u32, Owner)>);

impl DivisionHeadings {
    /// Those of a sheet.
    pub(super) fn of(sheet: &Located, means: &Means) -> Self {
        let around = |c: char| {
            is_blank(c)
                || is_open(c)
                || is_close(c)
                || heading::is_symbol(c)
                || c.is_numeric()
                || matches!(c, '.' | '．')
        };
        let owner = |at: &CellRef| {
            let text = sheet.sheet.grid.get(*at)?.text.trim_matches(around);
            let owner = means.lexicon.owner(text);
            (owner.listed && !owner.division.is_empty()).then_some((at.row, owner))
        };
        let all: Vec<(u32, Owner)> = sheet.layout.lines.iter().filter_map(owner).collect();
        let several = all.windows(2).any(|pair| pair[0].1 != pair[1].1);
        Self(if several { all } else { Vec::new() })
    }

    /// What the nearest one above a row names.
    pub(super) fn above(&self, row: u32) -> Option<Owner> {
        self.0.iter().rev().find(|(at, _)| *at < row).map(|(_, owner)| owner.clone())
    }
}

/// What a cell beside 部名, 課名 or 所属 says.
fn labelled(role: Option<Role>, text: &str, means: &Means) -> Option<Owner> {
    let owner = Some(means.lexicon.owner(text)).filter(is_named);
    let plain = |department: &str, division: &str| Owner {
        department: department.to_owned(),
        division: division.to_owned(),
        listed: false,
    };
    match role? {
        Role::Department => Some(match owner {
            Some(owner) if !owner.department.is_empty() => plain(&owner.department, &owner.division),
            _ => plain(text, ""),
        }),
        Role::Division => Some(match owner {
            Some(owner) if !owner.division.is_empty() => owner,
            _ => plain("", text),
        }),
        Role::Owner => owner,
        _ => None,
    }
}

fn is_named(owner: &Owner) -> bool {
    !owner.department.is_empty() || !owner.division.is_empty()
}

/// An owner within a title or a file's name: among its words, one that hoshin.toml lists, else one that is formed like
/// such a name.
fn owner_in(text: &str, means: &Means) -> Option<Owner> {
    let apart = |c: char| is_blank(c) || is_open(c) || is_close(c) || "_＿・／/、，,：:-－".contains(c);
    // 所管課 is a label, and nobody's name.
    let label = |word: &str| means.vocabulary.header.get(&key(word)).is_some();
    let read = |word: &str| {
        let owner = means.lexicon.owner(word);
        Some(owner).filter(|owner| is_named(owner) && (owner.listed || !label(word)))
    };
    let pieces: Vec<&str> = text.split(apart).filter(|word| !word.is_empty()).collect();
    let whole = pieces.windows(2).filter_map(|pair| read(&pair.concat())).find(|owner| owner.listed);
    let listed = || pieces.iter().filter_map(|word| read(word)).find(|owner| owner.listed);
    // 住所 ends like 事務所 and is no place of the organisation.
    let like_a_name = |word: &&&str| {
        (SHORTEST_NAME..=LONGEST_NAME).contains(&word.chars().count())
            && !word.chars().any(|c| c.is_ascii())
            && !names_a_thing(word, means)
    };
    let formed = || pieces.iter().filter(like_a_name).find_map(|word| read(word));
    whole.or_else(listed).or_else(|| means.lexicon.places().within(text)).or_else(formed)
}

/// 担当課 heads a column, and 市民会館 or 避難所 is more often what a sheet is about than who keeps it.
fn names_a_thing(word: &str, means: &Means) -> bool {
    let word = key(word);
    let ending = means.vocabulary.owner.suffix(&word).map(|(ending, _)| ending);
    let general = ending == Some("所") || word.ends_with(['館', '園', '校', '場', '院', '庁']);
    general || means.vocabulary.header.get(&word).is_some()
}

/// The department and division that a path names, for a workbook that cannot be opened.
pub fn owner_of_path(path: &str, means: &Means) -> (String, String) {
    let mut owner = Owner::default();
    for claim in outer_claims(path, means) {
        fill(&mut owner, &claim, means);
    }
    (owner.department, owner.division)
}

fn outer_claims(path: &str, means: &Means) -> Vec<Claim> {
    let mut parts: Vec<&str> = path.split('/').collect();
    let file = parts.pop().unwrap_or("");
    let file = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let file = std::iter::once((file, "ファイル名"));
    let folders = parts.into_iter().rev().map(|folder| (folder, "フォルダー名"));
    file.chain(folders)
        .filter_map(|(text, whence)| {
            let owner = owner_in(text, means)?;
            Some(Claim { owner, text: text.to_owned(), place: None, whence })
        })
        .collect()
}

/// A sheet with its titles.
struct Titled<'a> {
    sheet: &'a Located<'a>,
    titles: Vec<(CellRef, &'a str)>,
}

impl<'a> Titled<'a> {
    fn of(sheet: &'a Located<'a>, means: &Means) -> Self {
        Self { sheet, titles: titles(sheet, means).collect() }
    }
}

/// Loose short texts above everything else on the sheet.
fn titles<'a>(sheet: &'a Located, means: &Means) -> impl Iterator<Item = (CellRef, &'a str)> + use<'a> {
    let layout = &sheet.layout;
    let tables = layout.tables.iter().map(|table| table.range().0.row);
    let blocks = layout.blocks.iter().filter_map(|block| block.pairs.first()).map(|pair| pair.label.row);
    let lines = document::lines(sheet, means.vocabulary);
    let headings = document::headings(&lines, true, means.vocabulary);
    // The document's own title may read like a heading.
    let chapters = headings
        .iter()
        .filter_map(|(index, _)| lines.get(*index))
        .filter(|line| Style::of(&line.text) != Style::Plain);
    let chapters: Vec<u32> = chapters.map(|line| line.at.row).collect();
    let first = tables.chain(blocks).chain(chapters).min().unwrap_or(u32::MAX);
    layout.lines.iter().filter(move |at| at.row < first).filter_map(|at| {
        let text = sheet.sheet.grid.get(*at)?.text.trim();
        (text.chars().count() <= 60 && !text.ends_with('。')).then_some((*at, text))
    })
}

/// Titles in one row that name different fiscal years: each heads the columns below it.
fn beside(titled: &Titled, means: &Means) -> Vec<(u32, FiscalYear)> {
    let read = |text: &str| year::read_year(text, Some(means.fiscal_year), means.vocabulary)?.fiscal_year;
    let dated: Vec<(CellRef, FiscalYear)> =
        titled.titles.iter().filter_map(|(at, text)| Some((*at, read(text)?))).collect();
    let rows = dated.chunk_by(|a, b| a.0.row == b.0.row);
    let apart = |row: &&[(CellRef, FiscalYear)]| row.windows(2).all(|pair| pair[0].1 != pair[1].1);
    let row = rows.filter(|row| row.len() > 1).find(apart);
    row.map_or_else(Vec::new, |row| row.iter().map(|(at, year)| (at.col, *year)).collect())
}

/// The first title, or cell labelled 年度, that names a fiscal year; else the sheet's, the file's or a folder's name.
fn fiscal_year(workbook: &Workbook, titled: &Titled, means: &Means) -> Option<FiscalYear> {
    let sheet = titled.sheet;
    let labelled = sheet.layout.pairs.iter().filter(|pair| pair.meaning.role == Some(Role::FiscalYear));
    let labelled =
        labelled.filter_map(|pair| sheet.sheet.grid.get(*pair.values.first()?)).map(|cell| &*cell.text);
    let path = workbook.path.rsplit_once('.').map_or(&*workbook.path, |(stem, _)| stem);
    let outer = std::iter::once(&*sheet.sheet.name).chain(path.rsplit('/'));
    let texts = labelled.chain(titled.titles.iter().map(|(_, text)| *text)).chain(outer);
    texts
        .into_iter()
        .find_map(|text| year::read_year(text, Some(means.fiscal_year), means.vocabulary)?.fiscal_year)
}
