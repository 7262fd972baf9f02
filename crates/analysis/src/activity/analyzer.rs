//! The entry: prepares functions, keeps the summaries of callees, solves contexts.

use super::acts::{Callees, Lower};
use super::graph::Builder;
use super::object::{Object, Objects};
use super::points::{self, is_external};
use super::solve::{self, Prepared, global_is_active};
use super::summarize::{bottom, summarize};
use super::summary::Summary;
use super::{Activity, Context, Options, TypeQuery};
use rustc_hash::FxHashMap;
use rz_diag::{Code, Diagnostic};
use rz_view::{Body, Func, Module, Value};
use std::rc::Rc;

/// Types of a function when its callers are not known.
pub trait TypeSource {
    /// The answers for `func`, which has a body.
    fn types<'a>(&'a self, func: Func) -> Box<dyn TypeQuery + 'a>;
}

/// Activity analysis of a module.
pub struct Analyzer<'a> {
    module: &'a Module,
    types: &'a dyn TypeSource,
    options: Options,
    summaries: FxHashMap<Func, Rc<Summary>>,
}

struct Known<'s> {
    module: &'s Module,
    summaries: &'s FxHashMap<Func, Rc<Summary>>,
}

impl Callees for Known<'_> {
    fn summary(&mut self, func: Func) -> Rc<Summary> {
        self.summaries.get(&func).cloned().unwrap_or_else(|| {
            // Below any real summary: the fixed point of a recursion starts here.
            Rc::new(bottom(self.module, func))
        })
    }
}

impl<'a> Analyzer<'a> {
    /// An analyzer without any summary yet.
    pub fn new(module: &'a Module, types: &'a dyn TypeSource, options: Options) -> Self {
        Self {
            module,
            types,
            options,
            summaries: FxHashMap::default(),
        }
    }

    /// Analyzes a function in a context, with the types of that context.
    pub fn analyze(
        &mut self,
        context: &Context,
        types: &dyn TypeQuery,
    ) -> rz_diag::Result<Activity> {
        let data = &self.module.funcs[context.func];
        let Some(body) = &data.body else {
            return Err(Diagnostic::error(
                Code::NoBody,
                format!("the body of {} is not available", data.name),
            ));
        };
        for callee in super::classify::direct_callees(body) {
            self.summarize(callee);
        }
        let prepared = Rc::new(self.prepare(body, types));
        let solved = solve::solve(self.module, body, &prepared, self.options, context);
        let mut activity = Activity {
            context: context.clone(),
            prepared,
            solved,
            findings: Vec::new(),
        };
        activity.findings = super::findings::findings(self.module, body, &activity);
        Ok(activity)
    }

    /// Analyzes with the types known without the caller.
    pub fn analyze_alone(&mut self, context: &Context) -> rz_diag::Result<Activity> {
        if self.module.funcs[context.func].body.is_none() {
            return self.analyze(context, &NoTypes);
        }
        let types = self.types.types(context.func);
        self.analyze(context, &*types)
    }

    /// The summary of a function with a body.
    pub fn summary(&mut self, func: Func) -> Option<Rc<Summary>> {
        self.summarize(func);
        self.summaries.get(&func).cloned()
    }

    fn prepare(&self, body: &Body, types: &dyn TypeQuery) -> Prepared {
        let mut objects = Objects::new();
        let acts = Lower {
            module: self.module,
            body,
            types,
            objects: &mut objects,
            callees: &mut Known {
                module: self.module,
                summaries: &self.summaries,
            },
        }
        .run();
        let active_global = |g| global_is_active(self.module, self.options, g);
        let points = points::solve(self.module, body, &acts, &mut objects, &active_global);
        let external = |object: Object| is_external(objects.kind(object), active_global);
        let graph = Builder {
            body,
            acts: &acts,
            objects: &objects,
            points: &points,
        }
        .build(&external);
        Prepared {
            acts,
            objects,
            points,
            graph,
        }
    }

    /// Computes the summaries of `root` and of everything it calls, callees first.
    fn summarize(&mut self, root: Func) {
        if self.summaries.contains_key(&root) || self.module.funcs[root].body.is_none() {
            return;
        }
        for component in components(self.module, root, &self.summaries) {
            self.component(&component);
        }
    }

    /// Iterates the summaries of mutually recursive functions until they are stable.
    fn component(&mut self, funcs: &[Func]) {
        loop {
            let mut changed = false;
            for &func in funcs {
                let body = self.module.body(func);
                let types = self.types.types(func);
                let prepared = self.prepare(body, &*types);
                let summary = summarize(self.module, self.options, func, &prepared);
                if self.summaries.get(&func).is_none_or(|old| **old != summary) {
                    self.summaries.insert(func, Rc::new(summary));
                    changed = true;
                }
            }
            let recursive = funcs.len() > 1
                || super::classify::direct_callees(self.module.body(funcs[0]))
                    .any(|callee| callee == funcs[0]);
            if !changed || !recursive {
                return;
            }
        }
    }
}

struct NoTypes;

impl TypeQuery for NoTypes {
    fn value(&self, _: Value) -> super::Carry {
        super::Carry::ANY
    }
    fn memory(&self, _: Value, _: Option<u64>) -> super::Carry {
        super::Carry::ANY
    }
}

/// Strongly connected components of the direct calls from `root`, callees first (Tarjan, iterative).
fn components(module: &Module, root: Func, done: &FxHashMap<Func, Rc<Summary>>) -> Vec<Vec<Func>> {
    struct Frame {
        func: Func,
        callees: Vec<Func>,
        next: usize,
    }
    let callees = |func: Func| -> Vec<Func> {
        super::classify::direct_callees(module.body(func))
            .filter(|&f| module.funcs[f].body.is_some() && !done.contains_key(&f))
            .collect()
    };
    let mut order: FxHashMap<Func, (u32, u32, bool)> = FxHashMap::default();
    let mut out = Vec::new();
    let mut stack = vec![root];
    let mut frames = vec![Frame {
        func: root,
        callees: callees(root),
        next: 0,
    }];
    order.insert(root, (0, 0, true));
    while let Some(frame) = frames.last_mut() {
        let func = frame.func;
        if let Some(&callee) = frame.callees.get(frame.next) {
            frame.next += 1;
            match order.get(&callee) {
                None => {
                    let index = order.len() as u32;
                    order.insert(callee, (index, index, true));
                    stack.push(callee);
                    frames.push(Frame {
                        func: callee,
                        callees: callees(callee),
                        next: 0,
                    });
                }
                Some(&(index, _, true)) => lower(&mut order, func, index),
                Some(_) => {}
            }
            continue;
        }
        frames.pop();
        let (index, low, _) = order[&func];
        if let Some(parent) = frames.last() {
            lower(&mut order, parent.func, low);
        }
        if index == low {
            let at = stack.iter().rposition(|&f| f == func).unwrap_or(0);
            let component = stack.split_off(at);
            for member in &component {
                if let Some(entry) = order.get_mut(member) {
                    entry.2 = false;
                }
            }
            out.push(component);
        }
    }
    out
}

fn lower(order: &mut FxHashMap<Func, (u32, u32, bool)>, func: Func, low: u32) {
    if let Some(entry) = order.get_mut(&func) {
        entry.1 = entry.1.min(low);
    }
}
