// Arrays are walked one by one up to an address that vectors like, and in vectors from there. Shadows have addresses of their own:
// what the code found out about the primal's says nothing about theirs.
#include <stdint.h>
#include <stdio.h>
#include <string.h>
extern int enzyme_dup, enzyme_const;
double __enzyme_autodiff(void *, ...);
double __enzyme_fwddiff(void *, ...);
typedef double two __attribute__((vector_size(16)));

static double squares(double *a, int n) {
  double s = 0;
  int i = 0;
  while (i < n && (uintptr_t)(a + i) % 16 != 0) a[i] *= a[i], i++;
  for (; i + 1 < n; i += 2) {
    two *pair = (two *)(a + i);
    *pair *= *pair;
  }
  for (; i < n; i++) a[i] *= a[i];
  for (i = 0; i < n; i++) s += a[i];
  return s;
}

static void show(const char *what, int from, int to) {
  _Alignas(16) double x[8] = {1, 2, 3, 4, 5, 6, 7, 8}, d[8] = {0};
  printf("%s %d %d:", what, from, to);
  if (what[0] == 'r') {
    __enzyme_autodiff((void *)squares, enzyme_dup, x + from, d + to, enzyme_const, 6);
    for (int i = 0; i < 6; i++) printf(" %g", d[to + i]);
  } else {
    for (int i = 0; i < 6; i++) d[to + i] = 1 << i;
    printf(" %g", __enzyme_fwddiff((void *)squares, enzyme_dup, x + from, d + to, enzyme_const, 6));
  }
  puts("");
}

int main() {
  show("reverse", 0, 0), show("reverse", 0, 1), show("reverse", 1, 0), show("reverse", 1, 1);
  show("forward", 0, 0), show("forward", 0, 1), show("forward", 1, 0), show("forward", 1, 1);
}
