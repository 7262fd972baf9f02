//! Lengths of vectors and their reciprocals. The slope of a length at the origin is zero.
//!
//! The C library has `hypot` only; the others are reached by registration under the row's name.

use super::{ieee, over, zero};
use crate::record::Num;
use crate::row::rows;

rows! {
    /// Length of a vector in space.
    norm3d(x: Real, y: Real, z: Real) -> r
    names []
    primal |x, y, z| x.hypot(y).hypot(z);
    domain [[-4.0..4.0, -4.0..4.0, 0.5..4.0]]
    partials [over(x, r), over(y, r), over(z, r)]
    special [zero(&[0.0, 0.0, 0.0], &[0.0, 0.0, 0.0], "the distance of a point to itself")]

    /// Length of a vector of four.
    norm4d(x: Real, y: Real, z: Real, w: Real) -> r
    names []
    primal |x, y, z, w| x.hypot(y).hypot(z.hypot(w));
    domain [[-4.0..4.0, -4.0..4.0, -4.0..4.0, 0.5..4.0]]
    partials [over(x, r), over(y, r), over(z, r), over(w, r)]
    special [zero(&[0.0, 0.0, 0.0, 0.0], &[0.0, 0.0, 0.0, 0.0], "the distance of a point to itself")]

    /// Reciprocal length of a vector in the plane.
    rhypot(x: Real, y: Real) -> r
    names []
    primal |x, y| 1.0 / x.hypot(y);
    domain [[-4.0..4.0, 0.5..4.0]]
    partials [-(x * r * r * r), -(y * r * r * r)]

    /// Reciprocal length of a vector in space.
    rnorm3d(x: Real, y: Real, z: Real) -> r
    names []
    primal |x, y, z| 1.0 / x.hypot(y).hypot(z);
    domain [[-4.0..4.0, -4.0..4.0, 0.5..4.0]]
    partials [-(x * r * r * r), -(y * r * r * r), -(z * r * r * r)]

    /// Reciprocal length of a vector of four.
    rnorm4d(x: Real, y: Real, z: Real, w: Real) -> r
    names []
    primal |x, y, z, w| 1.0 / x.hypot(y).hypot(z.hypot(w));
    domain [[-4.0..4.0, -4.0..4.0, -4.0..4.0, 0.5..4.0]]
    partials [-(x * r * r * r), -(y * r * r * r), -(z * r * r * r), -(w * r * r * r)]

    /// Reciprocal.
    rcp(x: Real) -> r
    names []
    primal |x| 1.0 / x;
    domain [[0.3..4.0], [-4.0..-0.3]]
    partials [-(r * r)]
    special [ieee(&[0.0], &[-f64::INFINITY], "a pole")]

    /// Reciprocal of the cube root.
    rcbrt(x: Real) -> r
    names []
    primal |x| 1.0 / x.cbrt();
    domain [[0.3..4.0], [-4.0..-0.3]]
    partials [-(r / (3.0 * x))]

    /// The value confined to the unit interval. The ends count as outside.
    saturate(x: Real) -> r
    names []
    primal |x| x.clamp(0.0, 1.0);
    domain [[0.1..0.9], [1.1..4.0], [-4.0..-0.1]]
    partials [super::inside(x, |_| Num::from(1.0))]
    special [super::tie(&[0.0], &[0.0], "outside"), super::tie(&[1.0], &[0.0], "outside")]

    /// `x` modulo `y` with the sign of `y`, as Fortran's `MODULO`. The jumps are ignored.
    modulo(x: Real, y: Real) -> r
    names []
    primal |x, y| x - y * (x / y).floor();
    domain [[2.2..2.8, 0.96..1.04], [-2.8..-2.2, 0.96..1.04], [7.2..7.4, -3.4..-3.3]]
    partials [1.0, -crate::record::rint((x - r) / y)]
}
