//! Where pointers point, and which accesses of an object meet.

use super::solve::Node;
use crate::divisor::gcd;
use rustc_hash::FxHashMap;
use rz_view::Func;

/// An object's number.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub(crate) struct Object(pub(crate) u32);

/// All memory that others can reach.
pub(crate) const OUTSIDE: Object = Object(0);

/// The length of a text that is copied: see [`Data::within`].
pub(crate) const TEXT: u64 = u64::MAX - 1;
/// Bytes of the text that a string of the standard library keeps in itself.
const SHORT_TEXT: u64 = 16;

/// Accesses told apart in one object; the others may be anywhere in it.
const MAX_PATTERNS: usize = 96;

/// Bytes from the start of an object; with a stride also all multiples of it before and after.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) struct Place {
    pub(crate) object: Object,
    pub(crate) start: i64,
    pub(crate) stride: u64,
}

impl Place {
    /// The start of an object.
    pub(crate) fn of(object: Object) -> Self {
        Self {
            object,
            start: 0,
            stride: u64::from(object == OUTSIDE),
        }
    }

    /// Anywhere in an object.
    pub(crate) fn anywhere(object: Object) -> Self {
        Self {
            object,
            start: 0,
            stride: 1,
        }
    }

    /// Never at the start of its object.
    fn is_inside(self) -> bool {
        self.start != 0 && self.stride != 1
    }

    pub(crate) fn moved(self, bytes: i64, stride: u64) -> Self {
        let stride = gcd(self.stride, stride);
        let start = self.start.wrapping_add(bytes);
        Self {
            start: residue(start, stride),
            stride,
            ..self
        }
    }

    /// Both, when they lie in one object.
    pub(crate) fn widened(self, other: Self) -> Self {
        let apart = self.start.abs_diff(other.start);
        self.moved(0, gcd(other.stride, apart))
    }

    /// True when every address that `other` stands for is one of this.
    pub(crate) fn covers(self, other: Self) -> bool {
        let apart = self.start.abs_diff(other.start);
        self.object == other.object
            && match self.stride {
                0 => other.stride == 0 && apart == 0,
                stride => apart.is_multiple_of(stride) && other.stride.is_multiple_of(stride),
            }
    }

    /// Whether `len` bytes here and `other_len` bytes there may have one in common.
    fn meets(self, len: u64, other: Self, other_len: u64) -> bool {
        match gcd(self.stride, other.stride) {
            0 if other.start >= self.start => other.start.abs_diff(self.start) < len,
            0 => self.start.abs_diff(other.start) < other_len,
            step => {
                let apart = residue(other.start.wrapping_sub(self.start), step) as u64;
                apart < len || step - apart < other_len
            }
        }
    }
}

fn residue(start: i64, stride: u64) -> i64 {
    match i64::try_from(stride) {
        Ok(stride) if stride > 0 => start.rem_euclid(stride),
        _ => start,
    }
}

/// All accesses of so many bytes at a place.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pattern {
    place: Place,
    len: u64,
    /// What is stored there.
    pub(crate) stored: Node,
    /// What is loaded from there: all that is stored where it meets.
    pub(crate) loaded: Node,
}

/// A piece of memory: all executions of an `alloca`, all blocks of an allocation, a constant.
#[derive(Clone, Debug, Default)]
pub(crate) struct Data {
    /// Its start is a multiple of so many bytes.
    pub(crate) align: u64,
    /// Its bytes, when they are known.
    size: Option<u64>,
    /// Set for the code of a function.
    pub(crate) code: Option<Func>,
    patterns: Vec<Pattern>,
    known: FxHashMap<(i64, u64, u64), usize>,
}

impl Data {
    /// The part of an access that lies within the object: beyond, there is none.
    ///
    /// A text may go on to the end of an object that it is the start of. One that starts within an object is
    /// that of a short string, which is as long as the string has room for.
    pub(crate) fn within(&self, place: Place, len: u64) -> Option<u64> {
        let (len, open) = match len {
            TEXT if place.is_inside() => (SHORT_TEXT, true),
            TEXT | u64::MAX => (u64::MAX, true),
            _ => (len, false),
        };
        let Some(size) = self.size.filter(|_| place.stride == 0) else {
            return Some(len);
        };
        let start = u64::try_from(place.start).ok()?;
        let left = size.checked_sub(start)?;
        if open {
            return Some(left.min(len));
        }
        (len <= left).then_some(len)
    }

    /// The pattern of an access as it is kept.
    pub(crate) fn kept(&self, place: Place, len: u64) -> (Place, u64) {
        let full = self.patterns.len() >= MAX_PATTERNS;
        if full && self.find(place, len).is_none() {
            (Place::anywhere(place.object), u64::MAX)
        } else {
            (place, len)
        }
    }

    /// An object whose start is so aligned, of so many bytes.
    pub(crate) fn aligned(align: u64, size: Option<u64>) -> Self {
        Self {
            align,
            size,
            ..Self::default()
        }
    }

    /// The code of a function.
    pub(crate) fn code(func: Func) -> Self {
        Self {
            code: Some(func),
            ..Self::default()
        }
    }

    pub(crate) fn find(&self, place: Place, len: u64) -> Option<Pattern> {
        let found = self.known.get(&(place.start, place.stride, len))?;
        Some(self.patterns[*found])
    }

    pub(crate) fn add(&mut self, place: Place, len: u64, stored: Node, loaded: Node) {
        let key = (place.start, place.stride, len);
        self.known.insert(key, self.patterns.len());
        self.patterns.push(Pattern {
            place,
            len,
            stored,
            loaded,
        });
    }

    /// The patterns that may have a byte in common with an access.
    pub(crate) fn meeting(&self, place: Place, len: u64) -> impl Iterator<Item = Pattern> + '_ {
        let meets = move |p: &&Pattern| p.place.meets(p.len, place, len);
        self.patterns.iter().filter(meets).copied()
    }
}
