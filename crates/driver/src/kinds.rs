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
//! So accesses of floats without metadata are tagged in held clones. Each kind has a tree of its own, and accesses of
//! different trees may alias: the tags tell alias analysis nothing.

use rz_llvm::{Function, Metadata, Opcode, Type};

/// Tags the accesses of floats in `clone` that have no tag.
pub(crate) fn tag(clone: Function) {
    let kind = clone.context().metadata_kind("tbaa");
    for access in clone.instructions() {
        let ty = match access.opcode() {
            Some(Opcode::Load) => access.ty(),
            Some(Opcode::Store) => access.operand(0).ty(),
            _ => continue,
        };
        if access.metadata(kind).is_none()
            && let Some(name) = name(ty)
        {
            access.set_metadata(kind, Some(alone(clone, name)));
        }
    }
}

/// What clang calls it.
fn name(ty: Type) -> Option<&'static str> {
    match ty.kind() {
        rz_llvm::TypeKind::Double => Some("double"),
        rz_llvm::TypeKind::Float => Some("float"),
        _ => None,
    }
}

/// The tag of a scalar that is all there is in its tree.
fn alone(clone: Function, name: &str) -> Metadata {
    let context = clone.context();
    let zero = context.int(64).int_const(0).as_metadata();
    let root = context.metadata_node(&[context.metadata_string(&format!("ribozyme {name}"))]);
    let node = context.metadata_node(&[context.metadata_string(name), root, zero]);
    context.metadata_node(&[node, node, zero])
}
