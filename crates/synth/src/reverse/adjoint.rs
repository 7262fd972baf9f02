//! Adjoints of SSA values: variables that are added to and taken from.
//!
//! The adjoint of a value has the value's type with floats kept, integers replaced by the floats
//! whose bytes they carry, and pointers dropped:
//!
//! ```text
//! double              double
//! <4 x float>         <4 x float>
//! i64 (two floats)    { float, float }
//! { double, ptr, i32} { double, {}, {} }
//! ```
//!
//! Variables are promoted, but at a price; adjoints that do not travel far are summed up in SSA form ([`Travel`]).

use super::code::Code;
use super::travel::Travel;
use rz_llvm as llvm;
use rz_plan::segments::Segment;
use rz_view::{Block, FloatKind, Type, TypeKind, Value};

/// `reassoc` and `nsz`.
const ACCUMULATE: u8 = 0b1001;

/// One float inside a value.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Leaf {
    /// Byte offset in the value.
    pub offset: u64,
    /// Format.
    pub kind: FloatKind,
    /// Where it is in the adjoint.
    pub path: Vec<Step>,
}

/// One step into an adjoint.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Step {
    /// Field or element.
    Field(u32),
    /// Vector lane.
    Lane(u32),
}

impl Code<'_, '_> {
    /// True when `value` has an adjoint.
    pub fn is_active(&self, value: Value) -> bool {
        self.plan.has_adjoint[value]
    }

    /// The LLVM float type of a kind.
    pub fn float(&self, kind: FloatKind) -> llvm::Type {
        self.session.float(kind)
    }

    fn segments(&self, value: Value) -> Vec<Segment> {
        self.plan.segments.get(&value).cloned().unwrap_or_default()
    }

    /// The type of the adjoint of `value`.
    pub fn adjoint_type(&self, value: Value) -> llvm::Type {
        let segments = self.segments(value);
        self.adjoint_of_type(self.body.ty(value), 0, &segments)
    }

    fn adjoint_of_type(&self, ty: Type, base: u64, segments: &[Segment]) -> llvm::Type {
        let types = &self.session.imported.module.types;
        let context = self.session.context;
        match types.kind(ty) {
            TypeKind::Float(_) => self.session.imported.ty(ty),
            TypeKind::Vector { .. } if types.float_kind(ty).is_some() => {
                self.session.imported.ty(ty)
            }
            TypeKind::Array { elem, len } => {
                let stride = types.alloc_size(*elem);
                let elements: Vec<llvm::Type> = (0..*len)
                    .map(|i| self.adjoint_of_type(*elem, base + i * stride, segments))
                    .collect();
                match elements.first() {
                    Some(&first) if elements.iter().all(|&e| e == first) => first.array(*len),
                    _ => context.structure(&elements, false),
                }
            }
            TypeKind::Struct { fields, .. } => {
                let fields: Vec<llvm::Type> = fields
                    .iter()
                    .map(|f| self.adjoint_of_type(f.ty, base + f.offset, segments))
                    .collect();
                context.structure(&fields, false)
            }
            _ => {
                let inside: Vec<llvm::Type> = within(segments, base, types.store_size(ty))
                    .map(|s| self.float(s.kind))
                    .collect();
                match inside[..] {
                    [only] => only,
                    _ => context.structure(&inside, false),
                }
            }
        }
    }

    /// Every float of `value`, in order of offset.
    pub fn leaves(&self, value: Value) -> Vec<Leaf> {
        let segments = self.segments(value);
        let mut leaves = Vec::new();
        self.leaves_of(
            self.body.ty(value),
            0,
            &segments,
            &mut Vec::new(),
            &mut leaves,
        );
        leaves
    }

