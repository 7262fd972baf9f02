//! Types.

use crate::context::Context;
use crate::shim;
use crate::text::take;
use crate::value::Value;
use llvm_sys::core;
use llvm_sys::prelude::LLVMTypeRef;

/// A type.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Type(pub(crate) LLVMTypeRef);

/// The kind of a type.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[allow(missing_docs)]
pub enum TypeKind {
    Void,
    Half,
    Float,
    Double,
    X86Fp80,
    Fp128,
    PpcFp128,
    Label,
    Int,
    Function,
    Struct,
    Array,
    Pointer,
    Vector,
    Metadata,
    Token,
    ScalableVector,
    BFloat,
    X86Amx,
    TargetExt,
    Unknown,
}

impl Type {
    /// The kind.
    pub fn kind(self) -> TypeKind {
        match ffi!(shim::rz_type_kind(self.0)) {
            0 => TypeKind::Void,
            1 => TypeKind::Half,
            2 => TypeKind::Float,
            3 => TypeKind::Double,
            4 => TypeKind::X86Fp80,
            5 => TypeKind::Fp128,
            6 => TypeKind::PpcFp128,
            7 => TypeKind::Label,
            8 => TypeKind::Int,
            9 => TypeKind::Function,
            10 => TypeKind::Struct,
            11 => TypeKind::Array,
            12 => TypeKind::Pointer,
            13 => TypeKind::Vector,
            14 => TypeKind::Metadata,
            16 => TypeKind::Token,
            17 => TypeKind::ScalableVector,
            18 => TypeKind::BFloat,
            19 => TypeKind::X86Amx,
            20 => TypeKind::TargetExt,
            _ => TypeKind::Unknown,
        }
    }

    /// The context.
    pub fn context(self) -> Context {
        Context(ffi!(core::LLVMGetTypeContext(self.0)))
    }

    /// Array of this.
    pub fn array(self, len: u64) -> Type {
        Type(ffi!(core::LLVMArrayType2(self.0, len)))
    }

    /// Fixed vector of this.
    pub fn vector(self, len: u32) -> Type {
        Type(ffi!(shim::rz_vector_type(self.0, len, 0)))
    }

    /// Vector of this, possibly scalable.
    pub fn vector_of(self, len: u32, scalable: bool) -> Type {
        Type(ffi!(shim::rz_vector_type(self.0, len, i32::from(scalable))))
    }

    /// Function returning this.
    pub fn function(self, params: &[Type], varargs: bool) -> Type {
        let mut raw: Vec<_> = params.iter().map(|t| t.0).collect();
        Type(ffi!(core::LLVMFunctionType(
            self.0,
            raw.as_mut_ptr(),
            raw.len() as u32,
            i32::from(varargs)
        )))
    }

    /// Bits of an integer type.
    pub fn int_bits(self) -> u32 {
        ffi!(core::LLVMGetIntTypeWidth(self.0))
    }

    /// Address space of a pointer type.
    pub fn address_space(self) -> u32 {
        ffi!(core::LLVMGetPointerAddressSpace(self.0))
    }

    /// Element type of an array or vector.
    pub fn element(self) -> Type {
        Type(ffi!(core::LLVMGetElementType(self.0)))
    }

    /// Element count of an array.
    pub fn array_len(self) -> u64 {
        ffi!(core::LLVMGetArrayLength2(self.0))
    }

    /// Lane count of a vector (minimum when scalable).
    pub fn vector_len(self) -> u32 {
        ffi!(core::LLVMGetVectorSize(self.0))
    }

    /// Field types of a struct.
    pub fn fields(self) -> Vec<Type> {
        let count = ffi!(core::LLVMCountStructElementTypes(self.0));
        (0..count)
            .map(|i| Type(ffi!(core::LLVMStructGetTypeAtIndex(self.0, i))))
            .collect()
    }

    /// True for a packed struct.
    pub fn is_packed(self) -> bool {
        ffi!(core::LLVMIsPackedStruct(self.0)) != 0
    }

    /// True for a struct without a body.
    pub fn is_opaque_struct(self) -> bool {
        self.kind() == TypeKind::Struct && ffi!(core::LLVMIsOpaqueStruct(self.0)) != 0
    }

    /// Name of an identified struct.
    pub fn struct_name(self) -> Option<String> {
        take(ffi!(shim::rz_struct_name(self.0)))
    }

    /// Result of a function type.
    pub fn return_type(self) -> Type {
        Type(ffi!(core::LLVMGetReturnType(self.0)))
    }

