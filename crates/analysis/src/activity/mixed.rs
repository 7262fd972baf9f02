//! Mixed pointers: those whose shadow may be the pointer itself.
//!
//! A pointer into a constant argument has no shadow. Where it takes turns with pointers that have one,
//! it is its own shadow, and whoever follows such a *mixed* pointer compares the two first:
//!
//! ```text
//! double f(double *a, const double *b, int c) { return *(c ? a : b); }      ; a: dup, b: const
//!   p  = select c, a,  b
//!   p' = select c, a', b         ; p' == p: what p points to carries no derivative
//! ```
//!
//! Which pointers are mixed follows from what they may point to. Where no inactive pointer needs a
//! shadow nothing is mixed, and no derivative compares. A mixed pointer must not leave what is
//! derived together, since nobody outside compares ([`outside`]).

use super::acts::Act;
use super::object::{Object, ObjectKind};
use super::solve::{Need, Solver};
use super::summary::Port;
use super::{Activity, ArgState};
use rz_view::{Global, Inst, Module, TypeKind, Value, ValueDef};

impl Solver<'_> {
    /// Finds the objects that mixed pointers may point to, and tells callees.
    pub(crate) fn mix(&mut self) {
        if !self.body.values.keys().any(|v| self.is_source(v)) && !self.gets_mixed() {
            return;
        }
        let objects = &self.prepared.objects;
        let mut own = vec![false; objects.len()];
        for (object, kind) in objects.iter() {
            own[objects.find(object).index()] |= match kind {
                ObjectKind::Memory(i) | ObjectKind::Reach(i) => {
                    matches!(
                        self.arg(i),
                        ArgState::Const | ArgState::Dup { mixed: true, .. }
                    )
                }
                // An address that was an integer may be any.
                ObjectKind::Unknown | ObjectKind::Foreign => true,
                // The shadow of its address takes what nobody asks for; an address that was read may be its
                // own.
                ObjectKind::Global(g) => {
                    self.blocked(objects.find(object)) && !holds_no_numbers(self.module, g)
                }
                ObjectKind::Alloca(_)
                | ObjectKind::Heap(_)
                | ObjectKind::Fresh(_)
                | ObjectKind::Func(_) => false,
            };
        }
        self.out.own = own;
        for index in 0..self.prepared.acts.calls.len() {
            self.pass_mixed(index);
        }
    }

    /// The caller gives a mixed pointer, or a call brings one.
    fn gets_mixed(&self) -> bool {
        let given = |state: &ArgState| matches!(state, ArgState::Dup { mixed: true, .. });
        self.context.args.iter().any(given)
            || (0..self.prepared.acts.calls.len()).any(|index| self.brings_mixed(index))
    }

    /// An inactive pointer whose shadow is needed.
    fn is_source(&self, value: Value) -> bool {
        if self.out.need[value.as_u32() as usize] == Need::No {
            return false;
        }
        match self.body.values[value].def {
            ValueDef::Param(index) => self.arg(index) == ArgState::Const,
            ValueDef::Const(_) => self.points(value).iter().any(|&o| self.is_table(o)),
            ValueDef::Inst(_) if self.is_from_variable(value) => true,
            ValueDef::Inst(inst) => {
                self.prepared.acts.inactive.contains(&value)
                    && !self.out.calls.contains_key(&inst)
                    && self.points(value).iter().any(|&o| self.is_inactive(o))
            }
        }
    }

    /// A constant with addresses of variables in it, and integers: in forward mode it may be its own shadow.
    fn is_table(&self, object: Object) -> bool {
        match self.prepared.objects.kind(object) {
            ObjectKind::Global(g) => {
                let data = &self.module.globals[g];
                let addresses = data.constant && !data.contents.globals.is_empty();
                let has_own = data.holds_floats(&self.module.types);
                addresses && !has_own && !holds_no_numbers(self.module, g)
            }
            _ => false,
        }
    }

    /// A pointer read from an inactive variable, whose shadow is not looked at.
    fn is_from_variable(&self, value: Value) -> bool {
        self.makers[value.as_u32() as usize].iter().any(
            |&(_, act)| matches!(act, Act::Load { addr, .. } if self.is_inactive_variable(addr)),
        )
    }

    /// The address of variables that count as inactive and may change: what is in their shadows, if they
    /// have any, says nothing about what they hold now.
    pub(crate) fn is_inactive_variable(&self, addr: Value) -> bool {
        let inactive = |&o: &Object| match self.prepared.objects.kind(o) {
            ObjectKind::Global(g) => {
                !self.module.globals[g].has_fixed_addresses() && self.blocked(o)
            }
            _ => false,
        };
        let list = self.points(addr);
        !list.is_empty() && list.iter().all(inactive)
    }

    /// No derivative passes through the memory, and it has no shadow.
    fn is_inactive(&self, object: Object) -> bool {
        let kind = self.prepared.objects.kind(object);
        self.blocked(object) && !matches!(kind, ObjectKind::Func(_))
    }

    /// The callee finds a pointer in inactive memory and hands it out beside active ones.
    fn brings_mixed(&self, index: usize) -> bool {
        let call = &self.prepared.acts.calls[index];
        let brought = |&(from, to): &(Port, Port)| {
            matches!(from, Port::Reach(_) | Port::Foreign)
                && self.port_holds(index, to)
                && (self.port_objects(index, from).iter()).any(|&o| self.is_inactive(o))
        };
        self.out.calls.contains_key(&call.inst) && call.summary.pointers.iter().any(brought)
    }

    fn pass_mixed(&mut self, index: usize) {
        let inst = self.prepared.acts.calls[index].inst;
        let Some(call) = self.out.calls.get(&inst) else {
            return;
        };
        let mut args = call.args.clone();
        for (i, state) in args.iter_mut().enumerate() {
            if let ArgState::Dup { mixed, .. } = state {
                let i = i as u32;
                let behind = [Port::Memory(i), Port::Reach(i)];
                let mut objects = behind.iter().flat_map(|&p| self.port_objects(index, p));
                *mixed = objects.any(|o| self.out.own[o.index()]);
            }
        }
        if let Some(call) = self.out.calls.get_mut(&inst) {
            call.args = args;
        }
    }
}

