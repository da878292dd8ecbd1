//! Fractions: `# ?/?`, `# ?/16`.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::layout::{decimal_digits, integer_part};
use super::token::Token;
use crate::read::number::round;

/// The most digits of a denominator; more would cost time and show nothing.
const MAX_DIGITS: usize = 4;

/// Writes a positive number as a fraction.
pub fn shown(out: &mut String, tokens: &[Token], size: Decimal) {
    let Some(slash) = tokens.iter().position(|token| *token == Token::Slash) else { return };
    let (left, right) = tokens.split_at(slash);
    let right = right.get(1..).unwrap_or_default();
    let is_digit = |token: &&Token| matches!(token, Token::Digit(_));
    let numerator_slots = left.iter().rev().take_while(is_digit).count();
    let (whole_tokens, numerator_tokens) = left.split_at(left.len() - numerator_slots);
    let fixed =
        right.iter().find_map(|token| if let Token::Denominator(n) = token { Some(*n) } else { None });
    let slots = right.iter().take_while(is_digit).count();

    let mixed = whole_tokens.iter().any(|token| matches!(token, Token::Digit(_)));
    let whole = if mixed { size.trunc() } else { Decimal::ZERO };
    let rest = size - whole;
    let (mut numerator, denominator) = match fixed {
        Some(denominator) => (over(rest, denominator), denominator),
        None => nearest(rest, 10_u32.pow(u32::try_from(slots.clamp(1, MAX_DIGITS)).unwrap_or(1)) - 1),
    };
    let mut whole = whole;
    if mixed && numerator == u64::from(denominator) {
        whole += Decimal::ONE;
        numerator = 0;
    }
    let (mut digits, _) = decimal_digits(whole, 0);
    if mixed && numerator == 0 && digits.is_empty() {
        "0".clone_into(&mut digits);
    }
    integer_part(out, whole_tokens, &digits, false, 0);
    let denominator = denominator.to_string();
    let behind = denominator.len().max(slots);
    if mixed && numerator == 0 {
        out.push_str(&" ".repeat(numerator_slots + 1 + behind));
    } else {
        integer_part(out, numerator_tokens, &numerator.to_string(), false, 0);
        out.push('/');
        out.push_str(&denominator);
        out.push_str(&" ".repeat(behind - denominator.len()));
    }
    let behind = right.get(slots.max(usize::from(fixed.is_some()))..).unwrap_or_default();
    integer_part(out, behind, "", false, 0);
}

/// The numerator over a given denominator.
fn over(value: Decimal, denominator: u32) -> u64 {
    value.checked_mul(Decimal::from(denominator)).and_then(|n| round(n, 0).to_u64()).unwrap_or(0)
}

/// The nearest fraction with a denominator up to `limit`, by continued fractions; of two equally near ones the
/// simpler.
fn nearest(value: Decimal, limit: u32) -> (u64, u32) {
    let limit = i128::from(limit.max(1));
    let exact = (value.mantissa(), 10_i128.pow(value.scale()));
    let (mut rest, mut over) = exact;
    let (mut last, mut best) = ((0, 1), (1, 0));
    while over != 0 {
        let whole = rest / over;
        if last.1 + whole * best.1 > limit {
            break;
        }
        (last, best) = (best, (last.0 + whole * best.0, last.1 + whole * best.1));
        (rest, over) = (over, rest % over);
    }
    if over != 0 {
        // Between the last two lies one more candidate with the largest denominator that is allowed.
        let steps = (limit - last.1) / best.1.max(1);
        let other = (last.0 + steps * best.0, last.1 + steps * best.1);
        let error = |(n, d): (i128, i128)| (n * exact.1 - exact.0 * d).abs();
        if error(other) * best.1 < error(best) * other.1 {
            best = other;
        }
    }
    (u64::try_from(best.0).unwrap_or(0), u32::try_from(best.1).unwrap_or(1))
}
