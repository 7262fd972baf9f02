//! Loops of which some states are saved: the tape fits a budget, however long the loop runs.
//!
//! ```text
//! forward:  before some iterations: save the state in a snapshot     reverse, for t backwards:
//!           run the step                                               restore the last snapshot before t
//!                                                                      run whole steps up to t, saving some states
//!                                                                      run step t again, with its tape; undo it
//! ```
//!
//! These are loops that run again ([`crate::rerun`]) under the same conditions. There is room for so many snapshots;
//! the run-time functions of `rz-synth` decide which states they hold. With `s` of them and `n` iterations each
//! iteration runs about `r` more times, where `n` is the number of ways to choose `r` out of `r + s`. When `n` is known
//! before the loop the snapshots are placed so that the least is run again; else every `2^k`-th state is kept,
//! with a larger `k` whenever the room is used up.
//!
//! The budget holds for the tape: snapshots and the tape of one step. Memory that the primal allocates, its shadows
//! and the stack do not count.

use crate::context::Context;
use crate::extent::Extent;
use crate::fuse::Fusion;
use crate::layout::{Guards, invariant_guards, is_invariant};
use crate::plan::{Item, Plan, SlotData, Storage};
use rustc_hash::FxHashSet;
use rz_diag::{Code, Diagnostic, Position, Severity};
use rz_view::ordered::IndexSet;
use rz_view::{Body, Count, Inst, Loop, Op, Value};

/// What runs to get from one state to the next.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Advance {
    /// Instructions; terminators always run.
    pub needed: FxHashSet<Inst>,
    /// What these use from outside of the loop, and phis of its header.
    pub inputs: IndexSet<Value>,
    /// Pointers whose shadows phis of the header have in the next iteration.
    pub shadows: IndexSet<Value>,
}

impl Advance {
    /// What the reverse pass must have at hand.
    pub fn items(&self) -> impl Iterator<Item = Item> + '_ {
        let shadows = self.shadows.iter().map(|&v| Item::Shadow(v));
        let primals = self.inputs.iter().map(|&v| Item::Primal(v));
        primals.chain(shadows)
    }

    /// True when it says what `item`, which is saved, is in the next iteration.
    pub fn carries(&self, cx: &Context<'_>, id: Loop, item: Item) -> bool {
        match item {
            Item::Primal(v) => self.inputs.contains(&v),
            Item::Shadow(v) => {
                let next = cx.body.def(v).and_then(|phi| cx.next_of(id, phi));
                next.is_some_and(|next| self.shadows.contains(&next))
            }
            _ => true,
        }
    }
}

/// How the states of a loop are kept.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Checkpoint {
    /// What runs to get from one state to the next.
    pub advance: Advance,
    /// Memory of others that the loop changes.
    pub regions: Vec<Region>,
    /// Bytes for snapshots and the tape of one step.
    pub room: u64,
}

/// Memory that a loop changes and that is not private: it is a part of the state, and holds again what the function left
/// there when the loop is undone.
#[derive(Clone, PartialEq, Debug)]
pub struct Region {
    /// A pointer.
    pub base: Value,
    /// From how many bytes behind it, evaluated before the loop.
    pub low: Count,
    /// Up to how many.
    pub high: Count,
    /// The loop changes it only if each of these conditions has this value.
    pub guards: Guards,
}

impl Region {
    /// What `writer` writes in each iteration of `id`, if that is always the same.
    pub fn of(cx: &Context<'_>, id: Loop, writer: Inst) -> Option<Self> {
        let data = cx.shape.loops.get(id);
        let (base, low, high) = cx.facts.written_range(cx.key.func, writer, data.header)?;
        let block = cx.body.insts[writer].block;
        let guards = invariant_guards(cx.shape, cx.body, block, id)?;
        let ready = cx.is_given(base) || !cx.is_inside(base, id);
        Some(Self {
            base,
            low,
            high,
            guards,
        })
        .filter(|_| ready)
    }

