//! From instructions to the fact graph: representation of values, pointers, and the dispatch.
//!
//! Every instruction is visited once, in reverse postorder. Floats need no cells (their SSA type
//! says everything), scalar pointers are a [`Place`], everything else is a run of cells, one a byte.
//! What does not equate bytes but depends on facts (is this sum an integer?) becomes a relation
//! (`relations.rs`) that is rechecked when a byte it watches changes.

use super::address::links;
use super::evidence::Layout;
use super::graph::{Cell, Fact, Graph, Place, Reason, Source};
use super::joins::Join;
use super::relations::Relation;
use super::stride::{Cycle, Cycles};
use super::tree::Class;
use crate::taken::{ALL, Bytes};
use cranelift_entity::SecondaryMap;
use rustc_hash::{FxHashMap, FxHashSet};
use rz_view::op::CastOp;
use rz_view::ordered::IndexMap;
use rz_view::{
    Body, Cfg, Constant, Func, Global, Inst, InstData, Module, Op, Type, TypeKind, Value,
};

/// Values of more bytes than this are not tracked (their float and pointer accesses still are).
const MAX_VALUE_BYTES: u64 = 4096;

use std::ops::Range;

/// What stands for a value in the graph.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) enum Repr {
    /// Nothing is tracked.
    #[default]
    None,
    /// Floats: known by type.
    Float,
    /// A scalar pointer.
    Pointer(Place),
    /// One cell a byte.
    Bytes { first: Cell, len: u64 },
}

/// These bytes of a value are probably an integer.
#[derive(Clone, Debug)]
pub(crate) struct Hint {
    pub(crate) value: Value,
    pub(crate) bytes: Range<u64>,
    pub(crate) why: Reason,
}

/// The graph of one function under construction.
#[derive(Clone)]
pub(crate) struct Builder<'a> {
    pub(crate) module: &'a Module,
    pub(crate) func: Func,
    pub(crate) body: &'a Body,
    pub(crate) graph: Graph,
    pub(crate) reprs: SecondaryMap<Value, Repr>,
    /// Bit k: byte k of this integer is zero whatever the operands are.
    pub(crate) zeros: SecondaryMap<Value, u64>,
    /// Integers by their definition, whatever memory they are stored to.
    pub(crate) proved: SecondaryMap<Value, bool>,
    pub(super) cycles: Cycles,
    pub(super) cycle_places: SecondaryMap<Cycle, Option<Place>>,
    pub(super) joins: Vec<Join>,
    /// Addresses at which pointers are loaded and stored.
    pub(super) links: FxHashSet<Value>,
    pub(crate) globals: IndexMap<Global, Place>,
    pub(crate) relations: Vec<Relation>,
    /// Integer facts that uses suggest; they give way to any other fact.
    pub(crate) hints: Vec<Hint>,
    /// Bytes taken of sums that are not taken whole.
    pub(super) taken: FxHashMap<Value, Bytes>,
    pub(crate) ret: Repr,
    /// Bytes of the result that are zero whatever is returned.
    ret_zeros: Bytes,
    /// What objects are made of; evidence for padding only.
    pub(crate) layouts: Vec<Layout>,
    /// Objects whose members are stated already: where, and which list of members.
    pub(crate) objects: FxHashSet<(Place, usize, String)>,
    /// What metadata calls that which a store moves, by value and address.
    pub(crate) stores: FxHashMap<(Value, Value), Option<Class>>,
    /// The module has C++ symbols.
    pub(crate) cpp: bool,
    /// Calls of functions with bodies.
    pub(crate) calls: Vec<Inst>,
}

impl<'a> Builder<'a> {
    /// Visits every reachable instruction of `func`.
    pub(crate) fn run(module: &'a Module, func: Func, cpp: bool) -> Self {
        let body = module.body(func);
        let mut builder = Self {
            module,
            func,
            body,
            graph: Graph::new(64 * (body.insts.len() + 1000)),
            reprs: SecondaryMap::new(),
            zeros: SecondaryMap::new(),
            proved: SecondaryMap::new(),
            cycles: Cycles::new(module, body),
            cycle_places: SecondaryMap::new(),
            joins: Vec::new(),
            links: links(module, body),
            globals: IndexMap::default(),
            relations: Vec::new(),
            hints: Vec::new(),
            taken: super::partial::taken(&module.types, body),
            ret: Repr::None,
            ret_zeros: ALL,
            layouts: Vec::new(),
            objects: FxHashSet::default(),
            stores: FxHashMap::default(),
            cpp,
            calls: Vec::new(),
        };
        for (value, data) in &body.values {
            builder.constant(value, data.ty);
        }
        for (index, &param) in body.params.iter().enumerate() {
            builder.define(
                param,
                Reason {
                    source: Source::Param(index as u32),
                    rule: "type of the parameter",
                },
            );
            builder.stated_parameter(param, index as u32);
        }
        builder.ret = builder.fresh(
            module.funcs[func].ret,
            Reason {
                source: Source::Return,
                rule: "type of the result",
            },
        );
        let cfg = Cfg::new(body);
        for &block in cfg.rpo() {
            for &inst in &body.blocks[block].insts {
                builder.visit(inst);
            }
        }
        for &block in cfg.rpo() {
            for &inst in &body.blocks[block].insts {
                builder.close_phi(inst);
            }
        }
        builder.close_joins();
        builder.close_result();
        builder.graph.close();
        builder
    }

