//! Numbers in kanji, written out by place: 一万二千三百四十五.

use super::layout::push_numeral;
use super::tables::{Numerals, TABLES};

/// A plain decimal such as `1234.5` written out in the numerals of `[DBNum1]` to `[DBNum3]`: 千二百三十四.五.
/// `None` without numerals, for powers of ten and for numbers beyond 京.
pub fn spoken(number: &str, numerals: usize) -> Option<String> {
    let table = TABLES.numerals.get(numerals.checked_sub(1)?)?;
    let (whole, part) = number.split_once('.').unwrap_or((number, ""));
    if !whole.chars().chain(part.chars()).all(|c| c.is_ascii_digit()) {
        return None;
    }
    let mut out = whole_number(whole, table)?;
    if !part.is_empty() {
        out.push('.');
        part.chars().for_each(|c| push_numeral(&mut out, c, numerals));
    }
    Some(out)
}

fn whole_number(digits: &str, table: &Numerals) -> Option<String> {
    let digits: Vec<usize> = digits
        .trim_start_matches('0')
        .chars()
        .filter_map(|c| usize::try_from(c.to_digit(10)?).ok())
        .collect();
    if digits.is_empty() {
        return table.digits.first().cloned();
    }
    let mut out = String::new();
    let mut block_written = false;
    for (index, digit) in digits.iter().enumerate() {
        let place = digits.len() - 1 - index;
        if *digit > 0 {
            block_written = true;
            let small = (place % 4).checked_sub(1).map(|p| table.small.get(p));
            if !(*digit == 1 && small.is_some() && table.bare_one) {
                out.push_str(table.digits.get(*digit)?);
            }
            if let Some(small) = small {
                out.push_str(small?);
            }
        }
        if place > 0 && place.is_multiple_of(4) && block_written {
            out.push_str(table.large.get(place / 4 - 1)?);
            block_written = false;
        }
    }
    Some(out)
}
