//! What a request reaches, directly and through pointers, held and prepared.

use super::refuse::check;
use super::{Lowering, Refusal};
use crate::addresses;
use crate::derive::{GENERATED, Reached};
use crate::hold::reach;
use crate::locate::{self, user_name};
use crate::pointers;
use crate::prepare::prepare;
use rz_diag::{Code, Diagnostic};
use rz_llvm::{Function, Place};
use rz_plan::Mode;
use rz_synth::custom;

impl Lowering<'_> {
    /// Everything `primal` reaches, through pointers too, in prepared form.
    pub(super) fn reached(
        &mut self,
        primal: Function,
        mode: Mode,
    ) -> std::result::Result<Reached, Refusal> {
        let functions = reach(primal, mode);
        for &function in &functions {
            check(function)?;
        }
        self.reached_from(functions, &[], mode)
    }

    /// Everything reached from `functions`, and from `addresses` through pointers.
    pub(super) fn reached_from(
        &mut self,
        functions: Vec<Function>,
        addresses: &[Function],
        mode: Mode,
    ) -> std::result::Result<Reached, Refusal> {
        let mut reached = Reached {
            functions,
            stand_ins: Vec::new(),
        };
        loop {
            let known = |f: &Function| reached.stand_ins.iter().any(|(original, _)| original == f);
            let new: Vec<Function> = addresses::taken(&reached.functions)
                .into_iter()
                .chain(addresses.iter().copied())
                .filter(|f| !known(f))
                .collect();
            let before = reached.stand_ins.len();
            for function in new {
                if let Some(stand_in) = self.stand_in(function, mode)? {
                    reached.stand_ins.push((function, stand_in));
                    for function in reach(stand_in, mode) {
                        if !reached.functions.contains(&function) {
                            reached.functions.push(function);
                        }
                    }
                }
            }
            if reached.stand_ins.len() == before {
                break;
            }
        }
        self.prepare_all(&mut reached.functions, mode)?;
        Ok(reached)
    }

    /// Prepares `functions`, and adds to them what they turn out to call.
    pub(super) fn prepare_all(
        &mut self,
        functions: &mut Vec<Function>,
        mode: Mode,
    ) -> std::result::Result<(), Refusal> {
        let inactive = self.options.inactive_globals || self.options.declared_globals;
        let mut next = 0;
        while let Some(&function) = functions.get(next) {
            next += 1;
            if !self.prepared.insert(function) {
                continue;
            }
            let written = function.attribute(Place::Function, GENERATED).is_some();
            if !prepare(&self.passes, function, inactive, self.options)? && !written {
                continue;
            }
            // It calls originals now where pointers to them were in a local array, and where an inner request
            // used a registered rule.
            self.held.complete(function);
            for callee in reach(function, mode) {
                if !functions.contains(&callee) {
                    check(callee)?;
                    functions.push(callee);
                }
            }
        }
        Ok(())
    }

    /// The clone that stands in for `function` where its address is called. None for what no step
    /// understands: that is an error only if it is called.
    pub(super) fn stand_in(
        &mut self,
        function: Function,
        mode: Mode,
    ) -> std::result::Result<Option<Function>, Refusal> {
        let Some(clone) = self.held.stand_in(function) else {
            return Ok(None);
        };
        // A registered rule takes part in what a call says; a table is for all calls.
        let clone = if custom::has_any(clone) {
            self.wrapped(clone)
        } else {
            clone
        };
        self.held.complete(clone);
        self.lower_nested(clone, mode)?;
        pointers::resolve(&self.passes, &mut self.held, clone, mode)?;
        let understood = |f: Function| check(f).is_ok();
        Ok(reach(clone, mode)
            .into_iter()
            .all(understood)
            .then_some(clone))
    }

    /// Lowers the requests inside everything `primal` reaches.
    pub(super) fn lower_nested(
        &mut self,
        primal: Function,
        mode: Mode,
    ) -> std::result::Result<(), Refusal> {
        for function in reach(primal, mode) {
            if locate::requests_in(function).is_empty() {
                continue;
            }
            if self.active.contains(&function) {
                let error = Diagnostic::error(
                    Code::UnresolvedFunction,
                    format!(
                        "`{}` requests a derivative of itself, which would never end",
                        user_name(function)
                    ),
                );
                return Err(error
                    .fix("differentiate a function that does not make this request")
                    .into());
            }
            if !self.lower_function(function) {
                return Err(Refusal::Inner);
            }
            self.held.complete(function);
        }
        Ok(())
    }
}
