//! The chapters of a policy document: headings, categories and bullets among the loose lines.

use super::document::{self, Line, Style};
use super::{Page, Records, heading};
use crate::model::fiscal::FiscalYear;
use crate::model::indicator::Class;
use crate::model::section::{SectionKind, SectionLine};
use crate::normalise::text::key;
use crate::normalise::year::read_year;

/// A category without brackets is no longer than this.
const LONGEST_CATEGORY: usize = 40;

/// The headings of a sheet, for what stands below them.
#[derive(Debug, Default)]
pub struct Titles {
    headings: Vec<(u32, String, Option<Class>)>,
    /// The document's fiscal year.
    pub fiscal_year: Option<FiscalYear>,
}

impl Titles {
    /// The class that the nearest title above a row names: `2. めざす姿に向けた指標 (KGI・…)`.
    pub fn class_above(&self, row: u32) -> Option<Class> {
        self.headings.iter().rev().find(|(at, ..)| *at < row).and_then(|(_, _, class)| *class)
    }
}

/// A chapter with its lines.
struct Chapter<'a> {
    kind: SectionKind,
    heading: &'a Line,
    lines: &'a [Line],
}

/// What a line of a chapter is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Category,
    Bullet,
    Continuation,
    Other,
}

/// Reads the chapters of a sheet that is a policy document.
pub fn read(page: &Page, records: &mut Records) -> Titles {
    let vocabulary = page.means.vocabulary;
    let lines = document::lines(page.located, vocabulary);
    let mut titles = Titles { fiscal_year: page.context.fiscal_year, headings: Vec::new() };
    for line in &lines {
        titles.headings.push((
            line.at.row,
            line.text.clone(),
            heading::class_in_title(&line.text, vocabulary),
        ));
    }
    let told = |text: &str| key(text).contains("運営方針");
    let called = told(&page.workbook.path)
        || told(&page.located.sheet.name)
        || lines.iter().take(3).any(|line| told(&line.text));
    let mut headings = document::headings(&lines, called, vocabulary);
    let has_year =
        |title: &str| read_year(title, None, vocabulary).is_some_and(|year| year.fiscal_year.is_some());
    // `令和３年度　部の運営方針` over the first chapter is the document's title.
    if let Some((index, SectionKind::Vision)) = headings.first().copied() {
        let again = headings.iter().skip(1).any(|(_, kind)| *kind == SectionKind::Vision);
        let text = &lines[index].text;
        if Style::of(text) == Style::Plain && told(text) && (has_year(text) || again || headings.len() == 1) {
            headings.remove(0);
        }
    }
    // 指標 and 取組 head the parts of many a sheet; a policy document has a chapter of prose, or says what it is.
    let prose = |kind: SectionKind| !matches!(kind, SectionKind::Indicators | SectionKind::Initiatives);
    if !called && !headings.iter().any(|(_, kind)| prose(*kind)) {
        return titles;
    }
    for (place, (index, kind)) in headings.iter().enumerate() {
        let end = headings.get(place + 1).map_or(lines.len(), |(next, _)| *next);
        let chapter = Chapter { kind: *kind, heading: &lines[*index], lines: &lines[index + 1..end] };
        read_chapter(page, &chapter, records);
    }
    titles
}

/// One row for each bullet; a chapter without bullets gives one row with an empty text.
fn read_chapter(page: &Page, chapter: &Chapter, records: &mut Records) {
    let parts = parts(chapter);
    let mut category = String::new();
    let before = records.sections.len();
    for (line, part) in chapter.lines.iter().zip(parts) {
        match part {
            Part::Category => {
                let bare = heading::category(&line.text);
                category = bare.unwrap_or_else(|| {
                    heading::bullets(&line.text).into_iter().map(|item| item.text).collect()
                });
            }
            Part::Bullet => {
                for item in heading::bullets(&line.text) {
                    let number = item.number.map_or_else(String::new, |number| number.to_string());
                    records.sections.push(section_line(
                        page,
                        chapter,
                        line,
                        &category,
                        number,
                        item.text.trim(),
                    ));
                }
            }
            Part::Continuation => {
                if let Some(last) = records.sections.last_mut() {
                    last.text.push_str(line.text.trim());
                }
            }
            Part::Other => {}
        }
    }
    if records.sections.len() == before {
        records.sections.push(section_line(page, chapter, chapter.heading, "", String::new(), ""));
    }
}

/// What each line of a chapter is, by its own mark and its neighbours'.
fn parts(chapter: &Chapter) -> Vec<Part> {
    let lines = chapter.lines;
    let styles: Vec<Style> = lines.iter().map(|line| Style::of(&line.text)).collect();
    let mark_at = |index: usize| styles.get(index).copied().filter(|style| style.is_mark());
    let short = |index: usize| {
        lines[index].text.chars().count() <= LONGEST_CATEGORY && !lines[index].text.contains('。')
    };
    let marked = styles.iter().any(|style| style.is_mark());
    let first_mark = styles.iter().copied().find(|style| style.is_mark());
    // ● over ①: a mark of its own kind that never stands twice in a row heads what stands below it.
    let head = first_mark.filter(|head| matches!(head, Style::Symbol(_) | Style::Bracketed)).filter(|head| {
        let mut own = (0..lines.len()).filter(|index| styles[*index] == *head);
        own.all(|index| short(index) && mark_at(index + 1).is_some_and(|next| next != *head))
    });
    let plain_heads = styles.first() == Some(&Style::Plain)
        && (0..lines.len())
            .all(|index| styles[index] != Style::Plain || (short(index) && mark_at(index + 1).is_some()));
    let prose = matches!(chapter.kind, SectionKind::Vision | SectionKind::Issues | SectionKind::Goals);
    let mut parts: Vec<Part> = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let beside = lines.get(index + 1).is_some_and(|next| next.at.row == line.at.row);
        let leads = short(index)
            && mark_at(index + 1).is_some()
            && (plain_heads || beside || starts_anew(&lines[index + 1]));
        let follows = parts.last().is_some_and(|part| matches!(part, Part::Bullet | Part::Continuation))
            && index.checked_sub(1).is_some_and(|before| lines[before].at.row + 1 >= line.at.row);
        parts.push(match styles[index] {
            _ if heading::is_note(&line.text) => Part::Other,
            Style::Wrapped => Part::Category,
            style if Some(style) == head => Part::Category,
            style if style.is_mark() => Part::Bullet,
            _ if marked && leads => Part::Category,
            _ if marked && follows => Part::Continuation,
            _ if prose => Part::Bullet,
            _ => Part::Other,
        });
    }
    parts
}

/// Whether a line is the first of a numbered list.
fn starts_anew(line: &Line) -> bool {
    heading::bullets(&line.text).first().is_some_and(|item| item.number == Some(1))
}

fn section_line(
    page: &Page,
    chapter: &Chapter,
    line: &Line,
    category: &str,
    number: String,
    text: &str,
) -> SectionLine {
    SectionLine {
        department: page.context.department.clone(),
        fiscal_year: page.context.fiscal_year,
        section: chapter.kind,
        title: chapter.heading.text.clone(),
        category: category.to_owned(),
        number,
        text: text.to_owned(),
        place: page.place(line.at),
        carried_from: None,
    }
}
