//! A request on one of several functions: `__enzyme_autodiff(c ? f : g, x)`.
//!
//! The request is repeated once for each function under a comparison of the function operand, and
//! the results are joined.
//!
//! ```text
//! %r = call double @__enzyme_autodiff(ptr %fg, double %x)
//! →  %is = icmp eq ptr %fg, @f
//!    br i1 %is, label %one, label %other      ; each calls with a constant function
//!    %r = phi double …
//! ```

use crate::locate::Site;
use crate::sweep::invoke_to_call;
use rz_llvm::{Block, Builder, Function, IntPredicate, Opcode, TypeKind, Value};

/// Splits the request at `site` into one for each of `targets`.
pub(crate) fn split(site: Site, targets: &[Function]) {
    let call = if site.call.opcode() == Some(Opcode::Invoke) {
        invoke_to_call(site.call)
    } else {
        site.call
    };
    let index = site.function_operand();
    let operand = call.operand(index);
    let constant = |target: Function| -> Value {
        if operand.ty().kind() == TypeKind::Int {
            target.value().const_ptr_to_int(operand.ty())
        } else {
            target.value()
        }
    };
    let Some((&last, others)) = targets.split_last() else {
        return;
    };
    let mut arms: Vec<(Value, Block)> = Vec::new();
    let head = call.block();
    let tail = Block::split_before(call, "request.last");
    let join = Block::split_before(call.next().unwrap_or(call), "request.join");
    let mut from = head;
    for &target in others {
        let builder = Builder::new(call.context());
        if let Some(branch) = from.terminator() {
            branch.erase();
        }
        builder.position_at_end(from);
        let is = builder.icmp(IntPredicate::Eq, operand, constant(target));
        let arm = tail.insert_before("request.one");
        let next = if Some(&target) == others.last() {
            tail
        } else {
            tail.insert_before("request.next")
        };
        builder.cond_br(is, arm, next);
        builder.position_at_end(arm);
        let copy = call.clone_instruction();
        builder.insert(copy);
        copy.set_operand(index, constant(target));
        builder.br(join);
        arms.push((copy, arm));
        from = next;
    }
    call.set_operand(index, constant(last));
    if !call.ty().is_void() && call.has_uses() {
        let builder = Builder::new(call.context());
        builder.position_at_start(join);
        let phi = builder.phi(call.ty());
        call.replace_all_uses(phi);
        for (value, block) in arms {
            phi.add_incoming(value, block);
        }
        phi.add_incoming(call, tail);
    }
}
