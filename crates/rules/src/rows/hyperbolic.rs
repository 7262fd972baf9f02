//! Hyperbolic functions and their inverses.

use super::{INF, ieee};
use crate::record::{Num, cosh, exp, fabs, sinh, sqrt};
use crate::row::Spelling::{C, Llvm};
use crate::row::rows;

/// 4t/(1+t)² for t = exp(−2|x|).
fn sech_squared(x: Num<'_>) -> Num<'_> {
    let t = exp(-2.0 * fabs(x));
    4.0 * t / ((1.0 + t) * (1.0 + t))
}

rows! {
    /// Hyperbolic sine.
    sinh(x: Real) -> y
    names [Llvm("sinh"), C("sinh")]
    primal |x| x.sinh();
    domain [[-4.0..4.0]]
    partials [cosh(x)]

    /// Hyperbolic cosine.
    cosh(x: Real) -> y
    names [Llvm("cosh"), C("cosh")]
    primal |x| x.cosh();
    domain [[-4.0..4.0]]
    partials [sinh(x)]

    /// Hyperbolic tangent. Not `1 − y²`, which is zero from 19 on where the slope is not; and with
    /// one exponential of a negative number, which is cheaper than `1/cosh²` and cannot overflow.
    tanh(x: Real) -> y
    names [Llvm("tanh"), C("tanh")]
    primal |x| x.tanh();
    domain [[-4.0..4.0]]
    partials [sech_squared(x)]
    special [
        ieee(&[20.0], &[1.699_341_702_116_609_8e-17], "small, and not zero"),
        ieee(&[-20.0], &[1.699_341_702_116_609_8e-17], "small, and not zero"),
        ieee(&[1000.0], &[0.0], "the limit"),
    ]

    /// Inverse hyperbolic sine.
    asinh(x: Real) -> y
    names [C("asinh")]
    primal |x| x.asinh();
    domain [[-9.0..9.0]]
    partials [1.0 / sqrt(x * x + 1.0)]
    special [ieee(&[1e200], &[0.0], "the square overflows, the slope is below 1e-199")]

    /// Inverse hyperbolic cosine. Two roots do not overflow and are exact at one.
    acosh(x: Real) -> y
    names [C("acosh")]
    primal |x| x.acosh();
    domain [[1.3..9.0]]
    partials [1.0 / (sqrt(x - 1.0) * sqrt(x + 1.0))]
    special [
        ieee(&[1.0], &[INF], "a vertical tangent"),
        ieee(&[1e200], &[1e-200], "no overflow in between"),
    ]

    /// Inverse hyperbolic tangent.
    atanh(x: Real) -> y
    names [C("atanh")]
    primal |x| x.atanh();
    domain [[-0.9..0.9]]
    partials [1.0 / ((1.0 - x) * (1.0 + x))]
    special [
        ieee(&[1.0], &[INF], "a pole"),
        ieee(&[-1.0], &[INF], "a pole"),
    ]
}
