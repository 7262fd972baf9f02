//! Complex functions: a complex operand is a pair of real operands, real part first, and a complex
//! result has two fields. Calls that pass pairs otherwise (as a vector, in memory) are brought
//! into this form before rules are looked up.
//!
//! On branch cuts the slope is that of the side which the sign of the zero selects, as the value is.

use super::{NAN, ieee, tie, zero};
use crate::complex::{Cx, one_minus, one_plus};
use crate::complex64::{C64, I};
use crate::names::Width;
use crate::record::{LN_10, TWO_OVER_SQRT_PI, cos, eq, exp, gt, pick, sin};
use crate::row::Spelling::{C, Exact};
use crate::row::complex_rows;

/// `z⁻¹·r·w`, the slope of a power in its base, with the limits at a zero base.
fn power_slope<'d>(z: Cx<'d>, w: Cx<'d>, r: Cx<'d>) -> Cx<'d> {
    let slope = w * r.over(z);
    let origin = eq(z.re, 0.0).and(eq(z.im, 0.0));
    let flat = origin.and(gt(w.re, 1.0));
    let linear = origin.and(eq(w.re, 1.0)).and(eq(w.im, 0.0));
    Cx::new(
        pick(flat, 0.0, pick(linear, 1.0, slope.re)),
        pick(flat.or(linear), 0.0, slope.im),
    )
}

