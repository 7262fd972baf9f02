//! Masked functions of vector libraries by the GNU names, as unmasked ones between selects.
//!
//! ```text
//! %r = call <2 x double> @_ZGVbM2v_sin(<2 x double> %x, <2 x i64> %mask)
//! →  %own = select %on, %x, 0.5                                 ; %on: the sign bits of %mask
//!    %all = call <2 x double> @_ZGVbN2v_sin(<2 x double> %own)
//!    %r = select %on, %all, 0                                   ; disabled lanes are anything
//! ```

use super::Rewritten;
use rz_llvm::{Builder, CastOp, Function, IntPredicate, Type, Value};

pub(super) fn rewrite(b: &Builder, call: Value, callee: Function) -> Option<Rewritten> {
    let name = callee.name();
    let rest = name.strip_prefix("_ZGV")?;
    let isa = rest.chars().next().filter(char::is_ascii_lowercase)?;
    let rest = rest.strip_prefix(isa)?.strip_prefix('M')?;
    let lanes = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    let scalar = lanes.trim_start_matches('v').strip_prefix('_')?;
    let count = lanes.len() - scalar.len() - 1;
    let ty = call.ty();
    let plain = format!("_ZGV{isa}N{rest}");
    rz_rules::lookup(&plain).filter(|_| ty.is_vector() && ty.scalar().is_float())?;
    let mut args = call.args();
    let mask = args.pop().filter(|_| args.len() == count)?;
    if args.iter().any(|arg| arg.ty() != ty) {
        return None;
    }
    let on = enabled(b, mask, ty)?;
    let harmless = ty.splat(ty.scalar().float_const(0.5));
    let own: Vec<Value> = (args.iter())
        .map(|&arg| b.select(on, arg, harmless))
        .collect();
    let params: Vec<Type> = own.iter().map(|arg| arg.ty()).collect();
    let unmasked = (b.module()).get_or_declare(&plain, ty.function(&params, false));
    let all = b.call(unmasked, &own);
    Some(Rewritten::Value(b.select(on, all, ty.zero())))
}

/// Which lanes are enabled: the sign bits of the lanes of a mask, or the bits of an integer.
fn enabled(b: &Builder, mask: Value, ty: Type) -> Option<Value> {
    let lanes = ty.vector_len();
    let context = b.context();
    let from = mask.ty();
    if from.is_vector() && from.vector_len() == lanes {
        let bits = b.module().store_size(from.scalar()) as u32 * 8;
        let ints = context.int(bits).vector(lanes);
        let image = b.cast(CastOp::BitCast, mask, ints);
        return Some(b.icmp(IntPredicate::Slt, image, ints.zero()));
    }
    if from.is_int() && from.int_bits() >= lanes {
        let bits = b.int_cast(mask, context.int(lanes), false);
        return Some(b.cast(CastOp::BitCast, bits, context.int(1).vector(lanes)));
    }
    None
}
