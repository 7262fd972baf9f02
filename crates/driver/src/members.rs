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
//! are no more elements of it, and elements of an array of integers are integers. What a union holds is left open, and
//! records of integers alone are not described: they are how programs look at the bits of numbers.
//!
//! The tag of each member has a tree of its own, and accesses of different trees may alias: the tags tell alias analysis
//! nothing.
//!
//! With optimization the description of a record calls its arrays and enumerations `char`, which says nothing. Its
//! accesses show which type of an address goes with which description, and [`Described`] keeps what the type says of
//! the record beside the description: metadata of each clone, which the importer reads.
//!
//! ```text
//! %n = getelementptr %struct.part, ptr %p, i32 0, i32 1
//! %x = load i32, ptr %n, !tbaa !{!"part", !"int", i64 8}     !"part" is described by %struct.part
//! ```
//!
//! Descriptions are shared by records that look alike where arrays are `char`. Where two types go with one description,
//! it stays as it is.

use crate::copies::alone;
use crate::records::{ANY, Layout, Run, is_record, scalar};
use rustc_hash::FxHashMap;
use rz_import::records::{RECORDS, described};
use rz_llvm::{Context, Function, Metadata, Module, Opcode, Type, TypeKind, Value};

/// Addresses of members of members that are followed.
const MAX_CHAIN: u32 = 16;

/// Descriptions of records by type-based alias metadata, and what their types say.
pub(crate) struct Described {
    /// In C++ a derived class may put its own members behind the last one of its base.
    derived: bool,
    /// `None` where types disagree.
    known: FxHashMap<Metadata, Option<Metadata>>,
    /// In the order in which they were met.
    order: Vec<Metadata>,
}

impl Described {
    /// Nothing is described yet.
    pub(crate) fn new(module: Module) -> Self {
        Self {
            derived: module
                .functions()
                .iter()
                .any(|f| f.name().starts_with("_Z")),
            known: FxHashMap::default(),
            order: Vec::new(),
        }
    }

    fn says(&mut self, context: Context, description: Metadata, layout: &Layout) {
        let layout = layout.node(context, !self.derived && !layout.open);
        let known = self.known.entry(description).or_insert_with(|| {
            self.order.push(description);
            Some(layout)
        });
        *known = known.filter(|&other| other == layout);
    }

    /// Tells the importer.
    pub(crate) fn tell(&self, clone: Function) {
        let context = clone.context();
        let both = |&description: &Metadata| {
            let layout = self.known[&description]?;
            Some(context.metadata_node(&[description, layout]))
        };
        let all: Vec<Metadata> = self.order.iter().filter_map(both).collect();
        if !all.is_empty() {
            let kind = context.metadata_kind(RECORDS);
            let table = context.metadata_node(&all);
            clone.value().set_global_metadata(kind, Some(table));
        }
    }
}

/// What is told of records in `functions`, for a function that is written from them.
pub(crate) fn told(functions: &[Function]) -> Option<Metadata> {
    let of = |function: &Function| {
        let kind = function.context().metadata_kind(RECORDS);
        function.value().global_metadata(kind)
    };
    functions.iter().find_map(of)
}

/// Tags the accesses of members in `clone` that have no tag, and takes down what the others are accesses of.
pub(crate) fn tag(clone: Function, described: &mut Described) {
    let module = clone.module();
    let kind = clone.context().metadata_kind("tbaa");
    let mut known = FxHashMap::default();
    for access in clone.instructions() {
        let (address, ty) = match access.opcode() {
            Some(Opcode::Load) => (access.operand(0), access.ty()),
            Some(Opcode::Store) => (access.operand(1), access.operand(0).ty()),
            _ => continue,
        };
        if let Some(tag) = access.metadata(kind) {
            observe(module, address, tag, described);
            continue;
        }
        if let Some(name) = element(module, address, ty) {
            access.set_metadata(kind, Some(alone(clone.context(), name)));
        } else if let Some((record, layout, offset)) = member(module, address, ty) {
            let tag = *known.entry((record, offset, ty)).or_insert_with(|| {
                let tree = Tree::new(module, record, offset);
                described.says(module.context(), tree.node(record), &layout);
                tree.tag(record, offset, ty)
            });
            access.set_metadata(kind, Some(tag));
        }
    }
}

