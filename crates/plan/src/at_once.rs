//! Calls that are undone at once: forward and reverse of the callee run together, in the forward pass.
//!
//! ```text
//! s += c * f(x, n)      forward: (f, f'), combined, with the adjoint of s times c as its seed
//!                       reverse: c' += the adjoint of s * f
//! ```
//!
//! Such a call returns its result like any other and leaves no tape. Recursion that sums up its parts under
//! factors, as the determinant by minors, needs a tape only as long as it is deep. It is legal when
//!
//! 1. The adjoint of the result is known before the call: it is the seed of the derivative times what is known
//!    then. From the result on there is one use, or one phi of several, that moves a derivative, and whenever
//!    the call has run it runs exactly once, up to the return ([`Known`]).
//! 2. The reverse of the callee only adds to shadows that its caller sees: nothing active is written
//!    but its own variables ([`is_quiet`]). So it does not matter what else is undone before it,
//! 3. but for what takes adjoints away: no active write follows the call in its caller.
//! 4. No argument has an adjoint by value, which would have to be kept.
//!
//! Whatever else the callee writes it writes when the primal does. Only combined derivatives undo calls at
//! once: in others the seed comes with the reverse pass.

use crate::calls::CallKind;
use crate::context::Context;
use crate::memory::Root;
use crate::plan::Split;
use crate::request::{ArgActivity, Derivative, Mode, RetActivity};
use crate::work::Work;
use crate::writers::Writers;
use cranelift_entity::SecondaryMap;
use rustc_hash::FxHashSet;
use rz_view::op::BinaryOp;
use rz_view::ordered::{IndexMap, IndexSet};
use rz_view::{Block, Callee, Inst, Op, Value};
use std::rc::Rc;

/// What is known about an adjoint before the reverse pass: the seed of the derivative, times these.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Known {
    /// Times -1.
    pub negated: bool,
    /// Times these primal values, in this order.
    pub factors: Vec<Value>,
}

/// Steps from a result to the return.
const LONGEST: usize = 64;

/// The calls to undo at once: the key of the derivative that does, and what its seed is.
pub fn choose(
    cx: &Context<'_>,
    work: &Work,
    apart: impl Fn(Inst) -> bool,
    is_quiet: impl Fn(&Derivative) -> bool,
) -> Vec<(Inst, Rc<Derivative>, Known)> {
    let possible = cx.key.mode == Mode::Combined
        && cx.key.ret == RetActivity::Active
        && !cx.runtime_activity
        && !work.splits.is_empty();
    if !possible {
        return Vec::new();
    }
    let uses = cx.body.uses();
    let others = cx.memory.writers();
    let others = others.filter(|&w| !adds_only(work, w, &is_quiet));
    let others = Writers::new(cx.body, cx.shape, others);
    let mut found = Vec::new();
    for (&inst, split) in &work.splits {
        let legal = split.key.mode == Mode::Split
            && split.key.ret == RetActivity::Active
            && !split.key.args.contains(&ArgActivity::Out)
            && apart(inst)
            && is_quiet(&split.key)
            && !others.any_after(cx.body, cx.shape, inst);
        let search = || {
            let mut search = Search {
                cx,
                work,
                uses: &uses,
                call: inst,
                open: Vec::new(),
                steps: 0,
            };
            search.start(cx.body.insts[inst].result?)
        };
        if let Some(known) = legal.then(search).flatten() {
            found.push((inst, Rc::new(combined(split)), known));
        }
    }
    found
}

fn combined(split: &Split) -> Derivative {
    Derivative {
        mode: Mode::Combined,
        primal_return: true,
        overwritten: vec![false; split.key.args.len()],
        globals_overwritten: false,
        ..Derivative::clone(&split.key)
    }
}

/// Condition 3 of one write.
fn adds_only(work: &Work, writer: Inst, is_quiet: &impl Fn(&Derivative) -> bool) -> bool {
    match work.splits.get(&writer) {
        Some(split) => is_quiet(&split.key),
        None => !work.working[writer],
    }
}

