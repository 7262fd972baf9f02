// Second and third derivatives with allocators of the user's own whose deallocators take more than the pointer, in any
// order of arguments: each block goes back once, with what belongs to it.
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
typedef struct { double a, b; } D2;
double __enzyme_autodiff(void *, ...), __enzyme_fwddiff(void *, ...), __enzyme_reverse(void *, ...);
D2 __enzyme_fwddiff2(void *, ...);
void *__enzyme_augmentfwd(void *, ...);
extern int enzyme_out, enzyme_const, enzyme_dup, enzyme_noret, enzyme_width;

typedef struct Pool { int live, handed; } Pool;
typedef struct { size_t kind; Pool *pool; } Header;
static int wrong;
__attribute__((noinline)) static void *pool_get(Pool *pool, int kind, int n) {
  Header *p = malloc(n + sizeof(Header));
  p->kind = kind, p->pool = pool;
  pool->live++, pool->handed++;
  return p + 1;
}
__attribute__((noinline)) static void pool_put(Pool *pool, void *q, int kind) {
  Header *p = (Header *)q - 1;
  wrong += p->kind != kind || p->pool != pool;
  pool->live--;
  free(p);
}
void *__enzyme_allocation_like_pool[4] = {(void *)pool_get, (void *)2, "0,-1,1", (void *)pool_put};
// The pointer comes last here, behind arguments of several sizes.
__attribute__((noinline)) static double *sized_get(short tag, long count, size_t bytes, Pool *pool) {
  return pool_get(pool, tag + (int)count, (int)bytes);
}
__attribute__((noinline)) static void sized_put(Pool *pool, short tag, long count, double *q) {
  pool_put(pool, q, tag + (int)count);
}
void *__enzyme_allocation_like_sized[4] = {(void *)sized_get, (void *)2, "3,0,1,-1", (void *)sized_put};

static Pool one, two;
typedef struct Node { double v; struct Node *next; } Node;
static double list(double x, int n) {
  Node *head = 0;
  for (int i = 0; i < n; i++) {
    Node *node = pool_get(i % 2 ? &one : &two, i + 7, sizeof(Node));
    node->v = x * (i + 1), node->next = head, head = node;
  }
  double r = 0;
  for (int i = n - 1; head; i--) {
    Node *next = head->next;
    r += head->v * head->v * x;
    pool_put(i % 2 ? &one : &two, head, i + 7);
    head = next;
  }
  return r;
}
static double sums(double x, int n) {
  double r = 0;
  for (int round = 0; round < 2; round++) {
    double *p = sized_get((short)n, round, 8 * n, &one);
    for (int i = 0; i < n; i++) p[i] = x * x * i;
    for (int i = 0; i < n; i++) r += p[i] * x, p[i] = r;
    r *= p[n - 1];
    sized_put(&one, (short)n, round, p);
  }
  return r;
}
// One block for each call.
static double falls(double x, int n) {
  double *p = sized_get(3, n, 8, &two);
  *p = n > 0 ? falls(x * 0.5, n - 1) * x : x;
  double r = *p * *p + x;
  sized_put(&two, 3, n, p);
  return r;
}
// The pool comes from the caller.
static double lent(double *x, int n, Pool *pool) {
  double **rows = pool_get(pool, 1, 8 * n), r = 0;
  for (int i = 0; i < n; i++) rows[i] = sized_get(1, i, 16, pool);
  for (int i = 0; i < n; i++) rows[i][0] = *x * (i + 1), rows[i][1] = rows[i][0] * *x;
  for (int i = 0; i < n; i++) r += rows[i][0] * rows[n - 1 - i][1];
  for (int i = 0; i < n; i++) sized_put(pool, 1, i, rows[i]);
  pool_put(pool, rows, 1);
  return r;
}
static double borrows(double x, int n) { return lent(&x, n, &one) * x; }

#define NEST(f)                                                                                       \
  static double f##_r(double x, int n) { return __enzyme_autodiff((void *)f, x, n); }                 \
  static double f##_f(double x, int n) { return __enzyme_fwddiff((void *)f, x, 1.0, n); }             \
  static double f##_rr(double x, int n) { return __enzyme_autodiff((void *)f##_r, x, n); }            \
  static double f##_fr(double x, int n) { return __enzyme_fwddiff((void *)f##_r, x, 1.0, n); }        \
  static double f##_rf(double x, int n) { return __enzyme_autodiff((void *)f##_f, x, n); }            \
  static double f##_ff(double x, int n) { return __enzyme_fwddiff((void *)f##_f, x, 1.0, n); }        \
  static double f##_s(double x, int n) {                                                              \
    void *tape = __enzyme_augmentfwd((void *)f, enzyme_noret, x, n);                                  \
    return __enzyme_reverse((void *)f, x, n, 1.0, tape);                                              \
  }                                                                                                   \
  static double f##_sr(double x, int n) {                                                             \
    void *tape = __enzyme_augmentfwd((void *)f##_r, enzyme_noret, x, n);                              \
    return __enzyme_reverse((void *)f##_r, x, n, 1.0, tape);                                          \
  }
NEST(list)
NEST(sums)
NEST(falls)
NEST(borrows)

static double x = 1.2, h = 1e-4;
static void check(const char *name, double value, double wanted) {
  int good = fabs(value - wanted) < 1e-5 * (1 + fabs(wanted));
  printf(good ? " %s" : " %s is %.8g, not %.8g", name, value, wanted);
}
#define CHECK(f, n)                                                                                   \
  {                                                                                                   \
    double second = (f##_r(x + h, n) - f##_r(x - h, n)) / (2 * h);                                    \
    printf(#f);                                                                                       \
    check("first", f##_r(x, n), (f(x + h, n) - f(x - h, n)) / (2 * h));                               \
    check("rr", f##_rr(x, n), second), check("fr", f##_fr(x, n), second);                             \
    check("rf", f##_rf(x, n), second), check("ff", f##_ff(x, n), second);                             \
    check("sr", f##_sr(x, n), second);                                                                \
    check("fs", __enzyme_fwddiff((void *)f##_s, x, 1.0, n), second);                                  \
    check("rs", __enzyme_autodiff((void *)f##_s, x, n), second);                                      \
    D2 wide = __enzyme_fwddiff2((void *)f##_r, enzyme_width, 2, x, 1.0, 2.0, n);                      \
    check("wide", wide.a + wide.b, 3 * second);                                                       \
    printf("; %d lost, %d wrong\n", one.live + two.live, wrong);                                      \
  }
static void third(int n) {
  double third = (list_rr(x + h, n) - list_rr(x - h, n)) / (2 * h);
  printf("third");
  check("frr", __enzyme_fwddiff((void *)list_rr, x, 1.0, n), third);
  check("rfr", __enzyme_autodiff((void *)list_fr, x, n), third);
  check("rrf", __enzyme_autodiff((void *)list_rf, x, n), third);
  printf("; %d lost, %d wrong\n", one.live + two.live, wrong);
}
int main() {
  CHECK(list, 5)
  third(5);
  CHECK(sums, 3)
  CHECK(falls, 3)
  CHECK(borrows, 3)
  printf("%d\n", one.handed > 0 && two.handed > 0);
}
