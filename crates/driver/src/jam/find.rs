//! Which loops have iterations that are worth being done at once, and may be.

use super::{Carried, Count, Jam, Shape};
use crate::carry::{Addition, additions, are_apart};
use crate::natural::Natural;
use crate::ring::{Touched, edges_to, pointer, size, taken, touched};
use rustc_hash::FxHashSet;
use rz_llvm::{AliasOracle, Analyses, Block, Expr, Extent, Function, Opcode, Overlap, Type, Value};

/// So many sums are on their way at once: more are waited for no longer than the processor takes to start them.
const SUMS: usize = 4;
/// Shorter sums are done before they are waited for.
const SHORT: u64 = 8;
/// Loops with more instructions that differ between iterations are done only two at once, or left alone.
const PAIRS: usize = 60;
const MANY: usize = 150;
/// Loops with more accesses to memory are left alone.
const ACCESSES: usize = 64;
/// `reassoc`, in the bits of [`Value::fast_math`].
const REASSOC: u8 = 1;
/// Bytes of `errno`.
pub(crate) const ERRNO: u64 = 4;

/// What is asked of one function.
pub(super) struct Finder<'a> {
    pub(super) analyses: Analyses,
    pub(super) oracle: &'a AliasOracle,
    pub(super) function: Function,
    pub(super) loops: &'a [Natural],
}

/// A load or store, and what is known of it.
struct Access {
    inst: Value,
    /// By how many bytes it moves, if it is done once in each iteration.
    step: Option<i64>,
    /// It is part of an addition to a shadow.
    adds: bool,
}

