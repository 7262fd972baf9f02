//! The forward part: a clone of the primal with shadows, slot writes and loop counters.

use super::checkpoint::{Shared, Snapshots};
use super::code::Code;
use super::count::evaluate;
use super::tape::Side;
use crate::runtime::ALIGN;
use crate::scopes::Kind;
use cranelift_entity::SecondaryMap;
use rustc_hash::FxHashMap;
use rz_llvm as llvm;
use rz_plan::{CallKind, Holds, Item, Mode, Storage};
use rz_view::{Block, Inst, Loop, Op, Value};

/// What the forward part knows about a reversed loop.
#[derive(Clone, Debug, Default)]
pub struct ForwardLoop {
    /// Iteration number, a phi of the header.
    pub iteration: Option<llvm::Value>,
    /// Current record.
    pub record: Option<llvm::Value>,
    /// Where the arrays begin.
    pub bases: Vec<(Holds, llvm::Value)>,
    /// Sizes of the nest the arrays cover, outermost first.
    pub sizes: Vec<llvm::Value>,
    /// Of a loop that saves the states of some iterations.
    pub snapshots: Option<Snapshots>,
    /// Memory of others that it changes.
    pub shared: Vec<Shared>,
}

/// Largest array kept on the stack, in bytes.
const STACK_ARRAY: u128 = 4096;

/// The clone's blocks.
#[derive(Default)]
pub struct Clone {
    pub(super) blocks: SecondaryMap<Block, Option<llvm::Block>>,
    /// First instruction of each block that is not a phi.
    anchors: SecondaryMap<Block, Option<llvm::Value>>,
    /// Every edge into a block, repeated as often as LLVM wants phi entries.
    edges: SecondaryMap<Block, Vec<llvm::Block>>,
}

impl Clone {
    /// The clone of a block.
    pub fn block(&self, block: Block) -> llvm::Block {
        self.blocks[block].expect("every block is cloned")
    }

    /// Adds the copy of a block.
    pub(super) fn add(&mut self, block: Block, copy: llvm::Block) {
        self.blocks[block] = Some(copy);
    }

    /// Finds the edges between `blocks`, and anchors in them, when all of them are complete.
    pub(super) fn connect(&mut self, body: &rz_view::Body, blocks: &[Block]) {
        for &block in blocks {
            self.find_anchor(block);
            for to in body.successors(block) {
                let from = self.block(block);
                self.edges[to].push(from);
            }
        }
    }

    /// Finds the anchor of a block again, after instructions were erased. Nothing may stand before a landing pad.
    pub(super) fn find_anchor(&mut self, block: Block) {
        use llvm::Opcode::{LandingPad, Phi};
        self.anchors[block] = self.blocks[block].and_then(|b| {
            let mut instructions = b.instructions().into_iter();
            instructions.find(|i| !matches!(i.opcode(), Some(Phi | LandingPad)))
        });
    }

    fn anchor(&self, block: Block) -> llvm::Value {
        self.anchors[block].expect("a block has a terminator")
    }
}

impl Code<'_, '_> {
    /// Clones the primal into the (empty) function.
    pub fn clone_primal(&mut self) -> Clone {
        let original = self.session.imported.func(self.plan.key.func);
        let mut map = llvm::ValueMap::new();
        for (param, &copy) in original.params().into_iter().zip(&self.primals) {
            map.set(param, copy);
        }
        self.function
            .clone_from(original, &mut map, llvm::CloneChanges::Local, "");
        crate::attributes::reset(self.function, original);
        for inst in self.function.instructions() {
            if inst.is_call() && crate::attributes::ends_stack_memory(inst) {
                inst.erase();
            }
        }
        let mut clone = Clone {
            blocks: SecondaryMap::new(),
            anchors: SecondaryMap::new(),
            edges: SecondaryMap::new(),
        };
        for block in self.body.blocks.keys() {
            let old = self.session.imported.block(self.plan.key.func, block);
            let copy = map.get(old.value()).and_then(llvm::Value::as_block);
            clone.blocks[block] = copy;
            clone.find_anchor(block);
        }
        for block in self.body.blocks.keys() {
            let from = clone.block(block);
            for to in self.body.successors(block) {
                clone.edges[to].push(from);
            }
        }
        for (inst, data) in &self.body.insts {
            if let Some(result) = data.result {
                self.forward[result] = map.get(self.original_inst(inst));
            }
        }
        self.copies = self
            .body
            .insts
            .keys()
            .map(|inst| (inst, map.get(self.original_inst(inst))))
            .filter_map(|(inst, copy)| Some((inst, copy?)))
            .collect();
        for (&inst, &copy) in &self.copies {
            let block = copy.is_call()
                && copy
                    .called_function()
                    .is_some_and(|f| f.name().starts_with("llvm.mem"));
            if block || matches!(self.body.insts[inst].op, Op::Load(_) | Op::Store(_)) {
                self.mark(copy, Kind::Primal);
            }
        }
        self.locations = self
            .copies
            .iter()
            .filter_map(|(&inst, copy)| Some((inst, copy.debug_loc()?)))
            .collect();
        clone
    }

