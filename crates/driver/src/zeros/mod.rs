//! Iterations that would only add tangents that are zero do not.
//!
//! Of several directions at once most change only a part of what a loop reads: one joint of a hand moves the bones behind
//! it. A loop that reads the same tangents each time it runs remembers for which iterations they are all zero.
//!
//! ```text
//! for i                                      for i
//!   for b                                      for b
//!     s  += w[i][b] * T[b]                       s += w[i][b] * T[b]
//!     s' += w[i][b] * T'[b]          ⇒           if known[b] != ZERO
//!                                                  s' += w[i][b] * T'[b]
//!                                                  if known[b] == NOTHING
//!                                                    known[b] = T'[b] == 0 ? ZERO : OTHER
//! ```
//!
//! Directions, and sums of their own, are asked for in groups. What is learned is forgotten where the outer loop is
//! entered. Iterations past the first [`KNOWN`] are never left out.
//!
//! # Why this is legal
//!
//! - The same iteration loads the same tangents each time: their addresses follow from counters of the inner loop and from
//!   what the outer loop does not change, and nothing in the outer loop writes to them.
//! - What is left out is arithmetic on floats and those loads: nothing that can be seen. Where the tangents are zero it is
//!   a product with zero, a sum of zeros, or a sum of a zero and another number, which is that number.
//!
//! Partial derivatives that are infinite do not turn the zero into something that is not a number then, as in loops that
//! the reverse pass steps over. Only tangents are looked at ([`rz_synth::TANGENT`]): where numbers of the primal are
//! zero nothing changes.

mod vanish;

use crate::ring::{Ring, redirect, renamed};
use rustc_hash::{FxHashMap, FxHashSet};
use rz_llvm::{
    AliasOracle, Analyses, Block, Builder, Extent, Function, IntPredicate, Opcode, Type, TypeKind,
    Value,
};
use rz_synth::TANGENT;
use vanish::{Group, Then, groups, what_vanishes, work};

/// So many iterations are remembered.
const KNOWN: u64 = 256;
/// With fewer operations to leave out it is not worth asking.
const WORTH: usize = 24;
/// Loops that read tangents closer to each other than this many numbers are for the vectorizer.
const APART: i64 = 4;
/// Functions with more instructions, and loops that read more tangents, are left alone.
const LONG: usize = 50_000;
const TANGENTS: usize = 1_000;

const ZERO: u64 = 1;
const OTHER: u64 = 2;

/// A loop around another.
struct Outer {
    header: Block,
    blocks: FxHashSet<Block>,
    /// The only block that leads into it.
    before: Block,
}

struct Sparse {
    ring: Ring,
    outer: Outer,
    groups: Vec<Group>,
    then: FxHashMap<Value, Then>,
    /// The first instruction behind all that is left out.
    behind: Value,
}

/// Lets loops of `function` step over zero tangents. True when there were any.
pub(crate) fn step_over(analyses: Analyses, function: Function) -> bool {
    let instructions = function.instructions();
    if instructions.len() > LONG || !instructions.iter().any(|&inst| is_tangent(inst)) {
        return false;
    }
    let oracle = AliasOracle::new(analyses, function);
    let blocks = function.blocks().into_iter();
    let found: Vec<Sparse> = blocks
        .filter_map(|body| find(analyses, &oracle, function, body))
        .collect();
    drop(oracle);
    let mut entered = FxHashMap::default();
    for one in &found {
        let enter = entered
            .entry(one.outer.header)
            .or_insert_with(|| one.outer.enter());
        one.write(*enter);
    }
    if !found.is_empty() {
        analyses.invalidate(function);
    }
    !found.is_empty()
}

/// A load of a tangent whose bits can be looked at.
fn is_tangent(inst: Value) -> bool {
    inst.opcode() == Some(Opcode::Load)
        && bits(inst.ty()).is_some()
        && !inst.is_volatile()
        && !inst.is_atomic()
        && inst.metadata_named(TANGENT).is_some()
}

/// How many bits a float of a usual format has.
fn bits(ty: Type) -> Option<u32> {
    match ty.kind() {
        TypeKind::Double => Some(64),
        TypeKind::Float => Some(32),
        _ => None,
    }
}

