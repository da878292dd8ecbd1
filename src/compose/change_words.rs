//! How changes are put into words. △ stands for minus here and for nothing else: statuses are printed as words alone.

use rust_decimal::Decimal;

use super::{figures, words};
use crate::model::dataset::Dataset;
use crate::model::fiscal::{Eras, Period};
use crate::model::initiative::Status;
use crate::model::judgement::Subject;
use crate::model::memory::{Amount, Change, Due, Step, Trend};
use crate::model::quantity::{Quantity, State};

/// What stood nowhere.
const NOTHING: &str = "記載なし";

/// Mark and word of a trend: `↓ 悪化`.
pub fn trend(trend: Trend) -> String {
    let mark = match trend {
        Trend::Worse => "↓",
        Trend::Gone => "－",
        Trend::Better => "↑",
        Trend::Changed => "・",
        Trend::New => "＋",
    };
    format!("{mark} {}", trend.label())
}

/// What is said of a record that is new or gone.
pub fn whole(change: &Change) -> &'static str {
    match change.trend {
        Trend::New => "今月から載っています",
        Trend::Gone => "先月までの台帳にはありました",
        Trend::Worse | Trend::Better | Trend::Changed => "",
    }
}

/// The word of what a change is about.
pub fn subject(subject: Subject) -> &'static str {
    match subject {
        Subject::Indicator => "指標",
        Subject::Initiative => "取組み",
    }
}

/// The words of a step: what differs, what it was, what it is.
pub struct Said {
    /// `R3目標`, 状況, 進捗.
    pub label: String,
    /// What it was.
    pub from: String,
    /// What it is.
    pub to: String,
}

impl Said {
    /// In one line: `R3目標 60.0→62.5%`.
    pub fn line(&self) -> String {
        format!("{} {}→{}", self.label, self.from, self.to)
    }
}

/// A step in words.
pub fn step(step: &Step, eras: &Eras) -> Said {
    let said = |label: &str, from: String, to: String| Said { label: label.to_owned(), from, to };
    match step {
        Step::Figure { slot, from, to } => {
            let (from, to) = amounts(from.as_ref(), to.as_ref());
            Said { label: slot.label(eras), from, to }
        }
        Step::Status { from, to } => {
            let word = |status: &Option<Status>| status.map_or(NOTHING, Status::label).to_owned();
            said("状況", word(from), word(to))
        }
        Step::Progress { from, to } => {
            let percent = |value: Decimal| format!("{}%", words::number(value, value.normalize().scale()));
            let word = |value: &Option<Decimal>| value.map_or_else(|| NOTHING.to_owned(), percent);
            said("進捗率", word(from), word(to))
        }
        Step::Due { from, to } => said("期限", due(from, eras), due(to, eras)),
        Step::Judgement { from, to } => said("判定", from.label().to_owned(), to.label().to_owned()),
        Step::Direction { from, to } => {
            let word = |one: &Option<_>| one.map_or(NOTHING, words::direction).to_owned();
            said("方向性", word(from), word(to))
        }
    }
}

fn due(due: &Due, eras: &Eras) -> String {
    let text = words::due(&due.iso, &due.raw, eras);
    if text.is_empty() { NOTHING.to_owned() } else { text }
}

/// Two amounts of one figure, before and after, with as many decimals as tell them apart: `512`, `521人`.
pub fn amounts(from: Option<&Amount>, to: Option<&Amount>) -> (String, String) {
    let both = || [from, to].into_iter().flatten();
    let mut decimals = both().map(|amount| amount.decimals).max().unwrap_or_default();
    let text = |amount: Option<&Amount>, decimals, with_unit| {
        amount.map_or_else(|| NOTHING.to_owned(), |amount| one(amount, decimals, with_unit))
    };
    if text(from, decimals, true) == text(to, decimals, true) {
        let scale =
            |q: &Quantity| q.value.normalize().scale().max(q.high.map_or(0, |h| h.normalize().scale()));
        decimals = both().filter_map(|a| a.quantity.as_ref()).map(scale).max().unwrap_or(decimals);
    }
    // The unit stands once, behind both.
    let is_value = |amount: Option<&Amount>| amount.is_some_and(|amount| amount.quantity.is_some());
    let once = is_value(from) && is_value(to) && from.map(|a| &a.unit) == to.map(|a| &a.unit);
    (text(from, decimals, !once), text(to, decimals, true))
}

/// An amount in words.
pub fn one(amount: &Amount, decimals: u32, with_unit: bool) -> String {
    let unit = if with_unit { amount.unit.as_str() } else { "" };
    if let Some(quantity) = &amount.quantity {
        return figures::quantity(quantity, decimals, unit);
    }
    match amount.state {
        State::Pending if !amount.raw.is_empty() => amount.raw.clone(),
        State::Pending => "未確定".to_owned(),
        State::Missing | State::Value => "値なし".to_owned(),
        State::NotApplicable => "対象外".to_owned(),
        State::Secret => "秘匿".to_owned(),
        State::Unread => "読めない".to_owned(),
    }
}

/// A month as documents print it: 令和3年5月.
pub fn month(period: Period, eras: &Eras) -> String {
    period.last_day().map_or_else(|| period.to_string(), |day| eras.month(period, day))
}

/// What stands behind the heading: with which month is compared.
pub fn against(dataset: &Dataset, eras: &Eras) -> Option<String> {
    let last = dataset.memory.against?;
    let words = if last == dataset.period.previous() { "" } else { "。先月の報告はありません" };
    Some(format!("（{}分の報告と比べて{words}）", month(last, eras)))
}
