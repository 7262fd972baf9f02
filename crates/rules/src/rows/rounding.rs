//! Piecewise constant functions: the derivative is zero everywhere, jumps included.

use crate::names::Width;
use crate::row::Spelling::{C, Exact, Llvm};
use crate::row::rows;

rows! {
    /// Rounding to an integral value of the same float type, in every direction.
    rounding(x: Real) -> y
    names [
        Llvm("floor"), Llvm("ceil"), Llvm("trunc"), Llvm("rint"), Llvm("nearbyint"),
        Llvm("round"), Llvm("roundeven"), Llvm("roundtozero"),
        C("floor"), C("ceil"), C("trunc"), C("rint"), C("nearbyint"), C("round"), C("roundeven"),
    ]
    primal |x| x.floor();
    domain [[1.1..1.9], [-1.9..-1.1]]
    partials [0.0]

    /// Exponent as a real.
    logb(x: Real) -> y
    names [C("logb"), Exact("_logb", Width::Double), Exact("_logbf", Width::Single)]
    primal |x| x.abs().log2().floor();
    domain [[1.1..1.9], [-1.9..-1.1]]
    partials [0.0]
}
