//! Loops around sums do a few of their iterations at once.
//!
//! A sum of products is as slow as its additions, each of which waits for the one before. Loops over points with such
//! a sum for each, and a reverse that adds to what all points share, have a few sums on their way at once, and load and
//! store what is shared once for all of them. A primal cannot be told to: this is what a person does by hand.
//!
//! ```text
//! for i = 0 … n - 1                       for i = 0, 4 … n - 4
//!   for j: r += a[i, j] * x[j]              for j: r0 += a[i, j] * x[j];  … r3 += a[i + 3, j] * x[j]
//!   for j: s[j] += r * a[i, j]      ⇒       for j: s[j] += r0 * a[i, j] + … + r3 * a[i + 3, j]
//!                                         for i = n - n % 4 … n - 1    (as before)
//! ```
//!
//! Products of matrices have no sums in their reverse, but there, too, iterations add to the same places:
//!
//! ```text
//! for j: for k: s[i, k] += r[j] * y[k, j];  t[k, j] += r[j] * x[i, k]
//! ```
//!
//! # Why this is legal
//!
//! Iterations of the loop go the same way through it, whatever they compute: its branches are decided by what is the
//! same in all of them ([`Jam::varies`] is what is not), and it is left at one place, when a counter that goes up or
//! down by one gets somewhere. So each instruction is done for a few iterations, one after the other within a block, and
//! those that are the same in all are done once. There are so many iterations left, and each of them returns: nothing
//! is called that may not.
//!
//! Each iteration does what it did, in its order, and no sum of the primal changes its own. What is carried from one to
//! the next is computed again from the number before, or else computed and used in the same block, which no loop inside
//! repeats: there iterations keep their order. In memory, of two accesses one of which writes, one of these holds:
//!
//! - they go elsewhere, in whatever iterations ([`crate::carry`] says how that is known);
//! - both are done once in an iteration, move by their size or more and go to the same place in the same iteration;
//! - both belong to additions to shadows, which may be done in any order. One addition is in one block, where an
//!   iteration is not interrupted.
//!
//! Nothing but mathematical functions is called. They may set `errno`, in whatever order: no access is to an
//! integer of its size.

mod find;
mod write;

pub(crate) use find::{ERRNO, in_order, phis};

use crate::carry::additions;
use crate::cleanup::LARGE;
use crate::natural::{Natural, natural};
use crate::ring::unite_way_back;
use rustc_hash::FxHashSet;
use rz_llvm::{AliasOracle, Analyses, Block, Function, Value};

/// A loop, and how its iterations are done together.
struct Jam {
    /// How many at once, a power of two.
    lanes: u32,
    shape: Shape,
    /// What differs between iterations.
    varies: FxHashSet<Value>,
    /// Phis of the header, and how the number of the next iteration is known.
    carried: Vec<(Value, Carried)>,
    count: Count,
}

/// A loop with one way in and one way out, at its end.
struct Shape {
    before: Block,
    header: Block,
    latch: Block,
    exit: Block,
    /// Its blocks, each behind those that dominate it.
    blocks: Vec<Block>,
}

/// What of one iteration the next one needs.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Carried {
    /// The same in all iterations but the first.
    Fixed,
    /// It is one operation away from the number before.
    Step,
    /// It is computed where it is used, in the block of the next number.
    Behind,
}

/// How many iterations there are: a counter goes by `step`, ±1, until it is `ahead` before `bound`.
struct Count {
    counter: Value,
    step: i64,
    ahead: i64,
    bound: Value,
}

impl Jam {
    /// True if this loop is entered from `other`, or told by it how long it is: writing the one changes what the other
    /// starts with.
    fn follows(&self, other: &Self) -> bool {
        let is_there = |block: Block| other.shape.blocks.contains(&block);
        let bound = self.count.bound;
        is_there(self.shape.before) || bound.is_instruction() && is_there(bound.block())
    }
}

/// Jams iterations of loops of `function`. True when there were any.
pub(crate) fn jam(analyses: Analyses, function: Function) -> bool {
    if function.instructions().len() > LARGE {
        return false;
    }
    let united = unite(analyses, function);
    let oracle = AliasOracle::new(analyses, function);
    let loops = natural(analyses, function);
    let finder = find::Finder {
        analyses,
        oracle: &oracle,
        function,
        loops: &loops,
    };
    let mut found: Vec<Jam> = Vec::new();
    for around in &loops {
        // Inner loops come first; a loop is written once.
        let is_free = |jam: &Jam| !around.body.contains(&jam.shape.header);
        if found.iter().all(is_free) {
            let apart = |one: &Jam| {
                { found.iter() }.all(|other| !one.follows(other) && !other.follows(one))
            };
            let next = finder.find(around).filter(apart);
            found.extend(next);
        }
    }
    drop(oracle);
    for one in &found {
        write::write(one);
    }
    if !found.is_empty() {
        analyses.invalidate(function);
    }
    united || !found.is_empty()
}

/// Makes loops around additions to shadows end in one block, which is how they are found. True when there were any.
fn unite(analyses: Analyses, function: Function) -> bool {
    let loops = natural(analyses, function);
    let adds = |one: &&Natural| { one.body.iter() }.any(|&block| !additions(block).is_empty());
    let adding: Vec<&Natural> = loops.iter().filter(adds).collect();
    let has_inner = |around: &Natural| adding.iter().any(|one| one.is_inside(around));
    // All is asked before blocks go away.
    let nests: Vec<&Natural> = loops.iter().filter(|around| has_inner(around)).collect();
    let gone = nests.into_iter().filter(|one| unite_way_back(one)).count();
    if gone > 0 {
        analyses.invalidate(function);
    }
    gone > 0
}
