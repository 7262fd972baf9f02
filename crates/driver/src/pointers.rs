//! Function pointers whose target is known at the call that passes them.
//!
//! ```text
//! double twice(double (*g)(double), double x) { return g(g(x)); }
//! twice(cube, x)      →  cube(cube(x))
//! ```
//!
//! An optimizing host inlines such calls; in code it did not simplify, that is done here, on held
//! clones, so that the call through the pointer becomes a call of a known function. A pointer that
//! may hold several known functions becomes a choice between direct calls ([`dispatch`]).

use crate::dispatch;
use crate::headers;
use crate::hold::{self, Held, OPEN, RAW};
use crate::locate::held_name;
use crate::outline;
use crate::passes::Passes;
use crate::prepare;
use crate::values::strip_casts;
use rz_diag::Result;
use rz_llvm::{Analyses, Attribute, Function, Opcode, Place, Value};
use rz_plan::Mode;

/// Inlined calls for one primal, so that recursion over pointers ends.
const LIMIT: u32 = 64;

/// Inlines calls in `primal` and what it reaches that pass a function to a function that calls
/// through pointers.
pub(crate) fn resolve(
    passes: &Passes,
    held: &mut Held,
    primal: Function,
    mode: Mode,
) -> Result<()> {
    let analyses = passes.analyses();
    let open = Attribute::string(primal.context(), OPEN, "");
    primal.add_attribute(Place::Function, open);
    let mut budget = LIMIT;
    headers::take_in(passes, primal, mode)?;
    loop {
        let mut changed = false;
        for function in hold::reach(primal, mode) {
            if held_name(function).is_none() || !passes_functions(function) {
                continue;
            }
            prepare::simplify(passes, function)?;
            if inline_passing(analyses, function, &mut budget) {
                let raw = Attribute::string(function.context(), RAW, "");
                function.add_attribute(Place::Function, raw);
                prepare::simplify(passes, function)?;
                held.complete(function);
                changed = true;
            }
        }
        if !changed || budget == 0 {
            break;
        }
    }
    direct(passes, held, primal, mode)
}

/// Replaces calls through pointers whose targets are known.
fn direct(passes: &Passes, held: &mut Held, primal: Function, mode: Mode) -> Result<()> {
    loop {
        let mut changed = false;
        headers::take_in(passes, primal, mode)?;
        for function in hold::reach(primal, mode) {
            if held_name(function).is_none() {
                continue;
            }
            prepare::simplify(passes, function)?;
            for call in function.instructions() {
                if dispatch::is_through_pointer(call)
                    && let Some(closed) = dispatch::direct(passes.analyses(), call)
                {
                    changed = true;
                    for clone in closed {
                        held.close(clone);
                    }
                }
            }
            changed |= held.complete(function);
            changed |= outline::inline_found(passes.analyses(), function);
        }
        if !changed {
            return Ok(());
        }
    }
}

fn passes_functions(function: Function) -> bool {
    function.instructions().into_iter().any(passes_function)
}

/// A direct call of a held function that calls through pointers, with a function as argument.
fn passes_function(call: Value) -> bool {
    call.is_call()
        && call.called_function().is_some_and(|callee| {
            !callee.is_declaration()
                && held_name(callee).is_some()
                && callee != call.function()
                && (call.args().into_iter())
                    .any(|argument| strip_casts(argument).as_function().is_some())
                && calls_through_pointers(callee)
        })
}

fn calls_through_pointers(function: Function) -> bool {
    let instructions = function.instructions();
    { instructions.into_iter() }
        .any(|call| is_through_pointer(call) || passes_parameter(call, function))
}

/// A call of whatever an address points to.
pub(crate) fn is_through_pointer(call: Value) -> bool {
    call.is_call()
        && call.called_function().is_none()
        && call.called_value().kind() != rz_llvm::ValueKind::InlineAsm
}

/// Hands one of its own pointer parameters on to another held function.
fn passes_parameter(call: Value, function: Function) -> bool {
    call.opcode() == Some(Opcode::Call)
        && call
            .called_function()
            .is_some_and(|callee| callee != function && held_name(callee).is_some())
        && call
            .args()
            .into_iter()
            .any(|argument| argument.ty().is_pointer() && argument.param_index().is_some())
}

fn inline_passing(analyses: Analyses, function: Function, budget: &mut u32) -> bool {
    let mut changed = false;
    for call in function.instructions() {
        if *budget > 0 && passes_function(call) && analyses.inline(call) {
            *budget -= 1;
            changed = true;
        }
    }
    changed
}
