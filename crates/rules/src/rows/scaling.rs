//! Powers of two: the seed itself is scaled, so no power out of range is ever formed.

use super::{tie, zero};
use crate::names::Width;
use crate::record::{eq, exp2, exp2i, exp2l, floor, ilogb, pick};
use crate::row::Spelling::{C, Exact, Llvm};
use crate::row::rows;

rows! {
    /// `x · 2ⁿ`.
    ldexp(x: Real, n: Int) -> y
    names [Llvm("ldexp"), C("ldexp"), C("scalbn")]
    primal |x, n| libm::scalbn(x, n as i32);
    domain [[-9.0..9.0, -8.0..8.0]]
    partials [exp2i(n)]
    special [tie(&[1e-300, 1023.0], &[8.988_465_674_311_58e307, 0.0], "the largest power of two")]

    /// `x · 2ⁿ` with a `long` exponent.
    scalbln(x: Real, n: Int) -> y
    names [C("scalbln")]
    primal |x, n| libm::scalbn(x, n as i32);
    domain [[-9.0..9.0, -8.0..8.0]]
    partials [exp2l(n)]

    /// `x · 2ʸ` for an integral float `y`, which must not be active: elsewhere the result is NaN.
    scalb(x: Real, y: Fixed) -> r
    names [C("scalb"), Exact("_scalb", Width::Double)]
    primal |x, y| x * y.round().exp2();
    domain [[-9.0..9.0, 3.0..3.0]]
    partials [exp2(y)]

    /// `x · 2^⌊y⌋`, of AVX-512. The exponent is piecewise constant.
    scalef(x: Real, y: Real) -> r
    names []
    primal |x, y| x * y.floor().exp2();
    domain [[-9.0..9.0, 1.1..1.9], [-9.0..9.0, -3.9..-3.1]]
    partials [exp2(floor(y)), 0.0]

    /// The mantissa in `[1, 2)`, sign kept.
    significand(x: Real) -> y
    names [C("significand")]
    primal |x| x / f64::from(libm::ilogb(x)).exp2();
    domain [[1.1..1.9], [4.1..7.9], [-0.9..-0.6]]
    partials [exp2i(ilogb(x).negated())]

    /// The mantissa of AVX-512, in one of four intervals, with a sign of choice: `x` times a power of two, which is
    /// piecewise constant. Zero has the mantissa one.
    getmant(x: Real) -> y
    names []
    primal |x| x / f64::from(libm::ilogb(x)).exp2();
    domain [[1.1..1.9], [4.1..7.9], [-0.9..-0.6]]
    partials [pick(eq(x, 0.0), 0.0, y / x)]
    special [zero(&[0.0], &[0.0], "a jump")]
}
