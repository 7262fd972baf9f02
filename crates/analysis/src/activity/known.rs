//! Calls of functions without a body that the rule table or the table of known functions names.

use super::acts::Acts;
use super::carry::Carry;
use super::classify::{CallKind, opaque_summary};
use super::summary::{Port, Summary, Touch};
use crate::callee;
use rz_rules::known::{Arena, Class, Delivery, Length, Masked};
use rz_rules::{Place, Rule};
use rz_view::{Body, Func, Inst, Module, Value};
use smallvec::smallvec;
use std::rc::Rc;

/// A call and what can be asked about it.
pub(crate) struct Call<'a> {
    pub(crate) module: &'a Module,
    pub(crate) body: &'a Body,
    pub(crate) types: &'a dyn super::TypeQuery,
    pub(crate) inst: Inst,
    pub(crate) acts: &'a Acts,
}

impl Call<'_> {
    fn args(&self) -> &[Value] {
        self.body.call_args(self.inst)
    }

    fn carry(&self, value: Value) -> Carry {
        self.acts.carry[value.as_u32() as usize]
    }

    fn result(&self) -> Option<Value> {
        self.body.insts[self.inst].result
    }

    /// A length as a constant, if it is one.
    fn bytes(&self, length: Length) -> Option<u64> {
        let int = |i: u8| -> Option<u64> {
            let arg = *self.args().get(usize::from(i))?;
            u64::try_from(self.body.const_int(arg)?).ok()
        };
        match length {
            Length::Bytes(i) => int(i),
            Length::Scaled(i, by) => int(i)?.checked_mul(u64::from(by)),
            Length::Product(i, j) => int(i)?.checked_mul(int(j)?),
            Length::Const(n) => Some(u64::from(n)),
            Length::Unknown => None,
        }
    }

    fn memory(&self, ptr: u8, length: Length) -> Carry {
        match self.args().get(usize::from(ptr)) {
            Some(&ptr) => self.types.memory(ptr, self.bytes(length)),
            None => Carry::NONE,
        }
    }
}

/// The call's kind, if a table knows the function and its prototype fits.
pub(crate) fn classify(func: Func, q: &Call) -> Option<CallKind> {
    let data = &q.module.funcs[func];
    if data.name.starts_with("__enzyme_")
        || data.name.contains("__enzyme_call_inactive")
        || data.name == "enzyme_zerotype"
        || rz_rules::known::hint(&data.name).is_some()
    {
        return Some(CallKind::Nothing);
    }
    if let Some(found) = callee::rule(q.module, q.body, q.inst, func) {
        return Some(by_rule(found.rule, q.args().len()));
    }
    if let Some(known) = callee::known(q.module, q.body, q.inst, func) {
        return Some(by_class(known.class, q));
    }
    by_intrinsic(data.intrinsic.as_deref()?.strip_prefix("llvm.")?)
}

/// A row of the rule table: the operands that have a partial, or must not be active.
fn by_rule(rule: &Rule, count: usize) -> CallKind {
    let mask = rule.differentiable() | rule.refused();
    let active = (0..rule.arity()).filter(|i| mask >> i & 1 == 1);
    let memory: Vec<u32> = rule
        .outputs()
        .iter()
        .filter_map(|output| match output.place {
            Place::Memory(i) if output.real => Some(u32::from(i)),
            Place::Memory(_) | Place::Result | Place::Field(_) => None,
        })
        .collect();
    if memory.is_empty() {
        return CallKind::Values(active.collect());
    }
    let mut summary = Summary {
        touch: vec![Touch::default(); count],
        ..Summary::default()
    };
    for from in active {
        let from = Port::Arg(from as u32);
        summary.flows.insert((from, Port::Ret));
        for &to in &memory {
            summary.flows.insert((from, Port::Memory(to)));
        }
    }
    for &to in &memory {
        summary.touch[to as usize].writes = true;
    }
    CallKind::Summary {
        callee: None,
        summary: Rc::new(summary),
    }
}

