; Attributes and metadata of the convention, as front ends write them in LLVM IR. Driven by `marks.c`.
declare double @__enzyme_autodiff(...)
declare void @__enzyme_autodiff_void(...)
declare double @__enzyme_fwddiff(...)
declare {ptr, double} @__enzyme_augmentfwd(...)
declare double @__enzyme_fwdsplit(...)
declare ptr @element(ptr, i64) #0
declare void @look(ptr) #5
declare !enzyme_deallocator_fn !5 ptr @fetch(i64) #6
declare void @put_back(ptr)
attributes #0 = { "enzyme_pointermath"="0" }
attributes #1 = { "enzyme_inactive_val" }
attributes #2 = { "enzyme_math"="sin" }
attributes #3 = { "enzyme_inactive" }
attributes #4 = { noinline }
attributes #5 = { "enzyme_inactive" "enzyme_no_escaping_allocation" }
attributes #6 = { "enzyme_allocator"="0" "enzyme_deallocator"="-1" }
attributes #7 = { noinline "enzyme_notypeanalysis" }
attributes #8 = { noinline "enzyme_ta_norecur" }
attributes #9 = { noinline "enzyme_nocache" "enzyme_shouldrecompute" "enzyme_preserve_primal" }
attributes #10 = { "enzyme_inactive_inst" }

