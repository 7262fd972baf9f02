//! The interprocedural fixed point: a worklist over contexts.
//!
//! A context is a function with what its caller knows about arguments and result. Every function
//! is first solved with nothing known (its *summary*, true for every call), then per context; the
//! summary keeps the number of passing contexts small. Facts a callee finds about its arguments
//! and result flow back into all its callers; facts about global variables flow everywhere.
//!
//! Invariant: facts only grow, trees are bounded, and past [`MAX_CONTEXTS`] contexts of one function
//! its summary answers, so the worklist ends. Fewer facts are always sound: they are errors, never guesses.

use super::build::Builder;
use super::exchange::{Extractor, apply, apply_value};
use super::graph::{Graph, Place, Reason, Source};
use super::recursion::{MAX_TOLD, Recursion, bounded};
use super::regions::NO_END;
use super::targets::Targets;
use super::tree::{Tree, Trees};
use cranelift_entity::{PrimaryMap, SecondaryMap, entity_impl};
use rustc_hash::FxHashMap;
use rz_view::op::Callee;
use rz_view::ordered::IndexSet;
use rz_view::{Func, Global, Inst, Module, Type, TypeKind, Value};
use std::rc::Rc;

/// Contexts kept per function, not counting those that were given up for better ones.
pub(crate) const MAX_CONTEXTS: u32 = 32;
/// Contexts made for a function at all: where calls go round, giving contexts up has no other end.
const MAX_MADE: u32 = 2 * MAX_CONTEXTS;

/// A context's number.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct ContextId(u32);
entity_impl!(ContextId, "context");

/// A function with what its caller knows.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Context {
    /// The function.
    pub func: Func,
    /// One tree per parameter.
    pub args: Vec<Tree>,
    /// What is known about the result.
    pub ret: Tree,
}

impl Context {
    /// Nothing is known.
    pub fn unknown(module: &Module, func: Func) -> Self {
        Self {
            func,
            args: vec![Tree::unknown(); module.funcs[func].params.len()],
            ret: Tree::unknown(),
        }
    }
}

pub(crate) struct ContextData<'m> {
    pub(crate) context: Context,
    summary: bool,
    pub(crate) state: Option<Rc<Builder<'m>>>,
    args_out: Vec<Tree>,
    ret_out: Tree,
    /// How often those changed.
    told: u32,
    users: IndexSet<ContextId>,
    /// The first context of a recursive call that asked for it.
    above: Option<ContextId>,
    /// Asked for from outside.
    root: bool,
    /// Some call, or someone outside, is in this context now.
    live: bool,
    queued: bool,
    pub(crate) callees: FxHashMap<Inst, ContextId>,
}

/// All contexts and what is known about global variables.
pub(crate) struct Solver<'m> {
    module: &'m Module,
    /// Some function has a C++ name.
    cpp: bool,
    recursion: Recursion,
    pub(crate) contexts: PrimaryMap<ContextId, ContextData<'m>>,
    ids: FxHashMap<(Context, bool), ContextId>,
    per_func: SecondaryMap<Func, u32>,
    made: SecondaryMap<Func, u32>,
    globals: FxHashMap<Global, GlobalTypes>,
    global_users: FxHashMap<Global, Vec<ContextId>>,
    work: Vec<ContextId>,
    /// What calls through pointers may call.
    targets: Targets,
}

impl<'m> Solver<'m> {
    pub(crate) fn new(module: &'m Module) -> Self {
        Self {
            module,
            cpp: module.funcs.values().any(|f| f.name.starts_with("_Z")),
            recursion: Recursion::new(module),
            contexts: PrimaryMap::new(),
            ids: FxHashMap::default(),
            per_func: SecondaryMap::new(),
            made: SecondaryMap::new(),
            globals: FxHashMap::default(),
            global_users: FxHashMap::default(),
            work: Vec::new(),
            targets: Targets::new(module),
        }
    }

    /// Solves `context` and everything it needs.
    pub(crate) fn solve(&mut self, trees: &mut Trees, context: Context) -> ContextId {
        let id = self.intern(context, false);
        self.contexts[id].root = true;
        while let Some(next) = self.work.pop() {
            self.contexts[next].queued = false;
            if self.contexts[next].live {
                self.process(trees, next);
            }
        }
        id
    }

