//! A trace for a person who never saw a terminal.

use super::{Edition, Trace, history, near};
use crate::model::fiscal::Eras;
use crate::model::indicator::{Figure, Indicator, IndicatorSource, Polarity};
use crate::model::initiative::{Initiative, InitiativeSource};
use crate::model::quantity::Confidence;
use crate::width::{cut, flat, table};

/// The widest that a cell's text is shown in a table, in columns.
const WIDEST: usize = 24;

/// Everything found.
pub fn text(trace: &Trace, eras: &Eras) -> String {
    let indicators = history::indicators(&trace.editions);
    let initiatives = history::initiatives(&trace.editions);
    let mut lines = vec![head(trace, indicators.len(), initiatives.len())];
    lines.extend(trace.notes.iter().map(|note| format!("※ {note}")));
    for (at, found) in indicators {
        lines.push(String::new());
        indicator(&mut lines, trace, at, found, eras);
    }
    for (at, found) in initiatives {
        lines.push(String::new());
        initiative(&mut lines, trace, at, found);
    }
    lines.join("\n")
}

fn head(trace: &Trace, indicators: usize, initiatives: usize) -> String {
    let Trace { word, editions, .. } = trace;
    let newest = editions.first().map_or("", |edition| edition.name.as_str());
    if indicators + initiatives > 0 {
        return format!(
            "「{word}」を名前に含むもの：指標 {indicators}件、取組み {initiatives}件（出どころ：{newest}）"
        );
    }
    let near = near::near(word, &trace.names);
    let advice = if near.is_empty() {
        "名前の一部だけで探してみてください。名前の一覧は 統合.xlsx の「指標」と「取組」にあります。"
            .to_owned()
    } else {
        let names: Vec<String> = near.iter().map(|name| format!("\n  ・{}", flat(name))).collect();
        format!("近い名前:{}", names.concat())
    };
    format!("「{word}」を名前に含む指標も取組みもありません（出どころ：{newest}）。{advice}")
}

/// Older editions than the one at an index, newest first.
fn older(trace: &Trace, at: usize) -> &[Edition] {
    trace.editions.get(at + 1..).unwrap_or_default()
}

/// Says so where something is only in an older month.
fn gone(lines: &mut Vec<String>, trace: &Trace, at: usize) {
    if let (true, Some(newest), Some(here)) = (at > 0, trace.editions.first(), trace.editions.get(at)) {
        lines.push(format!("  ※ {} にはもうありません。{} のものです。", newest.name, here.name));
    }
}

fn indicator(lines: &mut Vec<String>, trace: &Trace, at: usize, indicator: &Indicator, eras: &Eras) {
    let Some(main) = indicator.sources.get(indicator.primary).or(indicator.sources.first()) else { return };
    lines.push(format!("指標「{}」", flat(&main.name)));
    let polarity = match main.polarity {
        Some(Polarity::Increase) => "増がよい",
        Some(Polarity::Decrease) => "減がよい",
        Some(Polarity::Maintain) => "維持がよい",
        None => "よい方向は未設定",
    };
    let unit = main.unit.as_ref().map_or_else(|| "不明".to_owned(), |unit| unit.0.clone());
    lines.push(format!("  {}　単位 {unit}　{polarity}", owner(&main.department, &main.division)));
    gone(lines, trace, at);
    if indicator.conflict {
        lines.push("  ※ 出典によって値が違います（不一致）。".to_owned());
    }
    for (index, source) in indicator.sources.iter().enumerate() {
        let used = if index == indicator.primary { "報告書に使う" } else { "照合に使う" };
        lines.push(format!("  出典{}（{used}）{}", index + 1, source.place));
        if source.name != main.name {
            lines.push(format!("    名前　{}", flat(&source.name)));
        }
        let rows = figures(source, older(trace, at), &indicator.id, eras);
        lines.extend(table(&rows).into_iter().map(|line| format!("    {line}")));
    }
}

