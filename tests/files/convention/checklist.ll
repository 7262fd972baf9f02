; What the checklist has that only LLVM IR can say: markers as metadata, type trees, shadows of variables.
target datalayout = "e-m:e-p270:32:32-p271:32:32-p272:64:64-i64:64-i128:128-f80:128-n8:16:32:64-S128"
target triple = "x86_64-pc-linux-gnu"
@marked = internal global double 2.0, !enzyme_shadow !0
@shadow_of_marked = internal global double 0.0
declare double @__enzyme_autodiff_ir(...)
declare void @llvm.memcpy.p0.p0.i64(ptr, ptr, i64, i1)

define internal double @xxy(double %x, double %y) {
  %a = fmul double %x, %x
  %b = fmul double %a, %y
  ret double %b
}
; Item 3: the marker is a string.
define double @checklist_metadata(double %x, double %y) {
  %r = call double (...) @__enzyme_autodiff_ir(ptr @xxy, metadata !"enzyme_const", double %x, metadata !"enzyme_out", double %y)
  ret double %r
}

; Item 10: the bytes that are copied are said to be doubles by a type tree.
define internal void @copy(ptr %to, ptr %from, i64 %n) noinline {
  call void @llvm.memcpy.p0.p0.i64(ptr "enzyme_type"="{[-1]:Pointer, [-1,-1]:Float@double}" %to, ptr %from, i64 %n, i1 false)
  ret void
}
define internal double @copied(ptr %x, i64 %n) {
  %to = alloca [2 x double]
  call void @copy(ptr %to, ptr %x, i64 %n)
  %a = load double, ptr %to
  %p = getelementptr double, ptr %to, i64 1
  %b = load double, ptr %p
  %r = fmul double %a, %b
  ret double %r
}
define double @checklist_tree(ptr %x, ptr %dx) {
  %r = call double (...) @__enzyme_autodiff_ir(ptr @copied, metadata !"enzyme_primal_return", ptr %x, ptr %dx, i64 16)
  ret double %r
}

; Item 10: a variable's shadow is another variable.
define internal double @scaled(double %x) {
  %m = load double, ptr @marked
  %r = fmul double %m, %x
  ret double %r
}
define double @checklist_shadow(double %x, ptr %d) {
  %r = call double (...) @__enzyme_autodiff_ir(ptr @scaled, double %x)
  %s = load double, ptr @shadow_of_marked
  store double %s, ptr %d
  ret double %r
}
!0 = !{ptr @shadow_of_marked}
