//! The nouns that every stage speaks: pure types without input or output.

pub mod amendment;
pub mod dataset;
pub mod erratum;
pub mod fiscal;
pub mod indicator;
pub mod initiative;
pub mod lineage;
pub mod memory;
mod merges;
pub mod organisation;
pub mod place;
pub mod quantity;
pub mod report;
pub mod section;
pub mod sheet;
pub mod submission;
