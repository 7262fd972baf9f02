// A small grammar: inside probabilities of all spans of a sentence, by rules in a table.
//! ret REAL
//! dup REAL rule[8] = fill(0.1, 0.9)
//! dup REAL emit[12] = fill(0.1, 0.9)
#include "case.h"
static const unsigned char from[8] = {0, 0, 0, 1, 1, 2, 2, 0}, left[8] = {1, 2, 0, 1, 2, 0, 1, 2}, right[8] = {2, 1, 1, 2, 0, 2, 1, 2};
REAL f(const REAL *rule, const REAL *emit) {
  REAL in[4][4][3];
  memset(in, 0, sizeof in);
  for (int i = 0; i < 4; i++)
    for (int a = 0; a < 3; a++) in[i][i][a] = emit[3 * i + a];
  for (int n = 1; n < 4; n++)
    for (int i = 0; i + n < 4; i++)
      for (int k = i; k < i + n; k++)
        for (int r = 0; r < 8; r++) in[i][i + n][from[r]] += rule[r] * in[i][k][left[r]] * in[k + 1][i + n][right[r]];
  return log(in[0][3][0]) + in[1][3][2];
}
