//! From the document to a [`Config`]: what each section may hold.

use std::collections::BTreeMap;

use toml::Spanned;
use toml::de::DeValue;
use unicode_normalization::UnicodeNormalization;

use super::problem::{Problem, nearest};
use super::raw::{Said, Section, Walk};
use super::{Config, DefaultPeriod, IndicatorRule, accepted, correspondence};
use crate::finding::{Code, Severity};
use crate::model::indicator::Polarity;
use crate::model::organisation::{Department, Division};

const ROOT: &[&str] = &["city", "run", "department", "indicator", "severity", "accepted", "answers"];
const PERIODS: &[(&str, DefaultPeriod)] =
    &[("previous", DefaultPeriod::Previous), ("current", DefaultPeriod::Current)];
const POLARITIES: &[(&str, Polarity)] =
    &[("increase", Polarity::Increase), ("decrease", Polarity::Decrease), ("maintain", Polarity::Maintain)];
const SEVERITIES: &[(&str, Severity)] =
    &[("error", Severity::Error), ("warning", Severity::Warning), ("note", Severity::Note)];

/// Reads a document; the configuration counts only where there are no problems.
pub(super) fn read(text: &str) -> (Config, Vec<Problem>) {
    let (mut walk, document) = Walk::new(text);
    let root = Section { name: "hoshin.toml".to_owned(), offset: 0, table: document.get_ref() };
    walk.known(&root, ROOT);
    let mut config = Config::default();
    city(&mut walk, &root, &mut config);
    run(&mut walk, &root, &mut config);
    config.departments = departments(&mut walk, &root);
    config.indicators = indicators(&mut walk, &root, &config.departments);
    config.severities = severities(&mut walk, &root);
    config.accepted = accepted::read(&mut walk, &root);
    config.correspondence = correspondence::read(&mut walk, &root);
    (config, walk.finish())
}

fn city(walk: &mut Walk<'_>, root: &Section<'_>, config: &mut Config) {
    let Some(section) = root.table.get("city").and_then(|value| walk.section("[city]", value)) else {
        return;
    };
    walk.known(&section, &["name", "publisher", "mail"]);
    if let Some(name) = walk.string(&section, "name") {
        config.city = name.text;
    }
    if let Some(publisher) = walk.string(&section, "publisher") {
        config.publisher = publisher.text;
    }
}

fn run(walk: &mut Walk<'_>, root: &Section<'_>, config: &mut Config) {
    let Some(section) = root.table.get("run").and_then(|value| walk.section("[run]", value)) else { return };
    walk.known(&section, &["period", "archive_inputs"]);
    if let Some(period) = walk.choice(&section, "period", PERIODS) {
        config.default_period = period;
    }
    if let Some(keep) = walk.boolean(&section, "archive_inputs") {
        config.archive_inputs = keep;
    }
}

fn departments(walk: &mut Walk<'_>, root: &Section<'_>) -> Vec<Department> {
    let mut claims = Claims::default();
    let mut found = Vec::new();
    for (index, mut section) in walk.sections(root, "department").into_iter().enumerate() {
        walk.known(&section, &["name", "aliases", "divisions", "mail"]);
        let name = required_name(walk, &section);
        if let Some(name) = &name {
            section.name = format!("{}「{}」", section.name, name.text);
            claims.claim(walk, "部局", index, name);
        }
        let aliases = aliases(walk, &section, "部局", index, &mut claims);
        let divisions = divisions(walk, &section);
        if let Some(name) = name {
            found.push(Department { name: name.text, aliases, divisions });
        }
    }
    found
}

fn divisions(walk: &mut Walk<'_>, department: &Section<'_>) -> Vec<Division> {
    let mut claims = Claims::default();
    let mut found = Vec::new();
    for (index, item) in walk.items(department, "divisions").into_iter().enumerate() {
        if let Some(division) = division(walk, department, index, item, &mut claims) {
            found.push(division);
        }
    }
    found
}

/// `"政策創造課"` or `{ name = "政策創造課", aliases = ["企画課"] }`.
fn division(
    walk: &mut Walk<'_>,
    department: &Section<'_>,
    index: usize,
    item: &Spanned<DeValue<'_>>,
    claims: &mut Claims,
) -> Option<Division> {
    let place = format!("{} の divisions", department.name);
    if item.get_ref().as_table().is_none() {
        let name = walk.text(&place, item)?;
        claims.claim(walk, "課", index, &name);
        return Some(Division { name: name.text, aliases: Vec::new() });
    }
    let mut section = walk.section(&place, item)?;
    walk.known(&section, &["name", "aliases", "mail"]);
    let name = required_name(walk, &section);
    if let Some(name) = &name {
        section.name = format!("{place}「{}」", name.text);
        claims.claim(walk, "課", index, name);
    }
    let aliases = aliases(walk, &section, "課", index, claims);
    Some(Division { name: name?.text, aliases })
}

