//! The reverse part: one reverse block per primal block that is reversed.
//!
//! `R(B)` undoes the instructions of `B` from last to first, then the phis of `B`, then goes to the
//! reverse of the block `B` was entered from. Each way back has an edge block of its own, which
//! hands the adjoints of phis to what came in on that edge and sets the iteration number of every
//! loop it enters backwards.

use super::code::Code;
use super::sweep::Clone;
use cranelift_entity::SecondaryMap;
use rz_llvm as llvm;
use rz_plan::{Back, Item, Source, Storage, edge_condition};
use rz_view::{Block, Inst, Loop, Op};

/// Reverse blocks of a function under construction.
pub(super) struct Reverse {
    pub(super) blocks: SecondaryMap<Block, Option<llvm::Block>>,
    /// Where an iteration of a fused loop begins: it runs, then it is undone.
    pub(super) replays: SecondaryMap<Loop, Option<llvm::Block>>,
    end: llvm::Block,
}

impl Code<'_, '_> {
    /// Writes the reverse part. The current position becomes its entry; afterwards the position is
    /// at its end, after the reverse of the entry block. `clone` holds the fused loops.
    pub fn reverse(&mut self, clone: Option<&mut Clone>) {
        let ids: Vec<Loop> = self.plan.shape.loops.iter().map(|(id, _)| id).collect();
        for id in ids.into_iter().filter(|&id| self.plan.reversal.is_live(id)) {
            let (i64, ptr) = (self.i64(), self.ptr());
            self.iteration[id] = Some(self.variable(i64));
            let records = self.plan.loops[id].as_ref().and_then(|l| l.storage.clone());
            if records == Some(Storage::Records) {
                self.record[id] = Some(self.variable(ptr));
            }
        }
        let order: Vec<Block> = self.plan.reversal.order().to_vec();
        let mut reverse = Reverse {
            blocks: SecondaryMap::new(),
            replays: SecondaryMap::new(),
            end: self.function.append_block("reversed"),
        };
        for &block in &order {
            let name = format!("reverse.{block}");
            reverse.blocks[block] = Some(self.function.append_block(&name));
        }
        match self.plan.shape.exit {
            Some(exit) => {
                self.b
                    .br(reverse.blocks[exit].expect("the exit is reversed"));
            }
            None => {
                self.b.br(reverse.end);
            }
        }
        if let Some(clone) = clone {
            self.replay_fused(clone, &mut reverse);
        }
        for &block in &order {
            self.b
                .position_at_end(reverse.blocks[block].expect("just made"));
            self.memo.clear();
            self.each_direction(|c| c.own.open.clear());
            let insts = self.body.blocks[block].insts.clone();
            for &inst in insts.iter().rev() {
                if self.plan.reverses[inst] && !matches!(self.body.insts[inst].op, Op::Phi { .. }) {
                    self.locate(inst);
                    self.reverse_inst(inst);
                }
            }
            self.b.set_debug_loc(None);
            self.leave(&reverse, block);
        }
        reverse.end.move_to_end();
        self.b.position_at_end(reverse.end);
        self.memo.clear();
    }

    /// Derivative code carries the source line of what it derives, in this function's scope.
    pub(super) fn locate(&self, inst: Inst) {
        self.b.set_debug_loc(self.locations.get(&inst).copied());
    }

    fn leave(&mut self, reverse: &Reverse, block: Block) {
        let phis: Vec<(Inst, Vec<llvm::Value>)> = self
            .phis(block)
            .into_iter()
            .filter_map(|inst| {
                let result = self.body.insts[inst].result?;
                self.is_active(result)
                    .then(|| (inst, self.each_direction(|c| c.take(result))))
            })
            .collect();
        match self.plan.reversal.back(block).cloned() {
            None | Some(Back::End) => {
                self.b.br(reverse.end);
            }
            Some(Back::To(target)) => {
                let pred = self.plan.shape.cfg.preds(block)[0];
                self.cross(reverse, block, pred, target, &phis);
            }
            Some(Back::Header { id, latch, before }) => {
                let i64 = self.i64();
                let variable = self.iteration[id].expect("a reversed loop");
                let n = self.load(i64, variable);
                self.end_iteration(id);
                let first = self.b.icmp(llvm::IntPredicate::Eq, n, self.int(0));
                let out = self.function.append_block("edge.before");
                let again = self.function.append_block("edge.latch");
                self.b.cond_br(first, out, again);
                self.edge(out);
                self.put_back_last(id);
                self.cross(reverse, block, before, before, &phis);
                self.edge(again);
                self.hand_over(latch, latch, &phis);
                let previous = self.b.sub(n, self.int(1));
                if let Some(record) = self.record[id] {
                    let ptr = self.ptr();
                    let current = self.load(ptr, record);
                    let link = self.load(ptr, current);
                    self.store(link, record);
                }
                self.store(previous, variable);
                self.memo.clear();
                self.enter(block, latch);
                let again = reverse.replays[id].or(reverse.blocks[latch]);
                self.b.br(again.expect("reversed"));
            }
            Some(Back::Merge(ways)) => self.merge(reverse, block, &ways, &phis),
        }
    }

    fn edge(&mut self, block: llvm::Block) {
        self.b.position_at_end(block);
        self.memo.clear();
    }

