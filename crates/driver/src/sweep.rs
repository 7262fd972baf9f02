//! Erasing a request and whatever only it used.
//!
//! Nobody defines the marker variables, so a load of one that outlives its request would fail the
//! link. At `-O0` nothing else removes it.

use crate::values::is_lifetime;
use rustc_hash::FxHashSet;
use rz_llvm::{Builder, Module, Opcode, Value};

/// Erases `call`; an invoke continues at its normal destination.
pub(crate) fn erase_request(call: Value) {
    let operands = call.operands();
    if call.opcode() == Some(Opcode::Invoke) {
        branch_to_normal(call);
    }
    call.erase();
    let mut sweeper = Sweeper::default();
    for operand in operands {
        sweeper.visit(operand);
    }
}

/// Erases markers that locals hold and nobody reads: a constant local is read where it was written, so no
/// request leads to it.
pub(crate) fn erase_unread_markers(module: Module) {
    let mut sweeper = Sweeper::default();
    for variable in module.globals() {
        let marker = variable.value();
        if !marker.name().starts_with("enzyme_") || !marker.is_declaration() {
            continue;
        }
        for user in marker.users() {
            sweeper.visit_reader(user, marker);
        }
    }
}

/// Ends the block of an invoke with a branch before it; the invoke is left without successors'
/// phis and must be erased by the caller.
fn branch_to_normal(invoke: Value) {
    let (block, unwind) = (invoke.block(), invoke.unwind_dest());
    let builder = Builder::new(invoke.context());
    builder.position_before(invoke);
    builder.br(invoke.normal_dest());
    for phi in unwind.instructions() {
        if phi.opcode() == Some(Opcode::Phi) {
            phi.remove_incoming(block);
        }
    }
}

/// Turns an invoke into a call followed by a branch to the normal destination.
pub(crate) fn invoke_to_call(invoke: Value) -> Value {
    let builder = Builder::new(invoke.context());
    builder.position_before(invoke);
    builder.set_debug_loc(invoke.debug_loc());
    let call = builder.call_value(invoke.called_type(), invoke.called_value(), &invoke.args());
    call.set_call_convention(invoke.call_convention());
    if invoke.arg_count() > 0 {
        for attribute in invoke.call_attributes(rz_llvm::Place::Param(0)) {
            call.add_call_attribute(rz_llvm::Place::Param(0), attribute);
        }
    }
    branch_to_normal(invoke);
    invoke.replace_all_uses(call);
    invoke.erase();
    call
}

#[derive(Default)]
struct Sweeper {
    erased: FxHashSet<Value>,
}

impl Sweeper {
    /// Erases `value` if it is an instruction without users and effects, then its operands.
    fn visit(&mut self, value: Value) {
        if self.erased.contains(&value) || !value.is_instruction() {
            return;
        }
        match value.opcode() {
            Some(Opcode::Alloca) => self.visit_local(value),
            Some(
                Opcode::BitCast
                | Opcode::AddrSpaceCast
                | Opcode::PtrToInt
                | Opcode::IntToPtr
                | Opcode::Gep
                | Opcode::Phi
                | Opcode::ExtractValue
                | Opcode::Select,
            ) => self.erase(value),
            Some(Opcode::Load) if !value.is_volatile() && !value.is_atomic() => self.erase(value),
            _ => {}
        }
    }

    /// Visits the local that `user` stores `marker`, or what it loads from it, to.
    fn visit_reader(&mut self, user: Value, marker: Value) {
        if self.erased.contains(&user) {
            return;
        }
        match user.opcode() {
            Some(Opcode::Store) if user.operand(0) == marker => self.visit(user.operand(1)),
            Some(Opcode::Load) => {
                for reader in user.users() {
                    if reader.opcode() == Some(Opcode::Store) && !self.erased.contains(&reader) {
                        self.visit_reader(reader, user);
                    }
                }
                if !self.erased.contains(&user) {
                    self.visit(user);
                }
            }
            _ => {}
        }
    }

    fn erase(&mut self, value: Value) {
        if value.has_uses() {
            return;
        }
        let operands = value.operands();
        self.erased.insert(value);
        value.erase();
        for operand in operands {
            self.visit(operand);
        }
    }

    /// A local that only held a function or a marker.
    fn visit_local(&mut self, alloca: Value) {
        let users = alloca.users();
        let only_written = users.iter().all(|user| {
            (user.opcode() == Some(Opcode::Store)
                && user.operand(1) == alloca
                && user.operand(0) != alloca
                && !user.is_volatile())
                || is_lifetime(*user)
        });
        if !only_written {
            return;
        }
        let mut stored = Vec::new();
        for user in users {
            if user.opcode() == Some(Opcode::Store) {
                stored.push(user.operand(0));
            }
            self.erased.insert(user);
            user.erase();
        }
        self.erased.insert(alloca);
        alloca.erase();
        for value in stored {
            self.visit(value);
        }
    }
}
