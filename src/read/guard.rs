//! Parsers that panic on files made to break them.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Once;

use super::error::ReadError;

thread_local! {
    static QUIET: Cell<bool> = const { Cell::new(false) };
}

/// Runs a parser; a panic in it becomes an error, and its message is not printed.
pub fn guarded<T>(parse: impl FnOnce() -> Result<T, ReadError>) -> Result<T, ReadError> {
    static HOOK: Once = Once::new();
    // One hook for good, which only looks at its own thread's flag: nothing is swapped while others run.
    HOOK.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            if !QUIET.get() {
                before(info);
            }
        }));
    });
    let outer = QUIET.replace(true);
    let result = catch_unwind(AssertUnwindSafe(parse));
    QUIET.set(outer);
    result.unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<String>().cloned();
        let text = text.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()));
        Err(ReadError::Broken(format!("parser panicked: {}", text.unwrap_or_default())))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[allow(clippy::panic, reason = "the panic is what is tested")]
    fn a_panic_becomes_an_error() {
        let result: Result<(), ReadError> = guarded(|| panic!("slice index"));
        assert_eq!(result, Err(ReadError::Broken("parser panicked: slice index".to_owned())));
        assert_eq!(guarded(|| Ok(1)), Ok(1));
    }
}
