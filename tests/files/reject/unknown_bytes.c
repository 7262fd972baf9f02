// ERROR: 7:3: error: Enzyme: cannot tell whether byte 0 behind
// TEXT: [RZ0012]
// TEXT: note: the request is at unknown_bytes.c:
// TEXT: help: 
void *memcpy(void *, const void *, unsigned long);
void f(void *out, const void *in, unsigned long n) {
  memcpy(out, in, n);
}
void __enzyme_autodiff(void *, ...);
void g(void *out, void *dout, void *in, void *din, unsigned long n) {
  __enzyme_autodiff((void *)f, out, dout, in, din, n);
}
