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
//! What is learned is forgotten where the outer loop is entered. Iterations past the first [`KNOWN`] are never left out.
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

use crate::ring::{Ring, redirect, renamed};
use rustc_hash::{FxHashMap, FxHashSet};
use rz_llvm::{
    AliasOracle, Analyses, Block, Builder, Extent, Function, IntPredicate, Opcode, Type, TypeKind,
    Value,
};
use rz_synth::TANGENT;

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

/// What an instruction is where the tangents are zero.
#[derive(Clone, Copy)]
enum Then {
    Zero,
    Same(Value),
}

struct Sparse {
    ring: Ring,
    outer: Outer,
    tangents: Vec<Value>,
    /// What is left out, in order.
    left_out: Vec<Value>,
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
    let worth = |inst: &&Value| inst.opcode() != Some(Opcode::Load);
    if what_vanishes(&insts, &tangents)
        .0
        .iter()
        .filter(worth)
        .count()
        < WORTH
    {
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
    let left: FxHashSet<Value> = left_out.iter().copied().collect();
    tangents.retain(|load| left.contains(load));
    (left_out.iter().filter(worth).count() >= WORTH).then_some(Sparse {
        ring,
        outer,
        tangents,
        left_out,
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

/// What is zero, or another number, where `tangents` are zero, up to the first instruction that needs it; that
/// instruction; and what each is then.
fn what_vanishes(
    insts: &[Value],
    tangents: &[Value],
) -> (Vec<Value>, Value, FxHashMap<Value, Then>) {
    let mut then: FxHashMap<Value, Then> = FxHashMap::default();
    let mut left_out = Vec::new();
    let start: FxHashSet<Value> = tangents.iter().copied().collect();
    for &inst in insts {
        let what = if start.contains(&inst) {
            Some(Then::Zero)
        } else {
            becomes(inst, &then)
        };
        let needs = || inst.operands().iter().any(|value| then.contains_key(value));
        match what {
            Some(what) => {
                then.insert(inst, what);
                left_out.push(inst);
            }
            None if inst.is_terminator() || inst.opcode() != Some(Opcode::Phi) && needs() => {
                return (left_out, inst, then);
            }
            None => {}
        }
    }
    unreachable!("a block ends")
}

/// What `inst` is then.
fn becomes(inst: Value, then: &FxHashMap<Value, Then>) -> Option<Then> {
    if !inst.ty().is_float() {
        return None;
    }
    let is_zero = |index| {
        let value: Value = inst.operand(index);
        matches!(then.get(&value), Some(Then::Zero))
    };
    let same = |index| {
        let value: Value = inst.operand(index);
        then.get(&value).copied().unwrap_or(Then::Same(value))
    };
    // A product with something that becomes another number is that product, not nothing.
    match inst.opcode()? {
        Opcode::FMul if is_zero(0) || is_zero(1) => Some(Then::Zero),
        Opcode::FDiv | Opcode::FNeg | Opcode::FpExt | Opcode::FpTrunc if is_zero(0) => {
            Some(Then::Zero)
        }
        Opcode::FAdd if is_zero(0) => Some(same(1)),
        Opcode::FAdd | Opcode::FSub if is_zero(1) => Some(same(0)),
        Opcode::FSub if is_zero(0) && is_zero(1) => Some(Then::Zero),
        Opcode::Select if is_zero(1) && is_zero(2) => Some(Then::Zero),
        Opcode::Call if is_multiply_add(inst) && (is_zero(0) || is_zero(1)) => Some(same(2)),
        _ => None,
    }
}

fn is_multiply_add(call: Value) -> bool {
    let name = call.called_function().map(Function::name);
    name.is_some_and(|name| name.starts_with("llvm.fma.") || name.starts_with("llvm.fmuladd."))
}

impl Sparse {
    fn write(&self, enter: Block) {
        let body = self.ring.body;
        let context = body.function().context();
        let b = Builder::new(context);
        let known = remember(&b, enter);
        let index = self.count(&b);
        let join = Block::split_before(self.behind, "zeros.join");
        let (dense, learn) = (join.insert_before("dense"), join.insert_before("learn"));
        for &inst in &self.left_out {
            inst.remove_from_block();
            b.position_at_end(dense);
            b.insert(inst);
        }
        let last = body.terminator().expect("a block ends");
        b.position_before(last);
        b.set_debug_loc(None);
        let byte = context.int(8);
        let place = b.gep(byte, known, &[index], 0);
        let is = b.load(byte, place, 1);
        let zero = b.icmp(IntPredicate::Eq, is, byte.int_const(ZERO));
        b.cond_br(zero, join, dense);
        last.erase();
        b.position_at_end(dense);
        let unknown = b.icmp(IntPredicate::Eq, is, byte.zero());
        b.cond_br(unknown, learn, join);
        b.position_at_end(learn);
        let other = self.any(&b);
        let found = b.select(other, byte.int_const(OTHER), byte.int_const(ZERO));
        b.store(found, place, 1);
        b.br(join);
        self.join(&b, join, [dense, learn]);
    }

    /// The number of the iteration; the same for all that are not remembered.
    fn count(&self, b: &Builder) -> Value {
        let wide = b.context().int(64);
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
    fn join(&self, b: &Builder, join: Block, ways: [Block; 2]) {
        let inside: FxHashSet<Value> = self.left_out.iter().copied().collect();
        let is_outside = |user: &Value| !inside.contains(user) && user.block() != ways[1];
        for &inst in &self.left_out {
            let mut users = inst.users();
            users.retain(is_outside);
            if users.is_empty() {
                continue;
            }
            b.position_at_start(join);
            let phi = b.phi(inst.ty());
            let then = match self.then[&inst] {
                Then::Zero => inst.ty().zero(),
                Then::Same(value) => value,
            };
            phi.add_incoming(then, self.ring.body);
            for way in ways {
                phi.add_incoming(inst, way);
            }
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
