//! Circular functions in degrees, and what circular functions the C library lacks; reached by
//! registration under the row's name.

use super::{INF, ieee, over_twice, zero};
use crate::record::{DEGREE, cos, hypot, sin, sqrt};
use crate::row::rows;

rows! {
    /// Cotangent; the result replaces the operand.
    cot(x: Real) -> y
    names []
    primal |x| 1.0 / x.tan();
    domain [[0.3..2.8]]
    partials [-(1.0 + y * y)]

    /// Sine of degrees.
    sind(x: Real) -> y
    names []
    primal |x| x.to_radians().sin();
    domain [[-180.0..180.0]]
    partials [DEGREE * cos(DEGREE * x)]

    /// Cosine of degrees.
    cosd(x: Real) -> y
    names []
    primal |x| x.to_radians().cos();
    domain [[-180.0..180.0]]
    partials [-(DEGREE * sin(DEGREE * x))]

    /// Tangent of degrees.
    tand(x: Real) -> y
    names []
    primal |x| x.to_radians().tan();
    domain [[-70.0..70.0]]
    partials [DEGREE * (1.0 + y * y)]

    /// Inverse sine in degrees.
    asind(x: Real) -> y
    names []
    primal |x| x.asin().to_degrees();
    domain [[-0.9..0.9]]
    partials [1.0 / (DEGREE * sqrt((1.0 - x) * (1.0 + x)))]
    special [ieee(&[1.0], &[INF], "a vertical tangent")]

    /// Inverse cosine in degrees.
    acosd(x: Real) -> y
    names []
    primal |x| x.acos().to_degrees();
    domain [[-0.9..0.9]]
    partials [-(1.0 / (DEGREE * sqrt((1.0 - x) * (1.0 + x))))]

    /// Inverse tangent in degrees.
    atand(x: Real) -> y
    names []
    primal |x| x.atan().to_degrees();
    domain [[-9.0..9.0]]
    partials [1.0 / (DEGREE * (1.0 + x * x))]

    /// Angle of a vector in the plane, in degrees.
    atan2d(y: Real, x: Real) -> r
    names []
    primal |y, x| y.atan2(x).to_degrees();
    domain [[-4.0..4.0, 0.5..4.0], [0.5..4.0, -4.0..4.0]]
    partials [
        over_twice(x, hypot(x, y)) / DEGREE,
        -over_twice(y, hypot(x, y)) / DEGREE,
    ]
    special [zero(&[0.0, 0.0], &[0.0, 0.0], "the direction is undefined")]
}
