//! What generated functions may claim.
//!
//! Cloning copies `memory(none)`, `readonly`, `initializes` and the like; a function that writes a
//! shadow and is so marked is deleted by the optimizer, and the gradient silently becomes zero. So
//! generated functions start with no attributes but the ones listed here, and everything else is
//! inferred again.

use rz_llvm as llvm;

/// Attributes that stay true of any code generated for the same target.
const KEPT: &[&str] = &[
    "target-cpu",
    "target-features",
    "tune-cpu",
    "uwtable",
    "frame-pointer",
    "denormal-fp-math",
    "denormal-fp-math-f32",
    "null_pointer_is_valid",
    "strictfp",
    "convergent",
    "sanitize_address",
    "sanitize_memory",
    "sanitize_thread",
    "nounwind",
    "probe-stack",
    "stack-protector-buffer-size",
];

/// Metadata of memory accesses that says something a derivative does not keep.
const DROPPED: &[&str] = &[
    "invariant.load",
    "invariant.group",
    "nonnull",
    "noundef",
    "range",
    "align",
    "dereferenceable",
    "dereferenceable_or_null",
    "DIAssignID",
    "llvm.access.group",
];

/// Removes from `function` every claim but the kept ones of `original`, and the rules that are registered for that.
pub fn reset(function: llvm::Function, original: llvm::Function) {
    function.strip_attributes();
    crate::custom::forget(function);
    keep(function, original);
    let context = function.context();
    let dropped: Vec<u32> = (DROPPED.iter())
        .map(|kind| context.metadata_kind(kind))
        .collect();
    for inst in function.instructions() {
        if inst.has_metadata() {
            for &kind in &dropped {
                inst.set_metadata(kind, None);
            }
        }
        if inst.is_call() {
            inst.set_tail_call(false);
        }
    }
}

/// Gives `function`, which claims nothing yet, the claims of `original` that are true of any code.
pub(crate) fn keep(function: llvm::Function, original: llvm::Function) {
    for attribute in original.attributes(llvm::Place::Function) {
        if KEPT.contains(&attribute.name().as_str()) {
            function.add_attribute(llvm::Place::Function, attribute);
        }
    }
}

/// True for calls that end the life of stack memory. That of a gradient lives until its reverse part is done.
pub(crate) fn ends_stack_memory(call: llvm::Value) -> bool {
    let restores = |f: llvm::Function| f.name().starts_with("llvm.stackrestore");
    is_lifetime_marker(call) || call.called_function().is_some_and(restores)
}

/// True for `llvm.lifetime.*`.
pub fn is_lifetime_marker(call: llvm::Value) -> bool {
    call.called_function()
        .is_some_and(|f| f.name().starts_with("llvm.lifetime"))
}
