//! Reverse mode: writes plans as combined, augmented-forward and reverse functions.
//!
//! The forward part is a clone of the primal with shadows, slot writes and loop counters added
//! ([`forward`](self::sweep)); the reverse part mirrors its control flow block by block
//! ([`back`]). Adjoints of SSA values, iteration numbers and root slots live in entry-block
//! allocas, which the cleanup pipeline turns into SSA form. Loops that the plan fuses are cut out of the
//! forward part and run in the reverse part ([`replay`]); loops that run again are copied to it ([`again`]).
//!
//! ```text
//! combined          augmented            reverse
//!   clone + slots     clone + slots        R(exit)
//!   R(exit)           ret {tape, r, r'}    …
//!   …                                      R(entry)
//!   R(entry)                               ret adjoints
//!   ret adjoints
//! ```
//!
//! Nothing here decides: every choice is read from the [`Plan`](rz_plan::Plan).

mod adjoint;
mod again;
mod arena;
mod back;
mod calls;
mod checkpoint;
pub(crate) mod code;
mod count;
mod escaping;
mod handover;
mod insts;
mod integers;
mod lanes;
mod lookup;
mod masked;
mod memory;
mod release;
mod replay;
mod shadows;
mod sweep;
mod table;
mod tape;
mod travel;
mod write;

pub(crate) use escaping::escaping_tape;
pub use write::{augmented, combined, reverse};
