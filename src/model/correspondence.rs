//! How the planning section and the divisions write to each other.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Addresses and the day by which an answer is wanted.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Correspondence {
    /// The planning section's address; empty where hoshin.toml has none.
    pub publisher: String,
    /// Addresses of departments and divisions.
    pub addresses: Vec<Address>,
    /// Days from the printed day to the one by which divisions answer; `None` where hoshin.toml says none.
    pub answer_days: Option<u16>,
}

/// Whose address it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    /// Department.
    pub department: String,
    /// Division; empty for the department's own.
    pub division: String,
    /// The address: `shimin@city.example.jp`.
    pub mail: String,
}

impl Correspondence {
    /// The address of a division, or of a department where `division` is empty; empty where none is known.
    pub fn address(&self, department: &str, division: &str) -> &str {
        let theirs = |address: &&Address| address.department == department && address.division == division;
        self.addresses.iter().find(theirs).map_or("", |address| address.mail.as_str())
    }

    /// The day by which an answer is wanted, counted from the printed day.
    pub fn answer_by(&self, as_of: NaiveDate) -> Option<NaiveDate> {
        as_of.checked_add_days(chrono::Days::new(self.answer_days?.into()))
    }
}
