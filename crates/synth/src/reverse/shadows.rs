//! Shadows in the forward part.

use super::code::Code;
use crate::room;
use crate::runtime::{ENTRY_BYTES, Whose};
use rz_llvm as llvm;
use rz_plan::{Allocation, CallKind, Layout};
use rz_view::{Inst, Op, Value, ValueDef};

impl Code<'_, '_> {
    /// The shadow of `value` in the forward part, for the direction in hand.
    pub fn forward_shadow(&mut self, value: Value) -> llvm::Value {
        match self.body.values[value].def {
            ValueDef::Const(_) => self
                .session
                .shadow_constant(self.original(value), self.own.current()),
            ValueDef::Param(index) => {
                self.own.shadow_params[index as usize].unwrap_or(self.primals[index as usize])
            }
            ValueDef::Inst(_) => match self.own.shadows[value] {
                Some(shadow) => shadow,
                None => self.forward_value(value),
            },
        }
    }

    /// The shadow of the result of pointer arithmetic or a pointer load, at the current position.
    pub fn forward_shadow_of(&mut self, inst: Inst) -> llvm::Value {
        let data = &self.body.insts[inst];
        if self.reads_inactive(inst) {
            return self.forward_value(data.result.expect("a pointer"));
        }
        let select = matches!(data.op, Op::Select);
        let values: Vec<Value> = data.operands.to_vec();
        let moves = matches!(
            data.op,
            Op::InsertValue(_) | Op::InsertElement | Op::Shuffle(_)
        );
        let operands: Vec<llvm::Value> = values
            .iter()
            .enumerate()
            .map(|(index, &v)| {
                let shadowed = if select {
                    index > 0
                } else if moves {
                    self.session
                        .imported
                        .module
                        .types
                        .is_pointer(self.body.ty(v))
                        || self.plan.has_shadow[v]
                } else {
                    index == 0
                };
                if shadowed {
                    self.forward_shadow(v)
                } else {
                    self.forward_value(v)
                }
            })
            .collect();
        self.repeat_on(inst, &operands)
    }

    /// True for a load of a pointer that is its own shadow.
    pub(super) fn reads_inactive(&self, inst: Inst) -> bool {
        let data = &self.body.insts[inst];
        matches!(data.op, Op::Load(_)) && !self.plan.has_shadow[data.operands[0]]
    }

    /// The shadow of an alloca: the same memory again, zeroed; on the tape when `taped`.
    pub fn sweep_alloca(
        &mut self,
        inst: Inst,
        copy: llvm::Value,
        shadowed: Option<Value>,
        taped: bool,
    ) {
        let Op::Alloca { ty, align, .. } = self.body.insts[inst].op else {
            unreachable!("called for allocas")
        };
        let each = self.session.imported.module.types.alloc_size(ty);
        let count = self.body.insts[inst].operands[0];
        let count = self.forward_value(count);
        let i64 = self.i64();
        let count = self.b.int_cast(count, i64, false);
        let bytes = self.b.mul(count, self.int(each));
        let result = self.body.insts[inst]
            .result
            .expect("an alloca has a result");
        if taped {
            let memory = self.arena_alloc_aligned(bytes, align);
            copy.replace_all_uses(memory);
            copy.erase();
            self.forward[result] = Some(memory);
        }
        if shadowed.is_none() {
            return;
        }
        self.each_direction(|c| {
            let shadow = if taped {
                c.arena_alloc_aligned(bytes, align)
            } else {
                let llvm_ty = c.session.imported.ty(ty);
                match count.int_value() {
                    Some(1) => c.b.alloca(llvm_ty, None, align),
                    _ => c.b.alloca(llvm_ty, Some(count), align),
                }
            };
            c.zero(shadow, bytes, align);
            c.own.shadows[result] = Some(shadow);
        });
    }

    /// Fills memory with zero.
    pub fn zero(&self, pointer: llvm::Value, bytes: llvm::Value, align: u32) {
        let byte = self.session.context.int(8).int_const(0);
        self.b.memset(pointer, byte, bytes, align.max(1));
    }

