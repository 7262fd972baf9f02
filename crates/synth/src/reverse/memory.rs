//! The reverse of memory operations: what was read is added to the shadow, what was written is
//! taken from it.

use super::code::Code;
use crate::scopes::Kind;
use rz_llvm as llvm;
use rz_plan::{Allocation, Layout, Segment};
use rz_view::{Inst, TypeKind, Value};

impl Code<'_, '_> {
    /// The shadow of `pointer` as memory that may be read and written. A shadow that is its
    /// primal is not touched: scratch memory, zeroed, takes its place.
    pub(super) fn target(&mut self, pointer: Value, ty: llvm::Type) -> llvm::Value {
        let shadow = self.shadow(pointer);
        if !self.plan.mixed[pointer] {
            return shadow;
        }
        let primal = self.primal(pointer);
        self.unless_primal(shadow, primal, ty)
    }

    /// `shadow`, or zeroed scratch memory when it is `primal`.
    pub(super) fn unless_primal(
        &self,
        shadow: llvm::Value,
        primal: llvm::Value,
        ty: llvm::Type,
    ) -> llvm::Value {
        let scratch = self.variable(ty);
        self.store(ty.zero(), scratch);
        let same = self.b.icmp(llvm::IntPredicate::Eq, shadow, primal);
        self.b.select(same, scratch, shadow)
    }

    /// `bytes`, or none when `shadow` is `primal`.
    pub(super) fn bytes_unless_primal(
        &self,
        bytes: llvm::Value,
        shadow: llvm::Value,
        primal: llvm::Value,
    ) -> llvm::Value {
        let same = self.b.icmp(llvm::IntPredicate::Eq, shadow, primal);
        self.b.select(same, self.int(0), bytes)
    }

    /// `*p' += adjoint of the result`.
    pub fn reverse_load(&mut self, inst: Inst, pointer: Value) {
        let result = self.body.insts[inst].result.expect("a load has a result");
        let adjoint = self.take(result);
        let ty = self.ty(result);
        let to = self.target(pointer, ty);
        let align = self.shadow_align(inst, ty);
        if self.is_float_value(result) {
            self.add_to_shadow(to, adjoint, align);
            return;
        }
        for leaf in self.leaves(result) {
            let part = self.at(adjoint, &leaf.path);
            let at = self.b.ptr_offset(to, leaf.offset as i64);
            self.add_to_shadow(at, part, 1);
        }
    }

    /// The alignment of the access of shadow memory that belongs to `inst`'s of `ty`.
    pub(super) fn shadow_align(&self, inst: Inst, ty: llvm::Type) -> u32 {
        crate::shadow::alignment(self.session.llvm, ty, self.original_inst(inst).align())
    }

    fn add_to_shadow(&self, at: llvm::Value, amount: llvm::Value, align: u32) {
        let old = self.b.load(amount.ty(), at, align);
        let new = self.accumulate(old, amount);
        self.mark(old, Kind::Shadow);
        self.mark(self.b.store(new, at, align), Kind::Shadow);
    }

    fn clear_shadow(&self, at: llvm::Value, ty: llvm::Type, align: u32) {
        self.mark(self.b.store(ty.zero(), at, align), Kind::Shadow);
    }

    /// True for floats and vectors of floats.
    fn is_float_value(&self, value: Value) -> bool {
        let types = &self.session.imported.module.types;
        let ty = self.body.ty(value);
        types.float_kind(ty).is_some() && !matches!(types.kind(ty), TypeKind::Struct { .. })
    }