    /// Adds everything the reverse part needs to the blocks of the clone that are part of a fused
    /// loop, or to those that are part of none.
    pub fn sweep(&mut self, clone: &Clone, region: Option<Loop>) {
        self.open_loops(clone, region);
        let mut phis: Vec<(Inst, Vec<llvm::Value>)> = Vec::new();
        let plan = self.plan.clone();
        let order: Vec<Block> = plan
            .shape
            .cfg
            .rpo()
            .iter()
            .copied()
            .filter(|&b| {
                let own = plan.region(plan.shape.home(b));
                own == region
                    || region.is_none() && own.is_some_and(|l| plan.reversal.runs_again(l))
            })
            .collect();
        for &block in &order {
            // Opening the loops has put other instructions before the anchor.
            self.b.position_at_start(clone.block(block));
            for inst in self.phis(block) {
                let result = self.body.insts[inst].result.expect("a phi has a result");
                let shadowed = self.plan.has_shadow[result] && region.is_none();
                if shadowed && self.plan.shape.is_reversed(block) {
                    let shadows = self.each_direction(|c| {
                        let shadow = c.b.phi(c.ty(result));
                        c.own.shadows[result] = Some(shadow);
                        shadow
                    });
                    phis.push((inst, shadows));
                }
            }
        }
        let left = self.exits(region);
        for &block in &order {
            if self.plan.shape.is_reversed(block) {
                let closed = left.get(&block).map_or(&[][..], Vec::as_slice);
                self.sweep_block(clone, block, region, closed);
            }
        }
        for (inst, shadows) in phis {
            let data = &self.body.insts[inst];
            let Op::Phi { blocks } = &data.op else {
                unreachable!("collected phis")
            };
            for (&value, &block) in data.operands.iter().zip(blocks) {
                if self.plan.shape.cfg.is_reachable(block) {
                    let end = clone.block(block).terminator().expect("complete");
                    self.b.position_before(end);
                    let incoming = self.each_direction(|c| c.forward_shadow(value));
                    for (shadow, incoming) in shadows.iter().zip(incoming) {
                        shadow.add_incoming(incoming, clone.block(block));
                    }
                } else {
                    for shadow in &shadows {
                        shadow.add_incoming(shadow.ty().poison(), clone.block(block));
                    }
                }
            }
        }
    }

    /// The phis of a block.
    pub fn phis(&self, block: Block) -> Vec<Inst> {
        let insts = &self.body.blocks[block].insts;
        insts
            .iter()
            .copied()
            .take_while(|&i| matches!(self.body.insts[i].op, Op::Phi { .. }))
            .collect()
    }

    fn sweep_block(&mut self, clone: &Clone, block: Block, region: Option<Loop>, closed: &[Loop]) {
        self.b.position_before(clone.anchor(block));
        // The first run of what runs again in the reverse part, which has a tape there.
        let first = region.is_none() && self.plan.region(self.plan.shape.home(block)).is_some();
        if first {
            self.begin_state(block);
        }
        for inst in self.phis(block) {
            let result = self.body.insts[inst].result.expect("a phi has a result");
            self.keep(result, first);
        }
        if first {
            self.save_states(block);
        } else {
            self.keep_edge(clone, block);
        }
        self.close_loops(closed);
        for inst in self.body.blocks[block].insts.clone() {
            let data = &self.body.insts[inst];
            if matches!(data.op, Op::Phi { .. }) {
                continue;
            }
            let Some(&copy) = self.copies.get(&inst) else {
                continue;
            };
            if data.op.is_terminator() {
                self.b.position_before(copy);
                continue;
            }
            self.b.position_after(copy);
            // An iteration of a fused loop touches no shadows before it is undone.
            if region.is_none() {
                self.sweep_inst(inst, copy);
            }
            if let Some(result) = data.result {
                self.keep(result, first);
            }
        }
    }

