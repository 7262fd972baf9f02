//! The host's side of the plugin: extension points, options, reports.
//!
//! `shim/plugin.cpp` registers passes with the host and calls the one handler installed here. The
//! handler runs behind a barrier that turns panics into diagnostics, so nothing unwinds into the
//! host. Nothing touches LLVM before [`check_host`] agreed with its version.

use crate::{Analyses, Function, Module};
use llvm_sys::prelude::{LLVMModuleRef, LLVMValueRef};
use std::ffi::{CStr, CString, c_char, c_int, c_uint, c_void};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::OnceLock;

/// Where in the host's pipeline the handler runs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Point {
    /// Start of the pipeline, before any optimization.
    Start,
    /// After simplification, before vectorization.
    Early,
    /// Start of the link-time pipeline over the merged module.
    FullLto,
    /// A pass named on the command line.
    Named,
    /// The pass that only reads registrations.
    Register,
}

/// Which part of a build the pipeline belongs to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Phase {
    /// No link-time optimization: the module is compiled now.
    Whole,
    /// Compile step of `ThinLTO`.
    ThinPre,
    /// Link step of `ThinLTO`.
    ThinPost,
    /// Compile step of full LTO.
    FullPre,
    /// Link step of full LTO.
    FullPost,
}

impl Phase {
    /// More of the program will be known later.
    pub fn is_pre_link(self) -> bool {
        matches!(self, Self::ThinPre | Self::FullPre)
    }
}

/// Where and how the handler is called.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Site {
    /// Extension point.
    pub point: Point,
    /// Part of the build.
    pub phase: Phase,
    /// Optimization level, 0 to 3.
    pub speed: u32,
    /// Size level, 0 to 2.
    pub size: u32,
}

/// Runs at an extension point; true when the module was changed.
pub type Handler = fn(Analyses, Site) -> bool;

/// What the plugin record says about the plugin.
#[derive(Clone, Copy, Debug)]
pub struct Identity {
    /// Name shown by the host.
    pub name: &'static CStr,
    /// Version shown by the host.
    pub version: &'static CStr,
}

/// The record `llvmGetPassPluginInfo` returns, in the layout of LLVM 22.
#[repr(C)]
#[derive(Debug)]
pub struct PluginInfo {
    api: u32,
    name: *const c_char,
    version: *const c_char,
    register: *const c_void,
    before_codegen: *const c_void,
}

impl Default for PluginInfo {
    fn default() -> Self {
        Self {
            api: 0,
            name: std::ptr::null(),
            version: std::ptr::null(),
            register: std::ptr::null(),
            before_codegen: std::ptr::null(),
        }
    }
}

#[repr(C)]
struct RawSite {
    point: i32,
    phase: i32,
    speed: i32,
    size: i32,
}

type RawHandler = extern "C" fn(LLVMModuleRef, *mut c_void, *const RawSite) -> c_int;

unsafe extern "C" {
    fn rz_plugin_set_callback(callback: RawHandler);
    fn rz_plugin_info(out: *mut PluginInfo, name: *const c_char, version: *const c_char);
    fn rz_plugin_version_ok(major: c_uint, minor: c_uint) -> c_int;
    fn rz_plugin_register_options();
    fn rz_plugin_option(family: c_int, index: usize) -> *const c_char;
    fn rz_plugin_report(
        function: LLVMValueRef,
        warning: c_int,
        message: *const c_char,
        file: *const c_char,
        line: c_uint,
        column: c_uint,
    );
    fn dlsym(handle: *mut c_void, name: *const c_char) -> *mut c_void;
}

static HANDLER: OnceLock<Handler> = OnceLock::new();

/// The LLVM version this crate was compiled against.
pub const BUILT_FOR: &str = "22.1";

/// Checks that the process runs the LLVM this crate was compiled against; otherwise its version.
pub fn check_host() -> Result<(), String> {
    type GetVersion = unsafe extern "C" fn(*mut c_uint, *mut c_uint, *mut c_uint);
    // The symbol is looked up by hand because hosts older than LLVM 16 do not have it.
    // SAFETY: a null handle is `RTLD_DEFAULT`; the name is a C string.
    let symbol = unsafe { dlsym(std::ptr::null_mut(), c"LLVMGetVersion".as_ptr()) };
    if symbol.is_null() {
        return Err("an LLVM older than 16".to_owned());
    }
    let (mut major, mut minor, mut patch) = (0, 0, 0);
    // SAFETY: `LLVMGetVersion` has had this prototype since it exists.
    let ok = unsafe {
        std::mem::transmute::<*mut c_void, GetVersion>(symbol)(
            &raw mut major,
            &raw mut minor,
            &raw mut patch,
        );
        rz_plugin_version_ok(major, minor)
    };
    if ok == 0 {
        return Err(format!("LLVM {major}.{minor}.{patch}"));
    }
    Ok(())
}

