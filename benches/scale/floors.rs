//! What the libraries take alone for what a stage does with them.

pub mod reading;
pub mod xlsx;
