//! What holding functions needs: loop latches of unsimplified code, inlining of one call.

use crate::function::Function;
use crate::pipeline::Analyses;
use crate::value::Value;
use llvm_sys::prelude::LLVMValueRef;
use std::ffi::{c_int, c_void};

unsafe extern "C" {
    fn rz_loop_latches(
        fam: *mut c_void,
        function: LLVMValueRef,
        out: *mut LLVMValueRef,
        room: usize,
    ) -> usize;
    fn rz_is_musttail(call: LLVMValueRef) -> c_int;
    fn rz_inline_call(call: LLVMValueRef) -> c_int;
    fn rz_own_locations(function: LLVMValueRef);
}

impl Analyses {
    /// True when `function` has a loop with one entry.
    pub fn has_loops(self, function: Function) -> bool {
        let raw = function.value().raw();
        ffi!(rz_loop_latches(
            self.function_manager(),
            raw,
            std::ptr::null_mut(),
            0
        )) != 0
    }

    /// Terminators of all latches of all loops of `function`.
    pub fn latches(self, function: Function) -> Vec<Value> {
        let raw = function.value().raw();
        let count = ffi!(rz_loop_latches(
            self.function_manager(),
            raw,
            std::ptr::null_mut(),
            0
        ));
        let mut out = vec![std::ptr::null_mut(); count];
        ffi!(rz_loop_latches(
            self.function_manager(),
            raw,
            out.as_mut_ptr(),
            count
        ));
        out.into_iter().map(Value).collect()
    }

    /// Inlines `call` into its function; false when LLVM refuses.
    pub fn inline(self, call: Value) -> bool {
        let caller = call.function();
        let done = ffi!(rz_inline_call(call.raw())) != 0;
        self.invalidate(caller);
        done
    }
}

impl Value {
    /// True for a `musttail` call.
    pub fn is_musttail(self) -> bool {
        ffi!(rz_is_musttail(self.raw())) != 0
    }
}

impl Function {
    /// Moves source positions of instructions copied from other functions into this function's scope; the
    /// verifier refuses foreign ones.
    pub fn own_locations(self) {
        ffi!(rz_own_locations(self.value().raw()));
    }
}
