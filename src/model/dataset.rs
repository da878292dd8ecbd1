//! The normalised month: everything that reports are made of.

use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

use super::amendment::Remark;
use super::correspondence::Correspondence;
use super::erratum::Erratum;
use super::fiscal::Period;
use super::indicator::Indicator;
use super::initiative::Initiative;
use super::judgement::Judgement;
use super::memory::Memory;
use super::organisation::{Department, rank};
use super::section::SectionLine;
use super::sheet::Format;
use super::submission::Submission;
use crate::finding::Finding;

/// What became of an input file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Read.
    Read,
    /// Opened, but nothing in it was recognised.
    Empty,
    /// Could not be opened; a finding says why.
    Failed,
}

/// An input file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// Path relative to the input folder, with `/`, in NFC.
    pub workbook: String,
    /// Size in bytes.
    pub size: u64,
    /// SHA-256 of its bytes, hex.
    pub sha256: String,
    /// Where the archive keeps it, relative to the reports folder (`原本/<sha256>.xlsx`); empty where it is not kept.
    pub archive: String,
    /// Told by its content; `None` where it is no workbook.
    pub format: Option<Format>,
    /// What became of it.
    pub outcome: Outcome,
    /// Department that it speaks for, where one was found.
    pub department: String,
    /// Division that it speaks for, where one was found.
    pub division: String,
    /// Figures read from it: with a value or a state, assumed ones included.
    pub figures: usize,
    /// Initiative items read from it.
    pub initiatives: usize,
    /// When its own properties say that it was last saved, in Japan's time.
    #[serde(default)]
    pub modified: Option<NaiveDateTime>,
}

impl Source {
    /// A file of which nothing is known but its path: it counts as one that could not be opened until it is.
    pub fn unopened(workbook: &str) -> Self {
        Self {
            workbook: workbook.to_owned(),
            size: 0,
            sha256: String::new(),
            archive: String::new(),
            format: None,
            outcome: Outcome::Failed,
            department: String::new(),
            division: String::new(),
            figures: 0,
            initiatives: 0,
            modified: None,
        }
    }
}

/// How many figures were read, assumed, unread.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Counts {
    /// As they stand.
    pub read: usize,
    /// With a stated assumption.
    pub assumed: usize,
    /// Of an earlier month (前回値), however it was read then; among no other.
    pub carried: usize,
    /// Listed as unread.
    pub unread: usize,
}

/// The normalised month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dataset {
    /// The city's name.
    pub city: String,
    /// Who publishes: the planning section.
    pub publisher: String,
    /// The reporting month.
    pub period: Period,
    /// The day that is printed.
    pub as_of: NaiveDate,
    /// Read late, from today's workbooks (`--late`).
    pub late: bool,
    /// The edition: 0 is the first, 1 is 訂正1.
    #[serde(default)]
    pub edition: u32,
    /// The month is closed (確定): what it prints is no longer 暫定.
    #[serde(default)]
    pub frozen: bool,
    /// What this edition corrects; empty for the first.
    #[serde(default)]
    pub errata: Vec<Erratum>,
    /// All departments in 建制順: hoshin.toml's, then unlisted ones.
    pub departments: Vec<Department>,
    /// All indicators, in 建制順 and reading order.
    pub indicators: Vec<Indicator>,
    /// All initiatives.
    pub initiatives: Vec<Initiative>,
    /// All lines of all policy documents.
    pub sections: Vec<SectionLine>,
    /// How indicators and initiatives stand, in their order; older snapshots have none.
    #[serde(default)]
    pub judgements: Vec<Judgement>,
    /// The planning section's comments (総括).
    #[serde(default)]
    pub remarks: Vec<Remark>,
    /// The input files by path.
    pub sources: Vec<Source>,
    /// What became of the expected workbooks, in the order of hoshin.toml; empty where it expects none.
    #[serde(default)]
    pub submissions: Vec<Submission>,
    /// The input files of earlier months whose figures stand in for missing ones (前回値), by path.
    #[serde(default)]
    pub carried_sources: Vec<Source>,
    /// What must be looked at, in 建制順, then by place.
    pub findings: Vec<Finding>,
    /// The month held against the months before it.
    #[serde(default)]
    pub memory: Memory,
    /// What divisions have answered for and is therefore quiet (了承済み).
    #[serde(default)]
    pub accepted: Vec<Finding>,
    /// Addresses, and by when divisions answer.
    #[serde(default)]
    pub correspondence: Correspondence,
}

impl Dataset {
    /// Whether every record has the sources that it says it has; a damaged file may not.
    pub fn is_sound(&self) -> bool {
        self.indicators.iter().all(|i| i.primary < i.sources.len())
            && self.initiatives.iter().all(|i| i.primary.max(i.wording) < i.sources.len())
    }

    /// How sure the figures of all sources were read.
    pub fn counts(&self) -> Counts {
        use super::quantity::Confidence::{Assumed, Read, Unread};
        let mut counts = Counts::default();
        for figure in self.indicators.iter().flat_map(|i| &i.sources).flat_map(|s| &s.figures) {
            match figure.confidence {
                _ if figure.carried_from.is_some() => counts.carried += 1,
                Read => counts.read += 1,
                Assumed => counts.assumed += 1,
                Unread => counts.unread += 1,
            }
        }
        counts
    }

    /// The judgement of an indicator or an initiative.
    pub fn judgement_of(&self, id: &str) -> Option<&Judgement> {
        self.judgements.iter().find(|judgement| judgement.id == id)
    }

    /// Adds findings where they belong: in 建制順, then by place.
    pub fn add_findings(&mut self, more: impl IntoIterator<Item = Finding>) {
        self.findings.extend(more);
        let departments = &self.departments;
        self.findings.sort_by_cached_key(|f| {
            let rank = rank(departments, &f.department, &f.division);
            (rank, f.workbook.clone(), f.sheet.clone(), f.cell, f.code)
        });
    }
}
