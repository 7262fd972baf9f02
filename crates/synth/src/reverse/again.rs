//! Loops that run again: an iteration is saved in the forward part and copied to the reverse part.
//!
//! ```text
//! forward                                   reverse
//!   header: save what memory holds            replay:         restore it; inputs are looked up; br header'
//!           … the loop as it is                header' … latch': what the plan needs of an iteration, with its
//!                                                              slots; br reverse.latch
//!                                              reverse.latch … reverse.header
//! ```

use super::back::Reverse;
use super::code::Code;
use super::sweep::Clone;
use super::tape::Side;
use crate::runtime::ALIGN;
use crate::scopes::Kind;
use rustc_hash::{FxHashMap, FxHashSet};
use rz_llvm as llvm;
use rz_plan::{Extent, Fusion, Item};
use rz_view::{Block, Inst, Loop, Op, Value};

impl Code<'_, '_> {
    /// Prepares for saving what an iteration starts from, if `header` is that of a loop with snapshots.
    pub(super) fn begin_state(&mut self, header: Block) {
        let id = self.plan.shape.loops.headed_by(header);
        if let Some(id) = id.filter(|&id| self.has_snapshots(id)) {
            let iteration = self.iteration_of(id, Side::Forward);
            self.begin_snapshot(id, iteration);
        }
    }

    /// Saves what an iteration starts from, if `header` is that of a loop that runs again.
    pub(super) fn save_states(&mut self, header: Block) {
        let plan = self.plan.clone();
        let Some(id) = plan.shape.loops.headed_by(header) else {
            return;
        };
        let Some(fusion) = plan.fusions.get(&id) else {
            return;
        };
        if self.has_snapshots(id) {
            return self.save_memory(id, fusion, |c, v| c.forward_value(v));
        }
        for (&object, &extent) in fusion.again.iter().flatten() {
            let from = self.forward_value(self.object(object));
            let bytes = self.bytes(extent, |c, v| c.forward_value(v));
            let memory = self.arena_alloc(bytes);
            self.b.memcpy(memory, ALIGN as u32, from, 1, bytes);
            self.record_item(Item::State(id, object), memory);
        }
    }

    pub(super) fn object(&self, inst: Inst) -> Value {
        self.body.insts[inst]
            .result
            .expect("an allocation has a result")
    }

    pub(super) fn bytes(
        &mut self,
        extent: Extent,
        mut value: impl FnMut(&mut Self, Value) -> llvm::Value,
    ) -> llvm::Value {
        let i64 = self.i64();
        let mut wide = |c: &mut Self, v| {
            let value = value(c, v);
            c.b.int_cast(value, i64, false)
        };
        match extent {
            Extent::Bytes(bytes) => self.int(bytes),
            Extent::Value(v) => wide(self, v),
            Extent::Product(a, b) => {
                let (a, b) = (wide(self, a), wide(self, b));
                self.b.mul(a, b)
            }
        }
    }

    /// Writes the second run of the iterations of a loop.
    pub(super) fn run_again(&mut self, id: Loop, fusion: &Fusion, reverse: &Reverse) {
        let plan = self.plan.clone();
        let data = plan.shape.loops.get(id);
        self.memo.clear();
        self.b
            .position_at_end(reverse.replays[id].expect("just made"));
        if self.has_snapshots(id) {
            self.restore_snapshot(id, fusion);
            self.begin_iteration(id);
        } else {
            self.begin_iteration(id);
            self.restore_state(id, fusion);
        }
        let inputs: Vec<(Value, llvm::Value)> = fusion
            .inputs
            .iter()
            .map(|&v| (v, self.lookup(Item::Primal(v))))
            .collect();
        for outer in plan.shape.nest(Some(id)) {
            self.loops[outer].iteration = Some(self.iteration_of(outer, Side::Reverse));
        }
        let mut clone = Clone::default();
        for &block in &data.blocks {
            clone.add(block, self.function.append_block(&format!("again.{block}")));
        }
        self.b.br(clone.block(data.header));
        let copies = self.copy_iteration(id, &fusion.needed, &clone, &inputs);
        self.b.position_at_end(clone.block(data.latches[0]));
        self.b
            .br(reverse.blocks[data.latches[0]].expect("reversed"));
        clone.connect(self.body, &data.blocks);
        self.sweep_again(id, &clone, copies, &inputs);
        self.memo.clear();
    }

