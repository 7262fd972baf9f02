//! What a loop has chosen in the end is computed again behind it, and the loop only finds out which it is.
//!
//! A minimum, the nearest of a few points, the largest pivot: in each iteration a loop computes a number and keeps it
//! if it beats the one it has. Reversed as it stands, it keeps a flag for each iteration and asks for each, in opposite
//! order, whether its number was taken; and what the numbers are computed from is kept or computed again for all.
//! But only the last choice matters, and that is an integer, which has no derivative:
//!
//! ```text
//!                                           any = false
//! for j = 0 … k - 1                         for j = 0 … k - 1
//!   x = f(j)                                  x = f(j)
//!   if (x < m) m = x               ⇒          if (x < m) { m = x; at = j; any = true; }
//!                                           if (any) m = f(at)
//! ```
//!
//! What is left of `m` in the loop is only compared, so the loop is not undone at all. That costs one iteration of the
//! primal more, and takes most of the work of its reverse away.
//!
//! # Why this is legal
//!
//! The loop is followed directly by a copy of one of its iterations, the one whose number was taken last. That iteration
//! has been done, so doing it again is no error; it computes the same number because all it reads is the same:
//!
//! - the loop writes no memory, and neither do the functions that it calls, which return and only depend on arguments;
//!   where they may set `errno` no integer of its size is read;
//! - what comes from the iteration before (counters, pointers) is kept where the choice is made. Where that is a
//!   floating point number, among them the one that is chosen, the loop is left alone: its derivative would still go
//!   through all iterations;
//! - nothing is frozen there: that could become another number the second time.
//!
//! Where nothing was chosen the number is the one from before the loop. A choice that is poison makes the number poison
//! in the original, too. The copies of loads say nothing of scopes, which may have been declared for one iteration.

use crate::jam::{ERRNO, in_order, phis};
use crate::natural::{Natural, natural};
use crate::passes::Passes;
use crate::ring::{edges_to, redirect, renamed, size, taken, touched_by};
use rustc_hash::{FxHashMap, FxHashSet};
use rz_diag::Result;
use rz_llvm::{Analyses, Block, Builder, Expr, FloatPredicate, Function, Opcode, Value, ValueMap};

/// Loops with more instructions are left alone: there is another copy of them.
const LONG: usize = 400;
/// Loops that are known to have fewer iterations are left alone: one more would cost too much.
const SHORT: u64 = 4;
/// Loops around each other.
const DEEP: usize = 4;

/// Closes loops, so that what is used behind them is used by phis there.
const CLOSE: &str = "loop-simplify,lcssa";
/// Takes away what of the copies nobody wants.
const TIDY: &str = "adce,loop(loop-deletion),simplifycfg";

/// A number that is chosen in a loop.
struct Choice {
    /// What is known of it at the start of an iteration.
    before: Value,
    /// At its end: a selection, or the lesser or greater one.
    after: Value,
    /// What an iteration offers.
    offer: Value,
}

/// When offers are taken.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Taken {
    If(Value),
    Unless(Value),
    /// When they are what this call, a minimum or maximum, gives.
    By(Value),
}

/// A loop that chooses.
struct Chooser {
    around: Around,
    /// Made together.
    choices: Vec<Choice>,
    taken: Taken,
    needs: Needs,
}

/// What of an iteration it takes to compute its offers again.
#[derive(Default)]
struct Needs {
    /// Phis of the header.
    kept: Vec<Value>,
    /// Those, and instructions.
    all: FxHashSet<Value>,
}

/// A loop with one way in and one way out.
struct Around {
    before: Block,
    header: Block,
    latch: Block,
    /// The block that leaves it, and where to.
    last: Block,
    exit: Block,
    /// Its blocks, each behind those that dominate it.
    blocks: Vec<Block>,
}

/// Rewrites the loops of `clone` that choose. True when there were any.
pub(crate) fn settle(passes: &Passes, clone: Function) -> Result<bool> {
    let analyses = passes.analyses();
    if !analyses.has_loops(clone) || !natural(analyses, clone).iter().any(may_choose) {
        return Ok(false);
    }
    passes.run(clone, CLOSE)?;
    let mut done: FxHashSet<Block> = FxHashSet::default();
    for _ in 0..DEEP {
        let found = innermost(analyses, clone, &done);
        if found.is_empty() {
            break;
        }
        for one in &found {
            done.insert(one.around.header);
            write(one);
        }
        analyses.invalidate(clone);
        passes.check(clone, "chosen")?;
    }
    if !done.is_empty() {
        passes.run(clone, TIDY)?;
    }
    Ok(!done.is_empty())
}