/// Fills the host's plugin record and connects `handler` to the extension points.
///
/// # Safety
/// `out` points to a record of LLVM 22's layout, and [`check_host`] has succeeded.
pub unsafe fn accept(out: *mut PluginInfo, identity: Identity, handler: Handler) {
    HANDLER.get_or_init(|| handler);
    // SAFETY: by the contract of this function; the strings are static.
    unsafe {
        rz_plugin_set_callback(trampoline);
        rz_plugin_register_options();
        rz_plugin_info(out, identity.name.as_ptr(), identity.version.as_ptr());
    }
}

/// Fills the plugin record so that any host refuses the plugin by itself.
///
/// # Safety
/// `out` points to at least the first four fields of a plugin record, as every LLVM provides.
pub unsafe fn refuse(out: *mut PluginInfo, identity: Identity) {
    // SAFETY: by the contract of this function; older hosts have no fifth field, so it is not written.
    unsafe {
        (*out).api = 0;
        (*out).name = identity.name.as_ptr();
        (*out).version = identity.version.as_ptr();
        (*out).register = std::ptr::null();
    }
}

/// The families of command-line options.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Family {
    /// `-ribozyme-…`
    Own,
    /// `-enzyme-…`
    Dash,
    /// `-enzyme_…`
    Underscore,
}

/// The options given on the host's command line, without their prefix.
pub fn options(family: Family) -> Vec<String> {
    let family = match family {
        Family::Own => 0,
        Family::Dash => 1,
        Family::Underscore => 2,
    };
    // SAFETY: the strings live as long as the host's option table.
    (0..)
        .map_while(|index| unsafe {
            let text = rz_plugin_option(family, index);
            (!text.is_null()).then(|| CStr::from_ptr(text).to_string_lossy().into_owned())
        })
        .collect()
}

/// A source position for [`report`].
#[derive(Clone, Copy, Debug)]
pub struct At<'a> {
    /// File as the front end wrote it.
    pub file: &'a str,
    /// Line from 1.
    pub line: u32,
    /// Column from 1, 0 when unknown.
    pub column: u32,
}

/// Reports an error or a warning about `function` through the host.
pub fn report(function: Function, warning: bool, message: &str, at: Option<At>) {
    let message = c_string(message);
    let file = at.map(|at| c_string(at.file));
    // SAFETY: all pointers are valid during the call; the function is alive.
    unsafe {
        rz_plugin_report(
            function.value().raw(),
            c_int::from(warning),
            message.as_ptr(),
            file.as_ref().map_or(std::ptr::null(), |file| file.as_ptr()),
            at.map_or(0, |at| at.line),
            at.map_or(0, |at| at.column),
        );
    }
}

fn c_string(text: &str) -> CString {
    CString::new(text.replace('\0', "\u{fffd}")).unwrap_or_default()
}

/// Called by the shim at every extension point.
extern "C" fn trampoline(
    module: LLVMModuleRef,
    analyses: *mut c_void,
    site: *const RawSite,
) -> c_int {
    let Some(handler) = HANDLER.get() else {
        return 0;
    };
    // SAFETY: the shim passes a live module, its analysis manager and a site of its own.
    let (analyses, site) = unsafe {
        let module = Module::from_raw(module);
        (Analyses::from_raw(analyses, module), site_of(&*site))
    };
    match catch_unwind(AssertUnwindSafe(|| handler(analyses, site))) {
        Ok(changed) => c_int::from(changed),
        // The handler has its own barrier with a better report; this one only keeps the host alive.
        Err(_) => 1,
    }
}

fn site_of(raw: &RawSite) -> Site {
    Site {
        point: match raw.point {
            0 => Point::Start,
            1 => Point::Early,
            2 => Point::FullLto,
            4 => Point::Register,
            _ => Point::Named,
        },
        phase: match raw.phase {
            1 => Phase::ThinPre,
            2 => Phase::ThinPost,
            3 => Phase::FullPre,
            4 => Phase::FullPost,
            _ => Phase::Whole,
        },
        speed: raw.speed.max(0) as u32,
        size: raw.size.max(0) as u32,
    }
}
