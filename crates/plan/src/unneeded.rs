//! Stores of results that the caller said it does not need.
//!
//! ```text
//! void f(const double *x, double *y) { *y = *x * *x; }      ; y is dupnoneed: the store is left out
//! ```
//!
//! What is read again, here or in a callee, is stored all the same: `y` may be scratch memory, or `x` itself.

use crate::context::Context;
use crate::request::{ArgActivity, Mode};
use rz_view::op::Access;
use rz_view::{Inst, InstData, Location, Op, Value, ValueDef};

/// The stores that a combined derivative leaves out.
pub fn stores(cx: &Context<'_>) -> Vec<Inst> {
    if cx.key.mode != Mode::Combined || !cx.key.args.contains(&ArgActivity::DupNoNeed) {
        return Vec::new();
    }
    let insts = cx.body.insts.iter();
    let dispensable = |(inst, data): (Inst, &InstData)| match data.op {
        Op::Store(access) => is_unneeded(cx, inst, access, &data.operands).then_some(inst),
        _ => None,
    };
    insts.filter_map(dispensable).collect()
}

fn is_unneeded(cx: &Context<'_>, store: Inst, access: Access, operands: &[Value]) -> bool {
    let [value, ptr] = *operands else {
        return false;
    };
    let types = &cx.module.types;
    let ty = cx.body.ty(value);
    let mut pointers = false;
    types.leaves(ty, 0, &mut |_, leaf| pointers |= types.is_pointer(leaf));
    let size = Some(types.store_size(ty));
    cx.shape.cfg.is_reachable(cx.body.insts[store].block)
        && !(access.volatile || access.atomic || pointers)
        && is_given(cx, ptr)
        && !cx.memory.read_later(store, Location { ptr, size })
}

/// True when `ptr` points into the memory itself that an argument without need points to.
fn is_given(cx: &Context<'_>, mut ptr: Value) -> bool {
    loop {
        match cx.body.values[ptr].def {
            ValueDef::Param(index) => {
                return cx.key.args[index as usize] == ArgActivity::DupNoNeed;
            }
            ValueDef::Inst(inst) if matches!(cx.body.insts[inst].op, Op::Gep(_)) => {
                ptr = cx.body.insts[inst].operands[0];
            }
            _ => return false,
        }
    }
}
