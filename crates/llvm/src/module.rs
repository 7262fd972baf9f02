//! Modules.

use crate::context::Context;
use crate::function::Function;
use crate::global::Linkage;
use crate::shim;
use crate::text::{c, copy, take};
use crate::types::Type;
use crate::value::Value;
use llvm_sys::prelude::LLVMModuleRef;
use llvm_sys::target::LLVMTargetDataRef;
use llvm_sys::{core, target};

/// A module.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Module(pub(crate) LLVMModuleRef);

/// A module of our own (tests and tools).
#[derive(Debug)]
pub struct OwnedModule(Module);

impl OwnedModule {
    pub(crate) fn new(module: Module) -> Self {
        Self(module)
    }

    /// The handle.
    pub fn get(&self) -> Module {
        self.0
    }
}

impl Drop for OwnedModule {
    fn drop(&mut self) {
        ffi!(core::LLVMDisposeModule(self.0.0));
    }
}

impl Module {
    /// Wraps a pointer that came from the host.
    ///
    /// # Safety
    /// `raw` is a live LLVM module and stays so while handles into it are used.
    pub unsafe fn from_raw(raw: LLVMModuleRef) -> Self {
        Self(raw)
    }

    /// The pointer, for the C API.
    pub fn raw(self) -> LLVMModuleRef {
        self.0
    }

    /// The context.
    pub fn context(self) -> Context {
        Context(ffi!(core::LLVMGetModuleContext(self.0)))
    }

    /// Source file or identifier.
    pub fn name(self) -> String {
        let mut len = 0;
        let raw = ffi!(core::LLVMGetModuleIdentifier(self.0, &raw mut len));
        copy(raw, len)
    }

    /// Target triple.
    pub fn triple(self) -> String {
        let raw = ffi!(core::LLVMGetTarget(self.0));
        ffi!(std::ffi::CStr::from_ptr(raw))
            .to_string_lossy()
            .into_owned()
    }

    /// Finds a function.
    pub fn function(self, name: &str) -> Option<Function> {
        Value::option(ffi!(core::LLVMGetNamedFunctionWithLength(
            self.0,
            name.as_ptr().cast(),
            name.len()
        )))
        .map(Function)
    }

    /// All functions.
    pub fn functions(self) -> Vec<Function> {
        let mut list = Vec::new();
        let mut cursor = ffi!(core::LLVMGetFirstFunction(self.0));
        while !cursor.is_null() {
            list.push(Function(Value(cursor)));
            cursor = ffi!(core::LLVMGetNextFunction(cursor));
        }
        list
    }

    /// The last function. New ones come after it.
    pub fn last_function(self) -> Option<Function> {
        Value::option(ffi!(core::LLVMGetLastFunction(self.0))).map(Function)
    }

    /// The functions after one of them, all when there is none. Unlike [`Module::functions`] this takes no time
    /// for those before.
    pub fn functions_after(self, last: Option<Function>) -> Vec<Function> {
        let Some(Function(Value(mut cursor))) = last else {
            return self.functions();
        };
        let mut list = Vec::new();
        loop {
            cursor = ffi!(core::LLVMGetNextFunction(cursor));
            if cursor.is_null() {
                return list;
            }
            list.push(Function(Value(cursor)));
        }
    }

    /// The functions whose names are chosen, in order. Cheap enough to ask for each request of a large module.
    pub fn functions_named(self, mut choose: impl FnMut(&str) -> bool) -> Vec<Function> {
        let mut list = Vec::new();
        let mut cursor = ffi!(core::LLVMGetFirstFunction(self.0));
        while !cursor.is_null() {
            if Value(cursor).with_name(&mut choose) {
                list.push(Function(Value(cursor)));
            }
            cursor = ffi!(core::LLVMGetNextFunction(cursor));
        }
        list
    }

    /// Adds a function without body or attributes; LLVM makes the name unique.
    pub fn add_function(self, name: &str, ty: Type, linkage: Linkage) -> Function {
        let name = c(name);
        let value = Value(ffi!(core::LLVMAddFunction(self.0, name.as_ptr(), ty.0)));
        value.set_linkage(linkage);
        Function(value)
    }

    /// The function of that name, declared with that type when absent.
    pub fn get_or_declare(self, name: &str, ty: Type) -> Function {
        self.function(name)
            .unwrap_or_else(|| self.add_function(name, ty, Linkage::External))
    }

    /// Declaration of an intrinsic (`llvm.sin`) for overload types; `None` when LLVM has no such intrinsic.
    pub fn intrinsic(self, name: &str, overloads: &[Type]) -> Option<Function> {
        let id = ffi!(core::LLVMLookupIntrinsicID(
            name.as_ptr().cast(),
            name.len()
        ));
        if id == 0 {
            return None;
        }
        let mut raw: Vec<_> = overloads.iter().map(|t| t.0).collect();
        let value = ffi!(core::LLVMGetIntrinsicDeclaration(
            self.0,
            id,
            raw.as_mut_ptr(),
            raw.len()
        ));
        Value::option(value).map(Function)
    }

    fn layout(self) -> LLVMTargetDataRef {
        ffi!(target::LLVMGetModuleDataLayout(self.0))
    }

    /// Bytes between array elements of a sized type (minimum for scalable ones).
    pub fn alloc_size(self, ty: Type) -> u64 {
        ffi!(shim::rz_fixed_alloc_size(self.0, ty.0))
    }

    /// Bytes written by a store of a sized type (minimum for scalable ones).
    pub fn store_size(self, ty: Type) -> u64 {
        ffi!(shim::rz_fixed_store_size(self.0, ty.0))
    }

    /// ABI alignment of a sized type in bytes.
    pub fn align(self, ty: Type) -> u32 {
        ffi!(target::LLVMABIAlignmentOfType(self.layout(), ty.0))
    }

    /// Byte offset of a struct's field.
    pub fn field_offset(self, ty: Type, index: u32) -> u64 {
        ffi!(target::LLVMOffsetOfElement(self.layout(), ty.0, index))
    }

    /// Bytes of a pointer in an address space.
    pub fn pointer_bytes(self, space: u32) -> u32 {
        ffi!(target::LLVMPointerSizeForAS(self.layout(), space))
    }

    /// Integer as wide as a pointer in address space 0.
    pub fn int_ptr(self) -> Type {
        self.context().int(self.pointer_bytes(0) * 8)
    }

    /// Checks the module; the message says what is wrong.
    pub fn verify(self) -> Result<(), String> {
        take(ffi!(shim::rz_verify_module(self.0))).map_or(Ok(()), Err)
    }

    /// Writes bitcode to a file.
    pub fn write_bitcode(self, path: &str) -> Result<(), String> {
        let c_path = c(path);
        match ffi!(llvm_sys::bit_writer::LLVMWriteBitcodeToFile(
            self.0,
            c_path.as_ptr()
        )) {
            0 => Ok(()),
            _ => Err(format!("cannot write {path}")),
        }
    }
}

impl std::fmt::Display for Module {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let text = take(ffi!(core::LLVMPrintModuleToString(self.0)));
        f.write_str(&text.unwrap_or_default())
    }
}
