//! Fused loops: each iteration runs in the reverse pass, directly before it is undone.
//!
//! ```text
//! for i { s += f(x, i) }          forward: nothing
//!                                 reverse: for i backwards { f(x, i) with its tape; undo it }
//! ```
//!
//! The tape of a fused loop is that of one iteration, and the forward pass does not run the loop at
//! all, so fusing costs no time: each iteration still runs once. It is legal when nobody can see
//! when an iteration runs:
//!
//! 1. The loop is left at its latch only, and its trip count is known on entry.
//! 2. It writes only *scratch*: memory of this function that nothing outside the loop accesses.
//! 3. What it computes is not needed outside: neither by the forward pass (a result that only its
//!    adjoint is asked of, such as a sum the request does not return) nor by the reverse pass.
//! 4. What an iteration *needs* to run ([`Fusion::needed`]: its control flow, its scratch, whatever
//!    its reverse uses) depends on other iterations in no way: phis of the header are induction
//!    variables, loads are of memory that no later write changes ([`crate::memory`]) or of scratch
//!    that the same iteration wrote before ([`rz_view::Facts::written_before`]).
//! 5. Everything else that it needs is available in the reverse pass ([`Fusion::inputs`]).
//!
//! Only combined derivatives have fused loops: the augmented forward of a split one returns the result.
//!
//! Shadows need no condition: the reverse pass does the same steps in the same order as without
//! fusion. A loop that is inside a fused one is part of its iterations.

use crate::calls::{self, CallKind};
use crate::checkpoint::Checkpoint;
use crate::choose::count_uses;
use crate::context::Context;
use crate::extent::Extent;
use crate::lost::{Dependents, is_pure};
use crate::memory::Root;
use crate::plan::{Item, SlotData, Source};
use crate::recompute::{self, Way};
use crate::request::Mode;
use crate::segments::Layout;
use crate::shape::Reversal;
use crate::work::Work;
use cranelift_entity::SecondaryMap;
use rustc_hash::{FxHashMap, FxHashSet};
use rz_rules::known::Class;
use rz_view::ordered::{IndexMap, IndexSet};
use rz_view::{Callee, Inst, Loop, LoopData, Nature, Op, Value};

/// A loop with more instructions than this is not examined: the questions grow with its square.
const LARGE: usize = 4_000;

/// How one loop is fused.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Fusion {
    /// The instructions that run in the reverse pass; terminators always do.
    pub needed: FxHashSet<Inst>,
    /// What these use from outside of the loop, and their induction variables.
    pub inputs: IndexSet<Value>,
    /// Instructions after the loop whose results do not exist without it.
    pub lost: Vec<Inst>,
    /// For a loop that runs in the forward pass as well ([`crate::rerun`]): memory that is saved before each
    /// iteration and restored before it runs again.
    pub again: Option<IndexMap<Inst, Extent>>,
    /// For one of these that saves the states of some iterations only.
    pub checkpoint: Option<Checkpoint>,
}

impl Fusion {
    /// What the reverse pass must have at hand before an iteration of the loop `id`.
    pub fn items(&self, id: Loop) -> impl Iterator<Item = Item> + '_ {
        let each = self.again.iter().filter(|_| self.checkpoint.is_none());
        let states = each.flat_map(IndexMap::keys);
        let states = states.map(move |&inst| Item::State(id, inst));
        let inputs = self.inputs.iter().map(|&v| Item::Primal(v));
        let more = self.checkpoint.iter().flat_map(|c| c.advance.items());
        inputs.chain(more).chain(states)
    }
}

