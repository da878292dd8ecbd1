//! `judgement.toml` → [`Rules`]: all problems at once, each with its file and line.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use toml::Spanned;
use toml::de::DeValue;

use super::rules::{Band, InitiativeRule, Measure, Pairing, Rule, Rules};
use crate::config::{Problem, Section, Walk, nearest};
use crate::model::judgement::Verdict;

const MEASURES: &[(&str, Measure)] = &[
    ("rate", Measure::Rate),
    ("progress", Measure::Progress),
    ("pace", Measure::Pace),
    ("baseline", Measure::Baseline),
    ("difference", Measure::Difference),
];
const PAIRS: &[(&str, Pairing)] =
    &[("same_year", Pairing::SameYear), ("next", Pairing::Next), ("final", Pairing::Final)];
const RESULTS: &[(&str, Verdict)] = &[
    ("達成", Verdict::Achieved),
    ("順調", Verdict::OnTrack),
    ("やや遅れ", Verdict::SlightlyBehind),
    ("遅れ", Verdict::Behind),
];
const RULE: &[&str] = &["title", "measure", "pair", "use_last_settled", "otherwise", "steps", "bands"];

/// A text of rules and the name by which problems call it.
#[derive(Debug, Clone, Copy)]
pub struct Text<'a> {
    /// `templates/judgement.toml`.
    pub file: &'a str,
    /// What stands in it.
    pub text: &'a str,
}

/// What one text says; anything may be left out.
#[derive(Default)]
struct Part {
    default: Option<(String, usize)>,
    rules: BTreeMap<String, (Rule, usize)>,
    slightly_behind: Option<Decimal>,
    behind: Option<Decimal>,
    silent_months: Option<u32>,
}

