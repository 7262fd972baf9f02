//! Instructions as flows.

use super::kinds::Kinds;
use super::places::{Data, OUTSIDE, Object, Place};
use super::solve::{Access, Graph, Node, Ports, Reach, Step, WORLD};
use crate::divisor::{divisor, gcd};
use rustc_hash::FxHashMap;
use rz_view::op::{BinaryOp, CastOp, GepData};
use rz_view::{Body, Constant, Func, Global, Inst, Module, Op, Type, TypeKind, Value, ValueDef};

/// Bodies up to so many instructions are visited for each call by itself: accessors of records, which are called
/// for all kinds of objects, and functions that allocate.
const MAX_COPIED: usize = 64;
/// So many calls deep.
const MAX_DEPTH: usize = 10;
/// Instructions visited a second time, besides those of a few more modules of this size.
const MAX_AGAIN: usize = 4_000;

/// Makes the graph of a module.
pub(super) struct Builder<'m> {
    pub(super) module: &'m Module,
    pub(super) graph: Graph,
    /// The nodes of the first values of each copy of a function.
    pub(super) first: FxHashMap<Func, Vec<Node>>,
    globals: FxHashMap<Global, Object>,
    code: FxHashMap<Func, Object>,
    /// What calls of functions of strings move, by the first node of the copy of a function they are in.
    pub(super) letters: FxHashMap<(Node, Inst), super::text::Held>,
    /// What is in streams.
    pub(super) streams: Option<Object>,
    /// Functions whose shared copy is to be visited.
    wanted: Vec<(Func, Node)>,
    /// Instructions that may still be visited for a call by itself.
    left: usize,
}

/// The copy of a function that is being visited.
pub(super) struct Visit<'b, 'm> {
    pub(super) all: &'b mut Builder<'m>,
    pub(super) body: &'m Body,
    pub(super) first: Node,
    result: Option<Node>,
    /// Functions this copy is for calls in.
    callers: Vec<Func>,
}

impl<'m> Builder<'m> {
    pub(super) fn new(module: &'m Module) -> Self {
        let bodies = module.funcs.values().filter_map(|data| data.body.as_ref());
        let size: usize = bodies.map(|body| body.insts.len()).sum();
        Self {
            module,
            graph: Graph::new(),
            first: FxHashMap::default(),
            globals: FxHashMap::default(),
            code: FxHashMap::default(),
            letters: FxHashMap::default(),
            streams: None,
            wanted: Vec::new(),
            left: MAX_AGAIN + 4 * size,
        }
    }

    /// Visits what is called; code outside calls `entries`, and every function whose address is known.
    pub(super) fn run(&mut self, entries: &[Func]) {
        for &entry in entries {
            self.shared(entry);
            self.graph.expose(entry);
        }
        let stand_ins = self
            .module
            .funcs
            .iter()
            .filter(|(_, data)| data.stand_in.is_some());
        for (func, _) in stand_ins {
            self.code_of(func);
        }
        while let Some((func, first)) = self.wanted.pop() {
            let result = self.graph.ports[&func].result;
            self.visit(func, first, result, Vec::new());
        }
    }

    /// Parameters and result of the copy of a function that calls share, if it has a body.
    fn shared(&mut self, func: Func) -> Option<Ports> {
        if let Some(ports) = self.graph.ports.get(&func) {
            return Some(ports.clone());
        }
        let (first, ports) = self.copied(func)?;
        self.graph.ports.insert(func, ports.clone());
        self.wanted.push((func, first));
        Some(ports)
    }

    /// Nodes for another copy of a function.
    fn copied(&mut self, func: Func) -> Option<(Node, Ports)> {
        let data = &self.module.funcs[func];
        let body = data.body.as_ref()?;
        let first = self.graph.nodes.len() as Node;
        for data in body.values.values() {
            let node = self.graph.node();
            if !matches!(data.def, ValueDef::Const(_)) {
                let kinds = self.by_type(data.ty);
                self.graph.seed(node, kinds, kinds);
                if self.module.types.float_kind(data.ty).is_some() {
                    self.graph.is_number(node);
                }
            }
        }
        let result = (!self.module.types.is_void(data.ret)).then(|| self.graph.node());
        let params = body.params.iter().map(|p| first + p.as_u32()).collect();
        self.first.entry(func).or_default().push(first);
        Some((first, Ports { params, result }))
    }

    fn visit(&mut self, func: Func, first: Node, result: Option<Node>, callers: Vec<Func>) {
        let body = self.module.body(func);
        let mut visit = Visit {
            all: self,
            body,
            first,
            result,
            callers,
        };
        visit.constants();
        for inst in body.insts.keys() {
            visit.inst(inst);
        }
    }