    /// Pointers stored in shadowed memory are stored in its shadow too.
    pub fn sweep_store(&mut self, inst: Inst) {
        if !self.plan.working[inst] {
            return;
        }
        let data = &self.body.insts[inst];
        let (value, pointer) = (data.operands[0], data.operands[1]);
        let offsets = self.pointer_offsets(value);
        if offsets.is_empty() {
            return;
        }
        let shadow = self.forward_shadow(value);
        let to = self.forward_target(pointer, shadow.ty());
        let align = self.shadow_align(inst, shadow.ty());
        if !shadow.ty().is_aggregate() {
            self.b.store(shadow, to, align);
            return;
        }
        // Only the pointers: the floats of shadow memory belong to the reverse pass.
        let memory = self.b.entry_alloca(shadow.ty(), 16);
        self.b.store(shadow, memory, 16);
        for offset in offsets {
            self.copy_pointer(to, memory, offset);
        }
    }

    /// The shadow of memory that shadow pointers are stored to.
    fn forward_target(&mut self, pointer: Value, ty: llvm::Type) -> llvm::Value {
        let shadow = self.forward_shadow(pointer);
        if !self.plan.mixed[pointer] {
            return shadow;
        }
        let primal = self.forward_value(pointer);
        self.unless_primal(shadow, primal, ty)
    }

    /// How many bytes of the shadow of `pointer` are written.
    fn forward_bytes(&mut self, pointer: Value, bytes: Value) -> llvm::Value {
        let bytes = self.forward_int(bytes);
        if !self.plan.mixed[pointer] {
            return bytes;
        }
        let (shadow, primal) = (self.forward_shadow(pointer), self.forward_value(pointer));
        self.bytes_unless_primal(bytes, shadow, primal)
    }

    fn copy_pointer(&self, to: llvm::Value, from: llvm::Value, offset: u64) {
        let ptr = self.ptr();
        let source = self.b.ptr_offset(from, offset as i64);
        let pointer = self.b.load(ptr, source, 1);
        let target = self.b.ptr_offset(to, offset as i64);
        self.b.store(pointer, target, 1);
    }

    /// Byte offsets of the pointers inside a value.
    fn pointer_offsets(&self, value: Value) -> Vec<u64> {
        self.plan
            .pointer_bytes
            .get(&value)
            .cloned()
            .unwrap_or_default()
    }

    /// Forward work of calls to known functions.
    pub fn sweep_known(&mut self, inst: Inst, copy: llvm::Value, kind: &CallKind) {
        match kind {
            CallKind::Alloc(allocation) => self.sweep_allocation(inst, copy, *allocation),
            CallKind::Free { ptr } => {
                let memory = self.forward_value(*ptr);
                let whose = self.freed(inst);
                self.defer_release(whose, copy, memory);
                if self.plan.has_shadow[*ptr] {
                    self.each_direction(|c| {
                        let shadow = c.forward_shadow(*ptr);
                        let shadow = if c.plan.mixed[*ptr] {
                            let same = c.b.icmp(llvm::IntPredicate::Eq, shadow, memory);
                            c.b.select(same, c.ptr().zero(), shadow)
                        } else {
                            shadow
                        };
                        c.defer_release(whose, copy, shadow);
                    });
                }
                copy.erase();
            }
            CallKind::Reset => copy.erase(),
            CallKind::Close => {
                let inner = copy.operand(0);
                let arena = self.arena();
                self.session.runtime().adopt(&self.b, arena, inner);
                copy.erase();
            }
            CallKind::Copy {
                to,
                from,
                bytes,
                layout,
            } => {
                self.each_direction(|c| c.sweep_copy(*to, *from, *bytes, layout));
            }
            CallKind::Fill { to, bytes, layout } => {
                self.each_direction(|c| c.sweep_fill(copy, *to, *bytes, layout));
            }
            CallKind::Pass { from, found } => {
                let result = self.body.insts[inst].result;
                if let Some(result) = result.filter(|&r| self.plan.has_shadow[r]) {
                    self.each_direction(|c| match found {
                        true => c.sweep_found(*from, result),
                        false => c.sweep_pass(inst, result),
                    });
                }
            }
            CallKind::Rule(_)
            | CallKind::Reduce(_)
            | CallKind::Masked(_)
            | CallKind::Inactive
            | CallKind::Body(_)
            | CallKind::Table { .. } => {}
        }
    }

    /// Who allocated what `inst` frees.
    fn freed(&self, inst: Inst) -> Whose {
        if self.plan.own_frees.contains(&inst) {
            Whose::Own
        } else {
            Whose::Unknown
        }
    }

