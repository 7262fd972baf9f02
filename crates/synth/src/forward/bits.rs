//! Integer operations on bits that are floats or pointers.
//!
//! Integers move floats in pieces: `zext`, `shl` and `or` put them together, `lshr`, `trunc` and `and`
//! take them apart; their tangents go the same way. The sign bit is the one bit of a float that may be
//! changed: the result is ± the operand, so the tangent's sign changes with it. An integer that is an
//! address keeps its distance from its shadow. Anything else has no derivative: RZ0015.
//!
//! ```text
//! %n = xor i64 %x, -9223372036854775808     ; -x
//! %1 = xor i64 %n, %x                       ; the bits that changed
//! %2 = and i64 %1, -9223372036854775808     ; … of signs
//! %n' = xor i64 %x', %2
//! ```

use super::function::Writer;
use rz_analysis::types::Class;
use rz_diag::{Code, Diagnostic, Result};
use rz_llvm::Value as Ir;
use rz_view::op::{BinaryOp, CastOp};
use rz_view::{Constant, Inst, Op, TypeKind, Value};

/// How deep the search for zero bits goes.
const DEPTH: u32 = 6;

impl Writer<'_, '_> {
    /// Integer arithmetic and bit operations.
    pub(super) fn int_binary(&mut self, inst: Inst, op: BinaryOp) -> Result<Option<Ir>> {
        let data = &self.body.insts[inst];
        let (a, b) = (data.operands[0], data.operands[1]);
        let tangents = (self.tangent(a), self.tangent(b));
        if tangents == (None, None) || !self.carries(data.result) {
            return Ok(None);
        }
        let Some(result) = data.result else {
            return Ok(None);
        };
        // Sums of what no evidence calls a float are numbers or addresses: for both the distance is right.
        let sum = matches!(op, BinaryOp::Add | BinaryOp::Sub);
        match self.types.whole(result) {
            Class::Pointer => return Ok(self.address_arithmetic(inst, a, b)),
            Class::Unknown if sum && !self.holds_float(result) => {
                return Ok(self.address_arithmetic(inst, a, b));
            }
            _ => {}
        }
        match op {
            BinaryOp::Shl | BinaryOp::LShr | BinaryOp::AShr => self.shift(inst, op, a, b),
            BinaryOp::And | BinaryOp::Or | BinaryOp::Xor => self.bitwise(inst, op, a, b),
            _ => Err(self.bit_trick(inst, "integer arithmetic")),
        }
    }

    /// True when some byte of the value may be part of a float or pointer.
    pub(super) fn carries(&self, value: Option<Value>) -> bool {
        value.is_some_and(|v| {
            let segments = self.types.segments(v);
            segments
                .iter()
                .any(|s| !matches!(s.class, Class::Integer | Class::Anything))
        })
    }

    fn holds_float(&self, value: Value) -> bool {
        let segments = self.types.segments(value);
        segments.iter().any(|s| matches!(s.class, Class::Float(_)))
    }

    pub(super) fn bit_trick(&self, inst: Inst, what: &str) -> Box<Diagnostic> {
        self.refuse(
            inst,
            Code::BitTrick,
            &format!("{what} changes the bits of an active float"),
        )
        .fix("write it with floating-point operations, or mark the value inactive")
    }

    /// `p' + (result - p)`, whatever the operation.
    fn address_arithmetic(&mut self, inst: Inst, a: Value, b: Value) -> Option<Ir> {
        let (base, shadow) = match (self.tangent(a), self.tangent(b)) {
            (Some(shadow), _) => (a, shadow),
            (None, Some(shadow)) => (b, shadow),
            (None, None) => return None,
        };
        let distance = self.b.sub(self.inst(inst), self.primal(base));
        Some(self.b.add(shadow, distance))
    }

