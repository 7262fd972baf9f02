//! Debug locations.

use crate::context::Context;
use crate::metadata::Metadata;
use crate::text::copy;
use crate::value::Value;
use llvm_sys::debuginfo;
use llvm_sys::prelude::LLVMMetadataRef;

/// A debug location (`!DILocation`).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct DebugLoc(pub(crate) LLVMMetadataRef);

impl DebugLoc {
    pub(crate) fn new(context: Context, line: u32, column: u32, scope: LLVMMetadataRef) -> Self {
        Self(ffi!(debuginfo::LLVMDIBuilderCreateDebugLocation(
            context.0,
            line,
            column,
            scope,
            std::ptr::null_mut()
        )))
    }

    /// Line, 0 when unknown.
    pub fn line(self) -> u32 {
        ffi!(debuginfo::LLVMDILocationGetLine(self.0))
    }

    /// Column, 0 when unknown.
    pub fn column(self) -> u32 {
        ffi!(debuginfo::LLVMDILocationGetColumn(self.0))
    }

    /// File name as the front end wrote it.
    pub fn file(self) -> Option<String> {
        let scope = ffi!(debuginfo::LLVMDILocationGetScope(self.0));
        let file = ffi!(debuginfo::LLVMDIScopeGetFile(scope));
        if file.is_null() {
            return None;
        }
        let mut len = 0;
        let raw = ffi!(debuginfo::LLVMDIFileGetFilename(file, &raw mut len));
        Some(copy(raw, len as usize))
    }

    /// As metadata.
    pub fn metadata(self) -> Metadata {
        Metadata(self.0)
    }
}

impl Value {
    /// Debug location of an instruction.
    pub fn debug_loc(self) -> Option<DebugLoc> {
        let raw = ffi!(debuginfo::LLVMInstructionGetDebugLoc(self.0));
        (!raw.is_null()).then_some(DebugLoc(raw))
    }

    /// Sets or removes the debug location of an instruction.
    pub fn set_debug_loc(self, location: Option<DebugLoc>) {
        let raw = location.map_or(std::ptr::null_mut(), |l| l.0);
        ffi!(debuginfo::LLVMInstructionSetDebugLoc(self.0, raw));
    }
}
