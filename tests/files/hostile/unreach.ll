declare double @__enzyme_autodiff(...)
define double @f(double %x) { ret double %x }
define double @h(double %x) { unreachable }
define double @l(double %x) {
e:
  br label %a
a:
  br label %a
}
define double @g(double %x) {
  %a = call double (...) @__enzyme_autodiff(ptr @h, double %x)
  %b = call double (...) @__enzyme_autodiff(ptr @l, double %x)
  ret double %x
dead:
  %r = call double (...) @__enzyme_autodiff(ptr @f, double %r)
  br label %dead
}
