//! Roots and powers.

use super::{INF, NAN, ieee, over, over_twice, tie, zero};
use crate::names::Width;
use crate::record::{Int, Num, compoundn, eq, hypot, log, pick, pow, powi, pown};
use crate::row::Spelling::{C, Exact, Llvm};
use crate::row::rows;

/// n·f(x, n−1) for f = xⁿ, 0 for n = 0. The exponent is not lowered for negative n, where the
/// smallest integer would wrap; f(x, n)/x has the same poles there.
fn power_slope<'d>(base: Num<'d>, n: Int<'d>, f: impl Fn(Int<'d>) -> Num<'d>) -> Num<'d> {
    let negative = n.below(0);
    let power = f(Int::pick(negative, n, n.plus(-1)));
    pick(n.is(0), 0.0, n.real() * pick(negative, power / base, power))
}

rows! {
    /// Square root. The slope at zero is defined as zero.
    sqrt(x: Real) -> y
    names [Llvm("sqrt"), C("sqrt")]
    primal |x| x.sqrt();
    domain [[0.1..1.0], [1.0..1e3]]
    partials [pick(eq(y, 0.0), 0.0, 0.5 / y)]
    special [
        zero(&[0.0], &[0.0], "the distance of a point to itself"),
        zero(&[-0.0], &[0.0], "the distance of a point to itself"),
        ieee(&[-1.0], &[NAN], "outside the domain"),
        ieee(&[NAN], &[NAN], "NaN stays NaN"),
        ieee(&[INF], &[0.0], "the limit"),
    ]

    /// Cube root.
    cbrt(x: Real) -> y
    names [C("cbrt")]
    primal |x| x.cbrt();
    domain [[0.1..9.0], [-9.0..-0.1]]
    partials [1.0 / (3.0 * (y * y))]
    special [ieee(&[0.0], &[INF], "a vertical tangent")]

    /// Reciprocal square root.
    rsqrt(x: Real) -> y
    names [C("rsqrt")]
    primal |x| 1.0 / x.sqrt();
    domain [[0.1..9.0]]
    partials [-0.5 * (y * y * y)]
    special [ieee(&[0.0], &[-INF], "a pole")]

    /// Power. The slope in the base is `y·pow(x, y−1)`, because `y·r/x` fails at zero and when the
    /// result underflows. The slope in the exponent at base zero is zero: the limit for positive
    /// exponents, a convention for others. It is NaN for negative bases, where the power is only
    /// defined at isolated exponents.
    pow(x: Real, y: Real) -> r
    names [Llvm("pow"), C("pow"), C("powr")]
    primal |x, y| x.powf(y);
    domain [[0.2..4.0, -3.0..3.0]]
    partials [
        pick(eq(y, 0.0), 0.0, y * pow(x, y - 1.0)),
        pick(eq(x, 0.0), 0.0, r * log(pick(eq(x, 0.0), 1.0, x))),
    ]
    special [
        tie(&[0.0, 0.0], &[0.0, 0.0], "a constant in the base; the exponent by convention"),
        tie(&[0.0, 1.0], &[1.0, 0.0], "linear in the base"),
        tie(&[0.0, 2.0], &[0.0, 0.0], "the limit"),
        ieee(&[0.0, 0.5], &[INF, 0.0], "a vertical tangent"),
        ieee(&[-2.0, 3.0], &[12.0, NAN], "integral powers of negative bases have one slope"),
        ieee(&[1e-250, 1.5], &[1.5e-125, 0.0], "the result underflows, its slope does not"),
    ]

    /// Integer power with a C `int` or any other integer exponent.
    powi(x: Real, n: Int) -> r
    names [Llvm("powi"), Exact("__powidf2", Width::Double), Exact("__powisf2", Width::Single),
        Exact("__powixf2", Width::Long), Exact("__powitf2", Width::Quad),
        Exact("_FortranAFPow4i", Width::Single), Exact("_FortranAFPow8i", Width::Double),
        Exact("_FortranAFPow10i", Width::Long), Exact("_FortranAFPow16i", Width::Quad)]
    primal |x, n| x.powf(n);
    domain [[0.2..3.0, -5.0..6.0], [-3.0..-0.2, -5.0..6.0]]
    partials [power_slope(x, n, |n| powi(x, n))]
    special [
        tie(&[0.0, 0.0], &[0.0, 0.0], "a constant"),
        tie(&[0.0, 1.0], &[1.0, 0.0], "the identity"),
        ieee(&[0.0, -1.0], &[-INF, 0.0], "a pole"),
        ieee(&[2.0, -2_147_483_648.0], &[-0.0, 0.0], "the exponent does not wrap"),
    ]

    /// Integer power with a `long long` exponent.
    pown(x: Real, n: Int) -> r
    names [C("pown")]
    primal |x, n| x.powf(n);
    domain [[0.2..3.0, -5.0..6.0], [-3.0..-0.2, -5.0..6.0]]
    partials [power_slope(x, n, |n| pown(x, n))]
    special [tie(&[0.0, 0.0], &[0.0, 0.0], "a constant")]

    /// Compound interest, (1+x)ⁿ.
    compoundn(x: Real, n: Int) -> r
    names [C("compoundn")]
    primal |x, n| (1.0 + x).powf(n);
    domain [[-0.5..2.0, -5.0..6.0]]
    partials [power_slope(1.0 + x, n, |n| compoundn(x, n))]
    special [tie(&[-1.0, 0.0], &[0.0, 0.0], "a constant")]

    /// The n-th root.
    rootn(x: Real, n: Int) -> r
    names [C("rootn")]
    primal |x, n| x.powf(1.0 / n);
    domain [[0.2..3.0, 1.0..6.0], [0.2..3.0, -6.0..-1.0]]
    partials [r / (n.real() * x)]
    special [ieee(&[0.0, 3.0], &[NAN, 0.0], "a vertical tangent")]

    /// Length of a vector in the plane. The slope at the origin is defined as zero.
    hypot(x: Real, y: Real) -> r
    names [C("hypot"), Exact("_hypot", Width::Double), Exact("_hypotf", Width::Single)]
    primal |x, y| x.hypot(y);
    domain [[-4.0..4.0, 0.5..4.0]]
    partials [over(x, r), over(y, r)]
    special [
        zero(&[0.0, 0.0], &[0.0, 0.0], "the distance of a point to itself"),
        ieee(&[NAN, 1.0], &[NAN, NAN], "NaN stays NaN"),
        ieee(&[3e200, 4e200], &[0.6, 0.8], "no overflow in between"),
        ieee(&[INF, NAN], &[NAN, NAN], "the length is infinite, its slope is not known"),
    ]

    /// Angle of a vector in the plane. The slope at the origin, where there is no direction, is
    /// defined as zero. Dividing twice by the length neither overflows nor underflows.
    atan2(y: Real, x: Real) -> r
    names [Llvm("atan2"), C("atan2")]
    primal |y, x| y.atan2(x);
    domain [[-4.0..4.0, 0.5..4.0], [0.5..4.0, -4.0..4.0]]
    partials [
        over_twice(x, hypot(x, y)),
        -over_twice(y, hypot(x, y)),
    ]
    special [
        zero(&[0.0, 0.0], &[0.0, 0.0], "the direction is undefined; zero is the symmetric choice"),
        ieee(&[0.0, 1e-200], &[1e200, 0.0], "squares would underflow"),
        ieee(&[0.0, 1e200], &[1e-200, 0.0], "squares would overflow"),
        ieee(&[NAN, 0.0], &[NAN, NAN], "NaN stays NaN"),
    ]

    /// Angle of a vector in half turns.
    atan2pi(y: Real, x: Real) -> r
    names [C("atan2pi")]
    primal |y, x| y.atan2(x) / std::f64::consts::PI;
    domain [[-4.0..4.0, 0.5..4.0], [0.5..4.0, -4.0..4.0]]
    partials [
        over_twice(x, hypot(x, y)) / crate::record::PI,
        -over_twice(y, hypot(x, y)) / crate::record::PI,
    ]
    special [zero(&[0.0, 0.0], &[0.0, 0.0], "the direction is undefined")]
}
