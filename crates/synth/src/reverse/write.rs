//! The three functions of reverse mode.

use super::code::Code;
use crate::Session;
use crate::runtime::ALIGN;
use crate::signature::{Form, Signature};
use rz_diag::{Code as ErrorCode, Diagnostic, Result};
use rz_llvm as llvm;
use rz_plan::{ArgActivity, Plan};
use rz_view::{Op, Value};
use std::rc::Rc;

/// Writes the combined derivative of a plan.
pub fn combined(session: &mut Session<'_>, plan: &Rc<Plan>) -> Result<llvm::Function> {
    let mut code = Code::new(session, plan, Form::Combined);
    let mut clone = code.clone_primal();
    code.cut(&mut clone);
    code.enter_forward();
    let uses_arena = code.uses_arena();
    let mark = match uses_arena {
        true if plan.key.caller.is_none() => {
            code.open_frame_arena();
            None
        }
        true => Some(code.mark_arena()),
        false => None,
    };
    code.open_root(None);
    code.sweep(&clone, None);
    let Some(exit) = plan.shape.exit else {
        return code.finish();
    };
    let end = clone.block(exit).terminator().expect("complete");
    let primal = code
        .returned()
        .filter(|_| plan.key.primal_return)
        .map(|v| code.forward_value(v));
    code.b.position_before(end);
    end.erase();
    code.b.position_at_end(clone.block(exit));
    code.reverse(Some(&mut clone));
    let mut components = Vec::new();
    components.extend(primal);
    components.extend(code.out_adjoints());
    match mark {
        Some(mark) => code.reset_arena(mark),
        None if uses_arena => code.close_arena(),
        None => {}
    }
    code.give_back(&components);
    code.finish()
}

/// Writes an augmented forward of a split plan.
pub fn augmented(session: &mut Session<'_>, plan: &Rc<Plan>, form: Form) -> Result<llvm::Function> {
    let mut code = Code::new(session, plan, form);
    let clone = code.clone_primal();
    code.enter_forward();
    let tape = match form {
        Form::EscapingAugmented => {
            code.open_escaping();
            None
        }
        _ => Some(code.open_internal()),
    };
    code.sweep(&clone, None);
    let Some(exit) = plan.shape.exit else {
        return code.finish();
    };
    let end = clone.block(exit).terminator().expect("complete");
    code.b.position_before(end);
    if form == Form::EscapingAugmented && code.uses_arena() {
        code.hand_over_arena();
    }
    let mut components = Vec::from_iter(tape);
    if let Some(value) = code.returned() {
        components.push(code.forward_value(value));
        if plan.key.ret.has_shadow() {
            components.push(code.packed(|c| c.forward_shadow(value)));
        }
    }
    code.give_back(&components);
    end.erase();
    code.finish()
}

/// Writes a reverse of a split plan.
pub fn reverse(session: &mut Session<'_>, plan: &Rc<Plan>, form: Form) -> Result<llvm::Function> {
    let mut code = Code::new(session, plan, form);
    let entry = code.function.append_block("entry");
    code.b.position_at_end(entry);
    code.open_directions();
    if form == Form::EscapingReverse {
        let tape = code.tape_param(form);
        // What calls allocate that run in the reverse pass only is no part of the tape.
        if code.uses_arena() {
            code.open_frame_arena();
        }
        code.open_escaping_root(tape);
    } else if plan.slots_of(None).next().is_some() {
        let tape = code.tape_param(form);
        code.open_root(Some((tape, ALIGN as u32)));
    }
    code.reverse(None);
    let components = code.out_adjoints();
    if form == Form::EscapingReverse && code.uses_arena() {
        code.close_arena();
    }
    code.give_back(&components);
    let original = code.session.imported.func(plan.key.func);
    crate::attributes::reset(code.function, original);
    code.finish()
}

impl Code<'_, '_> {
    /// The value the primal returns.
    fn returned(&self) -> Option<Value> {
        let exit = self.plan.shape.exit?;
        let data = &self.body.insts[self.body.terminator(exit)];
        debug_assert!(matches!(data.op, Op::Ret));
        data.operands.first().copied()
    }

    fn tape_param(&self, form: Form) -> llvm::Value {
        // The tape of an internal derivative is followed by the arena.
        let behind = if form == Form::Reverse { 2 } else { 1 };
        self.function.param(self.function.param_count() - behind)
    }

    /// Takes the tape of an internal augmented forward from the caller's arena.
    fn open_internal(&mut self) -> llvm::Value {
        if self.plan.slots_of(None).next().is_none() {
            return self.ptr().zero();
        }
        let bytes = self.session.llvm.alloc_size(self.root_type());
        let bytes = self.int(bytes);
        let tape = self.arena_alloc(bytes);
        self.open_root(Some((tape, ALIGN as u32)));
        tape
    }

    fn out_adjoints(&mut self) -> Vec<llvm::Value> {
        let outs: Vec<Value> = self
            .body
            .params
            .iter()
            .zip(&self.plan.key.args)
            .filter(|&(_, &a)| a == ArgActivity::Out)
            .map(|(&v, _)| v)
            .collect();
        outs.into_iter()
            .map(|v| self.packed(|c| c.result_adjoint(v)))
            .collect()
    }

    fn give_back(&mut self, components: &[llvm::Value]) {
        match components {
            [] => self.b.ret(None),
            // The internal augmented forward returns a struct even of one.
            [only] if only.ty() == self.function.return_type() => self.b.ret(Some(*only)),
            _ => {
                let ty = self.function.return_type();
                let mut result = ty.poison();
                for (index, &component) in components.iter().enumerate() {
                    result = self.b.insert_value(result, component, index as u32);
                }
                self.b.ret(Some(result))
            }
        };
    }

    /// Positions the builder before everything else in the clone's entry, its variables too: the
    /// shadow of a variable is recorded on the tape directly after it.
    fn enter_forward(&mut self) {
        let entry = self.function.entry().expect("a clone has a body");
        let first = entry
            .instructions()
            .into_iter()
            .next()
            .expect("a block has a terminator");
        self.b.position_before(first);
        self.open_directions();
    }

    /// Tells the directions of shadows and seeds apart, at the start of the function.
    fn open_directions(&mut self) {
        let form = self.form;
        Signature::new(self.session, &self.plan.key, form).bind_directions(self);
    }

    /// Verifies what was written.
    fn finish(self) -> Result<llvm::Function> {
        let function = self.function;
        function.ensure_call_locations();
        function.verify().map_err(|message| {
            Diagnostic::error(ErrorCode::Internal, "generated code does not verify")
                .note(format!("in {}", function.name()))
                .note(message)
        })?;
        Ok(function)
    }
}
