//! Plans all derivatives of a request before the first instruction is written.
//!
//! Facts die with mutation, so everything that will be written for a request is planned first,
//! callees before callers. Within a cycle of the call graph the callee's plan is not known yet; it
//! is then assumed to need everything and to return a tape, which is always sound.

mod callees;
mod late;

use crate::analyses::Analyses;
use crate::at_once;
use crate::calls::CallKind;
use crate::checkpoint;
use crate::combine::Readers;
use crate::context::Context;
use crate::demand;
use crate::explain::Section;
use crate::guarded;
use crate::heap;
use crate::memory::Memory;
use crate::plan::{Item, Needs, Plan, Source};
use crate::recompute;
use crate::repeats::Repeats;
use crate::request::{Derivative, Mode};
use crate::shape::{Reversal, Shape};
use crate::skip;
use crate::table;
use crate::unneeded;
use crate::validate::validate;
use crate::work::Work;
use cranelift_entity::SecondaryMap;
use late::{Late, settle};
use rustc_hash::{FxHashMap, FxHashSet};
use rz_analysis::activity::{Activity, Finding};
use rz_diag::{Code, Diagnostic, Position, Result, Severity};
use rz_view::ordered::{IndexMap, IndexSet};
use rz_view::{Block, Body, Facts, Func, Inst, Module, Op, Type, Value, ValueDef};
use std::cell::OnceCell;
use std::rc::Rc;

/// Which choices a planner may make; each can be switched off to see what it is worth.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Options {
    /// Run iterations in the reverse pass where that is invisible ([`crate::fuse`]).
    pub fuse: bool,
    /// Run calls in the reverse pass where that is invisible ([`crate::combine`]).
    pub combine: bool,
    /// Undo calls directly after they ran where their adjoint is known ([`crate::at_once`]).
    pub at_once: bool,
    /// Keep what repeats in a loop once for all its iterations ([`crate::repeats`]).
    pub repeats: bool,
    /// Save what iterations start from and run them again, where that takes less ([`crate::rerun`]).
    pub rerun: bool,
    /// Do not undo loops on whose results nothing depends ([`crate::skip`]).
    pub skip: bool,
    /// Say of integers on the tape what they can be ([`crate::tape`]).
    pub ranges: bool,
    /// A shadow equal to its primal means inactive, so the reverse pass compares them.
    pub runtime_activity: bool,
    /// Bytes that the tape of a combined derivative may take ([`crate::checkpoint`]).
    pub budget: Option<u64>,
    /// Refuse derivatives that allocate memory.
    pub no_alloc: bool,
    /// What is called through tables may be undone several times on one tape.
    pub tables_undo_again: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            fuse: true,
            combine: true,
            at_once: true,
            repeats: true,
            rerun: true,
            skip: true,
            ranges: true,
            runtime_activity: false,
            budget: None,
            no_alloc: false,
            tables_undo_again: false,
        }
    }
}

/// Plans derivatives, memoized.
pub struct Planner<'a> {
    options: Options,
    readers: Readers,
    module: &'a Module,
    facts: &'a dyn Facts,
    analyses: Analyses<'a>,
    done: FxHashMap<Rc<Derivative>, Rc<Plan>>,
    open: FxHashSet<Rc<Derivative>>,
    warnings: Vec<Diagnostic>,
    /// Functions whose addresses need shadows, and what the entries of their tables wrap.
    tables: IndexMap<Func, Result<Rc<Derivative>>>,
    /// What is called through pointers: result and parameters.
    called: Vec<(Type, Vec<Type>)>,
}

impl<'a> Planner<'a> {
    /// A planner over `module`.
    pub fn new(module: &'a Module, facts: &'a dyn Facts, analyses: Analyses<'a>) -> Self {
        Self {
            options: Options::default(),
            readers: Readers::default(),
            module,
            facts,
            analyses,
            done: FxHashMap::default(),
            open: FxHashSet::default(),
            warnings: Vec::new(),
            tables: IndexMap::default(),
            called: Vec::new(),
        }
    }

    /// The same planner, restricted to some choices.
    #[must_use]
    pub fn with(mut self, options: Options) -> Self {
        self.options = options;
        self
    }

