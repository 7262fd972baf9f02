//! Loops whose iterations run a second time: the tape is one state per iteration, not all that is computed.
//!
//! ```text
//! for t { y = x + h·f(x);  x = x + h·f(y) }     forward:  save x; run the step
//!                                               reverse:  for t backwards { restore x; run the step again, as
//!                                                         far as is needed, with its tape; undo it }
//! ```
//!
//! This is how simulations are differentiated by hand. An iteration is run again from what it started with: its
//! header's phis and the contents of the blocks of memory that it changes. It is legal when nobody can tell:
//!
//! 1. The loop is left at its latch only.
//! 2. It writes to *private* memory only: blocks that this function allocated before the loop, that are released
//!    when the reverse pass is done or not at all, and whose addresses go nowhere but into accesses of them. So
//!    nobody sees in the end that they hold an early state again.
//! 3. Everything that an iteration needs from outside of the loop is available in the reverse pass.
//! 4. Each load that runs again, or that the reverse of an iteration repeats, yields what it yielded. Either no later write
//!    changes its memory ([`crate::memory`]), or it is from private memory that the loop changes. Then all writes of
//!    the iteration before it that may be to its place run again ([`Needs::kept`]); what they may leave out is
//!    restored ([`Needs::states`]), unless they write every byte of it ([`rz_view::Facts::written_before`]). A
//!    load is repeated in the reverse pass itself if no write that runs again may change its place after it.
//! 5. Instructions that run again have no other effects, and repeat what they did for the same operands.
//!
//! Later loops do not matter: their iterations are undone before, and every read in this loop follows from what this
//! one restores or writes. Nor do earlier readers: a block that the loop changes cannot be read again for them.
//! Shadows need no condition, as for fused loops ([`crate::fuse`]). Only combined derivatives have such loops, and
//! none is inside another or a fused one.
//!
//! It pays when there is a state, and saving it takes at most half of what would be on the tape ([`crate::extent`]).

use crate::checkpoint::{Advance, Checkpoint, Region};
use crate::choose::count_uses;
use crate::context::Context;
use crate::extent::Extent;
use crate::fuse::Fusion;
use crate::memory::Root;
use crate::plan::{Item, SlotData, Source};
use crate::recompute;
use crate::shape::Reversal;
use rustc_hash::FxHashSet;
use rz_view::ordered::{IndexMap, IndexSet};
use rz_view::{Block, Inst, Location, Loop, Op, Value, When};

/// A loop that may run again, as far as its own instructions tell.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// The loop.
    pub id: Loop,
    /// The private memory that it changes.
    pub(crate) objects: IndexMap<Inst, Extent>,
    /// Other memory that it changes; only where some states are saved ([`crate::checkpoint`]).
    pub(crate) regions: Vec<Region>,
    /// Its instructions that write, and what to.
    pub(crate) writers: Vec<(Inst, Value)>,
}

/// What it takes to run an iteration again.
#[derive(Clone, Debug, Default)]
pub struct Needs {
    /// Instructions that run again; terminators always do.
    pub needed: FxHashSet<Inst>,
    /// Those of them that write.
    pub kept: FxHashSet<Inst>,
    /// What they use from outside of the loop, and phis of its header.
    pub inputs: IndexSet<Value>,
    /// Memory that is saved and restored.
    pub states: IndexMap<Inst, Extent>,
    /// What runs to get from a state that was saved to one that was not, if not all are.
    pub advance: Option<Advance>,
}

impl Needs {
    /// What the reverse pass must have at hand before an iteration.
    pub fn items(&self, id: Loop) -> impl Iterator<Item = Item> + '_ {
        let each = self.advance.is_none();
        let states = self.states.keys().filter(move |_| each);
        let states = states.map(move |&inst| Item::State(id, inst));
        let inputs = self.inputs.iter().map(|&v| Item::Primal(v));
        let more = self.advance.iter().flat_map(Advance::items);
        inputs.chain(more).chain(states)
    }

    /// As the plan keeps it.
    pub fn fusion(self) -> Fusion {
        Fusion {
            needed: self.needed,
            inputs: self.inputs,
            lost: Vec::new(),
            again: Some(self.states),
            checkpoint: self.advance.map(|advance| Checkpoint {
                advance,
                regions: Vec::new(),
                room: 0,
            }),
        }
    }
}

