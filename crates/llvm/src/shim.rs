//! Declarations of `shim/*.cpp`, by topic.

use llvm_sys::prelude::{
    LLVMAttributeRef, LLVMBasicBlockRef, LLVMBuilderRef, LLVMContextRef, LLVMMetadataRef,
    LLVMModuleRef, LLVMTypeRef, LLVMValueRef,
};
use std::ffi::{c_char, c_int, c_uint, c_void};

// value.cpp
unsafe extern "C" {
    pub(crate) fn rz_opcode(v: LLVMValueRef) -> c_uint;
    pub(crate) fn rz_const_opcode(v: LLVMValueRef) -> c_uint;
    pub(crate) fn rz_const_opcode_name(v: LLVMValueRef) -> *const c_char;
    pub(crate) fn rz_opcode_name(v: LLVMValueRef) -> *const c_char;
    pub(crate) fn rz_type_kind(t: LLVMTypeRef) -> c_uint;
    pub(crate) fn rz_rmw_op(v: LLVMValueRef) -> c_uint;
    pub(crate) fn rz_is_atomic(v: LLVMValueRef) -> c_int;
    pub(crate) fn rz_linkage(v: LLVMValueRef) -> c_uint;
    pub(crate) fn rz_set_linkage(v: LLVMValueRef, l: c_uint);
    pub(crate) fn rz_is_interposable(v: LLVMValueRef) -> c_int;
    pub(crate) fn rz_dso_local(v: LLVMValueRef) -> c_int;
    pub(crate) fn rz_set_dso_local(v: LLVMValueRef, on: c_int);
    pub(crate) fn rz_set_comdat_none(v: LLVMValueRef);
    pub(crate) fn rz_set_comdat_any(v: LLVMValueRef);
    pub(crate) fn rz_aliasee(v: LLVMValueRef) -> LLVMValueRef;
    pub(crate) fn rz_float_bits(v: LLVMValueRef, lo: *mut u64, hi: *mut u64) -> c_int;
    pub(crate) fn rz_float_from_bits(t: LLVMTypeRef, lo: u64, hi: u64) -> LLVMValueRef;
    pub(crate) fn rz_float_from_f64(t: LLVMTypeRef, d: f64) -> LLVMValueRef;
    pub(crate) fn rz_int_bits(v: LLVMValueRef, lo: *mut u64, hi: *mut u64) -> c_int;
    pub(crate) fn rz_int_from_bits(t: LLVMTypeRef, lo: u64, hi: u64) -> LLVMValueRef;
    pub(crate) fn rz_splat(t: LLVMTypeRef, elem: LLVMValueRef) -> LLVMValueRef;
    pub(crate) fn rz_splat_value(v: LLVMValueRef) -> LLVMValueRef;
    pub(crate) fn rz_aggregate_element(v: LLVMValueRef, i: c_uint) -> LLVMValueRef;
    pub(crate) fn rz_constant_kind(v: LLVMValueRef) -> c_int;
    pub(crate) fn rz_asm_side_effects(v: LLVMValueRef) -> c_int;
    pub(crate) fn rz_gep_decompose(
        m: LLVMModuleRef,
        v: LLVMValueRef,
        offset: *mut i64,
        index: *mut c_uint,
        scale: *mut u64,
    ) -> c_int;
    pub(crate) fn rz_call_effects(v: LLVMValueRef) -> c_uint;
    pub(crate) fn rz_function_effects(v: LLVMValueRef) -> c_uint;
    pub(crate) fn rz_call_has_attr(v: LLVMValueRef, kind: c_uint) -> c_int;
    pub(crate) fn rz_call_arg_has_attr(v: LLVMValueRef, arg: c_uint, kind: c_uint) -> c_int;
    pub(crate) fn rz_call_arg_nocapture(v: LLVMValueRef, arg: c_uint) -> c_int;
    pub(crate) fn rz_call_byval(v: LLVMValueRef, arg: c_uint) -> LLVMTypeRef;
    pub(crate) fn rz_call_returns_noalias(v: LLVMValueRef) -> c_int;
    pub(crate) fn rz_call_num_bundles(v: LLVMValueRef) -> c_uint;
    pub(crate) fn rz_param_nocapture(f: LLVMValueRef, arg: c_uint) -> c_int;
    pub(crate) fn rz_func_has_attr(f: LLVMValueRef, kind: c_uint) -> c_int;
    pub(crate) fn rz_attr_name(a: LLVMAttributeRef) -> *mut c_char;
    pub(crate) fn rz_attr_text(a: LLVMAttributeRef) -> *mut c_char;
    pub(crate) fn rz_strip_function_attrs(f: LLVMValueRef);
    pub(crate) fn rz_strip_call_attrs(c: LLVMValueRef);
    pub(crate) fn rz_drop_poison_flags(v: LLVMValueRef);
    pub(crate) fn rz_phi_remove(p: LLVMValueRef, b: LLVMBasicBlockRef) -> LLVMValueRef;
    pub(crate) fn rz_phi_set_block(p: LLVMValueRef, i: c_uint, b: LLVMBasicBlockRef);
    pub(crate) fn rz_position_before(b: LLVMBuilderRef, i: LLVMValueRef);
    pub(crate) fn rz_position_after(b: LLVMBuilderRef, i: LLVMValueRef);
    pub(crate) fn rz_position_start(b: LLVMBuilderRef, block: LLVMBasicBlockRef);
    pub(crate) fn rz_position_end(b: LLVMBuilderRef, block: LLVMBasicBlockRef);
    pub(crate) fn rz_builder_set_fast(b: LLVMBuilderRef, bits: c_uint);
    pub(crate) fn rz_split_block(before: LLVMValueRef, name: *const c_char) -> LLVMBasicBlockRef;
    pub(crate) fn rz_delete_block(b: LLVMBasicBlockRef);
    pub(crate) fn rz_verify_function(f: LLVMValueRef) -> *mut c_char;
    pub(crate) fn rz_verify_module(m: LLVMModuleRef) -> *mut c_char;
    pub(crate) fn rz_struct_name(t: LLVMTypeRef) -> *mut c_char;
    pub(crate) fn rz_type_sized(t: LLVMTypeRef) -> c_int;
    pub(crate) fn rz_vector_type(elem: LLVMTypeRef, len: c_uint, scalable: c_int) -> LLVMTypeRef;
    pub(crate) fn rz_fixed_alloc_size(m: LLVMModuleRef, t: LLVMTypeRef) -> u64;
    pub(crate) fn rz_fixed_store_size(m: LLVMModuleRef, t: LLVMTypeRef) -> u64;
}

