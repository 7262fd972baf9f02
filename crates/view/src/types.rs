//! Interned LLVM types together with their layout.
//!
//! Sizes come from the module's data layout at import, so that no later stage needs LLVM to know
//! where a field lies.

use cranelift_entity::{PrimaryMap, entity_impl};
use rustc_hash::FxHashMap;

/// An interned type.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Type(u32);
entity_impl!(Type, "ty");

/// The floating-point formats of LLVM.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum FloatKind {
    /// IEEE binary16.
    Half,
    /// bfloat16.
    BFloat,
    /// IEEE binary32.
    Single,
    /// IEEE binary64.
    Double,
    /// x87 extended, 80 significant bits, stored in 16 bytes on x86-64.
    X86Fp80,
    /// IEEE binary128.
    Fp128,
    /// PowerPC double-double.
    PpcFp128,
}

impl FloatKind {
    /// Number of bytes that carry the value (10 for [`FloatKind::X86Fp80`]).
    pub const fn bytes(self) -> u64 {
        match self {
            Self::Half | Self::BFloat => 2,
            Self::Single => 4,
            Self::Double => 8,
            Self::X86Fp80 => 10,
            Self::Fp128 | Self::PpcFp128 => 16,
        }
    }

    /// Bits of the mantissa as it lies in memory, from the lowest on.
    pub const fn mantissa_bits(self) -> u32 {
        match self {
            Self::Half => 10,
            Self::BFloat => 7,
            Self::Single => 23,
            Self::Double => 52,
            Self::X86Fp80 => 64,
            Self::Fp128 => 112,
            // Two doubles, one after the other.
            Self::PpcFp128 => 128,
        }
    }

    /// The spelling in LLVM's text form.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Half => "half",
            Self::BFloat => "bfloat",
            Self::Single => "float",
            Self::Double => "double",
            Self::X86Fp80 => "x86_fp80",
            Self::Fp128 => "fp128",
            Self::PpcFp128 => "ppc_fp128",
        }
    }
}

/// One field of a struct type.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Field {
    /// The field's type.
    pub ty: Type,
    /// Byte offset from the start of the struct.
    pub offset: u64,
}

/// The structure of a type.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum TypeKind {
    /// No value.
    Void,
    /// A basic block label.
    Label,
    /// A token.
    Token,
    /// Metadata passed as an operand.
    Metadata,
    /// Integer of so many bits.
    Int(u32),
    /// Floating point.
    Float(FloatKind),
    /// Opaque pointer in an address space.
    Pointer {
        /// LLVM address space number.
        space: u32,
    },
    /// SIMD vector.
    Vector {
        /// Lane type.
        elem: Type,
        /// Lane count (minimum lane count when scalable).
        len: u32,
        /// True for `<vscale x …>`.
        scalable: bool,
    },
    /// Array.
    Array {
        /// Element type.
        elem: Type,
        /// Element count.
        len: u64,
    },
    /// Struct with explicit offsets.
    Struct {
        /// Fields in order.
        fields: Vec<Field>,
        /// True when laid out without padding.
        packed: bool,
    },
    /// A function type (only seen as the type of a callee).
    Function,
    /// Anything else (`x86_amx`, target extension types, opaque structs), by its printed form.
    Opaque(String),
}

/// A type and its layout.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct TypeData {
    /// Structure.
    pub kind: TypeKind,
    /// Bytes written by a store (0 when unsized).
    pub store_size: u64,
    /// Distance in bytes between array elements of this type (0 when unsized).
    pub alloc_size: u64,
    /// ABI alignment in bytes (1 when unsized).
    pub align: u32,
}

/// All types of a module, interned.
#[derive(Clone, Debug, Default)]
pub struct TypeTable {
    map: PrimaryMap<Type, TypeData>,
    ids: FxHashMap<TypeData, Type>,
}

impl TypeTable {
    /// Returns the id of `data`, adding it if new.
    pub fn intern(&mut self, data: TypeData) -> Type {
        if let Some(&id) = self.ids.get(&data) {
            return id;
        }
        let id = self.map.push(data.clone());
        self.ids.insert(data, id);
        id
    }

