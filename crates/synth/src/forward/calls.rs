//! Calls: derivatives of functions with bodies, rules, and refusals.
//!
//! ```text
//! %r = call double @g(double %x, ptr %p)
//! ; becomes
//! %1 = call { double, double } @ribozyme.forward.g(double %x, double %x', ptr %p, ptr %p')
//! %r = extractvalue { double, double } %1, 0
//! %r' = extractvalue { double, double } %1, 1
//! ```

use super::Key;
use super::function::{Tangents, Writer};
use crate::directions::unpack;
use rz_analysis::activity::{ArgState, CallActivity, Context};
use rz_analysis::{callee, types};
use rz_diag::{Code, Diagnostic, Result};
use rz_llvm::Value as Ir;
use rz_rules::{Emission, Match, Operand, Place, Rule};
use rz_view::op::Callee;
use rz_view::{Func, FuncData, Inst, Value};

impl Writer<'_, '_> {
    /// An active call.
    pub(super) fn call(&mut self, inst: Inst) -> Result<Tangents> {
        let data = &self.body.insts[inst];
        let Some(call) = data.op.call() else {
            return Ok(Tangents::new());
        };
        let func = match &call.callee {
            Callee::Direct(func) => *func,
            Callee::Indirect => return self.table_call(inst),
            Callee::Asm { .. } => {
                return Err(self
                    .refuse(inst, Code::InlineAssembly, "active inline assembly")
                    .fix("write it in the source language, or mark its operands inactive"));
            }
        };
        let target = &self.forward.imported.module.funcs[func];
        if target.custom {
            return self.derivative_call(inst, func);
        }
        let module = &self.forward.imported.module;
        let args: Vec<Value> = self.body.call_args(inst).to_vec();
        if let Some(found) = callee::rule(module, self.body, inst, func) {
            return self.rule_call(inst, found, &args);
        }
        if let Some(known) = callee::known(module, self.body, inst, func) {
            return self.each_direction(|w| w.known_call(inst, known.class, &args));
        }
        if target.body.is_some() {
            return self.derivative_call(inst, func);
        }
        Err(self.unknown(inst, target))
    }

    fn unknown(&self, inst: Inst, target: &FuncData) -> Box<rz_diag::Diagnostic> {
        let what = format!(
            "the function {} is active, but has neither a body nor a rule",
            target.name
        );
        let fix = if target.defined {
            "make its body available to the compiler (it may be interposable or was not optimized here)"
        } else {
            "make its body available (link-time optimization), register a derivative, or mark it enzyme_inactive"
        };
        self.refuse(inst, Code::UnknownFunction, &what).fix(fix)
    }

    /// A call of a function with a row in the rule table.
    fn rule_call(&mut self, inst: Inst, found: Match, args: &[Value]) -> Result<Tangents> {
        let rule = found.rule;
        let operands = &args[..rule.arity()];
        for (index, &operand) in operands.iter().enumerate() {
            if rule.refused() >> index & 1 == 1 && self.tangent(operand).is_some() {
                let what = format!("operand {index} of {} has no derivative", rule.name());
                return Err(self.refuse(inst, Code::UnsupportedInstruction, &what));
            }
        }
        if rule.is_plain() {
            return self.apply(inst, rule, operands);
        }
        self.rule_with_outputs(inst, found, operands)
    }

    /// Rules with several results, or results in memory (`sincos`, `modf`, `frexp`).
    fn rule_with_outputs(
        &mut self,
        inst: Inst,
        found: Match,
        operands: &[Value],
    ) -> Result<Tangents> {
        let rule = found.rule;
        let result = self.inst(inst);
        let is_real = |kind: &Operand| matches!(kind, Operand::Real);
        let Some(real) = rule.operands().iter().position(is_real) else {
            return Ok(Tangents::new());
        };
        let ty = self.primal(operands[real]).ty();
        let values: Vec<Option<Ir>> = operands.iter().map(|&v| Some(self.primal(v))).collect();
        let tangents = self.each_direction(|w| {
            let real = rule.operands().iter().zip(operands);
            Ok(real
                .map(|(kind, &v)| w.tangent(v).filter(|_| is_real(kind)))
                .collect::<Vec<_>>())
        })?;
        let active = tangents[0].iter().enumerate().filter(|(_, t)| t.is_some());
        let needs = rule.needs(active.fold(0, |mask, (i, _)| mask | 1 << i));
        let int = ty.context().int(32);
        let outputs: Vec<Option<Ir>> = rule
            .outputs()
            .iter()
            .enumerate()
            .map(|(o, output)| {
                let needed = needs.outputs >> o & 1 == 1;
                needed.then(|| match output.place {
                    Place::Result => result,
                    Place::Field(field) => self.b.extract_value(result, field.into()),
                    Place::Memory(operand) => {
                        let pointer = self.primal(operands[usize::from(operand)]);
                        self.b.load(if output.real { ty } else { int }, pointer, 0)
                    }
                })
            })
            .collect();
        let mut emit = self.emitter(inst, ty);
        let mut emission = Emission::new(rule, &values, &outputs);
        let each = |tangents: &Vec<_>| emission.tangents(&mut emit, tangents);
        let derivatives: Vec<_> = tangents.iter().map(each).collect();
        drop(emit);
        self.each_direction(|w| w.deliver(inst, rule, operands, &derivatives[w.tangents.current()]))
    }