    /// `adjoint of v += *p'; *p' = 0`.
    pub fn reverse_store(&mut self, inst: Inst, value: Value, pointer: Value) {
        if self.is_float_value(value) {
            let ty = self.ty(value);
            let align = self.shadow_align(inst, ty);
            let from = self.target(pointer, ty);
            if self.is_active(value) {
                let adjoint = self.b.load(ty, from, align);
                self.mark(adjoint, Kind::Shadow);
                self.add_adjoint(value, adjoint);
            }
            self.clear_shadow(from, ty, align);
            return;
        }
        let segments = self.plan.stores.get(&inst).cloned().unwrap_or_default();
        if segments.is_empty() {
            return;
        }
        let ty = self.ty(value);
        let from = self.target(pointer, ty);
        for Segment { offset, kind } in segments {
            let ty = self.float(kind);
            let at = self.b.ptr_offset(from, offset as i64);
            let part = self.b.load(ty, at, 1);
            self.mark(part, Kind::Shadow);
            self.add_leaf(value, offset, part);
            self.clear_shadow(at, ty, 1);
        }
    }

    /// A copy adds the destination's adjoints to the source and clears them. A source without a
    /// shadow gets nothing: its shadow would be the primal itself.
    pub fn reverse_copy(&mut self, to: Value, from: Value, bytes: Value, layout: &Layout) {
        if !self.plan.has_shadow[to] {
            return;
        }
        if !self.plan.has_shadow[from] {
            self.reverse_fill(to, bytes, layout);
            return;
        }
        match layout {
            Layout::Plain | Layout::Pointers => {}
            Layout::Floats(kind) => {
                let count = self.reverse_int(bytes);
                let shadows = (self.shadow(to), self.shadow(from));
                let (moved, lost) = self.moved_and_lost(count, (to, from), shadows);
                if let Some(lost) = lost {
                    self.zero(shadows.0, lost, 1);
                }
                let count = moved;
                let runtime = self.session.runtime();
                runtime.add_and_clear(&self.b, *kind, shadows.0, shadows.1, count);
            }
            Layout::Mixed { floats, .. } => {
                let ty = self.up_to_floats(floats);
                let (to, from) = (self.target(to, ty), self.target(from, ty));
                let runtime = self.session.runtime();
                runtime.move_adjoints(&self.b, floats, to, from);
            }
            Layout::Records(record) => {
                let shadows = (self.shadow(to), self.shadow(from));
                let bytes = self.reverse_int(bytes);
                let (moved, lost) = self.moved_and_lost(bytes, (to, from), shadows);
                let runtime = self.session.runtime();
                if let Some(lost) = lost {
                    runtime.clear_records(&self.b, record, shadows.0, lost);
                }
                runtime.add_and_clear_records(&self.b, record, shadows.0, shadows.1, moved);
            }
        }
    }

    /// Memory with room for these floats.
    fn up_to_floats(&self, floats: &[Segment]) -> llvm::Type {
        let end = floats.iter().map(|s| s.offset + s.kind.bytes()).max();
        self.session.context.int(8).array(end.unwrap_or(1))
    }

    /// The bytes to add and clear, and those only to clear: where the destination is inactive nothing is
    /// done, and where only the source is, the destination's adjoints go nowhere, but they go.
    fn moved_and_lost(
        &mut self,
        bytes: llvm::Value,
        (to, from): (Value, Value),
        shadows: (llvm::Value, llvm::Value),
    ) -> (llvm::Value, Option<llvm::Value>) {
        let owned = self.owned_bytes(bytes, to, shadows.0);
        let moved = self.owned_bytes(owned, from, shadows.1);
        let lost = self.plan.mixed[from].then(|| self.b.sub(owned, moved));
        (moved, lost)
    }

    /// `bytes`, or none when `pointer` is its own shadow.
    fn owned_bytes(
        &mut self,
        bytes: llvm::Value,
        pointer: Value,
        shadow: llvm::Value,
    ) -> llvm::Value {
        if !self.plan.mixed[pointer] {
            return bytes;
        }
        let primal = self.primal(pointer);
        self.bytes_unless_primal(bytes, shadow, primal)
    }