    /// Plans `key` and everything it calls.
    pub fn plan(&mut self, key: Rc<Derivative>) -> Result<Rc<Plan>> {
        if let Some(plan) = self.done.get(&key) {
            return Ok(plan.clone());
        }
        let outermost = self.open.is_empty();
        self.open.insert(key.clone());
        let made = self.make(&key);
        self.open.remove(&key);
        let plan = Rc::new(made?);
        self.done.insert(key, plan.clone());
        if outermost {
            self.check_tables()?;
        }
        if outermost && self.options.no_alloc {
            self.check_heap(&plan, &mut FxHashSet::default())?;
        }
        Ok(plan)
    }

    /// Refuses a plan that needs the heap, itself or in what it calls.
    fn check_heap(&self, plan: &Plan, seen: &mut FxHashSet<Rc<Derivative>>) -> Result<()> {
        if !seen.insert(plan.key.clone()) {
            return Ok(());
        }
        heap::check(self.module, plan)?;
        let callees = plan
            .splits
            .values()
            .filter_map(|split| self.done.get(&split.key));
        callees
            .into_iter()
            .try_for_each(|callee| self.check_heap(callee, seen))
    }

    /// What the entries of the table of `func` wrap; `None` when there is no such table.
    pub fn table(&self, func: Func) -> Option<&Rc<Derivative>> {
        self.tables.get(&func)?.as_ref().ok()
    }

    /// Plans the table of `func`, whose address needs a shadow. A function that cannot be
    /// differentiated matters only if a call may be one of it.
    pub fn plan_table(&mut self, func: Func, width: u32) -> Result<()> {
        if let Some(known) = self.tables.get(&func) {
            return known.clone().map(|_| ());
        }
        let key = table::key(self.module, func, Mode::Split, width).map(|key| {
            let repeatable = self.options.tables_undo_again;
            Rc::new(Derivative { repeatable, ..key })
        });
        self.tables.insert(func, key.clone());
        let made = key.and_then(|key| {
            let types = self.analyses.types(&key);
            table::check_params(self.module, self.module.body(key.func), &types, func)?;
            if !self.open.contains(&key) {
                self.plan(key.clone())?;
            }
            Ok(key)
        });
        let outcome = made.clone().map(|_| ());
        self.tables.insert(func, made);
        outcome
    }

    fn check_tables(&self) -> Result<()> {
        for (&func, table) in &self.tables {
            let Err(error) = table else { continue };
            let data = &self.module.funcs[func];
            let fits = |(ret, params): &(Type, Vec<Type>)| {
                *ret == data.ret && params.iter().eq(data.params.iter().map(|p| &p.ty))
            };
            if self.called.iter().any(fits) {
                let note = format!(
                    "the address of {} is taken, and an active call of its type goes through a pointer",
                    data.name
                );
                return Err(error.clone().note(note));
            }
        }
        Ok(())
    }

    /// Plans the tables of all functions whose addresses need shadows in a primal.
    fn tables_of(&mut self, cx: &Context<'_>, work: &Work) {
        for (&inst, kind) in &work.calls {
            if let CallKind::Table { .. } = kind {
                let args = cx.body.call_args(inst).iter();
                let called = (
                    cx.body.insts[inst].ty,
                    args.map(|&v| cx.body.ty(v)).collect(),
                );
                if !self.called.contains(&called) {
                    self.called.push(called);
                }
            }
        }
        let mut found = Vec::new();
        for value in cx.body.values.keys().filter(|&v| work.has_shadow[v]) {
            table::functions_in(self.module, cx.body, value, &mut found);
        }
        for func in found {
            // Reported at the end, if it matters.
            let _ = self.plan_table(func, cx.key.width);
        }
    }

    /// The finished plan of `key`, if there is one.
    pub fn planned(&self, key: &Derivative) -> Option<Rc<Plan>> {
        self.done.get(key).cloned()
    }

    /// Explains `key` and every derivative its plan calls, as far as planning came.
    pub fn explain(&mut self, key: &Rc<Derivative>) -> Vec<Section> {
        let mut keys = vec![key.clone()];
        let mut sections = Vec::new();
        while let Some(key) = keys.get(sections.len()).cloned() {
            let plan = self.planned(&key);
            if let Some(plan) = &plan {
                for split in plan.splits.values() {
                    // What is registered has no plan, and perhaps no body that anybody looked at.
                    let custom = self.module.funcs[split.key.func].custom;
                    if !custom && !keys.contains(&split.key) {
                        keys.push(split.key.clone());
                    }
                }
            }
            let section = self.analyses.explain(self.module, &key, plan.as_deref());
            sections.push(section);
        }
        sections
    }

