//! Which function a request differentiates, and which operands are markers (sections 2 and 3.2).

use crate::memory::{loaded_value, stored_values};
use crate::request::Marker;
use crate::values::{callee, strip_casts, text};
use rz_diag::{Code, Diagnostic, Result};
use rz_llvm::{Function, Metadata, Module, Opcode, Value, ValueKind};

/// How far chains of casts, loads and calls are followed.
const DEPTH: u32 = 32;

/// Resolves a function operand. A choice between functions yields all of them, in order of
/// appearance and without repetition.
pub(crate) fn functions(module: Module, operand: Value) -> Result<Vec<Function>> {
    let mut found = Vec::new();
    match collect(module, operand, DEPTH, &mut found) {
        Ok(()) => Ok(found),
        Err(culprit) => Err(unresolved(operand, culprit)),
    }
}

fn unresolved(operand: Value, culprit: Value) -> Box<Diagnostic> {
    let error = Diagnostic::error(
        Code::UnresolvedFunction,
        format!(
            "cannot determine which function to differentiate from `{}`",
            text(operand)
        ),
    );
    match culprit.kind() {
        ValueKind::Argument => error
            .note(format!(
                "it comes from `{}`, a parameter of the function that makes the request",
                text(culprit)
            ))
            .fix("pass the function by name, or mark the function that makes the request `static inline` with always_inline so that its callers provide it"),
        _ => error
            .note(format!("it comes from `{}`", text(culprit)))
            .fix("pass the function by name"),
    }
}

/// Adds the functions `value` may be; the value that cannot be followed on failure.
fn collect(
    module: Module,
    value: Value,
    depth: u32,
    found: &mut Vec<Function>,
) -> std::result::Result<(), Value> {
    let value = strip_casts(value);
    if depth == 0 {
        return Err(value);
    }
    let next = match value.kind() {
        ValueKind::Function => {
            let function = value.as_function().ok_or(value)?;
            if !found.contains(&function) {
                found.push(function);
            }
            return Ok(());
        }
        ValueKind::Alias => value.aliasee(),
        ValueKind::BlockAddress => Some(value.block_address_function()),
        ValueKind::Instruction => match value.opcode() {
            Some(Opcode::Load) if let Some(choices) = several(module, value) => {
                for choice in choices {
                    collect(module, choice, depth / 2, found)?;
                }
                return Ok(());
            }
            Some(Opcode::Load) => loaded_value(module, value.operand(0), value.ty()),
            Some(Opcode::ExtractValue) => extracted(module, value),
            Some(Opcode::Call | Opcode::Invoke) => returned(value),
            Some(Opcode::Select) => {
                collect(module, value.operand(1), depth - 1, found)?;
                Some(value.operand(2))
            }
            Some(Opcode::Phi) => {
                for (arm, _) in value.incoming() {
                    if arm != value {
                        collect(module, arm, depth / 2, found)?;
                    }
                }
                return if found.is_empty() { Err(value) } else { Ok(()) };
            }
            _ => None,
        },
        _ => None,
    };
    collect(module, next.ok_or(value)?, depth - 1, found)
}

/// The values a load from a local variable may yield, when there are several.
fn several(module: Module, load: Value) -> Option<Vec<Value>> {
    stored_values(module, load.operand(0), load.ty()).filter(|values| values.len() > 1)
}

/// A field of a loaded aggregate.
fn extracted(module: Module, value: Value) -> Option<Value> {
    let load = value.operand(0);
    if load.opcode() != Some(Opcode::Load) {
        return None;
    }
    let mut ty = load.ty();
    let mut offset = 0;
    for index in value.indices() {
        if ty.is_aggregate() && ty.kind() == rz_llvm::TypeKind::Struct {
            offset += module.field_offset(ty, index);
            ty = *ty.fields().get(index as usize)?;
        } else {
            ty = ty.element();
            offset += u64::from(index) * module.alloc_size(ty);
        }
    }
    crate::memory::loaded_at(module, load.operand(0), offset as i64, value.ty())
}

/// What a call of a function with a trivial result returns: a constant or an argument.
fn returned(call: Value) -> Option<Value> {
    let function = callee(call)?;
    if function.is_declaration() || function.value().is_interposable() {
        return None;
    }
    let mut result = None;
    for block in function.blocks() {
        let Some(terminator) = block.terminator() else {
            continue;
        };
        if terminator.opcode() != Some(Opcode::Ret) {
            continue;
        }
        let mut value = strip_casts(terminator.operands().into_iter().next()?);
        // Unoptimized code spills parameters to locals.
        if value.opcode() == Some(Opcode::Load) {
            value = loaded_value(function.module(), value.operand(0), value.ty())?;
        }
        if result.is_some_and(|other| other != value) {
            return None;
        }
        result = Some(value);
    }
    let result = result?;
    match result.param_index() {
        Some(index) if index < call.arg_count() => Some(call.operand(index)),
        Some(_) => None,
        None => result.is_constant().then_some(result),
    }
}

/// The marker an operand is, if it is one.
pub(crate) fn marker_name(module: Module, operand: Value) -> Option<String> {
    named(module, operand, DEPTH).filter(|name| Marker::is_meant(name))
}

fn named(module: Module, value: Value, depth: u32) -> Option<String> {
    if depth == 0 {
        return None;
    }
    if value.kind() == ValueKind::Metadata {
        return value.metadata_operand().and_then(Metadata::string);
    }
    let value = strip_casts(value);
    match value.kind() {
        ValueKind::GlobalVariable => Some(value.name()),
        ValueKind::Instruction => match value.opcode()? {
            Opcode::Alloca => Some(value.name()),
            Opcode::Load => {
                let pointer = strip_casts(value.operand(0));
                if pointer.kind() == ValueKind::GlobalVariable {
                    return Some(pointer.name());
                }
                if let Some(choices) = several(module, value) {
                    return common(module, choices, depth / 2);
                }
                let stored = loaded_value(module, pointer, value.ty())?;
                named(module, stored, depth - 1)
            }
            Opcode::Phi => {
                let arms = value.incoming().into_iter().map(|(arm, _)| arm);
                common(module, arms, depth / 2)
            }
            _ => None,
        },
        _ => None,
    }
}

/// The name that all named values have in common.
fn common(module: Module, values: impl IntoIterator<Item = Value>, depth: u32) -> Option<String> {
    let mut common: Option<String> = None;
    for value in values {
        if let Some(name) = named(module, value, depth) {
            if common.as_ref().is_some_and(|other| *other != name) {
                return None;
            }
            common = Some(name);
        }
    }
    common
}
