//! Combined calls: forward and reverse of the callee run together, in the reverse pass.
//!
//! ```text
//! s += f(x, n)          forward: nothing
//!                       reverse: f', combined, with the adjoint of s as its seed
//! ```
//!
//! Such a call needs no tape beyond its own duration, and it is still run once. It is legal when
//! nobody can see when it runs:
//!
//! 1. Its result is wanted for its adjoint alone ([`crate::lost`]).
//! 2. The callee, and everything it calls, writes only its own variables.
//! 3. Nothing is written between the call and its reverse.
//!
//! The reverse pass then needs all arguments. Recursion that only sums up its parts becomes one
//! recursion without a tape. Only combined derivatives have combined calls: the augmented forward of
//! a split one returns the result.

use crate::context::Context;
use crate::fuse::Fusion;
use crate::lost::Dependents;
use crate::plan::{Item, Source, Split};
use crate::request::{Derivative, Mode, RetActivity};
use crate::work::Work;
use crate::writers::Writers;
use rustc_hash::{FxHashMap, FxHashSet};
use rz_analysis::callee;
use rz_view::ordered::{IndexMap, IndexSet};
use rz_view::{Body, Callee, Func, Inst, Loop, Module, Nature, Op, Value, ValueDef};
use std::rc::Rc;

/// Which functions write only their own variables, remembered.
#[derive(Clone, Debug, Default)]
pub struct Readers(FxHashMap<Func, bool>);

/// The calls to combine, each with the key of its derivative and what depends on its result.
pub fn choose(
    cx: &Context<'_>,
    work: &Work,
    items: &IndexMap<Item, Source>,
    fusions: &IndexMap<Loop, Fusion>,
    readers: &mut Readers,
) -> Vec<(Inst, Rc<Derivative>, IndexSet<Inst>)> {
    let mut found = Vec::new();
    if cx.key.mode != Mode::Combined || work.splits.is_empty() {
        return found;
    }
    let dependents = Dependents::new(cx, work, items);
    let others = cx.memory.writers().filter(|&w| !readers.is_read(cx, w));
    let others: Vec<Inst> = others.collect();
    let others = Writers::new(cx.body, cx.shape, others);
    for (&inst, split) in &work.splits {
        let block = cx.body.insts[inst].block;
        let apart = !fusions.keys().any(|&l| cx.shape.loops.contains(l, block));
        let Some(result) = cx.body.insts[inst].result else {
            continue;
        };
        let possible = apart
            && split.key.ret == RetActivity::Active
            && dependents.is_unasked(result)
            && readers.reads_only(cx.module, split.key.func)
            && !others.any_after(cx.body, cx.shape, inst);
        if !possible {
            continue;
        }
        let needed = |i: &Inst| fusions.values().any(|f| f.needed.contains(i));
        match dependents.of(vec![result], |_| false, |_| true) {
            Some(lost) if !lost.iter().any(needed) => {
                found.push((inst, Rc::new(combined(split)), lost));
            }
            _ => {}
        }
    }
    found
}

fn combined(split: &Split) -> Derivative {
    Derivative {
        mode: Mode::Combined,
        primal_return: false,
        overwritten: vec![false; split.key.args.len()],
        globals_overwritten: false,
        ..Derivative::clone(&split.key)
    }
}

impl Readers {
    /// Condition 2.
    pub fn reads_only(&mut self, module: &Module, func: Func) -> bool {
        if let Some(&known) = self.0.get(&func) {
            return known;
        }
        let mut seen: FxHashSet<Func> = FxHashSet::default();
        let mut stack = vec![func];
        while let Some(at) = stack.pop() {
            if !seen.insert(at) {
                continue;
            }
            match self.0.get(&at) {
                Some(true) => continue,
                Some(false) => return self.remember(func, false),
                None => {}
            }
            let data = &module.funcs[at];
            let Some(body) = data.body.as_ref().filter(|_| !data.custom && !data.varargs) else {
                return self.remember(func, false);
            };
            for inst in body.insts.keys() {
                if !is_invisible(module, body, inst, &mut stack) {
                    return self.remember(func, false);
                }
            }
        }
        for &at in &seen {
            self.0.insert(at, true);
        }
        true
    }

    /// True for a call that writes nothing of its caller's.
    fn is_read(&mut self, cx: &Context<'_>, inst: Inst) -> bool {
        match cx.body.insts[inst].op.call().map(|call| &call.callee) {
            Some(&Callee::Direct(func)) => self.reads_only(cx.module, func),
            _ => false,
        }
    }

    fn remember(&mut self, func: Func, answer: bool) -> bool {
        self.0.insert(func, answer);
        answer
    }
}

/// True when running `inst` again changes nothing that anyone sees; callees to examine are added to
/// `calls`.
fn is_invisible(module: &Module, body: &Body, inst: Inst, calls: &mut Vec<Func>) -> bool {
    let data = &body.insts[inst];
    match data.op.nature() {
        Nature::Load(access) => !access.volatile && !access.atomic,
        Nature::Store(access) => {
            !access.volatile && !access.atomic && is_variable(body, data.operands[1])
        }
        Nature::Call => {
            let Some(call) = data.op.call() else {
                return false;
            };
            let Callee::Direct(func) = call.callee else {
                return false;
            };
            let name = callee::name(module, func);
            let marker = name.starts_with("llvm.lifetime")
                || name.starts_with("llvm.dbg")
                || matches!(name, "llvm.assume" | "llvm.experimental.noalias.scope.decl");
            let rule = callee::rule(module, body, inst, func);
            if marker || rule.is_some_and(|found| found.rule.is_plain()) {
                return true;
            }
            if module.funcs[func].intrinsic.is_some() {
                return !call.effects.writes;
            }
            calls.push(func);
            !call.returns_twice
        }
        Nature::Other => false,
        Nature::Pure | Nature::Freeze | Nature::Alloca | Nature::Branch | Nature::Leave => true,
    }
}

/// A pointer into a variable on the stack, by address arithmetic alone.
fn is_variable(body: &Body, mut pointer: Value) -> bool {
    while let ValueDef::Inst(inst) = body.values[pointer].def {
        match body.insts[inst].op {
            Op::Alloca { .. } => return true,
            Op::Gep(_) => pointer = body.insts[inst].operands[0],
            _ => return false,
        }
    }
    false
}
