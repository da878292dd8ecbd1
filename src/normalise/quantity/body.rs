//! The number proper: sign, digits, unit, bounds, ranges.

use rust_decimal::Decimal;

use super::super::segment::segment;
use super::super::text::key;
use super::super::unit::known_unit;
use super::super::vocabulary::{NumberPart, Vocabulary};
use super::number::{Number, lex};
use super::reason::{better_reason, looks_like_a_date, not_a_number};
use crate::model::quantity::{Bound, Quantity, Unit};

/// Years that `2021年` would mean.
const YEARS: std::ops::RangeInclusive<i64> = 1850..=2150;

/// A number with everything around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Parsed {
    pub quantity: Quantity,
    pub unit: Option<Unit>,
    pub decimals: u32,
    pub assumption: Option<String>,
}

/// Parses a prepared text; the error is the reason in Japanese.
pub(super) fn parse(body: &str, vocabulary: &Vocabulary) -> Result<Parsed, String> {
    if body.contains('\u{fffd}') {
        return Err("数値として読めない記号があります".to_owned());
    }
    let lower = body.to_lowercase();
    let text = lower.trim();
    if let Some((low, high)) = text.split_once('~').or_else(|| text.split_once("から")) {
        return range(low, high, vocabulary);
    }
    if let Some(at) = between_bounds(text, vocabulary) {
        let (low, high) = (text.get(..at).unwrap_or_default(), text.get(at..).unwrap_or_default());
        let (low, high) = (single(low, vocabulary)?, single(high, vocabulary)?);
        let mut both = joined(low, high)?;
        both.assumption = Some(format!("「{body}」を範囲として読みました"));
        return Ok(both);
    }
    single(text, vocabulary)
}

/// The index of the second number in `10以上20未満`.
fn between_bounds(text: &str, vocabulary: &Vocabulary) -> Option<usize> {
    let starts = text.char_indices().filter(|(_, c)| c.is_ascii_digit()).map(|(at, _)| at);
    let after_bound = |at: &usize| {
        let before = text.get(..*at).unwrap_or_default().trim_end_matches([' ', '、', ',']);
        before.contains(|c: char| c.is_ascii_digit()) && vocabulary.bound.suffix(&key(before)).is_some()
    };
    starts.into_iter().find(after_bound)
}

fn range(low: &str, high: &str, vocabulary: &Vocabulary) -> Result<Parsed, String> {
    match (low.trim().is_empty(), high.trim().is_empty()) {
        (true, true) => Err("数値がありません".to_owned()),
        (true, false) => open(single(high, vocabulary)?, Bound::AtMost, "以下"),
        (false, true) => open(single(low, vocabulary)?, Bound::AtLeast, "以上"),
        (false, false) => {
            let expands = |text: &str| text.contains(['万', '億', '兆', '千']);
            if expands(high) && !expands(low) && single(low, vocabulary)?.unit.is_none() {
                return Err("範囲の前の数が後ろの数と同じ桁かどうか判断できません".to_owned());
            }
            joined(single(low, vocabulary)?, single(high, vocabulary)?)
        }
    }
}

fn open(mut one: Parsed, bound: Bound, word: &str) -> Result<Parsed, String> {
    if one.quantity.bound.is_some() || one.quantity.high.is_some() {
        return Err("範囲の書き方が分かりません".to_owned());
    }
    one.quantity.bound = Some(bound);
    one.assumption = Some(format!("片側だけの範囲を「{word}」として読みました"));
    Ok(one)
}

