//! Values of any kind.

use crate::block::Block;
use crate::context::Context;
use crate::function::Function;
use crate::shim;
use crate::text::{copy, take};
use crate::types::Type;
use llvm_sys::core;
use llvm_sys::prelude::LLVMValueRef;

/// A value: constant, global, parameter, instruction.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Value(pub(crate) LLVMValueRef);

/// What a value is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[allow(missing_docs)]
pub enum ValueKind {
    Poison,
    Undef,
    NullPointer,
    AggregateZero,
    TokenNone,
    /// Also a vector splat, where LLVM represents it so.
    Int,
    /// Also a vector splat, where LLVM represents it so.
    Float,
    Function,
    GlobalVariable,
    Alias,
    IFunc,
    /// Array or vector of plain numbers.
    Data,
    /// Array, struct or vector of constants.
    Aggregate,
    Expr,
    BlockAddress,
    InlineAsm,
    Metadata,
    OtherConstant,
    Argument,
    Instruction,
    Block,
    Unknown,
}

impl Value {
    /// Wraps a pointer that came from the host.
    ///
    /// # Safety
    /// `raw` is a live LLVM value.
    pub unsafe fn from_raw(raw: LLVMValueRef) -> Self {
        Self(raw)
    }

    /// The pointer, for the C API.
    pub fn raw(self) -> LLVMValueRef {
        self.0
    }

    pub(crate) fn option(raw: LLVMValueRef) -> Option<Self> {
        (!raw.is_null()).then_some(Self(raw))
    }

    /// What it is.
    pub fn kind(self) -> ValueKind {
        match ffi!(shim::rz_constant_kind(self.0)) {
            1 => ValueKind::Poison,
            2 => ValueKind::Undef,
            3 => ValueKind::NullPointer,
            4 => ValueKind::AggregateZero,
            5 => ValueKind::TokenNone,
            6 => ValueKind::Int,
            7 => ValueKind::Float,
            8 => ValueKind::Function,
            9 => ValueKind::GlobalVariable,
            10 => ValueKind::Alias,
            11 => ValueKind::IFunc,
            12 => ValueKind::Data,
            13 => ValueKind::Aggregate,
            14 => ValueKind::Expr,
            15 => ValueKind::BlockAddress,
            16 => ValueKind::InlineAsm,
            17 => ValueKind::Metadata,
            18 => ValueKind::OtherConstant,
            19 => ValueKind::Argument,
            20 => ValueKind::Instruction,
            21 => ValueKind::Block,
            _ => ValueKind::Unknown,
        }
    }

    /// The type.
    pub fn ty(self) -> Type {
        Type(ffi!(core::LLVMTypeOf(self.0)))
    }

    /// The context.
    pub fn context(self) -> Context {
        self.ty().context()
    }

    /// The name, empty when unnamed.
    pub fn name(self) -> String {
        let mut len = 0;
        let raw = ffi!(core::LLVMGetValueName2(self.0, &raw mut len));
        copy(raw, len)
    }

    /// Looks at the name without copying it; one that is not UTF-8 appears empty.
    pub(crate) fn with_name<T>(self, look: impl FnOnce(&str) -> T) -> T {
        let mut len = 0;
        let raw = ffi!(core::LLVMGetValueName2(self.0, &raw mut len));
        if raw.is_null() || len == 0 {
            return look("");
        }
        // SAFETY: LLVM keeps the name as long as the value is not renamed, and `look` does not get the value.
        let bytes = unsafe { std::slice::from_raw_parts(raw.cast::<u8>(), len) };
        look(std::str::from_utf8(bytes).unwrap_or_default())
    }

    /// Renames; LLVM makes it unique.
    pub fn set_name(self, name: &str) {
        ffi!(core::LLVMSetValueName2(
            self.0,
            name.as_ptr().cast(),
            name.len()
        ));
    }

    /// True for constants and globals.
    pub fn is_constant(self) -> bool {
        ffi!(core::LLVMIsConstant(self.0)) != 0
    }

    /// True for instructions.
    pub fn is_instruction(self) -> bool {
        self.kind() == ValueKind::Instruction
    }

    /// As a function.
    pub fn as_function(self) -> Option<Function> {
        (self.kind() == ValueKind::Function).then_some(Function(self))
    }

    /// As a basic block.
    pub fn as_block(self) -> Option<Block> {
        (self.kind() == ValueKind::Block).then(|| Block(ffi!(core::LLVMValueAsBasicBlock(self.0))))
    }

    /// Number of operands of an instruction or constant.
    pub fn operand_count(self) -> u32 {
        ffi!(core::LLVMGetNumOperands(self.0)).max(0) as u32
    }

    /// Operand of an instruction or constant.
    pub fn operand(self, index: u32) -> Value {
        Value(ffi!(core::LLVMGetOperand(self.0, index)))
    }

    /// All operands.
    pub fn operands(self) -> Vec<Value> {
        (0..self.operand_count()).map(|i| self.operand(i)).collect()
    }

    /// Replaces an operand.
    pub fn set_operand(self, index: u32, value: Value) {
        ffi!(core::LLVMSetOperand(self.0, index, value.0));
    }

    /// Replaces every use by `other` (of the same type).
    pub fn replace_all_uses(self, other: Value) {
        ffi!(core::LLVMReplaceAllUsesWith(self.0, other.0));
    }

    /// The users, once per use.
    pub fn users(self) -> Vec<Value> {
        let mut list = Vec::new();
        let mut cursor = ffi!(core::LLVMGetFirstUse(self.0));
        while !cursor.is_null() {
            list.push(Value(ffi!(core::LLVMGetUser(cursor))));
            cursor = ffi!(core::LLVMGetNextUse(cursor));
        }
        list
    }

    /// True when something uses it.
    pub fn has_uses(self) -> bool {
        !ffi!(core::LLVMGetFirstUse(self.0)).is_null()
    }

    /// The function of a parameter.
    pub fn param_function(self) -> Option<Function> {
        (self.kind() == ValueKind::Argument)
            .then(|| Function(Value(ffi!(core::LLVMGetParamParent(self.0)))))
    }

    /// Position of a parameter in its function.
    pub fn param_index(self) -> Option<u32> {
        let function = self.param_function()?;
        (0..function.param_count()).find(|&i| function.param(i) == self)
    }
}

impl std::fmt::Display for Value {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let text = take(ffi!(core::LLVMPrintValueToString(self.0)));
        f.write_str(text.unwrap_or_default().trim())
    }
}
