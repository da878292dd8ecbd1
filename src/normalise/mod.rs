//! Stage 4: cell text → typed values.
//!
//! Pure functions that know neither positions nor files: the caller attaches the cell. What is a word of a city
//! hall's language (headers, units, placeholders, statuses …) is data of `templates/vocabulary.toml`, read into
//! a [`Vocabulary`]; what is grammar (how a number is written, where a fiscal year starts) is code.
//!
//! Nothing here guesses silently: a reading is certain, or states in Japanese what it assumed, or is unread and
//! says why.

pub mod calendar;
pub mod date;
pub mod header;
pub mod items;
pub mod lexicon;
pub mod names;
pub mod polarity;
pub mod quantity;
pub mod segment;
pub mod status;
pub mod text;
pub mod unit;
pub mod vocabulary;
pub mod year;

pub use vocabulary::Vocabulary;

/// The built-in vocabulary, for tests of this stage.
#[cfg(test)]
pub(crate) fn builtin() -> Vocabulary {
    static BUILTIN: std::sync::OnceLock<Vocabulary> = std::sync::OnceLock::new();
    let parsed = || match Vocabulary::builtin() {
        Ok(vocabulary) => vocabulary,
        Err(problems) => {
            let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
            unreachable!("{}", lines.join("\n"))
        }
    };
    BUILTIN.get_or_init(parsed).clone()
}