    fn leaves_of(
        &self,
        ty: Type,
        base: u64,
        segments: &[Segment],
        path: &mut Vec<Step>,
        leaves: &mut Vec<Leaf>,
    ) {
        let types = &self.session.imported.module.types;
        let mut push = |offset, kind, path: &[Step]| {
            leaves.push(Leaf {
                offset,
                kind,
                path: path.to_vec(),
            });
        };
        match types.kind(ty) {
            TypeKind::Float(kind) => push(base, *kind, path),
            TypeKind::Vector { elem, len, .. } if types.float_kind(ty).is_some() => {
                let kind = types.float_kind(*elem).expect("checked");
                let stride = types.alloc_size(*elem);
                for lane in 0..*len {
                    path.push(Step::Lane(lane));
                    push(base + u64::from(lane) * stride, kind, path);
                    path.pop();
                }
            }
            TypeKind::Array { elem, len } => {
                let stride = types.alloc_size(*elem);
                for i in 0..*len {
                    path.push(Step::Field(i as u32));
                    self.leaves_of(*elem, base + i * stride, segments, path, leaves);
                    path.pop();
                }
            }
            TypeKind::Struct { fields, .. } => {
                for (i, field) in fields.iter().enumerate() {
                    path.push(Step::Field(i as u32));
                    self.leaves_of(field.ty, base + field.offset, segments, path, leaves);
                    path.pop();
                }
            }
            _ => {
                let inside: Vec<&Segment> = within(segments, base, types.store_size(ty)).collect();
                let single = inside.len() == 1;
                for (i, segment) in inside.into_iter().enumerate() {
                    if !single {
                        path.push(Step::Field(i as u32));
                    }
                    push(segment.offset, segment.kind, path);
                    if !single {
                        path.pop();
                    }
                }
            }
        }
    }

    fn adjoint_variable(&mut self, value: Value) -> llvm::Value {
        if let Some(variable) = self.own.adjoints[value] {
            return variable;
        }
        let ty = self.adjoint_type(value);
        let variable = self.variable(ty);
        if self.travels.of(value) == Travel::Far {
            // The initial zero belongs after the alloca, before any code that adds to it.
            let here = llvm::Builder::new(self.session.context);
            here.position_after(variable);
            here.store(ty.zero(), variable, self.session.llvm.align(ty));
        }
        self.own.adjoints[value] = Some(variable);
        variable
    }

    /// Reads the adjoint of `value` and resets it to zero: the definition consumes it.
    pub fn take(&mut self, value: Value) -> llvm::Value {
        if self.travels.of(value) != Travel::Far {
            let zero = self.adjoint_type(value).zero();
            return self.take_open(value).unwrap_or(zero);
        }
        let variable = self.adjoint_variable(value);
        let ty = self.adjoint_type(value);
        let adjoint = self.load(ty, variable);
        self.store(ty.zero(), variable);
        adjoint
    }

    /// What has come together of an adjoint that does not travel far, in the block or edge being written.
    fn take_open(&mut self, value: Value) -> Option<llvm::Value> {
        let open = self.own.open.remove(&value);
        if open.is_some() || self.crossing || self.travels.of(value) == Travel::Block {
            return open;
        }
        let variable = self.adjoint_variable(value);
        Some(self.load(self.adjoint_type(value), variable))
    }

    /// Sets the adjoints that enter the reverse of `target` over the edge being written.
    pub(super) fn set_over_edge(&mut self, target: Block) {
        let travels = self.travels.clone();
        for &value in travels.over_edges(target) {
            if !self.is_active(value) {
                continue;
            }
            let zero = self.adjoint_type(value).zero();
            self.each_direction(|c| {
                let sum = c.own.open.remove(&value).unwrap_or(zero);
                let variable = c.adjoint_variable(value);
                c.store(sum, variable);
            });
        }
    }

    /// Whether every float of the adjoint of `value`, which stays as it is, is zero, on an edge that has just
    /// handed over what enters the reverse of `target`.
    pub fn is_zero_adjoint(&mut self, value: Value, target: Block) -> llvm::Value {
        let truth = self.session.context.int(1).int_const(1);
        let home = self.body.def(value).map(|inst| self.body.insts[inst].block);
        if self.travels.of(value) == Travel::Edges && home != Some(target) {
            // Only an edge into the reverse of its own block hands it anything.
            return truth;
        }
        let variable = self.adjoint_variable(value);
        let ty = self.adjoint_type(value);
        let adjoint = self.load(ty, variable);
        self.leaves(value).iter().fold(truth, |all, leaf| {
            let part = self.at(adjoint, &leaf.path);
            let zero = self
                .b
                .fcmp(llvm::FloatPredicate::OEQ, part, part.ty().zero());
            self.b.binary(llvm::BinaryOp::And, all, zero)
        })
    }

