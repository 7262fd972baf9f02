//! Which objects a pointer may point to: inclusion-based, flow-insensitive, sets of bounded size.
//!
//! Nodes are the function's values, the contents of each object, and a few temporaries. A set that
//! outgrows [`CAP`] is collapsed by making its objects one, which keeps the analysis sound and
//! near-linear. Objects outside the function (parameters' memory, active globals, unknown memory)
//! may be one another: an address stored into one of them may be loaded from any ([`Points::escape`]).

use super::acts::{Act, Acts, CallSite};
use super::object::{Object, ObjectKind, Objects};
use super::summary::Port;
use rz_view::{Body, Constant, Module, Value, ValueDef};
use smallvec::SmallVec;

/// Objects in one set before they are collapsed.
pub(crate) const CAP: usize = 24;

pub(crate) type Set = SmallVec<[u32; 2]>;

/// The solved sets.
#[derive(Clone, Debug)]
pub(crate) struct Points {
    values: usize,
    /// Sorted; may name merged objects.
    sets: Vec<Set>,
    /// Per call: per argument, the node of everything behind the pointers stored in its memory.
    pub(crate) reach: Vec<Vec<Option<u32>>>,
    /// `(node, object)`: what the node points to is stored into this outside object.
    pub(crate) direct: Vec<(u32, u32)>,
    /// The node of addresses stored outside.
    escape: u32,
    /// The node of the function's result.
    result: u32,
    contents: u32,
}

impl Points {
    /// The objects `value` may point to, representatives, each once.
    pub(crate) fn of(&self, objects: &Objects, value: Value) -> SmallVec<[Object; 4]> {
        self.node(objects, value.as_u32())
    }

    /// What pointers stored in `object` point to.
    pub(crate) fn contents(&self, objects: &Objects, object: Object) -> SmallVec<[Object; 4]> {
        self.node(objects, self.contents + objects.find(object).0)
    }

    /// Objects whose address was stored outside the function.
    pub(crate) fn escaped(&self, objects: &Objects) -> SmallVec<[Object; 4]> {
        self.node(objects, self.escape)
    }

    /// What the returned pointer points to.
    pub(crate) fn result(&self, objects: &Objects) -> SmallVec<[Object; 4]> {
        self.node(objects, self.result)
    }

    pub(crate) fn node(&self, objects: &Objects, node: u32) -> SmallVec<[Object; 4]> {
        let mut list: SmallVec<[Object; 4]> = self.sets[node as usize]
            .iter()
            .map(|&o| objects.find(Object(o)))
            .collect();
        list.sort_unstable();
        list.dedup();
        list
    }

    pub(crate) fn values(&self) -> usize {
        self.values
    }
}

/// Which objects lie outside the function.
pub(crate) fn is_external(
    kind: ObjectKind,
    active_global: impl Fn(rz_view::Global) -> bool,
) -> bool {
    match kind {
        ObjectKind::Unknown | ObjectKind::Memory(_) | ObjectKind::Reach(_) => true,
        ObjectKind::Global(g) => active_global(g),
        ObjectKind::Foreign
        | ObjectKind::Alloca(_)
        | ObjectKind::Heap(_)
        | ObjectKind::Fresh(_)
        | ObjectKind::Func(_) => false,
    }
}

/// Builds and solves the constraints.
pub(crate) struct Solver<'a> {
    pub(crate) objects: &'a mut Objects,
    pub(crate) sets: Vec<Set>,
    pub(crate) pending: Vec<Set>,
    pub(crate) crowded: Vec<bool>,
    pub(crate) queue: Vec<u32>,
    pub(crate) copies: Vec<Set>,
    pub(crate) edges: rustc_hash::FxHashSet<(u32, u32)>,
    pub(crate) loads: Vec<Set>,
    pub(crate) stores: Vec<Set>,
    pub(crate) external: Vec<bool>,
    pub(crate) direct: rustc_hash::FxHashSet<(u32, u32)>,
    /// Nodes of what unknown functions move between their arguments. It never makes inactive memory
    /// active, because a call that is given active memory is refused; so it need not be followed to
    /// other objects outside.
    pub(crate) quiet: rustc_hash::FxHashSet<u32>,
    pub(crate) worklist: Vec<u32>,
    pub(crate) contents: u32,
    pub(crate) escape: u32,
    pub(crate) result: u32,
}

