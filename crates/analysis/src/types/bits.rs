//! Integer operations as movements of bytes, and what arithmetic proves.
//!
//! ```text
//! trunc, lshr 8k, shl 8k, zext, or   move bytes        %hi = lshr i64 %x, 32    hi[0..4] ≡ x[4..8]
//! and 0xff…, xor/or sign bit         keep the bytes    fabs, fneg, -fabs of a float's image (1.7)
//! mul, div, rem                      prove integers
//! add, sub, and, or, xor, shifts     are integers when their operands are (a relation)
//! ```
//!
//! Little-endian byte numbering. A result proved by its definition is a fact; what a *use* proves
//! about an operand is only a hint, because code that takes floats apart also multiplies, indexes
//! and compares the parts.

use super::build::{Builder, Repr};
use super::relations::Relation;
use crate::taken::low;
use rz_view::op::{BinaryOp, CastOp};
use rz_view::{Constant, Inst, InstData, Op, Value};

impl Builder<'_> {
    pub(crate) fn binary(&mut self, inst: Inst, op: BinaryOp, data: &InstData) {
        let Some(result) = data.result else { return };
        self.define(result, Self::reason(inst, "type of the result"));
        let (a, b) = (data.operands[0], data.operands[1]);
        let why = Self::reason(inst, "integer arithmetic");
        match op {
            BinaryOp::FAdd | BinaryOp::FSub | BinaryOp::FMul | BinaryOp::FDiv | BinaryOp::FRem => {}
            BinaryOp::Mul | BinaryOp::UDiv | BinaryOp::SDiv | BinaryOp::URem | BinaryOp::SRem => {
                self.state_integer(result, why);
                self.multiplied(a, b, why);
                self.multiplied(b, a, why);
                if op == BinaryOp::Mul {
                    self.zeros[result] = low(self.low_zeros(a) + self.low_zeros(b));
                }
            }
            BinaryOp::Add | BinaryOp::Sub => {
                let sub = op == BinaryOp::Sub;
                self.moved_by_constant(inst, result, a, b);
                if self.is_no_address(result, a, b) {
                    self.hint_integer(result, why);
                    self.hint_integer(a, why);
                    self.hint_integer(b, why);
                }
                self.part_taken(inst, result, a, b);
                self.zeros[result] = low(self.low_zeros(a).min(self.low_zeros(b)));
                self.relate(Relation::Sum {
                    inst,
                    result,
                    a,
                    b,
                    sub,
                });
            }
            BinaryOp::Shl | BinaryOp::LShr | BinaryOp::AShr => self.shift(inst, op, result, a, b),
            BinaryOp::And | BinaryOp::Or | BinaryOp::Xor => {
                self.mask(inst, op, result, a, b);
                self.relate(Relation::Both { inst, result, a, b });
            }
        }
    }

    /// A sum too narrow for an address, or without its low byte: a number, unless it is a float's image.
    fn is_no_address(&self, result: Value, a: Value, b: Value) -> bool {
        let types = &self.module.types;
        let lane = types.store_size(types.scalar(self.body.ty(result)));
        let low = |v: Value| {
            self.is_zero_byte(v, 0)
                || self
                    .constant_bytes(v)
                    .is_some_and(|bytes| bytes.first() == Some(&0))
        };
        lane < self.module.pointer_bytes || (low(a) && low(b))
    }

    /// How many of the lowest bytes of an integer are always zero.
    pub(crate) fn low_zeros(&self, value: Value) -> u64 {
        let scalar = self.module.types.lanes(self.body.ty(value)) == 1;
        let zeros = (0..16).take_while(|&k| scalar && self.is_zero_byte(value, k));
        zeros.count() as u64
    }

    fn shift(&mut self, inst: Inst, op: BinaryOp, result: Value, value: Value, by: Value) {
        let len = self.size(self.body.ty(result));
        let lanes = self.module.types.lanes(self.body.ty(result));
        let amount = self.splat_int(by);
        self.hint_integer(by, Self::reason(inst, "amount of a shift"));
        let bytes = amount.filter(|bits| bits % 8 == 0 && lanes == 1 && *bits / 8 < len.into());
        match (op, bytes.map(|bits| (bits / 8) as u64)) {
            (BinaryOp::Shl, Some(n)) => {
                self.equate((result, n), (value, 0), len - n);
                let low = (1 << n.min(63)) - 1;
                self.zeros[result] = self.zeros[value] << n.min(63) | low;
            }
            (BinaryOp::LShr, Some(n)) => {
                self.equate((result, 0), (value, n), len - n);
                let mut zeros = self.zeros[value] >> n.min(63);
                (len - n..len.min(64)).for_each(|k| zeros |= 1 << k);
                self.zeros[result] = zeros;
            }
            _ => {}
        }
        self.relate(Relation::Both {
            inst,
            result,
            a: value,
            b: by,
        });
    }

    /// The value of an integer constant or of a splat of one.
    fn splat_int(&self, value: Value) -> Option<u128> {
        match self.body.constant(value)? {
            Constant::Int(bits) => Some(*bits),
            Constant::Splat(lane) => self.body.const_int(*lane),
            _ => None,
        }
    }

    /// The bytes of an integer constant, per byte of `value`'s type.
    fn constant_bytes(&self, value: Value) -> Option<Vec<u8>> {
        let types = &self.module.types;
        let ty = self.body.ty(value);
        let len = types.store_size(ty).min(64) as usize;
        let lane = types.store_size(types.scalar(ty)) as usize;
        let of =
            |bits: u128| (0..lane).map(move |k| if k < 16 { (bits >> (8 * k)) as u8 } else { 0 });
        match self.body.constant(value)? {
            Constant::Int(bits) => Some(of(*bits).collect()),
            Constant::Zero => Some(vec![0; len]),
            Constant::Splat(v) => {
                let bits = self.body.const_int(*v)?;
                Some(of(bits).cycle().take(len).collect())
            }
            Constant::Aggregate(list) => {
                let mut bytes = Vec::new();
                for &v in list {
                    bytes.extend(of(self.body.const_int(v)?));
                }
                Some(bytes)
            }
            _ => None,
        }
    }

    /// `and`, `or`, `xor`: which bytes of the result are bytes of an operand.
    fn mask(&mut self, inst: Inst, op: BinaryOp, result: Value, a: Value, b: Value) {
        let len = self.size(self.body.ty(result)).min(64);
        let (value, mask) = match (self.constant_bytes(a), self.constant_bytes(b)) {
            (_, Some(mask)) => (a, mask),
            (Some(mask), None) => (b, mask),
            (None, None) => {
                if op == BinaryOp::Or || op == BinaryOp::Xor {
                    self.merge_disjoint(result, a, b, len);
                } else {
                    self.zeros[result] = self.zeros[a] | self.zeros[b];
                }
                return;
            }
        };
        let at = |k: u64| mask.get(k as usize).copied().unwrap_or(0);
        if op == BinaryOp::And && (1..0x80).contains(&at(0)) && (1..len).all(|k| at(k) == 0) {
            self.bits_taken(inst, value);
        }
        let sign_only = (0..len).all(|k| at(k) == 0 || (at(k) == 0x80 && k % 2 == 1));
        let mut zeros = 0;
        for k in 0..len {
            let keeps = match op {
                BinaryOp::And => {
                    at(k) == 0xff || (at(k) == 0x7f && k % 2 == 1 && at(k - 1) == 0xff)
                }
                _ => at(k) == 0 || sign_only,
            };
            if keeps {
                self.equate((result, k), (value, k), 1);
            }
            let zero = self.is_zero_byte(value, k);
            if (op == BinaryOp::And && at(k) == 0) || (zero && (at(k) == 0 || op == BinaryOp::And))
            {
                zeros |= 1 << k;
            }
        }
        self.zeros[result] = zeros;
    }

    /// Some of the lowest bits are looked at: flags and truth values, not the end of a float.
    fn bits_taken(&mut self, inst: Inst, value: Value) {
        let why = Self::reason(inst, "taken as truth value");
        let types = &self.module.types;
        let ty = self.body.ty(value);
        if types.lanes(ty) == 1 {
            self.hint_part_integer(value, 0..1, why);
        } else if types.store_size(types.scalar(ty)) == 1 {
            self.hint_integer(value, why);
        }
    }

    /// `or` of parts that fill each other's zero bytes.
    fn merge_disjoint(&mut self, result: Value, a: Value, b: Value, len: u64) {
        let mut zeros = 0;
        for k in 0..len {
            match (self.is_zero_byte(a, k), self.is_zero_byte(b, k)) {
                (true, true) => zeros |= 1 << k,
                (true, false) => self.equate((result, k), (b, k), 1),
                (false, true) => self.equate((result, k), (a, k), 1),
                (false, false) => {}
            }
        }
        self.zeros[result] = zeros;
    }

    pub(crate) fn compare(&mut self, inst: Inst, data: &InstData) {
        let Some(result) = data.result else { return };
        self.define(result, Self::reason(inst, "type of the result"));
        if let Op::ICmp(predicate) = data.op {
            self.state_integer(result, Self::reason(inst, "result of a comparison"));
            let (a, b) = (data.operands[0], data.operands[1]);
            self.compared_with_constant(inst, predicate, a, b);
            self.relate(Relation::Compared { inst, a, b });
        }
    }

    /// `trunc`, `zext`, `sext`, per lane.
    pub(crate) fn resize(&mut self, inst: Inst, op: CastOp, result: Value, operand: Value) {
        self.define(result, Self::reason(inst, "type of the result"));
        let types = &self.module.types;
        let (to, from) = (self.body.ty(result), self.body.ty(operand));
        let bit = |ty| matches!(types.kind(types.scalar(ty)), rz_view::TypeKind::Int(1));
        if bit(from) {
            return self.state_integer(result, Self::reason(inst, "widened truth value"));
        }
        let (wide, narrow) = (
            types.store_size(types.scalar(to)),
            types.store_size(types.scalar(from)),
        );
        let lanes = u64::from(types.lanes(to));
        if bit(to) {
            self.bits_taken(inst, operand);
        }
        if op == CastOp::SExt {
            self.hint_integer(operand, Self::reason(inst, "sign extended"));
            let none = operand;
            self.relate(Relation::Both {
                inst,
                result,
                a: operand,
                b: none,
            });
            return;
        }
        let kept = wide.min(narrow);
        for lane in 0..lanes {
            self.equate((result, lane * wide), (operand, lane * narrow), kept);
        }
        if lanes == 1 {
            let mut zeros = self.zeros[operand];
            if op == CastOp::ZExt {
                (narrow..wide.min(64)).for_each(|k| zeros |= 1 << k);
            }
            self.zeros[result] = zeros;
        }
        // Bits cut within a byte are still the operand's when that is an integer.
        self.relate(Relation::Both {
            inst,
            result,
            a: operand,
            b: operand,
        });
    }

    /// Same bytes, another type.
    pub(crate) fn bitcast(&mut self, inst: Inst, result: Value, operand: Value) {
        let why = Self::reason(inst, "bitcast");
        if let Repr::Pointer(_) = self.reprs[operand] {
            self.reprs[result] = self.reprs[operand];
            return;
        }
        self.define(result, why);
        if let Repr::Bytes { first, .. } = self.reprs[result] {
            self.zeros[result] = self.zeros[operand];
            self.spread(operand, why, &mut |_, k| super::graph::Graph::nth(first, k));
        } else if let Repr::Bytes { first, .. } = self.reprs[operand] {
            self.spread(result, why, &mut |_, k| super::graph::Graph::nth(first, k));
        }
    }

    /// `ptrtoint`: the low bytes are the pointer.
    pub(crate) fn pointer_bits(&mut self, result: Value, operand: Value, why: super::Reason) {
        let Repr::Bytes { first, len } = self.reprs[result] else {
            return;
        };
        let bytes = self.module.pointer_bytes;
        if len >= bytes && self.module.types.lanes(self.body.ty(result)) == 1 {
            (bytes..len.min(64)).for_each(|k| self.zeros[result] |= 1 << k);
            self.spread(operand, why, &mut |g, k| {
                if k < len {
                    super::graph::Graph::nth(first, k)
                } else {
                    g.new_cell()
                }
            });
        } else if len < bytes {
            self.state_integer(result, why);
        }
    }

    pub(crate) fn int_to_ptr(&mut self, inst: Inst, result: Value, operand: Value) {
        let why = Self::reason(inst, "integer taken as pointer");
        match self.reprs[operand] {
            Repr::Bytes { first, len } if len == self.module.pointer_bytes => {
                self.gather(result, why, &mut |_, k| super::graph::Graph::nth(first, k));
            }
            _ => self.define(result, why),
        }
    }

    pub(crate) fn relate(&mut self, relation: Relation) {
        self.relations.push(relation);
    }
}
