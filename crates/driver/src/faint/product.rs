//! Products without denormal numbers in the multiplier.
//!
//! With 2ˢ a power of two, T = 2ˢ times the smallest normal number, and g = 2ˢ times the smallest number of all:
//!
//! ```text
//! X = x · 2ˢ                        by its bits, so that no multiplier sees x
//! p = X * y
//! q = |p| + T                       rounds |p| to a multiple of g, ties to even ones
//! r = |p| - (q - T)                 by how much
//! if |p| = ∞, or p is not a number
//!     x * y
//! else, with the sign of p
//!     |p| / 2ˢ                      if |p| ≥ T: by its bits
//!     q / g                         if not: these are the bits
//!     q / g ± 1 or x * y            if |r| = g / 2
//! ```
//!
//! # Why this is `x * y` to the last bit
//!
//! Where that is computed, it is. Else nothing became infinite on the way, X is x · 2ˢ, and p is P = x · y · 2ˢ, rounded
//! once. If |p| ≥ T, then |p| / 2ˢ is a normal number; so is |x · y|, or it is rounded to the smallest of them, and
//! normal numbers are rounded alike wherever they are.
//!
//! If |p| < T, then x · y is to be rounded to a multiple of the smallest number of all: P, to a multiple of g.
//! It was rounded to p before. Where |p| is not in the middle between two such multiples, P is on the same side of it
//! as p, for the middle is itself a number, and rounding never carries a number over another one. (Where p is denormal
//! itself, P is far below g / 2.) Where it is in the middle, what P is more than p decides: it is a number of
//! the last bits of the product of two integers, of which the first are those of p. In q, which is from T to 2T, the last bit stands for g, so less the bits of T its bits are
//! those of the denormal number. Subtracting T gives back what was added, and r, a difference of numbers near each
//! other, is exact as well.
//!
//! X is made from the bits of x: 2ˢ is added to the exponent, and a denormal x, put below the exponent of T, is T and
//! x · 2ˢ. Where x is not small, X is infinite, and p tells so.

use rustc_hash::FxHashMap;
use rz_llvm::{
    Block, Builder, FloatPredicate, IntPredicate, Metadata, Type, TypeKind, Value, ValueMap,
};

/// One of them is as likely as the other is not.
const SELDOM: u64 = 1;
const MOSTLY: u64 = 1 << 16;

/// A format of floats, by its bits.
#[derive(Clone, Copy)]
pub(super) struct Format {
    pub(super) width: u32,
    /// Bits below the exponent.
    mantissa: u32,
    /// s: all denormal numbers times 2ˢ, and their products with anything that gives such, are normal.
    scale: u64,
    /// The largest exponent, that of infinity.
    infinite: u64,
    /// How far above the denormal numbers it pays to look.
    above: u64,
}

impl Format {
    pub(super) fn of(ty: Type) -> Option<Self> {
        match ty.kind() {
            TypeKind::Double => Some(Self {
                width: 64,
                mantissa: 52,
                scale: 512,
                infinite: 2047,
                above: 8,
            }),
            TypeKind::Float => Some(Self {
                width: 32,
                mantissa: 23,
                scale: 64,
                infinite: 255,
                above: 8,
            }),
            _ => None,
        }
    }

    /// The bits of a power of two.
    fn power(self, exponent: u64) -> u64 {
        exponent << self.mantissa
    }

    /// Bits of numbers below these are nearly zero.
    pub(super) fn faint(self) -> u64 {
        self.power(1 + self.above)
    }

    /// T.
    fn unit(self) -> u64 {
        self.power(1 + self.scale)
    }

    fn sign(self) -> u64 {
        1 << (self.width - 1)
    }
}

/// Writes a copy of a loop with such products.
pub(super) struct Products {
    b: Builder,
    pub(super) map: ValueMap,
    /// The end of the block before the loop.
    before: Value,
    /// X of each x.
    raised: FxHashMap<Value, Value>,
    /// Products that nothing has used yet, with their adjoints.
    waiting: Vec<(Value, Value)>,
}

/// Products by bits.
struct Rounded {
    product: Value,
    p: Value,
    /// r.
    rest: Value,
    is_finite: Value,
    /// |r| is not g / 2.
    is_clear: Value,
}

impl Products {
    /// Writes where `b` is; `before` ends the block before the loop.
    pub(super) fn new(b: Builder, before: Value) -> Self {
        Self {
            b,
            map: ValueMap::new(),
            before,
            raised: FxHashMap::default(),
            waiting: Vec::new(),
        }
    }

    pub(super) fn builder(&self) -> &Builder {
        &self.b
    }

    /// Copies `inst`.
    pub(super) fn copy(&mut self, inst: Value) {
        self.ready(inst);
        let copy = inst.clone_instruction();
        self.b.insert(copy);
        self.map.remap(copy);
        self.map.set(inst, copy);
    }

