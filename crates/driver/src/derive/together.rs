//! Derivatives for several requests at once: callees that they have in common are planned, written and simplified once.

use super::{
    Derived, Judge, Reached, Wish, choices, finished, fix_seed, flags, globals_of, imported, key,
    not_imported, types, written,
};
use crate::cleanup::callees_first;
use crate::hold::reach;
use crate::options::Options;
use crate::passes::Passes;
use rustc_hash::FxHashSet;
use rz_analysis::activity::Analyzer;
use rz_analysis::types::TypeAnalysis;
use rz_diag::{Code, Diagnostic, Result};
use rz_import::{Imported, LlvmFacts};
use rz_llvm::{Analyses, Function};
use rz_plan::{Derivative, Mode, Planner};
use rz_synth::Session;
use rz_synth::forward::Forward;
use rz_view::Func;
use std::rc::Rc;

/// What was written for one of several wishes: its index, its derivative, warnings about what the convention loses.
type Granted = (usize, Derived, Vec<Diagnostic>);

/// Writes derivatives for `wishes`, which differ in nothing but what is part of the key of a derivative, and simplifies
/// them. Those that are refused are left out; after any other trouble nothing that was written stays.
pub(crate) fn together(
    passes: &Passes,
    options: &Options,
    wishes: &[Wish],
    reached: &Reached,
) -> Result<Vec<Granted>> {
    let write = || write(passes.analyses(), options, wishes, reached);
    finished(passes, options, reached, write, |granted| {
        for &(index, derived, _) in granted {
            fix_seed(&wishes[index], derived);
        }
        granted.iter().map(|(_, d, _)| d.roots()).collect()
    })
}

fn write(
    analyses: Analyses,
    options: &Options,
    wishes: &[Wish],
    reached: &Reached,
) -> Result<Vec<Granted>> {
    let Some(first) = wishes.first() else {
        return Ok(Vec::new());
    };
    let imported = imported(analyses, reached, first.mode);
    let func = |wish: &Wish| imported.func_id(wish.primal).ok_or_else(not_imported);
    let funcs: Vec<Func> = wishes.iter().map(func).collect::<Result<_>>()?;
    let group = Group {
        analyses,
        options,
        wishes,
        funcs,
        imported: &imported,
    };
    match first.mode {
        Mode::Forward => group.forward(&reached.functions),
        Mode::Combined | Mode::Split => group.reverse(),
    }
}

/// Wishes and what they are about.
struct Group<'a> {
    analyses: Analyses,
    options: &'a Options,
    wishes: &'a [Wish],
    /// The primal of each.
    funcs: Vec<Func>,
    imported: &'a Imported,
}

impl Group<'_> {
    fn types(&self) -> TypeAnalysis<'_> {
        types(&self.imported.module, Judge::Types, self.funcs.clone())
    }

    fn key(&self, index: usize) -> Derivative {
        key(&self.wishes[index], self.funcs[index])
    }

    fn reverse(&self) -> Result<Vec<Granted>> {
        let types = self.types();
        let (wish, module) = (&self.wishes[0], &self.imported.module);
        let facts = LlvmFacts::for_requests(self.imported, self.analyses, self.wishes.len());
        let plans = rz_plan::Analyses::new(module, &types, globals_of(self.options, wish));
        let mut planner = Planner::new(module, &facts, plans).with(choices(self.options, wish));
        let mut planned = Vec::new();
        for index in 0..self.wishes.len() {
            let key = Rc::new(self.key(index));
            let told = planner.warnings().len();
            if module.funcs[key.func].custom || planner.plan(key.clone()).is_ok() {
                planned.push((index, key, planner.warnings()[told..].to_vec()));
            }
        }
        let mut session = Session::new(self.imported, planner).with(flags(self.options, wish));
        let mut granted = Vec::new();
        for (index, key, lost) in planned {
            granted.push((index, written(&mut session, &key)?, lost));
        }
        alone_if(session.makes_shadows())?;
        Ok(granted)
    }

    fn forward(&self, functions: &[Function]) -> Result<Vec<Granted>> {
        let types = self.types();
        let (wish, module) = (&self.wishes[0], &self.imported.module);
        let activity = Analyzer::new(module, &types, globals_of(self.options, wish));
        let flags = flags(self.options, wish);
        let mut forward = Forward::new(self.imported, &types, activity, flags);
        let mut granted = Vec::new();
        for index in requested_first(self.wishes, functions) {
            let told = forward.warnings().len();
            if let Ok(function) = forward.derivative(&self.key(index)) {
                let lost = forward.warnings()[told..].to_vec();
                granted.push((index, Derived::Whole(function), lost));
            }
        }
        alone_if(forward.makes_shadows())?;
        Ok(granted)
    }
}

/// In forward mode the derivative of a request and that of a call may be the same, and only the request asks whether
/// something is lost in arguments. So what others call is written first, and left alone where that is not possible.
fn requested_first(wishes: &[Wish], functions: &[Function]) -> Vec<usize> {
    let primals: Vec<Function> = wishes.iter().map(|wish| wish.primal).collect();
    let mut calls: FxHashSet<Function> = FxHashSet::default();
    let mut order = Vec::new();
    for primal in callees_first(functions, &primals) {
        if calls.contains(&primal) {
            continue;
        }
        let own = (0..wishes.len()).filter(|&index| wishes[index].primal == primal);
        let before = order.len();
        order.extend(own);
        if order.len() > before {
            calls.extend(reach(primal, Mode::Forward));
        }
    }
    order
}

/// Each request clears the shadows that its session made, so a session that made some serves one request.
fn alone_if(makes_shadows: bool) -> Result<()> {
    if makes_shadows {
        let error = Diagnostic::error(Code::Internal, "shadows of variables are one request's");
        return Err(error);
    }
    Ok(())
}
