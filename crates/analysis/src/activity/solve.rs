//! One context solved: activity of values and objects, then shadows, then instructions.
//!
//! Shadows are a demand: an active access needs the shadow of its address, a shadow pointer loaded
//! from memory needs every store of a pointer into that memory to be repeated in the shadow, and so
//! on back to the allocations. What nobody demands has no shadow.

use super::acts::{Act, Acts};
use super::graph::{Graph, Node};
use super::object::{Object, ObjectKind, Objects};
use super::points::Points;
use super::{ArgState, CallActivity, Context, Options};
use rz_view::{Body, Inst, Module, Value, ValueDef};
use std::collections::BTreeMap;

/// A function prepared for any number of contexts.
pub(crate) struct Prepared {
    pub(crate) acts: Acts,
    pub(crate) objects: Objects,
    pub(crate) points: Points,
    pub(crate) graph: Graph,
}

/// Why a node is reached.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Cause {
    /// It is not.
    No,
    /// The context says so.
    Given,
    /// Its address is visible outside after the function returns.
    Published,
    /// A tag says so.
    Tagged,
    /// Follows from another node by an instruction.
    From(Node, Inst),
}

/// Why a shadow is needed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Need {
    /// It is not.
    No,
    /// The caller may use it after the function returns.
    Published,
    /// An active access or call.
    Access(Inst),
    /// The shadow of a value made from this one is needed.
    Value(Value, Inst),
    /// The shadow of a pointer stored in this object is needed.
    Object(Object),
}

/// The solved context.
pub(crate) struct Solved {
    pub(crate) forward: Vec<Cause>,
    pub(crate) backward: Vec<Cause>,
    pub(crate) blocked: Vec<bool>,
    /// Per object: shadows of pointers stored in it can be kept.
    pub(crate) shadowed: Vec<bool>,
    /// Pointers whose shadows nobody keeps although they are needed.
    pub(crate) missing: Vec<Value>,
    /// Function pointers of active calls that come without shadows.
    pub(crate) bare: Vec<Value>,
    /// Per value.
    pub(crate) need: Vec<Need>,
    /// Per object: pointers stored in it need shadows.
    pub(crate) holds: Vec<Need>,
    /// Per instruction.
    pub(crate) insts: Vec<bool>,
    /// Per call site that goes through a summary.
    pub(crate) calls: BTreeMap<Inst, CallActivity>,
    pub(crate) published: Vec<bool>,
    /// Per object: the shadow of a pointer to it may be that pointer. Empty when there is no such
    /// pointer here.
    pub(crate) own: Vec<bool>,
}

pub(crate) struct Solver<'a> {
    pub(crate) module: &'a Module,
    pub(crate) body: &'a Body,
    pub(crate) prepared: &'a Prepared,
    pub(crate) options: Options,
    pub(crate) context: &'a Context,
    pub(crate) out: Solved,
    /// Values whose need is new.
    pub(crate) work: Vec<Work>,
    /// Per object: acts that store pointers into it.
    pub(crate) writers: Vec<Vec<(Inst, Act)>>,
    /// Per value: the act that makes it, when it passes pointers on.
    pub(crate) makers: Vec<Vec<(Inst, Act)>>,
}

/// A shadow that is newly needed.
pub(crate) enum Work {
    Value(Value),
    Object(Object),
}

/// True when a tag or the convention makes the global inactive.
pub(crate) fn global_is_active(module: &Module, options: Options, g: rz_view::Global) -> bool {
    let data = &module.globals[g];
    let tagged = |name: &str| data.tags.iter().any(|t| t == name);
    if tagged("enzyme_shadow") {
        return true;
    }
    !(data.constant
        || options.inactive_globals
        || tagged("enzyme_inactive")
        || data.name.contains("enzyme_const")
        || rz_rules::known::is_inactive_global(&data.name))
}

/// Solves one context.
pub(crate) fn solve(
    module: &Module,
    body: &Body,
    prepared: &Prepared,
    options: Options,
    context: &Context,
) -> Solved {
    let nodes = prepared.graph.nodes;
    let objects = prepared.objects.len();
    let mut solver = Solver {
        module,
        body,
        prepared,
        options,
        context,
        out: Solved {
            forward: vec![Cause::No; nodes],
            backward: vec![Cause::No; nodes],
            blocked: vec![false; nodes],
            shadowed: vec![false; objects],
            missing: Vec::new(),
            bare: Vec::new(),
            need: vec![Need::No; body.values.len()],
            holds: vec![Need::No; objects],
            insts: vec![false; body.insts.len()],
            calls: BTreeMap::new(),
            published: vec![false; objects],
            own: Vec::new(),
        },
        work: Vec::new(),
        writers: vec![Vec::new(); objects],
        makers: vec![Vec::new(); body.values.len()],
    };
    solver.block();
    solver.seed();
    solver.index();
    solver.demand();
    solver.mix();
    solver.instructions();
    solver.out
}