    /// Parameters and result of the copy of a function that a call in `callers` calls.
    pub(super) fn called(&mut self, func: Func, callers: &[Func]) -> Option<Ports> {
        let body = self.module.funcs[func].body.as_ref()?;
        let size = body.insts.len();
        let again = size <= MAX_COPIED.min(self.left)
            && callers.len() < MAX_DEPTH
            && !callers.contains(&func);
        if !again {
            return self.shared(func);
        }
        self.left -= size;
        let (first, ports) = self.copied(func)?;
        let mut callers = callers.to_vec();
        callers.push(func);
        self.visit(func, first, ports.result, callers);
        Some(ports)
    }

    /// The kinds that a type names.
    pub(super) fn by_type(&self, ty: Type) -> Kinds {
        let types = &self.module.types;
        let mut kinds = Kinds::NONE;
        types.leaves(ty, 0, &mut |_, leaf| {
            kinds = kinds
                | match types.kind(types.scalar(leaf)) {
                    TypeKind::Float(kind) => Kinds::float(*kind),
                    TypeKind::Pointer { .. } => Kinds::POINTER,
                    _ => Kinds::NONE,
                };
        });
        kinds
    }

    /// The object that is the code of a function. Whoever has its address may call it.
    fn code_of(&mut self, func: Func) -> Object {
        if let Some(&object) = self.code.get(&func) {
            return object;
        }
        let object = self.graph.object(Data::code(func));
        self.code.insert(func, object);
        let body = self.module.funcs[func].stand_in.unwrap_or(func);
        if let Some(ports) = self.shared(body) {
            self.graph.ports.insert(func, ports);
        }
        self.graph.expose(func);
        object
    }

    /// Variables are outside; constants are objects of their own.
    fn object_of(&mut self, global: Global) -> Object {
        let data = &self.module.globals[global];
        if !data.constant || !data.defined {
            return OUTSIDE;
        }
        if let Some(&object) = self.globals.get(&global) {
            return object;
        }
        let align = u64::from(self.module.types.align(data.ty));
        let object = self.graph.object(Data::aligned(align, None));
        self.globals.insert(global, object);
        let place = Place::of(object);
        for (at, inside) in &data.contents.globals {
            let behind = Place::of(self.object_of(inside.global)).moved(inside.offset, 0);
            self.hold(place, *at, behind);
        }
        for &(at, func) in &data.contents.functions {
            let code = Place::of(self.code_of(func));
            self.hold(place, at, code);
        }
        if !data.contents.complete {
            let node = self.graph.node();
            self.graph.point(node, Place::anywhere(object));
            self.graph.access(node, whole(WORLD, true));
        }
        object
    }

    /// A constant holds an address.
    fn hold(&mut self, object: Place, at: u64, address: Place) {
        let (pointer, value) = (self.graph.node(), self.graph.node());
        self.graph.point(pointer, object);
        self.graph.point(value, address);
        self.graph.seed(value, Kinds::POINTER, Kinds::NONE);
        let access = Access {
            at: at as i64,
            len: self.module.pointer_bytes,
            grain: None,
            data: value,
            store: true,
            reach: Reach::There,
        };
        self.graph.access(pointer, access);
    }
}

/// An access of everything from a pointer on.
pub(super) fn whole(data: Node, store: bool) -> Access {
    Access {
        at: 0,
        len: u64::MAX,
        grain: None,
        data,
        store,
        reach: Reach::There,
    }
}

impl Visit<'_, '_> {
    /// Parameters and result of what a call of `func` calls.
    pub(super) fn callee(&mut self, func: Func) -> Option<Ports> {
        let callers = std::mem::take(&mut self.callers);
        let ports = self.all.called(func, &callers);
        self.callers = callers;
        ports
    }

    pub(super) fn node(&self, value: Value) -> Node {
        self.first + value.as_u32()
    }

    pub(super) fn flow(&mut self, from: Value, to: Value, step: Step) {
        let (from, to) = (self.node(from), self.node(to));
        self.all.graph.flow(from, to, step);
    }

    fn constants(&mut self) {
        for (value, data) in &self.body.values {
            if let ValueDef::Const(constant) = &data.def {
                self.constant(value, data.ty, constant);
            }
        }
    }

