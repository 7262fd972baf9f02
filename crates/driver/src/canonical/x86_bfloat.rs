//! x86 intrinsics on bfloat16: conversions, and dot products of neighbours.
//!
//! The instructions take denormal numbers for zero, which the ordinary conversions do not; what code computes with
//! either is noise below 10⁻³⁸.

use super::lanes::{self, pick};
use rz_llvm::{Builder, Value};

/// The value of a call of `llvm.x86.NAME`.
pub(super) fn rewrite(b: &Builder, call: Value, name: &str) -> Option<Value> {
    let args = call.args();
    let family = name.strip_prefix("avx512bf16.").unwrap_or(name);
    let family = family.trim_end_matches(|c: char| c.is_ascii_digit());
    Some(match (family, args.as_slice()) {
        ("vcvtneps2bf" | "cvtneps2bf16.", &[x]) => padded(b, narrow(b, x), call),
        ("cvtne2ps2bf16.", &[high, low]) => {
            let all: Vec<u32> = (0..lanes::count(call)).collect();
            pick(b, narrow(b, low), narrow(b, high), &all)
        }
        ("mask.cvtneps2bf16.", &[x, source, mask]) => {
            let low: Vec<u32> = (0..lanes::count(x)).collect();
            let source = pick(b, source, source, &low);
            let on = lanes::bits(b, mask, lanes::count(x));
            padded(b, b.select(on, narrow(b, x), source), call)
        }
        ("dpbf16ps.", &[sum, x, y]) => {
            let odd = products(b, sum, (x, y), 1)?;
            products(b, odd, (x, y), 0)?
        }
        _ => return None,
    })
}

fn narrow(b: &Builder, x: Value) -> Value {
    b.float_cast(x, x.ty().with_scalar(b.context().bfloat()))
}

/// As many lanes as the result has; those above are zero.
fn padded(b: &Builder, x: Value, call: Value) -> Value {
    let (have, want) = (lanes::count(x), lanes::count(call));
    let mask: Vec<u32> = (0..want).map(|lane| lane.min(have)).collect();
    pick(b, x, x.ty().zero(), &mask)
}

/// `sum` and the products of every second lane, from `first`. A product is exact.
fn products(b: &Builder, sum: Value, (x, y): (Value, Value), first: u32) -> Option<Value> {
    let every: Vec<u32> = (0..lanes::count(sum)).map(|i| 2 * i + first).collect();
    let [x, y] = [x, y].map(|v| b.float_cast(pick(b, v, v, &every), sum.ty()));
    b.intrinsic("llvm.fma", &[sum.ty()], &[x, y, sum])
}
