//! Cover, free text, and the planning section's comment.

use super::super::desk::Desk;
use super::super::plan::BlockPlan;
use crate::model::report::{Block, Para};

/// A page of its own with the title and the template's lines.
pub fn cover(desk: &Desk<'_>, plan: &BlockPlan) -> Vec<Block> {
    vec![Block::Cover(lines(desk, plan))]
}

/// The template's paragraphs.
pub fn text(desk: &Desk<'_>, plan: &BlockPlan) -> Vec<Block> {
    lines(desk, plan).into_iter().map(Block::Paragraph).collect()
}

fn lines(desk: &Desk<'_>, plan: &BlockPlan) -> Vec<Para> {
    let filled = plan.text.iter().map(|line| desk.filled(line)).filter(|line| !line.trim().is_empty());
    filled.map(Para::plain).collect()
}

/// 総括: the planning section's comment on the department, or on the city.
pub fn comment(desk: &Desk<'_>) -> Vec<Block> {
    let name = desk.department.map_or("", |department| &department.name);
    let own = desk.dataset.remarks.iter().filter(|remark| remark.department == name);
    let lines = own.flat_map(|remark| remark.text.lines()).map(str::trim).filter(|line| !line.is_empty());
    lines.map(|line| Block::Paragraph(Para::plain(line))).collect()
}
