//! From the document to a [`Config`]: what each section may hold.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;

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
        let aliases = aliases(walk, &section, "指標", index, claims);
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
        let aliases = aliases(walk, &section, "取組項目", index, claims);
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

pub(super) fn required_name(walk: &mut Walk<'_>, section: &Section<'_>) -> Option<Said> {
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
    claims.aliases(walk, section, what, owner, Term::default())
}

/// Which names are taken, by whom, for how long and on which line.
#[derive(Default)]
pub(super) struct Claims(BTreeMap<String, Vec<(usize, Term, Said)>>);

impl Claims {
    /// Takes a name for an owner for all times.
    pub fn claim(&mut self, walk: &mut Walk<'_>, what: &str, owner: usize, said: &Said) {
        self.claim_for(walk, what, owner, said, Term::default());
    }

    /// Takes a name for an owner as long as it exists. Spellings that only typography tells apart are one name; they
    /// may stand beside each other under one owner, but the very same text twice is a slip.
    pub fn claim_for(&mut self, walk: &mut Walk<'_>, what: &str, owner: usize, said: &Said, term: Term) {
        let taken = self.0.entry(same(&said.text)).or_default();
        let clash = |(other, theirs, first): &&(usize, Term, Said)| {
            (*other != owner || first.text == said.text) && theirs.overlaps(&term)
        };
        match taken.iter().find(clash) {
            Some((_, theirs, first)) => {
                let line = walk.line(first.offset);
                let cure = if theirs.is_open() && term.is_open() {
                    "どちらか一方を消してください"
                } else {
                    "期間が重なっています。from と to を確かめてください"
                };
                let message = format!("{what}の名前「{}」は{line}行目にもあります。{cure}", said.text);
                walk.problem(said.offset, message);
            }
            None => taken.push((owner, term, said.clone())),
        }
    }

    /// Takes the other spellings of an owner.
    pub fn aliases(
        &mut self,
        walk: &mut Walk<'_>,
        section: &Section<'_>,
        what: &str,
        owner: usize,
        term: Term,
    ) -> Vec<String> {
        let said = walk.strings(section, "aliases");
        for alias in &said {
            self.claim_for(walk, what, owner, alias, term);
        }
        said.into_iter().map(|alias| alias.text).collect()
    }
}

/// How messages call a table by its name: `[[department]]「総務部」`.
pub(super) fn named(key: &str, name: &str) -> String {
    format!("[[{key}]]「{name}」")
}

/// Equal for texts that differ only in width, spaces or case.
pub(super) fn same(text: &str) -> String {
    text.nfkc().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}
