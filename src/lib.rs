//! hoshin (方針): a monthly batch for Japanese city halls.

pub mod config;
pub mod finding;
pub mod model;
pub mod read;
