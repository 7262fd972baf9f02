//! Every instruction as a few primitive acts, so that the solvers match on those and not on opcodes.
//!
//! ```text
//! %v = load double, ptr %p          Load { addr: %p, to: %v }
//! %r = atomicrmw fadd ptr %p, %x    Load { addr: %p, to: %r }; Store { value: %x, addr: %p }
//! %s = select i1 %c, %a, %b         Move { %a -> %s }; Move { %b -> %s }
//! ```

use super::carry::Carry;
use super::classify::{CallKind, classify};
use super::converted::Converted;
use super::object::{Object, ObjectKind, Objects};
use super::summary::Summary;
use rz_view::op::CastOp;
use rz_view::{Body, Func, Inst, Module, Op, Value};
use std::rc::Rc;

/// A primitive act.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Act {
    /// Float bytes or the address in `from` may become part of `to`.
    Move { from: Value, to: Value },
    /// The result is made from `from`, but shares no data: its shadow needs the other's.
    Follow { from: Value, to: Value },
    /// Memory to value.
    Load { addr: Value, to: Value },
    /// Value to memory.
    Store {
        value: Value,
        addr: Value,
        /// What is overwritten.
        carry: Carry,
    },
    /// Memory to memory.
    Copy {
        dst: Value,
        src: Value,
        carry: Carry,
    },
    /// Memory is overwritten with data that carries no derivative.
    Clear { dst: Value, carry: Carry },
    /// `to` is the address of `object`.
    Address { object: Object, to: Value },
    /// The memory is released.
    Free { ptr: Value },
    /// A call, by index in [`Acts::calls`].
    Call(u32),
    /// The result of the function.
    Ret { value: Value },
}

/// A call that goes through a summary.
#[derive(Clone, Debug)]
pub(crate) struct CallSite {
    pub(crate) inst: Inst,
    /// The function pointer of an indirect call.
    pub(crate) callee: Option<Value>,
    pub(crate) args: Vec<Value>,
    pub(crate) result: Option<Value>,
    pub(crate) summary: Rc<Summary>,
    pub(crate) fresh: Option<Object>,
}

/// A function's acts.
pub(crate) struct Acts {
    pub(crate) list: Vec<(Inst, Act)>,
    pub(crate) calls: Vec<CallSite>,
    /// Per value.
    pub(crate) carry: Vec<Carry>,
    /// Values a tag or a known function makes inactive.
    pub(crate) inactive: Vec<Value>,
    /// Values a tag makes active.
    pub(crate) forced: Vec<Value>,
    /// Instructions without derivative work of their own whatever their result.
    pub(crate) silent: Vec<Inst>,
}

/// Where summaries of callees come from.
pub(crate) trait Callees {
    /// The summary of a function with a body, as `call` calls it.
    fn summary(&mut self, call: Inst, func: Func) -> Rc<Summary>;
    /// Functions without body and rule are inactive.
    fn inactive_declarations(&self) -> bool;
}

/// Lowers a body.
pub(crate) struct Lower<'a> {
    pub(crate) module: &'a Module,
    pub(crate) func: Func,
    pub(crate) body: &'a Body,
    pub(crate) types: &'a dyn super::TypeQuery,
    pub(crate) objects: &'a mut Objects,
    pub(crate) callees: &'a mut dyn Callees,
    pub(crate) converted: &'a Converted,
}

