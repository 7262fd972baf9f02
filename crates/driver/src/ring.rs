//! Loops of one block: found, copied, and left through a block of their own.

use crate::natural::Natural;
use rz_llvm::{Block, Builder, Opcode, Value, ValueMap};

/// A loop of one block, perhaps with another for the way back, and the block behind it.
#[derive(Clone, Copy)]
pub(crate) struct Ring {
    pub(crate) body: Block,
    /// Where it goes back to the start from.
    pub(crate) latch: Block,
    pub(crate) exit: Block,
}

/// The block behind a loop through which it is left, and what is used behind it.
pub(crate) struct Way {
    pub(crate) block: Block,
    /// Values of the loop, and what stands for them behind it.
    used: Vec<(Value, Value)>,
}

impl Ring {
    /// The loop that `body` is.
    pub(crate) fn at(body: Block) -> Option<Self> {
        let last = body.terminator()?;
        let [a, b] = last.successors()[..] else {
            return None;
        };
        if last.opcode() != Some(Opcode::Br) {
            return None;
        }
        let (latch, exit) = match (is_way_back(a, body), is_way_back(b, body)) {
            (true, false) => (a, b),
            (false, true) => (b, a),
            _ => return None,
        };
        let ring = Self { body, latch, exit };
        (body.first()?.opcode() == Some(Opcode::Phi)).then_some(ring)
    }

    /// Its block or two.
    pub(crate) fn blocks(self) -> Vec<Block> {
        let mut blocks = vec![self.body, self.latch];
        blocks.dedup();
        blocks
    }

    pub(crate) fn contains(self, block: Block) -> bool {
        block == self.body || block == self.latch
    }

    /// The phis at its start.
    pub(crate) fn phis(self) -> Vec<Value> {
        let insts = self.body.instructions().into_iter();
        insts
            .take_while(|inst| inst.opcode() == Some(Opcode::Phi))
            .collect()
    }

    /// The one edge that it is entered by.
    pub(crate) fn before(self) -> Option<Block> {
        let outside = |block: &Block| *block != self.latch;
        let mut edges = edges_to(self.body).into_iter().filter(outside);
        let before = edges.next()?;
        (edges.next().is_none() && before.terminator()?.opcode() == Some(Opcode::Br))
            .then_some(before)
    }

    /// True if its condition says that it is left, not that it goes on.
    pub(crate) fn leaves_if_true(self) -> bool {
        self.body.successors()[0] == self.exit
    }

    /// What the way back computes is computed before it is known whether it goes back, so that one block is left.
    pub(crate) fn unite(&mut self) {
        if self.latch == self.body {
            return;
        }
        let last = self.body.terminator().expect("asked before");
        let b = Builder::new(self.body.function().context());
        let insts = self.latch.instructions();
        for &inst in &insts[..insts.len() - 1] {
            inst.remove_from_block();
            b.position_before(last);
            b.insert(inst);
        }
        redirect(self.body, self.latch, self.body);
        for phi in self.phis() {
            renamed(phi, self.latch, self.body);
        }
        self.latch.erase();
        self.latch = self.body;
    }

    /// Puts a block behind this loop that only it leads to.
    pub(crate) fn leave(&mut self) -> Way {
        let way = leave(&[self.body, self.latch], self.body, self.exit);
        self.exit = way.block;
        way
    }
}

/// What the way back of `around`, a loop of any blocks, computes is computed before it is known whether it goes back, as by
/// [`Ring::unite`]. True when there was such a way, from a block that leaves the loop otherwise.
pub(crate) fn unite_way_back(around: &Natural) -> bool {
    let (header, latch) = (around.header, around.latch.block());
    let before = edges_to(latch);
    let [from] = before[..] else {
        return false;
    };
    let insts = latch.instructions();
    let is_way = latch != header
        && is_way_back(latch, header)
        && insts.iter().all(|inst| inst.opcode() != Some(Opcode::Phi));
    let ways = from.successors();
    let leaves = ways.iter().any(|to| !around.body.contains(to));
    let last = from.terminator().filter(|last| last.is_conditional());
    let Some(last) = last.filter(|_| is_way && leaves) else {
        return false;
    };
    let b = Builder::new(latch.function().context());
    for &inst in &insts[..insts.len() - 1] {
        inst.remove_from_block();
        b.position_before(last);
        b.insert(inst);
    }
    redirect(from, latch, header);
    let phis = header.instructions().into_iter();
    for phi in phis.take_while(|inst| inst.opcode() == Some(Opcode::Phi)) {
        renamed(phi, latch, from);
    }
    latch.erase();
    true
}

