//! Loops whose reverse is skipped when nothing depends on their results after all.
//!
//! ```text
//! for j { d = 0; for c { d += (p[c] - x[j][c])²  }  least = min(least, d) }
//! ```
//!
//! Only the nearest j has an adjoint other than zero. The reverse of a loop that writes nothing active is
//! linear in the adjoints of its results: where these are zero so is everything that it would add, and it
//! is stepped over. Asked for are loops with a result that is one of several to choose from.
//!
//! Partial derivatives that are infinite do not turn the zero into something that is not a number then.

use crate::calls::CallKind;
use crate::context::Context;
use crate::shape::Reversal;
use crate::work::Work;
use cranelift_entity::SecondaryMap;
use rz_view::ordered::IndexMap;
use rz_view::{Inst, Loop, LoopData, Op, Value};

/// The loops to step over, each with the values whose adjoints must be zero for that.
pub fn choose(cx: &Context<'_>, work: &Work, reversal: &Reversal) -> IndexMap<Loop, Vec<Value>> {
    let mut found = IndexMap::default();
    let uses = cx.body.uses();
    for (id, data) in cx.shape.loops.iter() {
        let shaped = reversal.is_live(id)
            && data.preheader.is_some()
            && !cx
                .shape
                .loops
                .iter()
                .any(|(l, d)| reversal.is_fused(l) && cx.shape.loops.contains(id, d.header));
        if !shaped || !adds_only(cx, work, data) {
            continue;
        }
        let results = results(cx, work, &uses, id, data);
        let chosen = results.iter().any(|&v| is_chosen(cx, &uses, v));
        if chosen {
            found.insert(id, results);
        }
    }
    found
}

/// True when the reverse of the loop takes nothing from shadows.
fn adds_only(cx: &Context<'_>, work: &Work, data: &LoopData) -> bool {
    let mut insts = data.blocks.iter().flat_map(|&b| &cx.body.blocks[b].insts);
    insts.all(|&inst| match &cx.body.insts[inst].op {
        _ if !work.reverses[inst] => true,
        Op::Call(_) => match work.calls.get(&inst) {
            Some(CallKind::Rule(rule)) => rule.is_plain(),
            Some(CallKind::Reduce(_)) => true,
            _ => false,
        },
        Op::Load(_)
        | Op::Binary(_)
        | Op::FNeg
        | Op::Cast(_)
        | Op::Select
        | Op::Freeze
        | Op::Phi { .. }
        | Op::ExtractValue(_)
        | Op::InsertValue(_)
        | Op::ExtractElement
        | Op::InsertElement
        | Op::Shuffle(_) => true,
        _ => false,
    })
}

/// Values of the loop with an adjoint that are used outside.
fn results(
    cx: &Context<'_>,
    work: &Work,
    uses: &SecondaryMap<Value, Vec<(Inst, u32)>>,
    id: Loop,
    data: &LoopData,
) -> Vec<Value> {
    let insts = data.blocks.iter().flat_map(|&b| &cx.body.blocks[b].insts);
    let outside =
        |&(user, _): &(Inst, u32)| !cx.shape.loops.contains(id, cx.body.insts[user].block);
    insts
        .filter_map(|&inst| cx.body.insts[inst].result)
        .filter(|&v| work.has_adjoint[v] && uses[v].iter().any(outside))
        .collect()
}

/// Phis looked through.
const PHIS: usize = 16;

/// True when `value`, perhaps through phis, is an arm of a selection, or an operand of a minimum.
fn is_chosen(cx: &Context<'_>, uses: &SecondaryMap<Value, Vec<(Inst, u32)>>, value: Value) -> bool {
    let mut seen = vec![value];
    let mut next = 0;
    while let Some(&at) = seen.get(next) {
        next += 1;
        for &(user, operand) in &uses[at] {
            let data = &cx.body.insts[user];
            let chosen = match &data.op {
                Op::Select => operand > 0,
                Op::Call(_) => crate::calls::rule_of(cx, user)
                    .is_some_and(|rule| rule.name().contains("min") || rule.name().contains("max")),
                _ => false,
            };
            if chosen {
                return true;
            }
            let phi = data
                .result
                .filter(|_| matches!(data.op, Op::Phi { .. }) && seen.len() < PHIS);
            seen.extend(phi.filter(|phi| !seen.contains(phi)));
        }
    }
    false
}
