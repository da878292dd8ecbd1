//! Indicator tables: one row an indicator; where the template asks for figures, one column a year and kind.

use std::collections::BTreeSet;

use super::super::desk::Desk;
use super::super::fields::{Chosen, Field, chosen, lead};
use super::super::notes::Notes;
use super::super::plan::{BlockPlan, FieldName, Sort};
use super::super::{figures, judgements, words};
use super::charts;
use crate::model::fiscal::{Eras, Span};
use crate::model::indicator::{Class, Figure, Indicator, Slot};
use crate::model::judgement::Verdict;
use crate::model::report::{Align, Block, Cell, Column, HeadCell, Para, Row, Run, Table};

/// What columns may show of an indicator; [`FieldName::Figures`] stands for as many columns as there are years and kinds.
pub fn fields<'a>() -> Vec<Field<&'a Indicator>> {
    vec![
        Field::new(FieldName::Name, "指標", 14, |indicator, _| Some(name(indicator))),
        Field::new(FieldName::Division, "課", 7, |i, _| Some(Cell::text(&i.main().division))),
        Field::new(FieldName::Unit, "単位", 4, |i, _| {
            Some(Cell::text(i.main().unit.as_ref().map_or("", |unit| unit.0.as_str())))
        }),
        Field::new(FieldName::Polarity, "よい方向", 5, |i, _| {
            Some(Cell::text(words::polarity(i.main().polarity)))
        }),
        Field::new(FieldName::Class, "区分", 4, |i, _| {
            Some(Cell::text(i.main().class.map_or("", Class::label)))
        }),
        Field { align: Align::Decimal, ..Field::new(FieldName::Figures, "", 6, |_, _| None) },
        Field::new(FieldName::Verdict, "判定", 6, |i, desk| {
            Some(
                desk.judged
                    .get(&i.id)
                    .map_or_else(|| Cell::text(""), |one| Cell::paras(judgements::verdict(one))),
            )
        }),
        Field::new(FieldName::Grounds, "根拠", 26, |i, desk| Some(Cell::paras(grounds(i, desk)))),
        Field::new(FieldName::Working, "計算", 20, |i, desk| {
            Some(Cell::text(desk.judged.get(&i.id).map_or("", |one| one.working.as_str())))
        }),
        Field::new(FieldName::Trend, "推移", 16, |i, desk| {
            Some(Cell::text(desk.judged.line(&i.id, desk.eras).unwrap_or_default()))
        }),
        Field::new(FieldName::Chart, "推移", 12, |i, desk| {
            let mut cell = Cell::text("");
            cell.chart = charts::line(i, desk).map(Box::new);
            Some(cell)
        }),
    ]
}

const USUAL: &[FieldName] = &[FieldName::Name, FieldName::Figures];

fn name(indicator: &Indicator) -> Cell {
    let mut name = Cell::text(&indicator.main().name);
    name.header = true;
    if indicator.conflict {
        name.paras.push(Para::small("不一致：出典によって値が違う"));
    }
    name
}

/// The working of the judgement, and how the figure went over the months.
fn grounds(indicator: &Indicator, desk: &Desk<'_>) -> Vec<Para> {
    let mut grounds = desk.judged.get(&indicator.id).map_or_else(Vec::new, judgements::grounds);
    let line = desk.judged.line(&indicator.id, desk.eras);
    grounds.extend(line.map(|line| Para::small(format!("推移：{line}"))));
    grounds
}

/// The tables of a block, with what must be said of their figures below.
pub fn tables(desk: &Desk<'_>, plan: &BlockPlan) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut left = plan.limit.unwrap_or(usize::MAX);
    let mut more = 0;
    for (division, group) in groups(desk, plan) {
        let shown = group.get(..left.min(group.len())).unwrap_or(&group);
        left -= shown.len();
        more += group.len() - shown.len();
        if shown.is_empty() {
            continue;
        }
        let (title, summary) = match division {
            Some(division) => {
                let title = format!("{division}の指標");
                let summary = format!("{title}。年度ごとの実績と目標");
                (Some(title), summary)
            }
            None => (None, format!("{}の{}", desk.name(), caption(desk, plan))),
        };
        let own = group_blocks(desk, plan, shown, &summary);
        if !own.is_empty() {
            blocks.extend(title.map(|title| Desk::part(plan, title)));
            blocks.extend(own);
        }
    }
    let text = format!("ほかに {more} 件あります。");
    blocks.extend((more > 0).then(|| Block::Paragraph(Para::small(text))));
    blocks
}

