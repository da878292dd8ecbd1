//! One initiative (取組項目) → its judgement, and a finding where somebody must act.
//!
//! In this order: what contradicts itself is 判定不能; 完了 is 達成; what is past its due is 遅れ; 未達成, 遅れ and 停滞 are 遅れ;
//! やや遅れ is what it says; 順調 and 前倒し hold unless the progress is far behind the months gone by; what says neither
//! (実施中, 未着手, no status) is judged by its progress alone. What has not moved for months is never 順調.
//!
//! What an earlier month reported (前回値) is held against that month: a missing report is neither silence nor proof that
//! a job which was due since then is not done.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::exact;
use super::rules::InitiativeRule;
use super::working;
use crate::finding::{Code, Draft};
use crate::model::dataset::Dataset;
use crate::model::fiscal::{Eras, Period};
use crate::model::initiative::{Initiative, InitiativeSource, Status};
use crate::model::judgement::{Judgement, Subject, Verdict};
use crate::model::place::Place;
use crate::model::quantity::number;

/// Months of a fiscal year.
const YEAR: u32 = 12;
/// What judgements of initiatives name as their rule.
const RULE: &str = "initiative";

/// An initiative with the day on which it is looked at.
#[derive(Debug, Clone, Copy)]
pub struct Job<'a> {
    initiative: &'a Initiative,
    as_of: NaiveDate,
    /// Months of its fiscal year that are gone, 1 to 12.
    months_gone: u32,
    /// Months for which neither status nor progress, due or comment has changed; `None` where no history tells.
    months_unchanged: Option<u32>,
}

/// A word and why.
type Stand = (Verdict, String);

impl<'a> Job<'a> {
    /// The initiative in a month; `None` where it belongs to another fiscal year.
    pub fn new(initiative: &'a Initiative, dataset: &Dataset, months_unchanged: Option<u32>) -> Option<Self> {
        let year = initiative.main().fiscal_year;
        let carried = initiative.main().carried_from;
        let Period { month, .. } = carried.unwrap_or(dataset.period);
        let months_unchanged = months_unchanged.filter(|_| carried.is_none());
        let months_gone = (month + YEAR - 4) % YEAR + 1;
        year.is_none_or(|year| year == dataset.period.fiscal_year()).then_some(Self {
            initiative,
            as_of: dataset.as_of,
            months_gone,
            months_unchanged,
        })
    }

    /// The judgement, and what somebody must act upon.
    pub fn judge(&self, rule: &InitiativeRule, eras: &Eras) -> (Judgement, Option<Draft>) {
        let (words, main) = (self.initiative.words(), self.initiative.main());
        let (result, reason) = self.stand(rule);
        let status = main.status_cell.map(|cell| Place { cell, ..main.place.clone() });
        let division = if main.division.is_empty() { &words.division } else { &main.division };
        let judgement = Judgement {
            department: words.department.clone(),
            division: division.clone(),
            subject: Subject::Initiative,
            id: self.initiative.id.clone(),
            name: words.item.clone(),
            result,
            grade: String::new(),
            points: None,
            most_points: None,
            reason,
            rule: RULE.to_owned(),
            working: self.working(eras),
            target_year: None,
            actual_year: None,
            value: main.progress,
            target: None,
            baseline: None,
            rate: None,
            unit: main.progress.map_or_else(String::new, |_| "%".to_owned()),
            places: vec![status.unwrap_or_else(|| main.place.clone())],
        };
        let draft = self.draft(&judgement, eras);
        (judgement, draft)
    }

    fn stand(&self, rule: &InitiativeRule) -> Stand {
        let stand = self.told(rule);
        match self.months_unchanged.filter(|months| *months >= rule.silent_months) {
            Some(months) if stand.0 == Verdict::OnTrack => {
                (Verdict::SlightlyBehind, format!("{months}か月変化がない"))
            }
            _ => stand,
        }
    }

    fn told(&self, rule: &InitiativeRule) -> Stand {
        use Status::{
            Ahead, Cancelled, Completed, Delayed, NotAchieved, OnTrack, SlightlyDelayed, Stalled, Suspended,
            UnderReview, Unknown,
        };
        let main = self.initiative.main();
        let said = |verdict, status: Status| (verdict, format!("状況が「{}」", status.label()));
        if self.contradicts() {
            return (Verdict::Undecided, "状況と進捗率が食い違っている".to_owned());
        }
        match main.status {
            Some(status @ Completed) => return said(Verdict::Achieved, status),
            Some(status @ (Cancelled | Suspended | UnderReview | Unknown)) => {
                return said(Verdict::Undecided, status);
            }
            Some(_) | None => {}
        }
        if self.is_past_due() {
            return if main.carried_from.is_none_or(|from| self.was_past_due(from)) {
                (Verdict::Behind, "期限を過ぎても完了していない".to_owned())
            } else {
                (Verdict::Undecided, "期限を過ぎたが、今月の報告がない".to_owned())
            };
        }
        let pace = self.pace(rule);
        match main.status {
            Some(status @ (NotAchieved | Delayed | Stalled)) => said(Verdict::Behind, status),
            Some(status @ SlightlyDelayed) => match pace {
                Some((Verdict::Behind, reason)) => (Verdict::Behind, reason),
                _ => said(Verdict::SlightlyBehind, status),
            },
            Some(status @ (OnTrack | Ahead)) => match pace {
                Some((verdict @ (Verdict::SlightlyBehind | Verdict::Behind), reason)) => (verdict, reason),
                _ => said(Verdict::OnTrack, status),
            },
            other => pace.unwrap_or_else(|| {
                (
                    Verdict::Undecided,
                    other.map_or("状況の記載がない".to_owned(), |status| {
                        format!("「{}」だけでは、間に合っているか分からない", status.label())
                    }),
                )
            }),
        }
    }

