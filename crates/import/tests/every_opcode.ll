; Every instruction of LLVM 22.
declare i32 @__gxx_personality_v0(...)
declare i32 @__CxxFrameHandler3(...)
declare void @g()

define i64 @integers(i64 %a, i64 %b) {
  %1 = add i64 %a, %b
  %2 = sub i64 %1, %b
  %3 = mul i64 %2, %b
  %4 = udiv i64 %3, %b
  %5 = sdiv i64 %4, %b
  %6 = urem i64 %5, %b
  %7 = srem i64 %6, %b
  %8 = shl i64 %7, %b
  %9 = lshr i64 %8, %b
  %10 = ashr i64 %9, %b
  %11 = and i64 %10, %b
  %12 = or i64 %11, %b
  %13 = xor i64 %12, %b
  %14 = icmp slt i64 %13, %b
  %15 = freeze i1 %14
  %16 = select i1 %15, i64 %13, i64 %a
  ret i64 %16
}

define double @floats(double %a, double %b) {
  %1 = fadd double %a, %b
  %2 = fsub double %1, %b
  %3 = fmul double %2, %b
  %4 = fdiv double %3, %b
  %5 = frem double %4, %b
  %6 = fneg double %5
  %7 = fcmp olt double %6, %b
  %8 = select i1 %7, double %6, double %a
  ret double %8
}

define void @casts(i64 %i, double %d, ptr %p, float %f) {
  %1 = trunc i64 %i to i32
  %2 = zext i32 %1 to i64
  %3 = sext i32 %1 to i64
  %4 = fptoui double %d to i64
  %5 = fptosi double %d to i64
  %6 = uitofp i64 %i to double
  %7 = sitofp i64 %i to double
  %8 = fptrunc double %d to float
  %9 = fpext float %f to double
  %10 = ptrtoint ptr %p to i64
  %11 = ptrtoaddr ptr %p to i64
  %12 = inttoptr i64 %i to ptr
  %13 = bitcast double %d to i64
  %14 = addrspacecast ptr %p to ptr addrspace(1)
  ret void
}

define void @memory(ptr %p, i64 %i, ptr %list) {
  %1 = alloca double
  %2 = load double, ptr %p
  store double %2, ptr %1
  %3 = getelementptr double, ptr %p, i64 %i
  fence seq_cst
  %4 = cmpxchg ptr %p, i64 %i, i64 %i seq_cst seq_cst
  %5 = atomicrmw add ptr %p, i64 %i seq_cst
  %6 = va_arg ptr %list, double
  ret void
}

define void @aggregates({i64, double} %s, <4 x double> %v, double %x) {
  %1 = extractvalue {i64, double} %s, 1
  %2 = insertvalue {i64, double} %s, double %x, 1
  %3 = extractelement <4 x double> %v, i32 1
  %4 = insertelement <4 x double> %v, double %x, i32 1
  %5 = shufflevector <4 x double> %v, <4 x double> %4, <4 x i32> <i32 0, i32 poison, i32 5, i32 3>
  ret void
}

define i32 @control(i32 %x, i1 %c, ptr %target) {
entry:
  br i1 %c, label %a, label %b
a:
  br label %b
b:
  %p = phi i32 [ 0, %entry ], [ %x, %a ]
  switch i32 %p, label %d [ i32 1, label %e ]
d:
  indirectbr ptr %target, [ label %e, label %f ]
e:
  callbr void asm "", "!i"() to label %f [ label %h ]
f:
  ret i32 0
h:
  unreachable
}

define void @exceptions() personality ptr @__gxx_personality_v0 {
entry:
  invoke void @g() to label %ok unwind label %bad
ok:
  call void @g()
  ret void
bad:
  %e = landingpad { ptr, i32 } cleanup
  resume { ptr, i32 } %e
}

define void @funclets() personality ptr @__CxxFrameHandler3 {
entry:
  invoke void @g() to label %ok unwind label %dispatch
dispatch:
  %cs = catchswitch within none [label %handler] unwind label %cleanup
handler:
  %cp = catchpad within %cs [ptr null, i32 64, ptr null]
  catchret from %cp to label %ok
cleanup:
  %clp = cleanuppad within none []
  call void @g() [ "funclet"(token %clp) ]
  cleanupret from %clp unwind to caller
ok:
  ret void
}
