//! Loops that do something else in their first or last iteration do that apart.
//!
//! On a ring the place before the first is the last, and at an end that is clamped a place is its own neighbour. Code
//! chooses addresses by it, in each iteration, which keeps neighbours from being seen as such ([`crate::carry`]) and
//! loads from being loads of vectors.
//!
//! ```text
//! for i = n - 1 … 0                               v(n - 1, 0, n - 2)
//!   v(i, i == n - 1 ? 0 : i + 1,           ⇒      for i = n - 2 … 1
//!        i == 0 ? n - 1 : i - 1)                    v(i, i + 1, i - 1)
//!                                                 v(0, 1, n - 1)
//! ```
//!
//! LLVM peels loops, too, but the last iteration only of those that count up, and only small ones.
//!
//! # Why this is legal
//!
//! The loop is one block that it leaves at its end, when a counter that goes up or down by one is equal to something
//! that does not change. Iterations are copied and keep their order; whether the next one is the last is what the
//! condition of the loop will say of the next number of the counter, which is computed modulo 2ⁿ like the counter. That
//! condition decided already whether to go on, so computing it earlier asks of no number more than it was asked for; where
//! the loop might end otherwise, in a call that does not return or throws, it is left alone.
//!
//! What is replaced in the middle are comparisons of a counter that LLVM's scalar evolution shows to be the same in
//! all iterations but the first, or the last; the copies keep them. Where the answer depends on an order, the counter
//! must get from its first number to its last without a jump from the greatest number to the least.

use crate::cleanup::LARGE;
use crate::ring::{Ring, Way, comes_back, copy, may_move, redirect, renamed, taken};
use rz_llvm::{Analyses, Block, Builder, End, Function, IntPredicate, Opcode, Value, ValueMap};

/// Loops with more instructions are left alone.
const LONG: usize = 300;
/// At most this many iterations are taken from each end.
const ROUNDS: usize = 3;

/// A value, and what it is in the middle of a loop.
struct Choice {
    value: Value,
    end: End,
    middle: Middle,
}

enum Middle {
    /// A comparison is always this.
    Is(bool),
    /// It is one of its operands.
    Operand(u32),
    /// The difference of its operands.
    Difference,
    Zero,
}

/// A loop is left when the operands of a comparison are equal, one of which counts.
#[derive(Clone, Copy)]
struct Exit {
    compare: Value,
    /// The operand that counts.
    counter: u32,
    step: i64,
    predicate: IntPredicate,
}

impl Exit {
    // Operands are looked up when they are needed: another loop may have got another way out since.
    fn counter(self) -> Value {
        self.compare.operand(self.counter)
    }

    fn bound(self) -> Value {
        self.compare.operand(1 - self.counter)
    }
}

/// What is to be done to the loop that `body` is.
struct Peel {
    body: Block,
    exit: Exit,
    choices: Vec<Choice>,
}

/// Takes first and last iterations from loops of `function`. True when there were any.
pub(crate) fn peel(analyses: Analyses, function: Function) -> bool {
    let mut any = false;
    for _ in 0..ROUNDS {
        if function.instructions().len() > LARGE {
            break;
        }
        let blocks = function.blocks().into_iter();
        let peels: Vec<Peel> = blocks
            .filter_map(|body| find(analyses, function, body))
            .collect();
        if peels.is_empty() {
            break;
        }
        for one in &peels {
            split(one);
        }
        analyses.invalidate(function);
        any = true;
    }
    any
}

fn find(analyses: Analyses, function: Function, body: Block) -> Option<Peel> {
    let ring = Ring::at(body)?;
    let insts = body.instructions();
    let stores = |inst: &Value| inst.opcode() == Some(Opcode::Store);
    if insts.len() > LONG || !insts.iter().any(stores) || !insts.iter().all(|&i| is_copied(i)) {
        return None;
    }
    ring.before()?;
    let exit = exit(analyses, function, ring)?;
    let choose = |&value: &Value| choice(analyses, function, ring, exit, value);
    let choices: Vec<Choice> = insts.iter().filter_map(choose).collect();
    (!choices.is_empty()).then_some(Peel {
        body,
        exit,
        choices,
    })
}

/// False for what must not be done at two places, and for calls that may not come back.
fn is_copied(inst: Value) -> bool {
    match inst.opcode() {
        None | Some(Opcode::Alloca) => return false,
        Some(Opcode::Call) => {}
        Some(_) => return true,
    }
    let Some(callee) = inst.called_function() else {
        return false;
    };
    let intrinsic = callee.intrinsic_name();
    let marks = intrinsic.is_some_and(|name| name.starts_with("llvm.experimental."));
    !marks && may_move(inst) && comes_back(inst)
}

