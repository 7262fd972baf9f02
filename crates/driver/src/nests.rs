//! Inner loops of nests that run backwards ask for themselves whether what they touch lies apart.
//!
//! ```text
//! for i = n - 1 … 0                     for i = n - 1 … 0
//!                                         r = freeze i
//!   for j = m - 1 … 0             ⇒       for j = m - 1 … 0
//!     s[i * m + j] += t[j] * v              s[r * m + j] += t[j] * v
//! ```
//!
//! Where LLVM's vectorizer cannot know that two accesses are apart, it compares their ranges when the program runs.
//! In a nest it asks once, about all iterations of the loop around, but only where addresses grow in that loop: it
//! compares the step with zero as well, and where the step is negative the loop stays as it is, always. Loops of
//! reverse parts walk backwards, so there no such comparison ever succeeds. LLVM asks about the inner loop alone where
//! it does not see how addresses depend on the outer one. So the counters of outer loops that count down are hidden
//! behind a `freeze`, everywhere but where they count and are compared.
//!
//! # Why this is legal
//!
//! `freeze` gives the number back that it is given. Of a poison value it makes any number, the same one for all uses,
//! which is one of those that poison may be. It stands behind the phis of the header, so it dominates what the counter
//! dominates. The counter of an innermost loop is left alone: the vectorizer must see it.
//!
//! This comes last, when nothing is differentiated any more: a frozen value is none that can be computed again.

use rustc_hash::{FxHashMap, FxHashSet};
use rz_llvm::{Block, Builder, Function, Opcode, Value};

/// By how much a counter goes down at most: several iterations may be one ([`crate::jam`]).
const FAR: i64 = 16;

/// A counter that goes down, and what it is in the next iteration.
struct Counter {
    phi: Value,
    next: Value,
}

/// Hides the counters of outer loops of `function` that count down. True when there are any.
pub(crate) fn hide_counters(function: Function) -> bool {
    let mut before: FxHashMap<Block, Vec<Block>> = FxHashMap::default();
    for block in function.blocks() {
        for to in block.successors() {
            before.entry(to).or_default().push(block);
        }
    }
    let mut any = false;
    for header in function.blocks() {
        for (counter, latch) in counters(header) {
            if has_inner_loop(&before, header, latch) {
                hide(header, &counter);
                any = true;
            }
        }
    }
    any
}

/// The counters among the phis of `header`, with the block that each comes around from.
fn counters(header: Block) -> Vec<(Counter, Block)> {
    let insts = header.instructions().into_iter();
    let phis = insts.take_while(|inst| inst.opcode() == Some(Opcode::Phi));
    phis.filter_map(|phi| {
        let wide = header.function().context().int(64);
        let by = |value: Value| value.operand(1).int_value().map(|by| by as u64 as i64);
        let less = |value: Value| {
            phi.ty() == wide
                && value.opcode() == Some(Opcode::Add)
                && value.operand(0) == phi
                && by(value).is_some_and(|by| (-FAR..0).contains(&by))
        };
        let around = phi.incoming().into_iter();
        let (next, latch) = { around }.find(|&(value, _)| less(value))?;
        Some((Counter { phi, next }, latch))
    })
    .collect()
}

/// True when the loop from `header` to `latch` has a loop in it.
fn has_inner_loop(before: &FxHashMap<Block, Vec<Block>>, header: Block, latch: Block) -> bool {
    let mut body = FxHashSet::from_iter([header, latch]);
    let mut work = if latch == header { vec![] } else { vec![latch] };
    while let Some(block) = work.pop() {
        let from = before.get(&block).into_iter().flatten();
        work.extend(from.filter(|&&from| body.insert(from)));
    }
    // Without loops all of the body is reached in an order in which nothing comes before what leads to it.
    let inside = |block: &Block| *block != header && body.contains(block);
    let mut waits: FxHashMap<Block, usize> = FxHashMap::default();
    for to in body.iter().flat_map(|b| b.successors()).filter(inside) {
        *waits.entry(to).or_default() += 1;
    }
    let mut ready = vec![header];
    let mut reached = 0;
    while let Some(block) = ready.pop() {
        reached += 1;
        for to in block.successors().into_iter().filter(inside) {
            let left = waits.get_mut(&to).expect("an edge leads there");
            *left -= 1;
            if *left == 0 {
                ready.push(to);
            }
        }
    }
    reached < body.len()
}

/// Uses of the counter see it through a `freeze`, but for where it counts and is compared.
fn hide(header: Block, counter: &Counter) {
    let insts = header.instructions().into_iter();
    let mut behind = insts.skip_while(|inst| inst.opcode() == Some(Opcode::Phi));
    let b = Builder::new(header.function().context());
    b.position_before(behind.next().expect("a block ends"));
    let uses = [&counter.phi, &counter.next].map(|value| (*value, value.users()));
    let frozen = b.freeze(counter.phi);
    let by = counter.next.operand(1);
    let mut lower = None;
    for (value, users) in uses {
        let counts = |user: Value| {
            user == counter.next || user == counter.phi || user.opcode() == Some(Opcode::ICmp)
        };
        for user in users.into_iter().filter(|&user| !counts(user)) {
            let hidden = if value == counter.phi {
                frozen
            } else {
                *lower.get_or_insert_with(|| b.add(frozen, by))
            };
            for index in 0..user.operand_count() {
                if user.operand(index) == value {
                    user.set_operand(index, hidden);
                }
            }
        }
    }
    if !frozen.has_uses() {
        frozen.erase();
    }
}
