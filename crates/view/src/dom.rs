//! Dominators, by the algorithm of Cooper, Harvey and Kennedy (2001).

use crate::body::{Block, Body, Inst};
use crate::cfg::Cfg;
use cranelift_entity::{EntityRef, SecondaryMap, packed_option::PackedOption};

/// The dominator tree of the reachable blocks, queried in constant time.
#[derive(Clone, Debug)]
pub struct Dominators {
    idom: SecondaryMap<Block, PackedOptionBlock>,
    enter: SecondaryMap<Block, u32>,
    leave: SecondaryMap<Block, u32>,
    position: SecondaryMap<Inst, u32>,
}

type PackedOptionBlock = PackedOption<crate::body::Block>;

impl Dominators {
    /// Computes the tree.
    pub fn new(body: &Body, cfg: &Cfg) -> Self {
        let idom = immediate(cfg);
        let mut children: SecondaryMap<Block, Vec<Block>> = SecondaryMap::new();
        for &block in cfg.rpo() {
            if let Some(parent) = idom[block].expand() {
                children[parent].push(block);
            }
        }
        let (enter, leave) = number(cfg, &children);
        let mut position = SecondaryMap::new();
        for data in body.blocks.values() {
            for (index, &inst) in data.insts.iter().enumerate() {
                position[inst] = index as u32;
            }
        }
        Self {
            idom,
            enter,
            leave,
            position,
        }
    }

    /// The immediate dominator; `None` for the entry and for unreachable blocks.
    pub fn idom(&self, block: Block) -> Option<Block> {
        self.idom[block].expand()
    }

    /// True when every path to `b` passes `a` (reflexive). False if either is unreachable.
    pub fn dominates(&self, a: Block, b: Block) -> bool {
        self.enter[a] != 0
            && self.enter[b] != 0
            && self.enter[a] <= self.enter[b]
            && self.leave[b] <= self.leave[a]
    }

    /// True when `a` executes before `b` on every path to `b` (irreflexive).
    pub fn inst_dominates(&self, body: &Body, a: Inst, b: Inst) -> bool {
        let (block_a, block_b) = (body.insts[a].block, body.insts[b].block);
        if block_a == block_b {
            self.position[a] < self.position[b]
        } else {
            self.dominates(block_a, block_b)
        }
    }

    /// Position of an instruction in its block.
    pub fn position(&self, inst: Inst) -> u32 {
        self.position[inst]
    }
}

fn immediate(cfg: &Cfg) -> SecondaryMap<Block, PackedOptionBlock> {
    let mut idom: SecondaryMap<Block, PackedOptionBlock> = SecondaryMap::new();
    let order = |b: Block| cfg.order(b).expect("reachable");
    let Some((&entry, rest)) = cfg.rpo().split_first() else {
        return idom;
    };
    idom[entry] = entry.into();
    let mut changed = true;
    while changed {
        changed = false;
        for &block in rest {
            let mut new: Option<Block> = None;
            for &pred in cfg.preds(block) {
                if idom[pred].is_none() {
                    continue;
                }
                new = Some(match new {
                    None => pred,
                    Some(other) => intersect(&idom, &order, pred, other),
                });
            }
            if idom[block].expand() != new {
                idom[block] = new.into();
                changed = true;
            }
        }
    }
    idom[entry] = None.into();
    idom
}

fn intersect(
    idom: &SecondaryMap<Block, PackedOptionBlock>,
    order: &impl Fn(Block) -> u32,
    mut a: Block,
    mut b: Block,
) -> Block {
    while a != b {
        while order(a) > order(b) {
            a = idom[a].expand().expect("processed");
        }
        while order(b) > order(a) {
            b = idom[b].expand().expect("processed");
        }
    }
    a
}

fn number(
    cfg: &Cfg,
    children: &SecondaryMap<Block, Vec<Block>>,
) -> (SecondaryMap<Block, u32>, SecondaryMap<Block, u32>) {
    let (mut enter, mut leave) = (SecondaryMap::new(), SecondaryMap::new());
    let mut clock = 0;
    let mut stack = Vec::new();
    if !cfg.rpo().is_empty() {
        stack.push((Block::new(0), 0));
        clock += 1;
        enter[Block::new(0)] = clock;
    }
    while let Some((block, next)) = stack.pop() {
        if let Some(&child) = children[block].get(next) {
            stack.push((block, next + 1));
            clock += 1;
            enter[child] = clock;
            stack.push((child, 0));
        } else {
            clock += 1;
            leave[block] = clock;
        }
    }
    (enter, leave)
}
