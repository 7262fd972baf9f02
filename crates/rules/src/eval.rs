//! Numeric evaluation: an [`Emit`] whose code is its value.
//!
//! Reals, integers and truth values are all `f64` (integers up to 2⁵³, truth 0 or 1), so a rule
//! can be executed with no more than a slice of numbers.
//!
//! ```
//! let sin = rz_rules::rule("sin").unwrap();
//! let adjoint = sin.adjoint(&mut rz_rules::Eval, &[Some(0.0)], None, 2.0, 0);
//! assert_eq!(adjoint, Some(2.0)); // 2·cos 0
//! ```

use std::f64::consts::{LN_10, PI};

use crate::dag::Cmp;
use crate::emit::Emit;
use crate::fun::Fun;
use crate::helper::helper;

/// Evaluates over `f64`.
#[derive(Clone, Copy, Debug, Default)]
pub struct Eval;

fn truth(value: bool) -> f64 {
    f64::from(u8::from(value))
}

// Exact comparison is the meaning of the IR that is being evaluated.
#[allow(clippy::float_cmp)]
impl Emit for Eval {
    type V = f64;
    fn literal(&mut self, value: f64) -> f64 {
        value
    }
    fn add(&mut self, a: f64, b: f64) -> f64 {
        a + b
    }
    fn sub(&mut self, a: f64, b: f64) -> f64 {
        a - b
    }
    fn mul(&mut self, a: f64, b: f64) -> f64 {
        a * b
    }
    fn div(&mut self, a: f64, b: f64) -> f64 {
        a / b
    }
    fn neg(&mut self, a: f64) -> f64 {
        -a
    }
    fn call(&mut self, fun: Fun, args: &[f64]) -> f64 {
        call(fun, args)
    }
    fn compare(&mut self, cmp: Cmp, a: f64, b: f64) -> f64 {
        truth(match cmp {
            Cmp::Lt => a < b,
            Cmp::Le => a <= b,
            Cmp::Gt => a > b,
            Cmp::Ge => a >= b,
            Cmp::Eq => a == b,
            Cmp::Ne => a != b,
        })
    }
    fn and(&mut self, a: f64, b: f64) -> f64 {
        truth(a != 0.0 && b != 0.0)
    }
    fn or(&mut self, a: f64, b: f64) -> f64 {
        truth(a != 0.0 || b != 0.0)
    }
    fn not(&mut self, a: f64) -> f64 {
        truth(a == 0.0)
    }
    fn select(&mut self, c: f64, a: f64, b: f64) -> f64 {
        if c == 0.0 { b } else { a }
    }
    fn int(&mut self, _like: Option<f64>, value: i64) -> f64 {
        value as f64
    }
    fn int_add(&mut self, a: f64, b: f64) -> f64 {
        a + b
    }
    fn int_sub(&mut self, a: f64, b: f64) -> f64 {
        a - b
    }
    fn int_compare(&mut self, cmp: Cmp, a: f64, b: f64) -> f64 {
        self.compare(cmp, a, b)
    }
    fn int_to_real(&mut self, a: f64) -> f64 {
        a
    }
}

/// Evaluates a function that partials use.
pub fn call(fun: Fun, args: &[f64]) -> f64 {
    let x = args[0];
    let y = args.get(1).copied().unwrap_or(f64::NAN);
    match fun {
        Fun::Sin => x.sin(),
        Fun::Cos => x.cos(),
        Fun::Sinpi => sinpi(x),
        Fun::Cospi => cospi(x),
        Fun::Sinh => x.sinh(),
        Fun::Cosh => x.cosh(),
        Fun::Tan => x.tan(),
        Fun::Exp => x.exp(),
        Fun::Exp2 => x.exp2(),
        Fun::Exp10 => libm::exp10(x),
        Fun::Log => x.ln(),
        Fun::Log1p => x.ln_1p(),
        Fun::Lgamma => libm::lgamma(x),
        Fun::Sqrt => x.sqrt(),
        Fun::Pow => x.powf(y),
        // C's `pow` is exact enough for integral exponents and right at zeros and infinities.
        Fun::Powi | Fun::Pown => x.powf(y),
        Fun::Compoundn => compoundn(x, y),
        Fun::Hypot => x.hypot(y),
        Fun::Atan2 => x.atan2(y),
        Fun::Fabs => x.abs(),
        Fun::Floor => x.floor(),
        Fun::Rint => x.round_ties_even(),
        Fun::Copysign => x.copysign(y),
        Fun::Ldexp | Fun::Scalbln => libm::scalbn(x, y as i32),
        Fun::Ilogb => f64::from(libm::ilogb(x)),
        Fun::J0 => libm::j0(x),
        Fun::J1 => libm::j1(x),
        Fun::Jn => libm::jn(x as i32, y),
        Fun::Y0 => libm::y0(x),
        Fun::Y1 => libm::y1(x),
        Fun::Yn => libm::yn(x as i32, y),
        Fun::Digamma | Fun::Trigamma | Fun::Tetragamma => {
            helper(fun).map_or(f64::NAN, |body| body.emit(&mut Eval, &[x]))
        }
    }
}

/// sin πx, exact at multiples of ½.
pub(crate) fn sinpi(x: f64) -> f64 {
    let r = x - 2.0 * (x / 2.0).round_ties_even();
    if r.fract() == 0.0 {
        return 0.0f64.copysign(x);
    }
    (PI * r).sin()
}

/// cos πx, exact at multiples of ½.
pub(crate) fn cospi(x: f64) -> f64 {
    let r = (x - 2.0 * (x / 2.0).round_ties_even()).abs();
    if (r - 0.5).fract() == 0.0 {
        return 0.0;
    }
    (PI * r).cos()
}

/// (1+x)ⁿ without losing x to rounding.
pub(crate) fn compoundn(x: f64, n: f64) -> f64 {
    if x > -1.0 {
        (n * x.ln_1p()).exp()
    } else {
        (1.0 + x).powf(n)
    }
}

/// 10ˣ − 1 without cancellation.
pub(crate) fn exp10m1(x: f64) -> f64 {
    (x * LN_10).exp_m1()
}
