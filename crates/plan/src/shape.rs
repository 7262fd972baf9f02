//! Control-flow structure of a primal, and which parts of it are reversed at all.
//!
//! Only blocks that can reach the return have a reverse block. Of these, only *live* blocks do
//! derivative work; a loop or a branch region without live blocks is stepped over in the reverse
//! pass, so nothing about it is put on the tape.
//!
//! Invariants required of the primal (the driver's preparation establishes them, [`Shape::new`]
//! checks them): at most one return; no irreducible edges; every live loop has a preheader, one
//! latch, and exits whose predecessors all lie in the loop.

use cranelift_entity::SecondaryMap;
use rustc_hash::FxHashMap;
use rz_diag::{Code, Diagnostic, Position, Result};
use rz_view::{Block, Body, Cfg, Dominators, Inst, Loop, LoopForest, Op};

/// Structure shared by all stages of planning and writing.
#[derive(Clone, Debug)]
pub struct Shape {
    /// Predecessors and successors.
    pub cfg: Cfg,
    /// Dominator tree.
    pub dom: Dominators,
    /// Natural loops.
    pub loops: LoopForest,
    /// The block that returns; `None` when the function never returns.
    pub exit: Option<Block>,
    reaches_exit: SecondaryMap<Block, bool>,
}

impl Shape {
    /// Computes the structure of `body`.
    pub fn new(body: &Body) -> Result<Self> {
        let cfg = Cfg::new(body);
        let dom = Dominators::new(body, &cfg);
        let loops = LoopForest::new(body, &cfg, &dom);
        structured(body, &cfg, &loops)?;
        let returns: Vec<Block> = cfg
            .rpo()
            .iter()
            .copied()
            .filter(|&b| matches!(body.insts[body.terminator(b)].op, Op::Ret))
            .collect();
        if returns.len() > 1 {
            return Err(
                Diagnostic::error(Code::Internal, "the primal has several returns")
                    .note("preparation should have merged them"),
            );
        }
        let mut shape = Self {
            cfg,
            dom,
            loops,
            exit: returns.first().copied(),
            reaches_exit: SecondaryMap::new(),
        };
        let mut stack: Vec<Block> = shape.exit.into_iter().collect();
        while let Some(block) = stack.pop() {
            if !std::mem::replace(&mut shape.reaches_exit[block], true) {
                stack.extend(shape.cfg.preds(block).iter().copied());
            }
        }
        Ok(shape)
    }

    /// True when the return can be reached from `block`: only such blocks are ever reversed.
    pub fn is_reversed(&self, block: Block) -> bool {
        self.reaches_exit[block]
    }

    /// The innermost loop around `block`.
    pub fn home(&self, block: Block) -> Option<Loop> {
        self.loops.innermost(block)
    }

    /// The loops from the outermost to `inner`, inclusive.
    pub fn nest(&self, inner: Option<Loop>) -> Vec<Loop> {
        let mut nest: Vec<Loop> =
            std::iter::successors(inner, |&l| self.loops.get(l).parent).collect();
        nest.reverse();
        nest
    }

    /// True when `inner` is `outer` or nested in it; everything is nested in `None`.
    pub fn encloses(&self, outer: Option<Loop>, inner: Option<Loop>) -> bool {
        match outer {
            None => true,
            Some(outer) => self.nest(inner).contains(&outer),
        }
    }

    /// Checks that the loop has the canonical form the reverse pass needs.
    pub fn check_loop(&self, id: Loop) -> std::result::Result<(), &'static str> {
        let data = self.loops.get(id);
        if data.preheader.is_none() {
            return Err("it has several entries");
        }
        if data.latches.len() != 1 {
            return Err("it has several back edges");
        }
        let dedicated = data.exits.iter().all(|&(_, to)| {
            self.cfg
                .preds(to)
                .iter()
                .all(|&p| self.loops.contains(id, p))
        });
        if dedicated {
            Ok(())
        } else {
            Err("it shares an exit with other code")
        }
    }
}