impl Candidate {
    /// The loads that the reverse of an iteration may repeat when exactly `kept` ran again before.
    pub fn rereads(&self, cx: &Context<'_>, kept: &FxHashSet<Inst>) -> FxHashSet<Inst> {
        let data = cx.shape.loops.get(self.id);
        let insts = data.blocks.iter().flat_map(|&b| &cx.body.blocks[b].insts);
        let mut found = FxHashSet::default();
        for &inst in insts {
            if matches!(cx.body.insts[inst].op, Op::Load(_))
                && !cx.memory.reloadable(inst)
                && self.is_known(cx, inst, read_by(cx, inst))
                && !kept.iter().any(|&w| self.changes_after(cx, w, inst))
            {
                found.insert(inst);
            }
        }
        found
    }

    /// True for memory that holds the same when an iteration runs again from a state that was saved.
    fn is_known(&self, cx: &Context<'_>, reader: Inst, location: Location) -> bool {
        self.is_from_objects(cx, location.ptr)
            || !self.regions.is_empty() && cx.memory.changes_only_in(reader, location, self.id)
    }

    fn is_from_objects(&self, cx: &Context<'_>, pointer: Value) -> bool {
        cx.memory
            .roots(pointer)
            .iter()
            .all(|root| matches!(root, Root::Local(object) if self.objects.contains_key(object)))
    }

    /// True when `writer` may change, later in the same iteration, what `load` reads.
    fn changes_after(&self, cx: &Context<'_>, writer: Inst, load: Inst) -> bool {
        self.may_follow(cx, load, writer) && touches(cx, writer, read_by(cx, load))
    }

    /// True when `later` may execute after `earlier` in the same iteration.
    fn may_follow(&self, cx: &Context<'_>, earlier: Inst, later: Inst) -> bool {
        let (loops, body) = (&cx.shape.loops, cx.body);
        let (from, to) = (body.insts[earlier].block, body.insts[later].block);
        // Loops around each, from the innermost to this one.
        let inner = |block: Block| -> Vec<Loop> {
            loops.nest(block).take_while(|&l| l != self.id).collect()
        };
        let (around, other) = (inner(from), inner(to));
        if around.iter().any(|l| other.contains(l)) {
            return true;
        }
        if from == to {
            return cx.shape.dom.position(earlier) < cx.shape.dom.position(later);
        }
        // Without a common loop control goes forward only: compare the outermost loops, or the blocks.
        let part = |nest: &[Loop], block| nest.last().map_or(block, |&l| loops.get(l).header);
        cx.shape.cfg.order(part(&around, from)) < cx.shape.cfg.order(part(&other, to))
    }

