//! Adjoints that travel as bytes: bitcasts, integer shifts and masks of float bits.

use super::adjoint::Leaf;
use super::code::Code;
use rz_llvm as llvm;
use rz_plan::bits::{Effect, Masking};
use rz_view::op::BinaryOp;
use rz_view::{Inst, Op, Value};

impl Code<'_, '_> {
    /// Adds the adjoint of `result` to `operand`, whose bytes are the same but whose integers may
    /// be known to carry other floats.
    pub fn add_converted(&mut self, operand: Value, result: Value, adjoint: llvm::Value) {
        if !self.is_active(operand) || self.body.constant(operand).is_some() {
            return;
        }
        if self.adjoint_type(operand) == adjoint.ty() {
            self.add_adjoint(operand, adjoint);
        } else {
            self.move_bytes(result, adjoint, operand, 0);
        }
    }

    /// Adds each float of `adjoint` (of `result`) to the float of `operand` that lies `by` bytes
    /// further up.
    pub fn move_bytes(&mut self, result: Value, adjoint: llvm::Value, operand: Value, by: i64) {
        if !self.is_active(operand) || self.body.constant(operand).is_some() {
            return;
        }
        if by == 0 && self.adjoint_type(operand) == adjoint.ty() {
            self.add_adjoint(operand, adjoint);
            return;
        }
        let targets = self.leaves(operand);
        let mut moved = self.adjoint_type(operand).zero();
        for leaf in self.leaves(result) {
            let offset = leaf.offset as i64 + by;
            let target = targets
                .iter()
                .find(|t| t.offset as i64 == offset && t.kind == leaf.kind);
            if let Some(target) = target {
                let part = self.at(adjoint, &leaf.path);
                moved = self.place(moved, &target.path, part);
            }
        }
        self.add_adjoint(operand, moved);
    }

    /// Integer operations on float bits: byte moves, and masks of the sign bit.
    pub fn reverse_bits(&mut self, inst: Inst, operands: &[Value]) {
        let data = &self.body.insts[inst];
        let Op::Binary(op) = data.op else {
            unreachable!("called for integer arithmetic")
        };
        let result = data.result.expect("arithmetic has a result");
        let adjoint = self.take(result);
        if let Some(masking) = self.plan.maskings.get(&inst) {
            self.reverse_masking(result, adjoint, &masking.clone());
            return;
        }
        match op {
            BinaryOp::LShr | BinaryOp::AShr => {
                let bits = self
                    .body
                    .const_int(operands[1])
                    .expect("planned: a constant shift");
                self.move_bytes(result, adjoint, operands[0], (bits / 8) as i64);
            }
            BinaryOp::Shl => {
                let bits = self
                    .body
                    .const_int(operands[1])
                    .expect("planned: a constant shift");
                self.move_bytes(result, adjoint, operands[0], -((bits / 8) as i64));
            }
            BinaryOp::Or => {
                for &operand in operands {
                    self.move_bytes(result, adjoint, operand, 0);
                }
            }
            _ => unreachable!("the planner refuses {op:?} of float bits"),
        }
    }

    /// A constant mask keeps floats, drops them or changes their signs.
    fn reverse_masking(&mut self, result: Value, adjoint: llvm::Value, masking: &Masking) {
        let mut moved = adjoint;
        for leaf in self.leaves(result) {
            let effects = masking.effects.iter();
            let effect = effects.clone().find(|(offset, _)| *offset == leaf.offset);
            let part = self.at(adjoint, &leaf.path);
            let part = match effect.map(|(_, effect)| *effect) {
                Some(Effect::Keep) => continue,
                Some(Effect::Drop) | None => part.ty().zero(),
                Some(Effect::Flip) => self.b.fneg(part),
                Some(Effect::Magnitude) => {
                    let negative = self.is_negative(masking.source, &leaf);
                    self.b.select(negative, self.b.fneg(part), part)
                }
                Some(Effect::NegativeMagnitude) => {
                    let negative = self.is_negative(masking.source, &leaf);
                    self.b.select(negative, part, self.b.fneg(part))
                }
            };
            moved = self.place(moved, &leaf.path, part);
        }
        self.move_bytes(result, moved, masking.source, 0);
    }

    /// The sign bit of a float inside an integer, or inside a lane of integers.
    fn is_negative(&mut self, source: Value, leaf: &Leaf) -> llvm::Value {
        let mut bits = self.primal(source);
        let mut offset = leaf.offset;
        if bits.ty().is_vector() {
            let lane = self.session.llvm.store_size(bits.ty().scalar());
            bits = self.b.extract_element(bits, self.int(offset / lane));
            offset %= lane;
        }
        let sign = (offset + leaf.kind.bytes()) * 8 - 1;
        let shifted = self.b.lshr(bits, bits.ty().int_const(sign));
        let bit = self.session.context.int(1);
        self.b.int_cast(shifted, bit, false)
    }
}
