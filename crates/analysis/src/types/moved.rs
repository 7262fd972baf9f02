//! Words that a program copies byte by byte and converts: numbers, or the bits of numbers?
//!
//! ```text
//! long n;  memcpy(&n, p, 8);  … (double)n …      a count in a message, or the logarithm of *(double *)p
//! ```
//!
//! A conversion alone says that its operand is an integer. Not where the word was copied so: that is how programs
//! look at the bits of what has another type.

use super::query::FuncTypes;
use rz_view::op::{BinaryOp, CastOp};
use rz_view::{InstData, Op, Value};

/// What loads are tagged with that copies of one word have become.
pub const MOVED: &str = "ribozyme moved";
/// What copies of letters are tagged with: of all bytes there may be beside each other in memory, letters.
pub const TEXT: &str = "ribozyme text";

impl FuncTypes<'_> {
    /// A word from a copy of which nothing is known but that it is converted to a float.
    pub fn only_converted(&self, value: Value) -> bool {
        let body = self.state.body;
        let copied = |data: &InstData| {
            matches!(data.op, Op::Load(_)) && data.tbaa.iter().any(|entry| entry.name == MOVED)
        };
        self.is_word(value)
            && body
                .def(value)
                .is_some_and(|inst| copied(&body.insts[inst]))
            && !self.is_told(value)
            && !self.is_number(value)
            && self.is_only_converted(value, 6)
    }

    /// All uses are conversions, of bits cut out of it perhaps.
    fn is_only_converted(&self, value: Value, depth: u32) -> bool {
        let uses = |data: &&InstData| data.operands.contains(&value);
        let mut users = self.state.body.insts.values().filter(uses);
        let on = |data: &InstData| {
            let result = data.result.filter(|_| depth > 0);
            result.is_some_and(|result| self.is_only_converted(result, depth - 1))
        };
        users.all(|data| match data.op {
            Op::Cast(CastOp::SiToFp | CastOp::UiToFp) => true,
            Op::Cast(CastOp::ZExt | CastOp::SExt | CastOp::Trunc) | Op::Freeze => on(data),
            Op::Binary(op) => {
                cuts_bits(op) && self.state.body.constant(data.operands[1]).is_some() && on(data)
            }
            _ => false,
        })
    }
}

/// What programs do to a word to have some of its bits.
fn cuts_bits(op: BinaryOp) -> bool {
    use BinaryOp::{AShr, Add, And, LShr, Or, Shl, Sub, Xor};
    matches!(op, And | Or | Xor | Add | Sub | Shl | LShr | AShr)
}
