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
//! An exception still passes through a derivative, but nothing of its frames is destroyed on the
//! way: neither the locals of the primal nor the tape. A function that goes on after it caught an
//! exception keeps its landing pads, and is refused when they matter.

use rustc_hash::FxHashSet;
use rz_llvm::{Block, Function, Opcode};

/// True when `function` has landing pads and none of them leads back to a return.
pub(crate) fn only_leaves(function: Function) -> bool {
    let pads: Vec<Block> = function
        .blocks()
        .into_iter()
        .filter(|block| {
            let mut insts = block.instructions().into_iter();
            insts.any(|inst| inst.opcode() == Some(Opcode::LandingPad))
        })
        .collect();
    !pads.is_empty() && !reaches_return(pads)
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