/// Puts a block on the way from `last`, in a loop of the blocks `inside`, to `exit`.
pub(crate) fn leave(inside: &[Block], last: Block, exit: Block) -> Way {
    let insts = inside.iter().flat_map(|block| block.instructions());
    let is_outside = |user: &Value| user.is_instruction() && !inside.contains(&user.block());
    let used: Vec<(Value, Vec<Value>)> = insts
        .map(|inst| (inst, inst.users().into_iter().filter(is_outside).collect()))
        .filter(|(_, users): &(Value, Vec<Value>)| !users.is_empty())
        .collect();
    let block = exit.insert_before("left");
    let b = Builder::at_end(block);
    let mut way = Way {
        block,
        used: Vec::new(),
    };
    for (value, users) in used {
        let phi = b.phi(value.ty());
        phi.add_incoming(value, last);
        way.used.push((value, phi));
        for user in users {
            for index in 0..user.operand_count() {
                if user.operand(index) == value {
                    user.set_operand(index, phi);
                }
            }
        }
    }
    b.br(exit);
    redirect(last, exit, block);
    for inst in exit.instructions() {
        if inst.opcode() != Some(Opcode::Phi) {
            break;
        }
        renamed(inst, last, block);
    }
    way
}

impl Way {
    /// Values of the loop that are used behind it.
    pub(crate) fn used(&self) -> Vec<Value> {
        self.used.iter().map(|&(value, _)| value).collect()
    }

    /// `block` leads here as well, with the copies of `map`.
    pub(crate) fn lead(&self, block: Block, map: &ValueMap) {
        for &(value, phi) in &self.used {
            phi.add_incoming(map.get(value).unwrap_or(value), block);
        }
    }

    /// `block` leads here no longer.
    pub(crate) fn close(&self, block: Block) {
        for &(_, phi) in &self.used {
            phi.remove_incoming(block);
        }
    }
}

/// True for what may be computed without need: it neither fails nor does anything.
pub(crate) fn is_harmless(inst: Value) -> bool {
    matches!(
        inst.opcode(),
        Some(
            Opcode::Add
                | Opcode::Sub
                | Opcode::Mul
                | Opcode::Shl
                | Opcode::And
                | Opcode::Or
                | Opcode::Xor
                | Opcode::FNeg
                | Opcode::FAdd
                | Opcode::FSub
                | Opcode::FMul
                | Opcode::FDiv
                | Opcode::ICmp
                | Opcode::FCmp
                | Opcode::Select
                | Opcode::Gep
                | Opcode::Trunc
                | Opcode::ZExt
                | Opcode::SExt
        )
    )
}

/// True when `block`, behind `body`, is that again or does nothing but compute and go back to it.
fn is_way_back(block: Block, body: Block) -> bool {
    let only = || {
        let insts = block.instructions();
        let computes = |inst: &Value| inst.opcode() == Some(Opcode::Br) || is_harmless(*inst);
        insts.iter().all(computes) && edges_to(block).len() == 1
    };
    block == body || block.successors() == [body] && only()
}

/// Where the edges to `block` come from.
pub(crate) fn edges_to(block: Block) -> Vec<Block> {
    let ends = block.function().blocks().into_iter();
    let edges = ends.flat_map(|from| from.successors().into_iter().map(move |to| (from, to)));
    edges
        .filter(|&(_, to)| to == block)
        .map(|(from, _)| from)
        .collect()
}

