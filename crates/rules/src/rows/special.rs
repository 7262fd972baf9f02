//! Error and gamma functions.

use super::{INF, NAN, ieee};
use crate::eval;
use crate::fun::Fun;
use crate::names::Width;
use crate::record::{TWO_OVER_SQRT_PI, digamma, exp, tetragamma, trigamma};
use crate::row::Spelling::{C, Exact};
use crate::row::rows;

rows! {
    /// Error function.
    erf(x: Real) -> y
    names [C("erf"), Exact("Faddeeva_erf_re", Width::Double)]
    primal |x| libm::erf(x);
    domain [[-2.5..2.5]]
    partials [TWO_OVER_SQRT_PI * exp(-(x * x))]
    special [ieee(&[INF], &[0.0], "the limit"), ieee(&[-INF], &[0.0], "the limit")]

    /// Complementary error function.
    erfc(x: Real) -> y
    names [C("erfc"), Exact("Faddeeva_erfc_re", Width::Double)]
    primal |x| libm::erfc(x);
    domain [[-2.5..2.5]]
    partials [-(TWO_OVER_SQRT_PI * exp(-(x * x)))]
    special [ieee(&[INF], &[0.0], "the limit"), ieee(&[-INF], &[0.0], "the limit")]

    /// Logarithm of the gamma function's magnitude. `gamma` is this function in glibc.
    lgamma(x: Real) -> y
    names [C("lgamma"), C("gamma")]
    primal |x| libm::lgamma(x);
    domain [[0.3..9.0], [11.0..30.0], [-0.8..-0.2], [-3.8..-3.2]]
    partials [digamma(x)]
    special [
        ieee(&[0.0], &[NAN], "a pole, different from each side"),
        ieee(&[-2.0], &[NAN], "a pole, different from each side"),
        ieee(&[INF], &[INF], "the limit"),
    ]

    /// Gamma function.
    tgamma(x: Real) -> y
    names [C("tgamma")]
    primal |x| libm::tgamma(x);
    domain [[0.3..5.0], [-0.8..-0.2]]
    partials [y * digamma(x)]

    /// Digamma, the slope of `lgamma`; a helper of ours.
    digamma(x: Real) -> y
    names []
    primal |x| eval::call(Fun::Digamma, &[x]);
    domain [[0.3..9.0], [11.0..30.0], [-0.8..-0.2], [-3.8..-3.2]]
    partials [trigamma(x)]

    /// Trigamma, the slope of `digamma`; a helper of ours.
    trigamma(x: Real) -> y
    names []
    primal |x| eval::call(Fun::Trigamma, &[x]);
    domain [[0.3..9.0], [11.0..30.0], [-0.8..-0.2], [-3.8..-3.2]]
    partials [tetragamma(x)]
    special [ieee(&[0.0], &[-INF], "a pole, its limit from the right")]
}
