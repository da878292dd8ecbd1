//! Sums that lose no digit, or none at all: `rust_decimal` rounds what does not fit, and a judgement must not.

use rust_decimal::Decimal;

/// a × b; `None` where it does not fit.
pub fn mul(a: Decimal, b: Decimal) -> Option<Decimal> {
    let (a, b) = (a.normalize(), b.normalize());
    made(a.mantissa().checked_mul(b.mantissa())?, a.scale() + b.scale())
}

/// a + b; `None` where it does not fit.
pub fn add(a: Decimal, b: Decimal) -> Option<Decimal> {
    let (a, b) = (a.normalize(), b.normalize());
    let scale = a.scale().max(b.scale());
    let at = |d: Decimal| 10i128.checked_pow(scale - d.scale())?.checked_mul(d.mantissa());
    made(at(a)?.checked_add(at(b)?)?, scale)
}

/// a − b; `None` where it does not fit.
pub fn sub(a: Decimal, b: Decimal) -> Option<Decimal> {
    add(a, -b)
}

fn made(mantissa: i128, scale: u32) -> Option<Decimal> {
    Decimal::try_from_i128_with_scale(mantissa, scale).ok().map(|made| made.normalize())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_fit_is_not_rounded() {
        let d = |text: &str| text.parse::<Decimal>().expect("a decimal");
        assert_eq!(mul(d("0.1"), d("-3")), Some(d("-0.3")));
        assert_eq!(sub(d("0.3"), d("0.30")), Some(Decimal::ZERO));
        let (small, sum) = ("0.0000000000000000000000000001", "1.0000000000000000000000000001");
        assert_eq!(add(d(small), Decimal::ONE), Some(d(sum)));
        assert_eq!(mul(d("0.000000000000000000001"), d("0.000000000000000000001")), None);
        assert_eq!(add(Decimal::MAX, d("0.1")), None);
        assert_eq!(mul(Decimal::MAX, Decimal::TWO), None);
    }
}
