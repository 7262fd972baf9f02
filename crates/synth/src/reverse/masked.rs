//! Loads and stores of some lanes of a vector, gathers and scatters.
//!
//! Lanes are undone one by one, each under its bit of the mask, so equal addresses are no special
//! case. What moves is the floats that types find in a lane: one float, or what an integer carries.

use super::adjoint::Leaf;
use super::code::Code;
use rz_llvm as llvm;
use rz_plan::Masked;
use rz_view::{Inst, Value};

impl Code<'_, '_> {
    /// Masked loads, stores, gathers and scatters.
    pub fn reverse_masked(&mut self, inst: Inst, masked: Masked, args: &[Value]) {
        match masked {
            Masked::Load | Masked::Gather => {
                let result = self.body.insts[inst].result.expect("a result");
                self.reverse_masked_load(result, masked == Masked::Load, args);
            }
            Masked::Store | Masked::Scatter => {
                self.reverse_masked_store(masked == Masked::Store, args);
            }
            Masked::ExpandLoad | Masked::CompressStore => unreachable!("the planner refuses them"),
        }
    }

    /// The lanes that were loaded add to the shadow, the others to what stood in for them.
    fn reverse_masked_load(&mut self, result: Value, together: bool, args: &[Value]) {
        let adjoint = self.take(result);
        let mask = self.primal(args[1]);
        let kept = self.chosen(mask, result, adjoint, false);
        self.add_converted(args[2], result, kept);
        let to = self.shadow(args[0]);
        let mask = self.owned_lanes(args[0], to, mask);
        let stride = together.then(|| self.lane_bytes(result));
        let (leaves, bytes) = (self.leaves(result), self.lane_bytes(result));
        self.each_lane(to, mask, stride, false, |code, at, lane| {
            for (leaf, within) in in_lane(&leaves, bytes, lane) {
                let part = code.at(adjoint, &leaf.path);
                let at = code.b.ptr_offset(at, within);
                let old = code.b.load(part.ty(), at, 1);
                let new = code.accumulate(old, part);
                code.b.store(new, at, 1);
            }
        });
    }

    /// The lanes that were stored take the shadow, which is reset.
    fn reverse_masked_store(&mut self, together: bool, args: &[Value]) {
        let value = args[0];
        let mask = self.primal(args[2]);
        let from = self.shadow(args[1]);
        let mask = self.owned_lanes(args[1], from, mask);
        let ty = self.adjoint_type(value);
        let variable = self.variable(ty);
        self.store(ty.zero(), variable);
        let stride = together.then(|| self.lane_bytes(value));
        let (leaves, bytes) = (self.leaves(value), self.lane_bytes(value));
        // Of lanes with the same address the highest wins: it is undone first.
        self.each_lane(from, mask, stride, true, |code, at, lane| {
            for (leaf, within) in in_lane(&leaves, bytes, lane) {
                let float = code.float(leaf.kind);
                let at = code.b.ptr_offset(at, within);
                let part = code.b.load(float, at, 1);
                code.b.store(float.zero(), at, 1);
                let sum = code.load(ty, variable);
                let sum = code.place(sum, &leaf.path, part);
                code.store(sum, variable);
            }
        });
        if self.is_active(value) {
            let adjoint = self.load(ty, variable);
            self.add_adjoint(value, adjoint);
        }
    }

    /// The lanes of `mask` whose memory is not its own shadow.
    fn owned_lanes(
        &mut self,
        pointer: Value,
        shadow: llvm::Value,
        mask: llvm::Value,
    ) -> llvm::Value {
        if !self.plan.mixed[pointer] {
            return mask;
        }
        let primal = self.primal(pointer);
        let other = self.b.icmp(llvm::IntPredicate::Ne, shadow, primal);
        if other.ty().is_vector() {
            return self.b.and(mask, other);
        }
        self.b.select(other, mask, mask.ty().zero())
    }

    /// Distance between the lanes of a vector in memory.
    fn lane_bytes(&self, vector: Value) -> i64 {
        self.session.llvm.alloc_size(self.ty(vector).scalar()) as i64
    }

    /// Runs `each` for every lane of `mask` that is set, on the address of the lane.
    fn each_lane(
        &mut self,
        pointers: llvm::Value,
        mask: llvm::Value,
        stride: Option<i64>,
        downwards: bool,
        mut each: impl FnMut(&mut Self, llvm::Value, u32),
    ) {
        let lanes = mask.ty().vector_len();
        let order: Vec<u32> = if downwards {
            (0..lanes).rev().collect()
        } else {
            (0..lanes).collect()
        };
        for lane in order {
            let index = self.int(u64::from(lane));
            let on = self.b.extract_element(mask, index);
            let body = self.function.append_block("lane");
            let next = self.function.append_block("next");
            self.b.cond_br(on, body, next);
            self.b.position_at_end(body);
            let at = match stride {
                None => self.b.extract_element(pointers, index),
                Some(bytes) => self.b.ptr_offset(pointers, i64::from(lane) * bytes),
            };
            each(self, at, lane);
            self.b.br(next);
            self.b.position_at_end(next);
        }
    }
}

/// The floats of one lane, with their distance from its start.
fn in_lane(leaves: &[Leaf], bytes: i64, lane: u32) -> impl Iterator<Item = (&Leaf, i64)> {
    let at = move |leaf: &Leaf| (leaf.offset as i64 / bytes, leaf.offset as i64 % bytes);
    leaves
        .iter()
        .filter(move |leaf| at(leaf).0 == i64::from(lane))
        .map(move |leaf| (leaf, at(leaf).1))
}
