//! x86 intrinsics that survive in optimized code and that ordinary instructions can say.
//!
//! `minps` and its relatives return the second operand on a tie or a NaN, which is what a compare
//! and a select say; the back end makes the same instruction of them again. Rounding modes other
//! than the current one stay with the intrinsic, behind a stand-in.

use super::StandIn;
use super::lanes::{self, blend, lowest, pick};
use rz_llvm::{BinaryOp, Builder, CastOp, FloatPredicate, Value};

/// The value of a call of `llvm.x86.NAME`, when it can be said otherwise.
pub(super) fn rewrite(b: &Builder, call: Value, name: &str) -> Option<Value> {
    let args = call.args();
    let (family, shape) = split(name)?;
    Some(match (family, args.as_slice()) {
        ("min" | "max", &[x, y, ..]) => {
            let r = extremum(b, family == "min", x, y);
            if is_scalar(shape) { lowest(b, r, x) } else { r }
        }
        ("cmp", &[x, y, predicate]) => {
            let r = compare(b, x, y, lanes::constant(predicate)?);
            if is_scalar(shape) { lowest(b, r, x) } else { r }
        }
        ("hadd", &[x, y]) => horizontal(b, BinaryOp::FAdd, x, y),
        ("hsub", &[x, y]) => horizontal(b, BinaryOp::FSub, x, y),
        ("addsub", &[x, y]) => {
            let (sum, difference) = (b.fadd(x, y), b.fsub(x, y));
            blend(b, difference, sum, |lane| lane % 2 == 0)
        }
        ("dpps" | "dppd" | "dp", &[x, y, selection]) => dot(b, x, y, lanes::constant(selection)?),
        ("vfmaddsub", &[x, y, z, ref rounding @ ..]) if is_current(rounding) => {
            let z = blend(b, b.fneg(z), z, |lane| lane % 2 == 0);
            b.intrinsic("llvm.fma", &[x.ty()], &[x, y, z])?
        }
        ("blendvps" | "blendvpd" | "blendv", &[x, y, mask]) => {
            b.select(lanes::signs(b, mask), y, x)
        }
        ("rcp" | "rsqrt", &[x]) => {
            let packed = packed_estimate(b, name, family, x)?;
            if is_scalar(shape) {
                lowest(b, packed, x)
            } else {
                packed
            }
        }
        ("round", &[x, y, mode]) if is_scalar(shape) => {
            let packed = format!("llvm.x86.sse41.round.p{}", &shape[1..]);
            let rounded = b.intrinsic(&packed, &[], &[y, mode])?;
            lowest(b, rounded, x)
        }
        ("vpermilvar", &[x, control]) => permute_in_parts(b, x, control),
        ("permps" | "permvar", &[x, control]) if x.ty().scalar().is_float() => {
            permute(b, x, x, control, lanes::count(x))
        }
        ("vpermi2var", &[x, control, y]) if x.ty().scalar().is_float() => {
            permute(b, x, y, control, 2 * lanes::count(x))
        }
        ("cvtsd2ss", &[x, y]) => {
            let narrow = b.float_cast(
                b.extract_element(y, lanes::index(b, 0)),
                b.context().float(),
            );
            b.insert_element(x, narrow, lanes::index(b, 0))
        }
        ("cvtpd2ps", &[x]) => {
            let narrow = b.float_cast(x, x.ty().with_scalar(b.context().float()));
            pick(b, narrow, narrow.ty().zero(), &[0, 1, 2, 3])
        }
        ("cvt", &[x]) if shape == "pd2" => b.float_cast(x, x.ty().with_scalar(b.context().float())),
        // To nearest, or in the current direction; bit 3 is about exceptions.
        ("128" | "256", &[x, mode]) if is_half(name, mode) => half_image(b, x, call),
        ("add" | "sub" | "mul" | "div", &[x, y, rounding]) => {
            arithmetic(b, call, name, family, &[x, y], rounding)?
        }
        ("sqrt", &[x, rounding]) => arithmetic(b, call, name, family, &[x], rounding)?,
        ("vfmadd", &[x, y, z, rounding]) => {
            arithmetic(b, call, name, family, &[x, y, z], rounding)?
        }
        _ => return None,
    })
}

