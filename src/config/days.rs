//! Days in hoshin.toml: `"2021-08-01"`, `"2021-08"`, or the same day without quotes.

use chrono::NaiveDate;
use toml::de::DeValue;

use super::raw::{Section, Walk};
use crate::model::fiscal::Period;
use crate::model::organisation::Term;

/// `from` and `to` of a section; a month stands for its first day and its last.
pub(super) fn term(walk: &mut Walk<'_>, section: &Section<'_>) -> Term {
    let term = Term { from: day(walk, section, "from", false), to: day(walk, section, "to", true) };
    if let (Some(from), Some(to)) = (term.from, term.to)
        && to < from
        && let Some(value) = section.table.get("to")
    {
        let message = format!("{} の to（{to}）が from（{from}）より前です", section.name);
        walk.problem(value.span().start, message);
        return Term::default();
    }
    term
}

fn day(walk: &mut Walk<'_>, section: &Section<'_>, key: &str, last: bool) -> Option<NaiveDate> {
    let value = section.table.get(key)?;
    let text = match value.get_ref() {
        DeValue::Datetime(moment) => moment.to_string(),
        DeValue::String(text) => text.trim().to_owned(),
        _ => String::new(),
    };
    let month = || {
        let month: Period = text.parse().ok()?;
        if last { month.last_day() } else { NaiveDate::from_ymd_opt(month.year, month.month, 1) }
    };
    let day = NaiveDate::parse_from_str(&text, "%Y-%m-%d").ok().or_else(month);
    if day.is_none() {
        let message = format!(
            "{} の {key} は \"2021-08-01\" のような年月日か、\"2021-08\" のような年月で書いてください",
            section.name
        );
        walk.problem(value.span().start, message);
    }
    day
}
