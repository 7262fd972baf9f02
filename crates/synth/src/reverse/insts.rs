//! The reverse of one instruction.

use super::code::Code;
use crate::emit::IrEmit;
use rz_llvm as llvm;
use rz_plan::CallKind;
use rz_rules::{Rule, emit::Emission};
use rz_view::op::{BinaryOp, CastOp, RmwOp};
use rz_view::{Inst, Op, Value};

impl Code<'_, '_> {
    /// Undoes `inst` at the current position, for all directions: together where they share work.
    pub fn reverse_inst(&mut self, inst: Inst) {
        let data = &self.body.insts[inst];
        match &data.op {
            Op::Binary(
                BinaryOp::FAdd | BinaryOp::FSub | BinaryOp::FMul | BinaryOp::FDiv | BinaryOp::FRem,
            )
            | Op::FNeg => {
                let rule = self.plan.rules[&inst];
                let operands: Vec<Value> = data.operands.to_vec();
                self.reverse_rule(inst, rule, &operands);
            }
            Op::Call(_) => self.reverse_call(inst),
            _ => {
                self.each_direction(|c| c.reverse_direction(inst));
            }
        }
    }

    /// Undoes `inst` for the direction in hand.
    fn reverse_direction(&mut self, inst: Inst) {
        let data = &self.body.insts[inst];
        let op = data.op.clone();
        let operands: Vec<Value> = data.operands.to_vec();
        match &op {
            Op::Ret => {
                let value = operands[0];
                if let Some(seed) = self.own.seed {
                    self.add_seed(value, seed);
                }
            }
            Op::Binary(_) => self.reverse_bits(inst, &operands),
            Op::Cast(cast) => self.reverse_cast(inst, *cast, operands[0]),
            Op::Freeze => {
                let result = data.result.expect("freeze has a result");
                let adjoint = self.take(result);
                self.add_converted(operands[0], result, adjoint);
            }
            Op::Select => self.reverse_select(inst, &operands),
            Op::Load(_) => self.reverse_load(inst, operands[0]),
            Op::Store(_) => self.reverse_store(inst, operands[0], operands[1]),
            Op::AtomicRmw(kind, _) => self.reverse_rmw(inst, *kind, &operands),
            Op::ExtractValue(path) => {
                let adjoint = self.take(data.result.expect("a result"));
                self.scatter(operands[0], path, adjoint);
            }
            Op::InsertValue(path) => self.reverse_insert_value(inst, &operands, path),
            Op::ExtractElement => self.reverse_extract_element(inst, &operands),
            Op::InsertElement => self.reverse_insert_element(inst, &operands),
            Op::Shuffle(mask) => self.reverse_shuffle(inst, &operands, mask),
            Op::FNeg | Op::Call(_) => unreachable!("undone for all directions together"),
            Op::Phi { .. } => unreachable!("phis are undone on the edges"),
            Op::Alloca { ty, .. } => {
                let each = self.session.imported.module.types.alloc_size(*ty);
                self.reverse_alloca(inst, each, operands[0]);
            }
            Op::ICmp(_)
            | Op::FCmp(_)
            | Op::Gep(_)
            | Op::CmpXchg(_)
            | Op::Fence
            | Op::VaArg
            | Op::LandingPad
            | Op::FuncletPad
            | Op::Opaque(_)
            | Op::Br(_)
            | Op::CondBr(..)
            | Op::Switch { .. }
            | Op::IndirectBr(_)
            | Op::Invoke(..)
            | Op::Resume
            | Op::Unreachable
            | Op::CallBr(..)
            | Op::FuncletControl(_) => {
                unreachable!("the planner refuses active {op:?}")
            }
        }
    }

    /// The seed has the type of the result; the adjoint may be laid out differently.
    fn add_seed(&mut self, value: Value, seed: llvm::Value) {
        if !self.is_active(value) {
            return;
        }
        if self.adjoint_type(value) == seed.ty() {
            self.add_adjoint(value, seed);
            return;
        }
        // Aggregates with integers or pointers, and integers that carry floats: through memory.
        let memory = self.b.entry_alloca(seed.ty(), 16);
        self.b.store(seed, memory, 16);
        let mut adjoint = self.adjoint_type(value).zero();
        for leaf in self.leaves(value) {
            let at = self.b.ptr_offset(memory, leaf.offset as i64);
            let float = self.float(leaf.kind);
            let part = self.b.load(float, at, 1);
            adjoint = self.place(adjoint, &leaf.path, part);
        }
        self.add_adjoint(value, adjoint);
    }

    /// Arithmetic and calls with a row in the rule table, result only.
    pub fn reverse_rule(&mut self, inst: Inst, rule: &'static Rule, operands: &[Value]) {
        let data = &self.body.insts[inst];
        let fast = data.fast;
        let result = data.result.expect("rules have results");
        let seeds = self.each_direction(|c| c.take(result));
        let active = self.active_mask(operands);
        let needs = rule.needs(active);
        let given: Vec<Option<llvm::Value>> = operands
            .iter()
            .enumerate()
            .map(|(i, &v)| (needs.operands >> i & 1 != 0).then(|| self.primal(v)))
            .collect();
        // Conversions and narrowing arithmetic: everything at the type of the operands.
        let wide = self.operand_type(rule, operands);
        let seeds: Vec<_> = (seeds.iter())
            .map(|&seed| self.b.float_cast(seed, wide))
            .collect();
        let outputs = [needs.result.then(|| {
            let result = self.primal(result);
            self.b.float_cast(result, wide)
        })];
        let strong_zero = self.session.flags.strong_zero || self.plan.guarded.contains(&inst);
        let adjoints: Vec<_> = {
            let mut emit = IrEmit::new(&self.b, wide, fast).with_strong_zero(strong_zero);
            let mut emission = Emission::new(rule, &given, &outputs);
            let each = |seed: &_| emission.adjoints(&mut emit, &[Some(*seed)], active);
            seeds.iter().map(each).collect()
        };
        self.add_adjoints(operands, &adjoints);
    }

