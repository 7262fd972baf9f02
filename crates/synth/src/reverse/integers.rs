//! Adjoints that travel as bytes: bitcasts, integer shifts and masks of float bits.

use super::code::Code;
use rz_llvm as llvm;
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
            BinaryOp::And => {
                let mask = usize::from(self.body.constant(operands[1]).is_none());
                self.move_bytes(result, adjoint, operands[mask], 0);
            }
            _ => unreachable!("the planner refuses {op:?} of float bits"),
        }
    }
}
