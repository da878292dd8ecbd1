//! The sheet 変化 of 統合.xlsx: one row for each thing that differs.

use super::change_words::{self, against, amounts, whole};
use super::links;
use super::shades::trend_shades;
use crate::model::book::BookSheet;
use crate::model::dataset::Dataset;
use crate::model::fiscal::Eras;
use crate::model::memory::{Amount, Change, PastChange, Step, Trend};
use crate::model::report::{Align, Cell, Row, Table, Value};

const COLUMNS: [(&str, u32, Align); 12] = [
    ("変化", 7, Align::Left),
    ("種類", 4, Align::Left),
    ("部局", 7, Align::Left),
    ("課", 8, Align::Left),
    ("名称", 20, Align::Left),
    ("細事業名", 12, Align::Left),
    ("変わったもの", 10, Align::Left),
    ("前", 10, Align::Right),
    ("今", 10, Align::Right),
    ("単位", 5, Align::Left),
    ("今のセル", 14, Align::Left),
    ("前のセル", 14, Align::Left),
];

/// The sheet; `None` where there is no earlier month.
pub fn sheet(dataset: &Dataset, eras: &Eras) -> Option<BookSheet> {
    let note = against(dataset, eras)?;
    let memory = &dataset.memory;
    let past = memory.past_changes.iter().map(|change| past_row(change, eras));
    let rows = memory.changes.iter().flat_map(|change| rows(change, eras)).chain(past).collect::<Vec<_>>();
    let mut lines = vec![format!("先月からの変化と、過去の年度の値の訂正{note}。△はマイナスです。")];
    if rows.is_empty() {
        lines.push("変化はありません。".to_owned());
    }
    Some(BookSheet {
        lines,
        frozen_cols: 5,
        known_as: "変化表".to_owned(),
        counted: Some(0),
        shades: trend_shades(0),
        ..BookSheet::list("変化", Table::list("先月からの変化の一覧", COLUMNS, rows))
    })
}

fn rows(change: &Change, eras: &Eras) -> Vec<Row> {
    let trend = change_words::trend(change.trend);
    let Change { department, division, name, program, .. } = change;
    let start = |what: &str| {
        [&trend, change_words::subject(change.subject), department, division, name, program, what]
            .map(Cell::text)
            .to_vec()
    };
    if change.steps.is_empty() {
        let mut cells = start(whole(change));
        cells.extend(["", "", ""].map(Cell::text));
        // What is gone has no cell in this month's workbooks to link to.
        let gone = change.trend == Trend::Gone;
        let stood = Cell::text(change.place.to_string());
        cells.extend(if gone {
            [Cell::text(""), stood]
        } else {
            [links::whole(&change.place), Cell::text("")]
        });
        return vec![Row { cells }];
    }
    let row = |step: &Step| {
        let said = change_words::step(step, eras);
        let mut cells = start(&said.label);
        if let Step::Figure { from, to, .. } = step {
            cells.extend(figure_cells(from.as_ref(), to.as_ref()));
        } else {
            cells.extend([said.from.as_str(), &said.to, ""].map(Cell::text));
            cells.extend([links::whole(&change.place), Cell::text("")]);
        }
        Row { cells }
    };
    change.steps.iter().map(row).collect()
}

fn past_row(change: &PastChange, eras: &Eras) -> Row {
    let label = change.slot.label(eras);
    let PastChange { department, division, name, .. } = change;
    let start = ["過去の値の訂正", "指標", department, division, name, "", &label];
    let mut cells = start.map(Cell::text).to_vec();
    cells.extend(figure_cells(Some(&change.from), change.to.as_ref()));
    Row { cells }
}

/// Before, now, the unit, the cell now and the cell then.
fn figure_cells(from: Option<&Amount>, to: Option<&Amount>) -> Vec<Cell> {
    let same_unit = from.zip(to).is_none_or(|(from, to)| from.unit == to.unit);
    let unit = to.or(from).map_or("", |amount| amount.unit.as_str());
    let (before, now) = amounts(from, to);
    let cell = |amount: Option<&Amount>, text: String| {
        let Some(amount) = amount else { return Cell::text(text) };
        let percent = amount.unit == "%";
        let shown = change_words::one(amount, amount.decimals, percent || !same_unit);
        let mut cell = Cell::text(if amount.quantity.is_some() { shown } else { text });
        let single = amount.quantity.as_ref().filter(|q| q.high.is_none() && q.bound.is_none());
        cell.value = single.filter(|_| same_unit).map(|q| Value::Number {
            value: q.value,
            decimals: amount.decimals.max(q.value.normalize().scale()),
            percent,
        });
        cell
    };
    let now_place = to.map_or_else(|| Cell::text(""), |amount| links::whole(&amount.place));
    let then_place = from.map_or_else(String::new, |amount| amount.place.to_string());
    vec![
        cell(from, before),
        cell(to, now),
        Cell::text(if same_unit { unit } else { "" }),
        now_place,
        Cell::text(then_place),
    ]
}
