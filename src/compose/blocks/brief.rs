//! What an executive reads in two minutes: what changed, what needs a decision, which departments are late, which
//! figures are missing; each line leads to the page that tells more.

use super::super::change_words;
use super::super::desk::Desk;
use super::super::plan::{BlockPlan, Filter, Kind, Sort};
use super::changes;
use super::late::{Late, late};
use super::pending::pending;
use crate::model::initiative::Status;
use crate::model::judgement::Verdict;
use crate::model::memory::Trend;
use crate::model::organisation::Department;
use crate::model::report::{Block, Link, ListItem, PAGE_NUMBER, Para, Run};

/// Lines below each question where the template says none.
const LINES: usize = 4;

/// The four questions with their answers.
pub fn blocks(desk: &Desk<'_>, plan: &BlockPlan) -> Vec<Block> {
    let most = plan.limit.unwrap_or(LINES);
    let parts = [
        ("変わったこと", changed(desk, most)),
        ("判断が必要なこと", decisions(desk, most)),
        ("遅れている部局", departments(desk, most)),
        ("足りない値", missing(desk, most)),
    ];
    let part = |(title, lines): (&str, Vec<Para>)| {
        let items = lines.into_iter().map(|text| ListItem { label: "・".to_owned(), text });
        [Desk::part(plan, title.to_owned()), Block::List(items.collect())]
    };
    parts.into_iter().flat_map(part).collect()
}

/// A line that ends with the page on which more stands.
fn line(text: impl Into<String>, link: Option<Link>) -> Para {
    let mut para = Para::plain(text);
    if let Some(link) = link {
        let text = format!("→ {}{PAGE_NUMBER}ページ", book_of(&link));
        para.runs.extend([Run::plain("　"), Run { text, link: Some(Box::new(link)), ..Run::default() }]);
    }
    para
}

/// The name of another document: `健康福祉部 `.
fn book_of(link: &Link) -> String {
    let name = link.path.rsplit('/').next().unwrap_or_default();
    name.strip_suffix(".pdf").map_or_else(String::new, |name| format!("{name} "))
}

fn department<'a>(desk: &Desk<'a>, name: &str) -> Option<&'a Department> {
    desk.dataset.departments.iter().find(|department| department.name == name)
}

/// The counts, then the worst and the best of what differs from last month.
fn changed(desk: &Desk<'_>, most: usize) -> Vec<Para> {
    if change_words::against(desk.dataset, desk.eras).is_none() {
        return vec![Para::plain(changes::NO_MONTH)];
    }
    let here = || desk.link_here(Kind::ChangeList);
    let mut lines = vec![line(changes::counts(desk), here())];
    let told = |trend: &Trend| matches!(trend, Trend::Worse | Trend::Gone | Trend::Better);
    let all = desk.dataset.memory.changes.iter().filter(|change| told(&change.trend));
    lines.extend(all.take(most.saturating_sub(1)).map(|change| {
        let text = format!("{}　{}（{}）", change_words::trend(change.trend), change.name, change.department);
        let link = department(desk, &change.department).and_then(|own| desk.link_to(own, Kind::ChangeList));
        line(text, link)
    }));
    lines
}

/// What somebody must decide: what is judged 遅れ, whose division asks for another course, and figures on which two
/// sources disagree.
fn decisions(desk: &Desk<'_>, most: usize) -> Vec<Para> {
    let all = late(desk, &Filter::default(), Sort::Verdict);
    let behind = all.iter().filter(|one| one.judgement.result == Verdict::Behind);
    let asked = desk.initiatives.iter().filter(|initiative| {
        matches!(initiative.main().status, Some(Status::UnderReview | Status::Suspended | Status::Cancelled))
    });
    let (asked, conflicts) = (asked.count(), desk.indicators.iter().filter(|i| i.conflict).count());
    let behind: Vec<&Late<'_>> = behind.collect();
    let mut tail = Vec::new();
    if asked > 0 {
        tail.push(line(
            format!("休止・見直し・中止とされた取組みが {asked} 件あります。続けるかを決めてください"),
            desk.link_here(Kind::StatusMatrix),
        ));
    }
    if conflicts > 0 {
        tail.push(line(
            format!("資料によって値の違う指標が {conflicts} 件あります。どちらを使うかを決めてください"),
            desk.link_here(Kind::FindingList),
        ));
    }
    let room = most.saturating_sub(tail.len()).max(1);
    let mut lines: Vec<Para> = behind
        .iter()
        .take(room)
        .map(|one| {
            let text = format!("× 遅れ　{}（{}）", one.judgement.name, one.judgement.department);
            line(
                text,
                department(desk, &one.judgement.department).and_then(|own| desk.link_to(own, home(one))),
            )
        })
        .collect();
    if behind.len() > room {
        let text = format!("ほかに「× 遅れ」が {} 件あります", behind.len() - room);
        lines.push(line(text, desk.link_here(Kind::JudgementList)));
    }
    lines.extend(tail);
    if lines.is_empty() {
        lines.push(Para::plain("いまの台帳からは、判断が必要なことは見つかりません。"));
    }
    lines
}

