//! Primals over `f64` of functions that no library of ours has: power series, continued for as long
//! as the domains of the rows need, and Newton's method for inverses.

pub(crate) use crate::eval::{cospi, sinpi};

const EULER: f64 = 0.577_215_664_901_532_9;

/// Sum of `term(n)` for n = 0, 1, … until it does not change.
fn series(mut term: impl FnMut(f64) -> f64) -> f64 {
    let mut sum = 0.0;
    for n in 0..400 {
        let term = term(f64::from(n));
        let next = sum + term;
        if term.abs() < 1e-20 && n > 4 {
            break;
        }
        sum = next;
    }
    sum
}

pub(crate) fn erfi(x: f64) -> f64 {
    let mut power = x;
    std::f64::consts::FRAC_2_SQRT_PI
        * series(|n| {
            let term = power / (2.0 * n + 1.0);
            power *= x * x / (n + 1.0);
            term
        })
}

pub(crate) fn erfinv(x: f64) -> f64 {
    if x.abs() >= 1.0 {
        return f64::INFINITY.copysign(x);
    }
    let mut y = x;
    for _ in 0..100 {
        let slope = std::f64::consts::FRAC_2_SQRT_PI * (-y * y).exp();
        // Damped: the function is flat far out.
        y -= ((libm::erf(y) - x) / slope).clamp(-0.5, 0.5);
    }
    y
}

pub(crate) fn gamma_p(a: f64, x: f64) -> f64 {
    let mut term = 1.0 / a;
    let sum = series(|n| {
        let now = term;
        term *= x / (a + n + 1.0);
        now
    });
    sum * (a * x.ln() - x - libm::lgamma(a)).exp()
}

pub(crate) fn beta_inc(a: f64, b: f64, x: f64) -> f64 {
    let mut term = 1.0 / a;
    let sum = series(|n| {
        let now = term;
        term *= x * (a + b + n) / (a + n + 1.0);
        now
    });
    let log =
        a * x.ln() + b * (-x).ln_1p() + libm::lgamma(a + b) - libm::lgamma(a) - libm::lgamma(b);
    sum * log.exp()
}

pub(crate) fn expint_ei(x: f64) -> f64 {
    let mut power = x;
    EULER
        + x.abs().ln()
        + series(|n| {
            let term = power / (n + 1.0);
            power *= x / (n + 2.0);
            term
        })
}

pub(crate) fn sinint(x: f64) -> f64 {
    let mut power = x;
    series(|n| {
        let odd = 2.0 * n + 1.0;
        let term = power / odd;
        power *= -x * x / ((odd + 1.0) * (odd + 2.0));
        term
    })
}

pub(crate) fn cosint(x: f64) -> f64 {
    let mut power = -x * x / 2.0;
    EULER
        + x.ln()
        + series(|n| {
            let even = 2.0 * n + 2.0;
            let term = power / even;
            power *= -x * x / ((even + 1.0) * (even + 2.0));
            term
        })
}
