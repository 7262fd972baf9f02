; ERROR: error: Enzyme: an active call that may throw [RZ0022]
; TEXT: note: in function f
; ERROR: error: Enzyme: an active call may throw [RZ0022]
; TEXT: note: in f: %a = invoke double @again(double %x)
; TEXT: note: v0 is an active input
; It calls itself, so what it throws cannot be thrown in the function that catches it.
declare double @__enzyme_autodiff(...)
declare double @__enzyme_fwddiff(...)
declare void @outside() "enzyme_inactive"
declare i32 @__gxx_personality_v0(...)
define double @again(double %x) {
  call void @outside()
  %small = fcmp olt double %x, 1.0
  br i1 %small, label %done, label %more
more:
  %y = fmul double %x, 0.5
  %r = call double @again(double %y)
  %s = fmul double %r, %x
  ret double %s
done:
  ret double %x
}
define double @f(double %x) personality ptr @__gxx_personality_v0 {
  %a = invoke double @again(double %x) to label %ok unwind label %pad
ok:
  ret double %a
pad:
  %p = landingpad { ptr, i32 } catch ptr null
  ret double 1.0
}
define double @g(double %x) {
  %r = call double (...) @__enzyme_autodiff(ptr @f, double %x)
  ret double %r
}
define double @h(double %x) {
  %r = call double (...) @__enzyme_fwddiff(ptr @f, double %x, double 1.0)
  ret double %r
}