    fn intern(&mut self, mut context: Context, summary: bool) -> ContextId {
        let (now, ever) = (self.per_func[context.func], self.made[context.func]);
        if !summary && (now >= MAX_CONTEXTS || ever >= MAX_MADE) {
            let known = self.ids.get(&(context.clone(), false));
            if known.is_none() {
                context = Context::unknown(self.module, context.func);
            }
        }
        self.per_func[context.func] += 1;
        if let Some(&id) = self.ids.get(&(context.clone(), summary)) {
            if std::mem::replace(&mut self.contexts[id].live, true) {
                self.per_func[context.func] -= 1;
            } else {
                self.enqueue(id);
            }
            return id;
        }
        self.made[context.func] += 1;
        let id = self.contexts.push(ContextData {
            args_out: context.args.clone(),
            ret_out: context.ret.clone(),
            context: context.clone(),
            summary,
            state: None,
            told: 0,
            users: IndexSet::default(),
            above: None,
            root: false,
            live: true,
            queued: false,
            callees: FxHashMap::default(),
        });
        self.ids.insert((context, summary), id);
        self.enqueue(id);
        id
    }

    fn enqueue(&mut self, id: ContextId) {
        if !std::mem::replace(&mut self.contexts[id].queued, true) {
            self.work.push(id);
        }
    }

    fn process(&mut self, trees: &mut Trees, id: ContextId) {
        let state = self.contexts[id].state.take();
        let mut builder = match state {
            Some(state) => Rc::try_unwrap(state).unwrap_or_else(|shared| (*shared).clone()),
            None => self.start(id),
        };
        self.read_globals(&mut builder);
        builder.settle();
        let (below, contexts) = (self.work.len(), self.contexts.len());
        loop {
            let before = builder.graph.version;
            if !self.contexts[id].summary {
                self.calls(trees, id, &mut builder, true);
                builder.settle();
            }
            let summary = self.contexts[id].summary;
            self.calls(trees, id, &mut builder, summary);
            builder.settle();
            if builder.graph.version == before {
                break;
            }
        }
        let fresh = self.contexts.len() > contexts;
        self.write_globals(trees, id, &builder);
        self.publish(trees, id, &builder);
        self.contexts[id].state = Some(Rc::new(builder));
        // Callees that are new lie above `below` on the stack and go first, then this context again.
        if fresh && !std::mem::replace(&mut self.contexts[id].queued, true) {
            self.work.insert(below, id);
        }
    }

