; Masked functions of a vector library: disabled lanes have no derivative.
target triple = "x86_64-unknown-linux-gnu"
define double @f(ptr %x, ptr %m) {
  %v = load <2 x double>, ptr %x
  %mask = load <2 x i64>, ptr %m
  %s = call <2 x double> @_ZGVbM2v_log(<2 x double> %v, <2 x i64> %mask)
  %p = call <2 x double> @_ZGVbM2vv_pow(<2 x double> %v, <2 x double> %v, <2 x i64> %mask)
  %on = icmp slt <2 x i64> %mask, zeroinitializer
  %t = fadd <2 x double> %s, %p
  %o = select <2 x i1> %on, <2 x double> %t, <2 x double> %v
  %r = call double @llvm.vector.reduce.fadd.v2f64(double 0.0, <2 x double> %o)
  ret double %r
}
define void @reverse(ptr %x, ptr %dx, ptr %m) {
  call void (...) @__enzyme_autodiff(ptr @f, ptr %x, ptr %dx, metadata !"enzyme_const", ptr %m)
  ret void
}
define double @forward(ptr %x, ptr %dx, ptr %m) {
  %t = call double (...) @__enzyme_fwddiff(ptr @f, ptr %x, ptr %dx, metadata !"enzyme_const", ptr %m)
  ret double %t
}
declare void @__enzyme_autodiff(...)
declare double @__enzyme_fwddiff(...)
declare double @llvm.vector.reduce.fadd.v2f64(double, <2 x double>)
declare <2 x double> @_ZGVbM2v_log(<2 x double>, <2 x i64>)
declare <2 x double> @_ZGVbM2vv_pow(<2 x double>, <2 x double>, <2 x i64>)
