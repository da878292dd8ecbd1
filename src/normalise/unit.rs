//! Units in canonical spelling, what they measure, and names that carry one.

use rust_decimal::Decimal;

use super::polarity::read_polarity;
use super::quantity::is_placeholder;
use super::text::{is_blank, is_close, is_open, key, plain, strip_layout_mark, unwrap};
use super::vocabulary::Vocabulary;
use crate::model::indicator::{Class, Polarity};
use crate::model::quantity::Unit;

/// Powers of ten that units carry in front, longest first.
const MULTIPLES: [(&str, u64); 11] = [
    ("千億", 100_000_000_000),
    ("百億", 10_000_000_000),
    ("十億", 1_000_000_000),
    ("千万", 10_000_000),
    ("百万", 1_000_000),
    ("十万", 100_000),
    ("兆", 1_000_000_000_000),
    ("億", 100_000_000),
    ("万", 10_000),
    ("千", 1000),
    ("百", 100),
];
/// The longest text that a unit column's cell may hold as a unit nobody listed.
const LONGEST: usize = 16;

/// The canonical spelling of a unit that the vocabulary knows, alone or composed (千人, 個/㎡, 件（人）).
pub fn known_unit(text: &str, vocabulary: &Vocabulary) -> Option<Unit> {
    canonical(&key(text), vocabulary).map(Unit)
}

fn canonical(key: &str, vocabulary: &Vocabulary) -> Option<String> {
    if let Some(unit) = vocabulary.unit.get(key) {
        return Some(unit.clone());
    }
    if let Some((left, right)) = key.split_once('/') {
        return Some(format!("{}/{}", canonical(left, vocabulary)?, canonical(right, vocabulary)?));
    }
    if let Some((outer, inner)) = key.strip_suffix(')').and_then(|text| text.split_once('(')) {
        return Some(format!("{}({})", canonical(outer, vocabulary)?, canonical(inner, vocabulary)?));
    }
    let (multiple, rest) = MULTIPLES.iter().find_map(|(name, _)| Some((name, key.strip_prefix(name)?)))?;
    Some(format!("{multiple}{}", vocabulary.unit.get(rest)?))
}

/// Reads the cell of a unit column or the inside of a unit bracket; `None` where it holds no unit (blank, `-`, `0`).
pub fn read_unit(text: &str, vocabulary: &Vocabulary) -> Option<Unit> {
    let plain = plain(unwrap(text));
    let squeezed: String = plain.chars().filter(|c| !is_blank(*c)).collect();
    let stripped = squeezed.strip_prefix("単位").unwrap_or(&squeezed).trim_start_matches([':', '=', '・']);
    let text = unwrap(stripped);
    if let Some(unit) = known_unit(text, vocabulary) {
        return Some(unit);
    }
    let named = text.chars().any(char::is_alphabetic) && text.chars().count() <= LONGEST;
    let odd =
        text.chars().any(|c| matches!(c, '。' | '、' | ',')) || text.chars().all(|c| c.is_ascii_digit());
    if !named || odd || is_placeholder(text, vocabulary) { None } else { Some(Unit(text.to_owned())) }
}

/// Reads a note above a table or in a header that names the unit of all figures: `(単位：百万円)`. `None` for any
/// other text, and where several units are named.
pub fn read_unit_note(text: &str, vocabulary: &Vocabulary) -> Option<Unit> {
    let key = key(text);
    let (_, behind) = key.split_once("単位")?;
    let behind = behind.strip_prefix([':', '=', '・', 'は']).unwrap_or(behind);
    let end = behind.rfind([')', ']', '】']).unwrap_or(behind.len());
    let inner = behind.get(..end)?;
    let short = inner.chars().count() <= 8 && !inner.contains(['、', ',', '・', ':', '。']);
    known_unit(inner, vocabulary).or_else(|| short.then(|| read_unit(inner, vocabulary)).flatten())
}

/// What a unit measures: its base unit, and how many of these it is (千円 → 円, 1000). A unit that nobody listed
/// measures something of its own.
pub fn dimension(unit: &Unit, vocabulary: &Vocabulary) -> (String, Decimal) {
    let listed = |name: &str| vocabulary.measures.iter().find(|measure| measure.unit == name);
    if let Some(measure) = listed(&unit.0) {
        return (measure.base.clone(), measure.size);
    }
    let multiple = MULTIPLES.iter().find_map(|(name, size)| Some((unit.0.strip_prefix(name)?, *size)));
    let Some((rest, size)) = multiple.filter(|(rest, _)| !rest.is_empty()) else {
        return (unit.0.clone(), Decimal::ONE);
    };
    match listed(rest) {
        Some(measure) => {
            (measure.base.clone(), measure.size.checked_mul(Decimal::from(size)).unwrap_or(measure.size))
        }
        None => (rest.to_owned(), Decimal::from(size)),
    }
}

/// A value in another unit of the same dimension; `None` where they measure different things or the result
/// would not be exact.
pub fn convert(value: Decimal, from: &Unit, to: &Unit, vocabulary: &Vocabulary) -> Option<Decimal> {
    if from == to {
        return Some(value);
    }
    let ((base, size), (other, other_size)) = (dimension(from, vocabulary), dimension(to, vocabulary));
    if base != other {
        return None;
    }
    let there = value.checked_mul(size)?.checked_div(other_size)?.normalize();
    (there.checked_mul(other_size)? == value.checked_mul(size)?).then_some(there)
}

