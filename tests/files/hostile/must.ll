declare double @__enzyme_autodiff(ptr, double)
define double @f(ptr %p, double %x) {
  %r = musttail call double @f(ptr %p, double %x)
  ret double %r
}
define double @f2(ptr %p, double %x) { ret double %x }
define double @g(ptr %p, double %x) {
  %r = musttail call double @__enzyme_autodiff(ptr @f2, double %x)
  ret double %r
}
