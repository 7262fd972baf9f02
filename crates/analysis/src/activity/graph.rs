//! The flow graph: where derivatives may move, between values and objects.
//!
//! Nodes are `[values][objects][fixed nodes][hubs of calls]`. Forward activity is reachability from
//! the active inputs, backward activity is reachability against the edges from the active outputs.
//! Merged objects share their representative's node.

use super::acts::{Act, Acts};
use super::object::{Object, Objects};
use super::points::Points;
use super::summary::Port;
use rustc_hash::FxHashMap;
use rz_view::{Body, Inst, Value, ValueDef};

/// A node.
pub(crate) type Node = u32;

/// Edges in both directions, compressed.
#[derive(Clone, Debug, Default)]
pub(crate) struct Edges {
    start: Vec<u32>,
    to: Vec<(Node, Inst)>,
}

impl Edges {
    fn new(nodes: usize, list: &[(Node, Node, Inst)], reversed: bool) -> Self {
        let ends = |&(a, b, _): &(Node, Node, Inst)| if reversed { (b, a) } else { (a, b) };
        let mut start = vec![0u32; nodes + 1];
        for edge in list {
            start[ends(edge).0 as usize + 1] += 1;
        }
        for index in 0..nodes {
            start[index + 1] += start[index];
        }
        let mut next = start.clone();
        let mut to = vec![(0, Inst::from_u32(0)); list.len()];
        for edge in list {
            let (from, target) = ends(edge);
            to[next[from as usize] as usize] = (target, edge.2);
            next[from as usize] += 1;
        }
        Self { start, to }
    }

    pub(crate) fn of(&self, node: Node) -> &[(Node, Inst)] {
        let range = self.start[node as usize] as usize..self.start[node as usize + 1] as usize;
        &self.to[range]
    }
}

/// The hubs of one call.
#[derive(Clone, Debug, Default)]
pub(crate) struct CallNodes {
    /// Flow into the callee.
    pub(crate) inputs: FxHashMap<Port, Node>,
    /// Flow out of the callee.
    pub(crate) outputs: FxHashMap<Port, Node>,
}

/// The graph.
#[derive(Clone, Debug)]
pub(crate) struct Graph {
    pub(crate) nodes: usize,
    pub(crate) forward: Edges,
    pub(crate) backward: Edges,
    pub(crate) calls: Vec<CallNodes>,
    first_object: Node,
    pub(crate) result: Node,
    pub(crate) unknown_read: Node,
    pub(crate) unknown_written: Node,
}

impl Graph {
    #[allow(clippy::unused_self)] // Symmetric with `object`; where values start is the graph's affair.
    pub(crate) fn value(&self, value: Value) -> Node {
        value.as_u32()
    }

    /// The node of a representative object (for [`Object::UNKNOWN`]: what is read from it).
    pub(crate) fn object(&self, object: Object) -> Node {
        if object == Object::UNKNOWN {
            self.unknown_read
        } else {
            self.first_object + object.0
        }
    }

    /// What a node is, for reasons.
    pub(crate) fn what(&self, node: Node) -> What {
        if node < self.first_object {
            What::Value(Value::from_u32(node))
        } else if node < self.result {
            What::Object(Object(node - self.first_object))
        } else if node == self.result {
            What::Result
        } else if node == self.unknown_read || node == self.unknown_written {
            What::Object(Object::UNKNOWN)
        } else {
            What::Call
        }
    }
}

/// What a node stands for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum What {
    Value(Value),
    Object(Object),
    Result,
    Call,
}

/// Builds the graph.
pub(crate) struct Builder<'a> {
    pub(crate) body: &'a Body,
    pub(crate) acts: &'a Acts,
    pub(crate) objects: &'a Objects,
    pub(crate) points: &'a Points,
}

struct Building {
    list: Vec<(Node, Node, Inst)>,
    nodes: Node,
    calls: Vec<CallNodes>,
    uses_unknown: bool,
    first_object: Node,
    fixed: Node,
}

impl Building {
    fn edge(&mut self, from: Node, to: Node, inst: Inst) {
        if from != to {
            self.list.push((from, to, inst));
        }
    }

    fn read(&mut self, object: Object) -> Node {
        if object == Object::UNKNOWN {
            self.uses_unknown = true;
            self.fixed + 1
        } else {
            self.first_object + object.0
        }
    }

    fn written(&mut self, object: Object) -> Node {
        if object == Object::UNKNOWN {
            self.uses_unknown = true;
            self.fixed + 2
        } else {
            self.first_object + object.0
        }
    }
}

