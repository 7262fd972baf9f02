//! Numeric functions of flang's run-time library, as operations that have rules.
//!
//! ```text
//! %r = call double @_FortranAModReal8(double %a, double %p, ptr %file, i32 %line)   →   %r = frem double %a, %p
//! ```

use rz_llvm::{BinaryOp, Builder, FloatPredicate, IntPredicate, Type, Value};

const LESS: FloatPredicate = FloatPredicate::OLT;
const NOT_EQUAL: FloatPredicate = FloatPredicate::ONE;

/// What a call of `name` computes; `None` for other functions.
pub(super) fn opened(name: &str, call: Value) -> Option<Value> {
    let name = name.strip_prefix("_FortranA")?;
    let kind = name.trim_start_matches(|c: char| !c.is_ascii_digit());
    if !matches!(kind, "4" | "8" | "10" | "16") || !call.ty().is_float() {
        return None;
    }
    let b = Builder::new(call.context());
    b.position_before(call);
    b.set_debug_loc(call.debug_loc());
    let arg = |index: u32| call.operand(index);
    match (&name[..name.len() - kind.len()], call.arg_count()) {
        ("ModReal", 4) => Some(b.binary(BinaryOp::FRem, arg(0), arg(1))),
        ("ModuloReal", 4) => Some(modulo(&b, arg(0), arg(1))),
        ("Scale", 2) => scale(&b, arg(0), arg(1)),
        ("Fraction", 1) => fraction(&b, arg(0)),
        ("SetExponent", 2) => scale(&b, fraction(&b, arg(0))?, arg(1)),
        _ => None,
    }
}

/// The remainder that has the sign of `p`.
fn modulo(b: &Builder, a: Value, p: Value) -> Value {
    let zero = a.ty().zero();
    let rest = b.binary(BinaryOp::FRem, a, p);
    let negative = |v: Value| b.fcmp(LESS, v, zero);
    let differ = b.binary(BinaryOp::Xor, negative(rest), negative(p));
    let some = b.fcmp(NOT_EQUAL, rest, zero);
    let wrong = b.binary(BinaryOp::And, differ, some);
    let other = b.binary(BinaryOp::FAdd, rest, p);
    b.select(wrong, other, rest)
}

/// `x * 2**n`; far beyond every exponent `n` does not matter.
fn scale(b: &Builder, x: Value, n: Value) -> Option<Value> {
    const FAR: i64 = 1 << 20;
    let (wide, int) = (n.ty(), b.context().int(32));
    let most = wide.int_const_signed(FAR);
    let least = wide.int_const_signed(-FAR);
    let n = b.select(b.icmp(IntPredicate::Sgt, n, most), most, n);
    let n = b.select(b.icmp(IntPredicate::Slt, n, least), least, n);
    let n = b.int_cast(n, int, true);
    b.intrinsic("llvm.ldexp", &[x.ty(), int], &[x, n])
}

fn fraction(b: &Builder, x: Value) -> Option<Value> {
    let int: Type = b.context().int(32);
    let parts = b.intrinsic("llvm.frexp", &[x.ty(), int], &[x])?;
    Some(b.extract_value(parts, 0))
}
