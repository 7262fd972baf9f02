//! The entry: prepares functions, keeps the summaries of callees, solves contexts.

use super::acts::{Callees, Lower};
use super::converted::Converted;
use super::graph::Builder;
use super::object::{Object, Objects};
use super::points::{self, is_external};
use super::solve::{self, Prepared, global_is_active};
use super::summarize::{bottom, summarize};
use super::summary::Summary;
use super::{Activity, Context, Finding, Options, TypeContext, TypeQuery};
use rustc_hash::FxHashMap;
use rz_diag::{Code, Diagnostic};
use rz_view::{Func, Inst, Module, Value};
use std::rc::Rc;

/// Types of functions in the contexts they are called in.
pub trait TypeSource {
    /// The answers for the function of `context`, which has a body.
    fn types<'a>(&'a self, context: &TypeContext) -> Box<dyn TypeQuery + 'a>;
}

/// Activity analysis of a module.
pub struct Analyzer<'a> {
    module: &'a Module,
    types: &'a dyn TypeSource,
    options: Options,
    summaries: Summaries,
    converted: Converted,
}

/// What a function does depends on what its memory holds: a routine that moves words carries a
/// derivative where the words are floats. So each context of types has a summary of its own.
type Summaries = FxHashMap<TypeContext, Rc<Summary>>;

struct Known<'s> {
    module: &'s Module,
    types: &'s dyn TypeQuery,
    summaries: &'s Summaries,
    inactive_declarations: bool,
}

impl Callees for Known<'_> {
    fn inactive_declarations(&self) -> bool {
        self.inactive_declarations
    }

    fn summary(&mut self, call: Inst, func: Func) -> Rc<Summary> {
        let context = called(self.module, self.types, call, func);
        self.summaries.get(&context).cloned().unwrap_or_else(|| {
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
            converted: Converted::new(module),
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
        for (call, callee) in super::classify::direct_calls(body) {
            self.summarize(called(self.module, types, call, callee));
        }
        let prepared = Rc::new(self.prepare(context.func, types));
        let solved = solve::solve(self.module, body, &prepared, self.options, context);
        let mut activity = Activity {
            context: context.clone(),
            prepared,
            solved,
            findings: Vec::new(),
        };
        activity.findings = super::findings::findings(self.module, body, &activity);
        let options = self.options;
        activity.findings.retain(|finding| match finding {
            Finding::LostInGlobal { .. } => !options.declared_globals,
            Finding::MissingShadow { .. } => !options.runtime_activity,
            Finding::LostInForeign { .. }
            | Finding::LostInArgument { .. }
            | Finding::LostInException { .. }
            | Finding::BareFunction { .. } => true,
        });
        Ok(activity)
    }

    /// Analyzes with the types known without the caller.
    pub fn analyze_alone(&mut self, context: &Context) -> rz_diag::Result<Activity> {
        if self.module.funcs[context.func].body.is_none() {
            return self.analyze(context, &NoTypes);
        }
        let types = self
            .types
            .types(&TypeContext::unknown(self.module, context.func));
        self.analyze(context, &*types)
    }

    /// The summary of a function with a body whose callers are not known.
    pub fn summary(&mut self, func: Func) -> Option<Rc<Summary>> {
        let context = TypeContext::unknown(self.module, func);
        self.summarize(context.clone());
        self.summaries.get(&context).cloned()
    }

    fn prepare(&self, func: Func, types: &dyn TypeQuery) -> Prepared {
        let body = self.module.body(func);
        let mut objects = Objects::new();
        let acts = Lower {
            module: self.module,
            func,
            body,
            types,
            objects: &mut objects,
            converted: &self.converted,
            callees: &mut Known {
                module: self.module,
                types,
                summaries: &self.summaries,
                inactive_declarations: self.options.inactive_declarations,
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
    fn summarize(&mut self, root: TypeContext) {
        if self.summaries.contains_key(&root) || self.module.funcs[root.func].body.is_none() {
            return;
        }
        for component in components(self.module, root, self.types, &self.summaries) {
            self.component(&component);
        }
    }

    /// Iterates the summaries of mutually recursive functions until they are stable.
    fn component(&mut self, contexts: &[TypeContext]) {
        loop {
            let mut changed = false;
            let mut recursive = contexts.len() > 1;
            for context in contexts {
                let types = self.types.types(context);
                let prepared = self.prepare(context.func, &*types);
                let summary = summarize(self.module, self.options, context.func, &prepared);
                let known = self.summaries.get(context);
                if known.is_none_or(|old| **old != summary) {
                    self.summaries.insert(context.clone(), Rc::new(summary));
                    changed = true;
                }
                recursive |= callees(self.module, &*types, context.func).contains(&contexts[0]);
            }
            if !changed || !recursive {
                return;
            }
        }
    }
}

/// The context a call calls its callee in.
fn called(module: &Module, types: &dyn TypeQuery, call: Inst, func: Func) -> TypeContext {
    let context = types.callee(call).filter(|context| context.func == func);
    context.unwrap_or_else(|| TypeContext::unknown(module, func))
}

/// The contexts of the functions with bodies that `func` calls directly.
fn callees(module: &Module, types: &dyn TypeQuery, func: Func) -> Vec<TypeContext> {
    super::classify::direct_calls(module.body(func))
        .filter(|&(_, callee)| module.funcs[callee].body.is_some())
        .map(|(call, callee)| called(module, types, call, callee))
        .collect()
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
fn components(
    module: &Module,
    root: TypeContext,
    source: &dyn TypeSource,
    done: &Summaries,
) -> Vec<Vec<TypeContext>> {
    struct Frame {
        context: TypeContext,
        callees: Vec<TypeContext>,
        next: usize,
    }
    let enter = |context: TypeContext| {
        let types = source.types(&context);
        let mut callees = callees(module, &*types, context.func);
        callees.retain(|callee| !done.contains_key(callee));
        Frame {
            context,
            callees,
            next: 0,
        }
    };
    let mut order: FxHashMap<TypeContext, (u32, u32, bool)> = FxHashMap::default();
    let mut out = Vec::new();
    order.insert(root.clone(), (0, 0, true));
    let mut stack = vec![root.clone()];
    let mut frames = vec![enter(root)];
    while let Some(frame) = frames.last_mut() {
        if let Some(callee) = frame.callees.get(frame.next).cloned() {
            frame.next += 1;
            match order.get(&callee) {
                None => {
                    let index = order.len() as u32;
                    order.insert(callee.clone(), (index, index, true));
                    stack.push(callee.clone());
                    frames.push(enter(callee));
                }
                Some(&(index, _, true)) => lower(&mut order, &frame.context, index),
                Some(_) => {}
            }
            continue;
        }
        let Some(Frame { context, .. }) = frames.pop() else {
            break;
        };
        let (index, low, _) = order[&context];
        if let Some(parent) = frames.last() {
            lower(&mut order, &parent.context, low);
        }
        if index == low {
            let at = stack.iter().rposition(|c| *c == context).unwrap_or(0);
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

fn lower(order: &mut FxHashMap<TypeContext, (u32, u32, bool)>, context: &TypeContext, index: u32) {
    if let Some(entry) = order.get_mut(context) {
        entry.1 = entry.1.min(index);
    }
}
