//! Calls through pointers, and the entries of the tables they go through.
//!
//! ```text
//! %y = call double %g(double %x)
//! forward:  %a = load ptr, ptr %g'                      ; the first entry of the table
//!           %1 = call { ptr, double } %a(double %x)     ; tape and result
//! reverse:  %r = load ptr, ptr (%g' + 8)
//!           %2 = call { double } %r(double %x, double %y.adjoint, ptr %tape)
//! ```
//!
//! An entry wraps an internal derivative. The tape it returns owns all memory of the call: it is a
//! chunk that begins with the arena and the internal tape. The caller takes over what is in use longer than
//! until the call is undone for the first time ([`super::handover`]). The reverse entry releases the rest.

use super::code::Code;
use super::handover::Held;
use crate::Session;
use crate::directions::{pack, unpack};
use crate::runtime::{ENTRY_REVERSE, ENTRY_TAPE};
use crate::signature::{Form, Role, Signature, with_pointers};
use crate::table::Prototype;
use rz_llvm as llvm;
use rz_plan::table::{Passing, passing};
use rz_plan::{ArgActivity, Derivative, Item, RetActivity};
use rz_view::{Func, Inst, Type, Value};
use std::rc::Rc;

impl Session<'_> {
    /// The table of derivatives of `func`, when one was planned.
    pub fn table(&mut self, func: Func) -> Option<llvm::Value> {
        if let Some(&table) = self.tables.get(&func) {
            return Some(table);
        }
        let key = self.planner.table(func)?.clone();
        let name = self.imported.func(func).name();
        let ptr = self.context.pointer(0);
        let kind = llvm::Linkage::Internal;
        let name = format!("ribozyme.table.{name}");
        let table = self.llvm.add_global(&name, ptr.array(2), kind);
        table.set_constant(true);
        self.tables.insert(func, table.value());
        let mut reverse = self.reverse_entry(func, &key);
        let augmented = self.augmented_entry(func, &key, reverse);
        if self.is_shared(&key) {
            reverse = self.shared_reverse(self.prototype(func, key.width).reverse(self.context));
        }
        table.set_initializer(ptr.array_const(&[augmented.value(), reverse.value()]));
        Some(table.value())
    }

    fn prototype(&self, func: Func, width: u32) -> Prototype {
        let data = &self.imported.module.funcs[func];
        let of = |ty: Type| self.passed(ty);
        Prototype {
            params: data.params.iter().map(|p| of(p.ty)).collect(),
            result: Some(data.ret)
                .filter(|&ty| !self.imported.module.types.is_void(ty))
                .map(of),
            width,
        }
    }

    fn passed(&self, ty: Type) -> (Passing, llvm::Type) {
        let types = &self.imported.module.types;
        (passing(types, ty), self.imported.ty(ty))
    }

    /// True when a call of the entries needs memory of its own.
    fn owns_memory(&self, key: &Rc<Derivative>) -> bool {
        let plan = self.planner.planned(key).expect("tables are planned");
        plan.has_tape() || plan.uses_arena(self.imported.module.body(key.func))
    }

    /// True when a call may free what its caller needs longer than the call's tape.
    fn frees_outside(&self, key: &Rc<Derivative>) -> bool {
        let plan = self.planner.planned(key).expect("tables are planned");
        plan.frees_outside
    }

    /// True when a caller may have to take over what a call holds.
    fn is_shared(&self, key: &Rc<Derivative>) -> bool {
        self.owns_memory(key) && (key.repeatable || self.frees_outside(key))
    }

    fn entry(&self, kind: &str, func: Func, ty: llvm::Type) -> (llvm::Function, llvm::Builder) {
        let original = self.imported.func(func);
        let name = format!("ribozyme.entry.{kind}.{}", original.name());
        let function = self.llvm.add_function(&name, ty, llvm::Linkage::Internal);
        crate::attributes::reset(function, original);
        let b = llvm::Builder::at_end(function.append_block("entry"));
        (function, b)
    }

    fn augmented_entry(
        &mut self,
        func: Func,
        key: &Rc<Derivative>,
        reverse: llvm::Function,
    ) -> llvm::Function {
        let prototype = self.prototype(func, key.width);
        let ty = prototype.augmented(self.context);
        let (function, b) = self.entry("augmented", func, ty);
        let ptr = self.context.pointer(0);
        let inner = self.function(key, Form::Augmented);
        let owns = self.owns_memory(key);
        let arena = if owns {
            self.runtime().open_entry(&b)
        } else {
            ptr.zero()
        };
        let mut operands = self.entry_operands(function, key, Form::Augmented, &prototype);
        *operands.last_mut().expect("the arena is last") = arena;
        let result = b.call(inner, &operands);
        if owns {
            let tape = b.extract_value(result, 0);
            b.store(tape, b.ptr_offset(arena, ENTRY_TAPE), 8);
            if self.is_shared(key) {
                b.store(reverse.value(), b.ptr_offset(arena, ENTRY_REVERSE), 8);
            }
        }
        let mut whole = b.insert_value(ty.return_type().poison(), arena, 0);
        if let Some((passing, _)) = prototype.result {
            let primal = b.extract_value(result, 1);
            whole = b.insert_value(whole, primal, 1);
            if passing != Passing::Active {
                let shadow = match key.ret {
                    RetActivity::Dup | RetActivity::Both => b.extract_value(result, 2),
                    RetActivity::Const | RetActivity::Active => {
                        pack(&b, &vec![primal; key.width as usize])
                    }
                };
                whole = b.insert_value(whole, shadow, 2);
            }
        }
        b.ret(Some(whole));
        function
    }

    fn reverse_entry(&mut self, func: Func, key: &Rc<Derivative>) -> llvm::Function {
        let prototype = self.prototype(func, key.width);
        let ty = prototype.reverse(self.context);
        let (function, b) = self.entry("reverse", func, ty);
        let ptr = self.context.pointer(0);
        let inner = self.function(key, Form::Reverse);
        let params = function.params();
        let arena = *params.last().expect("the tape is last");
        let owns = self.owns_memory(key);
        let tape = if owns {
            b.load(ptr, b.ptr_offset(arena, ENTRY_TAPE), 8)
        } else {
            ptr.zero()
        };
        let mut operands = self.entry_operands(function, key, Form::Reverse, &prototype);
        let count = operands.len();
        operands[count - 2] = tape;
        operands[count - 1] = arena;
        if prototype.is_seeded() {
            let seed = params[params.len() - 2];
            operands[count - 3] = with_pointers(&b, seed, operands[count - 3].ty());
        }
        let result = b.call(inner, &operands);
        if owns {
            if self.frees_outside(key) {
                // A caller that takes over nothing still needs what was allocated elsewhere, and nobody here
                // learns when it no longer does.
                self.runtime().disown(&b, arena);
            }
            self.runtime().close(&b, arena);
        }
        let ty = ty.return_type();
        if ty.is_void() {
            b.ret(None);
        } else if result.ty() == ty {
            b.ret(Some(result));
        } else {
            let whole = b.insert_value(ty.poison(), result, 0);
            b.ret(Some(whole));
        }
        function
    }

    /// The operands of the internal derivative, taken from an entry's parameters; seed, tape and
    /// arena are left open.
    fn entry_operands(
        &self,
        entry: llvm::Function,
        key: &Derivative,
        form: Form,
        prototype: &Prototype,
    ) -> Vec<llvm::Value> {
        let params = entry.params();
        let mut given = Vec::new();
        let mut next = 0;
        for (&(passing, _), activity) in prototype.params.iter().zip(&key.args) {
            given.push(params[next]);
            let shadowed = passing != Passing::Active;
            if shadowed && *activity == ArgActivity::Dup {
                given.push(params[next + 1]);
            }
            next += 1 + usize::from(shadowed);
        }
        let signature = Signature::new(self, key, form);
        let mut given = given.into_iter();
        let operands = signature.params.iter().map(|&(role, ty)| match role {
            Role::Primal | Role::Shadow => given.next().expect("one for each"),
            Role::Seed | Role::Tape | Role::Arena => ty.zero(),
        });
        operands.collect()
    }
}

