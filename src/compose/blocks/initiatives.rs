//! Initiative tables: programme and division once, one row an item, the status beside it.

use super::super::desk::Desk;
use super::super::fields::{self, Field};
use super::super::judgements;
use super::super::plan::{BlockPlan, FieldName, Filter, Sort};
use super::super::words;
use crate::model::initiative::{Initiative, InitiativeSource, Status};
use crate::model::quantity::Confidence;
use crate::model::report::{Block, Cell, Para, Run};
use crate::normalise::text;

/// An item with how many items its programme has from here on, where it is the first of them; 0 where one above covers it.
pub struct ItemRow<'a> {
    initiative: &'a Initiative,
    rows: u32,
}

/// What columns may show of an item.
pub fn fields<'a>() -> Vec<Field<ItemRow<'a>>> {
    vec![
        Field::center(FieldName::Number, "No.", 2, |row, _| spanning(row, number)),
        Field::new(FieldName::Program, "細事業名・担当課", 10, |row, _| spanning(row, program)),
        Field::new(FieldName::Item, "具体的な取組項目", 17, |row, desk| {
            Some(item(row.initiative, desk))
        }),
        Field::new(FieldName::Status, "状況", 6, |row, desk| {
            Some(Cell::paras(status(row.initiative.main(), desk)))
        }),
        Field::new(FieldName::Verdict, "判定", 6, |row, desk| {
            let judged = desk.judged.get(&row.initiative.id);
            Some(judged.map_or_else(|| Cell::text(""), |one| Cell::paras(judgements::verdict(one))))
        }),
        Field::right(FieldName::Progress, "進捗", 4, |row, _| Some(Cell::text(progress(row.initiative)))),
        Field::new(FieldName::Due, "期限", 6, |row, desk| {
            let main = row.initiative.main();
            Some(Cell::text(words::due(
                &main.due,
                if desk.is_public() { "" } else { &main.due_raw },
                desk.eras,
            )))
        }),
        Field::new(FieldName::Division, "課", 7, |row, _| {
            Some(Cell::text(&row.initiative.words().division))
        }),
        Field::new(FieldName::Working, "判定の根拠", 14, |row, desk| {
            let judged = desk.judged.get(&row.initiative.id);
            Some(Cell::text(judged.map_or("", |one| one.working.as_str())))
        }),
        Field::internal(FieldName::Comment, "課のコメント", 12, |row, _| {
            Some(Cell::text(&row.initiative.main().comment))
        }),
    ]
}

const USUAL: &[FieldName] = &[
    FieldName::Number,
    FieldName::Program,
    FieldName::Item,
    FieldName::Status,
    FieldName::Progress,
    FieldName::Due,
];

/// The table of a block, items of one programme together.
pub fn table(desk: &Desk<'_>, plan: &BlockPlan) -> Vec<Block> {
    let mut items: Vec<&Initiative> = in_order(&desk.initiatives);
    items.retain(|initiative| kept(initiative, desk, &plan.filter));
    let verdict = |one: &&Initiative| desk.judged.get(&one.id).map(|one| one.result);
    match plan.sort {
        Sort::Given => {}
        Sort::Name => items.sort_by(|a, b| a.words().item.cmp(&b.words().item)),
        Sort::Verdict => items.sort_by_key(|one| judgements::severity(verdict(one))),
        // Without a date it stands last.
        Sort::Due => items.sort_by_key(|one| (one.main().due.is_empty(), one.main().due.clone())),
    }
    let (shown, more) = desk.limited(&items, plan.limit);
    if shown.is_empty() {
        return Vec::new();
    }
    let summary = format!("{}の取組項目と進捗状況", desk.name());
    let table = fields::table(&rows(shown), (&fields(), USUAL), plan, desk, summary);
    std::iter::once(Block::Table(table)).chain(more).collect()
}

fn kept(initiative: &Initiative, desk: &Desk<'_>, filter: &Filter) -> bool {
    let verdict = desk.judged.get(&initiative.id).map(|one| one.result);
    let status = initiative.main().status;
    (filter.verdicts.is_empty() || verdict.is_some_and(|verdict| filter.verdicts.contains(&verdict)))
        && (filter.statuses.is_empty() || status.is_some_and(|status| filter.statuses.contains(&status)))
        && (filter.divisions.is_empty() || filter.divisions.contains(&initiative.words().division))
}

fn rows<'a>(initiatives: &[&'a Initiative]) -> Vec<ItemRow<'a>> {
    let mut rows = Vec::new();
    for group in initiatives.chunk_by(|a, b| programme(a) == programme(b)) {
        let count = u32::try_from(group.len()).unwrap_or(u32::MAX);
        rows.extend(
            group
                .iter()
                .enumerate()
                .map(|(index, initiative)| ItemRow { initiative, rows: if index == 0 { count } else { 0 } }),
        );
    }
    rows
}

/// The cell of a programme: once, over all its items.
fn spanning(row: &ItemRow<'_>, cell: fn(&Initiative) -> Cell) -> Option<Cell> {
    (row.rows > 0).then(|| {
        let mut cell = cell(row.initiative);
        cell.rows = row.rows;
        cell
    })
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

fn number(initiative: &Initiative) -> Cell {
    Cell::text(&initiative.words().number)
}

fn program(initiative: &Initiative) -> Cell {
    let words = initiative.words();
    let mut name = Cell::paras(vec![Para::strong(&words.program)]);
    if !words.division.is_empty() {
        name.paras.push(Para::small(&words.division));
    }
    name.header = true;
    name
}

/// The item's words, and below them what the house says of it.
fn item(initiative: &Initiative, desk: &Desk<'_>) -> Cell {
    let (words, main) = (initiative.words(), initiative.main());
    let label = if words.numbered { words::circled(words.item_no) } else { String::new() };
    let mut item = vec![Para::plain(format!("{label}{}", words.item))];
    if !desk.is_public() {
        if initiative.added_by_division {
            item.push(Para::small("課の追加項目（部の運営方針にない項目）"));
        }
        if !main.comment.is_empty() {
            item.push(Para::small(format!("課のコメント：{}", main.comment)));
        }
    }
    item.extend(desk.judged.get(&initiative.id).map(|judgement| judgements::beneath(initiative, judgement)));
    Cell::paras(item)
}

fn progress(initiative: &Initiative) -> String {
    let progress = initiative.main().progress;
    progress.map_or_else(String::new, |p| format!("{}%", words::number(p, p.normalize().scale())))
}

/// Mark and word; what the sheet's own word was, where it says more; the direction below.
fn status(source: &InitiativeSource, desk: &Desk<'_>) -> Vec<Para> {
    let mut paras = Vec::new();
    if let Some(status) = source.status {
        let mut runs = vec![Run { text: words::status(status), strong: true, ..Run::default() }];
        if source.confidence == Confidence::Assumed && source.carried_from.is_none() && !desk.is_public() {
            runs.push(Run { text: "（仮定）".to_owned(), muted: true, ..Run::default() });
        }
        paras.push(Para { runs, small: false });
        let raw = source.status_raw.trim();
        if !desk.is_public()
            && raw.chars().count() > 1
            && raw != status.label()
            && status != Status::NotReported
        {
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
