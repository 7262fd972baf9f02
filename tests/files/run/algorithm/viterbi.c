// The best path: maxima with pointers back.
//! ret REAL
//! dup REAL score[4][3] = 0.3 1.2 0.7  1.1 0.2 0.6  0.4 0.9 1.3  0.8 0.1 0.5
//! dup REAL trans[3][3] = 0.1 0.5 0.2  0.4 0.3 0.6  0.7 0.25 0.15
#include "case.h"
REAL f(const REAL (*score)[3], const REAL (*trans)[3]) {
  REAL v[3], w[3];
  for (int s = 0; s < 3; s++) v[s] = score[0][s];
  for (int t = 1; t < 4; t++) {
    for (int s = 0; s < 3; s++) {
      REAL best = v[0] + trans[0][s];
      for (int r = 1; r < 3; r++)
        if (v[r] + trans[r][s] > best) best = v[r] + trans[r][s];
      w[s] = best * score[t][s];
    }
    for (int s = 0; s < 3; s++) v[s] = w[s];
  }
  return fmax(v[0], fmax(v[1], v[2]));
}
