//! What hoshin.toml expects in a month: by whom, by which day, after whatever became of the organisation.

use chrono::{Datelike, NaiveDate};

use crate::config::{Expected, SubmissionRules};
use crate::model::fiscal::Period;
use crate::model::organisation::{Organisation, UnitName, deciding_day};

/// One expectation in one month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// Who this month's unit is.
    pub unit: UnitName,
    /// The pattern of its path; empty for any workbook that speaks for the unit.
    pub pattern: String,
    /// The unit bears another name than in hoshin.toml, so that the pattern may hold an old one: a workbook that speaks
    /// for the unit will do as well.
    pub moved: bool,
    /// The last day on which it is in time.
    pub deadline: Option<NaiveDate>,
}

/// What is expected in a month, in the order of hoshin.toml, each once: where divisions were merged, their successor
/// is expected once for each pattern.
pub fn due(rules: &SubmissionRules, organisation: &Organisation) -> Vec<Due> {
    let period = organisation.period;
    let mut all: Vec<Due> = Vec::new();
    for expected in rules.expected.iter().filter(|expected| expected.term.holds(deciding_day(period))) {
        for unit in organisation.lineage.in_month(&expected.unit.department, &expected.unit.division, period)
        {
            let due = one(expected, unit, rules.day, period);
            let known = all.iter_mut().find(|known| known.unit == due.unit && is_one(known, &due));
            match known {
                // What is expected under its present name counts before what it once was expected as.
                Some(known) if known.moved && !due.moved => *known = due,
                Some(_) => {}
                None => all.push(due),
            }
        }
    }
    all
}

/// Whether two expectations from one unit ask for the same workbook. Those of former units all ask for their
/// successor's.
fn is_one(a: &Due, b: &Due) -> bool {
    a.moved || b.moved || a.pattern == b.pattern
}

fn one(expected: &Expected, unit: UnitName, day: Option<u32>, period: Period) -> Due {
    Due {
        moved: unit != expected.unit,
        unit,
        pattern: expected.workbook.clone(),
        deadline: expected.day.or(day).and_then(|day| deadline(period, day)),
    }
}

/// The day of the month after a report's; its last where it has no such day.
fn deadline(period: Period, day: u32) -> Option<NaiveDate> {
    let last = period.last_day()?.succ_opt().map(Period::of)?.last_day()?;
    NaiveDate::from_ymd_opt(last.year(), last.month(), day.min(last.day()))
}
