//! Which bytes of its operands an integer operation reads.
//!
//! A register may hold several members of a record, and an operation may read only some of them.

use rz_view::op::{BinaryOp, CastOp};
use rz_view::{Body, Inst, Op, TypeTable};

/// Bytes of a value: bit k is byte k, the last bit all bytes from there.
pub(crate) type Bytes = u64;

/// Every byte.
pub(crate) const ALL: Bytes = Bytes::MAX;

/// The first `n` bytes.
pub(crate) fn low(n: u64) -> Bytes {
    if n < 64 { (1 << n) - 1 } else { ALL }
}

/// The bytes of its operands that decide `bytes` of what an integer operation computes.
pub(crate) fn read_of_operands(types: &TypeTable, body: &Body, inst: Inst, bytes: Bytes) -> Bytes {
    let data = &body.insts[inst];
    let by = |operand: usize| data.operands.get(operand).and_then(|&v| body.const_int(v));
    let size = types.store_size(data.ty);
    match data.op {
        Op::Phi { .. } | Op::Select | Op::Freeze | Op::Cast(CastOp::BitCast) => bytes,
        _ if types.lanes(data.ty) != 1 || size > 16 => ALL,
        Op::Binary(BinaryOp::And) => match by(1) {
            Some(mask) => bytes & bytes_of(mask),
            None => bytes,
        },
        Op::Binary(BinaryOp::Or | BinaryOp::Xor) => bytes,
        Op::Binary(BinaryOp::Add | BinaryOp::Sub) => {
            (ALL.checked_shr((bytes & low(size)).leading_zeros())).unwrap_or(0)
        }
        // A factor with low bytes of zeros.
        Op::Binary(BinaryOp::Mul) => match by(1) {
            Some(factor)
                if bytes & low(size) & !low(u64::from(factor.trailing_zeros() / 8)) == 0 =>
            {
                0
            }
            _ => ALL,
        },
        Op::Binary(op @ (BinaryOp::Shl | BinaryOp::LShr)) => match by(1) {
            Some(bits) if bits % 8 == 0 && bits / 8 < size.into() => {
                let n = (bits / 8) as u32;
                let bytes = bytes & low(size);
                if op == BinaryOp::Shl {
                    bytes >> n
                } else {
                    bytes << n & low(size)
                }
            }
            _ => ALL,
        },
        Op::Cast(CastOp::Trunc) => bytes & low(size),
        Op::Cast(CastOp::ZExt) => bytes & low(types.store_size(body.ty(data.operands[0]))),
        _ => ALL,
    }
}

/// The bytes of a constant that are not zero.
fn bytes_of(constant: u128) -> Bytes {
    let set = |k: &u32| constant >> (8 * k) & 0xff != 0;
    (0..16).filter(set).fold(0, |mask, k| mask | 1 << k)
}
