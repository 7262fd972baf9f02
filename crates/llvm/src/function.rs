//! Functions.

use crate::attribute::{Attribute, Place};
use crate::block::Block;
use crate::call::MemoryEffects;
use crate::context::Context;
use crate::debug::DebugLoc;
use crate::global::Linkage;
use crate::module::Module;
use crate::shim;
use crate::text::{c, copy, take};
use crate::types::Type;
use crate::value::Value;
use llvm_sys::{core, debuginfo};

/// A function, declared or defined.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Function(pub(crate) Value);

/// LLVM's number of `!dbg`.
const MD_DBG: u32 = 0;

impl Function {
    /// The address.
    pub fn value(self) -> Value {
        self.0
    }

    /// Symbol name.
    pub fn name(self) -> String {
        self.0.name()
    }

    /// The module.
    pub fn module(self) -> Module {
        self.0.global_module()
    }

    /// The context.
    pub fn context(self) -> Context {
        self.0.context()
    }

    /// Function type.
    pub fn ty(self) -> Type {
        Type(ffi!(core::LLVMGlobalGetValueType(self.0.0)))
    }

    /// Result type.
    pub fn return_type(self) -> Type {
        self.ty().return_type()
    }

    /// Number of parameters.
    pub fn param_count(self) -> u32 {
        ffi!(core::LLVMCountParams(self.0.0))
    }

    /// Parameter by position.
    pub fn param(self, index: u32) -> Value {
        Value(ffi!(core::LLVMGetParam(self.0.0, index)))
    }

    /// All parameters.
    pub fn params(self) -> Vec<Value> {
        (0..self.param_count()).map(|i| self.param(i)).collect()
    }

    /// True without a body.
    pub fn is_declaration(self) -> bool {
        self.0.is_declaration()
    }

    /// Blocks in order; the first is the entry.
    pub fn blocks(self) -> Vec<Block> {
        let mut list = Vec::new();
        let mut cursor = ffi!(core::LLVMGetFirstBasicBlock(self.0.0));
        while !cursor.is_null() {
            list.push(Block(cursor));
            cursor = ffi!(core::LLVMGetNextBasicBlock(cursor));
        }
        list
    }

    /// The entry block.
    pub fn entry(self) -> Option<Block> {
        let raw = ffi!(core::LLVMGetFirstBasicBlock(self.0.0));
        (!raw.is_null()).then_some(Block(raw))
    }

    /// Appends a block.
    pub fn append_block(self, name: &str) -> Block {
        let name = c(name);
        Block(ffi!(core::LLVMAppendBasicBlockInContext(
            self.context().0,
            self.0.0,
            name.as_ptr()
        )))
    }

    /// All instructions in block order.
    pub fn instructions(self) -> Vec<Value> {
        let mut list = Vec::new();
        for block in self.blocks() {
            block.push_instructions(&mut list);
        }
        list
    }

    /// Linkage.
    pub fn linkage(self) -> Linkage {
        self.0.linkage()
    }

    /// Sets the linkage.
    pub fn set_linkage(self, linkage: Linkage) {
        self.0.set_linkage(linkage);
    }

    /// Calling convention number.
    pub fn calling_convention(self) -> u32 {
        ffi!(core::LLVMGetFunctionCallConv(self.0.0))
    }

    /// Sets the calling convention.
    pub fn set_calling_convention(self, number: u32) {
        ffi!(core::LLVMSetFunctionCallConv(self.0.0, number));
    }

    /// Intrinsic base name without type suffix (`llvm.sin`).
    pub fn intrinsic_name(self) -> Option<String> {
        let id = ffi!(core::LLVMGetIntrinsicID(self.0.0));
        if id == 0 {
            return None;
        }
        let mut len = 0;
        let raw = ffi!(core::LLVMIntrinsicGetName(id, &raw mut len));
        Some(copy(raw, len))
    }

    /// Garbage collector or personality aside, everything that was declared about memory.
    pub fn memory_effects(self) -> MemoryEffects {
        MemoryEffects::unpack(ffi!(shim::rz_function_effects(self.0.0)))
    }

    /// Personality function.
    pub fn personality(self) -> Option<Value> {
        (ffi!(core::LLVMHasPersonalityFn(self.0.0)) != 0)
            .then(|| Value(ffi!(core::LLVMGetPersonalityFn(self.0.0))))
    }

    /// Sets the personality function.
    pub fn set_personality(self, function: Value) {
        ffi!(core::LLVMSetPersonalityFn(self.0.0, function.0));
    }