/// Edges from `from` to `old` lead to `new`.
pub(crate) fn redirect(from: Block, old: Block, new: Block) {
    let last = from.terminator().expect("a block ends");
    for (index, to) in last.successors().into_iter().enumerate() {
        if to == old {
            last.set_successor(index as u32, new);
        }
    }
}

/// What `phi` takes from `old` it takes from `new`.
pub(crate) fn renamed(phi: Value, old: Block, new: Block) {
    for (index, (_, from)) in phi.incoming().into_iter().enumerate() {
        if from == old {
            phi.set_incoming_block(index as u32, new);
        }
    }
}

/// What `phi` takes from `block`.
pub(crate) fn taken(phi: Value, block: Block) -> Value {
    let mut edges = phi.incoming().into_iter();
    let edge = edges.find(|&(_, from)| from == block);
    edge.expect("the edge is there").0
}

/// Copies what `body` does, but for its phis and where it goes, to the end of `to`. The phis are mapped before.
pub(crate) fn copy(body: Block, to: Block, map: &mut ValueMap) {
    let b = Builder::at_end(to);
    for inst in body.instructions() {
        if inst.opcode() == Some(Opcode::Phi) || inst.is_terminator() {
            continue;
        }
        let copy = inst.clone_instruction();
        b.insert(copy);
        map.remap(copy);
        map.set(inst, copy);
    }
}

/// What a part of a loop does to memory.
#[derive(Default)]
pub(crate) struct Touched {
    /// Its loads and stores.
    pub(crate) accesses: Vec<Value>,
    /// Calls may set `errno`, and touch nothing else.
    pub(crate) sets_errno: bool,
}

/// What `blocks` do to memory; nothing if other instructions touch it, or a call may not come back, or must stay where it is.
pub(crate) fn touched(blocks: &[Block]) -> Option<Touched> {
    touched_by(blocks.iter().flat_map(|block| block.instructions()))
}

/// What `insts` do to memory, as [`touched`].
pub(crate) fn touched_by(insts: impl Iterator<Item = Value>) -> Option<Touched> {
    let mut touched = Touched::default();
    for inst in insts {
        match inst.opcode()? {
            Opcode::Load | Opcode::Store if inst.is_volatile() || inst.is_atomic() => return None,
            Opcode::Load | Opcode::Store => touched.accesses.push(inst),
            Opcode::Call => {
                let effects = inst.call_effects();
                let others = [effects.args, effects.hidden, effects.other];
                let touches = others.iter().any(|kind| kind.read || kind.write);
                if touches || effects.errno.read || !comes_back(inst) || !may_move(inst) {
                    return None;
                }
                touched.sets_errno |= effects.errno.write;
            }
            Opcode::AtomicRmw
            | Opcode::CmpXchg
            | Opcode::Fence
            | Opcode::VaArg
            | Opcode::Alloca => return None,
            _ => {}
        }
    }
    Some(touched)
}

/// The loads and stores of `body`, where [`touched`] finds nothing else.
pub(crate) fn accesses(body: Block) -> Option<Vec<Value>> {
    let touched = touched(&[body])?;
    (!touched.sets_errno).then_some(touched.accesses)
}

/// True when what follows `call` is done after it: it neither stays away nor throws.
pub(crate) fn comes_back(call: Value) -> bool {
    call.call_has_attribute("willreturn") && call.call_has_attribute("nounwind")
}

/// True when `call` may be done at another place than where it is written.
pub(crate) fn may_move(call: Value) -> bool {
    !call.call_has_attribute("convergent") && !call.call_has_attribute("noduplicate")
}

/// Where a load or store goes.
pub(crate) fn pointer(access: Value) -> Value {
    access.operand(u32::from(access.opcode() == Some(Opcode::Store)))
}

/// How many bytes a load or store takes.
pub(crate) fn size(access: Value) -> u64 {
    let ty = match access.opcode() {
        Some(Opcode::Store) => access.operand(0).ty(),
        _ => access.ty(),
    };
    access.function().module().alloc_size(ty)
}
