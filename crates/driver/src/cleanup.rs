//! Simplifying what was written.
//!
//! Nothing in the host simplifies after lowering, and the writers rely on it: adjoints live in
//! allocas, demanded values are fetched where they are used, internal derivatives are called once.
//! So derivatives that have one caller are inlined, and every new function goes through
//! promotion, redundancy elimination and loop-invariant motion. Vectorization and unrolling are
//! left to the host, which comes to them after lowering.

use rustc_hash::FxHashSet;
use rz_diag::{Code, Diagnostic, Result};
use rz_llvm::{Analyses, Function, Linkage};

const SIMPLIFY: &str = "sroa,early-cse<memssa>,instcombine<no-verify-fixpoint>,simplifycfg,\
    loop-simplify,lcssa,loop-mssa(licm<allowspeculation>),simplifycfg,\
    loop(loop-idiom,indvars,loop-deletion),sroa,gvn,sccp,bdce,\
    instcombine<no-verify-fixpoint>,dse,loop-mssa(licm<allowspeculation>),adce,\
    simplifycfg,instcombine<no-verify-fixpoint>";

/// A function that has grown to this many instructions is inlined into no further: LLVM's passes take
/// more than linear time in the loops of one function.
const LARGE: usize = 4_000;

/// Simplifies `written`, the functions of one derivative, and erases those that were inlined. What
/// requests call (`roots`) stays.
pub(crate) fn cleanup(analyses: Analyses, written: &[Function], roots: &[Function]) -> Result<()> {
    let set: FxHashSet<Function> = written.iter().copied().collect();
    let mut erased = FxHashSet::default();
    // Callees before callers: a function is inlined after it was simplified itself.
    for function in callees_first(written, roots) {
        inline_single_calls(analyses, function, &set, roots, &mut erased);
        run(analyses, function)?;
    }
    for &function in written {
        if erased.contains(&function) {
            analyses.forget(function);
            function.erase();
        } else {
            function
                .verify()
                .map_err(|message| broken(function, message))?;
        }
    }
    Ok(())
}

fn run(analyses: Analyses, function: Function) -> Result<()> {
    analyses.run_on(function, SIMPLIFY).map_err(|message| {
        Diagnostic::error(Code::Internal, "LLVM does not know a cleanup pass")
            .note(message)
            .fix("please report this together with the output of `ribozyme doctor`")
    })
}

fn broken(function: Function, message: String) -> Box<Diagnostic> {
    Diagnostic::error(Code::Internal, "generated code does not verify")
        .note(format!("in {}", function.name()))
        .note(message)
        .fix("please report this together with the input file")
}

/// Inlines calls of functions that were written for this derivative and have no other use.
fn inline_single_calls(
    analyses: Analyses,
    caller: Function,
    written: &FxHashSet<Function>,
    roots: &[Function],
    erased: &mut FxHashSet<Function>,
) {
    let instructions = caller.instructions();
    let mut size = instructions.len();
    for call in instructions {
        if !call.is_call() {
            continue;
        }
        let Some(callee) = call.called_function() else {
            continue;
        };
        if roots.contains(&callee)
            || callee == caller
            || !written.contains(&callee)
            || callee.linkage() != Linkage::Internal
            || callee.has_attribute("noinline")
            || callee.value().users().len() != 1
        {
            continue;
        }
        let grown = size + callee.instructions().len();
        if grown > LARGE {
            continue;
        }
        if analyses.inline(call) {
            size = grown;
            callee.erase_body();
            erased.insert(callee);
        }
    }
}

/// `written` in an order in which callees come before callers, cycles broken anywhere.
fn callees_first(written: &[Function], roots: &[Function]) -> Vec<Function> {
    let set: FxHashSet<Function> = written.iter().copied().collect();
    let mut order = Vec::new();
    let mut seen = FxHashSet::default();
    for &start in roots.iter().chain(written) {
        let mut stack = vec![(start, false)];
        while let Some((function, done)) = stack.pop() {
            if done {
                order.push(function);
                continue;
            }
            if !set.contains(&function) || !seen.insert(function) {
                continue;
            }
            stack.push((function, true));
            for call in function.instructions() {
                if call.is_call()
                    && let Some(callee) = call.called_function()
                {
                    stack.push((callee, false));
                }
            }
        }
    }
    order
}
