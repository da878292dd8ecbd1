//! When a workbook's own properties say it was last saved.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, Timelike};

use super::error::ReadError;
use super::package::Package;
use super::xml::{Tag, Visitor};

/// Seconds by which Japan is ahead of UTC.
const JAPAN: i32 = 9 * 3600;

struct Find<'a> {
    name: &'a str,
    inside: bool,
    text: String,
}

impl Visitor for Find<'_> {
    fn open(&mut self, name: &str, _: &Tag) -> Result<(), ReadError> {
        self.inside = name == self.name;
        Ok(())
    }

    fn text(&mut self, text: &str) -> Result<(), ReadError> {
        if self.inside {
            self.text.push_str(text);
        }
        Ok(())
    }

    fn close(&mut self, _: &str) -> Result<(), ReadError> {
        self.inside = false;
        Ok(())
    }
}

/// The moment in an element of the properties part, in Japan's time where it names its zone. Damaged properties
/// are no reason to refuse a workbook.
pub fn modified(package: &mut Package, part: &str, element: &str) -> Option<NaiveDateTime> {
    let mut find = Find { name: element, inside: false, text: String::new() };
    let found = package.walk(part, &mut find).unwrap_or(false);
    found.then(|| parse_moment(find.text.trim())).flatten()?.with_nanosecond(0)
}

/// `2021-05-31T01:02:03Z`, with or without zone and time.
pub fn parse_moment(text: &str) -> Option<NaiveDateTime> {
    if let Ok(moment) = DateTime::parse_from_rfc3339(text) {
        return Some(moment.with_timezone(&FixedOffset::east_opt(JAPAN)?).naive_local());
    }
    let formats = ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M:%S%.f"];
    formats
        .iter()
        .find_map(|format| NaiveDateTime::parse_from_str(text, format).ok())
        .or_else(|| Some(NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?.and_time(NaiveTime::MIN)))
}

/// Days of an ISO duration: `PT13H30M00S` → 0.5625.
pub fn duration(text: &str) -> Option<f64> {
    let negative = text.starts_with('-');
    let text = text.trim_start_matches('-').strip_prefix('P')?;
    let (mut seconds, mut number) = (0.0, String::new());
    for c in text.chars() {
        let unit = match c {
            'D' => 86_400.0,
            'H' => 3600.0,
            'M' => 60.0,
            'S' => 1.0,
            'T' => continue,
            _ => {
                number.push(if c == ',' { '.' } else { c });
                continue;
            }
        };
        seconds += unit * number.parse::<f64>().ok()?;
        number.clear();
    }
    Some(if negative { -seconds } else { seconds } / 86_400.0)
}
