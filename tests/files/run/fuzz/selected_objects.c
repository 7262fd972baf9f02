// Random program 336 of seed 7000, at O1: point 0: gradient 0 is 1.14114048928442e0, expected 1e0
//! ret REAL
//! out REAL x = -1.54248046875
//! out REAL y = 0.90966796875
//! dup REAL a[8] = -1.63623046875 0.89111328125 0.06103515625 1.78173828125 0.05322265625 -1.06396484375 -1.65478515625 1.12451171875
//! dup REAL b[8] = 0.92919921875 0.79541015625 1.33544921875 1.91552734375 -0.68798828125 -0.92626953125 -1.48095703125 -0.56787109375
//! const int n = 2
//! call p_f
//! tol 1e-7
//! fd off
#include "case.h"
struct pair { REAL u; int k; REALF w; REAL v[3]; };
struct node { REAL v; struct node *next; int k; REAL w[2]; };
NOINLINE static REAL p_h1(REAL s, REAL t) {
}
static inline struct pair p_h2(struct pair s, REAL t) {
}
REAL p_f(REAL x, REAL y, REAL *a, REAL *b, int n) {
  for (int i4 = n; i4 < 7; i4++) {
  }
  REAL t7 = x;
  a[n] += tanh(x);
  struct node c8[2]; for (int i9 = 0; i9 < 2; i9++) { struct node *o = &c8[i9]; o->v = x; o->w[0] = x; o->w[1] = 0.5; o->k = i9 * 3 % 4; o->next = i9 + 1 < 2 ? &c8[i9 + 1] : 0; } struct node *p10 = &c8[0];
  switch ((int)((unsigned)(0) % 5u)) { case 0: {
  } case 1: {
    { WORD w19[3]; memcpy((void *)w19, b + 3, sizeof w19); WORD t20 = w19[0]; w19[0] = w19[2]; w19[2] = t20; memcpy((void *)(a + 1), w19, sizeof w19); for (int k21 = 0; k21 < 3; k21++) a[1 + k21] *= 0.75; }
  } case 2: {
    a[n] += tanh((((n + 2 * n) % 2 == 0) ? (REAL)(a[0]) : (REAL)(p10->v)));
  } break; case 3: {
  } break; }
  return p10->v;
}
