declare double @__enzyme_autodiff(...)
declare double @__enzyme_fwddiff(...)
define double @f(double %x, double %y) { 
 %z = fmul double %x, %y
 ret double %z }
@al = alias double (double, double), ptr @f
define double @g(double %x) {
  %r = call double (...) @__enzyme_autodiff(ptr @al, metadata !"enzyme_const", double %x, metadata !"enzyme_out", double %x)
  %s = call double (...) @__enzyme_fwddiff(ptr @f, metadata !"enzyme_width", i64 1, double %x, double 1.0, metadata !"enzyme_const", double %x)
  %q = fadd double %r, %s
  ret double %q
}
