//! Values of options, with errors in Japanese.

use std::num::NonZeroUsize;

use chrono::NaiveDate;

use crate::config::nearest;
use crate::finding::Code;

/// A day such as `2021-06-07`.
pub(super) fn day(text: &str) -> Result<NaiveDate, String> {
    // chrono alone would take `2021-6-7` and `+2021-06-07` too.
    let shaped = text.len() == 10
        && text.bytes().enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    let day = shaped.then(|| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()).flatten();
    day.ok_or_else(|| format!("「{text}」という日はありません。2021-06-07 のように書いてください"))
}

/// How many at a time: 1 to 256.
pub(super) fn jobs(text: &str) -> Result<NonZeroUsize, String> {
    let jobs = text.parse::<NonZeroUsize>().ok().filter(|jobs| jobs.get() <= 256);
    jobs.ok_or_else(|| format!("「{text}」は使えません。1 から 256 までの数を書いてください"))
}

/// A finding's code.
pub(super) fn code(text: &str) -> Result<Code, String> {
    text.parse::<Code>().map_err(|error| match nearest(text, Code::ALL.iter().map(|code| code.as_str())) {
        Some(near) => format!("{error}。「{near}」の書き誤りではありませんか"),
        None => format!("{error}。hoshin explain で一覧を確かめてください"),
    })
}