; Results of marked instructions are inactive.
define double @f0(double %x) {
  %s = fmul double %x, %x, !enzyme_inactive !0
  %r = fmul double %s, %x
  ret double %r
}
define double @f1(double %x) {
  %s = fmul double %x, %x, !enzyme_inactive_val !0
  %r = fmul double %s, %x
  ret double %r
}
; A call whose result is inactive still acts on memory.
define double @leave(ptr %p, double %x) #4 {
  %s = fmul double %x, %x
  store double %s, ptr %p
  ret double %x
}
define double @f2(double %x) {
  %p = alloca double
  %c = call double @leave(ptr %p, double %x) #1
  %a = load double, ptr %p
  %b = fmul double %c, %x
  %r = fadd double %a, %b
  ret double %r
}
; One use of an argument, and one result.
define double @product(double %x, double %y) #4 {
  %r = fmul double %x, %y
  ret double %r
}
define double @f3(double %x) {
  %r = call double @product(double "enzyme_inactive" %x, double %x)
  ret double %r
}
define double @f4(double %x) {
  %s = call "enzyme_inactive" double @product(double %x, double %x)
  %r = fmul double %s, %x
  ret double %r
}
; Called like a library function, said at the call.
define double @likewise(double %x) #4 {
  ret double %x
}
define double @f5(double %x) {
  %r = call double @likewise(double %x) #2
  ret double %r
}
; Bytes that an integer carries are a float.
define double @f6(double %x) {
  %p = alloca i64
  %q = alloca i64
  store double %x, ptr %p
  %v = load i64, ptr %p, !enzyme_type !1
  store i64 %v, ptr %q
  %w = load double, ptr %q
  %r = fmul double %w, %w
  ret double %r
}
; A pointer into what an argument points to.
define double @f7(double %x) {
  %p = alloca [3 x double]
  store double 1.0, ptr %p
  %p1 = getelementptr double, ptr %p, i64 1
  store double %x, ptr %p1
  %e = call ptr @element(ptr %p, i64 1)
  %v = load double, ptr %e
  %r = fmul double %v, %v
  ret double %r
}
; What is looked at is not kept.
define double @f8(double %x) {
  %p = alloca double
  store double %x, ptr %p
  call void @look(ptr %p)
  %v = load double, ptr %p
  %r = fmul double %v, %v
  ret double %r
}
; An allocator.
define double @f9(double %x) {
  %p = call ptr @fetch(i64 16)
  store double %x, ptr %p
  %q = getelementptr double, ptr %p, i64 1
  %s = fmul double %x, %x
  store double %s, ptr %q
  %a = load double, ptr %p
  %b = load double, ptr %q
  %r = fmul double %a, %b
  call void @put_back(ptr %p)
  ret double %r
}
; Type analysis stays outside, and what is kept is said.
define double @inside(ptr %p) #7 {
  %v = load double, ptr %p
  %r = fmul double %v, %v
  ret double %r
}
define double @within(ptr %p) #8 {
  %v = load double, ptr %p
  %r = fmul double %v, %v
  ret double %r
}
define double @f10(double %x) {
  %p = alloca double
  store double %x, ptr %p
  %a = call double @inside(ptr "enzyme_type"="{[-1]:Pointer, [-1,-1]:Float@double}" %p)
  %b = call double @within(ptr %p)
  %r = fadd double %a, %b
  ret double %r
}
define double @again(double %x) #9 {
  %r = fmul double %x, %x
  ret double %r
}
define double @f11(double %x) {
  %a = call double @again(double %x)
  %b = fmul double %a, %x, !enzyme_nocache !0
  %r = fmul double %b, %x, !enzyme_mustcache !0, !enzyme_fromstack !0, !enzyme_available !0
  ret double %r
}
; Rules as metadata.
define double @ruled(double %x) #4 !enzyme_augment !2 !enzyme_gradient !3 !enzyme_derivative !4 !enzyme_splitderivative !6 {
  %r = fmul double %x, %x
  ret double %r
}
define {double, double} @ruled_augmented(double %x) {
  %r = fmul double %x, %x
  %t = fmul double %x, 7.0
  %a = insertvalue {double, double} poison, double %t, 0
  %b = insertvalue {double, double} %a, double %r, 1
  ret {double, double} %b
}
define double @ruled_gradient(double %x, double %d, double %tape) {
  %r = fmul double %d, %tape
  ret double %r
}
define {double, double} @ruled_tangent(double %x, double %d) {
  %r = fmul double %x, %x
  %t = fmul double %d, 21.0
  %a = insertvalue {double, double} poison, double %r, 0
  %b = insertvalue {double, double} %a, double %t, 1
  ret {double, double} %b
}
define {double, double} @ruled_split(double %x, double %d, double %tape) {
  %r = fmul double %x, %x
  %t = fmul double %d, %tape
  %u = fadd double %t, 100.0
  %a = insertvalue {double, double} poison, double %r, 0
  %b = insertvalue {double, double} %a, double %u, 1
  ret {double, double} %b
}
define double @f12(double %x) {
  %r = call double @ruled(double %x)
  ret double %r
}
define double @split(double %x) {
  %a = call {ptr, double} (...) @__enzyme_augmentfwd(ptr @f12, double %x)
  %t = extractvalue {ptr, double} %a, 0
  %r = call double (...) @__enzyme_fwdsplit(ptr @f12, double %x, double 1.0, ptr %t)
  ret double %r
}
; Forced to be what they are anyway.
define double @f13(double %x) {
  %s = call double @product(double %x, double %x), !enzyme_active !0
  %r = fmul double %s, %x, !enzyme_active_inst !0, !enzyme_active_val !0
  ret double %r
}

