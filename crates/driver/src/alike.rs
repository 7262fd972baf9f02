//! Derivatives that came out the same are written once.
//!
//! A derivative of a callee is planned for what its caller knows. Where that makes no difference, several functions have
//! the same code. A function that calls itself is the worst of it: with each call a little less may be known of its
//! arguments, so its derivative calls another one like it, which calls another; each of them has one caller and would be
//! taken in by it.
//!
//! ```text
//! reverse.f ──▶ reverse.f.1 ──▶ reverse.f.2 ─┐      ⇒      reverse.f ─┐
//!                                    ▲───────┘                 ▲──────┘
//! ```
//!
//! # Why this is legal
//!
//! All functions with the same outline are taken to do the same, and then those are told apart of which one step shows
//! that they do not, until there are none. Those that are left take the same steps for as long as they run.
//!
//! Small functions stay, to be inlined where they are called.

use rustc_hash::{FxHashMap, FxHashSet};
use rz_llvm::{Analyses, Function, Linkage};

/// Functions with fewer instructions stay. What was written is not simplified yet.
const SMALL: usize = 500;
/// Chains of calls may take a round for each call; so long ones are left.
const ROUNDS: usize = 8;

/// Makes one of those of `written`, none of them in `roots`, that do the same; gives back what is left.
pub(crate) fn join(
    analyses: Analyses,
    written: Vec<Function>,
    roots: &[Function],
) -> Vec<Function> {
    let called: Vec<Function> = { written.iter().copied() }
        .filter(|function| !roots.contains(function) && is_only_called(*function))
        .collect();
    let Some(classes) = classes(&called) else {
        return written;
    };
    let mut doubles = Vec::new();
    for (&function, &class) in called.iter().zip(&classes) {
        let first = called[class as usize];
        if first != function && is_large(function) {
            function.value().replace_all_uses(first.value());
            doubles.push(function);
        }
    }
    if doubles.is_empty() {
        return written;
    }
    // What only they called goes with them.
    while !doubles.is_empty() {
        for double in &doubles {
            double.erase_body();
        }
        let unused = |f: &Function| !f.is_declaration() && !f.value().has_uses();
        doubles = called.iter().copied().filter(unused).collect();
    }
    let (gone, left) = { written.into_iter() }.partition(|f: &Function| f.is_declaration());
    for function in gone {
        analyses.forget(function);
        function.erase();
    }
    left
}

/// True when all that is done with `function` is calling it.
fn is_only_called(function: Function) -> bool {
    function.linkage() == Linkage::Internal
        && { function.value().users().into_iter() }
            .all(|user| user.is_call() && user.called_function() == Some(function))
        && function.value().has_uses()
}

/// For each of `functions` the number of the first one that does the same; `None` where that takes too long to tell, or
/// where no two that are large do.
fn classes(functions: &[Function]) -> Option<Vec<u32>> {
    let large: Vec<bool> = functions.iter().map(|f| is_large(*f)).collect();
    let mut first: FxHashMap<u64, u32> = FxHashMap::default();
    let mut classes = Vec::new();
    for (index, function) in (0..).zip(functions) {
        classes.push(*first.entry(function.outline_of_code()).or_insert(index));
    }
    for _ in 0..ROUNDS {
        let mut seen = FxHashSet::default();
        let mut doubles = classes.iter().zip(&large).filter(|(_, large)| **large);
        if doubles.all(|(class, _)| seen.insert(*class)) {
            return None;
        }
        if !Function::part_classes(functions, &mut classes) {
            return Some(classes);
        }
    }
    None
}

fn is_large(function: Function) -> bool {
    function.instructions().len() >= SMALL
}
