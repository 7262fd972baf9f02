//! `__enzyme_virtualreverse`: the shadow of a function, a virtual table or a constant.
//!
//! ```text
//! %s = call ptr @__enzyme_virtualreverse(ptr @square)   →   @ribozyme.table.square
//! ```

use crate::locate::Site;
use crate::memory::loaded_value;
use crate::sweep::erase_request;
use crate::values::{strip_casts, text};
use rz_diag::{Code, Diagnostic, Result};
use rz_llvm::{Opcode, TypeKind, Value, ValueKind};

/// The constant whose shadow is asked for.
pub(crate) fn constant(site: Site) -> Result<Value> {
    let index = site.function_operand();
    if index >= site.call.arg_count() {
        return Err(Diagnostic::error(
            Code::TooFewArguments,
            "too few arguments: __enzyme_virtualreverse needs a function or a constant",
        )
        .fix("pass the function whose shadow is wanted"));
    }
    if index + 1 < site.call.arg_count() {
        return Err(Diagnostic::error(
            Code::TooManyArguments,
            format!(
                "too many arguments: __enzyme_virtualreverse takes one, and `{}` is left over",
                text(site.call.operand(index + 1))
            ),
        )
        .fix("ask for one shadow at a time"));
    }
    let operand = site.call.operand(index);
    let mut value = strip_casts(operand);
    for _ in 0..8 {
        if value.is_constant() {
            return addressed(value, operand);
        }
        let next = (value.opcode() == Some(Opcode::Load))
            .then(|| loaded_value(site.call.function().module(), value.operand(0), value.ty()));
        let Some(next) = next.flatten() else { break };
        value = strip_casts(next);
    }
    Err(Diagnostic::error(
        Code::UnresolvedFunction,
        format!("the shadow of `{}` is not known: it is no constant", text(operand)),
    )
    .note("__enzyme_virtualreverse makes the shadow of a function or of constant memory while compiling")
    .fix("pass the function or the table by name; a virtual table read from an object is known when the object's class is, with optimization"))
}

/// Refuses constants that are no addresses.
fn addressed(value: Value, operand: Value) -> Result<Value> {
    match value.kind() {
        ValueKind::Function
        | ValueKind::GlobalVariable
        | ValueKind::Alias
        | ValueKind::NullPointer
        | ValueKind::Expr => Ok(value),
        _ => Err(Diagnostic::error(
            Code::UnresolvedFunction,
            format!(
                "`{}` is neither a function nor constant memory",
                text(operand)
            ),
        )
        .fix("pass the address of a function or of a constant")),
    }
}

/// Puts the shadow in the place of the request, in its declared type.
pub(crate) fn replace(site: Site, shadow: Value) -> Result<()> {
    let ty = site.call.ty();
    let value = match ty.kind() {
        TypeKind::Void => None,
        TypeKind::Pointer => Some(shadow),
        TypeKind::Int => Some(shadow.const_ptr_to_int(ty)),
        _ => {
            return Err(Diagnostic::error(
                Code::WrongResultType,
                format!("a shadow is a pointer, but the request returns {ty}"),
            )
            .fix("declare __enzyme_virtualreverse to return void*"));
        }
    };
    if let Some(value) = value {
        site.call.replace_all_uses(value);
    }
    erase_request(site.call);
    Ok(())
}
