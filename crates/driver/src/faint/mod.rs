//! Loops over adjoints that are nearly zero have a copy that keeps denormal numbers from the multiplier.
//!
//! Adjoints are products, and a point far from all but one Gaussian has a weight of 10⁻³¹⁰ for the others. What is
//! multiplied with that is denormal, and x86 processors take a hundred times as long for such a product as for any
//! other; only sums of denormal numbers are as fast as all sums.
//!
//! ```text
//! for j = m - 1 … 0                     if 0 < |t[m - 1]| < 2⁻¹⁰¹⁴
//!   s[j] += t[j] * v            ⇒         for j = m - 1 … 0
//!                                           s[j] += product(t[j], v)
//!                                       else
//!                                         for j = m - 1 … 0    (as before)
//! ```
//!
//! The adjoints that a loop reads mostly have a factor in common, so the first of them is a good guess at the others. It
//! is asked for only if another adjoint that was multiplied with before, outside of the loop or of several around it, is
//! nearly zero: mostly none is, and short loops would take longer for the question than for what they do. An inner loop
//! without such an adjoint before it is left alone: the steps of an adaptive integrator took 1.4 times as long with it.
//!
//! # Why this is legal
//!
//! Both loops are the loop that was there: `product(x, y)` is `x * y` to the last bit, whatever the two are
//! ([`product`] says why). So nothing depends on which of them runs, and what is looked at need not be what the loop
//! finds. It may be looked at because the first iteration loads it: the loop is one block, its address follows from
//! where counters start, and nothing that might not come back is before it.
//!
//! Where a function does not compute with denormal numbers as they are, nothing is done.

mod aside;
mod product;

use crate::cleanup::LARGE;
use crate::natural::{Natural, natural};
use crate::ring::{Ring, Way, accesses, edges_to, redirect, renamed, taken};
use aside::Aside;
use product::Format;
use rustc_hash::FxHashMap;
use rz_llvm::{
    Analyses, Block, Builder, Expr, Function, IntPredicate, Metadata, Opcode, Place, Value,
};

/// Loops with more products are left alone.
const MANY: usize = 16;
/// Loops that are known to run less often are over before it pays to ask.
const SHORT: u64 = 8;
/// So many numbers are looked at.
const LOOKS: usize = 2;
/// How far back it is followed what a number is computed from.
const DEEP: u32 = 8;
/// How many blocks back it is looked for an adjoint.
const FAR: usize = 32;

/// Attributes of functions that compute otherwise.
const OTHERWISE: &[&str] = &["denormal-fp-math", "denormal-fp-math-f32", "strictfp"];

struct Faint {
    body: Block,
    /// Products, with the operand of each that is an adjoint. What it is may change while other loops are copied.
    products: FxHashMap<Value, u32>,
    /// Those of which it is looked at.
    looks: Vec<Value>,
    /// An adjoint from before the loop that must be nearly zero, too.
    leader: Option<Value>,
}

/// Gives loops of `function` such a copy. True when there are any.
pub(crate) fn keep_apart(analyses: Analyses, function: Function) -> bool {
    let attributes = function.attributes(Place::Function).into_iter();
    let otherwise = |name: String| OTHERWISE.contains(&name.as_str());
    if !function.module().triple().starts_with("x86_64")
        || function.instructions().len() > LARGE
        || attributes.map(rz_llvm::Attribute::name).any(otherwise)
    {
        return false;
    }
    let loops = natural(analyses, function);
    let blocks = function.blocks().into_iter();
    let found: Vec<Faint> = blocks
        .filter_map(|body| find(analyses, &loops, body))
        .collect();
    for one in &found {
        one.write();
    }
    if !found.is_empty() {
        analyses.invalidate(function);
    }
    !found.is_empty()
}

