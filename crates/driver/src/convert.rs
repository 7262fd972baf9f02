//! Conversion of operands to parameter types (section 3.6).
//!
//! Only conversions that cannot change a value: pointers between address spaces, vectors of equal
//! size, integers to a boolean. Never between integers and floats or between float formats.

use rz_diag::{Code, Diagnostic, Result};
use rz_llvm::{Builder, CastOp, Type, TypeKind, Value};

/// What an operand is for, in messages.
#[derive(Clone, Copy)]
pub(crate) struct Role<'a> {
    /// `argument`, `shadow of argument` or `the seed`.
    pub(crate) what: &'a str,
    /// Position among the primal's arguments; none for a seed.
    pub(crate) position: Option<usize>,
    /// The primal's name.
    pub(crate) primal: &'a str,
}

/// Converts `value` to `ty`.
pub(crate) fn convert(builder: &Builder, value: Value, ty: Type, role: Role) -> Result<Value> {
    let from = value.ty();
    if from == ty {
        return Ok(value);
    }
    let module = builder.module();
    match (from.kind(), ty.kind()) {
        (TypeKind::Pointer, TypeKind::Pointer) => {
            Ok(builder.cast(CastOp::AddrSpaceCast, value, ty))
        }
        (TypeKind::Int, TypeKind::Int) if ty.int_bits() == 1 => {
            Ok(builder.cast(CastOp::Trunc, value, ty))
        }
        (TypeKind::Vector, TypeKind::Vector)
            if module.store_size(from) == module.store_size(ty)
                && from.element().is_float() == ty.element().is_float() =>
        {
            Ok(builder.bitcast(value, ty))
        }
        _ => Err(mismatch(from, ty, role)),
    }
}

fn mismatch(from: Type, ty: Type, role: Role) -> Box<Diagnostic> {
    let position = role.position.map_or(String::new(), |p| format!(" {p}"));
    let error = Diagnostic::error(
        Code::WrongArgumentType,
        format!(
            "cannot cast {}{position} of `{}` from {from} to {ty}",
            role.what, role.primal
        ),
    );
    if from.kind() == TypeKind::Double && ty.kind() == TypeKind::Float {
        return error
            .note("a float passed through `...` arrives as double")
            .fix("declare the request with a prototype instead of `...`");
    }
    if ty.kind() == TypeKind::Pointer {
        return error.fix("pass an address");
    }
    error.fix(format!("pass a value of type {ty}"))
}
