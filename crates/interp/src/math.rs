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
    use std::f64::consts::{FRAC_2_SQRT_PI, LN_2, LN_10, PI};
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
        "erf" => (libm::erf(x), FRAC_2_SQRT_PI * (-x * x).exp()),
        "erfc" => (libm::erfc(x), -FRAC_2_SQRT_PI * (-x * x).exp()),
        "lgamma" => (libm::lgamma(x), digamma(x)),
        "tgamma" => (libm::tgamma(x), libm::tgamma(x) * digamma(x)),
        "j0" => (libm::j0(x), -libm::j1(x)),
        "j1" => (libm::j1(x), libm::j0(x) - libm::j1(x) / x),
        "y0" => (libm::y0(x), -libm::y1(x)),
        "y1" => (libm::y1(x), libm::y0(x) - libm::y1(x) / x),
        "logb" => (exponent(x), 0.0),
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
        "nextafter" | "nexttoward" => (libm::nextafter(x, y), dx),
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

/// Bessel functions of integer order; `None` when it is not one. DLMF 10.6.1 gives the derivative.
pub(crate) fn of_order(name: &str, n: i32, (x, dx): Dual) -> Option<Dual> {
    let bessel: fn(i32, f64) -> f64 = match name {
        "jn" => libm::jn,
        "yn" => libm::yn,
        _ => return None,
    };
    let partial = (bessel(n - 1, x) - bessel(n + 1, x)) / 2.0;
    Some((bessel(n, x), times(dx, partial)))
}

/// The derivative of `lgamma`: recurrence up to 10, then the asymptotic series (DLMF 5.5.2, 5.11.2).
fn digamma(mut x: f64) -> f64 {
    let mut sum = 0.0;
    while x < 10.0 {
        sum -= 1.0 / x;
        x += 1.0;
    }
    let square = 1.0 / (x * x);
    let terms = [
        1.0 / 12.0,
        -1.0 / 120.0,
        1.0 / 252.0,
        -1.0 / 240.0,
        1.0 / 132.0,
        -691.0 / 32760.0,
        1.0 / 12.0,
    ];
    let series = terms.iter().rev().fold(0.0, |s, t| (s + t) * square);
    sum + x.ln() - 0.5 / x - series
}

/// The exponent of a finite number, as `logb` gives it.
pub(crate) fn exponent(x: f64) -> f64 {
    f64::from(libm::ilogb(x))
}

/// The classes of `llvm.is.fpclass` that a number is in.
pub(crate) fn class(x: f64) -> u64 {
    use std::num::FpCategory as C;
    let (negative, positive) = match x.classify() {
        C::Nan => return 0b11,
        C::Infinite => (2, 9),
        C::Normal => (3, 8),
        C::Subnormal => (4, 7),
        C::Zero => (5, 6),
    };
    1 << if x.is_sign_negative() {
        negative
    } else {
        positive
    }
}

/// The name of the `double` variant of a function of several results.
pub(crate) fn without_suffix(name: &str) -> &str {
    const NAMES: [&str; 9] = [
        "lround", "llround", "lrint", "llrint", "ilogb", "frexp", "modf", "remquo", "sincos",
    ];
    let short = name.strip_suffix(['f', 'l']).unwrap_or(name);
    if NAMES.contains(&short) { short } else { name }
}
