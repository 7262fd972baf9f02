//! Sums of numbers in a register that holds more.
//!
//! LLVM adds members of records in the registers that hold the records:
//!
//! ```text
//! struct { int count; float weight; } a, b;      a.count + b.count
//!
//! %sum = add i64 %a, %b                ; the upper half is noise
//! %count = and i64 %sum, 0xffffffff    ; and only the lower half is taken
//! ```
//!
//! Byte k of a sum depends on bytes 0..=k of its operands. So the low bytes are integers where the
//! operands' low bytes are, whatever lies above; bytes that no use takes may hold anything; and
//! fewer bytes than an address has are probably a number.

use super::build::{Builder, Repr};
use super::graph::{Fact, Graph, Reason};
use super::tree::Class;
use rustc_hash::FxHashMap;
use rz_view::op::{BinaryOp, CastOp};
use rz_view::{Body, Inst, InstData, Op, TypeTable, Value};

/// How many low bytes are taken of each sum that is not taken whole.
pub(super) fn taken(types: &TypeTable, body: &Body) -> FxHashMap<Value, u64> {
    let wide = |data: &InstData| {
        matches!(data.op, Op::Binary(BinaryOp::Add | BinaryOp::Sub))
            && types.lanes(data.ty) == 1
            && types.store_size(data.ty) > 1
    };
    let mut taken: FxHashMap<Value, u64> = body
        .insts
        .values()
        .filter(|data| wide(data))
        .filter_map(|data| Some((data.result?, 0)))
        .collect();
    if taken.is_empty() {
        return taken;
    }
    for (inst, data) in &body.insts {
        for operand in &data.operands {
            if let Some(bytes) = taken.get_mut(operand) {
                *bytes = (*bytes).max(low_bytes_taken(types, body, inst).unwrap_or(u64::MAX));
            }
        }
    }
    taken.retain(|&sum, bytes| *bytes > 0 && *bytes < types.store_size(body.ty(sum)));
    taken
}

/// The low bytes of its operand that a mask or a truncation takes.
fn low_bytes_taken(types: &TypeTable, body: &Body, inst: Inst) -> Option<u64> {
    let data = &body.insts[inst];
    match data.op {
        Op::Binary(BinaryOp::And) => {
            let mask = body.const_int(data.operands[1])?;
            Some(u64::from((128 - mask.leading_zeros()).div_ceil(8)))
        }
        Op::Cast(CastOp::Trunc) => Some(types.store_size(data.ty)),
        _ => None,
    }
}

impl Builder<'_> {
    /// What the uses of a sum say about it and its operands.
    pub(super) fn low_part_taken(&mut self, inst: Inst, result: Value, a: Value, b: Value) {
        let Some(&bytes) = self.taken.get(&result) else {
            return;
        };
        if let Repr::Bytes { first, len } = self.reprs[result] {
            let why = Self::reason(inst, "never taken");
            for k in bytes..len {
                let fact = Fact::of(Class::Anything, 0, why);
                self.graph.assert(Graph::nth(first, k), fact);
            }
        }
        if bytes < self.module.pointer_bytes {
            for value in [result, a, b] {
                self.hint_low_integer(value, bytes, Self::reason(inst, "integer arithmetic"));
            }
        }
    }

    /// The low bytes of a sum are made of the low bytes of its operands alone: where those are
    /// integers, so are they, whatever lies above. LLVM adds a member of a record this way, in the
    /// register that holds the record.
    pub(super) fn low_sum(&mut self, result: Value, a: Value, b: Value, why: Reason) {
        if self.module.types.lanes(self.body.ty(result)) != 1 {
            return;
        }
        let mut hint = false;
        let mut bytes = 0;
        let byte = |v, k| self.number_byte(v, k, why);
        while let (Some(x), Some(y)) = (byte(a, bytes), byte(b, bytes)) {
            if x.class == Class::Anything && y.class == Class::Anything {
                break;
            }
            hint |= x.hint || y.hint;
            bytes += 1;
        }
        let fact = Fact::integer(why);
        self.grow(result, bytes, |_| Fact { hint, ..fact });
    }

    /// What makes byte `k` of a value part of an integer, if that is known; zeros and constants fit
    /// anything.
    fn number_byte(&self, value: Value, k: u64, why: Reason) -> Option<Fact> {
        let Repr::Bytes { first, len } = self.reprs[value] else {
            return None;
        };
        if k >= len {
            return None;
        }
        if self.body.constant(value).is_some() || self.is_zero_byte(value, k) {
            return Some(Fact::of(Class::Anything, 0, why));
        }
        let fact = self.graph.fact(Graph::nth(first, k))?;
        matches!(fact.class, Class::Integer | Class::Anything).then_some(fact)
    }
}
