//! `[[figures]]` of a profile: indicators and the columns of their values, which may repeat in blocks.

use std::collections::BTreeMap;

use super::parse::{CLASSES, KINDS, POLARITIES, Reader, integer};
use super::spot::{Column, LAST_COLUMN, Spot, column_number, column_range};
use super::{Constant, Group, IndicatorRule, Moment, Name};
use crate::config::Section;
use crate::model::fiscal::{Basis, Span};
use crate::model::place::column_letters;
use crate::normalise::vocabulary::Role;

const KEYS: &[&str] =
    &["first", "width", "years", "months", "kinds", "year", "kind", "span", "basis", "class", "indicators"];
const SPANS: &[(&str, Span)] = &[
    ("year", Span::Year),
    ("h1", Span::H1),
    ("h2", Span::H2),
    ("q1", Span::Q1),
    ("q2", Span::Q2),
    ("q3", Span::Q3),
    ("q4", Span::Q4),
];
const BASES: &[(&str, Basis)] =
    &[("single", Basis::Single), ("cumulative", Basis::Cumulative), ("as_of", Basis::AsOf)];

/// What is known while groups are read.
struct Checks<'a> {
    columns: &'a [(Role, Spot)],
    constant: &'a Constant,
    ignore: &'a [(u32, u32)],
    /// Value columns that are taken, and by the line of which.
    taken: BTreeMap<(u32, u32), usize>,
    /// The group says years or kinds of its own, right or wrong.
    said: (bool, bool),
    /// Stretches of blocks, and the line of each.
    blocks: Vec<(u32, u32, usize)>,
}

impl Checks<'_> {
    fn has(&self, role: Role) -> bool {
        self.columns.iter().any(|(known, _)| *known == role)
    }
}

/// Reads all groups.
pub(super) fn read(
    reader: &mut Reader<'_, '_>,
    root: &Section<'_>,
    columns: &[(Role, Spot)],
    constant: &Constant,
    ignore: &[(u32, u32)],
) -> Vec<Group> {
    let mut checks = Checks {
        columns,
        constant,
        ignore,
        taken: BTreeMap::new(),
        said: (false, false),
        blocks: Vec::new(),
    };
    let sections = reader.walk.sections(root, "figures");
    sections.iter().map(|section| group(reader, section, &mut checks)).collect()
}

fn group(reader: &mut Reader<'_, '_>, section: &Section<'_>, checks: &mut Checks<'_>) -> Group {
    reader.walk.known(section, KEYS);
    let said = |keys: [&str; 2]| keys.iter().any(|key| section.table.contains_key(*key));
    checks.said = (said(["years", "year"]), said(["kinds", "kind"]));
    let common = moment(reader, section);
    let class = reader.walk.choice(section, "class", CLASSES);
    let moments = moments(reader, section, common);
    let block = block(reader, section, moments.len(), checks);
    let items = reader.walk.items(section, "indicators");
    if items.is_empty() && !section.table.contains_key("indicators") {
        let message = format!(
            "{} に indicators がありません。indicators = [{{ name = \"N\", value = \"AP\" }}] のように書いてください",
            section.name
        );
        reader.walk.problem(section.offset, message);
    }
    let mut group = Group { block, moments, indicators: Vec::new() };
    for item in items {
        let Some(own) = reader.walk.section(&format!("{} の indicators", section.name), item) else {
            continue;
        };
        let mut rule = indicator(reader, &own, &group, checks);
        if let Some(rule) = &mut rule {
            rule.class = rule.class.or(class);
        }
        group.indicators.extend(rule);
    }
    group
}

/// What a section says of its figures itself.
fn moment(reader: &mut Reader<'_, '_>, section: &Section<'_>) -> Moment {
    let month = reader.number(section, "month", 1, 12).and_then(|month| u8::try_from(month).ok());
    Moment {
        year: reader.year(section, "year"),
        month,
        span: reader.walk.choice(section, "span", SPANS),
        kind: reader.walk.choice(section, "kind", KINDS),
        basis: reader.walk.choice(section, "basis", BASES),
    }
}

