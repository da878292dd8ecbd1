//! From a workbook to what is told of it.

use super::purpose::{self, Given};
use super::{
    BookReport, ColumnReport, Inspection, RegionReport, SheetReport, map, meanings, omissions, text,
};
use crate::amend::{self, Purpose};
use crate::extract::{Located, Means, Records, extract_located, locate_all};
use crate::locate::{Block, Table};
use crate::model::place::CellRef;
use crate::model::sheet::{Sheet, Workbook};

/// Tells how a workbook was understood.
pub fn describe(workbook: &Workbook, means: &Means) -> Inspection {
    let name = workbook.path.rsplit(['/', '\\']).next().unwrap_or_default();
    if let Some(purpose) = Purpose::of(name) {
        return finished(&planning(workbook, purpose, means));
    }
    let located = locate_all(workbook, means);
    let records = extract_located(workbook, &located, means);
    let report_of = |sheet: &Sheet| {
        let found = located.iter().find(|located| located.sheet.name == sheet.name);
        found.map_or_else(|| hidden(&sheet.name), |located| sheet_report(located, &records, means))
    };
    let sheets: Vec<SheetReport> = workbook.sheets.iter().map(report_of).collect();
    finished(&BookReport {
        workbook: workbook.path.to_string(),
        format: workbook.format.extension().to_owned(),
        department: records.department.clone(),
        division: records.division.clone(),
        taken_for: purpose::book(&records, &located),
        limits: workbook.limits.clone(),
        sheets,
    })
}

fn finished(report: &BookReport) -> Inspection {
    let json = serde_json::to_string_pretty(report).unwrap_or_default();
    Inspection { text: text::text(report), json }
}

/// A form of the planning section: it speaks for no division, and its tables are none of indicators.
fn planning(workbook: &Workbook, purpose: Purpose, means: &Means) -> BookReport {
    let found = amend::read(workbook, purpose, means);
    let (what, rows) = match purpose {
        Purpose::Figures => ("補正の様式：台帳の値を置き換える", found.corrections.len()),
        Purpose::Remarks => ("総括の様式：帳票に印刷する", found.remarks.len()),
    };
    let unusable = match found.drafts.len() {
        0 => String::new(),
        several => format!("、使えないところ {several}件"),
    };
    let taken_for = format!("{what}行 {rows}件{unusable}（入力フォルダーのいちばん上にあるときに読みます）");
    BookReport {
        workbook: workbook.path.to_string(),
        format: workbook.format.extension().to_owned(),
        department: String::new(),
        division: "取りまとめの部署".to_owned(),
        taken_for,
        limits: workbook.limits.clone(),
        sheets: Vec::new(),
    }
}

fn hidden(name: &str) -> SheetReport {
    SheetReport {
        name: name.to_owned(),
        hidden: true,
        taken_for: "隠れたシート：隠れているため、読みません".to_owned(),
        recognised: false,
        fiscal_year: None,
        indicators: 0,
        figures: 0,
        initiatives: 0,
        sections: 0,
        map: None,
        regions: Vec::new(),
        left_out: Vec::new(),
    }
}

fn sheet_report(located: &Located, records: &Records, means: &Means) -> SheetReport {
    let name = &*located.sheet.name;
    let layout = &located.layout;
    let mut regions: Vec<(CellRef, RegionReport)> =
        layout.tables.iter().map(|table| (table.range().0, table_report(table, located, means))).collect();
    regions.extend(layout.blocks.iter().filter_map(|block| block_report(block, located, means)));
    regions.sort_by_key(|(at, _)| *at);
    let year = records.initiatives.iter().filter(|i| &*i.place.sheet == name).find_map(|i| i.fiscal_year);
    let year =
        year.or(records.sections.iter().filter(|l| &*l.place.sheet == name).find_map(|l| l.fiscal_year));
    let given = Given::of(records, Some(name));
    SheetReport {
        name: name.to_owned(),
        hidden: false,
        taken_for: purpose::sheet(located, given),
        recognised: given.any(),
        fiscal_year: year.map(|year| year.0),
        indicators: given.indicators,
        figures: given.figures,
        initiatives: given.initiatives,
        sections: given.sections,
        map: map::map(located, records),
        regions: regions.into_iter().map(|(_, region)| region).collect(),
        left_out: omissions::left_out(located, records, means.vocabulary),
    }
}

fn table_report(table: &Table, located: &Located, means: &Means) -> RegionReport {
    let (first, last) = table.range();
    let range = format!("{first}:{last}");
    let profiled = located.profiled.is_some();
    let any = profiled || table.purpose.indicators || table.purpose.initiatives;
    let columns = table.columns.iter().map(|column| {
        let words: Vec<&str> = column.words.iter().map(String::as_str).collect();
        ColumnReport {
            cell: column.cell.to_string(),
            words: column.words.join(" / "),
            meaning: meanings::meaning(&column.meaning, means.vocabulary),
            reason: if profiled {
                "プロファイルのとおり".to_owned()
            } else {
                meanings::reason(&words, &column.meaning, means.fiscal_year, means.vocabulary)
            },
            read: any && meanings::is_read(&column.meaning),
        }
    });
    RegionReport { range, taken_for: table.reason.clone(), columns: columns.collect() }
}

fn block_report(block: &Block, located: &Located, means: &Means) -> Option<(CellRef, RegionReport)> {
    let first = block.pairs.first()?.label;
    let last = block.pairs.iter().flat_map(|pair| pair.values.iter().chain([&pair.label])).max()?;
    let columns = block.pairs.iter().map(|pair| {
        let words = located.sheet.grid.get(pair.label).map_or("", |cell| cell.text.trim());
        ColumnReport {
            cell: pair.label.to_string(),
            words: words.to_owned(),
            meaning: meanings::meaning(&pair.meaning, means.vocabulary),
            reason: meanings::reason(&[words], &pair.meaning, means.fiscal_year, means.vocabulary),
            read: meanings::is_read(&pair.meaning),
        }
    });
    let taken_for = "取組みの枠（見出しの右に内容がある）".to_owned();
    Some((first, RegionReport { range: format!("{first}:{last}"), taken_for, columns: columns.collect() }))
}
