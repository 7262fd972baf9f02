//! Lanes of vectors, for the rewritings of vector intrinsics.

use rz_llvm::{Builder, IntPredicate, Type, Value};

/// Number of lanes.
pub(super) fn count(value: Value) -> u32 {
    value.ty().vector_len()
}

/// A constant lane number.
pub(super) fn index(b: &Builder, lane: u32) -> Value {
    b.context().int(32).int_const(u64::from(lane))
}

/// Lane `i` of `a` where `first(i)`, of `other` elsewhere.
pub(super) fn blend(b: &Builder, a: Value, other: Value, first: impl Fn(u32) -> bool) -> Value {
    let n = count(a);
    let mask: Vec<Option<u32>> = (0..n)
        .map(|lane| Some(if first(lane) { lane } else { lane + n }))
        .collect();
    b.shuffle(a, other, &mask)
}

/// Lane 0 of `low`, the others of `rest`.
pub(super) fn lowest(b: &Builder, low: Value, rest: Value) -> Value {
    blend(b, low, rest, |lane| lane == 0)
}

/// Lanes of `a` and `other` together, by number; `None` is poison.
pub(super) fn pick(b: &Builder, a: Value, other: Value, lanes: &[u32]) -> Value {
    let mask: Vec<Option<u32>> = lanes.iter().copied().map(Some).collect();
    b.shuffle(a, other, &mask)
}

/// True where the sign bit is set, float or integer.
pub(super) fn signs(b: &Builder, mask: Value) -> Value {
    let ty = mask.ty();
    let bits = match ty.scalar() {
        scalar if scalar.is_int() => scalar.int_bits(),
        scalar => b.module().store_size(scalar) as u32 * 8,
    };
    let ints = ty.with_scalar(b.context().int(bits));
    let mask = b.bitcast(mask, ints);
    b.icmp(IntPredicate::Slt, mask, ints.zero())
}

/// The low `lanes` bits of an integer mask as truth values; vectors of truth values are taken as
/// they are.
pub(super) fn bits(b: &Builder, mask: Value, lanes: u32) -> Value {
    if mask.ty().is_vector() {
        return mask;
    }
    let all = mask.ty().int_bits();
    let vector = b.bitcast(mask, b.context().int(1).vector(all));
    if all == lanes {
        return vector;
    }
    let low: Vec<u32> = (0..lanes).collect();
    pick(b, vector, vector, &low)
}

/// True for a constant mask that has the low `lanes` bits set.
pub(super) fn all_set(mask: Value, lanes: u32) -> bool {
    let wanted = if lanes >= 64 {
        u128::from(u64::MAX)
    } else {
        (1 << lanes) - 1
    };
    mask.int_value().is_some_and(|bits| bits & wanted == wanted)
}

/// An integer constant operand.
pub(super) fn constant(value: Value) -> Option<u64> {
    value.int_value().map(|bits| bits as u64)
}

/// The lanes of one 128-bit part of a vector type.
pub(super) fn in_part(b: &Builder, ty: Type) -> u32 {
    (16 / b.module().store_size(ty.scalar())) as u32
}