/// True for constant text, and for constant tables of addresses: an access of a number does not go there, so
/// a pointer that may point there as well need not be compared.
fn holds_no_numbers(module: &Module, global: Global) -> bool {
    let data = &module.globals[global];
    let addresses = !(data.contents.globals.is_empty() && data.contents.functions.is_empty());
    let types = &module.types;
    let mut work = vec![data.ty];
    while let Some(ty) = work.pop() {
        match types.kind(ty) {
            TypeKind::Pointer { .. } => {}
            TypeKind::Int(8) => {}
            TypeKind::Int(_) if addresses => {}
            TypeKind::Array { elem, .. } => work.push(*elem),
            TypeKind::Struct { fields, .. } => work.extend(fields.iter().map(|f| f.ty)),
            _ => return false,
        }
    }
    data.constant
}

/// True when `value` may point to memory without a shadow of its own.
pub(super) fn is_mixed(activity: &Activity, value: Value) -> bool {
    let own = &activity.solved.own;
    !own.is_empty() && activity.points_to(value).iter().any(|o| own[o.index()])
}

/// Where a mixed pointer is returned, or stored in memory that is found from outside.
pub(super) fn outside(activity: &Activity) -> Option<Inst> {
    let (solved, prepared) = (&activity.solved, &activity.prepared);
    if solved.own.is_empty() {
        return None;
    }
    let points = |value| activity.points_to(value);
    let seen = |o: &Object| solved.published[o.index()] && solved.holds[o.index()] != Need::No;
    // Variables are as good as their shadows outside.
    let variable = |o: Object| matches!(prepared.objects.kind(o), ObjectKind::Global(_));
    let kept = |o: &Object| solved.own[o.index()] && !variable(*o);
    let behind = |o: &Object| {
        let inside = prepared.points.contents(&prepared.objects, *o);
        inside.iter().any(kept)
    };
    let leaves = |act: Act| match act {
        Act::Store { value, addr, .. } => {
            points(addr).iter().any(seen) && points(value).iter().any(kept)
        }
        Act::Copy { dst, src, carry } => {
            carry.pointers && points(dst).iter().any(seen) && points(src).iter().any(behind)
        }
        Act::Ret { value } => activity.shadow(value) && points(value).iter().any(kept),
        Act::Call(index) => {
            let ports = |port| {
                let p = &prepared;
                super::graph::port_objects(&p.acts, &p.objects, &p.points, index as usize, port)
            };
            let pointers = &prepared.acts.calls[index as usize].summary.pointers;
            pointers.iter().any(|&(from, to)| {
                to != Port::Ret && ports(to).iter().any(seen) && ports(from).iter().any(kept)
            })
        }
        Act::Move { .. }
        | Act::Follow { .. }
        | Act::Load { .. }
        | Act::Clear { .. }
        | Act::Address { .. }
        | Act::Free { .. } => false,
    };
    let list = &prepared.acts.list;
    list.iter().find(|&&(_, act)| leaves(act)).map(|&(i, _)| i)
}
