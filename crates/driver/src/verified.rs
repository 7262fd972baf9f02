//! What stages write is verified where that is wanted: in debug builds, and with `-ribozyme-verify`.
//!
//! LLVM's verifier is asked before and after each of its pipelines ([`crate::passes`]), after each late stage
//! ([`crate::late`]), and about the whole module at the end of each extension point ([`crate::host`]), which covers what is
//! held, replaced and swept. A stage that wrote something wrong is named in a diagnostic; without that the host would
//! crash, or compile something else, much later.

use rz_diag::{Code, Diagnostic, Result};
use rz_llvm::{Function, Module};

/// An error if `function` is broken after `stage`.
pub(crate) fn function(function: Function, stage: &str) -> Result<()> {
    let verdict = function.verify();
    verdict.map_err(|message| broken(&format!("in {}, after {stage}", function.name()), message))
}

/// An error if `module` is broken at the end of an extension point.
pub(crate) fn module(module: Module) -> Result<()> {
    let verdict = module.verify();
    verdict.map_err(|message| broken("somewhere in the module, after all stages", message))
}

fn broken(place: &str, message: String) -> Box<Diagnostic> {
    Diagnostic::error(Code::Internal, "generated code does not verify")
        .note(place)
        .note(message)
        .fix("please report this together with the input file")
}
