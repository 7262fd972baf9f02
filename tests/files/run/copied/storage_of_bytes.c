// A record beside numbers has storage that is declared as bytes, and holds numbers: bytes are not text for sure.
//! ret REAL
//! dup REAL x[4] = fill
#include "case.h"
struct message { int kind; _Alignas(8) char data[2 * sizeof(REAL)]; REAL weight; };
static NOINLINE void put(struct message *m, REAL a, REAL b) {
  REAL both[2] = {a * b, a + b};
  memcpy((void *)m->data, both, sizeof both);
}
static NOINLINE void send(struct message *to, const struct message *from) { *to = *from; }
static NOINLINE REAL get(const struct message *m, int k) {
  REAL x;
  memcpy(&x, m->data + k * sizeof x, sizeof x);
  return x;
}
REAL f(const REAL *x) {
  struct message queue[3], last;
  for (int i = 0; i < 3; i++) {
    queue[i].kind = i, queue[i].weight = x[i];
    put(&queue[i], x[i], x[i + 1]);
  }
  REAL s = 0;
  for (int i = 0; i < 3; i++) {
    send(&last, &queue[i]);
    s += get(&last, 0) * last.weight + get(&last, 1) * get(&queue[(i + 1) % 3], 0) * last.kind;
  }
  return s;
}
