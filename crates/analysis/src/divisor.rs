//! What divides an integer: by how much the addresses differ that are computed with it.
//!
//! ```text
//! %i = and i64 %n, -4                   ⇒  4
//! %j = phi [0, …], [%j + 6, …]          ⇒  6
//! %k = ashr (shl %m, 32), 28            ⇒  16: an `int` as the index of records of 16 bytes
//! ```

use rz_view::op::{BinaryOp, CastOp};
use rz_view::{Body, Constant, Inst, Op, Value};

/// The greatest number that divides both; of 0, everything is a divisor.
pub(crate) fn gcd(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { gcd(b, a % b) }
}

/// A number that divides every value `value` takes (1 when nothing is known, 0 for zero).
pub fn divisor(body: &Body, value: Value, depth: u32) -> u64 {
    match body.constant(value) {
        Some(Constant::Int(bits)) => return u64::try_from(*bits).unwrap_or(1),
        Some(_) => return 1,
        None => {}
    }
    let Some(inst) = body.def(value).filter(|_| depth > 0) else {
        return 1;
    };
    let data = &body.insts[inst];
    if data.multiple != 1 {
        return data.multiple;
    }
    let operand = |i: usize| divisor(body, data.operands[i], depth - 1);
    let constant = |i: usize| body.const_int(data.operands[i]);
    match &data.op {
        Op::Cast(CastOp::SExt | CastOp::ZExt) | Op::Freeze => operand(0),
        // Truncation keeps powers of two only.
        Op::Cast(CastOp::Trunc) => power_of_two(operand(0)),
        Op::Binary(BinaryOp::Shl) => match constant(1) {
            Some(bits @ 0..=31) => operand(0).saturating_mul(1 << bits),
            Some(bits @ 32..=63) => shifted_up(operand(0), bits),
            _ => operand(0),
        },
        // An index that is extended and scaled at once: `(i << 32) >> 28`.
        Op::Binary(BinaryOp::AShr | BinaryOp::LShr) => match constant(1) {
            Some(bits @ 0..=63) => (power_of_two(operand(0)) >> bits).max(1),
            _ => 1,
        },
        Op::Binary(BinaryOp::Mul) => operand(0).saturating_mul(operand(1)),
        Op::Binary(BinaryOp::Add | BinaryOp::Sub) => gcd(operand(0), operand(1)),
        Op::Binary(BinaryOp::And | BinaryOp::Or) => match constant(1).and_then(negative_mask) {
            Some(unit) if data.op == Op::Binary(BinaryOp::And) => unit,
            _ => power_of_two(gcd(operand(0), operand(1))),
        },
        Op::Select => gcd(operand(1), operand(2)),
        Op::Phi { .. } => phi_divisor(body, inst, depth - 1),
        _ => 1,
    }
}

/// An induction variable is divisible by what divides its start and its step.
fn phi_divisor(body: &Body, phi: Inst, depth: u32) -> u64 {
    let data = &body.insts[phi];
    let mut all = 0;
    for &operand in &data.operands {
        let step = body.def(operand).map(|inst| &body.insts[inst]);
        let unit = match step {
            Some(step) if is_step(&step.op) && Some(step.operands[0]) == data.result => {
                divisor(body, step.operands[1], depth)
            }
            Some(step) if is_step(&step.op) && Some(step.operands[1]) == data.result => {
                divisor(body, step.operands[0], depth)
            }
            _ => divisor(body, operand, depth.min(3)),
        };
        all = gcd(all, unit);
    }
    all
}

fn is_step(op: &Op) -> bool {
    matches!(op, Op::Binary(BinaryOp::Add | BinaryOp::Sub))
}

/// What still divides a number from which bits may have been shifted out.
fn shifted_up(divisor: u64, bits: u128) -> u64 {
    if divisor == 0 {
        return 0;
    }
    1 << (u128::from(divisor.trailing_zeros()) + bits).min(63)
}

fn power_of_two(n: u64) -> u64 {
    if n == 0 { 0 } else { 1 << n.trailing_zeros() }
}

/// The unit of a mask like `-8` that clears low bits.
fn negative_mask(bits: u128) -> Option<u64> {
    let zeros = bits.trailing_zeros();
    (1..32).contains(&zeros).then(|| 1 << zeros)
}
