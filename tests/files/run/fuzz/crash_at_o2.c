// Random program 1 of seed 7000, at O2: the compiler failed: exit status: 1
//! ret REAL
//! out REAL x = 1.22802734375
//! out REAL y = -1.67724609375
//! dup REAL a[8] = -0.33056640625 -1.93115234375 0.98779296875 0.95556640625 1.87841796875 1.58349609375 -0.61669921875 -0.77978515625
//! dup REAL b[8] = 1.41259765625 -0.18408203125 -1.23486328125 -1.71240234375 -1.29541015625 0.30908203125 0.22998046875 -1.52099609375
//! const int n = 6
//! call p_f
//! tol 1e-7
//! fd off
#include "case.h"
struct pair { REAL u; int k; REALF w; REAL v[3]; };
struct node { REAL v; struct node *next; int k; REAL w[2]; };
NOINLINE static REAL p_h9(REAL s, REAL t) {
  t += exp(sin((fmin(t, s) * fmax(2.0, t))));
  return sin(fmin(t, pow(2.0 + sin(t), cos(t))));
}
NOINLINE static REAL p_h10(REAL s, REAL t) {
  s /= 1.5 + cos((p_h9(log(2.0 + cos(s)), p_h9(s, s)) / (2.0 + cos(((0.5 * 3.0 + 0.25 * t) / (2.0 + cos(fabs(t)))))))) * 0.25;
  if ((cos(-0.75) <= (t / (2.0 + cos(t)))) || (fmax(s, t) >= fmax(t, t))) return log1p(1.5 + sin(log1p(1.5 + sin(s))));
  if (atan(s) >= t) {
    switch ((int)((unsigned)(1) % 5u)) { case 0: {
      s -= hypot(atan2((t + s), 2.5 + sin(pow(2.0 + sin(2.0), cos(s)))), 1.0 + sin((p_h9(s, s) + hypot(-0.75, 1.0 + sin(s) * 0.5))) * 0.5);
      REAL t11 = (0.5 * exp(-fabs((s / (2.0 + cos(s))))) + 0.25 * pow(2.0 + sin(exp(sin(s))), cos(floor(t))));
    } case 1: {
      s = ((!(fmin(-0.75, s) < pow(2.0 + sin(s), cos(t))) || ((t / (2.0 + cos(s))) <= p_h9(t, s))) ? (REAL)(t) : (REAL)(fma(p_h9(0.5, t), 0.5, cbrt(2.5 + sin(t)))));
    } case 2: {
      REAL t12 = (fmin(log(2.0 + cos(-0.75)), fabs(t)) + sqrt(1.5 + sin(sin(s))));
      REAL t13 = p_h9(fabs(sin(t)), p_h9(exp(-fabs(t)), hypot(t12, 1.0 + sin(s) * 0.5)));
    } break; case 3: {
      REAL t14 = 1.25;
      t += pow(2.0 + sin(t14), cos(t));
    } break; }
    struct node c15[5]; for (int i16 = 0; i16 < 5; i16++) { struct node *o = &c15[i16]; o->v = fmax(atan2(s, 2.5 + sin(t)), hypot(2.0, 1.0 + sin(t) * 0.5)); o->w[0] = log(2.0 + cos(0.5)); o->w[1] = 0.5; o->k = i16 * 3 % 4; o->next = &c15[(i16 * 2 + 1) % 5]; } struct node *p17 = &c15[4];
  } else {
    for (int i18 = 1; i18 < 8; i18 += 3) {
      t -= (atan(tanh((REAL)i18)) * t);
      REAL t19 = cbrt(2.5 + sin((REAL)i18));
      REAL t20 = t;
      t19 /= 1.5 + cos(erf(s)) * 0.25;
    }
    for (int i21 = 0; i21 < 3; i21++) {
      t *= 0.75 + 0.5 * sin(fabs(cbrt(2.5 + sin(pow(2.0 + sin(-0.75), cos((REAL)i21))))));
      REAL t22 = ((0.5 * fmax(0.5, s) + 0.25 * (s * s)) + ((t - s) - sin(s)));
      t22 /= 1.5 + cos(-0.75) * 0.25;
      REAL t23 = ((((!((t22 + -0.75) >= (t * t)) || (hypot(t22, 1.0 + sin(2.0) * 0.5) <= pow(2.0 + sin(t22), cos(t22)))) ? (REAL)(t22) : (REAL)(t)) > t) ? (REAL)(atan2((t22 / (2.0 + cos(t))), 2.5 + sin(((fmin(t22, t) >= -(s)) ? (REAL)(s) : (REAL)(t22))))) : (REAL)(p_h9(fma(t22, 0.5, (REAL)i21), ((REAL)i21 / (2.0 + cos(t22))))));
    }
    t += fabs(s);
  }
  { int k25 = 0; if (fmin(t, t) < exp(-fabs(-0.75))) goto l24m; l24: {
    if (log1p(1.5 + sin(-0.75)) <= (t * 0.1)) {
      REAL t26 = erf(((exp(sin(2.0)) < fmin(t, 1.25)) ? (REAL)(cbrt(2.5 + sin(s))) : (REAL)((s / (2.0 + cos(-0.75))))));
    }
  } l24m: {
    s = s;
  } if (++k25 < 4) goto l24; }
  return t;
}
REAL p_f(REAL x, REAL y, REAL *a, REAL *b, int n) {
  { int k27 = 4; do {
    struct node c28[4]; for (int i29 = 0; i29 < 4; i29++) { struct node *o = &c28[i29]; o->v = x; o->w[0] = x; o->w[1] = 0.5; o->k = i29 * 3 % 4; o->next = &c28[(i29 + 1) % 4]; } struct node *p30 = &c28[2];
  } while (--k27 > 0 && (1)); }
  REAL *q31 = (1) ? b : a;
  REAL t32 = log(2.0 + cos(p_h10((y + a[n]), fmin(q31[2], x))));
  REAL *q33 = &q31[0];
  if ((n + 2) % 3 != 0) {
    { WORD w37[3]; memcpy((void *)w37, q31 + 0, sizeof w37); WORD t38 = w37[0]; w37[0] = w37[2]; w37[2] = t38; memcpy((void *)(a + 0), w37, sizeof w37); for (int k39 = 0; k39 < 3; k39++) a[0 + k39] *= 0.75; }
  }
  return p_h10(log(2.0 + cos(cos(q33[2]))), ((cbrt(2.5 + sin(y)) <= exp(sin(b[n]))) ? (REAL)(atan2(q31[1], 2.5 + sin(q31[(int)((unsigned)(n) % 3u)]))) : (REAL)(x)));
}
