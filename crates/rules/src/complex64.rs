//! Complex numbers over `f64`: primals of the complex rows, by textbook formulas that share
//! nothing with the slopes.

use std::ops::{Add, Div, Mul, Neg, Sub};

/// A complex number.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) struct C64(pub f64, pub f64);

pub(crate) const I: C64 = C64(0.0, 1.0);
const ONE: C64 = C64(1.0, 0.0);

impl Add for C64 {
    type Output = C64;
    fn add(self, o: C64) -> C64 {
        C64(self.0 + o.0, self.1 + o.1)
    }
}

impl Sub for C64 {
    type Output = C64;
    fn sub(self, o: C64) -> C64 {
        C64(self.0 - o.0, self.1 - o.1)
    }
}

impl Mul for C64 {
    type Output = C64;
    fn mul(self, o: C64) -> C64 {
        C64(self.0 * o.0 - self.1 * o.1, self.0 * o.1 + self.1 * o.0)
    }
}

impl Div for C64 {
    type Output = C64;
    fn div(self, o: C64) -> C64 {
        let m = o.0 * o.0 + o.1 * o.1;
        let product = self * C64(o.0, -o.1);
        C64(product.0 / m, product.1 / m)
    }
}

impl Neg for C64 {
    type Output = C64;
    fn neg(self) -> C64 {
        C64(-self.0, -self.1)
    }
}

impl C64 {
    pub(crate) fn half(self) -> C64 {
        C64(0.5 * self.0, 0.5 * self.1)
    }
    pub(crate) fn exp(self) -> C64 {
        let size = self.0.exp();
        C64(size * self.1.cos(), size * self.1.sin())
    }
    pub(crate) fn log(self) -> C64 {
        C64(self.0.hypot(self.1).ln(), self.1.atan2(self.0))
    }
    pub(crate) fn sqrt(self) -> C64 {
        let (size, angle) = (self.0.hypot(self.1).sqrt(), 0.5 * self.1.atan2(self.0));
        C64(size * angle.cos(), size * angle.sin())
    }
    pub(crate) fn pow(self, w: C64) -> C64 {
        (w * self.log()).exp()
    }
    pub(crate) fn sinh(self) -> C64 {
        (self.exp() - (-self).exp()).half()
    }
    pub(crate) fn cosh(self) -> C64 {
        (self.exp() + (-self).exp()).half()
    }
    pub(crate) fn tanh(self) -> C64 {
        self.sinh() / self.cosh()
    }
    pub(crate) fn sin(self) -> C64 {
        -(I * (I * self).sinh())
    }
    pub(crate) fn cos(self) -> C64 {
        (I * self).cosh()
    }
    pub(crate) fn tan(self) -> C64 {
        self.sin() / self.cos()
    }
    pub(crate) fn asinh(self) -> C64 {
        (self + (self * self + ONE).sqrt()).log()
    }
    pub(crate) fn acosh(self) -> C64 {
        (self + (self + ONE).sqrt() * (self - ONE).sqrt()).log()
    }
    pub(crate) fn atanh(self) -> C64 {
        ((ONE + self).log() - (ONE - self).log()).half()
    }
    pub(crate) fn asin(self) -> C64 {
        -(I * (I * self).asinh())
    }
    pub(crate) fn acos(self) -> C64 {
        C64(std::f64::consts::FRAC_PI_2, 0.0) - self.asin()
    }
    pub(crate) fn atan(self) -> C64 {
        -(I * (I * self).atanh())
    }
    /// The error function, by its power series: good for |z| up to 3 or so.
    pub(crate) fn erf(self) -> C64 {
        let square = -(self * self);
        let mut power = self;
        let mut sum = self;
        for n in 1..60 {
            let n = f64::from(n);
            power = power * square * C64(1.0 / n, 0.0);
            sum = sum + power * C64(1.0 / (2.0 * n + 1.0), 0.0);
        }
        sum * C64(std::f64::consts::FRAC_2_SQRT_PI, 0.0)
    }
}
