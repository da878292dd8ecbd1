//! Texts that many cells show, held once.

use std::cell::RefCell;
use std::sync::Arc;

use super::value::lines;

/// How many texts are remembered: a ledger's words are few.
const PLACES: usize = 1024;

/// The texts that cells have shown lately. Each has one place, by where it lies in memory; another text that has the
/// same place takes it over.
pub struct Shared(RefCell<Vec<Arc<str>>>);

impl Default for Shared {
    fn default() -> Self {
        Self(RefCell::new(vec![Arc::default(); PLACES]))
    }
}

impl Shared {
    /// The text of a cell; the same one where it is remembered.
    pub fn get(&self, text: &str) -> Arc<str> {
        let mut places = self.0.borrow_mut();
        // Allocators hand out memory in steps of 16 bytes.
        let Some(known) = places.get_mut(text.as_ptr().addr() / 16 % PLACES) else { return lines(text) };
        if **known != *text {
            *known = lines(text);
        }
        Arc::clone(known)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_texts_in_one_place_are_one() {
        let shared = Shared::default();
        let text = "企画課".to_owned();
        let first = shared.get(&text);
        assert_eq!(&*first, "企画課");
        assert!(Arc::ptr_eq(&first, &shared.get(&text)));
        let many: Vec<String> = (0..5000).map(|n| format!("指標{n}\r\n件数")).collect();
        for (n, text) in many.iter().chain(&many).enumerate() {
            assert_eq!(*shared.get(text), format!("指標{}\n件数", n % 5000));
        }
    }
}
