//! A sheet with a profile → its records: `locate` is not asked, the profile says where everything stands.

mod figures;
mod items;

use std::collections::BTreeMap;

use super::legend::Legends;
use super::{Located, Page, Records};
use crate::finding::{Code, Draft};
use crate::locate::layout::{Column, Layout, Purpose, Table};
use crate::locate::{Meaning, Slot, View};
use crate::model::place::CellRef;
use crate::model::sheet::{Sheet, Workbook};
use crate::normalise::Vocabulary;
use crate::normalise::vocabulary::Role;
use crate::normalise::year::YearReading;
use crate::profile::{Choice, Plan, PlannedFigure, Stand};

/// What the profiles say of a located sheet.
#[derive(Debug)]
pub enum Profiled<'a> {
    /// It is read by one.
    Read(Plan<'a>),
    /// It is not read, and a finding says why.
    Refused(Box<Draft>),
}

impl Profiled<'_> {
    /// Why the sheet is not read, in Japanese.
    pub fn refusal(&self) -> Option<String> {
        let Self::Refused(draft) = self else { return None };
        let detail = draft.values.get("detail").map_or("", String::as_str);
        Some(match draft.code {
            Code::ProfileConflict => format!("複数のプロファイルに当てはまる：{detail}"),
            _ => format!("プロファイルと様式が違う：{detail}"),
        })
    }
}

/// A choice among profiles as what comes of the sheet: `None` where it is read by its header words.
pub fn profiled<'a>(choice: Choice<'a>, workbook: &Workbook, sheet: &Sheet) -> Option<Profiled<'a>> {
    let draft = |code| Draft::new(code).in_sheet(&workbook.path, &sheet.name);
    Some(match choice {
        Choice::None => return None,
        Choice::One(plan) => Profiled::Read(plan),
        Choice::Moved { profile, at, raw, detail } => {
            let mut draft = draft(Code::ProfileMoved).raw(&raw).with("detail", detail);
            draft.cell = Some(at);
            Profiled::Refused(Box::new(draft.with("name", &profile.name)))
        }
        Choice::Several(profiles) => {
            let names: Vec<&str> = profiles.iter().map(|profile| profile.name.as_str()).collect();
            Profiled::Refused(Box::new(draft(Code::ProfileConflict).with("detail", names.join("、"))))
        }
    })
}

/// The rows of a sheet that a profile reads, as a layout: `inspect` tells it like any other table.
pub fn layout(plan: &Plan, view: &View, vocabulary: &Vocabulary) -> Layout {
    let rows = &plan.profile.rows;
    let found = records(plan, view, vocabulary);
    let bottom = found.rows.last().map_or(rows.first, |row| row + rows.height - 1);
    let columns = columns(plan, view);
    let (Some(first), Some(last)) = (columns.first(), columns.last()) else { return Layout::default() };
    let table = Table {
        turned: false,
        names: None,
        card: Vec::new(),
        top: rows.header.unwrap_or(rows.first),
        header_end: rows.header.unwrap_or(rows.first),
        bottom,
        start: first.start,
        end: last.end,
        purpose: Purpose { indicators: false, initiatives: false },
        reason: format!("プロファイル「{}」のとおりに読む表", plan.profile.name),
        rows: found.rows,
        left_out: found.left_out,
        columns,
    };
    Layout { tables: vec![table], ..Layout::default() }
}

/// The columns that a plan reads, left to right, with what it takes them for.
fn columns(plan: &Plan, view: &View) -> Vec<Column> {
    let mut known: BTreeMap<(u32, u32), Meaning> = BTreeMap::new();
    let mut put = |stand: Stand, meaning: Meaning| {
        if let Stand::Row(col, down) = stand {
            known.entry((col, down)).or_insert(meaning);
        }
    };
    let of = |role| Meaning { role: Some(role), ..Meaning::default() };
    for (role, stand) in &plan.columns {
        put(*stand, of(*role));
    }
    for indicator in &plan.indicators {
        let class = indicator.rule.class;
        let roles =
            [(Role::Indicator, indicator.name), (Role::Unit, indicator.unit), (Role::Note, indicator.note)];
        for (role, stand) in roles {
            put_some(&mut put, stand, Meaning { class, ..of(role) });
        }
        for PlannedFigure { stand, moment } in &indicator.figures {
            let year =
                moment.year.map(|year| YearReading { fiscal_year: Some(year), ..YearReading::default() });
            put(
                *stand,
                Meaning { year, kind: moment.kind, class, basis: moment.basis, ..Meaning::default() },
            );
        }
    }
    let row = plan.profile.rows.header;
    let words = |col| {
        row.and_then(|row| view.at(row, col))
            .map(|slot| slot.text().split_whitespace().collect::<Vec<_>>().join(" "))
    };
    let column = |((col, down), meaning): ((u32, u32), Meaning)| Column {
        start: col,
        end: col,
        words: words(col).into_iter().collect(),
        cell: CellRef::new(row.unwrap_or(plan.profile.rows.first + down), col),
        meaning,
    };
    known.into_iter().map(column).collect()
}

fn put_some(put: &mut impl FnMut(Stand, Meaning), stand: Option<Stand>, meaning: Meaning) {
    if let Some(stand) = stand {
        put(stand, meaning);
    }
}

/// Why a row is left out whose figures, if any, are told as unread.
const NAMELESS: &str = "名前の欄が空の行";
/// Why the last row looked at is left out.
const UNTIL: &str = "プロファイルの until の行とその下";

