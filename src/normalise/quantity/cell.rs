//! A figure's cell: its exact value held against what the sheet shows.

use rust_decimal::{Decimal, RoundingStrategy};

use super::super::text::{is_blank, key, plain, split_brackets};
use super::super::unit::{convert, dimension, known_unit};
use super::super::vocabulary::Vocabulary;
use super::{Cause, CellReading, read_quantity};
use crate::model::quantity::{Confidence, Quantity, State, Unit};
use crate::model::sheet::{Cell, Value};

/// Reads a figure's cell. `unit` is the one that its row, column or table says; values in another unit of the
/// same dimension come back in it, with that stated.
pub fn read_cell(cell: &Cell, unit: Option<&Unit>, vocabulary: &Vocabulary) -> CellReading {
    let mut reading = match &cell.value {
        Value::Number(value) => number(*value, &cell.text, unit, vocabulary),
        Value::Text(text) => read_quantity(text, vocabulary),
        Value::Bool(_) => CellReading::unread(Cause::Unclear, "数値ではなく TRUE / FALSE が入っています"),
        Value::Date(..) => {
            let why = format!("数値ではなく日付（{}）が入っています", cell.text.trim_matches(is_blank));
            CellReading::unread(Cause::Date, why)
        }
        Value::Error(code) => {
            CellReading::unread(Cause::CellError, format!("数式がエラー（{code}）になっています"))
        }
        Value::Uncalculated(_) => {
            CellReading::unread(Cause::NotCalculated, "数式の計算結果がファイルに保存されていません")
        }
    };
    if let Some(unit) = unit {
        in_unit(&mut reading, unit, vocabulary);
    }
    reading
}

/// Brings a value into the unit of its column, or states that the cell says another one.
fn in_unit(reading: &mut CellReading, unit: &Unit, vocabulary: &Vocabulary) {
    let Some(own) = reading.unit.clone().filter(|_| reading.state == State::Value) else {
        reading.unit = Some(unit.clone());
        return;
    };
    let Some(quantity) = reading.quantity.as_mut().filter(|_| own != *unit) else { return };
    let high = quantity.high.map(|high| convert(high, &own, unit, vocabulary));
    let converted = convert(quantity.value, &own, unit, vocabulary);
    if let (Some(value), None | Some(Some(_))) = (converted, high) {
        (quantity.value, quantity.high) = (value, high.flatten());
        reading.decimals = value.scale();
        reading.percent = unit.is_percent();
        let same_size = dimension(&own, vocabulary).1 == dimension(unit, vocabulary).1;
        if !same_size {
            reading.assume(format!("セルの単位「{}」を「{}」に換算しました", own.0, unit.0));
        }
        reading.unit = Some(unit.clone());
    } else {
        reading.assume(format!("セルの単位「{}」が、表の単位「{}」と異なります", own.0, unit.0));
    }
}

/// What the sheet shows of a number.
struct Shown {
    /// Its digits, without sign.
    digits: Decimal,
    decimals: u32,
    unit: Option<Unit>,
    /// The sign or brackets of a negative number stand there.
    minus: bool,
    /// Words that are no unit.
    words: Option<String>,
}

fn number(exact: Decimal, text: &str, unit: Option<&Unit>, vocabulary: &Vocabulary) -> CellReading {
    let mut reading = CellReading::empty(State::Value, Confidence::Read);
    let Some(shown) = shown(text, vocabulary) else {
        return unshown(exact, text, vocabulary);
    };
    let Some((scale, rounded)) = scale(exact, &shown) else {
        let why = format!(
            "セルの値は {} ですが、「{}」と表示されています",
            exact.normalize(),
            text.trim_matches(is_blank)
        );
        return CellReading::unread(Cause::Unclear, why);
    };
    reading.decimals = shown.decimals;
    reading.hides_digits = rounded;
    reading.unit.clone_from(&shown.unit);
    let mut value = exact;
    if scale == Scale::Percent {
        value = exact.checked_mul(Decimal::ONE_HUNDRED).unwrap_or(exact);
        reading.percent = true;
    } else if let Scale::Divided(by) = scale {
        // `#,##0,` under 千円 means thousands; under 円 the exact value is what counts.
        let divided = |unit: &Unit| dimension(unit, vocabulary).1 == by;
        if shown.unit.as_ref().or(unit).is_some_and(divided) {
            value = exact.checked_div(by).unwrap_or(exact);
            reading.assume(format!(
                "表示形式が値を {by} で割って見せているので、値 {} を表示の単位で読みました",
                exact.normalize()
            ));
        } else {
            reading.assume(format!(
                "表示形式が値を {by} で割って見せていますが、セルの値 {} を読みました",
                exact.normalize()
            ));
        }
    }
    reading.percent |= shown.unit.as_ref().is_some_and(Unit::is_percent);
    if exact.is_sign_negative() && !exact.is_zero() && !shown.minus {
        reading.assume("値はマイナスですが、表示に符号がありません");
    }
    if let Some(words) = shown.words {
        reading.assume(format!("表示の「{words}」は読まずに、セルの値を読みました"));
    }
    reading.quantity = Some(Quantity::exact(zeroed(value)));
    reading
}