/// Decides which loops to fuse: the outermost legal ones among those with something stored.
pub fn choose<'s>(
    cx: &Context<'_>,
    work: &Work,
    reversal: &Reversal,
    items: &IndexMap<Item, Source>,
    slots: impl Iterator<Item = &'s SlotData>,
) -> IndexMap<Loop, Fusion> {
    let mut found: IndexMap<Loop, Fusion> = IndexMap::default();
    if cx.key.mode != Mode::Combined {
        return found;
    }
    let mut stores: SecondaryMap<Loop, bool> = SecondaryMap::new();
    for slot in slots {
        for id in cx.shape.nest(slot.home) {
            stores[id] = true;
        }
    }
    let mut fuser = Fuser {
        cx,
        work,
        reversal,
        items,
        dependents: Dependents::new(cx, work, items),
        scratch: FxHashMap::default(),
    };
    for (id, data) in cx.shape.loops.iter() {
        let inside = |&outer: &Loop| cx.shape.loops.contains(outer, data.header);
        if stores[id]
            && !found.keys().any(inside)
            && let Some(fusion) = fuser.fusion(id, data)
        {
            found.insert(id, fusion);
        }
    }
    found
}

struct Fuser<'c, 'a> {
    cx: &'c Context<'a>,
    work: &'c Work,
    reversal: &'c Reversal,
    items: &'c IndexMap<Item, Source>,
    dependents: Dependents<'c, 'a>,
    /// Whether only this loop accesses the memory of an allocation.
    scratch: FxHashMap<(Inst, Loop), bool>,
}

impl Fuser<'_, '_> {
    fn fusion(&mut self, id: Loop, data: &LoopData) -> Option<Fusion> {
        let size: usize = data
            .blocks
            .iter()
            .map(|&b| self.cx.body.blocks[b].insts.len())
            .sum();
        let shaped = size <= LARGE && self.is_shaped(id, data);
        let legal = shaped
            && data
                .blocks
                .iter()
                .flat_map(|&b| &self.cx.body.blocks[b].insts)
                .all(|&inst| self.is_invisible(id, inst));
        let lost = legal.then(|| self.lost(id, data))??;
        let fusion = Fusion {
            lost: lost.into_iter().collect(),
            ..self.needs(id, data)
        };
        let runs_alone = fusion
            .needed
            .iter()
            .all(|&inst| self.is_repeatable(id, inst));
        (runs_alone && self.are_available(id, &fusion)).then_some(fusion)
    }

    /// Condition 1.
    fn is_shaped(&self, id: Loop, data: &LoopData) -> bool {
        let (cx, shape) = (self.cx, self.cx.shape);
        let [(from, to)] = data.exits[..] else {
            return false;
        };
        data.latches == [from]
            && data.preheader.is_some()
            && shape.cfg.preds(to) == [from].as_slice()
            && shape.is_reversed(to)
            && data.blocks.iter().all(|&b| shape.is_reversed(b))
            && recompute::count_of(cx, self.reversal, id).is_some()
    }

    /// Condition 2, for one instruction.
    fn is_invisible(&mut self, id: Loop, inst: Inst) -> bool {
        let data = &self.cx.body.insts[inst];
        match data.op.nature() {
            Nature::Store(access) => {
                !access.volatile
                    && !access.atomic
                    && !self.work.pointer_bytes.contains_key(&data.operands[0])
                    && self.is_scratch(id, data.operands[1])
            }
            Nature::Load(access) => !access.volatile && !access.atomic,
            Nature::Call => self.is_invisible_call(id, inst),
            Nature::Pure | Nature::Freeze | Nature::Branch => true,
            Nature::Alloca | Nature::Leave | Nature::Other => false,
        }
    }

    fn is_invisible_call(&mut self, id: Loop, inst: Inst) -> bool {
        match self.work.calls.get(&inst) {
            Some(CallKind::Rule(rule)) => rule.is_plain(),
            Some(CallKind::Reduce(_)) => true,
            Some(&CallKind::Fill {
                to,
                layout: Layout::Plain | Layout::Floats(_),
                ..
            }) => self.is_scratch(id, to),
            Some(CallKind::Inactive) | None => is_pure(self.cx, inst) || is_marker(self.cx, inst),
            Some(_) => false,
        }
    }

