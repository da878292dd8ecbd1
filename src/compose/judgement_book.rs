//! The sheet 判定 of 統合.xlsx: one row for each judgement, its figures as numbers, with links to its cells.

use rust_decimal::{Decimal, RoundingStrategy};

use super::judgements::{Judged, own_words};
use super::links::at;
use super::shades::verdict_shades;
use super::words;
use crate::judge::rollup::score;
use crate::model::book::{BookSheet, Formula, Term};
use crate::model::dataset::Dataset;
use crate::model::fiscal::{Eras, FiscalYear};
use crate::model::judgement::{Judgement, Subject};
use crate::model::place::Place;
use crate::model::report::{Align, Cell, Row, Table, Value};

/// The table's name in formulas.
pub const TABLE: &str = "判定表";
const COLUMNS: [(&str, u32, Align); 20] = [
    ("部局", 7, Align::Left),
    ("課", 8, Align::Left),
    ("種類", 4, Align::Left),
    ("名前", 20, Align::Left),
    ("判定", 6, Align::Left),
    ("評語・点", 6, Align::Left),
    ("理由", 18, Align::Left),
    ("規則", 8, Align::Left),
    ("根拠", 28, Align::Left),
    ("推移", 16, Align::Left),
    ("目標年度", 5, Align::Left),
    ("実績年度", 5, Align::Left),
    ("基準値", 7, Align::Right),
    ("実績", 7, Align::Right),
    ("目標", 7, Align::Right),
    ("単位", 5, Align::Left),
    ("達成率など", 7, Align::Right),
    ("目標のセル", 9, Align::Left),
    ("実績・状況のセル", 9, Align::Left),
    ("ID", 8, Align::Left),
];

/// Where the columns are that formulas look at.
const VERDICT: usize = 4;
const BASELINE: usize = 12;
const VALUE: usize = 13;
const TARGET: usize = 14;

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
    let rows = dataset.judgements.iter().map(|judgement| row(judgement, &judged, eras)).collect();
    BookSheet {
        lines,
        frozen_cols: 4,
        known_as: TABLE.to_owned(),
        counted: Some(COLUMNS.len() - 1),
        shades: verdict_shades(VERDICT),
        ..BookSheet::list("判定", Table::list("指標と取組項目の判定の一覧", COLUMNS, rows))
    }
}

/// The word of what is judged.
pub fn subject(subject: Subject) -> &'static str {
    match subject {
        Subject::Indicator => "指標",
        Subject::Initiative => "取組み",
    }
}

fn row(judgement: &Judgement, judged: &Judged<'_>, eras: &Eras) -> Row {
    let year = |year: Option<FiscalYear>| Cell::text(year.map_or_else(String::new, |year| eras.short(year)));
    let percent = judgement.unit == "%";
    let texts = [
        &judgement.department,
        &judgement.division,
        subject(judgement.subject),
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
    cells.extend([judgement.baseline, judgement.value, judgement.target].map(|value| amount(value, percent)));
    cells.push(Cell::text(&judgement.unit));
    cells.push(rate(judgement));
    cells.extend(places(judgement).map(|place| place.map_or_else(|| Cell::text(""), at)));
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
pub fn rate(judgement: &Judgement) -> Cell {
    let Some(rate) = judgement.rate else { return Cell::text("") };
    let kept = rate.round_sf_with_strategy(KEPT_DIGITS, RoundingStrategy::MidpointAwayFromZero);
    let printed = |digits: &u32| judgement.working.contains(&format!("{}%", words::number(rate, *digits)));
    let decimals = (RATE_DECIMALS..=Decimal::MAX_SCALE).find(printed).unwrap_or(RATE_DECIMALS);
    let mut cell = valued(kept.unwrap_or(rate), decimals, true);
    if let Some(formula) = formula(judgement) {
        cell.live().formula = Some(formula);
    }
    cell
}

/// The formula that leads from the row's own figures to its rate; `None` where none does so exactly.
fn formula(judgement: &Judgement) -> Option<Formula> {
    let (value, target) = (judgement.value?, judgement.target?);
    let quotient = |above: Decimal, below: Decimal| {
        let rate = above.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(below)?;
        (below > Decimal::ZERO && Some(rate.normalize()) == judgement.rate).then_some(())
    };
    let text = |text: &str| Term::Text(text.to_owned());
    let (v, t, b) = (Term::Here(VALUE), Term::Here(TARGET), Term::Here(BASELINE));
    let Some(baseline) = judgement.baseline else {
        let (above, below) = match (quotient(value, target), quotient(target, value)) {
            (Some(()), _) => (v, t),
            (None, Some(())) => (t, v),
            (None, None) => return None,
        };
        let terms = [text("IF("), below.clone(), text("=0,\"\","), above, text("/"), below, text(")")];
        return Some(Formula(terms.to_vec()));
    };
    // The share of the way, which has the same form both ways up and down.
    let (done, whole) = (value.checked_sub(baseline)?, target.checked_sub(baseline)?);
    let sign = if whole.is_sign_negative() { Decimal::NEGATIVE_ONE } else { Decimal::ONE };
    quotient(done * sign, whole * sign)?;
    let terms = [text("("), v, text("-"), b.clone(), text(")/("), t, text("-"), b, text(")")];
    Some(Formula(terms.to_vec()))
}

/// A figure with the decimals that it has; an empty cell for none.
pub fn amount(value: Option<Decimal>, percent: bool) -> Cell {
    value.map_or_else(|| Cell::text(""), |value| valued(value, value.normalize().scale(), percent))
}

fn valued(value: Decimal, decimals: u32, percent: bool) -> Cell {
    let sign = if percent { "%" } else { "" };
    let mut cell = Cell::text(format!("{}{sign}", words::number(value, decimals)));
    cell.value = Some(Value::Number { value, decimals, percent });
    cell
}
