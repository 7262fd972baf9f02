//! Exceptions on their way out of the differentiated code.
//!
//! A landing pad that only cleans up, terminates, or throws again has no part in the value of the
//! function: every path through it leaves by unwinding. Such paths are taken off the clone, so that
//! calls are plain calls:
//!
//! ```text
//! %y = invoke double @f(…) to label %next unwind label %pad        %y = call double @f(…)
//!                                                             ⇒    br label %next
//! pad:  landingpad cleanup; call @destructor(…); resume
//! ```
//!
//! Where a function goes on after it caught an exception, what its calls may throw is thrown in the function
//! itself: callees are taken in ([`take_in`]), so that a throw is a branch to the landing pad.
//!
//! An exception still passes through a derivative, but nothing of its frames is destroyed on the
//! way: neither the locals of the primal nor the tape. Calls that stay behind landing pads are refused when they
//! are active.

use crate::hold::is_ours;
use crate::sweep;
use rustc_hash::FxHashSet;
use rz_llvm::{Analyses, Block, Function, Opcode, Value};

/// A function that has grown to this many instructions takes in no more callees.
const LARGE: usize = 2_000;

/// True when `function` has landing pads and none of them leads back to a return.
pub(crate) fn only_leaves(function: Function) -> bool {
    let pads = pads(function);
    !pads.is_empty() && !reaches_return(pads)
}

/// True when a landing pad of `function` leads back to a return.
pub(crate) fn goes_on(function: Function) -> bool {
    reaches_return(pads(function))
}

fn pads(function: Function) -> Vec<Block> {
    let lands = |block: &Block| {
        let mut insts = block.instructions().into_iter();
        insts.any(|inst| inst.opcode() == Some(Opcode::LandingPad))
    };
    function.blocks().into_iter().filter(lands).collect()
}

fn reaches_return(mut stack: Vec<Block>) -> bool {
    let mut seen: FxHashSet<Block> = stack.iter().copied().collect();
    while let Some(block) = stack.pop() {
        let Some(last) = block.terminator() else {
            continue;
        };
        if last.opcode() == Some(Opcode::Ret) {
            return true;
        }
        stack.extend(last.successors().into_iter().filter(|&b| seen.insert(b)));
    }
    false
}

/// Inlines callees that may throw into `function`, which goes on after an exception. True when there were any.
///
/// That memory runs out is not caught: a derivative needs more of it, and leaves by the exception or a trap.
pub(crate) fn take_in(analyses: Analyses, function: Function) -> bool {
    let mut refused = FxHashSet::default();
    let mut changed = false;
    while let Some(call) = throwing(function, &refused) {
        let callee = call.called_function();
        if function.instructions().len() > LARGE {
            break;
        }
        if analyses.inline(call) {
            changed = true;
        } else {
            refused.extend(callee);
        }
    }
    for call in function.instructions() {
        let allocates = |f: Function| {
            ["_Znwm", "_Znam"]
                .iter()
                .any(|name| f.name().starts_with(name))
        };
        if call.opcode() == Some(Opcode::Invoke) && call.called_function().is_some_and(allocates) {
            sweep::invoke_to_call(call);
            changed = true;
        }
    }
    if changed {
        analyses.invalidate(function);
    }
    changed
}

/// A call behind a landing pad of a function whose body is at hand.
fn throwing(function: Function, refused: &FxHashSet<Function>) -> Option<Value> {
    let calls = function.instructions().into_iter();
    calls
        .filter(|inst| inst.opcode() == Some(Opcode::Invoke))
        .find(|call| {
            call.called_function().is_some_and(|callee| {
                is_ours(callee)
                    && !callee.has_attribute("nounwind")
                    && !refused.contains(&callee)
                    && !calls_itself(callee)
                    && callee != function
            })
        })
}

/// True when a call of `function` may lead to another one.
fn calls_itself(function: Function) -> bool {
    let mut seen = FxHashSet::default();
    let mut stack = vec![function];
    while let Some(at) = stack.pop() {
        for inst in at.instructions().into_iter().filter(|inst| inst.is_call()) {
            let Some(callee) = inst.called_function().filter(|&f| is_ours(f)) else {
                continue;
            };
            if callee == function {
                return true;
            }
            if seen.insert(callee) {
                stack.push(callee);
            }
        }
    }
    false
}