    /// True when `pointer` leads to one allocation that only this loop accesses.
    fn is_scratch(&mut self, id: Loop, pointer: Value) -> bool {
        let [Root::Local(object)] = self.cx.memory.roots(pointer)[..] else {
            return false;
        };
        if let Some(&known) = self.scratch.get(&(object, id)) {
            return known;
        }
        let answer = self.is_private(id, object);
        self.scratch.insert((object, id), answer);
        answer
    }

    fn is_private(&self, id: Loop, object: Inst) -> bool {
        let (body, loops) = (self.cx.body, &self.cx.shape.loops);
        if loops.contains(id, body.insts[object].block) {
            return false;
        }
        let mut stack: Vec<Value> = body.insts[object].result.into_iter().collect();
        let mut seen: FxHashSet<Value> = stack.iter().copied().collect();
        while let Some(pointer) = stack.pop() {
            for &(user, operand) in &self.dependents.uses[pointer] {
                let data = &body.insts[user];
                let inside = loops.contains(id, data.block);
                let harmless = match &data.op {
                    Op::Gep(_) | Op::Phi { .. } | Op::Select | Op::Cast(_) => {
                        let result = data.result.expect("it makes a pointer");
                        if seen.insert(result) {
                            stack.push(result);
                        }
                        self.cx.module.types.is_pointer(body.ty(result))
                    }
                    Op::ICmp(_) => true,
                    Op::Load(_) => inside,
                    Op::Store(_) => inside && operand == 1,
                    Op::Call(_) => match self.work.calls.get(&user) {
                        Some(CallKind::Free { .. }) => true,
                        Some(CallKind::Fill { .. }) => inside,
                        _ => is_marker(self.cx, user),
                    },
                    _ => false,
                };
                if !harmless || seen.len() > LARGE {
                    return false;
                }
            }
        }
        true
    }

    /// Condition 3: everything that depends on results of the loop, if none of it is needed. A value
    /// leaves the loop through a phi of its exit.
    fn lost(&self, id: Loop, data: &LoopData) -> Option<IndexSet<Inst>> {
        let (body, loops) = (self.cx.body, &self.cx.shape.loops);
        let exit = data.exits[0].1;
        let insts = data.blocks.iter().flat_map(|&b| &body.blocks[b].insts);
        let results = insts.filter_map(|&inst| body.insts[inst].result).collect();
        self.dependents.of(
            results,
            |user| loops.contains(id, body.insts[user].block),
            |user| matches!(body.insts[user].op, Op::Phi { .. }) && body.insts[user].block == exit,
        )
    }

    /// What an iteration needs: its control flow, what it writes, what its reverse uses.
    fn needs(&self, id: Loop, data: &LoopData) -> Fusion {
        let (body, shape) = (self.cx.body, self.cx.shape);
        let mut stack: Vec<Value> = Vec::new();
        let mut fusion = Fusion::default();
        for &block in &data.blocks {
            for &inst in &body.blocks[block].insts {
                let op = &body.insts[inst].op;
                let latch = op.is_terminator() && block == data.latches[0];
                let runs = match op {
                    Op::Store(_) => true,
                    Op::Call(_) => {
                        matches!(self.work.calls.get(&inst), Some(CallKind::Fill { .. }))
                    }
                    _ => op.is_terminator() && !latch,
                };
                if runs {
                    fusion.needed.insert(inst);
                    stack.extend_from_slice(&body.insts[inst].operands);
                }
            }
        }
        let inside = |v: Value| {
            body.def(v)
                .is_some_and(|i| shape.loops.contains(id, body.insts[i].block))
        };
        for item in self.items.keys() {
            match *item {
                Item::Primal(v) | Item::Shadow(v) if inside(v) => stack.push(v),
                _ => {}
            }
        }
        for (inner, inner_data) in shape.loops.iter() {
            if shape.loops.contains(id, inner_data.header)
                && let Some(count) = recompute::count_of(self.cx, self.reversal, inner)
            {
                let mut uses = Vec::new();
                count_uses(&count, &mut uses);
                stack.extend(uses.iter().filter_map(|item| match item {
                    Item::Primal(v) => Some(*v),
                    _ => None,
                }));
            }
        }
        while let Some(value) = stack.pop() {
            if !inside(value) {
                if body.constant(value).is_none() {
                    fusion.inputs.insert(value);
                }
                continue;
            }
            let inst = body.def(value).expect("an instruction of the loop");
            if self.cx.is_header_phi(value, |header| header == id) {
                fusion.needed.insert(inst);
                fusion.inputs.insert(value);
            } else if fusion.needed.insert(inst) {
                stack.extend_from_slice(&body.insts[inst].operands);
            }
        }
        fusion
    }

