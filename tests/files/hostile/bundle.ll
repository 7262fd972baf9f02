declare double @__enzyme_autodiff(...)
define double @f(double %x) { %y = fmul double %x, %x
 ret double %y }
define double @g(double %x) {
  %r = call double (...) @__enzyme_autodiff(ptr @f, double %x) [ "deopt"(i32 1) ]
  ret double %r
}