// meta.cpp
unsafe extern "C" {
    pub(crate) fn rz_md_kind_name(c: LLVMContextRef, kind: c_uint) -> *mut c_char;
    pub(crate) fn rz_inst_md(v: LLVMValueRef, kind: c_uint) -> LLVMMetadataRef;
    pub(crate) fn rz_inst_set_md(v: LLVMValueRef, kind: c_uint, md: LLVMMetadataRef);
    pub(crate) fn rz_global_md(v: LLVMValueRef, kind: c_uint) -> LLVMMetadataRef;
    pub(crate) fn rz_global_set_md(v: LLVMValueRef, kind: c_uint, md: LLVMMetadataRef);
    pub(crate) fn rz_global_drop_dead_users(v: LLVMValueRef);
    pub(crate) fn rz_inst_md_kinds(v: LLVMValueRef, out: *mut c_uint, room: c_uint) -> c_uint;
    pub(crate) fn rz_global_md_kinds(v: LLVMValueRef, out: *mut c_uint, room: c_uint) -> c_uint;
    pub(crate) fn rz_md_class(md: LLVMMetadataRef) -> c_uint;
    pub(crate) fn rz_md_len(md: LLVMMetadataRef) -> c_uint;
    pub(crate) fn rz_md_operand(md: LLVMMetadataRef, i: c_uint) -> LLVMMetadataRef;
    pub(crate) fn rz_md_string(md: LLVMMetadataRef) -> *mut c_char;
    pub(crate) fn rz_md_int(md: LLVMMetadataRef) -> i64;
    pub(crate) fn rz_md_value(md: LLVMMetadataRef) -> LLVMValueRef;
    pub(crate) fn rz_md_of_value(v: LLVMValueRef) -> LLVMMetadataRef;
    pub(crate) fn rz_md_distinct(md: LLVMMetadataRef) -> c_int;
    pub(crate) fn rz_alias_domain(c: LLVMContextRef, name: *const c_char) -> LLVMMetadataRef;
    pub(crate) fn rz_alias_scope(
        c: LLVMContextRef,
        domain: LLVMMetadataRef,
        name: *const c_char,
    ) -> LLVMMetadataRef;
    pub(crate) fn rz_loop_id(
        c: LLVMContextRef,
        old: LLVMMetadataRef,
        extra: LLVMMetadataRef,
        drop: *const c_char,
    ) -> LLVMMetadataRef;
}

// clone.cpp
unsafe extern "C" {
    pub(crate) fn rz_map_new() -> *mut c_void;
    pub(crate) fn rz_map_free(m: *mut c_void);
    pub(crate) fn rz_map_set(m: *mut c_void, k: LLVMValueRef, v: LLVMValueRef);
    pub(crate) fn rz_map_get(m: *mut c_void, k: LLVMValueRef) -> LLVMValueRef;
    pub(crate) fn rz_clone_into(
        new: LLVMValueRef,
        old: LLVMValueRef,
        m: *mut c_void,
        global_changes: c_int,
        suffix: *const c_char,
    );
    pub(crate) fn rz_map_constant(m: *mut c_void, c: LLVMValueRef) -> LLVMValueRef;
    pub(crate) fn rz_map_remap(m: *mut c_void, i: LLVMValueRef);
}

