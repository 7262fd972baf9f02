//! From chosen items to slots, loops and storages.
//!
//! ```text
//! stored: v7 (in loop1), v3 (outside)          slots: slot0 v3 at the root
//! loop1: count known, not nested                      slot1 v7 in loop1: arrays before loop1
//!                                                     slot2 base of loop1 at the root
//! ```
//!
//! The place of an array's element is often a number that varies, as the distance between the two halves of a step
//! of a Fourier transform. LLVM's alias analysis then asks how large it can be. In the primal it finds that out from
//! the loop around; of a number read from the tape it knows nothing. So it is told what the primal number was
//! ([`rz_view::Facts::range`]): that is a statement about the definition, so it holds for every entry of the slot. Where
//! the primal number is poison, so is what is read, as it is without.

use crate::choose::{Stored, count_uses};
use crate::context::Context;
use crate::layout;
use crate::plan::{Holds, Item, LoopPlan, Slot, SlotData, Source, Storage};
use crate::recompute;
use crate::shape::Reversal;
use cranelift_entity::{PrimaryMap, SecondaryMap};
use rz_analysis::types::Class;
use rz_view::ordered::IndexSet;
use rz_view::{Loop, Range};

/// The tape of one derivative.
pub struct Tape {
    /// Slots in the order they were decided.
    pub slots: PrimaryMap<Slot, SlotData>,
    /// Per reversed loop.
    pub loops: SecondaryMap<Loop, Option<LoopPlan>>,
}

impl Tape {
    /// Lays out `stored`. Returns the tape and the items its own bookkeeping needs in the reverse
    /// pass (trip counts and guards of nests).
    pub fn new(cx: &Context<'_>, reversal: &Reversal, stored: &[Stored]) -> (Self, Vec<Item>) {
        let mut tape = Self {
            slots: PrimaryMap::new(),
            loops: SecondaryMap::new(),
        };
        for (id, _) in cx
            .shape
            .loops
            .iter()
            .filter(|&(id, _)| reversal.is_live(id))
        {
            let count = recompute::count_of(cx, reversal, id);
            tape.loops[id] = Some(LoopPlan {
                count,
                storage: None,
            });
        }
        for &(item, why) in stored {
            let slot = tape.add(cx, item, cx.home(item), why);
            tape.slots[slot].saved = cx.is_saved(reversal, item);
        }
        let needed = tape.assign(cx, reversal);
        (tape, needed)
    }

    fn add(&mut self, cx: &Context<'_>, item: Item, home: Option<Loop>, why: &str) -> Slot {
        let bytes = cx.bytes(item).expect("only storable items are chosen");
        let holds = holds(cx, item, self.slots.next_key());
        self.slots.push(SlotData {
            item,
            home,
            bytes,
            holds,
            saved: false,
            range: range(cx, item, holds),
            why: why.to_owned(),
        })
    }

    /// Gives every loop with slots a storage, innermost first: bookkeeping slots of an inner loop
    /// are at home in an outer one.
    fn assign(&mut self, cx: &Context<'_>, reversal: &Reversal) -> Vec<Item> {
        let mut needed = IndexSet::default();
        let mut ids: Vec<Loop> = cx.shape.loops.iter().map(|(id, _)| id).collect();
        ids.reverse();
        for id in ids {
            if reversal.is_checkpointed(id) {
                let plan = self.loops[id].as_mut().expect("it is reversed");
                plan.storage = Some(Storage::Snapshots);
                continue;
            }
            if self.kept(reversal, id).next().is_none() {
                continue;
            }
            let storage = {
                let loops = &self.loops;
                let plan_of = |l: Loop| {
                    loops[l].clone().unwrap_or(LoopPlan {
                        count: None,
                        storage: None,
                    })
                };
                let repeats = |outer| {
                    let mut slots = self.kept(reversal, id);
                    slots.all(|s| cx.repeats(outer, s.item))
                };
                layout::storage(cx.shape, cx.body, reversal, id, &plan_of, &repeats)
            };
            self.bookkeeping(cx, reversal, id, &storage, &mut needed);
            self.loops[id]
                .as_mut()
                .expect("slots lie in reversed loops")
                .storage = Some(storage);
        }
        needed.into_iter().collect()
    }

    /// The slots at home in `id` with an entry for each iteration.
    fn kept(&self, reversal: &Reversal, id: Loop) -> impl Iterator<Item = &SlotData> {
        let once = reversal.is_fused(id);
        let slots = self.slots.values();
        slots.filter(move |s| s.home == Some(id) && (s.saved || !once))
    }

    /// The kinds of data of these slots, in order of first appearance.
    fn kinds(&self, reversal: &Reversal, id: Loop) -> IndexSet<Holds> {
        self.kept(reversal, id).map(|s| s.holds).collect()
    }

    fn bookkeeping(
        &mut self,
        cx: &Context<'_>,
        reversal: &Reversal,
        id: Loop,
        storage: &Storage,
        needed: &mut IndexSet<Item>,
    ) {
        match storage {
            Storage::Snapshots => {}
            Storage::Records => {
                let home = cx.shape.loops.get(id).parent;
                self.add(cx, Item::Head(id), home, "the records of a loop");
            }
            Storage::Arrays {
                outermost, guards, ..
            } => {
                let home = cx.shape.loops.get(*outermost).parent;
                for holds in self.kinds(reversal, id) {
                    self.add(cx, Item::Base(id, holds), home, "the arrays of a loop");
                }
                needed.extend(guards.iter().map(|&(v, _)| Item::Primal(v)));
                for inner in storage.dimensions(&cx.shape.nest(Some(id))) {
                    needed.insert(Item::Trips(inner));
                    let mut uses = Vec::new();
                    if let Some(count) = self.loops[inner].as_ref().and_then(|l| l.count.as_ref()) {
                        count_uses(count, &mut uses);
                    }
                    needed.extend(uses);
                }
            }
        }
    }
}

/// What `item`, stored in `slot`, is.
fn holds(cx: &Context<'_>, item: Item, slot: Slot) -> Holds {
    let types = &cx.module.types;
    match item {
        Item::Primal(v) | Item::Shadow(v) => {
            let ty = cx.body.ty(v);
            if matches!(item, Item::Shadow(_)) || types.is_pointer(ty) {
                Holds::Other(slot)
            } else if let Some(kind) = types.float_kind(ty) {
                Holds::Floats(kind)
            } else if cx.types.whole(v) == Class::Integer {
                Holds::Integers
            } else {
                Holds::Other(slot)
            }
        }
        Item::Trips(_) | Item::Edge(_) => Holds::Integers,
        Item::Tape(_) | Item::Base(..) | Item::Head(_) | Item::State(..) => Holds::Other(slot),
    }
}

/// What an integer on the tape is said to be when it is read back.
fn range(cx: &Context<'_>, item: Item, holds: Holds) -> Option<Range> {
    let (Item::Primal(v), Holds::Integers, true) = (item, holds, cx.ranges) else {
        return None;
    };
    cx.body.def(v)?;
    cx.facts.range(cx.key.func, v)
}

/// Sources of all slots.
pub fn sources(tape: &Tape) -> impl Iterator<Item = (Item, Source)> + '_ {
    tape.slots
        .iter()
        .map(|(slot, data)| (data.item, Source::Slot(slot)))
}
