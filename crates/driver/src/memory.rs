//! What a load must yield, when only one stored value is possible.
//!
//! Function operands and markers travel through local variables in unoptimized code and through
//! constant tables in any. Only proofs count: a local whose address goes anywhere else than into
//! loads, stores and constant offsets has no unique value.

use crate::values::{base_and_offset, is_lifetime};
use rz_llvm::{Global, Linkage, Module, Opcode, Type, TypeKind, Value, ValueKind};

/// The value a load of `ty` from `pointer` yields, when it is the only one possible.
pub(crate) fn loaded_value(module: Module, pointer: Value, ty: Type) -> Option<Value> {
    loaded_at(module, pointer, 0, ty)
}

/// Every value that a load of `ty` from a local variable may yield, in order of their stores.
pub(crate) fn stored_values(module: Module, pointer: Value, ty: Type) -> Option<Vec<Value>> {
    let (base, offset) = base_and_offset(module, pointer)?;
    if base.opcode() != Some(Opcode::Alloca) {
        return None;
    }
    possible_values(module, base, offset, ty)
}

/// As [`loaded_value`], `bytes` behind `pointer`.
pub(crate) fn loaded_at(module: Module, pointer: Value, bytes: i64, ty: Type) -> Option<Value> {
    let (base, offset) = base_and_offset(module, pointer)?;
    let offset = offset.checked_add(bytes)?;
    match base.kind() {
        ValueKind::GlobalVariable => {
            let global = base.as_global()?;
            if !global.is_constant() || base.is_interposable() {
                return None;
            }
            constant_at(module, global.initializer()?, offset, ty)
        }
        ValueKind::Instruction if base.opcode() == Some(Opcode::Alloca) => {
            stored_value(module, base, offset, ty)
        }
        _ => None,
    }
}

/// What is written to a local variable.
enum Write {
    /// A value at an offset.
    Store(Value, i64),
    /// A copy of a whole constant to the start.
    Copy(Value),
}

fn stored_value(module: Module, alloca: Value, offset: i64, ty: Type) -> Option<Value> {
    match possible_values(module, alloca, offset, ty)?[..] {
        [value] => Some(value),
        _ => None,
    }
}

fn possible_values(module: Module, alloca: Value, offset: i64, ty: Type) -> Option<Vec<Value>> {
    let mut writes = Vec::new();
    collect_writes(module, alloca, alloca, 0, &mut writes)?;
    let size = module.store_size(ty) as i64;
    let mut found = Vec::new();
    for write in &writes {
        let value = match *write {
            Write::Copy(source) => loaded_from_constant(module, source, offset, ty)?,
            Write::Store(value, at) => {
                let end = at + module.store_size(value.ty()) as i64;
                if end <= offset || offset + size <= at {
                    continue;
                }
                if at != offset || value.ty() != ty {
                    return None;
                }
                value
            }
        };
        if !found.contains(&value) {
            found.push(value);
        }
    }
    Some(found)
}

fn loaded_from_constant(module: Module, source: Value, offset: i64, ty: Type) -> Option<Value> {
    let (base, start) = base_and_offset(module, source)?;
    let global = base.as_global()?;
    if !global.is_constant() || base.is_interposable() {
        return None;
    }
    constant_at(module, global.initializer()?, start + offset, ty)
}

/// Collects the writes through `pointer`, which is `alloca` plus `offset`; `None` when it escapes.
fn collect_writes(
    module: Module,
    alloca: Value,
    pointer: Value,
    offset: i64,
    writes: &mut Vec<Write>,
) -> Option<()> {
    for user in pointer.users() {
        match user.opcode()? {
            Opcode::Load => {}
            Opcode::Store if user.operand(1) == pointer && user.operand(0) != pointer => {
                writes.push(Write::Store(user.operand(0), offset));
            }
            Opcode::Gep | Opcode::BitCast => {
                let (base, inner) = base_and_offset(module, user)?;
                if base != alloca {
                    return None;
                }
                collect_writes(module, alloca, user, inner, writes)?;
            }
            Opcode::Call if is_lifetime(user) => {}
            Opcode::Call
                if user.operand(0) == pointer
                    && offset == 0
                    && crate::values::callee(user)?
                        .name()
                        .starts_with("llvm.memcpy.") =>
            {
                writes.push(Write::Copy(user.operand(1)));
            }
            _ => return None,
        }
    }
    Some(())
}

/// The scalar of type `ty` at a byte offset of a constant.
fn constant_at(module: Module, constant: Value, offset: i64, ty: Type) -> Option<Value> {
    let mut constant = constant;
    let mut offset = u64::try_from(offset).ok()?;
    loop {
        let outer = constant.ty();
        if outer == ty && offset == 0 {
            return Some(constant);
        }
        let index = match outer.kind() {
            TypeKind::Struct => {
                let fields = outer.fields();
                let index = (0..fields.len() as u32)
                    .rev()
                    .find(|&i| module.field_offset(outer, i) <= offset)?;
                offset -= module.field_offset(outer, index);
                index
            }
            TypeKind::Array => {
                let stride = module.alloc_size(outer.element());
                if stride == 0 {
                    return None;
                }
                let index = u32::try_from(offset / stride).ok()?;
                offset %= stride;
                index
            }
            _ => return None,
        };
        constant = constant.aggregate_element(index)?;
    }
}

/// A table that is constant, or local and only ever read.
pub(crate) fn is_only_read(table: Value) -> bool {
    fn reads(pointer: Value) -> bool {
        pointer.users().into_iter().all(|user| match user.kind() {
            ValueKind::Instruction => match user.opcode() {
                Some(Opcode::Load) => !user.is_volatile(),
                Some(Opcode::Gep) => reads(user),
                _ => false,
            },
            ValueKind::Expr => reads(user),
            _ => false,
        })
    }
    let local = matches!(table.linkage(), Linkage::Internal | Linkage::Private);
    table.as_global().is_some_and(Global::is_constant) || (local && reads(table))
}

/// Declares variables constant that nobody writes, as the host does where it optimizes: function pointers
/// in them, and their derivatives, are known then.
pub(crate) fn declare_constants(module: Module) {
    let shadow = module.context().metadata_kind("enzyme_shadow");
    for global in module.globals() {
        let value = global.value();
        let known = global.initializer().is_some() && !global.is_externally_initialized();
        let plain = known && !global.is_thread_local() && value.global_metadata(shadow).is_none();
        if plain && value.has_uses() && !global.is_constant() && is_only_read(value) {
            global.set_constant(true);
        }
    }
}
