//! No number format's code and no value make the formatter panic.

use hoshin::read::format::{Calendar, Code};
use proptest::prelude::*;
use rust_decimal::Decimal;

use super::vocabulary;

fn value() -> impl Strategy<Value = Decimal> {
    let whole = |n: i64, scale: u32| Decimal::new(n, scale);
    prop_oneof![
        (any::<i64>(), 0_u32..28).prop_map(move |(n, scale)| whole(n, scale)),
        (-3_000_000_i64..3_000_000, 0_u32..3).prop_map(move |(n, scale)| whole(n, scale)),
        prop::sample::select(vec![
            Decimal::MAX,
            Decimal::MIN,
            Decimal::ZERO,
            -Decimal::ZERO,
            Decimal::new(-1, 28)
        ]),
    ]
}

/// A piece of a code: tokens that mean something, whole or in halves.
fn piece() -> impl Strategy<Value = String> {
    let tokens = [
        "0",
        "#",
        "?",
        ",",
        ".",
        "%",
        "E+",
        "e-",
        "/",
        "//",
        ";",
        ";;",
        "@",
        "*",
        "_",
        "\\",
        "\"",
        "\"人\"",
        "[",
        "]",
        "[Red]",
        "[赤]",
        "[>=100]",
        "[<0]",
        "[=1]",
        "[$-411]",
        "[$-ja-JP]",
        "[$¥-411]",
        "[DBNum1]",
        "[DBNum3]",
        "[h]",
        "[mm]",
        "[s]",
        "yy",
        "yyyy",
        "m",
        "mm",
        "mmm",
        "mmmmm",
        "d",
        "dd",
        "ddd",
        "aaa",
        "aaaa",
        "g",
        "gg",
        "ggg",
        "e",
        "ee",
        "h",
        "ss",
        ".000",
        "AM/PM",
        "午前/午後",
        "General",
        "G/標準",
        "△",
        "▲",
        "年",
        "月",
        "日",
        "# ?/?",
        "# ??/16",
        "0.00E+00",
        "1000000000000000000000",
    ];
    prop_oneof![5 => prop::sample::select(tokens.to_vec()).prop_map(str::to_owned), 1 => "\\PC{1,3}"]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn codes_of_tokens(pieces in prop::collection::vec(piece(), 0..8), values in prop::collection::vec(value(), 4), date1904 in any::<bool>()) {
        show(&pieces.concat(), &values, date1904);
    }

    #[test]
    fn any_code(code in "\\PC{0,40}", values in prop::collection::vec(value(), 2), date1904 in any::<bool>()) {
        show(&code, &values, date1904);
    }
}

fn show(code: &str, values: &[Decimal], date1904: bool) {
    let parsed = Code::parse(code);
    let calendar = Calendar { date1904, eras: &vocabulary().eras };
    for value in values {
        let _ = (parsed.number(*value, calendar), parsed.is_date(*value));
    }
    let _ = parsed.text("７人");
}
