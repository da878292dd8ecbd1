//! The sheet 指標: one row for each source of an indicator, one column for each year and kind.

use std::collections::BTreeSet;

use super::{USED, origin, verdict};
use crate::compose::judgements::Judged;
use crate::compose::shades::verdict_shades;
use crate::compose::{figures, words};
use crate::model::book::{BookSheet, Stretch};
use crate::model::dataset::Dataset;
use crate::model::fiscal::{Basis, Eras, Span};
use crate::model::indicator::{Indicator, IndicatorSource, Kind, Slot};
use crate::model::report::{Align, Cell, Row, Table};

/// The sheet's name.
pub const NAME: &str = "指標";
/// The table's name in formulas.
pub const TABLE: &str = "指標表";
/// The columns before the years, and those behind.
const FIXED: [(&str, u32); 7] =
    [("部局", 7), ("課", 8), ("指標", 20), ("単位", 4), ("よい方向", 5), ("判定", 6), ("推移", 9)];
const REST: [(&str, u32); 4] = [("使う値", 3), ("ブック", 16), ("出典", 9), ("指標ID", 8)];
/// Where the column of verdicts is.
const VERDICT: usize = 5;
/// Full-width characters of a year's column.
const YEAR_WIDTH: u32 = 5;

/// The years across, and the row of each indicator.
pub struct Wide {
    slots: Vec<Slot>,
    /// The first row of each indicator's sources.
    rows: Vec<usize>,
}

impl Wide {
    /// Of a month: the kinds one after the other, each in order of time, so that a line can follow the actuals.
    pub fn of(dataset: &Dataset) -> Self {
        let all = dataset.indicators.iter().flat_map(|i| &i.sources).flat_map(|s| &s.figures);
        let slots: BTreeSet<_> = all.map(|figure| (run(figure.slot()), figure.slot())).collect();
        let count = |indicator: &Indicator| indicator.sources.len();
        let rows =
            dataset.indicators.iter().scan(0, |row, one| Some(std::mem::replace(row, *row + count(one))));
        Self { slots: slots.into_iter().map(|(_, slot)| slot).collect(), rows: rows.collect() }
    }

    /// The row of an indicator's source, both counted from 0.
    pub fn row(&self, indicator: usize, source: usize) -> usize {
        self.rows.get(indicator).copied().unwrap_or_default() + source
    }

    /// The cells whose course tells how an indicator went; `None` without two figures side by side. A cell of words
    /// (作業中) ends a course: it would be drawn as zero.
    pub fn course(&self, source: &IndicatorSource, row: usize) -> Option<Stretch> {
        let place = |slot: &Slot| {
            let figure = source.figures.iter().find(|figure| figure.slot() == *slot);
            match figure.map(|figure| figure.quantity.as_ref().is_some_and(|q| q.high.is_none())) {
                Some(true) => Some(true),
                Some(false) => None,
                None => Some(false),
            }
        };
        let told = |slot: &Slot| slot.kind == Kind::Actual && slot.fiscal_year.is_some();
        let mut best: Option<(usize, usize, usize)> = None;
        let mut start = 0;
        for group in self.slots.chunk_by(|a, b| run(*a) == run(*b) && told(a) == told(b)) {
            let cells: Vec<(usize, Option<bool>)> =
                (start..).zip(group.iter().map(|slot| if told(slot) { place(slot) } else { None })).collect();
            start += group.len();
            for part in cells.split(|(_, cell)| cell.is_none()) {
                let mut numbers = part.iter().filter(|(_, cell)| *cell == Some(true)).map(|(at, _)| *at);
                let count = numbers.clone().count();
                if let (Some(first), Some(last)) = (numbers.next(), numbers.next_back())
                    && best.is_none_or(|(most, ..)| count >= most)
                {
                    best = Some((count, first, last));
                }
            }
        }
        let (_, first, last) = best?;
        Some(Stretch { sheet: NAME.to_owned(), row, first: FIXED.len() + first, last: FIXED.len() + last })
    }
}

/// What figures of one line share: the kind, how long their stretches are, and how they add up.
fn run(slot: Slot) -> (Kind, u8, Option<Basis>) {
    let length = match slot.span {
        Span::Year => 0,
        Span::H1 | Span::H2 => 1,
        Span::Q1 | Span::Q2 | Span::Q3 | Span::Q4 => 2,
        Span::Month => 3,
    };
    (slot.kind, length, slot.basis)
}

/// The sheet.
pub fn sheet(dataset: &Dataset, wide: &Wide, eras: &Eras) -> BookSheet {
    let fixed = FIXED.map(|(heading, width)| (heading.to_owned(), width, Align::Left));
    let years = wide
        .slots
        .iter()
        .map(|slot| (format!("{} {}", slot.time(eras), slot.kind.label()), YEAR_WIDTH, Align::Right));
    let rest = REST.map(|(heading, width)| (heading.to_owned(), width, Align::Left));
    let columns = fixed.into_iter().chain(years).chain(rest);
    let judged = Judged::of(dataset);
    let rows = dataset.indicators.iter().enumerate().flat_map(|(at, indicator)| {
        let judged = &judged;
        let sources = indicator.sources.iter().enumerate();
        sources.map(move |(index, source)| {
            let mut course = Cell::text("");
            if let Some(stretch) = wide.course(source, wide.row(at, index)) {
                course.live().course = Some(stretch);
            }
            row(indicator, index, source, wide, [verdict(judged, &indicator.id), course])
        })
    });
    let table = Table::list("指標の値", columns, rows.collect());
    let id = table.columns.len() - 1;
    BookSheet {
        lines: vec![
            "△はマイナスです。値のセルから原本の該当するセルを開けます。判定のセルのメモに根拠があります。推移は年度ごとの実績です。"
                .to_owned(),
        ],
        frozen_cols: 3,
        known_as: TABLE.to_owned(),
        counted: Some(id),
        shades: verdict_shades(VERDICT),
        ..BookSheet::list(NAME, table)
    }
}

fn row(
    indicator: &Indicator,
    index: usize,
    source: &IndicatorSource,
    wide: &Wide,
    [verdict, course]: [Cell; 2],
) -> Row {
    let unit = source.unit.as_ref().map_or("", |unit| unit.0.as_str());
    let used = if index == indicator.primary { USED } else { "" };
    let texts = [&source.department, &source.division, &source.name, unit, words::polarity(source.polarity)];
    let mut cells = texts.map(Cell::text).to_vec();
    cells.extend([verdict, course]);
    cells.extend(wide.slots.iter().map(|slot| {
        let figure = source.figures.iter().find(|figure| figure.slot() == *slot);
        figure.map_or_else(|| Cell::text(""), |figure| figures::book_cell(figure, source))
    }));
    cells.push(Cell::text(used));
    cells.extend(origin(&source.place, source.carried_from));
    cells.push(Cell::text(&indicator.id));
    Row { cells }
}
