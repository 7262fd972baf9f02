//! Which calls must be differentiated, and with which activity of their arguments.

use super::graph::port_objects;
use super::object::Object;
use super::solve::{Cause, Need, Solver};
use super::summary::{Port, Touch};
use super::{ArgState, CallActivity};
use rz_view::{Constant, Value};

impl Solver<'_> {
    pub(crate) fn port_objects(&self, index: usize, port: Port) -> smallvec::SmallVec<[Object; 4]> {
        let p = self.prepared;
        port_objects(&p.acts, &p.objects, &p.points, index, port)
    }

    pub(crate) fn port_active(&self, index: usize, port: Port) -> bool {
        self.port_objects(index, port)
            .iter()
            .any(|&o| self.active_object(o))
    }

    /// True when a function may be there whose calls are active: anything but a constant argument.
    fn port_differentiable(&self, index: usize, port: Port) -> bool {
        let objects = self.port_objects(index, port);
        objects.iter().any(|&o| !self.is_constant_argument(o))
    }

    fn is_constant(&self, index: usize, port: Port) -> bool {
        let objects = self.port_objects(index, port);
        !objects.is_empty() && objects.iter().all(|&o| self.is_constant_argument(o))
    }

    fn port_shadowed(&self, index: usize, port: Port) -> bool {
        let objects = self.port_objects(index, port);
        objects.iter().any(|&o| self.has_shadow(o))
    }

    pub(crate) fn port_holds(&self, index: usize, port: Port) -> bool {
        match port {
            Port::Ret => self.prepared.acts.calls[index]
                .result
                .is_some_and(|v| self.out.need[v.as_u32() as usize] != Need::No),
            _ => self
                .port_objects(index, port)
                .iter()
                .any(|&o| self.out.holds[o.index()] != Need::No),
        }
    }

    /// Recomputes what a call must do and needs. Monotone in the needs found so far.
    pub(crate) fn call(&mut self, index: usize) {
        let call = &self.prepared.acts.calls[index];
        let inst = call.inst;
        if !self.call_works(index) {
            return;
        }
        let ret = call.result.is_some_and(|v| self.active_value(v));
        let mut args = Vec::with_capacity(call.args.len());
        for i in 0..call.args.len() as u32 {
            args.push(self.call_argument(index, i));
        }
        self.even_out(index, &mut args);
        if let Some(callee) = call.callee {
            self.need(callee, Need::Access(inst));
            self.must_come_with_shadow(callee);
        }
        let shadow = call
            .result
            .is_some_and(|v| self.out.need[v.as_u32() as usize] != Need::No);
        let opaque = call.summary.opaque && call.callee.is_none();
        self.out.calls.insert(
            inst,
            CallActivity {
                args,
                ret: ret || shadow,
                opaque,
            },
        );
    }

    /// Parameters that the callee accesses through the same pointers all have shadows, or none has.
    fn even_out(&mut self, index: usize, args: &mut [ArgState]) {
        let call = &self.prepared.acts.calls[index];
        let inst = call.inst;
        for (i, &group) in call.summary.mixed.iter().enumerate() {
            let others = (args.iter().zip(&call.summary.mixed)).filter(|(_, g)| **g == group);
            let (mut dup, mut floats, mut deep) = (false, false, false);
            for (state, _) in others {
                if let ArgState::Dup { memory, reach, .. } = *state {
                    dup = true;
                    floats |= memory;
                    deep |= reach;
                }
            }
            let alone = call.summary.mixed.iter().filter(|g| **g == group).count() < 2;
            let Some(&value) = call.args.get(i) else {
                break;
            };
            if alone || !dup || !self.carry(value).pointers {
                continue;
            }
            args[i] = ArgState::Dup {
                memory: floats,
                reach: deep,
                mixed: false,
            };
            self.need(value, Need::Access(inst));
            if deep {
                self.hold_behind(index, i as u32);
            }
        }
    }

    /// True when some output of the call is active.
    pub(crate) fn call_works(&self, index: usize) -> bool {
        let call = &self.prepared.acts.calls[index];
        let graph = &self.prepared.graph.calls[index];
        if graph
            .outputs
            .values()
            .any(|&n| self.out.blocked[n as usize])
        {
            return false;
        }
        if call.result.is_some_and(|v| self.active_value(v)) || self.port_holds(index, Port::Ret) {
            return true;
        }
        let touched = call.summary.touch.iter().enumerate().any(|(i, touch)| {
            let i = i as u32;
            (touch.writes && self.port_active(index, Port::Memory(i)))
                || (touch.writes_reach && self.port_active(index, Port::Reach(i)))
                || (touch.frees && self.port_shadowed(index, Port::Memory(i)))
                || (touch.frees_reach && self.port_shadowed(index, Port::Reach(i)))
        });
        touched
            || call.summary.flows.iter().any(|&(_, to)| match to {
                Port::Global(_) | Port::Unknown => {
                    graph.outputs.get(&to).is_some_and(|&n| {
                        self.out.forward[n as usize] != Cause::No
                            && self.out.backward[n as usize] != Cause::No
                    }) && self.port_active(index, to)
                }
                _ => false,
            })
            || call
                .summary
                .pointers
                .iter()
                .any(|&(_, to)| to != Port::Ret && self.port_holds(index, to))
    }

    /// The state of one argument of a working call; demands its shadow when it needs one.
    pub(crate) fn call_argument(&mut self, index: usize, i: u32) -> ArgState {
        let call = &self.prepared.acts.calls[index];
        let inst = call.inst;
        let value = call.args[i as usize];
        let carry = self.carry(value);
        if call.callee.is_some() && self.is_given_shadow(value, call.summary.touch[i as usize]) {
            self.need(value, Need::Access(inst));
            return ArgState::DUP;
        }
        let hub = self.prepared.graph.calls[index].inputs.get(&Port::Arg(i));
        let matters = hub.is_some_and(|&n| self.out.backward[n as usize] != Cause::No);
        let active = carry.floats && matters && self.active_value(value);
        if carry.pointers {
            let touch = call
                .summary
                .touch
                .get(i as usize)
                .copied()
                .unwrap_or_default();
            if let Some(state) = self.pointer_argument(index, i, touch) {
                self.need(value, Need::Access(inst));
                if touch.calls {
                    self.must_come_with_shadow(value);
                }
                return state;
            }
        }
        if active {
            ArgState::Active
        } else if carry.pointers && self.beside_own(index, i) {
            self.need(value, Need::Access(inst));
            self.hold_behind(index, i);
            ArgState::Dup {
                memory: false,
                reach: true,
                mixed: false,
            }
        } else {
            ArgState::Const
        }
    }

    /// The callee uses memory of this argument in the place of memory of its own, and a shadow can
    /// be had for it.
    fn beside_own(&self, index: usize, i: u32) -> bool {
        let call = &self.prepared.acts.calls[index];
        let touch = call.summary.touch.get(i as usize);
        let objects = self.port_objects(index, Port::Memory(i));
        touch.is_some_and(|t| t.beside_own)
            && !objects.is_empty()
            && objects.iter().all(|o| self.out.shadowed[o.index()])
    }

    /// Memory reached through a pointer argument holds shadow pointers.
    fn hold_behind(&mut self, index: usize, i: u32) {
        let call = &self.prepared.acts.calls[index];
        let (inst, value) = (call.inst, call.args[i as usize]);
        for port in [Port::Memory(i), Port::Reach(i)] {
            for object in self.port_objects(index, port) {
                self.hold(object, Need::Access(inst));
            }
        }
        self.must_hold(value, value);
    }

    /// True for a pointer that a function called through a pointer gets with a shadow: all those
    /// behind which it may find a derivative, because nobody knows which it looks at.
    fn is_given_shadow(&self, value: Value, touch: Touch) -> bool {
        self.carry(value).pointers
            && touch != Touch::default()
            && !matches!(
                self.body.constant(value),
                Some(Constant::Null | Constant::Undef | Constant::Poison)
            )
    }

    pub(crate) fn pointer_argument(
        &mut self,
        index: usize,
        i: u32,
        touch: Touch,
    ) -> Option<ArgState> {
        let (memory, reach) = (Port::Memory(i), Port::Reach(i));
        // What a registered derivative leaves in constant memory has none: nobody keeps a shadow of it.
        if self.prepared.acts.calls[index].summary.derived && self.is_constant(index, memory) {
            return None;
        }
        let floats = (touch.reads || touch.writes) && self.port_active(index, memory);
        let deep = (touch.reads_reach || touch.writes_reach) && self.port_active(index, reach);
        let freed = touch.frees && self.port_shadowed(index, memory);
        let called = touch.calls && self.port_differentiable(index, memory);
        let mut passed = false;
        let mut through = (touch.frees_reach && self.port_shadowed(index, reach))
            || (touch.calls_reach && self.port_differentiable(index, reach));
        for &(from, to) in &self.prepared.acts.calls[index].summary.pointers {
            if from == memory {
                passed |= self.port_holds(index, to);
            } else if from == reach {
                through |= self.port_holds(index, to);
            }
            if to == memory || to == reach {
                through |= self.port_holds(index, to);
            }
        }
        if deep || through {
            self.hold_behind(index, i);
        }
        let holds = self.port_holds(index, memory);
        (floats || deep || freed || called || passed || through).then_some(ArgState::Dup {
            memory: floats || freed || called,
            reach: deep || through || holds,
            mixed: false,
        })
    }
}
