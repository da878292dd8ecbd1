//! The summary box: how many indicators, items and doubts there are.

use std::collections::BTreeMap;

use super::super::desk::Desk;
use super::super::judgements;
use super::super::plan::{BlockPlan, Kind, PanelName};
use super::super::words;
use crate::finding::Severity;
use crate::model::dataset::Outcome;
use crate::model::indicator::Figure;
use crate::model::initiative::Status;
use crate::model::judgement::{Subject, Verdict};
use crate::model::quantity::{Confidence, State};
use crate::model::report::{Block, PAGE_NUMBER, Panel, Para, Run};

/// The panels that the template names.
pub fn panels(desk: &Desk<'_>, plan: &BlockPlan) -> Vec<Block> {
    let wanted = plan.panels.iter().filter(|name| !desk.is_public() || is_public(**name));
    let panels: Vec<Panel> = wanted.map(|name| panel(desk, *name)).collect();
    if panels.is_empty() { Vec::new() } else { vec![Block::Panels(panels)] }
}

fn is_public(name: PanelName) -> bool {
    !matches!(name, PanelName::Workbooks | PanelName::Findings)
}

fn panel(desk: &Desk<'_>, name: PanelName) -> Panel {
    let (label, figure, lines) = match name {
        PanelName::Workbooks => workbooks(desk),
        PanelName::Figures => figures(desk),
        PanelName::Indicators => indicators(desk),
        PanelName::Initiatives => initiatives(desk),
        PanelName::Late => late(desk),
        PanelName::Findings => findings(desk),
    };
    Panel {
        label: label.to_owned(),
        figure: figure.to_string(),
        lines: lines.into_iter().map(Para::plain).chain(more(desk, name)).collect(),
    }
}

/// Where the list is that a panel counts.
fn more(desk: &Desk<'_>, name: PanelName) -> Option<Para> {
    let link = (name == PanelName::Findings).then(|| desk.link_here(Kind::FindingList)).flatten()?;
    let text = format!("→ {PAGE_NUMBER}ページに一覧");
    Some(Para { runs: vec![Run { text, link: Some(Box::new(link)), ..Run::default() }], small: false })
}

type Counted = (&'static str, usize, Vec<String>);

fn workbooks(desk: &Desk<'_>) -> Counted {
    let failed = desk.sources.iter().filter(|source| source.outcome == Outcome::Failed).count();
    ("読んだブック", desk.sources.len() - failed, vec![format!("開けなかったもの {failed}")])
}

/// The figures of a desk's indicators, as their reports print them.
fn all_figures<'d>(desk: &'d Desk<'_>) -> impl Iterator<Item = &'d Figure> {
    desk.indicators.iter().flat_map(|indicator| &indicator.main().figures)
}

fn figures(desk: &Desk<'_>) -> Counted {
    let counts = desk.dataset.counts();
    let total = counts.read + counts.assumed + counts.unread + counts.carried;
    let carried = words::carried_count(counts.carried);
    let line = format!("そのまま {}　仮定 {}　未読 {}{carried}", counts.read, counts.assumed, counts.unread);
    ("指標の値", total, vec![line])
}

fn indicators(desk: &Desk<'_>) -> Counted {
    let count = |wanted: fn(&Figure) -> bool| all_figures(desk).filter(|figure| wanted(figure)).count();
    let pending = count(|figure| figure.state == State::Pending);
    let assumed = count(|figure| figure.confidence == Confidence::Assumed && figure.carried_from.is_none());
    let unread = count(|figure| figure.confidence == Confidence::Unread);
    let carried = words::carried_count(count(|figure| figure.carried_from.is_some()));
    let all = all_figures(desk).count();
    let mut lines = if desk.is_public() {
        vec![format!("値 {all} 件　うち作業中など {pending}　注記あり {}", assumed + unread)]
    } else {
        vec![
            format!("値 {all} 件を読み取り"),
            format!("作業中など {pending}　仮定 {assumed}　未読 {unread}{carried}"),
        ]
    };
    lines.extend(judged(desk, Subject::Indicator));
    ("指標", desk.indicators.len(), lines)
}

fn initiatives(desk: &Desk<'_>) -> Counted {
    let lines = statuses(desk).into_iter().chain(judged(desk, Subject::Initiative)).collect();
    ("取組項目", desk.initiatives.len(), lines)
}

fn judged(desk: &Desk<'_>, subject: Subject) -> Option<String> {
    let counts = judgements::counts(desk.judgements.iter().copied(), subject);
    (!counts.is_empty()).then(|| format!("判定：{counts}"))
}

/// `状況：◎完了 3　○順調 12`; `None` where there are no items.
fn statuses(desk: &Desk<'_>) -> Option<String> {
    let mut statuses: BTreeMap<Option<Status>, usize> = BTreeMap::new();
    for initiative in &desk.initiatives {
        *statuses.entry(initiative.main().status.filter(|s| *s != Status::NotReported)).or_default() += 1;
    }
    let shown = statuses.iter().filter_map(|(status, count)| status.map(|status| (status, count)));
    let mut items: Vec<String> =
        shown.map(|(status, count)| format!("{}{} {count}", words::mark(status), status.label())).collect();
    items.extend(statuses.get(&None).map(|count| format!("－記載なし {count}")));
    (!items.is_empty()).then(|| format!("状況：{}", items.join("　")))
}

fn late(desk: &Desk<'_>) -> Counted {
    let of = |subject: Subject| {
        let own = desk.judgements.iter().filter(|one| one.subject == subject);
        own.filter(|one| matches!(one.result, Verdict::Behind | Verdict::SlightlyBehind)).count()
    };
    let (indicators, items) = (of(Subject::Indicator), of(Subject::Initiative));
    let lines = vec![
        format!("指標 {indicators}（{}のうち）", desk.indicators.len()),
        format!("取組項目 {items}（{}のうち）", desk.initiatives.len()),
    ];
    ("遅れ・やや遅れ", indicators + items, lines)
}

fn findings(desk: &Desk<'_>) -> Counted {
    let doubts = |severity| desk.findings.iter().filter(|finding| finding.severity == severity).count();
    let (errors, warnings) = (doubts(Severity::Error), doubts(Severity::Warning));
    (
        "確認が必要なこと",
        errors + warnings,
        vec![format!(
            "{} {errors}　{} {warnings}",
            words::severity(Severity::Error),
            words::severity(Severity::Warning)
        )],
    )
}