/// Solves `acts` of `body`. All objects must have been added to `objects`.
pub(crate) fn solve(
    module: &Module,
    body: &Body,
    acts: &Acts,
    objects: &mut Objects,
    active_global: &dyn Fn(rz_view::Global) -> bool,
) -> Points {
    for (index, &param) in body.params.iter().enumerate() {
        if acts.carry[param.as_u32() as usize].pointers {
            objects.add(ObjectKind::Memory(index as u32));
            objects.add(ObjectKind::Reach(index as u32));
        }
    }
    add_constants(body, acts, objects);
    add_globals_behind(module, objects);
    let values = body.values.len();
    let contents = values as u32;
    let escape = contents + objects.len() as u32;
    let external = objects
        .iter()
        .map(|(_, kind)| is_external(kind, active_global))
        .collect();
    let mut solver = Solver {
        objects,
        sets: Vec::new(),
        pending: Vec::new(),
        crowded: Vec::new(),
        queue: Vec::new(),
        copies: Vec::new(),
        edges: rustc_hash::FxHashSet::default(),
        loads: Vec::new(),
        stores: Vec::new(),
        external,
        direct: rustc_hash::FxHashSet::default(),
        quiet: rustc_hash::FxHashSet::default(),
        worklist: Vec::new(),
        contents,
        escape,
        result: escape + 1,
    };
    solver.grow(escape as usize + 2);
    solver.outside(module, active_global);
    solver.entry(body, acts);
    for &(_, act) in &acts.list {
        solver.act(act, acts);
    }
    let reach = acts.calls.iter().map(|call| solver.call(call)).collect();
    solver.run();
    solver.orphans(body, acts);
    let mut direct: Vec<(u32, u32)> = solver.direct.into_iter().collect();
    direct.sort_unstable();
    Points {
        values,
        sets: solver.sets,
        reach,
        direct,
        escape,
        result: escape + 1,
        contents,
    }
}

/// Adds the objects constants name.
fn add_constants(body: &Body, acts: &Acts, objects: &mut Objects) {
    for (value, data) in &body.values {
        if let ValueDef::Const(constant) = &data.def
            && acts.carry[value.as_u32() as usize].pointers
        {
            match constant {
                Constant::Global(g) => _ = objects.add(ObjectKind::Global(*g)),
                Constant::Func(f) | Constant::BlockAddress(f) => {
                    objects.add(ObjectKind::Func(*f));
                }
                _ => {}
            }
        }
    }
    for call in &acts.calls {
        let ports = call.summary.flows.iter().chain(&call.summary.pointers);
        for port in ports.flat_map(|&(a, b)| [a, b]) {
            match port {
                Port::Global(g) => _ = objects.add(ObjectKind::Global(g)),
                Port::Func(f) => _ = objects.add(ObjectKind::Func(f)),
                _ => {}
            }
        }
    }
}

/// Adds what constant globals point to, transitively.
fn add_globals_behind(module: &Module, objects: &mut Objects) {
    let mut next = 0;
    while next < objects.len() {
        if let ObjectKind::Global(g) = objects.kind(Object(next as u32))
            && module.globals[g].has_fixed_addresses()
        {
            for (_, behind) in &module.globals[g].contents.globals {
                objects.add(ObjectKind::Global(behind.global));
            }
            for &(_, func) in &module.globals[g].contents.functions {
                objects.add(ObjectKind::Func(func));
            }
        }
        next += 1;
    }
}