    /// Writes a value and its shadow to their slots, if they have any: to those that are for a loop's first run, or
    /// to the others.
    fn keep(&mut self, value: Value, first: bool) {
        let plan = self.plan.clone();
        let due = |item| {
            plan.slot(item)
                .is_some_and(|s| plan.slots[s].saved == first)
        };
        if due(Item::Primal(value)) {
            let primal = self.forward_value(value);
            self.record_item(Item::Primal(value), primal);
        }
        if due(Item::Shadow(value)) {
            self.each_direction(|c| {
                let shadow = c.forward_shadow(value);
                c.record_item(Item::Shadow(value), shadow);
            });
        }
    }

    /// Records which predecessor the block was entered from.
    fn keep_edge(&mut self, clone: &Clone, block: Block) {
        if self.plan.slot(Item::Edge(block)).is_none() {
            return;
        }
        let ty = self.slot_type(Item::Edge(block));
        let preds = self.plan.shape.cfg.preds(block).to_vec();
        let here = llvm::Builder::new(self.session.context);
        here.position_at_start(clone.block(block));
        let which = here.phi(ty);
        for &from in &clone.edges[block] {
            let index = preds
                .iter()
                .position(|&p| clone.block(p) == from)
                .unwrap_or(0);
            which.add_incoming(ty.int_const(index as u64), from);
        }
        self.record_item(Item::Edge(block), which);
    }

    fn sweep_inst(&mut self, inst: Inst, copy: llvm::Value) {
        let data = &self.body.insts[inst];
        let shadowed = data.result.filter(|&r| self.plan.has_shadow[r]);
        match &data.op {
            Op::Alloca { .. } => {
                let taped = self.plan.is_taped(&data.op);
                self.sweep_alloca(inst, copy, shadowed, taped);
            }
            Op::Store(_) => {
                self.each_direction(|c| c.sweep_store(inst));
            }
            Op::Call(_) => self.sweep_call(inst, copy),
            _ => {
                if let Some(result) = shadowed {
                    self.each_direction(|c| {
                        let shadow = c.forward_shadow_of(inst);
                        c.own.shadows[result] = Some(shadow);
                    });
                }
            }
        }
    }

    fn sweep_call(&mut self, inst: Inst, copy: llvm::Value) {
        match self.plan.calls.get(&inst).cloned() {
            Some(CallKind::Body(_)) if self.plan.at_once.contains_key(&inst) => {
                self.call_at_once(inst, copy);
            }
            Some(CallKind::Body(_)) => self.call_augmented(inst, copy),
            Some(CallKind::Table { pointer }) => self.call_table_augmented(inst, copy, pointer),
            Some(kind) => self.sweep_known(inst, copy, &kind),
            None => {}
        }
    }

    fn open_loops(&mut self, clone: &Clone, region: Option<Loop>) {
        let ids: Vec<Loop> = self
            .plan
            .shape
            .loops
            .iter()
            .map(|(id, _)| id)
            .filter(|&id| self.plan.reversal.is_live(id))
            .filter(|&id| self.plan.counted_in(id) == region && Some(id) != region)
            .collect();
        for &id in &ids {
            let data = self.plan.shape.loops.get(id).clone();
            let i64 = self.i64();
            self.b.position_at_start(clone.block(data.header));
            let iteration = self.b.phi(i64);
            self.loops[id].iteration = Some(iteration);
        }
        for &id in &ids {
            let data = self.plan.shape.loops.get(id).clone();
            let before = data.preheader.expect("validated");
            let before_end = clone.block(before).terminator().expect("complete");
            let records = self.plan.loops[id].as_ref().and_then(|l| l.storage.clone())
                == Some(Storage::Records);
            if records {
                let ptr = self.ptr();
                self.b.position_at_start(clone.block(data.header));
                let previous = self.b.phi(ptr);
                self.b.position_before(clone.anchor(data.header));
                let ty = self.record_type(id);
                let bytes = self.session.llvm.alloc_size(ty);
                let record = self.arena_alloc(self.int(bytes));
                self.store(previous, record);
                previous.add_incoming(ptr.zero(), clone.block(before));
                previous.add_incoming(record, clone.block(data.latches[0]));
                self.loops[id].record = Some(record);
            }
            self.b.position_before(before_end);
            if self.has_snapshots(id) {
                self.open_snapshots(id);
            }
            for &inner in &ids {
                let storage = self.plan.loops[inner]
                    .as_ref()
                    .and_then(|l| l.storage.clone());
                if let Some(storage) = storage
                    && let Storage::Arrays {
                        outermost, guards, ..
                    } = &storage
                    && *outermost == id
                {
                    let nest = self.plan.shape.nest(Some(inner));
                    let dimensions = storage.dimensions(&nest);
                    self.open_arrays(inner, id, guards, &dimensions);
                }
            }
            let iteration = self.loops[id].iteration.expect("just made");
            iteration.add_incoming(self.int(0), clone.block(before));
            self.b
                .position_before(clone.block(data.latches[0]).terminator().expect("complete"));
            let next = self.b.add(iteration, self.int(1));
            iteration.add_incoming(next, clone.block(data.latches[0]));
        }
    }

