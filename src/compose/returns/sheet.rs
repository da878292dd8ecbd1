//! The return sheet: one row for each finding, with its place as a link and three columns for the answer.

use super::{Desk, States, finding_place};
use crate::compose::words;
use crate::compose::{as_of, lists};
use crate::finding::{Code, Finding};
use crate::model::acceptance::squeezed;
use crate::model::book::{Book, BookSheet};
use crate::model::dataset::Dataset;
use crate::model::entry::{Entry, EntryCell, EntryColumn, Input, Rule};
use crate::model::fiscal::{Eras, FiscalYear};
use crate::model::quantity::State;
use crate::model::report::{Align, Cell, Row, Table};

/// What a division may answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Answer {
    /// Its workbook is mended.
    Mended,
    /// The cell is right as it is.
    Right,
    /// Somebody else's.
    NotOurs,
    /// Not known yet.
    Later,
}

/// The answers in the words of the drop-down list.
pub const ANSWERS: [(Answer, &str); 4] = [
    (Answer::Mended, "直した"),
    (Answer::Right, "このままで正しい"),
    (Answer::NotOurs, "担当外"),
    (Answer::Later, "確認中"),
];

/// Headings of the columns that are filled in: answer, reason, by whom.
pub const HEADINGS: [&str; 3] = ["回答", "回答の理由", "回答者"];

/// Headings of the hidden columns from which `answers` knows what was asked: code, workbook, sheet, cell, text, the
/// division, and the day until which an acceptance holds.
pub const KEYS: [&str; 7] = [
    "hoshin:code",
    "hoshin:workbook",
    "hoshin:sheet",
    "hoshin:cell",
    "hoshin:raw",
    "hoshin:owner",
    "hoshin:until",
];

/// Heading, width, alignment and note of each visible column.
const COLUMNS: [(&str, u32, Align, &str); 11] = [
    ("No.", 3, Align::Center, ""),
    ("重要度", 5, Align::Left, "■エラー：読めない、または食い違っている\n◆要確認：仮定をおいて読んだ、など"),
    ("ブック", 11, Align::Left, ""),
    (
        "シート › セル",
        8,
        Align::Left,
        "報告書のフォルダーでこの表を開いているときは、押すと原本のセルが開きます。",
    ),
    ("原文", 8, Align::Left, "そのセルに見えている文字です。"),
    ("読み方", 8, Align::Left, "hoshin がどう読んだかです。未読の値は 0 とはみなさず、集計に入れません。"),
    ("確かめていただきたいこと", 18, Align::Left, ""),
    ("直し方", 17, Align::Left, "数字の誤りは、必ず課のブックの方を直してください。"),
    (
        HEADINGS[0],
        7,
        Align::Left,
        "直した：課のブックを直した\nこのままで正しい：理由を右に書いてください\n担当外：別の課のもの\n確認中：まだ分からない",
    ),
    (HEADINGS[1], 11, Align::Left, "「このままで正しい」のときは、必ず書いてください。"),
    (HEADINGS[2], 5, Align::Left, "答えた方の名前です。"),
];
/// Where the columns of [`HEADINGS`] start.
const FIRST_OPEN: usize = COLUMNS.len() - HEADINGS.len();

/// The book of one division.
pub(super) fn book(
    dataset: &Dataset,
    desk: &Desk<'_>,
    states: &States<'_>,
    (path, eras): (&str, &Eras),
) -> Book {
    let title = format!("確認のお願い（差戻し）　{}", desk.name("　"));
    let until = FiscalYear::of(dataset.as_of).last_day();
    let until = until.map_or_else(String::new, |day| day.to_string());
    let rows = desk.findings.iter().enumerate();
    let rows = rows.map(|(index, finding)| row(states, desk, index, finding, &until)).collect();
    let columns = COLUMNS.iter().map(|(text, width, align, _)| (*text, *width, *align));
    let columns = columns.chain(KEYS.map(|key| (key, 10, Align::Left)));
    let sheet = BookSheet {
        name: "差戻し".to_owned(),
        title: title.clone(),
        lines: lines(dataset, desk, eras),
        landscape: true,
        entry: Some(entry(desk)),
        table: Table::list(&title, columns, rows),
        ..BookSheet::default()
    };
    Book {
        path: path.to_owned(),
        title: format!("{}　{title}", dataset.city),
        author: dataset.publisher.clone(),
        as_of: dataset.as_of,
        sheets: vec![sheet],
        ..Book::default()
    }
}

