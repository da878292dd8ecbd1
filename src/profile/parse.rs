//! The text of a profile → [`Profile`]: all problems at once, each with its line.

use toml::Spanned;
use toml::de::DeValue;

use super::figures;
use super::spot::{LAST_ROW, Pattern, Spot, column_number};
use super::{Constant, Profile, Rows, When, words};
use crate::config::{Problem, Said, Section, Walk};
use crate::model::fiscal::FiscalYear;
use crate::model::indicator::{Class, Kind, Polarity};
use crate::model::place::CellRef;
use crate::normalise::Vocabulary;
use crate::normalise::vocabulary::Role;
use crate::normalise::year::read_year;

const ROOT: &[&str] = &["match", "rows", "constant", "columns", "figures", "words"];
/// The columns of a record by their names in a profile.
pub(crate) const ROLES: &[(&str, Role)] = &[
    ("number", Role::Number),
    ("program", Role::Program),
    ("item", Role::Item),
    ("department", Role::Department),
    ("division", Role::Division),
    ("owner", Role::Owner),
    ("status", Role::Status),
    ("direction", Role::Direction),
    ("progress", Role::Progress),
    ("due", Role::Due),
    ("comment", Role::Comment),
    ("fiscal_year", Role::FiscalYear),
    ("month", Role::Month),
    ("kind", Role::KindColumn),
];
pub(super) const KINDS: &[(&str, Kind)] = &[
    ("baseline", Kind::Baseline),
    ("actual", Kind::Actual),
    ("forecast", Kind::Forecast),
    ("plan", Kind::Plan),
    ("target", Kind::Target),
];
pub(super) const CLASSES: &[(&str, Class)] = &[
    ("KGI", Class::Kgi),
    ("KPI", Class::Kpi),
    ("outcome", Class::Outcome),
    ("activity", Class::Activity),
    ("target_group", Class::TargetGroup),
];
pub(super) const POLARITIES: &[(&str, Polarity)] =
    &[("increase", Polarity::Increase), ("decrease", Polarity::Decrease), ("maintain", Polarity::Maintain)];

/// The first and the last of some columns.
type Stretch = (u32, u32);

/// A document while it is checked.
pub(super) struct Reader<'t, 'v> {
    /// Notes problems.
    pub walk: Walk<'t>,
    /// The city's words.
    pub vocabulary: &'v Vocabulary,
    /// Spots that need the header row, by their byte offset.
    headed: Vec<usize>,
}

/// Reads a document; the profile counts only where there are no problems.
pub(super) fn read(name: &str, text: &str, vocabulary: &Vocabulary) -> (Profile, Vec<Problem>) {
    let (walk, document) = Walk::new(text);
    let mut reader = Reader { walk, vocabulary, headed: Vec::new() };
    let root = Section { name: "プロファイル".to_owned(), offset: 0, table: document.get_ref() };
    reader.walk.known(&root, ROOT);
    let (when, expect) = reader.when(&root);
    let (columns, ignore) = reader.columns(&root);
    let constant = reader.constant(&root);
    let figures = figures::read(&mut reader, &root, &columns, &constant, &ignore);
    let rows = reader.rows(&root, &columns, &figures);
    let words::Own { vocabulary, marks, silent } = words::read(&mut reader.walk, &root, vocabulary);
    let has = |role| columns.iter().any(|(known, _)| *known == role);
    if figures.is_empty() && !has(Role::Item) && !has(Role::Program) {
        reader.walk.problem(0, "読むものがありません。指標は [[figures]]、取組みは [columns] の item か program に書いてください");
    }
    if rows.header.is_none() {
        for offset in std::mem::take(&mut reader.headed) {
            reader.walk.problem(
                offset,
                "列を見出しの言葉で書くときは、[rows] の header に見出しの行番号を書いてください",
            );
        }
    }
    let name = name.to_owned();
    let profile = Profile {
        name,
        shipped: false,
        when,
        expect,
        rows,
        constant,
        columns,
        figures,
        ignore,
        vocabulary,
        marks,
        silent,
    };
    (profile, reader.walk.finish())
}

