//! Fused loops: an iteration runs in the reverse part, directly before it is undone.
//!
//! The clone's blocks of the loop are cut out of the forward part, reduced to what the plan says an
//! iteration needs, and entered where the reverse part would enter the reverse of the latch:
//!
//! ```text
//! forward                       reverse
//!   before:  br exit              replay:         inputs are looked up; br header
//!                                 header … latch: an iteration, with its slots; br reverse.latch
//!                                 reverse.latch … reverse.header: as without fusion
//! ```

use super::back::Reverse;
use super::code::Code;
use super::sweep::Clone;
use super::tape::Side;
use rustc_hash::FxHashMap;
use rz_llvm as llvm;
use rz_plan::{Fusion, Item, Storage};
use rz_view::{Inst, Loop, Value};

impl Code<'_, '_> {
    /// Cuts what runs in the reverse part only out of the forward part, and what depends on it.
    pub fn cut(&mut self, clone: &mut Clone) {
        let plan = self.plan.clone();
        for &inst in &plan.lost {
            if !self.body.insts[inst].op.is_terminator() {
                self.erase_copy(inst);
            }
        }
        for (&id, fusion) in plan.fusions.iter().filter(|(_, f)| f.again.is_none()) {
            self.reduce(id, fusion);
            self.step_over(id, clone);
        }
        if plan.lost.is_empty() && plan.fusions.is_empty() {
            return;
        }
        // What was erased may have been the place where a block is added to.
        for block in self.body.blocks.keys() {
            clone.find_anchor(block);
        }
    }

    /// Erases what an iteration does not need.
    fn reduce(&mut self, id: Loop, fusion: &Fusion) {
        let plan = self.plan.clone();
        for &block in &plan.shape.loops.get(id).blocks {
            for &inst in &self.body.blocks[block].insts {
                let needed = fusion.needed.contains(&inst);
                if !needed && !self.body.insts[inst].op.is_terminator() {
                    self.erase_copy(inst);
                }
            }
        }
    }

    fn erase_copy(&mut self, inst: Inst) {
        let Some(copy) = self.copies.remove(&inst) else {
            return;
        };
        if let Some(result) = self.body.insts[inst].result {
            copy.replace_all_uses(copy.ty().poison());
            self.forward[result] = None;
        }
        copy.erase();
    }

    /// Goes past the loop in the forward part.
    fn step_over(&mut self, id: Loop, clone: &Clone) {
        let plan = self.plan.clone();
        let data = plan.shape.loops.get(id);
        // The other phis of the exit pass on what was there before the loop.
        let exit = data.exits[0].1;
        for inst in self.phis(exit) {
            let Some(copy) = self.copies.remove(&inst) else {
                continue;
            };
            let value = self.forward_value(self.body.insts[inst].operands[0]);
            copy.replace_all_uses(value);
            copy.erase();
            self.forward[self.body.insts[inst].result.expect("a phi has a result")] = Some(value);
        }
        let before = clone.block(data.preheader.expect("validated"));
        let end = before.terminator().expect("complete");
        end.set_successor(0, clone.block(exit));
    }

    /// Writes the iteration of every fused loop.
    pub(super) fn replay_fused(&mut self, clone: &mut Clone, reverse: &mut Reverse) {
        let plan = self.plan.clone();
        for (&id, _) in &plan.fusions {
            reverse.replays[id] = Some(self.function.append_block(&format!("replay.{id}")));
        }
        for (&id, fusion) in &plan.fusions {
            match fusion.again {
                Some(_) => self.run_again(id, fusion, reverse),
                None => self.replay(id, fusion, clone, reverse),
            }
        }
    }

    fn replay(&mut self, id: Loop, fusion: &Fusion, clone: &mut Clone, reverse: &Reverse) {
        let plan = self.plan.clone();
        let data = plan.shape.loops.get(id);
        self.memo.clear();
        self.b
            .position_at_end(reverse.replays[id].expect("just made"));
        self.begin_iteration(id);
        let saved = self.provide(id, fusion);
        for outer in plan.shape.nest(Some(id)) {
            self.loops[outer].iteration = Some(self.iteration_of(outer, Side::Reverse));
        }
        self.b.br(clone.block(data.header));
        let latch = clone.block(data.latches[0]);
        latch.terminator().expect("complete").erase();
        self.b.position_at_end(latch);
        self.b
            .br(reverse.blocks[data.latches[0]].expect("reversed"));
        for &block in &data.blocks {
            clone.find_anchor(block);
        }
        self.copies.retain(|inst, _| {
            let block = self.body.insts[*inst].block;
            block != data.latches[0] || !self.body.insts[*inst].op.is_terminator()
        });
        self.sweep(clone, Some(id));
        for (value, old) in saved {
            self.forward[value] = old;
        }
        self.memo.clear();
    }

    /// Looks up what an iteration uses from outside and puts it in place; returns what the forward
    /// part called these values.
    fn provide(&mut self, id: Loop, fusion: &Fusion) -> Vec<(Value, Option<llvm::Value>)> {
        let plan = self.plan.clone();
        let blocks = &plan.shape.loops.get(id).blocks;
        let mut saved = Vec::new();
        let mut replacements: FxHashMap<llvm::Value, llvm::Value> = FxHashMap::default();
        let computed = |value: &&Value| self.body.def(**value).is_some();
        let inputs: Vec<Value> = fusion.inputs.iter().filter(computed).copied().collect();
        for &value in &inputs {
            let new = self.lookup(Item::Primal(value));
            let old = self.forward[value].expect("cloned");
            saved.push((value, Some(old)));
            replacements.insert(old, new);
        }
        for &block in blocks {
            for &inst in &self.body.blocks[block].insts {
                let Some(&copy) = self.copies.get(&inst) else {
                    continue;
                };
                for index in 0..copy.operand_count() {
                    if let Some(&new) = replacements.get(&copy.operand(index)) {
                        copy.set_operand(index, new);
                    }
                }
            }
        }
        for &value in &inputs {
            let old = self.forward[value].expect("cloned");
            self.forward[value] = Some(replacements[&old]);
            // Induction variables: phis of the header.
            let inst = self.body.def(value).expect("inputs are computed");
            if plan.shape.loops.contains(id, self.body.insts[inst].block) {
                self.copies.remove(&inst);
                old.erase();
            }
        }
        saved.retain(|&(value, _)| {
            let inst = self.body.def(value).expect("inputs are computed");
            !plan.shape.loops.contains(id, self.body.insts[inst].block)
        });
        saved
    }

    /// True when iterations of the fused loop allocate.
    fn allocates(&self, id: Loop) -> bool {
        let plan = &self.plan;
        plan.shape.loops.iter().any(|(inner, _)| {
            let storage = plan.loops[inner].as_ref().and_then(|l| l.storage.as_ref());
            inner != id
                && plan.region(Some(inner)) == Some(id)
                && matches!(storage, Some(Storage::Arrays { .. } | Storage::Records))
        })
    }

    pub(super) fn begin_iteration(&mut self, id: Loop) {
        if self.allocates(id) {
            self.marks[id] = Some(self.mark_arena());
        }
    }

    /// Gives back the tape of an iteration that is undone.
    pub(super) fn end_iteration(&mut self, id: Loop) {
        if let Some(mark) = self.marks[id] {
            self.reset_arena(mark);
        }
    }
}