/// (2/√π)·exp(z).
fn gauss(z: Cx<'_>) -> Cx<'_> {
    let size = TWO_OVER_SQRT_PI * exp(z.re);
    Cx::new(size * cos(z.im), size * sin(z.im))
}

/// `z − 2/√π`.
fn less_two_over_root_pi(z: Cx<'_>) -> Cx<'_> {
    Cx::new(z.re - TWO_OVER_SQRT_PI, z.im)
}

/// `f`, or zero where `at` is zero: policy pZ by ordered compares, so NaN stays.
fn unless_origin<'d>(at: Cx<'d>, f: Cx<'d>) -> Cx<'d> {
    let origin = eq(at.re, 0.0).and(eq(at.im, 0.0));
    Cx::new(pick(origin, 0.0, f.re), pick(origin, 0.0, f.im))
}

complex_rows! {
    /// Complex product, as C compilers call it (NaN repaired when a part is infinite).
    complex_mul(a, b) -> r
    names [Exact("__muldc3", Width::Double), Exact("__mulxc3", Width::Long),
        Exact("__mulsc3", Width::Single), Exact("__mulhc3", Width::Half),
        Exact("__multc3", Width::Quad), Exact("__mulkc3", Width::Quad)]
    primal |a, b| a * b;
    domain [[-2.0..2.0, -2.0..2.0, -2.0..2.0, -2.0..2.0]]
    slopes [b, a]

    /// Complex quotient, as C compilers call it: the slope of the divisor goes through the result.
    complex_div(a, b) -> r
    names [Exact("__divdc3", Width::Double), Exact("__divxc3", Width::Long),
        Exact("__divsc3", Width::Single), Exact("__divhc3", Width::Half),
        Exact("__divtc3", Width::Quad), Exact("__divkc3", Width::Quad)]
    primal |a, b| a / b;
    domain [[-2.0..2.0, -2.0..2.0, 0.4..2.0, 0.3..2.0], [-2.0..2.0, -2.0..2.0, -2.0..-0.4, 0.3..2.0],
        [-2.0..2.0, -2.0..2.0, 0.1..0.3, 0.4..2.0]]
    slopes [b.inverse(), -r.over(b)]
    special [
        ieee(&[0.0, 0.0, 1e200, 1e200], &[5e-201, 5e-201, 0.0, 0.0], "no intermediate overflow"),
        ieee(&[0.0, 0.0, 1e-150, 1e-150], &[5e149, 5e149, 0.0, 0.0], "no intermediate underflow"),
    ]

    /// Complex reciprocal; for registered functions.
    complex_reciprocal(z) -> r
    names []
    primal |z| C64(1.0, 0.0) / z;
    domain [[0.4..2.0, -2.0..2.0], [-2.0..-0.4, 0.3..2.0]]
    slopes [-(r * r)]

    /// Complex exponential; the result is its own slope.
    cexp(z) -> r
    names [C("cexp")]
    primal |z| z.exp();
    domain [[-3.0..3.0, -4.0..4.0]]
    slopes [r]

    /// Complex logarithm, cut along the negative real axis.
    clog(z) -> r
    names [C("clog")]
    primal |z| z.log();
    domain [[-3.0..3.0, 0.2..4.0], [0.2..4.0, -4.0..4.0], [-3.0..3.0, -4.0..-0.2]]
    slopes [z.inverse()]
    special [ieee(&[0.0, 0.0], &[NAN, NAN], "a pole without direction")]

    /// Complex logarithm to base ten.
    clog10(z) -> r
    names [C("clog10")]
    primal |z| { let r = z.log(); C64(r.0 / std::f64::consts::LN_10, r.1 / std::f64::consts::LN_10) };
    domain [[-3.0..3.0, 0.2..4.0], [0.2..4.0, -4.0..4.0]]
    slopes [z.scaled(LN_10).inverse()]

    /// Complex root, cut along the negative real axis. The slope at zero is defined as zero.
    csqrt(z) -> r
    names [C("csqrt")]
    primal |z| z.sqrt();
    domain [[-3.0..3.0, 0.2..4.0], [0.2..4.0, -4.0..4.0], [-3.0..3.0, -4.0..-0.2]]
    slopes [unless_origin(r, r.scaled(2.0).inverse())]
    special [
        zero(&[0.0, 0.0], &[0.0, 0.0], "as for the real root"),
        ieee(&[NAN, 0.0], &[NAN, NAN], "NaN stays NaN"),
    ]

    /// Complex power. At base zero the slope in the base is its limit where there is one (zero
    /// above exponent one, one at it), and that in the exponent is zero, as for the real power.
    cpow(z, w) -> r
    names [C("cpow")]
    primal |z, w| z.pow(w);
    domain [[0.3..2.0, -2.0..2.0, -2.0..2.0, -2.0..2.0], [-2.0..-0.3, 0.3..2.0, -1.0..2.0, -1.0..1.0]]
    slopes [power_slope(z, w, r), unless_origin(z, r * z.log())]
    special [
        tie(&[0.0, 0.0, 2.0, 0.0], &[0.0, 0.0, 0.0, 0.0], "the limits"),
        tie(&[0.0, 0.0, 1.0, 0.0], &[1.0, 0.0, 0.0, 0.0], "linear in the base"),
        ieee(&[0.0, 0.0, 0.5, 0.0], &[NAN, NAN, 0.0, 0.0], "a vertical tangent"),
    ]

    /// Complex sine.
    csin(z) -> r
    names [C("csin")]
    primal |z| z.sin();
    domain [[-4.0..4.0, -2.0..2.0]]
    slopes [z.cos()]

    /// Complex cosine.
    ccos(z) -> r
    names [C("ccos")]
    primal |z| z.cos();
    domain [[-4.0..4.0, -2.0..2.0]]
    slopes [-z.sin()]

    /// Complex tangent; the result replaces the operand.
    ctan(z) -> r
    names [C("ctan")]
    primal |z| z.tan();
    domain [[-1.2..1.2, -2.0..2.0]]
    slopes [one_plus(r * r)]

    /// Complex hyperbolic sine.
    csinh(z) -> r
    names [C("csinh")]
    primal |z| z.sinh();
    domain [[-2.0..2.0, -4.0..4.0]]
    slopes [z.cosh()]

    /// Complex hyperbolic cosine.
    ccosh(z) -> r
    names [C("ccosh")]
    primal |z| z.cosh();
    domain [[-2.0..2.0, -4.0..4.0]]
    slopes [z.sinh()]

    /// Complex hyperbolic tangent; the result replaces the operand.
    ctanh(z) -> r
    names [C("ctanh")]
    primal |z| z.tanh();
    domain [[-2.0..2.0, -1.2..1.2]]
    slopes [one_minus(r * r)]

    /// Complex inverse sine, cut along the real axis outside [−1, 1]. Two roots keep the accuracy
    /// near ±1 and the side of the cut.
    casin(z) -> r
    names [C("casin")]
    primal |z| z.asin();
    domain [[-2.0..2.0, 0.2..2.0], [-0.8..0.8, -2.0..2.0], [-2.0..2.0, -2.0..-0.2]]
    slopes [(one_minus(z).sqrt() * one_plus(z).sqrt()).inverse()]
    special [ieee(&[1.0, 0.0], &[NAN, NAN], "a vertical tangent without direction")]

    /// Complex inverse cosine, cut as the inverse sine.
    cacos(z) -> r
    names [C("cacos")]
    primal |z| z.acos();
    domain [[-2.0..2.0, 0.2..2.0], [-0.8..0.8, -2.0..2.0], [-2.0..2.0, -2.0..-0.2]]
    slopes [-(one_minus(z).sqrt() * one_plus(z).sqrt()).inverse()]

    /// Complex inverse tangent, cut along the imaginary axis outside [−i, i].
    catan(z) -> r
    names [C("catan")]
    primal |z| z.atan();
    domain [[0.2..2.0, -2.0..2.0], [-2.0..2.0, -0.8..0.8], [-2.0..-0.2, -2.0..2.0]]
    slopes [(one_minus(z.times_i()) * one_plus(z.times_i())).inverse()]

    /// Complex inverse hyperbolic sine, cut along the imaginary axis outside [−i, i].
    casinh(z) -> r
    names [C("casinh")]
    primal |z| z.asinh();
    domain [[0.2..2.0, -2.0..2.0], [-2.0..2.0, -0.8..0.8], [-2.0..-0.2, -2.0..2.0]]
    slopes [(one_minus(z.times_i()).sqrt() * one_plus(z.times_i()).sqrt()).inverse()]

    /// Complex inverse hyperbolic cosine, cut along the real axis below 1. The root is split: that
    /// of z² − 1 has the wrong sign left of the imaginary axis.
    cacosh(z) -> r
    names [C("cacosh")]
    primal |z| z.acosh();
    domain [[-2.0..2.0, 0.2..2.0], [1.2..3.0, -2.0..2.0], [-2.0..2.0, -2.0..-0.2]]
    slopes [(Cx::new(z.re - 1.0, z.im).sqrt() * one_plus(z).sqrt()).inverse()]

    /// Complex inverse hyperbolic tangent, cut along the real axis outside [−1, 1].
    catanh(z) -> r
    names [C("catanh")]
    primal |z| z.atanh();
    domain [[-2.0..2.0, 0.2..2.0], [-0.8..0.8, -2.0..2.0], [-2.0..2.0, -2.0..-0.2]]
    slopes [(one_minus(z) * one_plus(z)).inverse()]

    /// Complex error function; the second argument of the Faddeeva package's functions is a
    /// tolerance.
    complex_erf(z; relerr: Fixed) -> r
    names [Exact("Faddeeva_erf", Width::Double)]
    primal |z| z.erf();
    domain [[-1.5..1.5, -1.5..1.5, 0.0..0.0]]
    slopes [gauss(-(z * z))]

    /// Complex complementary error function.
    complex_erfc(z; relerr: Fixed) -> r
    names [Exact("Faddeeva_erfc", Width::Double)]
    primal |z| C64(1.0, 0.0) - z.erf();
    domain [[-1.5..1.5, -1.5..1.5, 0.0..0.0]]
    slopes [-gauss(-(z * z))]

    /// Complex imaginary error function.
    complex_erfi(z; relerr: Fixed) -> r
    names [Exact("Faddeeva_erfi", Width::Double)]
    primal |z| -(I * (I * z).erf());
    domain [[-1.5..1.5, -1.5..1.5, 0.0..0.0]]
    slopes [gauss(z * z)]

    /// Scaled complex complementary error function.
    complex_erfcx(z; relerr: Fixed) -> r
    names [Exact("Faddeeva_erfcx", Width::Double)]
    primal |z| (z * z).exp() * (C64(1.0, 0.0) - z.erf());
    domain [[-1.5..1.5, -1.5..1.5, 0.0..0.0]]
    slopes [less_two_over_root_pi((z * r).scaled(2.0))]

    /// Faddeeva's function w(z) = exp(−z²) erfc(−iz).
    faddeeva_w(z; relerr: Fixed) -> r
    names [Exact("Faddeeva_w", Width::Double)]
    primal |z| (-(z * z)).exp() * (C64(1.0, 0.0) + (I * z).erf());
    domain [[-1.5..1.5, -1.5..1.5, 0.0..0.0]]
    slopes [-less_two_over_root_pi((z * r).scaled(2.0).over_i()).times_i()]

    /// Complex Dawson integral.
    complex_dawson(z; relerr: Fixed) -> r
    names [Exact("Faddeeva_Dawson", Width::Double)]
    primal |z| (-(z * z)).exp() * (-(I * (I * z).erf())) * C64(0.886_226_925_452_758, 0.0);
    domain [[-1.5..1.5, -1.5..1.5, 0.0..0.0]]
    slopes [one_minus((z * r).scaled(2.0))]

    /// Projection onto the Riemann sphere: finite numbers are unchanged.
    cproj(z) -> r
    names [C("cproj")]
    primal |z| z;
    domain [[-2.0..2.0, -2.0..2.0]]
    slopes [Cx::new(1.0, 0.0)]
}