fn find(
    analyses: Analyses,
    oracle: &AliasOracle,
    function: Function,
    body: Block,
) -> Option<Sparse> {
    let ring = Ring::at(body)?;
    let insts = body.instructions();
    let mut tangents: Vec<Value> = insts.iter().copied().filter(|&i| is_tangent(i)).collect();
    if tangents.is_empty() || tangents.len() > TANGENTS {
        return None;
    }
    if work(&what_vanishes(&insts, &tangents).0) < WORTH {
        return None;
    }
    ring.before()?;
    let outer = around(function, body)?;
    let writers: Vec<Value> = { outer.blocks.iter() }
        .flat_map(|block| block.instructions())
        .filter(|inst| may_write(*inst))
        .collect();
    tangents.retain(|&load| {
        let size = function.module().alloc_size(load.ty()) as i64;
        let step = analyses.step(function, load.operand(0), body);
        step.is_some_and(|step| step.abs() >= APART * size)
            && repeats(load.operand(0), &outer, ring, &mut FxHashSet::default())
            && stays(oracle, load, &writers)
    });
    let (left_out, behind, then) = what_vanishes(&insts, &tangents);
    (work(&left_out) >= WORTH).then(|| Sparse {
        ring,
        outer,
        groups: groups(&left_out, &tangents),
        then,
        behind,
    })
}

impl Outer {
    /// A block that is passed where the loop is entered.
    fn enter(&self) -> Block {
        let enter = self.header.insert_before("zeros.enter");
        redirect(self.before, self.header, enter);
        let insts = self.header.instructions().into_iter();
        for phi in insts.take_while(|inst| inst.opcode() == Some(Opcode::Phi)) {
            renamed(phi, self.before, enter);
        }
        Builder::at_end(enter).br(self.header);
        enter
    }
}

/// Room for what is known, empty where the outer loop is entered.
fn remember(b: &Builder, enter: Block) -> Value {
    b.position_before(enter.terminator().expect("a block ends"));
    b.set_debug_loc(None);
    let byte = b.context().int(8);
    let known = b.entry_alloca(byte.array(KNOWN + 1), 16);
    let size = b.context().int(64).int_const(KNOWN);
    b.memset(known, byte.zero(), size, 16);
    let last = b.ptr_offset(known, KNOWN as i64);
    b.store(byte.int_const(OTHER), last, 1);
    known
}

/// The innermost loop around the one that `body` is.
fn around(function: Function, body: Block) -> Option<Outer> {
    let mut edges: FxHashMap<Block, Vec<Block>> = FxHashMap::default();
    let all = function.blocks();
    for &block in &all {
        for to in block.successors() {
            edges.entry(to).or_default().push(block);
        }
    }
    let entry = *all.first()?;
    let mut best: Option<(Block, FxHashSet<Block>)> = None;
    for (&header, from) in edges.iter().filter(|(header, _)| **header != body) {
        let mut blocks = FxHashSet::default();
        for &latch in from {
            let mut one = FxHashSet::from_iter([header]);
            let mut work = vec![latch];
            while let Some(block) = work.pop() {
                if one.insert(block) {
                    work.extend(edges.get(&block).into_iter().flatten());
                }
            }
            // The edge goes back if nothing gets to its start but through the header.
            if !one.contains(&entry) {
                blocks.extend(one);
            }
        }
        let smaller = best.as_ref().is_none_or(|(_, b)| blocks.len() < b.len());
        if blocks.contains(&body) && smaller {
            best = Some((header, blocks));
        }
    }
    let (header, blocks) = best?;
    let mut into = edges[&header].iter().filter(|from| !blocks.contains(from));
    let before = *into.next()?;
    let only = into.next().is_none();
    only.then_some(Outer {
        header,
        blocks,
        before,
    })
}

fn may_write(inst: Value) -> bool {
    !matches!(
        inst.opcode(),
        Some(
            Opcode::Load
                | Opcode::Phi
                | Opcode::Gep
                | Opcode::Br
                | Opcode::FAdd
                | Opcode::FSub
                | Opcode::FMul
                | Opcode::FDiv
                | Opcode::FNeg
                | Opcode::Add
                | Opcode::Sub
                | Opcode::Mul
                | Opcode::ICmp
                | Opcode::FCmp
                | Opcode::Select
        )
    )
}

/// True if `value` is the same in each run of `ring`, in the same iteration.
fn repeats(value: Value, outer: &Outer, ring: Ring, seen: &mut FxHashSet<Value>) -> bool {
    if !value.is_instruction() || !outer.blocks.contains(&value.block()) {
        return true;
    }
    if ![ring.body, ring.latch].contains(&value.block()) {
        return false;
    }
    if !seen.insert(value) {
        return true;
    }
    match value.opcode() {
        Some(Opcode::Phi) => {
            let mut values = value.incoming().into_iter();
            values.all(|(value, _)| repeats(value, outer, ring, seen))
        }
        Some(
            Opcode::Gep
            | Opcode::Add
            | Opcode::Sub
            | Opcode::Mul
            | Opcode::Shl
            | Opcode::Or
            | Opcode::And
            | Opcode::SExt
            | Opcode::ZExt
            | Opcode::Trunc,
        ) => {
            let mut operands = value.operands().into_iter();
            operands.all(|value| repeats(value, outer, ring, seen))
        }
        _ => false,
    }
}

