//! Reads a function's [`Summary`] off its flow graph: one search per input.

use super::Options;
use super::acts::{Act, Acts};
use super::graph::{Graph, Node, port_objects};
use super::object::{Object, ObjectKind, Objects};
use super::points::Points;
use super::solve::{Prepared, global_is_active};
use super::summary::{Port, Summary, Touch};
use rustc_hash::FxHashMap;
use rz_view::{Body, Func, Module, Value};
use smallvec::SmallVec;

/// The summary below any real one: where the fixed point of a recursion starts.
pub(crate) fn bottom(module: &Module, func: Func) -> Summary {
    let params = module.funcs[func].params.len();
    Summary {
        touch: vec![Touch::default(); params],
        mixed: (0..params as u32).collect(),
        ..Summary::default()
    }
}

/// All of a [`Touch`] false, to start from.
const NO: Touch = Touch {
    reads: false,
    writes: false,
    reads_reach: false,
    writes_reach: false,
    frees: false,
    frees_reach: false,
    calls: false,
    calls_reach: false,
    beside_own: false,
};
const READS: Touch = Touch { reads: true, ..NO };
const WRITES: Touch = Touch { writes: true, ..NO };
const FREES: Touch = Touch { frees: true, ..NO };
const CALLS: Touch = Touch { calls: true, ..NO };

/// Reads a function's summary off its flow graph.
struct Summarizer<'s> {
    module: &'s Module,
    options: Options,
    body: &'s Body,
    prepared: &'s Prepared,
    /// Per representative object: what it stands for.
    members: Vec<Vec<ObjectKind>>,
}

/// The summary of `func`, prepared with the summaries of its callees.
pub(crate) fn summarize(
    module: &Module,
    options: Options,
    func: Func,
    prepared: &Prepared,
) -> Summary {
    let mut members = vec![Vec::new(); prepared.objects.len()];
    for (object, kind) in prepared.objects.iter() {
        members[prepared.objects.find(object).index()].push(kind);
    }
    Summarizer {
        module,
        options,
        body: module.body(func),
        prepared,
        members,
    }
    .run(func)
}

