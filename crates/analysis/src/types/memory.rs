//! Loads, stores, atomics and copies, and what TBAA says about them.
//!
//! An access of float or pointer type is a fact about memory; one of integer type only equates the
//! bytes of the value with those of memory.

use super::build::{Builder, Repr, state_element};
use super::evidence::Part;
use super::graph::{Fact, Place};
use super::tbaa;
use super::tree::Class;
use rz_view::body::{PADDING, TbaaEntry};
use rz_view::op::RmwOp;
use rz_view::{FloatKind, Inst, InstData, Type, TypeKind, Value};

/// Elements of an array that are stated one by one.
const MAX_SPELLED: u64 = 64;
/// Padding is narrower than any alignment.
const MAX_PADDING: u64 = 4096;

impl Builder<'_> {
    /// The place an access of type `ty` touches, if its stride can be told apart from its width.
    ///
    /// A pointer that moves by an unknown number of bytes still moves by multiples of the
    /// alignment its accesses promise.
    pub(crate) fn access(&self, pointer: Value, ty: Type, align: u32) -> Option<Place> {
        let mut place = self.place(pointer)?;
        let types = &self.module.types;
        if place.stride == 0 {
            return Some(place);
        }
        let align = u64::from(align.max(1));
        if align % place.stride == 0 {
            place.stride = align;
        }
        let scalar = types.scalar(ty);
        let wide_enough = match types.kind(scalar) {
            TypeKind::Int(_) => place.stride >= 2 || types.store_size(ty) == 1,
            _ => place.stride >= types.store_size(scalar),
        };
        wide_enough.then_some(place)
    }

    pub(crate) fn load(&mut self, inst: Inst, data: &InstData, align: u32) {
        let Some(result) = data.result else { return };
        let why = Self::reason(inst, "type of the load");
        self.tbaa(inst, data, data.operands[0], data.ty, align);
        match self.access(data.operands[0], data.ty, align) {
            Some(place) => self.gather(result, why, &mut |g, k| g.at(place, k as i64)),
            None => self.define(result, why),
        }
    }

    pub(crate) fn store(&mut self, inst: Inst, data: &InstData, align: u32) {
        let (value, pointer) = (data.operands[0], data.operands[1]);
        let ty = self.body.ty(value);
        self.tbaa(inst, data, pointer, ty, align);
        let said = self.said(data, ty);
        let known = self.stores.entry((value, pointer)).or_insert(said);
        *known = known.filter(|&class| Some(class) == said);
        if let Some(place) = self.access(pointer, ty, align) {
            let why = Self::reason(inst, "type of the store");
            self.spread(value, why, &mut |g, k| g.at(place, k as i64));
            if place.stride != 1 {
                self.stored_constant(inst, value, &mut |g, k| g.at(place, k as i64));
            }
        }
    }

    pub(crate) fn exchange(&mut self, inst: Inst, data: &InstData, align: u32) {
        self.fresh_result(inst, data, "type of the result");
        let ty = self.body.ty(data.operands[2]);
        let Some(place) = self.access(data.operands[0], ty, align) else {
            return;
        };
        let why = Self::reason(inst, "type of the exchange");
        self.spread(data.operands[2], why, &mut |g, k| g.at(place, k as i64));
        self.spread(data.operands[1], why, &mut |g, k| g.at(place, k as i64));
        if let Some(result) = data.result
            && let Repr::Bytes { first, .. } = self.reprs[result]
        {
            for k in 0..self.size(ty) {
                let cell = self.graph.at(place, k as i64);
                self.graph.unify(cell, super::graph::Graph::nth(first, k));
            }
        }
    }

    pub(crate) fn read_modify_write(&mut self, inst: Inst, data: &InstData, op: RmwOp, align: u32) {
        let value = data.operands[1];
        let ty = self.body.ty(value);
        let why = Self::reason(inst, "type of the atomic update");
        self.tbaa(inst, data, data.operands[0], ty, align);
        if let Some(place) = self.access(data.operands[0], ty, align) {
            self.spread(value, why, &mut |g, k| g.at(place, k as i64));
            if let Some(result) = data.result {
                self.gather(result, why, &mut |g, k| g.at(place, k as i64));
            }
        } else {
            self.fresh_result(inst, data, "type of the result");
        }
        if op == RmwOp::Integer {
            self.hint_integer(value, why);
        }
    }

    /// What metadata calls the one thing that an access of `ty` moves.
    fn said(&self, data: &InstData, ty: Type) -> Option<Class> {
        let [entry] = &data.tbaa[..] else {
            return None;
        };
        let part = self.part(entry, Some(ty))?;
        // Words may hold the bits of numbers, whatever they are called.
        (part.bytes == self.size(ty) && part.class != Class::Integer).then_some(part.class)
    }

    /// States what TBAA says about an access of `ty` at `pointer`.
    fn tbaa(&mut self, inst: Inst, data: &InstData, pointer: Value, ty: Type, align: u32) {
        if data.tbaa.is_empty() && data.tbaa_base.is_none() {
            return;
        }
        let Some(place) = self.access(pointer, ty, align) else {
            return;
        };
        let size = self.size(ty);
        for entry in &data.tbaa {
            let Some(part) = self.part(entry, Some(ty)) else {
                continue;
            };
            // A split access keeps the tag of the whole; it may then be of any part.
            if size < part.bytes && part.class != Class::Integer {
                return;
            }
            self.state_part(
                inst,
                place,
                Part {
                    bytes: size.max(1),
                    ..part
                },
            );
            if size < part.bytes {
                return;
            }
        }
        if let Some((offset, entries)) = &data.tbaa_base {
            self.object(inst, place.plus(offset.wrapping_neg()), entries);
        }
    }

    /// States what a variable was declared as.
    pub(crate) fn variable(&mut self, inst: Inst, data: &InstData, variable: Value) {
        if let (Some((_, entries)), Some(place)) = (&data.tbaa_base, self.place(variable)) {
            self.object(inst, place, entries);
        }
    }

    /// States that there is a run of records at `pointer`, of `bytes` bytes if that is known. Long runs of known length
    /// are left alone: an array without an end would reach over what is behind them.
    fn records(&mut self, inst: Inst, pointer: Value, record: &[TbaaEntry], bytes: Option<u64>) {
        let end = |e: &TbaaEntry| e.offset.max(0) as u64 + e.size;
        let size = record.iter().map(end).max().unwrap_or(0);
        let Some(place) = self.place(pointer).filter(|_| size != 0) else {
            return;
        };
        match bytes.map(|bytes| bytes / size) {
            Some(count) if count <= MAX_SPELLED => {
                for index in 0..count {
                    self.object(inst, place.plus((index * size) as i64), record);
                }
            }
            Some(_) => {}
            None => self.object(inst, place.every(size), record),
        }
    }

    /// States the members of the object at `place`, once.
    fn object(&mut self, inst: Inst, place: Place, entries: &[TbaaEntry]) {
        let Some(last) = entries.last() else { return };
        let name = format!("{}{}", entries[0].name, last.name);
        if !self.objects.insert((place, entries.len(), name)) {
            return;
        }
        let (padding, members): (Vec<_>, Vec<_>) = entries.iter().partition(|e| e.name == PADDING);
        for hole in padding {
            self.padding(inst, place, hole);
        }
        let parts: Vec<Option<Part>> = members.iter().map(|e| self.part(e, None)).collect();
        for &part in parts.iter().flatten() {
            self.state_part(inst, place, part);
        }
        // Only when every member is understood is the rest padding.
        if let Some(parts) = parts.into_iter().collect() {
            self.members(place, parts);
        }
    }

    /// Bytes of the object that no member takes: a hint, for they may be moved as parts of words.
    fn padding(&mut self, inst: Inst, place: Place, hole: &TbaaEntry) {
        let why = Self::reason(inst, "padding of the record");
        for k in 0..hole.size.min(MAX_PADDING) {
            let cell = self.graph.at(place, hole.offset.wrapping_add(k as i64));
            self.graph
                .assert(cell, Fact::of(Class::Anything, 0, why).hint());
        }
    }

    /// What an entry says: one element, or as many bytes as it speaks for.
    fn part(&self, entry: &TbaaEntry, ty: Option<Type>) -> Option<Part> {
        let class = if tbaa::is_long_double(&entry.name) {
            let kind = ty.and_then(|ty| self.module.types.float_kind(ty));
            Class::Float(kind.unwrap_or(FloatKind::X86Fp80))
        } else {
            tbaa::class(&entry.name)?
        };
        let element = match class {
            Class::Integer => tbaa::integer_bytes(&entry.name),
            Class::Float(FloatKind::X86Fp80) => 16,
            _ => class.element_bytes(self.module.pointer_bytes),
        };
        let bytes = entry.size.max(element);
        let offset = entry.offset;
        Some(Part {
            offset,
            bytes,
            class,
        })
    }

    /// States elements of a part's class over its bytes.
    fn state_part(&mut self, inst: Inst, place: Place, part: Part) {
        let element = part.class.element_bytes(self.module.pointer_bytes);
        if place.stride != 0 && place.stride < element {
            return;
        }
        let why = Self::reason(inst, "type-based alias metadata");
        let stride = match part.class {
            Class::Float(FloatKind::X86Fp80) => 16,
            _ => element,
        };
        let mut count = (part.bytes / stride).clamp(1, 4096);
        if count > MAX_SPELLED && place.stride == 0 {
            let array = place.plus(part.offset).every(stride);
            let end = (count * stride) as i64;
            state_element(&mut self.graph, part.class, element, why, |g, k| {
                g.at_until(array, k as i64, end)
            });
            count = 1;
        }
        for index in 0..count {
            let at = part.offset.wrapping_add((index * stride) as i64);
            state_element(&mut self.graph, part.class, element, why, |g, k| {
                g.at(place, at.wrapping_add(k as i64))
            });
        }
    }

    /// `memcpy`, `memmove`: the bytes at both places are the same.
    pub(crate) fn copy(
        &mut self,
        inst: Inst,
        data: &InstData,
        to: Value,
        from: Value,
        len: Option<Value>,
    ) {
        let bytes = len.and_then(|len| self.body.const_int(len));
        let bytes = bytes.and_then(|n| u64::try_from(n).ok());
        for entry in &data.tbaa {
            let Some(part) = self.part(entry, None) else {
                continue;
            };
            // An entry without a size is what all elements are.
            let bytes = bytes.filter(|&bytes| entry.size == 0 && bytes > part.bytes);
            let bytes = bytes.unwrap_or(part.bytes);
            for pointer in [to, from] {
                if let Some(place) = self.place(pointer).filter(|p| p.stride != 1) {
                    self.state_part(inst, place, Part { bytes, ..part });
                }
            }
        }
        if let Some((_, record)) = &data.tbaa_base {
            for pointer in [to, from] {
                self.records(inst, pointer, record, bytes);
            }
        }
        let (Some(to), Some(from)) = (self.place(to), self.place(from)) else {
            return;
        };
        // Bytes at unknown distances say nothing about elements.
        if to.stride != 1 && from.stride != 1 {
            self.graph.copy(to, from, bytes);
        }
    }
}
