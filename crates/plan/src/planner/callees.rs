//! Derivatives that a derivative calls: which, and how.

use super::Planner;
use super::late::{Late, settle};
use crate::at_once::{self, Known};
use crate::calls::{Allocation, CallKind};
use crate::context::Context;
use crate::fuse;
use crate::memory::Root;
use crate::plan::Split;
use crate::request::{ArgActivity, Caller, Derivative, Mode, RetActivity};
use crate::shape::Reversal;
use crate::work::Work;
use rustc_hash::FxHashSet;
use rz_analysis::activity::ArgState;
use rz_diag::{Code, Diagnostic, Result, Severity};
use rz_view::ordered::IndexMap;
use rz_view::{Func, Inst, Loop, Value};
use std::rc::Rc;

impl Planner<'_> {
    /// Chooses calls that are undone in the forward pass, and decides sources and tape anew.
    pub(super) fn at_once(
        &mut self,
        cx: &Context<'_>,
        work: &mut Work,
        reversal: &Reversal,
        late: &mut Late,
    ) -> Result<IndexMap<Inst, Known>> {
        let mut chosen = IndexMap::default();
        if !self.options.at_once {
            return Ok(chosen);
        }
        let apart = |inst: Inst| {
            let block = cx.body.insts[inst].block;
            let inside = |&l: &Loop| cx.shape.loops.contains(l, block);
            !late.lost.contains(&inst) && !late.fusions.keys().any(inside)
        };
        let found = at_once::choose(cx, work, apart, |k| self.is_quiet(cx.key, k));
        let is_lost = |v: &Value| cx.body.def(*v).is_some_and(|i| late.lost.contains(&i));
        let mut changed = work.clone();
        for (inst, key, known) in found {
            if known.factors.iter().any(is_lost) {
                continue;
            }
            if !self.open.contains(&key) {
                self.plan(key.clone())
                    .map_err(|e| e.at(cx.position(inst)))?;
            }
            let has_tape = false;
            changed.splits.insert(inst, Split { key, has_tape });
            changed.reverses[inst] = false;
            changed.has_adjoint[cx.body.insts[inst].result.expect("it is active")] = false;
            chosen.insert(inst, known);
        }
        if chosen.is_empty() {
            return Ok(chosen);
        }
        let mut demanded = self.demanded(cx, reversal, &changed);
        demanded.extend(late.fusions.iter().flat_map(|(&id, f)| f.items(id)));
        let settled = settle(cx, reversal, demanded)?;
        let slots = settled.1.slots.values();
        if !fuse::holds(cx, &late.fusions, &late.lost, &settled.0, slots)
            || !late.still_runs_again(cx, reversal, &settled)
        {
            return Ok(IndexMap::default());
        }
        late.settled = settled;
        *work = changed;
        Ok(chosen)
    }

    /// [`crate::plan::Plan::quiet`] of a callee of `of`. A plan that is not finished yet is as quiet as the rest of `of` if it
    /// is the same derivative in another form.
    pub(super) fn is_quiet(&self, of: &Derivative, callee: &Derivative) -> bool {
        let same = |a: &Derivative, b: &Derivative| {
            (a.func, &a.args, a.ret, a.width, &a.caller)
                == (b.func, &b.args, b.ret, b.width, &b.caller)
        };
        match self.done.get(callee) {
            Some(plan) => plan.quiet,
            None => self.open.contains(callee) && same(of, callee),
        }
    }

    /// See [`crate::plan::Plan::frees_outside`]. A plan that is not finished yet may free anything, unless it is
    /// one of the same function; so may what is called through a pointer.
    pub(super) fn frees_outside(&self, cx: &Context<'_>, work: &Work) -> bool {
        let own = own_frees(cx, work);
        let frees = |(inst, kind): (&Inst, &CallKind)| freed(kind).is_some() && !own.contains(inst);
        let through_pointers = |kind: &CallKind| matches!(kind, CallKind::Table { .. });
        work.calls.values().any(through_pointers)
            || work.calls.iter().any(frees)
            || work
                .splits
                .values()
                .any(|split| match self.done.get(&split.key) {
                    Some(plan) => plan.frees_outside,
                    None => split.key.func != cx.key.func,
                })
    }

    /// Plans every call that is differentiated through its body.
    pub(super) fn splits(&mut self, cx: &Context<'_>, work: &mut Work) -> Result<()> {
        let bodies: Vec<(Inst, Func)> = work
            .calls
            .iter()
            .filter_map(|(&inst, kind)| match kind {
                CallKind::Body(func) => Some((inst, *func)),
                _ => None,
            })
            .collect();
        for (inst, func) in bodies {
            let key = Rc::new(callee_key(cx, work, inst, func)?);
            let custom = cx.module.funcs[func].custom;
            if custom {
                self.warn_constant_pointers(cx, inst, &key);
            }
            // A registered derivative is not planned: it may need everything, and has a tape.
            let has_tape = if custom || self.open.contains(&key) {
                true
            } else {
                self.plan(key.clone())
                    .map_err(|e| e.at(cx.position(inst)))?
                    .has_tape()
            };
            work.splits.insert(inst, Split { key, has_tape });
        }
        Ok(())
    }

    /// A registered gradient gets a constant pointer as its own shadow, and may write there.
    pub(super) fn warn_constant_pointers(
        &mut self,
        cx: &Context<'_>,
        inst: Inst,
        key: &Derivative,
    ) {
        let data = &cx.module.funcs[key.func];
        for (index, (param, activity)) in data.params.iter().zip(&key.args).enumerate() {
            if *activity != ArgActivity::Const || !cx.module.types.is_pointer(param.ty) {
                continue;
            }
            let mut warning = Diagnostic::error(
                Code::LostDerivative,
                format!(
                    "argument {index} of {} is constant, so its registered gradient gets the pointer itself as its shadow",
                    data.name
                ),
            )
            .at(cx.position(inst))
            .fix("make sure that the gradient does not write through a shadow that equals its primal");
            warning.severity = Severity::Warning;
            if !self.warnings.contains(&warning) {
                self.warnings.push(*warning);
            }
        }
    }
}

