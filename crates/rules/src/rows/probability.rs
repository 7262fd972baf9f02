//! Error functions and their relatives, distributions, and the functions of statistics.
//!
//! Most have no symbol in the C library; they are reached by registration
//! (`__enzyme_function_like`) under the row's name.

use super::{INF, NAN, ieee, tie, zero};
use crate::names::Width;
use crate::numeric;
use crate::record::{
    HALF_SQRT_PI, NORMAL_HEIGHT, Num, SQRT_TWO_PI, TWO_OVER_SQRT_PI, digamma, eq, exp, lgamma, log,
    log1p, pick,
};
use crate::row::Spelling::Exact;
use crate::row::rows;

/// `1/(1 + exp(−x))` without overflow on either side.
fn logistic(x: Num<'_>) -> Num<'_> {
    1.0 / (1.0 + exp(-x))
}

rows! {
    /// Imaginary error function.
    erfi(x: Real) -> y
    names [Exact("Faddeeva_erfi_re", Width::Double)]
    primal |x| numeric::erfi(x);
    domain [[-2.0..2.0]]
    partials [TWO_OVER_SQRT_PI * exp(x * x)]

    /// Scaled complementary error function. The slope cancels for large x, where it is nearly −1/(√π x²).
    erfcx(x: Real) -> y
    names [
        Exact("Faddeeva_erfcx_re", Width::Double),
        Exact("_FortranAErfcScaled4", Width::Single),
        Exact("_FortranAErfcScaled8", Width::Double),
        Exact("_FortranAErfcScaled10", Width::Long),
        Exact("_FortranAErfcScaled16", Width::Quad),
    ]
    primal |x| (x * x).exp() * libm::erfc(x);
    domain [[-2.0..2.5]]
    partials [2.0 * x * y - TWO_OVER_SQRT_PI]

    /// Dawson's integral.
    dawson(x: Real) -> y
    names [Exact("Faddeeva_Dawson_re", Width::Double)]
    primal |x| (-x * x).exp() * numeric::erfi(x) / std::f64::consts::FRAC_2_SQRT_PI;
    domain [[-2.0..2.0]]
    partials [1.0 - 2.0 * x * y]

    /// Imaginary part of Faddeeva's function on the real axis.
    faddeeva_w_im(x: Real) -> y
    names [Exact("Faddeeva_w_im", Width::Double)]
    primal |x| (-x * x).exp() * numeric::erfi(x);
    domain [[-2.0..2.0]]
    partials [TWO_OVER_SQRT_PI - 2.0 * x * y]

    /// Inverse error function. The exponential is of the square of the *result*.
    erfinv(x: Real) -> y
    names []
    primal |x| numeric::erfinv(x);
    domain [[-0.95..0.95]]
    partials [HALF_SQRT_PI * exp(y * y)]
    special [ieee(&[1.0], &[INF], "a pole")]

    /// Inverse complementary error function.
    erfcinv(x: Real) -> y
    names []
    primal |x| numeric::erfinv(1.0 - x);
    domain [[0.05..1.95]]
    partials [-(HALF_SQRT_PI * exp(y * y))]

    /// Normal distribution.
    normcdf(x: Real) -> y
    names []
    primal |x| 0.5 * libm::erfc(-x * std::f64::consts::FRAC_1_SQRT_2);
    domain [[-3.0..3.0]]
    partials [NORMAL_HEIGHT * exp(-(0.5 * x * x))]

    /// Quantile of the normal distribution.
    normcdfinv(p: Real) -> y
    names []
    primal |p| std::f64::consts::SQRT_2 * numeric::erfinv(2.0 * p - 1.0);
    domain [[0.05..0.95]]
    partials [SQRT_TWO_PI * exp(0.5 * y * y)]

    /// Beta function.
    beta(a: Real, b: Real) -> y
    names []
    primal |a, b| libm::tgamma(a) * libm::tgamma(b) / libm::tgamma(a + b);
    domain [[0.5..4.0, 0.5..4.0]]
    partials [y * (digamma(a) - digamma(a + b)), y * (digamma(b) - digamma(a + b))]

    /// Logarithm of the beta function.
    lbeta(a: Real, b: Real) -> y
    names []
    primal |a, b| libm::lgamma(a) + libm::lgamma(b) - libm::lgamma(a + b);
    domain [[0.5..4.0, 0.5..4.0]]
    partials [digamma(a) - digamma(a + b), digamma(b) - digamma(a + b)]

    /// Regularised lower incomplete gamma function. The shape must not be active.
    gamma_p(a: Fixed, x: Real) -> y
    names []
    primal |a, x| numeric::gamma_p(a, x);
    domain [[0.7..4.0, 0.5..5.0]]
    partials [exp((a - 1.0) * log(x) - x - lgamma(a))]

    /// Regularised incomplete beta function. The shapes must not be active.
    beta_inc(a: Fixed, b: Fixed, x: Real) -> y
    names []
    primal |a, b, x| numeric::beta_inc(a, b, x);
    domain [[1.0..3.0, 1.0..3.0, 0.2..0.8]]
    partials [exp((a - 1.0) * log(x) + (b - 1.0) * log1p(-x) - lgamma(a) - lgamma(b) + lgamma(a + b))]

    /// Logistic function.
    logistic(x: Real) -> y
    names []
    primal |x| 1.0 / (1.0 + (-x).exp());
    domain [[-5.0..5.0]]
    partials [y * (1.0 - y)]

    /// Logarithm of the odds.
    logit(p: Real) -> y
    names []
    primal |p| (p / (1.0 - p)).ln();
    domain [[0.1..0.9]]
    partials [1.0 / (p * (1.0 - p))]

    /// log(1 + eˣ), also known as softplus.
    log1pexp(x: Real) -> y
    names []
    primal |x| x.exp().ln_1p();
    domain [[-5.0..5.0]]
    partials [logistic(x)]
    special [ieee(&[800.0], &[1.0], "no overflow in between"), ieee(&[-800.0], &[0.0], "the limit")]

    /// log(eᵃ + eᵇ).
    logaddexp(a: Real, b: Real) -> y
    names []
    primal |a, b| (a.exp() + b.exp()).ln();
    domain [[-5.0..5.0, -5.0..5.0]]
    partials [logistic(a - b), logistic(b - a)]

    /// x·log y, zero at x = 0.
    xlogy(x: Real, y: Real) -> r
    names []
    primal |x, y| if x == 0.0 { 0.0 } else { x * y.ln() };
    domain [[0.3..3.0, 0.3..3.0]]
    partials [log(y), pick(eq(x, 0.0), 0.0, x / y)]
    special [
        ieee(&[0.0, 0.0], &[-INF, 0.0], "the slope in x is the logarithm"),
        ieee(&[NAN, 1.0], &[0.0, NAN], "NaN stays NaN"),
    ]

    /// x·log(1 + y), zero at x = 0.
    xlog1py(x: Real, y: Real) -> r
    names []
    primal |x, y| if x == 0.0 { 0.0 } else { x * y.ln_1p() };
    domain [[0.3..3.0, 0.3..3.0]]
    partials [log1p(y), pick(eq(x, 0.0), 0.0, x / (1.0 + y))]
    special [zero(&[0.0, -1.0], &[-INF, 0.0], "zero times anything")]

    /// Linear interpolation.
    lerp(a: Real, b: Real, t: Real) -> y
    names []
    primal |a, b, t| a + t * (b - a);
    domain [[-4.0..4.0, -4.0..4.0, -1.0..2.0]]
    partials [1.0 - t, t, b - a]

    /// Cubic step between two edges; constant outside, where the edges get nothing. The corners
    /// are smooth.
    smoothstep(e0: Fixed, e1: Fixed, x: Real) -> y
    names []
    primal |e0, e1, x| { let t = ((x - e0) / (e1 - e0)).clamp(0.0, 1.0); t * t * (3.0 - 2.0 * t) };
    domain [[-1.0..0.0, 1.0..2.0, 0.1..0.9], [-1.0..0.0, 1.0..2.0, 2.5..3.0]]
    partials [super::inside((x - e0) / (e1 - e0), |t| 6.0 * t * (1.0 - t) / (e1 - e0))]
    special [tie(&[0.0, 1.0, 1.0], &[0.0, 0.0, 0.0], "smooth at the edge")]
}
