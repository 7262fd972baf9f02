// A tree over the plane with pools of nodes: masses are summed up, then far ones act as one.
//! ret REAL
//! dup REAL p[12] = 0.1 0.2 0.8 0.3 0.7 0.9 0.2 0.7 0.4 0.4 0.9 0.85
#include "case.h"
struct cell { REAL mass, x, y; int child[4], body; };
struct pool { struct cell c[40]; int n; };
static int fresh(struct pool *t) {
  struct cell *c = &t->c[t->n];
  c->mass = c->x = c->y = 0, c->body = -1;
  for (int i = 0; i < 4; i++) c->child[i] = -1;
  return t->n++;
}
static NOINLINE void insert(struct pool *t, int at, const REAL *p, int body, double cx, double cy, double h) {
  struct cell *c = &t->c[at];
  c->mass += 1, c->x += p[2 * body], c->y += p[2 * body + 1];
  if (h < 0.05) return;
  int leaf = c->body == -1 && VALUE(c->mass) == 1;
  if (leaf) {
    c->body = body;
    return;
  }
  int move[2] = {c->body, body};
  c->body = -2;
  for (int k = move[0] >= 0 ? 0 : 1; k < 2; k++) {
    int b = move[k], right = p[2 * b] > cx, up = p[2 * b + 1] > cy, q = right + 2 * up;
    if (t->c[at].child[q] < 0) { int made = fresh(t); t->c[at].child[q] = made; }
    insert(t, t->c[at].child[q], p, b, cx + (right ? h : -h) / 2, cy + (up ? h : -h) / 2, h / 2);
  }
}
static NOINLINE REAL potential(const struct pool *t, int at, REAL x, REAL y, double h) {
  const struct cell *c = &t->c[at];
  REAL mx = c->x / c->mass - x, my = c->y / c->mass - y, d2 = mx * mx + my * my + 0.01;
  if (VALUE(c->mass) == 1 || h * h < 0.25 * d2) return c->mass / sqrt(d2);
  REAL s = 0;
  for (int q = 0; q < 4; q++)
    if (c->child[q] >= 0) s += potential(t, c->child[q], x, y, h / 2);
  return s;
}
REAL f(const REAL *p) {
  struct pool *t = (struct pool *)malloc(sizeof *t);
  t->n = 0;
  int root = fresh(t);
  for (int i = 0; i < 6; i++) insert(t, root, p, i, 0.5, 0.5, 0.5);
  REAL r = potential(t, root, p[0], p[1], 1) + potential(t, root, p[8], p[9], 1);
  free(t);
  return r;
}
