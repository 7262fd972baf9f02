//! x86 loads and stores under a mask, gathers and scatters: LLVM's masked intrinsics.
//!
//! The mask of the AVX forms is the sign bit of each lane; lanes that are off load zero.

use super::Rewritten;
use super::lanes::{self, pick};
use rz_llvm::{Builder, Type, Value};

/// What a call of `llvm.x86.NAME` does to memory, lane by lane.
pub(super) fn rewrite(b: &Builder, call: Value, name: &str) -> Option<Rewritten> {
    let args = call.args();
    let mut parts = name.split('.');
    let (set, mut family) = (parts.next()?, parts.next()?);
    if family == "mask" {
        family = parts.next()?;
    }
    match (family, args.as_slice()) {
        ("maskload", &[pointer, mask]) => {
            let ty = call.ty();
            let on = lanes::signs(b, mask);
            let overloads = [ty, pointer.ty()];
            let loaded = b.intrinsic("llvm.masked.load", &overloads, &[pointer, on, ty.zero()])?;
            Some(Rewritten::Value(loaded))
        }
        ("maskstore", &[pointer, mask, value]) => {
            let on = lanes::signs(b, mask);
            let overloads = [value.ty(), pointer.ty()];
            b.intrinsic("llvm.masked.store", &overloads, &[value, pointer, on])?;
            Some(Rewritten::Done)
        }
        ("gather", &[source, base, index, mask, scale]) if set == "avx2" => {
            let on = lanes::signs(b, mask);
            gather(b, call.ty(), (source, on), base, index, scale)
        }
        (_, &[source, base, index, mask, scale]) if family.starts_with("gather") => {
            let on = lanes::bits(b, mask, lanes::count(call));
            gather(b, call.ty(), (source, on), base, index, scale)
        }
        (_, &[base, mask, index, value, scale]) if family.starts_with("scatter") => {
            let n = lanes::count(value).min(lanes::count(index));
            let on = first(b, lanes::bits(b, mask, n), n);
            let (value, index) = (first(b, value, n), first(b, index, n));
            let pointers = addresses(b, base, index, scale)?;
            let overloads = [value.ty(), pointers.ty()];
            b.intrinsic("llvm.masked.scatter", &overloads, &[value, pointers, on])?;
            Some(Rewritten::Done)
        }
        _ => None,
    }
}

/// Lanes that have an index are loaded where `on`, else taken from `source`; the others are zero.
fn gather(
    b: &Builder,
    ty: Type,
    (source, on): (Value, Value),
    base: Value,
    index: Value,
    scale: Value,
) -> Option<Rewritten> {
    let all = ty.vector_len();
    let n = all.min(lanes::count(index));
    let (source, on, index) = (first(b, source, n), first(b, on, n), first(b, index, n));
    let pointers = addresses(b, base, index, scale)?;
    let overloads = [source.ty(), pointers.ty()];
    let loaded = b.intrinsic("llvm.masked.gather", &overloads, &[pointers, on, source])?;
    if n == all {
        return Some(Rewritten::Value(loaded));
    }
    let wide: Vec<u32> = (0..all).collect();
    Some(Rewritten::Value(pick(b, loaded, loaded.ty().zero(), &wide)))
}

/// `base + index · scale`, with the index signed.
fn addresses(b: &Builder, base: Value, index: Value, scale: Value) -> Option<Value> {
    let scale = lanes::constant(scale)?;
    let long = b.context().int(64);
    let bytes = index.ty().with_scalar(long);
    let offset = b.int_cast(index, bytes, true);
    let offset = b.mul(offset, bytes.splat(long.int_const(scale)));
    Some(b.ptr_add(base, offset))
}

fn first(b: &Builder, vector: Value, n: u32) -> Value {
    if lanes::count(vector) == n {
        return vector;
    }
    let low: Vec<u32> = (0..n).collect();
    pick(b, vector, vector, &low)
}
