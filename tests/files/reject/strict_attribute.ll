; An option as an attribute of the function that makes the request.
; ERROR: error: Enzyme: argument 0 of `f` is a floating-point value passed with `enzyme_dup`: its derivative is lost [RZ0028]
; TEXT: help: use `enzyme_out`, or pass the value through a pointer
declare void @__enzyme_autodiff(...)
define double @f(double %x) {
  %y = fmul double %x, %x
  ret double %y
}
define void @g(double %x) "ribozyme-strict"="1" {
  call void (...) @__enzyme_autodiff(ptr @f, metadata !"enzyme_dup", double %x, double %x)
  ret void
}
