//! Calls: split derivatives of functions with bodies, reductions, and known functions that deliver
//! through memory.

use super::code::Code;
use crate::directions::unpack;
use crate::emit::IrEmit;
use crate::signature::{Form, Role, Signature, seed_type};
use rz_llvm as llvm;
use rz_plan::{CallKind, Item, Mode, Reduce};
use rz_rules::{Rule, emit::Emission, row::Place};
use rz_view::{Inst, Value};

impl Code<'_, '_> {
    /// Replaces a call by a call of its augmented forward.
    pub fn call_augmented(&mut self, inst: Inst, copy: llvm::Value) {
        let key = self.plan.splits[&inst].key.clone();
        let callee = self.session.function(&key, Form::Augmented);
        let signature = Signature::new(self.session, &key, Form::Augmented);
        let args: Vec<Value> = self.body.call_args(inst).to_vec();
        let mut operands = Vec::new();
        let mut next = 0;
        for &(role, _) in &signature.params {
            operands.push(match role {
                Role::Primal => {
                    next += 1;
                    copy.operand(next - 1)
                }
                Role::Shadow => {
                    let arg = args[next as usize - 1];
                    self.packed(|c| c.forward_shadow(arg))
                }
                Role::Arena => self.arena(),
                Role::Seed | Role::Tape => unreachable!("an augmented forward takes neither"),
            });
        }
        let call = self.b.call(callee, &operands);
        let tape = self.b.extract_value(call, 0);
        self.record_item(Item::Tape(inst), tape);
        if let Some(result) = self.body.insts[inst].result {
            let primal = self.b.extract_value(call, 1);
            copy.replace_all_uses(primal);
            self.forward[result] = Some(primal);
            if key.ret.has_shadow() {
                let shadow = self.b.extract_value(call, 2);
                let parts = unpack(&self.b, shadow, key.width);
                for (own, part) in self.own.iter_mut().zip(parts) {
                    own.shadows[result] = Some(part);
                }
            }
        }
        copy.erase();
    }

    /// Replaces a call by one of its combined derivative, which also returns the result.
    pub fn call_at_once(&mut self, inst: Inst, copy: llvm::Value) {
        let key = self.plan.splits[&inst].key.clone();
        let callee = self.session.function(&key, Form::Combined);
        let signature = Signature::new(self.session, &key, Form::Combined);
        let args: Vec<Value> = self.body.call_args(inst).to_vec();
        let mut operands = Vec::new();
        let mut next = 0;
        for &(role, _) in &signature.params {
            operands.push(match role {
                Role::Primal => {
                    next += 1;
                    copy.operand(next - 1)
                }
                Role::Shadow => {
                    let arg = args[next as usize - 1];
                    self.packed(|c| c.forward_shadow(arg))
                }
                Role::Seed => self.packed(|c| c.known_adjoint(inst)),
                Role::Arena => self.arena(),
                Role::Tape => unreachable!("a combined derivative has no tape"),
            });
        }
        let primal = self.b.call(callee, &operands);
        copy.replace_all_uses(primal);
        self.forward[self.body.insts[inst].result.expect("an active result")] = Some(primal);
        copy.erase();
    }

    /// The adjoint of a call's result, which the plan knows before the call.
    fn known_adjoint(&mut self, inst: Inst) -> llvm::Value {
        let known = self.plan.at_once[&inst].clone();
        let seed = self.own.seed.expect("the result is active");
        let product = known.factors.iter().fold(seed, |product, &factor| {
            let factor = self.forward_value(factor);
            self.b.fmul(product, factor)
        });
        if known.negated {
            self.b.fneg(product)
        } else {
            product
        }
    }

    /// Calls the reverse of a split call, or the combined derivative of one that runs only now.
    pub fn call_reverse(&mut self, inst: Inst) {
        let split = self.plan.splits[&inst].clone();
        let key = split.key;
        let form = match key.mode {
            Mode::Combined => Form::Combined,
            Mode::Split | Mode::Forward => Form::Reverse,
        };
        let callee = self.session.function(&key, form);
        let signature = Signature::new(self.session, &key, form);
        let args: Vec<Value> = self.body.call_args(inst).to_vec();
        let mut operands = Vec::new();
        let mut next = 0;
        for &(role, ty) in &signature.params {
            let operand = match role {
                Role::Primal => {
                    next += 1;
                    let item = Item::Primal(args[next - 1]);
                    self.if_planned(item, ty)
                }
                Role::Shadow => {
                    let (value, each) = (args[next - 1], self.ty(args[next - 1]));
                    self.packed(|c| c.if_planned(Item::Shadow(value), each))
                }
                Role::Seed => {
                    let result = self.body.insts[inst].result.expect("an active result");
                    let each = seed_type(&key, self.ty(result));
                    self.packed(|c| c.adjoint_as(result, each))
                }
                Role::Tape => self.if_planned(Item::Tape(inst), ty),
                Role::Arena => self.arena(),
            };
            operands.push(operand);
        }
        let call = self.b.call(callee, &operands);
        let outs: Vec<Value> = args
            .iter()
            .zip(&key.args)
            .filter(|&(_, &a)| a == rz_plan::ArgActivity::Out)
            .map(|(&v, _)| v)
            .collect();
        for (index, &operand) in outs.iter().enumerate() {
            let adjoint = if outs.len() == 1 {
                call
            } else {
                self.b.extract_value(call, index as u32)
            };
            let parts = unpack(&self.b, adjoint, key.width);
            self.each_direction(|c| c.add_native(operand, parts[c.own.current()]));
        }
    }

