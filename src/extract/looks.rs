//! What a sheet says of its figures without words in a cell: comments, colours, formulas that lead to other workbooks.

use std::collections::{BTreeMap, BTreeSet};

use super::{Page, Records};
use crate::finding::{Code, Draft};
use crate::model::indicator::{Figure, IndicatorSource};
use crate::model::place::CellRef;
use crate::model::sheet::{Ink, Value};
use crate::width::flat;

/// How many cells a sentence names.
const NAMED: usize = 4;
/// The longest comment that is quoted, in characters.
const LONGEST: usize = 200;

/// Notes on the looks of a sheet that gave records.
pub fn notes(page: &Page, records: &mut Records) {
    let name = &*page.located.sheet.name;
    let mut drafts = Vec::new();
    let figures: Vec<(&IndicatorSource, &Figure)> = records
        .indicators
        .iter()
        .flat_map(|source| source.figures.iter().map(move |figure| (source, figure)))
        .filter(|(_, figure)| &*figure.place.sheet == name)
        .collect();
    invisible(page, &figures, &mut drafts);
    unshown(page, &mut drafts);
    coloured(page, &figures, &mut drafts);
    external(page, &figures, &mut drafts);
    let items = records.initiatives.iter().any(|item| &*item.place.sheet == name);
    if items || !figures.is_empty() {
        let quotes = |draft: &&Draft| draft.values.get("comment").is_some_and(|text| !text.is_empty());
        let told = records.drafts.iter().filter(|draft| draft.sheet == name).filter(quotes);
        let told: BTreeSet<CellRef> = told.filter_map(|draft| draft.cell).collect();
        comments(page, &told, &mut drafts);
    }
    records.drafts.append(&mut drafts);
}

fn ink(page: &Page, at: CellRef) -> Ink {
    page.located.sheet.grid.get(at).map_or(Ink::Plain, |cell| cell.ink)
}

fn draft(page: &Page, code: Code, at: CellRef) -> Draft {
    let draft = Draft::new(code).at(&page.place(at)).raw(page.text(at).trim());
    draft.of(&page.context.department, &page.context.division)
}

/// Figures in the colour of their ground.
fn invisible(page: &Page, figures: &[(&IndicatorSource, &Figure)], drafts: &mut Vec<Draft>) {
    for (source, figure) in figures.iter().filter(|(_, f)| ink(page, f.place.cell) == Ink::Invisible) {
        let label = figure.slot().label(&page.means.vocabulary.eras);
        let draft = draft(page, Code::InvisibleText, figure.place.cell).reading(figure.raw.trim());
        let draft = draft.with("name", &source.name).with("label", label);
        let draft = draft.with("reason", "文字が背景と同じ色のため");
        drafts.push(draft.of(&source.department, &source.division));
    }
}

/// Numbers in an indicator table that their format shows as nothing; a 0 without display is a blank.
fn unshown(page: &Page, drafts: &mut Vec<Draft>) {
    let tables = || page.located.layout.tables.iter().filter(|table| table.purpose.indicators);
    let grid = &page.located.sheet.grid;
    for (at, cell) in grid.cells() {
        let Value::Number(value) = &cell.value else { continue };
        let hidden = cell.struck || grid.row_hidden(at.row) || value.is_zero();
        if hidden || !cell.text.trim().is_empty() {
            continue;
        }
        let in_body = |table: &&crate::locate::Table| {
            let row = if table.turned { at.col } else { at.row };
            table.contains(at) && row > table.header_end
        };
        if tables().any(|table| in_body(&table)) {
            let draft = draft(page, Code::InvisibleText, at).reading(value.normalize().to_string());
            let draft = draft.with("name", at.to_string()).with("label", "セル");
            drafts.push(draft.with("reason", "表示形式が何も表示しないため読まず"));
        }
    }
}

/// Figures whose colour is neither that of most in their row nor of most in their column, once a colour.
fn coloured(page: &Page, figures: &[(&IndicatorSource, &Figure)], drafts: &mut Vec<Draft>) {
    let (mut rows, mut columns) = (BTreeMap::new(), BTreeMap::new());
    for (_, figure) in figures {
        let at = figure.place.cell;
        rows.entry(at.row).or_insert_with(BTreeSet::new).insert(at);
        columns.entry(at.col).or_insert_with(BTreeSet::new).insert(at);
    }
    let of = |at: CellRef| ink(page, at);
    let common = |lines: BTreeMap<u32, BTreeSet<CellRef>>| -> BTreeMap<u32, Ink> {
        lines.into_iter().filter_map(|(line, cells)| Some((line, usual(&cells, of)?))).collect()
    };
    let (rows, columns) = (common(rows), common(columns));
    let mut odd: BTreeMap<u32, BTreeSet<CellRef>> = BTreeMap::new();
    for (_, figure) in figures {
        let at = figure.place.cell;
        let Ink::Coloured(rgb) = of(at) else { continue };
        let own = Ink::Coloured(rgb);
        if rows.get(&at.row) != Some(&own) && columns.get(&at.col) != Some(&own) {
            odd.entry(rgb).or_default().insert(at);
        }
    }
    for (rgb, cells) in odd {
        let Some(first) = cells.first() else { continue };
        let draft = draft(page, Code::ColouredText, *first).with("count", cells.len().to_string());
        let draft = draft.with("colour", colour_name(rgb)).with("cells", listed(&cells));
        let draft = draft.with("legend", legend(page));
        drafts.push(cells.iter().skip(1).fold(draft, |draft, at| draft.related(&page.place(*at))));
    }
}

