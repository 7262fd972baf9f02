declare double @__enzyme_autodiff(...)
declare i32 @__gxx_personality_v0(...)
define double @f(double %x) { %y = fmul double %x, %x
 ret double %y }
define double @g(double %x, i1 %c) personality ptr @__gxx_personality_v0 {
  br i1 %c, label %a, label %b
a:
  %r = invoke double (...) @__enzyme_autodiff(ptr @f, double %x) to label %n unwind label %u
b:
  %s = invoke double (...) @__enzyme_autodiff(ptr @f, double 2.0) to label %n unwind label %u
n:
  %p = phi double [ %r, %a ], [ %s, %b ]
  ret double %p
u:
  %q = phi i32 [ 1, %a ], [ 2, %b ]
  %l = landingpad { ptr, i32 } cleanup
  %z = sitofp i32 %q to double
  ret double %z
}
