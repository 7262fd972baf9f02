//! Arithmetic on a part of a register.
//!
//! LLVM computes with members of records in the registers that hold the records:
//!
//! ```text
//! struct { int count; float weight; } a, b;      a.count + b.count
//!
//! %sum = add i64 %a, %b                ; the upper half is noise
//! %count = and i64 %sum, 0xffffffff    ; and only the lower half is taken
//! ```
//!
//! Byte k of a sum depends on bytes 0..=k of its operands, and only on byte k as long as one of them
//! is zero below it. So bytes are integers where the operands' bytes are, whatever lies beside them;
//! bytes that no use takes may hold anything; and fewer bytes than an address has are probably a number.

use super::build::{Builder, Hint, Repr};
use super::graph::{Fact, Graph, Reason};
use super::tree::Class;
use crate::taken::{ALL, Bytes, low, read_of_operands};
use rustc_hash::FxHashMap;
use rz_view::op::BinaryOp;
use rz_view::{Body, Inst, InstData, Op, TypeTable, Value};
use std::ops::Range;

/// Which bytes are taken of each sum that is not taken whole.
pub(super) fn taken(types: &TypeTable, body: &Body) -> FxHashMap<Value, Bytes> {
    let sum = |data: &InstData| {
        matches!(data.op, Op::Binary(BinaryOp::Add | BinaryOp::Sub))
            && types.lanes(data.ty) == 1
            && (2..=16).contains(&types.store_size(data.ty))
    };
    let sums = body.insts.values().filter(|data| sum(data));
    let mut taken: FxHashMap<Value, Bytes> =
        sums.filter_map(|data| Some((data.result?, 0))).collect();
    if taken.is_empty() {
        return taken;
    }
    for (inst, data) in &body.insts {
        for operand in &data.operands {
            if let Some(bytes) = taken.get_mut(operand) {
                *bytes |= read_of_operands(types, body, inst, ALL);
            }
        }
    }
    taken.retain(|&sum, bytes| {
        let all = low(types.store_size(body.ty(sum)));
        *bytes &= all;
        *bytes != 0 && *bytes != all
    });
    taken
}

impl Builder<'_> {
    /// What the uses of a sum say about it and its operands.
    pub(super) fn part_taken(&mut self, inst: Inst, result: Value, a: Value, b: Value) {
        let Some(&taken) = self.taken.get(&result) else {
            return;
        };
        if let Repr::Bytes { first, len } = self.reprs[result] {
            let why = Self::reason(inst, "never taken");
            for k in (0..len).filter(|k| taken >> k & 1 == 0) {
                let fact = Fact::of(Class::Anything, 0, why);
                self.graph.assert(Graph::nth(first, k), fact);
            }
        }
        let bytes = u64::from(taken.trailing_zeros())..u64::from(64 - taken.leading_zeros());
        if bytes.end - bytes.start < self.module.pointer_bytes {
            let why = Self::reason(inst, "integer arithmetic");
            for value in [result, a, b] {
                self.hint_part_integer(value, bytes.clone(), why);
            }
        }
    }

    /// Some bytes of a value are used as an integer.
    pub(super) fn hint_part_integer(&mut self, value: Value, bytes: Range<u64>, why: Reason) {
        self.hints.push(Hint { value, bytes, why });
    }

    /// A part of a sum is an integer when both operands are there, and nothing is carried into it.
    pub(super) fn partial_sum(&mut self, result: Value, a: Value, b: Value, why: Reason) {
        if self.module.types.lanes(self.body.ty(result)) != 1 {
            return;
        }
        let size = self.size(self.body.ty(result));
        let carries = |&k: &u64| !self.is_zero_byte(a, k) && !self.is_zero_byte(b, k);
        let start = (0..size).find(carries).unwrap_or(size);
        let numbers = (start..size).map_while(|k| self.number_of_both(a, b, k, why));
        let numbers: Vec<Fact> = numbers.collect();
        let hint = numbers.iter().any(|fact| fact.hint);
        let fact = Fact::integer(why);
        let bytes = start..start + numbers.len() as u64;
        self.grow(result, bytes, |_| Fact { hint, ..fact });
    }

    /// Each byte of `and`, `or` and `xor` is made of that byte of both operands.
    pub(super) fn bytewise(&mut self, result: Value, a: Value, b: Value, why: Reason) {
        for k in 0..self.size(self.body.ty(result)).min(64) {
            if let Some(fact) = self.number_of_both(a, b, k, why) {
                self.grow(result, k..k + 1, |_| fact);
            }
        }
    }

    pub(super) fn is_bytewise(&self, inst: Inst) -> bool {
        let op = &self.body.insts[inst].op;
        matches!(op, Op::Binary(BinaryOp::And | BinaryOp::Or | BinaryOp::Xor))
    }

    /// Byte `k` of what is computed from an integer and an integer, or one that fits anything.
    fn number_of_both(&self, a: Value, b: Value, k: u64, why: Reason) -> Option<Fact> {
        let (x, y) = (self.number_byte(a, k, why)?, self.number_byte(b, k, why)?);
        let number = x.class == Class::Integer || y.class == Class::Integer;
        let hint = x.hint || y.hint;
        let fact = Fact::integer(why);
        number.then_some(Fact { hint, ..fact })
    }

    /// What makes byte `k` of a value part of an integer, if that is known; zeros and constants fit
    /// anything.
    fn number_byte(&self, value: Value, k: u64, why: Reason) -> Option<Fact> {
        if self.body.constant(value).is_some() || self.is_zero_byte(value, k) {
            return Some(Fact::of(Class::Anything, 0, why));
        }
        let fact = self.graph.fact(self.byte(value, k)?)?;
        matches!(fact.class, Class::Integer | Class::Anything).then_some(fact)
    }
}