    /// What was overwritten with a constant has no influence.
    pub fn reverse_fill(&mut self, to: Value, bytes: Value, layout: &Layout) {
        match layout {
            Layout::Plain | Layout::Pointers => {}
            Layout::Floats(_) => {
                let shadow = self.shadow(to);
                let bytes = self.reverse_int(bytes);
                let bytes = self.owned_bytes(bytes, to, shadow);
                self.zero(shadow, bytes, 1);
            }
            Layout::Records(record) => {
                let shadow = self.shadow(to);
                let bytes = self.reverse_int(bytes);
                let bytes = self.owned_bytes(bytes, to, shadow);
                let runtime = self.session.runtime();
                runtime.clear_records(&self.b, record, shadow, bytes);
            }
            Layout::Mixed { floats, .. } => {
                let ty = self.up_to_floats(floats);
                let to = self.target(to, ty);
                for segment in floats {
                    let at = self.b.ptr_offset(to, segment.offset as i64);
                    let ty = self.float(segment.kind);
                    self.b.store(ty.zero(), at, 1);
                }
            }
        }
    }

    /// A 64-bit integer from a value in the reverse pass.
    fn reverse_int(&mut self, value: Value) -> llvm::Value {
        let value = self.primal(value);
        let i64 = self.i64();
        self.b.int_cast(value, i64, false)
    }

    /// Clears the shadow of a variable for the next run on the same tape.
    pub fn reverse_alloca(&mut self, inst: Inst, each: u64, count: Value) {
        let result = self.body.insts[inst].result.expect("an address");
        let shadow = self.shadow(result);
        let count = self.reverse_int(count);
        let bytes = self.b.mul(count, self.int(each));
        self.clear(inst, shadow, bytes);
    }

    fn clear_block(&mut self, inst: Inst, bytes: llvm::Value) {
        let result = self.body.insts[inst].result.expect("an address");
        let shadow = self.shadow(result);
        let bytes = self.none_of_null(shadow, bytes);
        self.clear(inst, shadow, bytes);
    }

    /// Clears the floats of what `inst` allocated.
    fn clear(&self, inst: Inst, shadow: llvm::Value, bytes: llvm::Value) {
        match &self.plan.blocks[&inst] {
            Layout::Floats(_) => self.zero(shadow, bytes, 1),
            Layout::Records(record) => {
                let runtime = self.session.runtime();
                runtime.clear_records(&self.b, record, shadow, bytes);
            }
            Layout::Plain | Layout::Pointers | Layout::Mixed { .. } => {
                unreachable!("the planner clears arrays and records of floats")
            }
        }
    }

    /// The reverse of `realloc` moves adjoints back to the old block; that of other allocations
    /// clears the shadow for the next run on the same tape.
    pub fn reverse_allocation(&mut self, inst: Inst, allocation: Allocation) {
        let (old, size) = match allocation {
            Allocation::Resize { old, size } => (old, size),
            Allocation::Open => return,
            Allocation::Bytes(size) | Allocation::Arena(size) => {
                let bytes = self.reverse_int(size);
                return self.clear_block(inst, bytes);
            }
            Allocation::Array(count, size) => {
                let (count, size) = (self.reverse_int(count), self.reverse_int(size));
                let bytes = self.b.mul(count, size);
                return self.clear_block(inst, bytes);
            }
        };
        let result = self.body.insts[inst].result.expect("realloc has a result");
        if !self.plan.has_shadow[result] {
            return;
        }
        let Some(layout) = self.plan.blocks.get(&inst).cloned() else {
            return;
        };
        if !layout.has_floats() {
            return;
        }
        let (to, from) = (self.shadow(result), self.shadow(old));
        let bytes = self.reverse_int(size);
        let runtime = self.session.runtime();
        let bytes = runtime.common_size(&self.b, from, bytes);
        match &layout {
            Layout::Floats(kind) => runtime.add_and_clear(&self.b, *kind, to, from, bytes),
            Layout::Records(record) => {
                runtime.add_and_clear_records(&self.b, record, to, from, bytes);
            }
            Layout::Plain | Layout::Pointers | Layout::Mixed { .. } => {
                unreachable!("the length of a resized block varies")
            }
        }
    }
}
