//! From the document to a [`Config`]: what each section may hold.

use std::collections::BTreeMap;

use super::names::{Claims, required_name, same};
use super::organisation::departments;
use super::problem::{Problem, nearest};
use super::raw::{Said, Section, Walk};
use super::submission::submission;
use super::{
    Config, DefaultPeriod, IndicatorRule, InitiativeRule, accepted, correspondence, judging, limits,
};
use crate::finding::{Code, Severity};
use crate::model::indicator::Polarity;
use crate::model::organisation::{Department, Term};

const ROOT: &[&str] = &[
    "city",
    "run",
    "department",
    "indicator",
    "initiative",
    "submission",
    "expected",
    "severity",
    "judgement",
    "history",
    "accepted",
    "answers",
    "limits",
];
const INDICATOR: &[&str] =
    &["name", "aliases", "department", "polarity", "unit", "judgement", "use_last_settled"];
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
    config.initiatives = initiatives(&mut walk, &root, &config.departments);
    config.submission = submission(&mut walk, &root, &config.departments);
    config.severities = severities(&mut walk, &root);
    history(&mut walk, &root, &mut config);
    config.judging = judging::judging(&mut walk, &root, &config.departments);
    config.accepted = accepted::read(&mut walk, &root);
    config.correspondence = correspondence::read(&mut walk, &root);
    config.limits = limits::read(&mut walk, &root);
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
    walk.known(&section, &["period", "archive_inputs", "password_file"]);
    if let Some(period) = walk.choice(&section, "period", PERIODS) {
        config.default_period = period;
    }
    if let Some(keep) = walk.boolean(&section, "archive_inputs") {
        config.archive_inputs = keep;
    }
    config.password_file = walk.string(&section, "password_file").map(|said| said.text);
}

fn indicators(walk: &mut Walk<'_>, root: &Section<'_>, departments: &[Department]) -> Vec<IndicatorRule> {
    // One department's rule may stand beside the rule for all: names only clash within one department.
    let mut claims: BTreeMap<String, Claims> = BTreeMap::new();
    let mut found = Vec::new();
    for (index, mut section) in walk.sections(root, "indicator").into_iter().enumerate() {
        walk.known(&section, INDICATOR);
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
        let aliases = claims.aliases(walk, &section, "指標", index, Term::default());
        let polarity = walk.choice(&section, "polarity", POLARITIES);
        let unit = walk.string(&section, "unit").map(|unit| unit.text);
        let judgement = judging::choice(walk, &section, "judgement");
        if let Some(name) = name {
            found.push(IndicatorRule { name: name.text, aliases, department, polarity, unit, judgement });
        }
    }
    found
}

fn initiatives(walk: &mut Walk<'_>, root: &Section<'_>, departments: &[Department]) -> Vec<InitiativeRule> {
    let mut claims: BTreeMap<String, Claims> = BTreeMap::new();
    let mut found = Vec::new();
    for (index, mut section) in walk.sections(root, "initiative").into_iter().enumerate() {
        walk.known(&section, &["name", "aliases", "department"]);
        let name = required_name(walk, &section);
        if let Some(name) = &name {
            section.name = format!("{}「{}」", section.name, name.text);
        }
        let said = walk.string(&section, "department");
        let department =
            said.map(|said| known_department(walk, &section, &said, departments)).unwrap_or_default();
        let claims = claims.entry(department.clone()).or_default();
        if let Some(name) = &name {
            claims.claim(walk, "取組項目", index, name);
        }
        let aliases = claims.aliases(walk, &section, "取組項目", index, Term::default());
        if let Some(name) = name {
            found.push(InitiativeRule { name: name.text, aliases, department });
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

fn history(walk: &mut Walk<'_>, root: &Section<'_>, config: &mut Config) {
    let Some(section) = root.table.get("history").and_then(|value| walk.section("[history]", value)) else {
        return;
    };
    walk.known(&section, &["stale_months"]);
    if let Some(months) = walk.whole(&section, "stale_months", 1..=60) {
        config.stale_months = months;
    }
}