    /// 100 % and 遅れ, 完了 and 40 %, 未着手 and 20 %.
    fn contradicts(&self) -> bool {
        use Status::{Completed, Delayed, NotAchieved, NotStarted, Preparing, SlightlyDelayed, Stalled};
        let InitiativeSource { status, progress, .. } = self.initiative.main();
        let (Some(status), Some(progress)) = (*status, *progress) else { return false };
        let whole = progress >= Decimal::ONE_HUNDRED;
        match status {
            Completed => !whole,
            NotStarted => progress > Decimal::ZERO,
            Preparing | SlightlyDelayed | Delayed | Stalled | NotAchieved => whole,
            _ => false,
        }
    }

    /// Its due lies before the day, and it is neither completed nor called off. Where no source says how it stands,
    /// nobody can tell.
    fn is_past_due(&self) -> bool {
        let main = self.initiative.main();
        let over = match main.status {
            Some(Status::Completed | Status::Cancelled | Status::Suspended | Status::Unknown) => true,
            Some(_) => false,
            None => main.progress.is_none(),
        };
        let done = main.progress.is_some_and(|progress| progress >= Decimal::ONE_HUNDRED);
        !over && !done && last_day(&main.due).is_some_and(|due| due < self.as_of)
    }

    /// Whether the due lay before the end of the month that reported it.
    fn was_past_due(&self, reported: Period) -> bool {
        last_day(&self.initiative.main().due).zip(reported.last_day()).is_some_and(|(due, end)| due < end)
    }

    /// How the progress stands against the months gone by. `None` where none is told (未着手 alone says nothing about the
    /// plan), and for what has not begun and need not have.
    fn pace(&self, rule: &InitiativeRule) -> Option<Stand> {
        let main = self.initiative.main();
        let waiting = main.status == Some(Status::NotStarted);
        let progress = main.progress?;
        if progress >= Decimal::ONE_HUNDRED {
            return Some((Verdict::Achieved, "進捗率が100%".to_owned()));
        }
        // gone ÷ 12 × 100 − progress ≥ limit, without a division.
        let twelve = Decimal::from(YEAR);
        let gone = exact::mul(Decimal::from(self.months_gone), Decimal::ONE_HUNDRED)?;
        let behind = exact::sub(gone, exact::mul(progress, twelve)?)?;
        let reaches = |limit: Decimal| Some(behind >= exact::mul(limit, twelve)?);
        let reason = |limit: Decimal| {
            let limit = number(limit, limit.normalize().scale());
            format!("進捗率が経過月数より{limit}ポイント以上遅れている")
        };
        if reaches(rule.behind)? {
            return Some((Verdict::Behind, reason(rule.behind)));
        }
        if reaches(rule.slightly_behind)? {
            return Some((Verdict::SlightlyBehind, reason(rule.slightly_behind)));
        }
        (!waiting).then(|| (Verdict::OnTrack, "進捗率が経過月数に見合っている".to_owned()))
    }

    /// `状況「やや遅れ」、進捗率20%、経過2か月（16.7%）、期限R3.12.28、規則 initiative`; what an earlier month said begins
    /// with `前回値(5月)`.
    fn working(&self, eras: &Eras) -> String {
        let main = self.initiative.main();
        let mut parts = Vec::new();
        parts.extend(main.carried_from.map(working::carried));
        parts.extend(main.status.map(|status| format!("状況「{}」", status.label())));
        if let Some(progress) = main.progress {
            parts.push(format!("進捗率{}%", number(progress, progress.normalize().scale())));
            let gone = Decimal::from(self.months_gone) * Decimal::ONE_HUNDRED / Decimal::from(YEAR);
            parts.push(format!("経過{}か月（{}%）", self.months_gone, number(gone, 1)));
        }
        parts.extend(self.due(eras).map(|due| format!("期限{due}")));
        parts.push(format!("規則 {RULE}"));
        parts.join("、")
    }

    /// `R3.12.28`; `R3年12月` of a month.
    fn due(&self, eras: &Eras) -> Option<String> {
        let due = &self.initiative.main().due;
        let day = last_day(due)?;
        let month = due.parse::<NaiveDate>().is_err();
        Some(if month { eras.month(Period::of(day), day) } else { eras.short_day(day) })
    }

    fn draft(&self, judgement: &Judgement, eras: &Eras) -> Option<Draft> {
        let main = self.initiative.main();
        if main.carried_from.is_some() {
            // Its own month has told the division; the cell is not among this month's.
            return None;
        }
        let code = if self.contradicts() {
            Code::InitiativeContradictory
        } else if self.is_past_due() {
            Code::InitiativeOverdue
        } else {
            return None;
        };
        let status = main.status.map_or("記載なし", Status::label);
        let progress = main.progress.map_or_else(
            || "記載なし".to_owned(),
            |progress| format!("{}%", number(progress, progress.normalize().scale())),
        );
        let place = judgement.places.first().unwrap_or(&main.place);
        let draft = Draft::new(code).at(place).of(&judgement.department, &judgement.division);
        let draft = draft.raw(&main.status_raw).with("name", &judgement.name).with("status", status);
        Some(draft.with("progress", progress).with("due", self.due(eras).unwrap_or_default()))
    }
}

/// The last day of a due date: a month's is its end.
fn last_day(due: &str) -> Option<NaiveDate> {
    due.parse::<NaiveDate>().ok().or_else(|| due.parse::<Period>().ok()?.last_day())
}