fn find(analyses: Analyses, loops: &[Natural], body: Block) -> Option<Faint> {
    let function = body.function();
    let before = Ring::at(body)?.before()?;
    accesses(body)?;
    if matches!(analyses.backedge_count(function, body), Some(Expr::Const { value, .. }) if value + 1 < SHORT)
    {
        return None;
    }
    let insts = body.instructions();
    let products: Vec<(Value, u32)> = { insts.into_iter() }
        .filter(|inst| inst.opcode() == Some(Opcode::FMul) && Format::of(inst.ty()).is_some())
        .filter_map(|inst| {
            let adjoint = (0..2).find(|&side| is_adjoint(inst.operand(side), DEEP))?;
            Some((inst, adjoint))
        })
        .collect();
    let mut looks: Vec<(Value, Value)> = Vec::new();
    for &(product, side) in &products {
        let adjoint = product.operand(side);
        let is_new = !looks.iter().any(|&(_, other)| other == adjoint);
        if looks.len() < LOOKS && is_new && may_look(adjoint, body) {
            looks.push((product, adjoint));
        }
    }
    let leader = leader(loops, before);
    let is_inner = || { loops.iter() }.any(|one| one.header != body && one.body.contains(&body));
    if leader.is_none() && is_inner() {
        return None;
    }
    (!looks.is_empty() && products.len() <= MANY).then(|| Faint {
        body,
        products: products.into_iter().collect(),
        looks: looks.into_iter().map(|(product, _)| product).collect(),
        leader,
    })
}

/// The last adjoint on all ways to the end of `block` that something is multiplied with, but not in loops that were left.
fn leader(loops: &[Natural], block: Block) -> Option<Value> {
    let multiplies = |user: Value| user.opcode() == Some(Opcode::FMul);
    let leads = |inst: &Value| {
        is_adjoint(*inst, 0)
            && Format::of(inst.ty()).is_some()
            && inst.users().into_iter().any(multiplies)
    };
    let mut at = block;
    for _ in 0..FAR {
        if Ring::at(at).is_none()
            && let Some(one) = { at.instructions().into_iter().rev() }.find(leads)
        {
            return Some(one);
        }
        let mut edges = edges_to(at);
        let around = loops.iter().find(|one| one.header == at);
        edges.retain(|from| !around.is_some_and(|around| around.body.contains(from)));
        let [from] = edges[..] else {
            return None;
        };
        at = from;
    }
    None
}

/// True for what was loaded from a shadow, and what was computed from that.
fn is_adjoint(value: Value, deep: u32) -> bool {
    match value.opcode() {
        Some(Opcode::Load) => is_shadow(value),
        Some(Opcode::FMul | Opcode::FDiv | Opcode::FAdd | Opcode::FSub | Opcode::FNeg) => {
            deep > 0 && { value.operands().into_iter() }.any(|one| is_adjoint(one, deep - 1))
        }
        _ => false,
    }
}

/// True for an access to memory of derivatives, as [`rz_synth`] marks it.
fn is_shadow(access: Value) -> bool {
    let name = |node: Option<&Option<Metadata>>| node.copied().flatten().and_then(Metadata::string);
    let scopes = access.metadata_named("alias.scope").map(Metadata::operands);
    scopes.into_iter().flatten().flatten().any(|scope| {
        let parts = scope.operands();
        let domain = parts.get(1).copied().flatten().map(Metadata::operands);
        let is_ours =
            domain.is_some_and(|domain| name(domain.get(1)).as_deref() == Some("ribozyme"));
        is_ours && name(parts.get(2)).as_deref() == Some("shadow")
    })
}

/// True if the number that `value` has in the first iteration can be had before the loop `body`.
fn may_look(value: Value, body: Block) -> bool {
    let is_inside = value.is_instruction() && value.block() == body;
    !is_inside || value.opcode() == Some(Opcode::Load) && is_known(value.operand(0), body, DEEP)
}

/// True for addresses that follow from counters and from what the loop does not change.
fn is_known(value: Value, body: Block, deep: u32) -> bool {
    if !value.is_instruction() || value.block() != body {
        return true;
    }
    match value.opcode() {
        Some(Opcode::Phi) => true,
        Some(
            Opcode::Gep
            | Opcode::Add
            | Opcode::Sub
            | Opcode::Mul
            | Opcode::Shl
            | Opcode::And
            | Opcode::Or
            | Opcode::Xor
            | Opcode::ZExt
            | Opcode::SExt
            | Opcode::Trunc,
        ) => deep > 0 && { value.operands().into_iter() }.all(|one| is_known(one, body, deep - 1)),
        _ => false,
    }
}

