//! What a bit operation with a constant does to each float inside an integer.
//!
//! Of a float's bits only the sign may be changed: that negates, or takes the magnitude, and has a
//! derivative. A float may be kept whole or dropped whole. Anything else has no derivative.
//!
//! ```text
//! xor i64 %x, -9223372036854775808     ; −x:   flips the adjoint's sign
//! and i64 %x,  9223372036854775807     ; |x|:  … where x is negative
//! or  i64 %x, -9223372036854775808     ; −|x|: … where x is positive
//! ```

use crate::context::Context;
use crate::segments::Segment;
use rz_view::op::BinaryOp;
use rz_view::{Constant, Inst, Op, Value};

/// What happens to one float.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Effect {
    /// Nothing.
    Keep,
    /// It is replaced by a constant.
    Drop,
    /// Its sign changes.
    Flip,
    /// It becomes positive.
    Magnitude,
    /// It becomes negative.
    NegativeMagnitude,
}

impl Effect {
    /// True when the adjoint depends on the float's sign.
    pub fn reads_sign(self) -> bool {
        matches!(self, Effect::Magnitude | Effect::NegativeMagnitude)
    }
}

/// A bit operation with a constant.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Masking {
    /// The operand that is no constant.
    pub source: Value,
    /// For each float of the result, by its byte offset.
    pub effects: Vec<(u64, Effect)>,
}

/// The effects of `inst` on the floats of its result, which are `floats`; `of_source` lists those
/// of its operand. `None` when it has none that is allowed, or no constant operand.
pub fn masking(
    cx: &Context<'_>,
    inst: Inst,
    floats: &[Segment],
    of_source: impl Fn(Value) -> Vec<Segment>,
) -> Option<Masking> {
    let data = &cx.body.insts[inst];
    let Op::Binary(op) = data.op else { return None };
    let [a, b] = [data.operands[0], data.operands[1]];
    let (source, mask) = match (cx.body.constant(a), cx.body.constant(b)) {
        (None, Some(_)) => (a, b),
        (Some(_), None) => (b, a),
        _ => return None,
    };
    let there = of_source(source);
    let mut effects = Vec::with_capacity(floats.len());
    for float in floats {
        let bytes = float.kind.bytes();
        let bits = constant_bits(cx, mask, float.offset, bytes)?;
        let known = there.contains(float);
        effects.push((float.offset, effect(op, bits, bytes, known)?));
    }
    Some(Masking { source, effects })
}

fn effect(op: BinaryOp, bits: u128, bytes: u64, known: bool) -> Option<Effect> {
    let all = ones(bytes * 8);
    let sign = all & !(all >> 1);
    Some(match op {
        // Bits of a float that the other operand does not hold are a constant float.
        BinaryOp::Or | BinaryOp::Xor if !known => Effect::Drop,
        BinaryOp::And if bits == 0 || !known => Effect::Drop,
        BinaryOp::And if bits == all => Effect::Keep,
        BinaryOp::And if bits == all & !sign => Effect::Magnitude,
        BinaryOp::Or | BinaryOp::Xor if bits == 0 => Effect::Keep,
        BinaryOp::Or if bits == sign => Effect::NegativeMagnitude,
        BinaryOp::Xor if bits == sign => Effect::Flip,
        _ => return None,
    })
}

fn ones(bits: u64) -> u128 {
    if bits >= 128 {
        u128::MAX
    } else {
        (1 << bits) - 1
    }
}

/// The bits of an integer constant, or of lanes of one, from a byte on.
fn constant_bits(cx: &Context<'_>, constant: Value, offset: u64, bytes: u64) -> Option<u128> {
    let types = &cx.module.types;
    let lane = types.store_size(types.scalar(cx.body.ty(constant)));
    let (number, within) = (offset / lane, offset % lane);
    if within + bytes > lane || lane > 16 {
        return None;
    }
    let bits = match cx.body.constant(constant)? {
        Constant::Int(bits) => *bits,
        Constant::Zero => 0,
        Constant::Splat(value) => cx.body.const_int(*value)?,
        Constant::Aggregate(lanes) => cx.body.const_int(*lanes.get(number as usize)?)?,
        _ => return None,
    };
    Some(bits >> (within * 8) & ones(bytes * 8))
}
