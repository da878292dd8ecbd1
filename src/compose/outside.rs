//! What may leave the house: the month without findings, workbooks, officers' comments and words that clerks left in
//! cells. The council's documents are composed from this alone, so that no block can print what it does not hold.

use crate::model::dataset::Dataset;
use crate::model::indicator::{Figure, Kind};
use crate::model::judgement::{Judgement, Subject, Verdict};
use crate::model::memory::Memory;
use crate::model::quantity::State;

/// The longest word of a sheet that stands in place of a value outside the house: 集計中, 精査中, 令和8年度.
const LONGEST_WORD: usize = 6;

/// The month as the council may know it.
pub fn outside(dataset: &Dataset) -> Dataset {
    let mut open = dataset.clone();
    open.findings.clear();
    open.accepted.clear();
    open.sources.clear();
    open.carried_sources.clear();
    open.submissions.clear();
    open.errata.clear();
    open.memory = Memory { series: open.memory.series, ..Memory::default() };
    for source in open.indicators.iter_mut().flat_map(|indicator| &mut indicator.sources) {
        source.note.clear();
        source.figures.iter_mut().for_each(reworded);
    }
    for source in open.initiatives.iter_mut().flat_map(|initiative| &mut initiative.sources) {
        source.comment.clear();
        source.status_raw.clear();
        source.due_raw.clear();
    }
    open.judgements.iter_mut().for_each(reasoned);
    open
}

/// A figure with one plain word in place of a value; what an officer wrote behind it stays inside.
fn reworded(figure: &mut Figure) {
    let said = figure.said();
    let word =
        said.split(['（', '(', ' ', '　', '\n', '：', ':', '。', '、', '※']).next().unwrap_or_default();
    let usual = match figure.state {
        State::Value => "",
        State::Pending => "作業中",
        State::Missing => "－",
        State::NotApplicable => "対象外",
        State::Secret => "秘匿",
        State::Unread => "確認中",
    };
    let own = figure.state == State::Pending && !word.is_empty() && word.chars().count() <= LONGEST_WORD;
    figure.raw = if own { word.to_owned() } else { usual.to_owned() };
    if let Some(amendment) = &mut figure.amendment {
        amendment.new.clone_from(&figure.raw);
        amendment.old.clear();
        amendment.reason.clear();
        amendment.by.clear();
    }
}

/// A judgement without the names of rules and without the sheet's words.
fn reasoned(judgement: &mut Judgement) {
    let rule = format!("規則 {}", judgement.rule);
    let working = judgement.working.strip_suffix(&rule).unwrap_or(&judgement.working);
    // A figure that is no number is told in the sheet's own words: `R2実績「集計中（担当不在）」`.
    let kinds = [Kind::Baseline, Kind::Actual, Kind::Forecast, Kind::Plan, Kind::Target];
    let quotes = kinds.iter().any(|kind| working.contains(&format!("{}「", kind.label())));
    judgement.working = if quotes || (judgement.result == Verdict::Undecided && working.is_empty()) {
        String::new()
    } else {
        let plain = working.trim_end_matches('、').replace("（補正）", "");
        plain.replace("（仮定）", "（資料の書き方を解した値）")
    };
    let quotes = judgement.subject == Subject::Indicator && judgement.reason.contains("が「");
    if (quotes || judgement.reason.contains("規則"))
        && let Some((first, _)) = judgement.reason.split_once('（')
    {
        judgement.reason = first.to_owned();
    }
    judgement.places.clear();
}