impl Faint {
    fn write(&self) {
        let mut ring = Ring::at(self.body).expect("found before");
        let before = ring.before().expect("asked before");
        // On the edge to the loop.
        let look = self.body.insert_before("faint.look");
        redirect(before, self.body, look);
        for phi in ring.phis() {
            renamed(phi, before, look);
        }
        ring.unite();
        let way = ring.leave();
        let enter = self.body.insert_before("faint");
        let b = Builder::at_end(enter);
        self.copy(ring, &b, &way, look);
        self.look(&b, look, enter);
        if let Some(leader) = self.leader {
            let ask = look.insert_before("faint.ask");
            redirect(before, look, ask);
            b.position_after(leader);
            let asked = is_faint(&b, leader);
            b.position_at_end(ask);
            product::seldom(b.cond_br(asked, look, self.body));
            for phi in ring.phis() {
                phi.add_incoming(taken(phi, look), ask);
            }
        }
    }

    /// Leads from `look` to `enter` if an adjoint of the first iteration is nearly zero, else to the loop.
    fn look(&self, b: &Builder, look: Block, enter: Block) {
        b.position_at_end(look);
        let adjoint = |product: &Value| product.operand(self.products[product]);
        let looks = { self.looks.iter().map(adjoint) }.map(|value| self.first(b, look, value));
        let looks = looks.map(|first| is_faint(b, first));
        let any = looks.reduce(|one, other| b.or(one, other));
        product::seldom(b.cond_br(any.expect("there is one"), enter, self.body));
    }

    /// Writes the copy, and a call of it where `b` is; from there it goes the `way` behind the loop. The loop is entered
    /// from `look`.
    fn copy(&self, ring: Ring, b: &Builder, way: &Way, look: Block) {
        let mut aside = Aside::new(ring, look, way.used());
        let phis = ring.phis();
        for &phi in &phis {
            aside.enter(phi, taken(phi, look));
        }
        for inst in self.body.instructions() {
            if inst.opcode() == Some(Opcode::Phi) || inst.is_terminator() {
                continue;
            }
            match self.products.get(&inst) {
                Some(&side) => aside.products.multiply(inst, inst.operand(side)),
                None => aside.products.copy(inst),
            }
        }
        let around = aside.end(ring);
        stays_as_it_is(around, self.body.terminator().expect("a block ends"));
        way.lead(b.block(), &aside.call(b));
        b.br(way.block);
    }

    /// What `value` is in the first iteration.
    fn first(&self, b: &Builder, look: Block, value: Value) -> Value {
        if !value.is_instruction() || value.block() != self.body {
            return value;
        }
        if value.opcode() == Some(Opcode::Phi) {
            return taken(value, look);
        }
        let operands = value.operands();
        let first: Vec<Value> = { operands.iter() }
            .map(|&operand| self.first(b, look, operand))
            .collect();
        let copy = value.clone_instruction();
        for (index, operand) in first.into_iter().enumerate() {
            copy.set_operand(index as u32, operand);
        }
        // Scopes may be those of an iteration.
        copy.keep_metadata(&[]);
        b.insert(copy);
        copy
    }
}

/// Whether `value` is nearly zero, and not zero.
fn is_faint(b: &Builder, value: Value) -> Value {
    let format = Format::of(value.ty()).expect("only such are asked about");
    let int = value.ty().context().int(format.width);
    let bits = b.shl(b.bitcast(b.freeze(value), int), int.int_const(1));
    // Zero becomes the largest number.
    let less = b.sub(bits, int.int_const(1));
    b.icmp(IntPredicate::Ult, less, int.int_const(format.faint() << 1))
}

/// The loop that `around` leads back in, a copy of the one of `old`, is neither unrolled nor vectorized: it would
/// compute both ways of each product.
fn stays_as_it_is(around: Value, old: Value) {
    let context = around.context();
    let kind = context.metadata_kind("llvm.loop");
    let no = context.int(1).int_const(0).as_metadata();
    let narrow = [context.metadata_string("llvm.loop.vectorize.enable"), no];
    let single = [context.metadata_string("llvm.loop.unroll.disable")];
    let narrow = Some(context.metadata_node(&narrow));
    let single = Some(context.metadata_node(&single));
    let id = context.loop_id(old.metadata(kind), narrow, Some("llvm.loop.vectorize."));
    let id = context.loop_id(Some(id), single, Some("llvm.loop.unroll."));
    around.set_metadata(kind, Some(id));
}
