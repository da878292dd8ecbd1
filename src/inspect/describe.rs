//! From a workbook to what is told of it.

use super::{BookReport, ColumnReport, Inspection, LeftOut, RegionReport, SheetReport, text};
use crate::extract::{Located, Means, Profiled, Records, extract, locate_all};
use crate::locate::{Block, Meaning, Table};
use crate::model::place::CellRef;
use crate::model::sheet::{Sheet, Workbook};
use crate::normalise::Vocabulary;

/// Tells how a workbook was understood.
pub fn describe(workbook: &Workbook, means: &Means) -> Inspection {
    let vocabulary = means.vocabulary;
    let records = extract(workbook, means);
    let located = locate_all(workbook, means);
    let report_of = |sheet: &Sheet| {
        let found = located.iter().find(|located| located.sheet.name == sheet.name);
        found.map_or_else(|| hidden(&sheet.name), |located| sheet_report(located, &records, vocabulary))
    };
    let sheets: Vec<SheetReport> = workbook.sheets.iter().map(report_of).collect();
    let report = BookReport {
        workbook: workbook.path.to_string(),
        format: workbook.format.extension().to_owned(),
        department: records.department.clone(),
        division: records.division.clone(),
        taken_for: taken_for(&records),
        limits: workbook.limits.clone(),
        sheets,
    };
    let json = serde_json::to_string_pretty(&report).unwrap_or_default();
    Inspection { text: text::text(&report), json }
}

fn hidden(name: &str) -> SheetReport {
    SheetReport {
        name: name.to_owned(),
        hidden: true,
        fiscal_year: None,
        indicators: 0,
        figures: 0,
        initiatives: 0,
        sections: 0,
        regions: Vec::new(),
        left_out: Vec::new(),
    }
}

/// One line: what the file is.
fn taken_for(records: &Records) -> String {
    let mut parts = Vec::new();
    if !records.sections.is_empty() {
        parts.push("部の運営方針".to_owned());
    }
    if !records.indicators.is_empty() {
        let figures: usize = records.indicators.iter().map(|indicator| indicator.figures.len()).sum();
        parts.push(format!("指標の表（指標 {}、値 {figures}）", records.indicators.len()));
    }
    if !records.initiatives.is_empty() {
        parts.push(format!("取組みの表（取組項目 {}）", records.initiatives.len()));
    }
    if parts.is_empty() {
        "指標も取組みもないブック（様式・統計表など）：値は取り込みません".to_owned()
    } else {
        format!("{}のブック", parts.join("・"))
    }
}

fn sheet_report(located: &Located, records: &Records, vocabulary: &Vocabulary) -> SheetReport {
    let name = &*located.sheet.name;
    let indicators: Vec<_> = records.indicators.iter().filter(|i| &*i.place.sheet == name).collect();
    let layout = &located.layout;
    let mut regions: Vec<(CellRef, RegionReport)> = layout
        .tables
        .iter()
        .map(|table| (CellRef::new(table.top, table.start), table_report(table, vocabulary)))
        .collect();
    regions.extend(layout.blocks.iter().filter_map(|block| block_report(block, located, vocabulary)));
    regions.sort_by_key(|(at, _)| *at);
    let year = records.initiatives.iter().filter(|i| &*i.place.sheet == name).find_map(|i| i.fiscal_year);
    let year =
        year.or(records.sections.iter().filter(|l| &*l.place.sheet == name).find_map(|l| l.fiscal_year));
    SheetReport {
        name: name.to_owned(),
        hidden: false,
        fiscal_year: year.map(|year| year.0),
        indicators: indicators.len(),
        figures: indicators.iter().map(|indicator| indicator.figures.len()).sum(),
        initiatives: records.initiatives.iter().filter(|i| &*i.place.sheet == name).count(),
        sections: records.sections.iter().filter(|line| &*line.place.sheet == name).count(),
        regions: regions.into_iter().map(|(_, region)| region).collect(),
        left_out: left_out(located),
    }
}

fn table_report(table: &Table, vocabulary: &Vocabulary) -> RegionReport {
    let range = format!("{}:{}", CellRef::new(table.top, table.start), CellRef::new(table.bottom, table.end));
    let columns = table.columns.iter().map(|column| ColumnReport {
        cell: column.cell.to_string(),
        words: column.words.join(" / "),
        meaning: meaning(&column.meaning, vocabulary),
    });
    RegionReport { range, taken_for: table.reason.clone(), columns: columns.collect() }
}

fn block_report(
    block: &Block,
    located: &Located,
    vocabulary: &Vocabulary,
) -> Option<(CellRef, RegionReport)> {
    let first = block.pairs.first()?.label;
    let cells = block.pairs.iter().flat_map(|pair| pair.values.iter().chain([&pair.label]));
    let last = cells.max()?;
    let columns = block.pairs.iter().map(|pair| ColumnReport {
        cell: pair.label.to_string(),
        words: located
            .sheet
            .grid
            .get(pair.label)
            .map_or_else(String::new, |cell| cell.text.trim().to_owned()),
        meaning: meaning(&pair.meaning, vocabulary),
    });
    let taken_for = "取組みの枠（見出しの右に内容がある）".to_owned();
    Some((first, RegionReport { range: format!("{first}:{last}"), taken_for, columns: columns.collect() }))
}

/// What a header was taken for, in words.
fn meaning(meaning: &Meaning, vocabulary: &Vocabulary) -> String {
    let mut parts: Vec<String> = Vec::new();
    if let Some(year) = meaning.year.as_ref().and_then(|year| year.fiscal_year) {
        parts.push(vocabulary.eras.long(year));
    }
    parts.extend(meaning.kind.map(|kind| kind.label().to_owned()));
    parts.extend(meaning.role.map(|role| role.label().to_owned()));
    parts.extend(meaning.unit.as_ref().map(|unit| format!("単位 {}", unit.0)));
    if parts.is_empty() { "意味が分からないため読まない".to_owned() } else { parts.join("・") }
}

fn left_out(located: &Located) -> Vec<LeftOut> {
    let line = |place: String, reason: &str| LeftOut { place, reason: reason.to_owned() };
    let mut left: Vec<LeftOut> = Vec::new();
    let refused = located.profiled.as_ref().and_then(Profiled::refusal);
    left.extend(refused.map(|reason| line("シート全体".to_owned(), &reason)));
    left.extend(located.view.hidden_rows.iter().map(|row| line(format!("{}行", row + 1), "隠れた行")));
    left.extend(located.view.struck.iter().map(|at| line(at.to_string(), "取消線")));
    let tables = located.layout.tables.iter();
    left.extend(tables.flat_map(|t| &t.left_out).map(|(row, reason)| line(format!("{}行", row + 1), reason)));
    left
}
