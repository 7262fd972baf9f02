//! Loops with snapshots of some states: saving them in both parts, and getting from one to a state that is not saved.
//!
//! ```text
//! forward                               reverse
//!   before: open the schedule             replay:   restore the last snapshot; i = its iteration
//!   header: take a snapshot if due        check:    i == iteration ? again : advance
//!           … the loop as it is           advance:  take a snapshot if due; header' … latch': i += 1; br check
//!                                         again:    the iteration once more, with its tape ([`super::again`])
//! ```
//!
//! Whether a snapshot is due is no branch here: what is not wanted goes to a dummy, and no bytes of memory are copied.

use super::code::Code;
use super::count::evaluate;
use super::sweep::Clone;
use super::tape::Side;
use crate::runtime::{ALIGN, FRAME_CHUNK, Whose};
use crate::runtime_chunks::FIRST_CHUNK;
use crate::runtime_snapshots::SCHEDULE;
use rustc_hash::FxHashMap;
use rz_llvm as llvm;
use rz_llvm::IntPredicate;
use rz_plan::{Extent, Fusion, Item, SNAPSHOT_HEAD, Slot};
use rz_view::{Block, Inst, Loop, Value};

/// Where a snapshot says of which iteration it is.
const ITERATION: i64 = 8;

/// The snapshots of a loop.
#[derive(Clone, Copy, Debug)]
pub struct Snapshots {
    /// Which states are kept.
    schedule: llvm::Value,
    /// Takes what nobody wants.
    dummy: llvm::Value,
    /// A snapshot is taken now.
    due: Option<llvm::Value>,
}

/// Memory of others that a loop changes: variables for where it begins, for how many bytes it is, and for where its last
/// contents are kept while the loop is undone.
#[derive(Clone, Copy, Debug)]
pub struct Shared {
    begin: llvm::Value,
    bytes: llvm::Value,
    last: llvm::Value,
}

impl Code<'_, '_> {
    /// True when states of the loop are kept in snapshots.
    pub(super) fn has_snapshots(&self, id: Loop) -> bool {
        self.plan.reversal.is_checkpointed(id)
    }

    /// Makes the schedule of a loop, before it.
    pub(super) fn open_snapshots(&mut self, id: Loop) {
        let plan = self.plan.clone();
        let fusion = &plan.fusions[&id];
        let words = self.session.context.int(8).array(SCHEDULE);
        let schedule = self.b.entry_alloca(words, 8);
        let record = self.record_type(id);
        let dummy = self.b.entry_alloca(record, ALIGN as u32);
        let shared = self.open_regions(id, fusion);
        let bytes = self.snapshot_bytes(id, fusion);
        let bytes = self.b.add(bytes, shared);
        let room = self.snapshot_room(id, fusion, shared);
        let known = plan.loops[id].as_ref().is_some_and(|l| l.count.is_some());
        let iterations = if known {
            self.forward_size(id)
        } else {
            self.int(0)
        };
        let runtime = self.session.runtime();
        runtime.snapshots_open(&self.b, schedule, [bytes, room, iterations]);
        self.loops[id].snapshots = Some(Snapshots {
            schedule,
            dummy,
            due: None,
        });
    }

    /// Finds out where the memory of others is that the loop changes, and provides for its last contents. Returns the
    /// bytes it takes in a snapshot.
    fn open_regions(&mut self, id: Loop, fusion: &Fusion) -> llvm::Value {
        let (i64, ptr) = (self.i64(), self.ptr());
        let regions = fusion.checkpoint.iter().flat_map(|c| c.regions.clone());
        let mut sum = self.int(0);
        let mut shared = Vec::new();
        for region in regions {
            let low = self.before_loop(&region.low);
            let high = self.before_loop(&region.high);
            let size = self.b.sub(high, low);
            let some = self.b.icmp(IntPredicate::Sgt, size, self.int(0));
            let mut size = self.b.select(some, size, self.int(0));
            for &(condition, value) in &region.guards {
                let runs = self.forward_value(condition);
                let none = self.int(0);
                size = if value {
                    self.b.select(runs, size, none)
                } else {
                    self.b.select(runs, none, size)
                };
            }
            let base = self.forward_value(region.base);
            let begin = self.b.ptr_add(base, low);
            let variables = Shared {
                begin: self.variable(ptr),
                bytes: self.variable(i64),
                last: self.variable(ptr),
            };
            self.store(begin, variables.begin);
            self.store(size, variables.bytes);
            let size = self.rounded(size);
            sum = self.b.add(sum, size);
            shared.push(variables);
        }
        if !shared.is_empty() {
            let runtime = self.session.runtime();
            let memory = runtime.block(&self.b, sum);
            let free = runtime.libc_free();
            runtime.defer_free(&self.b, Whose::Own, self.arena(), memory, free);
            let mut at = memory;
            for variables in &shared {
                self.store(at, variables.last);
                let size = self.load(i64, variables.bytes);
                let size = self.rounded(size);
                at = self.b.ptr_add(at, size);
            }
        }
        self.loops[id].shared = shared;
        sum
    }

