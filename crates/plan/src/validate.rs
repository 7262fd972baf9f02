//! The plan's invariants, checked in debug builds, tests and the fuzzer.
//!
//! 1. Every item another item is recomputed from is itself provided.
//! 2. Every slot is referenced by exactly the item it stores, and is at home where the item is.
//! 3. A loop with slots, or whose slots' homes are nested in it, has a storage.
//! 4. Arrays are allocated before a loop that encloses theirs, and every count of the nest is
//!    known there. Loops that are no dimension of them are ones in which all their slots repeat.
//! 5. Every reversed loop provides its trip count, every merge its edge.
//! 6. Only reversed loops have slots: no cache is written for iterations that are not reversed.
//! 7. Slots of a fused loop hold what its iterations compute; what these need from outside is
//!    provided, and nothing is used that only the loop's run in the forward pass would have made.
//!    A loop that runs again has been run in the forward pass, which saved what its iterations start from.
//! 8. A call that is undone at once has no tape and no part in the reverse pass, and its seed is computed
//!    from what was computed before it.

use crate::context::Context;
use crate::fuse;
use crate::plan::{Item, Plan, SlotData, Source, Storage};
use crate::recompute;
use crate::request::Mode;
use crate::shape::Back;

/// Returns the first broken invariant.
pub fn validate(cx: &Context<'_>, plan: &Plan) -> Result<(), String> {
    sources(cx, plan)?;
    slots(cx, plan)?;
    storages(cx, plan)?;
    control(plan)?;
    fusions(cx, plan)?;
    at_once(cx, plan)
}

fn sources(cx: &Context<'_>, plan: &Plan) -> Result<(), String> {
    for (&item, source) in &plan.items {
        if matches!(source, Source::Free | Source::Slot(_)) {
            continue;
        }
        for used in recompute::way(cx, &plan.reversal, item).uses() {
            if !plan.items.contains_key(used) {
                return Err(format!(
                    "{item:?} is recomputed from {used:?}, which is not provided"
                ));
            }
        }
    }
    Ok(())
}

fn slots(cx: &Context<'_>, plan: &Plan) -> Result<(), String> {
    for (slot, data) in &plan.slots {
        if plan.slot(data.item) != Some(slot) {
            return Err(format!("{slot} is not the source of {:?}", data.item));
        }
        let laid_out = matches!(data.item, Item::Base(..) | Item::Head(_));
        if !laid_out && data.home != cx.home(data.item) {
            return Err(format!("{slot} is not at home where {:?} is", data.item));
        }
        for id in plan.shape.nest(data.home) {
            if !plan.reversal.is_live(id) {
                return Err(format!("{slot} is written in {id}, which is not reversed"));
            }
        }
        if let Some(home) = data.home
            && (data.saved || !plan.reversal.is_fused(home))
            && plan.loops[home]
                .as_ref()
                .is_none_or(|l| l.storage.is_none())
        {
            return Err(format!("{slot} has no storage in {home}"));
        }
    }
    Ok(())
}

fn storages(cx: &Context<'_>, plan: &Plan) -> Result<(), String> {
    for (id, _) in plan.shape.loops.iter() {
        let storage = plan.loops[id].as_ref().and_then(|l| l.storage.as_ref());
        let Some(storage) = storage else {
            continue;
        };
        let Storage::Arrays {
            outermost, flat, ..
        } = storage
        else {
            continue;
        };
        let nest = plan.shape.nest(Some(id));
        let Some(position) = nest.iter().position(|l| l == outermost) else {
            return Err(format!(
                "the arrays of {id} are allocated before {outermost}"
            ));
        };
        for &loop_id in flat {
            let around = nest[position..].contains(&loop_id) && loop_id != id;
            let same = |data: &SlotData| cx.repeats(loop_id, data.item);
            if !around || !plan.slots_of(Some(id)).all(|(_, data)| same(data)) {
                return Err(format!("the slots of {id} do not repeat in {loop_id}"));
            }
        }
        for inner in &storage.dimensions(&nest) {
            let known = plan.loops[*inner]
                .as_ref()
                .is_some_and(|l| l.count.is_some());
            if !known || !plan.items.contains_key(&Item::Trips(*inner)) {
                return Err(format!(
                    "the size of the arrays of {id} needs the count of {inner}"
                ));
            }
        }
    }
    Ok(())
}

fn fusions(cx: &Context<'_>, plan: &Plan) -> Result<(), String> {
    if fuse::holds(
        cx,
        &plan.fusions,
        &plan.lost,
        &plan.items,
        plan.slots.values(),
    ) {
        Ok(())
    } else {
        Err("a fused loop is not independent of the forward pass".to_owned())
    }
}

fn at_once(cx: &Context<'_>, plan: &Plan) -> Result<(), String> {
    for (&inst, known) in &plan.at_once {
        let whole = plan
            .splits
            .get(&inst)
            .is_some_and(|s| s.key.mode == Mode::Combined && s.key.primal_return && !s.has_tape);
        let gone = !plan.reverses[inst] && !plan.items.contains_key(&Item::Tape(inst));
        let ready = known.factors.iter().all(|&v| {
            let before =
                |i| cx.shape.dom.inst_dominates(cx.body, i, inst) && !plan.lost.contains(&i);
            cx.body.def(v).is_none_or(before)
        });
        if !(whole && gone && ready && plan.key.mode == Mode::Combined) {
            return Err(format!("{inst} cannot be undone at once"));
        }
    }
    Ok(())
}

fn control(plan: &Plan) -> Result<(), String> {
    for &block in plan.reversal.order() {
        let needed = match plan.reversal.back(block) {
            Some(Back::Header { id, .. }) => Item::Trips(*id),
            Some(Back::Merge(_)) => Item::Edge(block),
            _ => continue,
        };
        if !plan.items.contains_key(&needed) {
            return Err(format!("{block} is reversed without {needed:?}"));
        }
    }
    Ok(())
}
