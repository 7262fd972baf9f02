//! Recursive calls, whose contexts would follow each other without end.
//!
//! ```text
//! work(out, factors) { … work(out + m, factors + 2) … }
//! ```
//!
//! Whatever is known about the numbers from `factors` on lies 8 bytes nearer in the call, and what the callee
//! finds lies 8 bytes farther. Both walk through the whole object, a context and a round of facts a step. So
//! after [`STEPS`] steps a context is what it has in common with the one before, and facts come back from
//! recursive calls [`MAX_TOLD`] times. Fewer facts are sound.

use super::solve::Context;
use super::tree::Trees;
use crate::activity::classify::direct_calls;
use crate::components::components;
use cranelift_entity::SecondaryMap;
use rz_view::{Func, Module};

/// Contexts of one function inside each other that may differ in anything.
const STEPS: usize = 3;
/// Contexts of one function inside each other that may still lose something.
const MAX_STEPS: usize = 8;
/// How often a recursive call listens to news of its callee.
pub(super) const MAX_TOLD: u32 = 32;

/// Which functions call each other.
pub(super) struct Recursion {
    /// The cycle of calls that a function lies on; 0 for none.
    cycle: SecondaryMap<Func, u32>,
}

impl Recursion {
    pub(super) fn new(module: &Module) -> Self {
        let called = |func: Func| -> Vec<Func> {
            let body = module.funcs[func].body.as_ref();
            body.map_or_else(Vec::new, |body| {
                direct_calls(body).map(|(_, f)| f).collect()
            })
        };
        let mut callees: SecondaryMap<Func, Vec<Func>> = SecondaryMap::new();
        for func in module.funcs.keys() {
            callees[func] = called(func);
        }
        let mut cycle = SecondaryMap::new();
        let found = components(module.funcs.keys(), |f, k| callees[f].get(k).copied());
        for (component, number) in found.into_iter().zip(1..) {
            let &[first, ..] = component.as_slice() else {
                continue;
            };
            if component.len() > 1 || callees[first].contains(&first) {
                for func in component {
                    cycle[func] = number;
                }
            }
        }
        Self { cycle }
    }

    /// True when a call of `callee` in `caller` may lead to another one.
    pub(super) fn is_recursive(&self, caller: Func, callee: Func) -> bool {
        self.cycle[caller] != 0 && self.cycle[caller] == self.cycle[callee]
    }
}

/// The context to use instead of `context`, where `above` are the contexts of the same function that the call
/// lies in, the nearest first.
pub(super) fn bounded(
    module: &Module,
    trees: &mut Trees,
    context: Context,
    above: &[&Context],
) -> Context {
    match above {
        [nearest, ..] if above.len() <= MAX_STEPS => {
            if above.len() <= STEPS {
                return context;
            }
            let pairs = context.args.into_iter().zip(&nearest.args);
            let args = pairs.map(|(a, b)| trees.common(&[a, b.clone()]));
            Context {
                func: context.func,
                args: args.collect(),
                ret: trees.common(&[context.ret, nearest.ret.clone()]),
            }
        }
        [] => context,
        _ => Context::unknown(module, context.func),
    }
}