    /// Iterates over all types in the order they were interned.
    pub fn iter(&self) -> impl Iterator<Item = (Type, &TypeData)> {
        self.map.iter()
    }

    /// Structure and layout of `ty`.
    pub fn data(&self, ty: Type) -> &TypeData {
        &self.map[ty]
    }

    /// The structure of `ty`.
    pub fn kind(&self, ty: Type) -> &TypeKind {
        &self.map[ty].kind
    }

    /// Bytes written by a store of `ty`.
    pub fn store_size(&self, ty: Type) -> u64 {
        self.map[ty].store_size
    }

    /// Array stride of `ty` in bytes.
    pub fn alloc_size(&self, ty: Type) -> u64 {
        self.map[ty].alloc_size
    }

    /// ABI alignment of `ty` in bytes.
    pub fn align(&self, ty: Type) -> u32 {
        self.map[ty].align
    }

    /// The float kind of `ty` or of its lanes.
    pub fn float_kind(&self, ty: Type) -> Option<FloatKind> {
        match *self.kind(self.scalar(ty)) {
            TypeKind::Float(kind) => Some(kind),
            _ => None,
        }
    }

    /// The lane type of a vector, otherwise `ty` itself.
    pub fn scalar(&self, ty: Type) -> Type {
        match *self.kind(ty) {
            TypeKind::Vector { elem, .. } => elem,
            _ => ty,
        }
    }

    /// Lane count of a fixed vector; 1 for anything that is not a vector.
    pub fn lanes(&self, ty: Type) -> u32 {
        match *self.kind(ty) {
            TypeKind::Vector { len, .. } => len,
            _ => 1,
        }
    }

    /// True for a pointer or a vector of pointers.
    pub fn is_pointer(&self, ty: Type) -> bool {
        matches!(self.kind(self.scalar(ty)), TypeKind::Pointer { .. })
    }

    /// True for an integer or a vector of integers.
    pub fn is_int(&self, ty: Type) -> bool {
        matches!(self.kind(self.scalar(ty)), TypeKind::Int(_))
    }

    /// True for `void`.
    pub fn is_void(&self, ty: Type) -> bool {
        matches!(self.kind(ty), TypeKind::Void)
    }

    /// True for structs and arrays.
    pub fn is_aggregate(&self, ty: Type) -> bool {
        matches!(
            self.kind(ty),
            TypeKind::Struct { .. } | TypeKind::Array { .. }
        )
    }

    /// The type and byte offset of element `index` of a struct, array or vector.
    pub fn element(&self, ty: Type, index: u64) -> Option<(Type, u64)> {
        match self.kind(ty) {
            TypeKind::Struct { fields, .. } => fields
                .get(usize::try_from(index).ok()?)
                .map(|f| (f.ty, f.offset)),
            TypeKind::Array { elem, len } => {
                (index < *len).then(|| (*elem, index * self.alloc_size(*elem)))
            }
            TypeKind::Vector { elem, len, .. } => {
                (index < u64::from(*len)).then(|| (*elem, index * self.alloc_size(*elem)))
            }
            _ => None,
        }
    }

    /// The type and byte offset reached from `ty` by a constant index path.
    pub fn path(&self, ty: Type, path: &[u32]) -> Option<(Type, u64)> {
        path.iter().try_fold((ty, 0), |(ty, base), &index| {
            let (ty, offset) = self.element(ty, u64::from(index))?;
            Some((ty, base + offset))
        })
    }

    /// Calls `visit` with the byte offset and type of every scalar or vector leaf of `ty`.
    pub fn leaves(&self, ty: Type, base: u64, visit: &mut impl FnMut(u64, Type)) {
        match self.kind(ty) {
            TypeKind::Struct { fields, .. } => {
                for field in fields {
                    self.leaves(field.ty, base + field.offset, visit);
                }
            }
            TypeKind::Array { elem, len } => {
                let stride = self.alloc_size(*elem);
                for i in 0..*len {
                    self.leaves(*elem, base + i * stride, visit);
                }
            }
            TypeKind::Void => {}
            _ => visit(base, ty),
        }
    }
}
