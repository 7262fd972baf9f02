//! Functions with two outputs, or with outputs in memory.
//!
//! Seeds of outputs in memory are read from the shadow of that memory, which is then zeroed:
//! the function overwrote it. Integer outputs carry nothing, but zero the shadow as well.

use crate::eval;
use crate::names::Width;
use crate::record::{PI, cos, digamma, exp2i, rint, sin};
use crate::row::Place::{Field, Memory, Result};
use crate::row::Spelling::{C, Exact, Llvm, Tailed};
use crate::row::multi_rows;

multi_rows! {
    /// Sine and cosine, stored through pointers.
    sincos(x: Real, ps: RealOut, pc: RealOut) -> (s: real in Memory(1), c: real in Memory(2))
    names [C("sincos")]
    primal |v| [v[0].sin(), v[0].cos()];
    domain [[-9.0..9.0, 0.0..0.0, 0.0..0.0]]
    partials [c, -s]

    /// Sine and cosine of π x, stored through pointers.
    sincospi(x: Real, ps: RealOut, pc: RealOut) -> (s: real in Memory(1), c: real in Memory(2))
    names [C("sincospi")]
    primal |v| [eval::sinpi(v[0]), eval::cospi(v[0])];
    domain [[-3.4..3.4, 0.0..0.0, 0.0..0.0]]
    partials [PI * c, -(PI * s)]

    /// Sine and cosine as a pair.
    sincos_pair(x: Real) -> (s: real in Field(0), c: real in Field(1))
    names [Llvm("sincos"), Exact("__sincos_stret", Width::Double),
        Exact("__sincosf_stret", Width::Single)]
    primal |v| [v[0].sin(), v[0].cos()];
    domain [[-9.0..9.0]]
    partials [c, -s]

    /// Sine and cosine of π x as a pair.
    sincospi_pair(x: Real) -> (s: real in Field(0), c: real in Field(1))
    names [Llvm("sincospi"), Exact("__sincospi_stret", Width::Double),
        Exact("__sincospif_stret", Width::Single)]
    primal |v| [eval::sinpi(v[0]), eval::cospi(v[0])];
    domain [[-3.4..3.4]]
    partials [PI * c, -(PI * s)]

    /// Fraction returned, integral part stored.
    modf(x: Real, ip: RealOut) -> (fraction: real in Result, integral: real in Memory(1))
    names [C("modf")]
    primal |v| [v[0].fract(), v[0].trunc()];
    domain [[1.2..1.8, 0.0..0.0], [-1.8..-1.2, 0.0..0.0]]
    partials [1.0, 0.0]

    /// Fraction and integral part as a pair.
    modf_pair(x: Real) -> (fraction: real in Field(0), integral: real in Field(1))
    names [Llvm("modf")]
    primal |v| [v[0].fract(), v[0].trunc()];
    domain [[1.2..1.8], [-1.8..-1.2]]
    partials [1.0, 0.0]

    /// Mantissa in `[½, 1)` returned, exponent stored. Scaling by the exponent instead of masking
    /// it out of the operand keeps denormals right.
    frexp(x: Real, pe: IntOut) -> (m: real in Result, e: int in Memory(1))
    names [C("frexp")]
    primal |v| { let (m, e) = libm::frexp(v[0]); [m, f64::from(e)] };
    domain [[1.1..1.9, 0.0..0.0], [-30.0..-17.0, 0.0..0.0]]
    partials [exp2i(e.negated())]

    /// Mantissa and exponent as a pair.
    frexp_pair(x: Real) -> (m: real in Field(0), e: int in Field(1))
    names [Llvm("frexp")]
    primal |v| { let (m, e) = libm::frexp(v[0]); [m, f64::from(e)] };
    domain [[1.1..1.9], [-30.0..-17.0]]
    partials [exp2i(e.negated())]

    /// Remainder to nearest even, with low bits of the quotient stored.
    remquo(x: Real, y: Real, q: IntOut) -> (r: real in Result, n: int in Memory(2))
    names [C("remquo")]
    primal |v| { let (r, n) = libm::remquo(v[0], v[1]); [r, f64::from(n)] };
    domain [[2.1..2.4, 0.98..1.02, 0.0..0.0], [2.6..2.9, 0.98..1.02, 0.0..0.0]]
    partials [1.0, -rint((x - r) / y)]

    /// Logarithm of the gamma function's magnitude, with its sign stored.
    lgamma_r(x: Real, sign: IntOut) -> (y: real in Result, s: int in Memory(1))
    names [Tailed("lgamma", "_r"), Tailed("gamma", "_r")]
    primal |v| { let (y, s) = libm::lgamma_r(v[0]); [y, f64::from(s)] };
    domain [[0.3..9.0, 0.0..0.0], [-3.8..-3.2, 0.0..0.0]]
    partials [digamma(x)]

    /// Complex conjugate; a complex operand is a pair of real ones.
    conj(x: Real, y: Real) -> (re: real in Field(0), im: real in Field(1))
    names [C("conj")]
    pairs 1
    primal |v| [v[0], -v[1]];
    domain [[-4.0..4.0, -4.0..4.0]]
    partials [1.0, 0.0, 0.0, -1.0]

    /// Complex number from magnitude and angle; for registered functions.
    polar(rho: Real, theta: Real) -> (re: real in Field(0), im: real in Field(1))
    names []
    primal |v| [v[0] * v[1].cos(), v[0] * v[1].sin()];
    domain [[-4.0..4.0, -4.0..4.0]]
    partials [cos(theta), -(rho * sin(theta)), sin(theta), rho * cos(theta)]
}
