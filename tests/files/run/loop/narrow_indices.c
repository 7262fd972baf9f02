// Indices of narrow types: nests of `int` in which neighbours are one less and one more, counters that go down, a row before
// the array's middle, products that wrap around because they are unsigned, and narrower types still.
//! ret REAL
//! dup REAL u[48] = fill(-1, 1) | fill(0.5, 1)
//! const int n = 4 | 3
//! const int half = 2 | 1
#include "case.h"
static void step(const REAL *restrict now, REAL *restrict then, int n) {
  for (int i = 1; i < n - 1; i++)
    for (int j = 1; j < n - 1; j++)
      for (int k = 1; k < 2; k++)
        then[((i * n) + j) * 3 + k] = now[(i * n + j) * 3 + k] + 0.1 * (now[((i - 1) * n + j) * 3 + k] * now[((i + 1) * n + j) * 3 + k] +
          now[(i * n + (j - 1)) * 3 + k] - now[(i * n + (j + 1)) * 3 + k] + now[(i * n + j) * 3 + (k - 1)] * now[(i * n + j) * 3 + (k + 1)]);
}
static REAL around(const REAL *middle, int reach) {
  REAL sum = 0;
  for (int i = -reach; i <= reach; i++)
    sum += middle[i * 2 - 1] * middle[1 - i] * (REAL)(i + 3);
  return sum;
}
// The product is k again where k is even, and a place far away if it did not wrap.
static REAL wrapped(const REAL *u, unsigned n) {
  REAL sum = 0;
  for (unsigned k = 0; k < n; k += 2)
    sum += u[(int)(k * 0x80000001u)] * u[(int)(k + 0xffffffffu + 1u)] + u[(int)(3u - (k - 4u)) - 4 + (int)k];
  return sum;
}
static REAL narrower(const REAL *u, short m, signed char c) {
  REAL sum = 0;
  for (short s = 1; s < m; s++)
    sum += u[(short)(s * 2) - c] * u[(signed char)(s + 127) + 140] * u[(unsigned char)(s + 250) % 7 + s - 1];
  return sum;
}
REAL f(REAL *u, int n, int half) {
  REAL v[48], sum = 0;
  for (int i = 0; i < 48; i++)
    v[i] = u[i] * 0.5;
  step(u, v, n);
  step(v, u, n);
  sum += around(v + 12, half) + wrapped(u, (unsigned)n) + narrower(u, (short)n, (signed char)half);
  for (int i = 47; i >= 1; i--)
    sum += v[i - 1] * v[i] * u[2 * i / 2];
  return sum;
}
