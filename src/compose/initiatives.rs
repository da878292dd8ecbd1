//! Initiative tables: programme and division once, one row an item, the status beside it.

use super::judgements::{self, Judged};
use super::words;
use crate::model::fiscal::Eras;
use crate::model::initiative::{Initiative, InitiativeSource, Status};
use crate::model::quantity::Confidence;
use crate::model::report::{Align, Cell, Column, HeadCell, Para, Row, Run, Table};
use crate::normalise::text;

/// The table of a list of initiatives in printing order; items of one programme stand together.
pub fn table(initiatives: &[&Initiative], judged: &Judged<'_>, summary: &str, eras: &Eras) -> Table {
    let column = |width, align| Column { width, align };
    let columns = vec![
        column(2, Align::Center),
        column(10, Align::Left),
        column(17, Align::Left),
        column(6, Align::Left),
        column(4, Align::Right),
        column(6, Align::Left),
    ];
    let head = ["No.", "細事業名・担当課", "具体的な取組項目", "状況", "進捗", "期限"];
    let mut rows = Vec::new();
    for group in initiatives.chunk_by(|a, b| programme(a) == programme(b)) {
        for (index, initiative) in group.iter().enumerate() {
            let mut cells = if index == 0 { programme_cells(initiative, group.len()) } else { Vec::new() };
            cells.extend(item_cells(initiative, judged, eras));
            rows.push(Row { cells });
        }
    }
    let head = vec![head.iter().map(|text| HeadCell::one(*text, 1)).collect()];
    Table { summary: summary.to_owned(), columns, head, rows, ..Table::default() }
}

/// What makes two neighbouring items one programme's; a division's own numbering does not count.
fn programme(initiative: &Initiative) -> (String, &str) {
    let words = initiative.words();
    (text::canonical_name(&words.program), &words.division)
}

/// Document order, with what only a division has beneath its programme (課の追加項目), or at the end where there is none.
pub fn in_order<'a>(initiatives: &[&'a Initiative]) -> Vec<&'a Initiative> {
    let (added, documented): (Vec<&Initiative>, Vec<&Initiative>) =
        initiatives.iter().copied().partition(|initiative| initiative.added_by_division);
    let mut placed = vec![false; added.len()];
    let mut ordered = Vec::new();
    for group in documented.chunk_by(|a, b| programme(a) == programme(b)) {
        ordered.extend(group.iter().copied());
        for (index, addition) in added.iter().enumerate() {
            if !placed[index] && group.first().is_some_and(|first| programme(first) == programme(addition)) {
                placed[index] = true;
                ordered.push(addition);
            }
        }
    }
    ordered.extend(added.iter().zip(placed).filter(|(_, placed)| !placed).map(|(addition, _)| *addition));
    ordered
}

fn programme_cells(initiative: &Initiative, rows: usize) -> Vec<Cell> {
    let words = initiative.words();
    let rows = u32::try_from(rows).unwrap_or(u32::MAX);
    let mut number = Cell::text(&words.number);
    let mut name = Cell::paras(vec![Para::strong(&words.program)]);
    if !words.division.is_empty() {
        name.paras.push(Para::small(&words.division));
    }
    name.header = true;
    number.rows = rows;
    name.rows = rows;
    vec![number, name]
}

fn item_cells(initiative: &Initiative, judged: &Judged<'_>, eras: &Eras) -> Vec<Cell> {
    let (words, main) = (initiative.words(), initiative.main());
    let label = if words.numbered { words::circled(words.item_no) } else { String::new() };
    let mut item = vec![Para::plain(format!("{label}{}", words.item))];
    if initiative.added_by_division {
        item.push(Para::small("課の追加項目（部の運営方針にない項目）"));
    }
    if !main.comment.is_empty() {
        item.push(Para::small(format!("課のコメント：{}", main.comment)));
    }
    item.extend(judged.get(&initiative.id).map(|judgement| judgements::beneath(initiative, judgement)));
    let progress =
        main.progress.map_or_else(String::new, |p| format!("{}%", words::number(p, p.normalize().scale())));
    let due = words::due(&main.due, &main.due_raw, eras);
    vec![Cell::paras(item), Cell::paras(status_paras(main)), Cell::text(progress), Cell::text(due)]
}

/// Mark and word; what the sheet's own word was, where it says more; the direction below.
fn status_paras(source: &InitiativeSource) -> Vec<Para> {
    let mut paras = Vec::new();
    if let Some(status) = source.status {
        let mut runs = vec![Run { text: words::status(status), strong: true, ..Run::default() }];
        if source.confidence == Confidence::Assumed && source.carried_from.is_none() {
            runs.push(Run { text: "（仮定）".to_owned(), muted: true, ..Run::default() });
        }
        paras.push(Para { runs, small: false });
        let raw = source.status_raw.trim();
        if raw.chars().count() > 1 && raw != status.label() && status != Status::NotReported {
            paras.push(Para::small(raw));
        }
    } else if source.direction.is_none() {
        paras.push(Para {
            runs: vec![Run { text: "－ 記載なし".to_owned(), muted: true, ..Run::default() }],
            small: false,
        });
    }
    paras.extend(source.carried_from.map(|from| Para::small(words::carried(from))));
    if let Some(direction) = source.direction {
        paras.push(Para::small(format!("方向性：{}", words::direction(direction))));
    }
    paras
}