    /// Extends this one by another if both are parts of one block of memory.
    pub fn join(&mut self, other: &Self) -> bool {
        if (self.base, &self.guards) != (other.base, &other.guards) {
            return false;
        }
        let parts = |count: &Count, low: bool| match count {
            Count::SMin(list) if low => list.clone(),
            Count::SMax(list) if !low => list.clone(),
            _ => vec![count.clone()],
        };
        let both = |a: &Count, b: &Count, low: bool| {
            let mut list = parts(a, low);
            for part in parts(b, low) {
                if !list.contains(&part) {
                    list.push(part);
                }
            }
            match list.len() {
                1 => list.remove(0),
                _ if low => Count::SMin(list),
                _ => Count::SMax(list),
            }
        };
        self.low = both(&self.low, &other.low, true);
        self.high = both(&self.high, &other.high, false);
        true
    }
}

/// Why a loop has no snapshots, and the instruction that is in the way.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Obstacle {
    /// Completes "the loop cannot be checkpointed:".
    pub why: &'static str,
    /// Where.
    pub at: Option<Inst>,
}

/// Bytes that the arena rounds allocations to.
const ROUND: u64 = 64;

/// Bytes of a snapshot before its slots: the snapshot before it, and the iteration.
pub const SNAPSHOT_HEAD: u64 = 16;

impl Plan {
    /// Bytes of the tape, when they are known here; slots outside of loops are registers or on the stack.
    pub fn tape_bytes(&self, body: &Body) -> Option<u64> {
        let calls = self.splits.values().any(|split| split.has_tape);
        if calls || self.fusions.values().any(|f| f.checkpoint.is_some()) {
            return None;
        }
        let loops = self.shape.loops.iter();
        loops.map(|(id, _)| self.loop_bytes(body, id, None)).sum()
    }

    /// Bytes of the slots at home in `id`, from the loop `within` inwards, when they are known here.
    pub(crate) fn loop_bytes(&self, body: &Body, id: Loop, within: Option<Loop>) -> Option<u64> {
        let storage = self.loops[id].as_ref().and_then(|l| l.storage.as_ref());
        let nest = self.shape.nest(Some(id));
        let each = match storage {
            None => return Some(0),
            Some(Storage::Records | Storage::Snapshots) => return None,
            Some(Storage::Arrays { .. }) => self.entry_bytes(id),
        };
        let mut bytes = each;
        if let Some(states) = self.fusions.get(&id).and_then(|f| f.again.as_ref()) {
            for extent in states.values() {
                bytes += known_bytes(body, *extent)?.next_multiple_of(ROUND);
            }
        }
        let from = within.and_then(|outer| nest.iter().position(|&l| l == outer));
        let inner = &nest[from.map_or(0, |at| at + 1)..];
        let fused = inner
            .iter()
            .position(|&l| self.reversal.is_fused(l) && l != id);
        let inner = &inner[fused.map_or(0, |at| at + 1)..];
        let flat =
            |l: &&Loop| matches!(storage, Some(Storage::Arrays { flat, .. }) if flat.contains(l));
        for l in inner.iter().filter(|l| !flat(l)) {
            bytes = bytes.checked_mul(self.known_trips(*l)?.checked_add(1)?)?;
        }
        Some(bytes)
    }

    /// Bytes of one entry of all slots at home in `id` that have one an iteration.
    pub fn entry_bytes(&self, id: Loop) -> u64 {
        let fused = self.reversal.is_fused(id);
        let kept = |data: &&SlotData| data.saved || !fused;
        let slots = self.slots_of(Some(id)).map(|(_, data)| data);
        slots.filter(kept).map(|data| data.bytes).sum()
    }

    fn known_trips(&self, id: Loop) -> Option<u64> {
        match self.loops[id].as_ref()?.count.as_ref()? {
            Count::Const { value, .. } => Some(*value),
            _ => None,
        }
    }

    /// The arrays that one iteration of `id` has on the tape, as the loops that are their dimensions and the bytes
    /// of an entry; as far as their sizes are known before the loop.
    pub fn step_arrays(&self, body: &Body, id: Loop) -> Vec<(Vec<Loop>, u64)> {
        let mut found = Vec::new();
        for (inner, _) in self.shape.loops.iter() {
            let storage = self.loops[inner].as_ref().and_then(|l| l.storage.as_ref());
            let nest = self.shape.nest(Some(inner));
            let (true, Some(storage @ Storage::Arrays { .. })) =
                (inner != id && nest.contains(&id), storage)
            else {
                continue;
            };
            let dimensions = storage.dimensions(&nest);
            let known = dimensions.iter().all(|&l| {
                let count = self.loops[l].as_ref().and_then(|l| l.count.as_ref());
                count.is_some_and(|count| is_invariant(&self.shape, body, count, id))
            });
            if known {
                found.push((dimensions, self.entry_bytes(inner)));
            }
        }
        found
    }

