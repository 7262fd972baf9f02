//! Loops that go downwards in memory and need not are turned around.
//!
//! Reverse parts undo iterations from the last to the first. Vectors are loaded upwards, so each of a loop that goes
//! downwards is turned around in registers, when it is loaded and when it is stored.
//!
//! ```text
//! for j = m - 1 … 0                     for j = 0 … m - 1
//!   s[j] += t[j] * v[j]          ⇒        s[j] += t[j] * v[j]
//!   t[j] = 0                              t[j] = 0
//! ```
//!
//! Where sums will be carried from one iteration to the next ([`crate::carry`]) this comes first.
//!
//! # Why this is legal
//!
//! The loop is one block that it leaves at its end, perhaps with another that computes on the way back, and nothing in it is carried from one iteration to the next but a
//! counter that goes up or down by one; nothing else that it computes is used behind it. So iterations meet in memory only,
//! and of two accesses one of which writes, one of these holds:
//!
//! - they go elsewhere, in whatever iterations ([`crate::carry`] says how that is known);
//! - both move by their size or more in each iteration and go to the same place in the same iteration, so in
//!   different ones they do not meet;
//! - both belong to additions to shadows, which may be done in any order.
//!
//! The counter takes the same numbers, and all else is computed from it as before. Behind the loop it is what it was
//! there, which is known before.

use crate::carry::{Addition, additions, are_apart, will_carry};
use crate::ring::{Ring, accesses, pointer, redirect, renamed, size, taken};
use rz_llvm::{
    AliasOracle, Analyses, Block, Builder, Extent, Function, IntPredicate, Opcode, Overlap, Value,
};

/// Loops with more accesses to memory are left alone.
const ACCESSES: usize = 64;

struct Turn {
    body: Block,
    counter: Value,
    /// The counter in the next iteration.
    next: Value,
    /// The loop ends where the counter and this many are the bound.
    ahead: i64,
    bound: Value,
}

/// Turns loops of `function` around. True when there were any.
pub(crate) fn turn(analyses: Analyses, function: Function) -> bool {
    turn_those(analyses, function, |_, _| true)
}

/// Turns loops of `function` around in which sums will be carried: what is carried goes with the counter, so that this is
/// the last time that they can be. True when there were any.
pub(crate) fn turn_carried(analyses: Analyses, function: Function) -> bool {
    turn_those(analyses, function, |oracle, body| {
        will_carry(analyses, oracle, function, body)
    })
}

fn turn_those(
    analyses: Analyses,
    function: Function,
    is_wanted: impl Fn(&AliasOracle, Block) -> bool,
) -> bool {
    let oracle = AliasOracle::new(analyses, function);
    let blocks = function.blocks().into_iter();
    let found: Vec<Turn> = blocks
        .filter_map(|body| find(analyses, &oracle, function, body))
        .filter(|turn| is_wanted(&oracle, turn.body))
        .collect();
    drop(oracle);
    for one in &found {
        one.write();
    }
    if !found.is_empty() {
        analyses.invalidate(function);
    }
    !found.is_empty()
}

fn find(analyses: Analyses, oracle: &AliasOracle, function: Function, body: Block) -> Option<Turn> {
    let ring = Ring::at(body)?;
    ring.before()?;
    let turn = counted(analyses, function, ring)?;
    let counts = |inst: &Value| [turn.counter, turn.next].contains(inst);
    let insts = ring.blocks().into_iter().flat_map(Block::instructions);
    let mut others = insts.filter(|inst| !counts(inst));
    if others.any(|inst| !used_behind(ring, inst).is_empty()) {
        return None;
    }
    let accesses = accesses(body)?;
    let stores = |&access: &Value| access.opcode() == Some(Opcode::Store);
    if accesses.len() > ACCESSES || !accesses.iter().any(stores) {
        return None;
    }
    let steps: Vec<i64> = { accesses.iter() }
        .map(|&access| analyses.step(function, pointer(access), body).unwrap_or(0))
        .collect();
    let down = steps.iter().filter(|step| **step < 0).count();
    let up = steps.iter().filter(|step| **step > 0).count();
    if down <= up {
        return None;
    }
    let order = Order {
        analyses,
        oracle,
        function,
        additions: additions(body),
    };
    let accesses: Vec<(Value, i64)> = accesses.into_iter().zip(steps).collect();
    order.is_free(&accesses).then_some(turn)
}