/// Condition 2: the reverse of this primal only adds to memory that others know of.
pub fn is_quiet(cx: &Context<'_>, work: &Work, callee: impl Fn(&Derivative) -> bool) -> bool {
    let own = |pointer: Value| {
        let variable = |root: &Root| matches!(root, Root::Local(inst) if matches!(cx.body.insts[*inst].op, Op::Alloca { .. }));
        let roots = cx.memory.roots(pointer);
        !roots.is_empty() && roots.iter().all(variable)
    };
    cx.body.insts.iter().all(|(inst, data)| {
        if let Some(split) = work.splits.get(&inst) {
            return callee(&split.key);
        }
        match (&data.op, work.calls.get(&inst)) {
            (_, Some(CallKind::Rule(rule))) => rule.is_plain(),
            (_, Some(CallKind::Inactive | CallKind::Reduce(_))) => true,
            (_, Some(CallKind::Fill { to, .. } | CallKind::Copy { to, .. })) => own(*to),
            (_, Some(_)) => false,
            (Op::Store(_), _) => !work.working[inst] || own(data.operands[1]),
            (Op::AtomicRmw(..) | Op::CmpXchg(_) | Op::VaArg | Op::Opaque(_), _) => {
                !work.working[inst]
            }
            _ => true,
        }
    })
}

/// What a value's adjoint is, found by going from use to use.
enum Found {
    Known(Known),
    /// That of a phi that is being looked at: once around a loop.
    Again,
}

struct Search<'c, 'a> {
    cx: &'c Context<'a>,
    work: &'c Work,
    uses: &'c SecondaryMap<Value, Vec<(Inst, u32)>>,
    call: Inst,
    /// Phis that are being looked at.
    open: Vec<Value>,
    steps: usize,
}

impl Search<'_, '_> {
    fn start(&mut self, result: Value) -> Option<Known> {
        match self.of(result)? {
            Found::Known(known) => Some(known),
            Found::Again => None,
        }
    }

    fn of(&mut self, value: Value) -> Option<Found> {
        self.steps += 1;
        if self.steps > LONGEST || self.work.has_shadow[value] {
            return None;
        }
        let body = self.cx.body;
        let active = |&&(user, _): &&(Inst, u32)| match body.insts[user].op {
            Op::Phi { .. } => body.insts[user]
                .result
                .is_some_and(|r| self.work.has_adjoint[r]),
            _ => self.work.reverses[user],
        };
        let uses: Vec<(Inst, u32)> = self.uses[value].iter().filter(active).copied().collect();
        let is_phi = |user: Inst| matches!(body.insts[user].op, Op::Phi { .. });
        match uses[..] {
            [(user, operand)] if !is_phi(user) => self.through(value, user, operand),
            [_, ..] if uses.iter().all(|&(user, _)| is_phi(user)) => {
                self.through_phis(value, &uses)
            }
            _ => None,
        }
    }

    /// The only use of `value` that moves its derivative.
    fn through(&mut self, value: Value, user: Inst, operand: u32) -> Option<Found> {
        let data = &self.cx.body.insts[user];
        let from = self.cx.body.insts[self.cx.body.def(value)?].block;
        if data.block != from && !self.is_passed_once(from, data.block) {
            return None;
        }
        let twice = data.operands.iter().filter(|&&v| v == value).count() > 1;
        if twice {
            return None;
        }
        let (negated, factor) = match &data.op {
            Op::Ret => return Some(Found::Known(Known::default())),
            Op::Binary(BinaryOp::FAdd) => (false, None),
            Op::Binary(BinaryOp::FSub) => (operand == 1, None),
            Op::FNeg => (true, None),
            Op::Binary(BinaryOp::FMul) => (false, Some(data.operands[1 - operand as usize])),
            Op::Call(call) => match call.callee {
                Callee::Direct(func) if self.is_multiply_add(func) => match operand {
                    2 => (false, None),
                    _ => (false, Some(data.operands[1 - operand as usize])),
                },
                _ => return None,
            },
            _ => return None,
        };
        let result = data.result?;
        let same = self.cx.body.ty(result) == self.cx.body.ty(value);
        if !same || !factor.is_none_or(|f| self.is_ready(f, data.block)) {
            return None;
        }
        match self.of(result)? {
            Found::Again if negated || factor.is_some() => None,
            Found::Again => Some(Found::Again),
            Found::Known(mut known) => {
                known.negated ^= negated;
                known.factors.extend(factor);
                Some(Found::Known(known))
            }
        }
    }

