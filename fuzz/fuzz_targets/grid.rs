//! The grid reader: any bytes are a workbook or an error. Parsers of others may panic, as they are guarded; ours not.
#![no_main]

use std::sync::LazyLock;

use hoshin::model::limits::Limits;
use hoshin::model::passwords::Passwords;
use hoshin::normalise::Vocabulary;
use hoshin::read;
use libfuzzer_sys::fuzz_target;

static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(|| Vocabulary::builtin().expect("built in"));

fuzz_target!(|bytes: &[u8]| {
    let (limits, passwords) = (Limits::default(), Passwords::default());
    if let Err(error) = read::open("a.xlsx".into(), bytes, &VOCABULARY.eras, &limits, &passwords) {
        assert!(!error.detail().contains("parser panicked at src/"), "{}", error.detail());
    }
});
