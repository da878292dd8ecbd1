//! Parsers that panic on files made to break them.

use std::cell::{Cell, RefCell};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Once;

use super::error::ReadError;

thread_local! {
    static QUIET: Cell<bool> = const { Cell::new(false) };
    static PLACE: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Runs a parser; a panic in it becomes an error, and its message is not printed. The error's detail tells where in
/// which program the panic was: one in hoshin's own `src/` is a bug of ours, and tests look for it.
pub fn guarded<T>(parse: impl FnOnce() -> Result<T, ReadError>) -> Result<T, ReadError> {
    static HOOK: Once = Once::new();
    // One hook for good, which only looks at its own thread's flag: nothing is swapped while others run.
    HOOK.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            if QUIET.get() {
                let place = info.location().map(ToString::to_string).unwrap_or_default();
                PLACE.with(|last| *last.borrow_mut() = place);
            } else {
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
        let place = PLACE.take();
        Err(ReadError::Broken(format!("parser panicked at {place}: {}", text.unwrap_or_default())))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[allow(clippy::panic, reason = "the panic is what is tested")]
    fn a_panic_becomes_an_error() {
        let result: Result<(), ReadError> = guarded(|| panic!("slice index"));
        let Err(ReadError::Broken(detail)) = result else { unreachable!("an error") };
        assert!(detail.starts_with("parser panicked at src/read/guard.rs:"), "{detail}");
        assert!(detail.ends_with(": slice index"), "{detail}");
        assert_eq!(guarded(|| Ok(1)), Ok(1));
    }
}
