//! The prepared form: what analyses and the planner may assume about a function.
//!
//! * at most one block returns;
//! * every reducible loop has a preheader, one latch, dedicated exits and loop-closed phis;
//! * one calling convention, C's;
//! * a loop that retries an atomic addition is one atomic addition;
//! * calls of library functions and intrinsics in canonical form;
//! * nothing is computed with lanes of vectors that have no value;
//! * an argument passed by value in memory is a copy made for this call alone;
//! * no invoke whose exceptional path only leaves the function; locals live in registers where possible.
//!
//! Runs LLVM's passes on held clones only. What the host has simplified already is only brought
//! into shape; anything else (`-O0`, passes named by hand, functions found late) is simplified here.

use crate::anew;
use crate::atomics;
use crate::canonical::canonicalize;
use crate::chosen;
use crate::compares::{self, hide_compares, show_compares};
use crate::headers;
use crate::hold::{self, RAW};
use crate::irreducible::is_irreducible;
use crate::lanes;
use crate::options::Options;
use crate::passes::{Passes, Text};
use crate::pointers::is_through_pointer;
use crate::retry;
use crate::triangles;
use crate::unroll::unroll;
use crate::unwind;
use rz_diag::Result;
use rz_llvm::{Attribute, Block, Builder, Function, Opcode, Place, Value};

/// Simplification of functions that the host did not simplify. Nothing here unrolls or vectorizes.
const SIMPLIFY: Text = Text {
    loops: "lower-expect,simplifycfg,sroa,early-cse<memssa>,\
    instcombine<no-verify-fixpoint>,simplifycfg,\
    loop-mssa(loop-rotate<header-duplication>,licm<allowspeculation>),\
    simplifycfg,instcombine<no-verify-fixpoint>,loop(loop-idiom,indvars,loop-deletion),\
    sroa,mldst-motion,gvn,sccp,bdce,instcombine<no-verify-fixpoint>,dse,\
    loop-mssa(licm<allowspeculation>),adce,simplifycfg,instcombine<no-verify-fixpoint>",
    straight: "lower-expect,simplifycfg,sroa,early-cse<memssa>,\
    instcombine<no-verify-fixpoint>,simplifycfg,\
    sroa,mldst-motion,gvn,bdce,instcombine<no-verify-fixpoint>,dse,\
    adce,simplifycfg,instcombine<no-verify-fixpoint>",
};

/// Gives every loop one entry. LLVM's pass only understands branches, and where a block branches to two
/// entries of which it redirects one it takes the phi operands of both; with edges split no block does.
const REDUCE: &str = "lower-switch,break-crit-edges,fix-irreducible";

/// The canonical shape. Runs last, and after it nothing may fold.
const SHAPE: Text = Text {
    loops: "mergereturn,loop-simplify,lcssa",
    straight: "mergereturn",
};

/// Brings `clone` into the prepared form and takes the protections of holding off it. `inactive`:
/// variables without a mark carry no derivative. `options` say which loops do not stay as they are.
///
/// True when calls through pointers may have become calls of the functions that the pointers hold: there was one.
pub(crate) fn prepare(
    passes: &Passes,
    clone: Function,
    inactive: bool,
    options: &Options,
) -> Result<bool> {
    let analyses = passes.analyses();
    headers::settle(clone);
    let indirect = clone.instructions().into_iter().any(is_through_pointer);
    use_c_convention(clone);
    own_parameters(clone);
    if !leave(passes, clone)? && unwind::goes_on(clone) && unwind::take_in(analyses, clone) {
        // What was taken in may have been prepared before.
        hide_compares(clone);
        passes.run(
            clone,
            "sroa,early-cse<memssa>,instcombine<no-verify-fixpoint>,simplifycfg",
        )?;
    }
    if atomics::lower_local(clone) {
        analyses.invalidate(clone);
    }
    simplify(passes, clone)?;
    if options.unroll {
        unroll(passes, clone)?;
    }
    if options.chosen {
        chosen::settle(passes, clone)?;
    }
    let canonical = canonicalize(clone);
    if canonical.changed {
        analyses.invalidate(clone);
    }
    if canonical.matrices {
        // The host opens these after us.
        passes.run(clone, "lower-matrix-intrinsics")?;
    }
    if canonical.exchanges && retry::join(clone) {
        analyses.invalidate(clone);
    }
    passes.run(clone, "sroa,simplifycfg")?;
    if options.anew {
        anew::settle(passes, clone)?;
    }
    if options.triangles {
        triangles::settle(passes, clone)?;
    }
    own_arguments(clone);
    hold::release(analyses, clone, inactive);
    if is_irreducible(clone) {
        passes.run(clone, REDUCE)?;
    }
    lanes::fill(clone);
    passes.run_form(clone, &SHAPE)?;
    Ok(indirect)
}