    /// Where the convention itself loses derivatives, in everything that was planned.
    pub fn warnings(&self) -> &[Diagnostic] {
        &self.warnings
    }

    /// Takes note of what activity found. That something is lost in an argument is said of the arguments of
    /// the request only: for others the caller's analysis has proved that nothing is.
    fn hear(&mut self, body: &Body, activity: &Activity) {
        let requested = self.open.len() == 1;
        for finding in activity.findings() {
            if matches!(finding, Finding::LostInArgument { .. }) && !requested {
                continue;
            }
            let diagnostic = *finding.diagnostic(self.module, body, activity);
            if diagnostic.severity == Severity::Warning && !self.warnings.contains(&diagnostic) {
                self.warnings.push(diagnostic);
            }
        }
    }

    /// The plan of `key`: within the budget if that is possible.
    fn make(&mut self, key: &Rc<Derivative>) -> Result<Plan> {
        let requested = key.caller.is_none() && key.mode == Mode::Combined;
        let plan = self.make_for(key, None)?;
        match self.options.budget.filter(|_| requested) {
            Some(budget) => self.within(key, plan, budget),
            None => Ok(plan),
        }
    }

    /// `plan`, or one that keeps snapshots where it does not fit `budget`.
    fn within(&mut self, key: &Rc<Derivative>, plan: Plan, budget: u64) -> Result<Plan> {
        let body = self.module.body(key.func);
        let least = plan.tape_bytes(body);
        if least.is_some_and(|bytes| bytes <= budget) {
            return Ok(plan);
        }
        let mut obstacles = Vec::new();
        let mut smaller = self.make_for(key, Some(&mut obstacles))?;
        let checkpointed = smaller.fusions.values().any(|f| f.checkpoint.is_some());
        let least = if checkpointed {
            smaller.least_budget(body)
        } else {
            least
        };
        if let Some(least) = least.filter(|&least| least > budget) {
            let name = &self.module.funcs[key.func].name;
            let mut insts = body.insts.values().filter_map(|data| data.loc.as_ref());
            let at = insts.next().map(|loc| Position {
                file: loc.file.to_string(),
                line: loc.line,
                column: loc.column,
            });
            return Err(checkpoint::too_small(name, budget, least, at));
        }
        self.warnings.extend(obstacles);
        if !checkpointed {
            return Ok(plan);
        }
        smaller.share(budget);
        Ok(smaller)
    }

