; ERROR: error: Enzyme: the `enzyme_type` of argument 0 of `f` cannot be read: offset 8 lies outside of the 8 bytes of the value [RZ0029]
target triple = "x86_64-unknown-linux-gnu"
declare void @__enzyme_autodiff_void(ptr, ...)
define void @f(ptr "enzyme_type"="{[8]:Pointer}" %to) {
  ret void
}
define void @g(ptr %to, ptr %dto) {
  call void (ptr, ...) @__enzyme_autodiff_void(ptr @f, ptr %to, ptr %dto)
  ret void
}