/// An indicator's name and what was written into it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NameParts {
    /// The name without layout marks, unit, polarity and class notes; its inner spacing as it stands.
    pub name: String,
    /// 苦情件数【件】.
    pub unit: Option<Unit>,
    /// ※少ないほど良い.
    pub polarity: Option<Polarity>,
    /// 【成果】.
    pub class: Option<Class>,
}

/// Takes an indicator's name apart. Brackets that hold no unit, polarity or class belong to the name
/// (`病床利用率 (稼働病床比)`).
pub fn split_name(text: &str, vocabulary: &Vocabulary) -> NameParts {
    let mut parts = NameParts::default();
    let mut name = strip_layout_mark(text, vocabulary).to_owned();
    while let Some(shorter) = without_class(&name, &mut parts, vocabulary)
        .or_else(|| without_footnote(&name))
        .or_else(|| shorter(&name, &mut parts, vocabulary))
    {
        strip_layout_mark(&shorter, vocabulary).clone_into(&mut name);
    }
    parts.name = name;
    parts
}

/// The name without the mark of a footnote at its end: `相談件数（件）※1`, `満足度（注２）`.
fn without_footnote(name: &str) -> Option<String> {
    let digit = |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c);
    let (front, tail) = if name.ends_with(is_close) {
        let at = last_open(name)?;
        (name.get(..at)?, unwrap(name.get(at..)?))
    } else {
        let front = name.trim_end_matches(digit);
        let front = front.strip_suffix(['※', '＊', '*', '†', '‡', '注'])?;
        (front, name.get(front.len()..)?)
    };
    let bare = tail.trim_end_matches(digit);
    let mark = matches!(bare, "※" | "＊" | "*" | "†" | "‡")
        || bare == "注" && (bare != tail || name.ends_with(is_close));
    let front = front.trim_matches(is_blank);
    (mark && !front.is_empty()).then(|| front.to_owned())
}

/// The name without a class label in front.
fn without_class(name: &str, parts: &mut NameParts, vocabulary: &Vocabulary) -> Option<String> {
    if let Some((label, rest)) = name.split_once([':', '：'])
        && let Some(class) =
            vocabulary.class.get(&key(label)).filter(|_| !rest.trim_matches(is_blank).is_empty())
    {
        parts.class.get_or_insert(*class);
        return Some(rest.trim_matches(is_blank).to_owned());
    }
    name.chars().next().filter(|c| is_open(*c))?;
    let close = name.char_indices().find(|(_, c)| is_close(*c))?;
    let class = vocabulary.class.get(&key(unwrap(name.get(..close.0 + close.1.len_utf8())?)))?;
    let rest = name.get(close.0 + close.1.len_utf8()..)?.trim_matches(is_blank);
    if rest.is_empty() {
        return None;
    }
    parts.class.get_or_insert(*class);
    Some(rest.to_owned())
}

/// The name without the note at its end, where that is one.
fn shorter(name: &str, parts: &mut NameParts, vocabulary: &Vocabulary) -> Option<String> {
    let cut = |at: usize| {
        let rest = name
            .get(..at)?
            .trim_matches(is_blank)
            .trim_end_matches(['※', '、', ',', ':', '：'])
            .trim_matches(is_blank);
        (!rest.is_empty()).then(|| rest.to_owned())
    };
    if name.chars().last().is_some_and(is_close) {
        let at = last_open(name)?;
        let inner = unwrap(name.get(at..)?);
        let rest = cut(at)?;
        return note(inner, parts, vocabulary).then_some(rest);
    }
    for (at, c) in name.char_indices().rev() {
        let starts = at > 0 && (matches!(c, '※' | '↑' | '↓' | '↗' | '↘' | '→') || is_blank(c));
        let tail = name.get(at..).unwrap_or_default();
        if !starts || tail.chars().count() > 24 {
            continue;
        }
        if let Some(unit) = tail.contains("単位").then(|| read_unit_note(tail, vocabulary)).flatten() {
            parts.unit.get_or_insert(unit);
            return cut(at);
        }
        // 転入・転出の均衡 維持 would be a name; only a note with a mark or a wish is one.
        let told = matches!(c, '※' | '↑' | '↓' | '↗' | '↘' | '→')
            || key(tail).contains("ほど")
            || tail.contains("方向");
        if let Some(polarity) = told.then(|| read_polarity(tail, vocabulary)).flatten() {
            parts.polarity.get_or_insert(polarity);
            return cut(at);
        }
    }
    None
}

/// Takes in the inside of a bracket at the end of a name; `false` where it belongs to the name.
fn note(inner: &str, parts: &mut NameParts, vocabulary: &Vocabulary) -> bool {
    if let Some(class) = vocabulary.class.get(&key(inner)) {
        parts.class.get_or_insert(*class);
        return true;
    }
    let labelled = key(inner).starts_with("単位");
    let unit = if labelled { read_unit(inner, vocabulary) } else { known_unit(inner, vocabulary) };
    if let Some(unit) = unit.filter(|_| parts.unit.is_none()) {
        parts.unit = Some(unit);
        return true;
    }
    if let Some(polarity) = read_polarity(inner, vocabulary) {
        parts.polarity.get_or_insert(polarity);
        return true;
    }
    false
}

fn last_open(name: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, c) in name.char_indices().rev() {
        if is_close(c) {
            depth += 1;
        } else if is_open(c) {
            depth = depth.saturating_sub(1);
            if depth == 0 {
                return Some(at);
            }
        }
    }
    None
}

#[cfg(test)]
mod tests;
