//! Numbers for the next iteration are loaded before those of the last one are stored.
//!
//! What an iteration loads and the next one needs again, LLVM keeps in a register. Its vectorizer shifts such numbers from
//! one vector to the next, but only where they are loaded before what was kept is used: it moves arithmetic behind
//! the load, and no stores. An iteration that runs again in the reverse pass stores what it finds on its tape, at once:
//!
//! ```text
//! for i                              for i
//!   tape[i] = kept                     next = x[i]
//!   next = x[i]              ⇒         tape[i] = kept
//!   y[i] = kept * next                 y[i] = kept * next
//!   kept = next                        kept = next
//! ```
//!
//! # Why this is legal
//!
//! All of it is in one block of which everything is executed or nothing: calls that may not come back, and whatever
//! touches memory and is no plain load or store, forbid it. The load moves past stores that go elsewhere in the same
//! iteration, and takes along the arithmetic that its address is computed with.

use crate::carry::are_apart;
use crate::ring::{Ring, is_harmless, pointer, size, taken, touched_by};
use rz_llvm::{AliasOracle, Analyses, Builder, Extent, Function, Opcode, Value};

/// What moves, in this order, and where to.
struct Move {
    insts: Vec<Value>,
    before: Value,
}

/// Moves loads in the loops of `function`. True when there were any.
pub(crate) fn load_early(analyses: Analyses, function: Function) -> bool {
    let oracle = AliasOracle::new(analyses, function);
    let rings = function.blocks().into_iter().filter_map(Ring::at);
    // One in a loop at a time: where the next one goes to depends on it.
    let moves: Vec<Move> = rings
        .filter(|ring| ring.latch == ring.body)
        .filter_map(|ring| {
            ring.phis()
                .into_iter()
                .find_map(|phi| find(&oracle, ring, phi))
        })
        .collect();
    drop(oracle);
    let b = Builder::new(function.module().context());
    for one in &moves {
        for &inst in &one.insts {
            inst.remove_from_block();
            b.position_before(one.before);
            b.insert(inst);
        }
    }
    if !moves.is_empty() {
        analyses.invalidate(function);
    }
    !moves.is_empty()
}

/// How the load whose number `phi` keeps is moved before the first use of what was kept.
fn find(oracle: &AliasOracle, ring: Ring, phi: Value) -> Option<Move> {
    let load = taken(phi, ring.latch);
    let plain = load.opcode() == Some(Opcode::Load) && !load.is_volatile() && !load.is_atomic();
    if !plain || load.block() != ring.body {
        return None;
    }
    let insts = ring.body.instructions();
    let uses = |inst: &Value| (0..inst.operand_count()).any(|index| inst.operand(index) == phi);
    let first = insts[ring.phis().len()..].iter().position(uses)? + ring.phis().len();
    let end = insts.iter().position(|&inst| inst == load)?;
    let passed = insts.get(first..end)?;
    let touched = touched_by(passed.iter().copied())?;
    let stores: Vec<Value> = { touched.accesses.iter().copied() }
        .filter(|access| access.opcode() == Some(Opcode::Store))
        .collect();
    let elsewhere = |&store: &Value| goes_elsewhere(oracle, store, load);
    // What LLVM can do itself is left to it.
    if touched.sets_errno || stores.is_empty() || !stores.iter().all(elsewhere) {
        return None;
    }
    Some(Move {
        insts: with_address(load, passed)?,
        before: insts[first],
    })
}

/// True when `store` does not write what `load` reads in the same iteration.
fn goes_elsewhere(oracle: &AliasOracle, store: Value, load: Value) -> bool {
    let read = Extent {
        pointer: pointer(load),
        size: Some(size(load)),
    };
    are_apart(store, load) || !oracle.mod_ref(store, read, false).1
}

/// `load` and what of `passed` its address is computed from, in order; nothing if that does more than compute.
fn with_address(load: Value, passed: &[Value]) -> Option<Vec<Value>> {
    let mut wanted = vec![load];
    let mut next = 0;
    while let Some(&inst) = wanted.get(next) {
        next += 1;
        for index in 0..inst.operand_count() {
            let operand = inst.operand(index);
            if passed.contains(&operand) && !wanted.contains(&operand) {
                is_harmless(operand).then(|| wanted.push(operand))?;
            }
        }
    }
    let mut ordered: Vec<Value> = passed.to_vec();
    ordered.retain(|inst| wanted.contains(inst));
    ordered.push(load);
    Some(ordered)
}