    fn is_multiply_add(&self, func: rz_view::Func) -> bool {
        let name = self.cx.module.funcs[func].intrinsic.as_deref();
        matches!(name, Some("llvm.fmuladd" | "llvm.fma"))
    }

    /// True when a factor has at the call the value that it has where it is used: it was given, or it is
    /// used in the block of the call and was computed before.
    fn is_ready(&self, factor: Value, block: Block) -> bool {
        let body = self.cx.body;
        let Some(inst) = body.def(factor) else {
            return true;
        };
        let before = self.cx.shape.dom.inst_dominates(body, inst, self.call);
        before && block == body.insts[self.call].block && self.open.is_empty()
    }

    /// Every way from `value` goes through exactly one of the edges that its phis stand for, and whichever it
    /// is the adjoint is the same.
    fn through_phis(&mut self, value: Value, uses: &[(Inst, u32)]) -> Option<Found> {
        let body = self.cx.body;
        let from = body.insts[body.def(value)?].block;
        let mut edges: FxHashSet<(Block, Block)> = FxHashSet::default();
        let mut phis: IndexMap<Value, usize> = IndexMap::default();
        for &(user, operand) in uses {
            let data = &body.insts[user];
            let Op::Phi { blocks } = &data.op else {
                return None;
            };
            if !edges.insert((blocks[operand as usize], data.block)) {
                return None;
            }
            *phis.entry(data.result?).or_default() += 1;
        }
        if !self.is_one_taken(from, &edges) {
            return None;
        }
        let mut all: Option<Known> = None;
        for &phi in phis.keys() {
            if self.open.contains(&phi) {
                continue;
            }
            self.open.push(phi);
            let found = self.of(phi);
            self.open.pop();
            match found? {
                Found::Again => {}
                Found::Known(known) => match &all {
                    Some(other) if *other != known => return None,
                    _ => all = Some(known),
                },
            }
        }
        Some(all.map_or(Found::Again, Found::Known))
    }

    /// True when whoever leaves `from` passes `block` exactly once before `from` again or the return.
    fn is_passed_once(&self, from: Block, block: Block) -> bool {
        let cfg = &self.cx.shape.cfg;
        let missed = self.reached(cfg.succs(from), |_, to| to == block);
        let again = self.reached(cfg.succs(block), |_, to| to == from);
        let exit = self.cx.shape.exit;
        let ends = |b: &Block| *b == from || Some(*b) == exit;
        !missed.iter().any(ends) && !again.contains(&block) && cfg.succs(from) != [] as [Block; 0]
    }

    /// True when whoever leaves `from` takes exactly one of `edges` before `from` again or the return.
    fn is_one_taken(&self, from: Block, edges: &FxHashSet<(Block, Block)>) -> bool {
        let cfg = &self.cx.shape.cfg;
        let exit = self.cx.shape.exit;
        let first: Vec<Block> = cfg.succs(from).to_vec();
        let open: Vec<Block> = first
            .iter()
            .copied()
            .filter(|&to| !edges.contains(&(from, to)))
            .collect();
        let missed = self.reached(&open, |at, to| edges.contains(&(at, to)));
        let again = edges.iter().any(|&(_, to)| {
            to != from && {
                let after = self.reached(&[to], |_, next| next == from);
                edges.iter().any(|(at, _)| after.contains(at))
            }
        });
        let ends = |b: &Block| *b == from || Some(*b) == exit;
        !first.is_empty() && Some(from) != exit && !missed.iter().any(ends) && !again
    }

    /// The blocks that control comes to from `start`, these included, without the edges that `stop` names.
    fn reached(&self, start: &[Block], stop: impl Fn(Block, Block) -> bool) -> IndexSet<Block> {
        // `start` itself may be what stops.
        let origin = Block::from_u32(u32::MAX - 1);
        let open = |&&b: &&Block| !stop(origin, b);
        let mut seen: IndexSet<Block> = start.iter().filter(open).copied().collect();
        let mut next = 0;
        while let Some(&at) = seen.get_index(next) {
            next += 1;
            for &to in self.cx.shape.cfg.succs(at) {
                if !stop(at, to) {
                    seen.insert(to);
                }
            }
        }
        seen
    }
}