/// One moment for each block; a single one where nothing repeats.
fn moments(reader: &mut Reader<'_, '_>, section: &Section<'_>, common: Moment) -> Vec<Moment> {
    let name = |key| format!("{} の {key}", section.name);
    let years: Vec<_> = reader.walk.items(section, "years");
    let years: Vec<_> = years.into_iter().map(|value| reader.year_of(&name("years"), value)).collect();
    let mut months = Vec::new();
    for value in reader.walk.items(section, "months") {
        let month = integer(value).and_then(|month| u8::try_from(month).ok());
        let month = month.filter(|month| (1..=12).contains(month));
        if month.is_none() {
            reader.walk.problem(
                value.span().start,
                format!("{} は 1 から 12 までの数で書いてください", name("months")),
            );
        }
        months.push(month);
    }
    let said = reader.walk.strings(section, "kinds");
    let kinds: Vec<_> = said.iter().map(|said| reader.one_of(&name("kinds"), said, KINDS)).collect();
    let counts = [years.len(), months.len(), kinds.len()];
    let most = counts.into_iter().max().unwrap_or(0);
    for (key, count) in ["years", "months", "kinds"].into_iter().zip(counts) {
        let Some(value) = section.table.get(key) else { continue };
        if count == 0 {
            reader.walk.problem(
                value.span().start,
                format!("{} が空です。左のまとまりから順に書いてください", name(key)),
            );
        } else if count != most {
            let message = format!(
                "{} は {count} 個ですが、ほかの並びは {most} 個です。まとまりの数だけ書いてください",
                name(key)
            );
            reader.walk.problem(value.span().start, message);
        }
    }
    if most == 0 {
        return vec![common];
    }
    let at = |index: usize| Moment {
        year: years.get(index).copied().flatten(),
        month: months.get(index).copied().flatten(),
        span: None,
        kind: kinds.get(index).copied().flatten(),
        basis: None,
    };
    (0..most).map(|index| at(index).or(common)).collect()
}

/// The first block and its width; blocks that leave the sheet or overlap others are problems.
fn block(
    reader: &mut Reader<'_, '_>,
    section: &Section<'_>,
    count: usize,
    checks: &mut Checks<'_>,
) -> Option<(u32, u32)> {
    let repeats = ["first", "width", "years", "months", "kinds"];
    let said: Vec<&str> = repeats.into_iter().filter(|key| section.table.contains_key(*key)).collect();
    if said.is_empty() {
        return None;
    }
    let lists = said.iter().any(|key| !matches!(*key, "first" | "width"));
    if !said.contains(&"first") || !said.contains(&"width") || !lists {
        let message = format!(
            "{} で列のまとまりを繰り返すには、first（最初の列）、width（列の数）と、years・months・kinds のどれかが要ります",
            section.name
        );
        reader.walk.problem(section.offset, message);
        return None;
    }
    let width = reader.number(section, "width", 1, i64::from(LAST_COLUMN) + 1);
    let letters = reader.walk.string(section, "first")?;
    let Some(first) = column_number(&letters.text) else {
        let message = format!("{} の first の「{}」は列の記号ではありません", section.name, letters.text);
        reader.walk.problem(letters.offset, message);
        return None;
    };
    let width = width?;
    let end = u64::from(first) + u64::from(width) * count as u64 - 1;
    let Some(end) = u32::try_from(end).ok().filter(|end| *end <= LAST_COLUMN) else {
        let message = format!("{} の {count} 個のまとまりは、シートの最後の列 XFD を超えます", section.name);
        reader.walk.problem(letters.offset, message);
        return None;
    };
    let line = reader.walk.line(section.offset);
    let crossing = checks.blocks.iter().find(|(from, to, _)| first <= *to && end >= *from);
    if let Some((from, to, other)) = crossing {
        let message = format!(
            "{} のまとまり {} が、{other}行目のまとまり {} と重なっています",
            section.name,
            column_range(first, end),
            column_range(*from, *to)
        );
        reader.walk.problem(letters.offset, message);
    }
    checks.blocks.push((first, end, line));
    Some((first, width))
}

