//! The kinds of blocks that templates name, each from the desk to what is printed.

pub mod brief;
mod cards;
pub mod changes;
mod chapters;
mod charts;
pub mod findings;
pub mod indicators;
pub mod initiatives;
pub mod late;
mod matrices;
pub mod pending;
pub mod submissions;
mod summary;
mod words;

use super::desk::Desk;
use super::plan::{BlockPlan, Kind};
use crate::model::report::Block;

/// What a list of names prints, in order.
pub fn named(desk: &Desk<'_>, names: &[String]) -> Vec<Block> {
    let known = names.iter().filter_map(|name| desk.plan.blocks.get_key_value(name));
    known.flat_map(|(name, block)| blocks(desk, name, block)).collect()
}

fn blocks(desk: &Desk<'_>, name: &str, plan: &BlockPlan) -> Vec<Block> {
    let mut printed = match plan.kind {
        Kind::Cover => words::cover(desk, plan),
        Kind::Text => desk.under(name, plan, words::text(desk, plan)),
        Kind::Comment => desk.under(name, plan, words::comment(desk)),
        Kind::Section => desk.under(name, plan, named(desk, &plan.content)),
        Kind::Summary => desk.under(name, plan, summary::panels(desk, plan)),
        Kind::Brief => desk.under(name, plan, brief::blocks(desk, plan)),
        Kind::Chapters => chapters::blocks(desk, plan),
        Kind::Submissions => desk.under(name, plan, submissions::line(desk)),
        Kind::SubmissionList => desk.under(name, plan, submissions::list(desk, plan)),
        Kind::JudgementCounts => desk.under(name, plan, matrices::verdicts(desk)),
        Kind::StatusMatrix => desk.under(name, plan, matrices::statuses(desk)),
        Kind::StatusBars => desk.under(name, plan, charts::bars(desk)),
        Kind::ChangeList => changes::month(desk, name, plan),
        Kind::PastChangeList => desk.under(name, plan, changes::past(desk, plan)),
        Kind::StaleList => desk.under(name, plan, changes::stale(desk, plan)),
        Kind::IndicatorTable => desk.under(name, plan, indicators::tables(desk, plan)),
        Kind::IndicatorCards => desk.under(name, plan, cards::cards(desk, plan)),
        Kind::InitiativeTable => desk.under(name, plan, initiatives::table(desk, plan)),
        Kind::JudgementList => desk.under(name, plan, late::list(desk, plan)),
        Kind::PendingList => desk.under(name, plan, pending::list(desk, plan)),
        Kind::FindingList => desk.under(name, plan, findings::list(desk, plan)),
        Kind::FindingCounts => desk.under(name, plan, findings::counts(desk)),
        Kind::Sources => desk.under(name, plan, findings::sources(desk, plan)),
    };
    if !printed.is_empty() && (plan.new_page || plan.paper.is_some()) {
        printed.insert(0, Block::Page(plan.paper.map(Into::into)));
    }
    printed
}
