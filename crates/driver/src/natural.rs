//! Natural loops: a header, the block that leads back to it, and all that lies between.

use rustc_hash::{FxHashMap, FxHashSet};
use rz_llvm::{Analyses, Block, Function, Value};

/// A loop.
pub(crate) struct Natural {
    pub(crate) header: Block,
    /// The end of the block that leads back.
    pub(crate) latch: Value,
    /// All its blocks, those of loops inside of it as well.
    pub(crate) body: FxHashSet<Block>,
}

impl Natural {
    /// True if this loop is inside of another one.
    pub(crate) fn is_inside(&self, outer: &Self) -> bool {
        self.latch != outer.latch && self.body.is_subset(&outer.body)
    }
}

/// The loops of `function`, each before those around it.
pub(crate) fn natural(analyses: Analyses, function: Function) -> Vec<Natural> {
    let mut before: FxHashMap<Block, Vec<Block>> = FxHashMap::default();
    for block in function.blocks() {
        for to in block.successors() {
            before.entry(to).or_default().push(block);
        }
    }
    let entry = function.entry();
    let around = |latch: Value| {
        latch.successors().into_iter().find_map(|header| {
            let mut body = FxHashSet::from_iter([header]);
            let mut work = vec![latch.block()];
            while let Some(block) = work.pop() {
                if body.insert(block) {
                    work.extend(before.get(&block).into_iter().flatten());
                }
            }
            // Backwards from a latch the start of the function lies behind the header.
            let is_header = !entry.is_some_and(|entry| body.contains(&entry));
            is_header.then_some(Natural {
                header,
                latch,
                body,
            })
        })
    };
    let mut loops: Vec<Natural> = { analyses.latches(function).into_iter() }
        .filter_map(around)
        .collect();
    loops.sort_by_key(|one| one.body.len());
    loops
}
