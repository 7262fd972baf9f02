//! Metadata nodes, strings and numbers.

use crate::context::Context;
use crate::shim;
use crate::text::take;
use crate::value::Value;
use llvm_sys::core;
use llvm_sys::prelude::LLVMMetadataRef;

/// A piece of metadata.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Metadata(pub(crate) LLVMMetadataRef);

/// What a piece of metadata is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum MetadataClass {
    /// A node with operands.
    Node,
    /// A string.
    String,
    /// An integer constant.
    Int,
    /// Another value.
    Value,
    /// Anything else.
    Other,
}

impl Metadata {
    pub(crate) fn option(raw: LLVMMetadataRef) -> Option<Self> {
        (!raw.is_null()).then_some(Self(raw))
    }

    /// What it is.
    pub fn class(self) -> MetadataClass {
        match ffi!(shim::rz_md_class(self.0)) {
            1 => MetadataClass::Node,
            2 => MetadataClass::String,
            3 => MetadataClass::Int,
            4 => MetadataClass::Value,
            _ => MetadataClass::Other,
        }
    }

    /// Operands of a node; `None` where an operand is null. Empty for anything but a node.
    pub fn operands(self) -> Vec<Option<Metadata>> {
        if self.class() != MetadataClass::Node {
            return Vec::new();
        }
        let count = ffi!(shim::rz_md_len(self.0));
        (0..count)
            .map(|i| Metadata::option(ffi!(shim::rz_md_operand(self.0, i))))
            .collect()
    }

    /// The text of a string.
    pub fn string(self) -> Option<String> {
        (self.class() == MetadataClass::String)
            .then(|| take(ffi!(shim::rz_md_string(self.0))).unwrap_or_default())
    }

    /// An integer constant.
    pub fn int(self) -> Option<i64> {
        (self.class() == MetadataClass::Int).then(|| ffi!(shim::rz_md_int(self.0)))
    }

    /// A wrapped value (constants included).
    pub fn value(self) -> Option<Value> {
        matches!(self.class(), MetadataClass::Int | MetadataClass::Value)
            .then(|| Value(ffi!(shim::rz_md_value(self.0))))
    }

    /// Distinct nodes are never merged.
    pub fn is_distinct(self) -> bool {
        self.class() == MetadataClass::Node && ffi!(shim::rz_md_distinct(self.0)) != 0
    }

    /// As an operand of a call.
    pub fn as_value(self, context: Context) -> Value {
        Value(ffi!(core::LLVMMetadataAsValue(context.0, self.0)))
    }
}

impl Value {
    /// A constant as metadata.
    pub fn as_metadata(self) -> Metadata {
        Metadata(ffi!(core::LLVMValueAsMetadata(self.0)))
    }

    /// The metadata inside a metadata operand.
    pub fn metadata_operand(self) -> Option<Metadata> {
        (self.kind() == crate::value::ValueKind::Metadata)
            .then(|| Metadata(ffi!(shim::rz_md_of_value(self.0))))
    }

    /// True for an instruction with any metadata, `dbg` included.
    pub fn has_metadata(self) -> bool {
        ffi!(core::LLVMHasMetadata(self.0)) != 0
    }

    /// Metadata of an instruction, `dbg` included.
    pub fn metadata(self, kind: u32) -> Option<Metadata> {
        Metadata::option(ffi!(shim::rz_inst_md(self.0, kind)))
    }

    /// Metadata of an instruction by the name of its kind.
    pub fn metadata_named(self, kind: &str) -> Option<Metadata> {
        self.metadata(self.context().metadata_kind(kind))
    }

    /// Sets or removes metadata of an instruction.
    pub fn set_metadata(self, kind: u32, metadata: Option<Metadata>) {
        let raw = metadata.map_or(std::ptr::null_mut(), |m| m.0);
        ffi!(shim::rz_inst_set_md(self.0, kind, raw));
    }

    /// Metadata kinds on an instruction, the debug location excluded.
    pub fn metadata_kinds(self) -> Vec<u32> {
        let count = ffi!(shim::rz_inst_md_kinds(self.0, std::ptr::null_mut(), 0));
        let mut kinds = vec![0; count as usize];
        ffi!(shim::rz_inst_md_kinds(self.0, kinds.as_mut_ptr(), count));
        kinds
    }

    /// Removes every metadata kind except those named (the debug location stays).
    pub fn keep_metadata(self, names: &[&str]) {
        let context = self.context();
        for kind in self.metadata_kinds() {
            if !names.contains(&context.metadata_kind_name(kind).as_str()) {
                self.set_metadata(kind, None);
            }
        }
    }
}
