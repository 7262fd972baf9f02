// Shortest paths from a source with active lengths, adjacency in lists, then back along the predecessors.
//! ret REAL
//! dup REAL length[9] = fill
#include "case.h"
static const signed char from[9] = {0, 0, 1, 1, 2, 3, 2, 4, 3}, to[9] = {1, 2, 2, 3, 4, 4, 3, 5, 5};
REAL f(const REAL *length) {
  int head[6], next[9], before[6], done[6] = {0, 0, 0, 0, 0, 0};
  REAL dist[6], spread = 1;
  for (int i = 0; i < 6; i++) head[i] = before[i] = -1, dist[i] = 1e6;
  for (int e = 0; e < 9; e++) next[e] = head[from[e]], head[from[e]] = e;
  dist[0] = 0;
  for (;;) {
    int u = -1;
    for (int i = 0; i < 6; i++)
      if (!done[i] && (u < 0 || dist[i] < dist[u])) u = i;
    if (u < 0) break;
    done[u] = 1;
    for (int e = head[u]; e >= 0; e = next[e])
      if (dist[u] + length[e] < dist[to[e]]) dist[to[e]] = dist[u] + length[e], before[to[e]] = e;
  }
  for (int v = 5; before[v] >= 0; v = from[before[v]]) spread *= 1 + length[before[v]] * dist[v];
  return spread + dist[4] * dist[3];
}
