//! What bytes may be, as a set.

use rz_view::FloatKind;
use std::ops::BitOr;

const FLOATS: [FloatKind; 7] = [
    FloatKind::Half,
    FloatKind::BFloat,
    FloatKind::Single,
    FloatKind::Double,
    FloatKind::X86Fp80,
    FloatKind::Fp128,
    FloatKind::PpcFp128,
];

/// Kinds of data that bytes may have been written as, or may be read as. Integers are not among them:
/// any access of integers may move anything.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Kinds(u16);

impl Kinds {
    /// Nothing but integers.
    pub(crate) const NONE: Self = Self(0);
    /// A pointer.
    pub(crate) const POINTER: Self = Self(1 << 7);
    /// Parts of floats, or floats at unusual places.
    pub(crate) const PARTS: Self = Self(1 << 8);
    /// Whatever code outside writes or reads.
    pub(crate) const OUTSIDE: Self = Self(1 << 9);
    const ALL_FLOATS: Self = Self(0x7f);

    /// A float.
    pub(crate) fn float(kind: FloatKind) -> Self {
        let index = FLOATS.iter().position(|&k| k == kind);
        Self(1 << index.expect("every kind is listed"))
    }

    pub(crate) fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// No bytes of floats, as far as known here.
    pub(crate) fn without_floats(self) -> bool {
        !self.has(Self::ALL_FLOATS | Self::PARTS | Self::OUTSIDE)
    }

    /// Floats, whole or in parts, that are known of.
    pub(crate) fn known_floats(self) -> bool {
        self.has(Self::ALL_FLOATS | Self::PARTS)
    }

    /// The same but for pointers.
    pub(crate) fn without_pointers(self) -> Self {
        self.and(Self::ALL_FLOATS | Self::PARTS | Self::OUTSIDE)
    }

    /// The kinds that both have.
    pub(crate) fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// The one kind of float, when there is one and its bytes are where they belong.
    pub(crate) fn only_float(self) -> Option<FloatKind> {
        if self.has(Self::PARTS | Self::POINTER | Self::OUTSIDE) {
            return None;
        }
        FLOATS.into_iter().find(|&k| self == Self::float(k))
    }

    /// Only floats of this kind, pointers, or what came from outside.
    pub(crate) fn fits(self, kind: FloatKind) -> bool {
        let others = Self::ALL_FLOATS.0 & !Self::float(kind).0 | Self::PARTS.0;
        self.0 & others == 0
    }

    /// The same moved in pieces that start at multiples of `grain` bytes: larger floats come apart.
    pub(crate) fn through(self, grain: u64) -> Self {
        let torn = |&k: &FloatKind| self.has(Self::float(k)) && natural(k) > grain;
        if FLOATS.iter().any(torn) {
            self | Self::PARTS
        } else {
            self
        }
    }
}

impl BitOr for Kinds {
    type Output = Self;
    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// The alignment that floats have in memory.
pub(crate) fn natural(kind: FloatKind) -> u64 {
    match kind {
        FloatKind::X86Fp80 => 16,
        _ => kind.bytes(),
    }
}