impl Rules {
    /// Reads texts of rules, later ones over earlier ones: a rule of the same name replaces the one before, so that a
    /// city's file may hold only what differs. The problems are sentences in Japanese with file and line.
    pub fn parse(texts: &[Text<'_>]) -> Result<Self, Vec<String>> {
        let mut problems = Vec::new();
        let mut all = Part::default();
        let mut files: BTreeMap<String, &str> = BTreeMap::new();
        let mut default_file = "";
        for Text { file, text } in texts {
            let (part, found) = part(text.strip_prefix('\u{feff}').unwrap_or(text));
            problems.extend(found.into_iter().map(|problem| told(file, &problem)));
            files.extend(part.rules.keys().map(|name| (name.clone(), *file)));
            if part.default.is_some() {
                default_file = file;
            }
            all.default = part.default.or(all.default);
            all.rules.extend(part.rules);
            all.slightly_behind = part.slightly_behind.or(all.slightly_behind);
            all.behind = part.behind.or(all.behind);
            all.silent_months = part.silent_months.or(all.silent_months);
        }
        // References are only looked at where every rule could be read: one slip is told once.
        if problems.is_empty() {
            problems.extend(references(&all, &files, default_file));
        }
        let rules = all.rules.into_iter().map(|(name, (rule, _))| (name, rule)).collect();
        match (all.default, all.slightly_behind, all.behind, all.silent_months) {
            (Some((default, _)), Some(slightly_behind), Some(behind), Some(silent_months))
                if problems.is_empty() =>
            {
                let initiative = InitiativeRule { slightly_behind, behind, silent_months };
                Ok(Self { default, rules, initiative })
            }
            _ => {
                if problems.is_empty() {
                    problems.push(
                        "judgement.toml に default か [initiative] の項目が足りません。元のファイルから写してください".to_owned(),
                    );
                }
                Err(problems)
            }
        }
    }
}

fn told(file: &str, Problem { line, message }: &Problem) -> String {
    format!("{file} の{line}行目: {message}")
}

/// Names of rules that do not exist, and rules that refer to each other in a circle.
fn references(all: &Part, files: &BTreeMap<String, &str>, default_file: &str) -> Vec<String> {
    let mut problems = Vec::new();
    let unknown = |place: &str, name: &str| {
        let cure = match nearest(name, all.rules.keys().map(String::as_str)) {
            Some(near) => format!("「{near}」の書き誤りではありませんか"),
            None => {
                format!("使えるのは {} です", all.rules.keys().cloned().collect::<Vec<_>>().join("、"))
            }
        };
        format!("{place} の「{name}」という規則はありません。{cure}")
    };
    if let Some((name, line)) = all.default.as_ref().filter(|(name, _)| !all.rules.contains_key(name)) {
        problems.push(told(default_file, &Problem { line: *line, message: unknown("default", name) }));
    }
    for (name, (rule, line)) in &all.rules {
        let file = files.get(name).copied().unwrap_or_default();
        let mut seen = vec![name];
        let mut next = rule.otherwise.as_ref();
        while let Some(other) = next {
            let message = match all.rules.get(other) {
                None => unknown(&format!("[rule.{name}] の otherwise"), other),
                Some(_) if seen.contains(&other) => {
                    format!(
                        "[rule.{name}] の otherwise が「{other}」に戻っています。輪にならないようにしてください"
                    )
                }
                Some((rule, _)) => {
                    seen.push(other);
                    next = rule.otherwise.as_ref();
                    continue;
                }
            };
            problems.push(told(file, &Problem { line: *line, message }));
            break;
        }
    }
    problems
}

fn part(text: &str) -> (Part, Vec<Problem>) {
    let (mut walk, document) = Walk::new(text);
    let root = Section { name: "judgement.toml".to_owned(), offset: 0, table: document.get_ref() };
    walk.known(&root, &["default", "rule", "initiative"]);
    let default = walk.string(&root, "default").map(|said| (said.text, walk.line(said.offset)));
    let mut part = Part { default, ..Part::default() };
    if let Some(rules) = root.table.get("rule").and_then(|value| walk.section("[rule]", value)) {
        for (key, value) in rules.table {
            let name = key.get_ref().to_string();
            let Some(section) = walk.section(&format!("[rule.{name}]"), value) else { continue };
            let line = walk.line(key.span().start);
            if let Some(rule) = rule(&mut walk, &section, &name) {
                part.rules.insert(name, (rule, line));
            }
        }
    }
    initiative(&mut walk, &root, &mut part);
    (part, walk.finish())
}

fn initiative(walk: &mut Walk<'_>, root: &Section<'_>, part: &mut Part) {
    let Some(section) = root.table.get("initiative").and_then(|value| walk.section("[initiative]", value))
    else {
        return;
    };
    walk.known(&section, &["slightly_behind", "behind", "silent_months"]);
    part.slightly_behind = number(walk, &section, "slightly_behind", 0);
    part.behind = number(walk, &section, "behind", 0);
    let months = number(walk, &section, "silent_months", 1);
    part.silent_months = months.and_then(|months| u32::try_from(months).ok());
    if let (Some(slightly), Some(behind)) = (part.slightly_behind, part.behind)
        && slightly > behind
    {
        let message = "[initiative] の slightly_behind は behind より大きくできません";
        walk.problem(section.offset, message);
    }
}

/// A rule, where nothing essential is missing.
fn rule(walk: &mut Walk<'_>, section: &Section<'_>, name: &str) -> Option<Rule> {
    walk.known(section, RULE);
    for key in ["measure", "pair", "bands"].into_iter().filter(|key| !section.table.contains_key(*key)) {
        walk.missing(section, key);
    }
    let title = walk.string(section, "title").map_or_else(|| name.to_owned(), |said| said.text);
    let measure = walk.choice(section, "measure", MEASURES);
    let pair = walk.choice(section, "pair", PAIRS);
    let use_last_settled = walk.boolean(section, "use_last_settled").unwrap_or_default();
    let otherwise = walk.string(section, "otherwise").map(|said| said.text);
    let steps = steps(walk, section, measure);
    let bands = bands(walk, section);
    let name = name.to_owned();
    Some(Rule { name, title, measure: measure?, pair: pair?, use_last_settled, otherwise, steps, bands })
}

fn steps(walk: &mut Walk<'_>, section: &Section<'_>, measure: Option<Measure>) -> Vec<Decimal> {
    let place = format!("{} の steps", section.name);
    let mut steps: Vec<Decimal> = Vec::new();
    let items = walk.items(section, "steps");
    if let Some(first) = items.first().filter(|_| measure.is_some_and(|m| m != Measure::Pace)) {
        walk.problem(first.span().start, format!("{place} は measure = \"pace\" の規則だけに書けます"));
    }
    for item in items {
        let step = decimal(item).filter(|step| *step > Decimal::ZERO);
        let rising = step.filter(|step| steps.last().is_none_or(|last| last < step));
        match rising {
            Some(step) => steps.push(step),
            None => walk.problem(
                item.span().start,
                format!("{place} には、0より大きい数をだんだん大きくなるように並べてください"),
            ),
        }
    }
    steps
}

fn bands(walk: &mut Walk<'_>, section: &Section<'_>) -> Vec<Band> {
    let place = format!("{} の bands", section.name);
    let items = walk.items(section, "bands");
    let mut bands: Vec<Band> = Vec::new();
    let count = items.len();
    for (index, item) in items.into_iter().enumerate() {
        let Some(step) = walk.section(&place, item) else { continue };
        walk.known(&step, &["at_least", "result", "grade", "points"]);
        if !step.table.contains_key("result") {
            walk.missing(&step, "result");
        }
        let at_least = limit(walk, &step);
        let grade = walk.string(&step, "grade").map(|said| said.text).unwrap_or_default();
        let points = number(walk, &step, "points", 0).and_then(|points| u32::try_from(points).ok());
        let Some(result) = walk.choice(&step, "result", RESULTS) else { continue };
        let band = Band { at_least, result, grade, points };
        if let Some(message) = wrong(&bands, &band, index + 1 == count) {
            walk.problem(step.offset, format!("{place} の{}段目: {message}", index + 1));
        }
        bands.push(band);
    }
    if count == 0
        && let Some(value) = section.table.get("bands").filter(|value| value.get_ref().is_array())
    {
        walk.problem(value.span().start, format!("{place} が空です。少なくとも1段書いてください"));
    }
    bands
}

/// What keeps a band from standing below the others: a better figure must never meet with a worse word.
fn wrong(above: &[Band], band: &Band, last: bool) -> Option<&'static str> {
    let limit = above.iter().rev().find_map(|other| other.at_least);
    if last && (band.at_least.is_some() || band.result == Verdict::Achieved) {
        return Some(
            "最後の段は、ほかのどれにも当てはまらないときの結果です。at_least を消し、「達成」以外にしてください",
        );
    }
    if !last && band.at_least.is_none() && band.result != Verdict::Achieved {
        return Some("at_least がありません（書かなくてよいのは「達成」と最後の段だけです）");
    }
    if let (Some(limit), Some(own)) = (limit, band.at_least)
        && own >= limit
    {
        return Some("at_least は、上の段より小さい数にしてください");
    }
    let previous = above.last()?;
    if band.result < previous.result {
        return Some("上の段より良い結果は書けません");
    }
    match (previous.points, band.points) {
        (Some(upper), Some(lower)) if lower > upper => Some("points は、上の段より大きくできません"),
        (None, None) | (Some(_), Some(_)) => None,
        _ => Some("points は、すべての段に書くか、どの段にも書かないでください"),
    }
}

