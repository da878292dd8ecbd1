//! The indicators that are late, the worst first, with the course of their figures.

use super::super::{Wide, indicators, verdict};
use crate::compose::judgement_book::{amount, rate};
use crate::compose::judgements::Judged;
use crate::compose::shades::verdict_shades;
use crate::model::book::{BoardTable, Jump};
use crate::model::dataset::Dataset;
use crate::model::judgement::{Judgement, Subject, Verdict};
use crate::model::report::{Align, Cell, Row, Table};

/// So many fit the page; the sheet 判定 has all.
const MOST: usize = 8;
/// Heading, how many columns of the board, alignment.
const COLUMNS: [(&str, usize, Align); 9] = [
    ("部局", 1, Align::Left),
    ("課", 2, Align::Left),
    ("指標", 4, Align::Left),
    ("判定", 2, Align::Left),
    ("実績", 2, Align::Right),
    ("目標", 2, Align::Right),
    ("単位", 1, Align::Left),
    ("達成率など", 1, Align::Right),
    ("推移", 1, Align::Left),
];
/// Where the column of verdicts is.
const VERDICT: usize = 3;

/// The table; `None` where nothing is late.
pub fn table(dataset: &Dataset, wide: &Wide) -> Option<BoardTable> {
    let late = |verdict: Verdict| {
        let fits = move |one: &&Judgement| one.subject == Subject::Indicator && one.result == verdict;
        dataset.judgements.iter().filter(fits)
    };
    let all: Vec<&Judgement> = late(Verdict::Behind).chain(late(Verdict::SlightlyBehind)).collect();
    if all.is_empty() {
        return None;
    }
    let judged = Judged::of(dataset);
    let rows = all.iter().take(MOST).map(|judgement| row(dataset, judgement, &judged, wide)).collect();
    let more = all.len().saturating_sub(MOST);
    let more = if more == 0 {
        String::new()
    } else {
        format!("（ほかに {more} 件。シート「判定」にすべてあります）")
    };
    let columns = COLUMNS.map(|(heading, _, align)| (heading, 0, align));
    let summary = format!("遅れている指標{more}");
    Some(BoardTable {
        spans: COLUMNS.map(|(_, span, _)| span).to_vec(),
        table: Table::list(&summary, columns, rows),
        title: summary,
        shades: verdict_shades(VERDICT),
    })
}

fn row(dataset: &Dataset, judgement: &Judgement, judged: &Judged<'_>, wide: &Wide) -> Row {
    let mut verdict = verdict(judged, &judgement.id);
    let mut course = Cell::text("");
    let found = dataset.indicators.iter().enumerate().find(|(_, one)| one.id == judgement.id);
    if let Some((at, indicator)) = found {
        let row = wide.row(at, indicator.primary);
        verdict.live().jump = Some(Jump { sheet: indicators::NAME.to_owned(), row: Some(row) });
        if let Some(stretch) = wide.course(indicator.main(), row) {
            course.live().course = Some(stretch);
        }
    }
    let percent = judgement.unit == "%";
    let mut cells = [&judgement.department, &judgement.division].map(Cell::text).to_vec();
    cells.extend([Cell::text(&judgement.name), verdict]);
    cells.extend([judgement.value, judgement.target].map(|value| amount(value, percent)));
    let mut rate = rate(judgement);
    rate.live = None;
    cells.extend([Cell::text(&judgement.unit), rate, course]);
    Row { cells }
}
