//! A mistake of ours is a diagnostic, never the end of the host.

use rz_diag::{Code, Diagnostic, Position, Result, Severity};
use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind};

thread_local! {
    static PANIC: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Runs `work`; a panic becomes an internal-error diagnostic.
pub(crate) fn guarded<T>(work: impl FnOnce() -> T) -> Result<T> {
    static HOOK: std::sync::Once = std::sync::Once::new();
    // The library has its own copy of the runtime, so this hook sees no panic of the host.
    HOOK.call_once(|| {
        std::panic::set_hook(Box::new(|info| {
            PANIC.with(|slot| *slot.borrow_mut() = Some(info.to_string()));
        }));
    });
    catch_unwind(AssertUnwindSafe(work)).map_err(|_| {
        let message = PANIC
            .with(|slot| slot.borrow_mut().take())
            .unwrap_or_default();
        let mut error = Diagnostic::error(Code::Internal, "internal error")
            .fix("please report this together with the input file and the command line");
        for line in message.lines() {
            error = error.note(line.trim());
        }
        error.severity = Severity::Error;
        error.at(None::<Position>)
    })
}