/// Takes landing pads off that only leave `clone`. True when there were any.
pub(crate) fn leave(passes: &Passes, clone: Function) -> Result<bool> {
    let leaves = unwind::only_leaves(clone);
    if leaves {
        passes.run(clone, "lower-invoke,simplifycfg")?;
    }
    Ok(leaves)
}

/// Gives a function that writes to a struct passed by value in memory a copy to write to. What it leaves there
/// is nobody's result, so the shadow of the struct is added to and never consumed.
fn own_parameters(clone: Function) {
    let module = clone.module();
    for (index, param) in (0..).zip(clone.params()) {
        let by_value = clone.attribute(Place::Param(index), "byval");
        let Some(ty) = by_value.and_then(Attribute::type_value) else {
            continue;
        };
        let first = clone.entry().and_then(Block::first);
        let Some(first) = first.filter(|_| ty.is_sized() && may_write(param, 0)) else {
            continue;
        };
        let builder = Builder::new(module.context());
        builder.position_before(first);
        let align = module.align(ty).max(16);
        let memory = builder.alloca(ty, None, align);
        param.replace_all_uses(memory);
        let bytes = builder.context().int(64).int_const(module.alloc_size(ty));
        builder.memcpy(memory, align, param, 1, bytes);
    }
}

/// True when memory behind `pointer` may be written through it.
fn may_write(pointer: Value, depth: u32) -> bool {
    const DEEP: u32 = 8;
    pointer.users().into_iter().any(|user| match user.opcode() {
        Some(Opcode::Load | Opcode::ICmp) => false,
        Some(Opcode::Gep) => depth >= DEEP || may_write(user, depth + 1),
        Some(Opcode::Call) => {
            let reads = |arg| call_reads(user, arg);
            !(0..user.arg_count()).all(|a| user.operand(a) != pointer || reads(a))
        }
        _ => true,
    })
}

fn call_reads(call: Value, arg: u32) -> bool {
    call.arg_has_attribute(arg, "readonly") && call.arg_nocapture(arg)
}

/// Makes the copy that passing a struct by value in memory implies: derivatives pass its address,
/// and the callee may write to it.
fn own_arguments(clone: Function) {
    let module = clone.module();
    for call in clone.instructions().into_iter().filter(|i| i.is_call()) {
        for index in 0..call.arg_count() {
            let Some(ty) = call.arg_byval(index).filter(|ty| ty.is_sized()) else {
                continue;
            };
            let builder = Builder::new(module.context());
            builder.position_before(call);
            let align = module.align(ty).max(16);
            let memory = builder.entry_alloca(ty, align);
            let bytes = builder.context().int(64).int_const(module.alloc_size(ty));
            builder.memcpy(memory, align, call.operand(index), 1, bytes);
            call.set_operand(index, memory);
        }
    }
}

/// Simplifies a clone that the host did not simplify, once.
pub(crate) fn simplify(passes: &Passes, clone: Function) -> Result<()> {
    if clone.attribute(Place::Function, RAW).is_some() {
        let hides = compares::hides(clone);
        // What was inlined may have been prepared before.
        hide_compares(clone);
        passes.run_form(clone, &SIMPLIFY)?;
        if !hides {
            show_compares(clone);
        }
        clone.remove_attribute(Place::Function, RAW);
    }
    Ok(())
}

/// The host gives internal functions conventions of its own (`fastcc`). Derivatives are declared
/// before they are copied from their primals, and a call whose convention differs from its
/// callee's is undefined, so there is one convention for all.
fn use_c_convention(clone: Function) {
    const C: u32 = 0;
    if clone.calling_convention() == C {
        return;
    }
    clone.set_calling_convention(C);
    for user in clone.value().users() {
        if user.is_call() && user.called_value() == clone.value() {
            user.set_call_convention(C);
        }
    }
}
