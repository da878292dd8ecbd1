//! General (標準): at most eleven characters.

use rust_decimal::Decimal;

use super::layout::{decimal_digits, scientific};
use crate::read::number::round;

/// What a number shows under General: up to 11 characters with its point, else in powers of ten.
pub fn general(value: Decimal) -> String {
    if let Some(text) = short(value) {
        return text;
    }
    let sign = if value < Decimal::ZERO { "-" } else { "" };
    format!("{sign}{}", unsigned(value.abs()))
}

/// The same for a number of few digits, all of which fit and none of which at the end is an idle zero.
fn short(value: Decimal) -> Option<String> {
    let (scale, digits) = (value.scale(), u32::try_from(value.mantissa().unsigned_abs()).ok()?);
    if digits == 0 || digits >= 1_000_000_000 || scale > 8 || scale > 0 && digits.is_multiple_of(10) {
        return None;
    }
    let mut text = digits.to_string();
    if let Some(places) = usize::try_from(scale).ok().filter(|places| *places > 0) {
        let missing = (places + 1).saturating_sub(text.len());
        text.insert_str(0, "00000000".get(..missing)?);
        text.insert(text.len() - places, '.');
    }
    if value.is_sign_negative() {
        text.insert(0, '-');
    }
    Some(text)
}

/// The same without a sign.
fn unsigned(value: Decimal) -> String {
    if value.scale() == 0 && value < Decimal::from(100_000_000_000_i64) {
        return value.to_string();
    }
    let (integer, _) = decimal_digits(value, 0);
    let places = u32::try_from(10_usize.saturating_sub(integer.len().max(1))).unwrap_or(0).min(9);
    let plain = round(value, places).normalize();
    let small = value < Decimal::new(1, 4) && !value.is_zero();
    if integer.len() <= 11 && (!small || plain == value) {
        return plain.to_string();
    }
    let (mantissa, exponent) = scientific(value, 1, 5);
    let (whole, behind) = mantissa.split_at(1);
    let behind = behind.trim_end_matches('0');
    let point = if behind.is_empty() { "" } else { "." };
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{whole}{point}{behind}E{sign}{:02}", exponent.abs())
}

/// The same for a number beyond exact decimals: always in powers of ten.
pub fn general_f64(value: f64) -> String {
    let text = format!("{value:.5E}");
    let Some((mantissa, exponent)) = text.split_once('E') else { return text };
    let mantissa = mantissa.trim_end_matches('0').trim_end_matches('.');
    let (sign, digits) = exponent.strip_prefix('-').map_or(('+', exponent), |digits| ('-', digits));
    format!("{mantissa}E{sign}{digits:0>2}")
}

#[cfg(test)]
#[allow(clippy::expect_used, reason = "tests may panic")]
mod tests {
    use super::*;

    #[test]
    fn few_digits_show_as_all_do() {
        for scale in 0..=9 {
            for digits in
                (0..2_000).chain((1..10).flat_map(|n| [10_i64.pow(n) - 1, 123_456_789 * i64::from(n)]))
            {
                let value = Decimal::new(digits, scale);
                let Some(text) = short(value) else { continue };
                assert_eq!(text, unsigned(value), "{value}");
                assert_eq!(general(-value), format!("-{text}"), "{value}");
            }
        }
        assert_eq!(short(Decimal::new(-5, 8)).as_deref(), Some("-0.00000005"));
    }
}
