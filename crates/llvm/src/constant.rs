//! Reading and making constants. Scalars are made by [`Type`].

use crate::context::Context;
use crate::module::Module;
use crate::opcode::Opcode;
use crate::shim;
use crate::types::Type;
use crate::value::Value;
use llvm_sys::core;
use std::ffi::CStr;

/// Terms of an address computation: `(operand index, byte scale)`.
pub(crate) type Terms = Vec<(u32, u64)>;

impl Value {
    /// Bits of an integer constant of at most 128 bits, zero-extended.
    pub fn int_value(self) -> Option<u128> {
        let (mut lo, mut hi) = (0, 0);
        (ffi!(shim::rz_int_bits(self.0, &raw mut lo, &raw mut hi)) == 1)
            .then(|| u128::from(lo) | u128::from(hi) << 64)
    }

    /// Bits of a float constant in its own format, zero-extended.
    pub fn float_bits(self) -> Option<u128> {
        let (mut lo, mut hi) = (0, 0);
        (ffi!(shim::rz_float_bits(self.0, &raw mut lo, &raw mut hi)) == 1)
            .then(|| u128::from(lo) | u128::from(hi) << 64)
    }

    /// The lane value of a constant vector whose lanes are equal.
    pub fn splat_value(self) -> Option<Value> {
        Value::option(ffi!(shim::rz_splat_value(self.0)))
    }

    /// Element of a constant aggregate, vector or data array.
    pub fn aggregate_element(self, index: u32) -> Option<Value> {
        Value::option(ffi!(shim::rz_aggregate_element(self.0, index)))
    }

    /// Opcode of a constant expression.
    pub fn expr_opcode(self) -> Opcode {
        Opcode::from_number(ffi!(shim::rz_const_opcode(self.0)))
    }

    /// Opcode name of a constant expression.
    pub fn expr_name(self) -> &'static str {
        let raw = ffi!(shim::rz_const_opcode_name(self.0));
        ffi!(CStr::from_ptr(raw)).to_str().unwrap_or("unknown")
    }

    /// What a global alias stands for.
    pub fn aliasee(self) -> Option<Value> {
        Value::option(ffi!(shim::rz_aliasee(self.0)))
    }

    /// The function a block address lies in.
    pub fn block_address_function(self) -> Value {
        Value(ffi!(core::LLVMGetBlockAddressFunction(self.0)))
    }

    /// `sideeffect` of inline assembly.
    pub fn asm_side_effects(self) -> bool {
        ffi!(shim::rz_asm_side_effects(self.0)) != 0
    }

    /// Address arithmetic of a `getelementptr` instruction or constant: byte offset and `(operand, scale)` terms.
    /// `None` when it depends on the size of a scalable type.
    pub fn gep_terms(self, module: Module) -> Option<(i64, Terms)> {
        let room = self.operand_count() as usize;
        let (mut index, mut scale) = (vec![0; room], vec![0; room]);
        let mut offset = 0;
        let count = ffi!(shim::rz_gep_decompose(
            module.0,
            self.0,
            &raw mut offset,
            index.as_mut_ptr(),
            scale.as_mut_ptr()
        ));
        let count = usize::try_from(count).ok()?;
        Some((offset, index.into_iter().zip(scale).take(count).collect()))
    }

    /// Constant `getelementptr i8, self, offset`.
    pub fn const_offset(self, offset: i64) -> Value {
        let context = self.context();
        let mut index = [context.int(64).int_const_signed(offset).0];
        Value(ffi!(core::LLVMConstGEP2(
            context.int(8).0,
            self.0,
            index.as_mut_ptr(),
            1
        )))
    }

    /// Constant cast of a pointer to an integer.
    pub fn const_ptr_to_int(self, ty: Type) -> Value {
        Value(ffi!(core::LLVMConstPtrToInt(self.0, ty.0)))
    }

    /// Constant bit cast.
    pub fn const_bitcast(self, ty: Type) -> Value {
        Value(ffi!(core::LLVMConstBitCast(self.0, ty.0)))
    }
}

impl Context {
    /// Constant vector.
    pub fn const_vector(self, lanes: &[Value]) -> Value {
        let mut raw: Vec<_> = lanes.iter().map(|v| v.0).collect();
        Value(ffi!(core::LLVMConstVector(
            raw.as_mut_ptr(),
            raw.len() as u32
        )))
    }

    /// Constant literal struct.
    pub fn const_struct(self, fields: &[Value], packed: bool) -> Value {
        let mut raw: Vec<_> = fields.iter().map(|v| v.0).collect();
        Value(ffi!(core::LLVMConstStructInContext(
            self.0,
            raw.as_mut_ptr(),
            raw.len() as u32,
            i32::from(packed)
        )))
    }

    /// Constant byte string without a final zero.
    pub fn const_string(self, text: &str) -> Value {
        Value(ffi!(core::LLVMConstStringInContext2(
            self.0,
            text.as_ptr().cast(),
            text.len(),
            1
        )))
    }
}

impl Type {
    /// Constant of an identified or literal struct type.
    pub fn struct_const(self, fields: &[Value]) -> Value {
        let mut raw: Vec<_> = fields.iter().map(|v| v.0).collect();
        Value(ffi!(core::LLVMConstNamedStruct(
            self.0,
            raw.as_mut_ptr(),
            raw.len() as u32
        )))
    }

    /// Vector constant of this vector type with equal lanes.
    pub fn splat(self, lane: Value) -> Value {
        Value(ffi!(shim::rz_splat(self.0, lane.0)))
    }
}