    fn start(&mut self, id: ContextId) -> Builder<'m> {
        let context = self.contexts[id].context.clone();
        let mut builder = Builder::run(self.module, context.func, self.cpp);
        let bytes = self.module.pointer_bytes;
        for (index, (&param, tree)) in builder.body.params.iter().zip(&context.args).enumerate() {
            let why = Reason {
                source: Source::Param(index as u32),
                rule: "what the caller passes",
            };
            apply_value(&mut builder.graph, builder.reprs[param], tree, why, bytes);
        }
        let why = Reason {
            source: Source::Return,
            rule: "what the caller does with the result",
        };
        apply_value(&mut builder.graph, builder.ret, &context.ret, why, bytes);
        let globals: Vec<Global> = builder.globals.keys().copied().collect();
        for global in globals {
            self.global_users.entry(global).or_default().push(id);
            initial(&mut builder, global);
        }
        builder.settle_first();
        builder
    }

    /// Exchanges facts with the callee of every call.
    fn calls(
        &mut self,
        trees: &mut Trees,
        id: ContextId,
        builder: &mut Builder<'m>,
        summary: bool,
    ) {
        for index in 0..builder.calls.len() {
            let inst = builder.calls[index];
            let why = Builder::reason(inst, "what the callee does with it");
            let (args, ret) = match builder.body.insts[inst].op.call().map(|c| &c.callee) {
                Some(&Callee::Direct(func)) => {
                    self.direct(trees, id, builder, inst, (func, summary))
                }
                Some(Callee::Indirect) => self.indirect(trees, id, builder, inst),
                _ => continue,
            };
            let bytes = self.module.pointer_bytes;
            for (&arg, tree) in builder.body.call_args(inst).iter().zip(&args) {
                apply_value(&mut builder.graph, builder.reprs[arg], tree, why, bytes);
            }
            if let Some(result) = builder.body.insts[inst].result {
                apply_value(&mut builder.graph, builder.reprs[result], &ret, why, bytes);
            }
        }
    }

    /// What the callee of `inst` says about arguments and result, in the context of the call or, for a summary, in none.
    fn direct(
        &mut self,
        trees: &mut Trees,
        id: ContextId,
        builder: &Builder<'m>,
        inst: Inst,
        (func, summary): (Func, bool),
    ) -> (Vec<Tree>, Tree) {
        let context = if summary {
            Context::unknown(self.module, func)
        } else {
            let context = call_context(trees, builder, inst, func);
            self.suitable(trees, id, context)
        };
        let callee = self.intern(context, summary);
        self.contexts[callee].users.insert(id);
        let recursive = self.recursion.is_recursive(builder.func, func);
        if recursive && callee != id {
            self.contexts[callee].above.get_or_insert(id);
        }
        // What a context asks of summaries besides is for good.
        if summary == self.contexts[id].summary
            && let Some(old) = self.contexts[id].callees.insert(inst, callee)
            && old != callee
        {
            self.release(id, old);
        }
        let data = &self.contexts[callee];
        if recursive && data.told > MAX_TOLD {
            return (Vec::new(), Tree::unknown());
        }
        (data.args_out.clone(), data.ret_out.clone())
    }

    /// What all functions say that `inst` may call through a pointer.
    fn indirect(
        &mut self,
        trees: &mut Trees,
        id: ContextId,
        builder: &Builder<'m>,
        inst: Inst,
    ) -> (Vec<Tree>, Tree) {
        let (mut args, mut rets) = (vec![Vec::new(); builder.body.call_args(inst).len()], vec![]);
        for func in self.targets.of(builder, inst).to_vec() {
            let callee = self.intern(Context::unknown(self.module, func), true);
            self.contexts[callee].users.insert(id);
            let data = &self.contexts[callee];
            for (all, arg) in args.iter_mut().zip(&data.args_out) {
                all.push(arg.clone());
            }
            rets.push(data.ret_out.clone());
        }
        let args = args.iter().map(|all| trees.agreed(all)).collect();
        (args, trees.agreed(&rets))
    }

    /// The context to use for a call in `user` that knows `context`.
    fn suitable(&self, trees: &mut Trees, user: ContextId, context: Context) -> Context {
        let func = context.func;
        let caller = self.contexts[user].context.func;
        if !self.recursion.is_recursive(caller, func) {
            return context;
        }
        let mut seen = IndexSet::default();
        let mut next = Some(user);
        while let Some(id) = next.filter(|&id| seen.insert(id)) {
            next = self.contexts[id].above;
        }
        let above = seen.iter().map(|&id| &self.contexts[id].context);
        let above: Vec<&Context> = above.filter(|c| c.func == func).collect();
        bounded(self.module, trees, context, &above)
    }

    /// A call of `user` is no longer in context `old`, because more is known about its arguments.
    fn release(&mut self, user: ContextId, old: ContextId) {
        let mut work = vec![(user, old)];
        while let Some((user, old)) = work.pop() {
            if self.contexts[user].callees.values().any(|&c| c == old) {
                continue;
            }
            let data = &mut self.contexts[old];
            data.users.shift_remove(&user);
            if data.live && !data.root && data.users.is_empty() {
                data.live = false;
                data.state = None;
                self.per_func[data.context.func] -= 1;
                let callees = std::mem::take(&mut data.callees);
                work.extend(callees.into_values().map(|callee| (old, callee)));
            }
        }
    }

    fn publish(&mut self, trees: &mut Trees, id: ContextId, builder: &Builder<'m>) {
        let mut extractor = Extractor::new(&builder.graph, trees, self.module.pointer_bytes);
        let params = &builder.body.params;
        let args: Vec<Tree> = params
            .iter()
            .map(|&p| extractor.value(builder, p))
            .collect();
        let ret = extractor.repr(
            self.module,
            self.module.funcs[builder.func].ret,
            builder.ret,
        );
        let data = &mut self.contexts[id];
        if data.args_out == args && data.ret_out == ret {
            return;
        }
        data.args_out = args;
        data.ret_out = ret;
        data.told += 1;
        for user in data.users.clone() {
            self.enqueue(user);
        }
    }

    fn read_globals(&mut self, builder: &mut Builder<'m>) {
        let globals: Vec<_> = builder.globals.iter().map(|(&g, &p)| (g, p)).collect();
        for (global, place) in globals {
            if let Some(known) = self.globals.get(&global) {
                let why = global_reason(global);
                apply(
                    &mut builder.graph,
                    place,
                    &known.tree,
                    why,
                    self.module.pointer_bytes,
                );
            }
        }
    }

    fn write_globals(&mut self, trees: &mut Trees, id: ContextId, builder: &Builder<'m>) {
        let bytes = self.module.pointer_bytes;
        for (&global, &place) in &builder.globals {
            let tree = Extractor::new(&builder.graph, trees, bytes).place(place);
            let known = self.globals.entry(global).or_insert_with(GlobalTypes::new);
            if known.tree == tree {
                continue;
            }
            let why = global_reason(global);
            apply(&mut known.graph, known.place, &tree, why, bytes);
            let tree = Extractor::new(&known.graph, trees, bytes).place(known.place);
            if known.tree == tree {
                continue;
            }
            known.tree = tree;
            for user in self.global_users.get(&global).cloned().unwrap_or_default() {
                if user != id {
                    self.enqueue(user);
                }
            }
        }
    }
}

