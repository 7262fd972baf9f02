// An element of one of two arrays, by an unknown index; in one of them words are moved that nothing reads as numbers.
//! ret REAL
//! out REAL x = -0.71142578125
//! out REAL y = 1.75244140625
//! dup REAL a[8] = -1.30712890625 -0.24169921875 -1.78955078125 0.51806640625 -0.17138671875 -1.50927734375 0.74072265625 0.95654296875
//! dup REAL b[8] = -0.93408203125 0.72021484375 -1.27880859375 -1.51220703125 -1.84716796875 -0.68408203125 1.53564453125 -0.24072265625
//! const int n = 5
//! call p_f
//! tol 1e-7
//! fd off
#include "case.h"
struct pair { REAL u; int k; REALF w; REAL v[3]; };
struct node { REAL v; struct node *next; int k; REAL w[2]; };
REAL p_f(REAL x, REAL y, REAL *a, REAL *b, int n) {
  { int k9 = 4; while ((1) && k9-- > 0) {
    x *= 0.75 + 0.5 * sin(((a[n] < 0.5) ? (REAL)(x) : (REAL)(exp(sin((((0.75 / (2.0 + cos(y))) <= (y * (REAL)k9)) ? (REAL)(b[n]) : (REAL)(a[n])))))));
  } }
  struct pair s15 = {0}; s15.k = 1; s15.u = (tanh(x) + (y - x)); s15.v[1] = (0.5 * b[n] + 0.25 * y);
  { WORD w24[3]; memcpy((void *)w24, b + 4, sizeof w24); WORD t25 = w24[0]; w24[0] = w24[2]; w24[2] = t25; memcpy((void *)(b + 0), w24, sizeof w24); for (int k26 = 0; k26 < 3; k26++) b[0 + k26] *= 0.75; }
  return fmax(sin(((REAL)n / (2.0 + cos(x)))), atan2(log(2.0 + cos((REAL)n)), 2.5 + sin(cos(s15.u))));
}
