//! The arena of a function: where its part of the tape comes from.

use super::code::Code;
use crate::runtime::{ALIGN, FRAME_CHUNK, LARGE_FRAME_CHUNK, Whose};
use rz_llvm as llvm;
use rz_plan::heap;

impl Code<'_, '_> {
    /// The arena of the function.
    ///
    /// # Panics
    /// When the function has none; [`Code::uses_arena`] decides that.
    pub fn arena(&self) -> llvm::Value {
        self.arena.expect("a function that allocates has an arena")
    }

    /// True when a combined derivative needs an arena of its own.
    pub fn uses_arena(&self) -> bool {
        self.plan.uses_arena(self.body)
    }

    /// Makes an arena whose memory outlives the frame, empty.
    pub fn open_arena(&mut self) {
        let ty = self.session.runtime().arena_type();
        let arena = self.b.entry_alloca(ty, 8);
        self.b.store(ty.zero(), arena, 8);
        self.arena = Some(arena);
    }

    /// Makes the arena of a combined derivative: a small tape lies in its frame.
    pub fn open_frame_arena(&mut self) {
        self.open_arena();
        let arena = self.arena();
        let bytes = self.frame_chunk();
        let room = self.session.context.int(8).array(bytes);
        let room = self.b.entry_alloca(room, ALIGN as u32);
        self.b.store(room, arena, 8);
        let end = self.b.ptr_offset(room, bytes as i64);
        let end_at = self.b.ptr_offset(arena, 8);
        self.b.store(end, end_at, 8);
    }

    /// What the frame provides: more for a tape that might not fit the least of it, unless the bytes are counted.
    fn frame_chunk(&self) -> u64 {
        let counted = self.plan.fusions.values().any(|f| f.checkpoint.is_some());
        if counted || heap::is_unneeded(&self.plan, self.body) {
            FRAME_CHUNK
        } else {
            LARGE_FRAME_CHUNK
        }
    }

    /// Remembers what the arena holds, for [`Code::reset_arena`].
    pub fn mark_arena(&mut self) -> llvm::Value {
        let ty = self.session.runtime().arena_type();
        let mark = self.b.entry_alloca(ty, 8);
        let state = self.b.load(ty, self.arena(), 8);
        self.b.store(state, mark, 8);
        mark
    }

    /// Gives back what was allocated since the mark was set.
    pub fn reset_arena(&mut self, mark: llvm::Value) {
        let arena = self.arena();
        self.session.runtime().reset(&self.b, arena, mark);
    }

    /// Returns everything the arena holds.
    pub fn close_arena(&mut self) {
        let arena = self.arena();
        self.session.runtime().close(&self.b, arena);
    }

    /// Memory that lives until the reverse part is done.
    pub fn arena_alloc(&self, bytes: llvm::Value) -> llvm::Value {
        self.session.runtime().alloc(&self.b, self.arena(), bytes)
    }

    /// As [`Code::arena_alloc`], for memory that wants a stricter alignment than the arena's.
    pub fn arena_alloc_aligned(&self, bytes: llvm::Value, align: u32) -> llvm::Value {
        if u64::from(align) <= ALIGN {
            return self.arena_alloc(bytes);
        }
        let align = u64::from(align);
        let more = self.b.add(bytes, self.int(align));
        let memory = self.arena_alloc(more);
        let address = self.b.cast(llvm::CastOp::PtrToInt, memory, self.i64());
        let negated = self.b.sub(self.int(0), address);
        let skip = self
            .b
            .binary(llvm::BinaryOp::And, negated, self.int(align - 1));
        self.b.ptr_add(memory, skip)
    }

    /// Frees `pointer`, from `malloc`, when the reverse part is done.
    pub fn defer_free(&self, whose: Whose, pointer: llvm::Value) {
        let runtime = self.session.runtime();
        let free = runtime.libc_free();
        runtime.defer_free(&self.b, whose, self.arena(), pointer, free);
    }
}