    /// Restores what the forward part saved before the current reverse iteration.
    fn restore_state(&mut self, id: Loop, fusion: &Fusion) {
        for (&object, &extent) in fusion.again.iter().flatten() {
            let to = self.lookup(Item::Primal(self.object(object)));
            let from = self.lookup(Item::State(id, object));
            let bytes = self.bytes(extent, |c, v| match c.body.constant(v) {
                Some(_) => c.original(v),
                None => c.primal(v),
            });
            self.b.memcpy(to, 1, from, ALIGN as u32, bytes);
        }
    }

    /// Copies what is `needed` of an iteration to the blocks of `clone`, without the end of the latch.
    pub(super) fn copy_iteration(
        &mut self,
        id: Loop,
        needed: &FxHashSet<Inst>,
        clone: &Clone,
        inputs: &[(Value, llvm::Value)],
    ) -> FxHashMap<Inst, llvm::Value> {
        let plan = self.plan.clone();
        let data = plan.shape.loops.get(id);
        let mut values: FxHashMap<llvm::Value, llvm::Value> = FxHashMap::default();
        let mut copies = FxHashMap::default();
        values.extend(inputs.iter().map(|&(v, new)| (self.original(v), new)));
        for &block in &data.blocks {
            self.b.position_at_end(clone.block(block));
            for &inst in &self.body.blocks[block].insts {
                let end = self.body.insts[inst].op.is_terminator();
                let wanted = if end {
                    block != data.latches[0]
                } else {
                    needed.contains(&inst)
                };
                if wanted {
                    self.locate(inst);
                    let copy = self.repeat_on(inst, &[]);
                    if self.touches_memory(inst) {
                        self.mark(copy, Kind::Primal);
                    }
                    values.insert(self.original_inst(inst), copy);
                    copies.insert(inst, copy);
                }
            }
        }
        self.b.set_debug_loc(None);
        let places: FxHashMap<llvm::Value, llvm::Block> = data
            .blocks
            .iter()
            .map(|&b| {
                (
                    self.session.imported.block(plan.key.func, b).value(),
                    clone.block(b),
                )
            })
            .collect();
        for &copy in copies.values() {
            for index in 0..copy.operand_count() {
                if let Some(&new) = values.get(&copy.operand(index)) {
                    copy.set_operand(index, new);
                }
            }
            for (index, to) in (0..).zip(copy.successors()) {
                copy.set_successor(index, places[&to.value()]);
            }
            if copy.opcode() == Some(llvm::Opcode::Phi) {
                for (index, (_, from)) in (0..).zip(copy.incoming()) {
                    copy.set_incoming_block(index, places[&from.value()]);
                }
            }
        }
        copies
    }

    fn touches_memory(&self, inst: Inst) -> bool {
        let op = &self.body.insts[inst].op;
        let block = || self.original_inst(inst).called_function();
        match op {
            Op::Load(_) | Op::Store(_) => true,
            Op::Call(_) => block().is_some_and(|f| f.name().starts_with("llvm.mem")),
            _ => false,
        }
    }

    /// Adds its slots to the second run, whose values stand for those of the first meanwhile.
    fn sweep_again(
        &mut self,
        id: Loop,
        clone: &Clone,
        copies: FxHashMap<Inst, llvm::Value>,
        inputs: &[(Value, llvm::Value)],
    ) {
        let plan = self.plan.clone();
        let first_copies = std::mem::replace(&mut self.copies, copies);
        let first = self.forward.clone();
        for &block in &plan.shape.loops.get(id).blocks {
            for &inst in &self.body.blocks[block].insts {
                if let Some(result) = self.body.insts[inst].result {
                    self.forward[result] = self.copies.get(&inst).copied();
                }
            }
        }
        for &(value, new) in inputs {
            self.forward[value] = Some(new);
        }
        self.sweep(clone, Some(id));
        self.copies = first_copies;
        self.forward = first;
    }
}
