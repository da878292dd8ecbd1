//! The one place that reads the clock.

#![allow(clippy::disallowed_methods, reason = "the clock is read here and nowhere else")]

use chrono::{DateTime, FixedOffset, NaiveDate, Utc};

/// Japan's offset from UTC in seconds; the machine's own time zone must not matter.
const JAPAN: i32 = 9 * 3600;

/// The present moment in Japan's time.
pub fn now() -> DateTime<FixedOffset> {
    let utc = Utc::now();
    match FixedOffset::east_opt(JAPAN) {
        Some(japan) => utc.with_timezone(&japan),
        None => utc.fixed_offset(),
    }
}

/// Today in Japan.
pub fn today() -> NaiveDate {
    now().date_naive()
}
