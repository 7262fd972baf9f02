//! The plan of one derivative: every decision, as data.

use crate::at_once::Known;
use crate::bits::Masking;
use crate::calls::{Allocation, CallKind};
use crate::fuse::Fusion;
use crate::layout::Guards;
use crate::request::{Derivative, Mode};
use crate::segments::{Layout, Segment};
use crate::shape::{Reversal, Shape};
use cranelift_entity::{PrimaryMap, SecondaryMap, entity_impl};
use rustc_hash::{FxHashMap, FxHashSet};
use rz_rules::Rule;
use rz_view::ordered::{IndexMap, IndexSet};
use rz_view::{Block, Body, Count, FloatKind, Inst, Loop, Op, Range, Value};
use std::rc::Rc;

/// Something the reverse pass may need that the forward pass knows.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Item {
    /// A primal value.
    Primal(Value),
    /// The shadow of a pointer.
    Shadow(Value),
    /// How often the back edge of a loop was taken.
    Trips(Loop),
    /// Which predecessor a block was entered from: its index in [`rz_view::Cfg::preds`].
    Edge(Block),
    /// The tape of a split call.
    Tape(Inst),
    /// Where the arrays of a loop's slots that hold such data begin.
    Base(Loop, Holds),
    /// The last record of a loop that keeps records.
    Head(Loop),
    /// Where the contents are that an allocation had before the iteration of a loop that runs again.
    State(Loop, Inst),
}

/// Where the reverse pass gets an item.
#[derive(Clone, PartialEq, Debug)]
pub enum Source {
    /// Always available: constants, parameters, their shadows, static stack memory.
    Free,
    /// Repeat the defining operation on its operands' items.
    Recompute,
    /// `start + iteration·step` of the enclosing loop with this header.
    Affine {
        /// Value in iteration 0.
        start: Count,
        /// Increment.
        step: Count,
        /// Which loop's iteration number.
        id: Loop,
    },
    /// Read from the tape.
    Slot(Slot),
}

/// A place on the tape.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Slot(u32);
entity_impl!(Slot, "slot");

/// What kind of data a slot holds. Arrays of different kinds are allocated apart, since the place of
/// one after another is not a constant, and a derivative of the derivative must tell behind each
/// pointer what lies there.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Holds {
    /// Floats or vectors of floats.
    Floats(FloatKind),
    /// Integers: neither pointers nor parts of floats.
    Integers,
    /// Pointers, which may have different kinds of targets, and anything else: one slot alone.
    Other(Slot),
}

/// A slot's data.
#[derive(Clone, PartialEq, Debug)]
pub struct SlotData {
    /// What is stored.
    pub item: Item,
    /// The innermost loop around the definition: one entry per iteration of its nest.
    pub home: Option<Loop>,
    /// Bytes of one entry.
    pub bytes: u64,
    /// What kind of data it is.
    pub holds: Holds,
    /// What an iteration of a loop that runs again starts from ([`crate::rerun`]): it is written in the forward
    /// pass, with one entry for each iteration.
    pub saved: bool,
    /// What the integer is, where that is known ([`crate::tape`]).
    pub range: Option<Range>,
    /// Why it is stored, for `explain`.
    pub why: String,
}

/// How a loop's slots are kept.
#[derive(Clone, PartialEq, Debug)]
pub enum Storage {
    /// Consecutive arrays with one entry per iteration of the nest `outermost … this loop`, flat loops
    /// left out, allocated once before `outermost` is entered.
    Arrays {
        /// The loop before which the arrays are allocated.
        outermost: Loop,
        /// The nest runs only if each of these conditions has this value.
        guards: Guards,
        /// Loops of the nest in which all entries repeat: these are no dimension of the arrays.
        flat: Vec<Loop>,
    },
    /// One record per iteration, linked to the previous one: the trip count is not known on entry.
    Records,
    /// One snapshot for each of some iterations, as many as there is room for ([`crate::checkpoint`]).
    Snapshots,
}

impl Storage {
    /// The loops that are dimensions of the arrays of a loop in `nest`, outermost first.
    pub fn dimensions(&self, nest: &[Loop]) -> Vec<Loop> {
        let Storage::Arrays {
            outermost, flat, ..
        } = self
        else {
            return Vec::new();
        };
        let inside = nest.iter().skip_while(|l| *l != outermost);
        inside.filter(|l| !flat.contains(l)).copied().collect()
    }
}

/// A loop's plan.
#[derive(Clone, PartialEq, Debug)]
pub struct LoopPlan {
    /// The exact trip count, when it can be computed from available values.
    pub count: Option<Count>,
    /// How slots at home in this loop are kept; `None` when there are none.
    pub storage: Option<Storage>,
}

/// A call that is differentiated through its body: augmented in the forward pass and reverse in the
/// reverse pass, or combined in the reverse pass, as the mode of the key says.
#[derive(Clone, Debug)]
pub struct Split {
    /// The callee's derivative.
    pub key: Rc<Derivative>,
    /// The callee's augmented forward returns a tape.
    pub has_tape: bool,
}

/// What the reverse function of a split derivative must be given.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Needs {
    /// Per parameter: its primal value.
    pub primal: Vec<bool>,
    /// Per parameter: its shadow.
    pub shadow: Vec<bool>,
}