impl Reader<'_, '_> {
    fn when(&mut self, root: &Section<'_>) -> (When, Vec<(CellRef, Pattern)>) {
        let missing = "[match] がありません。どのシートに使うかを file・sheet・cells・words で書いてください";
        let value = self.or_problem(root.table.get("match"), 0, || missing.to_owned());
        let Some(section) = value.and_then(|value| self.walk.section("[match]", value)) else {
            return (When::default(), Vec::new());
        };
        self.walk.known(&section, &["file", "sheet", "cells", "words", "expect"]);
        let one =
            |reader: &mut Self, key| reader.walk.string(&section, key).map(|said| Pattern::new(&said.text));
        let when = When {
            file: one(self, "file"),
            sheet: one(self, "sheet"),
            cells: self.marks(&section, "cells"),
            words: self.patterns(&section, "words"),
        };
        if !["file", "sheet", "cells", "words"].iter().any(|key| section.table.contains_key(*key)) {
            self.walk.problem(
                section.offset,
                "[match] に file・sheet・cells・words のどれもありません。どのシートに使うかを書いてください",
            );
        }
        let expect = self.marks(&section, "expect");
        (when, expect)
    }

    /// `{ C2 = "No.", E2 = "事務事業ID" }`.
    fn marks(&mut self, section: &Section<'_>, key: &str) -> Vec<(CellRef, Pattern)> {
        let Some(value) = section.table.get(key) else { return Vec::new() };
        let name = format!("{} の {key}", section.name);
        let wrong = || format!("{name} は {{ A1 = \"文字\" }} の形で、セル番地とその文字を書いてください");
        if self.or_problem(value.get_ref().as_table(), value.span().start, wrong).is_none() {
            return Vec::new();
        }
        let Some(marks) = self.walk.section(&name, value) else { return Vec::new() };
        let mut found = Vec::new();
        for address in marks.table.keys() {
            let text = self.walk.string(&marks, address.get_ref());
            match address.get_ref().parse::<CellRef>() {
                Ok(cell) => found.extend(text.map(|text| (cell, Pattern::new(&text.text)))),
                Err(error) => {
                    self.walk.problem(
                        address.span().start,
                        format!("{name} の{error}。C2 のように書いてください"),
                    );
                }
            }
        }
        found.sort_by_key(|(cell, _)| *cell);
        found
    }

    fn patterns(&mut self, section: &Section<'_>, key: &str) -> Vec<Pattern> {
        self.walk.strings(section, key).iter().map(|said| Pattern::new(&said.text)).collect()
    }

    fn columns(&mut self, root: &Section<'_>) -> (Vec<(Role, Spot)>, Vec<Stretch>) {
        let Some(section) = root.table.get("columns").and_then(|v| self.walk.section("[columns]", v)) else {
            return (Vec::new(), Vec::new());
        };
        let keys: Vec<&str> = ROLES.iter().map(|(key, _)| *key).chain(["ignore"]).collect();
        self.walk.known(&section, &keys);
        let columns =
            ROLES.iter().filter_map(|(key, role)| Some((*role, self.spot(&section, key)?))).collect();
        let mut ignore = Vec::new();
        for said in self.walk.strings(&section, "ignore") {
            let (first, last) = said.text.split_once([':', '：']).unwrap_or((&said.text, &said.text));
            let stretch = column_number(first).zip(column_number(last)).filter(|(first, last)| first <= last);
            ignore.extend(self.or_problem(stretch, said.offset, || {
                format!("[columns] の ignore の「{}」は列ではありません。\"G\" や \"AF:AO\" のように書いてください", said.text)
            }));
        }
        (columns, ignore)
    }

