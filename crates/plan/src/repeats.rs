//! Values that repeat: in every iteration of an outer loop they are what they were in the one before.
//!
//! ```text
//! for i { for k { s = 0; for j { s += r[i][j] * x[k][j] } … } }
//! ```
//!
//! `r[i][j]` does not depend on k, so its slot needs no dimension for k: each iteration of that loop writes
//! the same numbers to the same place. Optimizers hoist single values out of loops, but not a row of them.
//! The tape of a product of matrices is then one matrix and not a cube.
//!
//! A value defined in loop L, perhaps in loops inside it, repeats in L when it is computed from values that
//! repeat in L or come from outside of it, by
//!
//! - an operation without effects,
//! - a load from memory that nothing in L may write to, or
//! - a phi of the header of a loop inside L: by induction over the iterations of that loop.
//!
//! A phi where branches meet also depends on the way control took, and a phi of the header of L is what
//! differs from iteration to iteration.

use crate::context::Context;
use crate::lost::is_pure;
use crate::plan::Item;
use rustc_hash::{FxHashMap, FxHashSet};
use rz_view::{Inst, Loop, Op, Value};
use std::cell::RefCell;

/// Loops with more instructions are not examined.
const LARGE: usize = 4_000;

/// The values that repeat in each loop, found when first asked for.
#[derive(Debug, Default)]
pub struct Repeats(RefCell<FxHashMap<Loop, FxHashSet<Value>>>);

impl Repeats {
    /// True when `item` is the same in each iteration of `id`, a loop around its definition.
    pub fn contains(&self, cx: &Context<'_>, id: Loop, item: Item) -> bool {
        let Item::Primal(value) = item else {
            return false;
        };
        if let Some(known) = self.0.borrow().get(&id) {
            return known.contains(&value);
        }
        let found = find(cx, id);
        let answer = found.contains(&value);
        self.0.borrow_mut().insert(id, found);
        answer
    }
}

/// The greatest set of values that justify each other.
fn find(cx: &Context<'_>, id: Loop) -> FxHashSet<Value> {
    let (body, data) = (cx.body, cx.shape.loops.get(id));
    let insts: Vec<Inst> = data
        .blocks
        .iter()
        .flat_map(|&b| body.blocks[b].insts.iter().copied())
        .collect();
    let mut found = FxHashSet::default();
    if insts.len() > LARGE {
        return found;
    }
    let candidates: Vec<Inst> = insts
        .into_iter()
        .filter(|&inst| body.insts[inst].result.is_some() && may_repeat(cx, id, inst))
        .collect();
    found.extend(
        candidates
            .iter()
            .filter_map(|&inst| body.insts[inst].result),
    );
    loop {
        let before = found.len();
        for &inst in &candidates {
            let stays = body.insts[inst].operands.iter().all(|v| {
                let inside = |i: Inst| cx.shape.loops.contains(id, body.insts[i].block);
                found.contains(v) || !body.def(*v).is_some_and(inside)
            });
            if !stays && let Some(result) = body.insts[inst].result {
                found.remove(&result);
            }
        }
        if found.len() == before {
            return found;
        }
    }
}

/// True when `inst`, in loop `id`, gives the same for the same operands.
fn may_repeat(cx: &Context<'_>, id: Loop, inst: Inst) -> bool {
    let data = &cx.body.insts[inst];
    match &data.op {
        Op::Binary(_)
        | Op::Cast(_)
        | Op::FNeg
        | Op::ICmp(_)
        | Op::FCmp(_)
        | Op::Select
        | Op::Gep(_)
        | Op::ExtractValue(_)
        | Op::InsertValue(_)
        | Op::ExtractElement
        | Op::InsertElement
        | Op::Shuffle(_) => true,
        Op::Load(_) => cx.memory.is_unchanged_in(inst, id),
        Op::Phi { .. } => {
            let headed = cx.shape.loops.headed_by(data.block);
            headed.is_some_and(|inner| inner != id)
        }
        Op::Call(_) => is_pure(cx, inst),
        _ => false,
    }
}
