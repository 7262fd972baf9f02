//! Simplifying what was written.
//!
//! Nothing in the host simplifies after lowering, and the writers rely on it: adjoints live in
//! allocas, demanded values are fetched where they are used, internal derivatives are called once.
//! So derivatives that have one caller are inlined (small ones: one caller in each request), and every new function goes through
//! promotion, redundancy elimination and loop-invariant motion. Vectorization and unrolling are
//! left to the host, which comes to them after lowering.

use crate::carry::carry;
use crate::options::Options;
use crate::passes::{Passes, Text};
use crate::turn::turn_carried;
use rustc_hash::{FxHashMap, FxHashSet};
use rz_diag::Result;
use rz_llvm::{Analyses, Function, Linkage, Value};
use rz_rules::known::RUNTIME;

/// What every function gets, up to where addresses and sums have their final form.
const BEGIN: Text = Text {
    loops: "sroa,early-cse<memssa>,instcombine<no-verify-fixpoint>,simplifycfg,\
    loop-simplify,lcssa,loop-mssa(licm<allowspeculation>),simplifycfg,\
    loop(loop-idiom,indvars,loop-deletion),\
    loop-unroll<peeling;no-profile-peeling;no-partial;no-runtime;no-upperbound;full-unroll-max=0>",
    straight: "sroa,early-cse,instcombine<no-verify-fixpoint>,simplifycfg",
};

/// The rest. Loads of what the iteration before stored are replaced here, which hides sums that go through memory.
const FINISH: Text = Text {
    loops: "sroa,gvn,sccp,bdce,\
    instcombine<no-verify-fixpoint>,dse,loop-mssa(licm<allowspeculation>),adce,\
    simplifycfg,instcombine<no-verify-fixpoint>",
    straight: "sroa,gvn,bdce,instcombine<no-verify-fixpoint>,dse,adce,simplifycfg",
};

/// As [`FINISH`], after loops were made ready for the vectorizer: what one iteration loads, the next one loads again, for
/// vectors are loaded as fast as they are shifted, and numbers used behind the loop would keep it from being vectorized.
const WIDE: &str = "sroa,gvn<no-pre;no-load-pre>,sccp,bdce,\
    instcombine<no-verify-fixpoint>,dse,loop-mssa(licm<allowspeculation>),adce,\
    simplifycfg,instcombine<no-verify-fixpoint>";

/// What a large function gets first, while what both parts use still lies in memory: where the reverse part asks
/// again what the forward part branched on, each way goes on by itself. Else all that is kept for the reverse part would
/// meet there, a number of phis in one block that LLVM's passes take more than linear time for.
const THREAD: &str = "early-cse,simplifycfg";

/// What a function without loops gets that its only caller will take in, and be simplified with: so much that its
/// size is known. A small one gets nothing.
const PROMOTE: &str = "sroa,early-cse";
const SMALL: usize = 200;

/// A function that has grown to this many instructions is inlined into no further: LLVM's passes take
/// more than linear time in the loops of one function.
pub(crate) const LARGE: usize = 4_000;

/// What is inlined is simplified once more with its caller; past this many times it stays a call, or a chain of
/// calls would take quadratic time.
const DEEP: u32 = 8;

/// Functions of up to this many instructions, without loops, are copied to each request that calls them once: a call
/// costs about as much as they do.
const COPIED: usize = 100;

impl Choices {
    pub(crate) fn of(options: &Options) -> Self {
        Self {
            carry: options.carry,
            turn: options.turn,
        }
    }
}

/// Simplifies one function.
fn simplify(passes: &Passes, function: Function, choices: Choices) -> Result<()> {
    if function.instructions().len() > LARGE {
        passes.run(function, THREAD)?;
    }
    passes.run_form(function, &BEGIN)?;
    if choices.carry {
        if choices.turn {
            turn_carried(passes.analyses(), function);
        }
        carry(passes.analyses(), function);
    }
    passes.run_form(function, &FINISH)
}

/// Simplifies a function once more after its loops were made ready for the vectorizer.
pub(crate) fn finish(passes: &Passes, function: Function) -> Result<()> {
    passes.run(function, WIDE)
}

/// What may be left out.
#[derive(Clone, Copy)]
pub(crate) struct Choices {
    /// Sums at neighbouring places are carried in registers ([`crate::carry`]).
    pub(crate) carry: bool,
    /// Loops in which sums are carried are turned around before ([`crate::turn`]).
    pub(crate) turn: bool,
}

/// Simplifies `written`, the functions of derivatives that were written together, erases those that were inlined, and
/// gives back the others. What requests call (`requests`, the roots of each) stays.
pub(crate) fn cleanup(
    passes: &Passes,
    written: &[Function],
    requests: &[Vec<Function>],
    choices: Choices,
) -> Result<Vec<Function>> {
    let analyses = passes.analyses();
    let roots = &requests.concat();
    let mut inliner = Inliner {
        analyses,
        written: written.iter().copied().collect(),
        roots,
        owners: Owners::new(requests),
        erased: FxHashSet::default(),
        depths: FxHashMap::default(),
    };
    let mut waiting = FxHashSet::default();
    // Callees before callers: what has loops is inlined after it was simplified itself.
    for function in callees_first(written, roots) {
        // Those are written as they should be.
        if function.name().starts_with(RUNTIME) {
            continue;
        }
        inliner.take_in(function);
        if inliner.has_one_caller(function) && !analyses.has_loops(function) {
            if function.instructions().len() > SMALL {
                passes.run(function, PROMOTE)?;
            }
            waiting.insert(function);
        } else {
            simplify(passes, function, choices)?;
        }
    }
    let mut left = Vec::new();
    for &function in written {
        if inliner.erased.contains(&function) {
            analyses.forget(function);
            function.erase();
            continue;
        }
        // Its caller was too large or too deep.
        if waiting.contains(&function) {
            simplify(passes, function, choices)?;
        }
        left.push(function);
    }
    Ok(left)
}

