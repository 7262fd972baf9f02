//! Registrations and annotations (sections 12 and 13): what sources declare about functions.
//!
//! A global variable whose name contains a stem, or an `annotate("…")` string, becomes an attribute of
//! the function it names. Attributes are what the analyses read.
//!
//! ```text
//! @__enzyme_inactivefn = global [1 x ptr] [ptr @log_line]   →  "enzyme_inactive" on @log_line
//! __attribute__((annotate("enzyme_function_like=cos")))      →  "enzyme_math"="cos"
//! ```

use rz_diag::{Code, Diagnostic, Result};
use rz_llvm::{Attribute, Function, Global, Module, Place, Value, ValueKind};

/// Stems that set an attribute, and the attribute.
const ATTRIBUTES: [(&str, &str); 5] = [
    ("__enzyme_inactivefn", "enzyme_inactive"),
    ("__enzyme_nofree", "nofree"),
    ("__enzyme_function_like", "enzyme_math"),
    ("__enzyme_shouldrecompute", "enzyme_shouldrecompute"),
    ("__enzyme_sparse_accumulate", "enzyme_sparse_accumulate"),
];

/// Stems whose meaning would be lost if they were ignored.
const UNSUPPORTED: [&str; 4] = [
    "__enzyme_register_gradient",
    "__enzyme_register_derivative",
    "__enzyme_register_splitderivative",
    "__enzyme_allocation_like",
];

const INACTIVE_GLOBAL: &str = "__enzyme_inactive_global";

/// Reads all registrations. True when there were any.
pub(crate) fn read(module: Module) -> Result<bool> {
    let mut changed = false;
    for global in module.globals() {
        let name = global.value().name();
        if name == "llvm.global.annotations" {
            changed |= annotations(global);
        }
        if !name.contains("__enzyme_") {
            continue;
        }
        if let Some(stem) = UNSUPPORTED.iter().find(|stem| name.contains(*stem)) {
            return Err(Diagnostic::error(
                Code::NotSupportedYet,
                format!("`{stem}` is not supported yet (variable `{name}`)"),
            )
            .fix("remove the registration; the function's body is differentiated instead"));
        }
        if name.contains(INACTIVE_GLOBAL) {
            let variable = entry(global, 0).and_then(Value::as_global);
            let Some(variable) = variable else {
                return Err(malformed(&name, "the address of a variable"));
            };
            mark_global(variable);
            changed = true;
        } else if let Some((stem, attribute)) =
            ATTRIBUTES.iter().find(|(stem, _)| name.contains(stem))
        {
            let Some(function) = entry(global, 0).and_then(Value::as_function) else {
                return Err(malformed(&name, "a function"));
            };
            let value = if *stem == "__enzyme_function_like" {
                let like = entry(global, 1).and_then(text);
                like.ok_or_else(|| malformed(&name, "a function and a name"))?
            } else {
                String::new()
            };
            mark(function, attribute, &value);
            changed = true;
        }
    }
    Ok(changed)
}

fn malformed(name: &str, wanted: &str) -> Box<Diagnostic> {
    Diagnostic::error(
        Code::WrongArgumentType,
        format!("malformed registration: `{name}` must be initialized with {wanted}"),
    )
    .fix("write it as an array or struct constant")
}

/// Entry `index` of a registration, through one-element aggregates; a bare pointer is entry 0.
fn entry(global: Global, index: u32) -> Option<Value> {
    let mut value = global.initializer()?;
    if value.kind() == ValueKind::Aggregate {
        value = value.aggregate_element(index)?;
    } else if index > 0 {
        return None;
    }
    while value.kind() == ValueKind::Aggregate {
        value = value.aggregate_element(0)?;
    }
    Some(crate::values::strip_casts(value))
}

/// The text a pointer to a constant string points to.
fn text(pointer: Value) -> Option<String> {
    let initializer = pointer.as_global()?.initializer()?;
    let length = initializer.ty().array_len();
    let mut bytes = Vec::new();
    for index in 0..length as u32 {
        let byte = initializer.aggregate_element(index)?.int_value()? as u8;
        if byte == 0 {
            break;
        }
        bytes.push(byte);
    }
    String::from_utf8(bytes)
        .ok()
        .filter(|text| !text.is_empty())
}

fn mark(function: Function, name: &str, value: &str) {
    let context = function.context();
    let attribute = if name == "nofree" {
        Attribute::named(context, name, 0)
    } else {
        Some(Attribute::string(context, name, value))
    };
    if let Some(attribute) = attribute {
        function.add_attribute(Place::Function, attribute);
    }
}

fn mark_global(global: Global) {
    let context = global.value().context();
    let kind = context.metadata_kind("enzyme_inactive");
    global
        .value()
        .set_global_metadata(kind, Some(context.metadata_node(&[])));
}

/// `llvm.global.annotations`: an array of `{ subject, string, … }`.
fn annotations(list: Global) -> bool {
    let Some(initializer) = list.initializer() else {
        return false;
    };
    let mut changed = false;
    for index in 0..initializer.ty().array_len() as u32 {
        let Some(entry) = initializer.aggregate_element(index) else {
            continue;
        };
        let subject = entry.aggregate_element(0).map(crate::values::strip_casts);
        let note = entry.aggregate_element(1).and_then(text);
        let (Some(subject), Some(note)) = (subject, note) else {
            continue;
        };
        if let Some(function) = subject.as_function() {
            changed |= annotate(function, &note);
        } else if note == "enzyme_inactive"
            && let Some(global) = subject.as_global()
        {
            mark_global(global);
            changed = true;
        }
    }
    changed
}

fn annotate(function: Function, note: &str) -> bool {
    if let Some(name) = note.strip_prefix("enzyme_function_like=") {
        mark(function, "enzyme_math", name);
        return true;
    }
    let attribute = match note {
        "enzyme_nofree" => "nofree",
        "enzyme_inactive" | "enzyme_shouldrecompute" | "enzyme_sparse_accumulate" => note,
        _ => return false,
    };
    mark(function, attribute, "");
    true
}
