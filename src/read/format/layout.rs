//! Digits into placeholders.

use rust_decimal::Decimal;

use super::tables::TABLES;
use super::token::Token;
use crate::read::number::round;

/// The digits before and behind the point of a positive value rounded to `places`; no leading zeros (0.5 has
/// none before the point), exactly `places` behind it.
pub fn decimal_digits(value: Decimal, places: usize) -> (String, String) {
    let rounded = round(value.abs(), u32::try_from(places).unwrap_or(u32::MAX).min(28));
    let scale = usize::try_from(rounded.scale()).unwrap_or(0);
    let mantissa = rounded.mantissa().unsigned_abs();
    let mut integer = u64::try_from(mantissa).map_or_else(|_| mantissa.to_string(), |m| m.to_string());
    if mantissa == 0 {
        integer.clear();
    }
    if integer.len() < scale {
        integer.insert_str(0, &"0".repeat(scale - integer.len()));
    }
    let mut fraction = integer.split_off(integer.len() - scale);
    (scale..places).for_each(|_| fraction.push('0'));
    (integer, fraction)
}

/// All digits of the mantissa of a positive value (`width` of them before the point, `places` behind) and the
/// power of ten, a multiple of `width`.
pub fn scientific(value: Decimal, width: usize, places: usize) -> (String, i32) {
    let width = i32::try_from(width.max(1)).unwrap_or(1);
    let digits = value.mantissa().unsigned_abs().to_string();
    if value.is_zero() {
        return ("0".repeat(places + 1), 0);
    }
    let to_i32 = |n: usize| i32::try_from(n).unwrap_or(i32::MAX);
    let mut power = to_i32(digits.len()) - 1 - i32::try_from(value.scale()).unwrap_or(0);
    let mut digits: Vec<u8> = digits.bytes().map(|b| b - b'0').collect();
    loop {
        let exponent = power.div_euclid(width) * width;
        let keep = usize::try_from(power - exponent + 1).unwrap_or(1) + places;
        let carried = round_digits(&mut digits, keep);
        if !carried {
            return (digits.iter().map(|d| char::from(b'0' + d)).collect(), exponent);
        }
        // 9.99 became 10.0: one digit more before the point.
        power += 1;
    }
}

/// Rounds to `keep` digits, padding with zeros; whether a digit was carried out at the front.
fn round_digits(digits: &mut Vec<u8>, keep: usize) -> bool {
    let up = digits.get(keep).is_some_and(|d| *d >= 5);
    digits.resize(keep, 0);
    if !up {
        return false;
    }
    for digit in digits.iter_mut().rev() {
        if *digit < 9 {
            *digit += 1;
            return false;
        }
        *digit = 0;
    }
    digits.insert(0, 1);
    true
}

/// What a comma does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CommaRole {
    /// Between digits before the point: groups of three.
    Groups,
    /// Behind the last digit: divides by a thousand.
    Scales,
    /// Anything else: a comma.
    Literal,
}

/// What the comma at an index does.
pub fn comma_role(tokens: &[Token], index: usize) -> CommaRole {
    let is_digit = |token: &Token| matches!(token, Token::Digit(_));
    let before = tokens.iter().take(index).any(is_digit);
    let behind = tokens.iter().skip(index + 1);
    let mut same_part =
        behind.clone().take_while(|token| !matches!(token, Token::Point | Token::Exponent(_)));
    if !before {
        return CommaRole::Literal;
    }
    let past_point = tokens.iter().take(index).any(|token| *token == Token::Point);
    if same_part.any(is_digit) {
        return if past_point { CommaRole::Literal } else { CommaRole::Groups };
    }
    let adjoins = tokens.iter().take(index).rev().find(|token| **token != Token::Comma).is_some_and(is_digit);
    if adjoins { CommaRole::Scales } else { CommaRole::Literal }
}

/// Writes a digit in the numerals of `[DBNum…]`.
pub fn push_numeral(out: &mut String, digit: char, numerals: usize) {
    let table = numerals.checked_sub(1).and_then(|index| TABLES.numerals.get(index));
    let index = digit.to_digit(10).and_then(|d| usize::try_from(d).ok());
    match (table, index) {
        (Some(table), Some(index)) => out.push_str(table.digits.get(index).map_or("", String::as_str)),
        _ => out.push(digit),
    }
}

/// Writes the digits before the point into their placeholders; literals between them stay where they are.
pub fn integer_part(out: &mut String, tokens: &[Token], digits: &str, grouped: bool, numerals: usize) {
    let slots = tokens.iter().filter(|token| matches!(token, Token::Digit(_))).count();
    if slots == 0 {
        // ".0" still shows what stands before the point.
        for token in tokens {
            literal(out, token);
        }
        digits.chars().for_each(|digit| push_numeral(out, digit, numerals));
        return;
    }
    // Placeholders fill from the right: the first takes the digits that have none of their own.
    let width = digits.len().max(slots);
    let mut left = width;
    let mut first = true;
    for token in tokens {
        let Token::Digit(kind) = token else {
            literal(out, token);
            continue;
        };
        let take = if first { width - slots + 1 } else { 1 };
        first = false;
        for _ in 0..take {
            left -= 1;
            let before = out.len();
            let own = digits.len().checked_sub(left + 1).and_then(|index| digits.as_bytes().get(index));
            match (own, kind) {
                (Some(digit), _) => push_numeral(out, char::from(*digit), numerals),
                (None, '0') => push_numeral(out, '0', numerals),
                (None, '?') => out.push(' '),
                (None, _) => {}
            }
            let seen = out.get(before..).is_some_and(|text| !text.trim().is_empty());
            if grouped && left > 0 && left % 3 == 0 && seen {
                out.push(',');
            }
        }
    }
}

/// Writes what is no placeholder and stands for itself.
fn literal(out: &mut String, token: &Token) {
    match token {
        Token::Literal(text) => out.push_str(text),
        Token::Percent => out.push('%'),
        Token::Slash => out.push('/'),
        _ => {}
    }
}

/// Writes the digits behind the point; `#` drops trailing zeros, `?` turns them into spaces.
pub fn fraction_part(out: &mut String, tokens: &[Token], digits: &str, numerals: usize) {
    let significant = digits.trim_end_matches('0').len();
    let mut digits = digits.chars().enumerate();
    for token in tokens {
        match token {
            Token::Digit(kind) => match (digits.next(), kind) {
                (Some((index, _)), '#') if index >= significant => {}
                (Some((index, _)), '?') if index >= significant => out.push(' '),
                (Some((_, digit)), _) => push_numeral(out, digit, numerals),
                (None, _) => {}
            },
            other => literal(out, other),
        }
    }
}