/// What a call frees.
fn freed(kind: &CallKind) -> Option<Value> {
    match *kind {
        CallKind::Free { ptr } => Some(ptr),
        CallKind::Alloc(Allocation::Resize { old, .. }) => Some(old),
        _ => None,
    }
}

/// See [`crate::plan::Plan::own_frees`].
pub(super) fn own_frees(cx: &Context<'_>, work: &Work) -> FxHashSet<Inst> {
    let own = |root: &Root| matches!(root, Root::Local(_) | Root::ConstantGlobal);
    let frees = work
        .calls
        .iter()
        .filter(|(_, kind)| freed(kind).is_some_and(|ptr| cx.memory.roots(ptr).iter().all(own)));
    frees.map(|(&inst, _)| inst).collect()
}

/// The derivative of `func` that the call `inst` needs.
pub(super) fn callee_key(
    cx: &Context<'_>,
    work: &Work,
    inst: Inst,
    func: Func,
) -> Result<Derivative> {
    let internal = || {
        Diagnostic::error(Code::Internal, "an active call without a context").at(cx.position(inst))
    };
    let activity = cx.activity.call_activity(inst).ok_or_else(internal)?;
    let custom = cx.module.funcs[func].custom;
    let types = match cx.types.callee(inst).cloned() {
        // Registered derivatives are told apart by activity alone.
        _ if custom => None,
        Some(known) => Some(known),
        // Type analysis was asked to stay outside.
        None => Some(rz_analysis::types::Context::unknown(cx.module, func)),
    };
    let params = cx.module.funcs[func].params.len();
    let arguments = &cx.body.call_args(inst)[..params];
    for (state, &arg) in activity.args.iter().zip(arguments) {
        if matches!(state, ArgState::Dup { .. }) && work.has_adjoint[arg] {
            return Err(Diagnostic::error(
                Code::UnsupportedType,
                "an argument that holds both pointers and active floats cannot be differentiated",
            )
            .at(cx.position(inst))
            .note(format!("in function {}", cx.name()))
            .fix("pass the fields as separate arguments, or the struct by address"));
        }
    }
    let mixed = cx.body.insts[inst]
        .result
        .is_some_and(|r| work.has_shadow[r] && work.has_adjoint[r]);
    if custom && mixed {
        return Err(Diagnostic::error(
            Code::UnsupportedType,
            "a registered gradient returns both pointers and active floats",
        )
        .at(cx.position(inst))
        .note(format!("in function {}", cx.name()))
        .fix("return one of them through memory"));
    }
    let args = activity.args[..params]
        .iter()
        .map(|state| match state {
            ArgState::Const => ArgActivity::Const,
            ArgState::Active => ArgActivity::Out,
            ArgState::Dup { .. } => ArgActivity::Dup,
        })
        .collect();
    let ret = match cx.body.insts[inst].result {
        Some(_) if mixed => RetActivity::Both,
        Some(result) if work.has_shadow[result] => RetActivity::Dup,
        Some(result) if work.has_adjoint[result] => RetActivity::Active,
        _ => RetActivity::Const,
    };
    let is_pointer = |v: &rz_view::Value| work.pointer_bytes.contains_key(v);
    Ok(Derivative {
        func,
        mode: Mode::Split,
        overwritten: arguments
            .iter()
            .map(|&arg| is_pointer(&arg) && cx.memory.overwritten_after(inst, arg))
            .collect(),
        globals_overwritten: cx.memory.anything_after(inst),
        repeatable: cx.key.repeatable,
        args,
        ret,
        primal_return: true,
        width: cx.key.width,
        caller: types.map(|types| {
            Rc::new(Caller {
                types,
                args: activity.args[..params].to_vec(),
            })
        }),
    })
}