impl Builder<'_> {
    pub(crate) fn build(&self, external: &dyn Fn(Object) -> bool) -> Graph {
        let first_object = self.points.values() as Node;
        let fixed = first_object + self.objects.len() as Node;
        let mut b = Building {
            list: Vec::new(),
            nodes: fixed + 3,
            calls: vec![CallNodes::default(); self.acts.calls.len()],
            uses_unknown: false,
            first_object,
            fixed,
        };
        for &(inst, act) in &self.acts.list {
            self.act(&mut b, inst, act);
        }
        if b.uses_unknown {
            self.connect_unknown(&mut b, external);
        }
        Graph {
            nodes: b.nodes as usize,
            forward: Edges::new(b.nodes as usize, &b.list, false),
            backward: Edges::new(b.nodes as usize, &b.list, true),
            calls: b.calls,
            first_object,
            result: fixed,
            unknown_read: fixed + 1,
            unknown_written: fixed + 2,
        }
    }

    /// Unknown memory may be any object outside the function or one that escaped.
    fn connect_unknown(&self, b: &mut Building, external: &dyn Fn(Object) -> bool) {
        let (read, written) = (b.fixed + 1, b.fixed + 2);
        let inst = Inst::from_u32(0);
        b.edge(written, read, inst);
        let mut seen = vec![false; self.objects.len()];
        let mut stack: Vec<Object> = self.points.escaped(self.objects).to_vec();
        for (object, _) in self.objects.iter() {
            if self.objects.find(object) == object && external(object) {
                stack.push(object);
            }
        }
        while let Some(object) = stack.pop() {
            if std::mem::replace(&mut seen[object.index()], true) || object == Object::UNKNOWN {
                continue;
            }
            b.edge(written, b.first_object + object.0, inst);
            b.edge(b.first_object + object.0, read, inst);
            stack.extend(self.points.contents(self.objects, object));
        }
    }

    fn floats(&self, value: Value) -> bool {
        self.acts.carry[value.as_u32() as usize].floats
            && !matches!(self.body.values[value].def, ValueDef::Const(_))
    }

    fn act(&self, b: &mut Building, inst: Inst, act: Act) {
        match act {
            Act::Move { from, to } => {
                if self.floats(from) && self.floats(to) {
                    b.edge(from.as_u32(), to.as_u32(), inst);
                }
            }
            Act::Load { addr, to } => {
                if self.floats(to) {
                    for object in self.points.of(self.objects, addr) {
                        let node = b.read(object);
                        b.edge(node, to.as_u32(), inst);
                    }
                }
            }
            Act::Store { value, addr, .. } => {
                if self.floats(value) {
                    for object in self.points.of(self.objects, addr) {
                        let node = b.written(object);
                        b.edge(value.as_u32(), node, inst);
                    }
                }
            }
            Act::Copy { dst, src, carry } => {
                if carry.floats {
                    let hub = b.nodes;
                    b.nodes += 1;
                    for object in self.points.of(self.objects, src) {
                        let node = b.read(object);
                        b.edge(node, hub, inst);
                    }
                    for object in self.points.of(self.objects, dst) {
                        let node = b.written(object);
                        b.edge(hub, node, inst);
                    }
                }
            }
            Act::Ret { value } => {
                if self.floats(value) {
                    b.edge(value.as_u32(), b.fixed, inst);
                }
            }
            Act::Call(index) => self.call(b, inst, index as usize),
            Act::Follow { .. } | Act::Clear { .. } | Act::Address { .. } | Act::Free { .. } => {}
        }
    }

    fn call(&self, b: &mut Building, inst: Inst, index: usize) {
        for &(from, to) in &self.acts.calls[index].summary.flows {
            let from = self.port(b, inst, index, from, true);
            let to = self.port(b, inst, index, to, false);
            if let (Some(from), Some(to)) = (from, to) {
                b.edge(from, to, inst);
            }
        }
    }

    /// The hub of a port, made and connected when first asked for.
    fn port(
        &self,
        b: &mut Building,
        inst: Inst,
        index: usize,
        port: Port,
        input: bool,
    ) -> Option<Node> {
        let input = input || port == Port::Hub;
        let known = if input {
            &b.calls[index].inputs
        } else {
            &b.calls[index].outputs
        };
        if let Some(&node) = known.get(&port) {
            return Some(node);
        }
        let call = &self.acts.calls[index];
        let hub = b.nodes;
        b.nodes += 1;
        match port {
            Port::Arg(i) => {
                let value = *call.args.get(i as usize)?;
                if self.floats(value) {
                    b.edge(value.as_u32(), hub, inst);
                }
            }
            Port::Ret => {
                let value = call.result?;
                if self.floats(value) {
                    b.edge(hub, value.as_u32(), inst);
                }
            }
            Port::Hub => {}
            _ => {
                for object in self.port_objects(index, port) {
                    if input {
                        let node = b.read(object);
                        b.edge(node, hub, inst);
                    } else {
                        let node = b.written(object);
                        b.edge(hub, node, inst);
                    }
                }
            }
        }
        let known = if input {
            &mut b.calls[index].inputs
        } else {
            &mut b.calls[index].outputs
        };
        known.insert(port, hub);
        Some(hub)
    }

    /// The objects a memory port of a call stands for.
    fn port_objects(&self, index: usize, port: Port) -> smallvec::SmallVec<[Object; 4]> {
        port_objects(self.acts, self.objects, self.points, index, port)
    }
}

/// The objects a memory port of call `index` stands for.
pub(crate) fn port_objects(
    acts: &Acts,
    objects: &Objects,
    points: &Points,
    index: usize,
    port: Port,
) -> smallvec::SmallVec<[Object; 4]> {
    use super::object::ObjectKind;
    let call = &acts.calls[index];
    match port {
        Port::Memory(i) => call
            .args
            .get(i as usize)
            .map(|&v| points.of(objects, v))
            .unwrap_or_default(),
        Port::Reach(i) => points.reach[index]
            .get(i as usize)
            .copied()
            .flatten()
            .map(|node| points.node(objects, node))
            .unwrap_or_default(),
        Port::Fresh => call.fresh.into_iter().map(|o| objects.find(o)).collect(),
        Port::Unknown => [Object::UNKNOWN].into_iter().collect(),
        Port::Foreign => [Object::FOREIGN].into_iter().collect(),
        Port::Global(g) => objects
            .find_kind(ObjectKind::Global(g))
            .into_iter()
            .collect(),
        Port::Escaped => points.escaped(objects),
        Port::Arg(_) | Port::Ret | Port::Func(_) | Port::Hub => smallvec::SmallVec::new(),
    }
}
