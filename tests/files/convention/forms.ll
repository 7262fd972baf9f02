; Markers that only IR can write: metadata, a phi, addresses under casts; the function as an integer.
target datalayout = "e-m:e-p270:32:32-p271:32:32-p272:64:64-i64:64-i128:128-f80:128-n8:16:32:64-S128"
target triple = "x86_64-pc-linux-gnu"
@enzyme_const = external global i32
@enzyme_out = external global i8
@enzyme_dup = external global ptr
@format = private constant [15 x i8] c"ir %g %g %g %g\00"
@line = private constant [8 x i8] c" %g %g\0A\00"
@steps = private constant [16 x i8] c"replaced %g %g\0A\00"
declare i32 @printf(ptr, ...)
declare double @__enzyme_autodiff_ir(...)
declare { double, [1 x double] } @my__enzyme_autodiff_nested_(...)
declare [2 x double] @__enzyme_autodiff_array(ptr, ...)
declare double @outer__enzyme_fwddiff_(i64, ...)
define internal double @xxy(double %x, double %y) {
  %a = fmul double %x, %x
  %b = fmul double %a, %y
  ret double %b
}
define internal { double, [1 x double] } @pair(double %x) {
  %a = fmul double %x, %x
  %r = insertvalue { double, [1 x double] } poison, double %a, 0
  %s = insertvalue { double, [1 x double] } %r, double %x, 1, 0
  ret { double, [1 x double] } %s
}
; State kept in registers as one value: each step replaces one of its parts.
define internal double @stepped(double %x, double %y, i64 %n) {
entry:
  %a = insertvalue { double, double } poison, double %x, 0
  %b = insertvalue { double, double } %a, double %y, 1
  br label %loop
loop:
  %i = phi i64 [ 0, %entry ], [ %i.next, %loop ]
  %state = phi { double, double } [ %b, %entry ], [ %state.next, %loop ]
  %s0 = extractvalue { double, double } %state, 0
  %s1 = extractvalue { double, double } %state, 1
  %product = fmul double %s0, %s1
  %state.next = insertvalue { double, double } %state, double %product, 0
  %i.next = add i64 %i, 1
  %more = icmp ult i64 %i.next, %n
  br i1 %more, label %loop, label %done
done:
  %r0 = extractvalue { double, double } %state.next, 0
  %r1 = extractvalue { double, double } %state.next, 1
  %r = fadd double %r0, %r1
  ret double %r
}
define void @ir_forms(i1 %c) {
  %1 = call double (...) @__enzyme_autodiff_ir(ptr @xxy, metadata !"enzyme_const", double 3.0, metadata !"enzyme_out", double 5.0)
  br i1 %c, label %yes, label %no
yes:
  %l = load i32, ptr @enzyme_const
  br label %join
no:
  %m = load i32, ptr @enzyme_const
  br label %join
join:
  %k = phi i32 [ %l, %yes ], [ %m, %no ]
  %2 = call double (...) @__enzyme_autodiff_ir(ptr @xxy, i32 %k, double 3.0, ptr @enzyme_out, double 5.0)
  %3 = call double (...) @__enzyme_autodiff_ir(ptr @xxy, i64 ptrtoint (ptr @enzyme_const to i64), double 3.0, double 5.0)
  %4 = call double (i64, ...) @outer__enzyme_fwddiff_(i64 ptrtoint (ptr @xxy to i64), ptr @enzyme_dup, double 3.0, double 1.0, metadata !"enzyme_dup", double 5.0, double 10.0)
  %5 = call [2 x double] (ptr, ...) @__enzyme_autodiff_array(ptr @xxy, double 3.0, double 5.0)
  %6 = extractvalue [2 x double] %5, 1
  %7 = call double (...) @__enzyme_autodiff_ir(ptr @pair, double 3.0)
  %8 = call i32 (ptr, ...) @printf(ptr @format, double %1, double %2, double %3, double %4)
  %9 = call i32 (ptr, ...) @printf(ptr @line, double %6, double %7)
  %steps = select i1 %c, i64 2, i64 3
  %10 = call [2 x double] (ptr, ...) @__enzyme_autodiff_array(ptr @stepped, double 3.0, double 5.0, i64 %steps)
  %11 = extractvalue [2 x double] %10, 0
  %12 = extractvalue [2 x double] %10, 1
  %13 = call i32 (ptr, ...) @printf(ptr @steps, double %11, double %12)
  ret void
}