    /// Puts the tangents of a rule's outputs where the outputs are, for the direction in hand.
    fn deliver(
        &mut self,
        inst: Inst,
        rule: &Rule,
        operands: &[Value],
        derivatives: &[Option<Ir>],
    ) -> Result<Option<Ir>> {
        let result = self.inst(inst);
        let real = (rule.operands().iter())
            .position(|kind| matches!(kind, Operand::Real))
            .map_or(result.ty(), |index| self.primal(operands[index]).ty());
        let mut whole = None;
        for (output, &derivative) in rule.outputs().iter().zip(derivatives) {
            match output.place {
                Place::Result => whole = whole.or(derivative),
                Place::Field(field) => {
                    if let Some(derivative) = derivative {
                        let base = whole.unwrap_or_else(|| result.ty().zero());
                        whole = Some(self.b.insert_value(base, derivative, field.into()));
                    }
                }
                Place::Memory(operand) if output.real => {
                    if let Some(pointer) =
                        self.target(inst, operands[usize::from(operand)], real)?
                    {
                        let derivative = derivative.unwrap_or_else(|| real.zero());
                        let align = self.shadow_align(real, 0);
                        self.b.store(derivative, pointer, align);
                    }
                }
                Place::Memory(_) => {}
            }
        }
        Ok(whole)
    }

    /// A call of a function with a body: its derivative does both.
    fn derivative_call(&mut self, inst: Inst, func: Func) -> Result<Tangents> {
        let target = &self.forward.imported.module.funcs[func];
        let Some(activity) = self.activity.call_activity(inst).cloned() else {
            return Ok(Tangents::new());
        };
        if target.varargs {
            return Err(self
                .refuse(
                    inst,
                    Code::Varargs,
                    &format!(
                        "an active call of {}, which takes a variable number of arguments",
                        target.name
                    ),
                )
                .note("how it finds them is known for calls in C's convention on x86-64 only")
                .fix("pass the values in an array"));
        }
        if activity.opaque && !target.custom {
            return Err(self.unknown(inst, target));
        }
        let args: Vec<Value> = self.body.call_args(inst).to_vec();
        let params = &target.params;
        let unused = self.body.insts[inst]
            .result
            .is_none_or(|_| !self.inst(inst).has_uses());
        let key = self.callee_key(inst, func, &activity, params.len(), !unused);
        if key.by_rule {
            self.refuse_mixed(
                inst,
                &args,
                "is given to a function with a registered derivative",
            )?;
        }
        let function = self.forward.declare(&key).map_err(|e| {
            let position = crate::scaffold::position(self.body, inst);
            e.at(position)
        })?;
        let mut operands = Vec::new();
        let copy = self.inst(inst);
        self.b.position_before(copy);
        for (&arg, &shadowed) in args.iter().zip(&key.shadowed) {
            operands.push(self.primal(arg));
            if shadowed {
                operands.push(self.packed_shadow(inst, arg)?);
            }
        }
        let result = self.b.call(function, &operands);
        result.set_debug_loc(copy.debug_loc());
        let (primal, tangent) = match (key.primal_return, key.activity.ret) {
            _ if copy.ty().is_void() => (None, None),
            (true, true) => (
                Some(self.b.extract_value(result, 0)),
                Some(self.b.extract_value(result, 1)),
            ),
            (true, false) => (Some(result), None),
            (false, true) => (None, Some(result)),
            (false, false) => (None, None),
        };
        let primal = primal.or_else(|| (!copy.ty().is_void()).then(|| copy.ty().poison()));
        let tangents = tangent.map(|t| unpack(&self.b, t, key.width));
        self.replace(inst, primal);
        Ok(tangents.into_iter().flatten().map(Some).collect())
    }

    /// Who wrote what is called need not compare shadows with primals.
    pub(super) fn refuse_mixed(&self, inst: Inst, args: &[Value], what: &str) -> Result<()> {
        let runtime = self.forward.options.runtime_activity;
        if !runtime && args.iter().any(|&arg| self.activity.mixed(arg)) {
            return Err(self.mixed_elsewhere(inst, what));
        }
        Ok(())
    }

    /// A pointer that may be inactive goes where nobody can tell.
    pub(super) fn mixed_elsewhere(&self, inst: Inst, what: &str) -> Box<Diagnostic> {
        let position = crate::scaffold::position(self.body, inst);
        rz_analysis::activity::mixed_elsewhere(position, what)
    }

    fn callee_key(
        &mut self,
        inst: Inst,
        func: Func,
        activity: &CallActivity,
        params: usize,
        primal_return: bool,
    ) -> Key {
        let args: Vec<ArgState> = activity.args[..params.min(activity.args.len())].to_vec();
        let at = crate::scaffold::position(self.body, inst);
        let by_rule = self.forward.by_rule(func, &args, at);
        let module = &self.forward.imported.module;
        let types = self.types.callee(inst).cloned();
        let returns = !module.types.is_void(module.funcs[func].ret);
        Key {
            types: types
                .filter(|_| !by_rule)
                .unwrap_or_else(|| types::Context::unknown(module, func)),
            shadowed: args.iter().map(|a| *a != ArgState::Const).collect(),
            activity: Context {
                func,
                args,
                ret: activity.ret && returns,
            },
            primal_return: primal_return && returns,
            width: self.key.width,
            by_rule,
        }
    }
}
