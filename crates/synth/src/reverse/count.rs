//! Evaluating trip counts and affine values.

use super::code::Code;
use rz_llvm as llvm;
use rz_view::{Block, Count};

/// Evaluates `count`; `value` provides its leaves, `iteration` the iteration number (64 bits) of
/// the loop with a header.
pub(super) fn evaluate<'s, 'a>(
    code: &mut Code<'s, 'a>,
    count: &Count,
    value: &mut dyn FnMut(&mut Code<'s, 'a>, rz_view::Value) -> llvm::Value,
    iteration: &mut dyn FnMut(&mut Code<'s, 'a>, Block) -> llvm::Value,
) -> llvm::Value {
    use llvm::IntPredicate as P;
    let mut of = |code: &mut Code<'s, 'a>, c: &Count| evaluate(code, c, value, iteration);
    match count {
        Count::Const { value, bits } => code.session.context.int(*bits).int_const(*value),
        Count::Value(leaf) => {
            let v = value(code, *leaf);
            if v.ty().is_pointer() {
                let int = code.i64();
                code.b.cast(llvm::CastOp::PtrToInt, v, int)
            } else {
                v
            }
        }
        Count::Add(list) => fold(code, list, &mut of, |c, a, b| c.b.add(a, b)),
        Count::Mul(list) => fold(code, list, &mut of, |c, a, b| c.b.mul(a, b)),
        Count::UMax(list) => fold(code, list, &mut of, |c, a, b| pick(c, P::Ugt, a, b)),
        Count::SMax(list) => fold(code, list, &mut of, |c, a, b| pick(c, P::Sgt, a, b)),
        Count::UMin(list) => fold(code, list, &mut of, |c, a, b| pick(c, P::Ult, a, b)),
        Count::SMin(list) => fold(code, list, &mut of, |c, a, b| pick(c, P::Slt, a, b)),
        Count::UDiv(a, b) => {
            let (a, b) = (of(code, a), of(code, b));
            code.b.binary(llvm::BinaryOp::UDiv, a, b)
        }
        Count::ZExt(a, bits) => {
            let a = of(code, a);
            let ty = code.session.context.int(*bits);
            code.b.int_cast(a, ty, false)
        }
        Count::SExt(a, bits) => {
            let a = of(code, a);
            let ty = code.session.context.int(*bits);
            code.b.int_cast(a, ty, true)
        }
        Count::Trunc(a, bits) => {
            let a = of(code, a);
            let ty = code.session.context.int(*bits);
            code.b.int_cast(a, ty, false)
        }
        Count::Affine {
            start,
            step,
            header,
        } => {
            let (start, step) = (of(code, start), of(code, step));
            let n = iteration(code, *header);
            let n = code.b.int_cast(n, step.ty(), false);
            let moved = code.b.mul(n, step);
            code.b.add(start, moved)
        }
    }
}

fn fold<'s, 'a>(
    code: &mut Code<'s, 'a>,
    list: &[Count],
    of: &mut dyn FnMut(&mut Code<'s, 'a>, &Count) -> llvm::Value,
    with: impl Fn(&Code<'s, 'a>, llvm::Value, llvm::Value) -> llvm::Value,
) -> llvm::Value {
    let mut values = list.iter();
    let first = values.next().expect("SCEV never makes empty sums");
    let mut result = of(code, first);
    for next in values {
        let next = of(code, next);
        result = with(code, result, next);
    }
    result
}

fn pick(
    code: &Code<'_, '_>,
    predicate: llvm::IntPredicate,
    a: llvm::Value,
    b: llvm::Value,
) -> llvm::Value {
    let first = code.b.icmp(predicate, a, b);
    code.b.select(first, a, b)
}
