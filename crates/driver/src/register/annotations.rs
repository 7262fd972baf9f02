//! `llvm.global.annotations`: an array of `{ subject, string, … }`, one for each
//! `__attribute__((annotate("…")))` of a function or variable.

use super::entry::text;
use super::{mark, mark_global};
use crate::values::strip_casts;
use rz_llvm::{Function, Global};

/// Applies the annotations that are addressed to us. True when there were any.
pub(crate) fn read(list: Global) -> bool {
    let Some(initializer) = list.initializer() else {
        return false;
    };
    let mut changed = false;
    for index in 0..initializer.ty().array_len() as u32 {
        let Some(entry) = initializer.aggregate_element(index) else {
            continue;
        };
        let subject = entry.aggregate_element(0).map(strip_casts);
        let note = entry.aggregate_element(1).and_then(text);
        let (Some(subject), Some(note)) = (subject, note) else {
            continue;
        };
        if let Some(function) = subject.as_function() {
            changed |= annotate(function, &note);
        } else if note == "enzyme_inactive" && subject.as_global().is_some() {
            mark_global(subject);
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
