//! Bessel functions of integer order. The order is an integer of any sign and never active.
//! The difference form of the slope needs no special case at the origin.

use super::ieee;
use crate::names::Width;
use crate::record::{int, j0, j1, jn, y0, y1, yn};
use crate::row::Spelling::{C, Exact};
use crate::row::rows;

rows! {
    /// Bessel function of the first kind, order zero.
    j0(x: Real) -> y
    names [C("j0"), Exact("_j0", Width::Double)]
    primal |x| libm::j0(x);
    domain [[-9.0..9.0]]
    partials [-j1(x)]

    /// Bessel function of the first kind, order one.
    j1(x: Real) -> y
    names [C("j1"), Exact("_j1", Width::Double)]
    primal |x| libm::j1(x);
    domain [[-9.0..9.0]]
    partials [0.5 * (j0(x) - jn(int(x, 2), x))]
    special [ieee(&[0.0], &[0.5], "regular")]

    /// Bessel function of the first kind, any integer order.
    jn(n: Int, x: Real) -> y
    names [C("jn"), Exact("_jn", Width::Double)]
    primal |n, x| libm::jn(n as i32, x);
    domain [[-4.0..5.0, 0.3..9.0]]
    partials [0.5 * (jn(n.plus(-1), x) - jn(n.plus(1), x))]
    special [
        ieee(&[1.0, 0.0], &[0.0, 0.5], "regular"),
        ieee(&[0.0, 0.0], &[0.0, 0.0], "regular"),
    ]

    /// Bessel function of the second kind, order zero.
    y0(x: Real) -> y
    names [C("y0"), Exact("_y0", Width::Double)]
    primal |x| libm::y0(x);
    domain [[0.3..9.0]]
    partials [-y1(x)]

    /// Bessel function of the second kind, order one.
    y1(x: Real) -> y
    names [C("y1"), Exact("_y1", Width::Double)]
    primal |x| libm::y1(x);
    domain [[0.3..9.0]]
    partials [0.5 * (y0(x) - yn(int(x, 2), x))]

    /// Bessel function of the second kind, any integer order.
    yn(n: Int, x: Real) -> y
    names [C("yn"), Exact("_yn", Width::Double)]
    primal |n, x| libm::yn(n as i32, x);
    domain [[-4.0..5.0, 1.0..9.0]]
    partials [0.5 * (yn(n.plus(-1), x) - yn(n.plus(1), x))]
}