    fn merge(
        &mut self,
        reverse: &Reverse,
        block: Block,
        ways: &[(Block, Block)],
        phis: &[(Inst, Vec<llvm::Value>)],
    ) {
        let edges: Vec<llvm::Block> = ways
            .iter()
            .map(|_| self.function.append_block("edge"))
            .collect();
        let recomputed = matches!(self.plan.source(Item::Edge(block)), Source::Recompute);
        let decided = edge_condition(self.body, &self.plan.shape, &self.plan.reversal, block)
            .filter(|_| recomputed);
        if let Some((condition, sides)) = decided {
            let condition = self.primal(condition);
            let on = |side: bool| {
                edges[sides
                    .iter()
                    .position(|&s| s == side)
                    .expect("one way on each side")]
            };
            self.b.cond_br(condition, on(true), on(false));
        } else {
            let index = self.edge_index(block);
            let cases: Vec<(llvm::Value, llvm::Block)> = edges
                .iter()
                .enumerate()
                .skip(1)
                .map(|(i, &edge)| (index.ty().int_const(i as u64), edge))
                .collect();
            self.b.switch(index, edges[0], &cases);
        }
        for (&(pred, target), &edge) in ways.iter().zip(&edges) {
            self.edge(edge);
            self.cross(reverse, block, pred, target, phis);
        }
    }

    /// Hands over phi adjoints for `pred` and goes to the reverse of `target`.
    fn cross(
        &mut self,
        reverse: &Reverse,
        block: Block,
        pred: Block,
        target: Block,
        phis: &[(Inst, Vec<llvm::Value>)],
    ) {
        self.hand_over(pred, target, phis);
        self.enter(block, target);
        let plan = self.plan.clone();
        self.step_over_unused(reverse, block, target);
        let region = |b| plan.region(plan.shape.home(b));
        let entered = region(target).filter(|_| region(target) != region(block));
        let door = match entered {
            Some(id) => reverse.replays[id],
            None => reverse.blocks[target],
        };
        self.b.br(door.expect("every way back is reversed"));
    }

    /// Before a loop that the plan skips: goes past its reverse where the adjoints of its results are zero.
    fn step_over_unused(&mut self, reverse: &Reverse, block: Block, target: Block) {
        let plan = self.plan.clone();
        let loops = &plan.shape.loops;
        let nest = plan.shape.nest(plan.shape.home(target));
        let entered = nest.iter().find(|&&id| !loops.contains(id, block));
        let Some((id, values)) = entered.and_then(|id| Some((*id, plan.skips.get(id)?))) else {
            return;
        };
        let truth = self.session.context.int(1).int_const(1);
        let zeros = self.each_direction(|c| {
            values.iter().fold(truth, |all, &value| {
                let zero = c.is_zero_adjoint(value, target);
                c.b.binary(llvm::BinaryOp::And, all, zero)
            })
        });
        let zero = zeros.into_iter().fold(truth, |all, zero| {
            self.b.binary(llvm::BinaryOp::And, all, zero)
        });
        let past = self.function.append_block("unused");
        let through = self.function.append_block("used");
        self.b.cond_br(zero, past, through);
        let data = loops.get(id).clone();
        let before = data.preheader.expect("planned");
        self.edge(past);
        self.cross(reverse, data.header, before, before, &[]);
        self.edge(through);
    }

    /// Hands over phi adjoints for `pred` on the way to the reverse of `target`: `pred` or, where that has none,
    /// a block before it.
    fn hand_over(&mut self, pred: Block, target: Block, phis: &[(Inst, Vec<llvm::Value>)]) {
        self.crossing = true;
        self.each_direction(|c| c.own.open.clear());
        for (inst, adjoints) in phis {
            let data = &self.body.insts[*inst];
            let Op::Phi { blocks } = &data.op else {
                unreachable!("only phis are collected")
            };
            let index = blocks
                .iter()
                .position(|&b| b == pred)
                .expect("a predecessor");
            let incoming = data.operands[index];
            let result = data.result.expect("a phi has a result");
            self.each_direction(|c| {
                c.add_converted(incoming, result, adjoints[c.own.current()]);
            });
        }
        self.set_over_edge(target);
        self.crossing = false;
    }

    /// Sets the iteration number of every loop around `target` that does not contain `from`.
    fn enter(&mut self, from: Block, target: Block) {
        let nest = self.plan.shape.nest(self.plan.shape.home(target));
        for id in nest {
            if self.plan.shape.loops.contains(id, from) || !self.plan.reversal.is_live(id) {
                continue;
            }
            let trips = self.lookup(Item::Trips(id));
            let variable = self.iteration[id].expect("a reversed loop");
            self.store(trips, variable);
            self.keep_last(id);
            if let Some(record) = self.record[id] {
                let head = self.lookup(Item::Head(id));
                // Optimizers would merge its load with the one of a record's link into a load from
                // either address, which looks as if records and the place of the head were alike.
                let ptr = self.ptr();
                let launder = "llvm.launder.invariant.group";
                if let Some(head) = self.b.intrinsic(launder, &[ptr], &[head]) {
                    self.store(head, record);
                }
            }
            self.memo.clear();
        }
    }
}
