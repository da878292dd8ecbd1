//! Which profile a sheet is read by, whether the sheet still looks as the profile expects, and where things stand then.

use std::collections::BTreeSet;
use std::fmt::Write;

use super::spot::{Column, Pattern, Spot};
use super::{Group, IndicatorRule, Moment, Name, Profile, When};
use crate::locate::View;
use crate::model::place::{CellRef, column_letters};
use crate::model::sheet::{Grid, Sheet};
use crate::normalise::Vocabulary;
use crate::normalise::text::key;
use crate::normalise::vocabulary::Role;
use crate::normalise::year::read_year;

/// Marks by their words alone are looked for in so many rows from the top.
pub const HEAD_ROWS: u32 = 20;

/// What the profiles make of a sheet.
#[derive(Debug)]
pub enum Choice<'a> {
    /// No profile is for it: it is read by its header words.
    None,
    /// One is, and the sheet looks as it expects.
    One(Plan<'a>),
    /// One is, but the sheet looks otherwise: nothing is read.
    Moved {
        /// The profile.
        profile: &'a Profile,
        /// The first cell that differs.
        at: CellRef,
        /// What stands there.
        raw: String,
        /// All that differs, in Japanese.
        detail: String,
    },
    /// Several are: nothing is read.
    Several(Vec<&'a Profile>),
}

/// A profile with its columns found on one sheet.
#[derive(Debug)]
pub struct Plan<'a> {
    /// The profile.
    pub profile: &'a Profile,
    /// What the columns of a record are.
    pub columns: Vec<(Role, Stand)>,
    /// What must not be blank in a record.
    pub key: Option<Stand>,
    /// The indicators of a record.
    pub indicators: Vec<PlannedIndicator<'a>>,
}

/// An indicator with its columns found.
#[derive(Debug)]
pub struct PlannedIndicator<'a> {
    /// What the profile says.
    pub rule: &'a IndicatorRule,
    /// Where its name stands, unless the profile says it.
    pub name: Option<Stand>,
    /// Where its unit stands.
    pub unit: Option<Stand>,
    /// Where its 備考 stands.
    pub note: Option<Stand>,
    /// Where its figures stand, all blocks.
    pub figures: Vec<PlannedFigure>,
}

/// A figure's place and what the profile says of it.
#[derive(Debug, Clone, Copy)]
pub struct PlannedFigure {
    /// Where it stands.
    pub stand: Stand,
    /// Year, kind …
    pub moment: Moment,
}

/// A place within a record, or one for all records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stand {
    /// A column, and so many rows below the record's first one.
    Row(u32, u32),
    /// The same cell for all records.
    Cell(CellRef),
}

impl Stand {
    /// The address in the record whose first row is `row`.
    pub fn at(self, row: u32) -> CellRef {
        match self {
            Self::Row(col, down) => CellRef::new(row.saturating_add(down), col),
            Self::Cell(at) => at,
        }
    }
}

/// Chooses among the profiles for a sheet of the workbook at `path`.
pub fn choose<'a>(
    profiles: &'a [Profile],
    path: &str,
    sheet: &Sheet,
    view: &View,
    vocabulary: &Vocabulary,
) -> Choice<'a> {
    let fitting: Vec<&Profile> = profiles.iter().filter(|profile| fits(&profile.when, path, sheet)).collect();
    let own: Vec<&Profile> = fitting.iter().copied().filter(|profile| !profile.shipped).collect();
    let fitting = if own.is_empty() { fitting } else { own };
    match fitting.as_slice() {
        [] => Choice::None,
        [profile] => plan(profile, sheet, view, vocabulary),
        _ => Choice::Several(fitting),
    }
}

fn fits(when: &When, path: &str, sheet: &Sheet) -> bool {
    let file = path.rsplit('/').next().unwrap_or(path);
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let named = |pattern: &Pattern| pattern.fits(file) || pattern.fits(stem);
    let head = |pattern: &Pattern| {
        let cells = sheet.grid.cells().take_while(|(at, _)| at.row < HEAD_ROWS);
        cells.into_iter().any(|(_, cell)| pattern.fits(&cell.text))
    };
    when.file.as_ref().is_none_or(named)
        && when.sheet.as_ref().is_none_or(|pattern| pattern.fits(&sheet.name))
        && when.cells.iter().all(|(at, pattern)| pattern.fits(text(&sheet.grid, *at)))
        && when.words.iter().all(head)
}

/// The text at an address, of a merged range its content.
fn text(grid: &Grid, at: CellRef) -> &str {
    grid.get(grid.anchor(at)).map_or("", |cell| cell.text.trim())
}

/// What a sheet shows otherwise than the profile expects.
struct Differences(Vec<(CellRef, String, String)>);

impl Differences {
    fn add(&mut self, at: CellRef, raw: &str, words: String) {
        self.0.push((at, raw.to_owned(), words));
    }
}