    fn constant(&mut self, root: &Section<'_>) -> Constant {
        let Some(section) = root.table.get("constant").and_then(|v| self.walk.section("[constant]", v))
        else {
            return Constant::default();
        };
        let keys = ["department", "division", "fiscal_year", "kind", "unit", "class", "polarity"];
        self.walk.known(&section, &keys);
        let text = |reader: &mut Self, key| {
            reader.walk.string(&section, key).map(|said| said.text).unwrap_or_default()
        };
        Constant {
            department: text(self, "department"),
            division: text(self, "division"),
            unit: text(self, "unit"),
            fiscal_year: self.year(&section, "fiscal_year"),
            kind: self.walk.choice(&section, "kind", KINDS),
            class: self.walk.choice(&section, "class", CLASSES),
            polarity: self.walk.choice(&section, "polarity", POLARITIES),
        }
    }

    fn rows(&mut self, root: &Section<'_>, columns: &[(Role, Spot)], figures: &[super::Group]) -> Rows {
        let mut rows = Rows { height: 1, ..Rows::default() };
        let missing = "[rows] がありません。データの最初の行番号を first = 3 のように書いてください";
        let value = self.or_problem(root.table.get("rows"), 0, || missing.to_owned());
        let Some(section) = value.and_then(|value| self.walk.section("[rows]", value)) else { return rows };
        let keys = ["header", "first", "last", "height", "key", "skip", "until", "carry"];
        self.walk.known(&section, &keys);
        self.bounds(&section, &mut rows);
        rows.height = self.number(&section, "height", 1, 100).unwrap_or(1);
        rows.skip = self.patterns(&section, "skip");
        rows.until = self.patterns(&section, "until");
        for said in self.walk.strings(&section, "carry") {
            rows.carry.extend(self.one_of("[rows] の carry", &said, ROLES));
        }
        let key = self.spot(&section, "key");
        rows.key = key.or_else(|| default_key(columns, figures, &rows.carry));
        let values = figures.iter().flat_map(|group| &group.indicators).flat_map(|rule| &rule.values);
        let spots = columns.iter().map(|(_, spot)| spot).chain(values.map(|(spot, _)| spot));
        self.depths(&rows, spots, section.offset);
        rows
    }

    /// The header row, and the first and the last row of data.
    fn bounds(&mut self, section: &Section<'_>, rows: &mut Rows) {
        let row = |reader: &mut Self, key| {
            let number = reader.number(section, key, 1, i64::from(LAST_ROW) + 1)?;
            Some(number - 1)
        };
        rows.header = row(self, "header");
        rows.last = row(self, "last");
        match (row(self, "first"), rows.header) {
            (Some(first), Some(header)) if first <= header => self.walk.problem(
                section.table.get("first").map_or(section.offset, |v| v.span().start),
                "[rows] の first は見出しの行 header より下の行番号にしてください",
            ),
            (Some(first), _) => rows.first = first,
            (None, Some(header)) => rows.first = header + 1,
            (None, None) if section.table.contains_key("first") => {}
            (None, None) => self.walk.problem(
                section.offset,
                "[rows] に first がありません。データの最初の行番号を first = 3 のように書いてください",
            ),
        }
        if let Some(last) = rows.last.filter(|last| *last < rows.first) {
            let offset = section.table.get("last").map_or(section.offset, |v| v.span().start);
            self.walk.problem(offset, format!("[rows] の last = {} が first より上です", last + 1));
        }
    }