    /// Shares what `budget` leaves among the loops with snapshots.
    pub fn share(&mut self, budget: u64) {
        let checkpointed = |f: &&mut Fusion| f.checkpoint.is_some();
        let count = self.fusions.values_mut().filter(checkpointed).count() as u64;
        for fusion in self.fusions.values_mut() {
            if let Some(checkpoint) = &mut fusion.checkpoint {
                checkpoint.room = budget / count;
            }
        }
    }

    /// The least budget, when it is known here.
    pub fn least_budget(&self, body: &Body) -> Option<u64> {
        let mut sum = 0;
        let mut count = 0;
        for (&id, fusion) in &self.fusions {
            let Some(checkpoint) = &fusion.checkpoint else {
                continue;
            };
            if !checkpoint.regions.is_empty() {
                return None;
            }
            count += 1;
            let mut bytes = SNAPSHOT_HEAD + self.entry_bytes(id);
            for extent in fusion.again.iter().flat_map(|states| states.values()) {
                bytes = bytes.next_multiple_of(ROUND) + known_bytes(body, *extent)?;
            }
            sum = sum.max(bytes.next_multiple_of(ROUND) + self.step_bytes(body, id)?);
        }
        Some(sum * count)
    }

    /// Bytes that one iteration of `id` has on the tape, when they are known here.
    fn step_bytes(&self, body: &Body, id: Loop) -> Option<u64> {
        let inner = self.shape.loops.iter().map(|(inner, _)| inner);
        let inner = inner.filter(|&l| l != id && self.shape.nest(Some(l)).contains(&id));
        inner
            .map(|l| Some(self.loop_bytes(body, l, Some(id))?.next_multiple_of(ROUND)))
            .sum()
    }
}

fn known_bytes(body: &Body, extent: Extent) -> Option<u64> {
    let of = |v: Value| body.const_int(v).and_then(|n| u64::try_from(n).ok());
    match extent {
        Extent::Bytes(bytes) => Some(bytes),
        Extent::Value(v) => of(v),
        Extent::Product(a, b) => of(a)?.checked_mul(of(b)?),
    }
}

/// A budget that cannot be kept whatever happens at run time.
pub fn too_small(name: &str, budget: u64, least: u64, at: Option<Position>) -> Box<Diagnostic> {
    let text = format!("the tape of `{name}` does not fit a budget of {budget} bytes");
    let error = Diagnostic::error(Code::TapeBudget, text).at(at);
    error.fix(format!("allow at least {least} bytes"))
}

/// A loop whose tape nobody bounds.
pub fn not_kept(cx: &Context<'_>, id: Loop, obstacle: &Obstacle) -> Box<Diagnostic> {
    let header = cx.shape.loops.get(id).header;
    let latch = cx.shape.loops.get(id).latches.first().copied();
    let end = cx.body.terminator(latch.unwrap_or(header));
    let position = cx.position(end).or_else(|| {
        let blocks = cx.shape.loops.get(id).blocks.iter();
        let insts = blocks.flat_map(|&b| &cx.body.blocks[b].insts);
        insts.copied().find_map(|inst| cx.position(inst))
    });
    let mut warning = Diagnostic::error(
        Code::TapeBudget,
        format!("the tape of a loop of `{}` may exceed the budget", cx.name()),
    )
    .at(position)
    .note(format!("the loop cannot be checkpointed: {}", obstacle.why))
    .fix("keep what a step changes in local variables and in memory that the function allocates itself");
    if let Some(Position { file, line, .. }) = obstacle.at.and_then(|inst| cx.position(inst)) {
        warning = warning.note(format!("see {file}:{line}"));
    }
    warning.severity = Severity::Warning;
    warning
}

/// What is in the way when `inst` may not run again.
pub fn in_the_way(body: &Body, inst: Inst) -> &'static str {
    match body.insts[inst].op {
        Op::Store(_) => "it writes to memory that others may see, or a pointer to memory",
        Op::Call(_) | Op::Invoke(..) => {
            "it calls a function that may not run twice, or has a tape of its own"
        }
        Op::Alloca { .. } => "it allocates memory",
        Op::Load(_) => "it reads memory that others may change meanwhile",
        _ => "it contains an instruction that may not run twice",
    }
}
