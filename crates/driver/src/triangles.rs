//! What moves by more in each iteration is computed from the number of the iteration.
//!
//! The columns of a triangle that is stored without its other half get shorter one by one, and so do the steps of the
//! pointer that goes from one to the next. No multiple of the iteration's number says where it is, so the reverse pass
//! would keep the pointer on the tape. But the steps grow evenly, and their sum is known:
//!
//! ```text
//! for i = 0 … d - 1                         for i = 0 … d - 1
//!   … p[…] …                         ⇒        p = start + i·(d - 1) - i·(i - 1)/2
//!   p += d - 1 - i                            … p[…] …
//! ```
//!
//! # Why this is legal
//!
//! What is added is the sum of parts that scalar evolution knows to start with a number and to move by a number, both
//! computed before the loop. Everything is modulo 2ⁿ, as the additions were. One of `i` and `i - 1` is even: its half times
//! the other one is the half of their product without a division that would need more bits.
//!
//! The first iteration never looked at what is added, which may be poison then: it chooses zero. A later one that used the
//! sum would have used poison.

use crate::jam::phis;
use crate::natural::{Natural, natural};
use crate::passes::Passes;
use crate::ring::{edges_to, taken};
use rz_diag::Result;
use rz_llvm::{
    Analyses, Block, Builder, CastOp, Expr, Function, IntPredicate, Opcode, Type, Value,
};

/// Additions in one iteration, at most.
const PARTS: usize = 6;
/// Parts of an expression.
const DEEP: u32 = 8;

/// Gives loops a block before them.
const CLOSE: &str = "loop-simplify";
/// Takes away what moved.
const TIDY: &str = "adce";

/// A value that a loop carries, and what each iteration adds to it.
struct Moving {
    phi: Value,
    before: Block,
    latch: Block,
    /// Where it starts to move by and how much more it is in each iteration, times a number.
    parts: Vec<(Expr, Expr, i64)>,
}

/// Rewrites what moves evenly more in loops of `clone`. True when there was any.
pub(crate) fn settle(passes: &Passes, clone: Function) -> Result<bool> {
    let analyses = passes.analyses();
    if !analyses.has_loops(clone) || find(analyses, clone).is_empty() {
        return Ok(false);
    }
    // What is computed once has its place before the loop, and in no other one.
    passes.run(clone, CLOSE)?;
    for one in &find(analyses, clone) {
        one.write();
    }
    analyses.invalidate(clone);
    passes.check(clone, "triangles")?;
    passes.run(clone, TIDY)?;
    Ok(true)
}

fn find(analyses: Analyses, clone: Function) -> Vec<Moving> {
    let loops = natural(analyses, clone);
    { loops.iter() }
        .flat_map(|one| moving(analyses, clone, one))
        .collect()
}

fn moving(analyses: Analyses, function: Function, one: &Natural) -> Vec<Moving> {
    let latch = one.latch.block();
    let mut edges = edges_to(one.header);
    edges.retain(|&from| from != latch);
    let [before] = edges[..] else {
        return Vec::new();
    };
    let affine = |v: Value| analyses.affine(function, v, one.header);
    let find = |phi: Value| {
        let ty = phi.ty();
        let is_near = ty.is_pointer() && ty.address_space() == 0;
        let bits = int_bits(if is_near {
            function.module().int_ptr()
        } else {
            ty
        })?;
        if bits > POINTER || is_near && bits != POINTER || affine(phi).is_some() {
            return None;
        }
        let mut parts = Vec::new();
        for (value, times) in added(phi, taken(phi, latch))? {
            let is_inside = value.is_instruction() && one.body.contains(&value.block());
            let (start, step) = if is_inside {
                affine(value)?
            } else {
                (Expr::Value(value), constant(0, bits))
            };
            (int_bits(value.ty())? == bits && is_plain(&start, 0) && is_plain(&step, 0))
                .then_some(())?;
            parts.push((start, step, times));
        }
        let grows = |part: &(Expr, Expr, i64)| part.1 != constant(0, bits);
        parts.iter().any(grows).then_some(Moving {
            phi,
            before,
            latch,
            parts,
        })
    };
    phis(one.header).into_iter().filter_map(find).collect()
}

/// Addresses and the numbers that are added to them have as many bits.
const POINTER: u32 = 64;

fn int_bits(ty: Type) -> Option<u32> {
    ty.is_int().then(|| ty.int_bits())
}

fn constant(value: u64, bits: u32) -> Expr {
    Expr::Const { value, bits }
}

