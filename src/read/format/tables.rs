//! The facts of `templates/number_formats.toml`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

/// Numerals of one `[DBNum…]`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Numerals {
    /// 0 to 9.
    pub digits: Vec<String>,
    /// 10, 100, 1000.
    pub small: Vec<String>,
    /// 10^4, 10^8, …
    pub large: Vec<String>,
    /// Whether 1 is left out before 10, 100, 1000.
    pub bare_one: bool,
}

/// What the system's long formats show.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct System {
    /// `[$-F800]`.
    pub long_date: String,
    /// `[$-F400]`.
    pub long_time: String,
}

/// Names of months and weekdays.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Names {
    /// English, January first.
    pub months: Vec<String>,
    /// English, Sunday first.
    pub weekdays: Vec<String>,
    /// 日 first.
    pub weekdays_ja: Vec<String>,
}

/// All tables.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tables {
    /// Built-in format codes by their number.
    builtin: BTreeMap<String, String>,
    /// The system's formats.
    pub system: System,
    /// Names.
    pub names: Names,
    /// `[DBNum1]` first.
    pub numerals: Vec<Numerals>,
}

impl Tables {
    /// The code of a built-in format; `None` for General and numbers that have none.
    pub fn builtin(&self, id: u32) -> Option<&str> {
        self.builtin.get(&id.to_string()).map(String::as_str)
    }
}

/// The embedded file; a test sees to it that it parses.
pub static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../templates/number_formats.toml")).unwrap_or_default()
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_tables_parse() {
        assert_eq!(TABLES.builtin(14), Some("yyyy/m/d"));
        assert_eq!((TABLES.names.months.len(), TABLES.names.weekdays_ja.len()), (12, 7));
        assert!(TABLES.numerals.iter().all(|n| n.digits.len() == 10 && n.small.len() == 3));
        assert_eq!(TABLES.numerals.len(), 3);
    }
}
