//! Serial numbers → days and times.

use chrono::{Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::read::number::round;

/// The last day that Excel knows, 9999-12-31.
const LAST_SERIAL: i64 = 2_958_465;
/// Days between the two epochs.
const SHIFT_1904: i64 = 1462;
/// Seconds in a day.
const DAY: i64 = 86_400;

/// A moment as Excel's calendar has it, with the 29 February 1900 that never was and a day 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// Western year.
    pub year: i32,
    /// 1 to 12.
    pub month: u32,
    /// 0 to 31.
    pub day: u32,
    /// 0 is Sunday.
    pub weekday: usize,
    /// The real day; `None` for Excel's two days that never were.
    pub date: Option<NaiveDate>,
    /// Seconds into the day, whole.
    pub second: i64,
    /// What is left of a second, rounded to the places asked for.
    pub part: Decimal,
    /// Whole seconds since day 0, for elapsed times.
    pub elapsed: i64,
}

/// Days since day 0 and the exact seconds into the day; `None` outside Excel's calendar.
fn split(serial: Decimal, date1904: bool) -> Option<(i64, Decimal)> {
    let days = serial.floor().to_i64()?;
    let seconds = (serial - serial.floor()) * Decimal::from(DAY);
    let days = if date1904 { days.checked_add(SHIFT_1904)? } else { days };
    (0..=LAST_SERIAL).contains(&days).then_some((days, seconds))
}

/// The real day of a day number.
fn day_of(days: i64) -> Option<NaiveDate> {
    let epoch = NaiveDate::from_ymd_opt(1899, 12, if days < 60 { 31 } else { 30 })?;
    epoch.checked_add_days(Days::new(u64::try_from(days).ok()?))
}

/// The moment that a serial means, to the nearest second; `None` for negative ones and those past 9999.
pub fn moment(serial: Decimal, date1904: bool) -> Option<NaiveDateTime> {
    let (days, seconds) = split(serial, date1904)?;
    let seconds = TimeDelta::try_seconds(round(seconds, 0).to_i64()?)?;
    day_of(days)?.and_time(NaiveTime::MIN).checked_add_signed(seconds)
}

/// The serial of a moment.
pub fn serial(moment: NaiveDateTime, date1904: bool) -> Option<Decimal> {
    let epoch = NaiveDate::from_ymd_opt(1899, 12, 30)?;
    let mut days = moment.date().signed_duration_since(epoch).num_days();
    // Excel counts a 29 February 1900 that never was.
    if days <= 60 {
        days -= 1;
    }
    if date1904 {
        days -= SHIFT_1904;
    }
    let seconds = moment.time().signed_duration_since(NaiveTime::MIN).num_seconds();
    let part = Decimal::from(seconds) / Decimal::from(DAY);
    Some((Decimal::from(days) + part).normalize())
}

impl Moment {
    /// Takes a serial apart for display with `places` of a second; without seconds the clock is not rounded up.
    pub fn of(serial: Decimal, date1904: bool, places: u32, seconds_shown: bool) -> Option<Self> {
        let (mut days, exact) = split(serial, date1904)?;
        let seconds = if seconds_shown { round(exact, places) } else { (exact + Decimal::new(1, 4)).floor() };
        let mut second = seconds.trunc().to_i64()?;
        if second >= DAY {
            second -= DAY;
            days += 1;
        }
        let date = day_of(days);
        let (year, month, day) = match (days, date) {
            (0, _) => (1900, 1, 0),
            (60, _) => (1900, 2, 29),
            (_, date) => {
                let date = date?;
                (date.year(), date.month(), date.day())
            }
        };
        let offset = if date1904 { SHIFT_1904 } else { 0 };
        Some(Self {
            year,
            month,
            day,
            weekday: usize::try_from((days + 6).rem_euclid(7)).ok()?,
            date: date.filter(|_| days != 0 && days != 60),
            second,
            part: seconds - seconds.trunc(),
            elapsed: (days - offset).checked_mul(DAY)?.checked_add(second)?,
        })
    }
}