// pipeline.cpp
unsafe extern "C" {
    pub(crate) fn rz_managers_new() -> *mut c_void;
    pub(crate) fn rz_managers_free(a: *mut c_void);
    pub(crate) fn rz_managers_mam(a: *mut c_void) -> *mut c_void;
    pub(crate) fn rz_fam_of(mam: *mut c_void, m: LLVMModuleRef) -> *mut c_void;
    pub(crate) fn rz_pipeline_new(text: *const c_char, out: *mut *mut c_void) -> *mut c_char;
    pub(crate) fn rz_pipeline_free(pipeline: *mut c_void);
    pub(crate) fn rz_pipeline_run(pipeline: *mut c_void, fam: *mut c_void, f: LLVMValueRef);
    pub(crate) fn rz_run_module(
        mam: *mut c_void,
        m: LLVMModuleRef,
        text: *const c_char,
    ) -> *mut c_char;
    pub(crate) fn rz_invalidate_function(fam: *mut c_void, f: LLVMValueRef);
    pub(crate) fn rz_forget_function(fam: *mut c_void, f: LLVMValueRef);
    pub(crate) fn rz_invalidate_module(mam: *mut c_void, m: LLVMModuleRef);
}

// alias.cpp
unsafe extern "C" {
    pub(crate) fn rz_oracle_new(fam: *mut c_void, f: LLVMValueRef) -> *mut c_void;
    pub(crate) fn rz_oracle_free(o: *mut c_void);
    pub(crate) fn rz_oracle_modref(
        o: *mut c_void,
        i: LLVMValueRef,
        p: LLVMValueRef,
        sized: c_int,
        size: u64,
        crossing: c_int,
    ) -> c_uint;
    pub(crate) fn rz_oracle_alias(
        o: *mut c_void,
        p: LLVMValueRef,
        p_sized: c_int,
        p_size: u64,
        q: LLVMValueRef,
        q_sized: c_int,
        q_size: u64,
        crossing: c_int,
    ) -> c_uint;
}

// scev.cpp
unsafe extern "C" {
    pub(crate) fn rz_backedge_count(
        fam: *mut c_void,
        f: LLVMValueRef,
        header: LLVMBasicBlockRef,
        out: *mut u64,
        room: usize,
    ) -> usize;
    pub(crate) fn rz_step(
        fam: *mut c_void,
        f: LLVMValueRef,
        v: LLVMValueRef,
        header: LLVMBasicBlockRef,
        out: *mut i64,
    ) -> c_int;
    pub(crate) fn rz_distance(
        fam: *mut c_void,
        f: LLVMValueRef,
        a: LLVMValueRef,
        b: LLVMValueRef,
        out: *mut i64,
    ) -> c_int;
    pub(crate) fn rz_affine(
        fam: *mut c_void,
        f: LLVMValueRef,
        v: LLVMValueRef,
        header: LLVMBasicBlockRef,
        out: *mut u64,
        room: usize,
    ) -> usize;
    pub(crate) fn rz_written_range(
        fam: *mut c_void,
        f: LLVMValueRef,
        writer: LLVMValueRef,
        header: LLVMBasicBlockRef,
        out: *mut u64,
        room: usize,
    ) -> usize;
}

// ends.cpp
unsafe extern "C" {
    pub(crate) fn rz_end(
        fam: *mut c_void,
        f: LLVMValueRef,
        header: LLVMBasicBlockRef,
        predicate: c_uint,
        a: LLVMValueRef,
        b: LLVMValueRef,
        exit_a: LLVMValueRef,
        exit_b: LLVMValueRef,
        out: *mut c_int,
    ) -> c_int;
    pub(crate) fn rz_first_and_last(
        fam: *mut c_void,
        f: LLVMValueRef,
        v: LLVMValueRef,
        header: LLVMBasicBlockRef,
        at: LLVMValueRef,
        first: *mut LLVMValueRef,
        last: *mut LLVMValueRef,
    ) -> c_int;
}

// range.cpp
unsafe extern "C" {
    pub(crate) fn rz_range(
        fam: *mut c_void,
        f: LLVMValueRef,
        v: LLVMValueRef,
        out: *mut u64,
    ) -> c_int;
}

// written.cpp
unsafe extern "C" {
    pub(crate) fn rz_written_before(
        fam: *mut c_void,
        f: LLVMValueRef,
        load: LLVMValueRef,
        header: LLVMBasicBlockRef,
    ) -> c_int;
}

// library.cpp
unsafe extern "C" {
    pub(crate) fn rz_library_new(m: LLVMModuleRef) -> *mut c_void;
    pub(crate) fn rz_library_free(l: *mut c_void);
    pub(crate) fn rz_library_knows(l: *mut c_void, f: LLVMValueRef) -> c_int;
}

// alike.cpp
unsafe extern "C" {
    pub(crate) fn rz_outline_of_code(f: LLVMValueRef) -> u64;
    pub(crate) fn rz_part_classes(
        functions: *const LLVMValueRef,
        numbers: *mut u32,
        count: u32,
    ) -> c_int;
}
