//! 要確認 and 出典: what internal documents say of their workbooks.

use super::super::desk::Desk;
use super::super::fields::{self, Field};
use super::super::lists::{outcome, place};
use super::super::plan::{BlockPlan, FieldName};
use super::super::words;
use crate::finding::{Finding, Severity};
use crate::model::dataset::Source;
use crate::model::report::{Block, Cell, Para};

/// What columns may show of a finding, which carries its number in the list.
pub fn fields<'a>() -> Vec<Field<(usize, &'a Finding)>> {
    vec![
        Field::center(FieldName::Number, "番号", 3, |(number, _), _| Some(Cell::text(number.to_string()))),
        Field::internal(FieldName::Severity, "重要度", 5, |(_, finding), _| {
            Some(Cell::text(words::severity(finding.severity)))
        }),
        Field::internal(FieldName::Message, "内容と直し方", 20, |(_, finding), _| {
            Some(message(finding))
        }),
        Field::internal(FieldName::Place, "場所", 12, |(_, finding), _| {
            let mut paras = vec![Para::small(&finding.workbook)];
            paras.extend((!finding.sheet.is_empty()).then(|| Para::small(place(finding))));
            Some(Cell::paras(paras))
        }),
        Field::internal(FieldName::Division, "課", 7, |(_, finding), _| Some(Cell::text(&finding.division))),
    ]
}

const USUAL: &[FieldName] = &[FieldName::Number, FieldName::Severity, FieldName::Message, FieldName::Place];

/// What columns may show of a workbook.
pub fn source_fields<'a>() -> Vec<Field<&'a Source>> {
    vec![
        Field::internal(FieldName::Workbook, "ブック", 18, |source, _| {
            let hash = source.sha256.get(..16).unwrap_or(&source.sha256);
            Some(Cell::paras(vec![Para::plain(&source.workbook), Para::small(format!("SHA-256 {hash}"))]))
        }),
        Field::internal(FieldName::Division, "部・課", 7, |source, _| Some(owner(source))),
        Field::right(FieldName::FigureCount, "指標の値", 4, |source, _| {
            Some(Cell::text(source.figures.to_string()))
        }),
        Field::right(FieldName::ItemCount, "取組項目", 4, |source, _| {
            Some(Cell::text(source.initiatives.to_string()))
        }),
        Field::internal(FieldName::Outcome, "結果", 6, |source, _| {
            Some(Cell::text(outcome(source.outcome)))
        }),
    ]
}

const USUAL_SOURCES: &[FieldName] = &[
    FieldName::Workbook,
    FieldName::Division,
    FieldName::FigureCount,
    FieldName::ItemCount,
    FieldName::Outcome,
];

fn message(finding: &Finding) -> Cell {
    let mut text = vec![Para::plain(&finding.message)];
    if !finding.cure.is_empty() {
        text.push(Para::small(format!("→ {}", finding.cure)));
    }
    Cell::paras(text)
}

fn owner(source: &Source) -> Cell {
    let owner = [source.department.as_str(), source.division.as_str()].map(Para::plain);
    let owner = owner.into_iter().filter(|para| !para.text().is_empty()).collect::<Vec<_>>();
    Cell::paras(if owner.is_empty() { vec![Para::plain("所属不明")] } else { owner })
}

/// What must be looked at: a department's errors and warnings; of the whole city the errors alone, which the
/// departments' own documents list in full.
pub fn list(desk: &Desk<'_>, plan: &BlockPlan) -> Vec<Block> {
    let worst = if desk.department.is_some() { Severity::Warning } else { Severity::Error };
    let doubtful: Vec<&Finding> =
        desk.findings.iter().filter(|finding| finding.severity <= worst).copied().collect();
    let numbered: Vec<(usize, &Finding)> = (1..).zip(doubtful).collect();
    let (shown, more) = desk.limited(&numbered, plan.limit);
    if shown.is_empty() {
        return Vec::new();
    }
    let summary = format!("{}の{}の一覧", desk.name(), desk.filled(&plan.title));
    let table = fields::table(shown, (&fields(), USUAL), plan, desk, summary);
    std::iter::once(Block::Table(table)).chain(more).collect()
}

/// What 要確認 does not list: notes, and what a division's answer has settled.
pub fn counts(desk: &Desk<'_>) -> Vec<Block> {
    let notes = desk.findings.iter().filter(|finding| finding.severity == Severity::Note).count();
    let accepted = desk.dataset.accepted.iter().filter(|finding| desk.owns(&finding.department)).count();
    let notes = (notes > 0).then(|| {
        format!("このほかに参考のお知らせが {notes} 件あります。統合.xlsx の「要確認」をご覧ください。")
    });
    let accepted = (accepted > 0)
        .then(|| format!("了承済み {accepted} 件（課の答えにより、セルが変わるまで知らせません）"));
    notes.into_iter().chain(accepted).map(|text| Block::Paragraph(Para::small(text))).collect()
}

/// The workbooks that a document rests on.
pub fn sources(desk: &Desk<'_>, plan: &BlockPlan) -> Vec<Block> {
    let (shown, more) = desk.limited(&desk.sources, plan.limit);
    let summary = format!("{}の出典の一覧", desk.name());
    let table = fields::table(shown, (&source_fields(), USUAL_SOURCES), plan, desk, summary);
    std::iter::once(Block::Table(table)).chain(more).collect()
}
