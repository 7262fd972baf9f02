declare double @__enzyme_autodiff(...)
define double @g(double %x) {
  %r = call double (...) @__enzyme_autodiff(ptr undef, double %x)
  %s = call double (...) @__enzyme_autodiff(ptr poison, double %x)
  %t = call double (...) @__enzyme_autodiff(i64 7, double %x)
  %u = call double (...) @__enzyme_autodiff(double %x)
  %v = call double (...) @__enzyme_autodiff(metadata !"enzyme_dup")
  ret double %r
}
