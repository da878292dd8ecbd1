//! 部局別/<部>.pdf: the chapters of the department's policy document with the month's figures and statuses.

use std::collections::BTreeMap;

use super::judgements::{self, Judged};
use super::{as_of, changes, figures, initiatives, lists, markings, remarks, submissions, words};
use crate::finding::{Finding, Severity};
use crate::model::dataset::{Dataset, Source};
use crate::model::fiscal::Eras;
use crate::model::indicator::Indicator;
use crate::model::initiative::{Initiative, Status};
use crate::model::judgement::{Judgement, Subject};
use crate::model::organisation::Department;
use crate::model::quantity::{Confidence, State};
use crate::model::report::{Block, Document, ListItem, Panel, Para};
use crate::model::section::{SectionKind, SectionLine};

/// What of the month concerns one department.
struct Part<'a> {
    name: &'a str,
    lines: Vec<&'a SectionLine>,
    indicators: Vec<&'a Indicator>,
    initiatives: Vec<&'a Initiative>,
    judgements: Vec<&'a Judgement>,
    judged: Judged<'a>,
    findings: Vec<&'a Finding>,
    accepted: usize,
    sources: Vec<&'a Source>,
}

/// The department's report.
pub fn document(dataset: &Dataset, department: &Department, eras: &Eras) -> Document {
    let part = part(dataset, &department.name);
    let year = eras.long(dataset.period.fiscal_year());
    let mut blocks = vec![Block::Panels(panels(&part))];
    blocks.extend(remarks(dataset, &department.name));
    blocks.extend(submissions::line(dataset, &department.name));
    blocks.extend(judgements::summary(dataset, &department.name));
    blocks.extend(changes::department(dataset, &department.name, eras));
    blocks.extend(chapters(&part, department, eras));
    blocks.extend(closing(&part));
    let divisions: Vec<&str> = department.divisions.iter().map(|division| division.name.as_str()).collect();
    Document {
        path: format!("部局別/{}.pdf", department.name),
        department: department.name.clone(),
        title: department.name.clone(),
        subtitle: divisions.join("・"),
        author: dataset.publisher.clone(),
        running_title: format!("{year}　部の運営方針　進捗報告（{}）", as_of(dataset, eras)),
        markings: markings(dataset),
        footer: format!("{}　{}", dataset.city, department.name),
        as_of: dataset.as_of,
        blocks,
        paper: None,
        look: String::new(),
    }
}

fn part<'a>(dataset: &'a Dataset, name: &'a str) -> Part<'a> {
    let year = dataset.period.fiscal_year();
    let current = |line: &SectionLine| line.fiscal_year.is_none_or(|own| own == year);
    let due = |initiative: &Initiative| {
        initiative.sources.iter().any(|s| s.fiscal_year.is_none_or(|own| own == year))
    };
    Part {
        name,
        lines: dataset.sections.iter().filter(|line| line.department == name && current(line)).collect(),
        indicators: dataset.indicators.iter().filter(|i| i.main().department == name).collect(),
        initiatives: dataset.initiatives.iter().filter(|i| i.words().department == name && due(i)).collect(),
        judgements: dataset.judgements.iter().filter(|one| one.department == name).collect(),
        judged: Judged::of(dataset),
        findings: dataset.findings.iter().filter(|finding| finding.department == name).collect(),
        accepted: dataset.accepted.iter().filter(|finding| finding.department == name).count(),
        sources: dataset.sources.iter().filter(|source| source.department == name).collect(),
    }
}