fn by_class(class: Class, q: &Call) -> CallKind {
    match class {
        Class::Inactive => inactive(q),
        Class::NoReturn | Class::ReturnsTwice | Class::Lifetime { .. } => CallKind::Nothing,
        Class::Kill(spans) => {
            let count = q.args().len();
            let each = spans.iter().flat_map(|span| {
                let last = if span.rest {
                    count
                } else {
                    usize::from(span.pointer) + 1
                };
                (usize::from(span.pointer)..last).map(|i| (i, span.length))
            });
            CallKind::Clear(
                each.filter(|&(i, _)| i < count && q.carry(q.args()[i]).pointers)
                    .map(|(i, length)| (i, q.memory(i as u8, length)))
                    .collect(),
            )
        }
        Class::Set { dst, length, .. } => {
            CallKind::Clear(smallvec![(usize::from(dst), q.memory(dst, length))])
        }
        Class::Pass { from, .. } => CallKind::Pass(usize::from(from)),
        Class::Move {
            dst, src, length, ..
        } => CallKind::Copy {
            dst: usize::from(dst),
            src: usize::from(src),
            carry: q.types.copied(
                q.inst,
                q.args()[usize::from(dst)],
                q.args()[usize::from(src)],
                q.bytes(length),
            ),
        },
        Class::Alloc(alloc) => match alloc.delivery {
            Delivery::Result | Delivery::Sized => CallKind::Alloc,
            Delivery::Memory(at) => delivered(u32::from(at), q.args().len()),
        },
        Class::Arena(Arena::Alloc | Arena::Open) => CallKind::Alloc,
        Class::Arena(Arena::Defer) => CallKind::Free(1),
        // What an arena or a tape has a shadow of goes with it.
        Class::Arena(Arena::Close) => CallKind::Free(0),
        Class::Arena(Arena::TakeOver) => CallKind::Free(1),
        Class::Arena(Arena::Adopt | Arena::Reset) => CallKind::Nothing,
        Class::Realloc(realloc) => CallKind::Realloc(usize::from(realloc.pointer)),
        Class::Free(free) => CallKind::Free(usize::from(free.pointer)),
        Class::Reduce(_) | Class::Convert | Class::Narrow(_) | Class::Lanes(_) => {
            CallKind::Values((0..q.args().len()).collect())
        }
        Class::Masked(masked) => match masked {
            Masked::Load | Masked::Gather | Masked::ExpandLoad => CallKind::Load {
                addr: 0,
                otherwise: 2,
            },
            Masked::Store | Masked::Scatter | Masked::CompressStore => {
                CallKind::Store { value: 0, addr: 1 }
            }
        },
        Class::Refuse(_) => opaque(q),
    }
}

/// Inactive, unless it moves the bits of a float about as an integer, or its bytes as letters.
fn inactive(q: &Call) -> CallKind {
    let bits = |v: Value| q.module.types.is_int(q.body.ty(v)) && q.carry(v).floats;
    if q.result().is_some_and(bits) && q.args().iter().any(|&a| bits(a)) {
        return CallKind::Values((0..q.args().len()).collect());
    }
    if q.types.moves_floats_as_letters(q.inst) {
        return opaque(q);
    }
    CallKind::Nothing
}

/// Anything may become of what the arguments hold.
fn opaque(q: &Call) -> CallKind {
    CallKind::Summary {
        callee: None,
        summary: opaque_summary(q.args(), q.result(), q.acts, None),
    }
}

/// An allocation whose address is stored through argument `at`.
fn delivered(at: u32, count: usize) -> CallKind {
    let mut summary = Summary {
        touch: vec![Touch::default(); count],
        allocates: true,
        ..Summary::default()
    };
    summary.pointers.insert((Port::Fresh, Port::Memory(at)));
    CallKind::Summary {
        callee: None,
        summary: Rc::new(summary),
    }
}

/// Memory intrinsics the table does not list.
fn by_intrinsic(name: &str) -> Option<CallKind> {
    Some(match name {
        "vp.load" | "vp.gather" => CallKind::Load {
            addr: 0,
            otherwise: 0,
        },
        "vp.store" | "vp.scatter" => CallKind::Store { value: 0, addr: 1 },
        "threadlocal.address" | "ssa.copy" => CallKind::Pass(0),
        _ => return None,
    })
}
