//! Float equality compares, hidden while optimizers run: they replace `x` by `c` under `x == c`, which is right for
//! the value and wrong for the derivative.

use crate::opaque::opaque_function;
use crate::values::callee;
use rz_llvm::{Builder, FloatPredicate, Function, Module, Opcode, Type, Value};

/// Prefix of the functions that stand for float equality compares.
pub(crate) const COMPARE: &str = "rz.held.fcmp.";

/// `oeq`, `one`, `ueq`, `une`: the compares that tell optimizers that two floats are equal.
fn is_equality(predicate: u32) -> bool {
    matches!(predicate, 1 | 6 | 9 | 14)
}

/// Makes compares that tell that floats are equal opaque, until [`show_compares`].
pub(crate) fn hide_compares(clone: Function) {
    let builder = Builder::new(clone.context());
    for inst in clone.instructions() {
        if inst.opcode() != Some(Opcode::FCmp) || !is_equality(inst.fcmp_predicate()) {
            continue;
        }
        let function = compare_function(
            clone.module(),
            inst.fcmp_predicate(),
            inst.fast_math(),
            inst.operand(0).ty(),
            inst.ty(),
        );
        builder.position_before(inst);
        builder.set_debug_loc(inst.debug_loc());
        let call = builder.call(function, &[inst.operand(0), inst.operand(1)]);
        inst.replace_all_uses(call);
        inst.erase();
    }
}

/// True when compares are hidden in `clone`.
pub(crate) fn hides(clone: Function) -> bool {
    let hidden = |call: Value| {
        let name = (call.opcode() == Some(Opcode::Call))
            .then(|| callee(call))
            .flatten();
        name.is_some_and(|callee| callee.name().starts_with(COMPARE))
    };
    clone.instructions().into_iter().any(hidden)
}

fn compare_function(module: Module, predicate: u32, fast: u8, ty: Type, result: Type) -> Function {
    let name = format!("{COMPARE}{predicate}.{fast}.{ty}");
    opaque_function(module, &name, result.function(&[ty, ty], false))
}

/// Puts the compares back.
pub(crate) fn show_compares(function: Function) {
    let builder = Builder::new(function.context());
    for call in function.instructions() {
        if call.opcode() != Some(Opcode::Call) {
            continue;
        }
        let Some(name) = callee(call).map(Function::name) else {
            continue;
        };
        let Some(rest) = name.strip_prefix(COMPARE) else {
            continue;
        };
        let mut parts = rest.splitn(3, '.');
        let number = |part: Option<&str>| part.and_then(|text| text.parse::<u8>().ok());
        let (Some(predicate), Some(fast)) = (number(parts.next()), number(parts.next())) else {
            continue;
        };
        builder.position_before(call);
        builder.set_debug_loc(call.debug_loc());
        let compare = builder.fcmp(FloatPredicate(predicate), call.operand(0), call.operand(1));
        // Constant operands fold to a constant, which has no flags.
        if compare.is_instruction() {
            compare.set_fast_math(fast);
        }
        call.replace_all_uses(compare);
        call.erase();
    }
}