    fn if_planned(&mut self, item: Item, ty: llvm::Type) -> llvm::Value {
        if self.plan.items.contains_key(&item) {
            self.lookup(item)
        } else {
            ty.poison()
        }
    }

    /// The adjoint of `value`, taken, in the value's own LLVM type.
    pub(super) fn take_as(&mut self, value: Value, ty: llvm::Type) -> llvm::Value {
        let adjoint = self.take(value);
        if adjoint.ty() == ty {
            return adjoint;
        }
        let memory = self.b.entry_alloca(ty, 16);
        self.b.store(ty.zero(), memory, 16);
        for leaf in self.leaves(value) {
            let part = self.at(adjoint, &leaf.path);
            let at = self.b.ptr_offset(memory, leaf.offset as i64);
            self.b.store(part, at, 1);
        }
        self.b.load(ty, memory, 16)
    }

    /// Adds an adjoint given in the value's own LLVM type.
    pub(super) fn add_native(&mut self, value: Value, adjoint: llvm::Value) {
        if !self.is_active(value) {
            return;
        }
        if self.adjoint_type(value) == adjoint.ty() {
            self.add_adjoint(value, adjoint);
            return;
        }
        let memory = self.b.entry_alloca(adjoint.ty(), 16);
        self.b.store(adjoint, memory, 16);
        for leaf in self.leaves(value) {
            let at = self.b.ptr_offset(memory, leaf.offset as i64);
            let float = self.float(leaf.kind);
            let part = self.b.load(float, at, 1);
            self.add_leaf(value, leaf.offset, part);
        }
    }

    /// The adjoint of `value` in its own LLVM type, for another function.
    pub fn result_adjoint(&mut self, value: Value) -> llvm::Value {
        self.adjoint_as(value, self.ty(value))
    }

    /// The adjoint of `value` as a callee's seed.
    pub(super) fn adjoint_as(&mut self, value: Value, ty: llvm::Type) -> llvm::Value {
        if self.is_active(value) {
            self.take_as(value, ty)
        } else {
            ty.zero()
        }
    }

    /// A rule whose outputs are fields of the result or memory.
    pub fn reverse_outputs(&mut self, inst: Inst, rule: &'static Rule, args: &[Value]) {
        let data = &self.body.insts[inst];
        let fast = data.fast;
        let result = data.result;
        let active = self.active_mask(args);
        let needs = rule.needs(active);
        let real = self.operand_type(rule, args);
        let adjoint = result
            .filter(|&r| self.is_active(r))
            .map(|r| self.each_direction(|c| c.take(r)));
        // For each direction, the seed of each output.
        let mut seeds = vec![Vec::new(); self.own.width()];
        let mut outputs = Vec::new();
        for (index, output) in rule.outputs().iter().enumerate() {
            let wanted = needs.outputs >> index & 1 != 0;
            match output.place {
                Place::Result => {
                    for (direction, seeds) in seeds.iter_mut().enumerate() {
                        let whole = adjoint.as_ref().map(|a| a[direction]);
                        seeds.push(whole.filter(|_| output.real));
                    }
                    outputs.push(wanted.then(|| self.primal(result.expect("a result"))));
                }
                Place::Field(field) => {
                    for (direction, seeds) in seeds.iter_mut().enumerate() {
                        let whole = adjoint.as_ref().map(|a| a[direction]);
                        let part = whole.map(|a| self.b.extract_value(a, u32::from(field)));
                        seeds.push(part.filter(|_| output.real));
                    }
                    outputs.push(wanted.then(|| {
                        let whole = self.primal(result.expect("a result"));
                        self.b.extract_value(whole, u32::from(field))
                    }));
                }
                Place::Memory(arg) => {
                    let pointer = args[usize::from(arg)];
                    let shadowed = output.real && self.plan.has_shadow[pointer];
                    self.each_direction(|c| {
                        let seed = shadowed.then(|| {
                            let shadow = c.target(pointer, real);
                            let seed = c.load(real, shadow);
                            c.store(real.zero(), shadow);
                            seed
                        });
                        seeds[c.own.current()].push(seed);
                    });
                    outputs.push(wanted.then(|| self.primal_output(inst, index, arg, real)));
                }
            }
        }
        if seeds[0].iter().all(Option::is_none) || active == 0 {
            return;
        }
        let given: Vec<Option<llvm::Value>> = args
            .iter()
            .enumerate()
            .map(|(i, &v)| (needs.operands >> i & 1 != 0).then(|| self.primal(v)))
            .collect();
        let adjoints: Vec<_> = {
            let mut emit =
                IrEmit::new(&self.b, real, fast).with_strong_zero(self.session.flags.strong_zero);
            let mut emission = Emission::new(rule, &given, &outputs);
            let each = |seeds: &Vec<_>| emission.adjoints(&mut emit, seeds, active);
            seeds.iter().map(each).collect()
        };
        self.add_adjoints(args, &adjoints);
    }

