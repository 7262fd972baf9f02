//! Contexts: types and metadata live in one.

use crate::metadata::Metadata;
use crate::module::{Module, OwnedModule};
use crate::shim;
use crate::text::{c, take};
use crate::types::Type;
use llvm_sys::core;
use llvm_sys::prelude::LLVMContextRef;

/// An LLVM context.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Context(pub(crate) LLVMContextRef);

/// A context of our own (tests and tools); must outlive everything made in it.
#[derive(Debug)]
pub struct OwnedContext(Context);

impl OwnedContext {
    /// A fresh context.
    pub fn new() -> Self {
        Self(Context(ffi!(core::LLVMContextCreate())))
    }

    /// The handle.
    pub fn get(&self) -> Context {
        self.0
    }
}

impl Default for OwnedContext {
    fn default() -> Self {
        Self::new()
    }
}

impl Drop for OwnedContext {
    fn drop(&mut self) {
        ffi!(core::LLVMContextDispose(self.0.0));
    }
}

impl Context {
    /// Parses a module in text or bitcode form.
    pub fn parse(self, name: &str, text: &str) -> Result<OwnedModule, String> {
        let name = c(name);
        let buffer = ffi!(core::LLVMCreateMemoryBufferWithMemoryRangeCopy(
            text.as_ptr().cast(),
            text.len(),
            name.as_ptr()
        ));
        let mut module = std::ptr::null_mut();
        let mut message = std::ptr::null_mut();
        let failed = ffi!(llvm_sys::ir_reader::LLVMParseIRInContext2(
            self.0,
            buffer,
            &raw mut module,
            &raw mut message
        ));
        ffi!(core::LLVMDisposeMemoryBuffer(buffer));
        if failed != 0 {
            return Err(take(message).unwrap_or_default());
        }
        Ok(OwnedModule::new(Module(module)))
    }

    /// An empty module.
    pub fn module(self, name: &str) -> OwnedModule {
        let name = c(name);
        OwnedModule::new(Module(ffi!(core::LLVMModuleCreateWithNameInContext(
            name.as_ptr(),
            self.0
        ))))
    }

    /// The number of a metadata kind, made known if new.
    pub fn metadata_kind(self, name: &str) -> u32 {
        ffi!(core::LLVMGetMDKindIDInContext(
            self.0,
            name.as_ptr().cast(),
            name.len() as u32
        ))
    }

    /// The name of a metadata kind.
    pub fn metadata_kind_name(self, kind: u32) -> String {
        take(ffi!(shim::rz_md_kind_name(self.0, kind))).unwrap_or_default()
    }

    /// A metadata string.
    pub fn metadata_string(self, text: &str) -> Metadata {
        Metadata(ffi!(core::LLVMMDStringInContext2(
            self.0,
            text.as_ptr().cast(),
            text.len()
        )))
    }

    /// A uniqued metadata node.
    pub fn metadata_node(self, operands: &[Metadata]) -> Metadata {
        let mut raw: Vec<_> = operands.iter().map(|m| m.0).collect();
        Metadata(ffi!(core::LLVMMDNodeInContext2(
            self.0,
            raw.as_mut_ptr(),
            raw.len()
        )))
    }

    /// A new alias-scope domain.
    pub fn alias_domain(self, name: &str) -> Metadata {
        let name = c(name);
        Metadata(ffi!(shim::rz_alias_domain(self.0, name.as_ptr())))
    }

    /// A new alias scope in a domain. Lists for `alias.scope` and `noalias` are nodes of scopes.
    pub fn alias_scope(self, domain: Metadata, name: &str) -> Metadata {
        let name = c(name);
        Metadata(ffi!(shim::rz_alias_scope(self.0, domain.0, name.as_ptr())))
    }

    /// A new loop identifier: the options of `old` without those whose name starts with `drop`, then `extra`.
    pub fn loop_id(
        self,
        old: Option<Metadata>,
        extra: Option<Metadata>,
        drop: Option<&str>,
    ) -> Metadata {
        let drop = drop.map(c);
        Metadata(ffi!(shim::rz_loop_id(
            self.0,
            old.map_or(std::ptr::null_mut(), |m| m.0),
            extra.map_or(std::ptr::null_mut(), |m| m.0),
            drop.as_ref().map_or(std::ptr::null(), |d| d.as_ptr()),
        )))
    }

    /// `void`.
    pub fn void(self) -> Type {
        Type(ffi!(core::LLVMVoidTypeInContext(self.0)))
    }
    /// Integer of so many bits.
    pub fn int(self, bits: u32) -> Type {
        Type(ffi!(core::LLVMIntTypeInContext(self.0, bits)))
    }
    /// `half`.
    pub fn half(self) -> Type {
        Type(ffi!(core::LLVMHalfTypeInContext(self.0)))
    }
    /// `bfloat`.
    pub fn bfloat(self) -> Type {
        Type(ffi!(core::LLVMBFloatTypeInContext(self.0)))
    }
    /// `float`.
    pub fn float(self) -> Type {
        Type(ffi!(core::LLVMFloatTypeInContext(self.0)))
    }
    /// `double`.
    pub fn double(self) -> Type {
        Type(ffi!(core::LLVMDoubleTypeInContext(self.0)))
    }
    /// `x86_fp80`.
    pub fn x86_fp80(self) -> Type {
        Type(ffi!(core::LLVMX86FP80TypeInContext(self.0)))
    }
    /// `fp128`.
    pub fn fp128(self) -> Type {
        Type(ffi!(core::LLVMFP128TypeInContext(self.0)))
    }
    /// `ppc_fp128`.
    pub fn ppc_fp128(self) -> Type {
        Type(ffi!(core::LLVMPPCFP128TypeInContext(self.0)))
    }
    /// Opaque pointer in an address space.
    pub fn pointer(self, space: u32) -> Type {
        Type(ffi!(core::LLVMPointerTypeInContext(self.0, space)))
    }
    /// The struct type of that name.
    pub fn struct_named(self, name: &str) -> Option<Type> {
        let name = c(name);
        let raw = ffi!(core::LLVMGetTypeByName2(self.0, name.as_ptr()));
        (!raw.is_null()).then_some(Type(raw))
    }

    /// Literal struct.
    pub fn structure(self, fields: &[Type], packed: bool) -> Type {
        let mut raw: Vec<_> = fields.iter().map(|t| t.0).collect();
        Type(ffi!(core::LLVMStructTypeInContext(
            self.0,
            raw.as_mut_ptr(),
            raw.len() as u32,
            i32::from(packed)
        )))
    }
}
