declare void @__enzyme_autodiff(ptr sret({double,double,double}), ...)
define double @f(double %x, double %y, double %z) { %a = fmul double %x, %y
 %b = fmul double %a, %z
 ret double %b }
define void @g(double %x) {
  %m = alloca {double,double,double}
  call void (ptr, ...) @__enzyme_autodiff(ptr sret({double,double,double}) %m, ptr @f, double %x, double %x, double %x)
  call void (ptr, ...) @__enzyme_autodiff(ptr sret({double,double,double}) %m)
  ret void
}
