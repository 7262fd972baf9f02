// A tree walked backwards in one array; early exercise where it pays more.
//! ret REAL
//! out REAL spot = 100
//! out REAL vol = 0.25
//! out REAL rate = 0.03
#include "case.h"
REAL f(REAL spot, REAL vol, REAL rate) {
  enum { N = 12 };
  REAL dt = 1.0 / N, u = exp(vol * sqrt(dt)), d = 1 / u, p = (exp(rate * dt) - d) / (u - d), disc = exp(-rate * dt), v[N + 1];
  for (int i = 0; i <= N; i++) {
    REAL s = spot * pow(u, 2 * i - N);
    v[i] = s < 105 ? 105 - s : 0 * s;
  }
  for (int n = N - 1; n >= 0; n--)
    for (int i = 0; i <= n; i++) {
      REAL hold = disc * (p * v[i + 1] + (1 - p) * v[i]), now = 105 - spot * pow(u, 2 * i - n);
      v[i] = hold > now ? hold : now;
    }
  return v[0];
}
