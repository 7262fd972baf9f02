//! What would be missing if the forward pass left out some instructions.
//!
//! A result that is only accumulated, and that the request does not return, is wanted for its
//! adjoint alone: nobody notices that it was never computed.

use crate::calls;
use crate::context::Context;
use crate::plan::{Item, Source};
use crate::work::Work;
use cranelift_entity::SecondaryMap;
use rz_view::ordered::{IndexMap, IndexSet};
use rz_view::{Callee, Inst, Op, Value};

/// At most so many instructions may depend on what is left out.
const DEPENDENTS: usize = 1_000;

/// Uses of values, and what the reverse pass uses, for one primal.
pub struct Dependents<'c, 'a> {
    cx: &'c Context<'a>,
    work: &'c Work,
    items: &'c IndexMap<Item, Source>,
    /// Every use of every value.
    pub uses: SecondaryMap<Value, Vec<(Inst, u32)>>,
}

impl<'c, 'a> Dependents<'c, 'a> {
    /// `items` is everything the reverse pass uses.
    pub fn new(cx: &'c Context<'a>, work: &'c Work, items: &'c IndexMap<Item, Source>) -> Self {
        Self {
            cx,
            work,
            items,
            uses: cx.body.uses(),
        }
    }

    /// Everything outside of the left-out part that depends on its results, directly (then `leaves`
    /// must say yes to it) or not; `None` if some of that is needed.
    pub fn of(
        &self,
        results: Vec<Value>,
        inside: impl Fn(Inst) -> bool,
        leaves: impl Fn(Inst) -> bool,
    ) -> Option<IndexSet<Inst>> {
        let mut lost: IndexSet<Inst> = IndexSet::default();
        let mut first = true;
        let mut stack = results;
        while !stack.is_empty() {
            let mut next = Vec::new();
            for value in stack {
                for &(user, _) in &self.uses[value] {
                    if inside(user) {
                        if first {
                            continue;
                        }
                        return None;
                    }
                    if first && !leaves(user) || !self.is_dispensable(user) {
                        return None;
                    }
                    if lost.insert(user) {
                        next.extend(self.cx.body.insts[user].result);
                    }
                }
            }
            if lost.len() > DEPENDENTS {
                return None;
            }
            first = false;
            stack = next;
        }
        Some(lost)
    }

    /// True when the reverse pass uses neither the value nor its shadow.
    pub fn is_unasked(&self, value: Value) -> bool {
        !self.work.has_shadow[value]
            && !self.items.contains_key(&Item::Primal(value))
            && !self.items.contains_key(&Item::Shadow(value))
    }

    /// True when nothing would be missing without `inst`.
    fn is_dispensable(&self, inst: Inst) -> bool {
        let data = &self.cx.body.insts[inst];
        data.result.is_none_or(|r| self.is_unasked(r))
            && match &data.op {
                Op::Ret => !self.cx.key.primal_return,
                Op::Call(_) => is_pure(self.cx, inst),
                Op::FNeg
                | Op::Binary(_)
                | Op::Cast(_)
                | Op::ICmp(_)
                | Op::FCmp(_)
                | Op::Select
                | Op::Freeze
                | Op::Phi { .. }
                | Op::ExtractValue(_)
                | Op::InsertValue(_)
                | Op::ExtractElement
                | Op::InsertElement
                | Op::Shuffle(_) => true,
                _ => false,
            }
    }
}

/// A call that computes its result from its operands and does nothing else; `errno` is nobody's.
pub fn is_pure(cx: &Context<'_>, inst: Inst) -> bool {
    if calls::rule_of(cx, inst).is_some_and(rz_rules::Rule::is_plain) {
        return true;
    }
    let call = cx.body.insts[inst].op.call().expect("a call");
    let intrinsic = match call.callee {
        Callee::Direct(func) => cx.module.funcs[func].intrinsic.is_some(),
        Callee::Indirect | Callee::Asm { .. } => false,
    };
    intrinsic && !call.effects.reads && !call.effects.writes
}
