//! The rows, by topic. A new row goes into the topic it belongs to; nothing else changes.

mod arith;
mod bessel;
mod exponential;
mod hyperbolic;
mod minmax;
mod multi;
mod power;
mod rounding;
mod scaling;
mod special;
mod trigonometric;

use crate::row::{Policy, Row, Special, special as point};

/// Every row, in table order.
pub(crate) fn all() -> impl Iterator<Item = &'static Row> {
    [
        arith::ROWS,
        power::ROWS,
        exponential::ROWS,
        trigonometric::ROWS,
        hyperbolic::ROWS,
        minmax::ROWS,
        rounding::ROWS,
        scaling::ROWS,
        special::ROWS,
        bessel::ROWS,
        multi::ROWS,
    ]
    .into_iter()
    .flatten()
}

/// A special point left to IEEE arithmetic (policy pI).
const fn ieee(at: &'static [f64], partials: &'static [f64], why: &'static str) -> Special {
    point(Policy::Ieee, at, partials, why)
}

/// A special point where the partial is exactly zero (policy pZ).
const fn zero(at: &'static [f64], partials: &'static [f64], why: &'static str) -> Special {
    point(Policy::Zero, at, partials, why)
}

/// A special point with a stated choice (policy pT).
const fn tie(at: &'static [f64], partials: &'static [f64], why: &'static str) -> Special {
    point(Policy::Tie, at, partials, why)
}

const INF: f64 = f64::INFINITY;
const NAN: f64 = f64::NAN;