fn joined(low: Parsed, high: Parsed) -> Result<Parsed, String> {
    if low.unit.is_some() && high.unit.is_some() && low.unit != high.unit {
        return Err("範囲の両端で単位が異なります".to_owned());
    }
    if high.quantity.high.is_some() || low.quantity.high.is_some() {
        return Err("範囲の書き方が分かりません".to_owned());
    }
    let mut assumption = low.assumption.or(high.assumption);
    if low.quantity.value > high.quantity.value {
        assumption = Some("範囲の前の数のほうが大きくなっています".to_owned());
    }
    let about = |bound: Option<Bound>| bound == Some(Bound::About);
    let bound =
        if about(low.quantity.bound) || about(high.quantity.bound) { Some(Bound::About) } else { None };
    let unit = low.unit.or(high.unit);
    Ok(Parsed {
        quantity: Quantity { value: low.quantity.value, high: Some(high.quantity.value), bound },
        unit,
        decimals: low.decimals.max(high.decimals),
        assumption,
    })
}

/// What stands in front of the digits.
#[derive(Default)]
struct Lead {
    bound: Option<Bound>,
    negative: bool,
    unit: Option<Unit>,
    assumption: Option<String>,
}

fn single(text: &str, vocabulary: &Vocabulary) -> Result<Parsed, String> {
    let (lead, rest) = lead(text, vocabulary)?;
    let chars: Vec<char> = rest.chars().collect();
    let unit_ahead = |at: usize| {
        let behind: String = chars.iter().skip(at).collect();
        // 5千円 is 5 of the unit 千円, as 5二酸化炭素トン is; 万 and 億 are part of the number.
        behind.starts_with(['千', '百', '十', '一', '二', '三', '四', '五', '六', '七', '八', '九'])
            && listed_unit(&key(&behind), vocabulary)
    };
    let number = lex(&chars, unit_ahead)?.ok_or_else(|| not_a_number(text, vocabulary))?;
    let tail: String = chars.iter().skip(number.length).collect();
    let tail = Tail::read(&tail, &number, vocabulary).map_err(|why| better_reason(why, text, vocabulary))?;
    let value = if lead.negative { -tail.value } else { tail.value };
    if lead.unit.is_some() && tail.unit.is_some() && lead.unit != tail.unit {
        return Err("単位が二つ書かれています".to_owned());
    }
    let unit = tail.unit.or(lead.unit);
    let year = unit.as_ref().is_some_and(|unit| unit.0 == "年")
        && YEARS.contains(&i64::try_from(value).unwrap_or(0));
    if year {
        return Err("年のように見えます".to_owned());
    }
    let mut assumption = lead.assumption.or(tail.assumption);
    if number.kanji {
        assumption.get_or_insert(format!("漢数字を{value}と読みました"));
    }
    if number.padded {
        assumption.get_or_insert(format!("先頭の0を除いて{value}と読みました"));
    }
    if unit.is_none() && looks_like_a_date(rest) {
        assumption.get_or_insert(format!("年月日にも見えますが、数値{value}として読みました"));
    }
    let bound = match (lead.bound, tail.bound) {
        (Some(Bound::About) | None, Some(other)) | (Some(other), None | Some(Bound::About)) => Some(other),
        (Some(one), Some(other)) if one == other => Some(one),
        (Some(_), Some(_)) => return Err("以上・以下などの言葉が食い違っています".to_owned()),
        (None, None) => None,
    };
    let value = if value.is_zero() { Decimal::ZERO } else { value.normalize() };
    Ok(Parsed {
        quantity: Quantity { value, high: None, bound },
        unit,
        decimals: number.decimals,
        assumption,
    })
}

/// Whether a text starts with a unit of the vocabulary that carries a power of ten (千円, 百万円).
fn listed_unit(key: &str, vocabulary: &Vocabulary) -> bool {
    vocabulary.unit.prefix(key).is_some_and(|(word, _)| word.chars().count() > 1)
}

