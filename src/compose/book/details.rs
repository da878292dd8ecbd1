//! The sheet 指標明細: one row for each figure, for pivot tables.

use super::{USED, origin};
use crate::compose::words;
use crate::model::book::BookSheet;
use crate::model::dataset::Dataset;
use crate::model::fiscal::{Basis, Eras, Span};
use crate::model::indicator::{Class, Figure, Indicator, IndicatorSource};
use crate::model::quantity::{Bound, Confidence, State, Unit};
use crate::model::report::{Align, Cell, Row, Table, Value};

/// The table's name in formulas.
pub const TABLE: &str = "指標明細表";
/// The word of a figure that could not be read.
pub const UNREAD: &str = "未読";
const COLUMNS: [(&str, u32, Align); 21] = [
    ("部局", 7, Align::Left),
    ("課", 8, Align::Left),
    ("指標", 18, Align::Left),
    ("種別", 3, Align::Left),
    ("単位", 4, Align::Left),
    ("よい方向", 5, Align::Left),
    ("年度", 4, Align::Left),
    ("西暦年度", 4, Align::Right),
    ("期間", 5, Align::Left),
    ("計上", 3, Align::Left),
    ("区分", 4, Align::Left),
    ("値", 7, Align::Right),
    ("値の上限", 6, Align::Right),
    ("範囲の語", 4, Align::Left),
    ("状態", 4, Align::Left),
    ("読み方", 4, Align::Left),
    ("使う値", 3, Align::Center),
    ("原文", 7, Align::Left),
    ("ブック", 14, Align::Left),
    ("出典", 8, Align::Left),
    ("指標ID", 6, Align::Left),
];

/// The sheet.
pub fn sheet(dataset: &Dataset, eras: &Eras) -> BookSheet {
    let rows = dataset.indicators.iter().flat_map(|indicator| {
        indicator.sources.iter().enumerate().flat_map(move |(index, source)| {
            source.figures.iter().map(move |figure| row(indicator, index, source, figure, eras))
        })
    });
    BookSheet {
        lines: vec![
            "台帳の値1つが1行です。単位が%の値は割合として入れ、%で表示しています。数えるときは「使う値」を○に絞ります。".to_owned(),
        ],
        frozen_cols: 3,
        known_as: TABLE.to_owned(),
        counted: Some(COLUMNS.len() - 1),
        ..BookSheet::list("指標明細", Table::list("指標の値の明細", COLUMNS, rows.collect()))
    }
}

fn row(indicator: &Indicator, index: usize, source: &IndicatorSource, figure: &Figure, eras: &Eras) -> Row {
    let unit = source.unit.as_ref().map_or("", |unit| unit.0.as_str());
    let percent = source.unit.as_ref().is_some_and(Unit::is_percent);
    let quantity = figure.quantity.as_ref();
    let number = |value| number(value, figure.decimals, percent);
    let (before, behind) = quantity.and_then(|it| it.bound).map(Bound::words).unwrap_or_default();
    let texts: [&str; 6] = [
        &source.department,
        &source.division,
        &source.name,
        source.class.map_or("", Class::label),
        unit,
        words::polarity(source.polarity),
    ];
    let mut cells = Vec::with_capacity(COLUMNS.len());
    cells.extend(texts.map(Cell::text));
    cells.push(Cell::text(figure.fiscal_year.map_or_else(String::new, |year| eras.short(year))));
    cells.push(figure.fiscal_year.map_or_else(|| Cell::text(""), |it| year(it.0)));
    cells.push(Cell::text(span(figure)));
    cells.extend([basis(figure.basis), figure.kind.label()].map(Cell::text));
    cells.push(number(quantity.map(|it| it.value)));
    cells.push(number(quantity.and_then(|it| it.high)));
    let state = if figure.state == State::Value { "値あり" } else { figure.state.label() };
    let used = if index == indicator.primary { USED } else { "" };
    let texts = [if before.is_empty() { behind } else { before }, state, reading(figure), used, &figure.raw];
    cells.extend(texts.map(Cell::text));
    cells.extend(origin(&figure.place, figure.carried_from));
    cells.push(Cell::text(&indicator.id));
    Row { cells }
}

fn number(value: Option<rust_decimal::Decimal>, decimals: u32, percent: bool) -> Cell {
    let Some(value) = value else { return Cell::text("") };
    let sign = if percent { "%" } else { "" };
    let mut cell = Cell::text(format!("{}{sign}", words::number(value, decimals)));
    cell.value = Some(Value::Number { value, decimals, percent });
    cell
}

fn year(year: i32) -> Cell {
    Cell { value: Some(Value::Year(year)), ..Cell::text(year.to_string()) }
}

fn span(figure: &Figure) -> String {
    let word = match (figure.span, figure.month) {
        (Span::Month, Some(month)) => return format!("{month}月"),
        (Span::Month, None) => "月",
        (Span::Year, _) => "年度",
        (Span::H1, _) => "上半期",
        (Span::H2, _) => "下半期",
        (Span::Q1, _) => "第1四半期",
        (Span::Q2, _) => "第2四半期",
        (Span::Q3, _) => "第3四半期",
        (Span::Q4, _) => "第4四半期",
    };
    word.to_owned()
}

fn basis(basis: Option<Basis>) -> &'static str {
    match basis {
        Some(Basis::Single) => "単月",
        Some(Basis::Cumulative) => "累計",
        Some(Basis::AsOf) => "時点",
        None => "",
    }
}

/// How sure the reading is; what is no reading of this month says so first.
fn reading(figure: &Figure) -> &'static str {
    match figure.confidence {
        _ if figure.carried_from.is_some() => "前回値",
        Confidence::Unread => UNREAD,
        _ if figure.amendment.is_some() => "補正",
        Confidence::Read => "そのまま",
        Confidence::Assumed => "仮定",
    }
}