    /// Does the same to the shadow of the pointer that is passed on.
    fn sweep_pass(&mut self, inst: Inst, result: Value) {
        let args: Vec<Value> = self.body.call_args(inst).to_vec();
        let operands: Vec<llvm::Value> = args
            .iter()
            .map(|&v| {
                if self.plan.has_shadow[v] {
                    self.forward_shadow(v)
                } else {
                    self.forward_value(v)
                }
            })
            .collect();
        let shadow = self.repeat_on(inst, &operands);
        self.own.shadows[result] = Some(shadow);
    }

    /// What is found in memory lies at the same place of the shadow, where nothing could be found.
    fn sweep_found(&mut self, from: Value, result: Value) {
        let own = self.forward_value(result);
        let shadow = if self.plan.has_shadow[from] {
            let int = self.b.context().int(64);
            let [to, at] = [own, self.forward_value(from)]
                .map(|pointer| self.b.cast(llvm::CastOp::PtrToInt, pointer, int));
            let start = self.forward_shadow(from);
            let distance = self.b.sub(to, at);
            let moved = self.b.ptr_add(start, distance);
            let null = own.ty().zero();
            let none = self.b.icmp(llvm::IntPredicate::Eq, own, null);
            self.b.select(none, null, moved)
        } else {
            own
        };
        self.own.shadows[result] = Some(shadow);
    }

    fn sweep_allocation(&mut self, inst: Inst, copy: llvm::Value, allocation: Allocation) {
        let result = self.body.insts[inst]
            .result
            .expect("an allocation has a result");
        match allocation {
            Allocation::Resize { old, size } => return self.sweep_resize(inst, copy, old, size),
            Allocation::Arena(size) => return self.sweep_arena(inst, copy, size),
            Allocation::Open => {
                let bytes = self.int(ENTRY_BYTES);
                return self.shadow_in_arena(result, bytes);
            }
            Allocation::Bytes(_) | Allocation::Array(..) => {}
        }
        if !self.plan.has_shadow[result] {
            return;
        }
        let args: Vec<Value> = self.body.call_args(inst).to_vec();
        let operands: Vec<llvm::Value> = args.iter().map(|&v| self.forward_value(v)).collect();
        let bytes = match allocation {
            Allocation::Bytes(size) => self.forward_int(size),
            Allocation::Array(count, size) => {
                let (count, size) = (self.forward_int(count), self.forward_int(size));
                self.b.mul(count, size)
            }
            Allocation::Resize { .. } | Allocation::Arena(_) | Allocation::Open => {
                unreachable!("handled above")
            }
        };
        let roomy = room::of_malloc(copy).filter(|_| room::matters(&self.session.imported.module));
        self.each_direction(|c| {
            let (mut operands, mut bytes) = (operands.clone(), bytes);
            if let Some(alloc) = roomy {
                bytes = c.session.runtime().room(&c.b, copy, bytes);
                for (index, value) in room::arguments(&c.b, alloc, copy, bytes) {
                    operands[usize::from(index)] = value;
                }
            }
            let shadow = c.repeat_on(inst, &operands);
            if roomy.is_some() {
                bytes = c.session.runtime().room(&c.b, shadow, bytes);
            }
            c.zero_unless_null(shadow, bytes);
            c.own.shadows[result] = Some(shadow);
        });
    }

    /// The tape of an inner derivative, and its shadow, live as long as this derivative's.
    fn sweep_arena(&mut self, inst: Inst, copy: llvm::Value, size: Value) {
        let result = self.body.insts[inst].result.expect("it returns memory");
        let bytes = self.forward_int(size);
        let memory = self.arena_alloc(bytes);
        copy.replace_all_uses(memory);
        copy.erase();
        self.forward[result] = Some(memory);
        self.shadow_in_arena(result, bytes);
    }

    /// A zeroed shadow that lives until this derivative is done.
    fn shadow_in_arena(&mut self, result: Value, bytes: llvm::Value) {
        if self.plan.has_shadow[result] {
            self.each_direction(|c| {
                let shadow = c.arena_alloc(bytes);
                c.zero(shadow, bytes, 1);
                c.own.shadows[result] = Some(shadow);
            });
        }
    }

    /// A 64-bit integer from a forward value.
    pub fn forward_int(&mut self, value: Value) -> llvm::Value {
        let value = self.forward_value(value);
        let i64 = self.i64();
        self.b.int_cast(value, i64, false)
    }