    /// Adds to each operand what a rule gave for it, for each direction.
    pub fn add_adjoints(&mut self, operands: &[Value], adjoints: &[Vec<Option<llvm::Value>>]) {
        self.each_direction(|c| {
            for (&operand, adjoint) in operands.iter().zip(&adjoints[c.own.current()]) {
                if let Some(adjoint) = *adjoint {
                    c.add_adjoint(operand, adjoint);
                }
            }
        });
    }

    /// The float type that a rule works at: that of its real operands.
    pub fn operand_type(&self, rule: &Rule, operands: &[Value]) -> llvm::Type {
        let pairs = operands.iter().zip(rule.operands());
        let mut real = pairs.filter(|(_, kind)| **kind == rz_rules::Operand::Real);
        real.next()
            .map(|(&v, _)| self.ty(v))
            .expect("a rule has a real operand")
    }

    /// Which operands have an adjoint.
    pub fn active_mask(&self, operands: &[Value]) -> u32 {
        operands
            .iter()
            .enumerate()
            .filter(|&(_, &v)| self.is_active(v))
            .fold(0, |mask, (index, _)| mask | 1 << index)
    }

    fn reverse_cast(&mut self, inst: Inst, cast: CastOp, operand: Value) {
        let result = self.body.insts[inst].result.expect("casts have results");
        let adjoint = self.take(result);
        match cast {
            CastOp::FpTrunc | CastOp::FpExt => {
                let ty = self.adjoint_type(operand);
                let adjoint = self.b.float_cast(adjoint, ty);
                self.add_adjoint(operand, adjoint);
            }
            CastOp::BitCast | CastOp::Trunc | CastOp::ZExt | CastOp::SExt => {
                self.move_bytes(result, adjoint, operand, 0);
            }
            CastOp::FpToUi
            | CastOp::FpToSi
            | CastOp::UiToFp
            | CastOp::SiToFp
            | CastOp::PtrToInt
            | CastOp::PtrToAddr
            | CastOp::IntToPtr
            | CastOp::AddrSpaceCast => unreachable!("carries no derivative"),
        }
    }

    fn scatter(&mut self, aggregate: Value, path: &[u32], adjoint: llvm::Value) {
        if !self.is_active(aggregate) {
            return;
        }
        let zero = self.adjoint_type(aggregate).zero();
        let spread = self.b.insert_path(zero, adjoint, path);
        self.add_adjoint(aggregate, spread);
    }

    fn reverse_insert_value(&mut self, inst: Inst, operands: &[Value], path: &[u32]) {
        let result = self.body.insts[inst].result.expect("a result");
        let adjoint = self.take(result);
        let part = self.b.extract_path(adjoint, path);
        if self.is_active(operands[1]) {
            self.add_adjoint(operands[1], part);
        }
        let rest = self.b.insert_path(adjoint, part.ty().zero(), path);
        self.add_converted(operands[0], result, rest);
    }

    fn reverse_rmw(&mut self, inst: Inst, kind: RmwOp, operands: &[Value]) {
        let data = &self.body.insts[inst];
        let ty = self.ty(operands[1]);
        let pointer = self.target(operands[0], ty);
        let current = self.load(ty, pointer);
        let amount = match kind {
            RmwOp::FSub => self.b.fneg(current),
            RmwOp::FAdd => current,
            RmwOp::Xchg | RmwOp::FMinMax | RmwOp::Integer => {
                unreachable!("the planner refuses them")
            }
        };
        self.add_adjoint(operands[1], amount);
        if let Some(result) = data.result.filter(|&r| self.is_active(r)) {
            let adjoint = self.take(result);
            let sum = self.accumulate(current, adjoint);
            self.store(sum, pointer);
        }
    }

    fn reverse_call(&mut self, inst: Inst) {
        let args: Vec<Value> = self.body.call_args(inst).to_vec();
        match self.plan.calls.get(&inst).cloned() {
            Some(CallKind::Rule(rule)) if rule.is_plain() => self.reverse_rule(inst, rule, &args),
            Some(CallKind::Rule(rule)) => self.reverse_outputs(inst, rule, &args),
            Some(CallKind::Body(_)) => self.call_reverse(inst),
            Some(CallKind::Table { pointer }) => self.call_table_reverse(inst, pointer),
            Some(kind) => {
                self.each_direction(|c| c.reverse_known(inst, &kind, &args));
            }
            None => {}
        }
    }

    /// Undoes a call of a known function for the direction in hand.
    fn reverse_known(&mut self, inst: Inst, kind: &CallKind, args: &[Value]) {
        match kind {
            CallKind::Copy {
                to,
                from,
                bytes,
                layout,
            } => self.reverse_copy(*to, *from, *bytes, layout),
            CallKind::Fill { to, bytes, layout } => self.reverse_fill(*to, *bytes, layout),
            CallKind::Alloc(allocation) => self.reverse_allocation(inst, *allocation),
            CallKind::Reduce(reduction) => self.reverse_reduction(inst, *reduction, args),
            CallKind::Masked(masked) => self.reverse_masked(inst, *masked, args),
            CallKind::Inactive
            | CallKind::Free { .. }
            | CallKind::Close
            | CallKind::Reset
            | CallKind::Pass { .. } => {}
            CallKind::Rule(_) | CallKind::Body(_) | CallKind::Table { .. } => {
                unreachable!("undone for all directions together")
            }
        }
    }
}
