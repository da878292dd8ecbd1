//! The sheet 判定 of 統合.xlsx: one row for each judgement, its figures as numbers, with links to its cells.

use rust_decimal::{Decimal, RoundingStrategy};

use super::judgements::{Judged, own_words};
use super::words;
use crate::judge::rollup::score;
use crate::model::dataset::Dataset;
use crate::model::fiscal::{Eras, FiscalYear};
use crate::model::judgement::{Judgement, Subject};
use crate::model::place::Place;
use crate::model::report::{Align, BookSheet, Cell, Column, HeadCell, Row, Table, Value};

const COLUMNS: [(&str, u32, Align); 19] = [
    ("部局", 9, Align::Left),
    ("課", 9, Align::Left),
    ("種類", 5, Align::Left),
    ("名前", 22, Align::Left),
    ("判定", 7, Align::Left),
    ("評語・点", 6, Align::Left),
    ("理由", 18, Align::Left),
    ("規則", 8, Align::Left),
    ("根拠", 28, Align::Left),
    ("推移", 16, Align::Left),
    ("目標年度", 5, Align::Left),
    ("実績年度", 5, Align::Left),
    ("実績", 7, Align::Right),
    ("目標", 7, Align::Right),
    ("単位", 5, Align::Left),
    ("達成率など", 7, Align::Right),
    ("目標のセル", 14, Align::Left),
    ("実績・状況のセル", 14, Align::Left),
    ("ID", 8, Align::Left),
];

/// Decimals of a rate that is shown, where the working needs no more.
const RATE_DECIMALS: u32 = 1;

/// Digits that a cell keeps.
const KEPT_DIGITS: u32 = 15;

/// The sheet.
pub fn sheet(dataset: &Dataset, eras: &Eras) -> BookSheet {
    let judged = Judged::of(dataset);
    let mut lines = vec![
        "判定は規則による計算です。△はマイナスです。達成率などは四捨五入しない値で、表示だけを丸めています。"
            .to_owned(),
    ];
    lines.extend(dataset.departments.iter().filter_map(|department| {
        let own = dataset.judgements.iter().filter(|judgement| judgement.department == department.name);
        Some(format!("点数：{}　{}", department.name, score(own)?.working))
    }));
    BookSheet {
        name: "判定".to_owned(),
        title: "判定".to_owned(),
        lines,
        landscape: true,
        frozen_cols: 4,
        entry: None,
        table: Table {
            summary: "指標と取組項目の判定の一覧".to_owned(),
            columns: COLUMNS
                .iter()
                .map(|(_, width, align)| Column { width: *width, align: *align })
                .collect(),
            head: vec![COLUMNS.iter().map(|(text, ..)| HeadCell::one(*text, 1)).collect()],
            rows: dataset.judgements.iter().map(|judgement| row(judgement, &judged, eras)).collect(),
            ..Table::default()
        },
    }
}

fn row(judgement: &Judgement, judged: &Judged<'_>, eras: &Eras) -> Row {
    let subject = match judgement.subject {
        Subject::Indicator => "指標",
        Subject::Initiative => "取組み",
    };
    let year = |year: Option<FiscalYear>| Cell::text(year.map_or_else(String::new, |year| eras.short(year)));
    let percent = judgement.unit == "%";
    let texts = [
        &judgement.department,
        &judgement.division,
        subject,
        &judgement.name,
        &words::verdict(judgement.result),
        &own_words(judgement).unwrap_or_default(),
        &judgement.reason,
        &judgement.rule,
        &judgement.working,
        &judged.line(&judgement.id, eras).unwrap_or_default(),
    ];
    let mut cells = texts.map(Cell::text).to_vec();
    cells.extend([year(judgement.target_year), year(judgement.actual_year)]);
    cells.extend([judgement.value, judgement.target].map(|value| number(value, percent)));
    cells.push(Cell::text(&judgement.unit));
    cells.push(rate(judgement));
    cells.extend(places(judgement).map(linked));
    cells.push(Cell::text(&judgement.id));
    Row { cells }
}

/// The cells of the target and of the actual, or of the status.
fn places(judgement: &Judgement) -> [Option<&Place>; 2] {
    let mut places = judgement.places.iter();
    // Where there is no target, the actual's cell stands first.
    let target = judgement.target_year.and_then(|_| places.next());
    [target, places.next()]
}

/// The rate with as many decimals as the working prints: rounded further, it might contradict the verdict.
fn rate(judgement: &Judgement) -> Cell {
    let Some(rate) = judgement.rate else { return Cell::text("") };
    let kept = rate.round_sf_with_strategy(KEPT_DIGITS, RoundingStrategy::MidpointAwayFromZero);
    let printed = |digits: &u32| judgement.working.contains(&format!("{}%", words::number(rate, *digits)));
    let decimals = (RATE_DECIMALS..=Decimal::MAX_SCALE).find(printed).unwrap_or(RATE_DECIMALS);
    valued(kept.unwrap_or(rate), decimals, true)
}

fn number(value: Option<Decimal>, percent: bool) -> Cell {
    value.map_or_else(|| Cell::text(""), |value| valued(value, value.normalize().scale(), percent))
}

fn valued(value: Decimal, decimals: u32, percent: bool) -> Cell {
    let sign = if percent { "%" } else { "" };
    let mut cell = Cell::text(format!("{}{sign}", words::number(value, decimals)));
    cell.value = Some(Value::Number { value, decimals, percent });
    cell
}

fn linked(place: Option<&Place>) -> Cell {
    let mut cell = Cell::text(place.map_or_else(String::new, Place::to_string));
    cell.link = place.cloned();
    cell
}
