//! hoshin (方針): a monthly batch for Japanese city halls.

pub mod cli;
pub mod clock;
pub mod commands;
pub mod config;
pub mod console;
pub mod discover;
pub mod finding;
pub mod io_reason;
pub mod model;
pub mod pipeline;
pub mod publish;
pub mod templates;