impl Lower<'_> {
    pub(crate) fn run(mut self) -> Acts {
        let mut acts = Acts {
            list: Vec::with_capacity(self.body.insts.len()),
            calls: Vec::new(),
            carry: self.body.values.keys().map(|v| self.carry(v)).collect(),
            inactive: Vec::new(),
            forced: Vec::new(),
            silent: Vec::new(),
        };
        super::images::mark(&self.module.types, self.body, self.types, &mut acts.carry);
        let func = self.func;
        (self.converted).mark(self.module, func, self.types, &mut acts.carry);
        for block in self.body.blocks.values() {
            for &inst in &block.insts {
                self.lower(inst, &mut acts);
            }
        }
        acts
    }

    fn carry(&self, value: Value) -> Carry {
        let by_type = super::carry::carry_of_type(&self.module.types, self.body.ty(value));
        if by_type.is_none() {
            return by_type;
        }
        self.types.value(value)
    }

    fn stored(&self, value: Value, addr: Value) -> Carry {
        let ty = self.body.ty(value);
        let by_type = super::carry::carry_of_type(&self.module.types, ty);
        if by_type.is_none() || !by_type.floats || !by_type.pointers {
            return by_type;
        }
        let bytes = self.module.types.store_size(ty);
        self.types.stored(value, addr, bytes)
    }

    fn lower(&mut self, inst: Inst, acts: &mut Acts) {
        if self.tags(inst, acts) {
            return;
        }
        match self.body.insts[inst].result {
            Some(to) => self.value(inst, to, acts),
            None => self.effect(inst, acts),
        }
    }

    /// An instruction without a result.
    fn effect(&mut self, inst: Inst, acts: &mut Acts) {
        let data = &self.body.insts[inst];
        let ops = &data.operands;
        match &data.op {
            Op::Store(_) => acts.list.push((inst, self.store(ops[0], ops[1]))),
            Op::Ret => {
                let value = ops.first().copied();
                acts.list
                    .extend(value.map(|value| (inst, Act::Ret { value })));
            }
            Op::Call(_) | Op::Invoke(..) | Op::CallBr(..) => self.call(inst, acts),
            Op::Opaque(_) => self.opaque(inst, acts),
            _ => {}
        }
    }

    fn store(&self, value: Value, addr: Value) -> Act {
        Act::Store {
            value,
            addr,
            carry: self.stored(value, addr),
        }
    }

    /// An instruction that defines `to`.
    fn value(&mut self, inst: Inst, to: Value, acts: &mut Acts) {
        let data = &self.body.insts[inst];
        let ops = &data.operands;
        let list = &mut acts.list;
        let mut push = |act| list.push((inst, act));
        match &data.op {
            // A rounded value has derivative zero; an integer that is a number carries none.
            Op::Cast(CastOp::FpToUi | CastOp::FpToSi) | Op::ICmp(_) | Op::FCmp(_) => {}
            Op::Binary(_)
            | Op::Cast(_)
            | Op::FNeg
            | Op::Freeze
            | Op::Phi { .. }
            | Op::Gep(_)
            | Op::ExtractValue(_)
            | Op::InsertValue(_)
            | Op::ExtractElement
            | Op::InsertElement
            | Op::Shuffle(_) => ops.iter().for_each(|&from| push(Act::Move { from, to })),
            Op::Select => ops[1..]
                .iter()
                .for_each(|&from| push(Act::Move { from, to })),
            Op::Alloca { .. } => {
                let object = self.objects.add(ObjectKind::Alloca(inst));
                push(Act::Address { object, to });
            }
            Op::Load(_) => push(Act::Load { addr: ops[0], to }),
            Op::CmpXchg(_) | Op::AtomicRmw(..) => {
                let new = usize::from(matches!(data.op, Op::CmpXchg(_))) + 1;
                push(Act::Load { addr: ops[0], to });
                push(self.store(ops[new], ops[0]));
            }
            Op::Call(_) | Op::Invoke(..) | Op::CallBr(..) => self.call(inst, acts),
            // What was passed as a variable argument is refused at the call; what is read is inactive
            // memory of the caller's making.
            Op::VaArg => push(Act::Address {
                object: Object::UNKNOWN,
                to,
            }),
            Op::LandingPad | Op::FuncletPad | Op::FuncletControl(_) => push(Act::Address {
                object: Object::FOREIGN,
                to,
            }),
            Op::Opaque(_) => self.opaque(inst, acts),
            Op::Store(_)
            | Op::Fence
            | Op::Ret
            | Op::Br(_)
            | Op::CondBr(..)
            | Op::Switch { .. }
            | Op::IndirectBr(_)
            | Op::Resume
            | Op::Unreachable => {}
        }
    }

    /// Applies the `enzyme_` metadata of `inst`; true when nothing else is to be said about it.
    fn tags(&self, inst: Inst, acts: &mut Acts) -> bool {
        let data = &self.body.insts[inst];
        let mut done = false;
        for tag in &data.tags {
            match tag.as_str() {
                "enzyme_inactive" => {
                    acts.inactive.extend(data.result);
                    acts.silent.push(inst);
                    done = !matches!(data.op, Op::Ret);
                }
                "enzyme_inactive_val" => acts.inactive.extend(data.result),
                "enzyme_inactive_inst" => acts.silent.push(inst),
                "enzyme_active" | "enzyme_active_inst" | "enzyme_active_val" => {
                    acts.forced.extend(data.result);
                }
                _ => {}
            }
        }
        if done {
            self.foreign_result(inst, acts);
        }
        done
    }

    fn foreign_result(&self, inst: Inst, acts: &mut Acts) {
        if let Some(to) = self.body.insts[inst].result
            && acts.carry[to.as_u32() as usize].pointers
        {
            acts.list.push((
                inst,
                Act::Address {
                    object: Object::FOREIGN,
                    to,
                },
            ));
        }
    }

    /// An instruction the view does not know: a call of an unknown function on its operands.
    fn opaque(&mut self, inst: Inst, acts: &mut Acts) {
        let data = &self.body.insts[inst];
        let args = data.operands.to_vec();
        let summary = super::classify::opaque_summary(&args, data.result, acts, None);
        self.push_call(inst, None, args, summary, acts);
    }

    fn push_call(
        &mut self,
        inst: Inst,
        callee: Option<Value>,
        args: Vec<Value>,
        summary: Rc<Summary>,
        acts: &mut Acts,
    ) {
        let fresh = summary
            .allocates
            .then(|| self.objects.add(ObjectKind::Fresh(inst)));
        let index = acts.calls.len() as u32;
        acts.calls.push(CallSite {
            inst,
            callee,
            args,
            result: self.body.insts[inst].result,
            summary,
            fresh,
        });
        acts.list.push((inst, Act::Call(index)));
    }

    fn call(&mut self, inst: Inst, acts: &mut Acts) {
        let args = self.body.call_args(inst).to_vec();
        let result = self.body.insts[inst].result;
        let kind = classify(self.module, self.body, self.types, inst, acts, self.callees);
        let mut push = |act| acts.list.push((inst, act));
        match kind {
            CallKind::Nothing => {
                acts.inactive.extend(result);
                self.foreign_result(inst, acts);
            }
            CallKind::Values(indices) => {
                if let Some(to) = result {
                    for index in indices {
                        let from = args[index];
                        push(Act::Move { from, to });
                    }
                }
            }
            CallKind::Pass(index) => {
                if let Some(to) = result {
                    push(Act::Move {
                        from: args[index],
                        to,
                    });
                }
            }
            CallKind::Copy { dst, src, carry } => {
                push(Act::Copy {
                    dst: args[dst],
                    src: args[src],
                    carry,
                });
                if let Some(to) = result {
                    push(Act::Move {
                        from: args[dst],
                        to,
                    });
                }
            }
            CallKind::Clear(spans) => {
                for &(dst, carry) in &spans {
                    let dst = args[dst];
                    push(Act::Clear { dst, carry });
                    // Where it returns a pointer it is the destination.
                    if let Some(to) = result {
                        push(Act::Move { from: dst, to });
                    }
                }
            }
            CallKind::Load { addr, otherwise } => {
                if let Some(to) = result {
                    push(Act::Load {
                        addr: args[addr],
                        to,
                    });
                    push(Act::Move {
                        from: args[otherwise],
                        to,
                    });
                }
            }
            CallKind::Store { value, addr } => {
                let carry = self.stored(args[value], args[addr]);
                acts.list.push((
                    inst,
                    Act::Store {
                        value: args[value],
                        addr: args[addr],
                        carry,
                    },
                ));
            }
            CallKind::Alloc | CallKind::Realloc(_) => {
                let object = self.objects.add(ObjectKind::Heap(inst));
                if let Some(to) = result {
                    push(Act::Address { object, to });
                    if let CallKind::Realloc(old) = kind {
                        push(Act::Copy {
                            dst: to,
                            src: args[old],
                            carry: Carry::ANY,
                        });
                        push(Act::Follow {
                            from: args[old],
                            to,
                        });
                    }
                }
            }
            CallKind::Free(index) => push(Act::Free { ptr: args[index] }),
            CallKind::Summary { callee, summary } => {
                self.push_call(inst, callee, args, summary, acts);
            }
        }
    }
}