impl Summarizer<'_> {
    fn run(&self, func: Func) -> Summary {
        let mut summary = bottom(self.module, func);
        let escaping = self.escaping();
        self.pointers(&mut summary, &escaping);
        self.flows(&mut summary, &escaping);
        self.touches(&mut summary);
        summary.allocates = summary
            .flows
            .iter()
            .chain(&summary.pointers)
            .any(|&(a, b)| a == Port::Fresh || b == Port::Fresh);
        summary
    }

    fn parts(&self) -> (&Acts, &Objects, &Points, &Graph) {
        let p = self.prepared;
        (&p.acts, &p.objects, &p.points, &p.graph)
    }

    /// Per object: reachable by the caller when the function has returned.
    fn escaping(&self) -> Vec<bool> {
        let (_, objects, points, _) = self.parts();
        let mut seen = vec![false; objects.len()];
        let mut stack: Vec<Object> = points.result(objects).to_vec();
        for &(node, _) in &points.direct {
            stack.extend(points.node(objects, node));
        }
        while let Some(object) = stack.pop() {
            if !std::mem::replace(&mut seen[object.index()], true) {
                stack.extend(points.contents(objects, object));
            }
        }
        seen
    }

    /// The ports an object is for the caller: none when it stays inside, several when merged.
    fn ports(&self, object: Object, escaping: &[bool]) -> SmallVec<[Port; 2]> {
        let mut ports = SmallVec::new();
        for &kind in &self.members[object.index()] {
            let port = match kind {
                ObjectKind::Unknown => Port::Unknown,
                ObjectKind::Foreign => Port::Foreign,
                ObjectKind::Memory(i) => Port::Memory(i),
                ObjectKind::Reach(i) => Port::Reach(i),
                ObjectKind::Global(g) => Port::Global(g),
                ObjectKind::Func(f) => Port::Func(f),
                ObjectKind::Alloca(_) | ObjectKind::Heap(_) | ObjectKind::Fresh(_) => {
                    if !escaping[object.index()] {
                        continue;
                    }
                    Port::Fresh
                }
            };
            if !ports.contains(&port) {
                ports.push(port);
            }
        }
        ports
    }

    fn pointers(&self, summary: &mut Summary, escaping: &[bool]) {
        let (_, objects, points, _) = self.parts();
        for object in points.result(objects) {
            for port in self.ports(object, escaping) {
                summary.pointers.insert((port, Port::Ret));
            }
        }
        for &(node, target) in &points.direct {
            let targets = self.ports(objects.find(Object(target)), escaping);
            for object in points.node(objects, node) {
                for from in self.ports(object, escaping) {
                    summary
                        .pointers
                        .extend(targets.iter().map(|&to| (from, to)));
                }
            }
        }
        for (object, _) in objects.iter() {
            if !self.ports(object, escaping).contains(&Port::Fresh) {
                continue;
            }
            for inside in points.contents(objects, object) {
                for from in self.ports(inside, escaping) {
                    summary.pointers.insert((from, Port::Fresh));
                }
            }
            summary.pointers.insert((Port::Fresh, Port::Fresh));
        }
    }

    /// One search per input.
    fn flows(&self, summary: &mut Summary, escaping: &[bool]) {
        let (acts, objects, _, graph) = self.parts();
        let mut inputs: Vec<(Port, Vec<Node>)> = Vec::new();
        for (index, &param) in self.body.params.iter().enumerate() {
            if acts.carry[param.as_u32() as usize].floats {
                inputs.push((Port::Arg(index as u32), vec![graph.value(param)]));
            }
        }
        let mut unknown = vec![graph.unknown_read];
        unknown.extend(acts.forced.iter().map(|&v| graph.value(v)));
        inputs.push((Port::Unknown, unknown));
        let mut outputs: FxHashMap<Node, Vec<Port>> = FxHashMap::default();
        outputs.entry(graph.result).or_default().push(Port::Ret);
        outputs
            .entry(graph.unknown_written)
            .or_default()
            .push(Port::Unknown);
        for &value in &acts.forced {
            let node = graph.value(value);
            outputs.entry(node).or_default().push(Port::Unknown);
        }
        let mut blocked = vec![false; graph.nodes];
        for &value in &acts.inactive {
            blocked[graph.value(value) as usize] = true;
        }
        let inactive = |kind: ObjectKind| match kind {
            ObjectKind::Global(g) => !global_is_active(self.module, self.options, g),
            ObjectKind::Foreign => true,
            ObjectKind::Unknown
            | ObjectKind::Memory(_)
            | ObjectKind::Reach(_)
            | ObjectKind::Alloca(_)
            | ObjectKind::Heap(_)
            | ObjectKind::Fresh(_)
            | ObjectKind::Func(_) => false,
        };
        let mut fresh = Vec::new();
        for (object, kind) in objects.iter() {
            if object == Object::UNKNOWN {
                continue;
            }
            let node = graph.object(objects.find(object));
            match kind {
                ObjectKind::Memory(i) => inputs.push((Port::Memory(i), vec![node])),
                ObjectKind::Reach(i) => inputs.push((Port::Reach(i), vec![node])),
                ObjectKind::Global(g) if !inactive(kind) => {
                    inputs.push((Port::Global(g), vec![node]));
                }
                ObjectKind::Alloca(_) | ObjectKind::Heap(_) | ObjectKind::Fresh(_)
                    if escaping[objects.find(object).index()] =>
                {
                    fresh.push(node);
                }
                _ => {}
            }
            // Inactive memory is an end of the search, but its writers are worth knowing.
            let members = &self.members[object.index()];
            if objects.find(object) == object && members.iter().all(|&k| inactive(k)) {
                blocked[node as usize] = true;
            }
            if objects.find(object) == object {
                let ports = self.ports(object, escaping);
                outputs.entry(node).or_default().extend(ports);
            }
        }
        // What it leaves in its own memory, the caller may have it read again.
        inputs.push((Port::Fresh, fresh));
        let mut seen = vec![u32::MAX; graph.nodes];
        let next = |node: Node| {
            let open = !blocked[node as usize];
            open.then(|| graph.forward.of(node).iter().map(|e| e.0))
                .into_iter()
                .flatten()
        };
        for (mark, (port, nodes)) in inputs.iter().enumerate() {
            let ports = |node: &Node| outputs.get(node).into_iter().flatten();
            // A port may be several objects for the caller, so what moves from a port to itself is told. That it is
            // the same memory before and after is not.
            let merged = nodes.iter().flat_map(ports).filter(|to| *to != port);
            summary.flows.extend(merged.map(|to| (*port, *to)));
            let mut stack: Vec<Node> = nodes.iter().flat_map(|&node| next(node)).collect();
            while let Some(node) = stack.pop() {
                if std::mem::replace(&mut seen[node as usize], mark as u32) == mark as u32 {
                    continue;
                }
                summary.flows.extend(ports(&node).map(|to| (*port, *to)));
                stack.extend(next(node));
            }
        }
    }

    fn touches(&self, summary: &mut Summary) {
        let (acts, objects, points, _) = self.parts();
        let floats = |v: Value| acts.carry[v.as_u32() as usize].floats;
        for &(_, act) in &acts.list {
            match act {
                Act::Load { addr, to } if floats(to) => self.touch(summary, addr, READS),
                Act::Store { addr, carry, .. } if carry.floats => {
                    self.touch(summary, addr, WRITES);
                }
                Act::Load { addr, to } if acts.carry[to.as_u32() as usize].pointers => {
                    self.mix(summary, &points.of(objects, addr));
                }
                Act::Store { addr, carry, .. } if carry.pointers => {
                    self.mix(summary, &points.of(objects, addr));
                }
                Act::Copy { dst, src, carry } if carry.floats => {
                    self.touch(summary, dst, WRITES);
                    self.touch(summary, src, READS);
                }
                Act::Clear { dst, carry } if carry.floats => {
                    self.touch(summary, dst, WRITES);
                }
                Act::Free { ptr } => self.touch(summary, ptr, FREES),
                Act::Call(index) => self.call_touches(summary, index as usize),
                Act::Move { .. }
                | Act::Follow { .. }
                | Act::Load { .. }
                | Act::Store { .. }
                | Act::Copy { .. }
                | Act::Clear { .. }
                | Act::Address { .. }
                | Act::Ret { .. } => {}
            }
        }
    }

    fn touch(&self, summary: &mut Summary, addr: Value, how: Touch) {
        let list = self.prepared.points.of(&self.prepared.objects, addr);
        self.mix(summary, &list);
        for object in list {
            self.mark(summary, object, how);
        }
    }

    /// Notes that one pointer may point to any of these objects.
    fn mix(&self, summary: &mut Summary, list: &[Object]) {
        let mut first = None;
        let kinds = || list.iter().flat_map(|o| &self.members[o.index()]);
        let is_own = |kind: &ObjectKind| {
            matches!(
                kind,
                ObjectKind::Alloca(_) | ObjectKind::Heap(_) | ObjectKind::Fresh(_)
            )
        };
        let beside_own = kinds().any(is_own);
        for &kind in kinds() {
            let (ObjectKind::Memory(i) | ObjectKind::Reach(i)) = kind else {
                continue;
            };
            summary.touch[i as usize].beside_own |= beside_own;
            let (a, b) = (summary.mixed[i as usize], *first.get_or_insert(i));
            let b = summary.mixed[b as usize];
            if a != b {
                for group in &mut summary.mixed {
                    if *group == a || *group == b {
                        *group = a.min(b);
                    }
                }
            }
        }
    }

    fn call_touches(&self, summary: &mut Summary, index: usize) {
        let (acts, objects, points, _) = self.parts();
        if let Some(callee) = acts.calls[index].callee {
            self.touch(summary, callee, CALLS);
        }
        let callee = acts.calls[index].summary.clone();
        let ports = |port| port_objects(acts, objects, points, index, port);
        for (i, &group) in callee.mixed.iter().enumerate() {
            if group == i as u32 {
                continue;
            }
            let mut list = ports(Port::Memory(group));
            list.extend(ports(Port::Memory(i as u32)));
            list.extend(ports(Port::Reach(group)));
            list.extend(ports(Port::Reach(i as u32)));
            self.mix(summary, &list);
        }
        for (i, touch) in callee.touch.iter().enumerate() {
            let i = i as u32;
            let memory = ports(Port::Memory(i));
            if *touch != Touch::default() {
                self.mix(summary, &memory);
            }
            for object in memory {
                self.mark(summary, object, *touch);
            }
            let deep = Touch {
                reads: touch.reads_reach,
                writes: touch.writes_reach,
                frees: touch.frees_reach,
                calls: touch.calls_reach,
                beside_own: touch.beside_own,
                ..Touch::default()
            };
            let reach = ports(Port::Reach(i));
            if deep != Touch::default() {
                self.mix(summary, &reach);
            }
            for object in reach {
                self.mark(summary, object, deep);
            }
        }
    }

    /// Adds what is done to an object itself (not deep) to the parameters it stands for.
    fn mark(&self, summary: &mut Summary, object: Object, how: Touch) {
        for &kind in &self.members[object.index()] {
            match kind {
                ObjectKind::Memory(i) => {
                    let touch = &mut summary.touch[i as usize];
                    touch.reads |= how.reads;
                    touch.writes |= how.writes;
                    touch.frees |= how.frees;
                    touch.calls |= how.calls;
                    touch.beside_own |= how.beside_own;
                }
                ObjectKind::Reach(i) => {
                    let touch = &mut summary.touch[i as usize];
                    touch.reads_reach |= how.reads;
                    touch.writes_reach |= how.writes;
                    touch.frees_reach |= how.frees;
                    touch.calls_reach |= how.calls;
                    touch.beside_own |= how.beside_own;
                }
                ObjectKind::Unknown
                | ObjectKind::Foreign
                | ObjectKind::Alloca(_)
                | ObjectKind::Heap(_)
                | ObjectKind::Fresh(_)
                | ObjectKind::Global(_)
                | ObjectKind::Func(_) => {}
            }
        }
    }
}
