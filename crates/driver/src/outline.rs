//! Functions that the user keeps out of line.
//!
//! `noinline` holds for a clone while the host simplifies, as it does for the user's function: a call that only reads
//! may then leave a loop as a whole, which a loop inside it never would.
//!
//! ```text
//! for (i) y[i] = x[i] / norm(x, n)      →  s = norm(x, n); for (i) y[i] = x[i] / s
//! ```
//!
//! Afterwards it has served its purpose, and derivatives are better of one function than of a call: what
//! the host would have inlined without the mark is inlined here.

use crate::cleanup::{LARGE, callees_first};
use crate::hold::RAW;
use crate::kept;
use crate::locate::held_name;
use crate::through;
use rustc_hash::FxHashMap;
use rz_llvm::{Analyses, Attribute, Function, Module, Opcode, Place, Value};
use rz_synth::custom;

/// Attribute of functions that others were inlined into here.
pub(crate) const MERGED: &str = "ribozyme-merged";

/// Functions of up to this many instructions are inlined wherever they are called.
const SMALL: usize = 100;

/// A clone that would grow beyond this many instructions by what only it calls. They are not simplified yet, which
/// takes away about half.
const GIANT: usize = 2 * LARGE;

/// Keeps the host from inlining everything into one function: it inlines whatever is called once, whatever becomes of
/// the caller, and LLVM's passes take more than linear time in the loops of one function, all the more in its
/// derivative. What fits is inlined when the host is done.
pub(crate) fn bound(module: Module) {
    let clones: Vec<Function> = (module.functions().into_iter())
        .filter(|&function| held_name(function).is_some() && !function.is_declaration())
        .collect();
    let mut sizes: FxHashMap<Function, usize> = FxHashMap::default();
    for caller in callees_first(&clones, &[]) {
        let instructions = caller.instructions();
        let mut size = instructions.len();
        for call in instructions {
            let callee = call.is_call().then(|| call.called_function()).flatten();
            let known = callee.and_then(|callee| Some((callee, *sizes.get(&callee)?)));
            let Some((callee, added)) = known else {
                continue;
            };
            let decided = ["noinline", "alwaysinline"].map(|name| callee.has_attribute(name));
            if decided.contains(&true) || callee.value().users().len() > 1 {
                continue;
            }
            if size + added <= GIANT {
                size += added;
            } else if let Some(noinline) = Attribute::named(callee.context(), "noinline", 0) {
                callee.add_attribute(Place::Function, noinline);
            }
        }
        sizes.insert(caller, size);
    }
}

/// Inlines small functions, and those called once, that only `noinline` kept out of line. True when
/// something changed.
pub(crate) fn inline(analyses: Analyses) -> bool {
    let clones: Vec<Function> = (analyses.module().functions().into_iter())
        .filter(|&function| held_name(function).is_some() && !function.is_declaration())
        .collect();
    if !clones.iter().any(|clone| clone.has_attribute("noinline")) {
        return false;
    }
    let mut changed = false;
    for caller in callees_first(&clones, &[]) {
        let kept = |_, callee: Function| callee.has_attribute("noinline");
        if inline_into(analyses, caller, kept) {
            let merged = Attribute::string(caller.context(), MERGED, "");
            caller.add_attribute(Place::Function, merged);
            changed = true;
        }
    }
    changed
}

/// Inlines what [`inline`] has brought to light in `caller`: calls through pointers whose target is known now.
pub(crate) fn inline_found(analyses: Analyses, caller: Function) -> bool {
    let merged = caller.attribute(Place::Function, MERGED).is_some();
    inline_into(analyses, caller, |call, callee| {
        let raw = callee.attribute(Place::Function, RAW).is_some();
        let found = kept::is_uncalled(callee) && !callee.has_attribute("noinline");
        merged && (raw || found) || found && through::is_kept(call)
    })
}

/// Inlines what `caller` calls and what that calls, unless something is registered for it: the tape of a call has a size
/// of its own, and a loop with calls that have one cannot be checkpointed.
pub(crate) fn inline_all(analyses: Analyses, caller: Function) {
    const DEPTH: usize = 8;
    for _ in 0..DEPTH {
        if !inline_into(analyses, caller, |_, callee| is_plain(callee)) {
            return;
        }
    }
}

/// True where nothing is registered for `callee`: its body says what it does.
pub(crate) fn is_plain(callee: Function) -> bool {
    let attributes = callee.attributes(Place::Function);
    !custom::has_any(callee) && !attributes.iter().any(|a| a.name().starts_with("enzyme"))
}

/// Inlines what `caller` calls of the clones that are `wanted`, if they are small or called once.
pub(crate) fn inline_into(
    analyses: Analyses,
    caller: Function,
    wanted: impl Fn(Value, Function) -> bool,
) -> bool {
    let instructions = caller.instructions();
    let mut size = instructions.len();
    let mut changed = false;
    for call in instructions {
        let callee = call.is_call().then(|| call.called_function()).flatten();
        let ours = |&f: &Function| !f.is_declaration() && f != caller && held_name(f).is_some();
        let Some(callee) = callee.filter(ours).filter(|&callee| wanted(call, callee)) else {
            continue;
        };
        let added = callee.instructions();
        let once = callee.value().users().len() == 1;
        let fits = added.len() <= SMALL || once;
        if fits
            && size + added.len() <= LARGE
            && is_movable(callee, &added)
            && analyses.inline(call)
        {
            size += added.len();
            changed = true;
        }
    }
    if changed {
        // There is more to simplify than the host has seen.
        let raw = Attribute::string(caller.context(), RAW, "");
        caller.add_attribute(Place::Function, raw);
    }
    changed
}

/// False for recursion and for control flow that belongs to its function.
fn is_movable(callee: Function, instructions: &[Value]) -> bool {
    !callee.ty().is_varargs()
        && instructions.iter().all(|inst| match inst.opcode() {
            Some(Opcode::IndirectBr | Opcode::CallBr) => false,
            Some(Opcode::Call | Opcode::Invoke) => {
                inst.called_function() != Some(callee) && !inst.call_has_attribute("returns_twice")
            }
            _ => true,
        })
}
