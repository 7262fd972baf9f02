// Regions of similar pixels are found with a queue of indices and replaced by their means.
//! dup REAL im[16] = 0.1 0.15 0.8 0.82 0.12 0.5 0.85 0.81 0.55 0.52 0.5 0.9 0.1 0.58 0.95 0.92
#include "case.h"
void f(REAL *im) {
  int label[16], queue[16];
  for (int i = 0; i < 16; i++) label[i] = -1;
  for (int s = 0; s < 16; s++) {
    if (label[s] >= 0) continue;
    int head = 0, tail = 0;
    REAL sum = 0;
    queue[tail++] = s, label[s] = s;
    while (head < tail) {
      int at = queue[head++], x = at % 4, y = at / 4;
      sum += im[at];
      const int dx[4] = {1, -1, 0, 0}, dy[4] = {0, 0, 1, -1};
      for (int k = 0; k < 4; k++) {
        int u = x + dx[k], v = y + dy[k], to = 4 * v + u;
        if (u < 0 || u > 3 || v < 0 || v > 3 || label[to] >= 0) continue;
        if (fabs(im[to] - im[at]) < 0.2) label[to] = s, queue[tail++] = to;
      }
    }
    for (int k = 0; k < tail; k++) im[queue[k]] = 0.5 * im[queue[k]] + 0.5 * sum / tail * im[s];
  }
}
