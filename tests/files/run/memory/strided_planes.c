// Interleaved channels are split into planes, worked on and joined again.
//! dup REAL pixel[12] = fill
//! const int n = 4
#include "case.h"
void f(REAL *pixel, int n) {
  REAL plane[3][4];
  for (int c = 0; c < 3; c++)
    for (int i = 0; i < n; i++) plane[c][i] = pixel[i * 3 + c];
  for (int i = 0; i < n; i++) {
    REAL grey = 0.3 * plane[0][i] + 0.6 * plane[1][i] + 0.1 * plane[2][i];
    for (int c = 0; c < 3; c++) plane[c][i] = grey + (plane[c][i] - grey) * plane[(c + 1) % 3][i];
  }
  for (int c = 0; c < 3; c++)
    for (int i = 0; i < n; i++) pixel[i * 3 + c] = plane[c][i];
}
