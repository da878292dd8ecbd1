//! What is judged late, the worst first.

use std::collections::BTreeMap;

use super::super::desk::Desk;
use super::super::fields::{self, Field};
use super::super::judgements;
use super::super::plan::{BlockPlan, FieldName, Filter, Sort};
use crate::model::initiative::{Initiative, Status};
use crate::model::judgement::{Judgement, Verdict};
use crate::model::report::{Block, Cell, Para};

/// An indicator or item with its judgement.
pub struct Late<'a> {
    pub judgement: &'a Judgement,
    pub initiative: Option<&'a Initiative>,
}

/// What columns may show of it.
pub fn fields<'a>() -> Vec<Field<Late<'a>>> {
    vec![
        Field::new(FieldName::Verdict, "判定", 6, |late, _| {
            Some(Cell::paras(judgements::verdict(late.judgement)))
        }),
        Field::new(FieldName::Name, "指標・取組項目", 17, |late, desk| Some(name(late, desk))),
        Field::new(FieldName::Grounds, "根拠", 21, |late, _| {
            Some(Cell::paras(judgements::brief(late.judgement)))
        }),
        Field::new(FieldName::Department, "部局", 7, |late, _| {
            Some(Cell::text(&late.judgement.department))
        }),
        Field::new(FieldName::Division, "課", 7, |late, _| Some(Cell::text(&late.judgement.division))),
    ]
}

const USUAL: &[FieldName] = &[FieldName::Verdict, FieldName::Name, FieldName::Grounds];

fn name(late: &Late<'_>, desk: &Desk<'_>) -> Cell {
    let Late { judgement, initiative } = late;
    let mut item = Cell::text(&judgement.name);
    item.header = true;
    let program = initiative.map_or("", |initiative| initiative.words().program.as_str());
    let department = if desk.department.is_none() { judgement.department.as_str() } else { "" };
    let owner = [program, department, &judgement.division];
    let owner: Vec<&str> = owner.into_iter().filter(|part| !part.is_empty()).collect();
    item.paras.extend((!owner.is_empty()).then(|| Para::small(owner.join("　"))));
    if let Some(main) = initiative.map(Initiative::main).filter(|_| !desk.is_public()) {
        let comment = format!("課のコメント：{}", main.comment);
        item.paras.extend((!main.comment.is_empty()).then(|| Para::small(comment)));
    }
    item
}

/// What the filter keeps; without verdicts in it, all that is judged late.
pub fn late<'a>(desk: &Desk<'a>, filter: &Filter, sort: Sort) -> Vec<Late<'a>> {
    let initiatives: BTreeMap<&str, &Initiative> =
        desk.dataset.initiatives.iter().map(|initiative| (initiative.id.as_str(), initiative)).collect();
    let with_item = |judgement: &&'a Judgement| Late {
        judgement,
        initiative: initiatives.get(judgement.id.as_str()).copied(),
    };
    let kept = |one: &Late<'_>| {
        let verdict = one.judgement.result;
        let wanted = if filter.verdicts.is_empty() {
            matches!(verdict, Verdict::Behind | Verdict::SlightlyBehind)
        } else {
            filter.verdicts.contains(&verdict)
        };
        let status = one.initiative.and_then(|i| i.main().status);
        let said = filter.said_late && verdict == Verdict::Undecided && status.is_some_and(says_late);
        (wanted || said)
            && (filter.divisions.is_empty() || filter.divisions.contains(&one.judgement.division))
            && (filter.statuses.is_empty() || status.is_some_and(|status| filter.statuses.contains(&status)))
    };
    let mut late: Vec<Late<'a>> = desk.judgements.iter().map(with_item).filter(kept).collect();
    match sort {
        Sort::Given => {}
        Sort::Verdict => late.sort_by_key(|one| judgements::severity(Some(one.judgement.result))),
        Sort::Name => late.sort_by(|a, b| a.judgement.name.cmp(&b.judgement.name)),
        Sort::Due => late.sort_by_key(|one| {
            let due = one.initiative.map_or("", |i| i.main().due.as_str());
            (due.is_empty(), due.to_owned())
        }),
    }
    late
}

fn says_late(status: Status) -> bool {
    matches!(status, Status::SlightlyDelayed | Status::Delayed | Status::Stalled | Status::NotAchieved)
}

/// The list of a block.
pub fn list(desk: &Desk<'_>, plan: &BlockPlan) -> Vec<Block> {
    let late = late(desk, &plan.filter, plan.sort);
    let (shown, more) = desk.limited(&late, plan.limit);
    if shown.is_empty() {
        return Vec::new();
    }
    let summary = format!("{}の一覧（{}）", desk.filled(&plan.title), desk.name());
    let table = fields::table(shown, (&fields(), USUAL), plan, desk, summary);
    std::iter::once(Block::Table(table)).chain(more).collect()
}