impl Code<'_, '_> {
    fn call_prototype(&self, inst: Inst) -> Prototype {
        let args = self.body.call_args(inst).iter();
        Prototype {
            params: args
                .map(|&v| self.session.passed(self.body.ty(v)))
                .collect(),
            result: self.body.insts[inst]
                .result
                .map(|v| self.session.passed(self.body.ty(v))),
            width: self.plan.key.width,
        }
    }

    /// Replaces a call through a pointer by a call of the first entry of its table.
    pub fn call_table_augmented(&mut self, inst: Inst, copy: llvm::Value, pointer: Value) {
        let prototype = self.call_prototype(inst);
        let tables = self.each_direction(|c| c.forward_shadow(pointer));
        let primal = self.forward_value(pointer);
        let runtime = self.session.runtime();
        runtime.check_table(&self.b, &tables, primal);
        let args: Vec<Value> = self.body.call_args(inst).to_vec();
        let mut operands = Vec::new();
        for (index, (&arg, &(passing, _))) in args.iter().zip(&prototype.params).enumerate() {
            let primal = copy.operand(index as u32);
            operands.push(primal);
            let shadowed = passing == Passing::Pointer && self.plan.has_shadow[arg];
            if passing != Passing::Active {
                operands.push(self.packed(|c| {
                    if shadowed {
                        c.forward_shadow(arg)
                    } else {
                        primal
                    }
                }));
            }
        }
        let ptr = self.ptr();
        let entry = self.b.load(ptr, tables[0], 8);
        let ty = prototype.augmented(self.session.context);
        let call = self.b.call_value(ty, entry, &operands);
        let tape = self.b.extract_value(call, 0);
        self.record_item(Item::Tape(inst), tape);
        let shared = self
            .session
            .shared_reverse(prototype.reverse(self.session.context));
        let reverse = self.b.load(ptr, self.b.ptr_offset(tables[0], 8), 8);
        let what = if self.plan.keeps_tapes() {
            Held::Everything
        } else {
            Held::Frees
        };
        runtime.take_over(&self.b, what, self.arena(), tape, [reverse, shared.value()]);
        if let Some(result) = self.body.insts[inst].result {
            let primal = self.b.extract_value(call, 1);
            copy.replace_all_uses(primal);
            self.forward[result] = Some(primal);
            let shadowed = prototype.result.is_some_and(|(p, _)| p.has_pointers());
            if shadowed && self.plan.has_shadow[result] {
                let shadow = self.b.extract_value(call, 2);
                let parts = unpack(&self.b, shadow, prototype.width);
                for (own, part) in self.own.iter_mut().zip(parts) {
                    own.shadows[result] = Some(part);
                }
            }
        }
        copy.erase();
    }

