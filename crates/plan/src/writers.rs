//! Instructions that write, by block, so that "what comes later" is not asked of each.

use crate::shape::Shape;
use rustc_hash::FxHashSet;
use rz_view::{Block, Body, Inst};
use std::collections::BTreeMap;

/// Some reachable instructions of a body, by block and in order.
pub struct Writers {
    blocks: BTreeMap<Block, Vec<Inst>>,
    /// Blocks from which one of them is reached through an edge.
    before: FxHashSet<Block>,
}

impl Writers {
    /// Sorts `insts`, all of which are reachable.
    pub fn new(body: &Body, shape: &Shape, insts: impl IntoIterator<Item = Inst>) -> Self {
        let mut blocks: BTreeMap<Block, Vec<Inst>> = BTreeMap::new();
        for inst in insts {
            blocks.entry(body.insts[inst].block).or_default().push(inst);
        }
        for list in blocks.values_mut() {
            list.sort_by_key(|&inst| shape.dom.position(inst));
        }
        let mut before = FxHashSet::default();
        let mut stack: Vec<Block> = blocks.keys().copied().collect();
        while let Some(block) = stack.pop() {
            let preds = shape.cfg.preds(block).iter().copied();
            stack.extend(preds.filter(|&pred| before.insert(pred)));
        }
        Self { blocks, before }
    }

    /// True when one of them may execute after `inst`.
    pub fn any_after(&self, body: &Body, shape: &Shape, inst: Inst) -> bool {
        let block = body.insts[inst].block;
        self.before.contains(&block) || !self.in_block_after(shape, block, inst).is_empty()
    }

    /// Each block that has some, with them.
    pub fn blocks(&self) -> impl Iterator<Item = (Block, &[Inst])> {
        self.blocks
            .iter()
            .map(|(&block, list)| (block, list.as_slice()))
    }

    /// Those in `block` that come after `inst`, which is in it too.
    pub fn in_block_after(&self, shape: &Shape, block: Block, inst: Inst) -> &[Inst] {
        let list = self.blocks.get(&block).map_or(&[][..], Vec::as_slice);
        let position = |inst| shape.dom.position(inst);
        let first = list.partition_point(|&other| position(other) <= position(inst));
        &list[first..]
    }
}