/// What is added to `phi` to get `next`, each so many times; one of them is not constant.
fn added(phi: Value, next: Value) -> Option<Vec<(Value, i64)>> {
    let module = phi.function().module();
    let index = phi.context().int(POINTER);
    let (mut found, mut at) = (Vec::new(), next);
    while at != phi {
        if !at.is_instruction() || found.len() > PARTS {
            return None;
        }
        match at.opcode()? {
            Opcode::Gep if phi.ty().is_pointer() => {
                let (bytes, terms) = at.gep_terms(module)?;
                found.push((index.int_const_signed(bytes), 1));
                for (index, times) in terms {
                    found.push((at.operand(index), i64::try_from(times).ok()?));
                }
                at = at.operand(0);
            }
            Opcode::Add if leads_to(at.operand(0), phi) => {
                found.push((at.operand(1), 1));
                at = at.operand(0);
            }
            Opcode::Add => {
                found.push((at.operand(0), 1));
                at = at.operand(1);
            }
            Opcode::Sub => {
                found.push((at.operand(1), -1));
                at = at.operand(0);
            }
            _ => return None,
        }
    }
    found
        .iter()
        .any(|(v, _)| v.is_instruction())
        .then_some(found)
}

/// True when additions alone lead from `value` to `phi`.
fn leads_to(mut value: Value, phi: Value) -> bool {
    for _ in 0..PARTS {
        if value == phi {
            return true;
        }
        if !value.is_instruction() || !matches!(value.opcode(), Some(Opcode::Add | Opcode::Sub)) {
            return false;
        }
        value = value.operand(0);
    }
    false
}

/// True for what [`emit`] writes.
fn is_plain(expr: &Expr, depth: u32) -> bool {
    let all = |list: &[Expr]| list.iter().all(|e| is_plain(e, depth + 1));
    depth < DEEP
        && match expr {
            Expr::Const { bits, .. } => *bits <= POINTER,
            Expr::Value(value) => int_bits(value.ty()).is_some_and(|bits| bits <= POINTER),
            Expr::Add(list) | Expr::Mul(list) => all(list),
            Expr::ZExt(inner, _) | Expr::SExt(inner, _) | Expr::Trunc(inner, _) => {
                is_plain(inner, depth + 1)
            }
            _ => false,
        }
}

fn emit(b: &Builder, expr: &Expr) -> Value {
    let int = |bits: u32| b.context().int(bits);
    let cast = |op, inner: &Expr, bits| b.cast(op, emit(b, inner), int(bits));
    let fold = |list: &[Expr], join: &dyn Fn(Value, Value) -> Value| {
        let parts = list.iter().map(|part| emit(b, part));
        parts.reduce(join).expect("an expression has parts")
    };
    match expr {
        Expr::Const { value, bits } => int(*bits).int_const(*value),
        Expr::Value(value) => *value,
        Expr::Add(list) => fold(list, &|x, y| b.add(x, y)),
        Expr::Mul(list) => fold(list, &|x, y| b.mul(x, y)),
        Expr::ZExt(inner, bits) => cast(CastOp::ZExt, inner, *bits),
        Expr::SExt(inner, bits) => cast(CastOp::SExt, inner, *bits),
        Expr::Trunc(inner, bits) => cast(CastOp::Trunc, inner, *bits),
        _ => unreachable!("asked before"),
    }
}

impl Moving {
    fn write(&self) {
        let (phi, context) = (self.phi, self.phi.context());
        let b = Builder::new(context);
        let ty = if phi.ty().is_pointer() {
            context.int(POINTER)
        } else {
            phi.ty()
        };
        b.position_before(self.before.terminator().expect("a block ends"));
        let sum = |part: &dyn Fn(&(Expr, Expr, i64)) -> Value| {
            let parts = self
                .parts
                .iter()
                .map(|one| b.mul(part(one), ty.int_const_signed(one.2)));
            parts
                .reduce(|x, y| b.add(x, y))
                .expect("something is added")
        };
        let first = sum(&|one| emit(&b, &one.0));
        let more = sum(&|one| emit(&b, &one.1));
        let header = phi.block();
        b.position_before(phi);
        let number = b.phi(context.int(POINTER));
        let zero = context.int(POINTER).int_const(0);
        let one = context.int(POINTER).int_const(1);
        let behind = phis(header).len();
        b.position_before(header.instructions()[behind]);
        let before_it = b.sub(number, one);
        let half = b.binary(rz_llvm::BinaryOp::LShr, number, one);
        let odd = b.binary(rz_llvm::BinaryOp::Or, before_it, one);
        let pairs = b.int_cast(b.mul(half, odd), ty, false);
        let times = b.int_cast(number, ty, false);
        let moved = b.add(b.mul(times, first), b.mul(pairs, more));
        let is_first = b.icmp(IntPredicate::Eq, number, zero);
        let moved = b.select(is_first, ty.zero(), moved);
        let start = taken(phi, self.before);
        let now = if phi.ty().is_pointer() {
            b.ptr_add(start, moved)
        } else {
            b.add(start, moved)
        };
        b.position_before(self.latch.terminator().expect("a block ends"));
        number.add_incoming(zero, self.before);
        number.add_incoming(b.add(number, one), self.latch);
        phi.replace_all_uses(now);
        phi.erase();
    }
}