    /// An allocation may fail; then there is nothing to zero.
    pub(super) fn zero_unless_null(&self, pointer: llvm::Value, bytes: llvm::Value) {
        let bytes = self.none_of_null(pointer, bytes);
        self.zero(pointer, bytes, 1);
    }

    /// `bytes`, or none when `pointer` is null.
    pub(super) fn none_of_null(&self, pointer: llvm::Value, bytes: llvm::Value) -> llvm::Value {
        let failed = self
            .b
            .icmp(llvm::IntPredicate::Eq, pointer, pointer.ty().zero());
        self.b.select(failed, self.int(0), bytes)
    }

    /// Shadow pointers follow copied pointers.
    fn sweep_copy(&mut self, to: Value, from: Value, bytes: Value, layout: &Layout) {
        match layout {
            Layout::Plain | Layout::Floats(_) => {}
            Layout::Records(record) => {
                if record.pointers.is_empty() {
                    return;
                }
                let bytes = self.forward_bytes(to, bytes);
                let (to, from) = (self.forward_shadow(to), self.forward_shadow(from));
                let runtime = self.session.runtime();
                runtime.move_pointers(&self.b, record, to, from, bytes);
            }
            Layout::Pointers => {
                let bytes = self.forward_bytes(to, bytes);
                let (to, from) = (self.forward_shadow(to), self.forward_shadow(from));
                self.b.memmove(to, 1, from, 1, bytes);
            }
            Layout::Mixed { pointers, .. } => {
                if pointers.is_empty() {
                    return;
                }
                let to = self.forward_target(to, self.up_to(pointers));
                let from = self.forward_shadow(from);
                let ptr = self.ptr();
                // Overlapping copies read everything before they write.
                let values: Vec<llvm::Value> = pointers
                    .iter()
                    .map(|&o| {
                        let source = self.b.ptr_offset(from, o as i64);
                        self.b.load(ptr, source, 1)
                    })
                    .collect();
                for (&offset, value) in pointers.iter().zip(values) {
                    let target = self.b.ptr_offset(to, offset as i64);
                    self.b.store(value, target, 1);
                }
            }
        }
    }

    fn sweep_fill(&mut self, copy: llvm::Value, to: Value, bytes: Value, layout: &Layout) {
        let byte = copy.operand(1);
        match layout {
            Layout::Plain | Layout::Floats(_) => {}
            Layout::Records(record) => {
                if record.pointers.is_empty() {
                    return;
                }
                let bytes = self.forward_bytes(to, bytes);
                let to = self.forward_shadow(to);
                let runtime = self.session.runtime();
                runtime.null_pointers(&self.b, record, to, bytes);
            }
            Layout::Pointers => {
                let bytes = self.forward_bytes(to, bytes);
                let to = self.forward_shadow(to);
                self.b.memset(to, byte, bytes, 1);
            }
            Layout::Mixed { pointers, .. } => {
                let to = self.forward_target(to, self.up_to(pointers));
                for &offset in pointers {
                    let target = self.b.ptr_offset(to, offset as i64);
                    let width = self.session.imported.module.pointer_bytes;
                    self.b.memset(target, byte, self.int(width), 1);
                }
            }
        }
    }

    /// Memory with room for pointers at these offsets.
    fn up_to(&self, pointers: &[u64]) -> llvm::Type {
        let last = pointers.iter().copied().max().unwrap_or(0);
        let width = self.session.imported.module.pointer_bytes;
        self.session.context.int(8).array(last + width)
    }

    /// `realloc` becomes a new block and a copy: the old block and its shadow are still needed.
    fn sweep_resize(&mut self, inst: Inst, copy: llvm::Value, old: Value, size: Value) {
        let result = self.body.insts[inst].result.expect("realloc has a result");
        let bytes = self.forward_int(size);
        let before = self.forward_value(old);
        let after = self.session.runtime().resize(&self.b, before, bytes, false);
        copy.replace_all_uses(after);
        copy.erase();
        self.forward[result] = Some(after);
        let whose = self.freed(inst);
        self.defer_free(whose, before);
        if self.plan.has_shadow[result] {
            self.each_direction(|c| {
                let before = c.forward_shadow(old);
                let runtime = c.session.runtime();
                let bytes = runtime.room(&c.b, after, bytes);
                let shadow = runtime.resize(&c.b, before, bytes, true);
                c.defer_free(whose, before);
                c.own.shadows[result] = Some(shadow);
            });
        }
    }
}
