declare double @__enzyme_autodiff(...)
define double @f(double %x) { ret double %x }
define double @g(double %x, i1 %c) {
e:
  br label %l
l:
  %p = phi ptr [ %p, %l ], [ @f, %e ]
  %r = call double (...) @__enzyme_autodiff(ptr %p, double %x)
  br i1 %c, label %l, label %o
o:
  ret double %r
}
