//! Cards of indicators: name, drawing and verdict of each.

use super::super::desk::Desk;
use super::super::judgements;
use super::super::plan::BlockPlan;
use super::charts::line;
use super::indicators::groups;
use crate::model::indicator::Indicator;
use crate::model::report::{Block, Card, Para, Run};

/// A card for each indicator that can be drawn or is judged.
pub fn cards(desk: &Desk<'_>, plan: &BlockPlan) -> Vec<Block> {
    let mut blocks = Vec::new();
    for (division, group) in groups(desk, plan) {
        let cards: Vec<Card> = group.iter().filter_map(|indicator| card(indicator, desk)).collect();
        let (shown, more) = desk.limited(&cards, plan.limit);
        if !shown.is_empty() {
            blocks.extend(division.map(|name| Desk::part(plan, name)));
            blocks.push(Block::Cards(shown.to_vec()));
        }
        blocks.extend(more);
    }
    blocks
}

fn card(indicator: &Indicator, desk: &Desk<'_>) -> Option<Card> {
    let main = indicator.main();
    let judgement = desk.judged.get(&indicator.id);
    let chart = line(indicator, desk);
    if chart.is_none() && judgement.is_none() {
        return None;
    }
    let unit = main.unit.as_ref().map_or_else(String::new, |unit| format!("単位：{}", unit.0));
    let note = [main.division.as_str(), &unit].into_iter().filter(|part| !part.is_empty());
    let mut lines = judgement.map_or_else(Vec::new, judgements::verdict);
    if let Some(verdict) = lines.first_mut() {
        verdict.runs.insert(0, Run { text: "判定　".to_owned(), muted: true, ..Run::default() });
    }
    lines.extend(judgement.map(|one| Para::small(&one.working)).filter(|para| !para.text().is_empty()));
    Some(Card { title: main.name.clone(), note: note.collect::<Vec<_>>().join("　"), lines, chart })
}
