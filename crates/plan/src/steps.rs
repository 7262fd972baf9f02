//! Which loops may run again, as far as their own instructions tell: conditions 1, 2 and 5 of [`crate::rerun`].
//!
//! ```text
//! x = malloc(n); for t { k[i] = x[j]…; x[i] += k[i]… }     the loop changes k and x, which are private
//! ```

use crate::calls::{self, CallKind};
use crate::checkpoint::{Obstacle, Region, in_the_way};
use crate::context::Context;
use crate::extent::Extent;
use crate::fuse::is_marker;
use crate::lost::is_pure;
use crate::memory::Root;
use crate::plan::SlotData;
use crate::rerun::Candidate;
use crate::segments::Layout;
use crate::shape::Reversal;
use crate::work::Work;
use rustc_hash::{FxHashMap, FxHashSet};
use rz_rules::known::{Class, Delivery, Length};
use rz_view::ordered::{IndexMap, IndexSet};
use rz_view::{Block, Callee, Count, Inst, Loop, LoopData, Nature, Op, Value};
use std::cmp::Reverse;

/// Loops with more instructions are not examined: the questions grow with the square.
const LARGE: usize = 4_000;

/// As many loops of a function are tried.
const CANDIDATES: usize = 8;

/// A loop that runs so often is a part of a step rather than many steps.
const FEW: u64 = 8;

/// The candidates, in the order in which they are tried: inner loops first, so that what runs again has a small tape
/// itself, but loops of a few iterations last. Loops without loops in them have little on the tape.
pub fn candidates<'s>(
    cx: &Context<'_>,
    work: &Work,
    reversal: &Reversal,
    lost: &IndexSet<Inst>,
    slots: impl Iterator<Item = &'s SlotData>,
) -> Vec<Candidate> {
    let mut taped: FxHashSet<Loop> = FxHashSet::default();
    for slot in slots {
        taped.extend(cx.shape.nest(slot.home));
    }
    let mut finder = Finder {
        cx,
        work,
        uses: cx.body.uses(),
        private: FxHashMap::default(),
    };
    let loops = &cx.shape.loops;
    let mut found = Vec::new();
    let mut tried: Vec<(Loop, &LoopData)> = loops.iter().collect();
    tried.sort_by_cached_key(|(id, data)| (runs_a_few_times(cx, *id), Reverse(data.depth)));
    for (id, data) in tried {
        let leaf = !loops.iter().any(|(_, inner)| inner.parent == Some(id));
        let nested = loops.iter().any(|(other, inner)| {
            reversal.is_fused(other)
                && (loops.contains(id, inner.header) || loops.contains(other, data.header))
        });
        let insts = || data.blocks.iter().flat_map(|&b| &cx.body.blocks[b].insts);
        let possible = !leaf
            && taped.contains(&id)
            && !nested
            && reversal.is_live(id)
            && insts().count() <= LARGE
            && !insts().any(|inst| lost.contains(inst))
            && is_shaped(cx, id, data);
        if possible {
            found.extend(finder.candidate(id, data, false).ok());
        }
    }
    found.truncate(CANDIDATES);
    found
}

/// The loop `id` as a candidate for snapshots, or what is in the way.
pub fn checkpointable(
    cx: &Context<'_>,
    work: &Work,
    reversal: &Reversal,
    lost: &IndexSet<Inst>,
    id: Loop,
) -> Result<Candidate, Obstacle> {
    let obstacle = |why, at| Err(Obstacle { why, at });
    let data = cx.shape.loops.get(id);
    let insts = || data.blocks.iter().flat_map(|&b| &cx.body.blocks[b].insts);
    if insts().count() > LARGE {
        return obstacle("it is too large", None);
    }
    if let Some(&inst) = insts().find(|inst| lost.contains(*inst)) {
        return obstacle("parts of it run in the reverse pass only", Some(inst));
    }
    if !reversal.is_live(id) || !is_shaped(cx, id, data) {
        return obstacle("it is left from several places", None);
    }
    let mut finder = Finder {
        cx,
        work,
        uses: cx.body.uses(),
        private: FxHashMap::default(),
    };
    finder.candidate(id, data, true).map_err(|inst| Obstacle {
        why: in_the_way(cx.body, inst),
        at: Some(inst),
    })
}

