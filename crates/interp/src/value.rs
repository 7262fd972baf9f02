//! Values: scalars with tangents, and lists of values.

use crate::float;
use rz_view::types::FloatKind;

/// A value at run time.
#[derive(Clone, PartialEq, Debug)]
pub enum Val {
    /// Integer, float or pointer, by its bits.
    Scalar {
        /// The value.
        bits: u128,
        /// The tangent, in the same format; zero for pointers and true integers.
        tangent: u128,
    },
    /// Elements of a vector, array or struct.
    Many(Vec<Val>),
}

impl Val {
    /// A scalar without tangent.
    pub const fn bits(bits: u128) -> Self {
        Self::Scalar { bits, tangent: 0 }
    }

    /// A pointer or integer.
    pub const fn int(value: u64) -> Self {
        Self::bits(value as u128)
    }

    /// A `double` with its tangent.
    pub fn f64(value: f64, tangent: f64) -> Self {
        Self::float(FloatKind::Double, value, tangent)
    }

    /// A float with its tangent.
    pub fn float(kind: FloatKind, value: f64, tangent: f64) -> Self {
        Self::Scalar {
            bits: float::to_bits(kind, value),
            tangent: float::to_bits(kind, tangent),
        }
    }

    /// Value and tangent of a `double`.
    ///
    /// # Panics
    /// When it is a list.
    pub fn as_f64(&self) -> (f64, f64) {
        self.as_float(FloatKind::Double)
    }

    /// Value and tangent of a float.
    ///
    /// # Panics
    /// When it is a list.
    pub fn as_float(&self, kind: FloatKind) -> (f64, f64) {
        let (bits, tangent) = self.scalar();
        (
            float::from_bits(kind, bits),
            float::from_bits(kind, tangent),
        )
    }

    /// Bits and tangent of a scalar.
    ///
    /// # Panics
    /// When it is a list.
    pub fn scalar(&self) -> (u128, u128) {
        match self {
            Self::Scalar { bits, tangent } => (*bits, *tangent),
            Self::Many(_) => panic!("a list is not a scalar"),
        }
    }

    /// The elements of a list; a scalar is its own only element.
    pub fn lanes(&self) -> &[Val] {
        match self {
            Self::Many(list) => list,
            Self::Scalar { .. } => std::slice::from_ref(self),
        }
    }
}
