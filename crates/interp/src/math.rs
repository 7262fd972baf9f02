//! Dual numbers and the elementary functions on them.

/// A value and its tangent.
pub(crate) type Dual = (f64, f64);

/// `tangent · partial`, zero when the tangent is.
fn times(tangent: f64, partial: f64) -> f64 {
    if tangent == 0.0 {
        0.0
    } else {
        tangent * partial
    }
}

pub(crate) fn add((a, da): Dual, (b, db): Dual) -> Dual {
    (a + b, da + db)
}

pub(crate) fn sub((a, da): Dual, (b, db): Dual) -> Dual {
    (a - b, da - db)
}

pub(crate) fn mul((a, da): Dual, (b, db): Dual) -> Dual {
    (a * b, times(da, b) + times(db, a))
}

pub(crate) fn div((a, da): Dual, (b, db): Dual) -> Dual {
    let quotient = a / b;
    (quotient, times(da, 1.0 / b) - times(db, quotient / b))
}

pub(crate) fn rem((a, da): Dual, (b, db): Dual) -> Dual {
    (a % b, da - times(db, (a / b).trunc()))
}

pub(crate) fn neg((a, da): Dual) -> Dual {
    (-a, -da)
}

pub(crate) fn fma(a: Dual, b: Dual, c: Dual) -> Dual {
    let product = mul(a, b);
    (a.0.mul_add(b.0, c.0), product.1 + c.1)
}

/// Functions of one operand; `None` when it is not one.
pub(crate) fn unary(name: &str, (x, dx): Dual) -> Option<Dual> {
    use std::f64::consts::{LN_2, LN_10, PI};
    let (value, partial) = match name {
        "sin" => (x.sin(), x.cos()),
        "cos" => (x.cos(), -x.sin()),
        "tan" => (x.tan(), 1.0 / (x.cos() * x.cos())),
        "asin" => (x.asin(), 1.0 / (1.0 - x * x).sqrt()),
        "acos" => (x.acos(), -1.0 / (1.0 - x * x).sqrt()),
        "atan" => (x.atan(), 1.0 / (1.0 + x * x)),
        "sinh" => (x.sinh(), x.cosh()),
        "cosh" => (x.cosh(), x.sinh()),
        "tanh" => (x.tanh(), 1.0 / (x.cosh() * x.cosh())),
        "asinh" => (x.asinh(), 1.0 / (x * x + 1.0).sqrt()),
        "acosh" => (x.acosh(), 1.0 / (x * x - 1.0).sqrt()),
        "atanh" => (x.atanh(), 1.0 / (1.0 - x * x)),
        "sinpi" => ((PI * x).sin(), PI * (PI * x).cos()),
        "cospi" => ((PI * x).cos(), -PI * (PI * x).sin()),
        "exp" => (x.exp(), x.exp()),
        "exp2" => (x.exp2(), LN_2 * x.exp2()),
        "exp10" => (10_f64.powf(x), LN_10 * 10_f64.powf(x)),
        "expm1" => (x.exp_m1(), x.exp()),
        "log" => (x.ln(), 1.0 / x),
        "log2" => (x.log2(), 1.0 / (x * LN_2)),
        "log10" => (x.log10(), 1.0 / (x * LN_10)),
        "log1p" => (x.ln_1p(), 1.0 / (1.0 + x)),
        "sqrt" => (x.sqrt(), 0.5 / x.sqrt()),
        "cbrt" => (x.cbrt(), x.cbrt() / (3.0 * x)),
        "fabs" => (x.abs(), if x < 0.0 { -1.0 } else { 1.0 }),
        "floor" => (x.floor(), 0.0),
        "ceil" => (x.ceil(), 0.0),
        "trunc" => (x.trunc(), 0.0),
        "round" => (x.round(), 0.0),
        "rint" | "nearbyint" | "roundeven" => (x.round_ties_even(), 0.0),
        "canonicalize" | "arithmetic.fence" => (x, 1.0),
        _ => return None,
    };
    Some((value, times(dx, partial)))
}

/// Functions of two operands; `None` when it is not one.
pub(crate) fn binary(name: &str, a: Dual, b: Dual) -> Option<Dual> {
    let ((x, dx), (y, dy)) = (a, b);
    let both = |value: f64, px: f64, py: f64| (value, times(dx, px) + times(dy, py));
    Some(match name {
        "pow" => {
            let value = x.powf(y);
            let px = if y == 0.0 { 0.0 } else { y * x.powf(y - 1.0) };
            both(value, px, if value == 0.0 { 0.0 } else { value * x.ln() })
        }
        "atan2" => {
            let r = x * x + y * y;
            both(x.atan2(y), y / r, -x / r)
        }
        "hypot" => {
            let r = x.hypot(y);
            both(r, x / r, y / r)
        }
        "fmod" | "frem" => rem(a, b),
        "remainder" => {
            let n = (x / y).round_ties_even();
            (x - n * y, dx - times(dy, n))
        }
        "fmin" | "minnum" | "minimumnum" => {
            if x < y || y.is_nan() {
                a
            } else {
                b
            }
        }
        "fmax" | "maxnum" | "maximumnum" => {
            if x > y || y.is_nan() {
                a
            } else {
                b
            }
        }
        "minimum" => {
            if x < y || x.is_nan() {
                a
            } else {
                b
            }
        }
        "maximum" => {
            if x > y || x.is_nan() {
                a
            } else {
                b
            }
        }
        "copysign" => {
            let flip = x.is_sign_negative() != y.is_sign_negative();
            if flip { neg(a) } else { a }
        }
        "fdim" => {
            if x > y {
                sub(a, b)
            } else {
                (0.0, 0.0)
            }
        }
        _ => return None,
    })
}

/// Functions of a float and an integer; `None` when it is not one.
pub(crate) fn with_int(name: &str, (x, dx): Dual, n: i64) -> Option<Dual> {
    let n = n.clamp(-100_000, 100_000) as i32;
    Some(match name {
        "powi" => {
            let partial = if n == 0 {
                0.0
            } else {
                f64::from(n) * x.powi(n - 1)
            };
            (x.powi(n), times(dx, partial))
        }
        "ldexp" | "scalbn" | "scalbln" => (crate::float::scaled(x, n), crate::float::scaled(dx, n)),
        _ => return None,
    })
}
