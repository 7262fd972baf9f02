//! Writing instructions: memory.

use crate::builder::{Builder, NO_NAME};
use crate::module::Module;
use crate::types::Type;
use crate::value::Value;
use llvm_sys::{LLVMAtomicOrdering, LLVMAtomicRMWBinOp, core};

impl Builder {
    /// `alloca` at the start of the entry block; the position stays.
    pub fn entry_alloca(&self, ty: Type, align: u32) -> Value {
        let context = ty.context();
        let here = Builder::new(context);
        let entry = self.function().entry().expect("a position is in a body");
        match entry.first() {
            Some(first) => here.position_before(first),
            None => here.position_at_end(entry),
        }
        here.alloca(ty, None, align)
    }

    /// `alloca` here; `count` elements when given.
    pub fn alloca(&self, ty: Type, count: Option<Value>, align: u32) -> Value {
        let inst = Value(match count {
            None => ffi!(core::LLVMBuildAlloca(self.0, ty.0, NO_NAME)),
            Some(count) => ffi!(core::LLVMBuildArrayAlloca(self.0, ty.0, count.0, NO_NAME)),
        });
        if align != 0 {
            inst.set_align(align);
        }
        inst
    }

    /// `load`; alignment 0 means the type's own.
    pub fn load(&self, ty: Type, pointer: Value, align: u32) -> Value {
        let inst = Value(ffi!(core::LLVMBuildLoad2(self.0, ty.0, pointer.0, NO_NAME)));
        if align != 0 {
            inst.set_align(align);
        }
        inst
    }

    /// `store`; alignment 0 means the type's own.
    pub fn store(&self, value: Value, pointer: Value, align: u32) -> Value {
        let inst = Value(ffi!(core::LLVMBuildStore(self.0, value.0, pointer.0)));
        if align != 0 {
            inst.set_align(align);
        }
        inst
    }

    /// Typed `getelementptr` with no-wrap flags (bit 0 inbounds, 1 nusw, 2 nuw).
    pub fn gep(&self, element: Type, pointer: Value, indices: &[Value], flags: u32) -> Value {
        let mut raw: Vec<_> = indices.iter().map(|v| v.0).collect();
        Value(ffi!(core::LLVMBuildGEPWithNoWrapFlags(
            self.0,
            element.0,
            pointer.0,
            raw.as_mut_ptr(),
            raw.len() as u32,
            NO_NAME,
            flags
        )))
    }

    /// `pointer + bytes`, no claims about bounds.
    pub fn ptr_add(&self, pointer: Value, bytes: Value) -> Value {
        self.gep(pointer.context().int(8), pointer, &[bytes], 0)
    }

    /// `pointer + constant bytes`; the pointer itself for 0.
    pub fn ptr_offset(&self, pointer: Value, bytes: i64) -> Value {
        if bytes == 0 {
            return pointer;
        }
        let index = pointer.context().int(64).int_const_signed(bytes);
        self.ptr_add(pointer, index)
    }

    /// Address of a struct's field, in bounds.
    pub fn field(&self, structure: Type, pointer: Value, index: u32) -> Value {
        let int = pointer.context().int(32);
        let indices = [int.int_const(0), int.int_const(u64::from(index))];
        self.gep(structure, pointer, &indices, 1)
    }

    /// `llvm.memcpy`.
    pub fn memcpy(
        &self,
        dst: Value,
        dst_align: u32,
        src: Value,
        src_align: u32,
        bytes: Value,
    ) -> Value {
        Value(ffi!(core::LLVMBuildMemCpy(
            self.0, dst.0, dst_align, src.0, src_align, bytes.0
        )))
    }

    /// `llvm.memmove`.
    pub fn memmove(
        &self,
        dst: Value,
        dst_align: u32,
        src: Value,
        src_align: u32,
        bytes: Value,
    ) -> Value {
        Value(ffi!(core::LLVMBuildMemMove(
            self.0, dst.0, dst_align, src.0, src_align, bytes.0
        )))
    }

    /// `llvm.memset`.
    pub fn memset(&self, dst: Value, byte: Value, bytes: Value, align: u32) -> Value {
        Value(ffi!(core::LLVMBuildMemSet(
            self.0, dst.0, byte.0, bytes.0, align
        )))
    }

    /// Relaxed atomic float addition.
    pub fn atomic_fadd(&self, pointer: Value, value: Value, align: u32) -> Value {
        let inst = Value(ffi!(core::LLVMBuildAtomicRMW(
            self.0,
            LLVMAtomicRMWBinOp::LLVMAtomicRMWBinOpFAdd,
            pointer.0,
            value.0,
            LLVMAtomicOrdering::LLVMAtomicOrderingMonotonic,
            0
        )));
        if align != 0 {
            inst.set_align(align);
        }
        inst
    }

    /// Atomic addition or subtraction of a float where `exchange`, a `cmpxchg`, exchanges, as ordered as that is.
    pub fn atomic_add_like(&self, exchange: Value, value: Value, subtract: bool) -> Value {
        let op = if subtract {
            LLVMAtomicRMWBinOp::LLVMAtomicRMWBinOpFSub
        } else {
            LLVMAtomicRMWBinOp::LLVMAtomicRMWBinOpFAdd
        };
        let inst = Value(ffi!(core::LLVMBuildAtomicRMW(
            self.0,
            op,
            exchange.operand(0).0,
            value.0,
            core::LLVMGetCmpXchgSuccessOrdering(exchange.0),
            core::LLVMIsAtomicSingleThread(exchange.0)
        )));
        inst.set_align(exchange.align());
        inst
    }

    /// Bytes of a type as a pointer-wide integer constant.
    pub fn size_of(&self, module: Module, ty: Type) -> Value {
        module.int_ptr().int_const(module.alloc_size(ty))
    }
}
