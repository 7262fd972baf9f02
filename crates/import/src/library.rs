//! Library functions whose only effect besides their result is on `errno` (or `signgam`).
//!
//! A plain declaration of `sin` says nothing about memory, because it may set `errno`. That never touches
//! differentiable data, so such calls count as writing hidden memory only.

use rz_llvm::{Type, TypeKind};
use rz_rules::Kind;
use rz_view::op::Effects;

/// Functions of `<math.h>` and `<complex.h>` without pointer parameters, without the suffixes `f` and `l`. Complex
/// functions are absent when their prototype returns through memory on some target.
const MATH: &[&str] = &[
    "acos",
    "acosh",
    "acospi",
    "asin",
    "asinh",
    "asinpi",
    "atan",
    "atan2",
    "atan2pi",
    "atanh",
    "atanpi",
    "cbrt",
    "ceil",
    "copysign",
    "cos",
    "cosh",
    "cospi",
    "erf",
    "erfc",
    "exp",
    "exp10",
    "exp2",
    "expm1",
    "fabs",
    "fdim",
    "floor",
    "fma",
    "fmax",
    "fmaximum",
    "fmaximum_num",
    "fmin",
    "fminimum",
    "fminimum_num",
    "fmod",
    "hypot",
    "ilogb",
    "j0",
    "j1",
    "jn",
    "ldexp",
    "lgamma",
    "llrint",
    "llround",
    "log",
    "log10",
    "log1p",
    "log2",
    "logb",
    "lrint",
    "lround",
    "nearbyint",
    "nextafter",
    "nexttoward",
    "pow",
    "remainder",
    "rint",
    "round",
    "roundeven",
    "scalbln",
    "scalbn",
    "significand",
    "sin",
    "sinh",
    "sinpi",
    "sqrt",
    "tan",
    "tanh",
    "tanpi",
    "tgamma",
    "trunc",
    "y0",
    "y1",
    "yn",
    "abs",
    "labs",
    "llabs",
    "cabs",
    "__cospi",
    "__sinpi",
];

/// Fast variants glibc once declared, `__exp_finite` and so on.
fn finite(name: &str) -> Option<&str> {
    name.strip_prefix("__")?.strip_suffix("_finite")
}

/// True for library functions that read nothing and write nothing but `errno`.
pub(crate) fn is_math(name: &str) -> bool {
    let name = finite(name).unwrap_or(name);
    let base = |suffix: char| name.strip_suffix(suffix).is_some_and(|n| MATH.contains(&n));
    MATH.contains(&name) || base('f') || base('l')
}

/// True for a declaration of a function that has a rule, with a fitting prototype without addresses.
pub(crate) fn has_rule(function: rz_llvm::Function, name: &str) -> bool {
    let ty = function.ty();
    let args: Vec<Kind> = ty.params().into_iter().map(kind).collect();
    function.is_declaration()
        && !args.contains(&Kind::Pointer)
        && rz_rules::lookup(name)
            .is_some_and(|found| !found.lanes && found.accepts(kind(ty.return_type()), &args))
}

fn kind(ty: Type) -> Kind {
    match ty.scalar().kind() {
        _ if ty.scalar().is_float() => Kind::Real,
        TypeKind::Int => Kind::Int,
        TypeKind::Pointer => Kind::Pointer,
        TypeKind::Void => Kind::Void,
        TypeKind::Struct | TypeKind::Array => Kind::Struct,
        _ => Kind::Other,
    }
}

/// The effects of such a function, given the declared ones.
pub(crate) fn narrow(declared: Effects) -> Effects {
    if declared.writes {
        Effects {
            reads: false,
            writes: true,
            args_only: false,
            hidden_only: true,
        }
    } else {
        Effects::NONE
    }
}
