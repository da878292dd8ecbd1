//! hoshin (方針): a monthly batch for Japanese city halls.

pub mod config;
pub mod discover;
pub mod finding;
pub mod io_reason;
pub mod model;
pub mod publish;
pub mod templates;