fn exit(analyses: Analyses, function: Function, ring: Ring) -> Option<Exit> {
    let compare = ring.body.terminator()?.condition();
    if compare.opcode() != Some(Opcode::ICmp) || compare.block() != ring.body {
        return None;
    }
    let predicate = match (compare.icmp_predicate(), ring.leaves_if_true()) {
        (0, true) => IntPredicate::Eq,
        (1, false) => IntPredicate::Ne,
        _ => return None,
    };
    if !compare.operand(0).ty().is_int() {
        return None;
    }
    (0..2).find_map(|counter| {
        let bound = compare.operand(1 - counter);
        let step = analyses.step(function, compare.operand(counter), ring.body);
        let step = step.filter(|step| step.abs() == 1)?;
        let fixed = !bound.is_instruction() || bound.block() != ring.body;
        fixed.then_some(Exit {
            compare,
            counter,
            step,
            predicate,
        })
    })
}

const PREDICATES: [IntPredicate; 10] = [
    IntPredicate::Eq,
    IntPredicate::Ne,
    IntPredicate::Ugt,
    IntPredicate::Uge,
    IntPredicate::Ult,
    IntPredicate::Ule,
    IntPredicate::Sgt,
    IntPredicate::Sge,
    IntPredicate::Slt,
    IntPredicate::Sle,
];

/// What `value` is in the middle, if it chooses something at an end.
fn choice(
    analyses: Analyses,
    function: Function,
    ring: Ring,
    exit: Exit,
    value: Value,
) -> Option<Choice> {
    let ask = |predicate| {
        let compared = (predicate, value.operand(0), value.operand(1));
        analyses.end(
            function,
            ring.body,
            compared,
            (exit.counter(), exit.bound()),
        )
    };
    let chooses = |user: &Value| user.opcode() == Some(Opcode::Select) && user.block() == ring.body;
    match value.opcode()? {
        Opcode::ICmp if value.users().iter().any(chooses) => {
            let (end, is) = ask(PREDICATES[value.icmp_predicate() as usize])?;
            let middle = Middle::Is(is);
            Some(Choice { value, end, middle })
        }
        Opcode::Call if value.ty().is_int() => {
            let name = value.called_function()?.intrinsic_name()?;
            // One of the two, whichever it is where they are equal.
            let (one, other) = match name.split('.').nth(1)? {
                "smax" => (IntPredicate::Sge, IntPredicate::Sgt),
                "umax" => (IntPredicate::Uge, IntPredicate::Ugt),
                "smin" => (IntPredicate::Sle, IntPredicate::Slt),
                "umin" => (IntPredicate::Ule, IntPredicate::Ult),
                "usub" if name.starts_with("llvm.usub.sat.") => {
                    (IntPredicate::Uge, IntPredicate::Ugt)
                }
                _ => return None,
            };
            let (end, is) = ask(one).or_else(|| ask(other))?;
            let middle = match (name.starts_with("llvm.usub"), is) {
                (true, true) => Middle::Difference,
                (true, false) => Middle::Zero,
                (false, is) => Middle::Operand(u32::from(!is)),
            };
            Some(Choice { value, end, middle })
        }
        _ => None,
    }
}

/// What of a loop is written once for its body and once for each copy.
struct Split {
    ring: Ring,
    exit: Exit,
    way: Way,
    b: Builder,
}

fn split(peel: &Peel) {
    let mut ring = Ring::at(peel.body).expect("found before");
    let before = ring.before().expect("asked before");
    let at = |end| peel.choices.iter().any(|choice| choice.end == end);
    ring.unite();
    let way = ring.leave();
    let b = Builder::new(ring.body.function().context());
    let exit = peel.exit;
    let split = Split { ring, exit, way, b };
    let gate = split.gate(before);
    // Else only the first iteration tells what the counter is in it.
    let (from, is_last) = if at(End::First) || !split.starts_simply() {
        split.first(gate)
    } else {
        (gate, split.is_first_the_last(gate))
    };
    if at(End::Last) {
        split.last(from, is_last);
    } else {
        split.b.position_at_end(from);
        split.b.br(ring.body);
    }
    for choice in &peel.choices {
        split.settle(choice);
    }
}

