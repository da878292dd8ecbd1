//! No text makes a parser panic: neither any text, nor one composed of the vocabulary's own words.

use hoshin::model::fiscal::FiscalYear;
use hoshin::model::quantity::{State, Unit};
use hoshin::model::sheet::{Cell, Value};
use hoshin::normalise::status::{Column, mark_key, read_legend, read_progress, read_status};
use hoshin::normalise::{calendar, date, header, items, names, polarity, quantity, text, unit, year};
use proptest::prelude::*;
use proptest::sample::select;
use rust_decimal::Decimal;

use super::{vocabulary, words};

/// Everything in `normalise` that takes a text.
fn read_all(raw: &str) {
    let v = vocabulary();
    let hint = Some(FiscalYear(2021));
    for hint in [None, hint] {
        let _ = header::read_header(raw, hint, v);
        let _ = year::read_year(raw, hint, v);
        let _ = year::read_bare_year(raw, hint, v);
        let _ = date::read_due(raw, hint, v);
        let moments = calendar::moments(raw, hint, &v.eras);
        let _ = calendar::without(raw, &moments);
        for moment in &moments {
            let _ = (moment.fiscal_year(), moment.period(hint), moment.date(hint));
        }
    }
    let _ = calendar::without_moments(raw, &v.eras);
    let _ = (header::read_section(raw, v), polarity::read_polarity(raw, v));
    let _ = (items::split_items(raw), items::read_number(raw));
    let _ = (
        names::split_owner(raw, &names::Places::default(), v),
        names::Likeness::of(raw).to(&names::Likeness::of("窓口の相談件数")),
    );
    let _ = (text::key(raw), text::canonical_name(raw), text::spaced_key(raw), text::plain(raw));
    let _ = (text::split_brackets(raw), text::unwrap(raw), text::strip_layout_mark(raw, v));
    let _ = (unit::known_unit(raw, v), unit::read_unit(raw, v), unit::read_unit_note(raw, v));
    let parts = unit::split_name(raw, v);
    if let Some(own) = &parts.unit {
        let _ = (unit::dimension(own, v), unit::convert(Decimal::MAX, own, &Unit("人".to_owned()), v));
    }
    let _ = mark_key(raw);
    let legend = read_legend(raw, v);
    for column in [Column::Status, Column::Direction] {
        let _ = read_status(raw, column, legend.as_ref(), v);
        let _ = read_status(raw, column, None, v);
    }
    let _ = quantity::is_placeholder(raw, v);
    let reading = quantity::read_quantity(raw, v);
    assert_eq!(reading.quantity.is_some(), reading.state == State::Value, "{raw}");
    let number = Value::Number(Decimal::from(28));
    for value in [
        Value::Text(raw.into()),
        Value::Error(raw.into()),
        Value::Uncalculated(raw.into()),
        Value::Bool(true),
        number,
    ] {
        let cell = Cell {
            value,
            text: raw.into(),
            format: raw.into(),
            struck: false,
            formula: false,
            comment: None,
            ink: hoshin::model::sheet::Ink::default(),
            external: false,
        };
        let reading = quantity::read_cell(&cell, parts.unit.as_ref(), v);
        assert_eq!(reading.quantity.is_some(), reading.state == State::Value, "{raw}");
        let _ = (read_progress(&cell, parts.unit.as_ref(), v), date::read_due_cell(&cell, None, v));
    }
}

/// A word of the vocabulary, a character of one, a number, or what stands between.
fn piece() -> impl Strategy<Value = String> {
    let characters: Vec<char> = words().iter().flat_map(|word| word.chars()).collect();
    prop_oneof![
        4 => select(words()),
        2 => select(characters).prop_map(String::from),
        3 => "[0-9０-９]{1,9}",
        3 => "[△▲\\-－,，.．:：/／()（）【】「」～〜%％※①⑴ 　\n年月日度末元万億千百割分十五]",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(120))]

    #[test]
    fn any_text(raw in "\\PC{0,32}|[\\x00-\\x{FFFF}]{0,12}") {
        read_all(&raw);
    }

    #[test]
    fn texts_of_the_vocabulary(pieces in prop::collection::vec(piece(), 0..9)) {
        read_all(&pieces.concat());
    }
}
