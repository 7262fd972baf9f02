//! Diagnostics on their way to the host.
//!
//! Reports are collected per function and sent once: the same refusal of an inlined copy is shown
//! a single time, and every request of a function is reported in one run.

use rz_diag::{Code, Diagnostic, Position, Severity};
use rz_llvm::Function;
use rz_llvm::plugin::{self, At};

/// Collects reports of one run.
#[derive(Default)]
pub(crate) struct Reports {
    sent: Vec<(Code, String, Option<Position>)>,
    strict: bool,
    errors: usize,
}

impl Reports {
    /// With `strict`, warnings about lost derivatives are errors.
    pub(crate) fn new(strict: bool) -> Self {
        Self {
            strict,
            ..Self::default()
        }
    }

    /// Changes whether warnings about lost derivatives are errors.
    pub(crate) fn set_strict(&mut self, strict: bool) {
        self.strict = strict;
    }

    /// True when an error was reported.
    pub(crate) fn failed(&self) -> bool {
        self.errors > 0
    }

    /// Shows `diagnostic`, which concerns `function`.
    pub(crate) fn send(&mut self, function: Function, diagnostic: &Diagnostic) {
        let strict =
            self.strict && matches!(diagnostic.code, Code::LostDerivative | Code::Interposable);
        let warning = diagnostic.severity == Severity::Warning && !strict;
        if !warning {
            self.errors += 1;
        }
        let key = (
            diagnostic.code,
            diagnostic.text(),
            diagnostic.position.clone(),
        );
        if self.sent.contains(&key) {
            return;
        }
        let at = diagnostic.position.as_ref().map(|position| At {
            file: &position.file,
            line: position.line,
            column: position.column,
        });
        plugin::report(function, warning, &key.1, at);
        if swallows_reports() {
            let word = if warning { "warning" } else { "error" };
            eprintln!("{word}: {}", key.1);
        }
        self.sent.push(key);
    }
}

/// rustc shows nothing of what its LLVM reports.
fn swallows_reports() -> bool {
    std::env::current_exe().is_ok_and(|path| path.file_stem().is_some_and(|stem| stem == "rustc"))
}
