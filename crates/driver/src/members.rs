//! Accesses of members say what record they are in, whatever optimizers make of their addresses.
//!
//! With optimization clang describes a record at each access of a member. Without it, and with
//! `-fno-strict-aliasing`, the only word on what lies beside the member is the type of the address, which
//! simplification turns into a number of bytes:
//!
//! ```text
//! %n = getelementptr %struct.heap, ptr %h, i32 0, i32 1       %n = getelementptr i8, ptr %h, i64 64
//! %x = load i32, ptr %n                                   →   %x = load i32, ptr %n
//! ```
//!
//! So accesses of members without metadata are tagged in held clones as clang does it: integers that follow an array
//! are no more elements of it. What a union holds is left open, and records of integers alone are not described: they
//! are how programs look at the bits of numbers.
//!
//! The tag of each member has a tree of its own, and accesses of different trees may alias: the tags tell alias analysis
//! nothing.

use rustc_hash::FxHashMap;
use rz_llvm::{Function, Metadata, Module, Opcode, Type, TypeKind, Value};

/// Members that are described; larger records are not.
const MAX_MEMBERS: usize = 256;
/// Nesting of records.
const MAX_DEPTH: u32 = 16;

/// Tags the accesses of members in `clone` that have no tag.
pub(crate) fn tag(clone: Function) {
    let module = clone.module();
    let kind = clone.context().metadata_kind("tbaa");
    let mut known = FxHashMap::default();
    for access in clone.instructions() {
        let (address, ty) = match access.opcode() {
            Some(Opcode::Load) => (access.operand(0), access.ty()),
            Some(Opcode::Store) => (access.operand(1), access.operand(0).ty()),
            _ => continue,
        };
        if access.metadata(kind).is_some() {
            continue;
        }
        if let Some((record, offset)) = member(module, address, ty) {
            let tag = *known
                .entry((record, offset, ty))
                .or_insert_with(|| Tree::new(module, record, offset).tag(record, offset, ty));
            access.set_metadata(kind, Some(tag));
        }
    }
}

/// The record that `address` is the address of a member of, when that is of type `ty`, and where it lies there.
fn member(module: Module, address: Value, ty: Type) -> Option<(Type, u64)> {
    if address.opcode() != Some(Opcode::Gep) || address.operand(1).int_value() != Some(0) {
        return None;
    }
    let record = address.gep_source_type();
    let (mut inner, mut offset) = (record, 0);
    for index in 2..address.operand_count() {
        let field = u32::try_from(address.operand(index).int_value()?).ok()?;
        is_record(inner).then_some(())?;
        offset += module.field_offset(inner, field);
        inner = *inner.fields().get(field as usize)?;
    }
    let mut leaves = Leaves::default();
    leaves.visit(record, MAX_DEPTH);
    (inner == ty && leaves.tell()).then_some((record, offset))
}

/// A type that clang made for a record and that is not a choice between several.
fn is_record(ty: Type) -> bool {
    let named = |name: String| name.starts_with("struct.") || name.starts_with("class.");
    ty.kind() == TypeKind::Struct && !ty.is_opaque_struct() && ty.struct_name().is_some_and(named)
}

/// What a record is made of.
#[derive(Default)]
struct Leaves {
    count: usize,
    /// Numbers or addresses are among them.
    data: bool,
}

impl Leaves {
    fn visit(&mut self, ty: Type, depth: u32) {
        self.count += 1;
        if self.count > MAX_MEMBERS || depth == 0 {
            self.count = MAX_MEMBERS + 1;
        } else if is_record(ty) {
            for field in ty.fields() {
                self.visit(field, depth - 1);
            }
        } else if ty.kind() == TypeKind::Array {
            self.visit(ty.element(), depth - 1);
        } else {
            self.data |= matches!(
                ty.kind(),
                TypeKind::Double | TypeKind::Float | TypeKind::Pointer
            );
        }
    }

    fn tell(&self) -> bool {
        self.data && self.count <= MAX_MEMBERS
    }
}

/// Type nodes below a root of their own.
struct Tree {
    module: Module,
    root: Metadata,
}

impl Tree {
    fn new(module: Module, record: Type, offset: u64) -> Self {
        let name = record.struct_name().unwrap_or_default();
        let root = module
            .context()
            .metadata_string(&format!("ribozyme {name} {offset}"));
        Self {
            module,
            root: module.context().metadata_node(&[root]),
        }
    }

    /// The tag of an access of `ty` at `offset` in `record`.
    fn tag(&self, record: Type, offset: u64, ty: Type) -> Metadata {
        let nodes = [self.node(record), self.node(ty), self.number(offset)];
        self.module.context().metadata_node(&nodes)
    }

    fn number(&self, value: u64) -> Metadata {
        self.module.context().int(64).int_const(value).as_metadata()
    }

    fn node(&self, ty: Type) -> Metadata {
        let context = self.module.context();
        if ty.kind() == TypeKind::Array {
            return self.node(ty.element());
        }
        if !is_record(ty) {
            let name = context.metadata_string(scalar(ty));
            return context.metadata_node(&[name, self.root, self.number(0)]);
        }
        let mut node = vec![context.metadata_string(&ty.struct_name().unwrap_or_default())];
        for (index, field) in (0..).zip(ty.fields()) {
            node.push(self.node(field));
            node.push(self.number(self.module.field_offset(ty, index)));
        }
        context.metadata_node(&node)
    }
}

/// What clang calls it; bytes may be anything, and so may what has no name here.
fn scalar(ty: Type) -> &'static str {
    match ty.kind() {
        TypeKind::Double => "double",
        TypeKind::Float => "float",
        TypeKind::X86Fp80 => "long double",
        TypeKind::Pointer => "any pointer",
        TypeKind::Int => match ty.int_bits() {
            16 => "short",
            32 => "int",
            64 => "long",
            _ => "omnipotent char",
        },
        _ => "omnipotent char",
    }
}
