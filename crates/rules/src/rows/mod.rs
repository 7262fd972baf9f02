//! The rows, by topic. A new row goes into the topic it belongs to; nothing else changes.

mod arith;
mod bessel;
mod complex;
mod degree;
mod exponential;
mod hyperbolic;
mod integral;
mod length;
mod magnitude;
mod minmax;
mod multi;
mod power;
mod probability;
mod rounding;
mod scaling;
mod special;
mod trigonometric;

use crate::record::{Num, eq, ge, le, pick};
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
        complex::ROWS,
        magnitude::ROWS,
        degree::ROWS,
        length::ROWS,
        probability::ROWS,
        integral::ROWS,
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

/// `x/r`, zero where `r` is. Dividing by infinity there keeps a derivative of this from meeting 0·∞ on the
/// way that was not taken.
fn over<'d>(x: Num<'d>, r: Num<'d>) -> Num<'d> {
    let origin = eq(r, 0.0);
    pick(origin, 0.0, x / pick(origin, INF, r))
}

/// `x/r/r`, which neither overflows nor underflows in between; zero where `r` is.
fn over_twice<'d>(x: Num<'d>, r: Num<'d>) -> Num<'d> {
    let origin = eq(r, 0.0);
    let safe = pick(origin, INF, r);
    pick(origin, 0.0, x / safe / safe)
}

/// `slope` strictly inside of the unit interval, zero outside.
fn inside<'d>(t: Num<'d>, slope: impl Fn(Num<'d>) -> Num<'d>) -> Num<'d> {
    pick(le(t, 0.0).or(ge(t, 1.0)), 0.0, slope(t))
}

const INF: f64 = f64::INFINITY;
const NAN: f64 = f64::NAN;