/// The record that `address` is the address of a member of, when that is of type `ty`, and where it lies there: the
/// innermost that is described.
fn member(module: Module, mut address: Value, ty: Type) -> Option<(Type, Layout, u64)> {
    let (_, inner, _) = step(module, address)?;
    (inner == ty).then_some(())?;
    let mut distance = 0;
    for _ in 0..MAX_CHAIN {
        let (record, _, offset) = step(module, address)?;
        distance += offset;
        if let Some(layout) = Layout::of(module, record) {
            return Some((record, layout, distance));
        }
        address = address.operand(0);
    }
    None
}

/// What clang calls an element of an array of integers, when the array is a member of a record.
fn element(module: Module, address: Value, ty: Type) -> Option<&'static str> {
    let of_array = address.opcode() == Some(Opcode::Gep)
        && address.operand_count() == 3
        && address.operand(1).int_value() == Some(0);
    let array = of_array.then(|| address.gep_source_type())?;
    let of_integers = array.kind() == TypeKind::Array && array.element() == ty && ty.is_int();
    (of_integers && scalar(ty) != ANY).then_some(())?;
    member(module, address.operand(0), array)?;
    Some(scalar(ty))
}

/// The type that `address` is an address within, what is there, and where.
fn step(module: Module, address: Value) -> Option<(Type, Type, u64)> {
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
    Some((record, inner, offset))
}

/// Takes down the type of the record that clang's tag describes: the one from which its member lies as far as in
/// the description.
fn observe(module: Module, address: Value, tag: Metadata, described_by: &mut Described) {
    let [Some(base), Some(access), Some(at), ..] = tag.operands()[..] else {
        return;
    };
    let Some(at) = at.int().filter(|_| base != access) else {
        return;
    };
    let (mut address, mut distance) = (address, 0);
    for _ in 0..MAX_CHAIN {
        let Some((record, _, offset)) = step(module, address) else {
            return;
        };
        distance += offset;
        if distance == at as u64
            && is_record(record)
            && let Some(layout) = Layout::of(module, record)
            && let Some(layout) = reconciled(layout, base, described_by.derived)
        {
            described_by.says(module.context(), base, &layout);
            return;
        }
        address = address.operand(0);
    }
}

/// A layout with what the description knows better, when the two do not contradict each other.
fn reconciled(mut layout: Layout, description: Metadata, derived: bool) -> Option<Layout> {
    let members = described(description);
    for member in &members {
        let at = u64::try_from(member.offset).ok()?;
        let run = layout
            .runs
            .iter_mut()
            .find(|run| (run.offset..run.end()).contains(&at))?;
        if member.name == ANY {
            // A word whose type may alias others is for the bits of numbers; only an enumeration is narrower. Links in
            // an array are told by their own accesses: one that is chosen by an index may be any of them.
            let word = run.name == "long" && run.bytes == run.each;
            if word || run.name == "any pointer" {
                *run = Run {
                    name: ANY,
                    each: 1,
                    ..*run
                };
            }
            continue;
        }
        run.fits(&member.name, at).then_some(())?;
        if run.is_any() && run.bytes == 1 {
            *run = Run {
                name: "bool",
                ..*run
            };
        }
    }
    // Bytes behind a scalar that the description does not list: what clang fills up a record with that is aligned by
    // an attribute. In C++ members of bases may be missing.
    let listed = |run: &Run| {
        let before = members.iter().filter(|m| m.offset < run.end() as i64);
        let last = before.max_by_key(|m| m.offset);
        last.is_none_or(|m| m.name == ANY || m.offset >= run.offset as i64)
    };
    layout
        .runs
        .retain(|run| derived || !run.is_any() || listed(run));
    Some(layout)
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
