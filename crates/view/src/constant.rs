//! Constants, summarized: what analyses need to know, never the bytes of a large table.

use crate::body::Value;
use crate::module::{Func, Global};

/// A constant operand.
#[derive(Clone, PartialEq, Debug)]
pub enum Constant {
    /// Integer of at most 128 bits, zero-extended.
    Int(u128),
    /// Integer wider than 128 bits.
    WideInt,
    /// Float, as the bits of its format (zero-extended).
    Float(u128),
    /// Null pointer.
    Null,
    /// `zeroinitializer` of an aggregate or vector.
    Zero,
    /// `undef`.
    Undef,
    /// `poison`.
    Poison,
    /// `none` token.
    None,
    /// The address of a global variable (aliases are resolved to their aliasee).
    Global(Global),
    /// The address of a function.
    Func(Func),
    /// Vector, array or struct with these elements (used when there are at most 64 of them).
    Aggregate(Vec<Value>),
    /// Vector whose lanes are all this constant.
    Splat(Value),
    /// Integer or float data too large to list.
    Data,
    /// `base` plus a constant byte offset (a constant `getelementptr`).
    Offset {
        /// Pointer constant.
        base: Value,
        /// Byte offset.
        offset: i64,
    },
    /// Address of a block.
    BlockAddress(Func),
    /// Any other constant expression: LLVM's opcode name and its constant operands.
    Expr {
        /// Opcode name as in LLVM's text form, such as `ptrtoint`.
        op: &'static str,
        /// Operands.
        operands: Vec<Value>,
    },
    /// Metadata operand; the text when it is a string.
    Metadata(Option<String>),
    /// Inline assembly used as a value.
    Asm,
    /// A constant kind the view does not know, by its printed form.
    Opaque(String),
}

impl Constant {
    /// True when the value carries no information (`undef` or `poison`).
    pub fn is_undefined(&self) -> bool {
        matches!(self, Self::Undef | Self::Poison)
    }
}