    /// A count in the forward part, before the loop it is about.
    fn before_loop(&mut self, count: &rz_view::Count) -> llvm::Value {
        let value = evaluate(
            self,
            count,
            &mut |c, v| c.forward_value(v),
            &mut |c, header| {
                let id = c.plan.shape.loops.headed_by(header).expect("a loop header");
                c.iteration_of(id, Side::Forward)
            },
        );
        let i64 = self.i64();
        self.b.int_cast(value, i64, true)
    }

    /// Copies each region to or from where `other` says, given the place for its contents.
    fn copy_regions(
        &mut self,
        id: Loop,
        mut copy: impl FnMut(&mut Self, llvm::Value, llvm::Value, Shared),
    ) {
        let (i64, ptr) = (self.i64(), self.ptr());
        for region in self.loops[id].shared.clone() {
            let begin = self.load(ptr, region.begin);
            let bytes = self.load(i64, region.bytes);
            copy(self, begin, bytes, region);
        }
    }

    /// Keeps what the function left in memory of others that the loop changed, before the loop is undone.
    pub(super) fn keep_last(&mut self, id: Loop) {
        let ptr = self.ptr();
        self.copy_regions(id, |c, begin, bytes, region| {
            let last = c.load(ptr, region.last);
            c.b.memcpy(last, 1, begin, 1, bytes);
        });
    }

    /// Puts that back when the loop is undone.
    pub(super) fn put_back_last(&mut self, id: Loop) {
        let ptr = self.ptr();
        self.copy_regions(id, |c, begin, bytes, region| {
            let last = c.load(ptr, region.last);
            c.b.memcpy(begin, 1, last, 1, bytes);
        });
    }

    /// Bytes of one snapshot, a multiple of what the arena rounds to.
    fn snapshot_bytes(&mut self, id: Loop, fusion: &Fusion) -> llvm::Value {
        let mut sum = self.int(self.snapshot_head(id));
        for &extent in fusion.again.iter().flat_map(|states| states.values()) {
            let bytes = self.extent_before(extent);
            let bytes = self.rounded(bytes);
            sum = self.b.add(sum, bytes);
        }
        sum
    }

    /// Where memory begins in a snapshot.
    fn snapshot_head(&self, id: Loop) -> u64 {
        let bytes = self.session.llvm.alloc_size(self.record_type(id));
        bytes.max(SNAPSHOT_HEAD).next_multiple_of(ALIGN)
    }

    fn rounded(&self, bytes: llvm::Value) -> llvm::Value {
        let up = self.b.add(bytes, self.int(ALIGN - 1));
        self.b
            .binary(llvm::BinaryOp::And, up, self.int(!(ALIGN - 1)))
    }

    fn extent_before(&mut self, extent: Extent) -> llvm::Value {
        self.bytes(extent, |c, v| c.forward_value(v))
    }

    /// What the budget leaves beside the tape of one step, which takes a whole chunk of the arena if it takes more
    /// than the frame provides.
    fn snapshot_room(&mut self, id: Loop, fusion: &Fusion, shared: llvm::Value) -> llvm::Value {
        let plan = self.plan.clone();
        let room = self.int(fusion.checkpoint.as_ref().map_or(0, |c| c.room));
        let mut step = self.int(0);
        for (dimensions, each) in plan.step_arrays(self.body, id) {
            let sizes: Vec<llvm::Value> =
                dimensions.iter().map(|&l| self.forward_size(l)).collect();
            let entries = self.product(&sizes);
            let bytes = self.b.mul(entries, self.int(each));
            let bytes = self.rounded(bytes);
            step = self.b.add(step, bytes);
        }
        let chunk = self.int(FIRST_CHUNK);
        let fits_frame = self.b.icmp(IntPredicate::Ule, step, self.int(FRAME_CHUNK));
        // Chunks double, and together are up to twice what lies in them.
        let step = self.b.shl(step, self.int(1));
        let larger = self.b.icmp(IntPredicate::Ugt, step, chunk);
        let heap = self.b.select(larger, step, chunk);
        // A chunk that is renewed has room for what the frame provided, too.
        let heap = self.b.add(heap, self.int(FRAME_CHUNK + 2 * ALIGN));
        let taken = self.b.select(fits_frame, self.int(0), heap);
        // The last contents of memory of others are kept once.
        let taken = self.b.add(taken, shared);
        let enough = self.b.icmp(IntPredicate::Ugt, room, taken);
        let rest = self.b.sub(room, taken);
        self.b.select(enough, rest, self.int(0))
    }