    fn constant(&mut self, value: Value, ty: Type, constant: &Constant) {
        let node = self.node(value);
        // Also null takes the place of a pointer. Constant numbers carry no derivative.
        if self.all.module.types.is_pointer(ty) {
            self.all.graph.seed(node, Kinds::POINTER, Kinds::NONE);
        }
        match constant {
            Constant::Global(global) => {
                let object = self.all.object_of(*global);
                self.all.graph.point(node, Place::of(object));
            }
            Constant::Func(func) => {
                let object = self.all.code_of(*func);
                self.all.graph.point(node, Place::of(object));
            }
            Constant::Offset { base, offset } => {
                let step = Step {
                    bytes: *offset,
                    ..Step::SAME
                };
                self.flow(*base, value, step);
            }
            Constant::Splat(part) => self.flow(*part, value, Step::SAME),
            Constant::Aggregate(parts) => {
                for &part in parts {
                    self.flow(part, value, Step::SAME);
                }
            }
            Constant::Expr { operands, .. } => {
                self.all.graph.flow(WORLD, node, Step::SAME);
                for &operand in operands {
                    self.flow(operand, value, Step::MIXED);
                }
            }
            Constant::Opaque(_) => self.all.graph.flow(WORLD, node, Step::SAME),
            Constant::Int(_)
            | Constant::WideInt
            | Constant::Float(_)
            | Constant::Null
            | Constant::Zero
            | Constant::Undef
            | Constant::Poison
            | Constant::None
            | Constant::Data
            | Constant::BlockAddress(_)
            | Constant::Metadata(_)
            | Constant::Asm => {}
        }
    }

    fn inst(&mut self, inst: Inst) {
        let data = &self.body.insts[inst];
        match data.result {
            Some(result) => self.value(inst, result),
            None => self.effect(inst),
        }
    }

    /// An instruction without a result.
    fn effect(&mut self, inst: Inst) {
        let data = &self.body.insts[inst];
        let ops = &data.operands;
        match &data.op {
            Op::Store(access) => self.store(ops[0], ops[1], access.align),
            Op::Ret => {
                if let (Some(&value), Some(result)) = (ops.first(), self.result) {
                    let node = self.node(value);
                    self.all.graph.flow(node, result, Step::SAME);
                }
            }
            Op::Call(call) | Op::Invoke(call, ..) | Op::CallBr(call, _) => self.call(inst, call),
            Op::Resume | Op::Opaque(_) => self.unknown(inst),
            _ => {}
        }
    }

    /// An instruction that defines `result`.
    fn value(&mut self, inst: Inst, result: Value) {
        let data = &self.body.insts[inst];
        let ops = &data.operands;
        match &data.op {
            Op::ICmp(_) | Op::FCmp(_) | Op::FNeg => {}
            Op::Binary(op) => self.binary(*op, result, ops),
            Op::Cast(op) => self.cast(*op, result, ops[0]),
            Op::Freeze | Op::Phi { .. } => {
                for &from in ops {
                    self.flow(from, result, Step::SAME);
                }
            }
            Op::Select => {
                self.flow(ops[1], result, Step::SAME);
                self.flow(ops[2], result, Step::SAME);
            }
            Op::Gep(gep) => self.flow(ops[0], result, step_of(self.body, gep)),
            Op::Alloca { align, ty, .. } => {
                let count = self
                    .body
                    .const_int(ops[0])
                    .and_then(|n| u64::try_from(n).ok());
                let each = self.all.module.types.alloc_size(*ty);
                let size = count.and_then(|n| n.checked_mul(each));
                let object = self
                    .all
                    .graph
                    .object(Data::aligned(u64::from(*align), size));
                let node = self.node(result);
                self.all.graph.point(node, Place::of(object));
            }
            Op::Load(access) => self.load(ops[0], result, access.align),
            Op::CmpXchg(access) => {
                self.load(ops[0], result, access.align);
                self.store(ops[2], ops[0], access.align);
            }
            Op::AtomicRmw(_, access) => {
                self.load(ops[0], result, access.align);
                self.store(ops[1], ops[0], access.align);
                // What was there is part of what is there afterwards.
                let mixed = self.all.graph.node();
                let node = self.node(result);
                self.all.graph.flow(node, mixed, Step::MIXED);
                self.put(mixed, ops[0], self.size(result), access.align);
            }
            // Lanes and members move by themselves.
            Op::ExtractValue(_) | Op::ExtractElement => {
                self.flow(ops[0], result, self.lanes(result));
            }
            Op::InsertValue(_) | Op::InsertElement => {
                self.flow(ops[0], result, Step::SAME);
                self.flow(ops[1], result, self.lanes(ops[1]));
            }
            Op::Shuffle(_) => {
                let types = &self.all.module.types;
                let grain = types.store_size(types.scalar(self.body.ty(result)));
                for &from in &ops[..2] {
                    self.flow(
                        from,
                        result,
                        Step {
                            grain,
                            ..Step::SAME
                        },
                    );
                }
            }
            Op::Call(call) | Op::Invoke(call, ..) | Op::CallBr(call, _) => self.call(inst, call),
            Op::VaArg | Op::LandingPad | Op::FuncletPad | Op::FuncletControl(_) | Op::Opaque(_) => {
                self.unknown(inst);
            }
            Op::Store(_)
            | Op::Fence
            | Op::Ret
            | Op::Br(_)
            | Op::CondBr(..)
            | Op::Switch { .. }
            | Op::IndirectBr(_)
            | Op::Resume
            | Op::Unreachable => {}
        }
    }