fn runs_a_few_times(cx: &Context<'_>, id: Loop) -> bool {
    let header = cx.shape.loops.get(id).header;
    let count = cx.facts.backedge_count(cx.key.func, header);
    matches!(count, Some(Count::Const { value, .. }) if value < FEW)
}

/// Condition 1.
fn is_shaped(cx: &Context<'_>, id: Loop, data: &LoopData) -> bool {
    let (body, shape) = (cx.body, cx.shape);
    let [(from, to)] = data.exits[..] else {
        return false;
    };
    let enters = |&b: &Block| {
        let phis = body.blocks[b].insts.iter();
        phis.filter_map(|&i| match &body.insts[i].op {
            Op::Phi { blocks } => Some(blocks),
            _ => None,
        })
        .flatten()
        .all(|&from| b == data.header || shape.loops.contains(id, from))
    };
    data.latches == [from]
        && data.preheader.is_some()
        && shape.cfg.preds(to) == [from].as_slice()
        && shape.is_reversed(to)
        && data.blocks.iter().all(|&b| shape.is_reversed(b))
        && data.blocks.iter().all(enters)
}

struct Finder<'c, 'a> {
    cx: &'c Context<'a>,
    work: &'c Work,
    uses: cranelift_entity::SecondaryMap<Value, Vec<(Inst, u32)>>,
    /// How large each allocation is that is private.
    private: FxHashMap<Inst, Option<Extent>>,
}

/// What an instruction does that somebody might see.
enum Effect {
    None,
    Writes(Value),
    Refused,
}

impl Finder<'_, '_> {
    /// The candidate, or the instruction that is in the way. Memory that is not private may be changed if it is `shared`.
    fn candidate(&mut self, id: Loop, data: &LoopData, shared: bool) -> Result<Candidate, Inst> {
        let cx = self.cx;
        let mut found = Candidate {
            id,
            objects: IndexMap::default(),
            regions: Vec::new(),
            writers: Vec::new(),
        };
        for &inst in data.blocks.iter().flat_map(|&b| &cx.body.blocks[b].insts) {
            match self.effect(inst) {
                Effect::None => {}
                Effect::Refused => return Err(inst),
                Effect::Writes(pointer) => {
                    match self.private_objects(data, pointer) {
                        Some(objects) => found.objects.extend(objects),
                        None if shared => {
                            let region = Region::of(cx, id, inst).ok_or(inst)?;
                            if !found.regions.iter_mut().any(|known| known.join(&region)) {
                                found.regions.push(region);
                            }
                        }
                        None => return Err(inst),
                    }
                    found.writers.push((inst, pointer));
                }
            }
        }
        Ok(found)
    }

    /// The private memory that `pointer` leads to, if that is all.
    fn private_objects(&mut self, data: &LoopData, pointer: Value) -> Option<Vec<(Inst, Extent)>> {
        let cx = self.cx;
        let before = data.preheader.expect("shaped");
        let private = |root| {
            let Root::Local(object) = root else {
                return None;
            };
            let home = cx.body.insts[object].block;
            let extent = self.extent_if_private(object)?;
            let outside = cx.shape.dom.dominates(home, before);
            outside.then_some((object, extent))
        };
        cx.memory.roots(pointer).into_iter().map(private).collect()
    }

    /// Conditions 2 and 5, for one instruction.
    fn effect(&self, inst: Inst) -> Effect {
        let data = &self.cx.body.insts[inst];
        match data.op.nature() {
            Nature::Store(access) => {
                let pointer = self.work.pointer_bytes.contains_key(&data.operands[0]);
                if access.volatile || access.atomic || pointer {
                    Effect::Refused
                } else {
                    Effect::Writes(data.operands[1])
                }
            }
            Nature::Load(access) if access.volatile || access.atomic => Effect::Refused,
            Nature::Call => self.call_effect(inst),
            Nature::Load(_) | Nature::Pure | Nature::Branch => Effect::None,
            Nature::Freeze | Nature::Alloca | Nature::Leave | Nature::Other => Effect::Refused,
        }
    }

