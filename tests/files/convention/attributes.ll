; What only LLVM IR can say: attributes of parameters and results, metadata.
target triple = "x86_64-unknown-linux-gnu"

declare double @__enzyme_autodiff(ptr, ...)
declare double @__enzyme_fwddiff(ptr, ...)
declare void @__enzyme_autodiff_void(ptr, ...)
declare void @llvm.memcpy.p0.p0.i64(ptr, ptr, i64, i1)

define void @by_attribute(ptr %to, ptr %from, i64 %n) {
  call void @llvm.memcpy.p0.p0.i64(ptr "enzyme_type"="{[-1]:Pointer, [-1,-1]:Float@double}" %to, ptr %from, i64 %n, i1 false)
  ret void
}
define void @by_metadata(ptr %to, ptr %from, i64 %n) {
  call void @llvm.memcpy.p0.p0.i64(ptr %to, ptr %from, i64 %n, i1 false), !enzyme_truetype !0
  ret void
}
define void @by_node(ptr %to, ptr %box, i64 %n) {
  %from = load ptr, ptr %box, !enzyme_type !1
  call void @llvm.memcpy.p0.p0.i64(ptr %to, ptr %from, i64 %n, i1 false)
  ret void
}
define void @test_copy(i32 %which, ptr %to, ptr %dto, ptr %from, ptr %dfrom) {
  switch i32 %which, label %a [ i32 1, label %b ]
a:
  call void (ptr, ...) @__enzyme_autodiff_void(ptr @by_attribute, ptr %to, ptr %dto, ptr %from, ptr %dfrom, i64 16)
  ret void
b:
  call void (ptr, ...) @__enzyme_autodiff_void(ptr @by_metadata, ptr %to, ptr %dto, ptr %from, ptr %dfrom, i64 16)
  ret void
}
define void @test_node(ptr %to, ptr %dto, ptr %box, ptr %dbox) {
  call void (ptr, ...) @__enzyme_autodiff_void(ptr @by_node, ptr %to, ptr %dto, ptr %box, ptr %dbox, i64 16)
  ret void
}

define double @marked(double %x) {
  %square = fmul double %x, %x, !enzyme_inactive !2
  %cube = fmul double %square, %x
  ret double %cube
}

define internal double @product(double %x, double "enzyme_inactive" %y) {
  %r = fmul double %x, %y
  ret double %r
}
define double @parameter(double %x) {
  %r = call double @product(double %x, double %x)
  ret double %r
}
define internal double @times(double %x, double %y) {
  %r = fmul double %x, %y
  ret double %r
}
define double @argument(double %x) {
  %r = call double @times(double "enzyme_inactive" %x, double %x)
  %s = fmul double %r, %x
  ret double %s
}
define internal "enzyme_inactive" double @square(double %x) {
  %r = fmul double %x, %x
  ret double %r
}
define double @result(double %x) {
  %r = call double @square(double %x)
  %s = fmul double %r, %x
  ret double %s
}
define double @call(double %x) {
  %r = call double @times(double %x, double %x) "enzyme_inactive"
  %s = fmul double %r, %x
  ret double %s
}
define double @like(double %x) {
  %r = call double @same(double %x) "enzyme_math"="sin"
  ret double %r
}
define internal double @same(double %x) {
  ret double %x
}

define double @reverse(i32 %which, double %x) {
  switch i32 %which, label %a [ i32 1, label %b
                                i32 2, label %c
                                i32 3, label %d
                                i32 4, label %e
                                i32 5, label %f ]
a:
  %ra = call double (ptr, ...) @__enzyme_autodiff(ptr @marked, double %x)
  ret double %ra
b:
  %rb = call double (ptr, ...) @__enzyme_autodiff(ptr @parameter, double %x)
  ret double %rb
c:
  %rc = call double (ptr, ...) @__enzyme_autodiff(ptr @argument, double %x)
  ret double %rc
d:
  %rd = call double (ptr, ...) @__enzyme_autodiff(ptr @result, double %x)
  ret double %rd
e:
  %re = call double (ptr, ...) @__enzyme_autodiff(ptr @call, double %x)
  ret double %re
f:
  %rf = call double (ptr, ...) @__enzyme_autodiff(ptr @like, double %x)
  ret double %rf
}
define double @forward(i32 %which, double %x) {
  switch i32 %which, label %a [ i32 1, label %b
                                i32 2, label %c
                                i32 3, label %d
                                i32 4, label %e
                                i32 5, label %f ]
a:
  %ra = call double (ptr, ...) @__enzyme_fwddiff(ptr @marked, double %x, double 1.0)
  ret double %ra
b:
  %rb = call double (ptr, ...) @__enzyme_fwddiff(ptr @parameter, double %x, double 1.0)
  ret double %rb
c:
  %rc = call double (ptr, ...) @__enzyme_fwddiff(ptr @argument, double %x, double 1.0)
  ret double %rc
d:
  %rd = call double (ptr, ...) @__enzyme_fwddiff(ptr @result, double %x, double 1.0)
  ret double %rd
e:
  %re = call double (ptr, ...) @__enzyme_fwddiff(ptr @call, double %x, double 1.0)
  ret double %re
f:
  %rf = call double (ptr, ...) @__enzyme_fwddiff(ptr @like, double %x, double 1.0)
  ret double %rf
}

!0 = !{!"Float@double", i64 0}
!1 = !{!"Pointer", i32 -1, !3}
!2 = !{}
!3 = !{!"Pointer", i32 -1, !4}
!4 = !{!"Float@double"}
