//! The report for a person who never saw a terminal.

use std::fmt::Write;

use super::map::WIDTH;
use super::{BookReport, MapReport, RegionReport, SheetReport};
use crate::width::{flat, table, width};

/// Tables and blocks of a sheet that are listed; the rest is counted.
const REGIONS: usize = 30;

/// Lines of what is left out of a sheet; the rest is counted.
const OMISSIONS: usize = 20;

/// The whole report.
pub fn text(report: &BookReport) -> String {
    let mut out = String::new();
    let owner = [report.department.as_str(), report.division.as_str()].concat();
    let owner = if owner.is_empty() { "不明" } else { &owner };
    _ = writeln!(out, "{}（{}）", report.workbook, report.format);
    _ = writeln!(out, "  {}", report.taken_for);
    _ = writeln!(out, "  部・課：{owner}");
    for limit in &report.limits {
        _ = writeln!(out, "  ※ {limit}");
    }
    for sheet in &report.sheets {
        sheet_text(&mut out, sheet);
    }
    out
}

fn sheet_text(out: &mut String, sheet: &SheetReport) {
    _ = writeln!(out, "\nシート「{}」", flat(&sheet.name));
    _ = writeln!(out, "  {}", sheet.taken_for);
    if let Some(year) = sheet.fiscal_year {
        _ = writeln!(out, "  表題の年度：{year}年度");
    }
    if let Some(map) = &sheet.map {
        picture(out, map);
    }
    let mut last: Option<&RegionReport> = None;
    for region in sheet.regions.iter().take(REGIONS) {
        // Blocks that are alike but for their place are told once.
        let same = last.filter(|other| alike(other, region));
        _ = writeln!(out, "  {}  {}", region.range, same.map_or(&*region.taken_for, |_| "（上と同じ形）"));
        if same.is_none() {
            columns(out, region);
            last = Some(region);
        }
    }
    if sheet.regions.len() > REGIONS {
        _ = writeln!(
            out,
            "  ほかに {}か所（--format json ですべて見られます）",
            sheet.regions.len() - REGIONS
        );
    }
    if !sheet.left_out.is_empty() {
        _ = writeln!(out, "  読まなかったもの");
    }
    let rows: Vec<Vec<String>> = sheet
        .left_out
        .iter()
        .take(OMISSIONS)
        .map(|left| vec![left.place.clone(), left.reason.clone()])
        .collect();
    for line in table(&rows) {
        _ = writeln!(out, "      {line}");
    }
    if sheet.left_out.len() > OMISSIONS {
        let rest = sheet.left_out.len() - OMISSIONS;
        _ = writeln!(out, "      ほかに {rest}件（--format json ですべて見られます）");
    }
}

fn alike(one: &RegionReport, other: &RegionReport) -> bool {
    let words = |region: &RegionReport| -> Vec<(String, String)> {
        region.columns.iter().map(|column| (column.words.clone(), column.meaning.clone())).collect()
    };
    one.taken_for == other.taken_for && words(one) == words(other)
}

/// One line a column: its header, what it was taken for, and why.
fn columns(out: &mut String, region: &RegionReport) {
    let rows: Vec<Vec<String>> = region
        .columns
        .iter()
        .map(|column| {
            let words = format!("「{}」", flat(&column.words));
            vec![
                column.cell.clone(),
                words,
                format!("→ {}", column.meaning),
                format!("（{}）", flat(&column.reason)),
            ]
        })
        .collect();
    for line in table(&rows) {
        _ = writeln!(out, "      {line}");
    }
}

/// The picture with its columns' letters above, its rows' numbers beside and the legend below.
fn picture(out: &mut String, map: &MapReport) {
    let scale = if map.condensed {
        "続く行や列は、見かけが同じならまとめました"
    } else {
        "1文字が1つのセル"
    };
    _ = writeln!(out, "  図　{}（{scale}）", map.range);
    let label = |first: u32, last: u32| {
        if first == last { first.to_string() } else { format!("{first}～{last}") }
    };
    let labels: Vec<String> = map.rows.iter().map(|row| label(row.first, row.last)).collect();
    let most = labels.iter().map(|label| width(label)).max().unwrap_or(0);
    let tall = map.columns.iter().map(String::len).max().unwrap_or(0);
    for line in 0..tall {
        let letter = |name: &String| {
            let skipped = tall - name.len();
            let letter = line.checked_sub(skipped).and_then(|index| name.chars().nth(index));
            letter.and_then(|c| char::from_u32(u32::from(c) + 0xFEE0)).unwrap_or('\u{3000}')
        };
        let letters: String = map.columns.iter().map(letter).collect();
        _ = writeln!(out, "  {}  {}", " ".repeat(most), letters.trim_end());
    }
    for (row, label) in map.rows.iter().zip(&labels) {
        let cells = if row.cells.is_empty() { "（略）" } else { &row.cells };
        _ = writeln!(out, "  {}{label}  {cells}", " ".repeat(most.saturating_sub(width(label))));
    }
    if map.columns_left_out > 0 {
        _ = writeln!(out, "  （右の {}列は略しました）", map.columns_left_out);
    }
    let mut line = "  印".to_owned();
    for mark in &map.legend {
        let words = format!("　{}＝{}", mark.mark, mark.meaning);
        if width(&line) + width(&words) > WIDTH {
            _ = writeln!(out, "{line}");
            "    ".clone_into(&mut line);
        }
        line.push_str(&words);
    }
    _ = writeln!(out, "{line}");
}