    /// An output in memory may be overwritten by now: the function is called again on scratch.
    fn primal_output(
        &mut self,
        inst: Inst,
        output: usize,
        arg: u8,
        real: llvm::Type,
    ) -> llvm::Value {
        let rule = match self.plan.calls.get(&inst) {
            Some(CallKind::Rule(rule)) => *rule,
            other => unreachable!("called for rules, not {other:?}"),
        };
        let args: Vec<Value> = self.body.call_args(inst).to_vec();
        let mut wanted = None;
        let operands: Vec<llvm::Value> = args
            .iter()
            .zip(rule.operands())
            .enumerate()
            .map(|(i, (&v, kind))| match kind {
                rz_rules::row::Operand::RealOut | rz_rules::row::Operand::IntOut => {
                    let is_real = *kind == rz_rules::row::Operand::RealOut;
                    let ty = if is_real {
                        real
                    } else {
                        self.session.context.int(32)
                    };
                    let scratch = self.variable(ty);
                    if i == usize::from(arg) {
                        wanted = Some((scratch, ty));
                    }
                    scratch
                }
                _ => self.primal(v),
            })
            .collect();
        self.repeat_on(inst, &operands);
        let (scratch, ty) = wanted.expect("the output's argument");
        debug_assert_eq!(ty == real, rule.outputs()[output].real);
        self.load(ty, scratch)
    }

    /// Reduces of vectors.
    pub fn reverse_reduction(&mut self, inst: Inst, reduction: Reduce, args: &[Value]) {
        let result = self.body.insts[inst]
            .result
            .expect("a reduction has a result");
        let adjoint = self.take(result);
        let vector = *args.last().expect("a reduction has a vector");
        let ty = self.ty(vector);
        let splat = self.b.splat(ty, adjoint);
        match reduction {
            Reduce::Add => {
                if args.len() == 2 {
                    self.add_adjoint(args[0], adjoint);
                }
                self.add_adjoint(vector, splat);
            }
            Reduce::Mul => self.reverse_product(args, adjoint),
            Reduce::MinNum | Reduce::MaxNum | Reduce::Minimum | Reduce::Maximum => {
                let values = self.primal(vector);
                let winner = self.primal(result);
                let winners = self.b.splat(ty, winner);
                // The first lane that equals the result wins, as in the scalar rows.
                let equal = self.b.fcmp(llvm::FloatPredicate::OEQ, values, winners);
                let lanes = ty.vector_len();
                let mut share = ty.zero();
                let mut open = self.session.context.int(1).int_const(1);
                for lane in 0..lanes {
                    let index = self.int(u64::from(lane));
                    let is = self.b.extract_element(equal, index);
                    let wins = self.b.binary(llvm::BinaryOp::And, is, open);
                    let part = self.b.select(wins, adjoint, adjoint.ty().zero());
                    share = self.b.insert_element(share, part, index);
                    let not = self.b.not(is);
                    open = self.b.binary(llvm::BinaryOp::And, open, not);
                }
                self.add_adjoint(vector, share);
            }
        }
    }

    /// Each factor gets the product of all others, without dividing.
    fn reverse_product(&mut self, args: &[Value], adjoint: llvm::Value) {
        let start = self.primal(args[0]);
        let values = self.primal(args[1]);
        let lanes = values.ty().vector_len();
        let parts: Vec<llvm::Value> = (0..lanes)
            .map(|l| self.b.extract_element(values, self.int(u64::from(l))))
            .collect();
        let mut before = vec![start];
        for &part in &parts {
            let next = self.b.fmul(*before.last().expect("not empty"), part);
            before.push(next);
        }
        let mut after = adjoint;
        let mut share = values.ty().zero();
        for lane in (0..lanes).rev() {
            let index = self.int(u64::from(lane));
            let part = self.b.fmul(before[lane as usize], after);
            share = self.b.insert_element(share, part, index);
            after = self.b.fmul(after, parts[lane as usize]);
        }
        self.add_adjoint(args[0], after);
        self.add_adjoint(args[1], share);
    }
}