    /// Calls the second entry of the table.
    pub fn call_table_reverse(&mut self, inst: Inst, pointer: Value) {
        let prototype = self.call_prototype(inst);
        let table = self.shadow(pointer);
        let args: Vec<Value> = self.body.call_args(inst).to_vec();
        let mut operands = Vec::new();
        for (&arg, &(passing, _)) in args.iter().zip(&prototype.params) {
            let primal = self.primal(arg);
            operands.push(primal);
            let shadowed = passing == Passing::Pointer && self.plan.has_shadow[arg];
            if passing != Passing::Active {
                operands.push(self.packed(|c| if shadowed { c.shadow(arg) } else { primal }));
            }
        }
        if let (Some(ty), Some(result)) = (prototype.seed(), self.body.insts[inst].result) {
            operands.push(self.packed(|c| c.adjoint_as(result, ty)));
        }
        operands.push(self.lookup(Item::Tape(inst)));
        let ptr = self.ptr();
        let at = self.b.ptr_offset(table, 8);
        let entry = self.b.load(ptr, at, 8);
        let ty = prototype.reverse(self.session.context);
        let call = self.b.call_value(ty, entry, &operands);
        let active = args.iter().zip(&prototype.params);
        let active = active.filter(|(_, (p, _))| *p == Passing::Active);
        for (index, (&arg, _)) in active.enumerate() {
            let adjoint = self.b.extract_value(call, index as u32);
            let parts = unpack(&self.b, adjoint, prototype.width);
            self.each_direction(|c| c.add_native(arg, parts[c.own.current()]));
        }
    }
}
