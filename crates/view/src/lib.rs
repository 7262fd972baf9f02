//! Read-only arena view of an LLVM module.
//!
//! Analyses and the planner never walk LLVM pointers: `rz-import` copies each prepared function
//! once into a [`Body`], where every entity is a typed `u32` id. Ids are plain data, so facts are
//! dense arrays indexed by them, results print as they appear in the text form, and nothing here
//! can dangle. The view is never mutated after import.
//!
//! This crate knows nothing about LLVM, derivatives or activity.
//!
//! * [`types`]: interned types with the sizes and offsets the data layout gave them.
//! * [`module`]: functions, globals and what is declared about them.
//! * [`body`]: values, instructions, blocks of one function.
//! * [`op`]: every opcode, by name.
//! * [`constant`]: constants, summarized (a megabyte table is one entry).
//! * [`facts`]: the questions only LLVM can answer, as a trait.
//! * [`mod@cfg`], [`dom`], [`loops`]: control-flow structure computed from a body.
//! * [`ordered`]: maps with a fixed order of iteration.
//! * [`text`]: the text form, printed and parsed.

pub mod body;
pub mod cfg;
pub mod constant;
pub mod dom;
pub mod facts;
pub mod loops;
pub mod module;
pub mod op;
pub mod ordered;
pub mod text;
pub mod types;

pub use body::{Block, BlockData, Body, Inst, InstData, Loc, Value, ValueData, ValueDef};
pub use cfg::Cfg;
pub use constant::Constant;
pub use dom::Dominators;
pub use facts::{Alias, Count, Facts, Location, Range, When};
pub use loops::{Loop, LoopData, LoopForest};
pub use module::{Func, FuncData, Global, GlobalData, Module};
pub use op::{Callee, Nature, Op};
pub use types::{FloatKind, Type, TypeKind, TypeTable};