    /// Asks at the start of an iteration whether a snapshot is due: what is recorded next goes there.
    pub(super) fn begin_snapshot(&mut self, id: Loop, iteration: llvm::Value) {
        let Snapshots {
            schedule, dummy, ..
        } = self.snapshots(id);
        let arena = self.arena();
        let runtime = self.session.runtime();
        let made = runtime.snapshots_take(&self.b, schedule, arena, iteration);
        let none = self.ptr().zero();
        let due = self.b.icmp(IntPredicate::Ne, made, none);
        let to = self.b.select(due, made, dummy);
        let forward = &mut self.loops[id];
        forward.record = Some(to);
        forward.snapshots.as_mut().expect("opened").due = Some(due);
    }

    fn snapshots(&self, id: Loop) -> Snapshots {
        self.loops[id].snapshots.expect("opened before the loop")
    }

    /// Copies memory to the snapshot that was begun; `place` provides addresses and `bytes` sizes.
    pub(super) fn save_memory(
        &mut self,
        id: Loop,
        fusion: &Fusion,
        mut value: impl FnMut(&mut Self, Value) -> llvm::Value,
    ) {
        let due = self.snapshots(id).due.expect("begun");
        let mut to = self.loops[id].record.expect("begun");
        let mut next = self.int(self.snapshot_head(id));
        for (&object, &extent) in fusion.again.iter().flatten() {
            let from = value(self, self.object(object));
            let bytes = self.bytes(extent, &mut value);
            to = self.b.ptr_add(to, next);
            next = self.rounded(bytes);
            let nothing = self.int(0);
            let bytes = self.b.select(due, bytes, nothing);
            self.b.memcpy(to, 1, from, 1, bytes);
        }
        self.copy_regions(id, |c, begin, bytes, _| {
            to = c.b.ptr_add(to, next);
            next = c.rounded(bytes);
            let nothing = c.int(0);
            let bytes = c.b.select(due, bytes, nothing);
            c.b.memcpy(to, 1, begin, 1, bytes);
        });
    }

    /// Restores a snapshot from which the state of the current reverse iteration can be had, and runs whole
    /// iterations up to there. Returns the block where that is done.
    pub(super) fn restore_snapshot(&mut self, id: Loop, fusion: &Fusion) -> llvm::Block {
        let target = self.iteration_of(id, Side::Reverse);
        let schedule = self.snapshots(id).schedule;
        let runtime = self.session.runtime();
        let from = runtime.snapshots_seek(&self.b, schedule, target);
        self.loops[id].record = Some(from);
        let mut at = from;
        let mut next = self.int(self.snapshot_head(id));
        for (&object, &extent) in fusion.again.iter().flatten() {
            let to = self.lookup(Item::Primal(self.object(object)));
            let bytes = self.bytes(extent, Self::present);
            at = self.b.ptr_add(at, next);
            next = self.rounded(bytes);
            self.b.memcpy(to, 1, at, ALIGN as u32, bytes);
        }
        self.copy_regions(id, |c, begin, bytes, _| {
            at = c.b.ptr_add(at, next);
            next = c.rounded(bytes);
            c.b.memcpy(begin, 1, at, ALIGN as u32, bytes);
        });
        for slot in self.saved_slots(id) {
            self.restore_slot(slot);
        }
        let i64 = self.i64();
        let iteration_at = self.b.ptr_offset(from, ITERATION);
        let iteration = self.load(i64, iteration_at);
        let variable = self.iteration[id].expect("a reversed loop");
        self.store(iteration, variable);
        let check = self.function.append_block(&format!("check.{id}"));
        let advance = self.function.append_block(&format!("advance.{id}"));
        let again = self.function.append_block(&format!("again.{id}"));
        self.b.br(check);
        self.b.position_at_end(check);
        let now = self.load(i64, variable);
        let arrived = self.b.icmp(IntPredicate::Eq, now, target);
        self.b.cond_br(arrived, again, advance);
        self.b.position_at_end(advance);
        self.memo.clear();
        self.advance(id, fusion, check);
        self.b.position_at_end(again);
        self.memo.clear();
        again
    }