    /// Whole bytes may be shifted.
    fn shift(&mut self, inst: Inst, op: BinaryOp, a: Value, by: Value) -> Result<Option<Ir>> {
        let whole = self.lane_int(by).is_some_and(|bits| bits % 8 == 0);
        let Some(tangent) = self.tangent(a).filter(|_| whole) else {
            return Err(self.bit_trick(inst, "a shift"));
        };
        let by = self.primal(by);
        Ok(Some(match op {
            BinaryOp::Shl => self.b.shl(tangent, by),
            _ => self.b.lshr(tangent, by),
        }))
    }

    fn bitwise(&mut self, inst: Inst, op: BinaryOp, a: Value, b: Value) -> Result<Option<Ir>> {
        let result = self.body.insts[inst]
            .result
            .expect("arithmetic has a result");
        let bits = self.lane_bits(result);
        let (mut keep, mut signs) = (0_u128, 0_u128);
        for (class, start, width) in self.pieces(result, u64::from(bits.max(8))) {
            if start + width > 128 {
                return Err(self.bit_trick(inst, "a bit operation"));
            }
            let mask = ones(width as u32) << start;
            match class {
                Class::Integer | Class::Anything => {}
                // Bytes that come from a constant alone, wherever the other operand has none.
                Class::Unknown if self.constant_bits(a, b) & mask == mask => {}
                Class::Unknown => {
                    return Err(self
                        .refuse(
                            inst,
                            Code::UnknownType,
                            "cannot tell what a bit operation is applied to",
                        )
                        .fix("compile with optimization (type-based alias metadata)"));
                }
                Class::Pointer => keep |= mask,
                Class::Float(kind) => {
                    let float = kind.bytes() * 8;
                    for at in (start..start + width).step_by(float as usize) {
                        let float = ones(float as u32) << at;
                        self.float_bits(inst, op, (a, b), float, &mut keep, &mut signs)?;
                    }
                }
            }
        }
        Ok(Some(self.combine(inst, (a, b), keep, signs)))
    }

    /// What the bytes of a value are, as bit ranges inside of a lane: lanes are treated alike.
    fn pieces(&self, value: Value, lane: u64) -> Vec<(Class, u64, u64)> {
        let mut pieces = Vec::new();
        for segment in self.types.segments(value) {
            let end = (segment.offset + segment.bytes) * 8;
            let mut from = segment.offset * 8;
            while from < end {
                let width = (lane - from % lane).min(end - from);
                let piece = (segment.class, from % lane, width);
                if !pieces.contains(&piece) {
                    pieces.push(piece);
                }
                from += width;
            }
        }
        pieces
    }

    /// What the operation does to the float whose bits are `float`: keeps, drops or changes its sign.
    fn float_bits(
        &self,
        inst: Inst,
        op: BinaryOp,
        (a, b): (Value, Value),
        float: u128,
        keep: &mut u128,
        signs: &mut u128,
    ) -> Result<()> {
        let sign = float & !(float >> 1);
        // The operand the float comes from, and the other one.
        let (source, other) = match (self.tangent(a), self.tangent(b)) {
            (Some(_), None) => (a, b),
            (None, Some(_)) => (b, a),
            _ if self.maybe(b, DEPTH) & float == 0 => (a, b),
            _ => (b, a),
        };
        let changed = if op == BinaryOp::And {
            match self.lane_ints(other) {
                Some((_, some)) if some & float == 0 => return Ok(()),
                Some((every, _)) => float & !every,
                None => float,
            }
        } else {
            self.maybe(other, DEPTH) & float
        };
        // A lone sign bit is no float any more, and has no derivative.
        if op == BinaryOp::And && changed == float & !sign {
            return Ok(());
        }
        let absent = self.maybe(source, DEPTH) & float == 0;
        if changed & !sign != 0 && !absent {
            return Err(self.bit_trick(inst, "a bit operation"));
        }
        *keep |= float;
        *signs |= if absent { 0 } else { changed };
        Ok(())
    }

