declare double @__enzyme_autodiff(...)
define double @a(double %x) { %r = call double (...) @__enzyme_autodiff(ptr @b, double %x)
 ret double %r }
define double @b(double %x) { %r = call double (...) @__enzyme_autodiff(ptr @a, double %x)
 ret double %r }
