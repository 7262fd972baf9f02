; Requests as rustc writes them: markers are metadata strings, the width is an i64, results are arrays of
; tangents with the primal in front if it is asked for. `width_rust.out` is what it prints.
target datalayout = "e-m:e-p270:32:32-p271:32:32-p272:64:64-i64:64-i128:128-f80:128-n8:16:32:64-S128"
target triple = "x86_64-unknown-linux-gnu"

@three = private constant [13 x i8] c"%s %g %g %g\0A\00"
@four = private constant [16 x i8] c"%s %g %g %g %g\0A\00"
@n0 = private constant [8 x i8] c"forward\00"
@n1 = private constant [5 x i8] c"both\00"
@n2 = private constant [6 x i8] c"slice\00"
@n3 = private constant [8 x i8] c"strided\00"
@n4 = private constant [8 x i8] c"reverse\00"

declare i32 @printf(ptr, ...)
declare [3 x double] @__enzyme_fwddiff3(...)
declare [4 x double] @__enzyme_fwddiff4(...)
declare { double, [3 x double] } @__enzyme_autodiff3(...)

define double @square(double %x) {
  %y = fmul double %x, %x
  ret double %y
}

define double @norm(ptr %p, i64 %n) {
start:
  %empty = icmp eq i64 %n, 0
  br i1 %empty, label %done, label %loop
loop:
  %i = phi i64 [ 0, %start ], [ %i1, %loop ]
  %s = phi double [ 0.0, %start ], [ %s1, %loop ]
  %at = getelementptr inbounds double, ptr %p, i64 %i
  %x = load double, ptr %at, align 8
  %xx = fmul double %x, %x
  %s1 = fadd double %s, %xx
  %i1 = add nuw i64 %i, 1
  %more = icmp ult i64 %i1, %n
  br i1 %more, label %loop, label %done
done:
  %r = phi double [ 0.0, %start ], [ %s1, %loop ]
  ret double %r
}

define i32 @main() {
  %a = call [3 x double] (...) @__enzyme_fwddiff3(ptr @square, metadata !"enzyme_width", i64 3, metadata !"enzyme_dup", double 3.0, double 1.0, double 10.0, double 100.0)
  %a0 = extractvalue [3 x double] %a, 0
  %a1 = extractvalue [3 x double] %a, 1
  %a2 = extractvalue [3 x double] %a, 2
  call i32 (ptr, ...) @printf(ptr @three, ptr @n0, double %a0, double %a1, double %a2)

  %b = call [4 x double] (...) @__enzyme_fwddiff4(ptr @square, metadata !"enzyme_primal_return", metadata !"enzyme_width", i64 3, metadata !"enzyme_dup", double 3.0, double 1.0, double 10.0, double 100.0)
  %b0 = extractvalue [4 x double] %b, 0
  %b1 = extractvalue [4 x double] %b, 1
  %b2 = extractvalue [4 x double] %b, 2
  %b3 = extractvalue [4 x double] %b, 3
  call i32 (ptr, ...) @printf(ptr @four, ptr @n1, double %b0, double %b1, double %b2, double %b3)

  %x = alloca [2 x double], align 8
  %d = alloca [6 x double], align 8
  store [2 x double] [double 1.0, double 2.0], ptr %x, align 8
  store [6 x double] [double 1.0, double 0.0, double 0.0, double 1.0, double 1.0, double 1.0], ptr %d, align 8
  %d1 = getelementptr inbounds i8, ptr %d, i64 16
  %d2 = getelementptr inbounds i8, ptr %d, i64 32
  %c = call [4 x double] (...) @__enzyme_fwddiff4(ptr @norm, metadata !"enzyme_primal_return", metadata !"enzyme_width", i64 3, metadata !"enzyme_dup", ptr %x, ptr %d, ptr %d1, ptr %d2, metadata !"enzyme_const", i64 2)
  %c0 = extractvalue [4 x double] %c, 0
  %c1 = extractvalue [4 x double] %c, 1
  %c2 = extractvalue [4 x double] %c, 2
  %c3 = extractvalue [4 x double] %c, 3
  call i32 (ptr, ...) @printf(ptr @four, ptr @n2, double %c0, double %c1, double %c2, double %c3)

  %e = call [3 x double] (...) @__enzyme_fwddiff3(ptr @norm, metadata !"enzyme_width", i64 3, metadata !"enzyme_dupv", i64 16, ptr %x, ptr %d, metadata !"enzyme_const", i64 2)
  %e0 = extractvalue [3 x double] %e, 0
  %e1 = extractvalue [3 x double] %e, 1
  %e2 = extractvalue [3 x double] %e, 2
  call i32 (ptr, ...) @printf(ptr @three, ptr @n3, double %e0, double %e1, double %e2)

  %g = call { double, [3 x double] } (...) @__enzyme_autodiff3(ptr @square, metadata !"enzyme_primal_return", metadata !"enzyme_width", i64 3, metadata !"enzyme_out", double 3.0)
  %g0 = extractvalue { double, [3 x double] } %g, 0
  %g1 = extractvalue { double, [3 x double] } %g, 1, 0
  %g2 = extractvalue { double, [3 x double] } %g, 1, 1
  %g3 = extractvalue { double, [3 x double] } %g, 1, 2
  call i32 (ptr, ...) @printf(ptr @four, ptr @n4, double %g0, double %g1, double %g2, double %g3)
  ret i32 0
}
