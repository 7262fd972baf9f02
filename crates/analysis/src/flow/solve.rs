//! The graph of flows and its solution.
//!
//! Nodes are values, what is stored by and loaded from each pattern of accesses, and a few in between. Along an edge go
//! addresses and kinds written, forward, and kinds read, backward. Addresses that arrive at a node that is
//! loaded from or stored to make more edges.

use super::kinds::Kinds;
use super::places::{Data, OUTSIDE, Object, Pattern, Place};
use crate::divisor::gcd;
use rustc_hash::{FxHashMap, FxHashSet};
use rz_view::Func;
use smallvec::SmallVec;

/// A node's number.
pub(crate) type Node = u32;

/// The node of everything outside.
pub(crate) const WORLD: Node = 0;

/// Floats of any size stay whole.
pub(crate) const WHOLE: u64 = 16;

/// Places of one object told apart in a set; more are elements of an array.
const MAX_NEAR: usize = 4;
/// Places in one set before the analysis gives up.
const MAX_PLACES: usize = 128;

/// Bytes of a string of the library: what lies closer together is not one.
const STRING: u64 = 24;

/// How data changes along an edge.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) struct Step {
    /// Bytes an address moves by.
    pub(crate) bytes: i64,
    /// And by multiples of.
    pub(crate) stride: u64,
    /// The size of the pieces that stay together.
    pub(crate) grain: u64,
}

impl Step {
    /// Nothing changes.
    pub(crate) const SAME: Self = Self {
        bytes: 0,
        stride: 0,
        grain: WHOLE,
    };
    /// Arithmetic: an address may be any in its object, and floats come apart.
    pub(crate) const MIXED: Self = Self {
        bytes: 0,
        stride: 1,
        grain: 0,
    };
}

/// An access through the pointers of a node.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) struct Access {
    /// Bytes from the pointer.
    pub(crate) at: i64,
    pub(crate) len: u64,
    /// What alignment the access promises; copies promise that of the place.
    pub(crate) grain: Option<u64>,
    /// What is loaded or stored.
    pub(crate) data: Node,
    pub(crate) store: bool,
    pub(crate) reach: Reach,
}

/// Which memory an access is of.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) enum Reach {
    /// That at the pointer.
    There,
    /// The same, unless nobody knows where in its object that is.
    Known,
    /// What goes with the object: the letters of all strings in it.
    Aside,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct NodeData {
    pub(crate) places: SmallVec<[Place; 2]>,
    pub(crate) written: Kinds,
    pub(crate) read: Kinds,
    to: SmallVec<[(Node, Step); 2]>,
    from: SmallVec<[(Node, Step); 2]>,
    accesses: Vec<Access>,
    /// Calls through this pointer.
    calls: Vec<u32>,
    /// Only addresses pass.
    quiet: bool,
    /// No addresses pass.
    number: bool,
    /// Nor what says that something is one: only floats do, which nobody takes for letters.
    letters: bool,
    queued: bool,
}

/// A call through a pointer.
#[derive(Clone, Debug)]
pub(crate) struct Through {
    pub(crate) args: Vec<Node>,
    pub(crate) result: Option<Node>,
}

/// Parameters and result of a function.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ports {
    pub(crate) params: Vec<Node>,
    pub(crate) result: Option<Node>,
}

#[derive(Debug, Default)]
pub(crate) struct Graph {
    pub(crate) nodes: Vec<NodeData>,
    pub(crate) objects: Vec<Data>,
    pub(crate) ports: FxHashMap<Func, Ports>,
    pub(crate) through: Vec<Through>,
    edges: FxHashSet<(Node, Node, Step)>,
    /// What goes with objects.
    asides: FxHashMap<Object, Object>,
    queue: Vec<Node>,
    /// Too much to follow.
    failed: bool,
    steps: u64,
}

impl Graph {
    pub(crate) fn new() -> Self {
        let mut graph = Self::default();
        let world = graph.node();
        graph.object(Data::default());
        let world = &mut graph.nodes[world as usize];
        (world.written, world.read) = (Kinds::OUTSIDE, Kinds::OUTSIDE);
        graph.point(WORLD, Place::of(OUTSIDE));
        graph
    }

    pub(crate) fn node(&mut self) -> Node {
        self.nodes.push(NodeData::default());
        (self.nodes.len() - 1) as Node
    }

    /// A node that only addresses pass.
    pub(crate) fn quiet_node(&mut self) -> Node {
        let node = self.node();
        self.nodes[node as usize].quiet = true;
        node
    }