fn lead<'t>(text: &'t str, vocabulary: &Vocabulary) -> Result<(Lead, &'t str), String> {
    let mut lead = Lead::default();
    let mut rest = text.trim();
    loop {
        if let Some((word, bound)) = vocabulary.bound.prefix(rest) {
            lead.bound = Some(*bound);
            rest = rest.strip_prefix(word).unwrap_or(rest).trim_start();
        } else if let Some((word, NumberPart::Lead)) = vocabulary.number_part.prefix(rest) {
            lead.assumption = Some(format!("「{word}」は読まずに数値だけを読みました"));
            rest = rest.strip_prefix(word).unwrap_or(rest).trim_start();
        } else {
            break;
        }
    }
    let mut signed = false;
    for _ in 0..2 {
        if let Some(behind) =
            rest.strip_prefix(['△', '▲', '▽', '▼', '-']).or_else(|| rest.strip_prefix("マイナス"))
        {
            if signed {
                return Err("符号が二つ書かれています".to_owned());
            }
            (lead.negative, signed, rest) = (true, true, behind.trim_start());
        } else if let Some(behind) = rest.strip_prefix('+') {
            if signed {
                return Err("符号が二つ書かれています".to_owned());
            }
            (signed, rest) = (true, behind.trim_start());
        }
        if let Some(behind) = rest.strip_prefix(['¥', '\\']) {
            lead.unit = Some(Unit("円".to_owned()));
            rest = behind.trim_start();
        }
    }
    Ok((lead, rest))
}

/// What stands behind the digits.
struct Tail {
    value: Decimal,
    unit: Option<Unit>,
    bound: Option<Bound>,
    assumption: Option<String>,
}

impl Tail {
    fn read(text: &str, number: &Number, vocabulary: &Vocabulary) -> Result<Self, String> {
        let tail = key(text);
        let mut found = Self { value: number.value, unit: None, bound: None, assumption: None };
        if tail.is_empty() {
            return Ok(found);
        }
        if let Some(parts) = tail.strip_prefix('割').and_then(|rest| rest.strip_suffix('分'))
            && let Ok(part) = parts.parse::<u8>()
            && part < 10
        {
            let value =
                number.value.checked_mul(Decimal::TEN).and_then(|v| v.checked_add(Decimal::from(part)));
            found.value = value.ok_or("数が大きすぎます")?;
            found.unit = Some(Unit("%".to_owned()));
            return Ok(found);
        }
        let cuts: Vec<usize> = tail.char_indices().map(|(at, _)| at).chain([tail.len()]).collect();
        for cut in cuts.into_iter().rev() {
            let (unit, words) = (tail.get(..cut).unwrap_or_default(), tail.get(cut..).unwrap_or_default());
            let unit = if unit.is_empty() { None } else { Some(known_unit(unit, vocabulary)) };
            if unit == Some(None) {
                continue;
            }
            let Some((bound, assumption)) = bounds(words, vocabulary) else { continue };
            (found.unit, found.bound, found.assumption) = (unit.flatten(), bound, assumption);
            return found.in_percent();
        }
        Err(format!("「{}」の意味が分かりません", text.trim()))
    }

    /// 3割 is 30 %.
    fn in_percent(mut self) -> Result<Self, String> {
        if self.unit.as_ref().is_some_and(|unit| unit.0 == "割") {
            self.value = self.value.checked_mul(Decimal::TEN).ok_or("数が大きすぎます")?;
            self.unit = Some(Unit("%".to_owned()));
        }
        Ok(self)
    }
}

/// The bound that words behind a number set; `None` where one of them is unknown.
fn bounds(words: &str, vocabulary: &Vocabulary) -> Option<(Option<Bound>, Option<String>)> {
    if words.is_empty() {
        return Some((None, None));
    }
    let parts = segment(words, |word| {
        let bound = vocabulary.bound.get(word).copied().map(Some);
        bound.or_else(|| (vocabulary.number_part.get(word) == Some(&NumberPart::Tail)).then_some(None))
    })?;
    let mut found = parts.iter().copied().flatten();
    let first = found.next();
    if found.any(|bound| Some(bound) != first) {
        return None;
    }
    // 75以上を維持 says no more than 75以上; 75を維持 leaves open what 75 is.
    let extra = first.is_none();
    Some((first, extra.then(|| format!("「{words}」を数値の条件として読みました"))))
}
