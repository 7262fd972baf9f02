//! Allocation families. Every allocator names its own deallocator.

use super::Length::{Bytes, Product, Scaled, Unknown};
use super::ReleaseArg::{Align, Pointer, Size};
use super::Writes::Nothing;
use super::{Alloc, Class, Delivery, Entry, Free, Length, Realloc, Release, entry, inactive};

const fn plain(symbol: &'static str) -> Release {
    Release {
        symbol,
        takes: &[Pointer],
    }
}

const FREE: Release = plain("free");
const DELETE: Release = plain("_ZdlPv");
const DELETE_ARRAY: Release = plain("_ZdaPv");
const ALIGNED_DELETE: Release = Release {
    symbol: "_ZdlPvSt11align_val_t",
    takes: &[Pointer, Align],
};
const ALIGNED_DELETE_ARRAY: Release = Release {
    symbol: "_ZdaPvSt11align_val_t",
    takes: &[Pointer, Align],
};
const RUST: Release = Release {
    symbol: "__rust_dealloc",
    takes: &[Pointer, Size, Align],
};

/// An allocator that returns its block, not zeroed, or null.
const fn allocator(size: Length, release: Release) -> Alloc {
    Alloc {
        size,
        align: None,
        zeroed: false,
        nullable: true,
        delivery: Delivery::Result,
        release,
    }
}

const fn aligned(align: u8, size: Length, release: Release) -> Alloc {
    let mut alloc = allocator(size, release);
    alloc.align = Some(align);
    alloc
}

const fn zeroed(mut alloc: Alloc) -> Alloc {
    alloc.zeroed = true;
    alloc
}

const fn throws(mut alloc: Alloc) -> Alloc {
    alloc.nullable = false;
    alloc
}

const fn sized(mut alloc: Alloc) -> Alloc {
    alloc.delivery = Delivery::Sized;
    alloc.nullable = false;
    alloc
}

const fn stored(argument: u8, mut alloc: Alloc) -> Alloc {
    alloc.delivery = Delivery::Memory(argument);
    alloc
}

const fn alloc(alloc: Alloc, signature: &'static str, names: &'static str) -> Entry {
    entry(Class::Alloc(alloc), Nothing, signature, names)
}

const fn realloc(
    size: Length,
    old_size: Option<u8>,
    align: Option<u8>,
    release: Release,
    signature: &'static str,
    names: &'static str,
) -> Entry {
    let class = Class::Realloc(Realloc {
        pointer: 0,
        size,
        old_size,
        align,
        release,
    });
    entry(class, Nothing, signature, names)
}

const fn free(
    size: Option<u8>,
    align: Option<u8>,
    signature: &'static str,
    names: &'static str,
) -> Entry {
    let class = Class::Free(Free {
        pointer: 0,
        size,
        align,
        nullable: true,
    });
    entry(class, Nothing, signature, names)
}

const fn new(release: Release) -> Alloc {
    throws(allocator(Bytes(0), release))
}

const fn aligned_new(release: Release) -> Alloc {
    throws(aligned(1, Bytes(0), release))
}

