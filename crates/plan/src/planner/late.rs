//! What is decided once demands are known: which loops run again, which keep snapshots, and where values come
//! from in the end.

use super::Planner;
use crate::checkpoint::{self, Obstacle};
use crate::choose;
use crate::combine;
use crate::context::Context;
use crate::extent;
use crate::fuse::{self, Fusion};
use crate::plan::{Item, Source, Split};
use crate::request::Mode;
use crate::rerun::Candidate;
use crate::shape::Reversal;
use crate::steps;
use crate::tape::{self, Tape};
use crate::work::Work;
use rustc_hash::FxHashSet;
use rz_diag::{Diagnostic, Result};
use rz_view::ordered::{IndexMap, IndexSet};
use rz_view::{Inst, Loop};

impl Planner<'_> {
    /// Chooses what runs in the reverse pass only, and decides sources and tape anew; `None`, and
    /// nothing changed, when there is nothing of that kind.
    pub(super) fn late(
        &mut self,
        cx: &Context<'_>,
        work: &mut Work,
        reversal: &mut Reversal,
        (items, tape): &Settled,
        outermost: bool,
    ) -> Result<Option<Late>> {
        let mut fusions = IndexMap::default();
        // The order of what runs late does not provide for comparing shadows with primals.
        if self.options.fuse && !work.mixed.values().any(|&mixed| mixed) {
            fusions = fuse::choose(cx, work, reversal, items, tape.slots.values());
            // Loops inside others are parts of what runs again.
            fusions.retain(|&id, _| !outermost || cx.shape.loops.get(id).parent.is_none());
        }
        let mut calls = Vec::new();
        if self.options.combine {
            calls = combine::choose(cx, work, items, &fusions, &mut self.readers);
        }
        if fusions.is_empty() && calls.is_empty() {
            return Ok(None);
        }
        let mut lost: IndexSet<Inst> = fusions.values().flat_map(|f| &f.lost).copied().collect();
        let splits = work.splits.clone();
        for (inst, key, dependents) in calls {
            if !self.open.contains(&key) {
                self.plan(key.clone())
                    .map_err(|e| e.at(cx.position(inst)))?;
            }
            let has_tape = false;
            work.splits.insert(inst, Split { key, has_tape });
            lost.insert(inst);
            lost.extend(dependents);
        }
        reversal.fuse(fusions.keys().copied());
        let mut demanded = self.demanded(cx, reversal, work);
        demanded.extend(fusions.iter().flat_map(|(&id, f)| f.items(id)));
        let settled = settle(cx, reversal, demanded)?;
        let slots = settled.1.slots.values();
        if fuse::holds(cx, &fusions, &lost, &settled.0, slots) {
            return Ok(Some(Late {
                settled,
                fusions,
                lost,
                reruns: Vec::new(),
            }));
        }
        reversal.fuse(std::iter::empty());
        work.splits = splits;
        Ok(None)
    }

    /// Chooses loops that run again, and decides sources and tape anew.
    pub(super) fn rerun(
        &self,
        cx: &Context<'_>,
        work: &Work,
        reversal: &mut Reversal,
        late: &mut Late,
    ) {
        let mixed = work.mixed.values().any(|&mixed| mixed);
        if !self.options.rerun || mixed || cx.key.mode != Mode::Combined {
            return;
        }
        let slots = late.settled.1.slots.values();
        let candidates = steps::candidates(cx, work, reversal, &late.lost, slots);
        if candidates.is_empty() {
            return;
        }
        let demanded = self.demanded(cx, reversal, work);
        for candidate in candidates {
            let apart = |&other: &Loop| {
                let (a, b) = (Some(other), Some(candidate.id));
                !cx.shape.encloses(a, b) && !cx.shape.encloses(b, a)
            };
            if !late.fusions.keys().all(apart) {
                continue;
            }
            if !late.try_rerun(cx, reversal, &demanded, &candidate, false) {
                reversal.rerun_not(candidate.id);
            }
        }
    }

    /// Saves the states of outermost loops in snapshots; `obstacles` receives why that of others is not possible.
    pub(super) fn checkpoint(
        &self,
        cx: &Context<'_>,
        work: &Work,
        reversal: &mut Reversal,
        late: &mut Late,
        obstacles: &mut Vec<Diagnostic>,
    ) {
        let mixed = work.mixed.values().any(|&mixed| mixed);
        let demanded = self.demanded(cx, reversal, work);
        for (id, data) in cx.shape.loops.iter() {
            let (slots, nest) = (&late.settled.1.slots, |home| cx.shape.nest(home));
            let taped = slots.values().any(|s| nest(s.home).contains(&id));
            if data.parent.is_some() || !taped || late.fusions.contains_key(&id) {
                continue;
            }
            let found = if mixed {
                Err(Obstacle {
                    why: "shadows are compared with what they are shadows of",
                    at: None,
                })
            } else {
                steps::checkpointable(cx, work, reversal, &late.lost, id)
            };
            let obstacle = match found {
                Err(obstacle) => obstacle,
                Ok(candidate) if late.try_rerun(cx, reversal, &demanded, &candidate, true) => {
                    continue;
                }
                Ok(_) => Obstacle {
                    why: "its state is not known",
                    at: None,
                },
            };
            reversal.rerun_not(id);
            obstacles.push(*checkpoint::not_kept(cx, id, &obstacle));
        }
    }
}