/// Refuses control flow that has no reverse here.
fn structured(body: &Body, cfg: &Cfg, loops: &LoopForest) -> Result<()> {
    let position = |block: Block| {
        body.insts[body.terminator(block)]
            .loc
            .as_ref()
            .map(|loc| Position {
                file: loc.file.to_string(),
                line: loc.line,
                column: loc.column,
            })
    };
    let computed = cfg.rpo().iter().find(|&&block| {
        matches!(
            body.insts[body.terminator(block)].op,
            Op::IndirectBr(_) | Op::CallBr(..)
        )
    });
    if let Some(&block) = computed {
        return Err(Diagnostic::error(
            Code::UnsupportedInstruction,
            "a computed jump cannot be differentiated",
        )
        .at(position(block))
        .fix("use a switch"));
    }
    if let Some(&(from, _)) = loops.irreducible_edges().first() {
        return Err(Diagnostic::error(
            Code::UnsupportedInstruction,
            "a loop that is entered at several places cannot be differentiated",
        )
        .at(position(from))
        .fix("enter the loop at one place only"));
    }
    Ok(())
}

/// How the reverse pass leaves a block towards the start of the primal.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Back {
    /// The entry block: the reverse pass ends.
    End,
    /// Only one way back.
    To(Block),
    /// A loop header: to the latch while iterations remain, else to the block before the loop.
    Header {
        /// The loop.
        id: Loop,
        /// Source of the back edge.
        latch: Block,
        /// Where the reverse pass goes after iteration 0.
        before: Block,
    },
    /// Several ways back, told apart by the predecessor that was taken: each predecessor, and the
    /// block whose reverse stands for it.
    Merge(Vec<(Block, Block)>),
}

/// Which blocks have a reverse block, and where each goes.
#[derive(Clone, Debug)]
pub struct Reversal {
    back: SecondaryMap<Block, Option<Back>>,
    order: Vec<Block>,
    live_loops: SecondaryMap<Loop, bool>,
    fused: SecondaryMap<Loop, bool>,
    again: SecondaryMap<Loop, bool>,
    checkpointed: SecondaryMap<Loop, bool>,
    rereads: FxHashMap<Inst, Loop>,
}

impl Reversal {
    /// Decides the reverse control flow. `live(b)` says that block `b` does derivative work;
    /// `splits(b)` that it needs to know its predecessor (it has active phis).
    pub fn new(
        shape: &Shape,
        live: &impl Fn(Block) -> bool,
        splits: &impl Fn(Block) -> bool,
    ) -> Result<Self> {
        let mut this = Self {
            back: SecondaryMap::new(),
            order: Vec::new(),
            live_loops: SecondaryMap::new(),
            fused: SecondaryMap::new(),
            again: SecondaryMap::new(),
            checkpointed: SecondaryMap::new(),
            rereads: FxHashMap::default(),
        };
        let works = |b: Block| shape.is_reversed(b) && (live(b) || splits(b));
        for (id, data) in shape.loops.iter() {
            this.live_loops[id] = data.blocks.iter().any(|&b| works(b));
        }
        let Some(exit) = shape.exit else {
            return Ok(this);
        };
        let mut stack = vec![exit];
        while let Some(block) = stack.pop() {
            if this.back[block].is_some() {
                continue;
            }
            let back = this.back_of(shape, block, &works, splits)?;
            match &back {
                Back::End => {}
                Back::To(to) => stack.push(*to),
                Back::Header { latch, before, .. } => stack.extend([*latch, *before]),
                Back::Merge(ways) => stack.extend(ways.iter().map(|w| w.1)),
            }
            this.back[block] = Some(back);
            this.order.push(block);
        }
        this.order
            .sort_by_key(|&b| std::cmp::Reverse(shape.cfg.order(b)));
        Ok(this)
    }

    /// Where the reverse block of `block` goes; `None` when the block has no reverse block.
    pub fn back(&self, block: Block) -> Option<&Back> {
        self.back[block].as_ref()
    }

    /// Blocks with a reverse block, last executed first.
    pub fn order(&self) -> &[Block] {
        &self.order
    }

    /// True when the loop is reversed.
    pub fn is_live(&self, id: Loop) -> bool {
        self.live_loops[id]
    }

    /// Runs the iterations of exactly these loops in the reverse pass ([`crate::fuse`]).
    pub fn fuse(&mut self, loops: impl Iterator<Item = Loop>) {
        self.fused = SecondaryMap::new();
        for id in loops {
            self.fused[id] = true;
        }
    }

    /// Runs the iterations of this loop in the reverse pass as well ([`crate::rerun`]), where the reverse of an
    /// iteration may repeat these loads.
    pub fn rerun(&mut self, id: Loop, loads: impl IntoIterator<Item = Inst>) {
        self.rerun_not(id);
        self.fused[id] = true;
        self.again[id] = true;
        self.rereads
            .extend(loads.into_iter().map(|load| (load, id)));
    }