    /// A plan of `key`. With a list for what is in the way, states of outermost loops are saved in snapshots.
    fn make_for(
        &mut self,
        key: &Rc<Derivative>,
        budget: Option<&mut Vec<Diagnostic>>,
    ) -> Result<Plan> {
        let body = self.module.funcs[key.func].body.as_ref().ok_or_else(|| {
            Diagnostic::error(
                Code::NoBody,
                format!("no body for function {}", self.module.funcs[key.func].name),
            )
        })?;
        let shape = Shape::new(body)?;
        let types = self.analyses.types(key);
        let activity = self.analyses.activity(key, &types)?;
        self.hear(body, &activity);
        let memory = Memory::new(self.module, body, &shape, self.facts, key);
        let cx = Context {
            module: self.module,
            body,
            key,
            shape: &shape,
            facts: self.facts,
            types: &types,
            activity: &activity,
            memory: &memory,
            repeats: self.options.repeats.then(Repeats::default),
            ranges: self.options.ranges,
            runtime_activity: self.options.runtime_activity,
            uses: OnceCell::new(),
        };
        let mut work = Work::new(&cx)?;
        self.splits(&cx, &mut work)?;
        self.tables_of(&cx, &work);
        let mut reversal = reversal(&cx, &work)?;
        let demanded = self.demanded(&cx, &reversal, &work);
        let settled = settle(&cx, &reversal, demanded)?;
        let late = self.late(&cx, &mut work, &mut reversal, &settled, budget.is_some())?;
        let mut late = late.unwrap_or_else(|| Late {
            settled,
            fusions: IndexMap::default(),
            lost: IndexSet::default(),
            reruns: Vec::new(),
        });
        if let Some(obstacles) = budget {
            self.checkpoint(&cx, &work, &mut reversal, &mut late, obstacles);
        }
        self.rerun(&cx, &work, &mut reversal, &mut late);
        let quiet = at_once::is_quiet(&cx, &work, |k| self.is_quiet(key, k));
        let at_once = self.at_once(&cx, &mut work, &reversal, &mut late)?;
        let mut skips = IndexMap::default();
        if self.options.skip {
            skips = skip::choose(&cx, &work, &reversal);
        }
        let Late {
            settled: (items, tape),
            fusions,
            mut lost,
            ..
        } = late;
        lost.extend(unneeded::stores(&cx));
        let plan = Plan {
            key: key.clone(),
            reversal,
            frees_outside: self.frees_outside(&cx, &work),
            own_frees: callees::own_frees(&cx, &work),
            needs: needs(key, body, &items),
            bases: bases(&cx, &items),
            items,
            slots: tape.slots,
            loops: tape.loops,
            fusions,
            lost,
            at_once,
            quiet,
            skips,
            guarded: guarded::choose(&cx, &work),
            has_adjoint: work.has_adjoint,
            has_shadow: work.has_shadow,
            mixed: work.mixed,
            working: work.working,
            reverses: work.reverses,
            rules: work.rules,
            maskings: work.maskings,
            calls: work.calls,
            splits: work.splits,
            segments: work.segments,
            pointer_bytes: work.pointer_bytes,
            stores: work.stores,
            blocks: work.blocks,
            shape: shape.clone(),
        };
        if cfg!(debug_assertions)
            && let Err(broken) = validate(&cx, &plan)
        {
            return Err(
                Diagnostic::error(Code::Internal, "an invalid plan was made")
                    .note(format!("in function {}: {broken}", cx.name())),
            );
        }
        Ok(plan)
    }

    /// Everything the reverse pass uses directly.
    fn demanded(&self, cx: &Context<'_>, reversal: &Reversal, work: &Work) -> IndexSet<Item> {
        let needs_of = |inst: Inst| self.needs_of(&work.splits[&inst].key);
        demand::all(cx, reversal, work, &needs_of)
    }

    /// What the reverse function of `key` must be given; everything while it is being planned.
    fn needs_of(&self, key: &Derivative) -> Needs {
        match self.done.get(key) {
            Some(plan) => plan.needs.clone(),
            None => Needs {
                primal: vec![true; key.args.len()],
                shadow: vec![true; key.args.len()],
            },
        }
    }
}

fn reversal(cx: &Context<'_>, work: &Work) -> Result<Reversal> {
    let mut works: SecondaryMap<Block, bool> = SecondaryMap::new();
    let mut splits: SecondaryMap<Block, bool> = SecondaryMap::new();
    for (inst, data) in &cx.body.insts {
        if matches!(data.op, Op::Phi { .. }) {
            splits[data.block] |= work.has_adjoint[data.result.expect("a phi has a result")];
        } else {
            works[data.block] |= work.reverses[inst];
        }
    }
    Reversal::new(cx.shape, &|b| works[b], &|b| splits[b])
}

/// Where shadows of phis are recomputed from.
fn bases(cx: &Context<'_>, items: &IndexMap<Item, Source>) -> FxHashMap<Value, Value> {
    let repeated = items.iter().filter(|(_, s)| **s == Source::Recompute);
    repeated
        .filter_map(|(item, _)| match *item {
            Item::Shadow(v) => {
                let inst = cx.body.def(v)?;
                let phi = matches!(cx.body.insts[inst].op, Op::Phi { .. });
                Some((v, phi.then(|| recompute::shadow_base(cx, v))??))
            }
            _ => None,
        })
        .collect()
}

fn needs(key: &Derivative, body: &Body, items: &IndexMap<Item, Source>) -> Needs {
    let mut needs = Needs {
        primal: vec![false; key.args.len()],
        shadow: vec![false; key.args.len()],
    };
    for (item, source) in items {
        if *source != Source::Free {
            continue;
        }
        match *item {
            Item::Primal(v) => {
                if let ValueDef::Param(index) = body.values[v].def {
                    needs.primal[index as usize] = true;
                }
            }
            Item::Shadow(v) => {
                if let ValueDef::Param(index) = body.values[v].def {
                    needs.shadow[index as usize] = true;
                }
            }
            _ => {}
        }
    }
    needs
}
