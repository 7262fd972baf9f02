//! Global variables, and what functions and variables share.

use crate::metadata::Metadata;
use crate::module::Module;
use crate::shim;
use crate::text::c;
use crate::types::Type;
use crate::value::{Value, ValueKind};
use llvm_sys::core;

/// Linkage of a global.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[allow(missing_docs)]
pub enum Linkage {
    External = 0,
    AvailableExternally = 1,
    LinkOnceAny = 2,
    LinkOnceOdr = 3,
    WeakAny = 4,
    WeakOdr = 5,
    Appending = 6,
    Internal = 7,
    Private = 8,
    ExternalWeak = 9,
    Common = 10,
}

/// A global variable.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Global(pub(crate) Value);

/// What functions and variables share.
impl Value {
    /// Linkage of a global.
    pub fn linkage(self) -> Linkage {
        match ffi!(shim::rz_linkage(self.0)) {
            1 => Linkage::AvailableExternally,
            2 => Linkage::LinkOnceAny,
            3 => Linkage::LinkOnceOdr,
            4 => Linkage::WeakAny,
            5 => Linkage::WeakOdr,
            6 => Linkage::Appending,
            7 => Linkage::Internal,
            8 => Linkage::Private,
            9 => Linkage::ExternalWeak,
            10 => Linkage::Common,
            _ => Linkage::External,
        }
    }

    /// Sets the linkage of a global.
    pub fn set_linkage(self, linkage: Linkage) {
        ffi!(shim::rz_set_linkage(self.0, linkage as u32));
    }

    /// May be replaced by another definition with other behaviour at link time.
    pub fn is_interposable(self) -> bool {
        ffi!(shim::rz_is_interposable(self.0)) != 0
    }

    /// `dso_local`.
    pub fn is_dso_local(self) -> bool {
        ffi!(shim::rz_dso_local(self.0)) != 0
    }

    /// Sets `dso_local`.
    pub fn set_dso_local(self, on: bool) {
        ffi!(shim::rz_set_dso_local(self.0, i32::from(on)));
    }

    /// Hidden visibility.
    pub fn set_hidden(self) {
        ffi!(core::LLVMSetVisibility(
            self.0,
            llvm_sys::LLVMVisibility::LLVMHiddenVisibility
        ));
    }

    /// Removes the global from its comdat group.
    pub fn clear_comdat(self) {
        ffi!(shim::rz_set_comdat_none(self.0));
    }

    /// Puts the global into a comdat group of its own name.
    pub fn set_own_comdat(self) {
        ffi!(shim::rz_set_comdat_any(self.0));
    }

    /// True when a global has no definition here.
    pub fn is_declaration(self) -> bool {
        ffi!(core::LLVMIsDeclaration(self.0)) != 0
    }

    /// Module of a global.
    pub fn global_module(self) -> Module {
        Module(ffi!(core::LLVMGetGlobalParent(self.0)))
    }

    /// Metadata of a function or variable.
    pub fn global_metadata(self, kind: u32) -> Option<Metadata> {
        Metadata::option(ffi!(shim::rz_global_md(self.0, kind)))
    }

    /// Sets or removes metadata of a function or variable.
    pub fn set_global_metadata(self, kind: u32, metadata: Option<Metadata>) {
        let raw = metadata.map_or(std::ptr::null_mut(), |m| m.0);
        ffi!(shim::rz_global_set_md(self.0, kind, raw));
    }

    /// True when code, a variable, or a constant that is used in turn refers to a function or variable.
    pub fn is_referred_to(self) -> bool {
        ffi!(shim::rz_global_drop_dead_users(self.0));
        self.has_uses()
    }

    /// Metadata kinds on a function or variable.
    pub fn global_metadata_kinds(self) -> Vec<u32> {
        let count = ffi!(shim::rz_global_md_kinds(self.0, std::ptr::null_mut(), 0));
        let mut kinds = vec![0; count as usize];
        ffi!(shim::rz_global_md_kinds(self.0, kinds.as_mut_ptr(), count));
        kinds
    }

