//! Weak evidence: constants no float or pointer has, uses of single bytes, holes in layouts.
//!
//! All of it is hints: any fact replaces it, and it never contradicts one.
//!
//! ```text
//! store i32 5, ptr %p           5 as a float is 7e-45: nobody stores that      int
//! icmp eq i8 %tag, 0            a single byte that is looked at                int
//! %s = alloca { i32, double }   bytes 4..8, when the neighbours are as said    anything
//! ```

use super::build::{Builder, Repr};
use super::bytes::Byte;
use super::graph::{Cell, Fact, Graph, Place, Reason, Source};
use super::tree::Class;
use rz_view::op::IntPredicate;
use rz_view::{FloatKind, Inst, InstData, Type, TypeKind, Value};

/// Constants up to this are counts, flags and codes; as floats they would be below 1e-37.
const SMALL: i64 = 0x01ff_ffff;

/// Parts of a layout looked at.
const MAX_PARTS: usize = 256;
/// Objects larger than this are not looked at for padding.
const MAX_LAYOUT: u64 = 1 << 16;

/// A scalar of an object.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Part {
    pub(crate) offset: i64,
    pub(crate) bytes: u64,
    pub(crate) class: Class,
}

/// What an object at a place is made of.
#[derive(Clone, Debug)]
pub(crate) struct Layout {
    place: Place,
    parts: Vec<Part>,
    /// Where the object ends, when holes up to there are padding.
    end: Option<i64>,
    /// Arrays are listed by their first element only.
    firsts: bool,
}

