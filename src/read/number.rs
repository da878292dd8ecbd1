//! Exact decimals from the binary numbers that workbooks store.

use rust_decimal::{Decimal, RoundingStrategy};

/// The most digits behind the point that a [`Decimal`] can hold.
const MAX_SCALE: i32 = 28;
/// Powers of ten that are tried before a number goes through text: figures of a city seldom have more places.
const SHORT: [f64; 7] = [1.0, 10.0, 100.0, 1e3, 1e4, 1e5, 1e6];
/// The first whole number of more than 15 digits.
const SIXTEEN_DIGITS: f64 = 1e15;

/// A stored number, rounded to the 15 significant digits that Excel itself shows and compares, without trailing
/// zeros. `None` where it is not finite or too large for exact arithmetic (beyond some 7.9 × 10^28).
pub fn exact(value: f64) -> Option<Decimal> {
    if !value.is_finite() {
        return None;
    }
    short(value).or_else(|| through_text(value))
}

/// The same for a number that few decimal places write. Digits over a power of ten are exact, and so is the choice of
/// the binary number nearest to their quotient: where that is the number itself, they are what it rounds to, since no
/// two decimals of 15 digits have the same nearest one.
#[allow(clippy::cast_possible_truncation, clippy::float_cmp, reason = "below 10^15 whole numbers are exact")]
fn short(value: f64) -> Option<Decimal> {
    (0..).zip(SHORT).find_map(|(scale, power)| {
        let digits = (value * power).round();
        (digits.abs() < SIXTEEN_DIGITS && digits / power == value).then(|| Decimal::new(digits as i64, scale))
    })
}

/// The same for any number.
fn through_text(value: f64) -> Option<Decimal> {
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
#[allow(clippy::expect_used, clippy::cast_precision_loss, reason = "tests may panic")]
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
    fn the_short_way_leads_where_text_does() {
        let mut seed = 1_u64;
        let mut short_ones = 0;
        for _ in 0..100_000 {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let digits = (seed >> 14) as f64;
            let power = 10_f64.powi(i32::try_from(seed % 19).expect("small"));
            let sizes = [digits / power, digits.sqrt() / power, (digits / power).round() / 100.0];
            for value in sizes.into_iter().chain(sizes.map(|value| -value)).chain([f64::from_bits(seed)]) {
                let Some(found) = short(value) else { continue };
                short_ones += 1;
                let expected = through_text(value).expect("a number");
                assert_eq!((found, found.scale()), (expected, expected.scale()), "{value}");
            }
        }
        assert!(short_ones > 100_000, "{short_ones}");
    }

    #[test]
    fn halves_go_away_from_zero() {
        assert_eq!(round(exact(16.25).expect("a number"), 1).to_string(), "16.3");
        assert_eq!(round(exact(-2.5).expect("a number"), 0).to_string(), "-3");
    }
}