/// What all functions together say about a global variable.
struct GlobalTypes {
    graph: Graph,
    place: Place,
    tree: Tree,
}

impl GlobalTypes {
    fn new() -> Self {
        let mut graph = Graph::new(0);
        let place = graph.new_place();
        Self {
            graph,
            place,
            tree: Tree::unknown(),
        }
    }
}

fn global_reason(global: Global) -> Reason {
    Reason {
        source: Source::Global(global),
        rule: "use of a global variable",
    }
}

/// The context of a call as the caller knows it now.
fn call_context(trees: &mut Trees, builder: &Builder<'_>, inst: Inst, func: Func) -> Context {
    let module = builder.module;
    let extractor = Extractor::new(&builder.graph, trees, module.pointer_bytes);
    let mut extractor = extractor.with_hints();
    let params = module.funcs[func].params.len();
    let passed = builder.body.call_args(inst).iter().take(params);
    let mut args: Vec<Tree> = passed
        .map(|&v: &Value| extractor.value(builder, v))
        .collect();
    args.resize(params, Tree::unknown());
    let result = builder.body.insts[inst].result;
    let ret = result.map_or_else(Tree::unknown, |v| extractor.value(builder, v));
    Context { func, args, ret }
}

/// Float and pointer leaves of a defined global's type: the initializer is of that type.
fn initial(builder: &mut Builder<'_>, global: Global) {
    let data = &builder.module.globals[global];
    let place = builder.globals[&global];
    let why = Reason {
        source: Source::Global(global),
        rule: "type of the initializer",
    };
    let at = Spot {
        place,
        base: 0,
        end: NO_END,
    };
    state_initial(builder, data.ty, at, why);
    builder.layout_at(place, data.ty);
}

fn state_initial(builder: &mut Builder<'_>, ty: Type, at: Spot, why: Reason) {
    let types = &builder.module.types;
    match types.kind(ty) {
        TypeKind::Array { elem, len } if *len > 1 => {
            let (elem, len) = (*elem, *len);
            let stride = types.alloc_size(elem);
            let bytes = i64::try_from(stride.saturating_mul(len)).unwrap_or(NO_END);
            if stride == 0 {
                return;
            }
            if at.place.stride != 0 && at.place.stride.cast_signed() != bytes {
                // An array that is only a part of the elements of another one.
                for index in 0..len.min(64) {
                    let base = at.base + (index * stride) as i64;
                    state_initial(builder, elem, Spot { base, ..at }, why);
                }
                return;
            }
            let end = if at.place.stride == 0 { bytes } else { at.end };
            let place = at.place.plus(at.base).every(stride);
            state_initial(
                builder,
                elem,
                Spot {
                    place,
                    base: 0,
                    end,
                },
                why,
            );
        }
        TypeKind::Array { elem, len: 1 } => state_initial(builder, *elem, at, why),
        TypeKind::Struct { fields, .. } if fields.len() <= 256 => {
            for field in fields {
                let base = at.base + field.offset as i64;
                state_initial(builder, field.ty, Spot { base, ..at }, why);
            }
        }
        TypeKind::Float(_) | TypeKind::Pointer { .. } | TypeKind::Vector { .. }
            if at.place.stride == 0 || at.place.stride >= types.store_size(ty) =>
        {
            let Spot { place, base, end } = at;
            builder.state_type(ty, why, &mut |g, k| g.at_until(place, base + k as i64, end));
        }
        _ => {}
    }
}

/// Where a part of an initializer lies.
#[derive(Clone, Copy)]
struct Spot {
    place: Place,
    base: i64,
    end: i64,
}
