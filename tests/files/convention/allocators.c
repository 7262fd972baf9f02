// Allocators of the user's own: their memory has shadows from them, which go back the same way.
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
double __enzyme_autodiff(void *, ...), __enzyme_fwddiff(void *, ...);

static int got, gone, wrong;
// What is handed out lies behind a header, so `free` would be an error.
__attribute__((noinline)) void *get(size_t n) {
  size_t *p = malloc(n + 16);
  p[0] = 4711, p[1] = n;
  memset(p + 2, 0xee, n);
  got++;
  return p + 2;
}
__attribute__((noinline)) void put(void *q) {
  size_t *p = (size_t *)q - 2;
  wrong += p[0] != 4711;
  gone++;
  free(p);
}
typedef struct Pool { int live; } Pool;
__attribute__((noinline)) void *pool_get(Pool *pool, int kind, int n) {
  size_t *p = malloc(n + 16);
  p[0] = kind, p[1] = 815;
  pool->live++;
  return p + 2;
}
__attribute__((noinline)) void pool_put(Pool *pool, void *q, int kind) {
  size_t *p = (size_t *)q - 2;
  wrong += p[0] != kind || p[1] != 815;
  pool->live--;
  free(p);
}
void *__enzyme_allocation_like_get[4] = {(void *)get, (void *)0, "-1", (void *)put};
void *__enzyme_allocation_like_pool[4] = {(void *)pool_get, (void *)2, "0,-1,1", (void *)pool_put};

double plain(double x, int n) {
  double r = 0, *p = get(8 * n);
  for (int i = 0; i < n; i++) p[i] = x * x * i;
  for (int i = 0; i < n; i++) r += p[i] * x, p[i] = r;
  r *= p[n - 1];
  put(p);
  return r;
}

static Pool pool;
typedef struct Node { double v; struct Node *next; } Node;
double pooled(double x, int n) {
  Node *head = 0;
  for (int i = 0; i < n; i++) {
    Node *node = pool_get(&pool, i + 7, sizeof(Node));
    node->v = x * (i + 1), node->next = head, head = node;
  }
  double r = 0;
  for (int i = n; head; i--) {
    Node *next = head->next;
    r += head->v * head->v * x;
    pool_put(&pool, head, i + 6);
    head = next;
  }
  return r;
}

#define CHECK(f, n)                                                                        \
  {                                                                                        \
    double fd = (f(x + h, n) - f(x - h, n)) / (2 * h);                                       \
    double r = __enzyme_autodiff((void *)f, x, n), t = __enzyme_fwddiff((void *)f, x, 1.0, n); \
    printf("%d %d, %d lost, %d wrong\n", fabs(r - fd) < 1e-6 * fabs(fd), fabs(t - fd) < 1e-6 * fabs(fd), got - gone + pool.live, wrong); \
  }
int main() {
  double x = 1.3, h = 1e-5;
  CHECK(plain, 4)
  CHECK(pooled, 5)
  printf("%d\n", got);
}
