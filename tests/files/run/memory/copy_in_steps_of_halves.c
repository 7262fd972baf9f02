// Records of an address and a number are copied in pieces of one size or another: where a piece starts in a record
// is not known, and so not what it holds.
//! ret REAL
//! dup REAL x[4] = 1.5 0.7 2.3 1.1 | -0.5 0.7 0.4 1.1
//! refuse RZ0012
#include "case.h"
struct node { struct node *next; REAL v; };
#ifdef RZ_DUAL
static void move(struct node *d, const struct node *s, size_t w) { (void)w; *d = *s; }
#else
NOINLINE static void pieces(char *d, const char *s, int n, size_t w) {
  for (int i = 0; i < n; i++)
    memcpy(d + w * i, s + w * i, w);
}
static void move(struct node *d, const struct node *s, size_t w) {
  pieces((char *)d, (const char *)s, (int)(sizeof *d / w), w);
}
#endif
REAL f(REAL *x) {
  struct node a[4], b[4];
  size_t w = x[0] > 0 ? 8 : 4;
  for (int i = 0; i < 4; i++) {
    a[i].v = x[i];
    a[i].next = i < 3 ? &b[i + 1] : NULL;
  }
  for (int i = 0; i < 4; i++)
    move(&b[i], &a[i], w);
  REAL s = 0;
  int k = 1;
  for (struct node *p = b; p; p = p->next)
    s += p->v * p->v * k++;
  return s;
}
