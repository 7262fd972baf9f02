//! The text form of a module: printed by [`Display`](std::fmt::Display) of [`Module`](crate::Module), read by [`parse()`].
//!
//! Invariant: `parse(&module.to_string())` is the same module with the same ids, so facts recorded
//! by id stay valid and a recorded body replays without LLVM.
//!
//! One line an instruction, all in one shape:
//! `result = mnemonic(what is not a value) type operands !annotations`.
//!
//! ```text
//! types void, double, i1, i64, ptr
//! declare @llvm.sin.f64(double) -> double intrinsic "llvm.sin" effects none nounwind
//!
//! func @f(v0: double, v1: ptr noalias) -> double {
//!   const v2 = double 2.0
//! block0:
//!   v3 = fmul double v0, v2 !fast 127
//!   v4 = call(@llvm.sin.f64, effects none) double v3
//!   store(align 8) v4, v1 !tbaa [0 "double" 0] !loc "f.c":3:7
//!   ret v4
//! }
//! ```
//!
//! Text written by hand may leave out the `types` line (types are then interned in order of first
//! use, laid out as on x86-64) and may write a constant where it is used: `fmul double v0, (double 2.0)`.
//! A type is spelled out when its layout is the usual one, else it is named `tyN`.

mod consts;
mod draft;
mod lex;
mod names;
mod ops;
mod parse;
mod print;
mod types;

pub use parse::parse;

/// Why a text is not a module.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ParseError {
    /// Line, from 1.
    pub line: u32,
    /// What is wrong there.
    pub message: String,
}

impl std::fmt::Display for ParseError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "line {}: {}", self.line, self.message)
    }
}

impl std::error::Error for ParseError {}