/// The summary box: how many indicators, items and doubts there are.
fn panels(part: &Part) -> Vec<Panel> {
    let figures = || part.indicators.iter().flat_map(|i| &i.main().figures);
    let count =
        |wanted: &dyn Fn(&crate::model::indicator::Figure) -> bool| figures().filter(|f| wanted(f)).count();
    let pending = count(&|f| f.state == State::Pending);
    let assumed = count(&|f| f.confidence == Confidence::Assumed && f.carried_from.is_none());
    let carried = count(&|f| f.carried_from.is_some());
    let carried = if carried > 0 { format!("　前回値 {carried}") } else { String::new() };
    let unread = count(&|f| f.confidence == Confidence::Unread);
    let doubts = |severity| part.findings.iter().filter(|finding| finding.severity == severity).count();
    let (errors, warnings) = (doubts(Severity::Error), doubts(Severity::Warning));
    let judged = |subject| {
        let counts = judgements::counts(part.judgements.iter().copied(), subject);
        (!counts.is_empty()).then(|| format!("判定：{counts}"))
    };
    let panel = |label: &str, figure: usize, lines: Vec<String>| Panel {
        label: label.to_owned(),
        figure: figure.to_string(),
        lines: lines.into_iter().map(Para::plain).collect(),
    };
    vec![
        panel(
            "指標",
            part.indicators.len(),
            [
                Some(format!("値 {} 件を読み取り", figures().count())),
                Some(format!("作業中など {pending}　仮定 {assumed}　未読 {unread}{carried}")),
                judged(Subject::Indicator),
            ]
            .into_iter()
            .flatten()
            .collect(),
        ),
        panel(
            "取組項目",
            part.initiatives.len(),
            statuses(part).into_iter().chain(judged(Subject::Initiative)).collect(),
        ),
        panel(
            "確認が必要なこと",
            errors + warnings,
            vec![format!("■エラー {errors}　▲要確認 {warnings}"), "→ 終わりの「要確認」に一覧".to_owned()],
        ),
    ]
}

/// `状況：◎完了 3　○順調 12`; `None` where there are no items.
fn statuses(part: &Part) -> Option<String> {
    let mut statuses: BTreeMap<Option<Status>, usize> = BTreeMap::new();
    for initiative in &part.initiatives {
        *statuses.entry(initiative.main().status.filter(|s| *s != Status::NotReported)).or_default() += 1;
    }
    let shown = statuses.iter().filter_map(|(status, count)| status.map(|status| (status, count)));
    let mut items: Vec<String> =
        shown.map(|(status, count)| format!("{}{} {count}", words::mark(status), status.label())).collect();
    items.extend(statuses.get(&None).map(|count| format!("－記載なし {count}")));
    (!items.is_empty()).then(|| format!("状況：{}", items.join("　")))
}

/// The chapters of the policy document, or the plain lists of a department that has none.
fn chapters(part: &Part, department: &Department, eras: &Eras) -> Vec<Block> {
    let mut blocks = Vec::new();
    let (mut indicators_told, mut initiatives_told) = (false, false);
    let same = |a: &&SectionLine, b: &&SectionLine| a.title == b.title && a.section == b.section;
    for chapter in part.lines.chunk_by(same) {
        let Some(first) = chapter.first() else { continue };
        blocks.push(heading(&first.title));
        blocks.extend(first.carried_from.map(|from| Block::Paragraph(Para::small(words::carried(from)))));
        blocks.extend(bullets(chapter));
        if first.section == SectionKind::Indicators && !indicators_told {
            indicators_told = true;
            blocks.extend(indicator_blocks(part, department, eras));
        }
        if first.section == SectionKind::Initiatives && !initiatives_told {
            initiatives_told = true;
            blocks.extend(initiative_blocks(part, eras));
        }
    }
    if !indicators_told && !part.indicators.is_empty() {
        blocks.push(heading("指標"));
        blocks.extend(indicator_blocks(part, department, eras));
    }
    if !initiatives_told && !part.initiatives.is_empty() {
        blocks.push(heading("取組み"));
        blocks.extend(initiative_blocks(part, eras));
    }
    blocks
}

/// A chapter's heading with its bracketed note set apart, both as they stand.
fn heading(title: &str) -> Block {
    let trimmed = title.trim_end();
    let open =
        if trimmed.ends_with([')', '）']) { trimmed.rfind(['(', '（']).filter(|at| *at > 0) } else { None };
    let (text, note) = open.map_or((trimmed, ""), |at| trimmed.split_at(at));
    Block::Heading {
        level: 1,
        text: text.trim_end().to_owned(),
        note: note.to_owned(),
        anchor: String::new(),
    }
}

