//! The nouns that every stage speaks: pure types without input or output.

pub mod acceptance;
pub mod amendment;
pub mod book;
pub mod chart;
pub mod correspondence;
pub mod dataset;
pub mod entry;
pub mod erratum;
pub mod fiscal;
pub mod indicator;
pub mod initiative;
pub mod judgement;
pub mod letter;
pub mod limits;
pub mod lineage;
pub mod memory;
mod merges;
pub mod organisation;
pub mod passwords;
pub mod place;
pub mod quantity;
pub mod report;
pub mod section;
pub mod sheet;
pub mod submission;