    pub(crate) fn reason(inst: Inst, rule: &'static str) -> Reason {
        Reason {
            source: Source::Inst(inst),
            rule,
        }
    }

    pub(crate) fn size(&self, ty: Type) -> u64 {
        self.module.types.store_size(ty)
    }

    // ---- representations

    /// A representation for a value of this type, with what the type itself says.
    pub(crate) fn fresh(&mut self, ty: Type, why: Reason) -> Repr {
        let types = &self.module.types;
        match types.kind(ty) {
            TypeKind::Float(_) => Repr::Float,
            TypeKind::Pointer { .. } => Repr::Pointer(self.graph.new_place()),
            TypeKind::Vector { .. } if types.float_kind(ty).is_some() => Repr::Float,
            TypeKind::Vector { scalable: true, .. } => Repr::None,
            TypeKind::Int(_)
            | TypeKind::Vector { .. }
            | TypeKind::Array { .. }
            | TypeKind::Struct { .. } => {
                let len = self.size(ty);
                if len == 0 || len > MAX_VALUE_BYTES {
                    return Repr::None;
                }
                let first = self.graph.new_cells(len);
                self.state_type(ty, why, &mut |_, k| Graph::nth(first, k));
                Repr::Bytes { first, len }
            }
            _ => Repr::None,
        }
    }

    pub(crate) fn define(&mut self, value: Value, why: Reason) {
        if self.reprs[value] == Repr::None {
            self.reprs[value] = self.fresh(self.body.ty(value), why);
        }
    }

    /// States the float and pointer leaves of `ty` (`i1` too: a truth value is an integer).
    pub(crate) fn state_type(
        &mut self,
        ty: Type,
        why: Reason,
        at: &mut impl FnMut(&mut Graph, u64) -> Cell,
    ) {
        let types = &self.module.types;
        let pointer_bytes = self.module.pointer_bytes;
        let graph = &mut self.graph;
        types.leaves(ty, 0, &mut |base, leaf| {
            let scalar = types.scalar(leaf);
            let class = match types.kind(scalar) {
                TypeKind::Float(kind) => Class::Float(*kind),
                TypeKind::Pointer { .. } => Class::Pointer,
                TypeKind::Int(1) => Class::Integer,
                _ => return,
            };
            if class == Class::Integer {
                // Truth values are packed in vectors: bytes, not lanes.
                let bytes = types.store_size(leaf);
                state_element(graph, class, bytes, why, |g, k| at(g, base + k));
                return;
            }
            let bytes = class.element_bytes(pointer_bytes);
            let stride = types.alloc_size(scalar);
            for lane in 0..u64::from(types.lanes(leaf)) {
                state_element(graph, class, bytes, why, |g, k| {
                    at(g, base + lane * stride + k)
                });
            }
        });
    }

    /// Where a scalar pointer points; `None` for null, undefined and untracked ones.
    pub(crate) fn place(&self, value: Value) -> Option<Place> {
        match self.reprs[value] {
            Repr::Pointer(place) => Some(self.graph.resolve(place)),
            _ => None,
        }
    }

    /// The cell of byte `k` of a value.
    pub(crate) fn byte(&self, value: Value, k: u64) -> Option<Cell> {
        match self.reprs[value] {
            Repr::Bytes { first, len } if k < len => Some(Graph::nth(first, k)),
            _ => None,
        }
    }

    pub(crate) fn is_zero_byte(&self, value: Value, k: u64) -> bool {
        is_zero(self.zeros[value], k)
    }

    /// Makes `bytes` bytes of two values one, but for bytes that are zero in `from`.
    pub(crate) fn equate(&mut self, to: (Value, u64), from: (Value, u64), bytes: u64) {
        for k in 0..bytes {
            if self.is_zero_byte(from.0, from.1 + k) {
                continue;
            }
            if let (Some(a), Some(b)) = (self.byte(to.0, to.1 + k), self.byte(from.0, from.1 + k)) {
                self.graph.unify(a, b);
            }
        }
    }