    /// Condition 4.
    fn is_repeatable(&mut self, id: Loop, inst: Inst) -> bool {
        let data = &self.cx.body.insts[inst];
        match data.op {
            Op::Load(_) => {
                self.cx.memory.reloadable(inst)
                    || self.is_scratch(id, data.operands[0])
                        && self.cx.facts.written_before(
                            self.cx.key.func,
                            inst,
                            self.cx.shape.loops.get(id).header,
                        )
            }
            _ => true,
        }
    }

    /// Condition 5, and the induction variables of condition 4.
    fn are_available(&self, id: Loop, fusion: &Fusion) -> bool {
        let (cx, body) = (self.cx, self.cx.body);
        fusion.inputs.iter().all(|&value| {
            let reversed = |inst| cx.shape.is_reversed(body.insts[inst].block);
            let own = cx.is_header_phi(value, |header| header == id);
            let way = recompute::way(cx, self.reversal, Item::Primal(value));
            cx.bytes(Item::Primal(value)).is_some()
                && (!own || matches!(way, Way::Affine { .. }))
                && body.def(value).is_none_or(reversed)
        })
    }
}

/// True when the plan that was made for `fusions` keeps their promises: nothing that is lost is used,
/// an iteration's tape is made of what runs, and it holds neither shadows nor tapes of calls.
pub fn holds<'s>(
    cx: &Context<'_>,
    fusions: &IndexMap<Loop, Fusion>,
    lost: &IndexSet<Inst>,
    items: &IndexMap<Item, Source>,
    mut slots: impl Iterator<Item = &'s SlotData>,
) -> bool {
    let exists = |item: &Item| match *item {
        Item::Primal(v) | Item::Shadow(v) => cx.body.def(v).is_none_or(|i| !lost.contains(&i)),
        _ => true,
    };
    let runs = |slot: &SlotData| {
        let nest = cx.shape.nest(slot.home);
        let Some(fusion) = nest.iter().find_map(|l| fusions.get(l)) else {
            return true;
        };
        match slot.item {
            _ if slot.saved => fusion.again.is_some(),
            Item::Primal(v) => cx.body.def(v).is_some_and(|i| fusion.needed.contains(&i)),
            Item::Shadow(_) | Item::Tape(_) | Item::State(..) => false,
            Item::Trips(_) | Item::Edge(_) | Item::Base(..) | Item::Head(_) => true,
        }
    };
    items.keys().all(exists)
        && slots.all(runs)
        && (fusions.iter()).all(|(&id, f)| f.items(id).all(|item| items.contains_key(&item)))
}

/// A call that means nothing to a derivative.
pub fn is_marker(cx: &Context<'_>, inst: Inst) -> bool {
    let Some(Callee::Direct(func)) = cx.body.insts[inst].op.call().map(|c| &c.callee) else {
        return false;
    };
    let func = *func;
    let name = cx.module.funcs[func]
        .intrinsic
        .as_deref()
        .unwrap_or_default();
    name.starts_with("llvm.dbg")
        || matches!(name, "llvm.assume" | "llvm.experimental.noalias.scope.decl")
        || calls::known_function(cx, inst, func)
            .is_some_and(|known| matches!(known.class, Class::Lifetime { .. }))
}