/// True if none of `writers` writes, in any iteration, to what `load` reads in any.
fn stays(oracle: &AliasOracle, load: Value, writers: &[Value]) -> bool {
    let anywhere = Extent {
        pointer: load.operand(0),
        size: None,
    };
    let mut writers = writers.iter();
    writers.all(|&writer| !oracle.mod_ref(writer, anywhere, true).1)
}

impl Sparse {
    fn write(&self, enter: Block) {
        let body = self.ring.body;
        let b = Builder::new(body.function().context());
        let index = self.count(&b);
        let end = Block::split_before(self.behind, "zeros.end");
        body.terminator().expect("a block ends").erase();
        let mut from = body;
        for (at, group) in self.groups.iter().enumerate() {
            let known = remember(&b, enter);
            let next = if at + 1 == self.groups.len() {
                end
            } else {
                end.insert_before("zeros.next")
            };
            b.position_at_end(from);
            b.set_debug_loc(None);
            let place = b.gep(b.context().int(8), known, &[index], 0);
            group.write(&b, place, next, &self.then);
            from = next;
        }
    }

    /// The number of the iteration; the same for all that are not remembered.
    fn count(&self, b: &Builder) -> Value {
        let wide = self.ring.body.function().context().int(64);
        let first = self.ring.body.first().expect("a loop has a counter");
        b.position_at_start(self.ring.body);
        let phi = b.phi(wide);
        let insts = self.ring.body.instructions().into_iter();
        let mut behind = insts.skip_while(|inst| inst.opcode() == Some(Opcode::Phi));
        b.position_before(behind.next().expect("a block ends"));
        let next = b.add(phi, wide.int_const(1));
        for (_, from) in first.incoming() {
            let around = from == self.ring.latch;
            phi.add_incoming(if around { next } else { wide.zero() }, from);
        }
        let least = b.icmp(IntPredicate::Ult, phi, wide.int_const(KNOWN));
        b.select(least, phi, wide.int_const(KNOWN))
    }
}

impl Group {
    /// Asks at `place` whether to go to `next` at once.
    fn write(&self, b: &Builder, place: Value, next: Block, then: &FxHashMap<Value, Then>) {
        let byte = b.context().int(8);
        let from = b.block();
        let (dense, learn) = (next.insert_before("dense"), next.insert_before("learn"));
        let is = b.load(byte, place, 1);
        let zero = b.icmp(IntPredicate::Eq, is, byte.int_const(ZERO));
        b.cond_br(zero, next, dense);
        b.position_at_end(dense);
        for &inst in &self.left_out {
            inst.remove_from_block();
            b.insert(inst);
        }
        let unknown = b.icmp(IntPredicate::Eq, is, byte.zero());
        b.cond_br(unknown, learn, next);
        b.position_at_end(learn);
        let other = self.any(b);
        let found = b.select(other, byte.int_const(OTHER), byte.int_const(ZERO));
        b.store(found, place, 1);
        b.br(next);
        self.join(b, next, [from, dense, learn], then);
    }

    /// True if any of the tangents is not zero.
    fn any(&self, b: &Builder) -> Value {
        let wide = b.context().int(64);
        let all = self.tangents.iter().map(|&load| {
            let size = bits(load.ty()).expect("asked before");
            let int = b.context().int(size);
            // A negative zero is one.
            let shifted = b.shl(b.bitcast(load, int), int.int_const(1));
            b.int_cast(shifted, wide, false)
        });
        let any = all.reduce(|a, c| b.or(a, c)).expect("there are some");
        b.icmp(IntPredicate::Ne, any, wide.zero())
    }

    /// Gives those that use what is left out what it is then.
    fn join(
        &self,
        b: &Builder,
        next: Block,
        [from, dense, learn]: [Block; 3],
        then: &FxHashMap<Value, Then>,
    ) {
        let inside: FxHashSet<Value> = self.left_out.iter().copied().collect();
        let is_outside = |user: &Value| !inside.contains(user) && user.block() != learn;
        for &inst in &self.left_out {
            let mut users = inst.users();
            users.retain(is_outside);
            if users.is_empty() {
                continue;
            }
            b.position_at_start(next);
            let phi = b.phi(inst.ty());
            let instead = match then[&inst] {
                Then::Zero => inst.ty().zero(),
                Then::Same(value) => value,
            };
            phi.add_incoming(instead, from);
            phi.add_incoming(inst, dense);
            phi.add_incoming(inst, learn);
            for user in users {
                for index in 0..user.operand_count() {
                    if user.operand(index) == inst {
                        user.set_operand(index, phi);
                    }
                }
            }
        }
    }
}