    /// True when the function has this attribute by name, such as `noreturn`.
    pub fn has_attribute(self, name: &str) -> bool {
        let kind = Attribute::kind(name);
        kind != 0 && ffi!(shim::rz_func_has_attr(self.0.0, kind)) != 0
    }

    /// True when the pointer parameter is not captured.
    pub fn param_nocapture(self, index: u32) -> bool {
        ffi!(shim::rz_param_nocapture(self.0.0, index)) != 0
    }

    /// Attributes at a place.
    pub fn attributes(self, place: Place) -> Vec<Attribute> {
        let count = ffi!(core::LLVMGetAttributeCountAtIndex(self.0.0, place.index()));
        let mut raw = vec![std::ptr::null_mut(); count as usize];
        ffi!(core::LLVMGetAttributesAtIndex(
            self.0.0,
            place.index(),
            raw.as_mut_ptr()
        ));
        raw.into_iter().map(Attribute).collect()
    }

    /// The attribute of that name at a place.
    pub fn attribute(self, place: Place, name: &str) -> Option<Attribute> {
        let kind = Attribute::kind(name);
        let (function, index) = (self.0.0, place.index());
        let raw = if kind == 0 {
            ffi!(core::LLVMGetStringAttributeAtIndex(
                function,
                index,
                name.as_ptr().cast(),
                name.len() as u32
            ))
        } else {
            ffi!(core::LLVMGetEnumAttributeAtIndex(function, index, kind))
        };
        (!raw.is_null()).then_some(Attribute(raw))
    }

    /// Adds an attribute.
    pub fn add_attribute(self, place: Place, attribute: Attribute) {
        ffi!(core::LLVMAddAttributeAtIndex(
            self.0.0,
            place.index(),
            attribute.0
        ));
    }

    /// Removes an attribute by name, enum or string.
    pub fn remove_attribute(self, place: Place, name: &str) {
        let kind = Attribute::kind(name);
        if kind == 0 {
            ffi!(core::LLVMRemoveStringAttributeAtIndex(
                self.0.0,
                place.index(),
                name.as_ptr().cast(),
                name.len() as u32
            ));
        } else {
            ffi!(core::LLVMRemoveEnumAttributeAtIndex(
                self.0.0,
                place.index(),
                kind
            ));
        }
    }

    /// Removes every attribute of the function, its result and its parameters.
    pub fn strip_attributes(self) {
        ffi!(shim::rz_strip_function_attrs(self.0.0));
    }

    /// True when the function has a debug-info subprogram.
    pub fn has_debug_info(self) -> bool {
        !ffi!(debuginfo::LLVMGetSubprogram(self.0.0)).is_null()
    }

    /// Line 0 of the function's subprogram: a location for emitted code. `None` without debug info.
    pub fn line_zero(self) -> Option<DebugLoc> {
        let scope = ffi!(debuginfo::LLVMGetSubprogram(self.0.0));
        (!scope.is_null()).then(|| DebugLoc::new(self.context(), 0, 0, scope))
    }

    /// Makes locations those of this function: copied ones move into its scope, and every call without one gets
    /// line 0, as the verifier demands in functions with debug info.
    pub fn ensure_call_locations(self) {
        self.own_locations();
        let Some(location) = self.line_zero() else {
            return;
        };
        for inst in self.instructions() {
            if inst.opcode().is_some_and(|op| {
                use crate::opcode::Opcode::{Call, CallBr, Invoke};
                matches!(op, Call | Invoke | CallBr)
            }) && inst.debug_loc().is_none()
            {
                inst.set_debug_loc(Some(location));
            }
        }
    }

    /// Checks the function; the message says what is wrong.
    pub fn verify(self) -> Result<(), String> {
        take(ffi!(shim::rz_verify_function(self.0.0))).map_or(Ok(()), Err)
    }

    /// Erases the function. It must have no uses; tell [`crate::Analyses::forget`] first.
    pub fn erase(self) {
        ffi!(core::LLVMDeleteFunction(self.0.0));
    }

    /// Erases the body, leaving a declaration.
    pub fn erase_body(self) {
        for inst in self.instructions() {
            if !inst.ty().is_void() && inst.has_uses() {
                inst.replace_all_uses(inst.ty().poison());
            }
        }
        let blocks = self.blocks();
        for block in &blocks {
            if let Some(terminator) = block.terminator() {
                terminator.erase();
            }
        }
        for block in blocks {
            block.erase();
        }
        // The description of a definition is not that of a declaration.
        self.0.set_global_metadata(MD_DBG, None);
    }
}

impl std::fmt::Display for Function {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let text = take(ffi!(core::LLVMPrintValueToString(self.0.0)));
        f.write_str(&text.unwrap_or_default())
    }
}