fn caption(desk: &Desk<'_>, plan: &BlockPlan) -> String {
    let columns = chosen(&fields(), USUAL, plan, desk);
    let with_figures = columns.iter().any(|column| column.name == FieldName::Figures);
    if with_figures { "指標。年度ごとの実績と目標" } else { "指標の判定と根拠" }.to_owned()
}

/// Indicators with the division that stands above them: the policy document's own first and under no name, then each
/// division's; all in one where the template does not ask for divisions.
pub fn groups<'a>(desk: &Desk<'a>, plan: &BlockPlan) -> Vec<(Option<String>, Vec<&'a Indicator>)> {
    let mut groups = by_division(desk);
    if !plan.by_division {
        let all = groups.into_iter().flat_map(|(_, group)| group).collect();
        groups = vec![(None, all)];
    }
    for (_, group) in &mut groups {
        group.retain(|indicator| kept(indicator, desk, plan));
        let verdict = |indicator: &&Indicator| desk.judged.get(&indicator.id).map(|one| one.result);
        match plan.sort {
            Sort::Given | Sort::Due => {}
            Sort::Name => group.sort_by(|a, b| a.main().name.cmp(&b.main().name)),
            Sort::Verdict => group.sort_by_key(|one| judgements::severity(verdict(one))),
        }
    }
    groups
}

fn kept(indicator: &Indicator, desk: &Desk<'_>, plan: &BlockPlan) -> bool {
    let filter = &plan.filter;
    let verdict = desk.judged.get(&indicator.id).map(|one| one.result);
    let verdicts = |wanted: &[Verdict]| verdict.is_some_and(|verdict| wanted.contains(&verdict));
    (filter.verdicts.is_empty() || verdicts(&filter.verdicts))
        && (filter.divisions.is_empty() || filter.divisions.contains(&indicator.main().division))
        && filter.statuses.is_empty()
}

fn by_division<'a>(desk: &Desk<'a>) -> Vec<(Option<String>, Vec<&'a Indicator>)> {
    let chapters: BTreeSet<(&str, &str)> = desk
        .dataset
        .sections
        .iter()
        .filter(|line| desk.owns(&line.department))
        .map(|line| (&*line.place.workbook, &*line.place.sheet))
        .collect();
    let documented = |indicator: &Indicator| {
        let mut places = indicator.sources.iter().map(|source| &source.place);
        places.any(|place| chapters.contains(&(&*place.workbook, &*place.sheet)))
    };
    let (own, rest): (Vec<&Indicator>, Vec<&Indicator>) =
        desk.indicators.iter().copied().partition(|indicator| documented(indicator));
    let known = desk.department.into_iter().flat_map(|department| &department.divisions);
    let mut order: Vec<&str> = known.map(|division| division.name.as_str()).collect();
    for division in rest.iter().map(|i| i.main().division.as_str()).chain([""]) {
        if !order.contains(&division) {
            order.push(division);
        }
    }
    let mut groups = vec![(None, own)];
    for division in order {
        let group: Vec<&Indicator> = rest.iter().filter(|i| i.main().division == division).copied().collect();
        let who = if division.is_empty() { "部共通" } else { division };
        groups.push((Some(who.to_owned()), group));
    }
    groups.retain(|(_, group)| !group.is_empty());
    groups
}

fn group_blocks(desk: &Desk<'_>, plan: &BlockPlan, group: &[&Indicator], summary: &str) -> Vec<Block> {
    let columns = chosen(&fields(), USUAL, plan, desk);
    let mut notes = Notes::new(desk);
    let mut blocks = Vec::new();
    if columns.iter().any(|column| column.name == FieldName::Figures) {
        // Yearly figures, then those of months and quarters.
        for yearly in [true, false] {
            let told = |figure: &&Figure| (figure.span == Span::Year) == yearly;
            let figures =
                |i: &&Indicator| i.sources.iter().flat_map(|source| &source.figures).any(|f| told(&f));
            let rows: Vec<&Indicator> =
                group.iter().filter(|indicator| figures(indicator)).copied().collect();
            let all = rows.iter().flat_map(|i| &i.sources).flat_map(|s| &s.figures).filter(told);
            let slots: BTreeSet<Slot> = all.map(Figure::slot).collect();
            let slots: Vec<Slot> = slots.into_iter().collect();
            if !slots.is_empty() {
                blocks.push(Block::Table(table(desk, &columns, &slots, &rows, summary, &mut notes)));
            }
        }
    } else {
        let mut whole = table(desk, &columns, &[], group, summary, &mut notes);
        whole.rows.retain(|row| row.cells.iter().any(|cell| !cell.header && says_something(cell)));
        blocks.extend((!whole.rows.is_empty()).then_some(Block::Table(whole)));
    }
    for block in &mut blocks {
        if let Block::Table(table) = block {
            table.wide = plan.wide;
        }
    }
    blocks.extend(notes.into_blocks());
    if !desk.is_public() && columns.iter().any(|column| column.name == FieldName::Figures) {
        blocks.extend(figures::amendments(group, desk.eras).into_iter().map(Block::Paragraph));
    }
    blocks
}

