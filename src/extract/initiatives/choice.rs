//! Which of several status or progress columns counts: of those that the month has reached the last one that is filled,
//! months and halves in their order; what says how the work goes before what grades it.

use super::cells::Found;
use crate::locate::Meaning;
use crate::model::fiscal::{FiscalYear, Period};
use crate::model::place::CellRef;
use crate::normalise::text::{is_dash, key};

/// A column or label that may tell the state, and its cell where that is filled.
#[derive(Debug, Clone)]
pub struct Candidate<'a> {
    /// The words that head it.
    pub words: &'a str,
    /// What they mean.
    pub meaning: &'a Meaning,
    /// Its cell in the row.
    pub found: Option<Found<'a>>,
}

/// What was chosen and what a reader must be told of it.
#[derive(Debug, Clone, Default)]
pub struct Choice<'a> {
    /// The cell that counts.
    pub found: Option<Found<'a>>,
    /// The cell that a finding is about.
    pub at: Option<Found<'a>>,
    /// Why it is no sure reading, in Japanese.
    pub why: Option<String>,
    /// The other cells concerned.
    pub related: Vec<CellRef>,
}

/// How candidates are compared: whether they grade, whether they have no time, their time, their place.
type Rank = (bool, bool, (FiscalYear, u32), usize);

impl Candidate<'_> {
    fn filled(&self) -> bool {
        self.found.is_some_and(|(_, cell)| !key(&cell.text).chars().all(is_dash))
    }

    /// Whether its word is one for a grade (評価, 判定) and not for how the work goes.
    pub fn grades(&self) -> bool {
        let words = key(self.words);
        ["評価", "判定", "評定", "ランク"].iter().any(|word| words.contains(word)) && !words.contains("進")
    }

    fn time(&self, year: FiscalYear) -> Option<(FiscalYear, std::ops::Range<u32>)> {
        self.meaning.stretch().map(|(own, months)| (own.unwrap_or(year), months))
    }

    fn rank(&self, year: FiscalYear, place: usize) -> Rank {
        let time = self.time(year);
        let begins = time.as_ref().map_or((year, 0), |(year, months)| (*year, months.start));
        (!self.grades(), time.is_none(), begins, place)
    }
}

/// Chooses; `year` is the fiscal year of months that do not say theirs, `same` whether two texts say the same.
pub fn choose<'a>(
    candidates: &[Candidate<'a>],
    period: Period,
    year: FiscalYear,
    same: impl Fn(&str, &str) -> bool,
) -> Choice<'a> {
    if let [only] = candidates {
        return Choice { found: only.found, at: only.found, ..Choice::default() };
    }
    let now = (period.fiscal_year(), (period.month + 8) % 12);
    let ahead =
        |candidate: &Candidate| candidate.time(year).is_some_and(|(year, months)| (year, months.start) > now);
    let mut order: Vec<(Rank, &Candidate)> =
        candidates.iter().enumerate().map(|(place, own)| (own.rank(year, place), own)).collect();
    order.sort_by_key(|(rank, _)| *rank);
    let reached: Vec<&Candidate> = order.iter().map(|(_, own)| *own).filter(|own| !ahead(own)).collect();
    let Some(at) = reached.iter().rposition(|own| own.filled()) else {
        let later = candidates.iter().find(|own| own.filled() && ahead(own));
        let why = later.map(|own| format!("「{}」は報告月より後の欄なので、使いませんでした", own.words));
        return Choice { at: later.and_then(|own| own.found), why, ..Choice::default() };
    };
    let chosen = reached[at];
    let mut choice = Choice { found: chosen.found, at: chosen.found, ..Choice::default() };
    // A blank 二次評価 is yet to come; a blank month or 進捗状況 that was due makes the older word a stand-in.
    let skipped =
        reached[at + 1..].iter().find(|own| own.meaning.year.is_some() || own.grades() != chosen.grades());
    let text = |own: &Candidate| own.found.map_or("", |(_, cell)| cell.text.trim()).to_owned();
    let others = reached[..at].iter().filter(|own| {
        own.filled()
            && own.meaning.year.is_none()
            && own.grades() == chosen.grades()
            && !same(&text(own), &text(chosen))
    });
    let others: Vec<&&Candidate> = others.collect();
    choice.related = others.iter().filter_map(|own| own.found).map(|(at, _)| at).collect();
    choice.why = if let Some(blank) = skipped {
        Some(format!("「{}」の欄が空欄のため、「{}」の欄を使いました", blank.words, chosen.words))
    } else if others.is_empty() {
        None
    } else {
        let told: Vec<String> =
            others.iter().map(|own| format!("「{}」は「{}」", own.words, text(own))).collect();
        Some(format!("{}ですが、後の「{}」の欄を使いました", told.join("、"), chosen.words))
    };
    choice
}
