//! Attributes of functions, parameters, results and call sites.

use crate::context::Context;
use crate::shim;
use crate::text::{copy, take};
use crate::types::Type;
use llvm_sys::core;
use llvm_sys::prelude::LLVMAttributeRef;

/// An attribute.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Attribute(pub(crate) LLVMAttributeRef);

/// Where an attribute sits.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Place {
    /// The function itself.
    Function,
    /// The result.
    Return,
    /// A parameter or argument by position.
    Param(u32),
}

impl Place {
    pub(crate) fn index(self) -> u32 {
        match self {
            Place::Function => u32::MAX,
            Place::Return => 0,
            Place::Param(index) => index + 1,
        }
    }
}

impl Attribute {
    /// Number of an enum attribute; 0 when there is none of that name.
    pub(crate) fn kind(name: &str) -> u32 {
        ffi!(core::LLVMGetEnumAttributeKindForName(
            name.as_ptr().cast(),
            name.len()
        ))
    }

    /// An enum or integer attribute such as `noalias` (value 0) or `align`. `None` when LLVM has no such attribute.
    pub fn named(context: Context, name: &str, value: u64) -> Option<Self> {
        let kind = Self::kind(name);
        (kind != 0).then(|| Self(ffi!(core::LLVMCreateEnumAttribute(context.0, kind, value))))
    }

    /// A type attribute such as `sret` or `byval`.
    pub fn typed(context: Context, name: &str, ty: Type) -> Option<Self> {
        let kind = Self::kind(name);
        (kind != 0).then(|| Self(ffi!(core::LLVMCreateTypeAttribute(context.0, kind, ty.0))))
    }

    /// A string attribute.
    pub fn string(context: Context, key: &str, value: &str) -> Self {
        Self(ffi!(core::LLVMCreateStringAttribute(
            context.0,
            key.as_ptr().cast(),
            key.len() as u32,
            value.as_ptr().cast(),
            value.len() as u32
        )))
    }

    /// The key of a string attribute, otherwise LLVM's spelling of the kind.
    pub fn name(self) -> String {
        take(ffi!(shim::rz_attr_name(self.0))).unwrap_or_default()
    }

    /// True for string attributes.
    pub fn is_string(self) -> bool {
        ffi!(core::LLVMIsStringAttribute(self.0)) != 0
    }

    /// Value of a string attribute.
    pub fn string_value(self) -> Option<String> {
        if !self.is_string() {
            return None;
        }
        let mut len = 0;
        let raw = ffi!(core::LLVMGetStringAttributeValue(self.0, &raw mut len));
        Some(copy(raw, len as usize))
    }

    /// Value of an integer attribute.
    pub fn int_value(self) -> Option<u64> {
        (ffi!(core::LLVMIsEnumAttribute(self.0)) != 0)
            .then(|| ffi!(core::LLVMGetEnumAttributeValue(self.0)))
    }

    /// Type of a type attribute.
    pub fn type_value(self) -> Option<Type> {
        (ffi!(core::LLVMIsTypeAttribute(self.0)) != 0)
            .then(|| Type(ffi!(core::LLVMGetTypeAttributeValue(self.0))))
    }
}

impl std::fmt::Display for Attribute {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&take(ffi!(shim::rz_attr_text(self.0))).unwrap_or_default())
    }
}