fn says_something(cell: &Cell) -> bool {
    cell.chart.is_some() || cell.paras.iter().any(|para| !para.text().is_empty())
}

fn table<'i>(
    desk: &Desk<'_>,
    columns: &[Chosen<&'i Indicator>],
    slots: &[Slot],
    rows: &[&'i Indicator],
    summary: &str,
    notes: &mut Notes,
) -> Table {
    let is_figures = |column: &Chosen<&Indicator>| column.name == FieldName::Figures;
    let mut cells: Vec<Vec<Cell>> = vec![Vec::new(); rows.len()];
    let mut set = Vec::new();
    let tiers = if slots.is_empty() { 1 } else { 2 };
    let (mut upper, mut lower) = (Vec::new(), Vec::new());
    for column in columns {
        if !is_figures(column) {
            set.push(Column { width: column.width, align: column.align });
            upper.push(HeadCell::one(column.heading.clone(), tiers));
            for (row, indicator) in cells.iter_mut().zip(rows) {
                row.extend((column.cell)(indicator, desk));
            }
            continue;
        }
        let (kinds, times) = heads(slots, desk.eras);
        upper.extend(kinds);
        lower.extend(times);
        for slot in slots {
            set.push(Column { width: 4, align: column.align });
            for (row, indicator) in cells.iter_mut().zip(rows) {
                row.push(cell(indicator, *slot, notes));
            }
        }
    }
    let head = if slots.is_empty() { vec![upper] } else { vec![upper, lower] };
    Table {
        summary: summary.to_owned(),
        columns: set,
        head,
        rows: cells.into_iter().map(|cells| Row { cells }).collect(),
        lead: lead(columns),
        ..Table::default()
    }
}

/// Two tiers: kinds over times.
fn heads(slots: &[Slot], eras: &Eras) -> (Vec<HeadCell>, Vec<HeadCell>) {
    let mut kinds: Vec<HeadCell> = Vec::new();
    for group in slots.chunk_by(|a, b| a.kind == b.kind) {
        let text = group.first().map_or("", |slot| slot.kind.label()).to_owned();
        kinds.push(HeadCell { text, cols: u32::try_from(group.len()).unwrap_or(u32::MAX), rows: 1 });
    }
    (kinds, slots.iter().map(|slot| HeadCell::one(slot.time(eras), 1)).collect())
}

/// The cell of one slot: the primary's figure, and below it what another source says instead.
fn cell(indicator: &Indicator, wanted: Slot, notes: &mut Notes) -> Cell {
    let main = indicator.main();
    let mut paras = Vec::new();
    let first = main.figures.iter().find(|figure| figure.slot() == wanted);
    if let Some(figure) = first {
        paras.push(notes.figure(figure, main));
        paras.extend(figures::carried(figure));
    }
    let others = indicator.sources.iter().enumerate().filter(|(index, _)| *index != indicator.primary);
    for (_, source) in others {
        let other = source.figures.iter().find(|figure| figure.slot() == wanted);
        let Some(other) = other else { continue };
        let differs =
            first.is_none_or(|first| first.state != other.state || first.quantity != other.quantity);
        if differs && (indicator.conflict || first.is_none()) {
            let stand = figures::carried(other);
            let mut other = notes.figure(other, source);
            if first.is_some() {
                let who = if source.division.is_empty() { &source.department } else { &source.division };
                other.runs.insert(0, Run { text: format!("{who}："), muted: true, ..Run::default() });
                other.small = true;
            }
            paras.push(other);
            paras.extend(stand);
        }
    }
    Cell::paras(if paras.is_empty() { vec![Para::plain("")] } else { paras })
}