/// The colour of more than half of several cells.
fn usual(cells: &BTreeSet<CellRef>, of: impl Fn(CellRef) -> Ink) -> Option<Ink> {
    let mut counts: BTreeMap<Ink, usize> = BTreeMap::new();
    for at in cells {
        *counts.entry(of(*at)).or_default() += 1;
    }
    counts.into_iter().find(|(_, count)| cells.len() > 1 && *count * 2 > cells.len()).map(|(ink, _)| ink)
}

/// What a sentence of the sheet says of colours, quoted.
fn legend(page: &Page) -> String {
    let words = || page.means.vocabulary.ink.iter().map(|(word, _)| word);
    let told = page.located.layout.lines.iter().map(|at| page.text(*at));
    let told = told.map(flat).find(|text| words().any(|word| text.contains(word)));
    told.map_or_else(String::new, |text| format!("シートには「{}」とあります。", short(text.trim())))
}

/// One note a sheet: formulas whose values other workbooks give.
fn external(page: &Page, figures: &[(&IndicatorSource, &Figure)], drafts: &mut Vec<Draft>) {
    let grid = &page.located.sheet.grid;
    let leads = |at: &CellRef| grid.get(*at).is_some_and(|cell| cell.external);
    let cells: BTreeSet<CellRef> =
        figures.iter().map(|(_, figure)| figure.place.cell).filter(leads).collect();
    if cells.is_empty() {
        return;
    }
    let sheet = Draft::new(Code::ExternalLink).in_sheet(&page.workbook.path, &page.located.sheet.name);
    let draft = sheet.of(&page.context.department, &page.context.division);
    let draft = draft.with("count", cells.len().to_string()).with("cells", listed(&cells));
    drafts.push(cells.iter().take(NAMED).fold(draft, |draft, at| draft.related(&page.place(*at))));
}

/// Comments on visible cells that no other finding quotes.
fn comments(page: &Page, told: &BTreeSet<CellRef>, drafts: &mut Vec<Draft>) {
    let grid = &page.located.sheet.grid;
    let pinned = grid.cells().filter(|(_, cell)| !cell.struck);
    let pinned = pinned.filter_map(|(at, cell)| Some((at, cell.comment.as_deref()?)));
    let loose = grid.loose_comments.iter().map(|(at, text)| (*at, text.as_str()));
    let all: BTreeMap<CellRef, &str> = loose.chain(pinned).collect();
    for (at, comment) in all.into_iter().filter(|(at, _)| !told.contains(at) && !grid.row_hidden(at.row)) {
        if let Some(comment) = said(comment) {
            drafts.push(draft(page, Code::CellComment, at).with("comment", comment));
        }
    }
}

/// A comment in one line; `None` where only its author's name stands there.
fn said(comment: &str) -> Option<String> {
    let text = comment.trim();
    let empty = text.is_empty() || !text.contains('\n') && text.ends_with([':', '：']);
    (!empty).then(|| short(&flat(text)))
}

fn short(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

/// `C5、D7 ほか`.
fn listed(cells: &BTreeSet<CellRef>) -> String {
    let words: Vec<String> = cells.iter().take(NAMED).map(ToString::to_string).collect();
    format!("{}{}", words.join("、"), if cells.len() > NAMED { " ほか" } else { "" })
}

/// What people call a colour.
fn colour_name(rgb: u32) -> &'static str {
    let [red, green, blue] = [rgb >> 16 & 0xFF, rgb >> 8 & 0xFF, rgb & 0xFF];
    let (most, least) = (red.max(green).max(blue), red.min(green).min(blue));
    if most - least < 0x30 {
        return "灰色";
    }
    // Which sixth of the colour circle it lies in.
    let high = |channel: u32| (channel - least) * 2 > most - least;
    match (high(red), high(green), high(blue)) {
        (true, true, _) => "黄色",
        (true, false, true) => "紫",
        (true, false, false) if (green - least) * 4 > most - least => "だいだい色",
        (true, ..) => "赤",
        (false, true, true) => "水色",
        (false, true, false) => "緑",
        (false, false, _) => "青",
    }
}
