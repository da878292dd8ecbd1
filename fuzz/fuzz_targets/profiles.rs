//! What a city writes itself (profiles, hoshin.toml, templates): any text is valid or has problems in words.
#![no_main]

use std::collections::BTreeMap;
use std::sync::LazyLock;

use hoshin::compose::Plan;
use hoshin::config;
use hoshin::judge::{Rules, Text};
use hoshin::normalise::Vocabulary;
use hoshin::pdf::Theme;
use hoshin::profile;
use hoshin::templates::Templates;
use libfuzzer_sys::fuzz_target;

static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(|| Vocabulary::builtin().expect("built in"));

fuzz_target!(|text: &str| {
    let texts = BTreeMap::from([("profiles/a.toml".to_owned(), text.to_owned())]);
    if let Err(problems) = profile::load(&Templates::restored(&texts, []), &VOCABULARY) {
        assert!(problems.iter().all(|problem| !problem.is_empty()));
    }
    if let Err(problems) = config::parse(text, "hoshin.toml") {
        assert!(!problems.to_string().is_empty());
    }
    _ = Plan::parse(text);
    _ = Theme::parse(text);
    _ = Vocabulary::in_force(text);
    _ = Rules::parse(&[Text { file: "judgement.toml", text }]);
});
