//! Calls of functions of strings and streams as flows of letters.
//!
//! What is in a string lies behind the address it starts with: in a block, or in the string itself after its length.
//! What is in streams lies in one object for all of them.

use super::build::{Visit, whole};
use super::kinds::Kinds;
use super::places::{Data, Object, Place, TEXT};
use super::solve::{Access, Node, Reach, Step};
use rz_rules::known::{Letters, is_stream_to_outside, letters};
use rz_view::op::Callee;
use rz_view::{Body, Constant, Inst, Module, Op, TypeKind, Value};

/// Where the letters of a short string start in it.
const ROOM: i64 = 16;
/// Bytes of a string of libc++.
const WHOLE_STRING: u64 = 24;

/// What a call moves.
pub(super) struct Held {
    pub(super) letters: Node,
    /// The letters stay where they are; their address is passed on.
    pub(super) passed: bool,
}

impl Visit<'_, '_> {
    /// The letters of a string, or of what is behind other arguments, become those of others.
    pub(super) fn written(&mut self, inst: Inst, name: &str) {
        let module = self.all.module;
        let (args, result) = (self.body.call_args(inst), self.body.insts[inst].result);
        let pointer = |v: &Value| module.types.is_pointer(self.body.ty(*v));
        let address = |v: &Value| pointer(v) || module.types.is_aggregate(self.body.ty(*v));
        let texts: Vec<Value> = args.iter().copied().filter(pointer).collect();
        let Some(roles) = letters(name, texts.len()) else {
            return;
        };
        let libcxx = name.contains("NSt3__1") || name.contains("NKSt3__1");
        let result = result.filter(address).map(|v| self.node(v));
        let graph = &mut self.all.graph;
        let letters = graph.letters();
        let role_of = |role| roles.contains(&role);
        let held = Held {
            letters,
            passed: role_of(Letters::View),
        };
        self.all.letters.insert((self.first, inst), held);
        let letter = |v: &&Value| *module.types.kind(self.body.ty(**v)) == TypeKind::Int(8);
        for &one in args.iter().filter(letter) {
            let one = self.node(one);
            self.all.graph.flow(one, letters, Step::MIXED);
        }
        for (&text, role) in texts.iter().zip(&roles) {
            let node = self.node(text);
            // Other libraries keep the letters of a short string from its start.
            if libcxx && matches!(role, Letters::String | Letters::Shown | Letters::Other) {
                for store in [false, true] {
                    let all = first(letters, WHOLE_STRING, store);
                    self.all.graph.access(node, all);
                }
            }
            match role {
                Letters::Room => {
                    let result = result.unwrap_or(letters);
                    self.room(result, letters);
                    continue;
                }
                Letters::View => {
                    self.part(node, letters, false);
                    let holder = self.node(texts[0]);
                    if holder != node {
                        self.all.graph.access(holder, whole(node, true));
                    }
                }
                Letters::String => self.string(node, letters, result),
                Letters::Shown => {
                    self.string(node, letters, result);
                    continue;
                }
                Letters::Other => {
                    self.other(node, letters);
                }
                Letters::Source => self.part(node, letters, false),
                Letters::Buffer => {
                    self.part(node, letters, false);
                    self.part(node, letters, true);
                }
                Letters::Stream => self.stream(text, letters),
            }
            if let Some(result) = result {
                self.all.graph.flow(node, result, Step::SAME);
            }
        }
    }

    /// A string, which may be written and get room of its own.
    fn string(&mut self, text: Node, letters: Node, result: Option<Node>) {
        let address = self.other(text, letters);
        let graph = &mut self.all.graph;
        graph.seed(address, Kinds::POINTER, Kinds::POINTER);
        let block = graph.object(Data::aligned(1, None));
        graph.point(address, Place::of(block));
        self.inside(text, address, letters, true);
        // What a function returns points to any letter.
        if let Some(result) = result {
            let graph = &mut self.all.graph;
            graph.flow(address, result, Step::SAME);
            graph.point(result, Place::anywhere(block));
        }
    }

    /// A string that is only read; its address.
    fn other(&mut self, text: Node, letters: Node) -> Node {
        let address = self.all.graph.node();
        self.inside(text, address, letters, false);
        address
    }

    /// The address in a string, and the letters in it and behind its address. Where it is not known which part of a
    /// record is the string, its address is among those of all strings there.
    fn inside(&mut self, text: Node, address: Node, letters: Node, store: bool) {
        let bytes = self.all.module.pointer_bytes;
        let graph = &mut self.all.graph;
        for reach in [Reach::Known, Reach::Aside] {
            let access = first(address, bytes, store);
            graph.access(text, Access { reach, ..access });
        }
        let short = Access {
            at: ROOM,
            reach: Reach::Known,
            ..first(letters, TEXT, store)
        };
        graph.access(text, short);
        graph.access(address, first(letters, TEXT, store));
    }

    /// Letters anywhere.
    fn part(&mut self, text: Node, letters: Node, store: bool) {
        self.all.graph.access(text, first(letters, TEXT, store));
    }

    /// Memory for letters.
    fn room(&mut self, result: Node, letters: Node) {
        let graph = &mut self.all.graph;
        let block = graph.object(Data::aligned(1, None));
        graph.point(result, Place::of(block));
        for store in [false, true] {
            graph.access(result, whole(letters, store));
        }
    }

    fn stream(&mut self, stream: Value, letters: Node) {
        if leads_out(self.all.module, self.body, stream) {
            return;
        }
        let streams = self.all.streams();
        let graph = &mut self.all.graph;
        let hub = graph.node();
        graph.point(hub, Place::of(streams));
        for store in [false, true] {
            graph.access(hub, whole(letters, store));
        }
    }
}

impl super::build::Builder<'_> {
    /// What is in streams.
    fn streams(&mut self) -> Object {
        let graph = &mut self.graph;
        *self
            .streams
            .get_or_insert_with(|| graph.object(Data::aligned(1, None)))
    }
}

fn first(data: Node, len: u64, store: bool) -> Access {
    Access {
        len,
        ..whole(data, store)
    }
}

/// A stream of the console or of a file, which other programs read.
pub(crate) fn leads_out(module: &Module, body: &Body, stream: Value) -> bool {
    let base = base_of(body, stream);
    if let Some(Constant::Global(global)) = body.constant(base) {
        return is_stream_to_outside(&module.globals[*global].name);
    }
    body.insts.iter().any(|(inst, data)| {
        let made = data.op.call().is_some_and(|call| match call.callee {
            Callee::Direct(func) => is_stream_to_outside(&module.funcs[func].name),
            Callee::Indirect | Callee::Asm { .. } => false,
        });
        let args = body.call_args(inst);
        made && args.first().is_some_and(|&one| base_of(body, one) == base)
    })
}

fn base_of(body: &Body, mut pointer: Value) -> Value {
    while let Some(inst) = body.def(pointer)
        && let Op::Gep(_) = body.insts[inst].op
    {
        pointer = body.insts[inst].operands[0];
    }
    pointer
}
