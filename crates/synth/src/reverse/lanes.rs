//! The reverse of what moves lanes of vectors, and of selections.
//!
//! Lanes of floats have an adjoint that is a vector as well. Lanes of integers may carry floats, one
//! or several each, or a part of one lane's neighbours; their adjoint is a structure of those floats,
//! which are moved by their distance in bytes. A lane that is chosen at run time moves integers
//! through memory, in the vector's own type.

use super::code::Code;
use rz_llvm as llvm;
use rz_view::{Inst, Value};

impl Code<'_, '_> {
    /// Bytes from one lane of a vector to the next.
    fn lane_stride(&self, vector: Value) -> i64 {
        let ty = self.ty(vector).scalar();
        self.session.llvm.store_size(ty) as i64
    }

    /// The lane, when it is known now.
    fn constant_lane(&self, lane: Value) -> Option<i64> {
        self.body.const_int(lane).map(|lane| lane as i64)
    }

    /// `r = v[lane]`.
    pub fn reverse_extract_element(&mut self, inst: Inst, operands: &[Value]) {
        let result = self.body.insts[inst].result.expect("a result");
        let (vector, lane) = (operands[0], operands[1]);
        if self.adjoint_type(vector).is_vector() {
            let adjoint = self.take(result);
            let lane = self.primal(lane);
            let zero = self.adjoint_type(vector).zero();
            let spread = self.b.insert_element(zero, adjoint, lane);
            self.add_adjoint(vector, spread);
        } else if let Some(lane) = self.constant_lane(lane) {
            let adjoint = self.take(result);
            let by = lane * self.lane_stride(vector);
            self.move_bytes(result, adjoint, vector, by);
        } else {
            let (whole, part) = (self.ty(vector), self.ty(result));
            let adjoint = self.take_as(result, part);
            let lane = self.primal(lane);
            let spread = self.b.insert_element(whole.zero(), adjoint, lane);
            self.add_native(vector, spread);
        }
    }

    /// `r = v with [lane] = x`.
    pub fn reverse_insert_element(&mut self, inst: Inst, operands: &[Value]) {
        let result = self.body.insts[inst].result.expect("a result");
        let (vector, scalar, lane) = (operands[0], operands[1], operands[2]);
        if self.adjoint_type(result).is_vector() {
            let adjoint = self.take(result);
            let lane = self.primal(lane);
            let inserted = self.b.extract_element(adjoint, lane);
            self.add_converted_part(scalar, inserted);
            let rest = self.b.insert_element(adjoint, inserted.ty().zero(), lane);
            self.add_converted(vector, result, rest);
        } else if let Some(lane) = self.constant_lane(lane) {
            let adjoint = self.take(result);
            let stride = self.lane_stride(result);
            self.move_bytes(result, adjoint, scalar, -lane * stride);
            let mut rest = adjoint;
            for leaf in self.leaves(result) {
                if leaf.offset as i64 / stride == lane {
                    let zero = self.at(adjoint, &leaf.path).ty().zero();
                    rest = self.place(rest, &leaf.path, zero);
                }
            }
            self.add_converted(vector, result, rest);
        } else {
            let whole = self.ty(result);
            let adjoint = self.take_as(result, whole);
            let lane = self.primal(lane);
            let inserted = self.b.extract_element(adjoint, lane);
            self.add_native(scalar, inserted);
            let rest = self.b.insert_element(adjoint, inserted.ty().zero(), lane);
            self.add_native(vector, rest);
        }
    }

    /// A lane of floats goes to a float.
    fn add_converted_part(&mut self, scalar: Value, adjoint: llvm::Value) {
        if self.is_active(scalar) {
            self.add_adjoint(scalar, adjoint);
        }
    }

    /// Each lane of the result goes back to the lane that it came from.
    pub fn reverse_shuffle(&mut self, inst: Inst, operands: &[Value], mask: &[Option<u32>]) {
        let result = self.body.insts[inst].result.expect("a result");
        let adjoint = self.take(result);
        let types = &self.session.imported.module.types;
        let lanes = types.lanes(self.body.ty(operands[0]));
        let stride = self.lane_stride(result) as u64;
        for (which, &operand) in operands.iter().enumerate() {
            if !self.is_active(operand) || self.body.constant(operand).is_some() {
                continue;
            }
            let targets = self.leaves(operand);
            let mut sum = self.adjoint_type(operand).zero();
            for leaf in self.leaves(result) {
                let (to, within) = (leaf.offset / stride, leaf.offset % stride);
                let from = mask.get(to as usize).copied().flatten();
                let Some(from) = from.filter(|from| from / lanes == which as u32) else {
                    continue;
                };
                let offset = u64::from(from % lanes) * stride + within;
                let Some(target) = targets.iter().find(|t| t.offset == offset) else {
                    continue;
                };
                let part = self.at(adjoint, &leaf.path);
                let old = self.at(sum, &target.path);
                let new = self.accumulate(old, part);
                sum = self.place(sum, &target.path, new);
            }
            self.add_adjoint(operand, sum);
        }
    }

    /// The operand that was chosen gets the adjoint, never times zero or one.
    pub fn reverse_select(&mut self, inst: Inst, operands: &[Value]) {
        let result = self.body.insts[inst].result.expect("select has a result");
        let adjoint = self.take(result);
        let condition = self.primal(operands[0]);
        for (&operand, taken) in operands[1..].iter().zip([true, false]) {
            if self.is_active(operand) {
                let share = self.chosen(condition, result, adjoint, taken);
                self.add_converted(operand, result, share);
            }
        }
    }

    /// `adjoint` where the condition is `taken`, zero elsewhere.
    pub fn chosen(
        &self,
        condition: llvm::Value,
        result: Value,
        adjoint: llvm::Value,
        taken: bool,
    ) -> llvm::Value {
        let pick = |condition: llvm::Value, part: llvm::Value| {
            let zero = part.ty().zero();
            let (yes, no) = if taken { (part, zero) } else { (zero, part) };
            self.b.select(condition, yes, no)
        };
        if !condition.ty().is_vector() || adjoint.ty().is_vector() {
            return pick(condition, adjoint);
        }
        let stride = self.lane_stride(result) as u64;
        let mut share = adjoint;
        for leaf in self.leaves(result) {
            let lane = self.int(leaf.offset / stride);
            let on = self.b.extract_element(condition, lane);
            let part = pick(on, self.at(adjoint, &leaf.path));
            share = self.place(share, &leaf.path, part);
        }
        share
    }
}
