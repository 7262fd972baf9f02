//! Exponentials and logarithms.

use super::{INF, ieee};
use crate::eval;
use crate::record::{LN_2, LN_10, exp, exp2, exp10};
use crate::row::Spelling::{C, Llvm};
use crate::row::rows;

rows! {
    /// Exponential; the result is its own slope.
    exp(x: Real) -> y
    names [Llvm("exp"), C("exp")]
    primal |x| x.exp();
    domain [[-5.0..5.0]]
    partials [y]

    /// Power of two.
    exp2(x: Real) -> y
    names [Llvm("exp2"), C("exp2")]
    primal |x| x.exp2();
    domain [[-5.0..5.0]]
    partials [LN_2 * y]

    /// Power of ten.
    exp10(x: Real) -> y
    names [Llvm("exp10"), C("exp10"), C("__exp10"), C("pow10")]
    primal |x| libm::exp10(x);
    domain [[-3.0..3.0]]
    partials [LN_10 * y]

    /// Exponential less one. Not `y + 1`, which is zero below −37 where the slope is not.
    expm1(x: Real) -> y
    names [C("expm1")]
    primal |x| x.exp_m1();
    domain [[-5.0..5.0]]
    partials [exp(x)]
    special [ieee(&[-40.0], &[4.248_354_255_291_589e-18], "small, and not zero")]

    /// Power of two less one.
    exp2m1(x: Real) -> y
    names [C("exp2m1")]
    primal |x| (x * std::f64::consts::LN_2).exp_m1();
    domain [[-5.0..5.0]]
    partials [LN_2 * exp2(x)]

    /// Power of ten less one.
    exp10m1(x: Real) -> y
    names [C("exp10m1")]
    primal |x| eval::exp10m1(x);
    domain [[-3.0..3.0]]
    partials [LN_10 * exp10(x)]

    /// Natural logarithm.
    log(x: Real) -> y
    names [Llvm("log"), C("log")]
    primal |x| x.ln();
    domain [[0.1..9.0], [10.0..1e3]]
    partials [1.0 / x]
    special [ieee(&[0.0], &[INF], "a pole")]

    /// Logarithm to base two.
    log2(x: Real) -> y
    names [Llvm("log2"), C("log2")]
    primal |x| x.log2();
    domain [[0.1..9.0]]
    partials [1.0 / (x * LN_2)]
    special [ieee(&[0.0], &[INF], "a pole")]

    /// Logarithm to base ten.
    log10(x: Real) -> y
    names [Llvm("log10"), C("log10")]
    primal |x| x.log10();
    domain [[0.1..9.0]]
    partials [1.0 / (x * LN_10)]
    special [ieee(&[0.0], &[INF], "a pole")]

    /// Logarithm of one plus x.
    log1p(x: Real) -> y
    names [C("log1p"), C("logp1")]
    primal |x| x.ln_1p();
    domain [[-0.8..9.0]]
    partials [1.0 / (1.0 + x)]
    special [ieee(&[-1.0], &[INF], "a pole")]

    /// Logarithm to base two of one plus x.
    log2p1(x: Real) -> y
    names [C("log2p1")]
    primal |x| x.ln_1p() / std::f64::consts::LN_2;
    domain [[-0.8..9.0]]
    partials [1.0 / ((1.0 + x) * LN_2)]
    special [ieee(&[-1.0], &[INF], "a pole")]

    /// Logarithm to base ten of one plus x.
    log10p1(x: Real) -> y
    names [C("log10p1")]
    primal |x| x.ln_1p() / std::f64::consts::LN_10;
    domain [[-0.8..9.0]]
    partials [1.0 / ((1.0 + x) * LN_10)]
    special [ieee(&[-1.0], &[INF], "a pole")]
}
