//! Tape layout: which loops' slots are arrays, and where these are allocated.
//!
//! Slots at home in one loop share one allocation of consecutive arrays, made before the outermost
//! loop from which the size of the whole nest is known. A loop whose trip count is not known on
//! entry keeps linked records, one per iteration.
//!
//! A trip count may be evaluated before an outer loop only if the inner loop is entered whenever
//! the guards recorded here hold: an expression such as `n − 1` is only meaningful under `n > 0`,
//! and evaluated without its guard would ask for an absurd amount of memory.
//!
//! A loop around it in which all slots repeat ([`crate::repeats`]) is no dimension of the arrays, so they may be
//! made before it even if nobody knows how often it runs.
//!
//! Slots at home in a fused loop are variables: only one iteration has a tape at a time. Arrays of
//! loops inside it are allocated in each iteration and given back after it.

use crate::plan::{LoopPlan, Storage};
use crate::shape::{Reversal, Shape};
use rustc_hash::FxHashSet;
use rz_view::{Block, Body, Count, Loop, Op, Value};

/// The conditions under which a nest runs: `(condition, its value)`.
pub type Guards = Vec<(Value, bool)>;

/// Calls `visit` with every value of a count.
pub fn count_values(count: &Count, visit: &mut impl FnMut(Value)) {
    match count {
        Count::Const { .. } => {}
        Count::Value(value) => visit(*value),
        Count::Add(list)
        | Count::Mul(list)
        | Count::UMax(list)
        | Count::SMax(list)
        | Count::UMin(list)
        | Count::SMin(list) => list.iter().for_each(|c| count_values(c, visit)),
        Count::UDiv(a, b) => {
            count_values(a, visit);
            count_values(b, visit);
        }
        Count::ZExt(a, _) | Count::SExt(a, _) | Count::Trunc(a, _) => count_values(a, visit),
        Count::Affine { start, step, .. } => {
            count_values(start, visit);
            count_values(step, visit);
        }
    }
}

/// Calls `visit` with the header of every loop whose iteration number a count depends on.
pub fn count_headers(count: &Count, visit: &mut impl FnMut(Block)) {
    match count {
        Count::Const { .. } | Count::Value(_) => {}
        Count::Add(list)
        | Count::Mul(list)
        | Count::UMax(list)
        | Count::SMax(list)
        | Count::UMin(list)
        | Count::SMin(list) => list.iter().for_each(|c| count_headers(c, visit)),
        Count::UDiv(a, b) => {
            count_headers(a, visit);
            count_headers(b, visit);
        }
        Count::ZExt(a, _) | Count::SExt(a, _) | Count::Trunc(a, _) => count_headers(a, visit),
        Count::Affine {
            start,
            step,
            header,
        } => {
            visit(*header);
            count_headers(start, visit);
            count_headers(step, visit);
        }
    }
}

/// True when `count` can be evaluated outside `outer`.
pub fn is_invariant(shape: &Shape, body: &Body, count: &Count, outer: Loop) -> bool {
    let mut invariant = true;
    count_values(count, &mut |v| {
        invariant &= defined_outside(shape, body, v, outer);
    });
    count_headers(count, &mut |h| invariant &= !shape.loops.contains(outer, h));
    invariant
}

fn defined_outside(shape: &Shape, body: &Body, value: Value, outer: Loop) -> bool {
    body.def(value)
        .is_none_or(|inst| !shape.loops.contains(outer, body.insts[inst].block))
}

/// How the slots of `id` are stored; `repeats` says of a loop around it that all of them repeat there.
pub fn storage(
    shape: &Shape,
    body: &Body,
    reversal: &Reversal,
    id: Loop,
    plan_of: &impl Fn(Loop) -> LoopPlan,
    repeats: &impl Fn(Loop) -> bool,
) -> Storage {
    if plan_of(id).count.is_none() {
        return Storage::Records;
    }
    let mut outermost = id;
    let mut guards = Guards::new();
    let mut nest = vec![id];
    let mut flat = Vec::new();
    while let Some(parent) = shape.loops.get(outermost).parent {
        let parent_plan = plan_of(parent);
        let same = repeats(parent);
        let hoistable = !reversal.is_fused(parent)
            && (same || parent_plan.count.is_some())
            && nest.iter().all(|&l| {
                plan_of(l)
                    .count
                    .is_some_and(|c| is_invariant(shape, body, &c, parent))
            })
            && guards
                .iter()
                .all(|&(v, _)| defined_outside(shape, body, v, parent));
        let Some(more) = hoistable
            .then(|| entry_guards(shape, body, outermost, parent))
            .flatten()
        else {
            break;
        };
        guards.extend(more);
        outermost = parent;
        if same {
            flat.push(parent);
        } else {
            nest.push(parent);
        }
    }
    Storage::Arrays {
        outermost,
        guards,
        flat,
    }
}

/// The conditions, invariant in `id`, under which `block` executes in every iteration of `id` and of the loops inside it
/// that are around `block`; `None` when there are others.
pub fn invariant_guards(shape: &Shape, body: &Body, block: Block, id: Loop) -> Option<Guards> {
    let mut guards = Guards::new();
    let mut at = block;
    while at != shape.loops.get(id).header {
        let above = shape.dom.idom(at)?;
        let terminator = &body.insts[body.terminator(above)];
        match &terminator.op {
            Op::Br(_) => {}
            Op::CondBr(yes, no) => {
                let through = |s: Block| {
                    shape.dom.dominates(s, at) && shape.cfg.preds(s) == [above].as_slice()
                };
                match (through(*yes), through(*no)) {
                    (false, false) if always_reached(shape, above, at, id) => {}
                    (false, false) => return None,
                    (yes, _) => {
                        let condition = terminator.operands[0];
                        let mut around = shape.loops.nest(above);
                        let left = around.find(|&l| !shape.loops.contains(l, at));
                        match left {
                            // The only way out of a loop before the block is taken in the end.
                            Some(l) if shape.loops.get(l).exits.len() == 1 => {}
                            None if defined_outside(shape, body, condition, id) => {
                                guards.push((condition, yes));
                            }
                            _ => return None,
                        }
                    }
                }
            }
            _ => return None,
        }
        at = above;
    }
    Some(guards)
}

/// True when all ways from `above` come to `at` before an iteration of `id` ends. Of two blocks that lead to `at`, one may
/// be behind a condition that the other has decided.
fn always_reached(shape: &Shape, above: Block, at: Block, id: Loop) -> bool {
    let header = shape.loops.get(id).header;
    let mut seen = FxHashSet::from_iter([at]);
    let mut work = shape.cfg.succs(above).to_vec();
    while let Some(block) = work.pop() {
        if !seen.insert(block) {
            continue;
        }
        if block == header || !shape.loops.contains(id, block) {
            return false;
        }
        work.extend(shape.cfg.succs(block));
    }
    true
}

/// The conditions, invariant in `outer`, under which every iteration of `outer` enters `inner`;
/// `None` when there are others.
fn entry_guards(shape: &Shape, body: &Body, inner: Loop, outer: Loop) -> Option<Guards> {
    let entry = shape.loops.get(inner).preheader?;
    let data = shape.loops.get(outer);
    let early_exit = data
        .exits
        .iter()
        .any(|&(from, _)| from != data.latches[0] && !shape.dom.dominates(entry, from));
    if early_exit {
        return None;
    }
    invariant_guards(shape, body, entry, outer)
}
