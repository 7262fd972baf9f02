//! How an item could be had without the tape.
//!
//! Repeating an operation in the reverse pass is legal when it is pure, its operands are available
//! and, for loads, memory is unchanged ([`crate::memory`]). It happens only in reverse blocks whose
//! primal block was executed after the definition, so guards hold by construction. Library calls
//! are pure but expensive: keeping one double beats calling `exp` again, so they are origins.

use crate::choose::{count_uses, counts_live};
use crate::context::Context;
use crate::layout::count_values;
use crate::plan::Item;
use crate::shape::{Back, Reversal, Shape};
use rz_view::op::{BinaryOp, CastOp};
use rz_view::{Block, Body, Callee, Count, Inst, Loop, Op, TypeKind, Value, ValueDef};

/// How one item could be obtained without the tape.
#[derive(Clone, PartialEq, Debug)]
pub enum Way {
    /// Always available.
    Free,
    /// Repeat the operation on these.
    Repeat(Vec<Item>),
    /// An induction variable.
    Affine {
        /// Value in iteration 0.
        start: Count,
        /// Increment.
        step: Count,
        /// The loop.
        id: Loop,
        /// Items the two expressions need.
        uses: Vec<Item>,
    },
    /// Cannot be repeated, and why.
    Origin(&'static str),
}

impl Way {
    /// The items needed to go this way.
    pub fn uses(&self) -> &[Item] {
        match self {
            Way::Free | Way::Origin(_) => &[],
            Way::Repeat(uses) | Way::Affine { uses, .. } => uses,
        }
    }
}

/// The way to `item`.
pub fn way(cx: &Context<'_>, reversal: &Reversal, item: Item) -> Way {
    match item {
        Item::Primal(value) => match cx.body.values[value].def {
            ValueDef::Param(_) | ValueDef::Const(_) => Way::Free,
            ValueDef::Inst(_) if cx.is_fixed_alloca(value) => Way::Free,
            ValueDef::Inst(inst) => primal(cx, reversal, inst, value),
        },
        Item::Shadow(value) => match cx.body.values[value].def {
            ValueDef::Param(_) | ValueDef::Const(_) => Way::Free,
            ValueDef::Inst(_) if cx.is_fixed_alloca(value) => Way::Free,
            ValueDef::Inst(inst) => shadow(cx, reversal, inst, value),
        },
        Item::Trips(id) => match count_of(cx, reversal, id) {
            Some(count) => {
                let mut uses = Vec::new();
                count_uses(&count, &mut uses);
                Way::Repeat(uses)
            }
            None => Way::Origin("the trip count is not known when the loop is entered"),
        },
        Item::Edge(block) => match edge_condition(cx.body, cx.shape, reversal, block) {
            Some((condition, _)) => Way::Repeat(vec![Item::Primal(condition)]),
            None => Way::Origin("the way into this block is not decided by one condition"),
        },
        Item::Tape(_) => Way::Origin("the tape of a call"),
        Item::Base(..) | Item::Head(_) => Way::Origin("where a loop's part of the tape lies"),
        Item::State(..) => Way::Origin("what an iteration starts from when it runs again"),
    }
}

/// The exact trip count of `id`, if it can be evaluated in the reverse pass.
pub fn count_of(cx: &Context<'_>, reversal: &Reversal, id: Loop) -> Option<Count> {
    let header = cx.shape.loops.get(id).header;
    cx.facts
        .backedge_count(cx.key.func, header)
        .filter(|count| counts_live(cx, reversal, count) && is_in_scope(cx, count, id))
}

/// True when the values of `count` are at home around `id`: a value of an earlier loop has as many
/// versions as that loop has iterations.
fn is_in_scope(cx: &Context<'_>, count: &Count, id: Loop) -> bool {
    let mut inside = true;
    count_values(count, &mut |value| {
        inside &= cx.shape.encloses(cx.home(Item::Primal(value)), Some(id));
    });
    inside
}

fn primals(values: &[Value]) -> Vec<Item> {
    values.iter().map(|&v| Item::Primal(v)).collect()
}

fn primal(cx: &Context<'_>, reversal: &Reversal, inst: Inst, value: Value) -> Way {
    let data = &cx.body.insts[inst];
    match &data.op {
        Op::Binary(op) => match op {
            // A remainder of floats is a library call.
            BinaryOp::FRem => Way::Origin("an expensive operation"),
            _ => Way::Repeat(primals(&data.operands)),
        },
        Op::Cast(_)
        | Op::FNeg
        | Op::ICmp(_)
        | Op::FCmp(_)
        | Op::Select
        | Op::Gep(_)
        | Op::ExtractValue(_)
        | Op::InsertValue(_)
        | Op::ExtractElement
        | Op::InsertElement
        | Op::Shuffle(_) => Way::Repeat(primals(&data.operands)),
        Op::Load(_) if cx.memory.reloadable(inst) || reversal.rereads_any(inst) => {
            Way::Repeat(primals(&data.operands))
        }
        Op::Load(_) => Way::Origin("read from memory that may be overwritten before it is needed"),
        Op::Phi { .. } => phi(cx, reversal, inst, value),
        Op::Call(call) => match call.callee {
            Callee::Direct(func) if is_cheap(cx, func) || is_repeatable(cx, inst) => {
                Way::Repeat(primals(&data.operands))
            }
            _ => Way::Origin("the result of a call"),
        },
        Op::Freeze => Way::Origin("a frozen value must not change"),
        _ => Way::Origin("this instruction must not be repeated"),
    }
}

/// The source asks for calling again (`enzyme_shouldrecompute`).
fn is_repeatable(cx: &Context<'_>, inst: Inst) -> bool {
    let tags = cx.body.insts[inst].op.call().map(|call| &call.tags[..]);
    let asked = |tag: &(String, String)| tag.0 == "enzyme_shouldrecompute";
    tags.unwrap_or_default().iter().any(asked) && !cx.activity.inst(inst)
}

/// An induction variable of a reversed loop.
fn phi(cx: &Context<'_>, reversal: &Reversal, inst: Inst, value: Value) -> Way {
    let origin = Way::Origin("it depends on the way control took");
    let block = cx.body.insts[inst].block;
    let Some(id) = cx
        .shape
        .loops
        .headed_by(block)
        .filter(|&l| reversal.is_live(l))
    else {
        return origin;
    };
    match cx.facts.affine(cx.key.func, value, block) {
        Some((start, step))
            if (matches!(start, Count::Value(_)) || !is_pointer(cx, value))
                && counts_live(cx, reversal, &start)
                && counts_live(cx, reversal, &step)
                && is_in_scope(cx, &start, id)
                && is_in_scope(cx, &step, id) =>
        {
            let mut uses = Vec::new();
            count_uses(&start, &mut uses);
            count_uses(&step, &mut uses);
            Way::Affine {
                start,
                step,
                id,
                uses,
            }
        }
        _ => origin,
    }
}

/// A pointer may also start at a distance from another one, which counts do not express.
fn is_pointer(cx: &Context<'_>, value: Value) -> bool {
    cx.module.types.is_pointer(cx.body.ty(value))
}

fn shadow(cx: &Context<'_>, reversal: &Reversal, inst: Inst, value: Value) -> Way {
    let data = &cx.body.insts[inst];
    match &data.op {
        Op::Gep(_) => {
            let mut uses = vec![Item::Shadow(data.operands[0])];
            uses.extend(data.operands[1..].iter().map(|&v| Item::Primal(v)));
            Way::Repeat(uses)
        }
        // Read from an inactive variable: its own shadow.
        Op::Load(_) if !cx.activity.shadow(data.operands[0]) => {
            Way::Repeat(vec![Item::Primal(value)])
        }
        Op::Load(_) if cx.memory.reloadable(inst) => {
            Way::Repeat(vec![Item::Shadow(data.operands[0])])
        }
        Op::Load(_) => Way::Origin("a pointer read from memory that may be overwritten"),
        Op::Cast(CastOp::BitCast | CastOp::AddrSpaceCast) | Op::ExtractValue(_) => {
            Way::Repeat(vec![Item::Shadow(data.operands[0])])
        }
        Op::Select => Way::Repeat(vec![
            Item::Primal(data.operands[0]),
            Item::Shadow(data.operands[1]),
            Item::Shadow(data.operands[2]),
        ]),
        Op::Phi { .. } => match phi(cx, reversal, inst, value) {
            Way::Affine {
                start: Count::Value(base),
                step,
                id,
                uses,
            } => {
                let uses = uses
                    .into_iter()
                    .map(|u| {
                        if u == Item::Primal(base) {
                            Item::Shadow(base)
                        } else {
                            u
                        }
                    })
                    .collect();
                Way::Affine {
                    start: Count::Value(base),
                    step,
                    id,
                    uses,
                }
            }
            _ => match shadow_base(cx, value) {
                Some(base) => Way::Repeat(vec![
                    Item::Primal(value),
                    Item::Primal(base),
                    Item::Shadow(base),
                ]),
                None => Way::Origin("a pointer that depends on the way control took"),
            },
        },
        _ => Way::Origin("the shadow of a pointer made by this instruction"),
    }
}

/// The one pointer that `value`, a phi, is at some distance from whichever way control takes: its
/// shadow is at the same distance from the shadow of `value`.
///
/// A phi of a loop header continues what an earlier iteration left, so the pointer must come from
/// outside of that loop.
pub fn shadow_base(cx: &Context<'_>, value: Value) -> Option<Value> {
    let (body, shape) = (cx.body, cx.shape);
    let mut base = None;
    let mut loops: Vec<Loop> = Vec::new();
    let mut seen = vec![value];
    let mut next = 0;
    while let Some(&at) = seen.get(next) {
        next += 1;
        let more: &[Value] = match body.def(at).map(|i| &body.insts[i]) {
            Some(data) => match &data.op {
                Op::Gep(_) | Op::Cast(CastOp::BitCast) => &data.operands[..1],
                Op::Select => &data.operands[1..],
                Op::Phi { .. } => {
                    loops.extend(shape.loops.headed_by(data.block));
                    &data.operands
                }
                _ => &[],
            },
            None => &[],
        };
        if more.is_empty() && base.replace(at).is_some_and(|old| old != at) || seen.len() > 64 {
            return None;
        }
        for &pointer in more {
            if !seen.contains(&pointer) {
                seen.push(pointer);
            }
        }
    }
    let base = base.filter(|&b| body.constant(b).is_none() && cx.activity.shadow(b))?;
    let scalar = |v: Value| matches!(cx.module.types.kind(body.ty(v)), TypeKind::Pointer { .. });
    let in_place = match body.def(base) {
        None => true,
        Some(inst) => {
            let block = body.insts[inst].block;
            let here = body.insts[body.def(value)?].block;
            shape.dom.dominates(block, here)
                && !loops.iter().any(|&l| shape.loops.contains(l, block))
        }
    };
    (in_place && scalar(base) && scalar(value)).then_some(base)
}

/// True for a call that costs about as much as a load.
pub fn is_cheap_call(cx: &Context<'_>, inst: Inst) -> bool {
    match cx.body.insts[inst].op.call().map(|call| &call.callee) {
        Some(Callee::Direct(func)) => is_cheap(cx, *func),
        _ => false,
    }
}

/// Intrinsics that cost about as much as a load.
fn is_cheap(cx: &Context<'_>, func: rz_view::Func) -> bool {
    let Some(name) = cx.module.funcs[func].intrinsic.as_deref() else {
        return false;
    };
    matches!(
        name,
        "llvm.fabs"
            | "llvm.fmuladd"
            | "llvm.fma"
            | "llvm.copysign"
            | "llvm.minnum"
            | "llvm.maxnum"
            | "llvm.minimum"
            | "llvm.maximum"
            | "llvm.minimumnum"
            | "llvm.maximumnum"
            | "llvm.smax"
            | "llvm.smin"
            | "llvm.umax"
            | "llvm.umin"
            | "llvm.abs"
            | "llvm.floor"
            | "llvm.ceil"
            | "llvm.trunc"
            | "llvm.rint"
            | "llvm.nearbyint"
            | "llvm.round"
            | "llvm.roundeven"
            | "llvm.ctpop"
            | "llvm.ctlz"
            | "llvm.cttz"
            | "llvm.bswap"
            | "llvm.fshl"
            | "llvm.fshr"
            | "llvm.vector.reduce.add"
            | "llvm.vector.reduce.or"
            | "llvm.vector.reduce.and"
    )
}

/// The condition that alone decides from where `block` is entered: its value, and per way back
/// whether that way is on the true side.
pub fn edge_condition(
    body: &Body,
    shape: &Shape,
    reversal: &Reversal,
    block: Block,
) -> Option<(Value, Vec<bool>)> {
    let Some(Back::Merge(ways)) = reversal.back(block) else {
        return None;
    };
    let branch = shape.dom.idom(block)?;
    if shape.home(branch) != shape.home(block) {
        return None;
    }
    let terminator = &body.insts[body.terminator(branch)];
    let Op::CondBr(yes, no) = terminator.op else {
        return None;
    };
    if yes == no {
        return None;
    }
    let side = |entry: Block, pred: Block| {
        (pred == branch && entry == block)
            || (entry != block
                && shape.cfg.preds(entry) == [branch].as_slice()
                && shape.dom.dominates(entry, pred))
    };
    let sides: Option<Vec<bool>> = ways
        .iter()
        .map(|&(pred, _)| match (side(yes, pred), side(no, pred)) {
            (true, false) => Some(true),
            (false, true) => Some(false),
            _ => None,
        })
        .collect();
    let sides = sides?;
    let distinct = sides.iter().filter(|&&s| s).count() == 1 && ways.len() == 2;
    distinct.then_some((terminator.operands[0], sides))
}
