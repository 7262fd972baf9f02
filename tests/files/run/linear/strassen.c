// Seven products of quadrants by recursion, with temporaries from the stack.
//! second off twenty-one inlined sums in seven calls take long to compile
//! ret REAL
//! dup REAL a[16] = fill
//! dup REAL b[16] = fill
#include "case.h"
static void add(const REAL *x, int sx, const REAL *y, int sy, REAL sign, REAL *z, int n) {
  for (int i = 0; i < n; i++)
    for (int j = 0; j < n; j++) z[i * n + j] = x[i * sx + j] + sign * y[i * sy + j];
}
static NOINLINE void strassen(const REAL *a, int sa, const REAL *b, int sb, REAL *c, int sc, int n) {
  if (n == 1) { *c = *a * *b; return; }
  int h = n / 2;
  const REAL *a00 = a, *a01 = a + h, *a10 = a + h * sa, *a11 = a10 + h, *b00 = b, *b01 = b + h, *b10 = b + h * sb, *b11 = b10 + h;
  REAL m[7][4], x[4], y[4];
  add(a00, sa, a11, sa, 1, x, h), add(b00, sb, b11, sb, 1, y, h), strassen(x, h, y, h, m[0], h, h);
  add(a10, sa, a11, sa, 1, x, h), strassen(x, h, b00, sb, m[1], h, h);
  add(b01, sb, b11, sb, -1, y, h), strassen(a00, sa, y, h, m[2], h, h);
  add(b10, sb, b00, sb, -1, y, h), strassen(a11, sa, y, h, m[3], h, h);
  add(a00, sa, a01, sa, 1, x, h), strassen(x, h, b11, sb, m[4], h, h);
  add(a10, sa, a00, sa, -1, x, h), add(b00, sb, b01, sb, 1, y, h), strassen(x, h, y, h, m[5], h, h);
  add(a01, sa, a11, sa, -1, x, h), add(b10, sb, b11, sb, 1, y, h), strassen(x, h, y, h, m[6], h, h);
  for (int i = 0; i < h; i++)
    for (int j = 0; j < h; j++) {
      int k = i * h + j;
      c[i * sc + j] = m[0][k] + m[3][k] - m[4][k] + m[6][k];
      c[i * sc + j + h] = m[2][k] + m[4][k];
      c[(i + h) * sc + j] = m[1][k] + m[3][k];
      c[(i + h) * sc + j + h] = m[0][k] - m[1][k] + m[2][k] + m[5][k];
    }
}
REAL f(const REAL *a, const REAL *b) {
  REAL c[16], s = 0;
  strassen(a, 4, b, 4, c, 4, 4);
  for (int i = 0; i < 16; i++) s += c[i] * c[i] * (i % 5);
  return s;
}
