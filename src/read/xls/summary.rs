//! The summary stream of an xls: when it was last saved.

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};

use super::record::u32_at;

/// The property's number.
const LAST_SAVED: u32 = 13;
/// A FILETIME: steps of 100 ns since 1601 in UTC.
const FILETIME: u32 = 0x40;
/// Hours by which Japan is ahead of UTC.
const JAPAN: i64 = 9;

/// When the stream says that the workbook was last saved, in Japan's time.
pub fn last_saved(stream: &[u8]) -> Option<NaiveDateTime> {
    let size = |n: u32| usize::try_from(n).ok();
    let section = size(u32_at(stream, 44)?)?;
    let count = size(u32_at(stream, section.checked_add(4)?)?)?.min(64);
    let entry = (0..count)
        .map(|index| section + 8 + index * 8)
        .find(|entry| u32_at(stream, *entry) == Some(LAST_SAVED))?;
    let value = section.checked_add(size(u32_at(stream, entry + 4)?)?)?;
    if u32_at(stream, value)? != FILETIME {
        return None;
    }
    let steps = u64::from(u32_at(stream, value + 4)?) | u64::from(u32_at(stream, value + 8)?) << 32;
    if steps == 0 {
        return None;
    }
    let seconds = TimeDelta::try_seconds(i64::try_from(steps / 10_000_000).ok()?)?;
    let epoch = NaiveDate::from_ymd_opt(1601, 1, 1)?.and_hms_opt(0, 0, 0)?;
    epoch.checked_add_signed(seconds)?.checked_add_signed(TimeDelta::try_hours(JAPAN)?)
}
