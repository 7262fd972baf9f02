// A transform by recursion that passes moved pointers: to the output, to the input and to the factors of its length.
//! ret REAL
//! dup REAL x[24] = fill(-1, 1)
#include "case.h"
typedef struct {
  REAL r, i;
} point;
typedef struct {
  int length, inverse;
  int factors[64];
  point twiddles[12];
} plan;
static void two(point *out, size_t stride, const plan *st, int m) {
  const point *tw = st->twiddles;
  for (int k = 0; k < m; k++, tw += stride) {
    point t;
    t.r = out[k + m].r * tw->r - out[k + m].i * tw->i;
    t.i = out[k + m].r * tw->i + out[k + m].i * tw->r;
    out[k + m].r = out[k].r - t.r;
    out[k + m].i = out[k].i - t.i;
    out[k].r += t.r;
    out[k].i += t.i;
  }
}
static void any(point *out, size_t stride, const plan *st, int m, int p) {
  const point *tw = st->twiddles;
  point *scratch = (point *)malloc(sizeof(point) * p);
  for (int u = 0; u < m; u++) {
    for (int q = 0; q < p; q++) scratch[q] = out[u + q * m];
    for (int q1 = 0; q1 < p; q1++) {
      int at = 0, k = u + q1 * m;
      out[k] = scratch[0];
      for (int q = 1; q < p; q++) {
        at = (at + (int)stride * k) % st->length;
        out[k].r += scratch[q].r * tw[at].r - scratch[q].i * tw[at].i;
        out[k].i += scratch[q].r * tw[at].i + scratch[q].i * tw[at].r;
      }
    }
  }
  free(scratch);
}
static void work(point *out, const point *f, size_t stride, int step, const int *factors, const plan *st) {
  point *begin = out;
  const int p = *factors++, m = *factors++;
  const point *end = out + p * m;
  if (m == 1) {
    do {
      *out = *f;
      f += stride * step;
    } while (++out != end);
  } else {
    do {
      work(out, f, stride * p, step, factors, st);
      f += stride * step;
    } while ((out += m) != end);
  }
  switch (p) {
  case 2: two(begin, stride, st, m); break;
  default: any(begin, stride, st, m, p); break;
  }
}
REAL f(const REAL *x) {
  plan *st = (plan *)malloc(sizeof(plan));
  point *in = (point *)malloc(12 * sizeof(point)), *out = (point *)malloc(12 * sizeof(point));
  int factors[6] = {2, 6, 2, 3, 3, 1};
  st->length = 12;
  st->inverse = 0;
  for (int k = 0; k < 6; k++) st->factors[k] = factors[k];
  for (int k = 0; k < 12; k++) {
    double phase = -2 * 3.14159265358979323846 * k / 12;
    st->twiddles[k].r = cos(phase);
    st->twiddles[k].i = sin(phase);
    in[k].r = x[2 * k];
    in[k].i = x[2 * k + 1];
  }
  work(out, in, 1, 1, st->factors, st);
  REAL sum = 0;
  for (int k = 0; k < 12; k++) sum += (k + 1) * (out[k].r * out[k].r + out[k].i * out[k].i * out[k].r);
  free(in);
  free(out);
  free(st);
  return sum;
}