    /// `N+2` only where a record has three rows.
    fn depths<'s>(&mut self, rows: &Rows, mut spots: impl Iterator<Item = &'s Spot>, offset: usize) {
        let deep = spots.any(|spot| matches!(spot, Spot::Row(_, down) if *down >= rows.height));
        if deep {
            let message = format!(
                "「列+行」で書かれた行が、[rows] の height = {} を超えています。1件が使う行数を height に書いてください",
                rows.height
            );
            self.walk.problem(offset, message);
        }
    }

    /// Where something stands; a column beyond XFD is a problem.
    pub fn spot(&mut self, section: &Section<'_>, key: &str) -> Option<Spot> {
        let said = self.walk.string(section, key)?;
        let spot = self.or_problem(Spot::read(&said.text), said.offset, || {
            format!(
                "{} の {key} の「{}」は列ではありません。\"N\"、\"AF\"（XFD まで）か、見出しの言葉を書いてください",
                section.name, said.text
            )
        })?;
        if spot.needs_header() {
            self.headed.push(said.offset);
        }
        Some(spot)
    }

    /// A whole number within bounds.
    pub fn number(&mut self, section: &Section<'_>, key: &str, least: i64, most: i64) -> Option<u32> {
        let value = section.table.get(key)?;
        let number = integer(value).filter(|number| (least..=most).contains(number));
        let number = self.or_problem(number, value.span().start, || {
            format!(
                "{} の {key} は {least} から {most} までの数で、\" で囲まずに書いてください",
                section.name
            )
        });
        number.and_then(|number| u32::try_from(number).ok())
    }

    /// A fiscal year: 2021 or "R3".
    pub fn year(&mut self, section: &Section<'_>, key: &str) -> Option<FiscalYear> {
        let value = section.table.get(key)?;
        self.year_of(&format!("{} の {key}", section.name), value)
    }

    /// A fiscal year: 2021 or "R3".
    pub fn year_of(&mut self, name: &str, value: &Spanned<DeValue<'_>>) -> Option<FiscalYear> {
        let year = match integer(value) {
            Some(number) => {
                i32::try_from(number).ok().filter(|year| (1868..=2999).contains(year)).map(FiscalYear)
            }
            None => value
                .get_ref()
                .as_str()
                .and_then(|text| read_year(text, None, self.vocabulary))
                .filter(|reading| reading.assumed.is_none() && reading.month.is_none())
                .and_then(|reading| reading.fiscal_year),
        };
        let wrong = || format!("{name} は年度です。2021 か \"R3\" のように書いてください");
        self.or_problem(year, value.span().start, wrong)
    }

    /// One of a few words.
    pub fn one_of<T: Copy>(&mut self, name: &str, said: &Said, words: &[(&str, T)]) -> Option<T> {
        let found = words.iter().find(|(word, _)| *word == said.text).map(|(_, value)| *value);
        self.or_problem(found, said.offset, || {
            let all: Vec<_> = words.iter().map(|(word, _)| format!("\"{word}\"")).collect();
            format!("{name} に「{}」は使えません。{} のどれかを書いてください", said.text, all.join("、"))
        })
    }

    /// What was found; where nothing was, the problem is noted at its byte offset.
    fn or_problem<T>(&mut self, found: Option<T>, at: usize, message: impl FnOnce() -> String) -> Option<T> {
        if found.is_none() {
            self.walk.problem(at, message());
        }
        found
    }
}

/// What a record cannot lack: its programme, item or first indicator's name; none that goes on from above.
fn default_key(columns: &[(Role, Spot)], figures: &[super::Group], carry: &[Role]) -> Option<Spot> {
    let of = |role| {
        let mut columns = columns.iter().filter(|(known, _)| !carry.contains(known));
        columns.find(|(known, _)| *known == role).map(|(_, spot)| spot.clone())
    };
    let named = figures.iter().flat_map(|group| &group.indicators).find_map(|rule| match &rule.name {
        super::Name::At(spot @ Spot::Row(..)) => Some(spot.clone()),
        _ => None,
    });
    of(Role::Program).or_else(|| of(Role::Item)).or(named)
}

/// A whole number of the document.
pub(super) fn integer(value: &Spanned<DeValue<'_>>) -> Option<i64> {
    let number = value.get_ref().as_integer()?;
    i64::from_str_radix(&number.as_str().replace('_', ""), number.radix()).ok()
}
