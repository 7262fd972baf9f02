// A kernel over two texts: common subsequences weighted by gaps, in a table with a decay.
//! ret REAL
//! out REAL decay = 0.7
//! dup REAL letter[4] = fill
//! const char a[8] = "abcad"
//! const char b[8] = "bacd"
#include "case.h"
REAL f(REAL decay, const REAL *letter, const char *a, const char *b) {
  int n = (int)strlen(a), m = (int)strlen(b);
  REAL K[8][8], P[8][8], total = 0;
  memset(K, 0, sizeof K);
  for (int i = 0; i <= n; i++)
    for (int j = 0; j <= m; j++) P[i][j] = 1;
  for (int length = 1; length <= 2; length++) {
    REAL Q[8][8];
    memset(Q, 0, sizeof Q);
    for (int i = 1; i <= n; i++)
      for (int j = 1; j <= m; j++) {
        REAL hit = a[i - 1] == b[j - 1] ? letter[a[i - 1] - 'a'] * P[i - 1][j - 1] : 0 * decay;
        Q[i][j] = decay * (Q[i - 1][j] + Q[i][j - 1]) - decay * decay * Q[i - 1][j - 1] + decay * decay * hit;
        total += length * hit * decay * decay;
      }
    memcpy(P, Q, sizeof P);
  }
  return total;
}