/// The first rows of the records, and the rows that hold none.
#[derive(Default)]
struct Rows {
    rows: Vec<u32>,
    left_out: Vec<(u32, &'static str)>,
}

/// Whether a row's key column says that the records end here.
fn ends(plan: &Plan, view: &View, row: u32) -> bool {
    let Some(Stand::Row(col, _)) = plan.key else { return false };
    let slot = view.at(row, col).filter(|slot| slot.starts_in(row));
    slot.is_some_and(|slot| plan.profile.rows.until.iter().any(|pattern| pattern.fits(slot.text())))
}

/// Finds the records: only rows that hold something are looked at.
fn records(plan: &Plan, view: &View, vocabulary: &Vocabulary) -> Rows {
    let rows = &plan.profile.rows;
    let mut found = Rows::default();
    let mut last = None;
    for (row, _) in view.rows().filter(|(row, _)| *row >= rows.first) {
        let start = rows.first + (row - rows.first) / rows.height * rows.height;
        // A closing line stands on any row of what would be a record.
        if ends(plan, view, row) {
            found.left_out.push((row, UNTIL));
            break;
        }
        if last.replace(start) == Some(start) {
            continue;
        }
        if rows.last.is_some_and(|last| start > last) {
            found.left_out.push((start, "プロファイルの最後の行より下"));
            break;
        }
        let slot = plan.key.and_then(|key| slot(view, key, start));
        let Some(slot) = slot else {
            found.left_out.push((start, NAMELESS));
            continue;
        };
        let text = slot.text();
        if vocabulary.is_total(text) || rows.skip.iter().any(|pattern| pattern.fits(text)) {
            found.left_out.push((start, "合計など、プロファイルで読まない行"));
            continue;
        }
        found.rows.push(start);
    }
    found
}

/// What a person sees at a place of a record.
fn slot<'v>(view: &'v View, stand: Stand, row: u32) -> Option<&'v Slot<'v>> {
    let at = stand.at(row);
    view.at(at.row, at.col)
}

/// One record while it is read.
struct Record<'p> {
    page: &'p Page<'p>,
    plan: &'p Plan<'p>,
    row: u32,
    /// Cells that go on from the record above.
    carried: &'p BTreeMap<Role, &'p Slot<'p>>,
    /// The legends of the sheet's marks.
    legends: &'p Legends,
}

impl<'p> Record<'p> {
    /// What stands in the column of a role.
    fn cell(&self, role: Role) -> Option<&'p Slot<'p>> {
        let stand = self.stand(role)?;
        slot(&self.page.located.view, stand, self.row).or_else(|| self.carried.get(&role).copied())
    }

    fn stand(&self, role: Role) -> Option<Stand> {
        self.plan.columns.iter().find(|(known, _)| *known == role).map(|(_, stand)| *stand)
    }

    /// The header over the column of a role.
    fn header(&self, role: Role) -> Option<&'p str> {
        let Stand::Row(col, _) = self.stand(role)? else { return None };
        Some(self.page.located.view.at(self.plan.profile.rows.header?, col)?.text())
    }

    /// The trimmed text in the column of a role; empty where nothing stands there.
    fn text(&self, role: Role) -> &'p str {
        self.cell(role).map_or("", |slot| slot.text().trim())
    }

    /// Department and division: the row's own, else the profile's, else the sheet's.
    fn owner(&self) -> (String, String) {
        let constant = &self.plan.profile.constant;
        let or = |own: &String, other: &String| if own.is_empty() { other.clone() } else { own.clone() };
        let context = self.page.context;
        let mut department = or(&constant.department, &context.department);
        let mut division = or(&constant.division, &context.division);
        for role in [Role::Owner, Role::Department, Role::Division] {
            let text = self.text(role);
            let owner = self.page.means.lexicon.owner(text);
            if !owner.department.is_empty() {
                department = owner.department;
            } else if role == Role::Department && !text.is_empty() {
                text.clone_into(&mut department);
            }
            if !owner.division.is_empty() {
                division = owner.division;
            } else if role == Role::Division && !text.is_empty() {
                text.clone_into(&mut division);
            }
        }
        (department, division)
    }
}

/// Reads all records of a sheet.
pub fn read(page: &Page, plan: &Plan, records: &mut Records) {
    let rows = self::records(plan, &page.located.view, page.means.vocabulary);
    let means = match &plan.profile.vocabulary {
        Some(vocabulary) => &page.means.with(vocabulary),
        None => page.means,
    };
    let page = Page { means, ..*page };
    let legends = Legends::of(page.located, means.vocabulary);
    let mut carried: BTreeMap<Role, &Slot> = BTreeMap::new();
    let mut tally = figures::Tally::default();
    let mut programs = items::Programs::default();
    for row in rows.rows {
        for (role, stand) in &plan.columns {
            if plan.profile.rows.carry.contains(role)
                && let Some(slot) = slot(&page.located.view, *stand, row)
            {
                carried.insert(*role, slot);
            }
        }
        let record = Record { page: &page, plan, row, carried: &carried, legends: &legends };
        figures::read(&record, &mut tally, records);
        items::read(&record, &mut programs, records);
    }
    tally.close(&page, records);
    for (row, _) in rows.left_out.iter().filter(|(_, reason)| *reason == NAMELESS) {
        let record = Record { page: &page, plan, row: *row, carried: &BTreeMap::new(), legends: &legends };
        figures::nameless(&record, records);
    }
}

/// Whether every record names its own department, so that the workbook need not.
pub fn owned(located: &[Located], records: &Records) -> bool {
    let planned = located.iter().any(|sheet| matches!(sheet.profiled, Some(Profiled::Read(_))));
    let mut departments = (records.indicators.iter().map(|i| &i.department))
        .chain(records.initiatives.iter().map(|i| &i.department));
    planned && !records.is_empty() && departments.all(|department| !department.is_empty())
}
