//! Split derivatives that users call, and the tapes they own.
//!
//! Both parts take the address of the tape as their last parameter. Where it lies is the business
//! of whoever calls them: in a block made by [`EscapingTape::allocate`], or in a user's own memory.
//! The augmented forward fills it, the reverse only reads it, and
//! [`EscapingTape::release`] returns what it refers to.

use crate::runtime::Runtime;
use rz_llvm::{Builder, Function, Value};

/// A split derivative.
#[derive(Clone, Copy, Debug)]
pub struct Escaping {
    /// `augmented(arguments…, tape)` returns `{ result, shadow of the result }`.
    pub augmented: Function,
    /// `reverse(arguments…, seed, tape)` returns the adjoints.
    pub reverse: Function,
    /// What lies between the two.
    pub tape: EscapingTape,
}

/// What is known about a tape when the program is compiled.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct EscapingTape {
    /// Its size; 0 when nothing is stored.
    pub bytes: u64,
    /// It refers to memory of an arena.
    pub has_arena: bool,
}

impl EscapingTape {
    /// Memory for a tape; null when nothing is stored.
    pub fn allocate(self, b: &Builder) -> Value {
        if self.bytes == 0 {
            return b.context().pointer(0).zero();
        }
        let bytes = b.context().int(64).int_const(self.bytes);
        Runtime::new(b.module()).block(b, bytes)
    }

    /// Returns what `tape` refers to, and its own memory when [`EscapingTape::allocate`] made it.
    pub fn release(self, b: &Builder, tape: Value, allocated_here: bool) {
        let runtime = Runtime::new(b.module());
        if self.has_arena {
            runtime.close(b, tape);
        }
        if allocated_here && self.bytes > 0 {
            runtime.free(b, tape);
        }
    }
}
