//! Complex numbers made of recorded reals, for slopes of holomorphic functions.
//!
//! A complex value is a pair of independent reals. A holomorphic `f` has one complex slope
//! `f′ = p + iq`; its partials are those of the real map it is, `[p −q; q p]`, so the adjoint of
//! the operand is `conj(f′)·g` and the tangent `f′·ż` without either being written down.
//!
//! Quotients scale as Smith's method does and roots go through `hypot`: nothing leaves the range
//! of the float type unless the slope does. A plain quotient of two values picks outermost, so it
//! is NaN at zero over zero only.

use std::ops::{Add, Mul, Neg, Sub};

use crate::record::{
    Num, atan2, copysign, cos, cosh, fabs, ge, hypot, le, log, pick, sin, sinh, sqrt,
};

/// A complex number that remembers how it was computed.
#[derive(Clone, Copy, Debug)]
pub struct Cx<'d> {
    /// Real part.
    pub re: Num<'d>,
    /// Imaginary part.
    pub im: Num<'d>,
}

impl<'d> Cx<'d> {
    /// The number with these parts.
    pub fn new(re: impl Into<Num<'d>>, im: impl Into<Num<'d>>) -> Self {
        Self {
            re: re.into(),
            im: im.into(),
        }
    }

    /// `i·self`.
    #[must_use]
    pub fn times_i(self) -> Self {
        Self::new(-self.im, self.re)
    }

    /// `self/i`.
    #[must_use]
    pub fn over_i(self) -> Self {
        Self::new(self.im, -self.re)
    }

    /// `1/self`, by Smith's method.
    #[must_use]
    pub fn inverse(self) -> Self {
        let wide = ge(fabs(self.re), fabs(self.im));
        let ratio = pick(wide, self.im, self.re) / pick(wide, self.re, self.im);
        let divisor = pick(wide, self.re, self.im) + pick(wide, self.im, self.re) * ratio;
        Self::new(
            pick(wide, 1.0, ratio) / divisor,
            -(pick(wide, ratio, 1.0) / divisor),
        )
    }

    /// `self / other`.
    #[must_use]
    pub fn over(self, other: Cx<'d>) -> Self {
        let inverse = other.inverse();
        self * inverse
    }

    /// `self` scaled by a real.
    #[must_use]
    pub fn scaled(self, by: impl Into<Num<'d>>) -> Self {
        let by = by.into();
        Self::new(by * self.re, by * self.im)
    }

    /// The principal root, on the side of the cut that the sign of the imaginary zero says.
    #[must_use]
    pub fn sqrt(self) -> Self {
        let half = sqrt(0.5 * (fabs(self.re) + hypot(self.re, self.im)));
        let other = pick(le(half, 0.0), 0.0, 0.5 * fabs(self.im) / half);
        let right = ge(self.re, 0.0);
        Self::new(
            pick(right, half, other),
            copysign(pick(right, other, half), self.im),
        )
    }

    /// The principal logarithm.
    #[must_use]
    pub fn log(self) -> Self {
        Self::new(log(hypot(self.re, self.im)), atan2(self.im, self.re))
    }

    /// Sine.
    #[must_use]
    pub fn sin(self) -> Self {
        Self::new(sin(self.re) * cosh(self.im), cos(self.re) * sinh(self.im))
    }

    /// Cosine.
    #[must_use]
    pub fn cos(self) -> Self {
        Self::new(
            cos(self.re) * cosh(self.im),
            -(sin(self.re) * sinh(self.im)),
        )
    }

    /// Hyperbolic sine.
    #[must_use]
    pub fn sinh(self) -> Self {
        Self::new(sinh(self.re) * cos(self.im), cosh(self.re) * sin(self.im))
    }

    /// Hyperbolic cosine.
    #[must_use]
    pub fn cosh(self) -> Self {
        Self::new(cosh(self.re) * cos(self.im), sinh(self.re) * sin(self.im))
    }
}

impl<'d> Add for Cx<'d> {
    type Output = Cx<'d>;
    fn add(self, other: Cx<'d>) -> Cx<'d> {
        Cx::new(self.re + other.re, self.im + other.im)
    }
}

impl<'d> Sub for Cx<'d> {
    type Output = Cx<'d>;
    fn sub(self, other: Cx<'d>) -> Cx<'d> {
        Cx::new(self.re - other.re, self.im - other.im)
    }
}

impl<'d> Mul for Cx<'d> {
    type Output = Cx<'d>;
    fn mul(self, other: Cx<'d>) -> Cx<'d> {
        Cx::new(
            self.re * other.re - self.im * other.im,
            self.re * other.im + self.im * other.re,
        )
    }
}

impl<'d> Neg for Cx<'d> {
    type Output = Cx<'d>;
    fn neg(self) -> Cx<'d> {
        Cx::new(-self.re, -self.im)
    }
}

/// `1 + z` without touching the imaginary part, whose zero may be signed.
pub fn one_plus(z: Cx<'_>) -> Cx<'_> {
    Cx::new(1.0 + z.re, z.im)
}

/// `1 − z`, likewise.
pub fn one_minus(z: Cx<'_>) -> Cx<'_> {
    Cx::new(1.0 - z.re, -z.im)
}

/// Partials of a holomorphic function of several complex operands, output-major over real and
/// imaginary part, from its slopes.
pub(crate) fn partials<'d>(slopes: &[Cx<'d>]) -> Vec<Num<'d>> {
    let real = slopes.iter().flat_map(|slope| [slope.re, -slope.im]);
    let imaginary = slopes.iter().flat_map(|slope| [slope.im, slope.re]);
    real.chain(imaginary).collect()
}
