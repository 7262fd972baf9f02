// Messages of different kinds in one queue of bytes, each with a header that says how long it is.
//! ret REAL
//! dup REAL a[4] = fill
#include "case.h"
struct queue { REAL store[24]; int head, tail; };
static void send(struct queue *q, int kind, const REAL *data, int n) {
  q->store[q->tail++] = kind;
  for (int i = 0; i < n; i++) q->store[q->tail++] = data[i];
}
REAL f(const REAL *a) {
  static const int length[3] = {1, 2, 3};
  struct queue q;
  REAL sum = 0, scale = 1;
  q.head = q.tail = 0;
  send(&q, 2, a, 3), send(&q, 0, a + 3, 1), send(&q, 1, a + 1, 2), send(&q, 0, a, 1);
  while (q.head < q.tail) {
    int kind = (int)VALUE(q.store[q.head++]);
    const REAL *d = &q.store[q.head];
    q.head += length[kind];
    switch (kind) {
    case 0: scale *= d[0]; break;
    case 1: sum += d[0] * d[1] * scale; break;
    case 2:
      sum += d[0] - d[1] * d[2];
      if (q.tail < 12) send(&q, 1, d, 2);
      break;
    }
  }
  return sum * scale;
}
