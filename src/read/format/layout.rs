//! Digits into placeholders.

use rust_decimal::Decimal;

use super::tables::TABLES;
use super::token::Token;
use crate::read::number::round;

/// The digits before and behind the point of a positive value rounded to `places`; no leading zeros (0.5 has
/// none before the point), exactly `places` behind it.
pub fn decimal_digits(value: Decimal, places: usize) -> (String, String) {
    let rounded = round(value.abs(), u32::try_from(places).unwrap_or(u32::MAX).min(28));
    let text = rounded.to_string();
    let (integer, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let fraction: String = fraction.chars().chain(std::iter::repeat('0')).take(places).collect();
    (integer.trim_start_matches('0').to_owned(), fraction)
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

/// A digit in the numerals of `[DBNum…]`.
pub fn numeral(digit: char, numerals: usize) -> String {
    let table = numerals.checked_sub(1).and_then(|index| TABLES.numerals.get(index));
    let index = digit.to_digit(10).and_then(|d| usize::try_from(d).ok());
    match (table, index) {
        (Some(table), Some(index)) => table.digits.get(index).cloned().unwrap_or_default(),
        _ => digit.to_string(),
    }
}

/// Writes the digits before the point into their placeholders; literals between them stay where they are.
pub fn integer_part(tokens: &[Token], digits: &str, grouped: bool, numerals: usize) -> String {
    let slots = tokens.iter().filter(|token| matches!(token, Token::Digit(_))).count();
    let mut pieces: Vec<String> = Vec::new();
    let mut left: Vec<char> = digits.chars().collect();
    let mut position = 0;
    for token in tokens.iter().rev() {
        match token {
            Token::Digit(kind) => {
                let last = position + 1 == slots;
                let mut take = if last { left.len().max(1) } else { 1 };
                while take > 0 {
                    let text = match (left.pop(), kind) {
                        (Some(digit), _) => numeral(digit, numerals),
                        (None, '0') => numeral('0', numerals),
                        (None, '?') => " ".to_owned(),
                        (None, _) => String::new(),
                    };
                    if grouped && position > 0 && position % 3 == 0 && !text.trim().is_empty() {
                        pieces.push(",".to_owned());
                    }
                    pieces.push(text);
                    position += 1;
                    take -= 1;
                }
            }
            Token::Literal(text) => pieces.push(text.clone()),
            Token::Percent => pieces.push("%".to_owned()),
            Token::Slash => pieces.push("/".to_owned()),
            _ => {}
        }
    }
    if slots == 0 {
        // ".0" still shows what stands before the point.
        let whole: String = left.iter().map(|digit| numeral(*digit, numerals)).collect();
        pieces.insert(0, whole);
    }
    pieces.iter().rev().map(String::as_str).collect()
}

/// Writes the digits behind the point; `#` drops trailing zeros, `?` turns them into spaces.
pub fn fraction_part(tokens: &[Token], digits: &str, numerals: usize) -> String {
    let significant = digits.trim_end_matches('0').len();
    let mut out = String::new();
    let mut digits = digits.chars().enumerate();
    for token in tokens {
        match token {
            Token::Digit(kind) => match (digits.next(), kind) {
                (Some((index, _)), '#') if index >= significant => {}
                (Some((index, _)), '?') if index >= significant => out.push(' '),
                (Some((_, digit)), _) => out.push_str(&numeral(digit, numerals)),
                (None, _) => {}
            },
            Token::Literal(text) => out.push_str(text),
            Token::Percent => out.push('%'),
            Token::Slash => out.push('/'),
            _ => {}
        }
    }
    out
}
