//! Library functions whose only effect besides their result is on `errno` (or `signgam`).
//!
//! A plain declaration of `sin` says nothing about memory, because it may set `errno`. That never touches
//! differentiable data, so such calls count as writing hidden memory only.

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
