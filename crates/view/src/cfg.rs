//! Predecessors, successors and orders.

use crate::body::{Block, Body};
use cranelift_entity::{EntityRef, SecondaryMap};

/// The control-flow graph of a body. Duplicate edges are kept once.
#[derive(Clone, Debug)]
pub struct Cfg {
    preds: SecondaryMap<Block, Vec<Block>>,
    succs: SecondaryMap<Block, Vec<Block>>,
    rpo: Vec<Block>,
    rpo_index: SecondaryMap<Block, u32>,
}

impl Cfg {
    /// Builds the graph. Unreachable blocks have no place in [`Cfg::rpo`] and are nobody's predecessor.
    pub fn new(body: &Body) -> Self {
        let mut succs: SecondaryMap<Block, Vec<Block>> = SecondaryMap::new();
        // The last block that had this successor; keeps large switches linear.
        let mut seen_from: SecondaryMap<Block, Option<Block>> = SecondaryMap::new();
        for block in body.blocks.keys() {
            let mut list = body.successors(block);
            list.retain(|&succ| seen_from[succ].replace(block) != Some(block));
            succs[block] = list;
        }
        let rpo = reverse_postorder(body, &succs);
        let mut preds: SecondaryMap<Block, Vec<Block>> = SecondaryMap::new();
        let mut rpo_index = SecondaryMap::with_default(u32::MAX);
        for (index, &block) in rpo.iter().enumerate() {
            rpo_index[block] = index as u32;
            for &succ in &succs[block] {
                preds[succ].push(block);
            }
        }
        Self {
            preds,
            succs,
            rpo,
            rpo_index,
        }
    }

    /// Reachable predecessors of `block`, each once.
    pub fn preds(&self, block: Block) -> &[Block] {
        &self.preds[block]
    }

    /// Successors of `block`, each once.
    pub fn succs(&self, block: Block) -> &[Block] {
        &self.succs[block]
    }

    /// Reachable blocks in reverse postorder; the entry is first.
    pub fn rpo(&self) -> &[Block] {
        &self.rpo
    }

    /// Position of `block` in [`Cfg::rpo`]; `None` when unreachable.
    pub fn order(&self, block: Block) -> Option<u32> {
        Some(self.rpo_index[block]).filter(|&index| index != u32::MAX)
    }

    /// True when control can reach `block`.
    pub fn is_reachable(&self, block: Block) -> bool {
        self.order(block).is_some()
    }
}

fn reverse_postorder(body: &Body, succs: &SecondaryMap<Block, Vec<Block>>) -> Vec<Block> {
    let entry = Block::new(0);
    if body.blocks.is_empty() {
        return Vec::new();
    }
    let mut visited = SecondaryMap::with_default(false);
    let mut post = Vec::new();
    let mut stack = vec![(entry, 0)];
    visited[entry] = true;
    while let Some((block, next)) = stack.pop() {
        match succs[block].get(next) {
            Some(&succ) => {
                stack.push((block, next + 1));
                if !visited[succ] {
                    visited[succ] = true;
                    stack.push((succ, 0));
                }
            }
            None => post.push(block),
        }
    }
    post.reverse();
    post
}