/// Loops that choose and are not `done`, none of which is inside of another.
fn innermost(analyses: Analyses, clone: Function, done: &FxHashSet<Block>) -> Vec<Chooser> {
    let mut found: Vec<Chooser> = Vec::new();
    for one in &natural(analyses, clone) {
        // Inner loops come first.
        let is_around = |chooser: &Chooser| one.body.contains(&chooser.around.header);
        if may_choose(one) && !done.contains(&one.header) && !found.iter().any(is_around) {
            found.extend(find(analyses, clone, one));
        }
    }
    found
}

/// A number that goes through a selection from one iteration to the next.
fn may_choose(one: &Natural) -> bool {
    phis(one.header).into_iter().any(|phi| {
        let mut edges = phi.incoming().into_iter();
        phi.ty().is_float() && edges.any(|(value, _)| sides(value).is_some())
    })
}

fn find(analyses: Analyses, function: Function, one: &Natural) -> Option<Chooser> {
    let around = around(one)?;
    let size: usize = { around.blocks.iter() }
        .map(|block| block.instructions().len())
        .sum();
    let is_short = || {
        let count = analyses.backedge_count(function, around.header);
        matches!(count, Some(Expr::Const { value, .. }) if value + 1 < SHORT)
    };
    if size > LONG || !is_repeatable(&around) || is_short() {
        return None;
    }
    let all: Vec<Choice> = phis(around.header)
        .into_iter()
        .filter_map(|phi| around.choice(phi))
        .collect();
    let taken = all.first()?.taken();
    let choices: Vec<Choice> = { all.into_iter() }
        .filter(|choice| choice.taken() == taken)
        .collect();
    let needs = around.needs(&choices)?;
    Some(Chooser {
        around,
        choices,
        taken,
        needs,
    })
}

/// What `value` may be, if it is a choice between two.
fn sides(value: Value) -> Option<(Value, Value)> {
    if value.opcode() == Some(Opcode::Select) {
        return Some((value.operand(1), value.operand(2)));
    }
    is_minimum(value).map(|_| (value.operand(0), value.operand(1)))
}

/// Whether `value` is the minimum of two numbers, or the maximum, where no number counts for nothing.
fn is_minimum(value: Value) -> Option<bool> {
    let is_call = value.opcode() == Some(Opcode::Call);
    let name = is_call.then(|| value.called_function()).flatten()?;
    match name.intrinsic_name()?.split('.').nth(1)? {
        "minnum" | "minimumnum" => Some(true),
        "maxnum" | "maximumnum" => Some(false),
        _ => None,
    }
}

impl Choice {
    fn taken(&self) -> Taken {
        let after = self.after;
        if after.opcode() != Some(Opcode::Select) {
            return Taken::By(after);
        }
        let condition = after.operand(0);
        if after.operand(1) == self.offer {
            Taken::If(condition)
        } else {
            Taken::Unless(condition)
        }
    }
}

fn around(one: &Natural) -> Option<Around> {
    let (header, latch) = (one.header, one.latch.block());
    let mut edges = edges_to(header);
    edges.retain(|&from| from != latch);
    let [before] = edges[..] else {
        return None;
    };
    let mut ways = one.body.iter().flat_map(|&block| {
        let out = block.successors().into_iter();
        out.filter(|to| !one.body.contains(to))
            .map(move |to| (block, to))
    });
    let (last, exit) = ways.next()?;
    let is_only = ways.next().is_none() && edges_to(exit) == [last];
    let leaves = last.terminator()?.is_conditional();
    (is_only && leaves && (last == latch || last == header)).then(|| Around {
        before,
        header,
        latch,
        last,
        exit,
        blocks: in_order(header, &one.body),
    })
}

/// True when an iteration can be done again behind the loop.
fn is_repeatable(around: &Around) -> bool {
    let insts = || around.blocks.iter().flat_map(|block| block.instructions());
    let goes_on = |inst: Value| matches!(inst.opcode(), Some(Opcode::Br | Opcode::Switch));
    if insts().any(|i| i.opcode() == Some(Opcode::Freeze) || i.is_terminator() && !goes_on(i)) {
        return false;
    }
    let Some(touched) = touched_by(insts().filter(|&inst| !declares_scope(inst))) else {
        return false;
    };
    let is_read = |&access: &Value| access.opcode() == Some(Opcode::Load);
    let may_be_errno = |access: &Value| access.ty().is_int() && size(*access) <= ERRNO;
    touched.accesses.iter().all(is_read)
        && !(touched.sets_errno && touched.accesses.iter().any(may_be_errno))
}

