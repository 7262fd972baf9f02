//! The questions only LLVM can answer, behind one small trait.
//!
//! `rz-import` implements it over LLVM's analyses; tests implement it from recorded answers. Every
//! answer is conservative: [`Alias::May`], "may write" and `None` are always sound.

use crate::body::{Block, Inst, Value};
use crate::module::Func;

/// A memory range: `size` bytes from `ptr`, or an unknown extent on both sides when `None`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Location {
    /// Pointer value.
    pub ptr: Value,
    /// Bytes; `None` means anything around `ptr` in the same object.
    pub size: Option<u64>,
}

/// Which executions of the two accesses are compared.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum When {
    /// Both in the same iteration of every common loop.
    SameIteration,
    /// Possibly in different iterations: no scope or noalias tags, variant pointers unsized.
    Crossing,
}

/// Whether two memory ranges overlap.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Alias {
    /// Never overlap.
    No,
    /// May overlap.
    May,
    /// Same start address, overlap surely.
    Must,
}

/// A loop's exact backedge-taken count as an expression over view values.
///
/// All arithmetic is modulo 2^bits of the node's width. Never a predicated count or an upper bound.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Count {
    /// Constant of so many bits.
    Const {
        /// Value.
        value: u64,
        /// Width.
        bits: u32,
    },
    /// A value of the function (integer, or a pointer taken as an integer).
    Value(Value),
    /// Sum.
    Add(Vec<Count>),
    /// Product.
    Mul(Vec<Count>),
    /// Unsigned quotient.
    UDiv(Box<Count>, Box<Count>),
    /// Unsigned maximum.
    UMax(Vec<Count>),
    /// Signed maximum.
    SMax(Vec<Count>),
    /// Unsigned minimum.
    UMin(Vec<Count>),
    /// Signed minimum.
    SMin(Vec<Count>),
    /// Zero extension to so many bits.
    ZExt(Box<Count>, u32),
    /// Sign extension to so many bits.
    SExt(Box<Count>, u32),
    /// Truncation to so many bits.
    Trunc(Box<Count>, u32),
    /// `start + iteration·step` of the loop with this header (an enclosing loop).
    Affine {
        /// Value in iteration 0.
        start: Box<Count>,
        /// Increment.
        step: Box<Count>,
        /// Header of the loop whose iteration number counts.
        header: Block,
    },
}

/// What an integer is at most and at least: `low`, `low + 1`, … `high - 1`, modulo 2^bits.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Range {
    /// The first one.
    pub low: u64,
    /// The one behind the last.
    pub high: u64,
}

/// Answers from LLVM.
pub trait Facts {
    /// Whether executing `writer` may change memory at `location`.
    fn may_write(&self, func: Func, writer: Inst, location: Location, when: When) -> bool;
    /// Whether executing `reader` may read memory at `location`.
    fn may_read(&self, func: Func, reader: Inst, location: Location, when: When) -> bool;
    /// Whether two ranges overlap.
    fn alias(&self, func: Func, a: Location, b: Location, when: When) -> Alias;
    /// Exact number of times the backedge of the loop at `header` is taken, if known at its entry.
    fn backedge_count(&self, func: Func, header: Block) -> Option<Count>;
    /// `phi = {start, +, step}` of the loop at `header`: its affine form if `value` has one there.
    fn affine(&self, func: Func, value: Value, header: Block) -> Option<(Count, Count)>;
    /// Whether every byte that the load `reader` reads was written before in the same iteration of
    /// the loop at `header`, whichever iteration that is.
    fn written_before(&self, func: Func, reader: Inst, header: Block) -> bool;
    /// Where `writer` writes in one iteration of the loop at `header`, the same in each: a pointer, and from and up to how
    /// many bytes behind it, as expressions to be evaluated before the loop. Only for writers that execute in
    /// each iteration of the loops inside of that one, and if these are entered.
    fn written_range(
        &self,
        func: Func,
        writer: Inst,
        header: Block,
    ) -> Option<(Value, Count, Count)>;
    /// What the integer `value`, the result of an instruction, is wherever it is computed, unless it is poison.
    fn range(&self, func: Func, value: Value) -> Option<Range>;
}

/// Knows nothing: every answer is the conservative one.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoFacts;

impl Facts for NoFacts {
    fn may_write(&self, _: Func, _: Inst, _: Location, _: When) -> bool {
        true
    }
    fn may_read(&self, _: Func, _: Inst, _: Location, _: When) -> bool {
        true
    }
    fn alias(&self, _: Func, _: Location, _: Location, _: When) -> Alias {
        Alias::May
    }
    fn backedge_count(&self, _: Func, _: Block) -> Option<Count> {
        None
    }
    fn affine(&self, _: Func, _: Value, _: Block) -> Option<(Count, Count)> {
        None
    }
    fn written_range(&self, _: Func, _: Inst, _: Block) -> Option<(Value, Count, Count)> {
        None
    }
    fn written_before(&self, _: Func, _: Inst, _: Block) -> bool {
        false
    }
    fn range(&self, _: Func, _: Value) -> Option<Range> {
        None
    }
}