/// Inlines calls of functions that were written for this derivative and have no other use.
struct Inliner<'a> {
    analyses: Analyses,
    written: FxHashSet<Function>,
    roots: &'a [Function],
    owners: Owners,
    /// Functions without a body, for it is elsewhere.
    erased: FxHashSet<Function>,
    /// How often the innermost of what a function has taken in was inlined.
    depths: FxHashMap<Function, u32>,
}

impl Inliner<'_> {
    /// Inlines what only `caller` calls.
    fn take_in(&mut self, caller: Function) {
        let mut depth = 0;
        let instructions = caller.instructions();
        let mut size = instructions.len();
        for call in instructions {
            if !call.is_call() {
                continue;
            }
            let Some(callee) = call.called_function() else {
                continue;
            };
            if callee == caller || !(self.has_one_caller(callee) || self.is_copied(callee)) {
                continue;
            }
            let grown = size + callee.instructions().len();
            let inner = self.depths.get(&callee).copied().unwrap_or(0) + 1;
            if grown > LARGE || inner > DEEP {
                continue;
            }
            if self.analyses.inline(call) {
                size = grown;
                depth = depth.max(inner);
                if !callee.value().has_uses() {
                    callee.erase_body();
                    self.erased.insert(callee);
                }
            }
        }
        self.depths.insert(caller, depth);
    }

    /// One call is the only use of `function`.
    fn has_one_caller(&self, function: Function) -> bool {
        self.may_move(function)
            && matches!(function.value().users()[..], [user] if calls(user, function))
    }

    /// `function` is small, and each of several requests calls it once: it would be inlined had they been written apart.
    fn is_copied(&self, function: Function) -> bool {
        if !self.owners.are_several(function) || !self.may_move(function) {
            return false;
        }
        let mut seen = FxHashSet::default();
        let mut once = |user: Value| {
            let one = self.owners.only(user.function());
            one.is_some_and(|request| seen.insert(request))
        };
        let users = function.value().users();
        users
            .into_iter()
            .all(|user| calls(user, function) && once(user))
            && function.instructions().len() <= COPIED
            && !self.analyses.has_loops(function)
    }

    fn may_move(&self, function: Function) -> bool {
        self.written.contains(&function)
            && !self.roots.contains(&function)
            && function.linkage() == Linkage::Internal
            && !function.has_attribute("noinline")
    }
}

fn calls(user: Value, function: Function) -> bool {
    user.is_call() && user.called_function() == Some(function)
}

/// For which requests functions were written.
#[derive(Default)]
struct Owners(FxHashMap<Function, Owner>);

#[derive(Clone, Copy, PartialEq, Eq)]
enum Owner {
    /// Only for this one.
    One(usize),
    Several,
}

impl Owners {
    fn new(requests: &[Vec<Function>]) -> Self {
        let mut all = Self::default();
        if requests.len() < 2 {
            return all;
        }
        let roots = (requests.iter().enumerate())
            .flat_map(|(index, roots)| roots.iter().map(move |&root| (root, Owner::One(index))));
        let mut work: Vec<(Function, Owner)> = roots.collect();
        while let Some((function, owner)) = work.pop() {
            let known = all.0.get(&function).copied();
            let joined = match known {
                Some(known) if known != owner => Owner::Several,
                _ => owner,
            };
            if known == Some(joined) {
                continue;
            }
            all.0.insert(function, joined);
            let callees = (function.instructions().into_iter())
                .filter(|inst| inst.is_call())
                .filter_map(Value::called_function);
            work.extend(callees.map(|callee| (callee, joined)));
        }
        all
    }

    fn are_several(&self, function: Function) -> bool {
        self.0.get(&function) == Some(&Owner::Several)
    }

    /// The only request that `function` was written for.
    fn only(&self, function: Function) -> Option<usize> {
        match self.0.get(&function) {
            Some(&Owner::One(request)) => Some(request),
            _ => None,
        }
    }
}

/// `written`, those that `roots` reach first, in an order in which callees come before callers, cycles broken anywhere.
pub(crate) fn callees_first(written: &[Function], roots: &[Function]) -> Vec<Function> {
    let set: FxHashSet<Function> = written.iter().copied().collect();
    let mut order = Vec::new();
    let mut seen = FxHashSet::default();
    for &start in roots.iter().chain(written) {
        let mut stack = vec![(start, false)];
        while let Some((function, done)) = stack.pop() {
            if done {
                order.push(function);
                continue;
            }
            if !set.contains(&function) || !seen.insert(function) {
                continue;
            }
            stack.push((function, true));
            for call in function.instructions() {
                if call.is_call()
                    && let Some(callee) = call.called_function()
                {
                    stack.push((callee, false));
                }
            }
        }
    }
    order
}
