//! What records are made of, as clang's types of addresses and variables say.
//!
//! ```text
//! %struct.part = type { double, i32, [3 x double] }     double at 0, int at 8, three doubles at 16
//! ```
//!
//! Believed only of types that clang made for a `struct` or `class`. A union holds what was put there last, an array
//! of `char` may be storage for anything, and a record of integers alone is how programs look at the bits of numbers:
//! of the first two nothing is said, the third is not described at all. What lies between two members is padding,
//! for LLVM's type lists everything that clang has put into the record. What lies behind the last member is
//! padding of a variable, and of any object in C: a class derived from the record may have members there, and so may
//! an array without a length.

use rz_llvm::{Context, Metadata, Module, Type, TypeKind};

/// Runs that are described; larger records are not.
const MAX_RUNS: usize = 256;
/// Nesting of records.
const MAX_DEPTH: u32 = 16;
/// What clang calls bytes that may be of any type.
pub(crate) const ANY: &str = "omnipotent char";

/// Scalars of one kind, one after the other.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Run {
    pub(crate) offset: u64,
    pub(crate) bytes: u64,
    /// What clang calls one of them.
    pub(crate) name: &'static str,
    /// Bytes of one of them.
    pub(crate) each: u64,
}

impl Run {
    pub(crate) fn end(&self) -> u64 {
        self.offset + self.bytes
    }

    pub(crate) fn is_any(&self) -> bool {
        self.name == ANY
    }

    /// Numbers or addresses, not integers.
    pub(crate) fn is_data(&self) -> bool {
        matches!(
            self.name,
            "double" | "float" | "long double" | "any pointer"
        )
    }

    /// True where `name` is what clang may call a scalar of this run at `offset`.
    pub(crate) fn fits(&self, name: &str, offset: u64) -> bool {
        let pointer = |name: &str| {
            let depth = name.strip_prefix('p');
            let typed = depth.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
            typed || matches!(name, "any pointer" | "vtable pointer")
        };
        let float = matches!(name, "double" | "float" | "long double");
        if self.is_data() || float || pointer(name) {
            let whole = (offset - self.offset).is_multiple_of(self.each);
            let same = self.name == name || pointer(self.name) && pointer(name);
            return whole && same;
        }
        true
    }
}

/// What a type is made of, in order; gaps are padding.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Layout {
    pub(crate) size: u64,
    pub(crate) runs: Vec<Run>,
    /// There is an array that may go on behind its end, as arrays without a length do.
    pub(crate) open: bool,
}

impl Layout {
    /// The layout of a record or an array of records that holds numbers or addresses.
    pub(crate) fn of(module: Module, ty: Type) -> Option<Self> {
        let mut inner = ty;
        while inner.kind() == TypeKind::Array {
            inner = inner.element();
        }
        is_record(inner).then_some(())?;
        let mut visit = Visit {
            module,
            runs: Vec::new(),
            open: false,
        };
        visit.ty(ty, 0, MAX_DEPTH)?;
        let Visit { runs, open, .. } = visit;
        let size = module.alloc_size(ty);
        let layout = Self { size, runs, open };
        layout.runs.iter().any(Run::is_data).then_some(layout)
    }

    /// The part of `bytes` bytes from `offset`, when no scalar is cut there.
    pub(crate) fn part(&self, offset: u64, bytes: u64) -> Option<Vec<Run>> {
        let end = offset.checked_add(bytes).filter(|&end| end <= self.size)?;
        let mut part = Vec::new();
        for run in &self.runs {
            let (from, to) = (run.offset.max(offset), run.end().min(end));
            if from >= to {
                continue;
            }
            let whole = |at: u64| (at - run.offset).is_multiple_of(run.each);
            (whole(from) && whole(to)).then_some(())?;
            part.push(Run {
                offset: from - offset,
                bytes: to - from,
                ..*run
            });
        }
        Some(part)
    }

    /// As metadata that the importer reads: a size, then offset, bytes and name of each run. With size 0 nothing is
    /// said of what is behind the last member.
    pub(crate) fn node(&self, context: Context, whole: bool) -> Metadata {
        let number = |value: u64| context.int(64).int_const(value).as_metadata();
        let mut node = vec![number(if whole { self.size } else { 0 })];
        for run in &self.runs {
            let name = context.metadata_string(run.name);
            node.extend([number(run.offset), number(run.bytes), name]);
        }
        context.metadata_node(&node)
    }
}

struct Visit {
    module: Module,
    runs: Vec<Run>,
    open: bool,
}

impl Visit {
    fn ty(&mut self, ty: Type, base: u64, depth: u32) -> Option<()> {
        let depth = depth.checked_sub(1)?;
        let size = self.module.alloc_size(ty);
        self.open |= ty.kind() == TypeKind::Array && ty.array_len() <= 1;
        if size == 0 {
            return Some(());
        }
        if is_record(ty) {
            for (index, field) in (0..).zip(ty.fields()) {
                self.ty(field, base + self.module.field_offset(ty, index), depth)?;
            }
            return Some(());
        }
        let array = ty.kind() == TypeKind::Array;
        if array && (is_record(ty.element()) || ty.element().kind() == TypeKind::Array) {
            let each = self.module.alloc_size(ty.element()).max(1);
            for index in 0..size / each {
                self.ty(ty.element(), base + index * each, depth)?;
            }
            return Some(());
        }
        let one = if array { ty.element() } else { ty };
        let bytes = if array {
            size
        } else {
            self.module.store_size(ty)
        };
        self.put(one, base, bytes)
    }

    fn put(&mut self, one: Type, offset: u64, bytes: u64) -> Option<()> {
        (self.runs.len() < MAX_RUNS).then_some(())?;
        let name = scalar(one);
        let (bytes, each) = match name {
            ANY => (bytes.max(self.module.alloc_size(one)), 1),
            "long double" => (bytes.next_multiple_of(16), 16),
            _ => (bytes, self.module.alloc_size(one)),
        };
        self.runs.push(Run {
            offset,
            bytes,
            name,
            each,
        });
        Some(())
    }
}

/// A type that clang made for a record and that is not a choice between several.
pub(crate) fn is_record(ty: Type) -> bool {
    let named = |name: String| name.starts_with("struct.") || name.starts_with("class.");
    ty.kind() == TypeKind::Struct && !ty.is_opaque_struct() && ty.struct_name().is_some_and(named)
}

/// What clang calls it; bytes may be anything, and so may what has no name here.
pub(crate) fn scalar(ty: Type) -> &'static str {
    match ty.kind() {
        TypeKind::Double => "double",
        TypeKind::Float => "float",
        TypeKind::X86Fp80 => "long double",
        TypeKind::Pointer => "any pointer",
        TypeKind::Int => match ty.int_bits() {
            16 => "short",
            32 => "int",
            64 => "long",
            _ => ANY,
        },
        _ => ANY,
    }
}
