//! The report for a person who never saw a terminal.

use std::fmt::Write;

use super::{BookReport, SheetReport};

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
    _ = writeln!(out, "\nシート「{}」", sheet.name);
    if sheet.hidden {
        _ = writeln!(out, "  隠れているため、読みません");
        return;
    }
    if let Some(year) = sheet.fiscal_year {
        _ = writeln!(out, "  表題の年度：{year}年度");
    }
    _ = writeln!(
        out,
        "  指標 {}（値 {}）、取組項目 {}、運営方針の行 {}",
        sheet.indicators, sheet.figures, sheet.initiatives, sheet.sections
    );
    for region in &sheet.regions {
        _ = writeln!(out, "  {}  {}", region.range, region.taken_for);
        for column in &region.columns {
            _ = writeln!(out, "      {}「{}」→ {}", column.cell, column.words, column.meaning);
        }
    }
    for left in &sheet.left_out {
        _ = writeln!(out, "  読まなかったもの：{}（{}）", left.place, left.reason);
    }
}
