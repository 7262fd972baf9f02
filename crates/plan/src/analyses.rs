//! Types and activity of a derivative's primal, in the context of its caller.

use crate::explain::{Section, section};
use crate::plan::Plan;
use crate::request::{ArgActivity, Derivative, RetActivity};
use rz_analysis::activity::{self, Activity, Analyzer, ArgState, Typed};
use rz_analysis::types::{FuncTypes, TypeAnalysis};
use rz_diag::Result;
use rz_view::Module;
use std::rc::Rc;

/// The analyses of one module.
pub struct Analyses<'a> {
    types: &'a TypeAnalysis<'a>,
    analyzer: Analyzer<'a>,
}

impl<'a> Analyses<'a> {
    /// Analyses over `module`, whose types `types` solves.
    pub fn new(
        module: &'a Module,
        types: &'a TypeAnalysis<'a>,
        options: activity::Options,
    ) -> Self {
        Self {
            types,
            analyzer: Analyzer::new(module, types, options),
        }
    }

    /// Explains the derivative `key`, whose plan is `plan` when there is one.
    pub fn explain(&mut self, module: &Module, key: &Derivative, plan: Option<&Plan>) -> Section {
        let types = self.types(key);
        let activity = self.activity(key, &types);
        section(module, key, &types, &activity, plan)
    }

    /// Types of the primal of `key`.
    pub fn types(&self, key: &Derivative) -> Rc<FuncTypes<'a>> {
        match &key.caller {
            Some(caller) => self.types.solve(caller.types.clone()),
            None => self.types.root(key.func),
        }
    }

    /// Activity of the primal of `key`.
    pub fn activity(&mut self, key: &Derivative, types: &Rc<FuncTypes<'a>>) -> Result<Activity> {
        let args = match &key.caller {
            Some(caller) => caller.args.clone(),
            None => key.args.iter().map(|&a| state(a)).collect(),
        };
        let context = activity::Context {
            func: key.func,
            args,
            ret: key.ret != RetActivity::Const,
        };
        self.analyzer.analyze(&context, &Typed(types.clone()))
    }
}

fn state(activity: ArgActivity) -> ArgState {
    match activity {
        ArgActivity::Const => ArgState::Const,
        ArgActivity::Out => ArgState::Active,
        ArgActivity::Dup | ArgActivity::DupNoNeed => ArgState::DUP,
    }
}
