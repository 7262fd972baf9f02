//! Plans all derivatives of a request before the first instruction is written.
//!
//! Facts die with mutation, so everything that will be written for a request is planned first,
//! callees before callers. Within a cycle of the call graph the callee's plan is not known yet; it
//! is then assumed to need everything and to return a tape, which is always sound.

use crate::analyses::Analyses;
use crate::at_once::{self, Known};
use crate::calls::{Allocation, CallKind};
use crate::checkpoint::{self, Obstacle};
use crate::choose;
use crate::combine::{self, Readers};
use crate::context::Context;
use crate::demand;
use crate::explain::Section;
use crate::extent;
use crate::fuse::{self, Fusion};
use crate::guarded;
use crate::heap;
use crate::memory::{Memory, Root};
use crate::plan::{Item, Needs, Plan, Source, Split};
use crate::recompute;
use crate::repeats::Repeats;
use crate::request::{ArgActivity, Caller, Derivative, Mode, RetActivity};
use crate::rerun::Candidate;
use crate::shape::{Reversal, Shape};
use crate::skip;
use crate::steps;
use crate::table;
use crate::tape::{self, Tape};
use crate::unneeded;
use crate::validate::validate;
use crate::work::Work;
use cranelift_entity::SecondaryMap;
use rustc_hash::{FxHashMap, FxHashSet};
use rz_analysis::activity::{Activity, ArgState, Finding};
use rz_diag::{Code, Diagnostic, Position, Result, Severity};
use rz_view::ordered::{IndexMap, IndexSet};
use rz_view::{Block, Body, Facts, Func, Inst, Loop, Module, Op, Type, Value, ValueDef};
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
        let key = table::key(self.module, func, Mode::Split, width).map(Rc::new);
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
                    if !keys.contains(&split.key) {
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

    /// Chooses what runs in the reverse pass only, and decides sources and tape anew; `None`, and
    /// nothing changed, when there is nothing of that kind.
    fn late(
        &mut self,
        cx: &Context<'_>,
        work: &mut Work,
        reversal: &mut Reversal,
        (items, tape): &Settled,
        outermost: bool,
    ) -> Result<Option<Late>> {
        let mut fusions = IndexMap::default();
        // The order of what runs late does not provide for comparing shadows with primals.
        if self.options.fuse && !work.mixed.values().any(|&mixed| mixed) {
            fusions = fuse::choose(cx, work, reversal, items, tape.slots.values());
            // Loops inside others are parts of what runs again.
            fusions.retain(|&id, _| !outermost || cx.shape.loops.get(id).parent.is_none());
        }
        let mut calls = Vec::new();
        if self.options.combine {
            calls = combine::choose(cx, work, items, &fusions, &mut self.readers);
        }
        if fusions.is_empty() && calls.is_empty() {
            return Ok(None);
        }
        let mut lost: IndexSet<Inst> = fusions.values().flat_map(|f| &f.lost).copied().collect();
        let splits = work.splits.clone();
        for (inst, key, dependents) in calls {
            if !self.open.contains(&key) {
                self.plan(key.clone())
                    .map_err(|e| e.at(cx.position(inst)))?;
            }
            let has_tape = false;
            work.splits.insert(inst, Split { key, has_tape });
            lost.insert(inst);
            lost.extend(dependents);
        }
        reversal.fuse(fusions.keys().copied());
        let mut demanded = self.demanded(cx, reversal, work);
        demanded.extend(fusions.iter().flat_map(|(&id, f)| f.items(id)));
        let settled = settle(cx, reversal, demanded)?;
        let slots = settled.1.slots.values();
        if fuse::holds(cx, &fusions, &lost, &settled.0, slots) {
            return Ok(Some(Late {
                settled,
                fusions,
                lost,
                reruns: Vec::new(),
            }));
        }
        reversal.fuse(std::iter::empty());
        work.splits = splits;
        Ok(None)
    }

    /// Chooses loops that run again, and decides sources and tape anew.
    fn rerun(&self, cx: &Context<'_>, work: &Work, reversal: &mut Reversal, late: &mut Late) {
        let mixed = work.mixed.values().any(|&mixed| mixed);
        if !self.options.rerun || mixed || cx.key.mode != Mode::Combined {
            return;
        }
        let slots = late.settled.1.slots.values();
        let candidates = steps::candidates(cx, work, reversal, &late.lost, slots);
        if candidates.is_empty() {
            return;
        }
        let demanded = self.demanded(cx, reversal, work);
        for candidate in candidates {
            let apart = |&other: &Loop| {
                let (a, b) = (Some(other), Some(candidate.id));
                !cx.shape.encloses(a, b) && !cx.shape.encloses(b, a)
            };
            if !late.fusions.keys().all(apart) {
                continue;
            }
            if !late.try_rerun(cx, reversal, &demanded, &candidate, false) {
                reversal.rerun_not(candidate.id);
            }
        }
    }

    /// Saves the states of outermost loops in snapshots; `obstacles` receives why that of others is not possible.
    fn checkpoint(
        &self,
        cx: &Context<'_>,
        work: &Work,
        reversal: &mut Reversal,
        late: &mut Late,
        obstacles: &mut Vec<Diagnostic>,
    ) {
        let mixed = work.mixed.values().any(|&mixed| mixed);
        let demanded = self.demanded(cx, reversal, work);
        for (id, data) in cx.shape.loops.iter() {
            let (slots, nest) = (&late.settled.1.slots, |home| cx.shape.nest(home));
            let taped = slots.values().any(|s| nest(s.home).contains(&id));
            if data.parent.is_some() || !taped || late.fusions.contains_key(&id) {
                continue;
            }
            let found = if mixed {
                Err(Obstacle {
                    why: "shadows are compared with what they are shadows of",
                    at: None,
                })
            } else {
                steps::checkpointable(cx, work, reversal, &late.lost, id)
            };
            let obstacle = match found {
                Err(obstacle) => obstacle,
                Ok(candidate) if late.try_rerun(cx, reversal, &demanded, &candidate, true) => {
                    continue;
                }
                Ok(_) => Obstacle {
                    why: "its state is not known",
                    at: None,
                },
            };
            reversal.rerun_not(id);
            obstacles.push(*checkpoint::not_kept(cx, id, &obstacle));
        }
    }

    /// Chooses calls that are undone in the forward pass, and decides sources and tape anew.
    fn at_once(
        &mut self,
        cx: &Context<'_>,
        work: &mut Work,
        reversal: &Reversal,
        late: &mut Late,
    ) -> Result<IndexMap<Inst, Known>> {
        let mut chosen = IndexMap::default();
        if !self.options.at_once {
            return Ok(chosen);
        }
        let apart = |inst: Inst| {
            let block = cx.body.insts[inst].block;
            let inside = |&l: &Loop| cx.shape.loops.contains(l, block);
            !late.lost.contains(&inst) && !late.fusions.keys().any(inside)
        };
        let found = at_once::choose(cx, work, apart, |k| self.is_quiet(cx.key, k));
        let is_lost = |v: &Value| cx.body.def(*v).is_some_and(|i| late.lost.contains(&i));
        let mut changed = work.clone();
        for (inst, key, known) in found {
            if known.factors.iter().any(is_lost) {
                continue;
            }
            if !self.open.contains(&key) {
                self.plan(key.clone())
                    .map_err(|e| e.at(cx.position(inst)))?;
            }
            let has_tape = false;
            changed.splits.insert(inst, Split { key, has_tape });
            changed.reverses[inst] = false;
            changed.has_adjoint[cx.body.insts[inst].result.expect("it is active")] = false;
            chosen.insert(inst, known);
        }
        if chosen.is_empty() {
            return Ok(chosen);
        }
        let mut demanded = self.demanded(cx, reversal, &changed);
        demanded.extend(late.fusions.iter().flat_map(|(&id, f)| f.items(id)));
        let settled = settle(cx, reversal, demanded)?;
        let slots = settled.1.slots.values();
        if !fuse::holds(cx, &late.fusions, &late.lost, &settled.0, slots)
            || !late.still_runs_again(cx, reversal, &settled)
        {
            return Ok(IndexMap::default());
        }
        late.settled = settled;
        *work = changed;
        Ok(chosen)
    }

    /// [`Plan::quiet`] of a callee of `of`. A plan that is not finished yet is as quiet as the rest of `of` if it
    /// is the same derivative in another form.
    fn is_quiet(&self, of: &Derivative, callee: &Derivative) -> bool {
        let same = |a: &Derivative, b: &Derivative| {
            (a.func, &a.args, a.ret, a.width, &a.caller)
                == (b.func, &b.args, b.ret, b.width, &b.caller)
        };
        match self.done.get(callee) {
            Some(plan) => plan.quiet,
            None => self.open.contains(callee) && same(of, callee),
        }
    }

    /// See [`Plan::frees_outside`]. A plan that is not finished yet may free anything, unless it is
    /// one of the same function; so may what is called through a pointer.
    fn frees_outside(&self, cx: &Context<'_>, work: &Work) -> bool {
        let freed = work.calls.values().filter_map(|kind| match *kind {
            CallKind::Free { ptr } => Some(ptr),
            CallKind::Alloc(Allocation::Resize { old, .. }) => Some(old),
            _ => None,
        });
        let outside = |root: &Root| !matches!(root, Root::Local(_) | Root::ConstantGlobal);
        let through_pointers = |kind: &CallKind| matches!(kind, CallKind::Table { .. });
        work.calls.values().any(through_pointers)
            || freed
                .into_iter()
                .any(|ptr| cx.memory.roots(ptr).iter().any(outside))
            || work
                .splits
                .values()
                .any(|split| match self.done.get(&split.key) {
                    Some(plan) => plan.frees_outside,
                    None => split.key.func != cx.key.func,
                })
    }

    /// Plans every call that is differentiated through its body.
    fn splits(&mut self, cx: &Context<'_>, work: &mut Work) -> Result<()> {
        let bodies: Vec<(Inst, Func)> = work
            .calls
            .iter()
            .filter_map(|(&inst, kind)| match kind {
                CallKind::Body(func) => Some((inst, *func)),
                _ => None,
            })
            .collect();
        for (inst, func) in bodies {
            let key = Rc::new(callee_key(cx, work, inst, func)?);
            let custom = cx.module.funcs[func].custom;
            if custom {
                self.warn_constant_pointers(cx, inst, &key);
            }
            // A registered derivative is not planned: it may need everything, and has a tape.
            let has_tape = if custom || self.open.contains(&key) {
                true
            } else {
                self.plan(key.clone())
                    .map_err(|e| e.at(cx.position(inst)))?
                    .has_tape()
            };
            work.splits.insert(inst, Split { key, has_tape });
        }
        Ok(())
    }

    /// A registered gradient gets a constant pointer as its own shadow, and may write there.
    fn warn_constant_pointers(&mut self, cx: &Context<'_>, inst: Inst, key: &Derivative) {
        let data = &cx.module.funcs[key.func];
        for (index, (param, activity)) in data.params.iter().zip(&key.args).enumerate() {
            if *activity != ArgActivity::Const || !cx.module.types.is_pointer(param.ty) {
                continue;
            }
            let mut warning = Diagnostic::error(
                Code::LostDerivative,
                format!(
                    "argument {index} of {} is constant, so its registered gradient gets the pointer itself as its shadow",
                    data.name
                ),
            )
            .at(cx.position(inst))
            .fix("make sure that the gradient does not write through a shadow that equals its primal");
            warning.severity = Severity::Warning;
            if !self.warnings.contains(&warning) {
                self.warnings.push(*warning);
            }
        }
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

/// Where everything comes from, and the tape.
type Settled = (IndexMap<Item, Source>, Tape);

/// What runs in the reverse pass only, and the decisions that fit it.
struct Late {
    settled: Settled,
    fusions: IndexMap<Loop, Fusion>,
    lost: IndexSet<Inst>,
    /// Loops that run again, with the writes among what does.
    reruns: Vec<(Candidate, FxHashSet<Inst>)>,
}

/// How often sources are decided anew for one loop that may run again: each time more of it has to.
const ROUNDS: usize = 12;

impl Late {
    /// Runs a loop again if that is legal and pays: what has to run depends on what is stored, and the other way. With
    /// `some`, the states of some iterations only are saved, whatever it costs.
    fn try_rerun(
        &mut self,
        cx: &Context<'_>,
        reversal: &mut Reversal,
        demanded: &IndexSet<Item>,
        candidate: &Candidate,
        some: bool,
    ) -> bool {
        let id = candidate.id;
        let mut kept = FxHashSet::default();
        let mut more: IndexSet<Item> = IndexSet::default();
        more.extend(self.fusions.iter().flat_map(|(&id, f)| f.items(id)));
        for _ in 0..ROUNDS {
            reversal.rerun(id, candidate.rereads(cx, &kept));
            if some {
                reversal.checkpoint(id);
            }
            let demanded = demanded.iter().chain(&more).copied().collect();
            let Ok(settled) = settle(cx, reversal, demanded) else {
                return false;
            };
            let slots = || settled.1.slots.values();
            let needs = candidate.needs(cx, reversal, &settled.0, slots(), &kept);
            let Some(mut needs) = needs else {
                return false;
            };
            if some {
                let made = candidate.advance(cx, reversal, &needs, slots());
                let Some((advance, states)) = made else {
                    return false;
                };
                needs.states = states;
                needs.advance = Some(advance);
            }
            let before = self.settled.1.slots.values();
            if !some && !extent::pays(cx, reversal, id, &needs, &before) {
                return false;
            }
            let known = needs.kept.is_subset(&kept) && needs.items(id).all(|i| more.contains(&i));
            if !known {
                kept.extend(&needs.kept);
                more.extend(needs.items(id));
                continue;
            }
            let mut fusion = needs.fusion();
            if let Some(checkpoint) = &mut fusion.checkpoint {
                checkpoint.regions.clone_from(&candidate.regions);
            }
            self.fusions.insert(id, fusion);
            if !fuse::holds(cx, &self.fusions, &self.lost, &settled.0, slots())
                || !self.still_runs_again(cx, reversal, &settled)
            {
                self.fusions.shift_remove(&id);
                return false;
            }
            self.settled = settled;
            self.reruns.push((candidate.clone(), kept));
            return true;
        }
        false
    }

    /// True when what runs again is enough for other decisions about sources.
    fn still_runs_again(&self, cx: &Context<'_>, reversal: &Reversal, settled: &Settled) -> bool {
        self.reruns.iter().all(|(candidate, kept)| {
            let fusion = &self.fusions[&candidate.id];
            let slots = || settled.1.slots.values();
            let needs = candidate.needs(cx, reversal, &settled.0, slots(), kept);
            let id = candidate.id;
            let advances = fusion.checkpoint.iter().all(|checkpoint| {
                let mut saved = slots().filter(|slot| slot.saved && slot.home == Some(id));
                saved.all(|slot| checkpoint.advance.carries(cx, id, slot.item))
            });
            advances
                && needs.is_some_and(|needs| {
                    needs.kept.is_subset(kept)
                        && needs.needed.is_subset(&fusion.needed)
                        && needs.inputs.is_subset(&fusion.inputs)
                        && (needs.states.keys())
                            .all(|s| fusion.again.as_ref().is_some_and(|a| a.contains_key(s)))
                })
        })
    }
}

/// Decides sources and lays out the tape; the tape's own bookkeeping may demand more.
fn settle(cx: &Context<'_>, reversal: &Reversal, mut demanded: IndexSet<Item>) -> Result<Settled> {
    loop {
        let (mut items, stored) = choose::choose(cx, reversal, &demanded)?;
        let (tape, needed) = Tape::new(cx, reversal, &stored);
        if needed.iter().all(|item| items.contains_key(item)) {
            items.extend(tape::sources(&tape));
            return Ok((items, tape));
        }
        demanded.extend(needed);
    }
}

/// The derivative of `func` that the call `inst` needs.
fn callee_key(cx: &Context<'_>, work: &Work, inst: Inst, func: Func) -> Result<Derivative> {
    let internal = || {
        Diagnostic::error(Code::Internal, "an active call without a context").at(cx.position(inst))
    };
    let activity = cx.activity.call_activity(inst).ok_or_else(internal)?;
    let custom = cx.module.funcs[func].custom;
    let types = match cx.types.callee(inst).cloned() {
        // Registered derivatives are told apart by activity alone.
        _ if custom => None,
        Some(known) => Some(known),
        // Type analysis was asked to stay outside.
        None => Some(rz_analysis::types::Context::unknown(cx.module, func)),
    };
    let params = cx.module.funcs[func].params.len();
    let arguments = &cx.body.call_args(inst)[..params];
    for (state, &arg) in activity.args.iter().zip(arguments) {
        if matches!(state, ArgState::Dup { .. }) && work.has_adjoint[arg] {
            return Err(Diagnostic::error(
                Code::UnsupportedType,
                "an argument that holds both pointers and active floats cannot be differentiated",
            )
            .at(cx.position(inst))
            .note(format!("in function {}", cx.name()))
            .fix("pass the fields as separate arguments, or the struct by address"));
        }
    }
    let mixed = cx.body.insts[inst]
        .result
        .is_some_and(|r| work.has_shadow[r] && work.has_adjoint[r]);
    if custom && mixed {
        return Err(Diagnostic::error(
            Code::UnsupportedType,
            "a registered gradient returns both pointers and active floats",
        )
        .at(cx.position(inst))
        .note(format!("in function {}", cx.name()))
        .fix("return one of them through memory"));
    }
    let args = activity.args[..params]
        .iter()
        .map(|state| match state {
            ArgState::Const => ArgActivity::Const,
            ArgState::Active => ArgActivity::Out,
            ArgState::Dup { .. } => ArgActivity::Dup,
        })
        .collect();
    let ret = match cx.body.insts[inst].result {
        Some(_) if mixed => RetActivity::Both,
        Some(result) if work.has_shadow[result] => RetActivity::Dup,
        Some(result) if work.has_adjoint[result] => RetActivity::Active,
        _ => RetActivity::Const,
    };
    let is_pointer = |v: &rz_view::Value| work.pointer_bytes.contains_key(v);
    Ok(Derivative {
        func,
        mode: Mode::Split,
        overwritten: arguments
            .iter()
            .map(|&arg| is_pointer(&arg) && cx.memory.overwritten_after(inst, arg))
            .collect(),
        globals_overwritten: cx.memory.anything_after(inst),
        repeatable: cx.key.repeatable,
        once: cx.key.once,
        args,
        ret,
        primal_return: true,
        width: cx.key.width,
        caller: types.map(|types| {
            Rc::new(Caller {
                types,
                args: activity.args[..params].to_vec(),
            })
        }),
    })
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