    /// The value in the reverse part, where constants are not looked up.
    fn present(&mut self, value: Value) -> llvm::Value {
        match self.body.constant(value) {
            Some(_) => self.original(value),
            None => self.primal(value),
        }
    }

    fn saved_slots(&self, id: Loop) -> Vec<Slot> {
        let slots = self.plan.slots_of(Some(id));
        slots
            .filter(|(_, data)| data.saved)
            .map(|(slot, _)| slot)
            .collect()
    }

    /// Writes one whole iteration, from the current position to the block `check`.
    fn advance(&mut self, id: Loop, fusion: &Fusion, check: llvm::Block) {
        let plan = self.plan.clone();
        let data = plan.shape.loops.get(id);
        let checkpoint = fusion.checkpoint.as_ref().expect("it has snapshots");
        let iteration = self.iteration_of(id, Side::Reverse);
        self.begin_snapshot(id, iteration);
        for slot in self.saved_slots(id) {
            let item = plan.slots[slot].item;
            self.each_saved(item, |c| {
                let value = c.lookup(item);
                c.record_item(item, value);
            });
        }
        self.save_memory(id, fusion, Self::present);
        let inputs: Vec<(Value, llvm::Value)> = (checkpoint.advance.inputs.iter())
            .map(|&v| (v, self.lookup(Item::Primal(v))))
            .collect();
        let mut clone = Clone::default();
        for &block in &data.blocks {
            clone.add(
                block,
                self.function.append_block(&format!("advance.{block}")),
            );
        }
        self.b.br(clone.block(data.header));
        let copies = self.copy_iteration(id, &checkpoint.advance.needed, &clone, &inputs);
        self.b.position_at_end(clone.block(data.latches[0]));
        self.next_state(id, data.latches[0], &copies, &inputs);
        let next = self.b.add(iteration, self.int(1));
        self.store(next, self.iteration[id].expect("a reversed loop"));
        self.b.br(check);
    }

    /// Sets the saved phis of the header to what they are in the next iteration.
    fn next_state(
        &mut self,
        id: Loop,
        latch: Block,
        copies: &FxHashMap<Inst, llvm::Value>,
        inputs: &[(Value, llvm::Value)],
    ) {
        let mut next = Vec::new();
        for slot in self.saved_slots(id) {
            let item = self.plan.slots[slot].item;
            let values = self.each_saved(item, |c| match item {
                Item::Primal(phi) => {
                    let value = c.incoming(phi, latch);
                    let made = c.body.def(value).and_then(|inst| copies.get(&inst));
                    let given = || inputs.iter().find(|(v, _)| *v == value);
                    match made {
                        Some(&made) => made,
                        None => given().map_or_else(|| c.original(value), |&(_, given)| given),
                    }
                }
                Item::Shadow(phi) => {
                    let value = c.incoming(phi, latch);
                    c.lookup(Item::Shadow(value))
                }
                other => unreachable!("{other:?} is not saved in snapshots"),
            });
            next.push((slot, item, values));
        }
        // All at once: one may be what another was.
        for (slot, item, values) in next {
            let mut values = values.into_iter();
            self.each_saved(item, |c| {
                let value = values.next().expect("one for each direction");
                c.set_saved(slot, value);
            });
        }
    }

    /// Runs `each` for each direction that `item` is saved for.
    fn each_saved<T>(&mut self, item: Item, mut each: impl FnMut(&mut Self) -> T) -> Vec<T> {
        match item {
            Item::Shadow(_) => self.each_direction(each),
            _ => vec![each(self)],
        }
    }

    /// What `phi` is when control comes from a block.
    fn incoming(&self, phi: Value, from: Block) -> Value {
        let data = &self.body.insts[self.body.def(phi).expect("a phi")];
        let rz_view::Op::Phi { blocks } = &data.op else {
            unreachable!("only phis of a header are saved")
        };
        let index = blocks
            .iter()
            .position(|&b| b == from)
            .expect("a predecessor");
        data.operands[index]
    }
}
