//! The loadable plugin: `libribozyme.so`.
//!
//! It holds no LLVM. Hosts (opt, clang, flang, lld, rustc) resolve its undefined LLVM symbols when
//! they load it, so the first thing it does is to ask which LLVM that is. What happens at the
//! extension points is in `rz-driver`.
#![allow(unsafe_code)] // The entry point that hosts call.

use rz_diag::{Code, Diagnostic};
use rz_llvm::plugin::{self, Identity, PluginInfo};

const IDENTITY: Identity = Identity {
    name: c"ribozyme",
    version: match std::ffi::CStr::from_bytes_with_nul(
        concat!(env!("CARGO_PKG_VERSION"), "\0").as_bytes(),
    ) {
        Ok(version) => version,
        Err(_) => c"",
    },
};

/// What every host calls after loading the library.
///
/// The record is returned in memory the caller provides. It is written through that pointer and
/// not returned by value, because the record of older hosts is smaller than LLVM 22's and must not
/// be overrun. On x86-64 the two forms are the same function type.
///
/// # Safety
/// Called by an LLVM host, with the record's memory as hidden first argument.
#[cfg(target_arch = "x86_64")]
#[unsafe(no_mangle)]
#[allow(non_snake_case)]
pub unsafe extern "C" fn llvmGetPassPluginInfo(out: *mut PluginInfo) -> *mut PluginInfo {
    match plugin::check_host() {
        // SAFETY: the host is the LLVM whose layout `PluginInfo` has.
        Ok(()) => unsafe { plugin::accept(out, IDENTITY, rz_driver::host::run) },
        Err(found) => {
            eprintln!("error: {}", refusal(&found).text());
            // SAFETY: every host provides the fields that are written.
            unsafe { plugin::refuse(out, IDENTITY) }
        }
    }
    out
}

/// As above, for architectures whose calling convention has no such pointer argument.
#[cfg(not(target_arch = "x86_64"))]
#[unsafe(no_mangle)]
#[allow(non_snake_case)]
pub extern "C" fn llvmGetPassPluginInfo() -> PluginInfo {
    let mut info = PluginInfo::default();
    match plugin::check_host() {
        // SAFETY: the host is the LLVM whose layout `PluginInfo` has.
        Ok(()) => unsafe { plugin::accept(&mut info, IDENTITY, rz_driver::host::run) },
        Err(found) => {
            eprintln!("error: {}", refusal(&found).text());
            // SAFETY: `info` has every field.
            unsafe { plugin::refuse(&mut info, IDENTITY) }
        }
    }
    info
}

fn refusal(found: &str) -> Box<Diagnostic> {
    Diagnostic::error(
        Code::WrongLlvm,
        format!(
            "this plugin was built for LLVM {}, but the tool that loads it has {found}",
            plugin::BUILT_FOR
        ),
    )
    .fix("use clang-22, opt-22, flang-22 or lld-22; `ribozyme doctor` shows what is installed")
}