/// `sse2.min.pd` is `min` and `pd`; masked forms are another module's.
fn split(name: &str) -> Option<(&str, &str)> {
    let mut parts = name.split('.');
    let _set = parts.next()?;
    let family = parts.next()?;
    (family != "mask").then(|| (family, parts.next().unwrap_or("")))
}

/// `vcvtps2ph.128` with a rounding mode that `fptrunc` has.
fn is_half(name: &str, mode: Value) -> bool {
    name.starts_with("vcvtps2ph") && lanes::constant(mode).is_some_and(|m| matches!(m & 7, 0 | 4))
}

/// `ss`, `sd`: lane 0 only.
fn is_scalar(shape: &str) -> bool {
    matches!(shape, "ss" | "sd")
}

/// No rounding operand, or the one for the current mode.
fn is_current(rounding: &[Value]) -> bool {
    const CURRENT: u64 = 4;
    match rounding {
        [] => true,
        [mode] => lanes::constant(*mode) == Some(CURRENT),
        _ => false,
    }
}

pub(super) fn extremum(b: &Builder, least: bool, x: Value, y: Value) -> Value {
    let order = if least {
        FloatPredicate::OLT
    } else {
        FloatPredicate::OGT
    };
    b.select(b.fcmp(order, x, y), x, y)
}

/// All bits set in a lane where the comparison holds.
fn compare(b: &Builder, x: Value, y: Value, code: u64) -> Value {
    use FloatPredicate as P;
    // The upper sixteen differ in which NaN raise exceptions.
    const PREDICATES: [P; 16] = [
        P::OEQ,
        P::OLT,
        P::OLE,
        P::UNO,
        P::UNE,
        P::UGE,
        P::UGT,
        P::ORD,
        P::UEQ,
        P::ULT,
        P::ULE,
        P(0),
        P::ONE,
        P::OGE,
        P::OGT,
        P(15),
    ];
    let truth = b.fcmp(PREDICATES[(code & 15) as usize], x, y);
    let bits = b.module().store_size(x.ty().scalar()) as u32 * 8;
    let ints = x.ty().with_scalar(b.context().int(bits));
    b.bitcast(b.cast(CastOp::SExt, truth, ints), x.ty())
}

/// Neighbours of `x`, then of `y`, in each 128-bit part.
fn horizontal(b: &Builder, op: BinaryOp, x: Value, y: Value) -> Value {
    let (n, part) = (lanes::count(x), lanes::in_part(b, x.ty()));
    let neighbours = |odd: u32| -> Vec<u32> {
        (0..n)
            .map(|lane| {
                let (start, at) = (lane / part * part, lane % part);
                let half = part / 2;
                let from = if at < half { 0 } else { n };
                from + start + 2 * (at % half) + odd
            })
            .collect()
    };
    let (even, odd) = (pick(b, x, y, &neighbours(0)), pick(b, x, y, &neighbours(1)));
    b.binary(op, even, odd)
}

/// In each 128-bit part, the sum of products of the lanes that the high bits select, in the lanes
/// that the low bits select. The hardware adds pairs first.
fn dot(b: &Builder, x: Value, y: Value, selection: u64) -> Value {
    let part = lanes::in_part(b, x.ty());
    let zero = x.ty().zero();
    let products = b.fmul(x, y);
    let chosen = blend(b, products, zero, |lane| {
        selection >> (4 + lane % part) & 1 == 1
    });
    let mut sum = chosen;
    let mut distance = 1;
    while distance < part {
        let partners: Vec<u32> = (0..lanes::count(x)).map(|lane| lane ^ distance).collect();
        sum = b.fadd(sum, pick(b, sum, sum, &partners));
        distance *= 2;
    }
    blend(b, sum, zero, |lane| selection >> (lane % part) & 1 == 1)
}

/// The estimate of every lane, behind a stand-in with the exact function's rule.
fn packed_estimate(b: &Builder, name: &str, family: &str, x: Value) -> Option<Value> {
    let intrinsic = match name {
        "sse.rcp.ss" => "llvm.x86.sse.rcp.ps",
        "sse.rsqrt.ss" => "llvm.x86.sse.rsqrt.ps",
        "sse.rcp.ps" | "sse.rsqrt.ps" | "avx.rcp.ps.256" | "avx.rsqrt.ps.256" => {
            &format!("llvm.x86.{name}")
        }
        _ => return None,
    };
    let stand_in = StandIn {
        label: intrinsic,
        rule: family,
        params: vec![x.ty()],
        result: x.ty(),
        errno: false,
    };
    let original = b.module().intrinsic(intrinsic, &[])?;
    let function = stand_in.function(b.module(), |b, params| b.call(original, params));
    Some(b.call(function, &[x]))
}