/// All decisions for one derivative.
#[derive(Clone, Debug)]
pub struct Plan {
    /// What is derived.
    pub key: Rc<Derivative>,
    /// Control-flow structure of the primal.
    pub shape: Shape,
    /// Reverse control flow.
    pub reversal: Reversal,
    /// Every item the reverse pass uses, directly or to recompute another, and where it comes from.
    pub items: IndexMap<Item, Source>,
    /// The tape's slots.
    pub slots: PrimaryMap<Slot, SlotData>,
    /// Per loop.
    pub loops: SecondaryMap<Loop, Option<LoopPlan>>,
    /// Pointers whose shadow is recomputed from that of another, at the same distance.
    pub bases: FxHashMap<Value, Value>,
    /// Loops whose iterations run in the reverse pass.
    pub fusions: IndexMap<Loop, Fusion>,
    /// Instructions that the forward pass leaves out: combined calls, what depends on the results of these and
    /// of fused loops, and stores of results that nobody needs.
    pub lost: IndexSet<Inst>,
    /// Calls that are undone in the forward pass, and what their seeds are.
    pub at_once: IndexMap<Inst, Known>,
    /// The reverse part only adds to memory that others know of ([`crate::at_once::is_quiet`]).
    pub quiet: bool,
    /// Loops that are not undone when the adjoints of these values are zero.
    pub skips: IndexMap<Loop, Vec<Value>>,
    /// Arithmetic whose zero adjoint stays zero even where a partial derivative is infinite.
    pub guarded: FxHashSet<Inst>,
    /// Values that have an adjoint.
    pub has_adjoint: SecondaryMap<Value, bool>,
    /// Values that have a shadow.
    pub has_shadow: SecondaryMap<Value, bool>,
    /// Pointers whose shadow may be the pointer itself: the two are compared.
    pub mixed: SecondaryMap<Value, bool>,
    /// Instructions that do derivative work.
    pub working: SecondaryMap<Inst, bool>,
    /// Instructions that do work in the reverse pass.
    pub reverses: SecondaryMap<Inst, bool>,
    /// The rule of arithmetic instructions.
    pub rules: FxHashMap<Inst, &'static Rule>,
    /// What bit operations with constants do to floats.
    pub maskings: FxHashMap<Inst, Masking>,
    /// How each active call, and every call that frees, is treated.
    pub calls: IndexMap<Inst, CallKind>,
    /// Calls that are differentiated through their bodies.
    pub splits: IndexMap<Inst, Split>,
    /// Floats inside the integers of values with an adjoint.
    pub segments: FxHashMap<Value, Vec<Segment>>,
    /// Byte offsets of the pointers inside values.
    pub pointer_bytes: FxHashMap<Value, Vec<u64>>,
    /// Floats that stores of integers overwrite.
    pub stores: FxHashMap<Inst, Vec<Segment>>,
    /// What blocks hold that are resized, or whose shadow is cleared in the reverse pass.
    pub blocks: FxHashMap<Inst, Layout>,
    /// Calls that free memory which this function allocated itself.
    pub own_frees: FxHashSet<Inst>,
    /// May free memory that this function did not allocate itself: whoever allocated it undoes that
    /// later, and needs it until then.
    pub frees_outside: bool,
    /// For a split derivative: what its reverse function is given.
    pub needs: Needs,
}

impl Plan {
    /// True when a split derivative returns a tape.
    pub fn has_tape(&self) -> bool {
        self.slots.values().any(|s| self.region(s.home).is_none())
    }

    /// True when calls through pointers may be undone several times: their tapes last as long as this one.
    pub fn keeps_tapes(&self) -> bool {
        self.key.repeatable && self.key.mode == Mode::Split
    }

    /// The fused loop that `home` is or lies in.
    pub fn region(&self, home: Option<Loop>) -> Option<Loop> {
        let nest = self.shape.nest(home);
        nest.into_iter().find(|&l| self.reversal.is_fused(l))
    }

    /// The fused loop whose iterations run `id`; a loop that runs again is itself run outside of it first.
    pub fn counted_in(&self, id: Loop) -> Option<Loop> {
        if self.reversal.runs_again(id) {
            return None;
        }
        self.region(Some(id))
    }

    /// True when writing this plan's forward part needs an arena.
    pub fn uses_arena(&self, body: &Body) -> bool {
        let taped = |inst: Inst| {
            self.is_taped(&body.insts[inst].op) && self.shape.is_reversed(body.insts[inst].block)
        };
        self.slots
            .values()
            .any(|s| s.saved || s.home.is_some_and(|l| !self.reversal.is_fused(l)))
            || self.fusions.values().any(|f| f.checkpoint.is_some())
            || !self.splits.is_empty()
            || self.calls.values().any(|c| {
                matches!(
                    c,
                    CallKind::Free { .. }
                        | CallKind::Close
                        | CallKind::Table { .. }
                        | CallKind::Alloc(
                            Allocation::Resize { .. } | Allocation::Arena(_) | Allocation::Open
                        )
                )
            })
            || body.insts.keys().any(taped)
    }

    /// True for a variable that lives on the tape: the reverse part of a split derivative runs in
    /// another frame, and what is not allocated once has no place in any.
    pub fn is_taped(&self, op: &Op) -> bool {
        matches!(*op, Op::Alloca { is_static, .. } if !is_static || self.key.mode == Mode::Split)
    }

    /// Where `item` comes from.
    ///
    /// # Panics
    /// When the plan does not provide the item; the validator excludes this.
    pub fn source(&self, item: Item) -> &Source {
        &self.items[&item]
    }

    /// The slot of `item`, if it is stored.
    pub fn slot(&self, item: Item) -> Option<Slot> {
        match self.items.get(&item) {
            Some(Source::Slot(slot)) => Some(*slot),
            _ => None,
        }
    }

    /// Slots at home in `home`, in order.
    pub fn slots_of(&self, home: Option<Loop>) -> impl Iterator<Item = (Slot, &SlotData)> {
        self.slots.iter().filter(move |(_, data)| data.home == home)
    }
}
