; A global whose shadow is named: it belongs to the program, which reads and sets it.
target triple = "x86_64-unknown-linux-gnu"
@marked = global [2 x double] [double 2.0, double 7.0], !enzyme_shadow !0
@dmarked = global double 0.0
@shadow = internal global [2 x double] zeroinitializer
declare double @__enzyme_autodiff(ptr, ...)
declare double @__enzyme_fwddiff(ptr, ...)
define double @reads(double %x) {
  %second = getelementptr i8, ptr @marked, i64 8
  %m = load double, ptr %second
  %r = fmul double %m, %x
  ret double %r
}
define double @marked_reverse(double %x) {
  store [2 x double] zeroinitializer, ptr @shadow
  %r = call double (ptr, ...) @__enzyme_autodiff(ptr @reads, double %x)
  %d = load double, ptr getelementptr (i8, ptr @shadow, i64 8)
  store double %d, ptr @dmarked
  ret double %r
}
define double @marked_forward(double %x) {
  %d = load double, ptr @dmarked
  store double %d, ptr getelementptr (i8, ptr @shadow, i64 8)
  %r = call double (ptr, ...) @__enzyme_fwddiff(ptr @reads, double %x, double 1.0)
  ret double %r
}
!0 = !{ptr @shadow}
