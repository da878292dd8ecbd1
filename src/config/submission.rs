//! `[submission]` and `[[expected]]`: which workbooks are expected from whom, and by which day.

use toml::de::DeValue;
use unicode_normalization::UnicodeNormalization;

use super::days;
use super::names::same;
use super::problem::nearest;
use super::raw::{Said, Section, Walk};
use crate::model::organisation::{Department, Term, UnitName};

/// What is expected every month.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SubmissionRules {
    /// The day of the following month by which a month's workbooks are due, 1 to 31; `None` where there is no deadline.
    pub day: Option<u32>,
    /// From whom, in the order of hoshin.toml.
    pub expected: Vec<Expected>,
}

/// A workbook, or several, expected from a division or a department itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expected {
    /// From whom, in the spelling of hoshin.toml.
    pub unit: UnitName,
    /// Its path below the input folder, with `*`, `**` and `?`; empty for any workbook that speaks for the unit.
    pub workbook: String,
    /// Instead of [`SubmissionRules::day`].
    pub day: Option<u32>,
    /// The months in which it is expected: those whose last day lies within.
    pub term: Term,
}

/// `[submission]` and all `[[expected]]`.
pub(super) fn submission(
    walk: &mut Walk<'_>,
    root: &Section<'_>,
    departments: &[Department],
) -> SubmissionRules {
    let mut rules = SubmissionRules::default();
    if let Some(section) = root.table.get("submission").and_then(|value| walk.section("[submission]", value))
    {
        walk.known(&section, &["day"]);
        rules.day = day(walk, &section);
    }
    let mut lines: Vec<usize> = Vec::new();
    for section in walk.sections(root, "expected") {
        walk.known(&section, &["department", "division", "workbook", "day", "from", "to"]);
        let Some(expected) = expected(walk, &section, departments) else { continue };
        let twin = rules.expected.iter().position(|other| {
            (&other.unit, &other.workbook) == (&expected.unit, &expected.workbook)
                && other.term.overlaps(&expected.term)
        });
        if let Some(line) = twin.and_then(|twin| lines.get(twin)) {
            let message = format!(
                "{}「{}」は{line}行目にもあります。どちらか一方を消すか、workbook を書き分けてください",
                section.name, expected.unit
            );
            walk.problem(section.offset, message);
        }
        lines.push(walk.line(section.offset));
        rules.expected.push(expected);
    }
    rules
}

fn expected(walk: &mut Walk<'_>, section: &Section<'_>, departments: &[Department]) -> Option<Expected> {
    let day = day(walk, section);
    let term = days::term(walk, section);
    let workbook = walk.string(section, "workbook").map(|said| pattern(walk, section, &said));
    if !section.table.contains_key("department") {
        walk.missing(section, "department");
    }
    let department = walk.string(section, "department");
    let division = walk.string(section, "division");
    let unit = unit(walk, section, &department?, division.as_ref(), departments)?;
    Some(Expected { unit, workbook: workbook.unwrap_or_default(), day, term })
}

/// A day of the month.
fn day(walk: &mut Walk<'_>, section: &Section<'_>) -> Option<u32> {
    let value = section.table.get("day")?;
    let number = match value.get_ref() {
        DeValue::Integer(number) => {
            u32::from_str_radix(&number.as_str().replace('_', ""), number.radix()).ok()
        }
        _ => None,
    };
    let day = number.filter(|day| (1..=31).contains(day));
    if day.is_none() {
        let message = format!(
            "{} の day は 1 から 31 までの数で書いてください（その日のない月は、月の最後の日になります）",
            section.name
        );
        walk.problem(value.span().start, message);
    }
    day
}

fn pattern(walk: &mut Walk<'_>, section: &Section<'_>, said: &Said) -> String {
    let slip = if said.text.contains('\\') {
        Some("フォルダーの区切りには / を使ってください")
    } else if said.text.starts_with('/') || said.text.split('/').any(|part| part == "..") {
        Some("入力フォルダーの中の場所を書いてください（例：総合政策部/企画財政課*.xlsx）")
    } else {
        None
    };
    if let Some(cure) = slip {
        walk.problem(
            said.offset,
            format!("{} の workbook「{}」は使えません。{cure}", section.name, said.text),
        );
    }
    said.text.nfc().collect()
}

/// The department or division by its name or an alias, of whatever time.
fn unit(
    walk: &mut Walk<'_>,
    section: &Section<'_>,
    department: &Said,
    division: Option<&Said>,
    all: &[Department],
) -> Option<UnitName> {
    let spelt = |name: &str, aliases: &[String], said: &Said| {
        same(name) == same(&said.text) || aliases.iter().any(|alias| same(alias) == same(&said.text))
    };
    let homes: Vec<&Department> =
        all.iter().filter(|home| spelt(&home.name, &home.aliases, department)).collect();
    let Some(home) = homes.first() else {
        let names = all.iter().map(|department| department.name.as_str());
        unlisted(walk, section, "department", department, names);
        return None;
    };
    let Some(said) = division else { return Some(UnitName::new(&*home.name, "")) };
    let divisions = || homes.iter().flat_map(|home| &home.divisions);
    let Some(found) = divisions().find(|division| spelt(&division.name, &division.aliases, said)) else {
        unlisted(walk, section, "division", said, divisions().map(|division| division.name.as_str()));
        return None;
    };
    Some(UnitName::new(&*home.name, &*found.name))
}

fn unlisted<'c>(
    walk: &mut Walk<'_>,
    section: &Section<'_>,
    key: &str,
    said: &Said,
    names: impl Iterator<Item = &'c str>,
) {
    let cure = match nearest(&said.text, names) {
        Some(near) => format!("「{near}」の書き誤りではありませんか"),
        None => "[[department]] に加えてください".to_owned(),
    };
    let message = format!("{} の {key}「{}」は [[department]] にありません。{cure}", section.name, said.text);
    walk.problem(said.offset, message);
}
