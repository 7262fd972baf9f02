; ERROR: error: Enzyme: an exception that carries active data is caught in the differentiated function [RZ0022]
; TEXT: note: what the handler reads from it would have no derivative
declare double @__enzyme_autodiff(...)
@_ZTIPd = external constant ptr
declare ptr @__cxa_allocate_exception(i64)
declare void @__cxa_throw(ptr, ptr, ptr)
declare ptr @__cxa_begin_catch(ptr)
declare void @__cxa_end_catch()
declare i32 @__gxx_personality_v0(...)
define double @f(double %x) personality ptr @__gxx_personality_v0 {
  %a = alloca [2 x double]
  store double %x, ptr %a
  %small = fcmp olt double %x, 1.0
  br i1 %small, label %throw, label %ok
throw:
  %e = call ptr @__cxa_allocate_exception(i64 8)
  store ptr %a, ptr %e
  invoke void @__cxa_throw(ptr %e, ptr @_ZTIPd, ptr null) to label %never unwind label %pad
never:
  unreachable
pad:
  %p = landingpad { ptr, i32 } catch ptr null
  %raw = extractvalue { ptr, i32 } %p, 0
  %caught = call ptr @__cxa_begin_catch(ptr %raw)
  %q = load ptr, ptr %caught
  %v = load double, ptr %q
  call void @__cxa_end_catch()
  ret double %v
ok:
  %y = fmul double %x, %x
  ret double %y
}
define double @g(double %x) {
  %r = call double (...) @__enzyme_autodiff(ptr @f, double %x)
  ret double %r
}
