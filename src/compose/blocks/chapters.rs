//! The chapters of the department's policy document (部の運営方針), with the template's blocks in their places.

use super::super::desk::Desk;
use super::super::plan::BlockPlan;
use super::super::words;
use super::named;
use crate::model::report::{Block, ListItem, Para};
use crate::model::section::{SectionKind, SectionLine};

/// Each chapter under its own heading; `at_indicators` and `at_initiatives` stand behind the first chapter of their
/// kind, or under headings of their own where the document has none.
pub fn blocks(desk: &Desk<'_>, plan: &BlockPlan) -> Vec<Block> {
    let year = desk.dataset.period.fiscal_year();
    let current = |line: &&SectionLine| {
        desk.department.is_some()
            && desk.owns(&line.department)
            && line.fiscal_year.is_none_or(|own| own == year)
    };
    let lines: Vec<&SectionLine> = desk.dataset.sections.iter().filter(current).collect();
    let mut waiting = vec![
        (SectionKind::Indicators, "指標", &plan.at_indicators),
        (SectionKind::Initiatives, "取組み", &plan.at_initiatives),
    ];
    let mut blocks = Vec::new();
    let same = |a: &&SectionLine, b: &&SectionLine| a.title == b.title && a.section == b.section;
    for chapter in lines.chunk_by(same) {
        let Some(first) = chapter.first() else { continue };
        let own = waiting.iter().find(|(section, ..)| *section == first.section);
        blocks.push(heading(plan.level, &first.title, own.map_or(&[], |(.., names)| names)));
        blocks.extend(first.carried_from.map(|from| Block::Paragraph(Para::small(words::carried(from)))));
        let mut content = bullets(plan.level, chapter);
        if let Some(at) = waiting.iter().position(|(section, ..)| *section == first.section) {
            content.extend(named(desk, waiting.remove(at).2));
        }
        // A chapter that the document leaves empty says so: a heading does not stand alone.
        let vacant = content.is_empty() && !plan.empty.is_empty();
        blocks.extend(vacant.then(|| Block::Paragraph(Para::plain(desk.filled(&plan.empty)))));
        blocks.extend(content);
    }
    for (_, title, names) in waiting {
        let own = named(desk, names);
        if !own.is_empty() {
            blocks.push(heading(plan.level, title, names));
            blocks.extend(own);
        }
    }
    blocks
}

/// A chapter's heading with its bracketed note set apart, both as they stand. Links to the first block that the
/// template puts in the chapter lead here.
fn heading(level: u8, title: &str, names: &[String]) -> Block {
    let trimmed = title.trim_end();
    let open =
        if trimmed.ends_with([')', '）']) { trimmed.rfind(['(', '（']).filter(|at| *at > 0) } else { None };
    let (text, note) = open.map_or((trimmed, ""), |at| trimmed.split_at(at));
    let text = text.trim_end().to_owned();
    let anchor = names.first().cloned().unwrap_or_default();
    Block::Heading { level, text, note: note.to_owned(), anchor }
}

/// The bullets of a chapter, each category under its own small heading.
fn bullets(level: u8, lines: &[&SectionLine]) -> Vec<Block> {
    let mut blocks = Vec::new();
    for group in lines.chunk_by(|a, b| a.category == b.category) {
        let Some(first) = group.first() else { continue };
        if !first.category.is_empty() {
            let text = format!("<{}>", first.category);
            let level = (level + 1).min(3);
            blocks.push(Block::Heading { level, text, note: String::new(), anchor: String::new() });
        }
        let bullets: Vec<ListItem> = group
            .iter()
            .filter(|line| !line.text.is_empty())
            .map(|line| {
                let number = line.number.parse().ok();
                let label = number.map_or_else(|| "・".to_owned(), words::circled);
                ListItem { label, text: Para::plain(&line.text) }
            })
            .collect();
        if !bullets.is_empty() {
            blocks.push(Block::List(bullets));
        }
    }
    blocks
}