fn limit(walk: &mut Walk<'_>, section: &Section<'_>) -> Option<Decimal> {
    let value = section.table.get("at_least")?;
    let number = decimal(value);
    if number.is_none() {
        let message = format!("{} の at_least は数で書いてください", section.name);
        walk.problem(value.span().start, message);
    }
    number
}

/// A number that is not below a least one; `points` and months have no fraction.
fn number(walk: &mut Walk<'_>, section: &Section<'_>, key: &str, least: i64) -> Option<Decimal> {
    let value = section.table.get(key)?;
    let whole = matches!(key, "points" | "silent_months");
    let fits = |number: &Decimal| {
        *number >= Decimal::from(least)
            && (!whole || (number.is_integer() && *number <= Decimal::from(u32::MAX)))
    };
    let number = decimal(value).filter(fits);
    if number.is_none() {
        let kind = if whole { "小数のない数" } else { "数" };
        let message = format!("{} の {key} は {least} 以上の{kind}で書いてください", section.name);
        walk.problem(value.span().start, message);
    }
    number
}

fn decimal(value: &Spanned<DeValue<'_>>) -> Option<Decimal> {
    match value.get_ref() {
        DeValue::Integer(number) => {
            i64::from_str_radix(&number.as_str().replace('_', ""), number.radix()).ok().map(Decimal::from)
        }
        DeValue::Float(number) => number.as_str().replace('_', "").parse().ok(),
        _ => None,
    }
}