    /// Writes what `value` holds into the bytes `at(0..)`; the two are then the same bytes.
    pub(crate) fn spread(
        &mut self,
        value: Value,
        why: Reason,
        at: &mut impl FnMut(&mut Graph, u64) -> Cell,
    ) {
        if self
            .body
            .constant(value)
            .is_some_and(Constant::is_undefined)
        {
            return;
        }
        match self.reprs[value] {
            Repr::Bytes { first, len } => {
                let zeros = self.zeros[value];
                for k in (0..len).filter(|&k| !is_zero(zeros, k)) {
                    let cell = at(&mut self.graph, k);
                    self.graph.unify(cell, Graph::nth(first, k));
                }
                self.spread_zeros(len, zeros, at);
                self.state_type(self.body.ty(value), why, at);
            }
            Repr::Pointer(place) => {
                let bytes = self.module.pointer_bytes;
                state_element(&mut self.graph, Class::Pointer, bytes, why, &mut *at);
                let cell = at(&mut self.graph, 0);
                self.graph.points_to(cell, place);
            }
            Repr::Float => self.state_type(self.body.ty(value), why, at),
            Repr::None => {
                if self.size(self.body.ty(value)) <= MAX_VALUE_BYTES {
                    self.state_type(self.body.ty(value), why, at);
                }
            }
        }
    }

    /// A value whose highest bytes are always zero is a small number, never an ordinary float.
    fn spread_zeros(&mut self, len: u64, zeros: u64, at: &mut impl FnMut(&mut Graph, u64) -> Cell) {
        if zeros == u64::MAX || !is_zero(zeros, len - 1) {
            return;
        }
        let why = Reason {
            source: Source::Padding,
            rule: "the high bytes of a small number",
        };
        for k in (0..len).rev().take_while(|&k| is_zero(zeros, k)) {
            let cell = at(&mut self.graph, k);
            self.graph.assert(cell, Fact::integer(why).hint());
        }
    }

    /// Defines `result` as what is found at `at(0..)`.
    pub(crate) fn gather(
        &mut self,
        result: Value,
        why: Reason,
        at: &mut impl FnMut(&mut Graph, u64) -> Cell,
    ) {
        let ty = self.body.ty(result);
        if matches!(self.module.types.kind(ty), TypeKind::Pointer { .. }) {
            let cell = at(&mut self.graph, 0);
            self.reprs[result] = Repr::Pointer(self.graph.behind(cell));
        } else {
            self.define(result, why);
        }
        self.spread(result, why, at);
    }

    /// Two values of one type hold the same.
    pub(crate) fn same(&mut self, to: Value, from: Value) {
        if let (Some(a), Some(b)) = (self.place(to), self.place(from)) {
            self.graph.unify_places(a, b);
            return;
        }
        let bytes = self.size(self.body.ty(to)).min(MAX_VALUE_BYTES);
        self.equate((to, 0), (from, 0), bytes);
    }

    /// A whole integer value is an integer because of its definition.
    pub(crate) fn state_integer(&mut self, value: Value, why: Reason) {
        if let Repr::Bytes { first, len } = self.reprs[value] {
            self.proved[value] = true;
            for k in 0..len {
                self.graph.assert(Graph::nth(first, k), Fact::integer(why));
            }
        }
    }

    /// A use suggests that a value is an integer.
    pub(crate) fn hint_integer(&mut self, value: Value, why: Reason) {
        if let Repr::Bytes { len, .. } = self.reprs[value] {
            self.hint_part_integer(value, 0..len, why);
        }
    }

    // ---- dispatch

