//! Running LLVM's passes and reaching its analyses.

use crate::function::Function;
use crate::module::Module;
use crate::shim;
use crate::text::{c, take};
use std::ffi::c_void;

/// The host's (or our own) analysis managers for one module.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Analyses {
    mam: *mut c_void,
    fam: *mut c_void,
    module: Module,
}

/// Analysis managers of our own, for tests and tools. Drop before the module.
#[derive(Debug)]
pub struct OwnedAnalyses {
    raw: *mut c_void,
    handle: Analyses,
}

impl OwnedAnalyses {
    /// Fresh managers with all of LLVM's analyses registered.
    pub fn new(module: Module) -> Self {
        let raw = ffi!(shim::rz_managers_new());
        let mam = ffi!(shim::rz_managers_mam(raw));
        let fam = ffi!(shim::rz_fam_of(mam, module.0));
        Self {
            raw,
            handle: Analyses { mam, fam, module },
        }
    }

    /// The handle.
    pub fn get(&self) -> Analyses {
        self.handle
    }
}

/// Passes that run on a function at a time, one function after the other.
#[derive(Debug)]
pub struct Pipeline {
    raw: *mut c_void,
}

impl Pipeline {
    /// Reads a text such as `sroa,early-cse,loop(loop-rotate)`. Fails when it is not a pipeline.
    pub fn parse(text: &str) -> Result<Self, String> {
        let text = c(text);
        let mut raw = std::ptr::null_mut();
        take(ffi!(shim::rz_pipeline_new(text.as_ptr(), &raw mut raw))).map_or(Ok(Self { raw }), Err)
    }
}

impl Drop for Pipeline {
    fn drop(&mut self) {
        ffi!(shim::rz_pipeline_free(self.raw));
    }
}

impl Drop for OwnedAnalyses {
    fn drop(&mut self) {
        ffi!(shim::rz_managers_free(self.raw));
    }
}

impl Analyses {
    /// Wraps the host's `ModuleAnalysisManager`.
    ///
    /// # Safety
    /// `mam` points to the live `llvm::ModuleAnalysisManager` that the host runs passes on `module` with.
    pub unsafe fn from_raw(mam: *mut c_void, module: Module) -> Self {
        let fam = ffi!(shim::rz_fam_of(mam, module.0));
        Self { mam, fam, module }
    }

    /// The module.
    pub fn module(self) -> Module {
        self.module
    }

    /// The `FunctionAnalysisManager`, for C++ adapters.
    pub fn function_manager(self) -> *mut c_void {
        self.fam
    }

    /// Runs a pipeline on one function.
    pub fn run_on(self, function: Function, pipeline: &Pipeline) {
        ffi!(shim::rz_pipeline_run(pipeline.raw, self.fam, function.0.0));
    }

    /// Runs a module pipeline such as `inline,globaldce` on the module.
    pub fn run(self, pipeline: &str) -> Result<(), String> {
        let text = c(pipeline);
        take(ffi!(shim::rz_run_module(
            self.mam,
            self.module.0,
            text.as_ptr()
        )))
        .map_or(Ok(()), Err)
    }

    /// To be called after changing a function by hand.
    pub fn invalidate(self, function: Function) {
        ffi!(shim::rz_invalidate_function(self.fam, function.0.0));
    }

    /// To be called before erasing a function.
    pub fn forget(self, function: Function) {
        ffi!(shim::rz_forget_function(self.fam, function.0.0));
    }

    /// To be called after changing globals or many functions by hand.
    pub fn invalidate_all(self) {
        ffi!(shim::rz_invalidate_module(self.mam, self.module.0));
    }
}
