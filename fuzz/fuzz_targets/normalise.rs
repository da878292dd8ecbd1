//! The normaliser: any text has a reading, and one that is no number has no value.
#![no_main]

use std::sync::LazyLock;

use hoshin::model::fiscal::FiscalYear;
use hoshin::normalise::Vocabulary;
use hoshin::normalise::date::read_due;
use hoshin::normalise::header::read_header;
use hoshin::normalise::items::split_items;
use hoshin::normalise::names::{Places, split_owner};
use hoshin::normalise::quantity::{is_placeholder, read_quantity};
use hoshin::normalise::status::{Column, read_status};
use hoshin::normalise::unit::{read_unit_note, split_name};
use hoshin::normalise::year::read_year;
use libfuzzer_sys::fuzz_target;

static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(|| Vocabulary::builtin().expect("built in"));

fuzz_target!(|text: &str| {
    let (vocabulary, year) = (&*VOCABULARY, Some(FiscalYear(2021)));
    let reading = read_quantity(text, vocabulary);
    if is_placeholder(text, vocabulary) {
        assert!(reading.quantity.is_none(), "{text:?} {reading:?}");
    }
    _ = read_header(text, year, vocabulary);
    _ = read_year(text, year, vocabulary);
    _ = read_due(text, year, vocabulary);
    _ = read_unit_note(text, vocabulary);
    _ = split_name(text, vocabulary);
    _ = split_owner(text, &Places::default(), vocabulary);
    _ = split_items(text);
    for column in [Column::Status, Column::Direction] {
        _ = read_status(text, column, None, vocabulary);
    }
});