    fn visit(&mut self, inst: Inst) {
        let data = &self.body.insts[inst];
        match &data.op {
            Op::Binary(op) => self.binary(inst, *op, data),
            Op::FNeg | Op::FCmp(_) | Op::ICmp(_) => self.compare(inst, data),
            Op::Cast(op) => self.cast(inst, *op, data),
            Op::Freeze => self.pass(inst, data, &data.operands[..1]),
            Op::Select => self.pass(inst, data, &data.operands[1..]),
            Op::Phi { .. } => self.pass(inst, data, &data.operands),
            Op::Alloca { ty, .. } => {
                self.fresh_result(inst, data, "result of alloca");
                if let Some(result) = data.result {
                    self.layout(result, *ty);
                    self.variable(inst, data, result);
                }
            }
            Op::Load(access) => self.load(inst, data, access.align),
            Op::Store(access) => self.store(inst, data, access.align),
            Op::Gep(gep) => self.gep(inst, data, gep),
            Op::CmpXchg(access) => self.exchange(inst, data, access.align),
            Op::AtomicRmw(op, access) => self.read_modify_write(inst, data, *op, access.align),
            Op::ExtractValue(path) => self.extract_value(inst, data, path),
            Op::InsertValue(path) => self.insert_value(inst, data, path),
            Op::ExtractElement => self.extract_element(inst, data),
            Op::InsertElement => self.insert_element(inst, data),
            Op::Shuffle(mask) => self.shuffle(inst, data, mask),
            Op::Call(call) | Op::Invoke(call, ..) | Op::CallBr(call, _) => {
                self.call(inst, data, call);
                if !call.tags.is_empty() {
                    self.stated_types(inst, &call.tags);
                }
            }
            Op::Ret => self.ret(inst, data),
            Op::Switch { .. } => {
                self.hint_integer(data.operands[0], Self::reason(inst, "operand of switch"));
            }
            Op::VaArg | Op::LandingPad | Op::FuncletPad | Op::Opaque(_) => {
                self.fresh_result(inst, data, "type of the result");
            }
            Op::Fence
            | Op::Br(_)
            | Op::CondBr(..)
            | Op::IndirectBr(_)
            | Op::Resume
            | Op::Unreachable
            | Op::FuncletControl(_) => {}
        }
        if !data.tags.is_empty() {
            self.stated_metadata(inst);
        }
    }

    pub(crate) fn fresh_result(&mut self, inst: Inst, data: &InstData, rule: &'static str) {
        if let Some(result) = data.result {
            self.define(result, Self::reason(inst, rule));
        }
    }

    fn ret(&mut self, inst: Inst, data: &InstData) {
        let Some(&value) = data.operands.first() else {
            return;
        };
        match self.ret {
            Repr::Pointer(place) => {
                if let Some(from) = self.place(value) {
                    self.graph.unify_places(place, from);
                }
            }
            Repr::Bytes { first, .. } => {
                let why = Self::reason(inst, "returned");
                self.ret_zeros &= self.zeros[value];
                self.spread(value, why, &mut |_, k| Graph::nth(first, k));
            }
            Repr::None | Repr::Float => {}
        }
    }

    /// Zeros fit anything: padding in a record that is returned in a register.
    fn close_result(&mut self) {
        let why = Reason {
            source: Source::Return,
            rule: "always zero",
        };
        self.zeros_fit_anything(self.ret, self.ret_zeros, why);
    }

    /// Says so of zero bytes, since that they are zero is not followed across calls.
    pub(crate) fn zeros_fit_anything(&mut self, repr: Repr, zeros: Bytes, why: Reason) {
        let Repr::Bytes { first, len } = repr else {
            return;
        };
        for k in (0..len).filter(|&k| is_zero(zeros, k)) {
            let fact = Fact::of(Class::Anything, 0, why);
            self.graph.assert(Graph::nth(first, k), fact.hint());
        }
    }

    fn cast(&mut self, inst: Inst, op: CastOp, data: &InstData) {
        let Some(result) = data.result else { return };
        let operand = data.operands[0];
        match op {
            CastOp::AddrSpaceCast => self.pass(inst, data, &data.operands[..1]),
            CastOp::BitCast => self.bitcast(inst, result, operand),
            CastOp::PtrToInt | CastOp::PtrToAddr => {
                self.define(result, Self::reason(inst, "type of the result"));
                self.pointer_bits(
                    result,
                    operand,
                    Self::reason(inst, "pointer taken as integer"),
                );
            }
            CastOp::IntToPtr => self.int_to_ptr(inst, result, operand),
            CastOp::Trunc | CastOp::ZExt | CastOp::SExt => self.resize(inst, op, result, operand),
            CastOp::FpToSi | CastOp::FpToUi => {
                self.define(result, Self::reason(inst, "type of the result"));
                self.state_integer(result, Self::reason(inst, "float converted to integer"));
            }
            CastOp::SiToFp | CastOp::UiToFp => {
                self.hint_integer(operand, Self::reason(inst, "integer converted to float"));
                self.fresh_result(inst, data, "type of the result");
            }
            CastOp::FpTrunc | CastOp::FpExt => {
                self.fresh_result(inst, data, "type of the result");
            }
        }
    }
}

/// States `class` for the bytes `at(0..bytes)` of one element.
pub(crate) fn state_element(
    graph: &mut Graph,
    class: Class,
    bytes: u64,
    why: Reason,
    mut at: impl FnMut(&mut Graph, u64) -> Cell,
) {
    for k in 0..bytes {
        let cell = at(graph, k);
        graph.assert(cell, Fact::of(class, k, why));
    }
}

/// Whether a mask of zero bytes covers byte `k`.
pub(crate) fn is_zero(mask: u64, k: u64) -> bool {
    mask == u64::MAX || (k < 64 && mask >> k & 1 == 1)
}