fn plan<'a>(profile: &'a Profile, sheet: &Sheet, view: &View, vocabulary: &Vocabulary) -> Choice<'a> {
    let mut differences = Differences(Vec::new());
    for (at, pattern) in &profile.expect {
        let found = text(&sheet.grid, *at);
        if !pattern.fits(found) {
            differences.add(
                *at,
                found,
                format!("{at} は「{pattern}」のはずですが、「{}」です", one_line(found)),
            );
        }
    }
    let mut finder = Finder { profile, view, vocabulary, differences };
    let columns =
        profile.columns.iter().filter_map(|(role, spot)| Some((*role, finder.stand(spot, None)?))).collect();
    let key = profile.rows.key.as_ref().and_then(|spot| finder.stand(spot, None));
    let mut indicators = Vec::new();
    for group in &profile.figures {
        for rule in &group.indicators {
            indicators.push(finder.indicator(group, rule));
        }
    }
    finder.twice(&indicators);
    let mut differences = finder.differences.0;
    differences.sort_by_key(|(at, ..)| *at);
    let mut detail =
        differences.iter().map(|(.., words)| words.as_str()).take(2).collect::<Vec<_>>().join("。");
    if differences.len() > 2 {
        _ = write!(detail, "（ほか{}か所）", differences.len() - 2);
    }
    match differences.into_iter().next() {
        Some((at, raw, _)) => Choice::Moved { profile, at, raw, detail },
        None => Choice::One(Plan { profile, columns, key, indicators }),
    }
}

/// Finds columns by their headers, and sees that repeated blocks carry the same headers.
struct Finder<'a, 'v> {
    profile: &'a Profile,
    view: &'v View<'v>,
    vocabulary: &'v Vocabulary,
    differences: Differences,
}

impl<'a> Finder<'a, '_> {
    /// Where a spot stands; of a header's words within some columns, if so given.
    fn stand(&mut self, spot: &Spot, within: Option<(u32, u32)>) -> Option<Stand> {
        let (pattern, down) = match spot {
            Spot::Cell(at) => return Some(Stand::Cell(*at)),
            Spot::Row(Column::At(col), down) => return Some(Stand::Row(*col, *down)),
            Spot::Row(Column::Headed(pattern), down) => (pattern, *down),
        };
        let row = self.profile.rows.header?;
        let inside = |col: u32| within.is_none_or(|(first, width)| (first..first + width).contains(&col));
        let found: Vec<u32> = (self.view.row(row).iter())
            .filter(|slot| inside(slot.start) && pattern.fits(slot.text()))
            .map(|slot| slot.start)
            .collect();
        if let [col] = found.as_slice() {
            return Some(Stand::Row(*col, down));
        }
        let words = match found.as_slice() {
            [] => format!("{}行目に見出し「{pattern}」がありません", row + 1),
            several => {
                let letters: Vec<_> = several.iter().map(|col| column_letters(*col)).collect();
                format!(
                    "{}行目に見出し「{pattern}」が {} にあり、どれか分かりません",
                    row + 1,
                    letters.join("・")
                )
            }
        };
        let at = CellRef::new(row, found.first().copied().or(within.map(|(first, _)| first)).unwrap_or(0));
        self.differences.add(at, "", words);
        None
    }

    fn indicator(&mut self, group: &Group, rule: &'a IndicatorRule) -> PlannedIndicator<'a> {
        let name = match &rule.name {
            Name::At(spot) => self.stand(spot, None),
            Name::Is(_) => None,
        };
        let unit = rule.unit.as_ref().and_then(|spot| self.stand(spot, None));
        let note = rule.note.as_ref().and_then(|spot| self.stand(spot, None));
        let mut figures = Vec::new();
        for (spot, own) in &rule.values {
            let Some(first) = self.stand(spot, group.block) else { continue };
            for (index, moment) in (0..).zip(&group.moments) {
                let stand = match (first, group.block) {
                    (Stand::Row(col, down), Some((_, width))) => Stand::Row(col + width * index, down),
                    (first, _) => first,
                };
                let moment = own.or(*moment);
                self.same_header(first, stand, moment);
                figures.push(PlannedFigure { stand, moment });
            }
        }
        PlannedIndicator { rule, name, unit, note, figures }
    }

    /// Two figures never come from one column: a header's words and another's letters met in it.
    fn twice(&mut self, indicators: &[PlannedIndicator<'_>]) {
        let mut seen = BTreeSet::new();
        for figure in indicators.iter().flat_map(|indicator| &indicator.figures) {
            let Stand::Row(col, down) = figure.stand else { continue };
            if !seen.insert((col, down)) {
                let at = CellRef::new(self.profile.rows.header.unwrap_or(self.profile.rows.first), col);
                let words = format!("{}列が2つの値の列に当たります", column_letters(col));
                self.differences.add(at, &self.header(at.row, col), words);
            }
        }
    }

    /// A block that has moved by a column is seen by its headers; a header that names another year speaks against it.
    fn same_header(&mut self, first: Stand, stand: Stand, moment: Moment) {
        let Some(row) = self.profile.rows.header else { return };
        let (Stand::Row(origin, _), Stand::Row(col, _)) = (first, stand) else { return };
        let (model, own) = (self.header(row, origin), self.header(row, col));
        let (model, year) = (self.dateless(&model).0, self.dateless(&own));
        let at = CellRef::new(row, col);
        if model != year.0 {
            let words = format!(
                "{at} の見出しは {} と同じはずですが、「{}」です",
                CellRef::new(row, origin),
                one_line(&own)
            );
            self.differences.add(at, &own, words);
        } else if let (Some(told), Some(known)) = (year.1, moment.year)
            && told != known.0
        {
            let words = format!("{at} の見出しは{told}年度ですが、プロファイルでは{known}年度です");
            self.differences.add(at, &own, words);
        }
    }

    fn header(&self, row: u32, col: u32) -> String {
        self.view.at(row, col).map_or_else(String::new, |slot| slot.text().trim().to_owned())
    }

    /// A header's words without its year, and the year.
    fn dateless(&self, header: &str) -> (String, Option<i32>) {
        match read_year(header, None, self.vocabulary) {
            Some(reading) => (reading.rest, reading.fiscal_year.map(|year| year.0)),
            None => (key(header), None),
        }
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