    /// Allocates the arrays of `inner` before its nest is entered.
    fn open_arrays(
        &mut self,
        inner: Loop,
        outermost: Loop,
        guards: &[(Value, bool)],
        dimensions: &[Loop],
    ) {
        let sizes: Vec<llvm::Value> = dimensions.iter().map(|&l| self.forward_size(l)).collect();
        let mut entries = self.product(&sizes);
        for &(condition, value) in guards {
            let runs = self.forward_value(condition);
            let none = self.int(0);
            entries = if value {
                self.b.select(runs, entries, none)
            } else {
                self.b.select(runs, none, entries)
            };
        }
        for (holds, each) in self.entry_bytes(inner) {
            let bytes = self.b.mul(entries, self.int(each));
            let base = self.array_memory(outermost, bytes);
            self.record_item(Item::Base(inner, holds), base);
            self.loops[inner].bases.push((holds, base));
        }
        self.loops[inner].sizes = sizes;
    }

    /// Memory for arrays: of the stack when it is little, else of the arena.
    fn array_memory(&mut self, outermost: Loop, bytes: llvm::Value) -> llvm::Value {
        let small = bytes.int_value().is_some_and(|n| n <= STACK_ARRAY);
        let parent = self.plan.shape.loops.get(outermost).parent;
        let once = parent.is_none_or(|l| self.plan.reversal.is_fused(l));
        if small && once && self.plan.key.mode == Mode::Combined {
            let bytes = bytes.int_value().expect("checked") as u64;
            let ty = self.session.context.int(8).array(bytes.max(1));
            self.b.entry_alloca(ty, ALIGN as u32)
        } else {
            self.arena_alloc(bytes)
        }
    }

    /// Iterations of `id`, evaluated before its nest.
    pub(super) fn forward_size(&mut self, id: Loop) -> llvm::Value {
        let count = self.plan.loops[id]
            .as_ref()
            .and_then(|l| l.count.clone())
            .expect("validated: counts of array nests are known");
        let trips = evaluate(
            self,
            &count,
            &mut |c, v| c.forward_value(v),
            &mut |c, header| {
                let id = c.plan.shape.loops.headed_by(header).expect("a loop header");
                c.iteration_of(id, Side::Forward)
            },
        );
        let ty = self.i64();
        let trips = self.b.int_cast(trips, ty, false);
        self.b.add(trips, self.int(1))
    }

    /// Which reversed loops of a region are left by entering each block.
    fn exits(&self, region: Option<Loop>) -> FxHashMap<Block, Vec<Loop>> {
        let plan = &self.plan;
        let mut exits: FxHashMap<Block, Vec<Loop>> = FxHashMap::default();
        for (id, data) in plan.shape.loops.iter() {
            let counted = plan.counted_in(id) == region && Some(id) != region;
            if counted && plan.reversal.is_live(id) {
                for &(_, to) in &data.exits {
                    let loops = exits.entry(to).or_default();
                    if loops.last() != Some(&id) {
                        loops.push(id);
                    }
                }
            }
        }
        exits
    }

    /// Records how often each loop that is left here ran.
    ///
    /// Runs while the block is swept: later its first instruction may have been replaced.
    fn close_loops(&mut self, left: &[Loop]) {
        for &id in left {
            let iteration = self.loops[id].iteration.expect("opened");
            self.record_item(Item::Trips(id), iteration);
            if let Some(record) = self.loops[id].record {
                self.record_item(Item::Head(id), record);
            }
        }
    }
}
