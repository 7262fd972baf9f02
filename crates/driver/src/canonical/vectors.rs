//! LLVM's own intrinsics that instructions can say: movements of lanes, halves in integers,
//! accesses that expand or compress, predicated operations.

use super::Rewritten;
use super::lanes::{self, pick};
use rz_llvm::{BinaryOp, Builder, TypeKind, Value};

/// The value of a call of an intrinsic of LLVM's, when it can be said otherwise.
pub(super) fn rewrite(b: &Builder, call: Value, name: &str) -> Option<Rewritten> {
    let name = name.strip_prefix("llvm.")?;
    let args = call.args();
    let scalable = |v: &Value| v.ty().kind() == TypeKind::ScalableVector;
    if scalable(&call) || args.iter().any(scalable) {
        return None;
    }
    if let Some(name) = name.strip_prefix("vp.") {
        return predicated(b, call, name);
    }
    if let Some(moved) = movement(b, call, name, &args) {
        return Some(Rewritten::Value(moved));
    }
    let value = match (name, args.as_slice()) {
        ("convert.from.fp16", &[image]) => {
            let half = b.bitcast(image, b.context().half());
            b.float_cast(half, call.ty())
        }
        ("convert.to.fp16", &[value]) => {
            let half = b.float_cast(value, b.context().half());
            b.bitcast(half, call.ty())
        }
        ("vector.partial.reduce.fadd", &[sum, lanes]) => partial_sum(b, sum, lanes),
        ("masked.expandload", &[pointer, mask, passthru]) => {
            let pointers = packed_addresses(b, pointer, mask, call.ty().scalar());
            let overloads = [call.ty(), pointers.ty()];
            b.intrinsic(
                "llvm.masked.gather",
                &overloads,
                &[pointers, mask, passthru],
            )?
        }
        ("masked.compressstore", &[value, pointer, mask]) => {
            let pointers = packed_addresses(b, pointer, mask, value.ty().scalar());
            let overloads = [value.ty(), pointers.ty()];
            b.intrinsic("llvm.masked.scatter", &overloads, &[value, pointers, mask])?;
            return Some(Rewritten::Done);
        }
        _ => return None,
    };
    Some(Rewritten::Value(value))
}

/// Movements of lanes are shuffles.
fn movement(b: &Builder, call: Value, name: &str, args: &[Value]) -> Option<Value> {
    let float = |v: Value| v.ty().is_vector() && !v.ty().scalar().is_pointer();
    if !args.iter().take(1).all(|&v| float(v)) {
        return None;
    }
    Some(match (name, args) {
        ("vector.reverse", &[v]) => {
            let order: Vec<u32> = (0..lanes::count(v)).rev().collect();
            pick(b, v, v, &order)
        }
        ("vector.extract", &[v, at]) => {
            let at = lanes::constant(at)? as u32;
            let order: Vec<u32> = (at..at + lanes::count(call)).collect();
            pick(b, v, v, &order)
        }
        ("vector.insert", &[v, part, at]) => insert(b, v, part, lanes::constant(at)? as u32),
        ("vector.splice.left", &[x, y, by]) => window(b, x, y, lanes::constant(by)? as u32),
        ("vector.splice.right", &[x, y, by]) => {
            window(b, x, y, lanes::count(x) - lanes::constant(by)? as u32)
        }
        _ if name.starts_with("vector.interleave") => interleave(b, args),
        _ if name.starts_with("vector.deinterleave") => deinterleave(b, call, args[0]),
        _ => return None,
    })
}

fn insert(b: &Builder, v: Value, part: Value, at: u32) -> Value {
    let (n, m) = (lanes::count(v), lanes::count(part));
    let widen: Vec<Option<u32>> = (0..n).map(|lane| (lane < m).then_some(lane)).collect();
    let wide = b.shuffle(part, part, &widen);
    let mask: Vec<u32> = (0..n)
        .map(|lane| match lane.checked_sub(at) {
            Some(from) if from < m => n + from,
            _ => lane,
        })
        .collect();
    pick(b, v, wide, &mask)
}

/// `n` lanes of `x` and `y` together, from lane `from` on.
fn window(b: &Builder, x: Value, y: Value, from: u32) -> Value {
    let order: Vec<u32> = (from..from + lanes::count(x)).collect();
    pick(b, x, y, &order)
}

/// Lane 0 of each vector, then lane 1 of each.
fn interleave(b: &Builder, vectors: &[Value]) -> Value {
    let (count, n) = (vectors.len() as u32, lanes::count(vectors[0]));
    let mut whole = vectors[0].ty().scalar().vector(count * n).poison();
    for lane in 0..n {
        for (which, &vector) in (0..).zip(vectors) {
            let value = b.extract_element(vector, lanes::index(b, lane));
            whole = b.insert_element(whole, value, lanes::index(b, lane * count + which));
        }
    }
    whole
}

fn deinterleave(b: &Builder, call: Value, vector: Value) -> Value {
    let fields = call.ty().fields();
    let count = fields.len() as u32;
    let mut whole = call.ty().poison();
    for (which, field) in (0..).zip(&fields) {
        let order: Vec<u32> = (0..field.vector_len())
            .map(|lane| lane * count + which)
            .collect();
        whole = b.insert_value(whole, pick(b, vector, vector, &order), which);
    }
    whole
}

