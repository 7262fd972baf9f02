// A deque of indices gives the maximum of every window, the ends move past each other's leftovers.
//! dup REAL a[10] = fill(-1, 1)
//! dup REAL out[8] = 0
#include "case.h"
void f(const REAL *a, REAL *out) {
  int queue[10], *head = queue, *tail = queue;
  for (int i = 0; i < 10; i++) {
    while (tail > head && a[tail[-1]] <= a[i]) tail--;
    *tail++ = i;
    if (*head <= i - 3) head++;
    if (i >= 2) out[i - 2] = a[*head] * a[*head] + a[i];
  }
}