/// The bullets of a chapter, each category under its own small heading.
fn bullets(lines: &[&SectionLine]) -> Vec<Block> {
    let mut blocks = Vec::new();
    for group in lines.chunk_by(|a, b| a.category == b.category) {
        let Some(first) = group.first() else { continue };
        if !first.category.is_empty() {
            let text = format!("<{}>", first.category);
            blocks.push(Block::Heading { level: 2, text, note: String::new(), anchor: String::new() });
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

/// The policy document's own indicators first, then each division's.
fn indicator_blocks(part: &Part, department: &Department, eras: &Eras) -> Vec<Block> {
    let documented = |indicator: &&&Indicator| {
        indicator.sources.iter().any(|source| {
            part.lines.iter().any(|line| {
                line.place.workbook == source.place.workbook && line.place.sheet == source.place.sheet
            })
        })
    };
    let own: Vec<&Indicator> = part.indicators.iter().filter(documented).copied().collect();
    let rest: Vec<&Indicator> = part.indicators.iter().filter(|i| !documented(i)).copied().collect();
    let mut blocks: Vec<Block> = Vec::new();
    let mut printed = own.clone();
    if !own.is_empty() {
        let summary = format!("{}の指標。年度ごとの実績と目標", part.name);
        blocks.extend(indicator_tables(&own, &summary, eras));
    }
    let mut order: Vec<&str> = department.divisions.iter().map(|division| division.name.as_str()).collect();
    for division in rest.iter().map(|i| i.main().division.as_str()).chain([""]) {
        if !order.contains(&division) {
            order.push(division);
        }
    }
    for division in order {
        let group: Vec<&Indicator> = rest.iter().filter(|i| i.main().division == division).copied().collect();
        if group.is_empty() {
            continue;
        }
        let who = if division.is_empty() { "部共通" } else { division };
        let text = format!("{who}の指標");
        let summary = format!("{text}。年度ごとの実績と目標");
        blocks.push(Block::Heading { level: 2, text, note: String::new(), anchor: String::new() });
        blocks.extend(indicator_tables(&group, &summary, eras));
        printed.extend(group);
    }
    let summary = format!("{}の指標の判定と根拠", part.name);
    blocks.extend(judgements::indicators(&printed, &part.judged, &summary, eras));
    blocks
}

/// Tables of indicators with what was put in place of their figures below.
fn indicator_tables(indicators: &[&Indicator], summary: &str, eras: &Eras) -> Vec<Block> {
    let tables = figures::tables(indicators, summary, eras).into_iter().map(Block::Table);
    let amended = figures::amendments(indicators, eras).into_iter().map(Block::Paragraph);
    tables.chain(amended).collect()
}

fn initiative_blocks(part: &Part, eras: &Eras) -> Vec<Block> {
    if part.initiatives.is_empty() {
        return Vec::new();
    }
    let summary = format!("{}の取組項目と進捗状況", part.name);
    let items = initiatives::in_order(&part.initiatives);
    vec![Block::Table(initiatives::table(&items, &part.judged, &summary, eras))]
}

/// 要確認 and 出典.
fn closing(part: &Part) -> Vec<Block> {
    let plain = |text: &str, note: &str| Block::Heading {
        level: 1,
        text: text.to_owned(),
        note: note.to_owned(),
        anchor: String::new(),
    };
    let doubtful: Vec<&Finding> =
        part.findings.iter().filter(|finding| finding.severity < Severity::Note).copied().collect();
    let notes = part.findings.len() - doubtful.len();
    let mut blocks = vec![plain("要確認", "（課で確かめていただくこと）")];
    if doubtful.is_empty() {
        blocks.push(Block::Paragraph(Para::plain("確認が必要なことはありません。")));
    } else {
        let summary = format!("{}の要確認の一覧", part.name);
        blocks.push(Block::Table(lists::findings(&doubtful, &summary)));
    }
    if notes > 0 {
        let text =
            format!("このほかに参考のお知らせが {notes} 件あります。統合.xlsx の「要確認」をご覧ください。");
        blocks.push(Block::Paragraph(Para::small(text)));
    }
    if part.accepted > 0 {
        let text = format!("了承済み {} 件（課の答えにより、セルが変わるまで知らせません）", part.accepted);
        blocks.push(Block::Paragraph(Para::small(text)));
    }
    blocks.push(plain("出典", "（読み取ったブック）"));
    blocks.push(Block::Table(lists::sources(&part.sources, &format!("{}の出典の一覧", part.name))));
    blocks
}
