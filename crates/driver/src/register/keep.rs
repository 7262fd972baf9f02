//! Registered functions in a file that is compiled now and lowered at link time.
//!
//! The file that calls a registered function and the one that asks for the derivative may be two.
//! Until the link step brings them together nothing may be inlined away, so registered functions
//! stay out of line; afterwards they are what they were.

use rz_llvm::{Attribute, Function, Global, Module, Place};

/// Functions that must not be inlined until requests are lowered, and what they were before.
const KEPT: &str = "ribozyme-kept";

/// Keeps the registrations themselves until the link step: nothing refers to them, and linkers drop
/// what is dead before they merge files.
pub(crate) fn hold_variables(module: Module) -> bool {
    let variables: Vec<Global> = super::registrations(module).map(|(v, _)| v).collect();
    for variable in &variables {
        crate::used::keep(module, variable.value());
    }
    !variables.is_empty()
}

/// Keeps every registered function out of line.
pub(crate) fn hold(module: Module) -> bool {
    let mut changed = false;
    for function in module.functions() {
        if function.is_declaration() || !super::speaks_for_body(function) {
            continue;
        }
        if function.attribute(Place::Function, KEPT).is_some() || function.has_attribute("noinline")
        {
            continue;
        }
        let always = function.has_attribute("alwaysinline");
        function.remove_attribute(Place::Function, "alwaysinline");
        add(function, "noinline");
        let before = if always { "alwaysinline" } else { "" };
        let mark = Attribute::string(function.context(), KEPT, before);
        function.add_attribute(Place::Function, mark);
        changed = true;
    }
    changed
}

/// Restores what [`hold`] changed.
pub(crate) fn release(module: Module) -> bool {
    let mut changed = false;
    for function in module.functions() {
        let Some(mark) = function.attribute(Place::Function, KEPT) else {
            continue;
        };
        function.remove_attribute(Place::Function, KEPT);
        function.remove_attribute(Place::Function, "noinline");
        if mark.string_value().as_deref() == Some("alwaysinline") {
            add(function, "alwaysinline");
        }
        changed = true;
    }
    changed
}

fn add(function: Function, name: &str) {
    if let Some(attribute) = Attribute::named(function.context(), name, 0) {
        function.add_attribute(Place::Function, attribute);
    }
}
