//! Integer arithmetic on bits of up to 128, and what it does to tangents that integers carry.

use crate::{Error, Result};
use rz_view::op::{BinaryOp, IntPredicate};

/// The low `bits` bits.
pub(crate) fn mask(bits: u32) -> u128 {
    if bits >= 128 {
        u128::MAX
    } else {
        (1 << bits) - 1
    }
}

/// Sign extension from `bits`.
pub(crate) fn signed(value: u128, bits: u32) -> i128 {
    let shift = 128 - bits.min(128);
    ((value << shift) as i128) >> shift
}

/// `a op b` and its tangent: moves of whole bytes keep tangents, arithmetic has none.
pub(crate) fn binary(
    op: BinaryOp,
    bits: u32,
    (a, da): (u128, u128),
    (b, db): (u128, u128),
) -> Result<(u128, u128)> {
    let m = mask(bits);
    let zero = || Error::Trap("division by zero".into());
    let (sa, sb) = (signed(a, bits), signed(b, bits));
    let shift = b.min(127) as u32;
    let value = match op {
        BinaryOp::Add => a.wrapping_add(b),
        BinaryOp::Sub => a.wrapping_sub(b),
        BinaryOp::Mul => a.wrapping_mul(b),
        BinaryOp::UDiv => a.checked_div(b).ok_or_else(zero)?,
        BinaryOp::URem => a.checked_rem(b).ok_or_else(zero)?,
        BinaryOp::SDiv => sa.checked_div(sb).ok_or_else(zero)? as u128,
        BinaryOp::SRem => sa.checked_rem(sb).ok_or_else(zero)? as u128,
        BinaryOp::Shl => a << shift,
        BinaryOp::LShr => a >> shift,
        BinaryOp::AShr => (sa >> shift) as u128,
        BinaryOp::And => a & b,
        BinaryOp::Or => a | b,
        BinaryOp::Xor => a ^ b,
        BinaryOp::FAdd | BinaryOp::FSub | BinaryOp::FMul | BinaryOp::FDiv | BinaryOp::FRem => {
            return Err(Error::Unsupported("float arithmetic on integers".into()));
        }
    };
    let tangent = match op {
        BinaryOp::Shl => da << shift,
        BinaryOp::LShr | BinaryOp::AShr => da >> shift,
        BinaryOp::Or => or_tangent((a, da), (b, db), bits),
        BinaryOp::And => and_tangent((a, da), (b, db), bits),
        BinaryOp::Xor => xor_tangent((a, da), (b, db), bits),
        _ => 0,
    };
    Ok((value & m, tangent & m))
}

/// Pieces put side by side keep their tangents; setting the sign bit is `-|x|`.
fn or_tangent((a, da): (u128, u128), (b, db): (u128, u128), bits: u32) -> u128 {
    let sign = 1 << (bits - 1);
    match (da, db) {
        (0, 0) => 0,
        (_, 0) if b == sign => da ^ if a & sign == 0 { sign } else { 0 },
        (0, _) if a == sign => db ^ if b & sign == 0 { sign } else { 0 },
        _ => da | db,
    }
}

/// Byte masks select; clearing the sign bit is `|x|`.
fn and_tangent((a, da): (u128, u128), (b, db): (u128, u128), bits: u32) -> u128 {
    let sign = 1 << (bits - 1);
    let clear = mask(bits) ^ sign;
    match (da, db) {
        (_, 0) if da != 0 && b == clear => da ^ (a & sign),
        (0, _) if db != 0 && a == clear => db ^ (b & sign),
        (_, 0) => da & b,
        (0, _) => db & a,
        _ => 0,
    }
}

/// Flipping the sign bit negates.
fn xor_tangent((a, da): (u128, u128), (b, db): (u128, u128), bits: u32) -> u128 {
    let sign = 1 << (bits - 1);
    match (da, db) {
        (_, 0) if da != 0 && b & mask(bits) & !sign == 0 => da ^ b,
        (0, _) if db != 0 && a & mask(bits) & !sign == 0 => db ^ a,
        _ => 0,
    }
}

/// `a predicate b`.
pub(crate) fn compare(predicate: IntPredicate, bits: u32, a: u128, b: u128) -> bool {
    let (sa, sb) = (signed(a, bits), signed(b, bits));
    match predicate {
        IntPredicate::Eq => a == b,
        IntPredicate::Ne => a != b,
        IntPredicate::Ugt => a > b,
        IntPredicate::Uge => a >= b,
        IntPredicate::Ult => a < b,
        IntPredicate::Ule => a <= b,
        IntPredicate::Sgt => sa > sb,
        IntPredicate::Sge => sa >= sb,
        IntPredicate::Slt => sa < sb,
        IntPredicate::Sle => sa <= sb,
    }
}

/// Integer intrinsics of one or two operands; `None` when it is not one.
pub(crate) fn intrinsic(name: &str, bits: u32, a: u128, b: u128) -> Option<u128> {
    let m = mask(bits);
    let (sa, sb) = (signed(a, bits), signed(b, bits));
    let high = (1_i128 << (bits - 1).min(126)) - 1;
    let pick = |first: bool| if first { a } else { b };
    Some(
        m & match name {
            "abs" => sa.unsigned_abs(),
            "smax" => pick(sa >= sb),
            "smin" => pick(sa <= sb),
            "umax" => pick(a >= b),
            "umin" => pick(a <= b),
            "uadd.sat" => a.saturating_add(b).min(m),
            "usub.sat" => a.saturating_sub(b),
            "sadd.sat" => sa.saturating_add(sb).clamp(-high - 1, high) as u128,
            "ssub.sat" => sa.saturating_sub(sb).clamp(-high - 1, high) as u128,
            "ctpop" => a.count_ones().into(),
            "ctlz" => (a.leading_zeros() - (128 - bits)).into(),
            "cttz" => a.trailing_zeros().min(bits).into(),
            "bswap" => a.swap_bytes() >> (128 - bits),
            "bitreverse" => a.reverse_bits() >> (128 - bits),
            _ => return None,
        },
    )
}

/// `llvm.*.with.overflow`.
pub(crate) fn overflowing(name: &str, bits: u32, a: u128, b: u128) -> Option<(u128, bool)> {
    if bits > 64 {
        return None;
    }
    let (sa, sb) = (signed(a, bits), signed(b, bits));
    let (value, exact): (i128, bool) = match name {
        "sadd.with.overflow" => (sa + sb, true),
        "ssub.with.overflow" => (sa - sb, true),
        "smul.with.overflow" => (sa * sb, true),
        "uadd.with.overflow" => ((a + b) as i128, false),
        "usub.with.overflow" => (a as i128 - b as i128, false),
        "umul.with.overflow" => (a.wrapping_mul(b) as i128, false),
        _ => return None,
    };
    let low = value as u128 & mask(bits);
    let back = if exact {
        signed(low, bits)
    } else {
        low as i128
    };
    Some((low, back != value))
}
