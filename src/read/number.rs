//! Exact decimals from the binary numbers that workbooks store.

use rust_decimal::{Decimal, RoundingStrategy};

/// The most digits behind the point that a [`Decimal`] can hold.
const MAX_SCALE: i32 = 28;

/// A stored number, rounded to the 15 significant digits that Excel itself shows and compares, without trailing
/// zeros. `None` where it is not finite or too large for exact arithmetic (beyond some 7.9 × 10^28).
pub fn exact(value: f64) -> Option<Decimal> {
    if !value.is_finite() {
        return None;
    }
    let text = format!("{value:.14e}");
    let (mantissa, exponent) = text.split_once('e')?;
    let mut digits: i128 = mantissa.replace('.', "").parse().ok()?;
    let mut scale: i32 = 14 - exponent.parse::<i32>().ok()?;
    if digits == 0 {
        return Some(Decimal::ZERO);
    }
    while digits % 10 == 0 {
        digits /= 10;
        scale -= 1;
    }
    if scale > MAX_SCALE {
        let extra = u32::try_from(scale - MAX_SCALE).ok()?;
        digits = rounded_division(digits, 10_i128.checked_pow(extra).unwrap_or(i128::MAX));
        scale = MAX_SCALE;
    } else if scale < 0 {
        digits = digits.checked_mul(10_i128.checked_pow(scale.unsigned_abs())?)?;
        scale = 0;
    }
    Decimal::try_from_i128_with_scale(digits, u32::try_from(scale).ok()?).ok().map(|d| d.normalize())
}

/// Divides, rounding half away from zero.
fn rounded_division(value: i128, by: i128) -> i128 {
    let (quotient, rest) = (value / by, value % by);
    if rest.abs() >= by - rest.abs() { quotient + value.signum() } else { quotient }
}

/// Rounds half away from zero, as Excel does and 四捨五入 means.
pub fn round(value: Decimal, places: u32) -> Decimal {
    value.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero)
}

#[cfg(test)]
#[allow(clippy::expect_used, reason = "tests may panic")]
mod tests {
    use super::*;

    #[test]
    fn binary_noise_is_gone() {
        for (value, expected) in [
            (0.067 * 100.0, "6.7"),
            (0.1 + 0.2, "0.3"),
            (1.005, "1.005"),
            (-53.0, "-53"),
            (0.0, "0"),
            (-0.0, "0"),
            (2_134_567.0, "2134567"),
            (1e15, "1000000000000000"),
            (1.234_567e-12, "0.000000000001234567"),
            (6e-29, "0.0000000000000000000000000001"),
            (1e-40, "0"),
        ] {
            assert_eq!(exact(value).expect("a number").to_string(), expected, "{value}");
        }
        assert_eq!(exact(f64::NAN), None);
        assert_eq!(exact(1e300), None);
    }

    #[test]
    fn halves_go_away_from_zero() {
        assert_eq!(round(exact(16.25).expect("a number"), 1).to_string(), "16.3");
        assert_eq!(round(exact(-2.5).expect("a number"), 0).to_string(), "-3");
    }
}
