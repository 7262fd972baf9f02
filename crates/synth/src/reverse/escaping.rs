//! The tape of a derivative whose parts are called from outside, in memory of the caller's.
//!
//! ```text
//! tape ┌ arena (if the derivative needs one) ┬ root slots ┐
//! ```
//!
//! The augmented forward works with an arena of its own frame and leaves it on the tape when it
//! returns, so any number of tapes may exist, and be consumed in any order.

use super::code::Code;
use crate::Session;
use crate::escaping::EscapingTape;
use crate::signature::Form;
use rz_llvm as llvm;
use rz_plan::Plan;
use std::rc::Rc;

/// The tape of `plan`.
pub(crate) fn escaping_tape(session: &mut Session<'_>, plan: &Rc<Plan>) -> EscapingTape {
    let code = Code::new(session, plan, Form::EscapingAugmented);
    let has_arena = code.uses_arena();
    EscapingTape {
        bytes: code.header_bytes() + code.root_bytes(),
        has_arena,
    }
}

impl Code<'_, '_> {
    fn header_bytes(&self) -> u64 {
        if !self.uses_arena() {
            return 0;
        }
        let ty = self.session.runtime().arena_type();
        self.session.llvm.alloc_size(ty)
    }

    fn root_bytes(&self) -> u64 {
        if self.plan.slots_of(None).next().is_none() {
            return 0;
        }
        self.session.llvm.alloc_size(self.root_type())
    }

    /// Prepares the tape and an empty arena at the start of the augmented forward.
    pub(super) fn open_escaping(&mut self) {
        if self.uses_arena() {
            self.open_arena();
        }
        let tape = self.escaping_param();
        self.open_escaping_root(tape);
    }

    fn escaping_param(&self) -> llvm::Value {
        self.function.param(self.function.param_count() - 1)
    }

    /// The root slots lie behind the arena. The tape may lie at any address.
    pub(super) fn open_escaping_root(&mut self, tape: llvm::Value) {
        if self.root_bytes() > 0 {
            let slots = self.b.ptr_offset(tape, self.header_bytes() as i64);
            self.open_root(Some((slots, 1)));
        }
    }

    /// Leaves the arena on the tape at the end of the augmented forward.
    pub(super) fn hand_over_arena(&mut self) {
        let bytes = self.int(self.header_bytes());
        let tape = self.escaping_param();
        self.b.memcpy(tape, 1, self.arena(), 8, bytes);
    }
}