    /// A node for letters: neither addresses nor what says that something is one pass.
    pub(crate) fn letters(&mut self) -> Node {
        let node = self.node();
        self.nodes[node as usize].letters = true;
        self.is_number(node);
        node
    }

    /// A float is no address, whatever else may be where it is loaded from.
    pub(crate) fn is_number(&mut self, node: Node) {
        self.nodes[node as usize].number = true;
    }

    pub(crate) fn object(&mut self, data: Data) -> Object {
        self.objects.push(data);
        Object((self.objects.len() - 1) as u32)
    }

    fn enqueue(&mut self, node: Node) {
        let data = &mut self.nodes[node as usize];
        if !std::mem::replace(&mut data.queued, true) {
            self.queue.push(node);
        }
    }

    /// Adds kinds to what a node is written as and read as.
    pub(crate) fn seed(&mut self, node: Node, written: Kinds, read: Kinds) {
        let data = &mut self.nodes[node as usize];
        let passed = |kinds: Kinds| {
            if data.letters {
                kinds.without_pointers()
            } else {
                kinds
            }
        };
        let (w, r) = (data.written | passed(written), data.read | passed(read));
        // Outside there may be anything anyway.
        let deaf = data.quiet || node == WORLD;
        if !deaf && (w, r) != (data.written, data.read) {
            (data.written, data.read) = (w, r);
            self.enqueue(node);
        }
    }

    /// Data of `from` becomes data of `to`.
    pub(crate) fn flow(&mut self, from: Node, to: Node, step: Step) {
        if (from != to || step != Step::SAME) && self.edges.insert((from, to, step)) {
            self.nodes[from as usize].to.push((to, step));
            self.nodes[to as usize].from.push((from, step));
            self.enqueue(from);
            self.enqueue(to);
        }
    }

    /// Loads from or stores to where `pointer` points.
    pub(crate) fn access(&mut self, pointer: Node, access: Access) {
        self.nodes[pointer as usize].accesses.push(access);
        for place in self.nodes[pointer as usize].places.clone() {
            self.touch(place, access);
        }
    }

    /// Calls what `pointer` points to.
    pub(crate) fn call(&mut self, pointer: Node, call: Through) {
        let index = self.through.len() as u32;
        self.through.push(call);
        self.nodes[pointer as usize].calls.push(index);
        for place in self.nodes[pointer as usize].places.clone() {
            self.enter(place.object, index);
        }
    }

    /// `node` may point to `place`.
    pub(crate) fn point(&mut self, node: Node, place: Place) {
        let data = &mut self.nodes[node as usize];
        if data.number {
            return;
        }
        let outside = node == WORLD || place.object == OUTSIDE;
        let place = if outside {
            Place::anywhere(place.object)
        } else {
            place
        };
        if data.places.iter().any(|p| p.covers(place)) {
            return;
        }
        let near = data.places.iter().filter(|p| p.object == place.object);
        let place = match near.clone().count() {
            MAX_NEAR.. => near.fold(place, |all, &p| all.widened(p)),
            _ => place,
        };
        data.places.retain(|p| !place.covers(*p));
        data.places.push(place);
        self.failed |= data.places.len() > MAX_PLACES && node != WORLD;
        let (accesses, calls) = (data.accesses.clone(), data.calls.clone());
        self.enqueue(node);
        for access in accesses {
            self.touch(place, access);
        }
        for call in calls {
            self.enter(place.object, call);
        }
        if node == WORLD {
            self.escape(place.object);
        }
    }

    /// Code outside may do anything with an object, and call it.
    fn escape(&mut self, object: Object) {
        if object == OUTSIDE {
            return;
        }
        let pattern = self.pattern(Place::anywhere(object), u64::MAX);
        self.flow(WORLD, pattern.stored, Step::SAME);
        self.flow(pattern.loaded, WORLD, Step::SAME);
        if let Some(func) = self.objects[object.0 as usize].code {
            self.expose(func);
        }
    }

    /// Code outside may call a function.
    pub(crate) fn expose(&mut self, func: Func) {
        let ports = self.ports.get(&func).cloned().unwrap_or_default();
        for param in ports.params {
            self.flow(WORLD, param, Step::SAME);
        }
        if let Some(result) = ports.result {
            self.flow(result, WORLD, Step::SAME);
        }
    }

    /// A call through a pointer reaches an object.
    fn enter(&mut self, object: Object, call: u32) {
        let call = self.through[call as usize].clone();
        let code = self.objects[object.0 as usize].code;
        let known = code.and_then(|func| self.ports.get(&func).cloned());
        match known {
            Some(ports) => self.bind(&call.args, call.result, &ports),
            // Data is not called.
            None if code.is_none() && object != OUTSIDE => {}
            None => self.leave(&call.args, call.result),
        }
    }

