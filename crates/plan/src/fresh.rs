//! Memory that was just allocated.
//!
//! ```text
//! %p = call ptr @malloc(i64 %n)
//! call void @llvm.memset(ptr %p, i8 0, i64 %n)      ; is_first_use: nothing to reverse
//! ```

use crate::context::Context;
use rz_rules::known::{Arena, Class};
use rz_view::{Callee, Inst, Op, Value};

/// True when `ptr` points into the result of an allocation in the block of `inst`, and nothing between
/// the two uses that memory but comparisons of its address and other fills.
pub fn is_first_use(cx: &Context<'_>, inst: Inst, ptr: Value) -> bool {
    let Some(allocation) = allocation_of(cx, ptr) else {
        return false;
    };
    let block = cx.body.insts[inst].block;
    if cx.body.insts[allocation].block != block || !allocates(cx, allocation) {
        return false;
    }
    let insts = &cx.body.blocks[block].insts;
    let between = insts
        .iter()
        .skip_while(|&&i| i != allocation)
        .skip(1)
        .take_while(|&&i| i != inst);
    let mut pointers: Vec<Value> = cx.body.insts[allocation].result.into_iter().collect();
    for &other in between {
        let data = &cx.body.insts[other];
        if !data.operands.iter().any(|v| pointers.contains(v)) {
            continue;
        }
        match data.op {
            Op::Gep(_) => pointers.extend(data.result),
            _ if only_looks(cx, other) => {}
            _ => return false,
        }
    }
    true
}

/// The instruction whose result `ptr` is a field of.
fn allocation_of(cx: &Context<'_>, mut ptr: Value) -> Option<Inst> {
    loop {
        let inst = cx.body.def(ptr)?;
        match cx.body.insts[inst].op {
            Op::Gep(_) => ptr = cx.body.insts[inst].operands[0],
            _ => return Some(inst),
        }
    }
}

fn allocates(cx: &Context<'_>, inst: Inst) -> bool {
    matches!(cx.body.insts[inst].op, Op::Alloca { .. })
        || matches!(
            known(cx, inst),
            Some(Class::Alloc(_) | Class::Arena(Arena::Alloc))
        )
}

/// Uses the address, or overwrites the memory with inactive bytes.
fn only_looks(cx: &Context<'_>, inst: Inst) -> bool {
    matches!(cx.body.insts[inst].op, Op::ICmp(_))
        || stores_zero(cx, inst)
        || matches!(
            known(cx, inst),
            Some(Class::Lifetime { .. } | Class::Set { .. })
        )
}

/// True when zero is stored: a null pointer, or a number without influence.
pub fn stores_zero(cx: &Context<'_>, inst: Inst) -> bool {
    let data = &cx.body.insts[inst];
    matches!(data.op, Op::Store(_)) && cx.body.const_int(data.operands[0]) == Some(0)
}

fn known(cx: &Context<'_>, inst: Inst) -> Option<Class> {
    let Callee::Direct(func) = cx.body.insts[inst].op.call()?.callee else {
        return None;
    };
    crate::calls::known_function(cx, inst, func).map(|known| known.class)
}