/// Who uses `inst` behind its loop.
fn used_behind(ring: Ring, inst: Value) -> Vec<Value> {
    let mut users = inst.users();
    users.retain(|user| user.is_instruction() && !ring.contains(user.block()));
    users
}

/// The counter of a loop that nothing else is carried around.
fn counted(analyses: Analyses, function: Function, ring: Ring) -> Option<Turn> {
    let [counter] = ring.phis()[..] else {
        return None;
    };
    let next = taken(counter, ring.latch);
    let by = (next.opcode() == Some(Opcode::Add) && next.operand(0) == counter)
        .then(|| next.operand(1).int_value())??;
    let bits = counter.ty().int_bits();
    if by != 1 && by != u128::MAX >> (128 - bits) {
        return None;
    }
    let compare = ring.body.terminator()?.condition();
    let leaves = match (compare.opcode()? == Opcode::ICmp).then(|| compare.icmp_predicate())? {
        0 => ring.leaves_if_true(),
        1 => !ring.leaves_if_true(),
        _ => false,
    };
    let (looks_at, bound) = (compare.operand(0), compare.operand(1));
    let fixed = !bound.is_instruction() || !ring.contains(bound.block());
    let alike = looks_at.ty() == counter.ty();
    let ahead = alike.then(|| analyses.distance(function, looks_at, counter))??;
    (leaves && fixed).then_some(Turn {
        body: ring.body,
        counter,
        next,
        ahead,
        bound,
    })
}

/// What is asked of the accesses of one loop.
struct Order<'a> {
    analyses: Analyses,
    oracle: &'a AliasOracle,
    function: Function,
    additions: Vec<Addition>,
}

impl Order<'_> {
    /// True when iterations may be done in any order.
    fn is_free(&self, accesses: &[(Value, i64)]) -> bool {
        let stores = |access: Value| access.opcode() == Some(Opcode::Store);
        accesses.iter().enumerate().all(|(index, &one)| {
            accesses[..=index].iter().all(|&other| {
                !stores(one.0) && !stores(other.0)
                    || self.adds(one.0) && self.adds(other.0)
                    || self.never_meet(one, other)
            })
        })
    }

    fn adds(&self, access: Value) -> bool {
        let mut all = self.additions.iter();
        all.any(|a| a.load == access || a.store == access)
    }

    /// True when the two go to different places in different iterations.
    fn never_meet(&self, one: (Value, i64), other: (Value, i64)) -> bool {
        let (a, b) = (pointer(one.0), pointer(other.0));
        let same_place = one.1 == other.1
            && one.1.unsigned_abs() >= size(one.0).max(size(other.0))
            && self.analyses.distance(self.function, a, b) == Some(0);
        let anywhere = |pointer| Extent {
            pointer,
            size: None,
        };
        same_place
            || are_apart(one.0, other.0)
            || are_apart(other.0, one.0)
            || self.oracle.alias(anywhere(a), anywhere(b), true) == Overlap::No
    }
}

impl Turn {
    fn write(&self) {
        let mut ring = Ring::at(self.body).expect("found before");
        ring.unite();
        let before = ring.before().expect("asked before");
        let b = Builder::new(self.body.function().context());
        let gate = self.body.insert_before("turn");
        redirect(before, self.body, gate);
        renamed(self.counter, before, gate);
        let (counter, by) = (self.counter, self.next.operand(1));
        let first = taken(counter, gate);
        b.position_at_end(gate);
        let ahead = counter.ty().int_const_signed(self.ahead);
        let last = b.sub(self.bound, ahead);
        for (value, at_last) in [(counter, last), (self.next, b.add(last, by))] {
            for user in used_behind(ring, value) {
                for index in 0..user.operand_count() {
                    if user.operand(index) == value {
                        user.set_operand(index, at_last);
                    }
                }
            }
        }
        b.br(self.body);
        b.position_before(counter);
        let turned = b.phi(counter.ty());
        let end = self.body.terminator().expect("a block ends");
        b.position_before(end);
        let predicate = if ring.leaves_if_true() {
            IntPredicate::Eq
        } else {
            IntPredicate::Ne
        };
        end.set_operand(0, b.icmp(predicate, turned, first));
        turned.add_incoming(last, gate);
        turned.add_incoming(b.sub(turned, by), self.body);
        counter.replace_all_uses(turned);
        counter.erase();
    }
}