impl Split {
    /// A new block on the edge from `before`.
    fn gate(&self, before: Block) -> Block {
        let gate = self.ring.body.insert_before("ends");
        redirect(before, self.ring.body, gate);
        for phi in self.ring.phis() {
            renamed(phi, before, gate);
        }
        gate
    }

    /// The counter of the exit is a phi, or differs from one by a constant.
    fn starts_simply(&self) -> bool {
        let counter = self.exit.counter();
        let phis = self.ring.phis();
        let adds = || {
            counter.opcode() == Some(Opcode::Add)
                && phis.contains(&counter.operand(0))
                && counter.operand(1).int_value().is_some()
        };
        phis.contains(&counter) || adds()
    }

    /// Whether there is one iteration only, asked in `gate`.
    fn is_first_the_last(&self, gate: Block) -> Value {
        let counter = self.exit.counter();
        self.b.position_at_end(gate);
        let start = if counter.opcode() == Some(Opcode::Phi) {
            taken(counter, gate)
        } else {
            let phi = taken(counter.operand(0), gate);
            self.b.add(phi, counter.operand(1))
        };
        self.b.icmp(self.exit.predicate, start, self.exit.bound())
    }

    /// Does the first iteration apart, in `gate`. Where the others come from, and whether they are one only.
    fn first(&self, gate: Block) -> (Block, Value) {
        let body = self.ring.body;
        let mut map = ValueMap::new();
        for phi in self.ring.phis() {
            map.set(phi, taken(phi, gate));
        }
        copy(body, gate, &mut map);
        let copied = |value: Value| map.get(value).unwrap_or(value);
        let inside = body.insert_before("more");
        let condition = body.terminator().expect("a block ends").condition();
        self.branch(gate, copied(condition), self.way.block, inside);
        self.way.lead(gate, &map);
        for phi in self.ring.phis() {
            let next = copied(taken(phi, body));
            phi.remove_incoming(gate);
            phi.add_incoming(next, inside);
        }
        self.b.position_at_end(inside);
        (inside, self.is_next_the_last(copied(self.exit.counter())))
    }

    /// Does the last iteration apart, which comes from `from` if `is_last`.
    fn last(&self, from: Block, is_last: Value) {
        let body = self.ring.body;
        let last = self.way.block.insert_before("last");
        let b = &self.b;
        b.position_at_end(last);
        let mut map = ValueMap::new();
        for phi in self.ring.phis() {
            let copy = b.phi(phi.ty());
            copy.add_incoming(taken(phi, from), from);
            copy.add_incoming(taken(phi, body), body);
            map.set(phi, copy);
        }
        copy(body, last, &mut map);
        b.position_at_end(last);
        b.br(self.way.block);
        self.way.lead(last, &map);
        self.way.close(body);
        let end = body.terminator().expect("a block ends");
        redirect(body, self.way.block, last);
        b.position_before(end);
        end.set_operand(0, self.is_next_the_last(self.exit.counter()));
        self.branch(from, is_last, last, body);
    }

    fn is_next_the_last(&self, counter: Value) -> Value {
        let step = counter.ty().int_const_signed(self.exit.step);
        let next = self.b.add(counter, step);
        self.b.icmp(self.exit.predicate, next, self.exit.bound())
    }

    /// Ends `block`: to `leave` where the loop is left under `condition`, else to `stay`.
    fn branch(&self, block: Block, condition: Value, leave: Block, stay: Block) {
        self.b.position_at_end(block);
        if self.exit.predicate == IntPredicate::Eq {
            self.b.cond_br(condition, leave, stay);
        } else {
            self.b.cond_br(condition, stay, leave);
        }
    }

    /// Says in the middle what is known there.
    fn settle(&self, choice: &Choice) {
        let (b, value) = (&self.b, choice.value);
        match choice.middle {
            Middle::Is(is) => {
                let constant = value.ty().int_const(u64::from(is));
                for user in value.users() {
                    if user.opcode() == Some(Opcode::Select) && user.operand(0) == value {
                        user.replace_all_uses(user.operand(if is { 1 } else { 2 }));
                    }
                }
                value.replace_all_uses(constant);
            }
            Middle::Operand(index) => value.replace_all_uses(value.operand(index)),
            Middle::Difference => {
                b.position_before(value);
                value.replace_all_uses(b.sub(value.operand(0), value.operand(1)));
            }
            Middle::Zero => value.replace_all_uses(value.ty().zero()),
        }
    }
}