fn declares_scope(call: Value) -> bool {
    let is_call = call.opcode() == Some(Opcode::Call);
    let callee = is_call.then(|| call.called_function()).flatten();
    let name = callee.and_then(Function::intrinsic_name);
    name.is_some_and(|name| name == "llvm.experimental.noalias.scope.decl")
}

impl Around {
    fn defines(&self, value: Value) -> bool {
        value.is_instruction() && self.blocks.contains(&value.block())
    }

    /// What `phi` chooses, if it does, and is only compared in the loop.
    fn choice(&self, phi: Value) -> Option<Choice> {
        let after = taken(phi, self.latch);
        if !phi.ty().is_float() || !self.defines(after) {
            return None;
        }
        let offer = match sides(after)? {
            (offer, old) if old == phi => offer,
            (old, offer) if old == phi => offer,
            _ => return None,
        };
        let choice = Choice {
            before: phi,
            after,
            offer,
        };
        let result = self.result(&choice);
        let is_wanted = result.users().iter().any(|&user| !self.defines(user));
        (is_wanted && self.defines(offer) && self.is_only_compared(&choice)).then_some(choice)
    }

    /// What of a choice is seen behind the loop.
    fn result(&self, choice: &Choice) -> Value {
        if self.last == self.latch {
            choice.after
        } else {
            choice.before
        }
    }

    fn is_only_compared(&self, choice: &Choice) -> bool {
        let mut seen = FxHashSet::from_iter([choice.before, choice.after]);
        let mut work = vec![choice.before, choice.after];
        while let Some(value) = work.pop() {
            for user in value.users() {
                if !self.defines(user) {
                    if value != self.result(choice) {
                        return false;
                    }
                    continue;
                }
                let is_compare = user.ty() == user.context().int(1);
                match user.opcode() {
                    _ if user == choice.offer => return false,
                    Some(Opcode::FCmp | Opcode::Call) if is_compare => {}
                    _ if user == choice.before || user == choice.after => {}
                    Some(
                        Opcode::FNeg
                        | Opcode::FAdd
                        | Opcode::FSub
                        | Opcode::FMul
                        | Opcode::FDiv
                        | Opcode::Call,
                    ) => {
                        if seen.insert(user) {
                            work.push(user);
                        }
                    }
                    _ => return false,
                }
            }
        }
        true
    }

    /// What the offers are computed from, and what decides how; nothing if it takes a floating point number of the
    /// iteration before.
    fn needs(&self, choices: &[Choice]) -> Option<Needs> {
        let mut work: Vec<Value> = choices.iter().map(|choice| choice.offer).collect();
        for block in &self.blocks {
            let end = block.terminator()?;
            if *block != self.last && end.successors().len() > 1 {
                work.push(end.condition());
            }
        }
        let mut needs = Needs::default();
        while let Some(value) = work.pop() {
            if !self.defines(value) || !needs.all.insert(value) {
                continue;
            }
            if value.opcode() != Some(Opcode::Phi) {
                work.extend(value.operands());
            } else if value.block() != self.header {
                work.extend(value.incoming().into_iter().map(|(value, _)| value));
            } else if value.ty().is_int() || value.ty().is_pointer() {
                needs.kept.push(value);
            } else {
                return None;
            }
        }
        Some(needs)
    }
}

