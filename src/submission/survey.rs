//! Each expectation with what answers it.

use chrono::{NaiveDate, NaiveDateTime};

use super::content::Content;
use super::due::Due;
use crate::model::dataset::{Dataset, Outcome, Source};
use crate::model::organisation::{Organisation, UnitName};
use crate::model::submission::SubmissionStatus;

/// An expectation with what answers it.
#[derive(Debug)]
pub struct Answer<'a> {
    /// The expectation.
    pub due: Due,
    /// This month's workbooks.
    pub workbooks: Vec<&'a Source>,
    /// The earlier month's workbooks.
    pub earlier: Vec<&'a Source>,
    /// Who the unit was in the earlier month.
    pub elders: Vec<UnitName>,
    /// When the newest workbook was saved.
    pub modified: Option<NaiveDateTime>,
    /// What it says is what the earlier month's said.
    pub unchanged: bool,
}

/// Finds what answers an expectation, this month and the earlier one.
pub fn answer<'a>(
    due: Due,
    now: &Content<'a>,
    before: Option<(&Dataset, &Content<'a>)>,
    organisation: &Organisation,
) -> Answer<'a> {
    let workbooks = now.answering(&due, std::slice::from_ref(&due.unit));
    let UnitName { department, division } = &due.unit;
    let elders = before.map_or_else(Vec::new, |(dataset, _)| {
        organisation.lineage.predecessors(department, division, organisation.period, dataset.period)
    });
    let earlier = before.map_or_else(Vec::new, |(_, content)| {
        // A unit that bore another name answered under it, wherever its workbook lay.
        let moved = due.moved || elders != std::slice::from_ref(&due.unit);
        content.answering(&Due { moved, ..due.clone() }, &elders)
    });
    let unchanged = before.is_some_and(|(_, content)| {
        let said = now.said(&workbooks);
        !said.is_empty() && said == content.said(&earlier)
    });
    let modified = workbooks.iter().filter_map(|source| source.modified).max();
    Answer { workbooks, earlier, elders, modified, unchanged, due }
}

impl Answer<'_> {
    /// What became of the expectation, as of a day.
    pub fn status(&self, as_of: NaiveDate) -> SubmissionStatus {
        let read = self.workbooks.iter().any(|source| source.outcome == Outcome::Read);
        let over = self.due.deadline.is_none_or(|deadline| as_of > deadline);
        match (self.workbooks.is_empty(), self.modified.zip(self.due.deadline)) {
            (true, _) if over => SubmissionStatus::Missing,
            (true, _) => SubmissionStatus::NotDue,
            (false, _) if !read => SubmissionStatus::Unreadable,
            (false, _) if self.unchanged => SubmissionStatus::Unchanged,
            (false, Some((modified, deadline))) if modified.date() > deadline => SubmissionStatus::Late,
            (false, None) if self.modified.is_none() => SubmissionStatus::Undated,
            _ => SubmissionStatus::In,
        }
    }
}
