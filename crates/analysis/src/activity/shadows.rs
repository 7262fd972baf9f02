//! Which pointers need shadows: a demand that starts at active accesses.

use super::ArgState;
use super::acts::Act;
use super::object::{Object, ObjectKind};
use super::solve::{Need, Solver, Work};
use rz_view::{Inst, Value};

impl Solver<'_> {
    pub(crate) fn index(&mut self) {
        for &(inst, act) in &self.prepared.acts.list {
            match act {
                Act::Move { from, to } => {
                    if self.carry(from).pointers && self.carry(to).pointers {
                        self.makers[to.as_u32() as usize].push((inst, act));
                    }
                }
                Act::Follow { to, .. } | Act::Load { to, .. } => {
                    self.makers[to.as_u32() as usize].push((inst, act));
                }
                Act::Store { addr, carry, .. } => {
                    if carry.pointers {
                        for object in self.points(addr) {
                            self.writers[object.index()].push((inst, act));
                        }
                    }
                }
                Act::Copy { dst, carry, .. } => {
                    if carry.pointers {
                        for object in self.points(dst) {
                            self.writers[object.index()].push((inst, act));
                        }
                    }
                }
                Act::Clear { .. }
                | Act::Address { .. }
                | Act::Free { .. }
                | Act::Call(_)
                | Act::Ret { .. } => {}
            }
        }
    }

    pub(crate) fn need(&mut self, value: Value, why: Need) {
        let need = &mut self.out.need[value.as_u32() as usize];
        if *need == Need::No {
            *need = why;
            self.work.push(Work::Value(value));
        }
    }

    pub(crate) fn hold(&mut self, object: Object, why: Need) {
        if !self.out.shadowed[object.index()] {
            return;
        }
        let holds = &mut self.out.holds[object.index()];
        if *holds == Need::No {
            *holds = why;
            self.work.push(Work::Object(object));
        }
    }

    /// Notes that the shadow of `value` would come from memory behind `addr` where no shadow
    /// pointers are: of a parameter whose own address alone has a shadow.
    pub(crate) fn must_hold(&mut self, addr: Value, value: Value) {
        let missing = self.points(addr).iter().any(|&o| {
            let kind = self.prepared.objects.kind(o);
            !self.out.shadowed[o.index()]
                && matches!(kind, ObjectKind::Memory(i) if self.arg(i) != ArgState::Const)
        });
        if missing && !self.out.missing.contains(&value) {
            self.out.missing.push(value);
        }
    }

    /// Notes a function pointer that was read from memory without shadows: calls through it would
    /// have no derivative.
    pub(crate) fn must_come_with_shadow(&mut self, pointer: Value) {
        let mut seen = vec![pointer];
        let mut next = 0;
        while let Some(&value) = seen.get(next) {
            next += 1;
            for &(_, act) in &self.makers[value.as_u32() as usize] {
                match act {
                    Act::Move { from, .. } if !seen.contains(&from) => seen.push(from),
                    Act::Load { addr, .. }
                        if self.points(addr).iter().any(|&o| self.bare(o))
                            && !self.out.bare.contains(&value) =>
                    {
                        self.out.bare.push(value);
                    }
                    _ => {}
                }
            }
        }
    }

    /// True for memory outside the function in which nobody keeps shadows of pointers.
    fn bare(&self, object: Object) -> bool {
        match self.prepared.objects.kind(object) {
            ObjectKind::Global(g) => {
                !self.module.globals[g].has_fixed_addresses() && !self.out.shadowed[object.index()]
            }
            ObjectKind::Memory(_) | ObjectKind::Reach(_) | ObjectKind::Foreign => {
                !self.out.shadowed[object.index()]
            }
            ObjectKind::Unknown
            | ObjectKind::Alloca(_)
            | ObjectKind::Heap(_)
            | ObjectKind::Fresh(_)
            | ObjectKind::Func(_) => false,
        }
    }

    pub(crate) fn demand(&mut self) {
        for index in 0..self.out.published.len() {
            if self.out.published[index] {
                self.hold(Object(index as u32), Need::Published);
            }
        }
        for &(inst, act) in &self.prepared.acts.list {
            self.start(inst, act);
        }
        loop {
            self.propagate();
            for index in 0..self.prepared.acts.calls.len() {
                self.call(index);
            }
            self.frees();
            if self.work.is_empty() {
                break;
            }
        }
    }

    /// Active accesses need the shadow of their address.
    pub(crate) fn start(&mut self, inst: Inst, act: Act) {
        match act {
            Act::Load { addr, to } => {
                if self.active_value(to) {
                    self.need(addr, Need::Access(inst));
                }
            }
            Act::Store { addr, carry, .. } => {
                if carry.floats && self.any_active(addr) {
                    self.need(addr, Need::Access(inst));
                }
            }
            Act::Copy { dst, src, carry } => {
                if carry.floats && self.any_active(dst) {
                    self.need(dst, Need::Access(inst));
                    if self.any_active(src) {
                        self.need(src, Need::Access(inst));
                    }
                }
            }
            Act::Clear { dst, carry } => {
                if carry.floats && self.any_active(dst) {
                    self.need(dst, Need::Access(inst));
                }
            }
            Act::Ret { value } => {
                if self.context.ret && self.carry(value).pointers {
                    self.need(value, Need::Published);
                }
            }
            Act::Move { .. }
            | Act::Follow { .. }
            | Act::Address { .. }
            | Act::Free { .. }
            | Act::Call(_) => {}
        }
    }

    pub(crate) fn any_active(&self, addr: Value) -> bool {
        self.points(addr).iter().any(|&o| self.active_object(o))
    }

    pub(crate) fn any_holds(&self, addr: Value) -> bool {
        self.points(addr)
            .iter()
            .any(|&o| self.out.holds[o.index()] != Need::No)
    }

    pub(crate) fn propagate(&mut self) {
        while let Some(work) = self.work.pop() {
            match work {
                Work::Value(value) => {
                    for index in 0..self.makers[value.as_u32() as usize].len() {
                        let (inst, act) = self.makers[value.as_u32() as usize][index];
                        self.need_maker(value, inst, act);
                    }
                }
                Work::Object(object) => {
                    for index in 0..self.writers[object.index()].len() {
                        let (inst, act) = self.writers[object.index()][index];
                        self.need_writer(object, inst, act);
                    }
                }
            }
        }
    }

    pub(crate) fn need_maker(&mut self, value: Value, inst: Inst, act: Act) {
        match act {
            Act::Move { from, .. } | Act::Follow { from, .. } => {
                self.need(from, Need::Value(value, inst));
            }
            Act::Load { addr, .. } => {
                // What is read from an inactive variable is inactive: its own shadow.
                if self.is_inactive_variable(addr) {
                    return;
                }
                self.need(addr, Need::Value(value, inst));
                for object in self.points(addr) {
                    self.hold(object, Need::Value(value, inst));
                }
                self.must_hold(addr, value);
            }
            _ => {}
        }
    }

    pub(crate) fn need_writer(&mut self, object: Object, inst: Inst, act: Act) {
        match act {
            Act::Store { value, addr, .. } => {
                self.need(value, Need::Object(object));
                self.need(addr, Need::Access(inst));
            }
            Act::Copy { dst, src, .. } => {
                self.need(dst, Need::Access(inst));
                self.need(src, Need::Object(object));
                for source in self.points(src) {
                    self.hold(source, Need::Object(object));
                }
            }
            _ => {}
        }
    }

    /// A released block's shadow is released with it.
    pub(crate) fn frees(&mut self) {
        for &(inst, act) in &self.prepared.acts.list {
            if let Act::Free { ptr } = act
                && self.points(ptr).iter().any(|&o| self.has_shadow(o))
            {
                self.need(ptr, Need::Access(inst));
            }
        }
    }

    pub(crate) fn has_shadow(&self, object: Object) -> bool {
        match self.prepared.objects.kind(object) {
            ObjectKind::Alloca(inst) | ObjectKind::Heap(inst) | ObjectKind::Fresh(inst) => {
                self.active_object(object)
                    || self.out.holds[object.index()] != Need::No
                    || self.body.insts[inst]
                        .result
                        .is_some_and(|v| self.out.need[v.as_u32() as usize] != Need::No)
            }
            ObjectKind::Memory(_) | ObjectKind::Reach(_) => {
                !self.blocked(object) || self.out.shadowed[object.index()]
            }
            ObjectKind::Unknown
            | ObjectKind::Foreign
            | ObjectKind::Global(_)
            | ObjectKind::Func(_) => false,
        }
    }
}