impl Builder<'_> {
    /// The signed value of an integer constant, when it is small and not zero.
    fn small_constant(&self, value: Value) -> Option<i64> {
        let bits = self.body.const_int(value)?;
        let TypeKind::Int(width) = *self.module.types.kind(self.body.ty(value)) else {
            return None;
        };
        if !(8..=64).contains(&width) {
            return None;
        }
        let shift = 128 - width;
        let signed = ((bits << shift) as i128) >> shift;
        let signed = i64::try_from(signed).ok()?;
        (signed != 0 && signed.unsigned_abs() <= SMALL.unsigned_abs()).then_some(signed)
    }

    /// A stored constant: what its bytes cannot be but integers.
    pub(crate) fn stored_constant(
        &mut self,
        inst: Inst,
        value: Value,
        at: &mut impl FnMut(&mut Graph, u64) -> Cell,
    ) {
        let bytes = self.size(self.body.ty(value));
        // A single byte is no float either.
        let single = bytes == 1 && self.body.const_int(value).is_some();
        if !single && self.small_constant(value).is_none() {
            return;
        }
        let why = Self::reason(inst, "a small constant is stored");
        for k in 0..bytes {
            let cell = at(&mut self.graph, k);
            self.graph.assert(cell, Fact::integer(why).hint());
        }
    }

    /// `phi` and `select` of a value and a small constant.
    pub(crate) fn mixed_with_constants(&mut self, inst: Inst, data: &InstData) {
        let Some(result) = data.result else { return };
        if data
            .operands
            .iter()
            .any(|&v| self.small_constant(v).is_some())
        {
            self.hint_integer(result, Self::reason(inst, "may be a small constant"));
        }
    }

    /// A sum with a small constant is a counter; steps of pointers are facts elsewhere.
    pub(crate) fn moved_by_constant(&mut self, inst: Inst, result: Value, a: Value, b: Value) {
        let why = Self::reason(inst, "moved by a small constant");
        for (value, step) in [(a, b), (b, a)] {
            if self.small_constant(step).is_some() {
                self.hint_integer(value, why);
                self.hint_integer(result, why);
            }
        }
    }

    /// Comparison: of order, or with a constant. Sign tests (order against 0, 1 or -1) are also done
    /// on float bits; so are tests for zero, and comparisons of order, which sort positive floats.
    pub(crate) fn compared_with_constant(
        &mut self,
        inst: Inst,
        predicate: IntPredicate,
        a: Value,
        b: Value,
    ) {
        let why = Self::reason(inst, "compared as an integer");
        let equality = matches!(predicate, IntPredicate::Eq | IntPredicate::Ne);
        for (value, other) in [(a, b), (b, a)] {
            let single = self.size(self.body.ty(value)) == 1;
            let image = self.may_be_image(value);
            let zero = self.body.const_int(other) == Some(0);
            let proof = match self.small_constant(other) {
                Some(small) => equality || small.abs() > 1,
                None if zero => equality && !image,
                None => !equality && !image && self.body.constant(other).is_none(),
            };
            if single || proof {
                self.hint_integer(value, why);
            }
        }
    }

    /// A factor: what is multiplied by a small number or by another variable is a number. What is
    /// multiplied by a large constant may be hashed, and anything is.
    pub(crate) fn multiplied(&mut self, value: Value, other: Value, why: Reason) {
        let hashed = self.body.constant(other).is_some() && self.small_constant(other).is_none();
        if !hashed || !self.may_be_image(value) {
            self.hint_integer(value, why);
        } else if self.small_factor_above_zeros(other) {
            let size = self.size(self.body.ty(value));
            self.hint_part_integer(value, 0..size - self.low_zeros(other), why);
        }
    }

    /// A small constant that is also moved to a higher part of the register.
    fn small_factor_above_zeros(&self, factor: Value) -> bool {
        let bits = self.body.const_int(factor).unwrap_or(0);
        let moved = bits >> (8 * self.low_zeros(factor).min(15));
        moved != 0 && moved <= u128::from(SMALL.unsigned_abs())
    }

    /// True for an integer as wide as floats that the module computes with.
    pub(crate) fn may_be_image(&self, value: Value) -> bool {
        let types = &self.module.types;
        let bytes = types.store_size(types.scalar(self.body.ty(value)));
        let wide = |kind: &TypeKind| matches!(kind, TypeKind::Float(kind) if kind.bytes() == bytes);
        types.iter().any(|(_, data)| wide(&data.kind))
    }

    // ---- padding

    /// Remembers that the memory of `value` was laid out as `ty`.
    pub(crate) fn layout(&mut self, value: Value, ty: Type) {
        if let Some(place) = self.place(value) {
            self.layout_at(place, ty);
        }
    }

    pub(crate) fn layout_at(&mut self, place: Place, ty: Type) {
        let types = &self.module.types;
        if let TypeKind::Array { elem, .. } = types.kind(ty)
            && matches!(types.kind(*elem), TypeKind::Int(8..))
        {
            self.graph.arrays.push((place, types.store_size(ty)));
        }
        let aggregate = matches!(
            types.kind(ty),
            TypeKind::Struct { .. } | TypeKind::Array { .. }
        );
        if !aggregate || types.store_size(ty) > MAX_LAYOUT {
            return;
        }
        let mut parts = Vec::new();
        types.leaves(ty, 0, &mut |offset, leaf| {
            let class = match types.kind(types.scalar(leaf)) {
                TypeKind::Int(_) => Class::Integer,
                TypeKind::Float(kind) => Class::Float(*kind),
                TypeKind::Pointer { .. } => Class::Pointer,
                _ => Class::Unknown,
            };
            let offset = offset as i64;
            let bytes = types.store_size(leaf);
            parts.push(Part {
                offset,
                bytes,
                class,
            });
        });
        parts.truncate(MAX_PARTS);
        let end = Some(types.alloc_size(ty) as i64);
        self.layouts.push(Layout {
            place,
            parts,
            end,
            firsts: false,
        });
    }

    /// Remembers the members of the object that an access belongs to.
    pub(crate) fn members(&mut self, place: Place, mut parts: Vec<Part>) {
        parts.sort_by_key(|part| part.offset);
        parts.truncate(MAX_PARTS);
        let aligned = parts.iter().map(|p| p.bytes.min(8)).max().unwrap_or(1) as i64;
        let last = parts.last().map_or(0, |p| p.offset + p.bytes as i64);
        // In C++ a derived class may put its own members into the tail of its base.
        let end = (!self.cpp).then(|| (last + aligned - 1) / aligned * aligned);
        self.layouts.push(Layout {
            place,
            parts,
            end,
            firsts: true,
        });
    }

    /// Holes of layouts whose neighbours hold what the layout says are padding. True when that
    /// told anything new.
    pub(crate) fn take_padding(&mut self) -> bool {
        let before = self.graph.version;
        let layouts = std::mem::take(&mut self.layouts);
        for layout in &layouts {
            for (index, part) in layout.parts.iter().enumerate() {
                self.pad(layout, part, layout.parts.get(index + 1));
            }
            self.untouched(layout);
        }
        self.layouts = layouts;
        before != self.graph.version
    }

    /// Numbers of an object that is only copied whole: when all that is known of the object is what the
    /// type it was allocated with says, the rest is so too. A hint, and the last one.
    fn untouched(&mut self, layout: &Layout) {
        if layout.firsts {
            return;
        }
        let mut open = Vec::new();
        let mut seen = false;
        for part in &layout.parts {
            match self.memory_fact(layout.place, part.offset) {
                None if matches!(part.class, Class::Float(_)) => open.push(*part),
                None => {}
                Some(fact) if fact.class == part.class && fact.pos == 0 => {
                    seen |= matches!(part.class, Class::Float(_) | Class::Pointer);
                }
                Some(fact) if fact.class == Class::Anything => {}
                Some(_) => return,
            }
        }
        for part in open.iter().filter(|_| seen) {
            let bytes = part.class.element_bytes(self.module.pointer_bytes);
            let why = Reason {
                source: Source::Padding,
                rule: "type of the allocated object",
            };
            let offsets = part.offset..part.offset + bytes as i64;
            if part.bytes != bytes
                || offsets
                    .clone()
                    .any(|k| self.memory_fact(layout.place, k).is_some())
            {
                continue;
            }
            for k in offsets {
                let cell = self.graph.at(layout.place, k);
                let fact = Fact::of(part.class, (k - part.offset) as u64, why);
                self.graph.assert(cell, fact.hint());
            }
        }
    }

    /// What is known about a byte, exactly or from the arrays around it.
    fn memory_fact(&self, place: Place, k: i64) -> Option<Fact> {
        match self.graph.memory(self.graph.resolve(place), k) {
            Byte::Known(fact) | Byte::Clash(fact, _) => Some(fact),
            Byte::Zero | Byte::Open => None,
        }
    }

    fn pad(&mut self, layout: &Layout, part: &Part, next: Option<&Part>) {
        let from = part.offset + part.bytes as i64;
        let Some(to) = next.map(|p| p.offset).or(layout.end) else {
            return;
        };
        // A hole that holds another element may be the rest of an array of it.
        let rest = layout.firsts && to - from >= part.bytes as i64 && part.class != Class::Integer;
        if from >= to || to - from >= 16 || rest {
            return;
        }
        let fits = self.holds(layout.place, part)
            && next.is_none_or(|next| self.holds(layout.place, next));
        if !fits {
            return;
        }
        let why = Reason {
            source: Source::Padding,
            rule: "padding of the object's type",
        };
        for k in from..to {
            let cell = self.graph.at(layout.place, k);
            if self.graph.fact(cell).is_none() {
                let fact = Fact::of(Class::Anything, 0, why);
                self.graph.assert(cell, fact.hint());
            }
        }
    }

    /// The memory is known to hold what a part says.
    fn holds(&mut self, place: Place, part: &Part) -> bool {
        let cell = self.graph.at(place, part.offset);
        let fact = self.graph.fact(cell);
        fact.is_some_and(|f| f.class == part.class && f.pos == 0)
    }

    /// True when the module uses floats of two bytes.
    pub(crate) fn has_halves(&self) -> bool {
        let half =
            |kind: &TypeKind| matches!(kind, TypeKind::Float(FloatKind::Half | FloatKind::BFloat));
        self.module.types.iter().any(|(_, data)| half(&data.kind))
    }

    /// True when the graph tracks this value.
    pub(crate) fn is_tracked(&self, value: Value) -> bool {
        self.reprs[value] != Repr::None
    }
}