impl Finder<'_> {
    pub(super) fn find(&self, around: &Natural) -> Option<Jam> {
        let inner: Vec<&Natural> = { self.loops.iter() }
            .filter(|one| one.is_inside(around))
            .collect();
        let shape = shape(around).filter(|_| !inner.is_empty())?;
        let varies = varying(&shape);
        let lanes = self.lanes(&shape, &inner, &varies)?;
        let decided = |block: &Block| {
            let end = block.terminator();
            let is_same = |end: Value| !end.is_conditional() || !varies.contains(&end.condition());
            end.is_some_and(|end| {
                end.opcode() == Some(Opcode::Br) && (*block == shape.latch || is_same(end))
            })
        };
        if !shape.blocks.iter().all(decided) {
            return None;
        }
        let once = |block: Block| !inner.iter().any(|one| one.body.contains(&block));
        let count = self.count(&shape)?;
        let carried = carried(&shape, &once)?;
        let accesses = self.accesses(&shape, &once)?;
        self.is_free(&accesses).then_some(Jam {
            lanes,
            shape,
            varies,
            carried,
            count,
        })
    }

    /// How many iterations are worth being done at once.
    fn lanes(&self, shape: &Shape, inner: &[&Natural], varies: &FxHashSet<Value>) -> Option<u32> {
        let is_innermost = |one: &&&Natural| !inner.iter().any(|other| other.is_inside(one));
        let is_direct = |one: &&&Natural| !inner.iter().any(|other| one.is_inside(other));
        let long = { inner.iter() }
            .filter(is_innermost)
            .filter(is_direct)
            .filter(|one| !self.is_short(one.header, SHORT));
        let long: Vec<&Natural> = long.copied().collect();
        let sums = long.iter().map(|one| sums(one, varies)).max()?;
        let lanes = match SUMS.checked_div(sums) {
            None if long.iter().any(|one| shares(one, varies)) => 4,
            None | Some(0 | 1) => return None,
            Some(2 | 3) => 2,
            Some(_) => 4,
        };
        let insts = shape.blocks.iter().flat_map(|block| block.instructions());
        let lanes = match insts.filter(|inst| varies.contains(inst)).count() {
            count if count <= PAIRS => lanes,
            count if count <= MANY => 2,
            _ => return None,
        };
        (!self.is_short(shape.header, u64::from(lanes))).then_some(lanes)
    }

    /// True when the loop at `header` is known to have less iterations.
    fn is_short(&self, header: Block, than: u64) -> bool {
        let count = self.analyses.backedge_count(self.function, header);
        matches!(count, Some(Expr::Const { value, .. }) if value + 1 < than)
    }

    fn count(&self, shape: &Shape) -> Option<Count> {
        let end = shape.latch.terminator()?;
        let compare = end.condition();
        let leaves_if_true = shape.latch.successors()[0] == shape.exit;
        let leaves = match (compare.opcode()? == Opcode::ICmp).then(|| compare.icmp_predicate())? {
            0 => leaves_if_true,
            1 => !leaves_if_true,
            _ => false,
        };
        let (looks_at, bound) = (compare.operand(0), compare.operand(1));
        if !leaves || shape.defines(bound) || !looks_at.ty().is_int() {
            return None;
        }
        shape.phis().into_iter().find_map(|counter| {
            let next = taken(counter, shape.latch);
            let counts = counter.ty() == looks_at.ty()
                && next.opcode() == Some(Opcode::Add)
                && next.operand(0) == counter;
            let by = counts.then(|| next.operand(1).int_value())??;
            let step = match by {
                1 => 1,
                _ if by == u128::MAX >> (128 - counter.ty().int_bits()) => -1,
                _ => return None,
            };
            let ahead = self.analyses.distance(self.function, looks_at, counter)?;
            Some(Count {
                counter,
                step,
                ahead,
                bound,
            })
        })
    }

    /// The loads and stores of the loop, where it does nothing else to memory.
    fn accesses(&self, shape: &Shape, once: &impl Fn(Block) -> bool) -> Option<Vec<Access>> {
        let Touched {
            accesses,
            sets_errno,
        } = touched(&shape.blocks)?;
        let may_be_errno = |&inst: &Value| accessed(inst).is_int() && size(inst) <= ERRNO;
        if accesses.len() > ACCESSES || sets_errno && accesses.iter().any(may_be_errno) {
            return None;
        }
        let blocks = shape.blocks.iter();
        let additions: Vec<Addition> = blocks.flat_map(|&block| additions(block)).collect();
        let accesses = accesses.into_iter();
        Some(
            accesses
                .map(|inst| self.access(shape, inst, &additions, once(inst.block())))
                .collect(),
        )
    }

    fn access(&self, shape: &Shape, inst: Value, additions: &[Addition], once: bool) -> Access {
        let step = || {
            self.analyses
                .step(self.function, pointer(inst), shape.header)
        };
        Access {
            inst,
            step: once.then(step).flatten(),
            adds: additions.iter().any(|a| a.load == inst || a.store == inst),
        }
    }

    /// True when what one iteration does to memory is nothing to the others.
    fn is_free(&self, accesses: &[Access]) -> bool {
        let stores = |access: &Access| access.inst.opcode() == Some(Opcode::Store);
        accesses.iter().enumerate().all(|(index, one)| {
            accesses[..=index].iter().all(|other| {
                !stores(one) && !stores(other)
                    || one.adds && other.adds
                    || self.never_meet(one, other)
            })
        })
    }

    /// True when the two go to different places in different iterations.
    fn never_meet(&self, one: &Access, other: &Access) -> bool {
        let (a, b) = (pointer(one.inst), pointer(other.inst));
        let far = size(one.inst).max(size(other.inst));
        let same_place = one.step.is_some_and(|step| step.unsigned_abs() >= far)
            && one.step == other.step
            && self.analyses.distance(self.function, a, b) == Some(0);
        let anywhere = |pointer| Extent {
            pointer,
            size: None,
        };
        same_place
            || are_apart(one.inst, other.inst)
            || are_apart(other.inst, one.inst)
            || self.oracle.alias(anywhere(a), anywhere(b), true) == Overlap::No
    }
}

impl Shape {
    /// The phis at its start.
    pub(super) fn phis(&self) -> Vec<Value> {
        phis(self.header)
    }

    /// True for what is computed in the loop.
    pub(super) fn defines(&self, value: Value) -> bool {
        value.is_instruction() && self.blocks.contains(&value.block())
    }
}

pub(crate) fn phis(block: Block) -> Vec<Value> {
    let insts = block.instructions().into_iter();
    insts
        .take_while(|inst| inst.opcode() == Some(Opcode::Phi))
        .collect()
}

