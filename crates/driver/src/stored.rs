//! What is stored in variables that carry no derivative loses it, however it is read back.
//!
//! By convention a global variable is inactive unless it is marked, so `gg = x; return gg * x;` has the
//! derivative `gg`. But the host forwards stored values to loads, and then nothing is left of the
//! variable: the answer would depend on what was optimized. So in held clones a float that is stored in
//! such a variable passes through an opaque function, and what was forwarded is marked when the clone
//! is released:
//!
//! ```text
//! %s = call double @rz.held.stored.double(double %x)      ; memory(none)
//! store double %s, ptr @gg
//! %y = fmul double %s, %x                                 ; was: of a load of @gg
//! ; becomes
//! store double %x, ptr @gg                                ; said to lose the derivative of %x
//! %f = freeze double %x, !enzyme_inactive
//! %y = fmul double %f, %x
//! ```
//!
//! Absent on purpose: pointers and integers, and stores whose address is not plainly a variable's.

use crate::opaque::opaque_function;
use crate::values::{callee, strip_casts};
use rz_llvm::{Builder, Function, Global, Opcode, TypeKind, Value, ValueKind};
use rz_rules::known;

/// Prefix of the functions that stored values pass through.
pub(crate) const STORED: &str = "rz.held.stored.";
/// For variables that are inactive whatever the options say.
const MARKED: &str = "marked.";

/// Makes floats stored in inactive variables pass through opaque functions.
pub(crate) fn hide(clone: Function) {
    let builder = Builder::new(clone.context());
    for store in clone.instructions() {
        if store.opcode() != Some(Opcode::Store) {
            continue;
        }
        let value = store.operand(0);
        let Some(variable) = variable(store.operand(1)) else {
            continue;
        };
        if value.is_constant() || !is_float(value) || !may_be_inactive(variable) {
            continue;
        }
        let mark = if is_marked(variable) { MARKED } else { "" };
        let ty = value.ty();
        let name = format!("{STORED}{mark}{ty}");
        let through = opaque_function(clone.module(), &name, ty.function(&[ty], false));
        builder.position_before(store);
        builder.set_debug_loc(store.debug_loc());
        store.set_operand(0, builder.call(through, &[value]));
    }
}

/// Takes the opaque functions out of `clone`. `inactive`: variables without a mark carry no derivative.
pub(crate) fn show(clone: Function, inactive: bool) {
    let builder = Builder::new(clone.context());
    let kind = clone.context().metadata_kind("enzyme_inactive");
    for call in clone.instructions() {
        if call.opcode() != Some(Opcode::Call) {
            continue;
        }
        let Some(name) = callee(call).map(Function::name) else {
            continue;
        };
        let Some(rest) = name.strip_prefix(STORED) else {
            continue;
        };
        let value = call.operand(0);
        if inactive || rest.starts_with(MARKED) {
            for user in call.users() {
                if user.opcode() == Some(Opcode::Store) && variable(user.operand(1)).is_some() {
                    user.set_operand(0, value);
                }
            }
            if call.has_uses() {
                builder.position_before(call);
                builder.set_debug_loc(call.debug_loc());
                let frozen = builder.freeze(value);
                if frozen.is_instruction() {
                    let mark = clone.context().metadata_node(&[]);
                    frozen.set_metadata(kind, Some(mark));
                }
                call.replace_all_uses(frozen);
            }
        } else {
            call.replace_all_uses(value);
        }
        call.erase();
    }
}

/// The variable that an address lies in.
fn variable(address: Value) -> Option<Global> {
    let mut at = strip_casts(address);
    loop {
        if let Some(global) = at.as_global() {
            return Some(global);
        }
        let is_gep = match at.kind() {
            ValueKind::Instruction => at.opcode() == Some(Opcode::Gep),
            ValueKind::Expr => at.expr_opcode() == Opcode::Gep,
            _ => false,
        };
        if !is_gep && !is_thread_local_address(at) {
            return None;
        }
        at = strip_casts(at.operand(0));
    }
}

fn is_thread_local_address(value: Value) -> bool {
    let called = (value.opcode() == Some(Opcode::Call))
        .then(|| callee(value))
        .flatten();
    let name = called.and_then(Function::intrinsic_name);
    name.as_deref() == Some("llvm.threadlocal.address")
}

fn is_float(value: Value) -> bool {
    matches!(
        value.ty().scalar().kind(),
        TypeKind::Half
            | TypeKind::BFloat
            | TypeKind::Float
            | TypeKind::Double
            | TypeKind::X86Fp80
            | TypeKind::Fp128
    )
}

fn metadata(variable: Global, name: &str) -> bool {
    let kind = variable.value().context().metadata_kind(name);
    variable.value().global_metadata(kind).is_some()
}

fn may_be_inactive(variable: Global) -> bool {
    !variable.is_constant() && !metadata(variable, "enzyme_shadow")
}

fn is_marked(variable: Global) -> bool {
    let name = variable.value().name();
    metadata(variable, "enzyme_inactive")
        || name.contains("enzyme_const")
        || known::is_inactive_global(&name)
}
