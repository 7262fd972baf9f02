//! Functions that the host must neither delete nor specialize, though nothing that it sees calls them.

use crate::locate::held_name;
use crate::opaque::stood_for;
use crate::used;
use rz_llvm::{Function, Module, Place};

/// Attribute of clones of functions whose addresses clones take: nothing is known of their callers while the
/// host simplifies, nor of their originals', so calls that are found later may go to them. `original`: the original is
/// kept only for that.
pub(crate) const UNCALLED: &str = "ribozyme-uncalled";

/// What the host is kept from deleting or changing because of `function`: what it stands for, or itself and its original.
fn kept_for(function: Function) -> Vec<Function> {
    if let Some(kept) = stood_for(function) {
        return vec![kept];
    }
    let Some(mark) = function.attribute(Place::Function, UNCALLED) else {
        return vec![];
    };
    let ours = mark.string_value().as_deref() == Some("original");
    let original = held_name(function).and_then(|name| function.module().function(&name));
    let original = original.filter(|_| ours);
    std::iter::once(function).chain(original).collect()
}

/// Keeps `function` from the host, as far as it needs to be.
pub(crate) fn keep(module: Module, function: Function) {
    for kept in kept_for(function) {
        used::keep(module, kept.value());
    }
}

/// Stops keeping what only holding needs.
pub(crate) fn drop_kept(module: Module) {
    for kept in module.functions().into_iter().flat_map(kept_for) {
        used::drop(module, kept.value());
    }
}

/// Keeps what requests that are left need.
pub(crate) fn keep_again(module: Module) {
    for function in module.functions() {
        keep(module, function);
    }
}

/// A clone that calls may go to that are found at the link step.
pub(crate) fn is_uncalled(clone: Function) -> bool {
    clone.attribute(Place::Function, UNCALLED).is_some()
}