/// The loop, if it is entered from one place and left at its end only.
fn shape(around: &Natural) -> Option<Shape> {
    let (header, latch) = (around.header, around.latch.block());
    let mut edges = edges_to(header);
    edges.retain(|&from| from != latch);
    let [before] = edges[..] else {
        return None;
    };
    if before.terminator()?.opcode() != Some(Opcode::Br) || !around.latch.is_conditional() {
        return None;
    }
    let mut exit = None;
    for &block in &around.body {
        for to in block.successors() {
            if around.body.contains(&to) {
                continue;
            }
            if block != latch {
                return None;
            }
            exit = Some(to);
        }
    }
    Some(Shape {
        before,
        header,
        latch,
        exit: exit?,
        blocks: in_order(header, &around.body),
    })
}

/// The blocks of `body`, reached from `header`, in reverse postorder.
pub(crate) fn in_order(header: Block, body: &FxHashSet<Block>) -> Vec<Block> {
    let mut order = Vec::new();
    let mut seen = FxHashSet::from_iter([header]);
    let mut stack = vec![(header, header.successors())];
    while let Some((block, ways)) = stack.last_mut() {
        match ways.pop() {
            Some(to) if body.contains(&to) && seen.insert(to) => stack.push((to, to.successors())),
            Some(_) => {}
            None => {
                order.push(*block);
                stack.pop();
            }
        }
    }
    order.reverse();
    order
}

/// What may differ between iterations.
fn varying(shape: &Shape) -> FxHashSet<Value> {
    let mut varies: FxHashSet<Value> = shape.phis().into_iter().collect();
    let mut work: Vec<Value> = varies.iter().copied().collect();
    let insts = shape.blocks.iter().flat_map(|block| block.instructions());
    for inst in insts {
        let touches = matches!(
            inst.opcode(),
            Some(Opcode::Load | Opcode::Store | Opcode::Call) | None
        );
        if touches && varies.insert(inst) {
            work.push(inst);
        }
    }
    while let Some(value) = work.pop() {
        for user in value.users() {
            if shape.defines(user) && !user.is_terminator() && varies.insert(user) {
                work.push(user);
            }
        }
    }
    varies
}

/// How many sums each iteration of `ring` waits for: they differ, and their order is given.
fn sums(ring: &Natural, varies: &FxHashSet<Value>) -> usize {
    let is_sum = |phi: &Value| {
        let next = taken(*phi, ring.latch.block());
        let adds = matches!(
            next.opcode(),
            Some(Opcode::FAdd | Opcode::FSub | Opcode::FMul | Opcode::Call)
        );
        phi.ty().is_float()
            && varies.contains(phi)
            && next.is_instruction()
            && adds
            && ring.body.contains(&next.block())
            && next.fast_math() & REASSOC == 0
    };
    phis(ring.header).into_iter().filter(is_sum).count()
}

/// True when all iterations of the loop around `ring` add to the same places in it.
fn shares(ring: &Natural, varies: &FxHashSet<Value>) -> bool {
    let additions = ring.body.iter().flat_map(|&block| additions(block));
    { additions }.any(|addition| !varies.contains(&pointer(addition.load)))
}

/// How each phi of the header is known in the next iteration, if all are.
fn carried(shape: &Shape, once: &impl Fn(Block) -> bool) -> Option<Vec<(Value, Carried)>> {
    let how = |phi: Value| {
        let next = taken(phi, shape.latch);
        if !shape.defines(next) {
            return Some(Carried::Fixed);
        }
        let fixed = |&value: &Value| value == phi || !shape.defines(value);
        let steps = matches!(
            next.opcode()?,
            Opcode::Add | Opcode::Sub | Opcode::Gep | Opcode::Mul | Opcode::Shl
        );
        if steps && next.operands().iter().all(fixed) {
            return Some(Carried::Step);
        }
        let block = next.block();
        let is_here = |user: &Value| {
            !shape.defines(*user) || user.block() == block && user.opcode() != Some(Opcode::Phi)
        };
        let is_carried = next.opcode() == Some(Opcode::Phi) && block == shape.header;
        (!is_carried && once(block) && phi.users().iter().all(is_here)).then_some(Carried::Behind)
    };
    let all = shape.phis().into_iter();
    all.map(|phi| how(phi).map(|how| (phi, how))).collect()
}

/// The type that a load or store moves.
fn accessed(access: Value) -> Type {
    match access.opcode() {
        Some(Opcode::Store) => access.operand(0).ty(),
        _ => access.ty(),
    }
}