/// Where everything comes from, and the tape.
pub(super) type Settled = (IndexMap<Item, Source>, Tape);

/// What runs in the reverse pass only, and the decisions that fit it.
pub(super) struct Late {
    pub(super) settled: Settled,
    pub(super) fusions: IndexMap<Loop, Fusion>,
    pub(super) lost: IndexSet<Inst>,
    /// Loops that run again, with the writes among what does.
    pub(super) reruns: Vec<(Candidate, FxHashSet<Inst>)>,
}

/// How often sources are decided anew for one loop that may run again: each time more of it has to.
pub(super) const ROUNDS: usize = 12;

impl Late {
    /// Runs a loop again if that is legal and pays: what has to run depends on what is stored, and the other way. With
    /// `some`, the states of some iterations only are saved, whatever it costs.
    pub(super) fn try_rerun(
        &mut self,
        cx: &Context<'_>,
        reversal: &mut Reversal,
        demanded: &IndexSet<Item>,
        candidate: &Candidate,
        some: bool,
    ) -> bool {
        let id = candidate.id;
        let mut kept = FxHashSet::default();
        let mut more: IndexSet<Item> = IndexSet::default();
        more.extend(self.fusions.iter().flat_map(|(&id, f)| f.items(id)));
        for _ in 0..ROUNDS {
            reversal.rerun(id, candidate.rereads(cx, &kept));
            if some {
                reversal.checkpoint(id);
            }
            let demanded = demanded.iter().chain(&more).copied().collect();
            let Ok(settled) = settle(cx, reversal, demanded) else {
                return false;
            };
            let slots = || settled.1.slots.values();
            let needs = candidate.needs(cx, reversal, &settled.0, slots(), &kept);
            let Some(mut needs) = needs else {
                return false;
            };
            if some {
                let made = candidate.advance(cx, reversal, &needs, slots());
                let Some((advance, states)) = made else {
                    return false;
                };
                needs.states = states;
                needs.advance = Some(advance);
            }
            let before = self.settled.1.slots.values();
            if !some && !extent::pays(cx, reversal, id, &needs, &before) {
                return false;
            }
            let known = needs.kept.is_subset(&kept) && needs.items(id).all(|i| more.contains(&i));
            if !known {
                kept.extend(&needs.kept);
                more.extend(needs.items(id));
                continue;
            }
            let mut fusion = needs.fusion();
            if let Some(checkpoint) = &mut fusion.checkpoint {
                checkpoint.regions.clone_from(&candidate.regions);
            }
            self.fusions.insert(id, fusion);
            if !fuse::holds(cx, &self.fusions, &self.lost, &settled.0, slots())
                || !self.still_runs_again(cx, reversal, &settled)
            {
                self.fusions.shift_remove(&id);
                return false;
            }
            self.settled = settled;
            self.reruns.push((candidate.clone(), kept));
            return true;
        }
        false
    }

    /// True when what runs again is enough for other decisions about sources.
    pub(super) fn still_runs_again(
        &self,
        cx: &Context<'_>,
        reversal: &Reversal,
        settled: &Settled,
    ) -> bool {
        self.reruns.iter().all(|(candidate, kept)| {
            let fusion = &self.fusions[&candidate.id];
            let slots = || settled.1.slots.values();
            let needs = candidate.needs(cx, reversal, &settled.0, slots(), kept);
            let id = candidate.id;
            let advances = fusion.checkpoint.iter().all(|checkpoint| {
                let mut saved = slots().filter(|slot| slot.saved && slot.home == Some(id));
                saved.all(|slot| checkpoint.advance.carries(cx, id, slot.item))
            });
            advances
                && needs.is_some_and(|needs| {
                    needs.kept.is_subset(kept)
                        && needs.needed.is_subset(&fusion.needed)
                        && needs.inputs.is_subset(&fusion.inputs)
                        && (needs.states.keys())
                            .all(|s| fusion.again.as_ref().is_some_and(|a| a.contains_key(s)))
                })
        })
    }
}

/// Decides sources and lays out the tape; the tape's own bookkeeping may demand more.
pub(super) fn settle(
    cx: &Context<'_>,
    reversal: &Reversal,
    mut demanded: IndexSet<Item>,
) -> Result<Settled> {
    loop {
        let (mut items, stored) = choose::choose(cx, reversal, &demanded)?;
        let (tape, needed) = Tape::new(cx, reversal, &stored);
        if needed.iter().all(|item| items.contains_key(item)) {
            items.extend(tape::sources(&tape));
            return Ok((items, tape));
        }
        demanded.extend(needed);
    }
}
