// Atomic accesses of local variables: what no other thread reaches is differentiated like plain memory.
#include <math.h>
#include <stdio.h>
double __enzyme_autodiff(void *, ...), __enzyme_fwddiff(void *, ...);

double exchange(double x) {
  double a = x, b = 3 * x, old;
  __atomic_exchange(&a, &b, &old, __ATOMIC_SEQ_CST);
  double now;
  __atomic_load(&a, &now, __ATOMIC_ACQUIRE);
  b = now * old;
  __atomic_store(&a, &b, __ATOMIC_RELEASE);
  return a * old + now;
}
double update(double x) { // Loops of loads and compare-and-exchange.
  _Atomic double a = x;
  for (int i = 1; i < 4; i++) {
    a += x * i;
    a *= x;
    a -= 0.5;
  }
  return a * a;
}
double retry(double x) {
  double a = x;
  for (int i = 0; i < 3; i++) {
    double old = a, new;
    do new = old > 2 ? sin(old) : old * x;
    while (!__atomic_compare_exchange(&a, &old, &new, 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST));
  }
  return a;
}
float narrow(float x) {
  _Atomic float a = x * x;
  a += x;
  float v[2] = {a, x};
  float old, new = 2 * x;
  __atomic_exchange(&v[1], &new, &old, __ATOMIC_RELAXED);
  return v[1] * a * old;
}
double single(double x) { return narrow((float)x); }
double watched(double x) {
  volatile double a = x;
  a = a * x;
  return a * a;
}

#define CHECK(f, tolerance)                                                                  \
  {                                                                                          \
    double fd = (f(x + h) - f(x - h)) / (2 * h);                                             \
    double r = __enzyme_autodiff((void *)f, x), t = __enzyme_fwddiff((void *)f, x, 1.0);      \
    printf(#f " %d %d\n", fabs(r - fd) < tolerance * fabs(fd), fabs(t - fd) < tolerance * fabs(fd)); \
  }
int main() {
  double x = 1.3, h = 1e-5;
  CHECK(exchange, 1e-6)
  CHECK(update, 1e-6)
  CHECK(retry, 1e-6)
  h = 1e-3;
  CHECK(single, 1e-2)
  CHECK(watched, 1e-2)
}
