//! Strings across the boundary.

use std::ffi::{CStr, CString, c_char};

/// A C string; interior zero bytes end it, as they would for LLVM.
pub(crate) fn c(text: &str) -> CString {
    let text = text.split('\0').next().unwrap_or_default();
    CString::new(text).unwrap_or_default()
}

/// Takes a string that LLVM or the shim allocated for us.
pub(crate) fn take(raw: *mut c_char) -> Option<String> {
    if raw.is_null() {
        return None;
    }
    let text = ffi!(CStr::from_ptr(raw)).to_string_lossy().into_owned();
    ffi!(llvm_sys::core::LLVMDisposeMessage(raw));
    Some(text)
}

/// Copies a string LLVM keeps.
pub(crate) fn copy(raw: *const c_char, len: usize) -> String {
    if raw.is_null() {
        return String::new();
    }
    let bytes = ffi!(std::slice::from_raw_parts(raw.cast::<u8>(), len));
    String::from_utf8_lossy(bytes).into_owned()
}