fn write(chooser: &Chooser) {
    let around = &chooser.around;
    let context = around.header.function().context();
    let b = Builder::new(context);
    let is_taken = is_taken(chooser, &b);
    let bit = context.int(1);
    let any = keep(chooser, &b, is_taken, bit.int_const(1), bit.int_const(0));
    let mut map = ValueMap::new();
    for &phi in &chooser.needs.kept {
        let first = taken(phi, around.before);
        map.set(phi, keep(chooser, &b, is_taken, phi, first));
    }
    let check = around.exit.insert_before("chosen");
    let copies: FxHashMap<Block, Block> = { around.blocks.iter() }
        .map(|&block| (block, around.exit.insert_before("chosen.again")))
        .collect();
    let join = around.exit.insert_before("chosen.out");
    copy(chooser, &b, &copies, join, &mut map);
    b.position_at_end(check);
    b.cond_br(any, copies[&around.header], join);
    b.position_at_end(join);
    let mut results = Vec::new();
    for choice in &chooser.choices {
        let result = b.phi(choice.before.ty());
        let again = map.get(choice.offer).expect("it was copied");
        result.add_incoming(again, copies[&around.latch]);
        result.add_incoming(taken(choice.before, around.before), check);
        results.push((around.result(choice), result));
    }
    b.br(around.exit);
    redirect(around.last, around.exit, check);
    for phi in phis(around.exit) {
        renamed(phi, around.last, join);
        for &(old, new) in &results {
            if phi.operand(0) == old {
                phi.set_operand(0, new);
            }
        }
    }
}

/// Whether the offers are taken, computed before the first selection.
fn is_taken(chooser: &Chooser, b: &Builder) -> Value {
    b.position_before(chooser.choices[0].after);
    match chooser.taken {
        Taken::If(condition) => condition,
        Taken::Unless(condition) => b.not(condition),
        Taken::By(call) => {
            // As the rules of the two say: one of them is no number, or the first one is less.
            let (first, second) = (call.operand(0), call.operand(1));
            let is_minimum = is_minimum(call) == Some(true);
            let loses = if is_minimum { second } else { first };
            let less = b.fcmp(FloatPredicate::OLT, first, second);
            let is_none = b.fcmp(FloatPredicate::UNO, loses, loses);
            let other_loses = b.or(less, is_none);
            if (loses == second) == (chooser.choices[0].offer == first) {
                other_loses
            } else {
                b.not(other_loses)
            }
        }
    }
}

/// A phi that remembers what `value` was when something was taken last, `first` before; what of it is seen behind the loop.
fn keep(chooser: &Chooser, b: &Builder, is_taken: Value, value: Value, first: Value) -> Value {
    let around = &chooser.around;
    b.position_at_start(around.header);
    let phi = b.phi(value.ty());
    b.position_before(chooser.choices[0].after);
    let next = b.select(is_taken, value, phi);
    phi.add_incoming(first, around.before);
    phi.add_incoming(next, around.latch);
    if around.last == around.latch {
        next
    } else {
        phi
    }
}

/// Writes what is needed of one iteration once more, which ends at `join`. The rest must not be done with what it took
/// in another iteration: it might not have been done there.
fn copy(
    chooser: &Chooser,
    b: &Builder,
    copies: &FxHashMap<Block, Block>,
    join: Block,
    map: &mut ValueMap,
) {
    let (around, needed) = (&chooser.around, &chooser.needs.all);
    let context = around.header.function().context();
    let mut written = Vec::new();
    for &block in &around.blocks {
        b.position_at_end(copies[&block]);
        for inst in block.instructions() {
            let is_carried = block == around.header && inst.opcode() == Some(Opcode::Phi);
            let ends = inst.is_terminator() && (block == around.last || block == around.latch);
            if is_carried || ends || !inst.is_terminator() && !needed.contains(&inst) {
                continue;
            }
            let copy = inst.clone_instruction();
            b.insert(copy);
            map.set(inst, copy);
            written.push(copy);
        }
    }
    for copy in written {
        map.remap(copy);
        for name in ["alias.scope", "noalias"] {
            copy.set_metadata(context.metadata_kind(name), None);
        }
        if copy.opcode() == Some(Opcode::Phi) {
            for (index, (_, from)) in copy.incoming().into_iter().enumerate() {
                copy.set_incoming_block(index as u32, copies[&from]);
            }
        }
        if copy.is_terminator() {
            separate(copy);
            for (index, to) in copy.successors().into_iter().enumerate() {
                copy.set_successor(index as u32, copies[&to]);
            }
        }
    }
    b.position_at_end(copies[&around.latch]);
    b.br(join);
    if around.last != around.latch {
        let inside = { around.last.successors().into_iter() }.find(|&to| to != around.exit);
        b.position_at_end(copies[&around.last]);
        b.br(copies[&inside.expect("it goes on there")]);
    }
}

/// A loop that was copied has an identity of its own.
fn separate(end: Value) {
    let context = end.context();
    let kind = context.metadata_kind("llvm.loop");
    if let Some(old) = end.metadata(kind) {
        end.set_metadata(kind, Some(context.loop_id(Some(old), None, None)));
    }
}
