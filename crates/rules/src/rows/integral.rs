//! Integrals and quotients of circular functions and exponentials. None has a symbol in the C
//! library; they are reached by registration under the row's name.

use super::{ieee, zero};
use crate::numeric;
use crate::record::{Num, PI, cos, eq, exp, fabs, lt, pick, sin};
use crate::row::rows;

/// (cos x − sin x / x)/x, by its series near zero, where it cancels.
fn sinc_slope<'d>(x: Num<'d>, sinc: Num<'d>) -> Num<'d> {
    let square = x * x;
    let near = lt(fabs(x), 0.02);
    // The branch that is not taken divides by a harmless number.
    let safe = pick(near, 1.0, x);
    let series = -(x * (1.0 / 3.0 - square * (1.0 / 30.0 - square * (1.0 / 840.0))));
    pick(near, series, (cos(x) - sinc) / safe)
}

rows! {
    /// sin x / x, one at the origin.
    sinc(x: Real) -> y
    names []
    primal |x| if x == 0.0 { 1.0 } else { x.sin() / x };
    domain [[0.5..6.0], [-6.0..-0.5]]
    partials [sinc_slope(x, y)]
    special [
        zero(&[0.0], &[0.0], "the maximum"),
        ieee(&[1e-3], &[-3.333_333_000_000_012e-4], "the series"),
    ]

    /// sin πx / πx, one at the origin.
    sincpi(x: Real) -> y
    names []
    primal |x| if x == 0.0 { 1.0 } else { numeric::sinpi(x) / (std::f64::consts::PI * x) };
    domain [[0.5..3.0], [-3.0..-0.5]]
    partials [PI * sinc_slope(PI * x, y)]
    special [zero(&[0.0], &[0.0], "the maximum")]

    /// Derivative of `sincpi`.
    cosc(x: Real) -> y
    names []
    primal |x| (numeric::cospi(x) - numeric::sinpi(x) / (std::f64::consts::PI * x)) / x;
    domain [[0.5..3.0], [-3.0..-0.5]]
    partials [numeric_cosc(x, y)]

    /// Exponential integral Ei.
    expint_ei(x: Real) -> y
    names []
    primal |x| numeric::expint_ei(x);
    domain [[0.3..4.0], [-2.0..-0.3]]
    partials [exp(x) / x]

    /// Exponential integral E₁.
    expint_e1(x: Real) -> y
    names []
    primal |x| -numeric::expint_ei(-x);
    domain [[0.3..2.0]]
    partials [-(exp(-x) / x)]

    /// Sine integral.
    sinint(x: Real) -> y
    names []
    primal |x| numeric::sinint(x);
    domain [[0.3..4.0], [-4.0..-0.3]]
    partials [pick(eq(x, 0.0), 1.0, sin(x) / x)]
    special [ieee(&[0.0], &[1.0], "the limit")]

    /// Cosine integral.
    cosint(x: Real) -> y
    names []
    primal |x| numeric::cosint(x);
    domain [[0.3..4.0]]
    partials [cos(x) / x]
}

/// −π sin(πx)/x − 2y/x, by its series near zero.
fn numeric_cosc<'d>(x: Num<'d>, y: Num<'d>) -> Num<'d> {
    let t = PI * x;
    let square = t * t;
    let near = lt(fabs(t), 0.02);
    let safe = pick(near, 1.0, x);
    let series = 1.0 / 3.0 - square * (1.0 / 10.0 - square * (1.0 / 168.0));
    pick(
        near,
        -(PI * (PI * series)),
        -((PI * sin(t) + 2.0 * y) / safe),
    )
}