    /// Writes the product `inst`, one operand of which is `adjoint`: together with the next one, if nothing needs it before.
    pub(super) fn multiply(&mut self, inst: Value, adjoint: Value) {
        self.ready(inst);
        if self.waiting.iter().any(|(one, _)| one.ty() != inst.ty()) {
            self.flush();
        }
        self.waiting.push((inst, adjoint));
        if self.waiting.len() == 2 {
            self.flush();
        }
    }

    /// Writes what waits if `inst` needs it.
    fn ready(&mut self, inst: Value) {
        let operands = inst.operands();
        if { self.waiting.iter() }.any(|(one, _)| operands.contains(one)) {
            self.flush();
        }
    }

    pub(super) fn copied(&self, value: Value) -> Value {
        self.map.get(value).unwrap_or(value)
    }

    /// Writes the products that wait.
    pub(super) fn flush(&mut self) {
        let waiting = std::mem::take(&mut self.waiting);
        let Some(&(first, _)) = waiting.first() else {
            return;
        };
        let format = Format::of(first.ty()).expect("only such products are written");
        let mut sides = Vec::new();
        for &(inst, adjoint) in &waiting {
            let other = u32::from(inst.operand(0) == adjoint);
            sides.push((
                self.raise(format, adjoint),
                self.copied(inst.operand(other)),
            ));
        }
        let large = self.pack(sides.iter().map(|side| side.0).collect());
        let other = self.pack(sides.iter().map(|side| side.1).collect());
        let rounded = self.round(format, large, other);
        let here = self.b.block();
        let [seldom, middle, plain, joined] =
            ["seldom", "middle", "plain", "join"].map(|name| self.block(&format!("faint.{name}")));
        let fits = self.all(self.b.and(rounded.is_finite, rounded.is_clear));
        mostly(self.b.cond_br(fits, joined, seldom));
        self.b.position_at_end(seldom);
        let is_normal = self.is_normal(format, other);
        let known = self.all(self.b.and(rounded.is_finite, is_normal));
        mostly(self.b.cond_br(known, middle, plain));
        self.b.position_at_end(middle);
        let decided = self.decide(format, &rounded, large, other);
        self.b.br(joined);
        self.b.position_at_end(plain);
        let plains: Vec<Value> = { waiting.iter() }
            .map(|&(inst, _)| {
                let copy = inst.clone_instruction();
                self.b.insert(copy);
                self.map.remap(copy);
                copy
            })
            .collect();
        let plains = self.pack(plains);
        self.b.br(joined);
        self.b.position_at_end(joined);
        let phi = self.b.phi(large.ty());
        for (product, from) in [(rounded.product, here), (decided, middle), (plains, plain)] {
            phi.add_incoming(product, from);
        }
        for (at, (inst, _)) in waiting.into_iter().enumerate() {
            let lane = self.lane(phi, at);
            self.map.set(inst, lane);
        }
    }

    /// One number, or a vector of several.
    fn pack(&self, lanes: Vec<Value>) -> Value {
        let (b, first) = (&self.b, lanes[0]);
        if lanes.len() == 1 {
            return first;
        }
        let index = first.context().int(32);
        let empty = first.ty().vector(lanes.len() as u32).poison();
        let place = |vector, (at, lane)| b.insert_element(vector, lane, index.int_const(at as u64));
        lanes.into_iter().enumerate().fold(empty, place)
    }

    fn lane(&self, packed: Value, at: usize) -> Value {
        if !packed.ty().is_vector() {
            return packed;
        }
        let index = packed.context().int(32).int_const(at as u64);
        self.b.extract_element(packed, index)
    }

    /// Whether `truth` holds of all lanes.
    fn all(&self, truth: Value) -> Value {
        if !truth.ty().is_vector() {
            return truth;
        }
        let all = self
            .b
            .intrinsic("llvm.vector.reduce.and", &[truth.ty()], &[truth]);
        all.expect("LLVM has it")
    }

    fn block(&self, name: &str) -> Block {
        self.b.block().function().append_block(name)
    }

    /// X · y / 2ˢ; of numbers or of vectors.
    fn round(&self, format: Format, large: Value, other: Value) -> Rounded {
        let b = &self.b;
        let ty = large.ty();
        let int = ty.with_scalar(ty.context().int(format.width));
        let constant = |bits| int.int_const(bits);
        let float = |bits: u64| ty.float_const_bits(u128::from(bits));
        let magnitude = constant(format.sign() - 1);
        let without_sign = |value| b.bitcast(b.and(b.bitcast(value, int), magnitude), ty);
        let p = b.fmul(large, other);
        let size = without_sign(p);
        let q = b.fadd(size, float(format.unit()));
        let rest = b.fsub(size, b.fsub(q, float(format.unit())));
        let half = float(format.power(format.scale - u64::from(format.mantissa)));
        let infinite = float(format.power(format.infinite));
        let denormal = b.sub(b.bitcast(q, int), constant(format.unit()));
        let normal = b.sub(b.bitcast(size, int), constant(format.power(format.scale)));
        let is_denormal = b.fcmp(FloatPredicate::OLT, size, float(format.unit()));
        let bits = b.select(is_denormal, denormal, normal);
        let sign = b.and(b.bitcast(p, int), constant(format.sign()));
        Rounded {
            product: b.bitcast(b.or(bits, sign), ty),
            is_finite: b.fcmp(FloatPredicate::OLT, size, infinite),
            is_clear: b.fcmp(FloatPredicate::UNE, without_sign(rest), half),
            rest,
            p,
        }
    }