/// One row a figure, under header words.
fn figures(source: &IndicatorSource, older: &[Edition], id: &str, eras: &Eras) -> Vec<Vec<String>> {
    let unit = source.unit.as_ref().map_or("", |unit| unit.0.as_str());
    let row = |figure: &Figure| {
        let value = history::value(figure);
        let shown = if figure.quantity.is_some() { format!("{value} {unit}") } else { value.clone() };
        let mut row = vec![
            figure.place.cell.to_string(),
            figure.slot().label(eras),
            format!("「{}」", cut(&flat(&figure.raw), WIDEST)),
            shown.trim_end().to_owned(),
            sure(figure.confidence).to_owned(),
        ];
        row.push(history::line(&value, &history::figure(older, id, source, figure)));
        row
    };
    let mut head =
        ["セル", "年度・種類", "シートの文字", "読み取った値", "確かさ"].map(str::to_owned).to_vec();
    head.extend((!older.is_empty()).then(|| "これまで".to_owned()));
    std::iter::once(head).chain(source.figures.iter().map(row)).collect()
}

fn sure(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::Read => "そのまま",
        Confidence::Assumed => "前提を置いた",
        Confidence::Unread => "読めない",
    }
}

fn initiative(lines: &mut Vec<String>, trace: &Trace, at: usize, initiative: &Initiative) {
    let words = initiative.sources.get(initiative.wording).or(initiative.sources.first());
    let Some(words) = words else { return };
    let program = [&words.number, &words.program].map(|part| flat(part)).join(" ");
    lines.push(format!("取組み「{}」（{}）{}", program.trim(), words.item_no, flat(&words.item)));
    lines.push(format!("  {}", owner(&words.department, &words.division)));
    gone(lines, trace, at);
    for (index, source) in initiative.sources.iter().enumerate() {
        let used = match (index == initiative.primary, index == initiative.wording) {
            (true, true) => "報告書に使う",
            (true, false) => "状況を報告書に使う",
            (false, true) => "文を報告書に使う",
            (false, false) => "照合に使う",
        };
        lines.push(format!("  出典{}（{used}）{}", index + 1, source.place));
        let rows = told(source, older(trace, at), &initiative.id);
        lines.extend(table(&rows).into_iter().map(|line| format!("    {line}")));
    }
}

/// What a source says of an item: label and words.
fn told(source: &InitiativeSource, older: &[Edition], id: &str) -> Vec<Vec<String>> {
    let raw = |text: &str| cut(&flat(text), WIDEST * 2);
    let mut rows: Vec<[String; 2]> = Vec::new();
    let mut row = |label: &str, words: String| rows.push([label.to_owned(), words]);
    if let Some(word) = source.status {
        let cell = source.status_cell.map_or_else(String::new, |cell| cell.to_string());
        let sure = sure(source.confidence);
        row("状況", format!("{}（{cell}「{}」、{sure}）", word.label(), raw(&source.status_raw)));
    }
    if source.status.is_none() {
        row("状況", "欄がない".to_owned());
    }
    if let Some(progress) = source.progress {
        row("進捗率", format!("{}%", progress.normalize()));
    }
    if let Some(direction) = source.direction {
        row("方向性", direction.label().to_owned());
    }
    if !source.due_raw.is_empty() {
        let due = if source.due.is_empty() { "日付なし" } else { &source.due };
        row("期限", format!("{due}（「{}」）", raw(&source.due_raw)));
    }
    if !source.comment.is_empty() {
        row("コメント", raw(&source.comment));
    }
    let before = history::line(&standing(source), &history::status(older, id, source, standing));
    if !before.is_empty() {
        row("これまで", before);
    }
    rows.into_iter().map(|row| row.to_vec()).collect()
}

/// Status and progress in a word or two: what is compared from month to month.
fn standing(source: &InitiativeSource) -> String {
    let status = source.status.map_or("状況の欄なし", |status| status.label());
    let progress = source.progress.map_or_else(String::new, |progress| format!("{}%", progress.normalize()));
    format!("{status}{progress}")
}

fn owner(department: &str, division: &str) -> String {
    let words = format!("{department} {division}");
    let words = words.trim();
    if words.is_empty() { "部・課は不明".to_owned() } else { words.to_owned() }
}