define double @reverse(i32 %i, double %x) {
  switch i32 %i, label %e [ i32 0, label %b0
    i32 1, label %b1
    i32 2, label %b2
    i32 3, label %b3
    i32 4, label %b4
    i32 5, label %b5
    i32 6, label %b6
    i32 7, label %b7
    i32 8, label %b8
    i32 9, label %b9
    i32 10, label %b10
    i32 11, label %b11
    i32 12, label %b12
    i32 13, label %b13 ]
b0: %r0 = call double (...) @__enzyme_autodiff(ptr @f0, double %x)
  ret double %r0
b1: %r1 = call double (...) @__enzyme_autodiff(ptr @f1, double %x)
  ret double %r1
b2: %r2 = call double (...) @__enzyme_autodiff(ptr @f2, double %x)
  ret double %r2
b3: %r3 = call double (...) @__enzyme_autodiff(ptr @f3, double %x)
  ret double %r3
b4: %r4 = call double (...) @__enzyme_autodiff(ptr @f4, double %x)
  ret double %r4
b5: %r5 = call double (...) @__enzyme_autodiff(ptr @f5, double %x)
  ret double %r5
b6: %r6 = call double (...) @__enzyme_autodiff(ptr @f6, double %x)
  ret double %r6
b7: %r7 = call double (...) @__enzyme_autodiff(ptr @f7, double %x)
  ret double %r7
b8: %r8 = call double (...) @__enzyme_autodiff(ptr @f8, double %x)
  ret double %r8
b9: %r9 = call double (...) @__enzyme_autodiff(ptr @f9, double %x)
  ret double %r9
b10: %r10 = call double (...) @__enzyme_autodiff(ptr @f10, double %x)
  ret double %r10
b11: %r11 = call double (...) @__enzyme_autodiff(ptr @f11, double %x)
  ret double %r11
b12: %r12 = call double (...) @__enzyme_autodiff(ptr @f12, double %x)
  ret double %r12
b13: %r13 = call double (...) @__enzyme_autodiff(ptr @f13, double %x)
  ret double %r13
e: ret double 0.0
}
define double @forward(i32 %i, double %x) {
  switch i32 %i, label %e [ i32 0, label %b0
    i32 1, label %b1
    i32 2, label %b2
    i32 3, label %b3
    i32 4, label %b4
    i32 5, label %b5
    i32 6, label %b6
    i32 7, label %b7
    i32 8, label %b8
    i32 9, label %b9
    i32 10, label %b10
    i32 11, label %b11
    i32 12, label %b12
    i32 13, label %b13 ]
b0: %r0 = call double (...) @__enzyme_fwddiff(ptr @f0, double %x, double 1.0)
  ret double %r0
b1: %r1 = call double (...) @__enzyme_fwddiff(ptr @f1, double %x, double 1.0)
  ret double %r1
b2: %r2 = call double (...) @__enzyme_fwddiff(ptr @f2, double %x, double 1.0)
  ret double %r2
b3: %r3 = call double (...) @__enzyme_fwddiff(ptr @f3, double %x, double 1.0)
  ret double %r3
b4: %r4 = call double (...) @__enzyme_fwddiff(ptr @f4, double %x, double 1.0)
  ret double %r4
b5: %r5 = call double (...) @__enzyme_fwddiff(ptr @f5, double %x, double 1.0)
  ret double %r5
b6: %r6 = call double (...) @__enzyme_fwddiff(ptr @f6, double %x, double 1.0)
  ret double %r6
b7: %r7 = call double (...) @__enzyme_fwddiff(ptr @f7, double %x, double 1.0)
  ret double %r7
b8: %r8 = call double (...) @__enzyme_fwddiff(ptr @f8, double %x, double 1.0)
  ret double %r8
b9: %r9 = call double (...) @__enzyme_fwddiff(ptr @f9, double %x, double 1.0)
  ret double %r9
b10: %r10 = call double (...) @__enzyme_fwddiff(ptr @f10, double %x, double 1.0)
  ret double %r10
b11: %r11 = call double (...) @__enzyme_fwddiff(ptr @f11, double %x, double 1.0)
  ret double %r11
b12: %r12 = call double (...) @__enzyme_fwddiff(ptr @f12, double %x, double 1.0)
  ret double %r12
b13: %r13 = call double (...) @__enzyme_fwddiff(ptr @f13, double %x, double 1.0)
  ret double %r13
e: ret double 0.0
}
!0 = !{}
!1 = !{!"Unknown", i32 -1, !7}
!2 = !{ptr @ruled_augmented}
!3 = !{ptr @ruled_gradient}
!4 = !{ptr @ruled_tangent}
!5 = !{ptr @put_back}
!6 = !{ptr @ruled_split}
!7 = !{!"Float@double"}
