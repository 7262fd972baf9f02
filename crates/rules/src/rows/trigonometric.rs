//! Circular functions, in radians and in half turns, and their inverses.

use super::{INF, NAN, ieee};
use crate::eval;
use crate::record::{PI, cos, cospi, sin, sinpi, sqrt};
use crate::row::Spelling::{C, Llvm};
use crate::row::rows;

rows! {
    /// Sine.
    sin(x: Real) -> y
    names [Llvm("sin"), C("sin")]
    primal |x| x.sin();
    domain [[-20.0..20.0]]
    partials [cos(x)]
    special [ieee(&[INF], &[NAN], "no limit")]

    /// Cosine.
    cos(x: Real) -> y
    names [Llvm("cos"), C("cos")]
    primal |x| x.cos();
    domain [[-20.0..20.0]]
    partials [-sin(x)]
    special [ieee(&[INF], &[NAN], "no limit")]

    /// Tangent; the result replaces the operand.
    tan(x: Real) -> y
    names [Llvm("tan"), C("tan")]
    primal |x| x.tan();
    domain [[-1.3..1.3], [2.0..4.0]]
    partials [1.0 + y * y]

    /// Sine of π x.
    sinpi(x: Real) -> y
    names [C("sinpi"), C("__sinpi")]
    primal |x| eval::sinpi(x);
    domain [[-3.4..3.4]]
    partials [PI * cospi(x)]

    /// Cosine of π x.
    cospi(x: Real) -> y
    names [C("cospi"), C("__cospi")]
    primal |x| eval::cospi(x);
    domain [[-3.4..3.4]]
    partials [-(PI * sinpi(x))]

    /// Tangent of π x.
    tanpi(x: Real) -> y
    names [C("tanpi"), C("__tanpi")]
    primal |x| (std::f64::consts::PI * x).tan();
    domain [[-0.4..0.4]]
    partials [PI * (1.0 + y * y)]

    /// Inverse sine. The factored root keeps its accuracy near ±1.
    asin(x: Real) -> y
    names [Llvm("asin"), C("asin")]
    primal |x| x.asin();
    domain [[-0.9..0.9]]
    partials [1.0 / sqrt((1.0 - x) * (1.0 + x))]
    special [
        ieee(&[1.0], &[INF], "a vertical tangent"),
        ieee(&[-1.0], &[INF], "a vertical tangent"),
    ]

    /// Inverse cosine.
    acos(x: Real) -> y
    names [Llvm("acos"), C("acos")]
    primal |x| x.acos();
    domain [[-0.9..0.9]]
    partials [-(1.0 / sqrt((1.0 - x) * (1.0 + x)))]
    special [
        ieee(&[1.0], &[-INF], "a vertical tangent"),
        ieee(&[-1.0], &[-INF], "a vertical tangent"),
    ]

    /// Inverse tangent.
    atan(x: Real) -> y
    names [Llvm("atan"), C("atan")]
    primal |x| x.atan();
    domain [[-9.0..9.0]]
    partials [1.0 / (1.0 + x * x)]
    special [ieee(&[1e200], &[0.0], "the square overflows, the slope is zero")]

    /// Inverse sine in half turns.
    asinpi(x: Real) -> y
    names [C("asinpi")]
    primal |x| x.asin() / std::f64::consts::PI;
    domain [[-0.9..0.9]]
    partials [1.0 / (PI * sqrt((1.0 - x) * (1.0 + x)))]
    special [ieee(&[1.0], &[INF], "a vertical tangent")]

    /// Inverse cosine in half turns.
    acospi(x: Real) -> y
    names [C("acospi")]
    primal |x| x.acos() / std::f64::consts::PI;
    domain [[-0.9..0.9]]
    partials [-(1.0 / (PI * sqrt((1.0 - x) * (1.0 + x))))]
    special [ieee(&[1.0], &[-INF], "a vertical tangent")]

    /// Inverse tangent in half turns.
    atanpi(x: Real) -> y
    names [C("atanpi")]
    primal |x| x.atan() / std::f64::consts::PI;
    domain [[-9.0..9.0]]
    partials [1.0 / (PI * (1.0 + x * x))]
}