    fn call_effect(&self, inst: Inst) -> Effect {
        let plain = |layout: &Layout| matches!(layout, Layout::Plain | Layout::Floats(_));
        match self.work.calls.get(&inst) {
            Some(CallKind::Rule(rule)) if rule.is_plain() => Effect::None,
            Some(CallKind::Reduce(_)) => Effect::None,
            Some(CallKind::Fill { to, layout, .. } | CallKind::Copy { to, layout, .. })
                if plain(layout) && self.is_block_operation(inst) =>
            {
                Effect::Writes(*to)
            }
            Some(CallKind::Inactive) | None => {
                if is_pure(self.cx, inst) || is_marker(self.cx, inst) {
                    Effect::None
                } else if self.is_block_operation(inst) {
                    Effect::Writes(self.cx.body.call_args(inst)[0])
                } else {
                    Effect::Refused
                }
            }
            Some(_) => Effect::Refused,
        }
    }

    /// True for intrinsics that copy or fill, which nothing is known about but that.
    fn is_block_operation(&self, inst: Inst) -> bool {
        let Some(Callee::Direct(func)) = self.cx.body.insts[inst].op.call().map(|c| &c.callee)
        else {
            return false;
        };
        let name = self.cx.module.funcs[*func].intrinsic.as_deref();
        let args = self.cx.body.call_args(inst);
        let quiet = args
            .get(3)
            .is_some_and(|&v| self.cx.body.const_int(v) == Some(0));
        let block = |name: &str| ["llvm.memcpy", "llvm.memmove", "llvm.memset"].contains(&name);
        name.is_some_and(block) && quiet
    }

    /// The size of an allocation that is private; condition 2.
    fn extent_if_private(&mut self, object: Inst) -> Option<Extent> {
        if let Some(known) = self.private.get(&object) {
            return *known;
        }
        let extent = self.extent(object).filter(|_| self.is_private(object));
        self.private.insert(object, extent);
        extent
    }

    fn extent(&self, object: Inst) -> Option<Extent> {
        let cx = self.cx;
        let data = &cx.body.insts[object];
        match &data.op {
            Op::Alloca { ty, is_static, .. } => {
                let count = cx.body.const_int(data.operands[0])?;
                let each = u128::from(cx.module.types.alloc_size(*ty));
                let bytes = count.checked_mul(each).and_then(|n| u64::try_from(n).ok());
                bytes.filter(|_| *is_static).map(Extent::Bytes)
            }
            Op::Call(call) => {
                let Callee::Direct(func) = call.callee else {
                    return None;
                };
                let known = calls::known_function(cx, object, func)?;
                let Class::Alloc(alloc) = known.class else {
                    return None;
                };
                let args = cx.body.call_args(object);
                let constant = |v: Value| cx.constant_bytes(v);
                match alloc.size {
                    _ if alloc.delivery != Delivery::Result => None,
                    Length::Bytes(size) => {
                        let size = args[usize::from(size)];
                        Some(constant(size).map_or(Extent::Value(size), Extent::Bytes))
                    }
                    Length::Product(count, size) => {
                        let (count, size) = (args[usize::from(count)], args[usize::from(size)]);
                        Some(Extent::Product(count, size))
                    }
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// True when the address goes nowhere but into accesses.
    fn is_private(&self, object: Inst) -> bool {
        let body = self.cx.body;
        let mut stack: Vec<Value> = body.insts[object].result.into_iter().collect();
        let mut seen: FxHashSet<Value> = stack.iter().copied().collect();
        while let Some(pointer) = stack.pop() {
            for &(user, operand) in &self.uses[pointer] {
                let data = &body.insts[user];
                let harmless = match &data.op {
                    Op::Gep(_) | Op::Phi { .. } | Op::Select => {
                        let result = data.result.expect("it makes a pointer");
                        if seen.insert(result) {
                            stack.push(result);
                        }
                        true
                    }
                    Op::ICmp(_) => true,
                    Op::Load(access) => !access.volatile && !access.atomic,
                    Op::Store(access) => operand == 1 && !access.volatile && !access.atomic,
                    Op::Call(_) => match self.work.calls.get(&user) {
                        Some(CallKind::Free { .. }) => true,
                        _ => is_marker(self.cx, user) || self.is_block_operation(user),
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
}
