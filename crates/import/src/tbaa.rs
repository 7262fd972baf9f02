//! TBAA metadata, flattened to named scalar accesses at byte offsets.
//!
//! ```text
//! !{!S, !double, i64 8}   with S = !{"S", !int, i64 0, !double, i64 8}
//! tbaa      = [double at 0]                       the access itself
//! tbaa_base = (8, [int at 0, double at 8])        the object around it
//! ```
//!
//! What the types of addresses said of a record before they were lost ([`crate::records`]) is better than its node,
//! which calls arrays `char`.
//!
//! A scalar node and a struct with one member look alike (`!{"int", !char, i64 0}`). A node is taken for a scalar
//! when its name is a scalar's in a known front end or when its only member is the root of a type tree.

use crate::records::{RECORD, Table, layout};
use rustc_hash::FxHashMap;
use rz_llvm as llvm;
use rz_llvm::Metadata;
use rz_view::body::TbaaEntry;

/// Flattened members per access; larger objects are cut off.
const MEMBERS: usize = 1024;
/// Nesting of structs.
const DEPTH: u32 = 24;

/// Metadata kinds and flattened type nodes.
pub(crate) struct Cache {
    tbaa: u32,
    tbaa_struct: u32,
    record: u32,
    pub(crate) records: Table,
    flat: FxHashMap<Metadata, Vec<TbaaEntry>>,
}

/// What an instruction's metadata says: the access, and the object around it.
pub(crate) type Tags = (Vec<TbaaEntry>, Option<(i64, Vec<TbaaEntry>)>);

impl Cache {
    pub(crate) fn new(context: llvm::Context) -> Self {
        Self {
            tbaa: context.metadata_kind("tbaa"),
            tbaa_struct: context.metadata_kind("tbaa.struct"),
            record: context.metadata_kind(RECORD),
            records: Table::default(),
            flat: FxHashMap::default(),
        }
    }

    /// The tags of an instruction.
    pub(crate) fn of(&mut self, inst: llvm::Value) -> Tags {
        if let Some(tag) = inst.metadata(self.tbaa) {
            return self.access(tag, inst);
        }
        let entries = inst
            .metadata(self.tbaa_struct)
            .map_or_else(Vec::new, structure);
        let variable = inst.metadata(self.record).map(|node| (0, layout(node)));
        (entries, variable)
    }

    fn access(&mut self, tag: Metadata, inst: llvm::Value) -> Tags {
        let Some((base, access, offset)) = path(tag) else {
            // The oldest form: the tag is the type node itself.
            let entries = node(tag).map_or_else(Vec::new, |node| vec![entry(0, node.name, 0)]);
            return (entries, None);
        };
        let Some(scalar) = node(access) else {
            return (Vec::new(), None);
        };
        let name = enumeration(&scalar, inst).map_or(scalar.name, str::to_owned);
        let entries = vec![entry(0, name, scalar.size)];
        if base == access {
            return (entries, None);
        }
        let members = self.flat.entry(base).or_insert_with(|| {
            self.records
                .members(base)
                .unwrap_or_else(|| described(base))
        });
        (entries, Some((offset, members.clone())))
    }
}

/// The integer that holds an enumeration: C++ has no other accesses under the name of a class, and a class
/// with one member of type `char`, whose node looks alike, is accessed as that member.
fn enumeration(access: &Node, inst: llvm::Value) -> Option<&'static str> {
    let ty = match inst.opcode() {
        Some(llvm::Opcode::Store) => inst.operand(0).ty(),
        _ => inst.ty(),
    };
    let named = access.name.starts_with("_ZTS") && access.size == 0;
    if !named || !is_scalar(access) || !ty.is_int() {
        return None;
    }
    match ty.int_bits() {
        8 => Some("bool"),
        16 => Some("short"),
        32 => Some("int"),
        64 => Some("long"),
        _ => None,
    }
}

/// The scalars of a record by its type node.
pub fn described(base: Metadata) -> Vec<TbaaEntry> {
    let mut out = Vec::new();
    flatten(base, 0, DEPTH, &mut out);
    out
}

