//! Real functions of a complex number; it is a pair of real operands, as in [`super::complex`].

use super::{INF, NAN, ieee, over, over_twice, zero};
use crate::names::Width;
use crate::record::hypot;
use crate::row::Spelling::{C, Exact};
use crate::row::rows;

rows! {
    /// Magnitude of a complex number. The slope at the origin is defined as zero.
    cabs(x: Real, y: Real) -> r
    names [C("cabs"), Exact("_cabs", Width::Double)]
    pairs 1
    primal |x, y| x.hypot(y);
    domain [[-4.0..4.0, 0.5..4.0]]
    partials [over(x, r), over(y, r)]
    special [
        zero(&[0.0, 0.0], &[0.0, 0.0], "the distance of a point to itself"),
        ieee(&[NAN, 1.0], &[NAN, NAN], "NaN stays NaN"),
        ieee(&[3e200, 4e200], &[0.6, 0.8], "no overflow in between"),
        ieee(&[INF, 0.0], &[NAN, 0.0], "the direction at infinity is not known"),
    ]

    /// Angle of a complex number. The slope at the origin is defined as zero.
    carg(x: Real, y: Real) -> r
    names [C("carg")]
    pairs 1
    primal |x, y| y.atan2(x);
    domain [[-4.0..4.0, 0.5..4.0], [0.5..4.0, -4.0..4.0]]
    partials [
        -over_twice(y, hypot(x, y)),
        over_twice(x, hypot(x, y)),
    ]
    special [zero(&[0.0, 0.0], &[0.0, 0.0], "the direction is undefined; zero is the symmetric choice")]

    /// Square of the magnitude; for registered functions.
    complex_norm(x: Real, y: Real) -> r
    names []
    pairs 1
    primal |x, y| x * x + y * y;
    domain [[-4.0..4.0, -4.0..4.0]]
    partials [2.0 * x, 2.0 * y]

    /// Real part.
    creal(x: Real, y: Real) -> r
    names [C("creal")]
    pairs 1
    primal |x, _y| x;
    domain [[-4.0..4.0, -4.0..4.0]]
    partials [1.0, 0.0]

    /// Imaginary part.
    cimag(x: Real, y: Real) -> r
    names [C("cimag")]
    pairs 1
    primal |_x, y| y;
    domain [[-4.0..4.0, -4.0..4.0]]
    partials [0.0, 1.0]
}
