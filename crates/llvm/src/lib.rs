//! Safe handles over LLVM's C API and the C++ shim; the only home of `unsafe` code.
//!
//! # Invariants
//! * Handles ([`Module`], [`Function`], [`Block`], [`Value`], [`Type`], [`Metadata`], …) are plain
//!   copyable pointers. A handle must not be used after what it names was erased, and nothing may be used after its
//!   [`OwnedContext`] is gone. Within the pass this holds by construction: functions are never erased while a plan
//!   refers to them.
//! * A builder method is given operands of the types LLVM's language reference demands. LLVM's release
//!   builds do not check this; [`Function::verify`] does, and every function we write is verified.
//! * Enumerations that LLVM returns arrive as numbers and are translated here, so that a newer LLVM
//!   cannot produce an invalid Rust value.
//! * Everything here translates; nothing decides.
//!
//! # Linking
//! LLVM's symbols stay undefined in this library and are resolved by the host tool. A crate whose tests or
//! binaries need LLVM says so in its own `build.rs`:
//! ```ignore
//! println!("cargo:rustc-link-arg-tests=-L{libdir}"); // of llvm-config-22 --libdir
//! println!("cargo:rustc-link-arg-tests=-lLLVM-22");
//! ```
//! and sets `[lib] test = false, doctest = false`.
//!
//! # Example
//! ```ignore
//! let builder = Builder::new(module.context());
//! builder.position_at_end(block);
//! let product = builder.fmul(x, y);
//! builder.ret(Some(product));
//! ```
#![allow(unsafe_code)]
// Handles are copies: a method that returns another handle of its own type is a query, not a new version.
#![allow(clippy::return_self_not_must_use)]

/// Calls LLVM or the shim.
macro_rules! ffi {
    ($call:expr) => {{
        // SAFETY: handles are live and of the kind the callee expects; see the crate's invariants.
        unsafe { $call }
    }};
}

mod alike;
mod attribute;
mod block;
mod builder;
mod builder_memory;
mod call;
mod cloning;
mod constant;
mod context;
mod debug;
mod ends;
mod function;
mod global;
mod hold;
mod instruction;
mod metadata;
mod module;
mod opcode;
mod oracle;
mod pipeline;
pub mod plugin;
mod shim;
mod stack;
mod text;
mod types;
mod value;

pub use attribute::{Attribute, Place};
pub use block::Block;
pub use builder::{Builder, FloatPredicate, IntPredicate};
pub use call::{MemoryEffects, ReadWrite};
pub use cloning::{CloneChanges, ValueMap};
pub use context::{Context, OwnedContext};
pub use debug::DebugLoc;
pub use ends::End;
pub use function::Function;
pub use global::{Global, Linkage};
pub use metadata::{Metadata, MetadataClass};
pub use module::{Module, OwnedModule};
pub use opcode::{BinaryOp, CastOp, Opcode, RmwOp};
pub use oracle::{AliasOracle, Expr, Extent, Library, Overlap};
pub use pipeline::{Analyses, OwnedAnalyses, Pipeline};
pub use stack::with_deep_stack;
pub use types::{Type, TypeKind};
pub use value::{Value, ValueKind};