fn lines(dataset: &Dataset, desk: &Desk<'_>, eras: &Eras) -> Vec<String> {
    let mut who = vec![
        dataset.city.clone(),
        format!("{}（{}現在で作成）", as_of(dataset, eras), eras.day(dataset.as_of)),
    ];
    if !dataset.publisher.is_empty() {
        who.push(format!("取りまとめ：{}", dataset.publisher));
    }
    let due = dataset.correspondence.answer_by(dataset.as_of);
    let due = due.map_or_else(String::new, |day| format!("お答えの期限：{}　", eras.day(day)));
    let mut left = Vec::new();
    if desk.notes > 0 {
        left.push(format!("参考のお知らせ {} 件", desk.notes));
    }
    if desk.accepted > 0 {
        left.push(format!("了承済みのもの {} 件", desk.accepted));
    }
    let left = if left.is_empty() {
        String::new()
    } else {
        format!("（ほかに{}がありますが、直さなくてよいので省きました）", left.join("、"))
    };
    vec![
        who.join("　"),
        format!("{due}確かめていただきたいこと：{} 件{left}", desk.findings.len()),
        "白い欄（回答・回答の理由・回答者）に書いて、この表を取りまとめの部署へ返してください。数字の誤りは課のブックの方を直し、「直した」を選んでください。".to_owned(),
    ]
}

fn row(states: &States<'_>, desk: &Desk<'_>, index: usize, finding: &Finding, until: &str) -> Row {
    let cell = finding.cell.map(|cell| cell.to_string()).unwrap_or_default();
    // The link stands on a short text of its own: some programs do not wrap a linked one.
    let mut origin = Cell::text(lists::place(finding));
    origin.link = lists::link(finding);
    let mut cells = vec![
        Cell::text((index + 1).to_string()),
        Cell::text(words::severity(finding.severity)),
        Cell::text(&finding.workbook),
        origin,
    ];
    let owner = desk.name(" ");
    let raw = squeezed(&finding.raw);
    let reading = reading(states, finding);
    let seen = if finding.code == Code::ValueBlank { "（空欄）" } else { finding.raw.as_str() };
    let texts = [seen, &reading, &finding.message, &finding.cure];
    let keys = [finding.code.as_str(), &finding.workbook, &finding.sheet, &cell, &raw, &owner, until];
    cells.extend(texts.into_iter().chain([""; HEADINGS.len()]).chain(keys).map(Cell::text));
    Row { cells }
}

/// How the cell was read.
fn reading(states: &States<'_>, finding: &Finding) -> String {
    match finding_place(finding).and_then(|place| states.get(&place).copied()) {
        Some(State::Unread) => "未読（集計に入れていません）".to_owned(),
        _ if !finding.reading.is_empty() => finding.reading.clone(),
        Some(_) => "書かれているとおり".to_owned(),
        None if finding.code == Code::ValueBlank => "空欄（0 とはみなしません）".to_owned(),
        None => "―".to_owned(),
    }
}

fn entry(desk: &Desk<'_>) -> Entry {
    let mut columns: Vec<EntryColumn> = COLUMNS
        .iter()
        .map(|(_, _, _, note)| EntryColumn { input: None, note: (*note).to_owned(), hidden: false })
        .collect();
    let text = |prompt: &str| Input {
        rule: Rule::Text,
        strict: false,
        prompt: prompt.to_owned(),
        error: String::new(),
    };
    let inputs = [
        choice(true),
        text("「このままで正しい」のときは、理由を書いてください。"),
        text("答えた方の名前を書いてください。"),
    ];
    for (column, input) in columns.iter_mut().skip(FIRST_OPEN).zip(inputs) {
        column.input = Some(input);
    }
    columns.extend(KEYS.iter().map(|_| EntryColumn { hidden: true, ..EntryColumn::default() }));
    // What contradicts itself cannot be right as it is: the list does not offer it.
    let settled = desk.findings.iter().zip(0..).filter(|(finding, _)| !finding.code.is_acceptable());
    let col = u32::try_from(FIRST_OPEN).unwrap_or_default();
    let cells = settled.map(|(_, row)| EntryCell { row, col, input: Some(choice(false)) }).collect();
    Entry { columns, cells, room: 0 }
}

/// The drop-down list of answers.
fn choice(acceptable: bool) -> Input {
    let words = ANSWERS.iter().filter(|(answer, _)| acceptable || *answer != Answer::Right);
    let words: Vec<String> = words.map(|(_, word)| (*word).to_owned()).collect();
    Input {
        prompt: "一覧から選んでください。".to_owned(),
        error: format!("{} のどれかを選んでください。", words.join("、")),
        rule: Rule::OneOf(words),
        strict: true,
    }
}