    /// Whether `value` is no denormal number.
    fn is_normal(&self, format: Format, value: Value) -> Value {
        let b = &self.b;
        let int = value.ty().with_scalar(value.context().int(format.width));
        let bits = b.and(
            b.bitcast(value, int),
            int.int_const(format.power(format.infinite)),
        );
        b.icmp(IntPredicate::Ne, bits, int.int_const(0))
    }

    /// The product where |p| may be in the middle between two numbers.
    fn decide(&self, format: Format, rounded: &Rounded, large: Value, other: Value) -> Value {
        let b = &self.b;
        let ty = large.ty();
        let int = ty.with_scalar(ty.context().int(format.width));
        let constant = |bits| int.int_const(bits);
        let first = constant(format.power(1));
        let below = constant(format.power(1) - 1);
        let whole = |value| b.or(b.and(b.bitcast(value, int), below), first);
        let exponent = |value| {
            let bits = b.lshr(b.bitcast(value, int), constant(u64::from(format.mantissa)));
            b.and(bits, constant(format.infinite))
        };
        // By how many bits the integer that X · y is has more than that of p.
        let more = b.sub(exponent(rounded.p), b.add(exponent(large), exponent(other)));
        let more = b.add(
            more,
            constant(format.infinite / 2 + u64::from(format.mantissa)),
        );
        let left = b.sub(
            b.mul(whole(large), whole(other)),
            b.shl(whole(rounded.p), more),
        );
        let is = |predicate, value| b.icmp(predicate, value, constant(0));
        let zero = ty.float_const_bits(0);
        let above = b.fcmp(FloatPredicate::OGT, rounded.rest, zero);
        let beneath = b.fcmp(FloatPredicate::OLT, rounded.rest, zero);
        let up = b.and(above, is(IntPredicate::Sgt, left));
        let down = b.and(beneath, is(IntPredicate::Slt, left));
        let by = b.select(
            up,
            constant(1),
            b.select(down, int.int_const_signed(-1), constant(0)),
        );
        let by = b.select(rounded.is_clear, constant(0), by);
        b.bitcast(b.add(b.bitcast(rounded.product, int), by), ty)
    }

    /// X.
    fn raise(&mut self, format: Format, adjoint: Value) -> Value {
        let x = self.copied(adjoint);
        if let Some(&raised) = self.raised.get(&x) {
            return raised;
        }
        // What the loop does not change is raised before it.
        let here = self.b.block();
        if !x.is_instruction() {
            self.b.position_before(self.before);
        }
        let b = &self.b;
        let int = x.ty().context().int(format.width);
        let constant = |bits| int.int_const(bits);
        let bits = b.bitcast(x, int);
        let size = b.and(bits, constant(format.sign() - 1));
        let sign = b.and(bits, constant(format.sign()));
        let unit = x.ty().float_const_bits(u128::from(format.unit()));
        let behind = b.bitcast(b.or(size, constant(format.unit())), x.ty());
        let denormal = b.bitcast(b.fsub(behind, unit), int);
        let normal = b.add(size, constant(format.power(format.scale)));
        let below = |exponent| b.icmp(IntPredicate::Ult, size, constant(format.power(exponent)));
        let either = b.select(below(1), denormal, normal);
        let limit = format.infinite - format.scale - u64::from(format.mantissa);
        let infinite = constant(format.power(format.infinite));
        let all = b.select(below(limit), either, infinite);
        let raised = b.bitcast(b.or(all, sign), x.ty());
        self.b.position_at_end(here);
        self.raised.insert(x, raised);
        raised
    }
}

/// Says that `branch` seldom takes its first way. Else it would be computed in any case.
pub(super) fn seldom(branch: Value) {
    weigh(branch, SELDOM, MOSTLY);
}

fn mostly(branch: Value) {
    weigh(branch, MOSTLY, SELDOM);
}

fn weigh(branch: Value, first: u64, second: u64) {
    let context = branch.context();
    let weight = |value: u64| context.int(32).int_const(value).as_metadata();
    let name: Metadata = context.metadata_string("branch_weights");
    let weights = context.metadata_node(&[name, weight(first), weight(second)]);
    branch.set_metadata(context.metadata_kind("prof"), Some(weights));
}
