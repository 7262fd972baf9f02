; ERROR: error: Enzyme: the `enzyme_type` of argument 0 of a call of `llvm.memcpy.p0.p0.i64` cannot be read: `Double` is no type [RZ0029]
; TEXT: note: it is {[-1]:Pointer, [-1,0]:Double}
; TEXT: help: write entries such as [-1]:Pointer and [-1,0]:Float@double between braces
target triple = "x86_64-unknown-linux-gnu"
declare void @__enzyme_autodiff_void(ptr, ...)
declare void @llvm.memcpy.p0.p0.i64(ptr, ptr, i64, i1)
define void @f(ptr %to, ptr %from, i64 %n) {
  call void @llvm.memcpy.p0.p0.i64(ptr "enzyme_type"="{[-1]:Pointer, [-1,0]:Double}" %to, ptr %from, i64 %n, i1 false)
  ret void
}
define void @g(ptr %to, ptr %dto, ptr %from, ptr %dfrom) {
  call void (ptr, ...) @__enzyme_autodiff_void(ptr @f, ptr %to, ptr %dto, ptr %from, ptr %dfrom, i64 16)
  ret void
}
