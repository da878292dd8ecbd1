//! 取組 of a form: one row for each item.

use super::{Desk, Field, choice, text};
use crate::model::book::BookSheet;
use crate::model::entry::{Input, Rule};
use crate::model::initiative::{Direction, Initiative, InitiativeSource, Status};
use crate::model::quantity::Confidence;
use crate::model::report::{Align, Cell, Row, Value};
use crate::normalise::date::read_due;
use crate::normalise::status::{Column, read_status};

/// The words of the drop-down list.
const STATUSES: [Status; 13] = [
    Status::NotStarted,
    Status::Preparing,
    Status::InProgress,
    Status::OnTrack,
    Status::Ahead,
    Status::SlightlyDelayed,
    Status::Delayed,
    Status::Stalled,
    Status::Suspended,
    Status::UnderReview,
    Status::Completed,
    Status::NotAchieved,
    Status::Cancelled,
];
const DIRECTIONS: [Direction; 5] =
    [Direction::Expand, Direction::Continue, Direction::Reduce, Direction::Merge, Direction::Abolish];

/// The sheet of a division's items.
pub(super) fn sheet(initiatives: &[&Initiative], desk: &Desk<'_>) -> BookSheet {
    let number = |heading: &str, width| Field { align: Align::Center, ..Field::fixed(heading, width, "") };
    let progress = Input {
        rule: Rule::Number { least: Some(0), most: Some(100) },
        strict: true,
        prompt: "0 から 100 までの数を書いてください（60% は 60）。".to_owned(),
        error: "0 から 100 までの数を書いてください。".to_owned(),
    };
    let due = Input {
        rule: Rule::Date,
        strict: false,
        prompt: "2022/3/31 のような日付か、「令和3年12月末」「未定」などの言葉を書いてください。".to_owned(),
        error:
            "日付ではありません。「令和3年12月末」「未定」などの言葉ならこのまま入れられます。入れますか。"
                .to_owned(),
    };
    let status = choice(&STATUSES.map(Status::label), "一覧から選んでください。");
    let direction = choice(&DIRECTIONS.map(Direction::label), "一覧から選んでください。");
    let fields = vec![
        number("番号", 4),
        Field::fixed("細事業名", 14, ""),
        number("No.", 3),
        Field::fixed("具体的な取組項目", 20, "文言を変えるときは、取りまとめの部署へ知らせてください。"),
        Field::open("進捗状況", 7, "一覧から選びます。", status),
        Field {
            align: Align::Right,
            ..Field::open("進捗率（％）", 5, "0 から 100 までの数。分からなければ空けておきます。", progress)
        },
        Field::open("期限", 8, "日付か「令和3年12月末」「未定」など。", due),
        Field::open("コメント", 20, "遅れているときは理由と見通しを書いてください。", text("")),
        Field::open("今後の方向性", 6, "決まっていれば選びます。", direction),
        Field::fixed("部局名", 6, ""),
        Field::fixed("課名", 6, ""),
    ];
    let rows = initiatives.iter().map(|initiative| row(initiative, desk)).collect();
    super::sheet("取組".to_owned(), desk.title("取組み"), fields, rows)
}

fn row(initiative: &Initiative, desk: &Desk<'_>) -> Row {
    let (main, words) = (initiative.main(), initiative.words());
    let number = if main.number.is_empty() { &words.number } else { &main.number };
    let mut progress = Cell::text(main.progress.map_or_else(String::new, |p| p.normalize().to_string()));
    progress.value = main.progress.map(|value| {
        let value = value.normalize();
        Value::Number { value, decimals: value.scale(), percent: false }
    });
    let direction = main.direction.map_or("", Direction::label);
    let mut cells: Vec<Cell> =
        [number, &main.program, &main.item_no.to_string(), &main.item].map(Cell::text).to_vec();
    cells.push(Cell::text(status(main, desk)));
    cells.extend([progress, due(main, desk)]);
    cells.extend([main.comment.as_str(), direction, desk.department, desk.division].map(Cell::text));
    Row { cells }
}

/// The division's own word where hoshin reads it without help, else the word of the status.
fn status(main: &InitiativeSource, desk: &Desk<'_>) -> String {
    match main.status {
        None | Some(Status::NotReported) => String::new(),
        Some(Status::Unknown) => main.status_raw.clone(),
        Some(status) => {
            let read = read_status(&main.status_raw, Column::Status, None, desk.vocabulary);
            let own = read.status == Some(status)
                && read.confidence == Confidence::Read
                && read.direction == main.direction;
            if own { main.status_raw.clone() } else { status.label().to_owned() }
        }
    }
}

/// The division's own words where they are read back as the same day, else the day itself.
fn due(main: &InitiativeSource, desk: &Desk<'_>) -> Cell {
    let read = read_due(&main.due_raw, Some(desk.year), desk.vocabulary);
    if read.iso == main.due {
        return Cell::text(&main.due_raw);
    }
    let mut cell = Cell::text(&main.due);
    cell.value = main.due.parse().ok().map(Value::Date);
    cell
}
