//! Calls.

use crate::attribute::{Attribute, Place};
use crate::function::Function;
use crate::opcode::Opcode;
use crate::shim;
use crate::types::Type;
use crate::value::Value;
use llvm_sys::core;

/// Access to a kind of memory.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct ReadWrite {
    /// May read.
    pub read: bool,
    /// May write.
    pub write: bool,
}

/// What attributes say about memory, by location.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct MemoryEffects {
    /// Memory its pointer arguments point into.
    pub args: ReadWrite,
    /// Memory that IR cannot see, target registers included.
    pub hidden: ReadWrite,
    /// `errno`.
    pub errno: ReadWrite,
    /// Everything else.
    pub other: ReadWrite,
}

impl MemoryEffects {
    pub(crate) fn unpack(bits: u32) -> Self {
        let at = |shift: u32| ReadWrite {
            read: bits >> shift & 1 != 0,
            write: bits >> shift & 2 != 0,
        };
        Self {
            args: at(0),
            hidden: at(2),
            errno: at(4),
            other: at(6),
        }
    }
}

/// Queries of `call`, `invoke` and `callbr`.
impl Value {
    /// True for `call`, `invoke` and `callbr`.
    pub fn is_call(self) -> bool {
        matches!(
            self.opcode(),
            Some(Opcode::Call | Opcode::Invoke | Opcode::CallBr)
        )
    }

    /// The callee operand.
    pub fn called_value(self) -> Value {
        Value(ffi!(core::LLVMGetCalledValue(self.0)))
    }

    /// The callee, when it is a function called directly.
    pub fn called_function(self) -> Option<Function> {
        self.called_value().as_function()
    }

    /// Function type of the call.
    pub fn called_type(self) -> Type {
        Type(ffi!(core::LLVMGetCalledFunctionType(self.0)))
    }

    /// Replaces the callee (of the same function type).
    pub fn set_called_value(self, callee: Value) {
        self.set_operand(self.operand_count() - 1, callee);
    }

    /// Number of arguments, operand bundles excluded.
    pub fn arg_count(self) -> u32 {
        ffi!(core::LLVMGetNumArgOperands(self.0))
    }

    /// Arguments, operand bundles excluded.
    pub fn args(self) -> Vec<Value> {
        (0..self.arg_count()).map(|i| self.operand(i)).collect()
    }

    /// Number of operand bundles.
    pub fn bundle_count(self) -> u32 {
        ffi!(shim::rz_call_num_bundles(self.0))
    }

    /// Normal destination of an invoke.
    pub fn normal_dest(self) -> crate::Block {
        crate::Block(ffi!(core::LLVMGetNormalDest(self.0)))
    }

    /// Unwind destination of an invoke.
    pub fn unwind_dest(self) -> crate::Block {
        crate::Block(ffi!(core::LLVMGetUnwindDest(self.0)))
    }

    /// Calling convention number of the call.
    pub fn call_convention(self) -> u32 {
        ffi!(core::LLVMGetInstructionCallConv(self.0))
    }

    /// Sets the calling convention of the call.
    pub fn set_call_convention(self, number: u32) {
        ffi!(core::LLVMSetInstructionCallConv(self.0, number));
    }

    /// Marks or unmarks a tail call; `musttail` is only removed by `false`.
    pub fn set_tail_call(self, on: bool) {
        ffi!(core::LLVMSetTailCall(self.0, i32::from(on)));
    }

    /// Memory effects of the call: attributes of the site, of the callee and of operand bundles together.
    pub fn call_effects(self) -> MemoryEffects {
        MemoryEffects::unpack(ffi!(shim::rz_call_effects(self.0)))
    }

    /// A function attribute on the call site or the callee.
    pub fn call_has_attribute(self, name: &str) -> bool {
        let kind = Attribute::kind(name);
        kind != 0 && ffi!(shim::rz_call_has_attr(self.0, kind)) != 0
    }

    /// A parameter attribute on the call site or the callee.
    pub fn arg_has_attribute(self, arg: u32, name: &str) -> bool {
        let kind = Attribute::kind(name);
        kind != 0 && ffi!(shim::rz_call_arg_has_attr(self.0, arg, kind)) != 0
    }

    /// The pointer argument is not captured by the call.
    pub fn arg_nocapture(self, arg: u32) -> bool {
        ffi!(shim::rz_call_arg_nocapture(self.0, arg)) != 0
    }

    /// Type passed by value in memory (`byval`).
    pub fn arg_byval(self, arg: u32) -> Option<Type> {
        let raw = ffi!(shim::rz_call_byval(self.0, arg));
        (!raw.is_null()).then_some(Type(raw))
    }

    /// The result aliases nothing else.
    pub fn returns_noalias(self) -> bool {
        ffi!(shim::rz_call_returns_noalias(self.0)) != 0
    }

    /// Attributes of the call site at a place.
    pub fn call_attributes(self, place: Place) -> Vec<Attribute> {
        let count = ffi!(core::LLVMGetCallSiteAttributeCount(self.0, place.index()));
        let mut raw = vec![std::ptr::null_mut(); count as usize];
        ffi!(core::LLVMGetCallSiteAttributes(
            self.0,
            place.index(),
            raw.as_mut_ptr()
        ));
        raw.into_iter().map(Attribute).collect()
    }

    /// Adds an attribute to the call site.
    pub fn add_call_attribute(self, place: Place, attribute: Attribute) {
        ffi!(core::LLVMAddCallSiteAttribute(
            self.0,
            place.index(),
            attribute.0
        ));
    }

    /// Removes an attribute of the call site by name, enum or string.
    pub fn remove_call_attribute(self, place: Place, name: &str) {
        let kind = Attribute::kind(name);
        if kind == 0 {
            ffi!(core::LLVMRemoveCallSiteStringAttribute(
                self.0,
                place.index(),
                name.as_ptr().cast(),
                name.len() as u32
            ));
        } else {
            ffi!(core::LLVMRemoveCallSiteEnumAttribute(
                self.0,
                place.index(),
                kind
            ));
        }
    }

    /// Removes every attribute of the call site.
    pub fn strip_call_attributes(self) {
        ffi!(shim::rz_strip_call_attrs(self.0));
    }
}
