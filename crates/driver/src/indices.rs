//! Indices are computed as wide as addresses.
//!
//! ```text
//! %a = sub nsw i32 %j, 1                          %j' = sext i32 %j to i64
//! %b = add nsw i32 %row, %a               →       %a = sub nsw i64 %j', 1
//! %c = sext i32 %b to i64                         %b = add nsw i64 (sext %row), %a
//! %p = getelementptr double, ptr %u, i64 %c       %p = getelementptr double, ptr %u, i64 %b
//! ```
//!
//! An `int` that overflows is an error of the program, and `nsw` says so. Simplification puts sums in another order, `row + j`
//! first, and then nobody knows that they do not overflow: whether `u[row + j - 1]` lies before `u[row + j]` is no longer
//! known, and no step that is about neighbours ([`crate::carry`], [`crate::apart`]) can do anything. Sums as wide as addresses
//! lose nothing, in whatever order they are computed.
//!
//! # Why this is legal
//!
//! A sum, difference or product with `nsw` is poison where it overflows. Else the extended result is that of the extended
//! operands, which does not overflow either. Only what is used once is rewritten, in held clones only.

use rz_llvm::{BinaryOp, Builder, Function, Opcode, Type, Value};

/// Widens the indices that `clone` computes addresses from.
pub(crate) fn widen(clone: Function) {
    let wide = clone.context().int(64);
    let b = Builder::new(clone.context());
    let mut extended = clone.instructions();
    extended.retain(|inst| inst.opcode() == Some(Opcode::SExt) && inst.ty() == wide);
    for index in extended {
        let narrow = index.operand(0);
        if arithmetic(narrow).is_some() && index.users().into_iter().all(is_address) {
            b.position_before(index);
            b.set_debug_loc(index.debug_loc());
            index.replace_all_uses(widened(&b, narrow, wide));
            index.erase();
            erase(narrow);
        }
    }
}

fn is_address(user: Value) -> bool {
    user.opcode() == Some(Opcode::Gep)
}

/// What `value` is made with, if it is a sum, difference or product that does not overflow and that has one user.
fn arithmetic(value: Value) -> Option<BinaryOp> {
    let op = match value.opcode()? {
        Opcode::Add => BinaryOp::Add,
        Opcode::Sub => BinaryOp::Sub,
        Opcode::Mul => BinaryOp::Mul,
        _ => return None,
    };
    (value.has_no_signed_wrap() && value.users().len() == 1).then_some(op)
}

/// `narrow` in the type `wide`.
fn widened(b: &Builder, narrow: Value, wide: Type) -> Value {
    let Some(op) = arithmetic(narrow) else {
        return b.int_cast(narrow, wide, true);
    };
    let [one, other] = [0, 1].map(|index| widened(b, narrow.operand(index), wide));
    let result = b.binary(op, one, other);
    result.set_no_signed_wrap();
    result
}

/// Erases `narrow`, which nothing uses any more, and what only it was computed from.
fn erase(narrow: Value) {
    let mut work = vec![narrow];
    while let Some(value) = work.pop() {
        let mut operands = vec![value.operand(0), value.operand(1)];
        operands.dedup();
        value.erase();
        let unused = |operand: &Value| {
            let op = operand.opcode();
            !operand.has_uses() && matches!(op, Some(Opcode::Add | Opcode::Sub | Opcode::Mul))
        };
        work.extend(operands.into_iter().filter(unused));
    }
}
