define double @__enzyme_autodiff(ptr %f, double %x) { ret double %x }
define double @f(double %x) { %y = fmul double %x, %x
 ret double %y }
define double @g(double %x) {
  %r = call double @__enzyme_autodiff(ptr @f, double %x)
  ret double %r
}