impl Solver<'_> {
    pub(crate) fn points(&self, value: Value) -> smallvec::SmallVec<[Object; 4]> {
        self.prepared.points.of(&self.prepared.objects, value)
    }

    pub(crate) fn carry(&self, value: Value) -> super::Carry {
        self.prepared.acts.carry[value.as_u32() as usize]
    }

    pub(crate) fn arg(&self, index: u32) -> ArgState {
        self.context
            .args
            .get(index as usize)
            .copied()
            .unwrap_or(ArgState::Const)
    }

    /// Nodes no derivative passes through.
    pub(crate) fn block(&mut self) {
        let graph = &self.prepared.graph;
        let mut open = vec![false; self.prepared.objects.len()];
        for (object, kind) in self.prepared.objects.iter() {
            let active = match kind {
                ObjectKind::Memory(i) => {
                    matches!(self.arg(i), ArgState::Dup { memory: true, .. })
                }
                ObjectKind::Reach(i) => matches!(self.arg(i), ArgState::Dup { reach: true, .. }),
                ObjectKind::Global(g) => global_is_active(self.module, self.options, g),
                ObjectKind::Foreign | ObjectKind::Func(_) => false,
                ObjectKind::Unknown
                | ObjectKind::Alloca(_)
                | ObjectKind::Heap(_)
                | ObjectKind::Fresh(_) => true,
            };
            let keep = self.prepared.objects.find(object);
            open[keep.index()] |= active;
            // Shadow pointers may be valid in memory that holds no active floats.
            let shadowed = match kind {
                ObjectKind::Memory(i) => matches!(self.arg(i), ArgState::Dup { reach: true, .. }),
                _ => active,
            };
            self.out.shadowed[keep.index()] |= shadowed;
        }
        for (object, _) in self.prepared.objects.iter() {
            if object != Object::UNKNOWN && !open[object.index()] {
                self.out.blocked[graph.object(object) as usize] = true;
            }
        }
        for &value in &self.prepared.acts.inactive {
            self.out.blocked[graph.value(value) as usize] = true;
        }
        for (index, &param) in self.body.params.iter().enumerate() {
            if self.arg(index as u32) == ArgState::Const {
                self.out.blocked[graph.value(param) as usize] = true;
            }
        }
        self.block_calls();
    }

    /// Calls through a function pointer that is itself a constant argument are inactive: the
    /// convention says so. One that comes from anywhere else without a shadow is an error.
    pub(crate) fn block_calls(&mut self) {
        for (index, call) in self.prepared.acts.calls.iter().enumerate() {
            let Some(callee) = call.callee else { continue };
            let targets = self.points(callee);
            if !targets.is_empty() && targets.iter().all(|&o| self.is_constant_argument(o)) {
                let nodes = &self.prepared.graph.calls[index];
                for &node in nodes.inputs.values().chain(nodes.outputs.values()) {
                    self.out.blocked[node as usize] = true;
                }
            }
        }
    }

    /// What a constant argument points to.
    pub(crate) fn is_constant_argument(&self, object: Object) -> bool {
        matches!(
            self.prepared.objects.kind(object),
            ObjectKind::Memory(i) if self.arg(i) == ArgState::Const
        )
    }

    pub(crate) fn blocked(&self, object: Object) -> bool {
        self.out.blocked[self.prepared.graph.object(object) as usize]
    }

    /// Starts both searches and runs them.
    pub(crate) fn seed(&mut self) {
        let graph = &self.prepared.graph;
        let mut from: Vec<(Node, Cause)> = vec![(graph.unknown_read, Cause::Given)];
        let mut to: Vec<(Node, Cause)> = vec![(graph.unknown_written, Cause::Given)];
        for (index, &param) in self.body.params.iter().enumerate() {
            let state = self.arg(index as u32);
            if state != ArgState::Const && self.carry(param).floats {
                from.push((graph.value(param), Cause::Given));
            }
        }
        for &value in &self.prepared.acts.forced {
            from.push((graph.value(value), Cause::Tagged));
            to.push((graph.value(value), Cause::Tagged));
        }
        if self.context.ret {
            to.push((graph.result, Cause::Given));
        }
        self.publish();
        for (object, kind) in self.prepared.objects.iter() {
            let keep = self.prepared.objects.find(object);
            let node = graph.object(keep);
            let outside = match kind {
                ObjectKind::Memory(_) | ObjectKind::Reach(_) | ObjectKind::Global(_) => true,
                ObjectKind::Unknown
                | ObjectKind::Foreign
                | ObjectKind::Alloca(_)
                | ObjectKind::Heap(_)
                | ObjectKind::Fresh(_)
                | ObjectKind::Func(_) => false,
            };
            if outside {
                from.push((node, Cause::Given));
                to.push((node, Cause::Given));
            }
            if self.out.published[keep.index()] {
                to.push((node, Cause::Published));
            }
        }
        search(
            &mut self.out.forward,
            &self.out.blocked,
            from,
            &graph.forward,
        );
        search(
            &mut self.out.backward,
            &self.out.blocked,
            to,
            &graph.backward,
        );
    }

    /// Marks the objects the caller can reach through pointers when the function has returned.
    pub(crate) fn publish(&mut self) {
        let objects = &self.prepared.objects;
        let mut stack: Vec<Object> = Vec::new();
        let points = &self.prepared.points;
        if points.direct.iter().any(|d| d.1 == Object::UNKNOWN.0) {
            stack.push(Object::UNKNOWN);
        }
        for (object, kind) in objects.iter() {
            let visible = match kind {
                ObjectKind::Memory(i) | ObjectKind::Reach(i) => {
                    matches!(self.arg(i), ArgState::Dup { reach: true, .. })
                }
                ObjectKind::Global(g) => global_is_active(self.module, self.options, g),
                ObjectKind::Unknown
                | ObjectKind::Foreign
                | ObjectKind::Alloca(_)
                | ObjectKind::Heap(_)
                | ObjectKind::Fresh(_)
                | ObjectKind::Func(_) => false,
            };
            if visible {
                stack.push(objects.find(object));
            }
        }
        if self.context.ret {
            stack.extend(self.prepared.points.result(objects));
        }
        while let Some(object) = stack.pop() {
            if std::mem::replace(&mut self.out.published[object.index()], true) {
                continue;
            }
            stack.extend(self.prepared.points.contents(objects, object));
        }
    }

    pub(crate) fn active_object(&self, object: Object) -> bool {
        object == Object::UNKNOWN || active_object(&self.out, &self.prepared.graph, object)
    }

    pub(crate) fn active_value(&self, value: Value) -> bool {
        let node = self.prepared.graph.value(value) as usize;
        self.out.forward[node] != Cause::No && self.out.backward[node] != Cause::No
    }

    // ---- instructions

    pub(crate) fn instructions(&mut self) {
        for &(inst, act) in &self.prepared.acts.list {
            if self.works(act) {
                self.out.insts[inst.as_u32() as usize] = true;
            }
        }
        for (value, data) in &self.body.values {
            if let ValueDef::Inst(inst) = data.def
                && (self.active_value(value) || self.out.need[value.as_u32() as usize] != Need::No)
            {
                self.out.insts[inst.as_u32() as usize] = true;
            }
        }
        for &inst in self.out.calls.keys() {
            self.out.insts[inst.as_u32() as usize] = true;
        }
        for &inst in &self.prepared.acts.silent {
            self.out.insts[inst.as_u32() as usize] = false;
        }
    }

    pub(crate) fn works(&self, act: Act) -> bool {
        match act {
            Act::Store { addr, carry, .. } => {
                (carry.floats && self.any_active(addr)) || (carry.pointers && self.any_holds(addr))
            }
            Act::Copy { dst, carry, .. } | Act::Clear { dst, carry } => {
                (carry.floats && self.any_active(dst)) || (carry.pointers && self.any_holds(dst))
            }
            Act::Free { ptr } => self.points(ptr).iter().any(|&o| self.has_shadow(o)),
            Act::Ret { value } => {
                self.context.ret
                    && (self.active_value(value)
                        || self.out.need[value.as_u32() as usize] != Need::No)
            }
            // Decided by their results.
            Act::Move { .. }
            | Act::Follow { .. }
            | Act::Load { .. }
            | Act::Address { .. }
            | Act::Call(_) => false,
        }
    }
}

pub(crate) fn active_object(out: &Solved, graph: &Graph, object: Object) -> bool {
    let node = graph.object(object) as usize;
    out.forward[node] != Cause::No && out.backward[node] != Cause::No
}

fn search(
    state: &mut [Cause],
    blocked: &[bool],
    seeds: Vec<(Node, Cause)>,
    edges: &super::graph::Edges,
) {
    let mut queue = std::collections::VecDeque::new();
    for (node, cause) in seeds {
        if !blocked[node as usize] && state[node as usize] == Cause::No {
            state[node as usize] = cause;
            queue.push_back(node);
        }
    }
    while let Some(node) = queue.pop_front() {
        for &(next, inst) in edges.of(node) {
            if !blocked[next as usize] && state[next as usize] == Cause::No {
                state[next as usize] = Cause::From(node, inst);
                queue.push_back(next);
            }
        }
    }
}
