//! All tests from outside, in one binary: it links once.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "tests set their own scene and stop at the first surprise"
)]

mod cases_initiatives;
mod cli;
mod facts;
mod month;
mod readme;
mod sample;
mod sample_city;
mod shifted;
mod support;