    /// `(a' | b') & keep`, with signs changed where the result's differ from the operand's.
    fn combine(&mut self, inst: Inst, (a, b): (Value, Value), keep: u128, signs: u128) -> Ir {
        let result = self.inst(inst);
        let ty = result.ty();
        let (tangent, source) = match (self.tangent(a), self.tangent(b)) {
            (Some(x), Some(y)) => (self.b.or(x, y), None),
            (Some(x), None) => (x, Some(a)),
            (None, Some(y)) => (y, Some(b)),
            (None, None) => return ty.zero(),
        };
        let kept = self.b.and(tangent, ty.int_const_wide(keep));
        match source {
            Some(source) if signs != 0 => {
                let changed = self.b.xor(result, self.primal(source));
                let flips = self.b.and(changed, ty.int_const_wide(signs));
                self.b.xor(kept, flips)
            }
            _ => kept,
        }
    }

    /// Bits of `a | b` in which one is a constant and the other has none.
    fn constant_bits(&self, a: Value, b: Value) -> u128 {
        let one = |constant: Value, other: Value| match self.lane_int(constant) {
            Some(_) => !self.maybe(other, DEPTH),
            None => 0,
        };
        one(a, b) | one(b, a)
    }

    fn lane_bits(&self, value: Value) -> u32 {
        let types = &self.forward.imported.module.types;
        match types.kind(types.scalar(self.body.ty(value))) {
            TypeKind::Int(bits) => *bits,
            _ => 128,
        }
    }

    /// The integer constant that every lane is.
    fn lane_int(&self, value: Value) -> Option<u128> {
        match self.body.constant(value)? {
            Constant::Int(bits) => Some(*bits),
            Constant::Splat(lane) => self.body.const_int(*lane),
            Constant::Zero => Some(0),
            Constant::Aggregate(lanes) => {
                let first = self.body.const_int(*lanes.first()?)?;
                let same = lanes.iter().all(|&l| self.body.const_int(l) == Some(first));
                same.then_some(first)
            }
            _ => None,
        }
    }

    /// Bits that are set in every lane of a constant, and in some.
    fn lane_ints(&self, value: Value) -> Option<(u128, u128)> {
        if let Some(lane) = self.lane_int(value) {
            return Some((lane, lane));
        }
        let Some(Constant::Aggregate(lanes)) = self.body.constant(value) else {
            return None;
        };
        let mut bits = (u128::MAX, 0);
        for &lane in lanes {
            let lane = self.body.const_int(lane)?;
            bits = (bits.0 & lane, bits.1 | lane);
        }
        Some(bits)
    }

    /// Bits of a lane that may be set.
    fn maybe(&self, value: Value, depth: u32) -> u128 {
        let all = ones(self.lane_bits(value));
        if let Some((_, some)) = self.lane_ints(value) {
            return some & all;
        }
        let Some(inst) = self.body.def(value).filter(|_| depth > 0) else {
            return all;
        };
        let data = &self.body.insts[inst];
        let operand = |i: usize| self.maybe(data.operands[i], depth - 1);
        let by = || self.lane_int(data.operands[1]).map(|by| by.min(127) as u32);
        all & match &data.op {
            Op::Cast(CastOp::ZExt | CastOp::Trunc) => operand(0),
            Op::Binary(BinaryOp::Shl) => by().map_or(all, |by| operand(0) << by),
            Op::Binary(BinaryOp::LShr) => by().map_or(all, |by| operand(0) >> by),
            Op::Binary(BinaryOp::And) => operand(0) & operand(1),
            Op::Binary(BinaryOp::Or | BinaryOp::Xor) => operand(0) | operand(1),
            // Carries go up only.
            Op::Binary(BinaryOp::Add | BinaryOp::Sub) => {
                let low = (operand(0) | operand(1)).trailing_zeros();
                u128::MAX.checked_shl(low).unwrap_or(0)
            }
            Op::Binary(BinaryOp::Mul) => {
                let low = operand(0).trailing_zeros() + operand(1).trailing_zeros();
                u128::MAX.checked_shl(low).unwrap_or(0)
            }
            Op::Select => operand(1) | operand(2),
            _ => all,
        }
    }
}

fn ones(bits: u32) -> u128 {
    if bits >= 128 {
        u128::MAX
    } else {
        (1 << bits) - 1
    }
}