    /// What an iteration needs if the reverse pass gets its items as `items` says; `None` when it cannot
    /// run again.
    pub fn needs<'s>(
        &self,
        cx: &Context<'_>,
        reversal: &Reversal,
        items: &IndexMap<Item, Source>,
        slots: impl Iterator<Item = &'s SlotData>,
        kept: &FxHashSet<Inst>,
    ) -> Option<Needs> {
        let mut needs = Needs::default();
        let mut stack = self.roots(cx, reversal, slots);
        for &writer in kept {
            self.keep(cx, writer, &mut needs, &mut stack)?;
        }
        let repeated = items.iter().filter(|(_, s)| **s == Source::Recompute);
        for (item, _) in repeated {
            if let Item::Primal(v) = *item
                && let Some(load) = cx.body.def(v)
                && reversal.rereads(self.id, load)
            {
                self.read(cx, load, &mut needs, &mut stack)?;
            }
        }
        self.close(cx, &mut needs, &mut stack, &|_| false)?;
        finish(cx, needs)
    }

    /// What it takes to run whole iterations one after another from a state that was saved, so that afterwards an
    /// iteration can run again as `again` says: all writes, and what the phis of the header become.
    pub fn advance<'s>(
        &self,
        cx: &Context<'_>,
        reversal: &Reversal,
        again: &Needs,
        slots: impl Iterator<Item = &'s SlotData>,
    ) -> Option<(Advance, IndexMap<Inst, Extent>)> {
        let mut needs = Needs::default();
        let mut stack = self.control(cx);
        stack.extend(&again.inputs);
        let mut shadows = IndexSet::default();
        for slot in slots.filter(|slot| slot.saved && slot.home == Some(self.id)) {
            match slot.item {
                Item::Primal(v) => stack.push(v),
                Item::Shadow(v) => {
                    let next = cx.next_of(self.id, cx.body.def(v)?)?;
                    let ready = cx.is_header_phi(next, |header| header == self.id)
                        || !cx.is_inside(next, self.id);
                    shadows.insert(Some(next).filter(|_| ready)?);
                }
                _ => {}
            }
        }
        needs.states.clone_from(&again.states);
        for &(writer, _) in &self.writers {
            self.keep(cx, writer, &mut needs, &mut stack)?;
        }
        let affine = |v: Value| {
            let way = recompute::way(cx, reversal, Item::Primal(v));
            matches!(way, recompute::Way::Affine { .. })
        };
        self.close(cx, &mut needs, &mut stack, &|phi| !affine(phi))?;
        let Needs {
            needed,
            inputs,
            states,
            ..
        } = finish(cx, needs)?;
        let advance = Advance {
            needed,
            inputs,
            shadows,
        };
        Some((advance, states))
    }

    /// Follows values on the stack to what they are made of; from phis of the header to the next iteration's where
    /// `carried` says so.
    fn close(
        &self,
        cx: &Context<'_>,
        needs: &mut Needs,
        stack: &mut Vec<Value>,
        carried: &dyn Fn(Value) -> bool,
    ) -> Option<()> {
        while let Some(value) = stack.pop() {
            let inside = |inst: Inst| cx.shape.loops.contains(self.id, cx.body.insts[inst].block);
            let Some(inst) = cx.body.def(value).filter(|&i| inside(i)) else {
                if cx.body.constant(value).is_none() {
                    needs.inputs.insert(value);
                }
                continue;
            };
            if cx.is_header_phi(value, |header| header == self.id) {
                if needs.inputs.insert(value) && carried(value) {
                    stack.extend(cx.next_of(self.id, inst));
                }
            } else if needs.needed.insert(inst) {
                stack.extend_from_slice(&cx.body.insts[inst].operands);
                let load = matches!(cx.body.insts[inst].op, Op::Load(_));
                if load && !cx.memory.reloadable(inst) {
                    self.read(cx, inst, needs, stack)?;
                }
            }
        }
        Some(())
    }

    /// The values that decide which way an iteration goes.
    fn control(&self, cx: &Context<'_>) -> Vec<Value> {
        let data = cx.shape.loops.get(self.id);
        let blocks = data.blocks.iter().filter(|&&b| b != data.latches[0]);
        let ends = blocks.map(|&b| &cx.body.insts[cx.body.terminator(b)]);
        ends.flat_map(|end| end.operands.iter().copied()).collect()
    }

    /// The values that an iteration runs for: its control flow, its own tape and its size.
    fn roots<'s>(
        &self,
        cx: &Context<'_>,
        reversal: &Reversal,
        slots: impl Iterator<Item = &'s SlotData>,
    ) -> Vec<Value> {
        let loops = &cx.shape.loops;
        let mut found = self.control(cx);
        for slot in slots.filter(|slot| !slot.saved) {
            if let Item::Primal(v) = slot.item
                && cx.shape.nest(slot.home).contains(&self.id)
            {
                found.push(v);
            }
        }
        for (inner, inner_data) in loops.iter() {
            if inner != self.id
                && loops.contains(self.id, inner_data.header)
                && let Some(count) = recompute::count_of(cx, reversal, inner)
            {
                let mut uses = Vec::new();
                count_uses(&count, &mut uses);
                found.extend(uses.iter().filter_map(|item| match item {
                    Item::Primal(v) => Some(*v),
                    _ => None,
                }));
            }
        }
        found
    }

    /// Condition 4, for a load of memory that changes.
    fn read(
        &self,
        cx: &Context<'_>,
        load: Inst,
        needs: &mut Needs,
        stack: &mut Vec<Value>,
    ) -> Option<()> {
        let header = cx.shape.loops.get(self.id).header;
        let written = cx.facts.written_before(cx.key.func, load, header);
        self.read_from(cx, load, read_by(cx, load), written, needs, stack)
    }

    fn read_from(
        &self,
        cx: &Context<'_>,
        reader: Inst,
        location: Location,
        written: bool,
        needs: &mut Needs,
        stack: &mut Vec<Value>,
    ) -> Option<()> {
        if !self.is_known(cx, reader, location) {
            return None;
        }
        if !written {
            for root in cx.memory.roots(location.ptr) {
                if let Root::Local(object) = root
                    && let Some(&extent) = self.objects.get(&object)
                {
                    needs.states.insert(object, extent);
                }
            }
        }
        for &(writer, _) in &self.writers {
            if !needs.kept.contains(&writer)
                && self.may_follow(cx, writer, reader)
                && touches(cx, writer, location)
            {
                self.keep(cx, writer, needs, stack)?;
            }
        }
        Some(())
    }

    /// A write that runs again; a copy also reads.
    fn keep(
        &self,
        cx: &Context<'_>,
        writer: Inst,
        needs: &mut Needs,
        stack: &mut Vec<Value>,
    ) -> Option<()> {
        if !needs.kept.insert(writer) {
            return Some(());
        }
        needs.needed.insert(writer);
        let data = &cx.body.insts[writer];
        if let Op::Call(_) = data.op {
            let args = cx.body.call_args(writer);
            stack.extend_from_slice(args);
            let copies = cx.module.types.is_pointer(cx.body.ty(args[1]));
            let location = Location {
                ptr: args[1],
                size: cx.constant_bytes(args[2]),
            };
            if copies && !cx.memory.stays(writer, location) {
                return self.read_from(cx, writer, location, false, needs, stack);
            }
        } else {
            stack.extend_from_slice(&data.operands);
        }
        Some(())
    }
}

/// The needs with all that restoring takes; none when something is not available in the reverse pass.
fn finish(cx: &Context<'_>, mut needs: Needs) -> Option<Needs> {
    for (&object, extent) in &needs.states {
        needs.inputs.extend(cx.body.insts[object].result);
        needs.inputs.extend(extent.values());
    }
    needs.inputs.retain(|&v| cx.body.constant(v).is_none());
    let available = |v: &Value| {
        let reversed = |inst: Inst| cx.shape.is_reversed(cx.body.insts[inst].block);
        cx.bytes(Item::Primal(*v)).is_some() && cx.body.def(*v).is_none_or(reversed)
    };
    needs.inputs.iter().all(available).then_some(needs)
}

fn read_by(cx: &Context<'_>, load: Inst) -> Location {
    let data = &cx.body.insts[load];
    Location {
        ptr: data.operands[0],
        size: Some(cx.module.types.store_size(data.ty)),
    }
}

/// True when `writer` may write to `location`, in whichever iterations of inner loops.
fn touches(cx: &Context<'_>, writer: Inst, location: Location) -> bool {
    cx.memory.may_write(writer, location, When::Crossing)
}