    /// Adds `amount`, of the adjoint's type, to the adjoint of `value`; nothing if it has none.
    pub fn add_adjoint(&mut self, value: Value, amount: llvm::Value) {
        if !self.is_active(value) || self.body.constant(value).is_some() {
            return;
        }
        if self.travels.of(value) != Travel::Far {
            let sum = match self.take_open(value) {
                Some(old) => self.sum(old, amount),
                None => amount,
            };
            self.own.open.insert(value, sum);
            return;
        }
        let variable = self.adjoint_variable(value);
        let ty = self.adjoint_type(value);
        let old = self.load(ty, variable);
        let new = self.sum(old, amount);
        self.store(new, variable);
    }

    /// Adds one float to the leaf of `value` at `offset`.
    pub fn add_leaf(&mut self, value: Value, offset: u64, amount: llvm::Value) {
        if !self.is_active(value) || self.body.constant(value).is_some() {
            return;
        }
        let Some(leaf) = self.leaves(value).into_iter().find(|l| l.offset == offset) else {
            return;
        };
        let zero = self.adjoint_type(value).zero();
        let amount = self.place(zero, &leaf.path, amount);
        self.add_adjoint(value, amount);
    }

    /// `a + b` of adjoints. Accumulation has no source order, and its zeros no sign.
    pub fn accumulate(&self, a: llvm::Value, b: llvm::Value) -> llvm::Value {
        self.b.set_fast_math(ACCUMULATE);
        let sum = self.b.fadd(a, b);
        self.b.set_fast_math(0);
        sum
    }

    /// Elementwise `a + b` of two adjoints of the same type.
    pub fn sum(&self, a: llvm::Value, b: llvm::Value) -> llvm::Value {
        let ty = a.ty();
        if !ty.is_aggregate() {
            return self.accumulate(a, b);
        }
        let count = match ty.kind() {
            llvm::TypeKind::Array => ty.array_len() as u32,
            _ => ty.fields().len() as u32,
        };
        (0..count).fold(ty.zero(), |result, index| {
            let (x, y) = (
                self.b.extract_value(a, index),
                self.b.extract_value(b, index),
            );
            if x.ty().kind() == llvm::TypeKind::Struct && x.ty().fields().is_empty() {
                return result;
            }
            let sum = self.sum(x, y);
            self.b.insert_value(result, sum, index)
        })
    }

    /// The float at `path` of an adjoint.
    pub fn at(&self, adjoint: llvm::Value, path: &[Step]) -> llvm::Value {
        path.iter().fold(adjoint, |value, step| match step {
            Step::Field(index) => self.b.extract_value(value, *index),
            Step::Lane(lane) => self.b.extract_element(value, self.int(u64::from(*lane))),
        })
    }

    /// `adjoint` with the float at `path` replaced.
    pub fn place(&self, adjoint: llvm::Value, path: &[Step], value: llvm::Value) -> llvm::Value {
        match path {
            [] => value,
            [Step::Field(index), rest @ ..] => {
                let inner = self.b.extract_value(adjoint, *index);
                let inner = self.place(inner, rest, value);
                self.b.insert_value(adjoint, inner, *index)
            }
            [Step::Lane(lane), ..] => {
                self.b
                    .insert_element(adjoint, value, self.int(u64::from(*lane)))
            }
        }
    }
}

fn within(segments: &[Segment], base: u64, bytes: u64) -> impl Iterator<Item = &Segment> {
    segments
        .iter()
        .filter(move |s| s.offset >= base && s.offset < base + bytes)
}
