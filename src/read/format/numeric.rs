//! Numbers under a section that is no date.

use std::borrow::Cow;

use rust_decimal::Decimal;

use super::fraction;
use super::general::general;
use super::layout::{CommaRole, comma_role, decimal_digits, fraction_part, integer_part, scientific};
use super::numerals;
use super::parse::Section;
use super::token::Token;

/// What a number shows; `unsigned` where the section itself stands for the minus sign.
pub fn shown(section: &Section, value: Decimal, unsigned: bool) -> String {
    let mut out = String::new();
    if value < Decimal::ZERO && !unsigned {
        out.push('-');
    }
    let size = value.abs();
    if section.tokens.contains(&Token::General) || section.has_text() {
        with_general(&mut out, section, size);
    } else if section.tokens.contains(&Token::Slash) {
        fraction::shown(&mut out, &section.tokens, size);
    } else {
        plain(&mut out, section, size);
    }
    out
}

/// `General"人"`, with the numerals of `[DBNum1]` written out (十二).
fn with_general(out: &mut String, section: &Section, size: Decimal) {
    let number = general(size);
    let number = numerals::spoken(&number, section.numerals).unwrap_or(number);
    for token in &section.tokens {
        match token {
            Token::General | Token::Text => out.push_str(&number),
            Token::Literal(text) => out.push_str(text),
            Token::Percent => out.push('%'),
            _ => {}
        }
    }
}

/// Digits, grouping, scaling, percent, powers of ten.
fn plain(out: &mut String, section: &Section, size: Decimal) {
    let (tokens, grouped, size) = scaled(&section.tokens, size);
    let is_digit = |token: &&Token| matches!(token, Token::Digit(_));
    let exponent = tokens.iter().position(|token| matches!(token, Token::Exponent(_)));
    let (mantissa, power) = tokens.split_at(exponent.unwrap_or(tokens.len()));
    let point = mantissa.iter().position(|token| *token == Token::Point);
    let (before, behind) = mantissa.split_at(point.unwrap_or(mantissa.len()));
    let places = behind.iter().filter(is_digit).count();
    let width = before.iter().filter(is_digit).count();
    if width + places == 0 {
        return integer_part(out, &tokens, "", false, 0);
    }
    let (whole, part, exponent) = if power.is_empty() {
        let (whole, part) = decimal_digits(size, places);
        (whole, part, 0)
    } else {
        let (digits, exponent) = scientific(size, width, places);
        let (whole, part) = digits.split_at(digits.len().saturating_sub(places));
        (whole.to_owned(), part.to_owned(), exponent)
    };
    integer_part(out, before, &whole, grouped, section.numerals);
    if point.is_some() {
        out.push('.');
        fraction_part(out, behind, &part, section.numerals);
    }
    power_part(out, power, exponent, section.numerals);
}

/// Resolves commas and per cent: tokens of which all commas left group or scale, which no layout writes; whether to
/// group; and the value to lay out. A value beyond exact arithmetic stays as it is.
fn scaled(tokens: &[Token], size: Decimal) -> (Cow<'_, [Token]>, bool, Decimal) {
    let (mut kept, mut grouped, mut size) = (Cow::Borrowed(tokens), false, size);
    for (index, token) in tokens.iter().enumerate() {
        match token {
            Token::Comma => match comma_role(tokens, index) {
                CommaRole::Groups => grouped = true,
                CommaRole::Scales => size = size.checked_div(Decimal::ONE_THOUSAND).unwrap_or(size),
                CommaRole::Literal => {
                    if let Some(token) = kept.to_mut().get_mut(index) {
                        *token = Token::Literal(",".to_owned());
                    }
                }
            },
            Token::Percent => size = size.checked_mul(Decimal::ONE_HUNDRED).unwrap_or(size),
            _ => {}
        }
    }
    (kept, grouped, size)
}

/// `E+00` and what follows.
fn power_part(out: &mut String, tokens: &[Token], exponent: i32, numerals: usize) {
    let Some(Token::Exponent(plus)) = tokens.first() else { return };
    let sign = match (exponent < 0, plus) {
        (true, _) => "-",
        (false, true) => "+",
        (false, false) => "",
    };
    let digits = if exponent == 0 { String::new() } else { exponent.abs().to_string() };
    out.push('E');
    out.push_str(sign);
    integer_part(out, tokens.get(1..).unwrap_or_default(), &digits, false, numerals);
}
