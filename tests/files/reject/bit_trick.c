// ERROR: error: Enzyme: an active float is computed with as an integer [RZ0015]
float f(float x) {
  int i;
  __builtin_memcpy(&i, &x, 4);
  i = 0x5f3759df - (i >> 1);
  float y;
  __builtin_memcpy(&y, &i, 4);
  return y;
}
float __enzyme_autodiff(void *, float);
float g(float x) {
  return __enzyme_autodiff((void *)f, x);
}
