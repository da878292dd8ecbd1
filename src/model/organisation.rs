//! Departments (部) and divisions (課) in 建制順.

use serde::{Deserialize, Serialize};

/// A department: 部, 局, 室, 消防本部, 委員会事務局.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Department {
    /// Its name as documents print it.
    pub name: String,
    /// Other spellings on sheets.
    pub aliases: Vec<String>,
    /// Its divisions in 建制順.
    pub divisions: Vec<Division>,
}

/// A division: 課, 室, 署.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Division {
    /// Its name as documents print it.
    pub name: String,
    /// Other spellings on sheets.
    pub aliases: Vec<String>,
}

/// Where a department and division stand in 建制順; unknown departments last, the department itself before its divisions.
pub fn rank(departments: &[Department], department: &str, division: &str) -> (usize, usize) {
    let Some(index) = departments.iter().position(|known| known.name == department) else {
        return (usize::MAX, 0);
    };
    let below = departments[index].divisions.iter().position(|known| known.name == division);
    (index, if division.is_empty() { 0 } else { below.map_or(usize::MAX, |place| place + 1) })
}