    /// Connects a call with the function it calls.
    pub(crate) fn bind(&mut self, args: &[Node], result: Option<Node>, ports: &Ports) {
        for (&arg, &param) in args.iter().zip(&ports.params) {
            self.flow(arg, param, Step::SAME);
        }
        for &arg in args.iter().skip(ports.params.len()) {
            self.flow(arg, WORLD, Step::SAME);
        }
        match (ports.result, result) {
            (Some(from), Some(to)) => self.flow(from, to, Step::SAME),
            (None, Some(to)) => self.flow(WORLD, to, Step::SAME),
            (_, None) => {}
        }
    }

    /// A call of unknown code.
    pub(crate) fn leave(&mut self, args: &[Node], result: Option<Node>) {
        for &arg in args {
            self.flow(arg, WORLD, Step::SAME);
        }
        if let Some(result) = result {
            self.flow(WORLD, result, Step::SAME);
        }
    }

    /// The largest power of two, up to [`WHOLE`], that divides every address of a place.
    pub(crate) fn alignment(&self, place: Place) -> u64 {
        let align = self.objects[place.object.0 as usize].align;
        let all = gcd(gcd(align, place.stride), place.start.unsigned_abs());
        1 << all.trailing_zeros().min(WHOLE.trailing_zeros())
    }

    fn aside(&mut self, object: Object) -> Object {
        if let Some(&aside) = self.asides.get(&object) {
            return aside;
        }
        let aside = self.object(Data::default());
        self.asides.insert(object, aside);
        aside
    }

    fn touch(&mut self, place: Place, access: Access) {
        let place = match access.reach {
            _ if place.object == OUTSIDE => place,
            Reach::Known if (1..STRING).contains(&place.stride) => return,
            Reach::Aside => Place::anywhere(self.aside(place.object)),
            Reach::There | Reach::Known => place.moved(access.at, 0),
        };
        let grain = access.grain.unwrap_or_else(|| self.alignment(place));
        let grain = if place.object == OUTSIDE {
            WHOLE
        } else {
            grain
        };
        let step = Step {
            grain,
            ..Step::SAME
        };
        let data = &self.objects[place.object.0 as usize];
        let Some(len) = data.within(place, access.len) else {
            return;
        };
        let pattern = self.pattern(place, len);
        if access.store {
            self.flow(access.data, pattern.stored, step);
        } else {
            self.flow(pattern.loaded, access.data, step);
        }
    }

    fn pattern(&mut self, place: Place, len: u64) -> Pattern {
        if place.object == OUTSIDE {
            let mut world = Data::default();
            world.add(place, len, WORLD, WORLD);
            return world.find(place, len).expect("just added");
        }
        let object = place.object.0 as usize;
        let (place, len) = self.objects[object].kept(place, len);
        if let Some(pattern) = self.objects[object].find(place, len) {
            return pattern;
        }
        let (stored, loaded) = (self.node(), self.node());
        self.objects[object].add(place, len, stored, loaded);
        let meeting: Vec<Pattern> = self.objects[object].meeting(place, len).collect();
        for other in meeting {
            self.flow(other.stored, loaded, Step::SAME);
            self.flow(stored, other.loaded, Step::SAME);
        }
        // An access that goes on without end, or a step that is no multiple of its length, meets itself.
        self.flow(stored, loaded, Step::SAME);
        self.objects[object].find(place, len).expect("just added")
    }

    /// Runs to the fixed point; false when that is too much.
    pub(crate) fn solve(&mut self) -> bool {
        let limit = 200_000 + 400 * self.nodes.len() as u64;
        while let Some(node) = self.queue.pop() {
            self.nodes[node as usize].queued = false;
            self.pass_on(node);
            if self.failed || self.steps > limit {
                return false;
            }
        }
        true
    }

    fn pass_on(&mut self, node: Node) {
        let data = &self.nodes[node as usize];
        let (mut places, written, read) = (data.places.clone(), data.written, data.read);
        // An address from outside stands for all that was given away: see `escape`.
        if node == WORLD {
            places.retain(|p| p.object == OUTSIDE);
        }
        let (to, from) = (data.to.clone(), data.from.clone());
        for (target, step) in to {
            self.steps += 1 + places.len() as u64;
            for place in &places {
                self.point(target, place.moved(step.bytes, step.stride));
            }
            self.seed(target, written.through(step.grain), Kinds::NONE);
        }
        for (source, step) in from {
            self.steps += 1;
            self.seed(source, Kinds::NONE, read.through(step.grain));
        }
    }
}
