//! Accesses of floats say so, whatever the host makes of them.
//!
//! Simplification gives a load the type that its user asks for. Where type-based alias metadata is off, the
//! only word on what the memory holds is lost with the old type:
//!
//! ```text
//! %x = load double, ptr %p                        %b = load i64, ptr %p
//! %b = bitcast double %x to i64            →      %f = sitofp i64 %b to double
//! %f = sitofp i64 %b to double
//! ```
//!
//! So accesses of floats without metadata are tagged in held clones, and so are copies of one word, which may be
//! those of a float by another name ([`MOVED`]). Each kind has a tree of its own, and accesses of
//! different trees may alias: the tags tell alias analysis nothing.

use crate::copies::alone;
use rz_analysis::types::MOVED;
use rz_llvm::{Function, Opcode, Type, Value};

/// Tags the accesses of floats and the copies of words in `clone` that have no tag.
pub(crate) fn tag(clone: Function) {
    let kind = clone.context().metadata_kind("tbaa");
    for access in clone.instructions() {
        let name = match access.opcode() {
            Some(Opcode::Load) => name(access.ty()),
            Some(Opcode::Store) => name(access.operand(0).ty()),
            Some(Opcode::Call) => moves_word(access).then_some(MOVED),
            _ => continue,
        };
        if access.metadata(kind).is_none()
            && let Some(name) = name
        {
            access.set_metadata(kind, Some(alone(clone.context(), name)));
        }
    }
}

/// A copy of as many bytes as a float has.
fn moves_word(call: Value) -> bool {
    let copies = |callee: Function| {
        let start = ["llvm.memcpy.p0.p0.", "llvm.memmove.p0.p0."];
        start.iter().any(|start| callee.name().starts_with(start))
    };
    let structure = call.context().metadata_kind("tbaa.struct");
    call.called_function().is_some_and(copies)
        && matches!(call.operand(2).int_value(), Some(4 | 8))
        && call.metadata(structure).is_none()
}

/// What clang calls it.
fn name(ty: Type) -> Option<&'static str> {
    match ty.kind() {
        rz_llvm::TypeKind::Double => Some("double"),
        rz_llvm::TypeKind::Float => Some("float"),
        _ => None,
    }
}
