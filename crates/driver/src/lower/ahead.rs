//! Requests that reach the same functions are written together, before any of them is lowered.
//!
//! ```text
//! gradient of f ─┐                    ribozyme.gradient.f ─┐
//!                ├─ both call g   →                        ├─ both call ribozyme.augmented.g, ribozyme.reverse.g
//! gradient of h ─┘                    ribozyme.gradient.h ─┘
//! ```
//!
//! One import, one planner and one session serve them, so a derivative of a callee is made once for all that want the
//! same: the planner's key ([`rz_plan::Derivative`]) says what that is, as it does within one request. Only requests
//! that agree in everything that is no part of that key go together.
//!
//! Nothing is refused here. What cannot be written in company is written alone when its request is lowered, where a
//! refusal has its place; so is what needs more of the module than functions and their bodies.

use super::{Lowering, derive};
use crate::addresses;
use crate::derive::{Derived, Reached, Wish};
use crate::explain;
use crate::hold::reach;
use crate::locate::{self, Site};
use crate::options::Options;
use crate::pointers;
use crate::request::Entry;
use crate::resolve;
use rustc_hash::{FxHashMap, FxHashSet};
use rz_diag::Diagnostic;
use rz_llvm::Function;

/// What was written for a wish before its request is lowered.
pub(super) struct Ahead {
    pub(super) derived: Derived,
    /// Warnings about derivatives that the convention loses.
    pub(super) lost: Vec<Diagnostic>,
}

/// A wish that may be granted in company.
struct Candidate {
    wish: Wish,
    options: Options,
    /// Everything that the primal calls.
    callees: Vec<Function>,
}

/// Wishes that go together.
struct Group {
    options: Options,
    wishes: Vec<Wish>,
}

impl Lowering<'_> {
    /// Writes what requests in `functions` want, as far as they have callees in common.
    pub(super) fn write_ahead(&mut self, functions: &[Function]) {
        // An explanation is about one request.
        if explain::is_wanted(self.options.print) {
            return;
        }
        let sites: Vec<Site> = (functions.iter())
            .flat_map(|&function| locate::requests_in(function))
            .filter(|site| site.entry.differentiates())
            .collect();
        if sites.len() < 2 {
            return;
        }
        let mut candidates: Vec<Candidate> = Vec::new();
        let mut seen = FxHashSet::default();
        for site in sites {
            if let Some(candidate) = self.candidate(site)
                && seen.insert(candidate.wish.clone())
            {
                candidates.push(candidate);
            }
        }
        for candidate in &mut candidates {
            // Preparing the others may have inlined something.
            let primal = candidate.wish.primal;
            candidate.callees = callees(primal, candidate.wish.mode);
        }
        for group in groups(candidates) {
            self.write_group(&group);
        }
    }

    /// What `site` wants, its primal prepared.
    fn candidate(&mut self, site: Site) -> Option<Candidate> {
        let index = site.function_operand();
        if index >= site.call.arg_count() || !site.entry.is_supported() {
            return None;
        }
        let operand = site.call.operand(index);
        let targets = resolve::functions(self.module, operand).ok()?;
        let &[target] = targets.as_slice() else {
            return None;
        };
        let other = matches!(site.entry, Entry::VirtualReverse | Entry::Batch);
        if other || target.is_declaration() || target.ty().is_varargs() {
            return None;
        }
        let options = self
            .options_of(site.call.function(), self.is_again())
            .ok()?;
        let mut bound = self.bind(site, target, &options).ok()?;
        if bound.request.budget.is_some() {
            return None;
        }
        let mode = bound.wish().mode;
        bound.primal = self.held.hold(target);
        self.held.complete(bound.primal);
        let primal = bound.primal;
        if self.recorded.contains(&primal) || !is_simple(&reach(primal, mode)) {
            return None;
        }
        pointers::resolve(&self.passes, &mut self.held, primal, mode).ok()?;
        self.reached(primal, mode).ok()?;
        Some(Candidate {
            wish: bound.wish(),
            options,
            callees: Vec::new(),
        })
    }

    fn write_group(&mut self, group: &Group) {
        let mut functions = Vec::new();
        let mut seen = FxHashSet::default();
        for wish in &group.wishes {
            // All of it is prepared; this finds what preparing has brought to light.
            let Ok(reached) = self.reached(wish.primal, wish.mode) else {
                return;
            };
            if !reached.stand_ins.is_empty() {
                return;
            }
            functions.extend(reached.functions.into_iter().filter(|&f| seen.insert(f)));
        }
        let reached = Reached {
            functions,
            stand_ins: Vec::new(),
        };
        let written = derive::together(&self.passes, &group.options, &group.wishes, &reached);
        for (index, derived, lost) in written.unwrap_or_default() {
            let wish = group.wishes[index].clone();
            self.ahead.insert(wish, Ahead { derived, lost });
        }
    }
}

/// True where nothing but `functions` and their bodies counts: no requests inside, no tables of functions.
fn is_simple(functions: &[Function]) -> bool {
    addresses::taken(functions).is_empty()
        && (functions.iter()).all(|&function| locate::requests_in(function).is_empty())
}

fn callees(primal: Function, mode: rz_plan::Mode) -> Vec<Function> {
    let reached = reach(primal, mode).into_iter();
    reached.filter(|&function| function != primal).collect()
}

/// Parts the candidates into groups of at least two that have callees in common.
fn groups(candidates: Vec<Candidate>) -> Vec<Group> {
    let mut kinds: Vec<Vec<Candidate>> = Vec::new();
    for candidate in candidates {
        match kinds.iter_mut().find(|kind| candidate.fits(&kind[0])) {
            Some(kind) => kind.push(candidate),
            None => kinds.push(vec![candidate]),
        }
    }
    kinds.into_iter().flat_map(connected).collect()
}

/// Parts candidates that fit into those that have callees in common, directly or not.
fn connected(kind: Vec<Candidate>) -> Vec<Group> {
    let mut set: Vec<usize> = (0..kind.len()).collect();
    let mut first: FxHashMap<Function, usize> = FxHashMap::default();
    for (index, candidate) in kind.iter().enumerate() {
        for &callee in &candidate.callees {
            let other = *first.entry(callee).or_insert(index);
            let (a, b) = (find(&mut set, index), find(&mut set, other));
            set[a.max(b)] = a.min(b);
        }
    }
    let mut groups: Vec<Option<Group>> = (0..kind.len()).map(|_| None).collect();
    for (index, candidate) in kind.into_iter().enumerate() {
        let options = candidate.options;
        let group = groups[find(&mut set, index)].get_or_insert_with(|| Group {
            options,
            wishes: Vec::new(),
        });
        group.wishes.push(candidate.wish);
    }
    (groups.into_iter().flatten())
        .filter(|group| group.wishes.len() > 1)
        .collect()
}

/// The representative of a set, with the path to it halved.
fn find(set: &mut [usize], mut at: usize) -> usize {
    while set[at] != at {
        set[at] = set[set[at]];
        at = set[at];
    }
    at
}

impl Candidate {
    /// Both agree in what is no part of the key of a derivative.
    fn fits(&self, other: &Self) -> bool {
        let apart = |wish: &Wish| Wish {
            primal: other.wish.primal,
            args: Vec::new(),
            ret: other.wish.ret,
            primal_return: false,
            overwritten: Vec::new(),
            ..wish.clone()
        };
        self.options == other.options && apart(&self.wish) == apart(&other.wish)
    }
}
