//! The chapters of a policy document: headings, categories and bullets among the loose lines.

use super::{Page, Records};
use crate::model::fiscal::FiscalYear;
use crate::model::indicator::Class;
use crate::model::place::CellRef;
use crate::model::section::{SectionKind, SectionLine};
use crate::normalise::year::read_year;

use super::heading;

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

/// A chapter while its lines are collected.
struct Chapter {
    kind: SectionKind,
    title: String,
    at: CellRef,
    category: String,
    lines: usize,
}

/// Reads the chapters of a sheet that is a policy document: one with headings of two kinds or more.
pub fn read(page: &Page, records: &mut Records) -> Titles {
    let vocabulary = page.means.vocabulary;
    let lines: Vec<(CellRef, &str)> = page
        .located
        .layout
        .lines
        .iter()
        .map(|at| (*at, page.text(*at).trim()))
        .filter(|(_, t)| !t.is_empty())
        .collect();
    let kinds: std::collections::BTreeSet<SectionKind> =
        lines.iter().filter_map(|(_, text)| heading::section(text, vocabulary)).collect();
    let mut titles = Titles { fiscal_year: page.context.fiscal_year, headings: Vec::new() };
    for (at, text) in &lines {
        titles.headings.push((at.row, (*text).to_owned(), heading::class_in_title(text, vocabulary)));
    }
    if kinds.len() < 2 {
        return titles;
    }
    let has_year =
        |title: &str| read_year(title, None, vocabulary).is_some_and(|year| year.fiscal_year.is_some());
    let mut chapter: Option<Chapter> = None;
    for (at, text) in lines {
        let kind = heading::section(text, vocabulary);
        // `令和３年度　部の運営方針` over the first chapter is the document's title.
        if kind == Some(SectionKind::Vision) && chapter.is_none() && has_year(text) {
            continue;
        }
        if let Some(kind) = kind {
            close(page, chapter.take(), records);
            let (title, category) = (text.to_owned(), String::new());
            chapter = Some(Chapter { kind, title, at, category, lines: 0 });
        } else if let Some(open) = &mut chapter {
            line(page, open, at, text, records);
        }
    }
    close(page, chapter, records);
    titles
}

/// A chapter without bullets gives one row with an empty text.
fn close(page: &Page, chapter: Option<Chapter>, records: &mut Records) {
    if let Some(chapter) = chapter.filter(|chapter| chapter.lines == 0) {
        let line = section_line(page, &chapter, chapter.at, String::new(), String::new());
        records.sections.push(line);
    }
}

/// A category, or one or several bullets.
fn line(page: &Page, chapter: &mut Chapter, at: CellRef, text: &str, records: &mut Records) {
    if let Some(category) = heading::category(text) {
        chapter.category = category;
        return;
    }
    let prose = matches!(chapter.kind, SectionKind::Vision | SectionKind::Issues | SectionKind::Goals);
    if heading::is_note(text) || (!prose && !heading::is_bullet(text)) {
        return;
    }
    for item in heading::bullets(text) {
        let number = item.number.map_or_else(String::new, |number| number.to_string());
        let line = section_line(page, chapter, at, number, item.text.trim().to_owned());
        records.sections.push(line);
        chapter.lines += 1;
    }
}

fn section_line(page: &Page, chapter: &Chapter, at: CellRef, number: String, text: String) -> SectionLine {
    SectionLine {
        department: page.context.department.clone(),
        fiscal_year: page.context.fiscal_year,
        section: chapter.kind,
        title: chapter.title.clone(),
        category: chapter.category.clone(),
        number,
        text,
        place: page.place(at),
    }
}
