//! All tests from outside, in one binary: it links once.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    clippy::print_stderr,
    clippy::format_collect,
    clippy::case_sensitive_file_extension_comparisons,
    clippy::too_many_lines,
    reason = "tests set their own scene and stop at the first surprise; tables may be long"
)]

mod again;
mod amendments;
mod bad_input;
mod cases;
mod cases_initiatives;
mod cli;
mod documents;
mod editions;
mod endurance;
mod facts;
mod faults;
mod formats;
mod forms;
mod history;
mod hostile;
mod installed;
mod judgements;
mod limits;
mod month;
mod moving;
mod notify;
mod packaging;
mod pictures;
mod printed;
mod profiles;
mod properties;
mod readme;
mod returns;
mod sample;
mod sample_city;
mod sample_months;
mod sample_numbers;
mod scale;
mod schedule;
mod seeing;
mod shifted;
mod submission;
mod support;
mod torture;
mod workbook;
