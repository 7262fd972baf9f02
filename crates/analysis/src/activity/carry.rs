//! What a value or a piece of memory may carry, as far as activity is concerned.
//!
//! Type analysis knows much more; activity asks it only two questions. An answer with more bits set
//! is always sound: `ANY` for an `i64` means that it may be the bits of a `double` or of a pointer.

use super::TypeContext;
use rz_view::{Body, Inst, TypeKind, TypeTable, Value};

/// Float bytes, pointer bytes, both or neither.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct Carry {
    /// Some byte may belong to a float.
    pub floats: bool,
    /// Some byte may belong to a pointer.
    pub pointers: bool,
}

impl Carry {
    /// Integers only: no derivative, no shadow.
    pub const NONE: Self = Self {
        floats: false,
        pointers: false,
    };
    /// Floats only.
    pub const FLOATS: Self = Self {
        floats: true,
        pointers: false,
    };
    /// Pointers only.
    pub const POINTERS: Self = Self {
        floats: false,
        pointers: true,
    };
    /// Unknown.
    pub const ANY: Self = Self {
        floats: true,
        pointers: true,
    };

    /// What either carries.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self {
            floats: self.floats || other.floats,
            pointers: self.pointers || other.pointers,
        }
    }

    /// True when nothing is carried.
    pub fn is_none(self) -> bool {
        self == Self::NONE
    }
}

/// The questions activity asks type analysis about one function.
pub trait TypeQuery {
    /// What `value` may carry.
    fn value(&self, value: Value) -> Carry;
    /// What the `bytes` bytes at `ptr` may hold; `None` means unknown extent.
    fn memory(&self, ptr: Value, bytes: Option<u64>) -> Carry;
    /// What `inst`, a copy of `bytes` bytes, may move.
    fn copied(&self, inst: Inst, dst: Value, src: Value, bytes: Option<u64>) -> Carry {
        let _ = (inst, src);
        self.memory(dst, bytes)
    }
    /// What storing `value` may overwrite. Bits that fit every type, such as zero, are what the
    /// memory holds: storing the integer 0 over a double resets its derivative.
    fn stored(&self, value: Value, addr: Value, bytes: u64) -> Carry {
        let _ = (addr, bytes);
        self.value(value)
    }
    /// Which bytes of an integer are used as the bits of a float, whatever computed them: bit k is
    /// byte k, the last bit all bytes from there.
    fn image(&self, value: Value) -> u64 {
        let _ = value;
        0
    }
    /// Which bits of an integer are known to be of a float's mantissa; those of all lanes of a vector together.
    fn mantissa(&self, value: Value) -> u128 {
        let _ = value;
        0
    }
    /// A word from a copy of which nothing is known but that it is converted to a float.
    fn only_converted(&self, value: Value) -> bool {
        let _ = value;
        false
    }
    /// A call of a function of strings or streams that moves the bytes of floats.
    fn moves_floats_as_letters(&self, call: Inst) -> bool {
        let _ = call;
        false
    }
    /// The context of types in which `call` calls a function with a body, when that is known.
    fn callee(&self, call: Inst) -> Option<TypeContext> {
        let _ = call;
        None
    }
}

/// Answers from LLVM's types alone: an integer of a byte or more may be anything.
#[derive(Clone, Copy, Debug)]
pub struct LlvmTypes<'a> {
    /// The module's types.
    pub types: &'a TypeTable,
    /// The function.
    pub body: &'a Body,
}

/// What a value of LLVM type `ty` may carry when nothing else is known.
pub(super) fn carry_of_type(types: &TypeTable, ty: rz_view::Type) -> Carry {
    match types.kind(ty) {
        TypeKind::Void | TypeKind::Label | TypeKind::Token | TypeKind::Metadata => Carry::NONE,
        TypeKind::Int(bits) if *bits < 8 => Carry::NONE,
        TypeKind::Int(_) | TypeKind::Opaque(_) => Carry::ANY,
        TypeKind::Float(_) => Carry::FLOATS,
        TypeKind::Pointer { .. } | TypeKind::Function => Carry::POINTERS,
        TypeKind::Vector { elem, .. } | TypeKind::Array { elem, .. } => carry_of_type(types, *elem),
        TypeKind::Struct { fields, .. } => fields.iter().fold(Carry::NONE, |carry, field| {
            carry.or(carry_of_type(types, field.ty))
        }),
    }
}

impl TypeQuery for LlvmTypes<'_> {
    fn value(&self, value: Value) -> Carry {
        carry_of_type(self.types, self.body.ty(value))
    }

    fn memory(&self, _: Value, bytes: Option<u64>) -> Carry {
        match bytes {
            Some(0) => Carry::NONE,
            // One byte is neither a float nor a pointer, but a loop over bytes may copy one.
            Some(_) | None => Carry::ANY,
        }
    }
}
