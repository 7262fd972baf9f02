//! What is removed or given back once all requests are lowered.

use super::Lowering;
use crate::derive::GENERATED;
use crate::hold;
use crate::kept;
use crate::late;
use crate::locate::{self, HELD};
use crate::{canonical, hints, opaque, outline, register, sweep};
use rustc_hash::FxHashSet;
use rz_llvm::{Function, Place};

impl Lowering<'_> {
    /// Erases halves of split derivatives that no request wanted.
    pub(super) fn erase_unwanted(&mut self) {
        let ahead = self.ahead.values().map(|ahead| &ahead.derived);
        let all = self.generated.values().chain(ahead);
        let mut work: Vec<Function> = all.flat_map(|derived| derived.roots()).collect();
        while let Some(function) = work.pop() {
            let ours = function.attribute(Place::Function, GENERATED).is_some();
            if !ours || function.value().has_uses() {
                continue;
            }
            let calls = function.instructions().into_iter();
            let callees = calls.filter(|inst| inst.is_call());
            work.extend(callees.filter_map(rz_llvm::Value::called_function));
            work.retain(|&other| other != function);
            self.analyses.forget(function);
            function.erase();
        }
    }

    /// Removes what only holding needed.
    pub(super) fn finish(&mut self) {
        self.erase_unwanted();
        let clones: Vec<Function> = self
            .module
            .functions()
            .into_iter()
            .filter(|function| locate::held_name(*function).is_some())
            .collect();
        let live = live_clones(&clones, self.left > 0);
        for &clone in &clones {
            if live.contains(&clone) {
                if self.left == 0 {
                    hold::release(self.analyses, clone, false);
                    clone.remove_attribute(Place::Function, HELD);
                    clone.remove_attribute(Place::Function, hold::RAW);
                    clone.remove_attribute(Place::Function, kept::UNCALLED);
                    clone.remove_attribute(Place::Function, outline::MERGED);
                } else {
                    hold::keep_scalar(clone);
                }
            } else {
                clone.erase_body();
                self.changed = true;
            }
        }
        for clone in clones {
            if !live.contains(&clone) {
                self.analyses.forget(clone);
                clone.erase();
            }
        }
        sweep::erase_unread_markers(self.module);
        canonical::forget_stand_ins(self.analyses);
        opaque::forget_stand_ins(self.analyses);
        kept::keep_again(self.module);
        // What is linked later may differentiate again what was written here.
        let last = self.left == 0 && !self.pre_link;
        for function in self.module.functions() {
            let ours = function.attribute(Place::Function, GENERATED).is_some();
            if last
                && ours
                && let Err(error) = late::widen(&self.passes, function, self.options)
            {
                self.reports.send(function, &error);
            }
            function.remove_attribute(Place::Function, GENERATED);
            hold::keep_runtime(function, self.pre_link);
        }
        if self.left == 0 && !self.pre_link {
            self.changed |= register::forget(self.module);
            self.changed |= register::keep::release(self.module);
        } else {
            self.changed |= register::keep::hold_variables(self.module);
        }
        if self.left == 0 {
            let mut errors = Vec::new();
            self.changed |= hints::erase(self.module, &mut errors);
            for (function, error) in errors {
                self.reports.send(function, &error);
            }
        }
    }
}

/// Clones that something other than dead clones uses, or that requests that are `left` may come to use.
fn live_clones(clones: &[Function], left: bool) -> FxHashSet<Function> {
    let set: FxHashSet<Function> = clones.iter().copied().collect();
    let mut live = FxHashSet::default();
    let mut work = Vec::new();
    for &clone in clones {
        let used_outside = clone
            .value()
            .users()
            .into_iter()
            .any(|user| !user.is_instruction() || !set.contains(&user.function()));
        let waits = left && kept::is_uncalled(clone);
        if (used_outside || waits) && live.insert(clone) {
            work.push(clone);
        }
    }
    while let Some(function) = work.pop() {
        for call in function.instructions() {
            for operand in call.operands() {
                if let Some(callee) = operand.as_function()
                    && let callee = opaque::stood_for(callee).unwrap_or(callee)
                    && set.contains(&callee)
                    && live.insert(callee)
                {
                    work.push(callee);
                }
            }
        }
    }
    live
}