    /// As a global variable.
    pub fn as_global(self) -> Option<Global> {
        (self.kind() == ValueKind::GlobalVariable).then_some(Global(self))
    }
}

impl Global {
    /// The address.
    pub fn value(self) -> Value {
        self.0
    }

    /// Type of the contents.
    pub fn value_type(self) -> Type {
        Type(ffi!(core::LLVMGlobalGetValueType(self.0.0)))
    }

    /// Initial contents.
    pub fn initializer(self) -> Option<Value> {
        Value::option(ffi!(core::LLVMGetInitializer(self.0.0)))
    }

    /// Sets the initial contents.
    pub fn set_initializer(self, value: Value) {
        ffi!(core::LLVMSetInitializer(self.0.0, value.0));
    }

    /// Declared `constant`.
    pub fn is_constant(self) -> bool {
        ffi!(core::LLVMIsGlobalConstant(self.0.0)) != 0
    }

    /// Declares it `constant` or not.
    pub fn set_constant(self, on: bool) {
        ffi!(core::LLVMSetGlobalConstant(self.0.0, i32::from(on)));
    }

    /// Something else than its initializer may set its first value.
    pub fn is_externally_initialized(self) -> bool {
        ffi!(core::LLVMIsExternallyInitialized(self.0.0)) != 0
    }

    /// Thread-local.
    pub fn is_thread_local(self) -> bool {
        ffi!(core::LLVMIsThreadLocal(self.0.0)) != 0
    }

    /// Copies the thread-local model, alignment and section of another variable.
    pub fn copy_placement(self, other: Global) {
        let mode = ffi!(core::LLVMGetThreadLocalMode(other.0.0));
        ffi!(core::LLVMSetThreadLocalMode(self.0.0, mode));
        ffi!(core::LLVMSetAlignment(
            self.0.0,
            core::LLVMGetAlignment(other.0.0)
        ));
    }

    /// Sets the alignment in bytes.
    pub fn set_align(self, bytes: u32) {
        ffi!(core::LLVMSetAlignment(self.0.0, bytes));
    }

    /// Sets the section of the object file.
    pub fn set_section(self, name: &str) {
        let name = c(name);
        ffi!(core::LLVMSetSection(self.0.0, name.as_ptr()));
    }

    /// Erases the variable.
    pub fn erase(self) {
        ffi!(core::LLVMDeleteGlobal(self.0.0));
    }
}

impl Module {
    /// Adds a global variable without initializer.
    pub fn add_global(self, name: &str, ty: Type, linkage: Linkage) -> Global {
        let name = c(name);
        let value = Value(ffi!(core::LLVMAddGlobal(self.0, ty.0, name.as_ptr())));
        value.set_linkage(linkage);
        Global(value)
    }

    /// Finds a global variable.
    pub fn global(self, name: &str) -> Option<Global> {
        Value::option(ffi!(core::LLVMGetNamedGlobalWithLength(
            self.0,
            name.as_ptr().cast(),
            name.len()
        )))
        .map(Global)
    }

    /// The last global variable. New ones come after it.
    pub fn last_global(self) -> Option<Global> {
        Value::option(ffi!(core::LLVMGetLastGlobal(self.0))).map(Global)
    }

    /// The global variables after one of them, all when there is none.
    pub fn globals_after(self, last: Option<Global>) -> Vec<Global> {
        let Some(Global(Value(mut cursor))) = last else {
            return self.globals();
        };
        let mut list = Vec::new();
        loop {
            cursor = ffi!(core::LLVMGetNextGlobal(cursor));
            if cursor.is_null() {
                return list;
            }
            list.push(Global(Value(cursor)));
        }
    }

    /// All global variables.
    pub fn globals(self) -> Vec<Global> {
        let mut list = Vec::new();
        let mut cursor = ffi!(core::LLVMGetFirstGlobal(self.0));
        while !cursor.is_null() {
            list.push(Global(Value(cursor)));
            cursor = ffi!(core::LLVMGetNextGlobal(cursor));
        }
        list
    }
}
