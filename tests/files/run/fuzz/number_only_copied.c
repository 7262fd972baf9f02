// A number of a record is only copied with it: nothing reads or writes it as one.
//! ret REAL
//! out REAL x = -0.65673828125
//! out REAL y = 1.32275390625
//! dup REAL a[8] = 1.06201171875 1.00244140625 -1.78173828125 0.02880859375 -0.94384765625 0.13525390625 -1.67626953125 -1.69580078125
//! dup REAL b[8] = 0.45751953125 0.64404296875 1.46142578125 1.86865234375 0.58056640625 -0.28955078125 -1.02587890625 0.20068359375
//! const int n = 6
//! call p_f
//! tol 1e-7
//! fd off
#include "case.h"
struct pair { REAL u; int k; REALF w; REAL v[3]; };
struct node { REAL v; struct node *next; int k; REAL w[2]; };
NOINLINE static struct pair p_h1(struct pair s, REAL t) {
  { struct node *c2[2]; for (int i3 = 0; i3 < 2; i3++) c2[i3] = (struct node *)malloc(sizeof(struct node)); for (int i3 = 0; i3 < 2; i3++) { struct node *o = c2[i3]; o->v = ((0.5 - 2.0) * fabs(s.u)); o->w[0] = -0.75; o->w[1] = 0.5; o->k = i3 * 3 % 4; o->next = i3 + 1 < 2 ? c2[i3 + 1] : 0; } struct node *p4 = c2[0]; {
    t /= 1.5 + cos(t) * 0.25;
    struct node c5[4]; for (int i6 = 0; i6 < 4; i6++) { struct node *o = &c5[i6]; o->v = sin(s.v[1]); o->w[0] = fmax((REAL)i6, (REAL)i6); o->w[1] = 0.5; o->k = i6 * 3 % 4; o->next = &c5[(i6 * 2 + 1) % 4]; } struct node *p7 = &c5[2];
    t += (((sin(p4->w[0]) <= ((fmin(p4->w[1], t) < (0.5 * p7->v + 0.25 * s.v[0])) ? (REAL)(t) : (REAL)(t))) ? (REAL)(atan(p4->w[1])) : (REAL)(tanh(s.v[2]))) * (1.25 / (2.0 + cos(atan2(p7->v, 2.5 + sin(p4->w[1]))))));
    REAL t8 = t;
  } for (int i3 = 0; i3 < 2; i3++) free(c2[i3]); }
  REAL t9 = fmin((t + sqrt(1.5 + sin(t))), atan2(fmin(t, t), 2.5 + sin(-(1.25))));
  REAL t10 = cbrt(2.5 + sin(cos((2.0 * t9))));
  return s;
}
REAL p_f(REAL x, REAL y, REAL *a, REAL *b, int n) {
  y *= 0.75 + 0.5 * sin(x);
  REAL t19 = x;
  struct pair s20 = {0}; s20.k = 1; s20.u = x; s20.v[1] = (a[n] + b[n]);
  s20 = p_h1(s20, t19);
  t19 = s20.w;
  return t19;
}
