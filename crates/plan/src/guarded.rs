//! Arithmetic that was computed before it was known whether it is wanted.
//!
//! ```text
//! r > 0 ? x / r : 0        ; written: the quotient exists where r > 0
//! q = x / r; select(r > 0, q, 0)        ; optimized: it exists everywhere
//! ```
//!
//! Where the other arm is chosen the adjoint of the quotient is zero, but its partial derivatives may be infinite,
//! and their product is not a number. What reaches nothing but choices is undone so that a zero adjoint stays zero.
//! Sums and products with numbers from elsewhere need no care: their partial derivatives are finite.

use crate::calls::CallKind;
use crate::context::Context;
use crate::work::Work;
use cranelift_entity::SecondaryMap;
use rustc_hash::FxHashSet;
use rz_view::op::BinaryOp;
use rz_view::{Block, Inst, Op, Value};

/// The instructions whose zero adjoints must stay zero.
pub fn choose(cx: &Context<'_>, work: &Work) -> FxHashSet<Inst> {
    let mut found = FxHashSet::default();
    if !has_risks(cx, work) {
        return found;
    }
    let inside = speculated(cx, work);
    let mut infinite: SecondaryMap<Inst, bool> = SecondaryMap::new();
    for &block in cx.shape.cfg.rpo() {
        for &inst in &cx.body.blocks[block].insts {
            let data = &cx.body.insts[inst];
            let from = |v: &Value| cx.body.def(*v).is_some_and(|def| infinite[def]);
            infinite[inst] =
                inside[inst] && (is_risky(cx, work, inst) || data.operands.iter().any(from));
            if infinite[inst] && !is_linear(cx, inst) {
                found.insert(inst);
            }
        }
    }
    found
}

fn has_risks(cx: &Context<'_>, work: &Work) -> bool {
    let chooses = |(inst, data): (Inst, &rz_view::InstData)| {
        work.reverses[inst] && matches!(data.op, Op::Select | Op::Phi { .. })
    };
    cx.body.insts.iter().any(chooses) && cx.body.insts.keys().any(|i| is_risky(cx, work, i))
}

/// Arithmetic whose adjoint comes from choices only.
fn speculated(cx: &Context<'_>, work: &Work) -> SecondaryMap<Inst, bool> {
    let uses = cx.uses();
    let mut inside: SecondaryMap<Inst, bool> = SecondaryMap::new();
    for &block in cx.shape.cfg.rpo().iter().rev() {
        for &inst in cx.body.blocks[block].insts.iter().rev() {
            let Some(result) = is_arithmetic(cx, work, inst) else {
                continue;
            };
            let mut active = uses[result].iter().filter(|(user, _)| work.reverses[*user]);
            let chosen = |&(user, operand): &(Inst, u32)| match cx.body.insts[user].op {
                Op::Select => operand > 0,
                Op::Phi { .. } => is_merge(cx, block, user),
                _ => inside[user],
            };
            let first = active.next();
            inside[inst] = first.is_some_and(chosen) && active.all(chosen);
        }
    }
    inside
}

/// Partial derivatives are constants.
fn is_linear(cx: &Context<'_>, inst: Inst) -> bool {
    let data = &cx.body.insts[inst];
    let constant = |at: usize| cx.body.constant(data.operands[at]).is_some();
    match data.op {
        Op::FNeg | Op::Cast(_) | Op::Binary(BinaryOp::FAdd | BinaryOp::FSub) => true,
        Op::Binary(BinaryOp::FMul) => constant(0) || constant(1),
        Op::Binary(BinaryOp::FDiv) => constant(1),
        _ => false,
    }
}

/// The result of arithmetic that has an adjoint.
fn is_arithmetic(cx: &Context<'_>, work: &Work, inst: Inst) -> Option<Value> {
    let data = &cx.body.insts[inst];
    let plain = match &data.op {
        Op::Binary(_) | Op::FNeg | Op::Cast(_) => true,
        Op::Call(_) => rule_of(work, inst).is_some(),
        _ => false,
    };
    data.result.filter(|_| plain && work.reverses[inst])
}

/// True when `phi` joins ways of which `block`, where control divides, knows not which is taken.
fn is_merge(cx: &Context<'_>, block: Block, phi: Inst) -> bool {
    let data = &cx.body.insts[phi];
    let header = |id| cx.shape.loops.get(id).header == data.block;
    data.operands.len() > 1
        && cx.shape.cfg.succs(block).len() > 1
        && !cx.shape.home(data.block).is_some_and(header)
}

/// True when a partial derivative may be infinite although the arithmetic was never meant to run.
fn is_risky(cx: &Context<'_>, work: &Work, inst: Inst) -> bool {
    let data = &cx.body.insts[inst];
    match data.op {
        Op::Binary(BinaryOp::FDiv | BinaryOp::FRem) => {
            work.reverses[inst] && cx.body.constant(data.operands[1]).is_none()
        }
        Op::Call(_) => rule_of(work, inst).is_some_and(|rule| {
            let kinds = ["min", "max", "fabs", "copysign", "fma", "fmuladd"];
            let bounded = ["sin", "cos", "tanh", "atan", "erf", "erfc"];
            let name = rule.name();
            !(bounded.contains(&name) || kinds.iter().any(|kind| name.contains(kind)))
        }),
        _ => false,
    }
}

fn rule_of(work: &Work, inst: Inst) -> Option<&'static rz_rules::Rule> {
    match work.calls.get(&inst) {
        Some(CallKind::Rule(rule)) if rule.is_plain() => Some(rule),
        _ => None,
    }
}