fn indicators(walk: &mut Walk<'_>, root: &Section<'_>, departments: &[Department]) -> Vec<IndicatorRule> {
    // One department's rule may stand beside the rule for all: names only clash within one department.
    let mut claims: BTreeMap<String, Claims> = BTreeMap::new();
    let mut found = Vec::new();
    for (index, mut section) in walk.sections(root, "indicator").into_iter().enumerate() {
        walk.known(&section, &["name", "aliases", "department", "polarity", "unit"]);
        let name = required_name(walk, &section);
        if let Some(name) = &name {
            section.name = format!("{}「{}」", section.name, name.text);
        }
        let said = walk.string(&section, "department");
        let department =
            said.map(|said| known_department(walk, &section, &said, departments)).unwrap_or_default();
        let claims = claims.entry(department.clone()).or_default();
        if let Some(name) = &name {
            claims.claim(walk, "指標", index, name);
        }
        let aliases = aliases(walk, &section, "指標", index, claims);
        let polarity = walk.choice(&section, "polarity", POLARITIES);
        let unit = walk.string(&section, "unit").map(|unit| unit.text);
        if let Some(name) = name {
            found.push(IndicatorRule { name: name.text, aliases, department, polarity, unit });
        }
    }
    found
}

/// The department's own name, for its name or an alias.
fn known_department(walk: &mut Walk<'_>, section: &Section<'_>, said: &Said, all: &[Department]) -> String {
    let key = same(&said.text);
    let spelt = |department: &&Department| {
        std::iter::once(&department.name).chain(&department.aliases).any(|name| same(name) == key)
    };
    if let Some(department) = all.iter().find(spelt) {
        return department.name.clone();
    }
    let cure = match nearest(&said.text, all.iter().map(|department| department.name.as_str())) {
        Some(near) => format!("「{near}」の書き誤りではありませんか"),
        None => "[[department]] に加えてください".to_owned(),
    };
    walk.problem(
        said.offset,
        format!("{} の department「{}」は [[department]] にありません。{cure}", section.name, said.text),
    );
    said.text.clone()
}

fn severities(walk: &mut Walk<'_>, root: &Section<'_>) -> BTreeMap<Code, Severity> {
    let mut found = BTreeMap::new();
    let Some(section) = root.table.get("severity").and_then(|value| walk.section("[severity]", value)) else {
        return found;
    };
    for key in section.table.keys() {
        let word = key.get_ref();
        if let Ok(code) = word.parse::<Code>() {
            if let Some(severity) = walk.choice(&section, word, SEVERITIES) {
                found.insert(code, severity);
            }
            continue;
        }
        let cure = match nearest(word, Code::ALL.iter().map(|code| code.as_str())) {
            Some(near) => format!("「{near}」の書き誤りではありませんか"),
            None => "hoshin explain で一覧を確かめてください".to_owned(),
        };
        walk.problem(key.span().start, format!("[severity] の「{word}」というコードはありません。{cure}"));
    }
    found
}

fn required_name(walk: &mut Walk<'_>, section: &Section<'_>) -> Option<Said> {
    if !section.table.contains_key("name") {
        walk.missing(section, "name");
    }
    walk.string(section, "name")
}

fn aliases(
    walk: &mut Walk<'_>,
    section: &Section<'_>,
    what: &str,
    owner: usize,
    claims: &mut Claims,
) -> Vec<String> {
    let said = walk.strings(section, "aliases");
    for alias in &said {
        claims.claim(walk, what, owner, alias);
    }
    said.into_iter().map(|alias| alias.text).collect()
}

/// Which names are taken, by whom and on which line.
#[derive(Default)]
struct Claims(BTreeMap<String, (usize, Said)>);

impl Claims {
    /// Takes a name for an owner. Spellings that only typography tells apart are one name; they may stand
    /// beside each other under one owner, but the very same text twice is a slip.
    fn claim(&mut self, walk: &mut Walk<'_>, what: &str, owner: usize, said: &Said) {
        let key = same(&said.text);
        match self.0.get(&key) {
            Some((other, first)) if *other != owner || first.text == said.text => {
                let line = walk.line(first.offset);
                let message = format!(
                    "{what}の名前「{}」は{line}行目にもあります。どちらか一方を消してください",
                    said.text
                );
                walk.problem(said.offset, message);
            }
            Some(_) => {}
            None => _ = self.0.insert(key, (owner, said.clone())),
        }
    }
}

/// Equal for texts that differ only in width, spaces or case.
fn same(text: &str) -> String {
    text.nfkc().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}
