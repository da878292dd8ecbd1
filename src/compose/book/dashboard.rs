//! The board 概要: what matters of the month on one page, computed from the tables behind it.

mod late;
mod matrix;

use super::{Wide, details, findings, indicators, initiatives};
use crate::compose::{as_of, judgement_book, submissions, words};
use crate::finding::Severity;
use crate::model::book::{Board, BoardTable, BookChart, Formula, Jump, Panel, Tile};
use crate::model::dataset::Dataset;
use crate::model::fiscal::Eras;
use crate::model::judgement::{Subject, Verdict};
use crate::model::report::{Align, Cell, Column, Row, Table};
use crate::model::submission::SubmissionStatus;

/// The columns that all panels share: a department's name, figures, and one in which a small line has room.
const COLUMNS: usize = 16;
const NAME_WIDTH: u32 = 10;
const FIGURE_WIDTH: u32 = 4;
const LAST_WIDTH: u32 = 8;
/// How many columns a tile or a link covers, and a chart.
const TILE: usize = 2;
const HALF: usize = COLUMNS / 2;

/// The board; `sheets` are the names of the sheets behind it.
pub fn board(dataset: &Dataset, wide: &Wide, sheets: &[&str], eras: &Eras) -> Board {
    let mut panels = vec![links(sheets), Panel::Tiles(tiles(dataset))];
    let counted = panels.len();
    panels.push(Panel::Table(matrix::table(dataset)));
    let departments = matrix::departments(dataset).len();
    if departments > 0 && !dataset.judgements.is_empty() {
        panels.push(Panel::Charts(charts(counted, departments)));
    }
    panels.extend(late::table(dataset, wide).map(Panel::Table));
    Board {
        name: "概要".to_owned(),
        title: format!("{}　指標・取組みの統合", dataset.city),
        lines: lines(dataset, eras),
        columns: [NAME_WIDTH].into_iter().chain([FIGURE_WIDTH; COLUMNS - 2]).chain([LAST_WIDTH]).collect(),
        panels,
    }
}

fn lines(dataset: &Dataset, eras: &Eras) -> Vec<String> {
    let counts = dataset.counts();
    let carried = words::carried_count(counts.carried).replace('　', "、");
    let mut lines = vec![
        format!(
            "{}　（{}現在で作成）　{}各値のリンクから、原本の該当するセルを開けます。",
            as_of(dataset, eras),
            eras.day(dataset.as_of),
            standing(dataset)
        ),
        format!(
            "指標の値：そのまま読んだ {}、仮定をおいた {}、未読 {}{carried}",
            counts.read, counts.assumed, counts.unread
        ),
    ];
    if !dataset.submissions.is_empty() {
        lines.push(format!("提出状況：{}", submissions::counts(dataset.submissions.iter())));
    }
    lines
}

/// Whether the month is frozen, and which edition it is, in a sentence.
fn standing(dataset: &Dataset) -> String {
    let edition = match dataset.edition {
        0 => String::new(),
        number => format!("訂正{number}の版です。"),
    };
    let frozen = if dataset.frozen {
        "確定：この月は確定しています。"
    } else {
        "暫定：この月はまだ確定していません。"
    };
    format!("{frozen}{edition}")
}

/// The ways to the sheets.
fn links(sheets: &[&str]) -> Panel {
    let cell = |name: &&str| {
        let mut cell = Cell::text(format!("→ {name}"));
        cell.live().jump = Some(Jump { sheet: (*name).to_owned(), row: None });
        cell
    };
    let table = Table {
        summary: "各シートへ".to_owned(),
        columns: sheets.iter().map(|_| Column { width: FIGURE_WIDTH, align: Align::Center }).collect(),
        rows: vec![Row { cells: sheets.iter().map(cell).collect() }],
        ..Table::default()
    };
    Panel::Table(BoardTable {
        title: String::new(),
        spans: vec![TILE; sheets.len()],
        table,
        shades: Vec::new(),
    })
}

/// A figure with the formula that it comes from.
fn computed(count: usize, formula: Formula) -> Cell {
    let mut cell = Cell::count(count);
    cell.live().formula = Some(formula);
    cell
}

/// `COUNTIFS(判定表[判定],"× 遅れ")`; the words are the program's own.
fn counting(table: &str, column: &str, words: &str) -> String {
    format!("COUNTIFS({table}[{column}],\"{words}\")")
}

fn tiles(dataset: &Dataset) -> Vec<Tile> {
    let judged = |wanted: &[Verdict]| {
        let count = dataset.judgements.iter().filter(|one| wanted.contains(&one.result)).count();
        let term = |verdict: &Verdict| counting(judgement_book::TABLE, "判定", &words::verdict(*verdict));
        let formula = wanted.iter().map(term).collect::<Vec<_>>().join("+");
        computed(count, Formula::text(formula))
    };
    let tile = |label: &str, cell: Cell| Tile { label: label.to_owned(), cell, span: TILE };
    let used = |table, count| computed(count, Formula::text(counting(table, "使う値", super::USED)));
    let errors = dataset.findings.iter().filter(|finding| finding.severity == Severity::Error).count();
    let mut tiles = vec![
        tile("指標", used(indicators::TABLE, dataset.indicators.len())),
        tile("取組項目", used(initiatives::TABLE, dataset.initiatives.len())),
        tile("達成・順調", judged(&[Verdict::Achieved, Verdict::OnTrack])),
        tile("やや遅れ・遅れ", judged(&[Verdict::SlightlyBehind, Verdict::Behind])),
        tile("判定不能", judged(&[Verdict::Undecided])),
        tile(
            "未読の値",
            computed(
                dataset.counts().unread,
                Formula::text(counting(details::TABLE, "読み方", details::UNREAD)),
            ),
        ),
        tile(
            "要確認のエラー",
            computed(errors, Formula::text(counting(findings::TABLE, "重要度", Severity::Error.label()))),
        ),
    ];
    if !dataset.submissions.is_empty() {
        let missing = SubmissionStatus::Missing;
        let count = dataset.submissions.iter().filter(|submission| submission.status == missing).count();
        let formula = counting(submissions::TABLE, "状況", &words::submission(missing));
        tiles.push(tile("未提出", computed(count, Formula::text(formula))));
    }
    tiles
}

/// The verdicts of each department as divided bars: indicators at the left, initiatives at the right.
fn charts(panel: usize, departments: usize) -> Vec<BookChart> {
    let chart = |title: &str, subject: Subject| BookChart {
        title: title.to_owned(),
        alt: format!("{title}。部局ごとの件数を、達成、順調、やや遅れ、遅れ、判定不能の順に横に積んだ棒。"),
        panel,
        rows: departments,
        label: 0,
        parts: matrix::verdict_columns(subject).into_iter().zip(Verdict::ALL).collect(),
        span: HALF,
    };
    vec![
        chart("部局別　指標の判定", Subject::Indicator),
        chart("部局別　取組項目の判定", Subject::Initiative),
    ]
}
