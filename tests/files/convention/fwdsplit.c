// Tangents that follow the tape of an augmented forward: the primal does not run again, and its memory may have
// changed since. Each line is what __enzyme_fwddiff gives, too.
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
extern int enzyme_dup, enzyme_const, enzyme_noret, enzyme_nofree, enzyme_allocated, enzyme_tape, enzyme_width;
typedef struct { void *tape; double r; } TR;
TR __enzyme_augmentfwd(void *, ...); void *__enzyme_augmentfwd_tape(void *, ...);
double __enzyme_augmentfwd_result(void *, ...);
double __enzyme_fwdsplit(void *, ...), __enzyme_fwddiff(void *, ...), __enzyme_reverse(void *, ...);
typedef struct { double a, b; } D2;
D2 __enzyme_fwdsplit_2(void *, ...), __enzyme_fwddiff_2(void *, ...);
size_t __enzyme_augmentsize(void *, ...);

double square(double *x) { return *x * *x; }
double cube(double x) { return x * x * x; }

// Overwrites what it reads, in a loop that nobody can count.
static int count;
double settle(double *x, int n) {
  double s = 0;
  for (int i = 0; x[0] > 0.1 && i < n; i++) {
    double old = x[0];
    x[0] = sin(old) * x[1] + (i & 1 ? 0 : 0.01);
    if (old > 1) s += x[0] * old; else s -= exp(x[0]);
    count++;
  }
  return s;
}

// Memory of its own, a list, a local array, library functions that write to memory.
typedef struct Node { double v; struct Node *next; } Node;
static double weigh(Node *n) { return n ? n->v * n->v + weigh(n->next) * 0.5 : 1; }
double build(double *x, int n) {
  Node *head = NULL;
  double *grown = malloc(sizeof(double));
  for (int i = 0; i < n; i++) {
    Node *node = malloc(sizeof *node);
    node->v = x[i] * (i + 1), node->next = head, head = node;
    grown = realloc(grown, (i + 1) * sizeof(double));
    int e;
    grown[i] = frexp(node->v, &e) * e;
  }
  double local[8], r = weigh(head), ip;
  memcpy(local, x, 8 * sizeof(double));
  for (int i = 0; i < n; i++) r += grown[n - 1 - i] * local[i] + modf(3 * x[i], &ip) * ip;
  while (head) { Node *next = head->next; free(head), head = next; }
  free(grown);
  memset(x, 0, n * sizeof(double));
  count += rand() % 2 + printf("ran\n") > 0;
  return r;
}

// Inactive calls with bodies leave their traces in the log, too.
__attribute__((noinline)) static int steps(int *state) { return *state = *state * 5 % 7; }
double walk(double x, int *state) {
  double r = 1;
  for (int i = 0; i < 5; i++) r *= steps(state) > 2 ? x : sin(x);
  return r;
}

int main() {
  { // Row 38.
    double x = 3, d = 2;
    void *tape = __enzyme_augmentfwd_tape((void *)square, enzyme_noret, &x, &d);
    x = 100;
    printf("%g\n", __enzyme_fwdsplit((void *)square, &x, &d, tape));
  }
  {
    TR t = __enzyme_augmentfwd((void *)cube, 3.0);
    printf("%g %g\n", t.r, __enzyme_fwdsplit((void *)cube, 3.0, 2.0, t.tape));
    printf("%g\n", __enzyme_fwdsplit((void *)cube, 3.0, 2.0, (void *)0));
  }
  {
    double x[2] = {1.5, 1.2}, d[2] = {0, 0}, y[2] = {1.5, 1.2}, e[2] = {1, 0.3}, g[2] = {0, 0};
    TR t = __enzyme_augmentfwd((void *)settle, enzyme_dup, x, d, enzyme_const, 40);
    int before = count;
    x[0] = x[1] = 7;
    double again[2] = {1, 0.3};
    double first = __enzyme_fwdsplit((void *)settle, enzyme_nofree, enzyme_dup, x, again, enzyme_const, 40, t.tape);
    double tangent[2] = {1, 0.3};
    double r = __enzyme_fwdsplit((void *)settle, enzyme_nofree, enzyme_dup, x, tangent, enzyme_const, 40, t.tape);
    int ran = count - before;
    double s = __enzyme_fwddiff((void *)settle, enzyme_dup, y, e, enzyme_const, 40);
    printf("%d %d %d %d, %g %g\n", first == r, fabs(r - s) < 1e-12 * fabs(s), fabs(tangent[0] - e[0]) < 1e-12, ran, x[0], x[1]);
    // The reverse pass reads the same tape.
    __enzyme_reverse((void *)settle, enzyme_dup, x, g, enzyme_const, 40, 1.0, t.tape);
    printf("%d\n", fabs(g[0] + 0.3 * g[1] - s) < 1e-9 * fabs(s));
  }
  {
    double x[8], d[8] = {0}, e[8], y[8], z[8];
    for (int i = 0; i < 8; i++) x[i] = y[i] = 0.3 + 0.4 * i, e[i] = z[i] = 1 - 0.2 * i;
    TR t = __enzyme_augmentfwd((void *)build, enzyme_dup, x, d, enzyme_const, 8);
    double r = __enzyme_fwdsplit((void *)build, enzyme_dup, x, e, enzyme_const, 8, t.tape);
    double s = __enzyme_fwddiff((void *)build, enzyme_dup, y, z, enzyme_const, 8);
    printf("%d %d\n", fabs(r - s) < 1e-12 * fabs(s), e[3] == 0);
  }
  { // The user's memory, several directions.
    int state = 3, other = 3, zero = 0;
    char buffer[256];
    double r = __enzyme_augmentfwd_result((void *)walk, enzyme_allocated, 256, enzyme_tape, buffer, 1.2, enzyme_const, &state);
    int after = state;
    D2 t = __enzyme_fwdsplit_2((void *)walk, enzyme_width, 2, enzyme_allocated, 256, enzyme_tape, buffer, 1.2, 1.0, 10.0, enzyme_const, &state);
    D2 s = __enzyme_fwddiff_2((void *)walk, enzyme_width, 2, 1.2, 1.0, 10.0, enzyme_const, &other);
    printf("%d %d %d %d\n", fabs(t.a - s.a) < 1e-12, fabs(t.b - s.b) < 1e-12, state == after, after == other);
    printf("%d\n", __enzyme_augmentsize((void *)walk, enzyme_dup, enzyme_const) <= 256);
  }
}