    /// Parameters of a function type.
    pub fn params(self) -> Vec<Type> {
        let count = ffi!(core::LLVMCountParamTypes(self.0)) as usize;
        let mut raw = vec![std::ptr::null_mut(); count];
        ffi!(core::LLVMGetParamTypes(self.0, raw.as_mut_ptr()));
        raw.into_iter().map(Type).collect()
    }

    /// True for a function type with `...`.
    pub fn is_varargs(self) -> bool {
        ffi!(core::LLVMIsFunctionVarArg(self.0)) != 0
    }

    /// True when values of the type have a size.
    pub fn is_sized(self) -> bool {
        ffi!(shim::rz_type_sized(self.0)) != 0
    }

    /// The lane type of a vector, otherwise the type itself.
    pub fn scalar(self) -> Type {
        match self.kind() {
            TypeKind::Vector | TypeKind::ScalableVector => self.element(),
            _ => self,
        }
    }

    /// The same shape (scalar or vector) with another lane type.
    #[must_use]
    pub fn with_scalar(self, scalar: Type) -> Type {
        match self.kind() {
            TypeKind::Vector => scalar.vector_of(self.vector_len(), false),
            TypeKind::ScalableVector => scalar.vector_of(self.vector_len(), true),
            _ => scalar,
        }
    }

    /// True for `void`.
    pub fn is_void(self) -> bool {
        self.kind() == TypeKind::Void
    }
    /// True for integers (not vectors).
    pub fn is_int(self) -> bool {
        self.kind() == TypeKind::Int
    }
    /// True for pointers (not vectors).
    pub fn is_pointer(self) -> bool {
        self.kind() == TypeKind::Pointer
    }
    /// True for any float (not vectors).
    pub fn is_float(self) -> bool {
        matches!(
            self.kind(),
            TypeKind::Half
                | TypeKind::BFloat
                | TypeKind::Float
                | TypeKind::Double
                | TypeKind::X86Fp80
                | TypeKind::Fp128
                | TypeKind::PpcFp128
        )
    }
    /// True for fixed and scalable vectors.
    pub fn is_vector(self) -> bool {
        matches!(self.kind(), TypeKind::Vector | TypeKind::ScalableVector)
    }
    /// True for structs and arrays.
    pub fn is_aggregate(self) -> bool {
        matches!(self.kind(), TypeKind::Struct | TypeKind::Array)
    }

    /// Zero of any first-class type.
    pub fn zero(self) -> Value {
        Value(ffi!(core::LLVMConstNull(self.0)))
    }
    /// `undef`.
    pub fn undef(self) -> Value {
        Value(ffi!(core::LLVMGetUndef(self.0)))
    }
    /// `poison`.
    pub fn poison(self) -> Value {
        Value(ffi!(core::LLVMGetPoison(self.0)))
    }
    /// Integer constant (splat for vectors), truncated to the width.
    pub fn int_const(self, value: u64) -> Value {
        Value(ffi!(shim::rz_int_from_bits(self.0, value, 0)))
    }
    /// Integer constant from up to 128 bits (splat for vectors).
    pub fn int_const_wide(self, value: u128) -> Value {
        Value(ffi!(shim::rz_int_from_bits(
            self.0,
            value as u64,
            (value >> 64) as u64
        )))
    }
    /// Signed integer constant (splat for vectors).
    pub fn int_const_signed(self, value: i64) -> Value {
        self.int_const_wide(i128::from(value) as u128)
    }
    /// Float constant nearest to `value` (splat for vectors).
    pub fn float_const(self, value: f64) -> Value {
        Value(ffi!(shim::rz_float_from_f64(self.0, value)))
    }
    /// Float constant nearest to a decimal number, which may have more digits than a double (splat for vectors).
    pub fn float_const_text(self, digits: &str) -> Value {
        Value(ffi!(core::LLVMConstRealOfStringAndSize(
            self.0,
            digits.as_ptr().cast(),
            digits.len() as u32
        )))
    }
    /// Float constant from the bits of its format (splat for vectors).
    pub fn float_const_bits(self, bits: u128) -> Value {
        Value(ffi!(shim::rz_float_from_bits(
            self.0,
            bits as u64,
            (bits >> 64) as u64
        )))
    }
    /// Array constant with elements of this type.
    pub fn array_const(self, elements: &[Value]) -> Value {
        let mut raw: Vec<_> = elements.iter().map(|v| v.0).collect();
        Value(ffi!(core::LLVMConstArray2(
            self.0,
            raw.as_mut_ptr(),
            raw.len() as u64
        )))
    }
}

impl std::fmt::Display for Type {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let text = take(ffi!(core::LLVMPrintTypeToString(self.0)));
        f.write_str(&text.unwrap_or_default())
    }
}