    /// Takes [`Reversal::rerun`] back.
    pub fn rerun_not(&mut self, id: Loop) {
        self.fused[id] = false;
        self.again[id] = false;
        self.checkpointed[id] = false;
        self.rereads.retain(|_, of| *of != id);
    }

    /// Saves what some iterations of this loop, which runs again, start from instead of all ([`crate::checkpoint`]).
    pub fn checkpoint(&mut self, id: Loop) {
        self.checkpointed[id] = true;
    }

    /// True when the state is saved before some iterations only.
    pub fn is_checkpointed(&self, id: Loop) -> bool {
        self.checkpointed[id]
    }

    /// True when each iteration of the loop runs in both passes.
    pub fn runs_again(&self, id: Loop) -> bool {
        self.again[id]
    }

    /// True when the reverse of an iteration of `id`, which runs again, may repeat `load`.
    pub fn rereads(&self, id: Loop, load: Inst) -> bool {
        self.rereads.get(&load) == Some(&id)
    }

    /// True when the reverse of an iteration of a loop that runs again may repeat `load`.
    pub fn rereads_any(&self, load: Inst) -> bool {
        self.rereads.contains_key(&load)
    }

    /// True when each iteration of the loop runs in the reverse pass.
    pub fn is_fused(&self, id: Loop) -> bool {
        self.fused[id]
    }

    /// The fused loop that `block` is part of.
    pub fn fused_around(&self, shape: &Shape, block: Block) -> Option<Loop> {
        shape.loops.nest(block).find(|&l| self.fused[l])
    }

    /// The block whose reverse stands for `pred` seen from `block`: `pred` itself, or the
    /// preheader of the outermost dead loop that `pred` is in and `block` is not.
    fn stand_in(&self, shape: &Shape, pred: Block, block: Block) -> Result<Block> {
        let dead = shape
            .loops
            .nest(pred)
            .filter(|&l| !shape.loops.contains(l, block) && !self.live_loops[l])
            .last();
        match dead {
            None => Ok(pred),
            Some(id) => match shape.loops.get(id).preheader {
                Some(preheader) => self.stand_in(shape, preheader, block),
                None => Err(irregular("it has several entries")),
            },
        }
    }

    fn back_of(
        &self,
        shape: &Shape,
        block: Block,
        works: &impl Fn(Block) -> bool,
        splits: &impl Fn(Block) -> bool,
    ) -> Result<Back> {
        let preds = shape.cfg.preds(block);
        if let Some(id) = shape.loops.headed_by(block)
            && self.live_loops[id]
        {
            shape.check_loop(id).map_err(irregular)?;
            let data = shape.loops.get(id);
            let before = data.preheader.expect("checked");
            return Ok(Back::Header {
                id,
                latch: data.latches[0],
                before,
            });
        }
        if preds.is_empty() {
            return Ok(Back::End);
        }
        let mut ways: Vec<(Block, Block)> = Vec::new();
        for &pred in preds {
            ways.push((pred, self.stand_in(shape, pred, block)?));
        }
        let only = ways.iter().all(|w| w.1 == ways[0].1);
        if ways.len() == 1 || only && !splits(block) {
            return Ok(Back::To(ways[0].1));
        }
        if !splits(block)
            && let Some(idom) = shape.dom.idom(block)
            && let Some(target) = self.step_over(shape, block, idom, works)?
        {
            return Ok(Back::To(target));
        }
        Ok(Back::Merge(ways))
    }

    /// When no block strictly between `idom` and `block` works, the reverse pass may go straight
    /// to `idom` (or what stands for it).
    fn step_over(
        &self,
        shape: &Shape,
        block: Block,
        idom: Block,
        works: &impl Fn(Block) -> bool,
    ) -> Result<Option<Block>> {
        let mut seen: SecondaryMap<Block, bool> = SecondaryMap::new();
        let mut stack: Vec<Block> = shape.cfg.preds(block).to_vec();
        while let Some(b) = stack.pop() {
            if b == idom || std::mem::replace(&mut seen[b], true) {
                continue;
            }
            if works(b) {
                return Ok(None);
            }
            stack.extend(shape.cfg.preds(b).iter().copied());
        }
        let target = self.stand_in(shape, idom, block)?;
        // Leaving a live loop must go through its exiting block, whose iteration number is set.
        Ok((shape.home(target) == shape.home(block)).then_some(target))
    }
}

fn irregular(why: &'static str) -> Box<Diagnostic> {
    Diagnostic::error(
        Code::UnsupportedInstruction,
        "a loop of this shape cannot be reversed",
    )
    .note(why)
    .fix("rewrite the computed jumps into the loop as structured control flow")
}
