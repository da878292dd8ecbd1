//! Status, direction, progress and due of one item.

use super::super::Page;
use super::cells::{Cells, Found, Marks};
use super::choice::Choice;
use super::shares::{How, Share, Shares};
use crate::finding::{Code, Draft};
use crate::model::initiative::{Direction, InitiativeSource, Status};
use crate::model::quantity::Confidence;
use crate::model::sheet::{Cell, Value};
use crate::normalise::date;
use crate::normalise::status::{Column, Legend, StatusReading, read_progress as progress, read_status};

/// A draft about one cell of an item.
fn draft(page: &Page, code: Code, found: Found, source: &InitiativeSource) -> Draft {
    let draft = Draft::new(code).at(&page.place(found.0)).raw(found.1.text.trim());
    draft.of(&source.department, &source.division).with("name", &source.item)
}

/// Status and direction, by the sheet's legend where there is one.
pub fn read_state(
    page: &Page,
    cells: &Cells,
    marks: &Marks,
    share: &Shares,
    source: &mut InitiativeSource,
    drafts: &mut Vec<Draft>,
) {
    if !cells.has_state {
        return;
    }
    let own = one(page, cells.status.found, &share.status, Column::Status, marks.status.as_ref());
    let direction = one(page, cells.direction, &share.direction, Column::Direction, marks.direction.as_ref());
    if cells.has_status {
        source.status =
            Some(own.as_ref().map_or(Status::NotReported, |own| own.status.unwrap_or(Status::Unknown)));
        if own.as_ref().is_some_and(|own| own.status.is_none() && own.direction.is_some()) {
            source.status = None;
        }
    }
    let raw = if cells.status.found.is_some() { &share.status } else { &share.direction };
    source.status_raw.clone_from(&raw.text);
    source.direction =
        direction.as_ref().and_then(|d| d.direction).or(own.as_ref().and_then(|own| own.direction));
    told_by_choice(page, Code::StatusAssumed, &cells.status, source, drafts);
    for (found, reading) in [(cells.status.found, own), (cells.direction, direction)] {
        let (Some(found), Some(reading)) = (found, reading) else { continue };
        if reading.status == Some(Status::Unknown)
            || (reading.status.is_none() && reading.direction.is_none())
        {
            source.confidence = Confidence::Unread;
            drafts.push(draft(page, Code::StatusUnknown, found, source));
        } else if reading.confidence == Confidence::Assumed {
            source.confidence = Confidence::Assumed;
            let word =
                reading.status.map(Status::label).or(reading.direction.map(Direction::label)).unwrap_or("");
            let draft = draft(page, Code::StatusAssumed, found, source).reading(word);
            drafts.push(draft.with("reason", reading.assumption.unwrap_or_default()));
        }
    }
}

/// Says which of several columns was used where that is no sure reading.
fn told_by_choice(
    page: &Page,
    code: Code,
    choice: &Choice,
    source: &mut InitiativeSource,
    drafts: &mut Vec<Draft>,
) {
    let (Some(why), Some(at)) = (&choice.why, choice.at) else { return };
    let reading = match (code, choice.found) {
        (Code::StatusAssumed, _) => source.status.map_or("", Status::label).to_owned(),
        (_, found) => found.map_or_else(String::new, |(_, cell)| cell.text.trim().to_owned()),
    };
    if code == Code::StatusAssumed && source.confidence == Confidence::Read {
        source.confidence = Confidence::Assumed;
    }
    let draft = draft(page, code, at, source).reading(reading).with("reason", why);
    drafts.push(choice.related.iter().fold(draft, |draft, at| draft.related(&page.place(*at))));
}

/// One item's share of a status or direction cell.
fn one(
    page: &Page,
    found: Option<Found>,
    share: &Share,
    column: Column,
    legend: Option<&Legend>,
) -> Option<StatusReading> {
    found?;
    let unread = |why: &str| StatusReading {
        status: (column == Column::Status).then_some(Status::Unknown),
        direction: None,
        confidence: Confidence::Unread,
        assumption: Some(why.to_owned()),
    };
    match share.how {
        How::Absent => Some(unread("他の項目のことだけが書かれています")),
        How::Unclear => Some(unread("どの項目のことか分かりません")),
        How::Whole | How::Numbered => Some(read_status(&share.text, column, legend, page.means.vocabulary)),
        How::Line => {
            let mut reading = read_status(&share.text, column, legend, page.means.vocabulary);
            if reading.confidence == Confidence::Read {
                reading.confidence = Confidence::Assumed;
                reading.assumption = Some(BY_LINE.to_owned());
            }
            Some(reading)
        }
    }
}

/// The cell with an item's share in place of its text; the cell itself where all of it holds.
fn shared(cell: &Cell, share: &Share) -> Cell {
    match share.how {
        How::Whole => cell.clone(),
        _ => Cell {
            value: Value::Text(share.text.as_str().into()),
            text: share.text.as_str().into(),
            ..cell.clone()
        },
    }
}

/// 進捗率.
pub fn read_progress(
    page: &Page,
    cells: &Cells,
    share: &Shares,
    source: &mut InitiativeSource,
    drafts: &mut Vec<Draft>,
) {
    told_by_choice(page, Code::ProgressAssumed, &cells.progress, source, drafts);
    let Some(found) = cells.progress.found.filter(|_| share.progress.how != How::Absent) else { return };
    let reading = progress(&shared(found.1, &share.progress), cells.progress_unit, page.means.vocabulary);
    source.progress = reading.percent;
    if reading.confidence == Confidence::Unread {
        drafts.push(draft(page, Code::ProgressUnread, found, source));
    } else if reading.confidence == Confidence::Assumed || share.progress.how == How::Line {
        let shown = reading.percent.map_or_else(String::new, |percent| format!("{percent}%"));
        let draft = draft(page, Code::ProgressAssumed, found, source).reading(shown);
        drafts.push(draft.with("reason", reading.assumption.unwrap_or_else(|| BY_LINE.to_owned())));
    }
}

/// 期限.
pub fn read_due(
    page: &Page,
    cells: &Cells,
    share: &Shares,
    source: &mut InitiativeSource,
    drafts: &mut Vec<Draft>,
) {
    let Some(found) = cells.due.filter(|_| share.due.how != How::Absent) else { return };
    let year = page.context.year_at(found.0.col).or(Some(page.means.fiscal_year));
    let reading = date::read_due_cell(&shared(found.1, &share.due), year, page.means.vocabulary);
    share.due.text.trim().clone_into(&mut source.due_raw);
    source.due = reading.iso;
    if reading.confidence == Confidence::Unread || share.due.how == How::Unclear {
        source.due.clear();
        drafts.push(draft(page, Code::DueUnread, found, source));
    } else if reading.confidence == Confidence::Assumed || share.due.how == How::Line {
        let draft = draft(page, Code::DueAssumed, found, source).reading(source.due.clone());
        drafts.push(draft.with("reason", reading.assumption.unwrap_or_else(|| BY_LINE.to_owned())));
    }
}

/// Why the lines of a cell were told apart.
const BY_LINE: &str = "項目と同じ数の行があるため、上から順に当てはめました";