/// Lanes from their own 128-bit part, by the low bits of the control (for doubles, bit 1).
fn permute_in_parts(b: &Builder, x: Value, control: Value) -> Value {
    let (n, part) = (lanes::count(x), lanes::in_part(b, x.ty()));
    let at = |offset: u32| -> Vec<u32> { (0..n).map(|lane| lane / part * part + offset).collect() };
    let spread: Vec<Value> = (0..part).map(|i| pick(b, x, x, &at(i))).collect();
    let bit = |which: u64| {
        let mask = control
            .ty()
            .splat(control.ty().scalar().int_const(1 << which));
        let masked = b.and(control, mask);
        b.icmp(rz_llvm::IntPredicate::Ne, masked, control.ty().zero())
    };
    match *spread.as_slice() {
        [low, high] => b.select(bit(1), high, low),
        [a, c, d, e] => {
            let (low, high) = (b.select(bit(0), c, a), b.select(bit(0), e, d));
            b.select(bit(1), high, low)
        }
        _ => x,
    }
}

/// Lanes of `x` and `y` together, by number.
fn permute(b: &Builder, x: Value, y: Value, control: Value, sources: u32) -> Value {
    let n = lanes::count(x);
    let all: Vec<u32> = (0..sources).collect();
    let source = pick(b, x, y, &all);
    let mut whole = x.ty().poison();
    for lane in 0..n {
        let number = b.extract_element(control, lanes::index(b, lane));
        let number = b.and(number, number.ty().int_const(u64::from(sources - 1)));
        let value = b.extract_element(source, number);
        whole = b.insert_element(whole, value, lanes::index(b, lane));
    }
    whole
}

/// Halves in the integer lanes of the result, zero where there is none.
fn half_image(b: &Builder, x: Value, call: Value) -> Value {
    let half = b.float_cast(x, x.ty().with_scalar(b.context().half()));
    let (have, want) = (lanes::count(half), call.ty().vector_len());
    let mask: Vec<u32> = (0..want).map(|lane| lane.min(2 * have - 1)).collect();
    let wide = pick(b, half, half.ty().zero(), &mask);
    b.bitcast(wide, call.ty())
}

/// Arithmetic with a rounding mode in an operand.
pub(super) fn arithmetic(
    b: &Builder,
    call: Value,
    name: &str,
    family: &str,
    operands: &[Value],
    rounding: Value,
) -> Option<Value> {
    if is_current(&[rounding]) {
        return plain(b, family, operands);
    }
    let mode = lanes::constant(rounding)?;
    let callee = call.called_function()?;
    let label = format!("llvm.x86.{name}.{mode}");
    let stand_in = StandIn {
        label: &label,
        rule: rule_of(family)?,
        params: operands.iter().map(|v| v.ty()).collect(),
        result: call.ty(),
        errno: false,
    };
    let function = stand_in.function(b.module(), |b, params| {
        let mut all = params.to_vec();
        all.push(rounding);
        b.call(callee, &all)
    });
    Some(b.call(function, operands))
}

fn rule_of(family: &str) -> Option<&'static str> {
    Some(match family {
        "add" => "fadd",
        "sub" => "fsub",
        "mul" => "fmul",
        "div" => "fdiv",
        "sqrt" => "sqrt",
        "vfmadd" => "fma",
        _ => return None,
    })
}

/// The ordinary operation.
pub(super) fn plain(b: &Builder, family: &str, operands: &[Value]) -> Option<Value> {
    Some(match (family, operands) {
        ("add", &[x, y]) => b.fadd(x, y),
        ("sub", &[x, y]) => b.fsub(x, y),
        ("mul", &[x, y]) => b.fmul(x, y),
        ("div", &[x, y]) => b.fdiv(x, y),
        ("min", &[x, y]) => extremum(b, true, x, y),
        ("max", &[x, y]) => extremum(b, false, x, y),
        ("sqrt", &[x]) => b.intrinsic("llvm.sqrt", &[x.ty()], &[x])?,
        ("vfmadd", &[x, y, z]) => b.intrinsic("llvm.fma", &[x.ty()], &[x, y, z])?,
        _ => return None,
    })
}
