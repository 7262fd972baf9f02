; What flang emits for MOD, MODULO, ERFC_SCALED, SCALE, FRACTION, SET_EXPONENT, EXPONENT, SPACING.
@file = private constant [2 x i8] c"f\00"

define double @f(double %x, double %y, i32 %n) {
  %xx = fmul double %x, %x
  %xy = fmul double %x, %y
  %mx = fneg double %x
  %wide = sext i32 %n to i64
  %a = call double @_FortranAModReal8(double %x, double %y, ptr @file, i32 1)
  %b = call double @_FortranAModuloReal8(double %mx, double %y, ptr @file, i32 1)
  %c = call double @_FortranAErfcScaled8(double %x)
  %d = call double @_FortranAScale8(double %xx, i64 %wide)
  %e = call double @_FortranAFraction8(double %xy)
  %g = call double @_FortranASetExponent8(double %xx, i64 3)
  %h = call i32 @_FortranAExponent8_4(double %x)
  %i = call double @_FortranASpacing8(double %x)
  %hf = sitofp i32 %h to double
  %ax = fmul double %a, %x
  %by = fmul double %b, %y
  %dy = fmul double %d, %y
  %ex = fmul double %e, %x
  %s0 = fadd double %ax, %by
  %s1 = fadd double %s0, %c
  %s2 = fadd double %s1, %dy
  %s3 = fadd double %s2, %ex
  %s4 = fadd double %s3, %g
  %s5 = fadd double %s4, %hf
  %s6 = fadd double %s5, %i
  ret double %s6
}
define float @single(float %x, float %y) {
  %xy = fmul float %x, %y
  %a = call float @_FortranAModReal4(float %xy, float %y, ptr @file, i32 1)
  %b = call float @_FortranAScale4(float %x, i64 2)
  %c = fmul float %a, %b
  ret float %c
}

define double @reverse(double %x, double %y, i32 %n, ptr %dy) {
  %g = call { double, double } (...) @__enzyme_autodiff(ptr @f, double %x, double %y, i32 %n)
  %gx = extractvalue { double, double } %g, 0
  %gy = extractvalue { double, double } %g, 1
  store double %gy, ptr %dy
  ret double %gx
}
define double @forward(double %x, double %dx, double %y, double %dy, i32 %n) {
  %t = call double (...) @__enzyme_fwddiff(ptr @f, double %x, double %dx, double %y, double %dy, i32 %n)
  ret double %t
}
define float @forward_single(float %x, float %y) {
  %t = call float (...) @__enzyme_fwddiff_f(ptr @single, float %x, float 1.0, float %y, float 0.0)
  ret float %t
}
declare { double, double } @__enzyme_autodiff(...)
declare double @__enzyme_fwddiff(...)
declare float @__enzyme_fwddiff_f(...)
declare double @_FortranAModReal8(double, double, ptr, i32)
declare double @_FortranAModuloReal8(double, double, ptr, i32)
declare double @_FortranAErfcScaled8(double)
declare double @_FortranAScale8(double, i64)
declare double @_FortranAFraction8(double)
declare double @_FortranASetExponent8(double, i64)
declare i32 @_FortranAExponent8_4(double)
declare double @_FortranASpacing8(double)
declare float @_FortranAModReal4(float, float, ptr, i32)
declare float @_FortranAScale4(float, i64)