    /// A part of a register: floats that are larger come apart.
    fn lanes(&self, part: Value) -> Step {
        let types = &self.all.module.types;
        Step {
            grain: types.store_size(types.scalar(self.body.ty(part))),
            ..Step::SAME
        }
    }

    /// Code that is not known takes the operands and makes the result.
    pub(super) fn unknown(&mut self, inst: Inst) {
        let data = &self.body.insts[inst];
        let args: Vec<Node> = data.operands.iter().map(|&v| self.node(v)).collect();
        let result = data.result.map(|v| self.node(v));
        self.all.graph.leave(&args, result);
    }

    pub(super) fn size(&self, value: Value) -> u64 {
        self.all.module.types.store_size(self.body.ty(value))
    }

    pub(super) fn load(&mut self, pointer: Value, result: Value, align: u32) {
        let access = Access {
            at: 0,
            len: self.size(result),
            grain: Some(u64::from(align)),
            data: self.node(result),
            store: false,
            reach: Reach::There,
        };
        let pointer = self.node(pointer);
        self.all.graph.access(pointer, access);
    }

    pub(super) fn store(&mut self, value: Value, pointer: Value, align: u32) {
        self.put(self.node(value), pointer, self.size(value), align);
    }

    fn put(&mut self, data: Node, pointer: Value, len: u64, align: u32) {
        let access = Access {
            at: 0,
            len,
            grain: Some(u64::from(align)),
            data,
            store: true,
            reach: Reach::There,
        };
        let pointer = self.node(pointer);
        self.all.graph.access(pointer, access);
    }

    fn binary(&mut self, op: BinaryOp, result: Value, ops: &[Value]) {
        match op {
            BinaryOp::FAdd | BinaryOp::FSub | BinaryOp::FMul | BinaryOp::FDiv | BinaryOp::FRem => {}
            BinaryOp::Add
            | BinaryOp::Sub
            | BinaryOp::Mul
            | BinaryOp::UDiv
            | BinaryOp::SDiv
            | BinaryOp::URem
            | BinaryOp::SRem
            | BinaryOp::Shl
            | BinaryOp::LShr
            | BinaryOp::AShr
            | BinaryOp::And
            | BinaryOp::Or
            | BinaryOp::Xor => {
                for &from in ops {
                    self.flow(from, result, Step::MIXED);
                }
            }
        }
    }

    fn cast(&mut self, op: CastOp, result: Value, operand: Value) {
        match op {
            CastOp::FpToUi | CastOp::FpToSi | CastOp::FpTrunc | CastOp::FpExt => {}
            // A number made of the bits of another one has a derivative of its own kind.
            CastOp::UiToFp | CastOp::SiToFp => {
                let node = self.node(operand);
                self.all.graph.seed(node, Kinds::NONE, Kinds::PARTS);
            }
            CastOp::SExt => self.flow(operand, result, Step::MIXED),
            CastOp::IntToPtr => {
                self.flow(operand, result, Step::SAME);
                let node = self.node(result);
                self.all.graph.flow(WORLD, node, Step::SAME);
            }
            CastOp::PtrToInt
            | CastOp::PtrToAddr
            | CastOp::Trunc
            | CastOp::ZExt
            | CastOp::BitCast
            | CastOp::AddrSpaceCast => self.flow(operand, result, Step::SAME),
        }
    }
}

fn step_of(body: &Body, gep: &GepData) -> Step {
    let terms = gep.terms.iter();
    let steps = terms.map(|&(index, scale)| scale.saturating_mul(divisor(body, index, 8)));
    Step {
        bytes: gep.offset,
        stride: steps.fold(0, gcd),
        ..Step::SAME
    }
}
