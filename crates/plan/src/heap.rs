//! Gradients that must not allocate: what of a plan needs the heap.
//!
//! Slots outside of loops are registers or on the stack. Arrays of a known size are, too, and what of a tape is no larger
//! than the first part of an arena, which its frame provides. Everything else is allocated.

use crate::calls::{Allocation, CallKind};
use crate::plan::{Item, Plan, SlotData, Storage};
use crate::print::inst_text;
use rz_diag::{Code, Diagnostic, Position, Result};
use rz_view::{Body, Inst, Loop, Module, Op};

/// Bytes of an array of the tape that lies on the stack, and of what the frame provides of an arena at least.
const STACK: u64 = 4096;

/// What needs the heap.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum OnHeap {
    /// An item that is stored in each iteration of a loop.
    Slot(Item, Loop),
    /// Snapshots of the states of a loop.
    Snapshots(Loop),
    /// Memory that is allocated together with its shadow.
    Shadow(Inst),
    /// Memory that is released when the reverse pass is done, in each iteration of a loop.
    Release(Inst),
    /// A variable of a size that is not known, or made in a loop.
    Variable(Inst),
    /// A call with a tape of its own.
    Call(Inst),
}

/// Refuses `plan` if its derivative allocates, apart from what derivatives of its callees do.
pub fn check(module: &Module, plan: &Plan) -> Result<()> {
    let body = module.body(plan.key.func);
    match on_heap(plan, body) {
        None => Ok(()),
        Some(found) => Err(refusal(module, plan, body, found)),
    }
}

/// True when the derivative of `plan` is known not to allocate, apart from what derivatives of its callees do.
pub fn is_unneeded(plan: &Plan, body: &Body) -> bool {
    on_heap(plan, body).is_none()
}

fn on_heap(plan: &Plan, body: &Body) -> Option<OnHeap> {
    let mut arena = 0;
    for (id, _) in plan.shape.loops.iter() {
        if plan.reversal.is_checkpointed(id) {
            return Some(OnHeap::Snapshots(id));
        }
        let kept = |s: &SlotData| s.saved || !plan.reversal.is_fused(id);
        let slot = plan.slots_of(Some(id)).find(|(_, s)| kept(s));
        let Some((_, slot)) = slot else { continue };
        match plan.loop_bytes(body, id, None) {
            Some(bytes) if bytes <= STACK && is_made_once(plan, id) => {}
            Some(bytes) if arena + bytes <= STACK => arena += bytes,
            _ => return Some(OnHeap::Slot(slot.item, id)),
        }
    }
    for (&inst, kind) in &plan.calls {
        let looped = plan.shape.home(body.insts[inst].block).is_some();
        let found = match kind {
            CallKind::Alloc(Allocation::Arena(_)) if !looped => None,
            CallKind::Alloc(_) => Some(OnHeap::Shadow(inst)),
            CallKind::Free { .. } if looped => Some(OnHeap::Release(inst)),
            CallKind::Table { .. } => Some(OnHeap::Call(inst)),
            CallKind::Body(_) => match plan.splits.get(&inst) {
                Some(split) if split.has_tape => Some(OnHeap::Call(inst)),
                Some(_) | None => None,
            },
            _ => None,
        };
        if found.is_some() {
            return found;
        }
    }
    let variable = |(inst, data): (Inst, &rz_view::InstData)| {
        let taped = plan.is_taped(&data.op) && matches!(data.op, Op::Alloca { .. });
        taped.then_some(OnHeap::Variable(inst))
    };
    body.insts.iter().find_map(variable)
}

/// True when the arrays of `id` are made outside of all loops.
fn is_made_once(plan: &Plan, id: Loop) -> bool {
    let storage = plan.loops[id].as_ref().and_then(|l| l.storage.as_ref());
    let Some(Storage::Arrays { outermost, .. }) = storage else {
        return false;
    };
    let parent = plan.shape.loops.get(*outermost).parent;
    parent.is_none_or(|l| plan.reversal.is_fused(l))
}

fn refusal(module: &Module, plan: &Plan, body: &Body, found: OnHeap) -> Box<Diagnostic> {
    let text = |inst: Inst| inst_text(module, body, inst);
    let ends = |id: Loop| body.terminator(plan.shape.loops.get(id).latches[0]);
    let (at, note, fix) = match found {
        OnHeap::Slot(item, id) => {
            let made = match item {
                Item::Primal(v) | Item::Shadow(v) => body.def(v),
                Item::State(_, inst) | Item::Tape(inst) => Some(inst),
                _ => None,
            };
            let what = made.map_or_else(|| "the way that control takes".to_owned(), text);
            let known = plan.loops[id].as_ref().is_some_and(|l| l.count.is_some());
            let times = if known {
                "is known only at run time or is large"
            } else {
                "is not known before it ends"
            };
            let note = format!(
                "kept for the reverse pass in each iteration of a loop whose number of iterations {times}: {what}"
            );
            (
                made.unwrap_or(ends(id)),
                note,
                "make the number of iterations a constant, of which 4096 bytes of tape are enough, or differentiate one iteration at a time",
            )
        }
        OnHeap::Snapshots(id) => (
            ends(id),
            "the states of a loop are kept in snapshots".to_owned(),
            "remove the tape budget, or make the number of iterations a small constant",
        ),
        OnHeap::Shadow(inst) => (
            inst,
            format!("allocated together with a shadow: {}", text(inst)),
            "let the caller provide the memory and its shadow",
        ),
        OnHeap::Release(inst) => (
            inst,
            format!("released when the reverse pass is done: {}", text(inst)),
            "let the caller provide the memory",
        ),
        OnHeap::Variable(inst) => (
            inst,
            format!("a variable on the tape: {}", text(inst)),
            "give the variable a constant size",
        ),
        OnHeap::Call(inst) => (
            inst,
            format!("a call with a tape of its own: {}", text(inst)),
            "let the function be inlined",
        ),
    };
    let loc = body.insts[at].loc.as_ref();
    let position = loc.map(|loc| Position {
        file: loc.file.to_string(),
        line: loc.line,
        column: loc.column,
    });
    let name = &module.funcs[plan.key.func].name;
    Diagnostic::error(
        Code::Allocates,
        format!("the gradient of `{name}` would allocate memory"),
    )
    .at(position)
    .note(note)
    .fix(fix)
}