fn indicator(
    reader: &mut Reader<'_, '_>,
    section: &Section<'_>,
    group: &Group,
    checks: &mut Checks<'_>,
) -> Option<IndicatorRule> {
    let keys = ["name", "name_text", "unit", "unit_text", "class", "polarity", "note", "value", "values"];
    reader.walk.known(section, &keys);
    let text = |reader: &mut Reader<'_, '_>, key| reader.walk.string(section, key).map(|said| said.text);
    let name = match (reader.spot(section, "name"), text(reader, "name_text")) {
        (Some(spot), _) => Some(Name::At(spot)),
        (None, Some(text)) => Some(Name::Is(text)),
        (None, None) => {
            if !section.table.contains_key("name") && !section.table.contains_key("name_text") {
                let message = format!(
                    "{} に name（指標名の列）か name_text（指標名そのもの）がありません",
                    section.name
                );
                reader.walk.problem(section.offset, message);
            }
            None
        }
    };
    let mut rule = IndicatorRule {
        name: name?,
        unit: reader.spot(section, "unit"),
        unit_text: text(reader, "unit_text").unwrap_or_default(),
        class: reader.walk.choice(section, "class", CLASSES),
        polarity: reader.walk.choice(section, "polarity", POLARITIES),
        note: reader.spot(section, "note"),
        values: Vec::new(),
    };
    if section.table.contains_key("value") {
        let spot = reader.spot(section, "value");
        rule.values.extend(spot.map(|spot| (spot, Moment::default())));
    }
    for item in reader.walk.items(section, "values") {
        let Some(own) = reader.walk.section(&format!("{} の values", section.name), item) else { continue };
        reader.walk.known(&own, &["column", "year", "month", "span", "kind", "basis"]);
        let moment = moment(reader, &own);
        if !own.table.contains_key("column") {
            reader.walk.missing(&own, "column");
        }
        rule.values.extend(reader.spot(&own, "column").map(|spot| (spot, moment)));
    }
    if !section.table.contains_key("value") && !section.table.contains_key("values") {
        reader.walk.missing(section, "value");
    }
    for (spot, own) in &rule.values {
        place(reader, section, spot, group, checks);
        told(reader, section, *own, group, checks);
    }
    distinct(reader, section, &rule, group);
    Some(rule)
}

/// A value column lies in the first block, and no other value or thing stands in it or its repetitions.
fn place(
    reader: &mut Reader<'_, '_>,
    section: &Section<'_>,
    spot: &Spot,
    group: &Group,
    checks: &mut Checks<'_>,
) {
    let Spot::Row(Column::At(col), down) = spot else { return };
    let (col, down) = (*col, *down);
    let letters = column_letters(col);
    if let Some((first, width)) = group.block
        && !(first..first + width).contains(&col)
    {
        let message = format!(
            "値の列 {letters} が最初のまとまり {} の外にあります。最初のまとまりの列で書いてください",
            column_range(first, first + width - 1)
        );
        return reader.walk.problem(section.offset, message);
    }
    let line = reader.walk.line(section.offset);
    for index in 0..group.moments.len() {
        let col = group.block.map_or(col, |(_, width)| col + width * u32::try_from(index).unwrap_or(0));
        let letters = column_letters(col);
        if let Some(other) = checks.taken.insert((col, down), line) {
            let message =
                format!("値の列 {letters} は{other}行目でも使われています。どちらかを直してください");
            return reader.walk.problem(section.offset, message);
        }
        let is_here = |spot: &Spot| matches!(spot, Spot::Row(Column::At(at), d) if *at == col && *d == down);
        if let Some((role, _)) = checks.columns.iter().find(|(_, spot)| is_here(spot)) {
            let message = format!("値の列 {letters} は [columns] で「{}」の列になっています", role.label());
            return reader.walk.problem(section.offset, message);
        }
        if checks.ignore.iter().any(|(first, last)| (*first..=*last).contains(&col)) {
            let message = format!("値の列 {letters} は [columns] の ignore にも書かれています");
            return reader.walk.problem(section.offset, message);
        }
    }
}

/// Year and kind of every figure are told somewhere: nothing is guessed.
fn told(reader: &mut Reader<'_, '_>, section: &Section<'_>, own: Moment, group: &Group, checks: &Checks<'_>) {
    let all = |known: fn(&Moment) -> bool| group.moments.iter().all(|moment| known(&own.or(*moment)));
    let year = checks.said.0
        || all(|m| m.year.is_some())
        || checks.has(Role::FiscalYear)
        || checks.constant.fiscal_year.is_some();
    let kind = checks.said.1
        || all(|m| m.kind.is_some())
        || checks.has(Role::KindColumn)
        || checks.constant.kind.is_some();
    if !year {
        let message = "値の年度が分かりません。[[figures]] の years・year、[constant] の fiscal_year、[columns] の fiscal_year のどれかに書いてください";
        reader.walk.problem(section.offset, message);
    }
    if !kind {
        let message = "値の種類（実績・目標など）が分かりません。[[figures]] の kinds・kind、[constant] の kind、[columns] の kind のどれかに書いてください";
        reader.walk.problem(section.offset, message);
    }
}

/// Two columns of one indicator never say the same moment.
fn distinct(reader: &mut Reader<'_, '_>, section: &Section<'_>, rule: &IndicatorRule, group: &Group) {
    let mut seen: Vec<Moment> = Vec::new();
    for (_, own) in &rule.values {
        for moment in &group.moments {
            let moment = own.or(*moment);
            if seen.contains(&moment) {
                let message = "同じ指標の2つの列が、同じ年度・種類になっています。どちらかを直してください";
                return reader.walk.problem(section.offset, message);
            }
            seen.push(moment);
        }
    }
}