/// A number whose display holds no digits: `-` for zero, nothing, or a word.
fn unshown(exact: Decimal, text: &str, vocabulary: &Vocabulary) -> CellReading {
    let text = text.trim_matches(is_blank);
    let marked = text.is_empty() || super::is_placeholder(text, vocabulary);
    if !exact.is_zero() || !marked {
        let why = format!("セルの値は {} ですが、「{text}」と表示されています", exact.normalize());
        return CellReading::unread(Cause::Unclear, why);
    }
    let mut reading = CellReading::empty(State::Value, Confidence::Read);
    reading.quantity = Some(Quantity::exact(Decimal::ZERO));
    reading.assume(format!("セルの値は 0 ですが、「{text}」と表示されています"));
    reading
}

fn shown(text: &str, vocabulary: &Vocabulary) -> Option<Shown> {
    let simple = read_quantity(text, vocabulary);
    if let Some(quantity) = simple.quantity.filter(|quantity| quantity.high.is_none()) {
        let words = match (quantity.bound, simple.annotation) {
            (None, None) => None,
            _ => Some(text.trim_matches(is_blank).to_owned()),
        };
        let negative = quantity.value.is_sign_negative() && !quantity.value.is_zero();
        let digits = quantity.value.abs();
        return Some(Shown { digits, decimals: simple.decimals, unit: simple.unit, minus: negative, words });
    }
    digits_only(text, vocabulary)
}

/// The one run of digits of a display such as `(53)` or `△ 53 人増`.
fn digits_only(text: &str, vocabulary: &Vocabulary) -> Option<Shown> {
    let plain = plain(text);
    let is_part = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
    let start = plain.find(|c: char| c.is_ascii_digit())?;
    let run: String = plain.get(start..)?.chars().take_while(|c| is_part(*c)).collect();
    let (before, after) = (plain.get(..start)?, plain.get(start + run.len()..)?);
    if after.contains(|c: char| c.is_ascii_digit()) {
        return scientific(&plain);
    }
    let digits = run.trim_end_matches([',', '.']).replace(',', "");
    let decimals = digits.split_once('.').map_or(0, |(_, part)| u32::try_from(part.len()).unwrap_or(0));
    let around = format!("{before}{after}");
    let (outside, brackets) = split_brackets(&plain);
    let bracketed = brackets.len() == 1 && !outside.contains(|c: char| c.is_ascii_digit());
    let minus = bracketed || key(before).contains(['-', '△', '▲', '▼', '▽']);
    let sign = |c: char| matches!(c, '(' | ')' | '△' | '▲' | '▼' | '▽' | '-' | '+' | '¥' | ' ');
    let left: String = key(&around).chars().filter(|c| !sign(*c)).collect();
    let unit = known_unit(&left, vocabulary);
    let words = if left.is_empty() || unit.is_some() { None } else { Some(left) };
    Some(Shown { digits: Decimal::from_str_exact(&digits).ok()?, decimals, unit, minus, words })
}

/// `1.2E+11`, which Excel shows where a number is too long for its cell.
fn scientific(plain: &str) -> Option<Shown> {
    let value = Decimal::from_scientific(plain.trim()).ok()?;
    Some(Shown { digits: value.abs(), decimals: 0, unit: None, minus: value.is_sign_negative(), words: None })
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scale {
    AsIs,
    Percent,
    Divided(Decimal),
}

/// By what the display scales the value, and whether it hides digits of it; `None` where it shows another number.
fn scale(exact: Decimal, shown: &Shown) -> Option<(Scale, bool)> {
    let percent = shown.unit.as_ref().is_some_and(Unit::is_percent);
    let mut scales = vec![Scale::AsIs];
    if percent {
        // 0 and tiny values fit both; a percent format is what shows a %.
        scales.insert(0, Scale::Percent);
    }
    scales.extend([1000, 1_000_000, 1_000_000_000].map(|by| Scale::Divided(Decimal::from(by))));
    scales.into_iter().find_map(|scale| {
        let seen = match scale {
            Scale::AsIs => Some(exact),
            Scale::Percent => exact.checked_mul(Decimal::ONE_HUNDRED),
            Scale::Divided(by) => exact.checked_div(by),
        }?;
        let rounded =
            seen.abs().round_dp_with_strategy(shown.decimals, RoundingStrategy::MidpointAwayFromZero);
        let near = (rounded - shown.digits).abs() <= last_digit(shown);
        near.then(|| (scale, seen.abs() != shown.digits))
    })
}

/// One in the last digit that is shown, which forgives another way of rounding; nothing for whole numbers, whose
/// last digit is a figure of its own.
fn last_digit(shown: &Shown) -> Decimal {
    match shown.decimals {
        0 => Decimal::ZERO,
        decimals => Decimal::try_new(1, decimals.min(28)).unwrap_or(Decimal::ZERO),
    }
}

fn zeroed(value: Decimal) -> Decimal {
    if value.is_zero() { Decimal::ZERO } else { value.normalize() }
}