/// `tbaa.struct`: offset, size, tag; again and again.
pub fn structure(list: Metadata) -> Vec<TbaaEntry> {
    let operands = list.operands();
    let mut entries = Vec::new();
    for chunk in operands.chunks_exact(3) {
        let offset = chunk[0].and_then(Metadata::int);
        let size = chunk[1].and_then(Metadata::int);
        let name = chunk[2].and_then(|tag| node(path(tag).map_or(tag, |(_, access, _)| access)));
        if let (Some(offset), Some(size), Some(node)) = (offset, size, name) {
            entries.push(entry(offset, node.name, size.max(0) as u64));
        }
    }
    entries
}

pub(crate) fn entry(offset: i64, name: String, size: u64) -> TbaaEntry {
    TbaaEntry { offset, name, size }
}

/// Base type, access type and offset of a path tag.
fn path(tag: Metadata) -> Option<(Metadata, Metadata, i64)> {
    match tag.operands()[..] {
        [Some(base), Some(access), Some(offset), ..] => {
            let is_node = |m: Metadata| m.class() == llvm::MetadataClass::Node;
            (is_node(base) && is_node(access)).then_some(())?;
            Some((base, access, offset.int()?))
        }
        _ => None,
    }
}

/// A type node: `!{"name", member, offset, …}`, or `!{parent, size, "name", member, offset, size, …}`.
struct Node {
    name: String,
    size: u64,
    members: Vec<(Metadata, i64)>,
}

fn node(metadata: Metadata) -> Option<Node> {
    let operands = metadata.operands();
    let member = |chunk: &[Option<Metadata>]| -> Option<(Metadata, i64)> {
        let offset = chunk.get(1).copied().flatten().and_then(Metadata::int);
        Some((chunk[0]?, offset.unwrap_or(0)))
    };
    if let Some(name) = operands
        .first()
        .copied()
        .flatten()
        .and_then(Metadata::string)
    {
        // A final `i64 1` of an old scalar node marks constant memory and is no member.
        let members = operands[1..]
            .chunks(2)
            .filter_map(member)
            .filter(|(m, _)| m.class() == llvm::MetadataClass::Node)
            .collect();
        return Some(Node {
            name,
            size: 0,
            members,
        });
    }
    let size = operands.get(1).copied().flatten()?.int()?.max(0) as u64;
    let name = operands.get(2).copied().flatten()?.string()?;
    let members = operands[3..].chunks(3).filter_map(member).collect();
    Some(Node {
        name,
        size,
        members,
    })
}

fn flatten(metadata: Metadata, base: i64, depth: u32, out: &mut Vec<TbaaEntry>) {
    let Some(node) = node(metadata) else {
        return;
    };
    if out.len() >= MEMBERS {
        return;
    }
    if depth == 0 || is_scalar(&node) {
        out.push(entry(base, node.name, node.size));
        return;
    }
    for (member, offset) in node.members {
        flatten(member, base + offset, depth - 1, out);
    }
}

fn is_scalar(node: &Node) -> bool {
    match node.members[..] {
        [] => true,
        [(member, 0)] => is_scalar_name(&node.name) || is_root(member),
        _ => false,
    }
}

/// The root of a type tree, or the `char` directly below it that every C type descends from.
fn is_root(metadata: Metadata) -> bool {
    node(metadata).is_none_or(|node| node.members.is_empty() || node.name == "omnipotent char")
}

fn is_scalar_name(name: &str) -> bool {
    const NAMES: &[&str] = &[
        "omnipotent char",
        "char",
        "bool",
        "_Bool",
        "short",
        "int",
        "long",
        "long long",
        "__int128",
        "half",
        "_Float16",
        "__fp16",
        "__bf16",
        "float",
        "double",
        "long double",
        "__float128",
        "wchar_t",
        "char8_t",
        "char16_t",
        "char32_t",
        "any pointer",
        "vtable pointer",
    ];
    let pointer = |name: &str| {
        name.strip_prefix('p')
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
    };
    NAMES.contains(&name)
        || pointer(name)
        || [
            "jtbaa",
            "any access",
            "any data access",
            "descriptor member",
            "allocated data",
            "dummy arg data",
            "global data",
        ]
        .iter()
        .any(|prefix| name.starts_with(prefix))
}
