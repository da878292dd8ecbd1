//! What must hold for every value, text and sheet: random ones, seeded by proptest.

mod formats;
mod grids;
mod notations;
mod texts;

use std::sync::OnceLock;

use hoshin::normalise::Vocabulary;

/// The built-in vocabulary.
fn vocabulary() -> &'static Vocabulary {
    static BUILTIN: OnceLock<Vocabulary> = OnceLock::new();
    BUILTIN.get_or_init(|| Vocabulary::builtin().expect("the built-in vocabulary"))
}

/// Every word of the vocabulary that may stand in a cell, in the order of its sections.
fn words() -> &'static [String] {
    static WORDS: OnceLock<Vec<String>> = OnceLock::new();
    WORDS.get_or_init(|| {
        let v = vocabulary();
        let mut words: Vec<String> = Vec::new();
        let mut add = |text: &str| words.push(text.to_owned());
        v.header.iter().for_each(|(word, _)| add(word));
        v.kind.iter().for_each(|(word, _)| add(word));
        v.header_part.iter().for_each(|(word, _)| add(word));
        v.table.iter().for_each(|(word, _)| add(word));
        v.class.iter().for_each(|(word, _)| add(word));
        v.section.iter().for_each(|(word, _)| add(word));
        v.state.iter().for_each(|(word, _)| add(word));
        v.state_part.iter().for_each(|(word, _)| add(word));
        v.bound.iter().for_each(|(word, _)| add(word));
        v.number_part.iter().for_each(|(word, _)| add(word));
        v.unit.iter().for_each(|(word, _)| add(word));
        v.polarity.iter().for_each(|(word, _)| add(word));
        v.span.iter().for_each(|(word, _)| add(word));
        v.basis.iter().for_each(|(word, _)| add(word));
        v.status.iter().for_each(|(word, _)| add(word));
        v.mark.iter().for_each(|(word, _)| add(word));
        v.direction.iter().for_each(|(word, _)| add(word));
        v.due.iter().for_each(|(word, _)| add(word));
        v.owner.iter().for_each(|(word, _)| add(word));
        for era in &v.eras.0 {
            for word in [&era.name, &era.letter, &era.short] {
                add(word);
            }
        }
        words
    })
}
