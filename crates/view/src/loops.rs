//! The forest of natural loops, and which parts of the graph are irreducible.

use crate::body::{Block, Body};
use crate::cfg::Cfg;
use crate::dom::Dominators;
use cranelift_entity::{PrimaryMap, SecondaryMap, entity_impl, packed_option::PackedOption};
use rustc_hash::FxHashSet;

/// A natural loop.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Loop(u32);
entity_impl!(Loop, "loop");

/// A loop's data.
#[derive(Clone, Debug)]
pub struct LoopData {
    /// The only entry.
    pub header: Block,
    /// Enclosing loop.
    pub parent: Option<Loop>,
    /// Nesting depth, 1 for outermost.
    pub depth: u32,
    /// Sources of backedges.
    pub latches: Vec<Block>,
    /// All blocks, inner loops included, in reverse postorder.
    pub blocks: Vec<Block>,
    /// The only predecessor of the header outside the loop, if it ends in an unconditional branch.
    pub preheader: Option<Block>,
    /// Edges that leave the loop.
    pub exits: Vec<(Block, Block)>,
}

/// All natural loops of a body.
#[derive(Clone, Debug, Default)]
pub struct LoopForest {
    loops: PrimaryMap<Loop, LoopData>,
    innermost: SecondaryMap<Block, PackedOption<Loop>>,
    irreducible: Vec<(Block, Block)>,
}

impl LoopForest {
    /// Finds the loops. Outer loops come before the loops they contain.
    pub fn new(body: &Body, cfg: &Cfg, dom: &Dominators) -> Self {
        let mut forest = Self::default();
        for &header in cfg.rpo() {
            let latches: Vec<Block> = cfg
                .preds(header)
                .iter()
                .copied()
                .filter(|&p| dom.dominates(header, p))
                .collect();
            for &pred in cfg.preds(header) {
                if cfg.order(pred) >= cfg.order(header) && !dom.dominates(header, pred) {
                    forest.irreducible.push((pred, header));
                }
            }
            if !latches.is_empty() {
                forest.add(body, cfg, header, latches);
            }
        }
        forest
    }

    fn add(&mut self, body: &Body, cfg: &Cfg, header: Block, latches: Vec<Block>) {
        // Sets and lists in the size of the loop, so that many small loops stay cheap.
        let mut inside = FxHashSet::default();
        inside.insert(header);
        let mut stack = latches.clone();
        while let Some(block) = stack.pop() {
            if inside.insert(block) {
                stack.extend(cfg.preds(block).iter().copied());
            }
        }
        let mut blocks: Vec<Block> = inside.iter().copied().collect();
        blocks.sort_unstable_by_key(|&b| cfg.order(b));
        let parent = self.innermost[header].expand();
        let depth = parent.map_or(1, |p| self.loops[p].depth + 1);
        let outside: Vec<Block> = cfg
            .preds(header)
            .iter()
            .copied()
            .filter(|p| !inside.contains(p))
            .collect();
        let preheader = match outside[..] {
            [only] if body.successors(only).len() == 1 => Some(only),
            _ => None,
        };
        let exits = blocks
            .iter()
            .flat_map(|&b| cfg.succs(b).iter().map(move |&s| (b, s)))
            .filter(|(_, s)| !inside.contains(s))
            .collect();
        let id = self.loops.push(LoopData {
            header,
            parent,
            depth,
            latches,
            blocks: blocks.clone(),
            preheader,
            exits,
        });
        for block in blocks {
            self.innermost[block] = id.into();
        }
    }

    /// All loops, outer before inner.
    pub fn iter(&self) -> impl Iterator<Item = (Loop, &LoopData)> {
        self.loops.iter()
    }

    /// A loop's data.
    pub fn get(&self, id: Loop) -> &LoopData {
        &self.loops[id]
    }

    /// The innermost loop around `block`.
    pub fn innermost(&self, block: Block) -> Option<Loop> {
        self.innermost[block].expand()
    }

    /// The loop with this header.
    pub fn headed_by(&self, block: Block) -> Option<Loop> {
        self.innermost(block)
            .filter(|&l| self.loops[l].header == block)
    }

    /// The loops around `block`, innermost first.
    pub fn nest(&self, block: Block) -> impl Iterator<Item = Loop> + '_ {
        std::iter::successors(self.innermost(block), |&l| self.loops[l].parent)
    }

    /// True when `block` lies in `id` or a loop inside it.
    pub fn contains(&self, id: Loop, block: Block) -> bool {
        self.nest(block).any(|l| l == id)
    }

    /// Retreating edges that are not backedges of a natural loop: irreducible control flow.
    pub fn irreducible_edges(&self) -> &[(Block, Block)] {
        &self.irreducible
    }
}