/// Which lanes are added together is not specified; here it is every part in turn.
fn partial_sum(b: &Builder, sum: Value, vector: Value) -> Value {
    let n = lanes::count(sum);
    let parts = lanes::count(vector) / n;
    (0..parts).fold(sum, |sum, part| {
        let order: Vec<u32> = (part * n..(part + 1) * n).collect();
        b.fadd(sum, pick(b, vector, vector, &order))
    })
}

/// Where the lanes of `mask` that are set lie when they are packed together.
fn packed_addresses(b: &Builder, pointer: Value, mask: Value, lane: rz_llvm::Type) -> Value {
    let long = b.context().int(64);
    let bytes = long.int_const(b.module().alloc_size(lane));
    let n = lanes::count(mask);
    let mut pointers = pointer.ty().vector(n).poison();
    let mut before = long.zero();
    for lane in 0..n {
        let at = b.ptr_add(pointer, b.mul(before, bytes));
        pointers = b.insert_element(pointers, at, lanes::index(b, lane));
        let on = b.extract_element(mask, lanes::index(b, lane));
        before = b.add(before, b.int_cast(on, long, false));
    }
    pointers
}

/// The lanes of a predicated operation that are on: below the length, and set in the mask.
fn enabled(b: &Builder, mask: Value, length: Value) -> Option<Value> {
    let below = b.intrinsic(
        "llvm.get.active.lane.mask",
        &[mask.ty(), length.ty()],
        &[length.ty().zero(), length],
    )?;
    Some(b.and(mask, below))
}

/// `llvm.vp.*` on floats. Lanes that are off are poison, so what is computed there does not matter.
fn predicated(b: &Builder, call: Value, name: &str) -> Option<Rewritten> {
    let args = call.args();
    let (&length, rest) = args.split_last()?;
    let binary = match name {
        "fadd" => Some(BinaryOp::FAdd),
        "fsub" => Some(BinaryOp::FSub),
        "fmul" => Some(BinaryOp::FMul),
        "fdiv" => Some(BinaryOp::FDiv),
        "frem" => Some(BinaryOp::FRem),
        _ => None,
    };
    let value = match (name, rest) {
        (_, &[x, y, _]) if binary.is_some() => b.binary(binary?, x, y),
        ("fneg", &[x, _]) => b.fneg(x),
        ("fptrunc" | "fpext", &[x, _]) => b.float_cast(x, call.ty()),
        ("select" | "merge", &[mask, x, y]) => {
            let on = if name == "merge" {
                enabled(b, mask, length)?
            } else {
                mask
            };
            b.select(on, x, y)
        }
        ("load", &[pointer, mask]) => {
            let on = enabled(b, mask, length)?;
            let overloads = [call.ty(), pointer.ty()];
            let off = call.ty().poison();
            b.intrinsic("llvm.masked.load", &overloads, &[pointer, on, off])?
        }
        ("gather", &[pointers, mask]) => {
            let on = enabled(b, mask, length)?;
            let overloads = [call.ty(), pointers.ty()];
            let off = call.ty().poison();
            b.intrinsic("llvm.masked.gather", &overloads, &[pointers, on, off])?
        }
        ("store" | "scatter", &[value, pointer, mask]) => {
            let on = enabled(b, mask, length)?;
            let overloads = [value.ty(), pointer.ty()];
            let masked = format!("llvm.masked.{name}");
            b.intrinsic(&masked, &overloads, &[value, pointer, on])?;
            return Some(Rewritten::Done);
        }
        (_, &[start, vector, mask]) if name.starts_with("reduce.f") => {
            let on = enabled(b, mask, length)?;
            return reduction(b, name, start, vector, on).map(Rewritten::Value);
        }
        (_, operands) if vector_unary(name) => {
            let operands = &operands[..operands.len() - 1];
            b.intrinsic(
                &format!("llvm.{}", unpredicated(name)),
                &[call.ty()],
                operands,
            )?
        }
        _ => return None,
    };
    Some(Rewritten::Value(value))
}

/// Predicated forms of intrinsics that are overloaded on the float type alone.
fn vector_unary(name: &str) -> bool {
    matches!(
        name,
        "fabs"
            | "sqrt"
            | "fma"
            | "fmuladd"
            | "minnum"
            | "maxnum"
            | "minimum"
            | "maximum"
            | "copysign"
            | "ceil"
            | "floor"
            | "round"
            | "roundeven"
            | "roundtozero"
            | "rint"
            | "nearbyint"
    )
}

fn unpredicated(name: &str) -> &str {
    match name {
        "roundtozero" => "trunc",
        other => other,
    }
}

/// Lanes that are off become neutral.
fn reduction(b: &Builder, name: &str, start: Value, vector: Value, on: Value) -> Option<Value> {
    let ty = vector.ty();
    let scalar = ty.scalar();
    let intrinsic = format!("llvm.vector.{name}");
    let neutral = match name {
        "reduce.fadd" => scalar.float_const(-0.0),
        "reduce.fmul" => scalar.float_const(1.0),
        // The start is as good as any other lane.
        _ => start,
    };
    let vector = b.select(on, vector, b.splat(ty, neutral));
    match name {
        "reduce.fadd" | "reduce.fmul" => b.intrinsic(&intrinsic, &[ty], &[start, vector]),
        _ => {
            let reduced = b.intrinsic(&intrinsic, &[ty], &[vector])?;
            let two = match name {
                "reduce.fmin" => "llvm.minnum",
                "reduce.fmax" => "llvm.maxnum",
                "reduce.fminimum" => "llvm.minimum",
                "reduce.fmaximum" => "llvm.maximum",
                _ => return None,
            };
            b.intrinsic(two, &[scalar], &[start, reduced])
        }
    }
}