impl Solver<'_> {
    fn grow(&mut self, len: usize) {
        self.sets.resize(len, Set::new());
        self.pending.resize(len, Set::new());
        self.crowded.resize(len, false);
        self.copies.resize(len, Set::new());
        self.loads.resize(len, Set::new());
        self.stores.resize(len, Set::new());
    }

    fn temp(&mut self) -> u32 {
        let node = self.sets.len() as u32;
        self.grow(node as usize + 1);
        node
    }

    pub(crate) fn inside(&self, object: Object) -> u32 {
        self.contents + object.0
    }

    /// Contents of objects outside, as they are when the function starts.
    fn outside(&mut self, module: &Module, active_global: &dyn Fn(rz_view::Global) -> bool) {
        for (object, kind) in self.objects.clone().iter() {
            let inside = self.inside(object);
            match kind {
                ObjectKind::Unknown | ObjectKind::Foreign | ObjectKind::Reach(_) => {
                    self.point(inside, object);
                }
                ObjectKind::Memory(i) => {
                    let reach = self.objects.add(ObjectKind::Reach(i));
                    self.point(inside, reach);
                }
                ObjectKind::Global(g) => self.global(module, object, g, active_global(g)),
                ObjectKind::Func(_)
                | ObjectKind::Alloca(_)
                | ObjectKind::Heap(_)
                | ObjectKind::Fresh(_) => {}
            }
            if self.external[object.index()] {
                self.copy(self.escape, inside);
            }
        }
    }

    fn global(&mut self, module: &Module, object: Object, g: rz_view::Global, active: bool) {
        let inside = self.inside(object);
        let data = &module.globals[g];
        if data.constant && rz_rules::known::is_type_information(&data.name) {
            return;
        }
        if data.has_fixed_addresses() && data.defined {
            for (_, behind) in &data.contents.globals {
                let behind = self.objects.add(ObjectKind::Global(behind.global));
                self.point(inside, behind);
            }
            for &(_, func) in &data.contents.functions {
                let func = self.objects.add(ObjectKind::Func(func));
                self.point(inside, func);
            }
            if data.contents.complete {
                return;
            }
        }
        let object = if active {
            Object::UNKNOWN
        } else {
            Object::FOREIGN
        };
        self.point(inside, object);
    }

    /// Parameters and constants.
    fn entry(&mut self, body: &Body, acts: &Acts) {
        for (index, &param) in body.params.iter().enumerate() {
            if acts.carry[param.as_u32() as usize].pointers {
                let memory = self.objects.add(ObjectKind::Memory(index as u32));
                self.point(param.as_u32(), memory);
            }
        }
        for (value, data) in &body.values {
            if let ValueDef::Const(constant) = &data.def
                && acts.carry[value.as_u32() as usize].pointers
            {
                self.constant(value.as_u32(), constant);
            }
        }
    }

    fn constant(&mut self, node: u32, constant: &Constant) {
        match constant {
            Constant::Global(g) => {
                let object = self.objects.add(ObjectKind::Global(*g));
                self.point(node, object);
            }
            Constant::Func(f) | Constant::BlockAddress(f) => {
                let object = self.objects.add(ObjectKind::Func(*f));
                self.point(node, object);
            }
            Constant::Offset { base, .. } | Constant::Splat(base) => {
                self.copy(base.as_u32(), node);
            }
            Constant::Aggregate(parts) => {
                for part in parts {
                    self.copy(part.as_u32(), node);
                }
            }
            Constant::Expr { op, operands } => {
                if *op == "inttoptr" {
                    self.point(node, Object::UNKNOWN);
                }
                for operand in operands {
                    self.copy(operand.as_u32(), node);
                }
            }
            Constant::Opaque(_) => self.point(node, Object::UNKNOWN),
            Constant::Int(_)
            | Constant::WideInt
            | Constant::Float(_)
            | Constant::Null
            | Constant::Zero
            | Constant::Undef
            | Constant::Poison
            | Constant::None
            | Constant::Data
            | Constant::Metadata(_)
            | Constant::Asm => {}
        }
    }

    fn act(&mut self, act: Act, acts: &Acts) {
        let carries = |v: Value| acts.carry[v.as_u32() as usize].pointers;
        match act {
            Act::Move { from, to } => {
                if carries(from) && carries(to) {
                    self.copy(from.as_u32(), to.as_u32());
                }
            }
            Act::Load { addr, to } => {
                if carries(to) {
                    self.load(addr.as_u32(), to.as_u32());
                }
            }
            Act::Store { value, addr, .. } => {
                if carries(value) {
                    self.store(value.as_u32(), addr.as_u32());
                }
            }
            Act::Copy { dst, src, carry } => {
                if carry.pointers {
                    let temp = self.temp();
                    self.load(src.as_u32(), temp);
                    self.store(temp, dst.as_u32());
                }
            }
            Act::Address { object, to } => {
                if carries(to) {
                    self.point(to.as_u32(), object);
                }
            }
            Act::Ret { value } => {
                if carries(value) {
                    self.copy(value.as_u32(), self.result);
                }
            }
            Act::Follow { .. } | Act::Clear { .. } | Act::Free { .. } | Act::Call(_) => {}
        }
    }

    /// Applies the pointer part of a call's summary; returns the nodes of what arguments reach.
    fn call(&mut self, call: &CallSite) -> Vec<Option<u32>> {
        let mut reach = vec![None; call.args.len()];
        let uses = |port: Port| match port {
            Port::Reach(i) => Some(i as usize),
            _ => None,
        };
        for &(a, b) in call.summary.flows.iter().chain(&call.summary.pointers) {
            for index in [a, b].into_iter().filter_map(uses) {
                if index < reach.len() && reach[index].is_none() {
                    reach[index] = Some(self.reach_node(call.args[index]));
                }
            }
        }
        for (index, touch) in call.summary.touch.iter().enumerate() {
            let deep =
                touch.reads_reach || touch.writes_reach || touch.frees_reach || touch.calls_reach;
            if deep && index < reach.len() && reach[index].is_none() {
                reach[index] = Some(self.reach_node(call.args[index]));
            }
        }
        let hub = self.temp();
        if !call.summary.derived {
            self.quiet.insert(hub);
        }
        for &(source, destination) in &call.summary.pointers {
            let source = match source {
                Port::Hub => Some(hub),
                _ => self.source(call, &reach, source),
            };
            match (source, destination) {
                (Some(source), Port::Hub) => self.copy(source, hub),
                (Some(source), _) => self.destination(call, &reach, source, destination),
                (None, _) => {}
            }
        }
        reach
    }

    fn reach_node(&mut self, arg: Value) -> u32 {
        let node = self.temp();
        self.load(arg.as_u32(), node);
        self.load(node, node);
        node
    }

    /// A node that points to what `port` stands for.
    fn source(&mut self, call: &CallSite, reach: &[Option<u32>], port: Port) -> Option<u32> {
        let object = match port {
            Port::Memory(i) => return call.args.get(i as usize).map(|v| v.as_u32()),
            Port::Reach(i) => return reach.get(i as usize).copied().flatten(),
            Port::Escaped => return Some(self.escape),
            Port::Fresh => call.fresh?,
            Port::Unknown => Object::UNKNOWN,
            Port::Foreign => Object::FOREIGN,
            Port::Global(g) => self.objects.add(ObjectKind::Global(g)),
            Port::Func(f) => self.objects.add(ObjectKind::Func(f)),
            Port::Arg(_) | Port::Ret | Port::Hub => return None,
        };
        let node = self.temp();
        self.point(node, object);
        Some(node)
    }

    fn destination(&mut self, call: &CallSite, reach: &[Option<u32>], source: u32, port: Port) {
        match port {
            Port::Memory(i) => {
                if let Some(arg) = call.args.get(i as usize) {
                    self.store(source, arg.as_u32());
                }
            }
            Port::Reach(i) => {
                if let Some(node) = reach.get(i as usize).copied().flatten() {
                    self.store(source, node);
                }
            }
            Port::Ret => {
                if let Some(result) = call.result {
                    self.copy(source, result.as_u32());
                }
            }
            Port::Escaped | Port::Unknown => {
                self.direct.insert((source, Object::UNKNOWN.0));
                self.copy(source, self.escape);
            }
            Port::Fresh => {
                if let Some(fresh) = call.fresh {
                    self.copy(source, self.inside(fresh));
                }
            }
            Port::Global(g) => {
                let object = self.objects.add(ObjectKind::Global(g));
                self.store_to(source, object.0);
            }
            Port::Arg(_) | Port::Foreign | Port::Func(_) | Port::Hub => {}
        }
    }
}
