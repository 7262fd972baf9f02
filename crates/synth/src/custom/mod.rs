//! Derivatives that users registered (section 12).
//!
//! A registered function keeps its rules as metadata on the primal. Where the primal is
//! differentiated, a generated function of the usual signature ([`crate::signature`], or forward
//! mode's) stands in for what would have been derived from the body: it calls the user's functions
//! and moves values between the two conventions. So callers need no case of their own.
//!
//! ```text
//! double f(double x);   struct { void *tape; double y; } aug(double x);   double rev(double x, double d, void *tape);
//!
//! define internal { ptr, double } @ribozyme.augmented.f(double %x, ptr %arena)   ; calls @aug
//! define internal double @ribozyme.reverse.f(double %x, double %d, ptr %tape, ptr %arena)   ; calls @rev
//! ```
//!
//! * `shape`: what the user's functions must look like, and checks.
//! * `pass`: arguments and results as the C calling conventions spread them.
//! * `reverse`, `forward`: the stand-ins.
//! * `recorded`: split derivatives, where a log is followed.

mod forward;
mod pass;
mod recorded;
mod reverse;
mod shape;

pub(crate) use forward::{Wanted, write as write_forward};
pub use recorded::{check_split, is_copy, is_tangent_only, record};
pub(crate) use reverse::{tape_bytes, write as write_reverse};
pub use shape::{check_allocator, check_derivative, check_gradient};

use rz_diag::{Code, Diagnostic, Result};
use rz_llvm::{Function, Metadata, Place};
use rz_plan::Mode;

/// Metadata: the augmented forward function.
pub const AUGMENT: &str = "enzyme_augment";
/// Metadata: the gradient function.
pub const GRADIENT: &str = "enzyme_gradient";
/// Metadata: the tangent function.
pub const DERIVATIVE: &str = "enzyme_derivative";
/// Metadata: the augmented forward function of a split forward derivative.
pub const SPLIT_AUGMENT: &str = "enzyme_splitaugment";
/// Metadata: the tangent function that reads a tape.
pub const SPLIT_DERIVATIVE: &str = "enzyme_splitderivative";
/// Metadata of copies in recorded primals: what stands for them where the log is followed.
pub const REPLAYED: &str = "ribozyme_replayed";
/// Attribute of an allocator: the index of the size.
pub const ALLOCATOR: &str = "enzyme_allocator";
/// Attribute of an allocator: the arguments of its deallocator.
pub const DEALLOCATOR: &str = "enzyme_deallocator";
/// Metadata of an allocator: its deallocator.
pub const DEALLOCATOR_FN: &str = "enzyme_deallocator_fn";
/// Attribute of a deallocator: which argument is the memory.
pub const RELEASES: &str = "enzyme_releases";

/// The function a kind of metadata names.
pub fn rule(primal: Function, kind: &str) -> Option<Function> {
    let kind = primal.context().metadata_kind(kind);
    let node = primal.value().global_metadata(kind)?;
    let first = node.operands().first().copied().flatten();
    first.and_then(Metadata::value)?.as_function()
}

/// Makes `rule` the function that metadata of a kind names.
pub fn attach(primal: Function, kind: &str, rule: Function) {
    let context = primal.context();
    let node = context.metadata_node(&[rule.value().as_metadata()]);
    let kind = context.metadata_kind(kind);
    primal.value().set_global_metadata(kind, Some(node));
}

/// Takes the rules off `derived`, which is written from the body of a function that has some.
pub(crate) fn forget(derived: Function) {
    let kinds = [
        AUGMENT,
        GRADIENT,
        DERIVATIVE,
        SPLIT_AUGMENT,
        SPLIT_DERIVATIVE,
        REPLAYED,
        DEALLOCATOR_FN,
    ];
    for kind in kinds {
        let kind = derived.context().metadata_kind(kind);
        derived.value().set_global_metadata(kind, None);
    }
}

/// True when a registered rule derives `primal` in this mode.
pub fn derives(primal: Function, mode: Mode) -> bool {
    match mode {
        Mode::Forward => rule(primal, DERIVATIVE).is_some(),
        Mode::Combined | Mode::Split => {
            rule(primal, GRADIENT).is_some() && rule(primal, AUGMENT).is_some()
        }
    }
}

/// True when any rule is registered for `primal`.
pub fn has_any(primal: Function) -> bool {
    [GRADIENT, DERIVATIVE, SPLIT_DERIVATIVE]
        .into_iter()
        .any(|kind| rule(primal, kind).is_some())
}

/// The struct a function returns through memory.
fn sret(function: Function) -> Option<rz_llvm::Type> {
    function
        .attribute(Place::Param(0), "sret")
        .and_then(rz_llvm::Attribute::type_value)
}

/// Registered functions know nothing of vector width. They are called once for each direction where
/// that leaves nothing behind but their results. `tape`: what is read again may lead to memory.
fn check_directions(primal: &shape::Primal, tape: bool) -> Result<()> {
    let tape = tape.then(|| {
        "its tape may lead to memory, which need not be as before when it is read for the next direction".to_owned()
    });
    let Some(left) = primal.left_behind().or(tape) else {
        return Ok(());
    };
    let message = format!(
        "`{}` has a registered derivative, which carries one direction at a time",
        primal.name()
    );
    Err(Diagnostic::error(Code::NotSupportedYet, message)
        .note(left)
        .fix("make one request for each direction"))
}