pub(super) const ENTRIES: &[Entry] = &[
    // C.
    alloc(
        allocator(Bytes(0), FREE),
        "p:i",
        "malloc valloc pvalloc __libc_malloc",
    ),
    // A tape that the user holds.
    alloc(
        throws(allocator(Bytes(0), FREE)),
        "p:i",
        "__ribozyme_1_block",
    ),
    alloc(
        zeroed(allocator(Product(0, 1), FREE)),
        "p:ii",
        "calloc __libc_calloc",
    ),
    alloc(
        aligned(0, Bytes(1), FREE),
        "p:ii",
        "aligned_alloc memalign __libc_memalign",
    ),
    alloc(
        stored(0, aligned(1, Bytes(2), FREE)),
        "i:Pii",
        "posix_memalign",
    ),
    alloc(allocator(Unknown, FREE), "s:s", "strdup __strdup"),
    alloc(allocator(Unknown, FREE), "s:si", "strndup __strndup"),
    alloc(allocator(Unknown, FREE), "I:I", "wcsdup"),
    realloc(
        Bytes(1),
        None,
        None,
        FREE,
        "p:pi",
        "realloc __libc_realloc reallocf",
    ),
    realloc(Product(1, 2), None, None, FREE, "p:pii", "reallocarray"),
    free(None, None, "v:p", "free cfree __libc_free"),
    free(Some(1), None, "v:pi", "free_sized"),
    free(Some(2), Some(1), "v:pii", "free_aligned_sized"),
    inactive(Nothing, "i:p", "malloc_usable_size malloc_size _msize"),
    inactive(Nothing, "i:ii", "mallopt"),
    inactive(Nothing, "i:i", "malloc_trim"),
    // Windows and the Intel intrinsics.
    alloc(
        aligned(1, Bytes(0), plain("_aligned_free")),
        "p:ii",
        "_aligned_malloc",
    ),
    alloc(
        aligned(1, Bytes(0), plain("_mm_free")),
        "p:ii",
        "_mm_malloc",
    ),
    free(None, None, "v:p", "_aligned_free _mm_free"),
    // AIX.
    alloc(allocator(Bytes(0), plain("vec_free")), "p:i", "vec_malloc"),
    alloc(
        zeroed(allocator(Product(0, 1), plain("vec_free"))),
        "p:ii",
        "vec_calloc",
    ),
    realloc(
        Bytes(1),
        None,
        None,
        plain("vec_free"),
        "p:pi",
        "vec_realloc",
    ),
    free(None, None, "v:p", "vec_free"),
    // C++, 64 and 32 bit.
    alloc(new(DELETE), "p:i", "_Znwm _Znwj"),
    alloc(new(DELETE_ARRAY), "p:i", "_Znam _Znaj"),
    alloc(
        allocator(Bytes(0), DELETE),
        "p:ip",
        "_ZnwmRKSt9nothrow_t _ZnwjRKSt9nothrow_t",
    ),
    alloc(
        allocator(Bytes(0), DELETE_ARRAY),
        "p:ip",
        "_ZnamRKSt9nothrow_t _ZnajRKSt9nothrow_t",
    ),
    alloc(
        aligned_new(ALIGNED_DELETE),
        "p:ii",
        "_ZnwmSt11align_val_t _ZnwjSt11align_val_t",
    ),
    alloc(
        aligned_new(ALIGNED_DELETE_ARRAY),
        "p:ii",
        "_ZnamSt11align_val_t _ZnajSt11align_val_t",
    ),
    alloc(
        aligned(1, Bytes(0), ALIGNED_DELETE),
        "p:iip",
        "_ZnwmSt11align_val_tRKSt9nothrow_t _ZnwjSt11align_val_tRKSt9nothrow_t",
    ),
    alloc(
        aligned(1, Bytes(0), ALIGNED_DELETE_ARRAY),
        "p:iip",
        "_ZnamSt11align_val_tRKSt9nothrow_t _ZnajSt11align_val_tRKSt9nothrow_t",
    ),
    // The profile hint comes last.
    alloc(new(DELETE), "p:ii", "_Znwm12__hot_cold_t"),
    alloc(new(DELETE_ARRAY), "p:ii", "_Znam12__hot_cold_t"),
    alloc(
        allocator(Bytes(0), DELETE),
        "p:ipi",
        "_ZnwmRKSt9nothrow_t12__hot_cold_t",
    ),
    alloc(
        allocator(Bytes(0), DELETE_ARRAY),
        "p:ipi",
        "_ZnamRKSt9nothrow_t12__hot_cold_t",
    ),
    alloc(
        aligned_new(ALIGNED_DELETE),
        "p:iii",
        "_ZnwmSt11align_val_t12__hot_cold_t",
    ),
    alloc(
        aligned_new(ALIGNED_DELETE_ARRAY),
        "p:iii",
        "_ZnamSt11align_val_t12__hot_cold_t",
    ),
    alloc(
        sized(allocator(Bytes(0), DELETE)),
        "S:i",
        "__size_returning_new",
    ),
    alloc(
        sized(allocator(Bytes(0), DELETE)),
        "S:ii",
        "__size_returning_new_hot_cold",
    ),
    alloc(
        sized(aligned(1, Bytes(0), ALIGNED_DELETE)),
        "S:ii",
        "__size_returning_new_aligned",
    ),
    alloc(
        sized(aligned(1, Bytes(0), ALIGNED_DELETE)),
        "S:iii",
        "__size_returning_new_aligned_hot_cold",
    ),
    free(None, None, "v:p", "_ZdlPv _ZdaPv"),
    free(Some(1), None, "v:pi", "_ZdlPvm _ZdaPvm _ZdlPvj _ZdaPvj"),
    free(
        None,
        None,
        "v:pp",
        "_ZdlPvRKSt9nothrow_t _ZdaPvRKSt9nothrow_t",
    ),
    free(
        None,
        Some(1),
        "v:pi",
        "_ZdlPvSt11align_val_t _ZdaPvSt11align_val_t",
    ),
    free(
        Some(1),
        Some(2),
        "v:pii",
        "_ZdlPvmSt11align_val_t _ZdaPvmSt11align_val_t _ZdlPvjSt11align_val_t
         _ZdaPvjSt11align_val_t",
    ),
    free(
        None,
        Some(1),
        "v:pip",
        "_ZdlPvSt11align_val_tRKSt9nothrow_t _ZdaPvSt11align_val_tRKSt9nothrow_t",
    ),
    // Microsoft C++.
    alloc(new(plain("??3@YAXPEAX@Z")), "p:i", "??2@YAPEAX_K@Z"),
    alloc(new(plain("??_V@YAXPEAX@Z")), "p:i", "??_U@YAPEAX_K@Z"),
    alloc(
        allocator(Bytes(0), plain("??3@YAXPEAX@Z")),
        "p:ip",
        "??2@YAPEAX_KAEBUnothrow_t@std@@@Z",
    ),
    alloc(
        allocator(Bytes(0), plain("??_V@YAXPEAX@Z")),
        "p:ip",
        "??_U@YAPEAX_KAEBUnothrow_t@std@@@Z",
    ),
    free(None, None, "v:p", "??3@YAXPEAX@Z ??_V@YAXPEAX@Z"),
    free(Some(1), None, "v:pi", "??3@YAXPEAX_K@Z ??_V@YAXPEAX_K@Z"),
    // Exceptions: only on paths that do not return.
    alloc(
        throws(allocator(Bytes(0), plain("__cxa_free_exception"))),
        "p:i",
        "__cxa_allocate_exception",
    ),
    alloc(
        throws(allocator(Unknown, plain("__cxa_free_dependent_exception"))),
        "p:",
        "__cxa_allocate_dependent_exception",
    ),
    free(
        None,
        None,
        "v:p",
        "__cxa_free_exception __cxa_free_dependent_exception",
    ),
    // Rust; mangled shims are found through `rust_shim`.
    alloc(
        aligned(1, Bytes(0), RUST),
        "p:ii",
        "__rust_alloc __rdl_alloc __rg_alloc",
    ),
    alloc(
        zeroed(aligned(1, Bytes(0), RUST)),
        "p:ii",
        "__rust_alloc_zeroed __rdl_alloc_zeroed __rg_alloc_zeroed",
    ),
    realloc(
        Bytes(3),
        Some(1),
        Some(2),
        RUST,
        "p:piii",
        "__rust_realloc __rdl_realloc __rg_realloc",
    ),
    entry(
        Class::Free(Free {
            pointer: 0,
            size: Some(1),
            align: Some(2),
            nullable: false,
        }),
        Nothing,
        "v:pii",
        "__rust_dealloc __rdl_dealloc __rg_dealloc",
    ),
    inactive(Nothing, "v:", "__rust_no_alloc_shim_is_unstable_v2"),
    // Other allocators with the C interface.
    alloc(
        allocator(Bytes(0), plain("scalable_free")),
        "p:i",
        "scalable_malloc",
    ),
    alloc(
        zeroed(allocator(Product(0, 1), plain("scalable_free"))),
        "p:ii",
        "scalable_calloc",
    ),
    alloc(
        aligned(1, Bytes(0), plain("scalable_aligned_free")),
        "p:ii",
        "scalable_aligned_malloc",
    ),
    free(None, None, "v:p", "scalable_free scalable_aligned_free"),
    alloc(allocator(Bytes(0), plain("je_free")), "p:i", "je_malloc"),
    alloc(
        zeroed(allocator(Product(0, 1), plain("je_free"))),
        "p:ii",
        "je_calloc",
    ),
    realloc(Bytes(1), None, None, plain("je_free"), "p:pi", "je_realloc"),
    alloc(
        aligned(0, Bytes(1), plain("je_free")),
        "p:ii",
        "je_aligned_alloc je_memalign",
    ),
    free(None, None, "v:p", "je_free"),
    alloc(allocator(Bytes(0), plain("tc_free")), "p:i", "tc_malloc"),
    alloc(
        zeroed(allocator(Product(0, 1), plain("tc_free"))),
        "p:ii",
        "tc_calloc",
    ),
    realloc(Bytes(1), None, None, plain("tc_free"), "p:pi", "tc_realloc"),
    free(None, None, "v:p", "tc_free"),
    alloc(allocator(Bytes(0), plain("mi_free")), "p:i", "mi_malloc"),
    alloc(
        zeroed(allocator(Product(0, 1), plain("mi_free"))),
        "p:ii",
        "mi_calloc",
    ),
    alloc(
        zeroed(allocator(Bytes(0), plain("mi_free"))),
        "p:i",
        "mi_zalloc",
    ),
    realloc(Bytes(1), None, None, plain("mi_free"), "p:pi", "mi_realloc"),
    alloc(
        aligned(1, Bytes(0), plain("mi_free")),
        "p:ii",
        "mi_malloc_aligned",
    ),
    free(None, None, "v:p", "mi_free"),
    alloc(
        aligned(1, Bytes(0), plain("mkl_free")),
        "p:ii",
        "mkl_malloc MKL_malloc",
    ),
    alloc(
        zeroed(aligned(2, Product(0, 1), plain("mkl_free"))),
        "p:iii",
        "mkl_calloc MKL_calloc",
    ),
    free(None, None, "v:p", "mkl_free MKL_free"),
    alloc(
        allocator(Bytes(0), plain("fftw_free")),
        "p:i",
        "fftw_malloc",
    ),
    alloc(
        allocator(Scaled(0, 8), plain("fftw_free")),
        "p:i",
        "fftw_alloc_real",
    ),
    alloc(
        allocator(Scaled(0, 16), plain("fftw_free")),
        "p:i",
        "fftw_alloc_complex",
    ),
    free(None, None, "v:p", "fftw_free"),
    alloc(
        allocator(Bytes(0), plain("_mlir_memref_to_llvm_free")),
        "p:i",
        "_mlir_memref_to_llvm_alloc",
    ),
    alloc(
        aligned(0, Bytes(1), plain("_mlir_memref_to_llvm_free")),
        "p:ii",
        "_mlir_memref_to_llvm_aligned_alloc",
    ),
    free(None, None, "v:p", "_mlir_memref_to_llvm_free"),
];
