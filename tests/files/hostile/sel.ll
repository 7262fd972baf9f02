declare double @__enzyme_autodiff(...)
define double @f(double %x) { %y = fmul double %x, %x
 ret double %y }
define double @f3(double %x) { %y = fadd double %x, %x
 ret double %y }
define double @g(double %x, i1 %c, i1 %d) {
  %s = select i1 %c, ptr @f, ptr @f3
  %t = select i1 %d, ptr %s, ptr @f
  %r = call double (...) @__enzyme_autodiff(ptr %t, double %x)
  ret double %r
}