/// Departments by how much is late, the worst first.
fn departments(desk: &Desk<'_>, most: usize) -> Vec<Para> {
    let count = |name: &str, verdict: Verdict| {
        desk.judgements.iter().filter(|one| one.department == name && one.result == verdict).count()
    };
    let mut late: Vec<(usize, usize, &Department)> = desk
        .dataset
        .departments
        .iter()
        .map(|own| (count(&own.name, Verdict::Behind), count(&own.name, Verdict::SlightlyBehind), own))
        .filter(|(behind, slightly, _)| behind + slightly > 0)
        .collect();
    late.sort_by_key(|(behind, slightly, _)| std::cmp::Reverse((*behind, *slightly)));
    let mut lines: Vec<Para> = late
        .iter()
        .take(most)
        .map(|(behind, slightly, own)| {
            let text = format!("{}　× 遅れ {behind}　▼ やや遅れ {slightly}", own.name);
            line(text, desk.link_to(own, Kind::JudgementCounts))
        })
        .collect();
    if late.len() > most {
        let text = format!("ほかに {} の部局に遅れがあります", late.len() - most);
        lines.push(line(text, desk.link_here(Kind::JudgementCounts)));
    }
    if lines.is_empty() {
        lines.push(Para::plain("遅れ・やや遅れと判定されたものはありません。"));
    }
    lines
}

/// How many figures are missing, and from whom.
fn missing(desk: &Desk<'_>, most: usize) -> Vec<Para> {
    let mut lines = Vec::new();
    let absent: Vec<String> = desk
        .dataset
        .submissions
        .iter()
        .filter(|submission| submission.status.is_absent())
        .map(|submission| submission.unit().to_string())
        .collect();
    if !absent.is_empty() {
        let text = format!("届いていないブック {}（{}）", absent.len(), some(&absent, most));
        lines.push(line(text, desk.link_here(Kind::SubmissionList)));
    }
    let pending = pending(desk);
    let mut by_department: Vec<(usize, &Department)> = desk
        .dataset
        .departments
        .iter()
        .map(|own| (pending.iter().filter(|one| one.department() == own.name).count(), own))
        .filter(|(count, _)| *count > 0)
        .collect();
    by_department.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    let room = most.saturating_sub(lines.len()).max(1);
    lines.extend(by_department.iter().take(room).map(|(count, own)| {
        let text = format!("{}　まだ出ていない値 {count}", own.name);
        line(text, desk.link_to(own, Kind::PendingList).or_else(|| desk.link_to(own, Kind::IndicatorTable)))
    }));
    let rest: usize = by_department.iter().skip(room).map(|(count, _)| count).sum();
    if rest > 0 {
        lines
            .push(line(format!("ほかの部局に、まだ出ていない値 {rest}"), desk.link_here(Kind::StatusMatrix)));
    }
    if lines.is_empty() {
        lines.push(Para::plain("足りない値はありません。"));
    }
    lines
}

/// The block in which a department's document tells of an indicator or an item.
fn home(late: &Late<'_>) -> Kind {
    if late.initiative.is_some() { Kind::InitiativeTable } else { Kind::IndicatorTable }
}

/// The first names of a list: `A、Bほか`.
fn some(names: &[String], most: usize) -> String {
    let shown = names.get(..most.min(names.len())).unwrap_or(names).join("、");
    if names.len() > most { format!("{shown}ほか") } else { shown }
}
